// The installed app: what browsers want to know before they install it, and that it really needs no network afterwards.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { DIST, Site, expect, fixture, secretsOf, test } from "./fixtures";
import { L, control, createEvent, open, openForm, registerPerson, reload, unlock, waitUntilOfflineReady } from "./pages.mjs";
import { asIpadTab } from "./screens";
import { plainPerson, registeredNumbers, rowsOf } from "./steps";

const manifest = JSON.parse(readFileSync(join(DIST, "manifest.webmanifest"), "utf8"));

/** What the first bytes of a PNG file say. */
function pngHeader(bytes: Buffer) {
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** A picture that the manifest names must arrive and be as large as it says. */
async function expectPicture(site: Site, page: Page, { src, sizes, type }: { src: string; sizes: string; type: string }) {
  const response = await page.request.get(new URL(src, site.url).href);
  expect(response.status(), src).toBe(200);
  expect(response.headers()["content-type"], src).toContain(type);
  if (type !== "image/png") return;
  const { width, height } = pngHeader(await response.body());
  expect(`${width}x${height}`, src).toBe(sizes);
}

test("the manifest has everything that stores and browsers ask for", () => {
  for (const text of ["name", "short_name", "description"]) expect(manifest[text]).toMatch(/^\S.*\S$/);
  expect(manifest.short_name.length).toBeGreaterThanOrEqual(3);
  expect(manifest.short_name.length).toBeLessThanOrEqual(12);
  expect(manifest).toMatchObject({ id: "pendapa", lang: "id", dir: "ltr", scope: "./", start_url: "./", display: "standalone", orientation: "any", prefer_related_applications: false });
  expect(manifest.display_override).toEqual(["standalone", "minimal-ui"]);
  expect(manifest.launch_handler).toEqual({ client_mode: "navigate-existing" });
  for (const colour of ["background_color", "theme_color"]) expect(manifest[colour]).toMatch(/^#[0-9a-f]{6}$/i);
  expect(manifest.categories.length).toBeGreaterThan(0);
  expect(manifest.shortcuts.length).toBeGreaterThan(0);
  // One that is masked and one that is not: the same picture cannot be right for both.
  for (const { purpose } of manifest.icons) expect(["any", "maskable", "monochrome"]).toContain(purpose);
  const icons = manifest.icons.map(({ sizes, purpose }: { sizes: string; purpose: string }) => `${sizes} ${purpose}`);
  expect(icons).toEqual(expect.arrayContaining(["192x192 any", "512x512 any", "192x192 maskable", "512x512 maskable", "512x512 monochrome"]));
});

test("icons, shortcuts and screenshots exist and are as large as the manifest says", async ({ page, site }) => {
  for (const icon of manifest.icons) await expectPicture(site, page, icon);
  for (const { url, icons } of manifest.shortcuts) {
    expect(new URL(url, site.url).href).toContain(site.url);
    expect(icons.map(({ sizes }: { sizes: string }) => sizes)).toContain("96x96");
    for (const icon of icons) await expectPicture(site, page, icon);
  }
  const shapes = new Map<string, Set<number>>();
  for (const screenshot of manifest.screenshots) {
    await expectPicture(site, page, screenshot);
    const [width, height] = screenshot.sizes.split("x").map(Number);
    expect(Math.max(width, height)).toBeLessThanOrEqual(Math.min(3840, 2.3 * Math.min(width, height)));
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(320);
    expect(screenshot.label).toMatch(/\S/);
    shapes.set(screenshot.form_factor, (shapes.get(screenshot.form_factor) ?? new Set()).add(width / height));
  }
  expect([...shapes.keys()].sort()).toEqual(["narrow", "wide"]);
  for (const ratios of shapes.values()) expect(ratios.size).toBe(1);
  expect(manifest.screenshots.length).toBeLessThanOrEqual(8);
});

test("an iPad finds an opaque icon of 180 pixels", async ({ page, site }) => {
  await open(page, site.url);
  const href = await page.locator("link[rel=apple-touch-icon]").getAttribute("href");
  await expectPicture(site, page, { src: href!, sizes: "180x180", type: "image/png" });
  const isOpaque = await page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, image.width, image.height).data.every((value, at) => at % 4 !== 3 || value === 255);
  }, href!);
  expect(isOpaque).toBe(true);
});

