// What several specs do beside the journeys' own steps (pages.mjs): languages, a look into the database, a full tablet.
import type { Locator, Page } from "@playwright/test";
import { expect, fixture, type MadeUpPerson } from "./fixtures";
import { control, open } from "./pages.mjs";

export type Language = "id" | "en";
/** The same sentence in both languages. */
export type Both = Record<Language, RegExp | string>;

/** A made-up person about whom nothing is unusual, so that nothing has to be confirmed. */
export const plainPerson: MadeUpPerson = fixture.people[1];
export const otherPerson: MadeUpPerson = fixture.people[7];

/** Changes the language of the screens as a person does. What is open in the form stays as a draft. */
export async function speak(page: Page, url: string, language: Language) {
  await open(page, url, "/settings");
  await page.getByText({ id: "Bahasa Indonesia", en: "English" }[language], { exact: true }).click();
  await page.locator(`html[lang=${language}]`).waitFor();
}

/** What stands in a store of the app's database: keys and rows, bytes as text. */
export function rowsOf(page: Page, store: string): Promise<{ key: string; row: any }[]> {
  return page.evaluate(async (store) => {
    const answer = <T>(request: IDBRequest<T>) => new Promise<T>((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const database = await answer(indexedDB.open("pendapa"));
    const rows = database.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([answer(rows.getAllKeys()), answer(rows.getAll())]);
    database.close();
    return keys.map((key, at) => ({ key: String(key), row: { ...values[at], body: new TextDecoder().decode(values[at].body) } }));
  }, store);
}

/** The numbers of all registrations on this tablet, in the order of their keys. */
export async function registeredNumbers(page: Page): Promise<string[]> {
  return (await rowsOf(page, "registrations")).map(({ row }) => JSON.parse(row.body).number);
}

/** Leaves a field, as the next touch would. */
export const leave = (field: Locator) => field.blur();

/** Types into a field and leaves it. */
export async function type(page: Page, field: string, text: string, label?: string) {
  const target = control(page, field, label);
  await target.fill(text);
  await leave(target);
  return target;
}

/** Waits until the draft on the screen is in the database, and says so. */
export async function draftKept(page: Page) {
  await expect(page.getByText(/^(Draf tersimpan|Draft kept) \d/)).toBeVisible();
}

/** Sets how many bytes the origin may use, as the browser counts them; without a number the usual limit holds again. */
export async function limitStorage(page: Page, url: string, bytes?: number) {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: url, ...(bytes === undefined ? {} : { quotaSize: bytes }) });
  // The override ends with its session, so that stays open as long as the page.
}
