// The lock of the screen: by hand, by itself, with a PIN; the form that was open; and who works here.
import type { Page } from "@playwright/test";
import { carried, readChain, type Json } from "./batch";
import { closeEveryConnection } from "./causes";
import { expect, fixture, secretsOf, test as base } from "./fixtures";
import { L, OFFICER, PASSPHRASE, control, createEvent, download, fillForm, fillStep, lock, makeBatch, open, openForm, openWith, put, save, shownStep, takeOver, typePassphrase, typePin, unlock } from "./pages.mjs";
import { expectNobodyOn, otherPerson, plainPerson, rowsOf } from "./steps";

const PIN = "40917";
const OTHER_OFFICER = "Bagus Hariyanto";
/** The day of the event, in the morning. */
const MORNING = new Date("2026-11-24T08:00:00+07:00");
const SECOND = 1000, MINUTE = 60_000;

const test = base.extend<{ hall: Page; timed: Page }>({
  /** A tablet with an event, on an empty form. */
  hall: async ({ page, site, personal }, use) => {
    personal(...secretsOf(plainPerson), ...secretsOf(otherPerson), PASSPHRASE, PIN);
    await createEvent(page, site.url, fixture.event);
    await openForm(page, site.url);
    await use(page);
  },
  /** The same, where time can be made to pass. */
  timed: async ({ page, site, personal }, use) => {
    personal(...secretsOf(plainPerson), ...secretsOf(otherPerson), PASSPHRASE);
    await page.clock.install({ time: MORNING });
    await createEvent(page, site.url, fixture.event);
    await openForm(page, site.url);
    await use(page);
  },
});

const title = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const goOn = (page: Page) => page.getByRole("button", { name: L.goOn, exact: true }).click();
const now = (page: Page) => page.evaluate(() => Date.now());
const pinTries = async (page: Page) => (await rowsOf(page, "vaults"))[0].row.pin_tries;

/** Fills in the first step and, letter by letter up to this moment, the beginning of the second. */
async function halfFilled(page: Page) {
  await fillStep(page, plainPerson, 0);
  await goOn(page);
  await control(page, "street").pressSequentially(plainPerson.typed.street as string);
}

/** The form stands where it was left, with everything that was typed. */
async function expectHalfFilled(page: Page) {
  await expect(control(page, "street")).toHaveValue(plainPerson.typed.street as string);
  expect(await shownStep(page)).toBe(1);
  await page.getByRole("navigation", { name: "Langkah" }).getByRole("link", { name: L.steps[0] }).click();
  for (const field of ["name", "birth_place", "mother_name"]) await expect(control(page, field)).toHaveValue(plainPerson.typed[field] as string);
  await expect(control(page, "nik")).toHaveValue("357401 460769 9140");
  await expect(control(page, "sex").getByRole("radio", { name: L.sex.female })).toBeChecked();
}

/** The page goes out of sight, or comes back. */
const setHidden = (page: Page, hidden: boolean) => page.evaluate((hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (hidden ? "hidden" : "visible") });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}, hidden);

/** Opens the lock, registers the person of the form, and returns the audit log from the batch. */
async function auditAfter(page: Page, url: string): Promise<Json[]> {
  await unlock(page);
  await open(page, url, "/register");
  await fillForm(page, plainPerson, await shownStep(page));
  await save(page);
  await makeBatch(page, url);
  const { batches, faults } = readChain([await carried(await download(page))]);
  expect(faults).toEqual([]);
  return batches[0].audit;
}

/** By its audit log a tablet locked once, for a reason, in a stretch of time. */
function expectLocked(audit: Json[], why: string, from: number, to: number) {
  const locked = audit.filter(({ action }) => action === "locked");
  expect(locked.map(({ detail }) => detail)).toEqual([why]);
  expect(Date.parse(locked[0].at)).toBeGreaterThanOrEqual(from);
  expect(Date.parse(locked[0].at)).toBeLessThanOrEqual(to);
}

test("the lock button keeps the form up to the last letter, and shows nobody", async ({ hall: page, site }) => {
  await halfFilled(page);
  await lock(page);
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await expectNobodyOn(page, plainPerson);
  await expect(page.getByText(OFFICER)).toHaveCount(0);
  // Other pages and the way back in the history show nobody either.
  for (const route of ["/participants", "/", "/register"]) {
    await page.goto(`${site.url}#${route}`);
    await expect(title(page, L.lockedTitle)).toBeVisible();
  }
  await page.goBack();
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await expectNobodyOn(page, plainPerson);
  await page.goto(`${site.url}#/register`);
  await openWith(page, PASSPHRASE);
  await expect(page.getByText(L.draftRestored)).toBeVisible();
  await expectHalfFilled(page);
  const audit = await auditAfter(page, site.url);
  expect(audit.filter(({ action }) => action === "locked")).toEqual([expect.objectContaining({ detail: "asked", officer: OFFICER })]);
});

