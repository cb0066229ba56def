// Who is expected: tables on their way to the list, faults with their lines, and people on their way from the list to a number.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { cameraArguments, writeFilm } from "./codes";
import { type MadeUpPerson, expect, fixture, secretsOf, test } from "./fixtures";
import { Office, PACK, choosePack } from "./office";
import { L, PASSPHRASE, control, createEvent, fillForm, fillStep, open, openForm, registerPerson, reload, save, typePassphrase } from "./pages.mjs";
import config from "./playwright.config";
import { expectNobodyOn, otherPerson, plainPerson, speak } from "./steps";

const E = {
  title: "Daftar undangan", find: "Cari di daftar undangan", search: "Cari nama, NIK, usaha, HP, atau kode undangan", walkIn: "Daftarkan tanpa undangan", empty: "Belum ada daftar undangan",
  import: "Tambah dari tabel", file: "Pilih berkas CSV", paste: "Atau tempel dari tabel", read: "Baca tabel ini", preview: "Periksa kolomnya", filled: "Diisi dari daftar undangan", wrongPerson: "Bukan orang ini",
  clear: "Kosongkan daftar", undo: "Urungkan",
};

const TITLES = ["Kode Undangan", "NIK", "Nama Lengkap", "Tanggal Lahir", "Nama Usaha", "No. HP"];
/** A person as a row of the office's table. */
const rowOf = ({ typed, expected }: MadeUpPerson, code: string) => [code, expected.person.nik, typed.name, typed.birth_date, typed.business_name, typed.phone].map(String);
const table = (rows: string[][], delimiter = "\t") => [TITLES, ...rows].map((row) => row.join(delimiter)).join("\r\n");

const list = (page: Page) => page.getByRole("region", { name: E.title });
const rows = (page: Page) => list(page).getByRole("listitem");
const take = (page: Page, count: number) => page.getByRole("button", { name: `Masukkan ${count} orang`, exact: true });
const search = (page: Page, text: string) => page.getByRole("searchbox", { name: E.search }).fill(text);
const meaningOf = (page: Page, title: string) => page.getByRole("combobox", { name: `Arti kolom ${title}`, exact: true });

/** Goes to the page on which tables are added. */
async function openImport(page: Page, url: string) {
  await open(page, url, "/expected");
  await page.getByRole("button", { name: E.import }).click();
  await page.getByRole("heading", { level: 1, name: E.import }).waitFor();
}

async function paste(page: Page, text: string) {
  await page.getByRole("textbox", { name: E.paste }).fill(text);
  await page.getByRole("button", { name: E.read }).click();
  await page.getByRole("heading", { level: 1, name: E.preview }).waitFor();
}

/** Types what the list does not know, saves, and returns the number. */
async function registerFilled(page: Page, person: MadeUpPerson) {
  await fillForm(page, person);
  return save(page);
}

test("a pasted table becomes the list, and a part of a name fills the form in", async ({ page, site, personal }) => {
  personal(...[plainPerson, otherPerson].flatMap(secretsOf));
  await createEvent(page, site.url, fixture.event);
  await expect(page.getByRole("link", { name: E.find })).toHaveCount(0);
  await page.getByRole("link", { name: E.title }).click();
  await expect(page.getByText(E.empty)).toBeVisible();
  await page.getByRole("button", { name: E.import }).click();
  await paste(page, table([rowOf(plainPerson, "U-001"), rowOf(otherPerson, "U-002")]));
  await expect(meaningOf(page, "Tanggal Lahir")).toHaveValue("birth_date");
  await expect(meaningOf(page, "Kode Undangan")).toHaveValue("invitation");
  await expect(page.getByText("Semua baris terbaca.")).toBeVisible();
  await take(page, 2).click();
  await expect(page.getByText("Ditambahkan 2, diperbarui 0, sudah ada 0.")).toBeVisible();
  await expect(page.getByText("0 dari 2 terdaftar")).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  // Masked as in every list.
  await expectNobodyOn(page, plainPerson, otherPerson);

  await search(page, String(plainPerson.typed.name).slice(0, 4));
  await expect(rows(page)).toHaveCount(1);
  await rows(page).getByRole("button").click();
  await expect(page.getByText(E.filled)).toBeVisible();
  await expect(page.getByText(L.draftRestored)).toHaveCount(0);
  await expect(control(page, "name")).toHaveValue(String(plainPerson.typed.name));
  await expect(control(page, "birth_date")).toHaveValue(String(plainPerson.typed.birth_date));
  const number = await registerFilled(page, plainPerson);

  // From the next form there is a way back to the list, which knows the number.
  await page.getByRole("button", { name: L.nextPerson }).click();
  await expect(control(page, "nik")).toHaveValue("");
  await page.getByRole("link", { name: E.find }).click();
  await expect(page.getByText("1 dari 2 terdaftar")).toBeVisible();
  await expect(rows(page).filter({ hasText: number })).toContainText("Terdaftar");
  await rows(page).filter({ hasText: number }).getByRole("button").click();
  await expect(page.getByRole("heading", { name: "Riwayat" })).toBeVisible();

  // It is there after a start as well, and the home page leads to it.
  await open(page, site.url);
  await reload(page);
  await page.getByRole("link", { name: E.find }).click();
  await expect(page.getByText("1 dari 2 terdaftar")).toBeVisible();
});

