// An officer at the keyboard of a tablet, whose every press is a real one and is counted: 280 ms a key, 1.1 s a tap, and
// 1.35 s to find the next field on the card and on the screen. Where the app offers an answer, it is taken if that is faster.
import { type Locator, type Page, expect } from "@playwright/test";
import type { MadeUpPerson } from "./fixtures";
import { L, control } from "./pages.mjs";

const KEY_MS = 280, TAP_MS = 1_100, MOVE_MS = 1_350;

/** Fields of the form whose answers are offered, and after how many letters somebody looks at them. */
const OFFERED = new Set(["birth_place", "street", "kelurahan", "business_name", "occupation", "income"]);
const LOOKS_AFTER = [0, 2, 5];

export class Officer {
  presses = 0;
  ms = 0;

  constructor(readonly page: Page) {}

  begin() {
    this.presses = this.ms = 0;
  }

  private async keys(text: string) {
    await this.page.keyboard.type(text);
    this.count([...text].length);
  }

  private count(keys: number) {
    this.presses += keys;
    this.ms += keys * KEY_MS;
  }

  async press(key: string, times = 1) {
    for (let pressed = 0; pressed < times; pressed += 1) await this.page.keyboard.press(key);
    this.count(times);
  }

  async tap(target: Locator) {
    await target.tap();
    this.presses += 1;
    this.ms += TAP_MS;
  }

  /** Looks for the next field. */
  move() {
    this.ms += MOVE_MS;
  }

  /** Goes on to the field that must come next by itself. */
  private async arrive(field: string) {
    this.move();
    await expect(control(this.page, field)).toBeFocused();
  }

  /** Types into the field that has the focus, and goes on by Enter, or by the answer that was taken. */
  async type(field: string, text: string) {
    await this.arrive(field);
    let typed = "";
    for (const looksAt of OFFERED.has(field) ? LOOKS_AFTER : []) {
      await this.keys(text.slice(typed.length, looksAt));
      typed = text.slice(0, looksAt);
      const offer = await this.bestOffer(field, typed, text);
      if (!offer) continue;
      await this.tap(offer.button);
      if (offer.text === text && !["street", "business_name"].includes(field)) return;
      const common = beginning(offer.text, text);
      await this.press("Backspace", offer.text.length - common);
      typed = offer.text.slice(0, common);
      break;
    }
    await this.keys(text.slice(typed.length));
    await this.press("Enter");
  }

  /** The offered answer from which the text is reached faster than by typing on, and with no more presses. */
  private async bestOffer(field: string, typed: string, text: string) {
    const row = this.page.getByRole("group", { name: `Isian cepat: ${(L.fields as Record<string, string>)[field]}`, exact: true });
    const texts = await row.getByRole("button").allInnerTexts();
    const left = text.length - typed.length;
    const ways = texts.map((offered, at) => {
      const common = beginning(offered, text);
      const keys = offered.length - common + text.length - common;
      return { button: row.getByRole("button").nth(at), text: offered, presses: keys + 1, ms: keys * KEY_MS + TAP_MS };
    });
    const isWhole = (way: { text: string }) => way.text === text || ["street", "business_name"].includes(field);
    return ways.filter((way) => isWhole(way) && way.presses <= left && way.ms < left * KEY_MS).sort((one, other) => one.ms - other.ms)[0];
  }

  /** The kelurahan: two letters, and a tap where several begin so. */
  async kelurahan(name: string) {
    await this.arrive("kelurahan");
    const row = this.page.getByRole("group", { name: `Isian cepat: ${L.fields.kelurahan}`, exact: true });
    const offered = row.getByRole("button", { name, exact: true });
    if (!(await offered.isVisible())) await this.keys(name.slice(0, 2));
    if (!(await offered.isVisible())) await this.keys(name.slice(2, 3));
    if ((await row.getByRole("button").count()) === 1) return this.press("Enter");
    await this.tap(offered);
  }

  /** One of a few side by side: a tap, and Enter goes on. */
  async choose(field: string, value: string) {
    this.move();
    const choice = control(this.page, field).getByRole("radio", { name: (L as unknown as Record<string, Record<string, string>>)[field][value], exact: true });
    await this.tap(choice.locator("xpath=.."));
    await expect(choice).toBeChecked();
  }

