// Ninety seconds a person: how long an officer takes and how often they press something, counted (officer.ts) and held
// against the target. The figures are those of the counted presses, not of the machine's clock.
import type { Page } from "@playwright/test";
import { type MadeUpPerson, expect, fixture, secretsOf, test } from "./fixtures";
import { Officer } from "./officer";
import { KELURAHAN, L, nextPerson, open, openForm, put, save, sign } from "./pages.mjs";
import { openBusyTablet } from "./screens";
import type { Site } from "./site";

const TARGET = { presses: 120, seconds: 90 }, INVITED = { seconds: 30 };

/** People of the fixture about whom nothing is unusual, who come after those who are on the tablet already. */
const typical = fixture.people.slice(57).filter(({ typed, decisions, expected }) =>
  decisions.length === 0 && expected.checks.warnings.length === 0 && !typed.outside && !typed.transport && !typed.jht && typed.start_month === "2026-11" && typed.consent_language === "id");
const ten = typical.filter(({ typed }) => !typed.no_phone).slice(0, 10);
const withoutPhone = typical.find(({ typed }) => typed.no_phone)!;
const nameOf = ({ typed }: MadeUpPerson) => KELURAHAN[typed.kelurahan as string];

test.use({ hasTouch: true, viewport: { width: 1280, height: 800 } });

interface Figure { who: string; presses: number; seconds: number }

const figure = (who: string, { presses, ms }: Officer): Figure => ({ who, presses, seconds: Math.round(ms / 100) / 10 });

function tell(what: string, figures: Figure[]) {
  for (const { who, presses, seconds } of figures) console.log(`${what}, ${who}: ${presses} presses, ${seconds.toFixed(1)} s`);
}

const middle = (values: number[]) => [...values].sort((one, other) => one - other)[values.length >> 1];

/** A tablet in the middle of its day: 57 people are on it. */
async function busyForm(page: Page, site: Site) {
  page.setDefaultTimeout(15_000);
  await openBusyTablet(page, site);
  await openForm(page, site.url);
}

/** What the participant does, which is theirs to take their time with; then the next form. */
async function agreeAndSave(page: Page) {
  await put(page, "consent_register_bpjs", true);
  await sign(page);
  await save(page);
  await nextPerson(page);
}

test("ten people without an invitation, from the NIK to the read-back", async ({ page, site, personal }) => {
  test.setTimeout(240_000);
  personal(...ten.flatMap(secretsOf));
  await busyForm(page, site);
  const officer = new Officer(page);
  const figures: Figure[] = [];
  for (const [at, person] of ten.entries()) {
    officer.begin();
    await officer.walkIn(person, nameOf(person));
    figures.push(figure(`person ${at + 1}`, officer));
    await expect(page.getByRole("region", { name: "Bacakan kembali", exact: true })).toContainText(String(person.typed.name));
    await agreeAndSave(page);
  }
  tell("without an invitation", figures);
  expect(middle(figures.map(({ seconds }) => seconds))).toBeLessThanOrEqual(TARGET.seconds);
  expect(middle(figures.map(({ presses }) => presses))).toBeLessThanOrEqual(TARGET.presses);
});

test("ten people of the list of the invited, from the search to the read-back", async ({ page, site, personal }) => {
  test.setTimeout(240_000);
  personal(...ten.flatMap(secretsOf));
  await busyForm(page, site);
  // What a city knows of its businesses; what somebody earns and does is asked at the table.
  const columns = { nik: "NIK", name: "Nama Lengkap", birth_place: "Tempat Lahir", birth_date: "Tanggal Lahir", sex: "Jenis Kelamin", mother_name: "Nama Ibu Kandung", street: "Alamat", rt: "RT", rw: "RW", kelurahan: "Kelurahan", phone: "No. HP", business_name: "Nama Usaha", sector: "Bidang Usaha" };
  const cell = (person: MadeUpPerson, field: string) =>
    ({ nik: person.expected.person.nik, kelurahan: nameOf(person), sex: person.typed.sex === "male" ? "L" : "P", sector: (L.sector as Record<string, string>)[String(person.typed.sector)] })[field] ?? String(person.typed[field]);
  const table = [Object.values(columns), ...ten.map((person) => Object.keys(columns).map((field) => cell(person, field)))].map((row) => row.join("\t")).join("\n");
  await open(page, site.url, "/expected");
  await page.getByRole("button", { name: "Tambah dari tabel" }).click();
  await page.getByRole("textbox", { name: "Atau tempel dari tabel" }).fill(table);
  await page.getByRole("button", { name: "Baca tabel ini" }).click();
  await page.getByRole("button", { name: "Masukkan 10 orang", exact: true }).click();
  await page.getByText("Ditambahkan 10, diperbarui 0, sudah ada 0.").waitFor();

  const officer = new Officer(page);
  const figures: Figure[] = [];
  await openForm(page, site.url);
  for (const [at, person] of ten.entries()) {
    officer.begin();
    await officer.invited(person);
    figures.push(figure(`person ${at + 1}`, officer));
    await expect(page.getByRole("region", { name: "Bacakan kembali", exact: true })).toContainText(String(person.typed.mother_name));
    await agreeAndSave(page);
  }
  tell("invited", figures);
  expect(middle(figures.map(({ seconds }) => seconds))).toBeLessThanOrEqual(INVITED.seconds);
});

test("somebody without a phone", async ({ page, site, personal }) => {
  personal(...secretsOf(withoutPhone));
  await busyForm(page, site);
  const officer = new Officer(page);
  await officer.walkIn(withoutPhone, nameOf(withoutPhone));
  tell("without a phone", [figure("one person", officer)]);
  expect(officer.ms / 1_000).toBeLessThanOrEqual(TARGET.seconds);
  expect(officer.presses).toBeLessThanOrEqual(TARGET.presses);
  await agreeAndSave(page);
});

test("a NIK with a wrong digit is put right at the read-back", async ({ page, site, personal }) => {
  const [person] = ten;
  personal(...secretsOf(person));
  await busyForm(page, site);
  const officer = new Officer(page);
  const nik = person.expected.person.nik as string;
  const wrong = nik.slice(0, -1) + ((Number(nik.at(-1)) + 1) % 10);
  await officer.walkIn({ ...person, typed: { ...person.typed, nik: wrong } }, nameOf(person));
  officer.begin();
  await officer.correctNik(nik);
  tell("a wrong NIK", [figure("corrected", officer)]);
  expect(officer.ms / 1_000).toBeLessThanOrEqual(INVITED.seconds);
  await agreeAndSave(page);
});
