// A hall full of people and no network: everybody of the fixture is registered through the screen, the browser process is
// killed again and again inside a save or the making of a batch, the screen is locked in the middle of a form, with and
// without a PIN, and at the end a stranger's reader finds everybody once.
import type { Page } from "@playwright/test";
import { SIGNED, carried, readChain, type Carried, type Json } from "./batch";
import { expect, fixture, secretsOf, test, type InstalledApp, type MadeUpPerson } from "./fixtures";
import { Moments } from "./moments";
import * as pages from "./pages.mjs";

/** After how many people a batch is made. */
const BATCH_EVERY = 14;
/** Every how many people the save is interrupted. */
const KILL_EVERY = 5;
const KILLS_AT_LEAST = 20;
/** Every how many people the screen is locked while a form is filled in; every second time there is a PIN. */
const LOCK_EVERY = 7;
const LOCKS_AT_LEAST = 14;
const PIN = "4826";

// A trace of every keystroke of a hundred people takes longer than the typing.
test.use({ trace: "off", screenshot: "off" });

/** Kills at every step of a deed in turn, from the tap to its answer. */
class Schedule {
  private next = 0;
  constructor(private readonly steps: number, private readonly kills: number) {}

  step() {
    const step = Math.floor((this.next * this.steps) / this.kills);
    this.next += 1;
    return step;
  }
}

/** The tablet in the hall: a browser that may be killed, and what its screen has acknowledged. */
class Tablet {
  page!: Page;
  moments!: Moments;
  /** Numbers that the screen showed as proven. */
  acknowledged: string[] = [];
  batches = 0;
  kills = 0;
  locks = { passphrase: 0, pin: 0 };
  /** The steps at which a deed was interrupted, by how it was found: done, or still to do. */
  found = { done: [] as number[], undone: [] as number[] };

  constructor(private readonly app: InstalledApp, private readonly url: string) {}

  async begin() {
    this.page = this.app.page;
    this.page.setDefaultTimeout(15_000);
    this.moments = await Moments.of(this.app.context);
    await this.page.goto(this.url);
    // A new start knows no key and no PIN.
    if (this.kills > 0) await expect(this.page.getByRole("heading", { name: pages.L.lockedTitle })).toBeVisible();
    await pages.unlock(this.page);
  }

  /** Kills the browser when a deed reaches a step, starts it again, and notes whether the deed was done. */
  async killIn(deed: () => Promise<unknown>, step: number, isDone: () => Promise<boolean>) {
    await this.moments.at(step, this.page, deed);
    await this.app.kill();
    this.kills += 1;
    await this.app.start();
    await this.begin();
    await this.isWhole();
    const done = await isDone();
    this.found[done ? "done" : "undone"].push(step);
    return done;
  }

  /** Whatever was acknowledged is there, and the app misses nothing. */
  private async isWhole() {
    await expect(this.page.getByText("Ada data yang hilang")).toHaveCount(0);
    const last = this.acknowledged.at(-1);
    if (last) await expect(this.page.getByRole("link", { name: last })).toBeVisible();
    expect(await this.count()).toBeGreaterThanOrEqual(this.acknowledged.length);
    expect(await this.count()).toBeLessThanOrEqual(this.acknowledged.length + 1);
  }

  private async count() {
    return Number(await this.page.getByRole("meter").getAttribute("value"));
  }

  /** Fills in the form; locked on the way, it goes on where it was. */
  private async fill(person: MadeUpPerson, isLocked: boolean) {
    if (!isLocked) return pages.fillForm(this.page, person);
    const hasPin = this.locks.passphrase > this.locks.pin;
    if (hasPin) {
      await this.page.getByRole("button", { name: pages.L.changeOfficer, exact: true }).click();
      await pages.takeOver(this.page, pages.OFFICER, PIN);
    }
    const next = () => this.page.getByRole("button", { name: pages.L.goOn, exact: true }).click();
    await pages.fillStep(this.page, person, 0);
    await pages.settle(this.page, person, 0);
    await next();
    await pages.fillStep(this.page, person, 1);
    await pages.lock(this.page);
    this.locks[hasPin ? "pin" : "passphrase"] += 1;
    await expect(this.page.getByText(String(person.typed.name))).toHaveCount(0);
    await expect(this.page.getByRole("heading", { name: hasPin ? pages.L.coveredTitle : pages.L.lockedTitle })).toBeVisible();
    if (hasPin) await pages.typePin(this.page, PIN);
    else await pages.unlock(this.page);
    await this.page.getByRole("heading", { name: pages.L.steps[1], exact: true }).waitFor();
    await pages.settle(this.page, person, 1);
    await next();
    await pages.fillForm(this.page, person, 2);
  }

  /** Registers a person; with a step, the browser is killed at that step of the save. */
  async register(person: MadeUpPerson, isLocked: boolean, step?: number) {
    const { number } = person.expected;
    await this.fill(person, isLocked);
    if (step === undefined) {
      this.acknowledge(number, await pages.save(this.page));
      return pages.nextPerson(this.page);
    }
    const saved = await this.killIn(() => pages.saveButton(this.page).click(), step, async () => (await this.count()) > this.acknowledged.length);
    if (saved) {
      await expect(this.page.getByRole("link", { name: number })).toBeVisible();
      this.acknowledge(number, number);
      await pages.openForm(this.page, this.url);
      return;
    }
    await pages.openDraft(this.page, this.url);
    await pages.fillForm(this.page, person, await pages.shownStep(this.page));
    this.acknowledge(number, await pages.save(this.page));
    await pages.nextPerson(this.page);
  }