  /** From the NIK to the read-back: what somebody without an invitation says. */
  async walkIn({ typed }: MadeUpPerson, kelurahan: string) {
    const text = (field: string) => String(typed[field]);
    await this.type("nik", text("nik").replaceAll(" ", ""));
    await this.type("name", text("name"));
    await this.type("birth_place", text("birth_place"));
    await this.type("birth_date", text("birth_date").replaceAll("-", ""));
    await this.choose("sex", text("sex"));
    await this.press("Enter");
    await this.type("mother_name", text("mother_name"));
    await this.type("street", text("street"));
    await this.type("rt", text("rt").replace(/\D*0*/, ""));
    await this.type("rw", text("rw").replace(/\D*0*/, ""));
    await this.kelurahan(kelurahan);
    if (typed.no_phone) {
      this.move();
      // The list is opened, and a line of it tapped.
      await control(this.page, "no_phone").selectOption(text("no_phone"));
      this.presses += 2;
      this.ms += 2 * TAP_MS;
      await this.goOn();
    } else {
      await this.type("phone", text("phone").replaceAll(/[^\d+]/g, ""));
    }
    await this.work(typed);
    await this.programme(typed);
  }

  /** From the list of the invited: some letters of the name, a tap, and what the list does not know. */
  async invited({ typed }: MadeUpPerson) {
    await this.tap(this.page.getByRole("link", { name: "Cari di daftar undangan" }));
    this.move();
    const found = this.page.getByRole("region", { name: "Daftar undangan" }).getByRole("listitem");
    await this.tap(this.page.getByRole("searchbox"));
    let typedOfName = 0;
    const name = String(typed.name);
    // Until one is left; the list shows who is not registered first.
    while (typedOfName < 3 || ((await found.count()) > 1 && typedOfName < name.length)) {
      await this.keys(name[typedOfName]);
      typedOfName += 1;
    }
    await this.tap(found.first().getByRole("button"));
    await this.page.getByText("Diisi dari daftar undangan").waitFor();
    // The card is held against the screen, then what is known needs no more than a look.
    for (const step of [1, 2]) {
      this.move();
      await this.goOn();
      await this.page.getByRole("heading", { name: L.steps[step], exact: true }).waitFor();
    }
    await this.tap(control(this.page, "workers"));
    await this.answers(typed);
    await this.programme(typed);
  }

  /** Back to the card, one digit put right, and forward again. */
  async correctNik(nik: string) {
    this.move();
    await this.tap(this.page.getByRole("link", { name: new RegExp(`${L.steps[0]}$`) }));
    await expect(control(this.page, "nik")).toBeFocused();
    await this.press("End");
    await this.press("Backspace");
    await this.keys(nik.slice(-1));
    this.move();
    await this.tap(this.page.getByRole("link", { name: new RegExp(`${L.steps[4]}$`) }));
    await this.page.getByRole("heading", { name: L.steps[4], exact: true }).waitFor();
  }

  /** The business, and what somebody does there. */
  private async work(typed: MadeUpPerson["typed"]) {
    await this.type("business_name", String(typed.business_name));
    await this.choose("sector", String(typed.sector));
    await this.press("Enter");
    await this.answers(typed);
  }

  /** What no list knows. */
  async answers(typed: MadeUpPerson["typed"]) {
    await this.type("workers", String(typed.workers));
    await this.type("occupation", String(typed.occupation));
    await this.type("income", String(typed.income).replaceAll(".", ""));
  }

  /** Who pays, and for how long, where it is not what the event says. */
  async programme(typed: MadeUpPerson["typed"]) {
    await this.page.getByRole("heading", { name: L.steps[3], exact: true }).waitFor();
    for (const field of ["payer", "months"]) {
      const isSo = control(this.page, field).getByRole("radio", { name: (L as unknown as Record<string, Record<string, string>>)[field][String(typed[field])], exact: true });
      if (!(await isSo.isChecked())) await this.choose(field, String(typed[field]));
    }
    await this.goOn();
    await this.page.getByRole("heading", { name: L.steps[4], exact: true }).waitFor();
  }

  /** The button that is always at the same place: found without looking. */
  async goOn() {
    await this.tap(this.page.getByRole("button", { name: L.goOn, exact: true }));
  }
}

/** How many characters two texts have in common at their beginning. */
function beginning(one: string, other: string) {
  let common = 0;
  while (common < one.length && one[common] === other[common]) common += 1;
  return common;
}
