// An event goes from one tablet to another through screen and camera. A film of the codes stands in for the camera.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cameraArguments, writeFilm } from "./codes";
import { expect, fixture, test } from "./fixtures";
import { L, PASSPHRASE, createEvent, open, typePassphrase } from "./pages.mjs";
import config from "./playwright.config";

test("the codes of a copied event are read by another tablet's camera", async ({ page, site, playwright, guard }) => {
  test.setTimeout(120_000);
  await createEvent(page, site.url, fixture.event);
  await open(page, site.url, "/events/copy");
  await page.getByRole("textbox", { name: L.passphrase, exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: "Buat salinan" }).click();
  // A camera reads only what is on the screen as a whole.
  await expect(page.getByRole("img", { name: /^Kode 1 dari/ })).toBeInViewport({ ratio: 1 });
  await page.getByText("Sebagai teks", { exact: true }).click();
  // The text has an underscore for each blank of a code.
  const frames = (await page.getByRole("textbox", { name: "Sebagai teks" }).inputValue()).split("\n").map((frame) => frame.replaceAll("_", " "));

  const folder = mkdtempSync(join(tmpdir(), "pendapa-film-"));
  const film = join(folder, "codes.y4m");
  writeFilm(film, frames);
  const launchOptions = config.use!.launchOptions!;
  const browser = await playwright.chromium.launch({ ...launchOptions, args: [...launchOptions.args!, ...cameraArguments(film)] });
  const context = await browser.newContext({ locale: "id-ID" });
  guard.watch(context);
  const other = await context.newPage();
  await open(other, site.url, "/events/pack");
  // How far it is may stand for less time than a look from outside takes: every change is written down.
  await other.evaluate(() => {
    const told = new Set<string>();
    new MutationObserver(() => document.querySelectorAll("main p").forEach((line) => told.add(line.textContent!))).observe(document.body, { childList: true, characterData: true, subtree: true });
    Object.assign(window, { told });
  });
  await other.getByRole("button", { name: "Pindai kode" }).click();
  await other.getByRole("textbox", { name: L.passphrase, exact: true }).waitFor({ timeout: 60_000 });
  expect(await other.evaluate(() => [...(window as unknown as { told: Set<string> }).told])).toContain(`1 dari ${frames.length} kode sudah terbaca`);
  // The camera is closed with its last code.
  await expect(other.locator("video")).toHaveCount(0);
  await typePassphrase(other, PASSPHRASE);
  await expect(other.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
  await browser.close();
  rmSync(folder, { recursive: true });
});

test("without a camera a sentence says so, and the text can be pasted", async ({ page, site }) => {
  await open(page, site.url, "/events/pack");
  await page.getByRole("button", { name: "Pindai kode" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Kamera tidak ditemukan" })).toBeVisible();
  await expect(page.getByText("Tempel teksnya", { exact: true })).toBeVisible();
});
