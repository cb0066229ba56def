// What goes wrong in a hall: each fault has its sentence in both languages, and loses nothing.
import type { BrowserContext, Page } from "@playwright/test";
import { carried, readChain, type Json } from "./batch";
import { beforeSave, BROKEN_TWICE, CLOCK, closeEveryConnection, ENGLISH, FULL, hall, makeTooNew, OTHER_TAB, panic, REFUSALS, REFUSED, RESERVE_USED, STOPPED, TABLET_BYTES, TOO_NEW, withoutLocks, WRONG_DATES, WRONG_NIKS, WROTE_FIRST } from "./causes";
import { type Guard, type Site, expect, fixture, kill, secretsOf, test } from "./fixtures";
import { L, NUMBER, OFFICER, control, createEvent, fillForm, download, lock, makeBatch, nextPerson, open, openForm, put, registerPerson, reload, save, saveButton, unlock } from "./pages.mjs";
import { goToStep } from "./screens";
import { draftKept, emptyTablet, fillTablet, limitStorage, otherPerson, plainPerson, registeredNumbers, rowsOf, speak, takeReserve, type } from "./steps";

/* ---- The lines, in Indonesian ---- */

test.beforeEach(({ personal }) => personal(...secretsOf(plainPerson), ...secretsOf(otherPerson)));

test("a wrong NIK of each kind says what is wrong with it", async ({ page, site }) => {
  await hall(page, site);
  for (const [what, typed, sentence] of WRONG_NIKS) {
    await test.step(what, async () => {
      const field = await type(page, "nik", typed);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(field).toHaveAccessibleDescription(ending(sentence.id));
    });
  }
  const field = await type(page, "nik", plainPerson.typed.nik as string);
  await expect(field).not.toHaveAttribute("aria-invalid");
});

test("a future or impossible date says what is wrong with it", async ({ page, site }) => {
  await hall(page, site);
  for (const [what, typed, sentence] of WRONG_DATES) {
    await test.step(what, async () => {
      const field = await type(page, "birth_date", typed);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(field).toHaveAccessibleDescription(ending(sentence.id));
    });
  }
  const field = await type(page, "birth_date", plainPerson.typed.birth_date as string);
  await expect(field).not.toHaveAttribute("aria-invalid");
});

test("fields left out are all listed when saving, and each line leads to its field with the same sentence", async ({ page, site }) => {
  await hall(page, site);
  // Something that may be left out and is wrong, in the part of the form that is folded up.
  await goToStep(page, 1);
  await page.getByText(L.moreFields, { exact: true }).click();
  await type(page, "email", "bukan alamat");
  await goToStep(page, 4);
  // Nobody agreed to anything, and the name of who reads aloud, the officer's unless it is another's, was taken away.
  await expect(control(page, "read_aloud_by")).toHaveValue(OFFICER);
  await type(page, "read_aloud_by", "");
  await saveButton(page).click();

  const summary = page.getByRole("region", { name: /^\d+ hal perlu dibetulkan$/ });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("heading")).toBeInViewport({ ratio: 1 });
  const lines = await summary.getByRole("button").allInnerTexts();
  expect(lines.length).toBe(Number((await summary.getByRole("heading").innerText()).match(/\d+/)![0]));
  // First what the step that is shown asks: whoever comes to it again finds the officer's name there.
  const left = ["read_aloud_by", "nik", "name", "birth_place", "birth_date", "sex", "mother_name", "street", "rt", "rw", "kelurahan", "phone", "email",
    "business_name", "sector", "workers", "occupation", "income", "consent_register_bpjs", "ink"];
  expect(lines.map((line) => line.slice(0, line.indexOf(":"))).sort()).toEqual(left.map((field) => (L.fields as Record<string, string>)[field]).sort());

  for (const field of left) {
    await test.step(`to ${field}`, async () => {
      const label = (L.fields as Record<string, string>)[field];
      const line = lines.find((text) => text.startsWith(`${label}: `))!;
      await summary.getByRole("button", { name: line, exact: true }).click();
      const target = control(page, field);
      await expect(target).toBeFocused();
      await expect(target).toBeInViewport();
      await expect(target).toHaveAccessibleDescription(ending(line.slice(label.length + 2)));
    });
  }
  expect(await rowsOf(page, "registrations")).toEqual([]);
});

