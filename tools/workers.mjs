// Makes the workers (docs/decisions/0010-workers.md): each is a binary of this package, linked without the app, and one
// script around it. Trunk would link them too, and give every build's files the same names.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

/** Name in the build, and the page's `meta` is `worker-` with it; the binary is `pendapa-` with it. */
export const WORKERS = ["kdf", "carrier", "scan"];

/** Those that answer one job after another; the others end with their first answer. */
const KEPT = ["scan"];

const LINKED = "target/wasm32-unknown-unknown/release";
const SCRIPT = "src/bin/worker.js";

const run = (program, args) => execFileSync(program, args, { stdio: "inherit" });

/** Links all workers at once. */
function link() {
  const binaries = WORKERS.flatMap((worker) => ["--bin", `pendapa-${worker}`]);
  run("cargo", ["build", "--release", "--locked", "--offline", "--target", "wasm32-unknown-unknown", "--no-default-features", ...binaries]);
}

/** Writes one worker into `folder`, named by its content. Returns the address of its script. */
function placeWorker(worker, folder, named, target) {
  const made = mkdtempSync(join(tmpdir(), "pendapa-worker-"));
  try {
    run("wasm-bindgen", ["--target", "web", "--no-typescript", "--out-dir", made, "--out-name", worker, join(LINKED, `pendapa-${worker}.wasm`)]);
    const module = join(made, `${worker}_bg.wasm`);
    run("wasm-opt", ["-Oz", module, "-o", module]);
    const bytes = readFileSync(module);
    const moduleName = named(`${worker}-*.wasm`, bytes);
    const { outputFiles: [script] } = buildSync({
      entryPoints: [SCRIPT],
      alias: { glue: resolve(made, `${worker}.js`) },
      define: { MODULE: JSON.stringify(`./${moduleName}`), KEPT: String(KEPT.includes(worker)) },
      bundle: true,
      // A classic script: the oldest browsers know no other worker.
      format: "iife",
      minify: true,
      target,
      write: false,
      // The glue's own way to find its module, which is not used, has no place in a classic script.
      logOverride: { "empty-import-meta": "silent" },
    });
    const scriptName = named(`${worker}-*.js`, script.contents);
    writeFileSync(join(folder, moduleName), bytes);
    writeFileSync(join(folder, scriptName), script.contents);
    return `./${scriptName}`;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Writes all workers into `folder`. Returns the page's new text, which names them. */
export function placeWorkers(folder, page, named, target) {
  link();
  let text = page;
  for (const worker of WORKERS) {
    const meta = new RegExp(`(<meta name="?worker-${worker}"? content)(="")?(?=>)`, "g");
    if (text.match(meta)?.length !== 1) throw new Error(`index.html has no <meta name="worker-${worker}" content="">`);
    const address = placeWorker(worker, folder, named, target);
    text = text.replace(meta, (_, before) => `${before}="${address}"`);
  }
  return text;
}
