// Finds the Chromium and the chromedriver for the tests. As a program it prints both paths, or says what is missing.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** Path of the browser: $CHROMIUM, else the first known one on PATH. Throws when there is none. */
export function chromium() {
  const found = process.env.CHROMIUM || onPath(BROWSERS);
  if (!found) throw new Error("No Chromium was found on PATH. Install it, or name it in $CHROMIUM.");
  return found;
}

/** Path of chromedriver: $CHROMEDRIVER, else the one on PATH. Throws when there is none. */
export function chromedriver() {
  const found = process.env.CHROMEDRIVER || onPath(["chromedriver"]);
  if (!found) throw new Error("No chromedriver was found on PATH. Install chromium-driver, or name it in $CHROMEDRIVER.");
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(`${chromium()}\n${chromedriver()}`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
