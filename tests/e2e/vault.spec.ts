// The vault: what opens it and what does not, what works while it is shut, and what is written down about it.
import type { Page } from "@playwright/test";
import { auditFaults, carried, readChain, signatureFaults, type Json } from "./batch";
import { expect, fixture, secretsOf, test, type Typed } from "./fixtures";
import { L, OFFICER, PASSPHRASE, control, createEvent, describeEvent, download, lock, makeBatch, nextPerson, open, openForm, openWith, protect, registerPerson, reload, shownRecoveryKey, shownWords, takeOver, typePassphrase, unlock } from "./pages.mjs";
import { seed } from "./screens";
import { expectNobodyOn, otherPerson, plainPerson, registeredNumbers, rowsOf } from "./steps";

const WRONG = "Kata sandi tidak cocok.";
const MISTYPED = "Kunci pemulihan salah ketik. Periksa tiap huruf.";
const TOO_SHORT = "Paling sedikit 12 huruf.";
const NOT_WRITTEN = "Tulis dulu kata sandinya di kartu kegiatan.";

const event = fixture.event as Typed;
const title = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const own = (page: Page) => page.getByRole("textbox", { name: L.ownPassphrase, exact: true });
const tick = (page: Page) => page.getByRole("checkbox", { name: L.writtenDown });
const start = (page: Page) => page.getByRole("button", { name: L.createEvent }).click();
const sayOfficer = (page: Page) => page.getByRole("textbox", { name: L.officerName, exact: true }).fill(OFFICER);
const passphraseField = (page: Page) => page.getByRole("textbox", { name: L.passphrase });

test.beforeEach(({ personal }) => personal(...secretsOf(plainPerson), ...secretsOf(otherPerson)));

/** A tablet with somebody, after a new start. Returns the number. */
async function someoneLocked(page: Page, url: string) {
  await createEvent(page, url, event);
  await openForm(page, url);
  const number = await registerPerson(page, plainPerson);
  await page.goto(`${url}#/`);
  await page.reload();
  await expect(title(page, L.lockedTitle)).toBeVisible();
  return number;
}

test("six words are shown, others on demand; without the tick nothing starts, and in their order they open the event", async ({ page, site, personal }) => {
  await describeEvent(page, site.url, event);
  const before = await shownWords(page);
  expect(before).toHaveLength(6);
  await tick(page).check();
  await page.getByRole("button", { name: L.otherWords }).click();
  await expect.poll(() => shownWords(page)).not.toEqual(before);
  // Nobody has written the other words down yet.
  await expect(tick(page)).not.toBeChecked();
  const words = await shownWords(page);
  expect(words).toHaveLength(6);
  for (const word of words) expect(word).toMatch(/^[a-z]{3,}$/);
  personal(words.join(" "), await shownRecoveryKey(page));

  await sayOfficer(page);
  await start(page);
  await expect(tick(page)).toBeFocused();
  await expect(page.getByText(NOT_WRITTEN)).toBeVisible();
  expect(await rowsOf(page, "events")).toEqual([]);
  await tick(page).check();
  await start(page);
  await expect(title(page, event.name as string)).toBeVisible();

  await page.reload();
  await typePassphrase(page, words.toReversed().join(" "));
  await expect(page.getByText(WRONG)).toBeVisible();
  await typePassphrase(page, before.join(" "));
  await expect(page.getByText(WRONG)).toBeVisible();
  await openWith(page, words.join(" "));
  await expect(title(page, event.name as string)).toBeVisible();
});

test("a passphrase of one's own is refused under twelve letters, and nobody starts without a name", async ({ page, site }) => {
  await describeEvent(page, site.url, event);
  await page.getByRole("button", { name: L.useOwn }).click();
  await tick(page).check();
  await sayOfficer(page);
  await own(page).fill("sebelas-huf");
  await start(page);
  await expect(own(page)).toBeFocused();
  await expect(own(page)).toHaveAttribute("aria-invalid", "true");
  await expect(own(page)).toHaveAccessibleDescription(new RegExp(`${TOO_SHORT}$`));
  await own(page).fill("duabelas-huf");
  await page.getByRole("textbox", { name: L.officerName, exact: true }).fill("");
  await start(page);
  await expect(page.getByText("Tulis nama petugas, huruf saja.")).toBeVisible();
  expect(await rowsOf(page, "events")).toEqual([]);
  expect(await rowsOf(page, "vaults")).toEqual([]);
  await sayOfficer(page);
  await start(page);
  await expect(title(page, event.name as string)).toBeVisible();
  await page.reload();
  await openWith(page, "duabelas-huf");
  await expect(title(page, event.name as string)).toBeVisible();
});

