// A walk through every screen of the app on a tablet in the middle of its day, for looking at each of them.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { tabletRows } from "../bench/rows.mjs";
import { carried } from "./batch";
import { panic } from "./causes";
import { type Guard, type Site, expect, fixture } from "./fixtures";
import { L, OFFICER, PASSPHRASE, download, fillStep, lock, makeBatch, nextPerson, open, openForm, put, registerPerson, reload, save, saveButton, settle, sign, takeOver, typePassphrase, typePin, unlock, waitUntilOfflineReady } from "./pages.mjs";
import { Office, loadPack } from "./office";
import { draftKept, giveReceipt, madeUp } from "./steps";

const DATABASE_SCRIPT = readFileSync(new URL("../bench/peers/bare-idb.js", import.meta.url), "utf8");

/** How many people are registered when the walk begins. */
const REGISTERED = 57;
/** The day of the fixture's event, a little after the last of them. */
const NOW = new Date("2026-11-24T08:41:00+07:00");
/** Somebody whose birth date in the NIK is another than on the card. */
const unusualPerson = fixture.people[66];
const nextInLine = fixture.people[67];
/** The quick lock of the screen while somebody walks. */
const PIN = "27041";

/**
 * Writes the rows of a tablet that has already registered so many people, with version 1 of the database, which knew no
 * vault, in place of what is there. The page must be one without the app.
 */
export async function seed(page: Page, count: number) {
  const rows = tabletRows(count);
  // A batch takes in only what was registered on this tablet.
  const { device_id: device, officer } = JSON.parse(rows.find(({ store }) => store === "registrations")!.body);
  const setting = (key: string, body: string) => ({ store: "settings", key, value: { id: key }, body });
  await page.evaluate(DATABASE_SCRIPT);
  await page.evaluate(async (rows) => {
    const { bareIdb } = globalThis as unknown as { bareIdb: { open(name: string): Promise<IDBDatabase>; write(database: IDBDatabase, rows: unknown[]): Promise<void> } };
    await new Promise<void>((done, failed) => {
      const request = indexedDB.deleteDatabase("pendapa");
      request.onsuccess = () => done();
      request.onerror = () => failed(request.error);
    });
    const database = await bareIdb.open("pendapa");
    await bareIdb.write(database, rows);
    database.close();
  }, [...rows, setting("device", device), setting("officer", officer)]);
}

/** A tablet on the day of the event with people on it, of a version that knew no vault. */
async function seedBusyTablet(page: Page, site: Site) {
  await page.clock.setFixedTime(NOW);
  await page.goto(`${site.url}rescue.html`);
  await seed(page, REGISTERED);
}

