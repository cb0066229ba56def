// Consent: turned to the participant, in their language, with a signature or with a mark before a witness.
import type { Page } from "@playwright/test";
import { type Json, SIGNED, carried } from "./batch";
import { expect, fixture, secretsOf, test } from "./fixtures";
import { L, control, createEvent, download, fillStep, makeBatch, open, openForm, put, save, saveButton, settle, sign } from "./pages.mjs";
import { draftKept, plainPerson } from "./steps";
import type { Site } from "./site";

const C = { turn: "Hadapkan ke peserta", back: "Selesai, kembali ke petugas", clear: "Kosongkan", undo: "Urungkan", undoLine: "Hapus garis terakhir", withdraw: "Peserta menarik persetujuan", takeBack: "Tarik persetujuan", cleared: "Tanda tangan dikosongkan." };

/** Everything but the consent, up to its step. */
async function upToConsent(page: Page, site: Site) {
  page.setDefaultTimeout(10_000);
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  for (let step = 0; step < 4; step += 1) {
    await page.getByRole("heading", { name: L.steps[step], exact: true }).waitFor();
    await fillStep(page, plainPerson, step);
    await settle(page, plainPerson, step);
    await page.getByRole("button", { name: L.goOn, exact: true }).click();
  }
  await page.getByRole("heading", { name: L.steps[4], exact: true }).waitFor();
}

/** What is drawn on the pad, as the path of its picture. */
const drawn = (page: Page) => control(page, "ink").locator("path").getAttribute("d");

async function recordOf(page: Page, site: Site) {
  await makeBatch(page, site.url);
  const { bytes } = await carried(await download(page));
  return JSON.parse(bytes.toString()).records[0];
}

test("nobody is registered without a signature, which is taken back line by line, cleared and brought back", async ({ page, site, personal }) => {
  personal(...secretsOf(plainPerson));
  await upToConsent(page, site);
  await put(page, "consent_register_bpjs", true);
  await saveButton(page).click();
  await expect(page.getByRole("region", { name: "1 hal perlu dibetulkan" })).toContainText("Belum ada tanda tangan");
  await page.getByRole("button", { name: /^Tanda tangan: / }).click();
  await expect(control(page, "ink")).toBeFocused();

  await sign(page);
  const signature = (await drawn(page))!;
  expect(signature.match(/Z/g)).toHaveLength(2);
  await page.getByRole("button", { name: C.undoLine }).click();
  await expect.poll(async () => (await drawn(page))!.match(/Z/g)).toHaveLength(1);
  await page.getByRole("button", { name: C.clear, exact: true }).click();
  await expect(page.getByText(C.cleared)).toBeVisible();
  expect(await drawn(page)).toBe("");
  await page.getByRole("button", { name: C.undo, exact: true }).click();
  await expect.poll(async () => (await drawn(page))!.match(/Z/g)).toHaveLength(1);

  // A draft keeps it.
  await draftKept(page);
  await page.reload();
  await open(page, site.url, "/register");
  await expect.poll(() => drawn(page)).toBe(signature.slice(0, signature.indexOf("Z") + 1));
  await save(page);
  await page.getByRole("link", { name: "Lihat", exact: true }).click();
  await page.getByRole("button", { name: L.reveal }).click();
  await expect(page.locator("dd > svg path")).toHaveAttribute("d", signature.slice(0, signature.indexOf("Z") + 1));
  expect((await recordOf(page, site)).consent.mark).toEqual(SIGNED);
});

test("who does not write makes a mark before a witness", async ({ page, site, personal }) => {
  personal(...secretsOf(plainPerson));
  await upToConsent(page, site);
  await put(page, "consent_register_bpjs", true);
  await expect(control(page, "witness")).toHaveCount(0);
  await put(page, "mark", "mark");
  await saveButton(page).click();
  await page.getByRole("button", { name: /^Nama saksi: / }).click();
  await expect(control(page, "witness")).toBeFocused();
  await put(page, "witness", "Sulastri");
  await save(page);
  expect((await recordOf(page, site)).consent.mark).toEqual({ kind: "mark", witness: "Sulastri" });
});

