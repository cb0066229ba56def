// The measurements. Each takes a ground (`serve`, `launch`, `repetitions`) and resolves to Markdown.
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { precache } from "../../tools/precache.mjs";
import { measure } from "../../tools/size.mjs";
import * as screens from "../e2e/pages.mjs";
import { tabletRows } from "./rows.mjs";
import { interleaved, ratio, shown, spread, table } from "./stats.mjs";

const here = (path) => new URL(path, import.meta.url).pathname;
const people = JSON.parse(readFileSync(here("../fixtures/people.json"), "utf8"));
const BARE = readFileSync(here("peers/bare-idb.js"), "utf8");
const CPU_SLOWDOWN = 4;
const SIZES = [100, 1_000, 10_000];
const ROWS_AT_ONCE = 1_000;
// A file without script: opened where the origin's database is wanted and the app is not.
const PLAIN_FILE = "robots.txt";

/** Save: from the click to the number on the screen, against one bare strict put and get of the same rows. */
export async function save(ground) {
  const app = await ground.serve(ground.dist);
  const peer = await ground.serve(here("peers"));
  const browser = await ground.launch();
  const context = await browser.newContext(ground.device);
  await context.addInitScript({ path: here("watch.js") });
  const [page, bare] = [await context.newPage(), await context.newPage()];
  await page.bringToFront();
  await screens.createEvent(page, app.url, people.event);
  await screens.openForm(page, app.url);
  await bare.goto(`${peer.url}bare-idb.html`);
  // Only people whom nothing is unusual about, so that every save does the same.
  const plain = people.people.filter(({ expected }) => expected.checks.warnings.length + expected.checks.duplicates.length === 0);
  let rows;

  const appSave = async (at) => {
    await page.bringToFront();
    await screens.fillForm(page, plain[at]);
    const time = page.evaluate(() => bench.save());
    await screens.saveButton(page).click();
    const taken = await time;
    rows = await page.evaluate(`(async () => { ${BARE}; const database = await bareIdb.open("pendapa"); const rows = await bareIdb.newestRows(database); database.close(); return rows; })()`);
    await screens.nextPerson(page);
    return taken;
  };
  const bareSave = async () => {
    await bare.bringToFront();
    await bare.evaluate((laid) => layReady(laid), rows);
    const time = bare.evaluate(() => bench.save());
    await bare.getByRole("button").click();
    return time;
  };
  // The first saves of a page compile code; neither side counts them.
  for (let at = 0; at < 2; at += 1) {
    await appSave(at);
    await bareSave();
  }
  const repetitions = Math.min(ground.repetitions.save, plain.length - 2);
  const samples = { app: [], bare: [] };
  // The peer writes what the app has just written, so here the app is always first.
  for (let at = 0; at < repetitions; at += 1) {
    samples.app.push(await appSave(at + 2));
    samples.bare.push(await bareSave());
  }
  await browser.close();
  const [ours, theirs] = [spread(samples.app), spread(samples.bare)];
  const bytes = rows.reduce((sum, { body }) => sum + body.length, 0);
  return section("Save, click to proof", `Milliseconds, median (least–most) of ${ours.count}; ${bytes} bytes of sealed bodies in three rows.`, table(
    ["", "Pendapa", "bare strict put + get", "ratio", "at least", "reach for"],
    [["save", shown(ours), shown(theirs), ratio(ours, theirs), "1.5 ×", "1.2 ×"]],
  ));
}

/** Cold start without a network, processor slowed down, to the lock, against a plain form behind the same worker. */
export async function start(ground) {
  const folder = mkdtempSync(join(tmpdir(), "pendapa-bench-"));
  const form = join(folder, "form");
  cpSync(here("peers/form"), form, { recursive: true });
  cpSync(here("../../public/sw.js"), join(form, "sw.js"));
  precache(form);
  const app = await ground.serve(ground.dist);
  const peer = await ground.serve(form);
  const profile = join(folder, "profile");

  let context = await ground.launchPersistent(profile);
  const page = await context.newPage();
  await screens.createEvent(page, app.url, people.event);
  await screens.waitUntilOfflineReady(page);
  // Some more visits, so that the browser has kept the compiled code of both.
  for (let visit = 0; visit < 3; visit += 1) {
    for (const [url, label] of [[`${app.url}#/register`, screens.L.passphrase], [peer.url, screens.L.fields.nik]]) {
      await page.goto("about:blank");
      await page.goto(url);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.getByRole("textbox", { name: label, exact: true }).waitFor();
    }
  }
  await context.close();
  await app.close();
  await peer.close();

  const coldStart = (url, first) => async () => {
    context = await ground.launchPersistent(profile);
    await context.addInitScript({ path: here("watch.js") });
    await context.addInitScript((label) => { globalThis.started = bench.until(() => bench.focusable(label)); }, first);
    const cold = context.pages()[0] ?? (await context.newPage());
    const session = await context.newCDPSession(cold);
    await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
    await cold.goto(url);
    // Asked without Playwright's own script, which the page would have to read while it starts.
    const { result } = await session.send("Runtime.evaluate", { expression: "started", awaitPromise: true, returnByValue: true });
    const taken = result.value;
    const slow = await cold.evaluate(() => bench.work());
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const usual = await cold.evaluate(() => bench.work());
    if (slow / usual < CPU_SLOWDOWN / 2) throw new Error(`the processor was slowed down only ${(slow / usual).toFixed(1)} times`);
    await context.close();
    return taken;
  };
  const samples = await interleaved({ app: coldStart(`${app.url}#/register`, screens.L.passphrase), form: coldStart(peer.url, screens.L.fields.nik) }, ground.repetitions.start);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const [ours, theirs] = [spread(samples.app), spread(samples.form)];
  return section("Cold start offline to the first field", `Every start asks for the passphrase: that field against the NIK field of the peer. Milliseconds from navigation in a new browser process, main thread slowed down ${CPU_SLOWDOWN} times, median (least–most) of ${ours.count}.`, table(
    ["", "Pendapa", "plain form, same worker", "ratio", "at least", "reach for"],
    [["start", shown(ours, 0), shown(theirs, 0), ratio(ours, theirs), "3 ×", "2 ×"]],
  ));
}

