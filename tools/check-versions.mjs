// Fails when a file repeats a version of tools/versions.env and disagrees with it.
import { existsSync, readFileSync } from "node:fs";
import { versions } from "./versions.mjs";

const read = (file) => {
  const path = new URL(`../${file}`, import.meta.url);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
};
const pins = versions();
const wrong = [];
let compared = 0;

/** Compares what `file` says about `what` with the pin. */
function same(file, what, found, wanted) {
  compared += 1;
  if (found !== wanted) wrong.push(`${file}: ${what} is ${found ?? "missing"}, tools/versions.env says ${wanted}`);
}

const first = (text, pattern) => text.match(pattern)?.[1];

const packages = JSON.parse(read("package.json"));
const locked = JSON.parse(read("package-lock.json")).packages;
const npm = {
  binaryen: pins.BINARYEN,
  esbuild: pins.ESBUILD,
  "@playwright/test": pins.PLAYWRIGHT,
  "axe-core": pins.AXE,
  ajv: pins.AJV,
  "ajv-formats": pins.AJV_FORMATS,
  "age-encryption": pins.AGE_ENCRYPTION,
  jsqr: pins.JSQR,
  "@tus/server": pins.TUS_SERVER,
  "@tus/file-store": pins.TUS_FILE_STORE,
};
for (const [name, wanted] of Object.entries(npm)) {
  same("package.json", name, packages.devDependencies[name], wanted);
  same("package-lock.json", name, locked[`node_modules/${name}`]?.version, wanted);
}
for (const name of Object.keys(packages.devDependencies)) {
  if (!(name in npm)) wrong.push(`package.json: ${name} has no pin in tools/versions.env`);
}
same("package.json", "engines.node", packages.engines.node, `>=${pins.NODE_MIN}`);

same("tools/requirements.txt", "wsgidav", first(read("tools/requirements.txt"), /^wsgidav==(\S+)/m), pins.WSGIDAV);

const trunk = read("Trunk.toml");
same("Trunk.toml", "wasm_bindgen", first(trunk, /^wasm_bindgen = "(.+)"/m), pins.WASM_BINDGEN);

const cargo = read("Cargo.toml");
same("Cargo.toml", "wasm-bindgen", first(cargo, /^wasm-bindgen = .*?"=(.+?)"/m), pins.WASM_BINDGEN);
same("Cargo.toml", "rust-version", first(cargo, /^rust-version = "(.+)"/m), pins.RUST.split(".").slice(0, 2).join("."));
same("Cargo.lock", "wasm-bindgen", first(read("Cargo.lock"), /name = "wasm-bindgen"\nversion = "(.+)"/), pins.WASM_BINDGEN);
same("Cargo.lock", "wasm_split_helpers", first(read("Cargo.lock"), /name = "wasm_split_helpers"\nversion = "(.+)"/), pins.WASM_SPLIT);
same("rust-toolchain.toml", "channel", first(read("rust-toolchain.toml"), /^channel = "(.+)"/m), pins.RUST);

for (const line of wrong) console.error(line);
console.log(wrong.length ? `${wrong.length} versions disagree` : `${compared} versions agree`);
process.exit(wrong.length ? 1 : 0);