test("a double tap on save registers once", async ({ page, site }) => {
  await hall(page, site);
  await beforeSave(page, site);
  // Both taps come before the app can draw anything.
  await saveButton(page).evaluate((button: HTMLButtonElement) => { button.click(); button.click(); });
  await expect(page.getByRole("status").filter({ hasText: L.savedProven })).toContainText(NUMBER);
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);
  expect(await rowsOf(page, "revisions")).toHaveLength(1);
  expect(await rowsOf(page, "drafts")).toEqual([]);
});

test("two quick taps on save of a real finger register once and skip nothing", async ({ page, site }) => {
  await hall(page, site);
  await beforeSave(page, site);
  await saveButton(page).dblclick();
  await expect(page.getByRole("status").filter({ hasText: L.savedProven })).toContainText(NUMBER);
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);
});

test("on a full tablet the reserve makes room: it is saved, and a banner tells", async ({ page, site }) => {
  await limitStorage(page, site.url, TABLET_BYTES);
  await hall(page, site);
  await beforeSave(page, site);
  await fillTablet(page);
  await save(page);
  await expect(page.getByText(RESERVE_USED.id)).toBeVisible();
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);

  // A batch has room as well, and once there is space again the reserve comes back.
  await makeBatch(page, site.url);
  await emptyTablet(page);
  await open(page, site.url, "/settings");
  await page.getByRole("button", { name: "Periksa lagi" }).click();
  await expect(page.getByText(RESERVE_USED.id)).toBeHidden();
});

test("on a tablet without any room nothing is saved, the form stays filled, and saving works once there is room", async ({ page, site }) => {
  await limitStorage(page, site.url, TABLET_BYTES);
  await hall(page, site);
  await beforeSave(page, site);
  await takeReserve(page);
  await fillTablet(page);
  await saveButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: FULL.id })).toBeVisible();
  await expect(page.getByText(L.savedProven)).toBeHidden();
  expect(await rowsOf(page, "registrations")).toEqual([]);
  expect(await rowsOf(page, "revisions")).toEqual([]);
  await goToStep(page, 0);
  await expect(control(page, "name")).toHaveValue(plainPerson.typed.name as string);
  await goToStep(page, 4);

  await emptyTablet(page);
  await save(page);
  await expect(page.getByText(FULL.id)).toBeHidden();
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);
});

for (const [how, script] of REFUSALS) {
  test(`IndexedDB refused (${how}): nobody can be registered, and the page says why`, async ({ page, context, site }) => {
    await context.addInitScript(script);
    await page.goto(site.url);
    await expect(page.getByRole("alert")).toContainText(REFUSED.id);
    await expect(page.getByRole("navigation")).toBeHidden();
    await expect(page.getByRole("link", { name: L.registerPerson })).toBeHidden();
    await expect(page.getByRole("link", { name: "Halaman penyelamatan" })).toBeVisible();
  });
}

for (const [how, again] of [["locked", lock], ["loaded anew", (page: Page) => page.reload()]] as const) {
  test(`on a tablet without any room that was ${how}, the vault opens and the batch is carried out`, async ({ page, site }) => {
    await limitStorage(page, site.url, TABLET_BYTES);
    await hall(page, site);
    await registerPerson(page, plainPerson);
    await makeBatch(page, site.url);
    await open(page, site.url);
    await takeReserve(page);
    await fillTablet(page);
    await again(page);
    await unlock(page);
    await open(page, site.url, "/handover");
    await carried(await download(page));
    await expect(page.getByRole("alert").filter({ hasText: "terlalu penuh untuk mencatatnya" })).toBeVisible();
  });
}

test("a database newer than the app is refused, kept, and the rescue page is offered", async ({ page, site }) => {
  await makeTooNew(page, site);
  await page.goto(site.url);
  await expect(page.getByRole("alert")).toContainText(TOO_NEW.id);
  await expect(page.getByRole("button", { name: "Coba lagi" })).toBeVisible();
  await page.getByRole("link", { name: "Halaman penyelamatan" }).click();
  await expect(page.getByText("Ditemukan 1 baris.")).toBeVisible();
});

