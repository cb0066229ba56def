// Tablets of one event tell each other whom they registered, from screen to camera, with no network. Two browsers, an
// independent decoder, and a film of the codes before Chromium's camera. `make soak` has a hundred people on each.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { hall } from "./causes";
import { cameraArguments, writeFilm } from "./codes";
import { textOf } from "./decode";
import { expect, secretsOf, test } from "./fixtures";
import { Office, loadPack } from "./office";
import { L, control, download, fillForm, fillStep, makeBatch, nextPerson, open, openForm, registerPerson, save } from "./pages.mjs";
import config from "./playwright.config";
import { madeUp, otherPerson, plainPerson, speak } from "./steps";

const PEOPLE = Number(process.env.EXCHANGE_PEOPLE ?? 8);
const REPEATED = Math.max(2, Math.round(PEOPLE * 0.12));
const X = {
  page: "Tukar dengan tablet lain", scan: "Pindai kode", asText: "Sebagai teks", pasteText: "Tempel teksnya", take: "Pakai teks ini", file: "Pilih berkas tukar",
  same: "NIK ini sudah terdaftar", repeats: /^Terdaftar di dua tablet/, none: "Tidak ada NIK yang sama.",
};

let office: Office;
test.beforeAll(() => { office = new Office(); });
test.afterAll(() => office.close());

/** The texts of all codes that a page shows, read from its pixels. */
async function codesOn(page: Page): Promise<string[]> {
  await open(page, new URL(page.url()).origin, "/exchange");
  const first = page.getByRole("img", { name: /^Kode 1 dari/ });
  await expect(first).toBeInViewport({ ratio: 1 });
  // Touched, it does not go on by itself.
  await page.locator("#codes").dispatchEvent("pointerdown");
  const label = (await page.locator("#codes img, #codes svg[role=img]").getAttribute("aria-label"))!;
  const count = Number(label.match(/dari (\d+)/)![1]);
  const texts: string[] = [];
  for (let at = Number(label.match(/Kode (\d+)/)![1]); texts.length < count; at = (at % count) + 1) {
    const code = page.getByRole("img", { name: `Kode ${at} dari ${count}` });
    const text = await textOf(code);
    expect(text, `code ${at} is read`).not.toBeNull();
    texts[at - 1] = text!;
    if (count > 1) await page.locator("#codes").press("ArrowRight");
    if (count === 1) break;
  }
  return texts;
}

/** Gives a tablet what another one showed, as a text. */
async function paste(page: Page, frames: string[]) {
  await open(page, new URL(page.url()).origin, "/exchange");
  await page.getByText(X.pasteText, { exact: true }).click();
  await page.getByRole("textbox", { name: X.pasteText }).fill(frames.join("\n").replaceAll(" ", "_"));
  await page.getByRole("button", { name: X.take }).click();
}

/** Registers made-up people, one after the other. Returns their numbers on this tablet. */
async function registerAll(page: Page, url: string, people: number[]) {
  const registered = new Map<number, string>();
  await openForm(page, url);
  for (const person of people) {
    if (registered.size > 0) await nextPerson(page);
    registered.set(person, await registerPerson(page, madeUp(person)));
  }
  return registered;
}

/** Makes a tablet's first batch and saves it. */
async function batchOf(page: Page, url: string) {
  await makeBatch(page, url);
  const saved = await download(page);
  return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
}

