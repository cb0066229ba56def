// What officers do on a day, each as one journey on the release build.
import type { Locator, Page } from "@playwright/test";
import { canonical, carried, faultsOf, readChain, readCsv, type Json } from "./batch";
import { expect, fixture, secretsOf, test as base, type MadeUpPerson } from "./fixtures";
import * as pages from "./pages.mjs";
import { sha256 } from "./site";

const { L } = pages;
const [someone, other, third] = fixture.people;
const withWarning = fixture.people.find(({ expected }) => expected.checks.warnings.some(({ code }: Json) => code === "nik_birth_date_differs"))!;
const twin = fixture.people.find(({ decisions }) => decisions.length > 0)!;
const before = fixture.people.find(({ typed }) => typed.nik === twin.typed.nik && twin.typed.name !== typed.name)!;

const test = base.extend<{ hall: Page }>({
  /** A tablet with an event, on the form of the first person. */
  hall: async ({ page, site, personal }, use) => {
    for (const person of [someone, other, third, withWarning, twin, before]) personal(...secretsOf(person));
    page.setDefaultTimeout(10_000);
    await pages.createEvent(page, site.url, fixture.event);
    await pages.openForm(page, site.url);
    await use(page);
  },
});

const strip = (page: Page) => page.getByRole("banner", { name: L.strip });
const field = (page: Page, code: string) => pages.control(page, code);
const goOn = (page: Page) => page.getByRole("button", { name: L.goOn, exact: true }).click();
const kept = (page: Page) => page.getByRole("contentinfo").getByText(/^Draf tersimpan/);
const faultList = (page: Page) => page.getByRole("region", { name: /perlu dibetulkan/ });
const digits = (text: string) => text.replaceAll(/\D/g, "");

/** Waits until the draft of what was typed last is kept. */
async function untilKept(page: Page) {
  await expect(strip(page).getByText("Menyimpan draf…").filter({ visible: true })).toHaveCount(0);
  await expect(kept(page)).toBeVisible();
}

/** Presses Tab until a control has the focus. */
async function tabTo(page: Page, target: Locator) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement || (element.tagName === "FIELDSET" && element.contains(document.activeElement)))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the focus does not come to this control");
}

/** Types, chooses or ticks with the keyboard alone. */
async function key(page: Page, code: string, value: string | boolean, label?: string) {
  const target = pages.control(page, code, label);
  await tabTo(page, target);
  if (typeof value === "boolean") {
    if (value !== (await target.isChecked())) await page.keyboard.press("Space");
  } else if ((await target.getAttribute("tabindex")) === "-1") {
    const choice = target.getByRole("radio", { name: (L as Json)[code][value], exact: true });
    await page.keyboard.press("Space");
    for (let presses = 0; presses < 5 && !(await choice.isChecked()); presses += 1) await page.keyboard.press("ArrowDown");
    await expect(choice).toBeChecked();
  } else if ((await target.evaluate((element) => element.tagName)) === "SELECT") {
    const name = await target.evaluate((select, wanted) => [...(select as HTMLSelectElement).options].find(({ value }) => value === wanted)!.text, value);
    await page.keyboard.type(name);
    await expect(target).toHaveValue(value);
  } else {
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(code.endsWith("kelurahan") ? pages.KELURAHAN[value] : value);
  }
}

test("from the first start to the second person by keyboard alone", async ({ page, site, personal }) => {
  personal(...secretsOf(other));
  await pages.open(page, site.url);
  await tabTo(page, page.getByRole("link", { name: L.newEvent }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: L.newEvent }).waitFor();
  for (const code of ["name", "venue", "date", "letter", "code"] as const) await key(page, code, fixture.event[code] as string, L.event[code]);
  await page.keyboard.press("Enter");
  // Its passphrase, that it was written down, and who works here.
  await expect(page.getByRole("heading", { level: 1, name: L.protectTitle })).toBeVisible();
  await tabTo(page, page.getByRole("checkbox", { name: L.writtenDown }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("textbox", { name: L.officerName, exact: true }));
  await page.keyboard.type(pages.OFFICER);
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: L.registerPerson }));
  await page.keyboard.press("Enter");

  await expect(field(page, "nik")).toBeFocused();
  const folded = ["family_card_number", "email", "business_kelurahan", "nib", "since", "kbli", "kbli_edition"];
  for (const [step, codes] of pages.STEPS.entries()) {
    await expect(page.getByRole("heading", { level: 2, name: L.steps[step], exact: true })).toBeVisible();
    for (const code of codes) {
      const value = other.typed[code];
      if (value !== undefined && value !== false && !folded.includes(code)) await key(page, code, value);
    }
    if (step < pages.STEPS.length - 1) await page.keyboard.press("Enter");
  }
  // Nobody draws with a keyboard: somebody who saw it stands for it.
  await key(page, "mark", "mark");
  await key(page, "witness", "Sulastri");
  await tabTo(page, pages.saveButton(page));
  await page.keyboard.press("Enter");
  expect(await pages.shownNumber(page)).toBe("KDP1-A-001-G");
  await expect(page.getByRole("button", { name: L.nextPerson })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field(page, "nik")).toBeFocused();
  await expect(field(page, "nik")).toHaveValue("");
  await expect(page.getByText("KDP1-A-002-E")).toBeVisible();
});

