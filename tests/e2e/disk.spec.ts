// What lies on the tablet's disk: whoever takes the tablet apart finds nobody in it.
//
// A browser works on a profile folder; then it is killed, or closed as a person does, and every byte of every file of
// the folder is searched for what was typed. Covered: IndexedDB's log and tables, Local Storage, Session Storage,
// Cache Storage, preferences, history, sessions, form data, and what else Chromium writes. A compressed table could hide
// text, so everything typed is random, which no compression shortens, and there is little of it; that it would be found
// is proven in the same profile by the same search. Not covered: memory, the swap, and what a file held before it was
// written anew.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, fixture, kill, test, type MadeUpPerson, type Typed } from "./fixtures";
import { L, control, describeEvent, fillForm, fillStep, lock, makeBatch, nextPerson, open, openForm, openWith, put, registerPerson, searchField, shownRecoveryKey } from "./pages.mjs";
import { draftKept, plainPerson } from "./steps";

const LETTERS = "abcdefghjkmnpqrstvwxyz";
/** A word of fourteen random letters, as nobody is called. */
const word = () => [...randomBytes(14)].map((byte) => LETTERS[byte % LETTERS.length]).join("").replace(/^./, (letter) => letter.toUpperCase());
const digits = (count: number) => [...randomBytes(count)].map((byte) => byte % 10).join("");

/** Last digits of the next number that is anybody's own, as made-up people have them. */
let serial = 9000 + Number(digits(2)) * 9;

/** Somebody whose every text is a marker. The NIK says the same birth date and sex as the fixture's. */
function marked(): MadeUpPerson {
  const { typed } = plainPerson;
  // Two digits on: with one, on the same birth date, the app would ask whether the NIK is a slip.
  serial += 11;
  return {
    ...plainPerson,
    typed: {
      ...typed, nik: `${(typed.nik as string).slice(0, 12)}${serial}`, name: word(), birth_place: word(), mother_name: word(), family_card_number: `357405221116${serial}`,
      phone: `0813-000${digits(1)}-${serial}`, email: `${word().toLowerCase()}@example.com`, street: word(), business_name: word(), occupation: word(), nib: `9999${digits(9)}`, read_aloud_by: word(),
    },
  };
}

const FIELDS = ["nik", "name", "birth_place", "mother_name", "family_card_number", "phone", "email", "street", "business_name", "occupation", "nib", "read_aloud_by"];
const markersOf = ({ typed }: MadeUpPerson, fields = FIELDS) => fields.map((field) => String(typed[field]));

/** The ways in which a text may be written: as it was typed, numbers also bare and grouped. */
function writings(marker: string): string[] {
  const bare = marker.replaceAll(/\D/g, "");
  if (bare.length < 10) return [marker];
  const nik = bare.length === 16 ? [`${bare.slice(0, 6)} ${bare.slice(6, 12)} ${bare.slice(12)}`, bare.replaceAll(/(\d{4})(?=\d)/g, "$1 ")] : [];
  return [marker, bare, bare.replace(/^0/, ""), ...nik];
}

/** The files of a folder that hold a marker, in UTF-8 or UTF-16, in whatever case: `marker → files`. */
function found(folder: string, markers: string[]): Map<string, string[]> {
  const wanted = markers.flatMap((marker) => writings(marker.toLowerCase()).flatMap((text) => [Buffer.from(text), Buffer.from(text, "utf16le")].map((bytes) => ({ marker, text: bytes.toString("latin1") }))));
  const hits = new Map<string, string[]>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path).toString("latin1").toLowerCase();
    for (const { marker, text } of wanted) {
      if (bytes.includes(text) && !hits.get(marker)?.includes(path)) hits.set(marker, [...(hits.get(marker) ?? []), path]);
    }
  }
  return hits;
}

/** Writes texts in clear where the app writes: as a row of a database, its body as bytes, and as text. */
const writeInClear = (page: Page, markers: string[]) => page.evaluate((markers) => new Promise<void>((done, failed) => {
  const opening = indexedDB.open("control", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("rows");
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("rows", "readwrite", { durability: "strict" });
    // One body for all, as a registration is one, and rows of text.
    transaction.objectStore("rows").put({ event_id: "control", body: new TextEncoder().encode(JSON.stringify(markers)) }, "bytes");
    transaction.objectStore("rows").put({ event_id: "control", texts: markers }, "texts");
    transaction.oncomplete = () => (opening.result.close(), done());
    transaction.onabort = () => failed(transaction.error);
  };
}), markers);

