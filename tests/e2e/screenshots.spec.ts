// Takes the pictures of docs/screenshots/ and public/screenshots/ again: `make screenshots`. Everybody on them is made up.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { test } from "./fixtures";
import { makeBatch, open, openForm, registerPerson } from "./pages.mjs";
import { answeredScreens, openBusyTablet, screens } from "./screens";
import { madeUp } from "./steps";

const root = new URL("../../", import.meta.url).pathname;
const DOCS = join(root, "docs/screenshots");
const PUBLIC = join(root, "public/screenshots");

const SIZES = [
  { width: 1280, height: 800, form: "wide" },
  { width: 800, height: 1280, form: undefined },
  { width: 390, height: 844, form: "narrow" },
];

/** What the manifest shows before the installation. */
const IN_MANIFEST = new Set(["home", "register"]);

async function picture(page: Page, path: string) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path, animations: "disabled" });
}

/** The first page of what the browser would print, drawn by poppler's `pdftoppm`, which must be on the machine. */
async function paper(page: Page, name: string) {
  const folder = mkdtempSync(join(tmpdir(), "pendapa-paper-"));
  try {
    const pdf = join(folder, "paper.pdf");
    await page.pdf({ path: pdf, preferCSSPageSize: true });
    execFileSync("pdftoppm", ["-png", "-r", "80", "-f", "1", "-singlefile", pdf, join(DOCS, `print-${name}`)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Pictures are no test: without SCREENSHOTS=1 this file has none.
if (process.env.SCREENSHOTS) {
  mkdirSync(DOCS, { recursive: true });
  mkdirSync(PUBLIC, { recursive: true });

  for (const { width, height, form } of SIZES) {
    test.describe(`${width}x${height}`, () => {
      test.use({ viewport: { width, height } });

      test("hand-over once the office has answered", async ({ page, site }) => {
        test.setTimeout(180_000);
        for await (const name of answeredScreens(page, site)) await picture(page, join(DOCS, `${name}-${width}x${height}.png`));
      });

      test("every screen", async ({ page, site, guard }) => {
        test.setTimeout(180_000);
        for await (const name of screens(page, site, guard)) {
          await picture(page, join(DOCS, `${name}-${width}x${height}.png`));
          if (form && IN_MANIFEST.has(name)) await picture(page, join(PUBLIC, `${name}-${form}.png`));
        }
      });
    });
  }

  test("what is printed", async ({ page, site }) => {
    test.setTimeout(120_000);
    await page.addInitScript(() => Object.assign(globalThis, { print: () => undefined }));
    await openBusyTablet(page, site);
    await open(page, site.url, "/attendance");
    await page.getByRole("button", { name: "Cetak daftar hadir" }).click();
    await page.locator(".paper").waitFor({ state: "attached" });
    await paper(page, "attendance");
    await makeBatch(page, site.url);
    await page.getByRole("region", { name: "Hitungan per petugas dan jam" }).waitFor();
    await paper(page, "reconciliation");
    await openForm(page, site.url);
    await registerPerson(page, madeUp(1));
    await page.locator(".slip").waitFor({ state: "attached" });
    await paper(page, "slip");
  });

  for (const [theme, label] of [["dark", "Gelap"], ["sunlight", "Terik matahari"]]) {
    test(`the event in the theme ${theme}`, async ({ page, site }) => {
      await openBusyTablet(page, site);
      await page.goto(`${site.url}#/settings`);
      await page.getByRole("radio", { name: label }).check();
      await page.goto(`${site.url}#/`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await picture(page, join(DOCS, `home-${theme}-1280x800.png`));
    });
  }
}
