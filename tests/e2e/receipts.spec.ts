// The office's answers: read from files and from texts, shown for each record, and what they let the tablet forget.
import type { Page } from "@playwright/test";
import { carried } from "./batch";
import { expect, secretsOf, test } from "./fixtures";
import { Office, loadPack } from "./office";
import { L, batchCard, download, lock, makeBatch, nextPerson, open, openForm, put, registerPerson, reload, unlock } from "./pages.mjs";
import { giveReceipt, otherPerson, plainPerson, registeredNumbers, rowsOf, showReceiptWays } from "./steps";

const R = {
  acknowledged: "Diterima kantor", rejected: "1 ditolak kantor", taken: "Tanda terima kiriman 1 diterima.",
  known: "Tanda terima kiriman 1 sudah ada di sini.", look: "Lihat apa yang akan dihapus", wipe: "Hapus dari tablet", wiped: "Sudah dihapus di sini",
};
const MORNING = new Date("2026-11-24T01:00:00Z").getTime();
const DAY = 24 * 60 * 60 * 1000;

test.beforeEach(({ personal }) => personal(...secretsOf(plainPerson), ...secretsOf(otherPerson)));

test("a receipt from a file or a text is shown for each record; a forged, wrong or foreign one changes nothing", async ({ page, site }) => {
  test.slow();
  const office = new Office();
  const stranger = new Office();
  try {
    await loadPack(page, site.url, office.pack());
    await openForm(page, site.url);
    await registerPerson(page, plainPerson);
    await nextPerson(page);
    await registerPerson(page, otherPerson);
    await makeBatch(page, site.url);
    const batch = await carried(await download(page));
    const [, second] = await registeredNumbers(page);
    await open(page, site.url, "/handover");
    const rejected = { registration: second, result: "rejected", reason: "foto KTP tidak terbaca" };
    const { files: [receipt], texts: [text], codes } = office.answer([batch], [rejected]);
    expect(codes.length).toBeGreaterThan(0);

    const trouble = page.getByRole("region", { name: "Tanda terima kantor" }).getByRole("alert");
    const elsewhere = JSON.stringify({ ...JSON.parse(receipt), file_hash: `sha256:${"ab".repeat(32)}` });
    for (const [bytes, said] of [
      ["<!doctype html><p>masuk dulu</p>", /^Ini bukan tanda terima/],
      [receipt.replace('"rejected"', '"accepted"'), /^Tanda tangannya bukan dari kantor/],
      [elsewhere, /^Tanda terima ini untuk kiriman yang tidak ada/],
    ] as const) {
      await giveReceipt(page, bytes);
      await expect(trouble.filter({ hasText: said })).toBeVisible();
    }
    expect((await rowsOf(page, "receipts")).length).toBe(0);
    await expect(batchCard(page, 1).getByText(R.acknowledged)).toHaveCount(0);

    // Locked, it is taken in; whose record was rejected is told once the event is open.
    await open(page, site.url);
    await lock(page);
    await open(page, site.url, "/handover");
    await giveReceipt(page, receipt);
    await expect(page.getByText(R.taken)).toBeVisible();
    await expect(batchCard(page, 1).getByText(R.rejected)).toBeVisible();
    await expect(batchCard(page, 1).getByText("Diterima 1, ganda 0, ditolak 1.")).toBeVisible();
    await expect(page.getByRole("link", { name: second })).toHaveCount(0);
    await open(page, site.url);
    await unlock(page);
    await open(page, site.url, "/handover");
    await expect(page.getByRole("link", { name: second })).toBeVisible();
    await expect(page.getByText("Ditolak: foto KTP tidak terbaca")).toBeVisible();

    // The same as a text, and the answer that settles it.
    const ways = await showReceiptWays(page);
    await ways.getByText("Tempel teksnya").click();
    await ways.getByRole("textbox", { name: "Tempel teksnya" }).fill(text);
    await ways.getByRole("button", { name: "Pakai teks ini" }).click();
    await expect(page.getByText(R.taken)).toBeVisible();
    const settled = office.answer([batch], [{ registration: second, result: "duplicate_of", reason: "WNS1-B-004-T" }]);
    await giveReceipt(page, settled.files[0]);
    await expect(page.getByText("Ganda dari WNS1-B-004-T")).toBeVisible();
    await expect(batchCard(page, 1).getByText(R.acknowledged)).toBeVisible();
    await giveReceipt(page, settled.files[0]);
    await expect(page.getByText(R.known)).toBeVisible();
  } finally {
    office.close();
    stranger.close();
  }
});