test("a second tab only looks, until it takes over; then the first one refuses and loses nothing", async ({ page, context, site }) => {
  await createEvent(page, site.url, fixture.event);
  await beforeSave(page, site);
  const second = await context.newPage();
  await open(second, site.url);
  await expect(second.getByText(OTHER_TAB.id)).toBeVisible();
  await expect(page.getByText(OTHER_TAB.id)).toBeHidden();

  await second.getByRole("button", { name: "Pakai di sini" }).click();
  await expect(second.getByText(OTHER_TAB.id)).toBeHidden();
  await expect(page.getByText(OTHER_TAB.id)).toBeVisible();
  await expect(saveButton(page)).toBeDisabled();
  expect(await rowsOf(page, "registrations")).toEqual([]);

  // What the second tab does is seen in the first, and the first takes over in turn, with its form still filled.
  // The draft of the first tab is offered to the second.
  await open(second, site.url, "/register");
  await second.getByRole("button", { name: "Mulai dari kosong" }).click();
  await registerPerson(second, otherPerson);
  await expect(page.getByText("1 belum diserahkan")).toBeVisible();
  await page.getByRole("button", { name: "Pakai di sini" }).click();
  await save(page);
  await expect(second.getByText(OTHER_TAB.id)).toBeVisible();
  expect(await registeredNumbers(page)).toEqual([numberOf("001"), numberOf("002")]);
});

test("without locks the tab that was overtaken notices it when saving, and nothing is overwritten", async ({ page, context, site }) => {
  await withoutLocks(context);
  await createEvent(page, site.url, fixture.event);
  await beforeSave(page, site);
  const second = await context.newPage();
  await open(second, site.url);
  await expect(second.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
  await saveButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: WROTE_FIRST.id })).toBeVisible();
  expect(await rowsOf(page, "registrations")).toEqual([]);

  await page.getByRole("button", { name: "Pakai di sini" }).click();
  await save(page);
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);
});

test("a tab killed in the middle of a save keeps the person, as a registration or as a draft, and never twice", async ({ persistentApp, site, personal }) => {
  personal(...secretsOf(plainPerson));
  const app = await persistentApp();
  let { page } = app;
  await createEvent(page, site.url, fixture.event);
  await beforeSave(page, site);
  await saveButton(page).click({ noWaitAfter: true });
  page = await kill(app);
  await open(page, site.url);
  if ((await rowsOf(page, "registrations")).length === 0) {
    await open(page, site.url, "/register");
    await expect(page.getByText("Draf dipulihkan")).toBeVisible();
    await goToStep(page, 4);
    await save(page);
  }
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);
  expect(await rowsOf(page, "drafts")).toEqual([]);
});

test("a tab killed in the middle of making a batch has it whole or not at all", async ({ persistentApp, site, personal }) => {
  personal(...secretsOf(plainPerson));
  const app = await persistentApp();
  let { page } = app;
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await open(page, site.url, "/handover");
  await page.getByRole("button", { name: L.makeBatch }).click({ noWaitAfter: true });
  page = await kill(app);
  await open(page, site.url);
  await open(page, site.url, "/handover");
  if ((await rowsOf(page, "batches")).length === 0) await makeBatch(page, site.url);
  expect(await rowsOf(page, "batches")).toHaveLength(1);
  const { batches, faults } = readChain([await carried(await download(page))]);
  expect(faults).toEqual([]);
  expect(batches[0].records).toHaveLength(1);
  await expect(page.getByRole("button", { name: /^Buat kiriman 2/ })).toBeDisabled();
});

test("a clock before the last record is told, confirmed and recorded, and the order stays", async ({ page, site }) => {
  await hall(page, site);
  await registerPerson(page, plainPerson);
  await page.clock.setFixedTime(Date.now() - 24 * 3600_000);
  await nextPerson(page);
  await fillForm(page, otherPerson);
  await expect(page.getByText(CLOCK.id)).toBeVisible();
  await saveButton(page).click();
  await expect(page.getByRole("region", { name: "1 hal perlu dibetulkan" })).toBeFocused();
  expect(await rowsOf(page, "registrations")).toHaveLength(1);

  await page.getByRole("button", { name: L.confirm }).click();
  await save(page);
  await makeBatch(page, site.url);
  const { batches, faults } = readChain([await carried(await download(page))]);
  expect(faults).toEqual([]);
  const bodies = batches[0].records;
  expect(bodies.map(({ sequence }: Json) => sequence)).toEqual([1, 2]);
  expect(Date.parse(bodies[1].recorded_at)).toBeLessThan(Date.parse(bodies[0].recorded_at));
  expect(bodies[1].checks.warnings).toContainEqual(expect.objectContaining({ code: "clock_before_last_record" }));
});

