// An audit that never says no proves nothing: each fault that it looks for is made once, on projects made for it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { npmFaults } from "../../tools/audit.mjs";
import { versions } from "../../tools/versions.mjs";

const DATABASE = "https://github.com/RustSec/advisory-db";

let folder;
let environment;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "pendapa-audit-"));
  // Cargo's own folder for these tests, with the crates that are here, and no other network than this disk.
  mkdirSync(join(folder, "home"));
  symlinkSync(join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry"), join(folder, "home/registry"));
  environment = {
    ...process.env,
    CARGO_HOME: join(folder, "home"),
    RUSTUP_TOOLCHAIN: versions().RUST,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.file://${folder}/advisories.insteadOf`,
    GIT_CONFIG_VALUE_0: DATABASE,
  };
});
after(() => rmSync(folder, { recursive: true, force: true }));

function write(path, text) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function commit(path) {
  const git = (...command) => execFileSync("git", ["-C", join(folder, path), "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main", ...command], { stdio: "pipe" });
  git("init");
  git("add", "--all");
  git("commit", "--message", "Made for a test");
}

function audit(project) {
  const { status, stdout, stderr } = spawnSync("node", ["tools/audit.mjs", project], { encoding: "utf8", env: environment });
  return { status, said: stdout + stderr };
}

const crate = (name, more) => `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2024"\n${more}`;

test("a crate from a repository, without a version and under another licence, is refused", () => {
  write("leaf/Cargo.toml", crate("leaf", `license = "GPL-3.0-only"\n`));
  write("leaf/src/lib.rs", "");
  commit("leaf");
  write("app/Cargo.toml", crate("app", `license = "MIT"\npublish = false\n[dependencies]\nleaf = { git = "file://${folder}/leaf" }\n`));
  write("app/src/lib.rs", "");
  execFileSync("cargo", ["generate-lockfile", "--quiet", "--manifest-path", join(folder, "app/Cargo.toml")], { env: environment });
  assert.match(readFileSync(join(folder, "app/Cargo.lock"), "utf8"), /source = "git\+file/);
  const { status, said } = audit(join(folder, "app"));
  assert.equal(status, 1, said);
  assert.match(said, /error\[source-not-allowed\].*\n(.*\n)*?.*git\+file/);
  assert.match(said, /error\[rejected\].*\n(.*\n)*?.*GPL-3\.0-only/);
  assert.match(said, /error\[wildcard\]/);
  assert.match(said, /FAILED {2}crates: bans, licences, sources\n/);
  assert.match(said, /FAILED {2}crates: checksums\n/);
  assert.match(said, /^audit: \d passed, 2 failed/m);
});

test("a project with nothing from outside passes, and says what nobody could look up", () => {
  write("alone/Cargo.toml", crate("alone", `license = "MIT OR Apache-2.0 OR BSD-3-Clause OR BSL-1.0 OR CC0-1.0 OR ISC OR MIT-0 OR Unicode-3.0 OR Zlib"\n`));
  write("alone/src/lib.rs", "");
  execFileSync("cargo", ["generate-lockfile", "--quiet", "--manifest-path", join(folder, "alone/Cargo.toml")], { env: environment });
  const { status, said } = audit(join(folder, "alone"));
  assert.match(said, /NOT CHECKED {2}crates: known weaknesses/);
  assert.equal(status, 0, said);
  assert.match(said, /^audit: 2 passed, 0 failed, 1 not checked$/m);
});

test("a crate with a known weakness is refused where the database can be had", () => {
  const advisory = `[advisory]\nid = "RUSTSEC-2026-9999"\npackage = "serde_json"\ndate = "2026-01-01"\nurl = "https://example.com"\n[versions]\npatched = [">= 99.0.0"]\n`;
  write("advisories/crates/serde_json/RUSTSEC-2026-9999.md", `\`\`\`toml\n${advisory}\`\`\`\n\n# A made-up weakness\n\nNothing of it is true.\n`);
  commit("advisories");
  for (const name of ["Cargo.toml", "Cargo.lock"]) cpSync(name, join(folder, "project", name));
  const named = [...readFileSync("Cargo.toml", "utf8").matchAll(/^path = "(.+)"$/gm)].map(([, path]) => path);
  for (const name of ["build.rs", "src/lib.rs", ...named]) write(join("project", name), "");
  const { status, said } = audit(join(folder, "project"));
  assert.equal(status, 1, said);
  assert.match(said, /RUSTSEC-2026-9999: A made-up weakness: serde_json/);
  assert.match(said, /^audit: 2 passed, 1 failed, 0 not checked$/m);
});

test("an npm package that is not what the registry gave, or may do more, is noticed", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  assert.deepEqual(npmFaults({ packages }), []);
  const entry = packages["node_modules/ajv"];
  const faultsOf = (change) => npmFaults({ packages: { "": {}, "node_modules/a/node_modules/leaf": { ...entry, ...change } } });
  assert.deepEqual(faultsOf({}), []);
  assert.deepEqual(faultsOf({ resolved: undefined }), []);
  for (const [change, said] of [
    [{ integrity: undefined }, "has no sha512"],
    [{ integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" }, "has no sha512"],
    [{ resolved: "git+ssh://git@example.com/leaf.git#0123" }, "comes from git+ssh://git@example.com/leaf.git#0123"],
    [{ resolved: "https://registry.npmjs.org.example.com/leaf.tgz" }, "comes from https://registry.npmjs.org.example.com/leaf.tgz"],
    [{ license: "GPL-3.0" }, "has the licence GPL-3.0"],
    [{ license: undefined }, "has the licence undefined"],
    [{ hasInstallScript: true }, "runs a script when it is installed"],
    [{ link: true }, "is a folder"],
  ]) assert.deepEqual(faultsOf(change), [`package-lock.json: leaf ${said}`]);
});
