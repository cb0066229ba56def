// A WebDAV server as an office may have it: wsgidav, with a folder to which anybody may write (webdav.py).
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PYTHON = fileURLToPath(new URL("../../.tools/venv/bin/python", import.meta.url));
const SCRIPT = fileURLToPath(new URL("webdav.py", import.meta.url));

/**
 * Starts wsgidav on a free port, and resolves when it listens. `files()` are those at the top of the folder. Nobody told
 * the server how long they were to be, so each counts as complete, and `fileHash` is that of the bytes that are there.
 */
export async function startWebdav({ folder }) {
  if (!existsSync(PYTHON)) throw new Error("wsgidav is not installed; run: tools/setup.sh webdav");
  await mkdir(join(folder, "receipts"), { recursive: true });
  const child = spawn(PYTHON, [SCRIPT, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((done) => child.once("exit", done));
  const port = await new Promise((said, failed) => {
    createInterface(child.stdout).once("line", said);
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`wsgidav ended with code ${code}`)));
  });

  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () => {
      child.kill("SIGKILL");
      return ended;
    },
    files: async () => {
      const entries = await readdir(folder, { withFileTypes: true });
      return Promise.all(entries.filter((entry) => entry.isFile()).map(async ({ name }) => {
        const bytes = await readFile(join(folder, name));
        return { name, fileHash: createHash("sha256").update(bytes).digest("hex"), size: bytes.length, isComplete: true, bytes };
      }));
    },
  };
}