test("turned to the participant there is nothing of the officer's, and another language is another question", async ({ page, site, personal }) => {
  personal(...secretsOf(plainPerson));
  await upToConsent(page, site);
  await draftKept(page);
  await page.reload();
  await open(page, site.url, "/register");
  await expect(page.getByText(L.draftRestored)).toBeVisible();
  await page.getByRole("button", { name: C.turn }).click();
  await expect(page.getByText(L.draftRestored)).toBeHidden();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(saveButton(page)).toBeHidden();
  await expect(control(page, "read_aloud_by")).toBeHidden();
  await put(page, "consent_register_bpjs", true);
  await sign(page);
  const signature = await drawn(page);

  await control(page, "consent_language").getByRole("radio", { name: "English", exact: true }).check();
  await expect(page.getByRole("region", { name: "Read back" })).toContainText("Mother's maiden name");
  await expect(page.getByRole("checkbox", { name: /^Registered with BPJS/ })).not.toBeChecked();
  await expect(page.getByRole("img", { name: "Sign here" }).locator("path")).toHaveAttribute("d", "");
  await page.getByRole("button", { name: C.undo, exact: true }).click();
  await expect(control(page, "consent_register_bpjs")).toBeChecked();
  expect(await drawn(page)).toBe(signature);

  await page.getByRole("button", { name: C.back }).click();
  await expect(page.getByRole("banner").first()).toBeVisible();
  const number = await save(page);
  expect(number).toMatch(/^KDP1-A-001-/);
});

test("what somebody agreed to is taken back, and the next batch says so", async ({ page, site, personal }) => {
  personal(...secretsOf(plainPerson));
  await upToConsent(page, site);
  for (const purpose of ["consent_register_bpjs", "consent_contact_whatsapp"]) await put(page, purpose, true);
  await sign(page);
  const number = await save(page);
  await page.getByRole("link", { name: "Lihat", exact: true }).click();
  await page.getByRole("button", { name: C.withdraw }).click();
  const dialog = page.getByRole("dialog", { name: "Apa yang tidak disetujui lagi?" });
  await expect(dialog.getByRole("checkbox")).toHaveCount(2);
  await dialog.getByRole("checkbox", { name: /^Dihubungi lewat WhatsApp/ }).check();
  await dialog.getByRole("button", { name: C.takeBack }).click();
  await expect(page.getByText(`${number}: penarikan persetujuan dicatat.`)).toBeVisible();
  await page.getByRole("button", { name: L.reveal }).click();
  await expect(page.getByText(/^Ditarik \d/)).toBeVisible();

  // Without the purpose that registering needs there is no registration.
  await page.getByRole("button", { name: C.withdraw }).click();
  await dialog.getByRole("checkbox").check();
  await expect(dialog.getByText("Pendaftaran ini akan dibatalkan.")).toBeVisible();
  await dialog.getByRole("button", { name: C.takeBack }).click();
  await expect(page.getByText("Pendaftaran ini dibatalkan")).toBeVisible();
  await expect(page.getByRole("button", { name: C.withdraw })).toHaveCount(0);

  await makeBatch(page, site.url);
  const { records } = JSON.parse((await carried(await download(page))).bytes.toString());
  const [first, second, third] = records.map(({ status, consent }: Json) => ({ status, purposes: consent.purposes, withdrawn: consent.withdrawn?.map(({ purpose }: Json) => purpose) }));
  expect(first).toEqual({ status: "active", purposes: ["register_bpjs", "contact_whatsapp"], withdrawn: undefined });
  expect(second).toEqual({ status: "active", purposes: ["register_bpjs"], withdrawn: ["contact_whatsapp"] });
  expect(third).toEqual({ status: "voided", purposes: [], withdrawn: ["contact_whatsapp", "register_bpjs"] });
});
