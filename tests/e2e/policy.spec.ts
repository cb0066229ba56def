// The policy of the page and of its host (tools/policy.mjs), as the browser keeps it: what is not Pendapa's own can
// neither run, nor be asked, nor look in.
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { placePolicy } from "../../tools/hosts.mjs";
import { TYPES, contentPolicy, headersFor } from "../../tools/policy.mjs";
import { filesOf, precache } from "../../tools/precache.mjs";
import { staticFiles } from "../../tools/serve.mjs";
import { DIST, Guard, Site, expect, test as base } from "./fixtures";
import { open, waitUntilOfflineReady } from "./pages.mjs";

const test = base.extend<{ answering: (listener: RequestListener) => Promise<string> }>({
  // Starts a server on this machine for the time of the test. Returns its origin.
  answering: async ({}, use) => {
    const started: ReturnType<typeof createServer>[] = [];
    await use(async (listener) => {
      const server = createServer(listener);
      started.push(server);
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      return `http://localhost:${(server.address() as { port: number }).port}`;
    });
    for (const server of started) {
      server.close();
      server.closeAllConnections();
    }
  },
});

const directivesOf = (policy: string) => policy.split("; ");

/** The policy in a page's meta tag. */
const metaPolicy = (html: string) => html.match(/<meta http-equiv="Content-Security-Policy" content="([^"]+)"/)![1];

/** Every refusal makes a line on the console, and some make an error in the page. */
function expectRefusals(guard: Guard) {
  guard.expectConsole(/Content Security Policy|Trusted Type|TrustedScript|might run or fetch/);
}

/**
 * Does something in the page that must be refused. Returns the directive that the browser names, or what was thrown
 * when it names none: the app's own Trusted Types policy refuses so.
 */
function refused(page: Page, deed: string): Promise<string> {
  return page.evaluate((deed) => new Promise<string>((done) => {
    document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
    // Not within this call, for which the test's own channel lifts the rules.
    setTimeout(() => (window as any).deeds[deed]((error: Error) => setTimeout(() => done(`thrown: ${error.message}`), 300)), 0);
    setTimeout(() => done("nothing was refused"), 3000);
  }), deed);
}

/** Puts the deeds into the page; "ran" is where they leave their mark. */
function placeDeeds(page: Page, foreign: string) {
  return page.evaluate((foreign) => {
    const made = <K extends keyof HTMLElementTagNameMap>(name: K, fill: (element: HTMLElementTagNameMap[K]) => void) => {
      const element = document.createElement(name);
      fill(element);
      document.body.append(element);
      return element;
    };
    const quietly = (deed: () => unknown) => (thrown: (error: unknown) => void) => {
      try {
        Promise.resolve(deed()).catch(() => {});
      } catch (error) {
        thrown(error);
      }
    };
    const mark = "window.ran = true";
    const deeds: Record<string, () => unknown> = {
      eval: () => (0, eval)(mark),
      function: () => new Function(mark)(),
      inlineScript: () => made("script", (script) => { script.textContent = mark; }),
      foreignScript: () => made("script", (script) => { script.src = `${foreign}/x.js`; }),
      inlineStyle: () => made("style", (style) => style.append("body { display: none }")),
      styleAttribute: () => document.body.setAttribute("style", "display: none"),
      foreignStyle: () => made("link", (link) => { link.rel = "stylesheet"; link.href = `${foreign}/x.css`; }),
      foreignFetch: () => fetch(`${foreign}/x`),
      beacon: () => navigator.sendBeacon(`${foreign}/x`, "x"),
      socket: () => new WebSocket(`${foreign.replace("http", "ws")}/x`),
      foreignPicture: () => made("img", (image) => { image.src = `${foreign}/x.png`; }),
      foreignFrame: () => made("iframe", (frame) => { frame.src = `${foreign}/`; }),
      foreignForm: () => made("form", (form) => { form.action = `${foreign}/x`; form.method = "post"; }).submit(),
      base: () => made("base", (base) => { base.href = `${foreign}/`; }),
      blobWorker: () => new Worker(URL.createObjectURL(new Blob([mark]))),
    };
    (window as any).deeds = Object.fromEntries(Object.entries(deeds).map(([name, deed]) => [name, quietly(deed)]));
  }, foreign);
}

