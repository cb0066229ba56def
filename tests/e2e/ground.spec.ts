// The ground itself: a guard that never barks proves nothing, so each thing that it forbids is done once to it.
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { peopleFile } from "../../tools/people.mjs";
import { Guard, Site, expect, kill, test as base } from "./fixtures";

// A page without the app is enough to do what is forbidden.
const GROUND = new URL("ground/", import.meta.url).pathname;

const test = base.extend<{ check: (deed: (page: Page, guard: Guard) => Promise<unknown>) => Promise<string> }>({
  site: async ({}, use) => {
    const site = new Site(GROUND);
    await site.start();
    await use(site);
    await site.stop();
  },
  // Does something at a site and under a guard of its own, and returns what that guard says.
  check: async ({ playwright, launchOptions }, use) => {
    const browser = await playwright.chromium.launch(launchOptions);
    await use(async (deed) => {
      const site = new Site(GROUND);
      await site.start();
      const context = await browser.newContext();
      const guard = new Guard(site);
      guard.watch(context);
      guard.personal("Siti Aminah", "3574055205849001");
      const page = await context.newPage();
      await page.goto(site.url);
      await deed(page, guard);
      await guard.search(context);
      await context.close();
      await site.stop();
      try {
        guard.verdict();
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    });
    await browser.close();
  },
});

const FORBIDDEN: [string, (page: Page) => Promise<unknown>, RegExp][] = [
  ["a console error", (page) => page.evaluate(() => console.error("broken")), /console error: broken/],
  ["a console warning", (page) => page.evaluate(() => console.warn("hm")), /console warning: hm/],
  ["a page error", (page) => Promise.all([page.waitForEvent("pageerror"), page.evaluate(() => void setTimeout(() => { throw new Error("thrown"); }))]), /page error: .*thrown/],
  ["a request to another origin", (page) => page.evaluate(() => fetch("https://example.com/").catch(() => {})), /another origin: https:\/\/example\.com/],
  ["a request that is not GET", (page) => page.evaluate(() => fetch("./", { method: "POST" })), /POST request/],
  ["the deleting of an upload", (page) => page.evaluate(() => fetch("./upload/1", { method: "DELETE" })), /DELETE request/],
  ["a name in the metadata of an upload", (page) => page.evaluate(() => fetch("./upload/", { method: "POST", headers: { "Upload-Metadata": `filename ${btoa("Siti Aminah.json")}` } })), /the header upload-metadata of an upload/],
  ["a name in localStorage", (page) => page.evaluate(() => localStorage.setItem("last", "SITI AMINAH")), /personal data in localStorage/],
  ["a NIK in sessionStorage", (page) => page.evaluate(() => sessionStorage.setItem("nik", "357405 520584 9001")), /personal data in sessionStorage/],
  ["a name in the address", (page) => page.goto(`${page.url()}#/search/Siti%20Aminah`), /personal data in the address/],
  ["a name in an earlier address", async (page) => {
    await page.evaluate(() => history.pushState(null, "", "#/Siti%20Aminah"));
    await page.evaluate(() => history.pushState(null, "", "#/"));
  }, /personal data in history/],
  ["a name in the state of history", (page) => page.evaluate(() => history.replaceState({ name: "Siti Aminah" }, "")), /personal data in history\.state/],
  ["a name in the title", (page) => page.evaluate(() => { document.title = "Siti Aminah"; }), /personal data in document\.title/],
  ["a name in Cache Storage", (page) => page.evaluate(async () => (await caches.open("x")).put("./kept", new Response("{\"name\":\"Siti Aminah\"}"))), /personal data in Cache Storage body/],
];

for (const [what, deed, message] of FORBIDDEN) {
  test(`the guard notices ${what}`, async ({ check }) => {
    const said = await check(deed);
    expect(said).toMatch(message);
    expect(said).not.toMatch(/Siti|9001/);
  });
}

test("the guard is quiet about a page that does nothing wrong", async ({ check }) => {
  const said = await check((page) => page.evaluate(async () => {
    localStorage.setItem("pendapa.language", "\"id\"");
    await (await caches.open("x")).add("./");
  }));
  expect(said).toBe("");
});

test("the guard is quiet about an upload, whatever the server says and whoever is in its bytes", async ({ check }) => {
  const said = await check((page) => page.evaluate(async () => {
    await fetch("./upload/", { method: "POST", headers: { "Upload-Metadata": `filename ${btoa("pendapa-KDP1-A-1-0123abcd.pendapa.json.age")}` } });
    await fetch("./upload/1", { method: "PATCH", body: "Siti Aminah" });
  }));
  expect(said).toBe("");
});

test("the fixture of made-up people is what tools/people.mjs writes", () => {
  expect(readFileSync(new URL("../fixtures/people.json", import.meta.url), "utf8")).toBe(peopleFile());
});

test("an expected console line must occur", async ({ check }) => {
  expect(await check(async (page, guard) => {
    guard.expectConsole(/on purpose/);
    await page.evaluate(() => console.error("on purpose"));
  })).toBe("");
  expect(await check(async (_, guard) => guard.expectConsole(/on purpose/))).toMatch(/not seen: .*on purpose/);
});

test("a killed browser starts again on its profile, and what was committed is there", async ({ persistentApp, site }) => {
  const app = await persistentApp();
  await app.page.goto(site.url);
  await app.page.evaluate(() => new Promise<void>((done, failed) => {
    const opening = indexedDB.open("ground", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("rows");
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("rows", "readwrite", { durability: "strict" });
      transaction.objectStore("rows").put("kept", "key");
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
    };
  }));
  const page = await kill(app);
  await page.goto(site.url);
  const found = await page.evaluate(() => new Promise((done) => {
    const opening = indexedDB.open("ground", 1);
    opening.onsuccess = () => {
      const request = opening.result.transaction("rows").objectStore("rows").get("key");
      request.onsuccess = () => done(request.result);
    };
  }));
  expect(found).toBe("kept");
});
