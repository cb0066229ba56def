// Stamps the build into index.html and writes the list of files that sw.js keeps offline, each with the hash of its
// final bytes. tools/finish.mjs calls it as the last step of a build.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const WORKER = "sw.js";
const PAGE = "index.html";

/** Files that the app never asks for: the worker itself, source maps, pictures for the installer, what crawlers and hosts read. */
const isKept = (url) => ![WORKER, "robots.txt", "_headers"].includes(url) && !url.endsWith(".map") && !/^(screenshots|hosts)\//.test(url);

/** Addresses of all files below `folder`, relative to it, with forward slashes, sorted. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

/** Addresses of the files that are kept offline. */
export const keptFilesOf = (folder) => filesOf(folder).filter(isKept);

const hash = (bytes, encoding) => createHash("sha256").update(bytes).digest(encoding);

/** The line `const NAME = …;` with another value. Throws when it is not there exactly once. */
function withConstant(source, name, value) {
  const line = new RegExp(`^const ${name} = .*;$`, "gm");
  if (source.match(line)?.length !== 1) throw new Error(`${WORKER} has no single line "const ${name} = …;"`);
  return source.replace(line, () => `const ${name} = ${JSON.stringify(value)};`);
}

/**
 * Makes sure that every file arrived whole. On some file systems a copy of a file that was written a moment ago
 * misses its first pages, and Trunk copies the module and the glue just so; they are then taken from where the
 * tools left them. A build that is not whole must fail here and not on a tablet.
 */
export function makeWhole(folder) {
  for (const url of filesOf(folder)) {
    const path = join(folder, url);
    if (!isWhole(url, readFileSync(path))) {
      const made = join("target", "wasm-bindgen", "release", url.replace(/-[0-9a-f]+(?=[._])/, ""));
      if (!/\.(wasm|js)$/.test(url) || !existsSync(made) || !isWhole(url, readFileSync(made))) throw new Error(`${url} is not whole`);
      writeFileSync(path, readFileSync(made));
    }
  }
}

/** Whether bytes can be what the name says: text has no NUL, a module is valid, a picture begins as one. */
function isWhole(url, bytes) {
  if (url.endsWith(".wasm")) return WebAssembly.validate(bytes);
  if (url.endsWith(".png")) return bytes.subarray(1, 4).toString() === "PNG" && bytes.includes("IEND");
  if (url.endsWith(".woff2")) return bytes.subarray(0, 4).toString() === "wOF2";
  return bytes.length > 0 && !bytes.includes(0);
}

/** Writes build identity, version and list into `folder`. Returns what was written. */
export function precache(folder) {
  const path = (url) => join(folder, url);
  makeWhole(folder);
  const urls = keptFilesOf(folder);

  const others = urls.filter((url) => url !== PAGE).map((url) => `${url} ${hash(readFileSync(path(url)), "hex")}`);
  const build = hash(others.join("\n"), "hex").slice(0, 12);
  const meta = /(<meta name="?build"? content=)("[^"]*"|[^\s>]+)/;
  const page = readFileSync(path(PAGE), "utf8");
  if (!meta.test(page)) throw new Error(`${PAGE} has no <meta name="build">`);
  writeFileSync(path(PAGE), page.replace(meta, `$1"${build}"`));

  const assets = urls.map((url) => ({ url, integrity: `sha256-${hash(readFileSync(path(url)), "base64")}` }));
  const template = withConstant(withConstant(readFileSync(path(WORKER), "utf8"), "VERSION", ""), "ASSETS", []);
  const version = hash(template + JSON.stringify(assets), "hex").slice(0, 16);
  writeFileSync(path(WORKER), withConstant(withConstant(template, "VERSION", version), "ASSETS", assets));
  return { build, version, entries: assets.length };
}