/** The same tablet with its vault, and the app open. */
export async function openBusyTablet(page: Page, site: Site) {
  await seedBusyTablet(page, site);
  await open(page, site.url);
  await expect(page.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
}

/** The office's table of who is expected: some of them are registered already, and of two something cannot be read. */
const guestTable = [
  ["No", "Kode Undangan", "NIK", "Nama Lengkap", "Tanggal Lahir", "Kelurahan", "Kategori", "No. HP", "Keterangan"],
  ...fixture.people.slice(50, 63).map(({ typed, expected }, at) => [String(at + 1), `U-${String(at + 1).padStart(3, "0")}`, at === 3 ? expected.person.nik.slice(0, 15) : expected.person.nik, at === 5 ? "" : String(typed.name), String(typed.birth_date), "Kedopok", "Kuliner", String(typed.phone ?? ""), ""]),
].map((row) => row.join("\t")).join("\n");

/** Shows one screen after the other and gives its name, in Indonesian. The last two end the app of this page. */
export async function* screens(page: Page, site: Site, guard: Guard): AsyncGenerator<string> {
  page.setDefaultTimeout(15_000);
  await page.clock.setFixedTime(NOW);
  await open(page, site.url);
  await waitUntilOfflineReady(page);
  yield "welcome";

  await page.getByRole("link", { name: L.programme }).click();
  await page.getByRole("heading", { level: 1, name: L.programme }).waitFor();
  yield "programme";

  await page.getByRole("button", { name: L.startTalk }).click();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("heading", { name: "Kalau celaka saat bekerja" })).toBeFocused();
  yield "programme-talk";

  await open(page, site.url, "/events/new");
  for (const field of ["name", "venue", "date", "letter"]) await put(page, field, fixture.event[field], (L.event as Record<string, string>)[field]);
  yield "new-event";

  await page.getByRole("button", { name: L.goOn, exact: true }).click();
  await page.getByRole("heading", { name: L.protectTitle }).waitFor();
  await put(page, "officer", OFFICER);
  yield "protect";

  await seedBusyTablet(page, site);
  await page.goto(site.url);
  await page.getByRole("heading", { name: L.protectOldTitle }).waitFor();
  yield "protect-old";

  await unlock(page);
  await expect(page.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
  await waitUntilOfflineReady(page);
  yield "home";

  await page.reload();
  await page.getByRole("heading", { name: L.lockedTitle }).waitFor();
  yield "locked";

  await typePassphrase(page, PASSPHRASE);
  await page.getByRole("heading", { name: L.whoTitle }).waitFor();
  yield "who";

  await takeOver(page, OFFICER, PIN);
  await lock(page);
  await page.getByRole("heading", { name: L.coveredTitle }).waitFor();
  yield "covered";

  await typePin(page, PIN);
  await expect(page.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();

  await open(page, site.url, "/participants");
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  yield "participants";

  await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Riwayat" })).toBeVisible();
  yield "registration-masked";

  await page.getByRole("button", { name: L.reveal }).click();
  await expect(page.getByRole("button", { name: "Cetak" })).toBeVisible();
  yield "registration";

  await page.getByRole("button", { name: "Peserta menarik persetujuan" }).click();
  await page.getByRole("dialog").getByRole("checkbox").first().check();
  yield "withdraw";

  await page.getByRole("button", { name: "Tidak jadi" }).click();
  await makeBatch(page, site.url);
  await download(page);
  await expect(page.getByText("Belum dipastikan")).toBeVisible();
  // The short message goes by itself.
  await expect(page.getByText("Periksa di folder unduhan.")).toBeHidden();
  yield "handover";

  const [backup] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Simpan cadangan" }).click()]);
  await expect(page.getByText("Semua dicadangkan")).toBeVisible();
  await expect(page.getByText("Simpan di luar tablet ini.")).toBeHidden();
  yield "backup";

  await open(page, site.url, "/events/restore");
  await expect(page.getByText("Pilih berkas cadangan")).toBeVisible();
  yield "restore";

  await page.getByLabel("Pilih berkas cadangan").setInputFiles(await backup.path());
  await page.getByRole("button", { name: "Lanjutkan di tablet ini" }).waitFor();
  yield "restore-go-on";

  await open(page, site.url, "/settings");
  yield "settings";

  await open(page, site.url, "/preflight");
  await page.getByRole("button", { name: "Jalankan uji coba" }).click();
  await expect(page.getByText("Disimpan, dijadikan kiriman, dibuka, dibaca ulang, dan dihapus")).toBeVisible();
  yield "preflight";

  await open(page, site.url, "/events/pack");
  await expect(page.getByRole("button", { name: "Pindai kode" })).toBeVisible();
  yield "pack";

  await open(page, site.url, "/events/copy");
  await page.getByRole("textbox", { name: L.passphrase, exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: "Buat salinan" }).click();
  await expect(page.getByRole("img", { name: /^Kode 1 dari/ })).toBeVisible();
  yield "copy";

  await open(page, site.url, "/expected");
  await page.getByRole("button", { name: "Tambah dari tabel" }).click();
  await page.getByRole("textbox", { name: "Atau tempel dari tabel" }).fill(guestTable);
  yield "expected-import";

  await page.getByRole("button", { name: "Baca tabel ini" }).click();
  await expect(page.getByText("1 baris dilewati")).toBeVisible();
  yield "expected-columns";

  await page.getByRole("button", { name: /^Masukkan \d+ orang$/ }).click();
  await expect(page.getByText("Ditambahkan")).toBeVisible();
  await expect(page.getByText("Ditambahkan")).toBeHidden();
  yield "expected";

  await open(page, site.url, "/attend");
  await page.getByRole("textbox", { name: "Nama", exact: true }).fill("Sugeng Riyadi");
  await page.getByRole("radio", { name: "Sudah peserta" }).check();
  await sign(page);
  yield "attend";

  await page.getByRole("button", { name: "Simpan kehadiran" }).click();
  await expect(page.getByText("Kehadiran tersimpan")).toBeVisible();
  await expect(page.getByText("Kehadiran tersimpan")).toBeHidden();
  await open(page, site.url, "/attendance");
  await expect(page.getByRole("heading", { level: 1, name: "Daftar hadir" })).toBeVisible();
  yield "attendance";

  await open(page, site.url, "/exchange");
  await expect(page.getByRole("img", { name: /^Kode 1 dari/ })).toBeInViewport({ ratio: 1 });
  yield "exchange";

  await open(page, site.url, "/events/close");
  await expect(page.getByRole("checkbox", { name: /^Acara selesai/ })).toBeVisible();
  yield "close";

  await openForm(page, site.url);
  await fillStep(page, unusualPerson, 0);
  await expect(page.getByText("Berbeda dengan NIK")).toBeVisible();
  await fromTheStart(page);
  yield "register";

  await settle(page, unusualPerson, 0);
  for (let step = 1; step < 4; step += 1) {
    await goToStep(page, step);
    await fillStep(page, unusualPerson, step);
    await settle(page, unusualPerson, step);
    await fromTheStart(page);
    yield ["register-address", "register-business", "register-programme"][step - 1];
  }
  await goToStep(page, 4);
  await fillStep(page, unusualPerson, 4);
  await fromTheStart(page);
  yield "consent";

  await page.getByRole("button", { name: "Hadapkan ke peserta" }).click();
  await page.getByRole("button", { name: "Selesai, kembali ke petugas" }).waitFor();
  yield "participant";

  await page.getByRole("button", { name: "Selesai, kembali ke petugas" }).scrollIntoViewIfNeeded();
  yield "participant-signs";

  await page.getByRole("button", { name: "Selesai, kembali ke petugas" }).click();
  await save(page);
  yield "saved";

  await nextPerson(page);
  await fillStep(page, nextInLine, 0);
  await goToStep(page, 4);
  await saveButton(page).click();
  await expect(page.getByRole("region", { name: /hal perlu dibetulkan$/ })).toBeFocused();
  yield "register-errors";

  await panic(page, site, guard);
  await expect(page.getByRole("heading", { name: "Aplikasi berhenti" })).toBeVisible();
  yield "stop";

  await page.addInitScript(asIpadTab);
  await page.reload();
  await expect(page.getByRole("heading", { name: L.handOver })).toBeVisible();
  await open(page, site.url);
  await expect(page.getByRole("heading", { name: "Pasang dulu di iPad ini" })).toBeVisible();
  yield "ipad-install";
}

/** Hand-over once the office has answered: a batch with a record that it rejected, one that waits, and what may be wiped. */
export async function* answeredScreens(page: Page, site: Site): AsyncGenerator<string> {
  const office = new Office();
  try {
    await page.clock.setFixedTime(NOW);
    await loadPack(page, site.url, office.pack());
    const registered: string[] = [];
    for (const number of [1, 2, 3, 4]) {
      if (number === 1 || number === 4) await openForm(page, site.url);
      else await nextPerson(page);
      registered.push(await registerPerson(page, madeUp(number)));
      if (number >= 3) await makeBatch(page, site.url);
    }
    const batch = await carried(await download(page, 1));
    const rejected = { registration: registered[1], result: "rejected", reason: "NIK tidak terbaca" };
    await giveReceipt(page, office.answer([batch], [rejected]).files[0]);
    await expect(page.getByText("1 ditolak kantor")).toBeVisible();
    await page.getByText("Riwayat kiriman ini").last().click();
    await toTheTop(page);
    yield "handover-answered";
    await page.getByRole("region", { name: "Hitungan per petugas dan jam" }).scrollIntoViewIfNeeded();
    yield "handover-counts";
    await toTheTop(page);

    await page.clock.setFixedTime(NOW.getTime() + 9 * 24 * 60 * 60 * 1000);
    await reload(page);
    const plan = page.getByRole("region", { name: "Hapus yang sudah diterima kantor" });
    await plan.getByRole("button", { name: "Lihat apa yang akan dihapus" }).click();
    await plan.getByRole("checkbox").check();
    await plan.scrollIntoViewIfNeeded();
    yield "wipe";
    await plan.getByRole("button", { name: "Hapus dari tablet" }).click();
    await expect(page.getByText("2 pendaftaran dihapus dari tablet.")).toBeVisible();
    await toTheTop(page);
    yield "wiped";
  } finally {
    office.close();
  }
}

/** Lets go of the field and shows the form from its beginning, when its draft is kept. */
async function fromTheStart(page: Page) {
  await page.locator(":focus").blur();
  await draftKept(page);
  await toTheTop(page);
}

const toTheTop = (page: Page) => page.getByRole("main").evaluate((main) => main.scrollTo(0, 0));

/** A tab of Safari on an iPad, as far as a page can tell: it says that it is a Mac, and has a touch screen. */
export function asIpadTab() {
  const agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15";
  Object.defineProperties(navigator, { userAgent: { get: () => agent }, maxTouchPoints: { get: () => 5 }, standalone: { get: () => false, configurable: true } });
}

/** Shows a step of the form without filling in what comes before. */
export async function goToStep(page: Page, step: number) {
  await page.getByRole("navigation", { name: "Langkah" }).getByRole("link", { name: L.steps[step] }).click();
  await page.getByRole("heading", { name: L.steps[step], exact: true }).waitFor();
}