test("of a CSV with faults each is told with its line, and the rest is added and can be taken back", async ({ page, site, personal }) => {
  personal(...[plainPerson, otherPerson].flatMap(secretsOf));
  const [good, other] = [rowOf(plainPerson, "U-001"), rowOf(otherPerson, "U-002")];
  const faulty = [
    good,
    ["U-003", "357401460769914", "Buhari", "06-07-1969", "", ""],
    ["U-004", "", "", "", "Warung tanpa nama", ""],
    ["U-005", good[1], "Sumiati", "", "", ""],
    ["U-006", "", "Ngatiyem", "31-02-1980", "", "12"],
    other,
  ];
  await createEvent(page, site.url, fixture.event);
  await openImport(page, site.url);
  await page.getByLabel(E.file).setInputFiles({ name: "daftar.csv", mimeType: "text/csv", buffer: Buffer.from(table(faulty, ";"), "latin1") });
  const told = page.getByRole("status").getByRole("listitem");
  await expect(told).toHaveText([
    "Baris 3, NIK: 15 angka; NIK 16 angka. Cocokkan dengan KTP.",
    "Baris 4, Nama Lengkap: Belum diisi. Baris ini dilewati.",
    "Baris 5, NIK: NIK ini sudah ada di baris 2. Baris ini dilewati.",
    "Baris 6, Tanggal Lahir: Tanggal ini tidak ada di kalender.",
    /^Baris 6, No. HP: /,
  ]);
  await expect(page.getByText("2 baris dilewati")).toBeVisible();
  // Another meaning for a column is read at once; without names nobody can be added.
  await meaningOf(page, "Nama Lengkap").selectOption({ label: "Nama ibu kandung" });
  await expect(page.getByRole("alert").filter({ hasText: "Belum ada kolom nama" })).toBeVisible();
  await expect(take(page, 0)).toHaveAttribute("aria-disabled", "true");
  await meaningOf(page, "Nama Lengkap").selectOption({ label: "Nama lengkap" });
  await take(page, 4).click();
  await expect(page.getByText("0 dari 4 terdaftar")).toBeVisible();

  // The same people once more, one of them with another phone number.
  await openImport(page, site.url);
  await paste(page, table([[...good.slice(0, 5), "081200009999"], other, ["U-009", "", "Buhari Rahman", "", "", ""]]));
  await take(page, 3).click();
  await expect(page.getByText("Ditambahkan 1, diperbarui 1, sudah ada 1.")).toBeVisible();
  await expect(page.getByText("0 dari 5 terdaftar")).toBeVisible();
  await page.getByRole("button", { name: E.undo }).click();
  await expect(page.getByText("0 dari 4 terdaftar")).toBeVisible();
  await page.getByRole("button", { name: E.clear }).click();
  await expect(page.getByText(E.empty)).toBeVisible();
  await page.getByRole("button", { name: E.undo }).click();
  await expect(rows(page)).toHaveCount(4);

  // What is no table says what to do.
  await openImport(page, site.url);
  await page.getByLabel(E.file).setInputFiles({ name: "daftar.xlsx", mimeType: "application/vnd.ms-excel", buffer: Buffer.from("PK\u0003\u0004 workbook") });
  await expect(page.getByRole("alert").filter({ hasText: "simpan sebagai CSV" })).toBeVisible();
});

