// What is printed, as the browser's "save as PDF" makes it: A4, whole, and with nobody on it who does not belong there.
import type { Page } from "@playwright/test";
import { textOf } from "./decode";
import { expect, fixture, test } from "./fixtures";
import { L, OFFICER, createEvent, makeBatch, nextPerson, open, openForm, registerPerson } from "./pages.mjs";
import { openBusyTablet } from "./screens";
import { otherPerson, plainPerson } from "./steps";

/** A4 in points, as far as a browser is exact about it. */
const A4 = { width: 595, height: 842 };

/** The pages of a PDF, each by its size in points. */
async function pagesOf(page: Page): Promise<{ width: number; height: number }[]> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect([...pdf.matchAll(/\/Type \/Page\b/g)].length).toBe(boxes.length);
  return boxes.map(([, width, height]) => ({ width: Math.round(Number(width)), height: Math.round(Number(height)) }));
}

/** Counts how often the browser is asked to print, and prints nothing. */
const countPrints = (page: Page) => page.addInitScript(() => Object.assign(globalThis, { prints: 0, print: () => void (globalThis as any).prints++ }));
const prints = (page: Page) => page.evaluate(() => (globalThis as any).prints);

test.beforeEach(({ page }) => countPrints(page));

test("the attendance list has everybody by number, empty rows, and the officer at its foot", async ({ page, site }) => {
  await openBusyTablet(page, site);
  await open(page, site.url, "/attendance");
  const button = page.getByRole("button", { name: "Cetak daftar hadir" });
  const registered = Number(await page.getByRole("term").filter({ hasText: "Terdaftar di sini" }).locator("xpath=following-sibling::dd[1]").innerText());
  expect(registered).toBeGreaterThan(40);
  await page.getByRole("textbox", { name: "NIP petugas (boleh kosong)" }).fill("1987");
  await button.click();
  await expect(page.getByText("NIP terdiri dari 18 angka.")).toBeVisible();
  expect(await prints(page)).toBe(0);
  await page.getByRole("textbox", { name: "NIP petugas (boleh kosong)" }).fill("198703122010012003");
  await page.getByRole("textbox", { name: "Baris kosong di bawahnya" }).fill("12");
  await button.click();
  await expect.poll(() => prints(page)).toBe(1);

  // On the screen there is still nobody's name.
  const paper = page.locator(".paper");
  await expect(paper).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(paper).toBeVisible();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(button).toBeHidden();
  const rows = paper.locator("tbody tr");
  await expect(rows).toHaveCount(registered + 12);
  await expect(rows.first()).toContainText(fixture.people[0].expected.person.name);
  await expect(rows.first()).toContainText("KDP1-A-001");
  await expect(rows.last()).toHaveText(new RegExp(`^${registered + 12}`));
  await expect(paper).toContainText(fixture.event.name as string);
  await expect(paper).toContainText("NIP 19870312 201001 2 003");
  // Such a list goes from hand to hand: no NIK, no phone.
  const digits = (await paper.innerText()).replaceAll(/\D/g, "");
  for (const { expected: { person } } of fixture.people.slice(0, registered)) expect(digits.includes(person.nik)).toBeFalsy();
  const pages = await pagesOf(page);
  expect(pages.length).toBeGreaterThanOrEqual(4);
  expect(new Set(pages.map(({ width, height }) => `${width}x${height}`))).toEqual(new Set([`${A4.width}x${A4.height}`]));
});

test("an empty list can be printed before anybody came", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await open(page, site.url, "/attendance");
  await expect(page.getByText(/^Belum ada yang terdaftar/)).toBeVisible();
  await page.getByRole("textbox", { name: "Baris kosong di bawahnya" }).fill("201");
  await page.getByRole("button", { name: "Cetak daftar hadir" }).click();
  await expect(page.getByText("Angka dari 0 sampai 200.", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Baris kosong di bawahnya" }).fill("8");
  await page.getByRole("button", { name: "Cetak daftar hadir" }).click();
  await expect.poll(() => prints(page)).toBe(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".paper tbody tr")).toHaveCount(8);
  expect((await pagesOf(page)).length).toBe(1);
});

test("a participant's slip is a part of one page, and its code has the number and nothing else", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  const number = await registerPerson(page, plainPerson);
  await page.getByRole("button", { name: "Cetak bukti" }).click();
  expect(await prints(page)).toBe(1);
  await page.emulateMedia({ media: "print" });
  const slip = page.locator(".slip");
  await expect(slip).toBeVisible();
  for (const text of [number, plainPerson.expected.person.name, "Langkah berikutnya", "DKUMP Kota Probolinggo", "BPJS Ketenagakerjaan Cabang Probolinggo"]) await expect(slip).toContainText(text);
  await expect(slip).not.toContainText(plainPerson.expected.person.nik);
  expect(await textOf(slip.locator(".qr"))).toBe(number);
  expect(await pagesOf(page)).toEqual([A4]);
});

test("the reconciliation sheet has the counts by officer and hour, alone on its page", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await nextPerson(page);
  await registerPerson(page, otherPerson);
  await makeBatch(page, site.url);
  const sheet = page.getByRole("region", { name: "Lembar pencocokan" });
  const counts = page.getByRole("region", { name: "Hitungan per petugas dan jam" });
  await expect(counts.getByRole("row", { name: new RegExp(`^${OFFICER} 2`) })).toBeVisible();
  await expect(counts.getByRole("row", { name: /^\d\d–\d\d 2/ })).toBeVisible();
  await sheet.getByRole("button", { name: "Cetak lembar" }).click();
  expect(await prints(page)).toBe(1);
  await page.emulateMedia({ media: "print" });
  await expect(sheet).toBeVisible();
  await expect(counts).toBeVisible();
  await expect(page.getByRole("button", { name: L.batchSave })).toHaveCount(0);
  expect(await pagesOf(page)).toEqual([A4]);
});
