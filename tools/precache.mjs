// Trunk's last step: stamps the build into index.html and writes the list of files that sw.js keeps offline,
// each with the hash of its final bytes. `node tools/precache.mjs [folder]` does it again for another folder.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const WORKER = "sw.js";
const PAGE = "index.html";

/** Files that the app never asks for: the worker itself, source maps, pictures for the installer, crawlers' rules. */
const isKept = (url) => url !== WORKER && url !== "robots.txt" && !url.endsWith(".map") && !url.startsWith("screenshots/");

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

/** Writes build identity, version and list into `folder`. Returns what was written. */
export function precache(folder) {
  const path = (url) => join(folder, url);
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { build, version, entries } = precache(process.argv[2] ?? process.env.TRUNK_STAGING_DIR ?? "dist");
  console.log(`precache: build ${build}, version ${version}, ${entries} files`);
}
