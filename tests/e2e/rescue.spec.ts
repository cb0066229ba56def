// The rescue page: everything that is stored comes out without the app, byte for byte, and nothing is changed.
import { readFileSync } from "node:fs";
import type { Download, Page } from "@playwright/test";
import { carried, faultsOf } from "./batch";
import { expect, fixture, secretsOf, test } from "./fixtures";
import { control, createEvent, download, makeBatch, nextPerson, open, openForm, put, registerPerson, unlock, waitUntilOfflineReady } from "./pages.mjs";
import { sha256 } from "./site";
import { draftKept, forgetAll, otherPerson, plainPerson, registeredNumbers } from "./steps";

const STORES = ["attendance", "audit", "batches", "drafts", "events", "expected", "neighbours", "packs", "receipts", "registrations", "revisions", "settings", "transport", "vaults"];

/** Who is not registered yet. */
const UNFINISHED = "Belum Selesai";

/** The whole database as it is, bytes as base64: store → key → row. */
type Everything = Record<string, Record<string, any>>;

function everythingIn(page: Page): Promise<Everything> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) => new Promise<T>((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    const database = await answer(indexedDB.open("pendapa"));
    const everything: Everything = {};
    for (const name of database.objectStoreNames) {
      const store = database.transaction(name).objectStore(name);
      const [keys, rows] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
      everything[name] = Object.fromEntries(keys.map((key, at) => {
        const { body, ...fields } = rows[at];
        const bytes = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
        return [key, bytes ? { ...fields, body: base64(bytes) } : fields];
      }));
    }
    database.close();
    return everything;
  });
}

/** What a rescue file holds, in the same form. */
function everythingOf(file: any): Everything {
  return Object.fromEntries(Object.entries<any>(file.stores).map(([name, { rows, unreadable }]) => {
    expect(unreadable).toEqual([]);
    return [name, Object.fromEntries(rows.map(({ key, value: { body, ...fields } }: any) => {
      if (body?.text !== undefined) expect(Buffer.from(body.base64, "base64").toString("utf8")).toBe(body.text);
      return [key, body ? { ...fields, body: body.base64 } : fields];
    }))];
  }));
}

async function downloaded(page: Page, name: RegExp | string): Promise<{ download: Download; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return { download, bytes: readFileSync(await download.path()) };
}

const downloadEverything = (page: Page) => downloaded(page, "Unduh semuanya Download everything");

/** Whoever has not the passphrase reads nothing about anybody in these bytes. */
function expectNobodyIn(...pieces: Buffer[]) {
  const told = [...secretsOf(plainPerson), ...secretsOf(otherPerson), UNFINISHED].filter((text) => text.length > 4).map((text) => text.toLowerCase());
  for (const bytes of pieces) {
    const text = bytes.toString("latin1").toLowerCase();
    expect(told.filter((secret) => text.includes(secret)).length).toBe(0);
  }
}

/** Puts the rows of a rescue file into the empty database that the app has made. */
async function putBack(page: Page, everything: Everything) {
  await page.evaluate(async (everything) => {
    const database = await new Promise<IDBDatabase>((done, failed) => {
      const request = indexedDB.open("pendapa");
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const transaction = database.transaction(Object.keys(everything), "readwrite");
    for (const [store, rows] of Object.entries(everything)) {
      for (const [key, { body, ...fields }] of Object.entries(rows)) {
        const bytes = body === undefined ? {} : { body: Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0)) };
        transaction.objectStore(store).put({ ...fields, ...bytes }, key);
      }
    }
    await new Promise<void>((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
    });
    database.close();
  }, everything);
}

/** A tablet with two people, a batch with both, and a draft. */
async function workedDay(page: Page, url: string) {
  await createEvent(page, url, fixture.event);
  await waitUntilOfflineReady(page);
  await openForm(page, url);
  await registerPerson(page, plainPerson);
  await nextPerson(page);
  await registerPerson(page, otherPerson);
  await makeBatch(page, url);
  await openForm(page, url);
  await put(page, "name", UNFINISHED);
  await draftKept(page);
}

test.beforeEach(({ personal }) => personal(...secretsOf(plainPerson), ...secretsOf(otherPerson)));