test("nobody who was registered, drafted, corrected or voided is found on the disk, nor who worked there", async ({ persistentApp, site, personal }) => {
  test.setTimeout(180_000);
  const [first, second, aside, left] = [marked(), marked(), marked(), marked()];
  const twin = { ...marked(), typed: { ...marked().typed, nik: first.typed.nik }, decisions: [{ decision: "different_person", reason: word() }] };
  const [officer, passphrase, correction, voiding] = [`${word()} ${word()}`, `${word()} ${word()}`, word(), word()];
  const markers = [
    ...[first, second, twin].flatMap((person) => markersOf(person)), twin.decisions[0].reason, ...markersOf(aside, ["nik", "name", "birth_place", "mother_name", "street"]), ...markersOf(left, ["nik", "name", "birth_place", "mother_name", "street"]),
    ...officer.split(" "), ...passphrase.split(" "), correction, voiding,
  ];
  // All of them are different but the NIK of two people.
  expect(markers.filter((marker, at) => markers.indexOf(marker) !== at)).toEqual([first.typed.nik]);
  personal(...markers);

  const app = await persistentApp();
  let { page } = app;
  await describeEvent(page, site.url, fixture.event as Typed);
  const recovery = await shownRecoveryKey(page);
  markers.push(recovery.replaceAll(/[\s-]/g, ""), recovery);
  await page.getByRole("button", { name: L.useOwn }).click();
  await page.getByRole("textbox", { name: L.ownPassphrase, exact: true }).fill(passphrase);
  await page.getByRole("checkbox", { name: L.writtenDown }).check();
  await page.getByRole("textbox", { name: L.officerName, exact: true }).fill(officer);
  await page.getByRole("button", { name: L.createEvent }).click();
  await page.getByRole("heading", { level: 1, name: fixture.event.name as string }).waitFor();

  await openForm(page, site.url);
  const number = await registerPerson(page, first);
  await page.getByRole("link", { name: "Lihat" }).click();
  await page.getByRole("button", { name: L.reveal }).click();
  await page.getByRole("link", { name: "Betulkan" }).click();
  await page.getByRole("textbox", { name: "Alasan pembetulan" }).fill(correction);
  const corrected = word();
  markers.push(corrected);
  personal(corrected);
  for (let step = 0; step < 4; step += 1) {
    if (step === 1) await put(page, "street", corrected);
    await page.getByRole("button", { name: L.goOn, exact: true }).click();
  }
  await page.getByRole("button", { name: "Simpan pembetulan" }).click();
  await page.getByRole("heading", { level: 1, name: number }).waitFor();
  await openForm(page, site.url);
  await registerPerson(page, twin);
  await nextPerson(page);
  await registerPerson(page, second);
  await page.getByRole("link", { name: "Lihat" }).click();
  await page.getByRole("button", { name: "Batalkan pendaftaran" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Alasan" }).fill(voiding);
  await dialog.getByRole("button", { name: "Batalkan pendaftaran" }).click();
  await expect(page.getByText("Pendaftaran ini dibatalkan")).toBeVisible();
  await open(page, site.url, "/participants");
  await searchField(page).fill(String(first.typed.name));
  await expect(page.getByRole("region", { name: L.participants }).getByRole("link")).toHaveCount(1);
  await makeBatch(page, site.url);
  await openForm(page, site.url);
  const fillTwoSteps = async (person: MadeUpPerson) => {
    await fillStep(page, person, 0);
    await page.getByRole("button", { name: L.goOn, exact: true }).click();
    await put(page, "street", person.typed.street);
    await draftKept(page);
  };
  await fillTwoSteps(aside);
  await page.getByRole("button", { name: "Sisihkan" }).click();
  await expect(control(page, "nik")).toHaveValue("");
  await fillTwoSteps(left);

  // As an empty battery leaves it.
  page = await kill(app);
  await app.close();
  expect([...found(app.profile, markers)]).toEqual([]);

  // As somebody leaves it who opened everything once more, and locked it.
  page = await app.start();
  await page.goto(`${site.url}#/register`);
  await openWith(page, passphrase, officer);
  await expect(control(page, "street")).toHaveValue(String(left.typed.street));
  await open(page, site.url, "/participants");
  await page.getByRole("link", { name: number }).click();
  await page.getByRole("button", { name: L.reveal }).click();
  await expect(page.getByRole("definition").filter({ hasText: String(first.typed.name) }).first()).toBeVisible();
  await lock(page);
  await app.close();
  expect([...found(app.profile, markers)]).toEqual([]);

  // In clear every one of them would have been found, in the database and elsewhere.
  const elsewhere = [word(), word(), word()];
  page = await app.start();
  await page.goto(`${site.url}rescue.html`);
  await writeInClear(page, markers);
  await page.evaluate(async ([stored, cached, visited]) => {
    localStorage.setItem("control", stored);
    await (await caches.open("control")).put("./control", new Response(cached));
    document.title = visited;
    location.hash = `#/${visited}`;
  }, elsewhere);
  await app.close();
  const hits = found(app.profile, [...markers, ...elsewhere]);
  for (const marker of markers) expect(hits.get(marker)?.join(" ") ?? "", `marker ${markers.indexOf(marker)}`).toMatch(/IndexedDB/);
  const [stored, cached, visited] = elsewhere.map((marker) => hits.get(marker)?.join(" ") ?? "");
  expect(stored).toMatch(/Local Storage/);
  expect(cached).toMatch(/CacheStorage/);
  expect(visited).toMatch(/History/);
  expect(visited).toMatch(/Sessions/);
});