  private acknowledge(expected: string, shown: string) {
    expect(shown).toBe(expected);
    this.acknowledged.push(shown);
  }

  /** Makes a batch of what is in none, and goes back to the form. */
  async makeBatch(step?: number) {
    await pages.open(this.page, this.url, "/handover");
    this.batches += 1;
    // Looked up anew each time: after a kill there is another page.
    const make = () => this.page.getByRole("button", { name: pages.L.makeBatch }).click();
    const card = () => pages.batchCard(this.page, this.batches);
    const made = step !== undefined && await this.killIn(make, step, async () => {
      await pages.open(this.page, this.url, "/handover");
      return card().isVisible();
    });
    if (!made) await make();
    await card().waitFor();
    await expect(this.page.getByRole("article")).toHaveCount(this.batches);
    await pages.openForm(this.page, this.url);
  }

  async export(): Promise<Carried[]> {
    await pages.open(this.page, this.url, "/handover");
    const files: Carried[] = [];
    for (let batch = 1; batch <= this.batches; batch += 1) files.push(await carried(await pages.download(this.page, batch)));
    return files;
  }
}

test("a hundred people are registered offline, the browser is killed again and again, and everybody is in the batches", async ({ persistentApp, site, personal }) => {
  test.setTimeout(12 * 60_000);
  const { people } = fixture;
  for (const person of people) personal(...secretsOf(person));
  const app = await persistentApp();
  const tablet = new Tablet(app, site.url);
  await tablet.begin();
  await pages.waitUntilOfflineReady(tablet.page);
  await pages.createEvent(tablet.page, site.url, fixture.event);
  await site.stop();
  await pages.openForm(tablet.page, site.url);

  // The first person and the first batch show how many steps there are at which a browser can die.
  await pages.fillForm(tablet.page, people[0]);
  const saving = await tablet.moments.countIn(tablet.page, async () => tablet.acknowledged.push(await pages.save(tablet.page)));
  await pages.open(tablet.page, site.url, "/handover");
  tablet.batches = 1;
  const making = await tablet.moments.countIn(tablet.page, async () => {
    await tablet.page.getByRole("button", { name: pages.L.makeBatch }).click();
    await pages.batchCard(tablet.page, 1).waitFor();
  });
  await pages.openForm(tablet.page, site.url);
  const saves = new Schedule(saving, Math.floor((people.length - 1) / KILL_EVERY));
  const batches = new Schedule(making, Math.floor((people.length - 1) / BATCH_EVERY));
  for (const [index, person] of people.entries()) {
    if (index === 0) continue;
    await tablet.register(person, index % LOCK_EVERY === 3, index % KILL_EVERY === 0 ? saves.step() : undefined);
    if (index % BATCH_EVERY === 0) await tablet.makeBatch(batches.step());
  }
  await tablet.makeBatch();
  const strip = tablet.page.getByRole("banner", { name: pages.L.strip });
  await expect(strip.getByText(`${people.length} belum diserahkan`)).toBeVisible();
  const files = await tablet.export();
  test.info().annotations.push({ type: "kills", description: JSON.stringify({ saving, making, ...tablet.found }) });

  expect(tablet.kills).toBeGreaterThanOrEqual(KILLS_AT_LEAST);
  expect(tablet.locks.passphrase + tablet.locks.pin).toBeGreaterThanOrEqual(LOCKS_AT_LEAST);
  expect(tablet.locks.pin).toBe(tablet.locks.passphrase);
  // Kills before and after the moment that decides.
  expect(tablet.found.undone.length).toBeGreaterThan(0);
  expect(tablet.found.done.length).toBeGreaterThan(0);
  const { batches: documents, faults } = readChain(files);
  expect(faults).toEqual([]);
  const deeds = documents.flatMap(({ audit }) => (audit as Json[]).map(({ action }) => action));
  const count = (action: string) => deeds.filter((deed) => deed === action).length;
  // What came after the last batch was made is in the next one.
  expect(count("unlocked")).toBe(tablet.kills + tablet.locks.passphrase);
  expect(count("pin_used")).toBe(tablet.locks.pin);
  expect(count("locked")).toBe(tablet.locks.passphrase + tablet.locks.pin);
  expectEverybody(documents, people);
  expect(tablet.acknowledged).toEqual(people.map(({ expected }) => expected.number));
  expect(documents.at(-1)!.manifest.counts).toMatchObject({ issued: people.length, saved: people.length, voided: 0 });
  expect(site.isUp).toBe(false);
});

/** Everybody of the fixture is there once, in order, with every field as it was typed. */
function expectEverybody(documents: Json[], people: MadeUpPerson[]) {
  const records = documents.flatMap(({ records }) => records as Json[]);
  expect(records.map(({ sequence }) => sequence)).toEqual(people.map((_, index) => index + 1));
  expect(new Set(records.map(({ id }) => id)).size).toBe(people.length);
  const { event, device } = documents[0].manifest;
  for (const [index, record] of records.entries()) {
    // Times are the tablet's own, and so is the id; everything else is known beforehand.
    const { id, recorded_at, consent, ...rest } = record;
    const { at, mark, ...agreed } = consent;
    expect(mark).toEqual(SIGNED);
    expect({ ...rest, consent: agreed }).toEqual({
      ...people[index].expected,
      version: 1,
      event_id: event.id,
      device_id: device.id,
      revision: 1,
      sequence: index + 1,
      status: "active",
    });
    expect(Date.parse(at)).toBeLessThanOrEqual(Date.parse(recorded_at));
  }
}