/**
 * Unlocking, and search, with many registrations. Unlocking is measured from the end of the passphrase's own work, when
 * the app asks who is at work, to the first line of the list; the officer's tap and its two writes are in it.
 */
export async function search(ground) {
  const site = await ground.serve(ground.dist);
  const browser = await ground.launch();
  const pages = new Map();
  const sealed = new Map();
  for (const count of SIZES) {
    const context = await browser.newContext(ground.device);
    await context.addInitScript({ path: here("watch.js") });
    const page = await context.newPage();
    await page.goto(site.url + PLAIN_FILE);
    await page.evaluate(BARE);
    const rows = tabletRows(count);
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      await page.evaluate(async (part) => {
        const database = await bareIdb.open("pendapa");
        await bareIdb.write(database, part);
        database.close();
      }, rows.slice(at, at + ROWS_AT_ONCE));
    }
    // The rows are those of a version without a vault: the app seals them all before anything else.
    const began = Date.now();
    await screens.open(page, site.url, "/participants");
    sealed.set(count, Date.now() - began);
    pages.set(count, page);
  }
  const list = (page) => async () => {
    await page.bringToFront();
    await page.goto("about:blank");
    await page.goto(`${site.url}#/participants`);
    const taken = page.evaluate(({ officer, number }) => bench.unlocked(officer, new RegExp(number)), { officer: screens.OFFICER, number: screens.NUMBER.source });
    await screens.typePassphrase(page, screens.PASSPHRASE);
    return taken;
  };
  const words = ["siti", "hasan", "3574", "warung", "kdp1-a-05"];
  const keys = (page) => async (repetition) => {
    await page.bringToFront();
    const field = screens.searchField(page);
    await field.fill("");
    await field.focus();
    const taken = [];
    for (const letter of words[repetition % words.length]) {
      // The listener stands before the key is pressed, or the keystroke would be missed.
      await page.evaluate(() => { globalThis.keyed = bench.key(); });
      await page.keyboard.press(letter);
      const one = await page.evaluate(() => globalThis.keyed);
      if (one !== undefined) taken.push(one);
    }
    return taken;
  };
  const subjects = (measureOne) => Object.fromEntries([...pages].map(([count, page]) => [count, measureOne(page)]));
  const lists = await interleaved(subjects(list), ground.repetitions.list);
  const searches = await interleaved(subjects(keys), ground.repetitions.search);
  await browser.close();
  const rows = SIZES.map((count) => [count.toLocaleString("en"), shown(spread(lists[count]), 0), shown(spread(searches[count]), 2), String(searches[count].length), `${sealed.get(count)}`]);
  return section("Unlock and search", "Milliseconds, median (least–most). Unlock: from the end of the passphrase's work to the first line of the list, at most 1,000 at 10,000. Sealed once: a version without a vault brought into it, typing and the passphrase's work included. Search: from a keystroke to the list that answers it; at least 16 ms, reach for 4 ms, at 100,000.", table(["registrations", "unlock", "search", "keystrokes", "sealed once"], rows));
}

/** Bytes over the wire. */
export async function size(ground) {
  const { firstVisit, precache: kept, files } = measure(ground.dist);
  const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
  const largest = files.filter((file) => file.first).sort((a, b) => b.wire - a.wire).slice(0, 5);
  return section("Bytes over the wire", "Brotli 11, or as they are where that is smaller.", table(
    ["what", "bytes", "at most", "reach for"],
    [["first visit", kb(firstVisit), "300 KB", "200 KB"], ["whole precache", kb(kept), "", ""], ...largest.map((file) => [`of it ${file.url.replace(/-[0-9a-f]{16}/, "")}`, kb(file.wire), "", ""])],
  ));
}

const section = (title, about, figures) => `### ${title}\n\n${about}\n\n${figures}`;