test("a panic stops the page in both languages, and after reloading everything is there", async ({ page, site, guard }) => {
  await hall(page, site);
  await registerPerson(page, plainPerson);
  await nextPerson(page);
  await put(page, "name", otherPerson.typed.name as string);
  await draftKept(page);
  await panic(page, site, guard);

  const stop = page.getByRole("alert");
  for (const [language, reload, rescue] of [["id", "Muat ulang", "Halaman penyelamatan: ambil datanya"], ["en", "Reload", "Rescue page: take the data out"]] as const) {
    await expect(stop.getByRole("heading", { name: STOPPED[language] })).toBeVisible();
    await expect(stop.getByRole("button", { name: reload })).toBeVisible();
    await expect(stop.getByRole("link", { name: rescue })).toHaveAttribute("href", "./rescue.html");
  }
  await expect(stop).toContainText("Yang sudah disimpan tetap aman.");
  await expect(stop).toContainText(/src\/browser\/random\.rs:\d+/);
  await expect(page.getByRole("navigation")).toBeHidden();

  await stop.getByRole("button", { name: "Muat ulang" }).click();
  await expect(page.getByRole("heading", { name: L.handOver })).toBeVisible();
  expect(await rowsOf(page, "batches")).toEqual([]);
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);
  await openForm(page, site.url);
  await expect(control(page, "name")).toHaveValue(otherPerson.typed.name as string);
});

test("a form that is left in the middle of a word, or of a save, stops nothing", async ({ page, site }) => {
  await page.clock.install({ time: new Date("2026-11-24T08:00:00+07:00") });
  await hall(page, site);
  // The field is taken away while it has the focus, and its timer comes when the form is gone.
  await control(page, "name").pressSequentially(plainPerson.typed.name as string);
  await page.evaluate(() => { location.hash = "#/handover"; });
  await expect(page.getByRole("heading", { name: L.handOver })).toBeVisible();
  await page.clock.runFor(5_000);
  await openForm(page, site.url);
  await expect(control(page, "name")).toHaveValue(plainPerson.typed.name as string);

  await fillForm(page, plainPerson);
  await page.evaluate(() => {
    const save = [...document.querySelectorAll("button[type=submit]")].at(-1) as HTMLButtonElement;
    save.click();
    location.hash = "#/participants";
  });
  await expect(page.getByText(NUMBER).first()).toBeVisible();
  await page.clock.runFor(5_000);
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);
});

test("a connection to the database that was lost is opened again, and the save goes through", async ({ page, context, site }) => {
  await context.addInitScript(() => {
    const connections: IDBDatabase[] = [];
    Object.assign(window, { closeConnections: () => connections.splice(0).forEach((connection) => connection.close()) });
    const real = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...asked) {
      const request = real.apply(this, asked);
      request.addEventListener("success", () => connections.push(request.result));
      return request;
    };
  });
  await createEvent(page, site.url, fixture.event);
  await beforeSave(page, site);
  await page.evaluate(() => (window as unknown as { closeConnections(): void }).closeConnections());
  await save(page);
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);
});

test("a connection that is lost again and again is told; nothing is saved and nothing typed is lost", async ({ page, site }) => {
  await hall(page, site);
  await beforeSave(page, site);
  await page.evaluate(closeEveryConnection);
  await saveButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: BROKEN_TWICE.id })).toBeVisible();
  await reload(page);
  await control(page, "read_aloud_by").waitFor();
  expect(await rowsOf(page, "registrations")).toEqual([]);
  await save(page);
  expect(await registeredNumbers(page)).toEqual([numberOf("001")]);
});

/* ---- The same sentences in English ---- */

