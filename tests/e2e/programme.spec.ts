// The programme explained: for the hall and the table, without a network, an event or a passphrase, and never wrong by a rupiah.
import type { Page } from "@playwright/test";
import { expect, fixture, test } from "./fixtures";
import { lookAt, tooWide } from "./looks";
import { L, control, createEvent, open, openForm, put, waitUntilOfflineReady } from "./pages.mjs";
import { goToStep } from "./screens";
import { draftKept, plainPerson, speak } from "./steps";

/** A month of the fixture's event: two months before the discount for most work ends (PP 50/2025). */
const NOW = new Date("2026-11-24T08:41:00+07:00");

/** PP 44/2015 Lampiran II: income, JKK + JKM, the same with 50 % off, with JHT. Between two rows of the law the lower one holds. */
const TABLE = [
  ["1.000.000", "16.800", "8.400", "36.800"],
  ["1.099.500", "16.800", "8.400", "36.800"],
  ["1.100.000", "18.800", "9.400", "42.800"],
  ["2.700.000", "36.300", "18.150", "95.300"],
  ["8.200.000", "93.800", "46.900", "267.800"],
  ["20.200.000", "213.800", "106.900", "627.800"],
];

const IDEAS = 11;

const startTalk = (page: Page) => page.getByRole("button", { name: L.startTalk }).click();
const result = (page: Page) => page.getByRole("region", { name: "Hasil" });
const shownIdeas = (page: Page) => page.locator(".idea").filter({ visible: true });
const place = (page: Page) => page.getByRole("status").filter({ hasText: /^\d+ (dari|of) \d+/ });

test.beforeEach(({ page }) => page.clock.setFixedTime(NOW));

/** Opens the page where there is no event. */
async function openProgramme(page: Page, url: string) {
  await page.goto(`${url}#/programme`);
  await page.getByRole("heading", { level: 1, name: L.programme }).waitFor();
}