test("who is in a field when the step is drawn stays there, and types nothing into the first one", async ({ hall: page }) => {
  await pages.fillStep(page, someone, 0);
  await pages.settle(page, someone, 0);
  const focused = await page.evaluate(async ([goOn, field]) => {
    const drawn = new Promise<HTMLElement>((resolve) => new MutationObserver((_, observer) => {
      const element = document.getElementById(field);
      if (element === null) return;
      observer.disconnect();
      resolve(element);
    }).observe(document.body, { childList: true, subtree: true }));
    [...document.querySelectorAll("button")].find((button) => button.textContent!.trim() === goOn)!.click();
    (await drawn).focus();
    // What the drawing left for later has run after these.
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve));
    return document.activeElement!.id;
  }, [L.goOn, "rt"]);
  expect(focused).toBe("rt");
});

test("what the NIK says appears only after birth date and sex were typed", async ({ hall: page }) => {
  const says = page.getByRole("complementary");
  const { nik, birth_date, sex } = someone.typed;
  await pages.put(page, "nik", nik);
  await expect(says.getByText("Belum terdaftar")).toBeVisible();
  await expect(field(page, "birth_date")).toHaveValue("");
  await expect(says.getByRole("term")).toHaveCount(0);
  await pages.put(page, "birth_date", birth_date);
  await expect(says.getByRole("term")).toHaveCount(0);
  for (const choice of await field(page, "sex").getByRole("radio").all()) await expect(choice).not.toBeChecked();
  await pages.put(page, "sex", sex);
  await expect(says.getByRole("definition").filter({ hasText: "18 Oktober 1998" })).toBeVisible();
  await expect(says.getByRole("definition").filter({ hasText: "Kademangan, Kota Probolinggo" })).toBeVisible();
  await expect(says.getByRole("definition").filter({ hasText: "28 tahun" })).toBeVisible();
});

test("what is unusual is confirmed inside its sentence, and recorded", async ({ hall: page, site }) => {
  await pages.fillStep(page, withWarning, 0);
  const warning = page.getByRole("status").filter({ hasText: "NIK memuat tanggal 06-07-2002" });
  await warning.getByRole("button", { name: "benarkan sesuai KTP" }).click();
  await expect(warning).toContainText("Dibenarkan petugas");
  // Another date on the card, the same in the NIK: the officer has to look again.
  await pages.put(page, "birth_date", "04-07-2002");
  await expect(warning.getByRole("button", { name: "benarkan sesuai KTP" })).toBeVisible();
  await pages.put(page, "birth_date", withWarning.typed.birth_date);
  await goOn(page);
  await pages.fillForm(page, { ...withWarning, expected: { checks: { warnings: [] } } }, 1);
  await pages.saveButton(page).click();
  await faultList(page).getByRole("button", { name: /NIK memuat tanggal 06-07-2002/ }).click();
  await warning.getByRole("button", { name: "benarkan sesuai KTP" }).click();
  for (let step = 0; step < pages.STEPS.length - 1; step += 1) await goOn(page);
  await pages.saveButton(page).click();
  await pages.shownNumber(page);
  await pages.makeBatch(page, site.url);
  const [record] = JSON.parse((await carried(await pages.download(page))).bytes.toString()).records;
  expect(record.checks.warnings).toEqual(withWarning.expected.checks.warnings);
  expect(record.person).toEqual(withWarning.expected.person);
});

