// Trunk's last step. It optimises the app, puts its second part beside the first (docs/decisions/0008-two-parts.md), makes one
// script and one style sheet of many, makes the workers, and lists what is kept offline. What it makes is named by its content; the first
// part keeps Trunk's name, which is none (the offline worker checks every file's hash).
// tools/bin/wasm-bindgen left the second part and the loader of it in `parts`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync, transformSync } from "esbuild";
import { placePolicy } from "./hosts.mjs";
import { filesOf, makeWhole, precache } from "./precache.mjs";
import { placeWorkers } from "./workers.mjs";

const PARTS = "target/wasm-bindgen/release/parts";
const LOADER = "__wasm_split.js";
const REST = "split_rest.wasm";
const PAGE = "index.html";
// What draws the first screen, before and without the app.
const BOOT = { "boot.js": "js", "boot.css": "css" };
// What Trunk names by a hash of its own: `20-base-0123456789abcdef.css`.
const TRUNK_STYLE = /<link rel="?stylesheet"? href="?\.\/(\d\d-[\w-]+\.css)"?[^>]*>/g;
// Oldest browsers that have all of what the app needs (docs/decisions/0008-two-parts.md).
const TARGET = ["chrome110", "safari16.4", "firefox115"];

const named = (name, bytes) => name.replace("*", createHash("sha256").update(bytes).digest("hex").slice(0, 16));

/** `text` with `from` replaced; there must be exactly one. */
function replacedOnce(text, from, to, file) {
  if (text.split(from).length !== 2) throw new Error(`${file} names ${from} not exactly once`);
  return text.replace(from, () => to);
}

/** A module of the app, optimised. Control flow that is taken apart and made anew packs better: 2 KB of the first visit. */
function optimised(module) {
  const folder = mkdtempSync(join(tmpdir(), "pendapa-part-"));
  try {
    const made = join(folder, "part.wasm");
    execFileSync("wasm-opt", ["--flatten", "--rereloop", "-Oz", "-Oz", module, "-o", made], { stdio: "inherit" });
    return readFileSync(made);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Optimises the first part of the app where it lies. */
function shrinkFirst(folder) {
  const modules = filesOf(folder).filter((url) => url.endsWith("_bg.wasm"));
  if (modules.length !== 1) throw new Error(`${folder} has ${modules.length} first parts of the app`);
  const path = join(folder, modules[0]);
  writeFileSync(path, optimised(path));
}

/** Writes the second part of the app into `folder`. Returns its name. */
function placeRest(folder) {
  const rest = optimised(join(PARTS, REST));
  const name = named("pendapa-*_rest.wasm", rest);
  writeFileSync(join(folder, name), rest);
  return name;
}

/** One script of wasm-bindgen's glue, its snippets, and the loader of the second part. Returns the page's new text. */
function bundleScript(folder, page, restName) {
  const glue = filesOf(folder).find((url) => /^pendapa-[0-9a-f]+\.js$/.test(url));
  const snippets = filesOf(folder).filter((url) => url.startsWith("snippets/"));
  if (!glue) throw new Error(`${folder} has no glue of the first part`);
  const wasm = readFileSync(join(PARTS, LOADER), "utf8").match(/"\.\/\w+\.wasm"/g);
  if (wasm?.join() !== `"./${REST}"`) throw new Error(`${LOADER} names ${wasm}: the app is split in two and no more`);
  let loader = replacedOnce(readFileSync(join(PARTS, LOADER), "utf8"), `from "./pendapa.js"`, `from "./${glue}"`, LOADER);
  loader = replacedOnce(loader, `"./${REST}"`, `"./${restName}"`, LOADER);
  // Like the glue of the first part, it takes the module from a host that gives the wrong media type as well.
  loader = replacedOnce(loader, "(WebAssembly.instantiateStreaming(src, imports))", "instantiate(await src, imports)", LOADER);
  loader += `
async function instantiate(answer, imports) {
  if (!answer.ok) throw new Error(\`\${answer.status} \${answer.url}\`);
  // Compiled while it is read, and kept compiled by the browser, where the media type is right.
  const streamed = WebAssembly.compileStreaming(answer.clone());
  return WebAssembly.instantiate(await streamed.catch(async () => WebAssembly.compile(await answer.arrayBuffer())), imports);
}
`;
  writeFileSync(join(folder, LOADER), loader);
  const { outputFiles: [bundle] } = buildSync({
    stdin: { contents: `export { default } from "./${glue}";`, resolveDir: folder },
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    write: false,
    logLevel: "warning",
  });
  for (const url of [glue, LOADER, ...snippets]) rmSync(join(folder, url));
  if (snippets.length) rmSync(join(folder, "snippets"), { recursive: true });
  const name = named("pendapa-*.js", bundle.contents);
  writeFileSync(join(folder, name), bundle.contents);
  return page.replaceAll(`./${glue}`, `./${name}`);
}

/** One style sheet of all that Trunk placed, in their order. Returns the page's new text. */
function bundleStyle(folder, page) {
  const links = [...page.matchAll(TRUNK_STYLE)];
  if (links.length < 2) throw new Error(`${PAGE} has no style sheets of Trunk's`);
  const css = links.map(([, url]) => readFileSync(join(folder, url), "utf8")).join("\n");
  const { code } = transformSync(css, { loader: "css", minify: true, target: TARGET, logLevel: "warning" });
  const name = named("style-*.css", code);
  for (const [, url] of links) rmSync(join(folder, url));
  writeFileSync(join(folder, name), code);
  let text = page;
  links.forEach(([link], at) => {
    text = replacedOnce(text, link, at === 0 ? `<link rel="stylesheet" href="./${name}">` : "", PAGE);
  });
  return text;
}

/** Starting the app needs script and style and not their comments: 2 KB of the first visit. */
function shrinkBoot(folder) {
  for (const [name, loader] of Object.entries(BOOT)) {
    const path = join(folder, name);
    const format = loader === "js" ? "esm" : undefined;
    const { code } = transformSync(readFileSync(path, "utf8"), { loader, format, minify: true, target: TARGET, logLevel: "warning" });
    writeFileSync(path, code);
  }
}

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder || !existsSync(PARTS)) throw new Error("this is a step of `make build`");
makeWhole(folder);
shrinkFirst(folder);
const restName = placeRest(folder);
const path = join(folder, PAGE);
let page = readFileSync(path, "utf8");
page = bundleStyle(folder, page);
page = bundleScript(folder, page, restName);
page = placeWorkers(folder, page, named, TARGET);
// Comments are for who reads index.html as it is written.
writeFileSync(path, page.replaceAll(/\s*<!--.*?-->/gs, ""));
shrinkBoot(folder);
placePolicy(folder);
const { build, version, entries } = precache(folder);
console.log(`precache: build ${build}, version ${version}, ${entries} files`);