test("a wrong passphrase says so in one sentence, is counted, and locks nobody out", async ({ page, site }) => {
  await someoneLocked(page, site.url);
  for (const [tried, words] of ["kata sandi yang salah", "", `${PASSPHRASE}?`].entries()) {
    await typePassphrase(page, words);
    await expect(page.getByRole("alert").filter({ hasText: WRONG })).toHaveText(WRONG);
    await expect(passphraseField(page)).toBeFocused();
    await expect.poll(async () => (await rowsOf(page, "vaults"))[0].row.passphrase_tries).toBe(tried + 1);
    await expect(title(page, L.lockedTitle)).toBeVisible();
  }
  await openWith(page, PASSPHRASE);
  await expect(title(page, event.name as string)).toBeVisible();
  expect((await rowsOf(page, "vaults"))[0].row.passphrase_tries).toBe(0);
  await makeBatch(page, site.url);
  const { batches, faults } = readChain([await carried(await download(page))]);
  expect(faults).toEqual([]);
  expect(batches[0].audit).toContainEqual(expect.objectContaining({ action: "unlocked", detail: "3 wrong before" }));
});

test("the recovery key opens the event and sets a new passphrase; the old one opens nothing any more", async ({ page, site, personal }) => {
  await describeEvent(page, site.url, event);
  const key = await shownRecoveryKey(page);
  personal(key);
  await protect(page);
  await title(page, event.name as string).waitFor();
  await openForm(page, site.url);
  const number = await registerPerson(page, plainPerson);
  await page.goto(`${site.url}#/`);
  await page.reload();

  await page.getByRole("button", { name: L.useRecovery }).click();
  const recovery = page.getByRole("textbox", { name: L.recoveryKey });
  const words = page.getByRole("textbox", { name: L.newPassphrase });
  const say = () => page.getByRole("button", { name: L.unlock, exact: true }).click();
  // Another letter of the key in the place of the third.
  const wrongLetter = [...key].find((letter) => /[A-Z2-9]/i.test(letter) && letter !== key[2])!;
  await recovery.fill(key.slice(0, 2) + wrongLetter + key.slice(3));
  await words.fill("kata sandi yang baru");
  await say();
  await expect(page.getByRole("alert").filter({ hasText: MISTYPED })).toBeVisible();
  await recovery.fill(key);
  await words.fill("pendek");
  await say();
  await expect(page.getByRole("alert").filter({ hasText: TOO_SHORT })).toBeVisible();
  await expect(title(page, L.lockedTitle)).toBeVisible();
  // Small letters and no spaces are the same key.
  await recovery.fill(key.replaceAll(/[\s-]/g, "").toLowerCase());
  await words.fill("kata sandi yang baru");
  await say();
  await title(page, L.whoTitle).waitFor();
  await takeOver(page);
  await expect(page.getByRole("link", { name: number })).toBeVisible();

  await page.reload();
  await typePassphrase(page, PASSPHRASE);
  await expect(page.getByText(WRONG)).toBeVisible();
  await openWith(page, "kata sandi yang baru");
  await expect(page.getByRole("link", { name: number })).toBeVisible();
  await makeBatch(page, site.url);
  const { batches, faults } = readChain([await carried(await download(page))]);
  expect(faults).toEqual([]);
  const actions = batches[0].audit.map(({ action }: Json) => action);
  expect(actions).toEqual(expect.arrayContaining(["set_up", "recovered", "passphrase_changed", "unlocked"]));
  expect(actions.indexOf("passphrase_changed")).toBeGreaterThan(actions.indexOf("recovered"));
});

test("while it is locked batches are listed and stay here, settings and events work, and a person's page asks first", async ({ page, site }) => {
  await createEvent(page, site.url, event);
  await openForm(page, site.url);
  const number = await registerPerson(page, plainPerson);
  await page.getByRole("link", { name: "Lihat" }).click();
  await title(page, number).waitFor();
  const person = new URL(page.url()).hash;
  await makeBatch(page, site.url);
  await openForm(page, site.url);
  await registerPerson(page, otherPerson);
  await page.goto(`${site.url}#/`);
  await page.reload();
  await expect(title(page, L.lockedTitle)).toBeVisible();

  await page.getByRole("link", { name: L.handOverLocked }).click();
  const batch = page.getByRole("article", { name: `${L.batch} 1` });
  await expect(batch).toBeVisible();
  await expect(batch).toContainText(/pendapa-KDP1-A-1-[0-9a-f]{8}\.pendapa\.json/);
  for (const name of [L.batchSave, L.batchCsv]) await expect(batch.getByRole("button", { name, exact: true })).toBeDisabled();
  await expect(page.getByRole("button", { name: /^Buat kiriman 2/ })).toBeDisabled();
  await expect(page.getByText("Buka brankas dulu untuk membuat kiriman.")).toBeVisible();
  await expectNobodyOn(page, plainPerson, otherPerson);

  await page.goto(`${site.url}#/settings`);
  await page.getByRole("radio", { name: "English", exact: true }).check();
  await expect(title(page, "Settings")).toBeVisible();
  await page.getByRole("radio", { name: "Indonesia", exact: true }).check();
  await page.goto(`${site.url}#/events`);
  await expect(page.getByRole("heading", { name: event.name as string })).toBeVisible();
  await expectNobodyOn(page, plainPerson, otherPerson);

  for (const route of ["#/", "#/register", "#/participants", `${person}/correct`, person]) {
    await page.goto(site.url + route);
    await expect(title(page, L.lockedTitle), route).toBeVisible();
    await expectNobodyOn(page, plainPerson, otherPerson);
  }
  await unlock(page);
  await expect(title(page, number)).toBeVisible();
  expect(new URL(page.url()).hash).toBe(person);
});

