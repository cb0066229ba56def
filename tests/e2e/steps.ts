// What several specs do beside the journeys' own steps (pages.mjs): languages, a look into the database, a full tablet.
import type { Locator, Page } from "@playwright/test";
import { expect, fixture, secretsOf, type MadeUpPerson } from "./fixtures";
import { L, NUMBER, control, open, reload } from "./pages.mjs";

export type Language = "id" | "en";
/** The same sentence in both languages. */
export type Both = Record<Language, RegExp | string>;

/** A made-up person about whom nothing is unusual, so that nothing has to be confirmed. */
export const plainPerson: MadeUpPerson = fixture.people[1];
export const otherPerson: MadeUpPerson = fixture.people[7];

const GIVEN = ["Tumini", "Sriyati", "Paijem", "Murtinah", "Lasmini", "Wagiyem", "Kholifah", "Ngatini", "Endang", "Yuliana", "Rohmah", "Dwi", "Halimah", "Poniyem", "Zulaikha", "Bariyah", "Mudrikah", "Juwariyah", "Nuraini", "Hosniyah"];
const FAMILY = ["Wibowo", "Kusuma", "Handayani", "Lestari", "Purnama", "Gunadi", "Maharani", "Firdaus", "Basuki", "Trisno", "Okta", "Dermawan", "Rejeki", "Samudra", "Jatmiko", "Nirmala", "Cahya", "Ekawati", "Mulyo", "Ambar"];

/**
 * Made-up people by number, 1 to 400, about whom nothing is unusual: no two of them have a name, a birth date, a NIK or a
 * phone by which they could be taken for each other.
 */
export function madeUp(number: number): MadeUpPerson {
  const two = (value: number) => String(value).padStart(2, "0");
  const [day, month, year] = [1 + (number * 5) % 28, 1 + Math.floor(number / 7) % 12, 1965 + (number * 11) % 36];
  const nik = `357405${two(day + 40)}${two(month)}${two(year % 100)}${9000 + number}`;
  const name = `${GIVEN[number % 20]} ${FAMILY[Math.floor(number / 20) % 20]}`;
  const birth_date = `${two(day)}-${two(month)}-${year}`;
  const typed = { ...plainPerson.typed, nik, name, birth_date, sex: "female", family_card_number: "", phone: `0812${String(34_000_000 + number * 7919)}` };
  return { ...plainPerson, typed, expected: { ...plainPerson.expected, person: { ...plainPerson.expected.person, nik } } };
}

/** Changes the language of the screens as a person does. What is open in the form stays as a draft. */
export async function speak(page: Page, url: string, language: Language) {
  await open(page, url, "/settings");
  await page.getByRole("radio", { name: { id: "Indonesia", en: "English" }[language], exact: true }).check();
  await page.locator(`html[lang=${language}]`).waitFor();
}

/** What stands in a store of the app's database: keys, plain fields, and bodies as base64, most of them sealed. */
export function rowsOf(page: Page, store: string): Promise<{ key: string; row: any }[]> {
  return page.evaluate(async (store) => {
    const answer = <T>(request: IDBRequest<T>) => new Promise<T>((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const database = await answer(indexedDB.open("pendapa"));
    const rows = database.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([answer(rows.getAllKeys()), answer(rows.getAll())]);
    database.close();
    const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return keys.map((key, at) => ({ key: String(key), row: { ...values[at], body: base64(new Uint8Array(values[at].body)) } }));
  }, store);
}

/**
 * The numbers of all registrations on this tablet, in their order: as the app reads them anew from its database, of which
 * nothing but the count can be seen without the passphrase.
 */
export async function registeredNumbers(page: Page): Promise<string[]> {
  const stored = (await rowsOf(page, "registrations")).length;
  await page.goto(`${page.url().split("#")[0]}#/participants`);
  await reload(page);
  const people = page.getByRole("region", { name: L.participants }).getByRole("link");
  await expect(people).toHaveCount(stored);
  return (await people.allInnerTexts()).map((text) => text.match(NUMBER)![0]).sort();
}

/** Unfolds the ways in which a receipt comes in. */
export async function showReceiptWays(page: Page) {
  const ways = page.getByRole("region", { name: "Tanda terima kantor" });
  if (!(await ways.getByText("Tempel teksnya").isVisible())) await ways.locator("summary").first().click();
  return ways;
}

/** Gives the tablet a receipt as a file. */
export async function giveReceipt(page: Page, text: string) {
  await showReceiptWays(page);
  await page.getByLabel("Buka berkas tanda terima", { exact: true }).setInputFiles({ name: "tanda-terima.json", mimeType: "application/json", buffer: Buffer.from(text) });
}

/** Takes away what the app keeps on the tablet: its database, and the journal from which that is brought back. */
export function forgetAll(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry("journal", { recursive: true });
    await new Promise<void>((done, failed) => {
      const request = indexedDB.deleteDatabase("pendapa");
      request.onsuccess = () => done();
      request.onerror = () => failed(request.error);
    });
  });
}