test("a wrong tap leaves nothing, a form that was begun is gone on with, and a walk-in needs no invitation", async ({ page, site, personal }) => {
  personal(...[plainPerson, otherPerson].flatMap(secretsOf));
  await createEvent(page, site.url, fixture.event);
  await openImport(page, site.url);
  await paste(page, table([rowOf(plainPerson, "U-001"), rowOf(otherPerson, "U-002")]));
  await take(page, 2).click();
  const row = (code: string) => rows(page).filter({ hasText: code });
  await row("U-002").getByRole("button").click();
  await page.getByRole("link", { name: E.wrongPerson }).click();
  await expect(row("U-002")).toContainText("Belum");
  await page.getByRole("link", { name: E.walkIn }).click();
  await expect(control(page, "name")).toHaveValue("");
  await expect(page.getByText(L.draftRestored)).toHaveCount(0);

  await page.getByRole("link", { name: E.find }).click();
  await row("U-001").getByRole("button").click();
  await fillStep(page, plainPerson, 0);
  await page.getByRole("button", { name: L.goOn, exact: true }).click();
  await page.getByRole("heading", { name: L.steps[1], exact: true }).waitFor();
  await open(page, site.url, "/expected");
  await expect(row("U-001")).toContainText("Draf");
  await row("U-001").getByRole("button").click();
  await page.getByRole("heading", { name: L.steps[1], exact: true }).waitFor();
  await fillForm(page, plainPerson, 1);
  const number = await save(page);
  await open(page, site.url, "/expected");
  await expect(row("U-001")).toContainText(number);
  // The other one came before anybody looked for them in the list.
  await openForm(page, site.url);
  const other = await registerPerson(page, otherPerson);
  await open(page, site.url, "/expected");
  await expect(row("U-002")).toContainText(other);
  await expect(page.getByText("2 dari 2 terdaftar")).toBeVisible();
});

test("the list of a pack is there with its event, and nobody sees it while the vault is locked", async ({ page, site, personal }) => {
  const office = new Office();
  personal(...[plainPerson, otherPerson].flatMap(secretsOf));
  const expected = [plainPerson, otherPerson].map(({ typed, expected }, at) => ({ nik: expected.person.nik, name: typed.name, birth_date: typed.birth_date, business_name: typed.business_name, invitation: `kdp-${at + 1}` }));
  await choosePack(page, site.url, office.pack({ expected }));
  await typePassphrase(page, PASSPHRASE);
  await expect(page.getByText(E.title).locator("xpath=following-sibling::dd[1]")).toHaveText("2");
  await page.getByRole("textbox", { name: PACK.letter, exact: true }).fill("A");
  await page.getByRole("combobox", { name: PACK.who }).selectOption("Rini Wulandari");
  await page.getByRole("button", { name: PACK.join }).click();
  await page.getByRole("link", { name: E.find }).click();
  await expect(page.getByText("0 dari 2 terdaftar")).toBeVisible();
  // What a scanner at the table types, with its Enter.
  await search(page, "KDP-2");
  await page.keyboard.press("Enter");
  await expect(control(page, "name")).toHaveValue(String(otherPerson.typed.name));
  await page.goto(`${site.url}#/expected`);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Brankas terkunci" })).toBeVisible();
  await expectNobodyOn(page, plainPerson, otherPerson);
  office.close();
});

