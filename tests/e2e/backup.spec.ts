// Backups: one file that another tablet goes on with; written by itself into a granted folder; replaced when the event is closed.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { carried, faultsOf, type Json } from "./batch";
import { expect, fixture, secretsOf, test } from "./fixtures";
import { Office, loadPack } from "./office";
import { L, OFFICER, PASSPHRASE, control, createEvent, download, makeBatch, nextPerson, open, openForm, put, registerPerson, reload } from "./pages.mjs";
import { draftKept, otherPerson, plainPerson, registeredNumbers, rowsOf } from "./steps";

const B = {
  save: "Simpan cadangan", file: "Pilih berkas cadangan", letter: "Huruf tablet ini", goOn: "Lanjutkan di tablet ini",
  folder: "Pilih folder…", due: "Saatnya membuat cadangan", saved: "Cadangan dibuat. Simpan di luar tablet ini.",
};
const UNFINISHED = "Belum Selesai";

interface File { name: string; bytes: Buffer }

async function savedBackup(page: Page, url: string): Promise<File> {
  await open(page, url, "/handover");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: B.save }).click()]);
  await expect(page.getByText(B.saved)).toBeVisible();
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function chooseBackup(page: Page, url: string, { name, bytes }: File) {
  await open(page, url, "/events/restore");
  await page.getByLabel(B.file).setInputFiles({ name, mimeType: "application/json", buffer: bytes });
}

async function goOn(page: Page, letter: string, words = PASSPHRASE) {
  await page.getByRole("textbox", { name: L.passphrase, exact: true }).fill(words);
  await page.getByRole("textbox", { name: B.letter, exact: true }).fill(letter);
  await page.getByRole("textbox", { name: L.officerName, exact: true }).fill(OFFICER);
  await page.getByRole("button", { name: B.goOn }).click();
}

/** Two people, one of them in a batch, and a draft. */
async function workedDay(page: Page, url: string) {
  await createEvent(page, url, fixture.event);
  await openForm(page, url);
  await registerPerson(page, plainPerson);
  await makeBatch(page, url);
  await openForm(page, url);
  await registerPerson(page, otherPerson);
  await nextPerson(page);
  await put(page, "name", UNFINISHED);
  await draftKept(page);
}

const batchOf = async (page: Page, number: number): Promise<Json> => {
  const batch = await carried(await download(page, number));
  expect(faultsOf(batch)).toEqual([]);
  return JSON.parse(batch.bytes.toString("utf8"));
};

/** The event goes on on another tablet, and is there as it was: batches byte for byte, revisions field by field, the draft. */
async function expectTheDayIsThere(first: Page, second: Page, url: string) {
  await second.getByRole("link", { name: L.registerPerson }).waitFor();
  await open(first, url);
  const numbers = await registeredNumbers(first);
  expect(await registeredNumbers(second)).toEqual(numbers);
  await openForm(second, url);
  await expect(control(second, "name")).toHaveValue(UNFINISHED);
  await open(second, url, "/handover");
  await open(first, url, "/handover");
  expect((await carried(await download(second))).bytes.equals((await carried(await download(first))).bytes)).toBe(true);
  // What was in no batch yet is the same in the next one of each.
  await makeBatch(first, url);
  await makeBatch(second, url);
  const [one, other] = [await batchOf(first, 2), await batchOf(second, 2)];
  expect(other.records).toEqual(one.records);
  expect(one.manifest.device.letter).toBe("A");
  expect(other.manifest.device).toMatchObject({ letter: "B", restored_from: [one.manifest.device.id] });
  expect(other.manifest.device.key).not.toBe(one.manifest.device.key);
  expect(other.manifest.previous).toBe(one.manifest.previous);
}

test.beforeEach(({ personal }) => personal(...secretsOf(plainPerson), ...secretsOf(otherPerson)));

test("a backup goes on on another tablet under its own letter, and nothing is missing", async ({ page, site, browser, guard }) => {
  await workedDay(page, site.url);
  const file = await savedBackup(page, site.url);
  expect(file.name).toBe("pendapa-KDP1-A-backup-0002.json");
  // Whoever finds the file reads nothing about anybody.
  const text = file.bytes.toString("latin1").toLowerCase();
  expect([...secretsOf(plainPerson), UNFINISHED].filter((secret) => secret.length > 4 && text.includes(secret.toLowerCase())).length).toBe(0);
  const context = await browser.newContext();
  guard.watch(context);
  const second = await context.newPage();
  // From the first page of an empty tablet.
  await open(second, site.url);
  await second.getByRole("link", { name: "Pulihkan dari cadangan" }).click();
  await second.getByLabel(B.file).setInputFiles({ name: file.name, mimeType: "application/json", buffer: file.bytes });
  await expect(second.getByText(String(fixture.event.name))).toBeVisible();
  await goOn(second, "B");
  await expect(second.getByText("2 nomor dipulihkan. Nomor berikutnya memakai huruf B.")).toBeVisible();
  await expectTheDayIsThere(page, second, site.url);
  await openForm(second, site.url);
  await control(second, "name").fill("");
  expect(await registerPerson(second, fixture.people[2])).toMatch(/^KDP1-B-003-/);
  await context.close();
});