interface Ground { page: Page; context: BrowserContext; site: Site; guard: Guard }
/** Each brings its fault about with English screens, and expects the English sentence. */
const IN_ENGLISH: [fault: string, (ground: Ground) => Promise<void>][] = [
  ["a wrong NIK, a future or impossible date", async ({ page, site }) => {
    await createEvent(page, site.url, fixture.event);
    await speak(page, site.url, "en");
    await open(page, site.url, "/register");
    for (const [field, cases] of [["nik", WRONG_NIKS], ["birth_date", WRONG_DATES]] as const) {
      for (const [, typed, sentence] of cases) {
        await expect(await type(page, field, typed, ENGLISH[field])).toHaveAccessibleDescription(ending(sentence.en));
      }
    }
  }],
  ["a field left out", async ({ page, site }) => {
    await createEvent(page, site.url, fixture.event);
    await speak(page, site.url, "en");
    await open(page, site.url, "/register");
    await page.getByRole("link", { name: "Consent" }).click();
    await page.getByRole("button", { name: ENGLISH.save }).click();
    const summary = page.getByRole("region", { name: /^\d+ things need attention$/ });
    await expect(summary).toContainText("Nothing was saved yet. Tap to put it right.");
    await expect(summary.getByRole("button", { name: "Full name: Not filled in." })).toBeVisible();
    await expect(summary.getByRole("button", { name: "Mobile number: Not filled in. Type the number, or choose why there is none." })).toBeVisible();
    await expect(summary.getByRole("button", { name: "Sector: Not chosen yet. Choose one." })).toBeVisible();
  }],
  ["a full tablet", async ({ page, site }) => {
    await limitStorage(page, site.url, TABLET_BYTES);
    await englishBeforeSave(page, site);
    await takeReserve(page);
    await fillTablet(page);
    await page.getByRole("button", { name: ENGLISH.save }).click();
    await expect(page.getByRole("alert").filter({ hasText: FULL.en })).toBeVisible();
  }],
  ["a full tablet with a reserve", async ({ page, site }) => {
    await limitStorage(page, site.url, TABLET_BYTES);
    await englishBeforeSave(page, site);
    await fillTablet(page);
    await page.getByRole("button", { name: ENGLISH.save }).click();
    await expect(page.getByText(RESERVE_USED.en)).toBeVisible();
  }],
  ["IndexedDB refused", async ({ page, context, site }) => {
    await open(page, site.url);
    await speak(page, site.url, "en");
    await context.addInitScript(REFUSALS[0][1]);
    await page.reload();
    await expect(page.getByRole("alert")).toContainText(REFUSED.en);
  }],
  ["a database newer than the app", async ({ page, site }) => {
    await page.goto(`${site.url}rescue.html`);
    await page.evaluate(() => localStorage.setItem("pendapa.language", JSON.stringify("en")));
    await makeTooNew(page, site);
    await page.goto(site.url);
    await expect(page.getByRole("alert")).toContainText(TOO_NEW.en);
  }],
  ["a second tab", async ({ page, context, site }) => {
    await createEvent(page, site.url, fixture.event);
    await speak(page, site.url, "en");
    const second = await context.newPage();
    await open(second, site.url);
    await expect(second.getByText(OTHER_TAB.en)).toBeVisible();
    await second.getByRole("button", { name: "Use here" }).click();
    await expect(page.getByText(OTHER_TAB.en)).toBeVisible();
  }],
  ["a tab that was overtaken", async ({ page, context, site }) => {
    await withoutLocks(context);
    await englishBeforeSave(page, site);
    const second = await context.newPage();
    await open(second, site.url);
    await expect(second.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
    await page.getByRole("button", { name: ENGLISH.save }).click();
    await expect(page.getByRole("alert").filter({ hasText: WROTE_FIRST.en })).toBeVisible();
  }],
  ["a clock before the last record", async ({ page, site }) => {
    await hall(page, site);
    await registerPerson(page, plainPerson);
    await page.clock.setFixedTime(Date.now() - 24 * 3600_000);
    await speak(page, site.url, "en");
    await open(page, site.url, "/register");
    await type(page, "nik", otherPerson.typed.nik as string, ENGLISH.nik);
    await page.getByRole("link", { name: "Consent" }).click();
    await expect(page.getByText(CLOCK.en)).toBeVisible();
  }],
  ["a connection that is lost again and again", async ({ page, site }) => {
    await englishBeforeSave(page, site);
    await page.evaluate(closeEveryConnection);
    await page.getByRole("button", { name: ENGLISH.save }).click();
    await expect(page.getByRole("alert").filter({ hasText: BROKEN_TWICE.en })).toBeVisible();
  }],
];

for (const [fault, happens] of IN_ENGLISH) {
  test(`in English: ${fault}`, ({ page, context, site, guard }) => happens({ page, context, site, guard }));
}

/** A filled form before the save button, on English screens. */
async function englishBeforeSave(page: Page, site: Site) {
  await createEvent(page, site.url, fixture.event);
  await beforeSave(page, site);
  await speak(page, site.url, "en");
  await open(page, site.url, "/register");
  await page.getByRole("button", { name: ENGLISH.save }).waitFor();
}


/** A description that ends with the sentence; hints come before errors. */
function ending(sentence: RegExp | string) {
  return sentence instanceof RegExp ? sentence : new RegExp(`(^|\\s)${sentence.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}

/** The registration number of the tablet with this counter. */
function numberOf(counter: string) {
  return expect.stringMatching(new RegExp(`^${fixture.event.code}-${fixture.event.letter}-${counter}-[A-Z0-9]$`)) as unknown as string;
}
