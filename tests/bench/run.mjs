// Measures the release app against plain peers and writes docs/benchmarks.md: `node tests/bench/run.mjs [measurement…]`.
// Measurements: save, start, search, size; without a name all of them. --repetitions N sets every count;
// --print leaves the file alone. One browser at a time, everything interleaved; compare ratios, never times of two machines.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { chromium as playwright } from "@playwright/test";
import { chromium } from "../../tools/browser.mjs";
import { serve } from "../../tools/serve.mjs";
import { machineLines } from "./machine.mjs";
import * as measures from "./measures.mjs";

const FILE = new URL("../../docs/benchmarks.md", import.meta.url).pathname;
const BEGIN = "<!-- measured: begin -->";
const END = "<!-- measured: end -->";
const LEAST_REPETITIONS = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { repetitions: { type: "string" }, print: { type: "boolean", default: false }, dist: { type: "string", default: "dist" } },
});
const wanted = positionals.length ? positionals : Object.keys(measures);
const unknown = wanted.filter((name) => !(name in measures));
if (unknown.length) {
  console.error(`No such measurement: ${unknown.join(", ")}. There are: ${Object.keys(measures).join(", ")}`);
  process.exit(2);
}
if (!existsSync(values.dist)) {
  console.error(`There is no build in ${values.dist}. Run: make build`);
  process.exit(1);
}

function repetitionsOf(usual) {
  const count = Number(values.repetitions ?? usual);
  if (!Number.isInteger(count) || count < LEAST_REPETITIONS) throw new Error(`At least ${LEAST_REPETITIONS} repetitions`);
  return count;
}

const launchOptions = { executablePath: chromium(), args: ["--disable-gpu"] };
const device = { viewport: { width: 1280, height: 800 }, locale: "id-ID", timezoneId: "Asia/Jakarta" };
const open = [];
const ground = {
  dist: values.dist,
  device,
  repetitions: { save: repetitionsOf(15), start: repetitionsOf(9), list: repetitionsOf(5), search: repetitionsOf(10) },
  async serve(dir) {
    const site = await serve({ dir });
    open.push(site);
    return site;
  },
  launch: () => playwright.launch(launchOptions),
  launchPersistent: (profile) => playwright.launchPersistentContext(profile, { ...launchOptions, ...device }),
};

/** The file with what was measured now between its markers; what people wrote around them stays. */
function withMeasured(text, measured) {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${FILE} has no "${BEGIN}" and "${END}"`);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${measured}\n\n${text.slice(end)}`;
}

const NEW_FILE = `# Benchmarks

Measured by \`make bench\` on the release build, side by side with plain peers in one run on one machine. Only the ratios
mean something elsewhere. What is measured and how is in \`tests/bench/\`.

${BEGIN}
${END}
`;

const sections = [];
for (const name of wanted) {
  console.error(`measuring ${name}…`);
  sections.push(await measures[name](ground));
  await Promise.all(open.splice(0).map((site) => site.close().catch(() => {})));
}
const browser = await ground.launch();
const measured = [machineLines(browser.version()).join("\n"), ...sections].join("\n\n");
await browser.close();
console.log(measured);
// A part of the measurements must not replace a whole set of figures.
if (!values.print && positionals.length === 0) {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, withMeasured(existsSync(FILE) ? readFileSync(FILE, "utf8") : NEW_FILE, measured));
  console.error(`written to ${FILE.slice(FILE.indexOf("docs/"))}`);
}
process.exit(0);