test("what the rescue page took out goes on on another tablet as well", async ({ page, site, browser, guard }) => {
  await workedDay(page, site.url);
  await page.goto(`${site.url}rescue.html`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Unduh semuanya Download everything" }).click()]);
  const file = { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  const context = await browser.newContext();
  guard.watch(context);
  const second = await context.newPage();
  await chooseBackup(second, site.url, file);
  await goOn(second, "B");
  await expectTheDayIsThere(page, second, site.url);
  await context.close();
});

test("a wrong passphrase, a used letter, another file and a second time are refused with what to do", async ({ page, site, browser, guard }) => {
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  const file = await savedBackup(page, site.url);
  const context = await browser.newContext();
  guard.watch(context);
  const second = await context.newPage();
  for (const bytes of [file.bytes.subarray(0, file.bytes.length / 2), Buffer.from("{}"), Buffer.from([0, 255, 0])]) {
    await chooseBackup(second, site.url, { name: file.name, bytes });
    await expect(second.getByRole("alert").filter({ hasText: "Ini bukan cadangan Pendapa" })).toBeVisible();
  }
  await chooseBackup(second, site.url, file);
  await goOn(second, "A");
  await expect(second.getByRole("alert").filter({ hasText: /huruf/i })).toBeVisible();
  await goOn(second, "B", "bukan kata sandinya");
  await expect(second.getByText("Kata sandi tidak cocok.")).toBeVisible();
  expect(await rowsOf(second, "events")).toEqual([]);
  await goOn(second, "B");
  await second.getByRole("link", { name: L.registerPerson }).waitFor();
  await chooseBackup(second, site.url, file);
  await goOn(second, "C");
  await expect(second.getByText(/^Kegiatan ini sudah ada di tablet ini/)).toBeVisible();
  await context.close();
});

/** A folder that can be granted without the browser's own question: a real one, of the page's private file system. */
async function grantableFolder(page: Page) {
  await page.addInitScript(() => {
    Object.assign(globalThis, { showDirectoryPicker: async () => (await navigator.storage.getDirectory()).getDirectoryHandle("stik", { create: true }) });
  });
}

const filesIn = (page: Page): Promise<Record<string, string>> => page.evaluate(async () => {
  const folder: any = await (await navigator.storage.getDirectory()).getDirectoryHandle("stik", { create: true });
  const files: Record<string, string> = {};
  for await (const [name, file] of folder.entries()) files[name] = await (await file.getFile()).text();
  return files;
});

test("a granted folder gets a backup every ten records; a stick that was pulled out is told", async ({ page, site }) => {
  test.slow();
  await grantableFolder(page);
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await open(page, site.url, "/handover");
  await page.getByRole("button", { name: B.folder }).click();
  await expect(page.getByText("Cadangan ditulis ke folder “stik” dan dibaca ulang.")).toBeVisible();
  expect(Object.keys(await filesIn(page))).toEqual(["pendapa-KDP1-A-backup-0001.json"]);
  // The folder is known until the app is closed, so nothing here loads the page anew.
  const people = [0, 2, 3, 4, 5, 7, 8, 10, 11, 13, 14, 16].map((at) => fixture.people[at]);
  await page.getByRole("link", { name: L.register, exact: true }).click();
  for (const person of people.slice(0, 10)) {
    await registerPerson(page, person);
    await nextPerson(page);
  }
  await expect.poll(async () => Object.keys(await filesIn(page)).sort()).toEqual(["pendapa-KDP1-A-backup-0001.json", "pendapa-KDP1-A-backup-0011.json"]);
  const second = JSON.parse((await filesIn(page))["pendapa-KDP1-A-backup-0011.json"]);
  expect([second.format, second.version, second.stores.registrations.rows.length]).toEqual(["pendapa-backup", 1, 11]);
  await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry("stik", { recursive: true }));
  await page.getByRole("link", { name: L.handOver, exact: true }).click();
  await page.getByRole("button", { name: "Tulis sekarang" }).click();
  await expect(page.getByText(/^Cadangan tidak dapat ditulis ke folder \(NotFoundError\)/)).toBeVisible();
});

test("closing with an office key replaces the backups in the folder and names the others", async ({ page, site, browser, guard }) => {
  const office = new Office();
  try {
    await grantableFolder(page);
    await loadPack(page, site.url, office.pack());
    await openForm(page, site.url);
    await registerPerson(page, plainPerson);
    const saved = await savedBackup(page, site.url);
    await page.getByRole("link", { name: L.register, exact: true }).click();
    await registerPerson(page, otherPerson);
    const grant = async () => {
      await page.getByRole("link", { name: L.handOver, exact: true }).click();
      await page.getByRole("button", { name: B.folder }).click();
      await expect(page.getByText("Cadangan ditulis ke folder “stik” dan dibaca ulang.")).toBeVisible();
    };
    await grant();
    const [[inFolder, text]] = Object.entries(await filesIn(page));
    const before = JSON.parse(text);
    // Started again, the app knows the folder no more, and closing replaces nothing in it: that file is named as well.
    await reload(page);
    await open(page, site.url, "/events/close");
    await expect(page.getByText(`Hapus di tempat menyimpannya setelah kegiatan ditutup: ${saved.name}, ${inFolder}.`)).toBeVisible();
    await grant();
    await page.getByRole("link", { name: L.home, exact: true }).click();
    await page.getByRole("link", { name: "Tutup kegiatan" }).click();
    await expect(page.getByText(`Hapus di tempat menyimpannya setelah kegiatan ditutup: ${saved.name}.`)).toBeVisible();
    await expect(page.getByText("Yang di folder “stik” diganti dengan satu cadangan yang hanya dapat dibuka kantor.")).toBeVisible();
    await page.getByRole("checkbox", { name: /^Acara selesai/ }).check();
    await page.getByRole("button", { name: "Tutup kegiatan" }).click();
    await page.getByRole("article").first().waitFor();
    const files = await filesIn(page);
    expect(Object.keys(files)).toEqual(["pendapa-KDP1-A-backup-0002.json"]);
    const after = JSON.parse(Object.values(files)[0]);
    const keysOf = (backup: Json) => Object.keys(JSON.parse(Buffer.from(backup.stores.vaults.rows[0].value.body.base64, "base64").toString("utf8")));
    expect(keysOf(before)).toContain("passphrase");
    expect(keysOf(after).sort()).toEqual(["closed_at", "office", "own_recipient", "receipt_key", "recipients", "version"]);

    // The office opens it: the batch comes out as it was made.
    office.write("backup.json", Object.values(files)[0]);
    const keys = ["--keys", "office/office.keys.age", "--passphrase-file", "keys.txt"];
    expect(office.desk("unpack", "backup.json", "--out", "unpacked", ...keys)).toContain("KDP1-A: 1 batches as they were made, nothing besides, 0 rows damaged");
    expect(office.desk("verify", "unpacked", ...keys)).toContain("1 batches with 2 revisions, 0 refused, 0 faults in chains");

    const context = await browser.newContext();
    guard.watch(context);
    const second = await context.newPage();
    await chooseBackup(second, site.url, { name: "pendapa-KDP1-A-backup-0002.json", bytes: Buffer.from(Object.values(files)[0]) });
    await goOn(second, "B");
    await expect(second.getByText("Kegiatan ini sudah ditutup: hanya kantor yang dapat membuka cadangannya.")).toBeVisible();
    await context.close();
  } finally {
    office.close();
  }
});

test("the event's page says when a backup is due, and the next one ends it", async ({ page, site }) => {
  const morning = new Date("2026-11-24T01:00:00Z").getTime();
  await page.clock.setFixedTime(morning);
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await savedBackup(page, site.url);
  await page.getByRole("link", { name: L.register, exact: true }).click();
  await registerPerson(page, otherPerson);
  await page.getByRole("link", { name: L.home, exact: true }).click();
  await page.getByRole("link", { name: L.registerPerson }).waitFor();
  await expect(page.getByText(B.due)).toHaveCount(0);
  // After an hour without anybody the vault has locked itself; where it did not yet, loading anew does.
  await page.clock.setFixedTime(morning + 61 * 60 * 1000);
  await reload(page);
  await expect(page.getByText(B.due)).toBeVisible();
  await expect(page.getByText("1 catatan belum ada di cadangan.")).toBeVisible();
  await savedBackup(page, site.url);
  await open(page, site.url);
  await expect(page.getByText(B.due)).toHaveCount(0);
});