test(`${PEOPLE} and ${PEOPLE} people on two tablets: the ${REPEATED} who are on both are found from codes that an independent decoder reads`, async ({ page, site, playwright, guard, personal }) => {
  test.setTimeout(120_000 + PEOPLE * 12_000);
  const numbers = Array.from({ length: PEOPLE }, (_, at) => at + 1);
  const onBoth = numbers.filter((number) => number > PEOPLE - REPEATED);
  const onlyThere = Array.from({ length: PEOPLE - REPEATED }, (_, at) => PEOPLE + at + 1);
  personal(...[...numbers, ...onlyThere].map((number) => String(madeUp(number).typed.nik)));
  const pack = office.pack({ capacity: 4 * PEOPLE });
  await loadPack(page, site.url, pack, "A");
  const here = await registerAll(page, site.url, numbers);
  const frames = await codesOn(page);
  expect(frames.every((frame) => frame.length <= 900)).toBeTruthy();
  expect(frames.length).toBeLessThanOrEqual(PEOPLE <= 50 ? 1 : 2);

  const folder = mkdtempSync(join(tmpdir(), "pendapa-film-"));
  const film = join(folder, "codes.y4m");
  writeFilm(film, frames);
  const launchOptions = config.use!.launchOptions!;
  const browser = await playwright.chromium.launch({ ...launchOptions, args: [...launchOptions.args!, ...cameraArguments(film)] });
  const context = await browser.newContext({ locale: "id-ID" });
  guard.watch(context);
  const other = await context.newPage();
  await loadPack(other, site.url, pack, "B");
  const there = await registerAll(other, site.url, [...onlyThere, ...onBoth]);
  // B's camera looks at A's screen; then A is given what B shows, read by the decoder.
  await open(other, site.url, "/exchange");
  await other.getByRole("button", { name: X.scan }).click();
  await expect(other.getByText(`Tablet A: ${PEOPLE} pendaftaran dibaca.`)).toBeVisible({ timeout: 60_000 });
  const shown = await codesOn(other);
  await paste(page, shown);
  await expect(page.getByText(`Tablet B: ${PEOPLE} pendaftaran dibaca.`)).toBeVisible();
  for (const [tablet, own, others] of [[page, here, there], [other, there, here]] as const) {
    const list = tablet.getByRole("status").filter({ has: tablet.getByRole("heading", { name: X.repeats }) });
    const lines = await list.getByRole("listitem").allInnerTexts();
    const found = lines.map((line) => line.match(/[A-Z0-9]+-[A-Z]-\d+-\w/g)!.join(" ")).sort();
    expect(found).toEqual(onBoth.map((number) => `${own.get(number)} ${others.get(number)}`).sort());
  }
  console.log(`exchange: ${PEOPLE} and ${PEOPLE} people in ${frames.length} and ${shown.length} codes, ${onBoth.length} repeats found of ${onBoth.length}, none else`);
  // Whoever comes to B and is on A is asked about while the NIK is typed.
  await openForm(other, site.url);
  await control(other, "nik").fill(String(madeUp(1).typed.nik));
  await expect(other.getByRole("heading", { name: X.same })).toBeVisible();
  await expect(other.getByText(`${here.get(1)}, di tablet lain.`)).toBeVisible();
  await browser.close();
  rmSync(folder, { recursive: true });
});

test("the same again, an older one, one's own and another event's change nothing; a file does what codes do", async ({ page, site, browser, guard, personal }) => {
  test.setTimeout(120_000);
  personal(...secretsOf(plainPerson), ...secretsOf(otherPerson));
  const pack = office.pack({}, "again.pack.age");
  await loadPack(page, site.url, pack, "A");
  await open(page, site.url, "/exchange");
  await expect(page.getByText(/^Belum ada yang terdaftar di tablet ini/)).toBeVisible();
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  const older = await codesOn(page);
  await openForm(page, site.url);
  await registerPerson(page, otherPerson);
  await open(page, site.url, "/exchange");
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Simpan berkas" }).click()]);
  expect(saved.suggestedFilename()).toBe("pendapa-KDP1-A.pendapa-exchange");
  const file = { name: saved.suggestedFilename(), mimeType: "application/octet-stream", buffer: readFileSync(await saved.path()) };
  // Whoever reads it without the event's key learns how many there are, and their numbers.
  for (const { typed } of [plainPerson, otherPerson]) expect(file.buffer.includes(String(typed.nik))).toBeFalsy();

  const context = await browser.newContext();
  guard.watch(context);
  const other = await context.newPage();
  await loadPack(other, site.url, pack, "B");
  await open(other, site.url, "/exchange");
  await other.getByLabel(X.file).setInputFiles(file);
  await expect(other.getByText("Tablet A: 2 pendaftaran dibaca.")).toBeVisible();
  await paste(other, older);
  await expect(other.getByText("Tablet A sudah dibaca; tidak ada yang baru.")).toBeVisible();
  await expect(other.getByText(/^2 pendaftaran, dibaca pukul/)).toBeVisible();
  await expect(other.getByText(X.none)).toBeVisible();
  const broken = Buffer.from(file.buffer);
  broken[50] ^= 1;
  for (const [buffer, said] of [[broken, /^Kodenya tidak utuh/], [Buffer.from("{}"), /^Ini bukan kode tukar/]] as const) {
    await other.getByLabel(X.file).setInputFiles({ ...file, buffer });
    await expect(other.getByRole("alert").filter({ hasText: said })).toBeVisible();
  }
  await page.getByLabel(X.file).setInputFiles(file);
  await expect(page.getByRole("alert").filter({ hasText: /^Ini kode tablet ini sendiri/ })).toBeVisible();
  await context.close();

  const stranger = await browser.newContext();
  guard.watch(stranger);
  const third = await stranger.newPage();
  await loadPack(third, site.url, office.pack({ code: "WNS1" }, "other.pack.age"), "C");
  await open(third, site.url, "/exchange");
  await third.getByLabel(X.file).setInputFiles(file);
  await expect(third.getByRole("alert").filter({ hasText: /^Tablet itu membuka kegiatan lain/ })).toBeVisible();
  await speak(third, site.url, "en");
  await open(third, site.url, "/exchange");
  await expect(third.getByRole("heading", { name: "Exchange with other tablets" })).toBeVisible();
  await stranger.close();
});