test("Chromium finds nothing against installing it, and knows it by its id", async ({ persistentApp, site }) => {
  const { page } = await persistentApp();
  await open(page, site.url);
  await waitUntilOfflineReady(page);
  const session = await page.context().newCDPSession(page);
  const parsed = await session.send("Page.getAppManifest");
  expect(parsed.errors).toEqual([]);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
  const { appId } = await session.send("Page.getAppId");
  expect(appId).toBe(`${site.url}pendapa`);
});

test("the second start needs no server, at any address of the app", async ({ persistentApp, site }) => {
  // Each of a dozen pages asks for the passphrase, whose work takes a second or two on a busy machine.
  test.setTimeout(180_000);
  const app = await persistentApp();
  await createEvent(app.page, site.url, fixture.event);
  await waitUntilOfflineReady(app.page);
  await app.close();
  await site.stop();
  const page = await app.start();
  await open(page, site.url);
  await expect(page.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
  await waitUntilOfflineReady(page);

  const places: [string, string][] = [
    ["#/register", "Peserta baru"], ["#/participants", L.participants], ["#/handover", L.handOver], ["#/settings", L.settings],
    ["#/events", "Kegiatan di tablet ini"], ["#/events/new", L.newEvent], ["#/no-such-page", "Halaman ini tidak ada."],
    ["index.html", fixture.event.name as string], ["index.html?source=shortcut#/handover", L.handOver],
    ["rescue.html", "Penyelamatan data"], ["rescue", "Penyelamatan data"],
    // A mistyped address leads to the app.
    ["pendaftaran/lama", fixture.event.name as string],
  ];
  for (const [address, heading] of places) {
    await test.step(address, async () => {
      const other = await app.context.newPage();
      await other.goto(site.url + address);
      if (!address.startsWith("rescue")) await unlock(other);
      await expect(other.getByRole("heading", { name: heading }).first()).toBeVisible();
      await other.close();
    });
  }
  expect(site.isUp).toBe(false);
});

test("somebody is registered on the very first visit once the network is gone", async ({ page, site, personal }) => {
  personal(...secretsOf(plainPerson));
  await open(page, site.url);
  await waitUntilOfflineReady(page);
  await site.stop();
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  expect(await registeredNumbers(page)).toHaveLength(1);
});

test("the worker answers GET of the app's own files and nothing else", async ({ page, context, site }) => {
  await open(page, site.url);
  await waitUntilOfflineReady(page);
  const asked: [method: string, address: string, isAnswered: boolean][] = [
    ["GET", `${site.url}rescue.js`, true],
    ["GET", `${site.url}manifest.webmanifest`, true],
    ["POST", `${site.url}rescue.js`, false],
    ["PUT", `${site.url}upload/1`, false],
    ["HEAD", `${site.url}rescue.js`, false],
    ["GET", `${site.url}receipts/1.json`, false],
    ["GET", `${site.url}rescue.js?fresh`, false],
    ["GET", "https://example.com/rescue.js", false],
    ["GET", site.url.replace("localhost", "127.0.0.1"), false],
  ];
  const [worker] = context.serviceWorkers();
  for (const [method, address, isAnswered] of asked) {
    const answered = await worker.evaluate(([method, address]) => {
      let answered = false;
      // A request of which the worker is told and that nobody sends.
      const event = Object.assign(new Event("fetch"), { request: new Request(address, { method }), respondWith: () => { answered = true; } });
      dispatchEvent(event);
      return answered;
    }, [method, address]);
    expect(answered, `${method} ${address}`).toBe(isAnswered);
  }
  const [response] = await Promise.all([page.waitForResponse(/rescue\.js$/), page.evaluate(() => fetch("./rescue.js").then((answer) => answer.text()))]);
  expect(response.fromServiceWorker()).toBe(true);
});

test("\"ready to work offline\" is not said when a file is missing, and is again once it was fetched", async ({ page, site }) => {
  await open(page, site.url);
  await waitUntilOfflineReady(page);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await (await caches.open(name)).delete("./rescue.js");
  });
  await site.stop();
  await page.reload();
  await expect(page.getByText("Belum siap luring").filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByText(L.offlineReady, { exact: true })).toBeHidden();
  await site.start();
  await page.reload();
  await waitUntilOfflineReady(page);
});