test("after the installation the page needs no network and no event, and says from where and when its figures are", async ({ page, site }) => {
  await open(page, site.url);
  await waitUntilOfflineReady(page);
  await site.stop();
  await page.goto(`${site.url}#/`);
  await page.reload();
  await page.getByRole("link", { name: L.programme }).click();
  await expect(page.getByRole("heading", { level: 1, name: L.programme })).toBeVisible();
  await expect(page).toHaveTitle("Program dijelaskan · Pendapa");
  await expect(shownIdeas(page)).toHaveCount(IDEAS);
  // Its style comes with it.
  await expect(page.locator(".drawing").first()).toHaveCSS("fill", "none");
  const main = page.getByRole("main");
  for (const figure of ["Rp42 juta", "mulai Rp70 juta", "mulai Rp56 juta", "sampai Rp174 juta", "56 tahun", "di bawah 65 tahun"]) await expect(main.getByText(figure).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Iuran sedang dipotong" })).toContainText("50 persen dari iuran JKK + JKM, untuk kerja transportasi: bulan Januari 2026 sampai Maret 2027");
  const sources = page.getByRole("region", { name: "Sumber dan tanggal" });
  await expect(sources).toContainText("PP 44/2015 Lampiran II (JKK, JKM); PP 46/2015 (JHT), mulai Juli 2015");
  await expect(sources).toContainText("PP 50/2025: kerja lain, April 2026 sampai Desember 2026; tidak untuk APBD / DBHCHT");
  await expect(sources).toContainText("PP 44/2015, PP 82/2019 (JKK, JKM); PP 46/2015 (JHT), mulai Desember 2019; diperiksa 22 November 2026");
  await expect(sources).toContainText("BPJS Ketenagakerjaan Cabang Probolinggo");
});

test("the three examples are priced by the rules", async ({ page, site }) => {
  await openProgramme(page, site.url);
  const example = (name: string) => page.getByRole("region", { name });
  await expect(example("Bu Sri, penjual jajanan")).toContainText("Rp0 dari peserta");
  await expect(example("Bu Sri, penjual jajanan")).toContainText("membayar Rp16.800 sebulan, seluruhnya Rp201.600 untuk 12 bulan. Tanpa potongan.");
  const rider = example("Pak Rahmat, tukang ojek");
  for (const text of ["Rp13.400", "sampai Maret 2027", "mulai April 2027: Rp26.800", "Seluruhnya Rp93.800 untuk 6 bulan"]) await expect(rider).toContainText(text);
  const tailor = example("Bu Yanti, penjahit");
  for (const text of ["Rp43.400", "sampai Desember 2026", "mulai Januari 2027: Rp54.800", "Seluruhnya Rp306.000 untuk 6 bulan"]) await expect(tailor).toContainText(text);
});

test("the calculator follows the table, the discount to its end, the payer and the savings", async ({ page, site }) => {
  await openProgramme(page, site.url);
  await page.getByRole("button", { name: "Hitung iuran" }).click();
  await expect(page.getByRole("heading", { name: "Hitung iuran" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "Hitung iuran" })).toBeInViewport();
  await expect(result(page)).toHaveText(/Isi penghasilan dulu/);
  for (const [income, full, half, withSavings] of TABLE) {
    await put(page, "income", income.replaceAll(".", ""));
    await expect(control(page, "income")).toHaveValue(income);
    await expect(result(page)).toContainText(`Rp${half} / bulan`);
    await expect(result(page)).toContainText("sampai Desember 2026");
    await expect(result(page)).toContainText(`mulai Januari 2027: Rp${full}`);
    await expect(result(page)).toContainText("Sudah dipotong 50 persen, untuk iuran April 2026 sampai Desember 2026 (PP 50/2025).");
    await put(page, "start_month", "2027-01");
    await put(page, "jht", true);
    await expect(result(page)).toContainText(`Rp${withSavings} / bulan`);
    await expect(result(page)).toContainText("Tanpa potongan pada bulan-bulan ini.");
    await put(page, "start_month", "2026-11");
    await put(page, "jht", false);
  }

  await put(page, "income", "1000000");
  await expect(result(page)).toContainText("Seluruhnya Rp84.000 untuk 6 bulan");
  // Transport work has its discount three months longer.
  await put(page, "transport", true);
  await expect(result(page)).toContainText("mulai April 2027: Rp16.800");
  await expect(result(page)).toContainText("Seluruhnya Rp58.800 untuk 6 bulan");
  await put(page, "months", "1");
  await expect(result(page)).toContainText("Seluruhnya Rp8.400 untuk 1 bulan");
  await put(page, "months", "6");
  await put(page, "payer", "other");
  await expect(result(page)).toContainText("Dibayar pihak lain.");
  // A public budget has no discount, and the person pays nothing.
  await put(page, "payer", "public_budget");
  await expect(result(page)).toContainText("Rp0 dari peserta");
  await expect(result(page)).toContainText("Anggaran pemerintah membayar Rp16.800 sebulan, seluruhnya Rp100.800 untuk 6 bulan. Tanpa potongan.");
  await put(page, "income", "500000");
  await expect(result(page)).toContainText("Penghasilan yang didaftarkan paling sedikit Rp1.000.000.");
});

test("points part the thousands while somebody types, and the caret stays where they type", async ({ page, site }) => {
  await openProgramme(page, site.url);
  const income = control(page, "income");
  await income.pressSequentially("1500000");
  await expect(income).toHaveValue("1.500.000");
  await income.press("Home");
  await income.press("ArrowRight");
  await income.pressSequentially("2x3");
  await expect(income).toHaveValue("123.500.000");
  await income.press("Backspace");
  await income.press("Backspace");
  await expect(income).toHaveValue("1.500.000");
  await income.pressSequentially("9");
  await expect(income).toHaveValue("19.500.000");
});

test("the talk goes by keyboard, by buttons and by swiping, and ends where it was", async ({ page, site }) => {
  await openProgramme(page, site.url);
  const titles = await page.locator(".idea h2").allInnerTexts();
  expect(titles).toHaveLength(IDEAS);
  await page.getByRole("button", { name: L.startTalk }).focus();
  await page.keyboard.press("Enter");
  for (const [at, title] of titles.entries()) {
    await expect(page.getByRole("heading", { name: title, exact: true })).toBeFocused();
    await expect(shownIdeas(page)).toHaveCount(1);
    await expect(place(page)).toHaveText(`${at + 1} dari ${IDEAS}: ${title}`);
    await page.keyboard.press("ArrowRight");
  }
  // There is nothing after the last.
  await expect(place(page)).toHaveText(`${IDEAS} dari ${IDEAS}: ${titles[IDEAS - 1]}`);
  await expect(page.getByRole("button", { name: "Lanjut" })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("PageUp");
  await expect(place(page)).toContainText(`${IDEAS - 2} dari`);

  // Who turns the pages with a button keeps it under the finger.
  const back = page.getByRole("button", { name: "Sebelumnya" });
  await back.focus();
  await page.keyboard.press("Enter");
  await expect(back).toBeFocused();
  await expect(place(page)).toContainText(`${IDEAS - 3} dari`);

  const touch = await page.context().newCDPSession(page);
  const swipe = async (from: number, to: number) => {
    const at = (x: number) => ({ touchPoints: [{ x, y: 400 }] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", ...at(from) });
    for (const part of [0.3, 0.6, 1]) await touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...at(from + (to - from) * part) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  await swipe(900, 500);
  await expect(place(page)).toContainText(`${IDEAS - 2} dari`);
  await swipe(500, 900);
  await expect(place(page)).toContainText(`${IDEAS - 3} dari`);
  await swipe(500, 520);
  await expect(place(page)).toContainText(`${IDEAS - 3} dari`);

  await page.keyboard.press("Escape");
  await expect(shownIdeas(page)).toHaveCount(IDEAS);
  await expect(page.getByRole("heading", { name: titles[IDEAS - 4], exact: true })).toBeFocused();
  // The arrows are the fields' own again.
  await page.keyboard.press("ArrowRight");
  await expect(shownIdeas(page)).toHaveCount(IDEAS);
});

test("whoever is locked out can read it, and a form that is left for it is kept", async ({ page, site, personal }) => {
  personal(...Object.values(plainPerson.typed).filter((text) => typeof text === "string" && text.length > 6) as string[]);
  await createEvent(page, site.url, { ...fixture.event, payer: "public_budget" });
  await openForm(page, site.url);
  // Typing takes its time.
  await page.clock.setFixedTime(new Date(new Date(NOW).getTime() + 60_000));
  await put(page, "name", plainPerson.typed.name as string);
  await draftKept(page);
  await goToStep(page, 3);
  await page.getByRole("main").getByRole("link", { name: L.programme }).click();
  await expect(page.getByRole("heading", { level: 1, name: L.programme })).toBeVisible();
  // The calculator begins with what holds at the event.
  await expect(control(page, "payer").getByRole("radio", { name: L.payer.public_budget })).toBeChecked();
  await page.goBack();
  await expect(page.getByText(L.draftRestored)).toBeVisible();
  await goToStep(page, 0);
  await expect(control(page, "name")).toHaveValue(plainPerson.typed.name as string);

  await page.goto(`${site.url}#/`);
  await page.reload();
  await page.getByRole("heading", { name: L.lockedTitle }).waitFor();
  await page.getByRole("main").getByRole("link", { name: L.programme }).click();
  await expect(shownIdeas(page)).toHaveCount(IDEAS);
});

test("it speaks English", async ({ page, site }) => {
  await speak(page, site.url, "en");
  await page.goto(`${site.url}#/programme`);
  await expect(page.getByRole("heading", { level: 1, name: "The programme explained" })).toBeVisible();
  await expect(page.getByText("Rp42 million")).toBeVisible();
  await page.getByRole("textbox", { name: "Income a month" }).fill("1000000");
  const worked = page.getByRole("region", { name: "Result" });
  for (const text of ["Rp8.400 / month", "until December 2026", "from January 2027: Rp16.800", "Rp84.000 in all for 6 months"]) await expect(worked).toContainText(text);
  await page.getByRole("button", { name: "Show one by one" }).click();
  await page.keyboard.press("ArrowRight");
  await expect(place(page)).toHaveText(`2 of ${IDEAS}: If you are hurt at work`);
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(shownIdeas(page)).toHaveCount(IDEAS);
});

test("on paper all ideas stand with their sources, without what only a screen can do", async ({ page, site }) => {
  await openProgramme(page, site.url);
  await page.emulateMedia({ media: "print" });
  await expect(shownIdeas(page)).toHaveCount(IDEAS);
  await expect(page.getByRole("region", { name: "Sumber dan tanggal" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Hitung iuran" })).toBeHidden();
  await expect(page.getByRole("button", { name: L.startTalk })).toBeHidden();
});

for (const [form, viewport] of [["a tablet", { width: 1280, height: 800 }], ["a tablet upright", { width: 800, height: 1280 }], ["a phone", { width: 390, height: 844 }]] as const) {
  test.describe(form, () => {
    test.use({ viewport });

    test(`every idea of the talk is accessible on ${form} and fits it`, async ({ page, site }) => {
      await openProgramme(page, site.url);
      await put(page, "income", "1500000");
      await lookAt(page, "calculator");
      await startTalk(page);
      const next = page.getByRole("button", { name: "Lanjut" });
      const under = await next.boundingBox();
      for (let at = 1; at <= IDEAS; at += 1) {
        await expect(place(page)).toContainText(`${at} dari`);
        await lookAt(page, `idea ${at}`);
        expect.soft(await tooWide(page), `idea ${at}`).toEqual([]);
        const hidden = await page.getByRole("main").evaluate((main) => main.scrollHeight - main.clientHeight);
        if (form !== "a phone") expect.soft(hidden, `idea ${at} does not fit`).toBeLessThanOrEqual(0);
        // Nothing moves under the finger that turns the pages.
        expect(await next.boundingBox()).toEqual(under);
        await page.keyboard.press("ArrowRight");
      }
    });
  });
}