test("the lists are gone while it is locked, from memory too: nobody is shown before the passphrase", async ({ hall: page, site }) => {
  await fillForm(page, plainPerson);
  await save(page);
  await open(page, site.url, "/participants");
  await page.getByRole("searchbox").fill(String(plainPerson.typed.name));
  await expect(page.getByRole("region", { name: L.participants }).getByRole("link")).toHaveCount(1);
  await lock(page);
  await expectNobodyOn(page, plainPerson);
  await expect(page.getByText(/KDP1-A-001/)).toHaveCount(0);
  await openWith(page, PASSPHRASE);
  await expect(page.getByRole("region", { name: L.participants }).getByRole("link")).toHaveCount(1);
});

test("untouched for three minutes it locks by itself, and the form goes on afterwards", async ({ timed: page, site }) => {
  await halfFilled(page);
  const touched = await now(page);
  await page.clock.fastForward(170 * SECOND);
  await expect(control(page, "street")).toBeVisible();
  await page.clock.fastForward(12 * SECOND);
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await expectNobodyOn(page, plainPerson);
  await openWith(page, PASSPHRASE);
  await expectHalfFilled(page);
  expectLocked(await auditAfter(page, site.url), "idle", touched + 3 * MINUTE - SECOND, touched + 3 * MINUTE + 30 * SECOND);
});

test("a touch begins the three minutes anew, and an untouched form is no reason to stay open", async ({ timed: page }) => {
  await page.clock.fastForward(170 * SECOND);
  await page.getByRole("heading", { level: 1 }).click();
  await page.clock.fastForward(170 * SECOND);
  await control(page, "nik").press("Shift");
  await page.clock.fastForward(170 * SECOND);
  await expect(control(page, "nik")).toBeVisible();
  await page.clock.fastForward(15 * SECOND);
  await expect(title(page, L.lockedTitle)).toBeVisible();
  expect(await rowsOf(page, "drafts")).toEqual([]);
});

test("out of sight for thirty seconds it locks by itself, not before, and what is on the screen is veiled at once", async ({ timed: page, site }) => {
  await halfFilled(page);
  const root = page.locator("html");
  await setHidden(page, true);
  await expect(root).toHaveAttribute("data-veiled", "");
  await page.clock.fastForward(20 * SECOND);
  await setHidden(page, false);
  await expect(root).not.toHaveAttribute("data-veiled");
  await expect(control(page, "street")).toBeVisible();
  const hidden = await now(page);
  await setHidden(page, true);
  await page.clock.fastForward(32 * SECOND);
  await expect(title(page, L.lockedTitle)).toHaveCount(1);
  await expectNobodyOn(page, plainPerson);
  await setHidden(page, false);
  await openWith(page, PASSPHRASE);
  await expectHalfFilled(page);
  expectLocked(await auditAfter(page, site.url), "hidden", hidden + 30 * SECOND, hidden + 50 * SECOND);
});

test("a tablet that slept is locked when it wakes, also where no timer ran meanwhile", async ({ timed: page, site }) => {
  await halfFilled(page);
  await setHidden(page, true);
  // No timer fires while the clock stands; then the wall's clock is further.
  const slept = (await now(page)) + SECOND;
  await page.clock.pauseAt(slept);
  await page.clock.setSystemTime(slept + 40 * SECOND);
  await setHidden(page, false);
  await page.clock.resume();
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await expectNobodyOn(page, plainPerson);
  expectLocked(await auditAfter(page, site.url), "hidden", slept + 30 * SECOND, slept + 60 * SECOND);
});

test("other times can be chosen, and hold: one minute untouched, ten seconds out of sight", async ({ timed: page, site }) => {
  await open(page, site.url, "/settings");
  await page.getByRole("group", { name: L.lockIdle }).getByRole("radio", { name: "1 menit", exact: true }).check();
  await page.getByRole("group", { name: L.lockHidden }).getByRole("radio", { name: "10 detik", exact: true }).check();
  await page.reload();
  await expect(page.getByRole("group", { name: L.lockIdle }).getByRole("radio", { name: "1 menit", exact: true })).toBeChecked();
  await open(page, site.url, "/register");
  await halfFilled(page);
  const touched = await now(page);
  await page.clock.fastForward(50 * SECOND);
  await expect(control(page, "street")).toBeVisible();
  await page.clock.fastForward(12 * SECOND);
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await openWith(page, PASSPHRASE);
  const hidden = await now(page);
  await setHidden(page, true);
  await page.clock.fastForward(11 * SECOND);
  await expect(title(page, L.lockedTitle)).toHaveCount(1);
  await setHidden(page, false);
  const audit = (await auditAfter(page, site.url)).filter(({ action }) => action === "locked");
  expect(audit.map(({ detail }) => detail)).toEqual(["idle", "hidden"]);
  expect(Date.parse(audit[0].at)).toBeGreaterThanOrEqual(touched + MINUTE - SECOND);
  expect(Date.parse(audit[0].at)).toBeLessThan(touched + 2 * MINUTE);
  expect(Date.parse(audit[1].at)).toBeGreaterThanOrEqual(hidden + 10 * SECOND);
  expect(Date.parse(audit[1].at)).toBeLessThan(hidden + 30 * SECOND);
});

