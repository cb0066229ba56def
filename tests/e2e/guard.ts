// What every test watches beside its own subject: a quiet console, no request to another origin, nothing but GET and what
// uploads a batch, and no personal data where it may not be.
import type { BrowserContext, Page } from "@playwright/test";
import { sha256, type Site } from "./site";

// The address that is opened when no page of the app is left to look from; the worker does not keep it.
const PLAIN_FILE = "robots.txt";

// The policy switches off what any browser might have; each complains of what it has not (tools/policy.mjs).
const UNKNOWN_FEATURE = /^Error with Permissions-Policy header: Unrecognized feature/;

// What a create-only token may do below `upload/`. Nothing there is listed, changed or deleted.
const UPLOADING = ["GET", "HEAD", "PATCH", "POST", "PUT"];

// The browser says this by itself of every answer and connection that failed. For uploads that is the day's work.
const FAILED_LOAD = /^Failed to load resource: /;

/** Texts shorter than this are found by chance. */
const SHORTEST = 5;

export class Guard {
  private readonly faults: string[] = [];
  private readonly allowed: { pattern: RegExp; seen: boolean }[] = [];
  private readonly secrets = new Set<string>();
  private readonly addresses = new Set<string>();
  private readonly watched = new WeakSet<BrowserContext>();

  constructor(private readonly site: Site) {}

  /**
   * Names what was typed about a person. At the end of the test none of it may be found in localStorage,
   * sessionStorage, addresses, history, Cache Storage or titles, nor in what stands above the body of an upload.
   */
  personal(...texts: (string | undefined)[]) {
    for (const text of texts) {
      const plain = text?.trim().toLowerCase() ?? "";
      if (plain.length >= SHORTEST) this.secrets.add(plain);
      const digits = plain.replace(/\D/g, "");
      if (digits.length >= 9) this.secrets.add(digits);
    }
  }

  /** Expects a console line or page error that this test provokes. It must occur, or the test fails. */
  expectConsole(pattern: RegExp) {
    this.allowed.push({ pattern, seen: false });
  }

  /** Watches everything that happens in a context from now on. */
  watch(context: BrowserContext) {
    if (this.watched.has(context)) return;
    this.watched.add(context);
    context.on("console", (message) => {
      if (UNKNOWN_FEATURE.test(message.text())) return;
      if (FAILED_LOAD.test(message.text()) && this.site.isUpload(message.location().url)) return;
      if (["error", "warning", "assert"].includes(message.type())) this.complain(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.complain(`page error: ${error.error().stack ?? error.error().message}`));
    context.on("serviceworker", (worker) => worker.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complain(`worker console ${message.type()}: ${message.text()}`);
    }));
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (/^(blob|data|about|chrome-error):$/.test(url.protocol)) return;
      this.addresses.add(request.url());
      if (url.origin !== new URL(this.site.url).origin) this.complain(`request to another origin: ${request.url()}`);
      if (!this.mayBe(request.method(), request.url())) this.complain(`${request.method()} request: ${request.url()}`);
    });
    const follow = (page: Page) => page.on("framenavigated", (frame) => this.addresses.add(frame.url()));
    context.pages().forEach(follow);
    context.on("page", follow);
  }

  private mayBe(method: string, address: string) {
    return method === "GET" || (UPLOADING.includes(method) && this.site.isUpload(address));
  }

  private complain(fault: string) {
    const known = this.allowed.find(({ pattern }) => pattern.test(fault));
    if (known) known.seen = true;
    else this.faults.push(fault);
  }

  /** Looks for personal data in a context that is still open. Call it before the context is closed. */
  async search(context: BrowserContext) {
    if (this.secrets.size === 0) return;
    const origin = new URL(this.site.url).origin;
    let pages = context.pages().filter((page) => page.url().startsWith(origin));
    if (pages.length === 0) {
      await context.setOffline(false);
      await this.site.start();
      const page = await context.newPage();
      await page.goto(this.site.url + PLAIN_FILE);
      pages = [page];
    }
    for (const page of pages) {
      for (const [place, text] of await page.evaluate(textsOf)) this.look(place, text);
    }
    for (const { url, body } of await pages[0].evaluate(cachedFiles)) {
      this.look("address in Cache Storage", url);
      const bytes = Buffer.from(body, "base64");
      // A file of the build says nothing about anybody; a word of it may by chance be somebody's name.
      if (!this.site.isOwnFile(bytes)) this.look(`Cache Storage body of ${url}`, bytes.toString("utf8"));
    }
  }

  private look(place: string, text: string) {
    const plain = [text, unescaped(text)].join("\n").toLowerCase();
    const digits = plain.replace(/[\s.-]/g, "");
    for (const secret of this.secrets) {
      // The fault itself must not put the datum into a report: a hash tells the tester which one it was.
      if (plain.includes(secret) || (/^\d+$/.test(secret) && digits.includes(secret))) {
        this.faults.push(`personal data in ${place}: text of ${secret.length} characters, sha256 ${sha256(secret).slice(0, 8)}`);
      }
    }
  }

  /** Throws when anything was wrong. */
  verdict() {
    for (const { method, url, headers } of this.site.requests) {
      if (!this.mayBe(method, url)) this.complain(`the server saw ${method} ${url}`);
      this.addresses.add(url);
      if (this.site.isUpload(url)) for (const [name, value] of Object.entries(headers)) this.look(`the header ${name} of an upload`, said(name, value));
    }
    for (const address of this.addresses) this.look("an address", address);
    for (const { pattern, seen } of this.allowed) if (!seen) this.faults.push(`expected on the console and not seen: ${pattern}`);
    if (this.faults.length > 0) throw new Error(`The guard found:\n${[...new Set(this.faults)].join("\n")}`);
  }
}

function unescaped(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** What a header says; tus has its words in Base64. */
function said(name: string, value: string | string[] | undefined) {
  const text = [value].flat().join("\n");
  if (name !== "upload-metadata") return text;
  return [text, ...text.split(",").map((pair) => Buffer.from(pair.trim().split(" ")[1] ?? "", "base64").toString("utf8"))].join("\n");
}

/** In the page: every place that holds text beside the database, with what it holds. */
function textsOf(): [string, string][] {
  const entriesOf = (storage: Storage) => JSON.stringify(Object.entries(storage));
  const history = (window as unknown as { navigation?: { entries(): { url: string; getState(): unknown }[] } }).navigation?.entries() ?? [];
  return [
    ["localStorage", entriesOf(localStorage)],
    ["sessionStorage", entriesOf(sessionStorage)],
    ["the address", location.href],
    ["history.state", JSON.stringify(window.history.state) ?? ""],
    ["history", JSON.stringify(history.map((entry) => [entry.url, entry.getState()]))],
    ["document.title", document.title],
    ["window.name", window.name],
    ["cookies", document.cookie],
  ];
}

/** In the page: everything in Cache Storage. */
async function cachedFiles(): Promise<{ url: string; body: string }[]> {
  const found: { url: string; body: string }[] = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const bytes = new Uint8Array(await (await cache.match(request))!.arrayBuffer());
      let text = "";
      for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
      found.push({ url: `${name} ${request.url}`, body: btoa(text) });
    }
  }
  return found;
}