test("a rejected record that was corrected goes into the next batch and keeps the old one marked no longer", async ({ page, site }) => {
  const office = new Office();
  try {
    await loadPack(page, site.url, office.pack());
    await openForm(page, site.url);
    const number = await registerPerson(page, plainPerson);
    await makeBatch(page, site.url);
    const first = await carried(await download(page));
    await giveReceipt(page, office.answer([first], [{ registration: number, result: "rejected", reason: "RT salah" }]).files[0]);
    await expect(batchCard(page, 1).getByText(R.rejected)).toBeVisible();
    await page.getByRole("link", { name: number }).click();
    await page.getByRole("link", { name: "Betulkan" }).click();
    await page.getByRole("textbox", { name: "Alasan pembetulan" }).fill("RT salah");
    await page.getByRole("navigation", { name: "Langkah" }).getByRole("link", { name: "Alamat & kontak" }).click();
    await put(page, "rt", "7");
    await page.getByRole("navigation", { name: "Langkah" }).getByRole("link", { name: "Persetujuan" }).click();
    await page.getByRole("button", { name: "Simpan pembetulan" }).click();
    await expect(page.getByText("Revisi 2", { exact: true })).toBeVisible();
    await makeBatch(page, site.url);
    await expect(batchCard(page, 1).getByText(R.acknowledged)).toBeVisible();
    await expect(batchCard(page, 1).getByText("Diterima 0, ganda 0, ditolak 1.")).toBeVisible();
    await expect(page.getByText("Ditolak: RT salah")).toHaveCount(0);
    const second = await carried(await download(page, 2));
    await giveReceipt(page, office.answer([second]).files[0]);
    await expect(batchCard(page, 2).getByText(R.acknowledged)).toBeVisible();
  } finally {
    office.close();
  }
});

test("what the office has is wiped after the grace period and nothing else", async ({ page, site }) => {
  test.slow();
  const office = new Office();
  try {
    await page.clock.setFixedTime(MORNING);
    await loadPack(page, site.url, office.pack());
    await openForm(page, site.url);
    await registerPerson(page, plainPerson);
    await nextPerson(page);
    await registerPerson(page, otherPerson);
    await makeBatch(page, site.url);
    const batch = await carried(await download(page));
    const [first, second] = await registeredNumbers(page);
    await open(page, site.url, "/handover");
    const rejected = { registration: second, result: "rejected", reason: "NIK salah" };
    await giveReceipt(page, office.answer([batch], [rejected]).files[0]);
    await expect(page.getByText(R.taken)).toBeVisible();

    // What happened is told by the clock on the wall.
    await page.getByText("Riwayat kiriman ini").click();
    await expect(page.getByText("24 November 2026, 08.00 · Tanda terima kantor masuk.")).toBeVisible();
    await expect(page.getByText("24 November 2026, 08.00 · Berkas disimpan.")).toBeVisible();

    const plan = page.getByRole("region", { name: "Hapus yang sudah diterima kantor" });
    const shown = async (name: string, value: string | RegExp) => expect(plan.locator("dt", { hasText: name }).locator("xpath=following-sibling::dd[1]")).toHaveText(value);
    await plan.getByRole("button", { name: R.look }).click();
    await shown("Dihapus sekarang", "0");
    await shown("Menunggu masa tenggang", /^1, paling awal 1 Des|^1, paling awal /);
    await shown("Ditolak kantor", "1");
    await expect(plan.getByText("Belum ada yang dapat dihapus.")).toBeVisible();

    await page.clock.setFixedTime(MORNING + 8 * DAY);
    await reload(page);
    await open(page, site.url, "/handover");
    await plan.getByRole("button", { name: R.look }).click();
    await shown("Dihapus sekarang", "1");
    await plan.getByRole("button", { name: R.wipe }).click();
    await expect(plan.getByText("Centang dulu bila daftarnya benar.")).toBeVisible();
    await plan.getByRole("checkbox").check();
    await plan.getByRole("button", { name: R.wipe }).click();
    await expect(page.getByText("1 pendaftaran dihapus dari tablet.", { exact: false })).toBeVisible();
    expect(await registeredNumbers(page)).toEqual([second]);
    // Nothing counts as lost, the batch is still here for the one that was rejected, and the next number goes on.
    await expect(page.getByText(/hilang/)).toHaveCount(0);
    expect((await rowsOf(page, "batches"))[0].row.body.length).toBeGreaterThan(0);

    await open(page, site.url, "/handover");
    await giveReceipt(page, office.answer([batch]).files[0]);
    await expect(page.getByText(R.taken)).toBeVisible();
    await page.clock.setFixedTime(MORNING + 16 * DAY);
    await reload(page);
    await open(page, site.url, "/handover");
    await plan.getByRole("button", { name: R.look }).click();
    await shown("Berkas kiriman", "1");
    await plan.getByRole("checkbox").check();
    await plan.getByRole("button", { name: R.wipe }).click();
    await expect(batchCard(page, 1).getByText(R.wiped)).toBeVisible();
    for (const store of ["registrations", "revisions"]) expect((await rowsOf(page, store)).length).toBe(0);
    expect((await rowsOf(page, "batches"))[0].row.body).toBe("");
    await openForm(page, site.url);
    const third = await registerPerson(page, plainPerson);
    expect(third).toContain("A-003-");
    expect(first).toContain("A-001-");
  } finally {
    office.close();
  }
});

