// The office's answers: read from files and from texts, shown for each record, and what they let the tablet forget.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { carried } from "./batch";
import { expect, secretsOf, test } from "./fixtures";
import { Office, loadPack } from "./office";
import { L, batchCard, download, lock, makeBatch, nextPerson, open, openForm, registerPerson, reload, unlock } from "./pages.mjs";
import { otherPerson, plainPerson, registeredNumbers, rowsOf } from "./steps";

const R = {
  file: "Buka berkas tanda terima", acknowledged: "Diterima kantor", rejected: "1 ditolak kantor", taken: "Tanda terima kiriman 1 diterima.",
  known: "Tanda terima kiriman 1 sudah ada di sini.", look: "Lihat apa yang akan dihapus", wipe: "Hapus dari tablet", wiped: "Sudah dihapus di sini",
};
const KEYS = ["--keys", "office/office.keys.age", "--passphrase-file", "keys.txt"];
const MORNING = new Date("2026-11-24T01:00:00Z").getTime();
const DAY = 24 * 60 * 60 * 1000;

test.beforeEach(({ personal }) => personal(...secretsOf(plainPerson), ...secretsOf(otherPerson)));

/** What the office answers to files that left a tablet: receipts as files, and the same as texts of QR codes. */
function answer(office: Office, files: { name: string; bytes: Buffer }[], answers: object[] = []) {
  const folder = join(office.folder, `in-${readdirSync(office.folder).length}`);
  const out = `${folder}-out`;
  mkdirSync(folder);
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
  office.write("answers.json", JSON.stringify(answers));
  office.desk("receipt", folder, "--out", out, "--answers", "answers.json", "--qr", ...KEYS);
  const read = (ending: string) => readdirSync(out).filter((name) => name.endsWith(ending)).map((name) => readFileSync(join(out, name), "utf8"));
  return { files: read(".json"), texts: read(".txt"), codes: read(".svg") };
}

async function showWays(page: Page) {
  const ways = page.getByRole("region", { name: "Tanda terima kantor" });
  if (!(await ways.getByText("Tempel teksnya").isVisible())) await ways.locator("summary").first().click();
  return ways;
}

async function give(page: Page, text: string) {
  await showWays(page);
  await page.getByLabel(R.file, { exact: true }).setInputFiles({ name: "tanda-terima.json", mimeType: "application/json", buffer: Buffer.from(text) });
}

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
    const { files: [receipt], texts: [text], codes } = answer(office, [batch], [rejected]);
    expect(codes.length).toBeGreaterThan(0);

    const trouble = page.getByRole("region", { name: "Tanda terima kantor" }).getByRole("alert");
    const elsewhere = JSON.stringify({ ...JSON.parse(receipt), file_hash: `sha256:${"ab".repeat(32)}` });
    for (const [bytes, said] of [
      ["<!doctype html><p>masuk dulu</p>", /^Ini bukan tanda terima/],
      [receipt.replace('"rejected"', '"accepted"'), /^Tanda tangannya bukan dari kantor/],
      [elsewhere, /^Tanda terima ini untuk kiriman yang tidak ada/],
    ] as const) {
      await give(page, bytes);
      await expect(trouble.filter({ hasText: said })).toBeVisible();
    }
    expect((await rowsOf(page, "receipts")).length).toBe(0);
    await expect(batchCard(page, 1).getByText(R.acknowledged)).toHaveCount(0);

    // Locked, it is taken in; whose record was rejected is told once the event is open.
    await open(page, site.url);
    await lock(page);
    await open(page, site.url, "/handover");
    await give(page, receipt);
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
    const ways = await showWays(page);
    await ways.getByText("Tempel teksnya").click();
    await ways.getByRole("textbox", { name: "Tempel teksnya" }).fill(text);
    await ways.getByRole("button", { name: "Pakai teks ini" }).click();
    await expect(page.getByText(R.taken)).toBeVisible();
    const settled = answer(office, [batch], [{ registration: second, result: "duplicate_of", reason: "WNS1-B-004-T" }]);
    await give(page, settled.files[0]);
    await expect(page.getByText("Ganda dari WNS1-B-004-T")).toBeVisible();
    await expect(batchCard(page, 1).getByText(R.acknowledged)).toBeVisible();
    await give(page, settled.files[0]);
    await expect(page.getByText(R.known)).toBeVisible();
  } finally {
    office.close();
    stranger.close();
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
    await give(page, answer(office, [batch], [rejected]).files[0]);
    await expect(page.getByText(R.taken)).toBeVisible();

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
    await give(page, answer(office, [batch]).files[0]);
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