/** Leaves a field, as the next touch would. */
export const leave = (field: Locator) => field.blur();

/** Types into a field and leaves it. */
export async function type(page: Page, field: string, text: string, label?: string) {
  const target = control(page, field, label);
  await target.fill(text);
  await leave(target);
  return target;
}

/** Waits until the draft on the screen is in the database, and says so. */
export async function draftKept(page: Page) {
  await expect(page.getByText(/^(Draf tersimpan|Draft kept) \d/)).toBeVisible();
}

/**
 * Gives the origin so many bytes and no more. It must be said before the app is opened for the first time, because the
 * browser remembers for a while how much room it found. The limit lasts as long as the page.
 */
export async function limitStorage(page: Page, url: string, bytes: number) {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: url, quotaSize: bytes });
}

/**
 * Fills the tablet to the brim, as photos do, with a database of its own that grows until the browser refuses a byte. The
 * browser counts late and takes megabytes more than it has room for, which no disk does: what it took becomes its limit,
 * so that the tablet is full and not overfull.
 */
export async function fillTablet(page: Page) {
  const used = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done, failed) => {
      const request = indexedDB.open("photos", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("photos", { autoIncrement: true });
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const fits = (bytes: number) => new Promise<boolean>((done) => {
      const noise = new Uint8Array(bytes);
      for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(noise.subarray(at, at + 65536));
      const transaction = database.transaction("photos", "readwrite");
      transaction.objectStore("photos").add(noise);
      transaction.oncomplete = () => done(true);
      transaction.onabort = () => done(false);
    });
    for (let bytes = 1024 * 1024; bytes >= 64; bytes /= 4) while (await fits(bytes));
    database.close();
    return (await navigator.storage.estimate()).usage ?? 0;
  });
  await limitStorage(page, page.url(), used);
}

/** Deletes the photos. */
export async function emptyTablet(page: Page) {
  await page.evaluate(() => new Promise<void>((done, failed) => {
    const request = indexedDB.deleteDatabase("photos");
    request.onsuccess = () => done();
    request.onerror = () => failed(request.error);
  }));
}

/** Takes the app's reserve for a full tablet away, as if it had been used before. */
export async function takeReserve(page: Page) {
  await page.evaluate(() => new Promise<void>((done, failed) => {
    const opening = indexedDB.open("pendapa");
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("settings", "readwrite");
      transaction.objectStore("settings").delete("ballast");
      transaction.oncomplete = () => (opening.result.close(), done());
      transaction.onabort = () => failed(transaction.error);
    };
  }));
}

/** Nothing of these people is in the page: neither in its elements nor in what its fields hold. */
export async function expectNobodyOn(page: Page, ...people: MadeUpPerson[]) {
  const text = await page.evaluate(() => [document.title, document.documentElement.outerHTML, ...[...document.querySelectorAll<HTMLInputElement>("input, textarea")].map(({ value }) => value)].join("\n").toLowerCase());
  const digits = text.replaceAll(/[\s.-]/g, "");
  const found = people.flatMap(secretsOf).map((secret) => secret.toLowerCase())
    .filter((secret) => secret.length > 4 && (text.includes(secret) || (/^[\d\s+.-]+$/.test(secret) && digits.includes(secret.replaceAll(/[\s.-]/g, "")))));
  expect(found).toEqual([]);
}