test("five thousand people are read, added and searched while the page answers", async ({ page, site }, info) => {
  test.setTimeout(120_000);
  const people = Array.from({ length: 5_000 }, (_, at) => {
    const [day, serial] = [1 + (at % 28), 9001 + (at % 999)];
    const month = String(1 + (Math.floor(at / 28) % 12)).padStart(2, "0");
    const year = 60 + (Math.floor(at / 336) % 30);
    const born = `${String(day).padStart(2, "0")}-${month}-19${year}`;
    return [`U-${at + 1}`, `357405${String(day).padStart(2, "0")}${month}${year}${serial}`, `Peserta ${["Siti", "Slamet", "Buhari"][at % 3]} ${String.fromCharCode(65 + (at % 26))}${String.fromCharCode(97 + (Math.floor(at / 26) % 26))}`, born, `Warung ${at + 1}`, `0812${String(at).padStart(8, "0")}`];
  });
  await createEvent(page, site.url, fixture.event);
  await openImport(page, site.url);
  const timed = async (name: string, deed: () => Promise<void>) => {
    const started = Date.now();
    await deed();
    info.annotations.push({ type: "time", description: `${name}: ${Date.now() - started} ms` });
  };
  await timed("read", async () => {
    await page.getByLabel(E.file).setInputFiles({ name: "daftar.csv", mimeType: "text/csv", buffer: Buffer.from(table(people, ",")) });
    await take(page, 5_000).waitFor();
  });
  await timed("another meaning", async () => {
    await meaningOf(page, "Nama Usaha").selectOption("");
    await page.getByText("dipilih", { exact: true }).waitFor();
  });
  await timed("add", async () => {
    await take(page, 5_000).click();
    await page.getByText("0 dari 5000 terdaftar").waitFor();
  });
  await expect(rows(page)).toHaveCount(50);
  await expect(page.getByText("50 dari 5000 ditampilkan")).toBeVisible();
  const keys: number[] = [];
  for (const text of ["u-4", "u-49", "u-499", "u-4999"]) {
    const started = Date.now();
    await search(page, text);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    keys.push(Date.now() - started);
  }
  info.annotations.push({ type: "time", description: `keys: ${keys.join(", ")} ms` });
  await expect(rows(page).filter({ hasText: "U-4999 " })).toHaveCount(1);
  await search(page, "081200004998");
  await expect(rows(page)).toHaveCount(1);
  expect(Math.max(...keys)).toBeLessThan(1_000);
});

test("the camera reads an invitation and opens its person", async ({ site, playwright, guard, personal }) => {
  test.setTimeout(120_000);
  personal(...secretsOf(plainPerson));
  const folder = mkdtempSync(join(tmpdir(), "pendapa-film-"));
  const film = join(folder, "codes.y4m");
  writeFilm(film, ["KDP-0017"]);
  const launchOptions = config.use!.launchOptions!;
  const browser = await playwright.chromium.launch({ ...launchOptions, args: [...launchOptions.args!, ...cameraArguments(film)] });
  const context = await browser.newContext({ locale: "id-ID" });
  guard.watch(context);
  const page = await context.newPage();
  await createEvent(page, site.url, fixture.event);
  await openImport(page, site.url);
  await paste(page, table([rowOf(plainPerson, "kdp-0017"), rowOf(otherPerson, "kdp-0018")]));
  await take(page, 2).click();
  await page.getByRole("button", { name: "Pindai undangan" }).click();
  await expect(control(page, "name")).toHaveValue(String(plainPerson.typed.name), { timeout: 60_000 });
  await expect(page.locator("video")).toHaveCount(0);
  await guard.search(context);
  await browser.close();
  rmSync(folder, { recursive: true });
});

test("in English as well", async ({ page, site, personal }) => {
  personal(...secretsOf(plainPerson));
  await createEvent(page, site.url, fixture.event);
  await speak(page, site.url, "en");
  await open(page, site.url, "/expected");
  await expect(page.getByRole("heading", { level: 1, name: "Guest list" })).toBeVisible();
  await page.getByRole("button", { name: "Add from a spreadsheet" }).click();
  await page.getByRole("textbox", { name: "Or paste from a spreadsheet" }).fill(table([rowOf(plainPerson, "U-001"), ["U-002", "357405010584900", "Buhari", "", "", ""]]));
  await page.getByRole("button", { name: "Read this table" }).click();
  await expect(page.getByRole("status").getByRole("listitem")).toHaveText(["Line 3, NIK: 15 digits; a NIK has 16. Compare with the card."]);
  await page.getByRole("button", { name: "Add 2 people" }).click();
  await expect(page.getByText("Added 2, updated 0, there already 0.")).toBeVisible();
  await expect(page.getByText("0 of 2 registered")).toBeVisible();
  await page.getByRole("searchbox").fill("zzzz");
  await expect(page.getByText("Nothing matches").first()).toBeVisible();
});
