// Runs every check and test in order, goes on when one fails, and ends with one line: "N passed, N failed".
// `node tools/test.mjs [step…]` runs only the named steps. A step without counts of its own counts as one test.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { chromedriver, chromium } from "./browser.mjs";

const STEP_LIMIT_MS = 40 * 60 * 1000;
const WEBDRIVER = ".tools/webdriver.json";
const PLAYWRIGHT_REPORT = "test-results/playwright.json";
const WASM = ["--target", "wasm32-unknown-unknown"];

const steps = [
  { name: "versions", command: ["node", "tools/check-versions.mjs"] },
  { name: "audit", command: ["node", "tools/audit.mjs"], counts: auditCounts },
  { name: "tools", command: ["node", "--test", "--test-reporter=spec", ...toolTests()], counts: nodeCounts },
  { name: "fmt", command: ["cargo", "fmt", "--check"] },
  { name: "clippy-host", command: ["cargo", "clippy", "--locked", "--all-targets", "--", "-D", "warnings"] },
  { name: "clippy-browser", command: ["cargo", "clippy", "--locked", ...WASM, "--lib", "--bin", "pendapa", "--bin", "pendapa-kdf", "--bin", "pendapa-carrier", "--test", "browser", "--", "-D", "warnings"] },
  { name: "host", command: ["cargo", "test", "--locked", "--no-fail-fast", "--lib", "--test", "host"], counts: cargoCounts },
  { name: "browser", command: ["cargo", "test", "--locked", ...WASM, "--test", "browser"], environment: webdriver, counts: cargoCounts },
  // The size budget is a part of the build.
  { name: "build", command: ["make", "--no-print-directory", "build"] },
  { name: "next-build", needs: "build", command: ["node", "tools/next-build.mjs", "dist", "dist-next"] },
  {
    name: "journeys",
    needs: "build",
    command: ["playwright", "test", "--config", "tests/e2e/playwright.config.ts", "--reporter", "list,json"],
    environment: playwright,
    counts: playwrightCounts,
  },
];

/** The runner takes the first chromedriver it finds; the browser may be elsewhere than chromedriver thinks. */
function webdriver() {
  const capabilities = JSON.parse(readFileSync("webdriver.json", "utf8"));
  capabilities["goog:chromeOptions"].binary = chromium();
  mkdirSync(".tools", { recursive: true });
  writeFileSync(WEBDRIVER, JSON.stringify(capabilities));
  return { CHROMEDRIVER: chromedriver(), WASM_BINDGEN_TEST_WEBDRIVER_JSON: WEBDRIVER, WASM_BINDGEN_TEST_TIMEOUT: "300" };
}

function playwright() {
  rmSync(PLAYWRIGHT_REPORT, { force: true });
  return { CHROMIUM: chromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT };
}

/** Node's runner takes no folder in every version. */
function toolTests() {
  return readdirSync("tests/tools").filter((name) => name.endsWith(".test.mjs")).map((name) => `tests/tools/${name}`);
}

/** What could not be looked up is neither passed nor failed, and is named in the last lines. */
function auditCounts(output) {
  const [, passed, failed, skipped] = output.match(/^audit: (\d+) passed, (\d+) failed, (\d+) not checked$/m).map(Number);
  return { passed, failed, skipped, note: skipped ? "known weaknesses were not looked up" : undefined };
}

/** The closing lines of Node's own runner. */
function nodeCounts(output) {
  const count = (what) => Number(output.match(new RegExp(`^\\S* ?${what} (\\d+)$`, "m"))[1]);
  return { passed: count("pass"), failed: count("fail") + count("cancelled"), skipped: count("skipped") + count("todo") };
}

/** Sums cargo's result lines. A test binary without tests is a fault: its tests were lost on the way. */
function cargoCounts(output) {
  const results = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm)];
  const sum = (column) => results.reduce((total, result) => total + Number(result[column]), 0);
  const empty = results.some((result) => Number(result[1]) + Number(result[2]) === 0);
  return { passed: sum(1), failed: sum(2), skipped: sum(3), empty };
}

/** A test that passes only at the second try is counted as failed. */
function playwrightCounts() {
  const { stats } = JSON.parse(readFileSync(PLAYWRIGHT_REPORT, "utf8"));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped, empty: stats.expected + stats.unexpected + stats.flaky === 0 };
}

/** Runs a command, showing what it prints. Resolves to its exit code and its standard output without colours. */
function run([program, ...args], environment) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...environment } });
    const limit = setTimeout(() => {
      console.log(`stopped after ${STEP_LIMIT_MS / 60_000} minutes`);
      child.kill();
    }, STEP_LIMIT_MS);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      process.stdout.write(text);
    });
    const end = (code) => {
      clearTimeout(limit);
      resolve({ code, output: output.replace(/\x1b\[[0-9;]*m/g, "") });
    };
    child.on("error", (error) => {
      console.log(`${program}: ${error.message}`);
      end(127);
    });
    child.on("close", end);
  });
}

async function outcomeOf(step) {
  const { code, output } = await run(step.command, step.environment?.());
  if (!step.counts) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const counted = step.counts(output);
  if (counted.empty || counted.passed + counted.failed === 0) return { ...counted, failed: counted.failed + 1, note: "a runner ran no tests" };
  if (code !== 0 && counted.failed === 0) return { ...counted, failed: 1, note: `ended with code ${code}` };
  return counted;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length) {
  console.error(`No such step: ${unknown.join(", ")}. There are: ${steps.map((step) => step.name).join(", ")}`);
  process.exit(2);
}

const outcomes = new Map();
for (const step of steps.filter(({ name }) => !wanted.length || wanted.includes(name))) {
  console.log(`\n== ${step.name}: ${step.command.join(" ")}`);
  const started = Date.now();
  const blocked = outcomes.get(step.needs)?.failed > 0;
  const outcome = blocked
    ? { passed: 0, failed: 1, note: `not run, because ${step.needs} failed` }
    : await outcomeOf(step).catch((error) => ({ passed: 0, failed: 1, note: error.message }));
  outcomes.set(step.name, { ...outcome, seconds: Math.round((Date.now() - started) / 1000) });
}

console.log("");
let passed = 0;
let failed = 0;
for (const [name, outcome] of outcomes) {
  passed += outcome.passed;
  failed += outcome.failed;
  const notes = [outcome.skipped ? `${outcome.skipped} skipped` : "", outcome.note ?? ""].filter(Boolean).join(", ");
  console.log(`${name.padEnd(15)}${String(outcome.passed).padStart(5)} passed${String(outcome.failed).padStart(5)} failed${String(outcome.seconds).padStart(6)} s  ${notes}`.trimEnd());
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
