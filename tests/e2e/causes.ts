// What can go wrong in a hall: the sentence for each fault in both languages, and how the fault is brought about.
import type { BrowserContext, Page } from "@playwright/test";
import { type Guard, type Site, expect, fixture } from "./fixtures";
import { L, createEvent, fillForm, open, openForm } from "./pages.mjs";
import { type Both, draftKept, plainPerson } from "./steps";

/** The words of the English screens that are used here. */
export const ENGLISH = { nik: "NIK", birth_date: "Date of birth", goOn: "Continue", save: "Save registration" };

export const WRONG_NIKS: [what: string, typed: string, Both][] = [
  ["letters in it", "35740552O5849001", { id: "Hanya angka. Hapus huruf dan tanda lain.", en: "Digits only. Delete letters and other marks." }],
  ["a digit too few", "357405520584900", { id: "15 angka; NIK 16 angka. Cocokkan dengan KTP.", en: "15 digits; a NIK has 16. Compare with the card." }],
  ["a digit too many", "35740552058490011", { id: "17 angka; NIK 16 angka. Cocokkan dengan KTP.", en: "17 digits; a NIK has 16. Compare with the card." }],
  ["a province that does not exist", "9974055205849001", { id: "Tidak ada provinsi 99. Periksa dua angka pertama.", en: "There is no province 99. Check the first two digits." }],
  ["a regency 00", "3500055205849001", { id: "Kode kabupaten atau kecamatan 00 tidak ada. Periksa angka 3 sampai 6.", en: "Regency or district 00 does not exist. Check digits 3 to 6." }],
  ["a day that does not exist", "3574053102849001", { id: "Tanggal di dalam NIK tidak ada. Periksa angka 7 sampai 12.", en: "The date inside the NIK does not exist. Check digits 7 to 12." }],
  ["serial 0000", "3574055205840000", { id: "Empat angka terakhir tidak pernah 0000. Periksa KTP.", en: "The last four digits are never 0000. Check the card." }],
];

export const WRONG_DATES: [what: string, typed: string, Both][] = [
  ["a day that does not exist", "31-02-1984", { id: "Tanggal ini tidak ada di kalender.", en: "This day is not in the calendar." }],
  ["no date at all", "kemarin", { id: "Tulis hari, bulan, tahun: 13-05-1984.", en: "Write day, month, year: 13-05-1984." }],
  ["a day after the event", "25-11-2026", { id: "Tanggal ini setelah hari kegiatan. Periksa tahunnya di KTP.", en: "This date is after the event. Check the year on the card." }],
  ["somebody of 65", "24-11-1961", { id: /^.*Umur 65 tahun\. Peserta harus belum 65 tahun pada hari kegiatan; periksa KTP\./, en: /^.*65 years old\. Participants must be under 65 on the day of the event; check the card\./ }],
];

export const REFUSED: Both = { id: /Peramban ini tidak memberi tempat penyimpanan.*Buka Pendapa di jendela biasa/, en: /This browser gives no storage.*Open Pendapa in a normal window/ };
export const TOO_NEW: Both = { id: /versi aplikasi yang lebih baru \(data 99, aplikasi \d+\)\. Datanya aman\./, en: /newer version of the app \(data 99, app \d+\)\. It is safe\./ };
export const FULL: Both = { id: /Penyimpanan tablet penuh, jadi BELUM tersimpan\. Isian tetap di layar ini\./, en: /The tablet's storage is full, so this is NOT saved\. What is filled in stays on this screen\./ };
export const RESERVE_USED: Both = { id: /Penyimpanan tablet penuh; ruang cadangan sudah dipakai\. Serahkan sekarang/, en: /The tablet's storage is full; the reserve has been used\. Hand over now/ };
export const OTHER_TAB: Both = { id: "Kegiatan ini sedang dipakai di tab lain. Di sini hanya bisa melihat.", en: "Another tab is working on this event. Here you can only look." };
export const WROTE_FIRST: Both = { id: /Tab lain menulis lebih dulu, jadi BELUM tersimpan\. Isian tetap di sini\./, en: /Another tab wrote first, so this is NOT saved\. What is filled in stays here\./ };
export const CLOCK: Both = { id: /Jam tablet lebih awal daripada pendaftaran terakhir\./, en: /The tablet's clock is before the last registration\./ };
export const BROKEN_TWICE: Both = { id: /Sambungan ke penyimpanan putus dua kali, jadi BELUM tersimpan\. Isian tetap di layar ini\./, en: /The connection to the storage broke twice, so this is NOT saved\. What is filled in stays on this screen\./ };
export const STOPPED: Both = { id: "Aplikasi berhenti", en: "The app stopped" };

/** Room for the app, its reserve and some photos. */
export const TABLET_BYTES = 16 * 1024 * 1024;

/** A hall with an event and an empty form. */
export async function hall(page: Page, site: Site) {
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
}

/** A person who is filled in and kept as a draft, before the save button. */
export async function beforeSave(page: Page, site: Site, person = plainPerson) {
  await openForm(page, site.url);
  await fillForm(page, person);
  await draftKept(page);
}

/** From then on no page of the context gets a database. */
export const REFUSALS: [how: string, script: () => void][] = [
  ["there is none", () => Object.defineProperty(window, "indexedDB", { get: () => undefined })],
  ["asking for it throws", () => Object.defineProperty(window, "indexedDB", { get: () => { throw new DOMException("denied", "SecurityError"); } })],
  ["opening throws", () => { IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); }; }],
  ["opening fails", () => {
    const real = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name) {
      const request = real.call(this, `${name} refused`, 1);
      request.addEventListener("upgradeneeded", () => request.transaction!.abort());
      return request;
    };
  }],
];

/** The tablet has data that a later version of the app wrote. */
export async function makeTooNew(page: Page, site: Site) {
  await page.goto(`${site.url}rescue.html`);
  await page.evaluate(() => new Promise<void>((done, failed) => {
    const request = indexedDB.open("pendapa", 99);
    request.onupgradeneeded = () => request.result.createObjectStore("later").put("what only the later app knows", 1);
    request.onsuccess = () => (request.result.close(), done());
    request.onerror = () => failed(request.error);
  }));
}

/** From then on every connection to the database is closed under the app's feet as soon as it was opened. */
export const closeEveryConnection = () => {
  IDBDatabase.prototype.transaction = () => { throw new DOMException("The database connection is closing.", "InvalidStateError"); };
};

/** A browser without Web Locks, where only the epoch that every write checks tells two tabs apart. */
export const withoutLocks = (context: BrowserContext) => context.addInitScript(() => Object.defineProperty(navigator, "locks", { get: () => undefined }));

/** From then on chance is to be had no more, which the app takes for impossible: its next id is a panic. */
export async function panic(page: Page, site: Site, guard: Guard) {
  guard.expectConsole(/page error: .*unreachable/);
  await open(page, site.url, "/handover");
  await expect(page.getByRole("button", { name: L.makeBatch })).toBeEnabled();
  await page.evaluate(() => { Crypto.prototype.getRandomValues = () => { throw new DOMException("no entropy", "OperationError"); }; });
  await page.getByRole("button", { name: L.makeBatch }).click();
}
