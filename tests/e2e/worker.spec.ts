// The workers of the release build, as the app starts them: under the content security policy, without a network.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { open } from "./pages.mjs";

const PLAIN = "{\"name\":\"Ngatiyem\"}";
const PASSPHRASE = "mangga jangkar pendapa kali empat";
const DONE = "\0";
const NOT_FOR_US = "\x05";
const NEW_IDENTITY = "\0", SEAL_TO = "\x01", OPEN_WITH = "\x02", CLOSE_PACK = "\x03", OPEN_PACK = "\x04";

/** Gives a worker one job, in the parts of `vault::errand`, bytes as text. Returns the parts of its answer, or its word. */
const ask = (page: Page, name: string, parts: string[]) => page.evaluate(({ name, parts }) => new Promise<string[] | string>((resolve, reject) => {
  const address = document.querySelector<HTMLMetaElement>(`meta[name=worker-${name}]`)!.content;
  const worker = new Worker(address);
  worker.onerror = () => reject(new Error("the worker's file did not come"));
  worker.onmessage = ({ data }) => {
    worker.terminate();
    if (typeof data === "string") return resolve(data);
    const answer: string[] = [];
    for (let at = 0; at < data.length;) {
      const length = new DataView(data.buffer, at).getUint32(0);
      answer.push(String.fromCharCode(...data.subarray(at + 4, at + 4 + length)));
      at += 4 + length;
    }
    resolve(answer);
  };
  const bytes = parts.flatMap((part) => [0, 0, part.length >> 8, part.length & 255, ...[...part].map((letter) => letter.charCodeAt(0))]);
  const job = new Uint8Array(bytes);
  worker.postMessage(job, [job.buffer]);
}), { name, parts });

const number = (value: number) => String.fromCharCode(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
const hex = (text: string) => [...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");

/** A page that works offline, without a network. */
async function offlinePage(page: Page, url: string) {
  await open(page, url, "/events/new");
  await page.waitForFunction(() => window.pendapa?.offline.ready);
  await page.context().setOffline(true);
}

test("without a network a worker turns a passphrase into the key of version 1, at either cost", async ({ page, site }) => {
  await offlinePage(page, site.url);
  const salt = "\x05".repeat(16);
  const [code, strong] = await ask(page, "kdf", [salt, number(64 * 1024), number(3), PASSPHRASE]);
  expect(code).toBe(DONE);
  expect(hex(strong)).toBe("a947498c1df2d564bbb7ea44f6eefcb99c1726d3c51d15bb5f01e43b65940c6e");
  const [, small] = await ask(page, "kdf", [salt, number(19 * 1024), number(2), PASSPHRASE]);
  expect(hex(small)).toBe("07ade58975ba5319527392b600520609e9d3c87dd10ff52406162f833840e97b");
  // Too cheap to be asked for, and no job at all.
  expect(await ask(page, "kdf", [salt, number(1024), number(1), PASSPHRASE])).toEqual(["\x01"]);
  expect(await ask(page, "kdf", ["no job"])).toBe("died");
});

test("without a network a worker seals to a recipient and opens what was sealed", async ({ page, site }) => {
  await offlinePage(page, site.url);
  const [made, secret, recipient] = await ask(page, "carrier", [NEW_IDENTITY, ""]);
  expect(made).toBe(DONE);
  expect(secret).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]+$/);
  expect(recipient).toMatch(/^age1[0-9a-z]+$/);
  const [, sealed] = await ask(page, "carrier", [SEAL_TO, PLAIN, recipient]);
  expect(sealed.startsWith("age-encryption.org/v1\n")).toBe(true);
  expect(await ask(page, "carrier", [OPEN_WITH, sealed, secret])).toEqual([DONE, PLAIN]);
  const [, stranger] = await ask(page, "carrier", [NEW_IDENTITY, ""]);
  expect(await ask(page, "carrier", [OPEN_WITH, sealed, stranger])).toEqual([NOT_FOR_US, number(0)]);
});

test("without a network a worker opens an event pack, and not with another passphrase", async ({ page, site }) => {
  await offlinePage(page, site.url);
  const [, closed] = await ask(page, "carrier", [CLOSE_PACK, PLAIN, PASSPHRASE]);
  expect(await ask(page, "carrier", [OPEN_PACK, closed, PASSPHRASE])).toEqual([DONE, PLAIN]);
  expect(await ask(page, "carrier", [OPEN_PACK, closed, `${PASSPHRASE}?`])).toEqual([NOT_FOR_US, number(0)]);
});

test("only the app's own workers may be started", async ({ page, site }) => {
  await open(page, site.url, "/events/new");
  const refused = await page.evaluate(() => ["./boot.js", "./sw.js", "blob:x", "data:text/javascript,0", "https://example.com/kdf-0123456789abcdef.js", "./kdf-0123456789abcdef.js"]
    .filter((address) => {
      try {
        new Worker(address).terminate();
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    }));
  expect(refused).toHaveLength(6);
});
