// Makes a second, different build of the same app for the update test: `node tools/next-build.mjs dist dist-next`.
// The added file changes the build identity, so index.html and sw.js differ as after a real release.
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { precache } from "./precache.mjs";

/** Copies the build `from` to `to` with one more file. Returns what tools/precache.mjs wrote. */
export function nextBuild(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  writeFileSync(join(to, "version.json"), '{"release":"next"}\n');
  return precache(to);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from, to] = process.argv.slice(2);
  if (!from || !to) {
    console.error("usage: node tools/next-build.mjs <build> <copy>");
    process.exit(1);
  }
  console.log(`next build ${nextBuild(from, to).build} in ${to}`);
}