/** Sets the PIN by way of the officer's page, from the form. */
async function setPin(page: Page, digits = PIN) {
  await page.getByRole("button", { name: L.changeOfficer, exact: true }).click();
  await takeOver(page, OFFICER, digits);
}

const wrongPin = (page: Page, left: number) => page.getByRole("alert").filter({ hasText: `PIN tidak cocok. Sisa ${left} kali, lalu kata sandi diminta.` });

test("with a PIN the lock covers the screen; wrong ones are counted down, and a right one opens and counts anew", async ({ hall: page, site }) => {
  await halfFilled(page);
  await page.getByRole("navigation", { name: "Langkah" }).getByRole("link", { name: L.steps[0] }).click();
  await setPin(page);
  await goOn(page);
  await lock(page);
  await expect(title(page, L.coveredTitle)).toBeVisible();
  await expectNobodyOn(page, plainPerson);
  for (const left of [4, 3]) {
    await typePin(page, "40918");
    await expect(wrongPin(page, left)).toBeVisible();
    expect(await pinTries(page)).toBe(5 - left);
  }
  await typePin(page, PIN);
  await expect(control(page, "street")).toHaveValue(plainPerson.typed.street as string);
  expect(await pinTries(page)).toBe(0);
  await lock(page);
  await typePin(page, "1111");
  await expect(wrongPin(page, 4)).toBeVisible();
  await typePin(page, PIN);
  await expectHalfFilled(page);
  const audit = await auditAfter(page, site.url);
  expect(audit.filter(({ action }) => action === "pin_used").map(({ detail, officer }) => [detail, officer])).toEqual([["2 wrong before", OFFICER], ["1 wrong before", OFFICER]]);
});

test("five wrong PINs ask for the passphrase, and the PIN is gone", async ({ hall: page, site }) => {
  await setPin(page);
  await fillStep(page, plainPerson, 0);
  await lock(page);
  for (const left of [4, 3, 2, 1]) {
    await typePin(page, "00000");
    await expect(wrongPin(page, left)).toBeVisible();
  }
  await typePin(page, "00000");
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "PIN salah lima kali. Buka dengan kata sandi." })).toBeVisible();
  expect(await pinTries(page)).toBe(5);
  await typePassphrase(page, PIN);
  await expect(page.getByText("Kata sandi tidak cocok.")).toBeVisible();
  await openWith(page, PASSPHRASE);
  expect(await pinTries(page)).toBe(0);
  await expect(control(page, "name")).toHaveValue(plainPerson.typed.name as string);
  // Without a new PIN the next lock asks for the passphrase.
  await lock(page);
  await expect(title(page, L.lockedTitle)).toBeVisible();
  const audit = await auditAfter(page, site.url);
  expect(audit.map(({ action }) => action)).toContain("pin_refused");
});

test("a try is counted before it is looked at: cut off in between it counts, and a new start asks for the passphrase", async ({ hall: page }) => {
  await setPin(page);
  await lock(page);
  for (const left of [4, 3, 2]) {
    await typePin(page, "0000");
    await expect(wrongPin(page, left)).toBeVisible();
  }
  // From now on nothing goes on once the count of a try is in the database.
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === "vaults") this.transaction.addEventListener("complete", (event) => event.stopImmediatePropagation());
      return put.apply(this, given);
    };
    // The app's own listeners come after this one.
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) {
      const made = transaction.apply(this, given);
      if ([given[0]].flat().includes("vaults") && given[1] === "readwrite") made.addEventListener("complete", (event) => event.stopImmediatePropagation());
      return made;
    };
  });
  await typePin(page, PIN);
  await expect.poll(() => pinTries(page)).toBe(4);
  await expect(title(page, L.coveredTitle)).toBeVisible();
  await page.reload();
  await expect(title(page, L.lockedTitle)).toBeVisible();
  expect(await pinTries(page)).toBe(4);
  await openWith(page, PASSPHRASE);
  expect(await pinTries(page)).toBe(0);
});

test("where a try cannot be counted even the right PIN opens nothing", async ({ hall: page }) => {
  await setPin(page);
  await fillStep(page, plainPerson, 0);
  await lock(page);
  await page.evaluate(closeEveryConnection);
  await typePin(page, PIN);
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await expectNobodyOn(page, plainPerson);
});