test("what the office does not take for a week is told, and stands in the way of a new event until somebody answers for it", async ({ page, site }) => {
  const office = new Office();
  try {
    await page.clock.setFixedTime(MORNING);
    await loadPack(page, site.url, office.pack());
    await openForm(page, site.url);
    await registerPerson(page, plainPerson);
    await makeBatch(page, site.url);
    const batch = await carried(await download(page));
    const brake = page.getByText("1 kiriman dari kegiatan lama belum diterima kantor");
    await page.clock.setFixedTime(MORNING + 2 * DAY);
    await open(page, site.url);
    await reload(page);
    await expect(page.getByText("1 kiriman perlu diperiksa")).toBeVisible();
    await open(page, site.url, "/events/new");
    await expect(page.getByRole("textbox", { name: "Nama kegiatan" })).toBeVisible();
    await expect(brake).toHaveCount(0);
    await page.clock.setFixedTime(MORNING + 8 * DAY);
    await open(page, site.url);
    await reload(page);
    for (const [route, field] of [["/events/new", page.getByRole("textbox", { name: "Nama kegiatan" })], ["/events/pack", page.getByLabel("Pilih berkas paket")]] as const) {
      await open(page, site.url, route);
      await expect(brake).toBeVisible();
      await page.getByRole("checkbox", { name: /^Koordinator tahu/ }).click();
      await expect(field).toBeAttached();
    }
    await open(page, site.url, "/handover");
    await giveReceipt(page, office.answer([batch]).files[0]);
    await expect(page.getByText(R.taken)).toBeVisible();
    await open(page, site.url, "/events/new");
    await expect(page.getByRole("textbox", { name: "Nama kegiatan" })).toBeVisible();
    await expect(brake).toHaveCount(0);
  } finally {
    office.close();
  }
});

test("the reconciliation sheet says what the files say, and is alone on its paper", async ({ page, site }) => {
  const office = new Office();
  try {
    await loadPack(page, site.url, office.pack());
    await openForm(page, site.url);
    const first = await registerPerson(page, plainPerson);
    await makeBatch(page, site.url);
    await page.getByRole("link", { name: L.register, exact: true }).click();
    const last = await registerPerson(page, otherPerson);
    await open(page, site.url, "/events/close");
    await page.getByRole("checkbox", { name: /^Acara selesai/ }).check();
    await page.getByRole("button", { name: "Tutup kegiatan" }).click();
    await batchCard(page, 2).waitFor();
    const files = [await carried(await download(page, 1)), await carried(await download(page, 2))];
    const sheet = page.getByRole("region", { name: "Lembar pencocokan" });
    const fact = (name: string) => sheet.locator("dt", { hasText: name }).locator("xpath=following-sibling::dd[1]");
    for (const [name, value] of [["Nomor pertama", first], ["Nomor terakhir", last], ["Nomor diberikan", "2"], ["Catatan disimpan", "2"], ["Dibatalkan", "0"], ["Catatan dalam kiriman", "2"]]) await expect(fact(name)).toHaveText(value);
    const codes = await sheet.locator("tbody code").allInnerTexts();
    expect(files.map(({ name }) => name.split("-").at(-1)!.slice(0, 8))).toEqual(codes);
    const [, closing] = office.open(files);
    expect(closing.manifest.reconciliation).toEqual({
      first_number: first, last_number: last, issued: 2, saved: 2, voided: 0, batched: 2, batches: [{ sequence: 1, records: 1, code: codes[0] }],
    });
    await page.emulateMedia({ media: "print" });
    await expect(sheet).toBeVisible();
    for (const other of [batchCard(page, 1), page.getByRole("region", { name: "Cadangan" }), page.getByRole("heading", { name: "Serahkan", level: 1 })]) await expect(other).toBeHidden();
    expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString()).toBe("%PDF-");
  } finally {
    office.close();
  }
});