test("offline, every row and the batch come out as they are, and nothing is changed", async ({ page, site }) => {
  await workedDay(page, site.url);
  await site.stop();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${site.url}rescue.html`);
  const before = await everythingIn(page);
  const total = Object.values(before).reduce((sum, rows) => sum + Object.keys(rows).length, 0);
  await expect(page.getByText(`Ditemukan ${total} baris.`)).toBeVisible();
  for (const name of STORES) {
    await expect(page.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) })).toContainText(String(Object.keys(before[name]).length));
  }

  const { download, bytes } = await downloadEverything(page);
  expect(download.suggestedFilename()).toMatch(/^pendapa-rescue-\d{4}-\d\d-\d\d\.json$/);
  const file = JSON.parse(bytes.toString("utf8"));
  expect(file).toMatchObject({ format: "pendapa-rescue", version: 1, database: { name: "pendapa" } });
  expect(everythingOf(file)).toEqual(before);
  expect(file.stores.registrations.rows).toHaveLength(2);
  expect(file.stores.drafts.rows).toHaveLength(1);
  // Nobody finds anybody in it without the passphrase.
  // Bodies are looked at as bytes: five letters of somebody's name may stand in Base64 by chance.
  expectNobodyIn(Buffer.from(bytes.toString("utf8").replaceAll(/"base64":\s*"[^"]*"/g, "")));
  expectNobodyIn(...Object.values(before).flatMap((rows) => Object.values(rows)).map(({ body }) => Buffer.from(body ?? "", "base64")));

  const [batch] = Object.values(before.batches);
  const single = await downloaded(page, new RegExp(batch.file_name.replaceAll(".", "\\.")));
  // Its bytes are sealed by the vault, and its name says so.
  expect(single.download.suggestedFilename()).toBe(`${batch.file_name}.sealed`);
  expect(single.bytes.toString("base64")).toBe(batch.body);
  expectNobodyIn(single.bytes);

  expect(await everythingIn(page)).toEqual(before);
  expect(asked.filter((path) => /wasm|pendapa-/.test(path))).toEqual([]);

  // The way back leads into the app, where the day goes on.
  await page.getByRole("link", { name: "Kembali ke aplikasi" }).click();
  await unlock(page);
  await expect(page.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
});

test("what came out is enough: put into an empty browser it opens with the passphrase, and nothing is missing", async ({ page, site }) => {
  await workedDay(page, site.url);
  await page.goto(`${site.url}rescue.html`);
  const { bytes } = await downloadEverything(page);
  const file = JSON.parse(bytes.toString("utf8"));
  await forgetAll(page);
  await open(page, site.url);
  await expect(page.getByRole("heading", { name: "Selamat datang di Pendapa" })).toBeVisible();
  await page.goto(`${site.url}rescue.html`);
  await putBack(page, everythingOf(file));

  await open(page, site.url);
  expect(await registeredNumbers(page)).toHaveLength(2);
  await openForm(page, site.url);
  await expect(control(page, "name")).toHaveValue(UNFINISHED);
  await open(page, site.url, "/handover");
  const batch = await carried(await download(page));
  expect(faultsOf(batch)).toEqual([]);
  const [{ value }] = file.stores.batches.rows;
  expect(batch.name).toBe(value.file_name);
  expect(value.file_hash).toContain(sha256(batch.bytes));
});

test("a database that a later version of the app made comes out as well, whatever is in it", async ({ page, site }) => {
  await workedDay(page, site.url);
  await page.goto(`${site.url}rescue.html`);
  await page.evaluate(() => new Promise<void>((done, failed) => {
    const request = indexedDB.open("pendapa", 99);
    request.onupgradeneeded = () => {
      const later = request.result.createObjectStore("later");
      later.put({ body: new Uint8Array([0, 255, 128, 10]), kind: "sealed", at: 7 }, "sealed row");
      later.put({ note: "no bytes here" }, "plain row");
    };
    request.onsuccess = () => (request.result.close(), done());
    request.onerror = () => failed(request.error);
  }));
  await page.goto(site.url);
  await expect(page.getByRole("alert")).toContainText("versi aplikasi yang lebih baru");
  await page.getByRole("link", { name: "Halaman penyelamatan" }).click();
  await expect(page.getByRole("rowheader", { name: "later", exact: true })).toBeVisible();
  const before = await everythingIn(page);
  const { bytes } = await downloadEverything(page);
  const file = JSON.parse(bytes.toString("utf8"));
  expect(file.database.version).toBe(99);
  expect(everythingOf(file)).toEqual(before);
  expect(before.later).toEqual({ "sealed row": { body: "AP+ACg==", kind: "sealed", at: 7 }, "plain row": { note: "no bytes here" } });
  expect(Object.keys(before).sort()).toEqual([...STORES, "later"].sort());
});

test("without a database the page says so and makes none", async ({ page, site }) => {
  await page.goto(`${site.url}rescue.html`);
  await expect(page.getByText("Tidak ada data Pendapa di peramban ini.")).toBeVisible();
  await expect(page.getByText("There is no data of Pendapa in this browser.")).toBeVisible();
  await expect(page.getByRole("button")).toHaveCount(0);
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
  // The app still starts from nothing afterwards.
  await open(page, site.url);
  await expect(page.getByRole("heading", { name: "Selamat datang di Pendapa" })).toBeVisible();
});

test("where the browser refuses its storage the page says what it said", async ({ page, context, site }) => {
  await context.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); }; });
  await page.goto(`${site.url}rescue.html`);
  await expect(page.getByText("Penyimpanan tidak dapat dibuka: SecurityError: denied.")).toBeVisible();
  await expect(page.getByText("The storage cannot be opened: SecurityError: denied.")).toBeVisible();
});

test("a store that cannot be read is named, and the others come out", async ({ page, context, site }) => {
  await workedDay(page, site.url);
  await context.addInitScript(() => {
    const real = IDBObjectStore.prototype.getAllKeys;
    IDBObjectStore.prototype.getAllKeys = function (...asked) {
      if (this.name === "drafts") throw new DOMException("damaged", "UnknownError");
      return real.apply(this, asked);
    };
  });
  await page.goto(`${site.url}rescue.html`);
  const { bytes } = await downloadEverything(page);
  await expect(page.getByRole("list", { name: "Tidak terbaca / Unreadable" })).toContainText("Tidak terbaca, dilewati: drafts (UnknownError: damaged)");
  const file = JSON.parse(bytes.toString("utf8"));
  expect(file.stores.drafts.unreadable).toHaveLength(1);
  expect(file.stores.registrations.rows).toHaveLength(2);
  await expect(page.getByText("1 tidak terbaca; daftarnya di bawah dan di dalam berkas.")).toBeVisible();
});