test("somebody of an earlier event is noticed with day and venue, and confirmed", async ({ page, site, browser, guard, personal }) => {
  test.setTimeout(120_000);
  personal(...secretsOf(plainPerson));
  // The earlier event, from whose batch the office makes the next one's pack.
  await loadPack(page, site.url, office.pack({ code: "WNS1", venue: "Pendapa Kecamatan Wonoasih", date: "2026-10-12" }, "earlier.pack.age"), "A");
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  const folder = office.opened([await batchOf(page, site.url)]);
  const context = await browser.newContext();
  guard.watch(context);
  const next = await context.newPage();
  await loadPack(next, site.url, office.pack({}, "next.pack.age", ["--earlier", folder]), "A");
  await openForm(next, site.url);
  await fillStep(next, plainPerson, 0);
  await expect(next.getByText(/Sudah terdaftar pada 12 Oktober 2026 di Pendapa Kecamatan Wonoasih\./)).toBeVisible();
  // Confirmed it stands in the record.
  await next.getByRole("button", { name: L.confirm }).click();
  await next.getByRole("button", { name: L.goOn, exact: true }).click();
  await fillForm(next, plainPerson, 1);
  await save(next);
  const [{ records: [{ checks }] }] = office.open([await batchOf(next, site.url)]);
  expect(checks.warnings).toEqual([{ code: "registered_before", facts: "2026-10-12 Pendapa Kecamatan Wonoasih" }]);
  await context.close();
});

test("a name alike with the same birth date is asked about, and a relative is an answer", async ({ page, site, personal }) => {
  personal(...secretsOf(plainPerson), ...secretsOf(otherPerson));
  await hall(page, site);
  const first = await registerPerson(page, plainPerson);
  await nextPerson(page);
  // A twin sister, as the card says: another NIK, a name alike, the same birth date.
  const typed = { ...otherPerson.typed, name: `Hj. ${plainPerson.typed.name} Wati`, birth_date: plainPerson.typed.birth_date, sex: plainPerson.typed.sex, nik: String(plainPerson.typed.nik).replace(/^35740146(.*)9140$/, "35740346$19777") };
  const sister = { ...otherPerson, typed };
  await fillStep(page, sister, 0);
  const question = page.locator("section", { has: page.getByRole("heading", { name: "Nama mirip, tanggal lahir sama" }) });
  await expect(question.getByText(first)).toBeVisible();
  await question.getByRole("radio", { name: "Keluarga", exact: true }).check();
  await question.getByRole("button", { name: "Saudara", exact: true }).click();
  await expect(page.getByText("Keputusan dicatat: Keluarga")).toBeVisible();
  await page.getByRole("button", { name: L.goOn, exact: true }).click();
  await fillForm(page, sister, 1);
  await save(page);
});
