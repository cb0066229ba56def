// Who comes without registering: noted with a signature, taken back, found again on the list of the invited, in the batch and on paper.
import type { Page } from "@playwright/test";
import { type Json, carried } from "./batch";
import { expect, fixture, secretsOf, test } from "./fixtures";
import { batchCard, control, createEvent, download, makeBatch, open, reload, sign } from "./pages.mjs";
import { otherPerson, plainPerson, rowsOf } from "./steps";

const A = {
  attend: "Catat hadir saja", save: "Simpan kehadiran", name: "Nama", origin: "Usaha, kelompok, atau alamat (boleh kosong)", phone: "Nomor HP (boleh kosong)", noted: "Kehadiran tersimpan dan sudah dibaca ulang.",
  instead: "Tidak jadi mendaftar? Catat hadir saja", undo: "Urungkan", takenBack: "Kehadiran dibatalkan.",
};
const guest = "Sugeng Riyadi";

const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const present = (page: Page) => page.getByRole("region", { name: "Hadir tanpa mendaftar" }).getByRole("listitem");
const because = (page: Page, reason: string) => page.getByRole("group", { name: "Mengapa tidak didaftarkan" }).getByRole("radio", { name: reason, exact: true }).check();

async function attendanceIn(page: Page, url: string, batch: number): Promise<Json[]> {
  await makeBatch(page, url);
  return JSON.parse((await carried(await download(page, batch))).bytes.toString()).attendance;
}

test("who only comes is noted with a signature, and a mistake is taken back", async ({ page, site, personal }) => {
  personal(guest);
  await createEvent(page, site.url, fixture.event);
  await page.getByRole("link", { name: A.attend }).click();
  await page.getByRole("button", { name: A.save }).click();
  await expect(box(page, A.name)).toBeFocused();
  await expect(page.getByText("Pilih salah satu.")).toBeVisible();
  await expect(page.getByText("Belum ada tanda tangan")).toBeVisible();

  // Enter goes on to the next field that is empty.
  await box(page, A.name).fill(guest);
  await page.keyboard.press("Enter");
  await expect(box(page, A.origin)).toBeFocused();
  await box(page, A.phone).fill("+62 812-3456-7890");
  await because(page, "Sudah peserta");
  await sign(page);
  await page.getByRole("button", { name: A.save }).click();
  await expect(page.getByText(A.noted)).toBeVisible();
  await expect(present(page)).toHaveCount(1);
  await expect(present(page)).toContainText("Sudah peserta");
  await expect(present(page)).not.toContainText(guest);
  expect(await rowsOf(page, "attendance")).toHaveLength(1);
  await expect(page.getByText("1 belum diserahkan")).toBeVisible();

  await present(page).getByRole("button", { name: /^Batalkan kehadiran/ }).click();
  await expect(page.getByText(A.takenBack)).toBeVisible();
  await expect(present(page)).toHaveCount(0);
  await page.getByRole("button", { name: A.undo, exact: true }).click();
  await expect(present(page)).toHaveCount(1);

  // The app starts again, and the batch says all of it.
  await reload(page);
  await expect(present(page)).toHaveCount(1);
  const entries = await attendanceIn(page, site.url, 1);
  await expect(batchCard(page, 1).getByText("3 catatan")).toBeVisible();
  expect(entries.map(({ sequence, status }) => [sequence, status])).toEqual([[1, "active"], [2, "voided"], [3, "active"]]);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(1);
  expect(entries[2]).toMatchObject({ name: guest, phone: "+6281234567890", reason: "already_covered", signature: expect.stringMatching(/^\d+,\d+([ ;]\d+,\d+)+$/) });
  expect(entries[2]).not.toHaveProperty("origin");
});

test("who turns out not to register takes what was typed along, and the list of the invited says so", async ({ page, site, personal }) => {
  personal(...[plainPerson, otherPerson].flatMap(secretsOf));
  await createEvent(page, site.url, fixture.event);
  await open(page, site.url, "/expected");
  await page.getByRole("button", { name: "Tambah dari tabel" }).click();
  const lines = [["Kode Undangan", "Nama Lengkap", "Nama Usaha"], ["U-001", plainPerson.typed.name, "Warung Manis"], ["U-002", otherPerson.typed.name, ""]];
  await page.getByRole("textbox", { name: "Atau tempel dari tabel" }).fill(lines.map((line) => line.join("\t")).join("\n"));
  await page.getByRole("button", { name: "Baca tabel ini" }).click();
  await page.getByRole("button", { name: "Masukkan 2 orang" }).click();
  const invited = page.getByRole("region", { name: "Daftar undangan" }).getByRole("listitem");
  await invited.first().getByRole("button").click();
  await expect(control(page, "name")).toHaveValue(String(plainPerson.typed.name));
  await page.getByRole("link", { name: A.instead }).click();
  await expect(box(page, A.name)).toHaveValue(String(plainPerson.typed.name));
  await expect(box(page, A.origin)).toHaveValue("Warung Manis");
  await because(page, "Lain kali");
  await sign(page);
  await page.getByRole("button", { name: A.save }).click();
  await expect(present(page)).toHaveCount(1);
  expect(await rowsOf(page, "drafts")).toHaveLength(0);
  await open(page, site.url, "/expected");
  await expect(invited.first()).toContainText("Hadir saja");
  await expect(invited.last()).toContainText("Belum");
  await open(page, site.url);
  await expect(page.getByText("1 hadir tanpa mendaftar")).toBeVisible();
  const [entry] = await attendanceIn(page, site.url, 1);
  expect(entry).toMatchObject({ invitation: "U-001", origin: "Warung Manis", reason: "later", status: "active" });

  // On paper with their signature.
  await page.addInitScript(() => Object.assign(globalThis, { print: () => undefined }));
  await reload(page);
  await open(page, site.url, "/attendance");
  await page.getByRole("button", { name: "Cetak daftar hadir" }).click();
  await expect(page.locator(".paper")).toBeAttached();
  await page.emulateMedia({ media: "print" });
  const row = page.locator(".paper tbody tr").first();
  await expect(row).toContainText(String(plainPerson.typed.name));
  await expect(row).toContainText("Hadir saja");
  await expect(row.locator(".ink-picture path")).toHaveAttribute("d", /Z/);
});
