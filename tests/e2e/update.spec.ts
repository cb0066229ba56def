// A release comes while the hall is full: two different builds at the same address, and forms that are half filled in.
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { DIST, DIST_NEXT, expect, fixture, secretsOf, test } from "./fixtures";
import { control, createEvent, fillForm, fillStep, open, openForm, put, reload, save, unlock, waitUntilOfflineReady } from "./pages.mjs";
import { draftKept, plainPerson, registeredNumbers, speak } from "./steps";

const WAITING = "Versi baru siap. Selesaikan peserta ini dulu; formulir yang diisi tidak hilang.";
const APPLY = "Pakai sekarang";

/** The identity that tools/precache.mjs stamped into a build. */
const buildOf = (dir: string) => readFileSync(join(dir, "index.html"), "utf8").match(/<meta name="build" content="(\w+)"/)![1];
const shownBuild = (page: Page) => page.locator("meta[name=build]").getAttribute("content");

/** The browser's own look for a new version, which it takes when it likes. */
const lookForUpdate = (page: Page) => page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())!.update()));

/** Counts how often a page was loaded from now on. */
function loadsOf(page: Page) {
  const loads = { count: 0 };
  page.on("load", () => (loads.count += 1));
  return loads;
}

test.beforeEach(({ personal }) => {
  personal(...secretsOf(plainPerson));
  expect(buildOf(DIST), "tools/next-build.mjs makes the second build").not.toBe(buildOf(DIST_NEXT));
});

test("an update waits while a form is filled in, and when it is wanted the form comes back as it was", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await waitUntilOfflineReady(page);
  await openForm(page, site.url);
  await fillStep(page, plainPerson, 0);
  await control(page, "mother_name").focus();
  const loads = loadsOf(page);

  site.use(DIST_NEXT);
  await lookForUpdate(page);
  await expect(page.getByText(WAITING)).toBeVisible();
  // Nothing is interrupted: the old build goes on, with the cursor where it was.
  expect(loads.count).toBe(0);
  expect(await shownBuild(page)).toBe(buildOf(DIST));
  await expect(control(page, "mother_name")).toBeFocused();
  await expect(control(page, "nik")).toHaveValue(/\d{4}/);

  // The last letters are typed just before the tap, sooner than a draft is kept by itself.
  await page.keyboard.press("End");
  await page.keyboard.type(" binti Karso");
  await page.getByRole("button", { name: APPLY }).click();
  await expect.poll(() => shownBuild(page)).toBe(buildOf(DIST_NEXT));
  await unlock(page);
  await expect(page.getByText("Draf dipulihkan")).toBeVisible();
  await expect(control(page, "mother_name")).toHaveValue(`${plainPerson.typed.mother_name} binti Karso`);
  await expect(control(page, "name")).toHaveValue(plainPerson.typed.name as string);
  await expect(page.getByText(WAITING)).toBeHidden();
  expect(loads.count).toBe(1);

  await put(page, "mother_name", plainPerson.typed.mother_name);
  await fillForm(page, plainPerson);
  await save(page);
  expect(await registeredNumbers(page)).toHaveLength(1);
});

test("after an update the new build opens without a network, and the old one's files are gone", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await waitUntilOfflineReady(page);
  site.use(DIST_NEXT);
  await lookForUpdate(page);
  await page.getByRole("button", { name: APPLY }).click();
  await expect.poll(() => shownBuild(page)).toBe(buildOf(DIST_NEXT));
  await waitUntilOfflineReady(page);
  await expect.poll(() => page.evaluate(() => caches.keys())).toHaveLength(1);
  await site.stop();
  await reload(page);
  await expect(page.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
  expect(await shownBuild(page)).toBe(buildOf(DIST_NEXT));
});

test("a second tab is told and never reloaded; it goes over when its own person says so", async ({ page, context, site }) => {
  await createEvent(page, site.url, fixture.event);
  await waitUntilOfflineReady(page);
  await openForm(page, site.url);
  await fillStep(page, plainPerson, 0);
  await draftKept(page);
  const second = await context.newPage();
  await open(second, site.url);
  const loads = loadsOf(page);

  site.use(DIST_NEXT);
  await lookForUpdate(second);
  await expect(second.getByText(WAITING)).toBeVisible();
  await expect(page.getByText(WAITING)).toBeVisible();
  await second.getByRole("button", { name: APPLY }).click();
  await expect.poll(() => shownBuild(second)).toBe(buildOf(DIST_NEXT));

  await expect(page.getByText(WAITING)).toBeVisible();
  await expect(control(page, "name")).toHaveValue(plainPerson.typed.name as string);
  await fillForm(page, plainPerson);
  await save(page);
  expect(loads.count).toBe(0);
  expect(await shownBuild(page)).toBe(buildOf(DIST));
  await page.getByRole("button", { name: APPLY }).click();
  await expect.poll(() => shownBuild(page)).toBe(buildOf(DIST_NEXT));
  await expect(page.getByText(WAITING)).toBeHidden();
  expect(await registeredNumbers(page)).toHaveLength(1);
});

test("an update of which a file does not arrive changes nothing: the old build stays whole and works offline", async ({ page, site }) => {
  const broken = test.info().outputPath("broken");
  cpSync(DIST_NEXT, broken, { recursive: true });
  rmSync(join(broken, "version.json"));
  await createEvent(page, site.url, fixture.event);
  await waitUntilOfflineReady(page);
  site.use(broken);
  await lookForUpdate(page).catch(() => {});
  await expect.poll(() => site.requests.some(({ url }) => url.endsWith("/version.json"))).toBe(true);
  await expect.poll(() => page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    return [registration.installing, registration.waiting, registration.active?.state];
  })).toEqual([null, null, "activated"]);
  await expect(page.getByText(WAITING)).toBeHidden();
  expect(await page.evaluate(() => caches.keys())).toHaveLength(1);
  await site.stop();
  await reload(page);
  await waitUntilOfflineReady(page);
  await expect(page.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
  expect(await shownBuild(page)).toBe(buildOf(DIST));
});

test("in English: an update during a form", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await speak(page, site.url, "en");
  await waitUntilReadyInEnglish(page);
  site.use(DIST_NEXT);
  await lookForUpdate(page);
  await expect(page.getByText("A new version is ready. Finish this person first; what is filled in is not lost.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Use it now" })).toBeVisible();
});

const waitUntilReadyInEnglish = (page: Page) => page.getByText("Ready to work offline").filter({ visible: true }).first().waitFor();