test("the same NIK asks what happened, and the decision is recorded", async ({ hall: page, site }) => {
  const number = await pages.registerPerson(page, before);
  await pages.nextPerson(page);
  await pages.fillStep(page, twin, 0);
  const asked = page.getByRole("region", { name: L.sameNik });
  await expect(page.getByText(`${number} atas nama`)).toBeVisible();
  // Nothing is decided beforehand, and nothing can be kept without a reason.
  for (const choice of await asked.getByRole("radio").all()) await expect(choice).not.toBeChecked();
  await asked.getByRole("radio").first().check();
  await expect(page.getByRole("button", { name: L.decisionKeep })).toBeDisabled();

  // Undecided it does not go on.
  await goOn(page);
  await expect(page.getByText(`NIK ini sudah terdaftar: ${number}. Pilih apa yang terjadi.`)).toBeVisible();
  await expect(page.getByRole("status").filter({ has: asked })).toBeFocused();
  await pages.settle(page, twin, 0);
  await expect(page.getByText("Keputusan dicatat: Orang lain")).toBeVisible();
  await goOn(page);
  await pages.fillForm(page, twin, 1);
  await pages.save(page);
  await pages.makeBatch(page, site.url);
  const { records } = JSON.parse((await carried(await pages.download(page))).bytes.toString());
  expect(records.map(({ checks }: Json) => checks.duplicates)).toEqual([[], [{ other: number, ...twin.decisions[0] }]]);
});

test("a draft is kept while somebody types, and comes back after a reload", async ({ hall: page }) => {
  await pages.fillStep(page, someone, 0);
  await untilKept(page);
  await pages.reload(page);
  await expect(page.getByRole("status").filter({ hasText: L.draftRestored })).toBeVisible();
  expect(digits(await field(page, "nik").inputValue())).toBe(someone.typed.nik);
  await expect(field(page, "name")).toHaveValue(someone.typed.name as string);
  await goOn(page);
  await pages.fillForm(page, someone, 1);
  await untilKept(page);
  await pages.reload(page);
  // The step comes back too, with every tick.
  await expect(page.getByRole("heading", { level: 2, name: L.steps[4], exact: true })).toBeVisible();
  await expect(field(page, "consent_register_bpjs")).toBeChecked();
  expect(await pages.save(page)).toBe("KDP1-A-001-G");
  await pages.nextPerson(page);
  await pages.reload(page);
  await expect(field(page, "nik")).toHaveValue("");
  await expect(page.getByText(L.draftRestored)).toHaveCount(0);
});

test("a restored draft can be thrown away, and that can be undone", async ({ hall: page, site }) => {
  await pages.fillStep(page, someone, 0);
  await untilKept(page);
  await pages.reload(page);
  await page.getByRole("button", { name: "Mulai dari kosong" }).click();
  await expect(field(page, "nik")).toHaveValue("");
  await page.getByRole("button", { name: "Urungkan" }).click();
  await pages.open(page, site.url);
  await page.getByRole("region", { name: "Draf disisihkan" }).getByRole("link", { name: "Lanjutkan" }).click();
  await expect(field(page, "name")).toHaveValue(someone.typed.name as string);
});

test("several drafts are set aside and taken up again", async ({ hall: page, site }) => {
  for (const person of [someone, other]) {
    await pages.fillStep(page, person, 0);
    await page.getByRole("button", { name: "Sisihkan" }).click();
    await expect(page.getByText("Draf disisihkan. Lanjutkan dari halaman kegiatan.")).toBeVisible();
    await expect(field(page, "nik")).toHaveValue("");
    await expect(field(page, "nik")).toBeFocused();
  }
  // Somebody else is registered in between.
  await pages.registerPerson(page, third);
  await pages.open(page, site.url);
  const aside = page.getByRole("region", { name: "Draf disisihkan" });
  await expect(aside.getByRole("listitem")).toHaveCount(2);
  await pages.reload(page);
  await expect(aside.getByRole("listitem")).toHaveCount(2);

  // The older one stands below.
  await aside.getByRole("link", { name: "Lanjutkan" }).last().click();
  await expect(field(page, "name")).toHaveValue(someone.typed.name as string);
  await goOn(page);
  await pages.fillForm(page, someone, 1);
  expect(await pages.save(page)).toBe("KDP1-A-002-E");
  await pages.nextPerson(page);
  await expect(field(page, "nik")).toHaveValue("");

  await pages.open(page, site.url);
  await expect(aside.getByRole("listitem")).toHaveCount(1);
  await aside.getByRole("button", { name: "Buang" }).click();
  await expect(aside).toHaveCount(0);
  await page.getByRole("button", { name: "Urungkan" }).click();
  await aside.getByRole("link", { name: "Lanjutkan" }).click();
  await expect(field(page, "name")).toHaveValue(other.typed.name as string);
});