test("each event has its own passphrase, and the lock shuts all of them", async ({ page, site }) => {
  await createEvent(page, site.url, event);
  await describeEvent(page, site.url, { ...event, name: "Pasar malam", code: "PSM1" });
  const words = (await shownWords(page)).join(" ");
  await tick(page).check();
  await sayOfficer(page);
  await start(page);
  await expect(title(page, "Pasar malam")).toBeVisible();
  await page.reload();
  await typePassphrase(page, PASSPHRASE);
  await expect(page.getByText(WRONG)).toBeVisible();
  await openWith(page, words);
  await expect(title(page, "Pasar malam")).toBeVisible();

  await page.goto(`${site.url}#/events`);
  await page.getByRole("region", { name: event.name as string }).getByRole("button", { name: "Buka" }).click();
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await typePassphrase(page, words);
  await expect(page.getByText(WRONG)).toBeVisible();
  await openWith(page, PASSPHRASE);
  await expect(title(page, event.name as string)).toBeVisible();
  // Going back asks again: one event is open at a time.
  await page.goto(`${site.url}#/events`);
  await page.getByRole("region", { name: "Pasar malam" }).getByRole("button", { name: "Buka" }).click();
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await openWith(page, words);
  await expect(title(page, "Pasar malam")).toBeVisible();
  await lock(page);
  for (const name of [event.name as string, "Pasar malam"]) {
    await page.goto(`${site.url}#/events`);
    await page.getByRole("region", { name }).getByRole("button", { name: "Buka" }).click();
    await expect(title(page, L.lockedTitle)).toBeVisible();
  }
});

test("a second tab has its own lock", async ({ page, context, site }) => {
  await createEvent(page, site.url, event);
  const second = await context.newPage();
  await second.goto(site.url);
  await expect(title(second, L.lockedTitle)).toBeVisible();
  await expect(title(page, event.name as string)).toBeVisible();
  await unlock(second);
  await expect(title(second, event.name as string)).toBeVisible();
  await lock(second);
  await expect(title(second, L.lockedTitle)).toBeVisible();
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await expect(title(second, L.lockedTitle)).toBeVisible();
  await expectNobodyOn(second, plainPerson);
});

test("a registration is masked until somebody asks, and that is in the next batch; the log is one chain over both", async ({ page, site }) => {
  await createEvent(page, site.url, event);
  await openForm(page, site.url);
  const number = await registerPerson(page, plainPerson);
  await nextPerson(page);
  await makeBatch(page, site.url);
  const first = await carried(await download(page));
  await page.goto(`${site.url}#/participants`);
  await page.getByRole("link", { name: number }).click();
  await expect(title(page, number)).toBeVisible();
  await expect(page.getByText("Data disamarkan")).toBeVisible();
  await expect(page.getByText(`tercatat atas nama ${OFFICER}`)).toBeVisible();
  await expectNobodyOn(page, plainPerson);
  await page.getByRole("button", { name: L.reveal }).click();
  for (const text of [plainPerson.typed.name, plainPerson.typed.business_name]) await expect(page.getByRole("definition").filter({ hasText: String(text) }).first()).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "357401 460769 9140" })).toBeVisible();

  // Who comes back is asked again.
  await page.goto(`${site.url}#/participants`);
  await page.getByRole("link", { name: number }).click();
  await expect(page.getByRole("button", { name: L.reveal })).toBeVisible();
  await expectNobodyOn(page, plainPerson);

  await openForm(page, site.url);
  await registerPerson(page, otherPerson);
  await makeBatch(page, site.url);
  const { batches, faults } = readChain([first, await carried(await download(page, 2))]);
  expect(faults).toEqual([]);
  const [before, after] = batches.map(({ audit }) => audit as Json[]);
  expect(before.map(({ action }) => action)).toEqual(expect.arrayContaining(["set_up", "officer_chosen"]));
  expect(before[0]).toMatchObject({ sequence: 1, action: "set_up", detail: expect.stringMatching(/^argon2id (65536 KiB, 3|19456 KiB, 2) passes$/) });
  expect(before.some(({ action }) => action === "revealed")).toBe(false);
  expect(after.filter(({ action }) => action === "revealed")).toEqual([expect.objectContaining({ officer: OFFICER, subject: batches[0].records[0].id })]);
  expect(after.filter(({ action }) => action === "batch_carried")).toEqual([expect.objectContaining({ subject: batches[0].manifest.id })]);
  const [{ previous }] = after;
  expect(previous).toMatch(/^sha256:[0-9a-f]{64}$/);
  // Nobody is named in it but the officer.
  expect(secretsOf(plainPerson).filter((secret) => JSON.stringify([before, after]).includes(secret))).toEqual([]);

  // And the checks would have noticed.
  const log = [...before, ...after];
  expect(auditFaults(log)).toEqual([]);
  expect(auditFaults(log.toSpliced(2, 1))).not.toEqual([]);
  expect(auditFaults(log.map((entry) => (entry.action === "revealed" ? { ...entry, officer: "Orang Lain" } : entry)))).not.toEqual([]);
  const [document] = batches;
  expect(signatureFaults(document)).toEqual([]);
  expect(signatureFaults({ ...document, records: [] })).toEqual(["the signature does not fit"]);
  expect(signatureFaults({ ...document, audit: document.audit.slice(1) })).toEqual(["the signature does not fit"]);
  expect(signatureFaults({ ...batches[1], signature: document.signature })).toEqual(["the signature does not fit"]);
});

