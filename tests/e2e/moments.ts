// Kills in the middle of a deed. The page counts what its database does after a tap (requests made, requests answered,
// transactions completed), and when it reaches the step at which the battery shall be empty, it tells the test and does
// nothing any more. What it asked of the database until then goes on by itself until the browser is killed.
import type { BrowserContext, Page } from "@playwright/test";

interface Counting {
  /** Steps since the last tap. */
  steps: number;
  /** The step to tell; none: only counted. */
  wanted: number;
}

/** The moments of one browser process, from its start on. */
export class Moments {
  private reached = () => {};

  private constructor(private readonly context: BrowserContext) {}

  /** Watches the pages that are opened from now on in a context. */
  static async of(context: BrowserContext) {
    const moments = new Moments(context);
    await context.exposeBinding("momentReached", () => moments.reached());
    await context.addInitScript(count);
    return moments;
  }

  /** Taps with the page counting; resolves when it reaches the step. */
  async at(step: number, page: Page, tap: () => Promise<unknown>) {
    const arrived = new Promise<void>((resolve) => (this.reached = resolve));
    await page.evaluate((wanted) => ((window as any).moments = { steps: 0, wanted }), step);
    // The tap itself gets no answer from a browser that is dead.
    tap().catch(() => {});
    await arrived;
  }

  /** How many steps a deed takes until its answer is on the screen. */
  async countIn(page: Page, deed: () => Promise<unknown>) {
    await page.evaluate(() => ((window as any).moments = { steps: 0, wanted: -1 }));
    await deed();
    return page.evaluate(() => ((window as any).moments as Counting).steps);
  }
}

/** In the page, before the app: counts what happens in the database after a tap. */
function count() {
  const page = window as unknown as { moments?: Counting; momentReached(): void };
  const step = () => {
    if (!page.moments) return;
    if (page.moments.steps === page.moments.wanted) {
      page.momentReached();
      for (;;);
    }
    page.moments.steps += 1;
  };
  addEventListener("click", step, true);
  const wrap = (prototype: any, name: string, event: string) => {
    const original = prototype[name];
    prototype[name] = function (...given: unknown[]) {
      const made = original.apply(this, given);
      step();
      made.addEventListener(event, step);
      return made;
    };
  };
  wrap(IDBDatabase.prototype, "transaction", "complete");
  for (const name of ["put", "add", "get", "getAll", "delete", "openCursor"]) wrap(IDBObjectStore.prototype, name, "success");
  for (const name of ["get", "getAll", "openCursor"]) wrap(IDBIndex.prototype, name, "success");
}