test("a PIN of another length is refused, one can be given up for the passphrase, and taken away in the settings", async ({ hall: page, site }) => {
  await page.getByRole("button", { name: L.changeOfficer, exact: true }).click();
  const pin = page.getByRole("textbox", { name: L.newPin });
  if (!(await pin.isVisible())) await page.getByText(L.pinFold).click();
  await pin.fill("123");
  await page.getByRole("button", { name: OFFICER, exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "PIN terdiri dari 4 sampai 8 angka." })).toBeVisible();
  // Letters are no digits, and there are no more than eight.
  await pin.pressSequentially("a4x56789b0");
  await expect(pin).toHaveValue("12345678");
  await page.getByRole("button", { name: OFFICER, exact: true }).click();
  await expect(control(page, "nik")).toBeVisible();
  await lock(page);
  await expect(title(page, L.coveredTitle)).toBeVisible();
  await page.getByRole("button", { name: "Pakai kata sandi" }).click();
  await openWith(page, PASSPHRASE, OFFICER, PIN);
  await expect(control(page, "nik")).toBeVisible();
  await open(page, site.url, "/settings");
  await expect(page.getByText("PIN dipakai untuk membuka layar.")).toBeVisible();
  await page.getByRole("button", { name: "Hapus PIN" }).click();
  await page.getByRole("button", { name: "Kunci sekarang" }).click();
  await page.goto(`${site.url}#/`);
  await expect(title(page, L.lockedTitle)).toBeVisible();
});

test("while the screen is covered no batch goes out, although the key is in memory", async ({ hall: page, site }) => {
  await fillForm(page, plainPerson);
  await save(page);
  await makeBatch(page, site.url);
  await openForm(page, site.url);
  await setPin(page);
  await lock(page);
  await expect(title(page, L.coveredTitle)).toBeVisible();
  await page.getByRole("link", { name: L.handOverLocked }).click();
  const batch = page.getByRole("article", { name: `${L.batch} 1` });
  for (const name of [L.batchSave, L.batchCsv]) await expect(batch.getByRole("button", { name, exact: true })).toBeDisabled();
  await expectNobodyOn(page, plainPerson);
});

test("another officer takes over in two taps, the draft goes on under the new name, and that is recorded", async ({ hall: page, site }) => {
  await fillStep(page, plainPerson, 0);
  await page.getByRole("button", { name: L.changeOfficer, exact: true }).click();
  await takeOver(page, OTHER_OFFICER);
  await page.getByRole("button", { name: L.changeOfficer, exact: true }).click();
  await takeOver(page, OFFICER);
  // Both are known now: from one to the other it is two taps.
  await page.getByRole("button", { name: L.changeOfficer, exact: true }).click();
  await page.getByRole("button", { name: OTHER_OFFICER, exact: true }).click();
  await expect(page.getByText(`Petugas: ${OTHER_OFFICER}`)).toBeVisible();
  await expect(control(page, "name")).toHaveValue(plainPerson.typed.name as string);
  await expect(page.getByRole("navigation", { name: "Menu utama" })).toContainText(OTHER_OFFICER);
  await goOn(page);
  const { read_aloud_by: _, ...typed } = plainPerson.typed;
  await fillForm(page, { ...plainPerson, typed }, 1);
  await save(page);
  await makeBatch(page, site.url);
  const { batches, faults } = readChain([await carried(await download(page))]);
  expect(faults).toEqual([]);
  const [{ records, audit }] = batches;
  expect(records[0].officer).toBe(OTHER_OFFICER);
  expect(records[0].consent.read_aloud_by).toBe(OTHER_OFFICER);
  expect(audit.filter(({ action }: Json) => action === "officer_chosen").map(({ officer }: Json) => officer)).toEqual([OFFICER, OTHER_OFFICER, OFFICER, OTHER_OFFICER]);
});

test("in the middle of a correction the lock keeps what was changed", async ({ hall: page }) => {
  await fillForm(page, plainPerson);
  const number = await save(page);
  await page.getByRole("link", { name: "Lihat" }).click();
  await page.getByRole("link", { name: "Betulkan" }).click();
  await page.getByRole("textbox", { name: "Alasan pembetulan" }).fill("Salah ketik RT");
  await goOn(page);
  await put(page, "rt", "9");
  await lock(page);
  await expectNobodyOn(page, plainPerson);
  await openWith(page, PASSPHRASE);
  await expect(control(page, "rt")).toHaveValue(/^0*9$/);
  for (let step = 1; step < 4; step += 1) await goOn(page);
  await page.getByRole("button", { name: "Simpan pembetulan" }).click();
  await expect(title(page, number)).toBeVisible();
  await expect(page.getByText("Revisi 2", { exact: true })).toBeVisible();
});