test("where the browser offers to install, a button does, and says when it is done", async ({ page, site }) => {
  await open(page, site.url, "/settings");
  const button = page.getByRole("button", { name: "Pasang", exact: true });
  await expect(page.getByText("Buka menu peramban dan pilih")).toBeVisible();
  await expect(button).toBeHidden();

  // The browser's own event cannot be had without a window manager.
  const offer = (outcome: string) => page.evaluate((outcome) => {
    const event = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
      prompt: async () => { document.documentElement.dataset.prompts = String(Number(document.documentElement.dataset.prompts ?? 0) + 1); },
      userChoice: Promise.resolve({ outcome }),
    });
    return dispatchEvent(event);
  }, outcome);
  // The browser's own banner must not cover the form.
  expect(await offer("dismissed")).toBe(false);
  await button.click();
  await expect(page.locator("html")).toHaveAttribute("data-prompts", "1");
  // A browser lets one offer be taken up once.
  await expect(button).toBeHidden();
  await expect(page.getByText("Buka menu peramban dan pilih")).toBeVisible();

  await offer("accepted");
  await button.click();
  await page.evaluate(() => dispatchEvent(new Event("appinstalled")));
  await expect(page.getByText("Sudah dipasang")).toBeVisible();
  await expect(button).toBeHidden();
});

test("in a tab on an iPad nobody is registered; the app says how to install it", async ({ page, site }) => {
  await page.addInitScript(asIpadTab);
  for (const route of ["/", "/register"]) {
    await open(page, site.url, route);
    await expect(page.getByRole("heading", { name: "Pasang dulu di iPad ini" })).toBeVisible();
    await expect(page.getByText("Pilih “Tambah ke Layar Utama”, lalu “Tambah”.")).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expect(page.getByRole("button", { name: L.sampleOpen })).toBeHidden();
  }
  // Not by way of an event either, whatever address is typed.
  await open(page, site.url, "/events/new");
  await expect(page.getByRole("button", { name: L.createEvent })).toBeHidden();
  expect(await rowsOf(page, "events")).toEqual([]);
  await open(page, site.url, "/settings");
  await expect(page.getByText("Di iPad: buka di Safari, sentuh tombol Bagikan")).toBeVisible();
});

test("installed on an iPad it registers", async ({ page, site, personal }) => {
  personal(...secretsOf(plainPerson));
  await page.addInitScript(asIpadTab);
  await page.addInitScript(() => Object.defineProperty(navigator, "standalone", { get: () => true }));
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await open(page, site.url, "/settings");
  await expect(page.getByText("Sudah dipasang")).toBeVisible();
});

const SUB_PATHS = ["kota/pendapa/", "uji/"];
const onSubPaths = test.extend({
  site: async ({}, use, info) => {
    const host = info.outputPath("host");
    for (const path of SUB_PATHS) cpSync(DIST, join(host, path), { recursive: true });
    const site = new Site(host);
    await site.start();
    await use(site);
    await site.stop();
  },
});

onSubPaths("the same build works below a path, offline too, and beside another copy", async ({ page, context, site, personal }) => {
  personal(...secretsOf(plainPerson));
  const [first, second] = SUB_PATHS.map((path) => site.url + path);
  await createEvent(page, first, fixture.event);
  await waitUntilOfflineReady(page);
  const other = await context.newPage();
  await open(other, second);
  await waitUntilOfflineReady(other);
  await other.close();
  expect(await page.evaluate(async () => (await caches.keys()).map((name) => name.split(" ").at(-1)).sort())).toEqual(SUB_PATHS.map((path) => `/${path}`));

  await site.stop();
  await page.goto(`${first}#/register`);
  await reload(page);
  await waitUntilOfflineReady(page);
  await control(page, "nik").waitFor();
  await registerPerson(page, plainPerson);
  expect(new URL(page.url()).pathname).toBe(`/${SUB_PATHS[0]}`);
  // Everything that was asked for lies below the two paths.
  expect(site.requests.filter(({ url }) => !SUB_PATHS.some((path) => url.startsWith(`/${path}`)))).toEqual([]);
});