/** Flips a bit in the middle of the first row of a store, by its plain order. */
const flipBit = (page: Page, store: string, index: string) => page.evaluate(([store, index]) => new Promise<void>((done, failed) => {
  const opening = indexedDB.open("pendapa");
  opening.onsuccess = () => {
    const transaction = opening.result.transaction(store, "readwrite");
    const cursor = transaction.objectStore(store).index(index).openCursor();
    cursor.onsuccess = () => {
      const row = cursor.result!.value;
      const body = new Uint8Array(row.body);
      body[body.length >> 1] ^= 1;
      cursor.result!.update({ ...row, body });
    };
    transaction.oncomplete = () => (opening.result.close(), done());
    transaction.onabort = () => failed(transaction.error);
  };
}), [store, index]);

test("a row whose seal is broken is read from its twin; where both are broken it is told, and costs nobody else", async ({ page, site }) => {
  await createEvent(page, site.url, event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await nextPerson(page);
  await registerPerson(page, otherPerson);
  const damaged = page.getByText("1 catatan tidak dapat dibaca. Yang lain aman.");
  await flipBit(page, "registrations", "by_event");
  expect(await registeredNumbers(page)).toEqual(["KDP1-A-001-G", "KDP1-A-002-E"]);
  await expect(damaged).toHaveCount(0);
  await flipBit(page, "revisions", "by_sequence");
  await reload(page);
  await expect(damaged).toBeVisible();
  const people = page.getByRole("region", { name: L.participants }).getByRole("link");
  await expect(people).toHaveCount(1);
  await expect(people).toContainText("KDP1-A-002-E");
});

test("the sample event opens in one tap, and after a new start with the passphrase that its lock says", async ({ page, site }) => {
  await open(page, site.url);
  await page.getByRole("button", { name: L.sampleOpen }).click();
  await page.getByRole("link", { name: L.registerPerson }).click();
  await expect(control(page, "nik")).toBeFocused();
  await registerPerson(page, plainPerson);
  await page.reload();
  await expect(title(page, L.lockedTitle)).toBeVisible();
  await expect(page.getByText("contoh contoh contoh")).toBeVisible();
  expect(await registeredNumbers(page)).toHaveLength(1);
});

test("an event of the version before is sealed once it is known which tab writes it, and not before", async ({ page, site }) => {
  await page.goto(`${site.url}rescue.html`);
  await seed(page, 3);
  // A slow tablet: the right to write comes late.
  await page.addInitScript(() => {
    const real = LockManager.prototype.request;
    const late = new Promise<void>((resolve) => Object.assign(globalThis, { giveLocks: resolve }));
    LockManager.prototype.request = async function (this: LockManager, ...asked: unknown[]) {
      await late;
      return Reflect.apply(real, this, asked);
    } as typeof real;
  });
  await page.goto(site.url);
  await expect(page.getByRole("main").getByText(L.loading)).toBeVisible();
  await expect(title(page, L.protectOldTitle)).toHaveCount(0);
  await page.evaluate(() => (globalThis as unknown as { giveLocks: () => void }).giveLocks());
  await expect(title(page, L.protectOldTitle)).toBeVisible();
  await protect(page, OFFICER, L.protectOld);
  await expect(title(page, event.name as string)).toBeVisible();
  expect(await registeredNumbers(page)).toHaveLength(3);
});
