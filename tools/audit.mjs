// Looks at everything that comes from outside: crates by `cargo deny` and deny.toml, npm packages by package-lock.json.
// `node tools/audit.mjs [folder]` audits a project; it ends with 1 when anything is wrong. Known weaknesses are looked up
// where RustSec's database is or can be fetched, and nothing fails because it cannot.
// Why not more of npm: docs/decisions/0011-dependency-audit.md.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CONFIG = fileURLToPath(new URL("../deny.toml", import.meta.url));
const FETCH_WITHIN_MS = 60_000;

// Build and test tools only; nothing of them is part of the app. MPL-2.0 is axe-core, which is used as it is.
const NPM_LICENCES = ["MIT", "Apache-2.0", "BSD-3-Clause", "MPL-2.0", "MIT OR Apache-2.0"];
const NPM_REGISTRY = "https://registry.npmjs.org/";
// Whose script may run when it is installed: esbuild looks for its own program.
const NPM_SCRIPTS = ["esbuild", "fsevents"];

function cargoDeny(folder, ...command) {
  return spawnSync("cargo-deny", ["--manifest-path", join(folder, "Cargo.toml"), "--config", CONFIG, "--color", "never", ...command], {
    encoding: "utf8",
    timeout: FETCH_WITHIN_MS,
    // Git would ask somebody for a password.
    env: { ...process.env, GIT_TERMINAL_PROMPT: "0" },
  });
}

/** Bans, licences and sources of every crate in Cargo.lock. Returns what is wrong as text. */
function crateFaults(folder) {
  const { status, error, stdout, stderr } = cargoDeny(folder, "--offline", "--locked", "check", "--hide-inclusion-graph", "bans", "licenses", "sources");
  return status === 0 ? "" : (error?.message ?? `${stdout}${stderr}`);
}

/** Crates of Cargo.lock whose bytes cargo cannot check. */
function unchecked(folder) {
  const packages = readFileSync(join(folder, "Cargo.lock"), "utf8").split("[[package]]").slice(1);
  const bare = packages.filter((text) => /^source = /m.test(text) && !/^checksum = "[0-9a-f]{64}"$/m.test(text));
  return bare.map((text) => `Cargo.lock: ${text.match(/^name = "(.+)"/m)[1]} has no checksum`).join("\n");
}

/** Known weaknesses and yanked versions. Returns what is wrong as text; undefined when it could not be looked up. */
function advisories(folder) {
  cargoDeny(folder, "fetch", "db");
  const { status, stderr } = cargoDeny(folder, "--offline", "--locked", "--format", "json", "check", "--hide-inclusion-graph", "advisories");
  const lines = (stderr ?? "").split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  if (!lines.some(({ type }) => type === "summary")) return undefined;
  const faults = lines.filter(({ type, fields }) => type === "diagnostic" && fields.severity === "error");
  return status === 0 ? "" : faults.map(({ fields }) => `${fields.advisory?.id ?? fields.code}: ${fields.message}: ${fields.labels?.map(({ span }) => span).join(", ")}`).join("\n");
}

/** What is wrong with npm's list of packages. */
export function npmFaults({ packages }) {
  return Object.entries(packages).filter(([path]) => path !== "").flatMap(([path, entry]) => {
    const name = path.replace(/^.*node_modules\//, "");
    return [
      !/^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? "") && "has no sha512",
      entry.resolved !== undefined && !entry.resolved.startsWith(NPM_REGISTRY) && `comes from ${entry.resolved}`,
      entry.link && "is a folder",
      !NPM_LICENCES.includes(entry.license) && `has the licence ${entry.license}`,
      entry.hasInstallScript && !NPM_SCRIPTS.includes(name) && "runs a script when it is installed",
    ].filter(Boolean).map((fault) => `package-lock.json: ${name} ${fault}`);
  });
}

function main(folder) {
  const outcomes = [
    ["crates: bans, licences, sources", crateFaults(folder)],
    ["crates: checksums", unchecked(folder)],
    ["crates: known weaknesses", advisories(folder)],
    existsSync(join(folder, "package-lock.json")) && ["npm packages", npmFaults(JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"))).join("\n")],
  ].filter(Boolean);
  for (const [what, faults] of outcomes) {
    if (faults === undefined) console.log(`NOT CHECKED  ${what}: there is no fresh database of them here, and none could be fetched`);
    else console.log(faults ? `${faults}\nFAILED  ${what}` : `ok  ${what}`);
  }
  const count = (test) => outcomes.filter(([, faults]) => test(faults)).length;
  const [passed, failed, skipped] = [count((faults) => faults === ""), count((faults) => faults), count((faults) => faults === undefined)];
  console.log(`audit: ${passed} passed, ${failed} failed, ${skipped} not checked`);
  return failed ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main(process.argv[2] ?? "."));
