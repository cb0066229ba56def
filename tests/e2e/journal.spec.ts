// Everything lies on the tablet twice. A browser throws its whole database away when a sudden end left its files damaged;
// then all of it is brought back from the journal beside it (docs/decisions/0015-journal.md).
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, fixture, secretsOf, test } from "./fixtures";
import { Office, loadPack } from "./office";
import { L, createEvent, makeBatch, nextPerson, open, openForm, registerPerson, reload, unlock } from "./pages.mjs";
import { otherPerson, plainPerson, rowsOf } from "./steps";

const J = { backAgain: /^Basis data tablet ini rusak dan dipulihkan: 2 pendaftaran kembali/, understood: "Mengerti", loss: /Ada data yang hilang/, kept: "Ada di tablet ini" };
const STORES = ["events", "registrations", "revisions", "batches", "vaults", "audit", "settings", "transport"];

/** What lies in the journal: the rows of its files by store and key, the newest of each, and all texts. */
function journalOf(page: Page): Promise<{ rows: Record<string, Record<string, unknown>>; texts: string[] }> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("journal", { create: true });
    const names: string[] = [];
    for await (const name of (folder as any).keys()) names.push(name);
    const rows: Record<string, Record<string, unknown>> = {};
    const texts: string[] = [];
    for (const name of names.sort()) {
      // Begun anew meanwhile, the journal has it no more.
      const text = await folder.getFileHandle(name).then((handle) => handle.getFile()).then((file) => file.text()).catch(() => "");
      texts.push(text);
      const json = text.slice(text.indexOf("\n") + 1);
      if (!json) continue;
      const { stores, deleted } = JSON.parse(json);
      for (const [store, { rows: written }] of Object.entries<any>(stores)) for (const { key, value } of written) (rows[store] ??= {})[key] = value;
      for (const [store, keys] of Object.entries<string[]>(deleted)) for (const key of keys) delete rows[store]?.[key];
    }
    return { rows, texts };
  });
}

const countIn = async (page: Page, store: string) => Object.keys((await journalOf(page)).rows[store] ?? {}).length;

/** Rows of the database by store and key, but the reserve. */
async function databaseOf(page: Page) {
  const all: Record<string, unknown> = {};
  for (const store of STORES) all[store] = Object.fromEntries((await rowsOf(page, store)).filter(({ key }) => key !== "ballast").map(({ key, row }) => [key, row]));
  return all as Record<string, Record<string, any>>;
}

test("a database that the browser threw away is brought back whole, and the event goes on", async ({ site, persistentApp, personal }) => {
  test.setTimeout(120_000);
  personal(...secretsOf(plainPerson), ...secretsOf(otherPerson));
  const app = await persistentApp();
  let { page } = app;
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await nextPerson(page);
  await registerPerson(page, otherPerson);
  await makeBatch(page, site.url);
  await expect.poll(() => countIn(page, "revisions")).toBe(2);
  await expect.poll(() => countIn(page, "batches")).toBe(1);
  await open(page, site.url, "/settings");
  await expect(page.getByText(J.kept)).toBeVisible();
  // Sealed there as in the database.
  const { texts } = await journalOf(page);
  for (const secret of [...secretsOf(plainPerson), ...secretsOf(otherPerson)]) expect(texts.some((text) => text.includes(String(secret)))).toBeFalsy();
  const before = await databaseOf(page);

  await app.kill();
  const databases = join(app.profile, "Default", "IndexedDB");
  const thrown = readdirSync(databases).filter((name) => name.includes("localhost") || name.includes("127.0.0.1"));
  expect(thrown.length).toBeGreaterThan(0);
  for (const name of thrown) rmSync(join(databases, name), { recursive: true });
  page = await app.start();
  await page.goto(site.url);
  // Nothing is offered before the event is there again.
  await expect(page.getByRole("heading", { name: /^(Selamat datang|Brankas terkunci)/ })).toHaveText("Brankas terkunci");
  await unlock(page);
  await expect(page.getByText(J.backAgain)).toBeVisible();
  await expect(page.getByText(J.loss)).toHaveCount(0);
  const after = await databaseOf(page);
  for (const store of ["registrations", "revisions", "batches"]) expect(after[store], store).toEqual(before[store]);
  expect(after.settings.device).toEqual(before.settings.device);

  await page.getByRole("button", { name: J.understood }).click();
  await expect(page.getByText(J.backAgain)).toHaveCount(0);
  await reload(page);
  await unlock(page);
  await expect(page.getByRole("link", { name: L.registerPerson })).toBeVisible();
  await expect(page.getByText(J.backAgain)).toHaveCount(0);
  await openForm(page, site.url);
  await expect(page.getByRole("heading", { name: L.steps[0] })).toBeVisible();
});

test("keys that were destroyed at the end of an event are not in the journal either", async ({ page, site, personal }) => {
  test.setTimeout(90_000);
  personal(...secretsOf(plainPerson));
  const office = new Office();
  await loadPack(page, site.url, office.pack());
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  const ring = (await rowsOf(page, "vaults"))[0].row.body;
  await expect.poll(() => countIn(page, "revisions")).toBe(1);
  expect((await journalOf(page)).texts.some((text) => text.includes(ring))).toBeTruthy();
  await open(page, site.url, "/events/close");
  await page.getByRole("checkbox", { name: /^Acara selesai/ }).check();
  await page.getByRole("button", { name: "Tutup kegiatan" }).click();
  await page.getByRole("article").first().waitFor();
  await expect.poll(async () => (await rowsOf(page, "vaults"))[0].row.body === ring).toBeFalsy();
  await expect.poll(async () => (await journalOf(page)).texts.some((text) => text.includes(ring))).toBeFalsy();
  office.close();
});
