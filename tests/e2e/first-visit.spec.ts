// A first visit: the first part of the app is enough for an event and the form; the second part may come late.
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DIST, expect, fixture, test, type Typed } from "./fixtures";
import { control, fillForm, fillStep, L, open, protect, put, registerPerson, reload, save, settle } from "./pages.mjs";
import { goToStep } from "./screens";
import { draftKept, plainPerson, registeredNumbers, rowsOf } from "./steps";

const MISSING = "Sebagian aplikasi belum sampai";
const secrets = Object.values(plainPerson.typed).filter((text): text is string => typeof text === "string");

/** The build without the second part, as when the network went away in between. */
function firstPartOnly(folder: string) {
  cpSync(DIST, folder, { recursive: true });
  const rest = readdirSync(folder).filter((file) => file.endsWith("_rest.wasm"));
  expect(rest).toHaveLength(1);
  rmSync(join(folder, rest[0]));
  return folder;
}

test("before the second part is here an event is made, the card is typed and kept; once it comes, the person is saved", async ({ page, site, personal, guard }, info) => {
  personal(...secrets.filter((text) => text.length > 6));
  guard.expectConsole(/_rest\.wasm|404/);
  site.use(firstPartOnly(info.outputPath("first-part")));
  await open(page, site.url, "/events/new");
  const event = fixture.event as Typed;
  for (const field of ["name", "venue", "date", "letter"]) await put(page, field, event[field], L.event[field as keyof typeof L.event]);
  await page.getByRole("button", { name: L.goOn, exact: true }).click();
  await protect(page);
  await expect(page.getByText(MISSING)).toBeVisible();
  await page.goto(`${site.url}#/register`);
  await expect(control(page, "nik")).toBeFocused();
  await fillStep(page, plainPerson, 0);
  await draftKept(page);
  await page.getByRole("button", { name: L.goOn, exact: true }).click();
  await expect(page.getByText(MISSING)).toBeVisible();
  expect(await rowsOf(page, "drafts")).toHaveLength(1);

  site.use(DIST);
  await page.getByRole("button", { name: "Coba lagi" }).click();
  await expect(control(page, "street")).toBeVisible();
  // What was kept meanwhile can be opened.
  await reload(page);
  await expect(page.getByText(L.draftRestored)).toBeVisible();
  await goToStep(page, 0);
  expect((await control(page, "nik").inputValue()).replaceAll(" ", "")).toBe(plainPerson.typed.nik);
  await settle(page, plainPerson, 0);
  await goToStep(page, 1);
  await fillForm(page, plainPerson, 1);
  await save(page);
  expect(await registeredNumbers(page)).toHaveLength(1);
});

test("the second part is fetched by itself once the first screen stands", async ({ page, site, personal }) => {
  personal(...secrets.filter((text) => text.length > 6));
  const arrived: string[] = [];
  page.on("response", (response) => arrived.push(new URL(response.url()).pathname));
  await open(page, site.url, "/events/new");
  await expect.poll(() => arrived.some((path) => path.endsWith("_rest.wasm"))).toBe(true);
  const of = (ending: string) => arrived.findIndex((path) => path.endsWith(ending));
  expect(of("_rest.wasm")).toBeGreaterThan(of("_bg.wasm"));
  await page.getByRole("button", { name: L.sampleOpen }).click();
  await page.getByRole("link", { name: L.registerPerson }).click();
  await registerPerson(page, plainPerson);
});
