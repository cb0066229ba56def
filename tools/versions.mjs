// Reads tools/versions.env, so that scripts and tests name no version themselves.
import { readFileSync } from "node:fs";

/** The pinned versions by name, as text: `{ TRUNK: "0.21.14", … }`. */
export function versions() {
  const text = readFileSync(new URL("versions.env", import.meta.url), "utf8");
  return Object.fromEntries(text.split("\n")
    .filter((line) => /^[A-Z_]+=/.test(line))
    .map((line) => line.split("=", 2)));
}
