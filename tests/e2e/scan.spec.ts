// The worker that reads QR codes, in the release build: a film stands in for the camera, and the page's own policy holds.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { cameraArguments, writeFilm } from "./codes";
import { expect, test } from "./fixtures";
import { open } from "./pages.mjs";
import config from "./playwright.config";

const FRAMES = readFileSync(new URL("../fixtures/packs/v1_frames.txt", import.meta.url), "utf8").split("\n");
const MOST = readFileSync(new URL("../fixtures/packs/v1_frames_most.txt", import.meta.url), "utf8").split("\n");
const SHOWN = [...FRAMES, MOST[0]];

const launchOptions = config.use!.launchOptions!;
const folder = mkdtempSync(join(tmpdir(), "pendapa-film-"));
const film = join(folder, "codes.y4m");
test.use({ launchOptions: { ...launchOptions, args: [...launchOptions.args!, ...cameraArguments(film)] } });
test.beforeAll(() => writeFilm(film, SHOWN));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Seen {
  texts: string[];
  /** Milliseconds of each answer with a text, and of each without. */
  read: number[];
  unread: number[];
}

/** Looks through the camera until so many different texts were read, as src/browser/camera.rs does. */
const look = (page: Page, count: number) => page.evaluate(async (count) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } } });
  const video = document.createElement("video");
  video.setAttribute("playsinline", "");
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement("canvas");
  const side = (canvas.width = canvas.height = video.videoHeight);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const worker = new Worker(document.querySelector<HTMLMetaElement>("meta[name=worker-scan]")!.content);
  const ask = (job: Uint8Array) => new Promise<Uint8Array>((resolve, reject) => {
    worker.onerror = () => reject(new Error("the worker's file did not come"));
    worker.onmessage = ({ data }) => (typeof data === "string" ? reject(new Error(data)) : resolve(data));
    worker.postMessage(job, [job.buffer]);
  });
  const texts = new Set<string>();
  const seen: Seen = { texts: [], read: [], unread: [] };
  const until = performance.now() + 40_000;
  while (texts.size < count && performance.now() < until) {
    context.drawImage(video, (video.videoWidth - side) / 2, 0, side, side, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    const job = new Uint8Array(8 + side * side);
    new DataView(job.buffer).setUint32(0, side);
    new DataView(job.buffer).setUint32(4, side);
    for (let at = 0; at < side * side; at++) job[8 + at] = (data[4 * at] + 2 * data[4 * at + 1] + data[4 * at + 2]) >> 2;
    const started = performance.now();
    const answer = await ask(job);
    (answer.length ? seen.read : seen.unread).push(performance.now() - started);
    for (let at = 0; at < answer.length;) {
      const length = new DataView(answer.buffer, at).getUint32(0);
      texts.add(new TextDecoder().decode(answer.subarray(at + 4, at + 4 + length)));
      at += 4 + length;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  worker.terminate();
  stream.getTracks().forEach((track) => track.stop());
  seen.texts = [...texts];
  return seen;
}, count);

test("without a network the worker reads every code of a film, the longest as well", async ({ page, site }, info) => {
  await open(page, site.url, "/events/new");
  await page.waitForFunction(() => window.pendapa?.offline.ready);
  await page.context().setOffline(true);
  const { texts, read, unread } = await look(page, SHOWN.length);
  expect(texts.sort()).toEqual([...SHOWN].sort());
  const middle = (times: number[]) => Math.round(times.sort((a, b) => a - b)[times.length >> 1] ?? 0);
  info.annotations.push({ type: "time", description: `${read.length} pictures read in ${middle(read)} ms, ${unread.length} not read in ${middle(unread)} ms` });
});

test("the worker goes on after a picture without a code, and says when it cannot", async ({ page, site }) => {
  await open(page, site.url, "/events/new");
  const answers = await page.evaluate(async () => {
    const worker = new Worker(document.querySelector<HTMLMetaElement>("meta[name=worker-scan]")!.content);
    const ask = (bytes: number[]) => new Promise<unknown>((resolve) => {
      worker.onmessage = ({ data }) => resolve(typeof data === "string" ? data : data.length);
      worker.postMessage(new Uint8Array(bytes));
    });
    const empty = [0, 0, 0, 2, 0, 0, 0, 2, 9, 9, 9, 9];
    const all = [await ask(empty), await ask(empty), await ask([1, 2, 3]), await ask(empty)];
    worker.terminate();
    return all;
  });
  expect(answers).toEqual([0, 0, "died", 0]);
});