test("a correction and a voiding become revisions of their own, each with its reason", async ({ hall: page, site }) => {
  const number = await pages.registerPerson(page, someone);
  await page.getByRole("link", { name: "Lihat" }).click();
  await expect(page.getByRole("heading", { level: 1, name: number })).toBeVisible();
  await page.getByRole("link", { name: "Betulkan" }).click();
  // Without a reason the form does not go on.
  await goOn(page);
  const reason = page.getByRole("textbox", { name: "Alasan pembetulan" });
  await expect(reason).toBeFocused();
  await expect(page.getByText("Tulis alasan pembetulan.")).toBeVisible();
  await reason.fill("Salah ketik RT");
  await goOn(page);
  await pages.put(page, "rt", "9");
  for (let step = 1; step < pages.STEPS.length - 1; step += 1) await goOn(page);
  await page.getByRole("button", { name: "Simpan pembetulan" }).click();
  await expect(page.getByRole("heading", { level: 1, name: number })).toBeVisible();
  await expect(page.getByText("Revisi 2", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: L.reveal }).click();
  await expect(page.getByRole("definition").filter({ hasText: "009" })).toBeVisible();

  await page.getByRole("button", { name: "Batalkan pendaftaran" }).click();
  const dialog = page.getByRole("dialog", { name: "Batalkan pendaftaran ini?" });
  await dialog.getByRole("button", { name: "Batalkan pendaftaran" }).click();
  await expect(dialog.getByText("Tulis alasannya dulu.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Alasan" }).fill("Orangnya membatalkan diri");
  await dialog.getByRole("button", { name: "Batalkan pendaftaran" }).click();
  await expect(page.getByText("Pendaftaran ini dibatalkan")).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("link", { name: "Betulkan" })).toHaveCount(0);
  const history = page.getByRole("main").getByRole("listitem");
  await expect(history).toHaveText([/Dibatalkan.*Orangnya membatalkan diri/, /Dibetulkan.*Salah ketik RT/, /Didaftarkan/]);

  await pages.makeBatch(page, site.url);
  const file = await carried(await pages.download(page));
  expect(faultsOf(file)).toEqual([]);
  const { records, manifest } = JSON.parse(file.bytes.toString());
  expect(records.map(({ revision, status, reason }: Json) => [revision, status, reason])).toEqual([
    [1, "active", undefined],
    [2, "active", "Salah ketik RT"],
    [3, "voided", "Orangnya membatalkan diri"],
  ]);
  expect(records[1].previous).toBe(`sha256:${sha256(canonical(records[0]))}`);
  expect(records[2].previous).toBe(`sha256:${sha256(canonical(records[1]))}`);
  expect(records.map(({ address }: Json) => address.rt)).toEqual(["002", "009", "009"]);
  expect(manifest.counts).toEqual({ records: 3, issued: 1, saved: 3, voided: 1 });

  // Who was voided can be registered again, under another number.
  await pages.openForm(page, site.url);
  expect(await pages.registerPerson(page, someone)).toBe("KDP1-A-002-E");
});

test("the search finds people by name, number, business and the end of the NIK", async ({ hall: page, site }) => {
  for (const person of [someone, other]) {
    await pages.registerPerson(page, person);
    await pages.nextPerson(page);
  }
  await pages.open(page, site.url, "/participants");
  const rows = page.getByRole("region", { name: L.participants }).getByRole("link");
  await expect(rows).toHaveCount(2);
  for (const text of ["tumini", "9140", "3574 0146 0769 9140", "keripik mangga", "KDP1-A-002-E"]) {
    await pages.searchField(page).fill(text);
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText("KDP1-A-002-E");
  }
  // Names are masked in lists.
  await expect(page.getByText("Tumini")).toHaveCount(0);
  await pages.searchField(page).fill("tidak ada yang begini");
  await expect(page.getByRole("region", { name: L.participants }).getByText("Tidak ada yang cocok")).toBeVisible();
  await page.getByRole("button", { name: "Hapus pencarian" }).click();
  await expect(rows).toHaveCount(2);
});