/** Which directive must refuse what. Scripts are refused by Trusted Types first, where the browser has them. */
const REFUSALS: Record<string, string> = {
  eval: "script-src", function: "script-src", inlineScript: "script-src-elem", foreignScript: "script-src-elem",
  inlineStyle: "style-src-elem", styleAttribute: "style-src-attr", foreignStyle: "style-src-elem",
  foreignFetch: "connect-src", beacon: "connect-src", socket: "connect-src",
  foreignPicture: "img-src", foreignFrame: "frame-src", foreignForm: "form-action", base: "base-uri", blobWorker: "worker-src",
};
const TYPED = ["eval", "function", "inlineScript", "foreignScript", "blobWorker"];

test("the policy of the header is that of the page, and forbids frames besides", async ({ page, site }) => {
  const answer = await page.request.get(site.url);
  const [header, meta] = [answer.headers()["content-security-policy"], metaPolicy(await answer.text())];
  expect(directivesOf(header).filter((directive) => directive !== "frame-ancestors 'none'")).toEqual(directivesOf(meta));
  expect(directivesOf(header)).toContain("frame-ancestors 'none'");
});

test("every file comes with the headers that hosts are told to send, and as what it is", async ({ page, site }) => {
  const wanted = Object.entries(headersFor());
  const files = filesOf(DIST).filter((url: string) => !/^(_headers$|hosts\/|screenshots\/)/.test(url));
  for (const url of ["", ...files]) {
    const answer = await page.request.get(site.url + url);
    expect(answer.status(), url).toBe(200);
    const headers = answer.headers();
    for (const [name, value] of wanted) expect(headers[name.toLowerCase()], `${name} of ${url}`).toBe(value);
    const ending = url.slice(url.lastIndexOf(".")) || ".html";
    expect(headers["content-type"], url).toBe((TYPES as Record<string, string>)[ending]);
  }
});

test("the built pages hold no script, style or handler of their own", () => {
  const pages = filesOf(DIST).filter((url: string) => url.endsWith(".html"));
  expect(pages).toEqual(["index.html", "rescue.html"]);
  for (const url of pages) {
    const html = readFileSync(join(DIST, url), "utf8");
    for (const [, attributes, content] of html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)) {
      expect(attributes, url).toMatch(/ src="\.\//);
      expect(content, url).toBe("");
    }
    expect(html, url).not.toMatch(/<style\b|\sstyle\s*=|\son\w+\s*=|javascript:|<base\b|<i?frame\b|\ssrcdoc\s*=/i);
    expect(html, url).not.toMatch(/(?:src|href|action)\s*=\s*"?\s*(?:https?:)?\/\//i);
    const directives = directivesOf(metaPolicy(html));
    expect(directives, url).toEqual(expect.arrayContaining(["default-src 'none'", "base-uri 'none'", "form-action 'none'", "style-src 'self'", "require-trusted-types-for 'script'"]));
    expect(metaPolicy(html), url).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    // Nothing stands before it that it would not govern.
    expect(html.slice(0, html.indexOf("Content-Security-Policy")), url).not.toMatch(/<(?:script|link|style|img)\b/i);
  }
});

test("in the app nothing foreign runs and nothing foreign is asked", async ({ page, site, guard, answering }) => {
  expectRefusals(guard);
  // The browser reports what it is about to refuse as well; `asked` is what arrived.
  guard.expectConsole(/request to another origin/);
  const asked: string[] = [];
  const foreign = await answering((request, response) => { asked.push(request.url!); response.end(); });
  await open(page, site.url);
  await placeDeeds(page, foreign);
  for (const [deed, directive] of Object.entries(REFUSALS)) {
    expect(await refused(page, deed), deed).toMatch(TYPED.includes(deed) ? /^require-trusted-types-for$|^thrown: Only the app's own / : new RegExp(`^${directive}$`));
  }
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  expect(asked).toEqual([]);
});

test("where there are no Trusted Types, the rest of the policy refuses the same", async ({ page, guard, answering }) => {
  const policy = directivesOf(contentPolicy([], { isHeader: true })).filter((directive) => !directive.includes("trusted-types")).join("; ");
  const asked: string[] = [];
  const foreign = await answering((request, response) => { asked.push(request.url!); response.end(); });
  const bare = await answering((_, response) => response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy }).end("<!doctype html><title>bare</title><body>"));
  guard.expectConsole(/request to another origin/);
  expectRefusals(guard);
  await page.goto(bare);
  await placeDeeds(page, foreign);
  for (const [deed, directive] of Object.entries(REFUSALS)) expect(await refused(page, deed), deed).toBe(directive);
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  expect(asked).toEqual([]);
});

