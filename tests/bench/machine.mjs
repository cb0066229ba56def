// What a figure was measured on and with.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { versions } from "../../tools/versions.mjs";

const OWN_FILE = "docs/benchmarks.md";

function git(...args) {
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}

function system() {
  const file = "/etc/os-release";
  const name = existsSync(file) ? readFileSync(file, "utf8").match(/^PRETTY_NAME="?([^"\n]+)/m)?.[1] : undefined;
  return `${name ?? type()}, kernel ${release().split("-")[0]}`;
}

/** Markdown lines that name machine, versions and commit. */
export function machineLines(browserVersion) {
  const pins = versions();
  const changed = git("status", "--porcelain", "--", ".", `:!${OWN_FILE}`) ? ", with changes that are not committed" : "";
  return [
    `- Machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${system()}.`,
    `- Versions: Chromium ${browserVersion}, Node ${process.versions.node}, Rust ${pins.RUST}, Trunk ${pins.TRUNK}, wasm-bindgen ${pins.WASM_BINDGEN}, binaryen ${pins.BINARYEN}, Playwright ${pins.PLAYWRIGHT}.`,
    `- Commit: ${git("rev-parse", "--short=12", "HEAD") || "unknown"}${changed}, ${new Date().toISOString().slice(0, 10)}.`,
  ];
}
