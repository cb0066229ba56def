// A tus server as an office may have it: the protocol's own implementation, storing in a folder. Receipts are read from
// `receipts/` in the same folder; what was uploaded is not given out.
import { mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import { listen } from "./listen.mjs";

const RECEIPT = /^\/(receipts\/[0-9a-f]{64}\.json)$/;

async function sendReceipt(folder, { url }, response) {
  const [, path] = url.match(RECEIPT) ?? [];
  const bytes = path && await readFile(join(folder, path)).catch(() => undefined);
  response.writeHead(bytes ? 200 : 404, { "access-control-allow-origin": "*", ...(bytes && { "content-type": "application/json" }) }).end(bytes);
}

/**
 * Starts a tus server on a free port. It takes no upload that is larger than `maxSize`, if that is given.
 * `files()` are all uploads in the order of their creation; `forget()` removes the unfinished ones, as a server does whose
 * uploads expire, and `forget({ all: true })` the others as well.
 */
export async function startTus({ folder, maxSize }) {
  await mkdir(join(folder, "receipts"), { recursive: true });
  const store = new FileStore({ directory: folder });
  // The address of an upload is relative to the one that made it, so it holds behind every proxy and path.
  const tus = new Server({ path: "/", datastore: store, maxSize, generateUrl: (_, { id }) => id });
  const server = createServer((request, response) => {
    const handled = request.method === "GET" ? sendReceipt(folder, request, response) : tus.handle(request, response);
    handled.catch(() => response.destroy());
  });
  const { url, stop } = await listen(server);

  async function uploads() {
    const all = await Promise.all((await store.configstore.list()).map((id) => store.getUpload(id)));
    return all.sort((a, b) => a.creation_date < b.creation_date ? -1 : 1).map((upload) => ({ ...upload, isComplete: upload.offset === upload.size }));
  }

  return {
    url,
    stop,
    files: async () => Promise.all((await uploads()).map(async ({ id, metadata, size, isComplete }) => ({
      name: metadata?.filename,
      fileHash: metadata?.file_hash,
      size,
      isComplete,
      bytes: await readFile(join(folder, id)),
    }))),
    forget: async ({ all = false } = {}) => {
      for (const { id, isComplete } of await uploads()) if (all || !isComplete) await store.remove(id);
    },
  };
}
