// The ground of every journey: a site of its own, a guard that watches, and an installed app whose browser can be killed.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, type BrowserContext, type Page } from "@playwright/test";
import { Guard } from "./guard";
import { Site } from "./site";

export { expect } from "@playwright/test";
export { Guard, Site };

const root = new URL("../../", import.meta.url).pathname;
/** The release build, and another build of the same app for updates (tools/next-build.mjs); DIST and DIST_NEXT name other folders. */
export const DIST = process.env.DIST ?? join(root, "dist");
export const DIST_NEXT = process.env.DIST_NEXT ?? join(root, "dist-next");

/** What was made up for the tests, as tools/people.mjs wrote it. */
export const fixture: Fixture = JSON.parse(readFileSync(new URL("../fixtures/people.json", import.meta.url), "utf8"));

export type Typed = Record<string, string | boolean>;
export interface MadeUpPerson {
  /** Field code → what the officer types; ticks are booleans. */
  typed: Typed;
  /** What the officer decides about others with the same NIK, in order. */
  decisions: { decision: string; reason: string }[];
  /** Members of the registration record that must be stored. */
  expected: Record<string, any>;
}
interface Fixture {
  event: Typed;
  people: MadeUpPerson[];
}

/** A browser process with a profile on disk: what is installed on a tablet. */
export class InstalledApp {
  context!: BrowserContext;
  page!: Page;
  private pid = 0;

  constructor(
    readonly profile: string,
    private readonly open: (profile: string) => Promise<BrowserContext>,
    private readonly guard: Guard,
  ) {}

  get isRunning() {
    return this.pid !== 0;
  }

  /** Starts the browser on the profile, with one empty page. */
  async start() {
    this.context = await this.open(this.profile);
    this.guard.watch(this.context);
    const session = await this.context.browser()!.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    this.pid = processInfo.find(({ type }) => type === "browser")!.id;
    await session.detach();
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    return this.page;
  }

  /** Ends the browser and everything it started at once, as an empty battery does. No page hears of it. */
  async kill() {
    const pid = this.pid;
    this.pid = 0;
    const closed = new Promise<void>((done) => this.context.once("close", () => done()));
    process.kill(-pid, "SIGKILL");
    await closed;
    // A dead browser leaves its lock on the profile; its process number may meanwhile belong to somebody else.
    for (const lock of ["SingletonLock", "SingletonCookie", "SingletonSocket"]) rmSync(join(this.profile, lock), { force: true });
  }

  /** Ends the browser as a person does. */
  async close() {
    if (!this.isRunning) return;
    this.pid = 0;
    await this.context.close();
  }
}

/** Kills the browser process of an installed app and starts it again on the same profile. */
export async function kill(app: InstalledApp): Promise<Page> {
  await app.kill();
  return app.start();
}

interface Ground {
  site: Site;
  guard: Guard;
  /** Names what was typed about a person; see `Guard.personal`. */
  personal: (...texts: (string | undefined)[]) => void;
  /** A browser process on a profile folder of its own, or on the given one, started. */
  persistentApp: (profile?: string) => Promise<InstalledApp>;
}

export const test = base.extend<Ground>({
  site: async ({}, use) => {
    const site = new Site(DIST);
    await site.start();
    await use(site);
    await site.stop();
  },

  baseURL: async ({ site }, use) => use(site.url),

  guard: [
    async ({ site }, use) => {
      const guard = new Guard(site);
      await use(guard);
      guard.verdict();
    },
    { auto: true },
  ],

  personal: async ({ guard }, use) => use((...texts) => guard.personal(...texts)),

  context: async ({ context, guard }, use) => {
    guard.watch(context);
    await use(context);
    await guard.search(context);
  },

  persistentApp: async ({ playwright, guard, viewport, locale, timezoneId, hasTouch, launchOptions }, use) => {
    const apps: InstalledApp[] = [];
    const folders: string[] = [];
    const open = (profile: string) =>
      playwright.chromium.launchPersistentContext(profile, {
        ...launchOptions,
        viewport,
        locale,
        timezoneId,
        hasTouch,
        serviceWorkers: "allow",
        acceptDownloads: true,
      });
    await use(async (profile) => {
      if (!profile) folders.push((profile = mkdtempSync(join(tmpdir(), "pendapa-"))));
      const app = new InstalledApp(profile, open, guard);
      apps.push(app);
      await app.start();
      return app;
    });
    for (const app of apps) {
      if (app.isRunning) await guard.search(app.context);
      await app.close();
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  },
});

/** Everything of a made-up person that names somebody. Kelurahan, trades and amounts name nobody. */
export function secretsOf({ typed, expected }: MadeUpPerson): string[] {
  const texts = ["nik", "name", "birth_date", "mother_name", "family_card_number", "phone", "email", "street", "business_name", "nib"].map((code) => typed[code]);
  const { person, address, business } = expected;
  return [...texts, person.nik, person.name, person.birth_date, person.phone, address.street, business.name].filter((text): text is string => typeof text === "string");
}