test("no other page can frame the app, not even what the offline worker keeps", async ({ context, guard, answering }) => {
  guard.expectConsole(/frame-ancestors/);
  guard.expectConsole(/request to another origin/);
  const asked: string[] = [];
  const files = staticFiles(DIST);
  // A host with clean addresses: the worker gets its page by a detour and must keep the policy all the same.
  const host = await answering((request, response) => {
    asked.push(request.url!);
    if (request.url === "/index.html") response.writeHead(308, { location: "/" }).end();
    else files(request, response);
  });
  const around = await answering((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><title>around</title><iframe src="${host}/"></iframe>`));
  const framed = async () => {
    const page = await context.newPage();
    await page.goto(around);
    const [frame] = page.mainFrame().childFrames();
    await expect.poll(() => frame.url()).toBe("chrome-error://chromewebdata/");
    expect(await frame.locator("main, #boot").count()).toBe(0);
    await page.close();
  };
  await framed();
  const page = await context.newPage();
  await open(page, `${host}/`);
  await waitUntilOfflineReady(page);
  const before = asked.length;
  await framed();
  expect(asked.slice(before)).not.toContain("/");
});

test("of what a browser lends to pages the app keeps the camera and gives the rest back", async ({ page, site }) => {
  const named = [...headersFor()["Permissions-Policy"].matchAll(/([\w-]+)=\((.*?)\)/g)].map(([, feature, who]) => ({ feature, who }));
  expect(named.filter(({ who }) => who !== "")).toEqual([{ feature: "camera", who: "self" }]);
  await open(page, site.url);
  const [known, allowed] = await page.evaluate(() => {
    const policy = (document as any).featurePolicy;
    return [policy.features(), policy.allowedFeatures()] as string[][];
  });
  const off = named.map(({ feature }) => feature).filter((feature) => feature !== "camera");
  expect(allowed).toContain("camera");
  expect(off.filter((feature) => allowed.includes(feature))).toEqual([]);
  for (const feature of ["microphone", "geolocation", "usb", "serial", "hid", "payment", "display-capture", "midi"]) expect(off.filter((name) => known.includes(name))).toContain(feature);
});

test("only an upload origin that the build names can be reached", async ({ page, guard, answering }) => {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.headers.host}`);
    response.writeHead(200, { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" }).end("here");
  };
  const [named, other] = [await answering(listener), await answering(listener)];
  const folder = mkdtempSync(join(tmpdir(), "pendapa-upload-"));
  const site = new Site(folder);
  try {
    cpSync(DIST, folder, { recursive: true });
    placePolicy(folder, named);
    precache(folder);
    await site.start();
    guard.expectConsole(/request to another origin/);
    expectRefusals(guard);
    const answer = await page.request.get(site.url);
    expect(answer.headers()["content-security-policy"]).toContain(`connect-src 'self' ${named};`);
    expect(metaPolicy(await answer.text())).toContain(`connect-src 'self' ${named};`);
    await open(page, site.url);
    const reached = (url: string) => page.evaluate((url) => fetch(url).then((answer) => answer.text(), () => "refused"), url);
    expect(await reached(named)).toBe("here");
    expect(await reached(other)).toBe("refused");
    expect(await reached("https://example.com/")).toBe("refused");
    expect(asked).toEqual([`GET ${new URL(named).host}`]);
    // The changed page is the one that is kept offline.
    await waitUntilOfflineReady(page);
    await page.reload();
    expect(await reached(named)).toBe("here");
    expect(await reached(other)).toBe("refused");
  } finally {
    await site.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
