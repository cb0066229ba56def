// Sizes of a build as they go over the wire (brotli 11), and the budgets of the first visit and of each worker.
// `node tools/size.mjs [folder]` prints a table and fails when one is larger than `most`, which the design sets; `goal`
// is what it reaches for. What the first screen does without is fetched later and not counted.
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { filesOf, keptFilesOf } from "./precache.mjs";
import { WORKERS } from "./workers.mjs";

const budget = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), "budget.json"), "utf8"));

/** Bytes over the wire: brotli, or as they are where that is smaller (fonts and pictures are compressed already). */
function wireBytes(bytes) {
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  return Math.min(packed.length, bytes.length);
}

/** Addresses that a first visit fetches: what index.html names, what its style and scripts name, and so on. */
export function firstVisitOf(folder) {
  const all = new Set(filesOf(folder));
  const found = new Set();
  const visit = (url) => {
    if (!all.has(url) || found.has(url)) return;
    found.add(url);
    const named = (pattern, text) => [...text.matchAll(pattern)].map((match) => posix.join(posix.dirname(url), match[1]));
    const text = () => readFileSync(join(folder, url), "utf8");
    if (url.endsWith(".html")) {
      // Only iPadOS fetches the touch icon, and only when the app is put on the home screen; the rescue page is a link.
      const page = text().replace(/<link [^>]*apple-touch-icon[^>]*>/g, "").replace(/<a [^>]*>/g, "");
      named(/(?:href|src|data-js|data-wasm)="?(?:\.\/)?([^"\s>#]+)/g, page).forEach(visit);
    } else if (url.endsWith(".css")) {
      named(/url\(["']?([^"')]+)/g, text()).forEach(visit);
    } else if (url.endsWith(".js")) {
      named(/(?:from|import)\s*["'](\.[^"']+)["']/g, text()).forEach(visit);
    }
  };
  visit("index.html");
  // A vault is made before anybody is registered.
  for (const url of all) if (url.startsWith("kdf-")) visit(url);
  return [...found];
}

/** `{ files: [{ url, raw, wire, first, kept }], firstVisit, precache, workers: { kdf, … } }`, sizes in bytes. */
export function measure(folder) {
  const first = new Set(firstVisitOf(folder));
  const kept = new Set(keptFilesOf(folder));
  const files = filesOf(folder).map((url) => {
    const bytes = readFileSync(join(folder, url));
    return { url, raw: bytes.length, wire: wireBytes(bytes), first: first.has(url), kept: kept.has(url) };
  });
  const sum = (list) => list.reduce((total, file) => total + file.wire, 0);
  const workers = Object.fromEntries(WORKERS.map((worker) => [worker, sum(files.filter((file) => file.url.startsWith(`${worker}-`)))]));
  return { files, firstVisit: sum(files.filter((file) => file.first)), precache: sum(files.filter((file) => file.kept)), workers };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, firstVisit, precache, workers } = measure(process.argv[2] ?? "dist");
  const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`.padStart(11);
  console.log(`${"raw".padStart(11)}${"brotli".padStart(11)}  file (1 = first visit, o = kept offline)`);
  for (const file of files.sort((a, b) => b.wire - a.wire)) {
    console.log(`${kb(file.raw)}${kb(file.wire)}  ${file.first ? "1" : " "}${file.kept ? "o" : " "} ${file.url}`);
  }
  const { goal, most } = budget.first_visit_bytes;
  console.log(`\nfirst visit ${kb(firstVisit)}, at most ${kb(most)}, goal ${kb(goal)}\nkept offline${kb(precache)}`);
  const over = [["first visit", firstVisit, most]];
  for (const [worker, size] of Object.entries(workers)) {
    const limit = budget[`${worker}_bytes`].most;
    console.log(`${worker.padEnd(11)}${kb(size)}, at most ${kb(limit)}`);
    if (size === 0) throw new Error(`there is no worker ${worker}`);
    over.push([worker, size, limit]);
  }
  for (const [what, size, limit] of over.filter(([, size, limit]) => size > limit)) {
    console.error(`${what}: ${kb(size - limit).trim()} over its budget (tools/budget.json).`);
    process.exitCode = 1;
  }
}