test("batches are made, carried, confirmed; the same bytes again, chained, and as a spreadsheet that runs nothing", async ({ hall: page, site }) => {
  const dangerous: MadeUpPerson = { ...someone, typed: { ...someone.typed, business_name: "=1+1" } };
  await pages.registerPerson(page, dangerous);
  await expect(strip(page).getByText("1 belum diserahkan")).toBeVisible();
  await pages.open(page, site.url, "/handover");
  // Two taps are one batch.
  await page.getByRole("button", { name: L.makeBatch }).dblclick();
  await pages.batchCard(page, 1).waitFor();
  const first = await carried(await pages.download(page, 1));
  await pages.openForm(page, site.url);
  await pages.registerPerson(page, other);
  await pages.makeBatch(page, site.url);
  await expect(page.getByRole("article")).toHaveCount(2);
  const second = await carried(await pages.download(page, 2));
  const { batches, faults } = readChain([first, second]);
  expect(faults).toEqual([]);
  expect(batches.map(({ records }) => records.map(({ number }: Json) => number))).toEqual([["KDP1-A-001-G"], ["KDP1-A-002-E"]]);
  expect(batches[0].records[0].business.name).toBe("=1+1");

  // The same bytes, under the same name, also after a new start.
  await pages.reload(page);
  await pages.open(page, site.url);
  await pages.open(page, site.url, "/handover");
  expect(await carried(await pages.download(page, 1))).toEqual(first);

  const csv = await carried(await pages.download(page, 1, L.batchCsv));
  expect(csv.name).toBe(first.name.replace(/\.pendapa\.json$/, ".csv"));
  const [titles, cells] = readCsv(csv.bytes);
  const cell = (title: string) => cells[titles.indexOf(title)];
  expect(cell("nik")).toBe(`="${someone.typed.nik}"`);
  expect(cell("phone")).toBe(`="${someone.expected.person.phone}"`);
  expect(cell("business_name")).toBe("'=1+1");
  expect(cell("name")).toBe(someone.expected.person.name);

  await expect(strip(page).getByText("2 belum diserahkan")).toBeVisible();
  for (const batch of [1, 2]) await pages.batchCard(page, batch).getByRole("button", { name: L.batchConfirm, exact: true }).click();
  await expect(strip(page).getByText("Semua sudah diserahkan")).toBeVisible();
  await page.getByRole("button", { name: "Urungkan" }).click();
  await expect(strip(page).getByText("1 belum diserahkan")).toBeVisible();
  await pages.batchCard(page, 1).getByRole("button", { name: "Belum tersalin" }).click();
  await expect(strip(page).getByText("2 belum diserahkan")).toBeVisible();
});

test("another language in the middle of a form keeps what was typed", async ({ hall: page }) => {
  await pages.fillStep(page, someone, 0);
  await goOn(page);
  await pages.fillStep(page, someone, 1);
  await page.getByRole("link", { name: L.settings, exact: true }).click();
  await page.getByRole("group", { name: "Bahasa" }).getByRole("radio", { name: "English" }).click();
  await page.getByRole("link", { name: "Register", exact: true }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Address & contact" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Street or hamlet" })).toHaveValue(someone.typed.street as string);
  await expect(page.getByRole("textbox", { name: "Kelurahan", exact: true })).toHaveValue(pages.KELURAHAN[someone.typed.kelurahan as string]);
  await page.getByRole("link", { name: "ID card" }).click();
  await expect(page.getByRole("textbox", { name: "Full name" })).toHaveValue(someone.typed.name as string);
  await expect(page.getByRole("radio", { name: "Male", exact: true })).toBeChecked();
  await pages.reload(page);
  await expect(page.getByText("Draft restored")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("the second start needs no network, deep links included", async ({ hall: page, site, context }) => {
  const number = await pages.registerPerson(page, someone);
  await page.getByRole("link", { name: "Lihat" }).click();
  await page.getByRole("heading", { level: 1, name: number }).waitFor();
  const address = page.url();
  await pages.waitUntilOfflineReady(page);
  await site.stop();
  await page.close();
  const asked = site.requests.length;
  for (const [route, heading] of [["handover", "Serahkan"], ["register", "Peserta baru"], ["participants", "Peserta"], ["settings", "Setelan"], [new URL(address).hash.slice(2), number]]) {
    // A page of its own, as from a shortcut.
    const start = await context.newPage();
    await pages.open(start, site.url, `/${route}`);
    await expect(start.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await pages.waitUntilOfflineReady(start);
    await start.close();
  }
  const start = await context.newPage();
  await pages.openForm(start, site.url);
  expect(await pages.registerPerson(start, other)).toBe("KDP1-A-002-E");
  expect(site.requests.length).toBe(asked);
});
