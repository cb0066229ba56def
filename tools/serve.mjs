// A plain static server for one folder, on this machine only: `node tools/serve.mjs [--dir dist] [--base /sub/path/]`.
// PORT chooses the port; without it the usual one is taken, so that the browser finds its data again, or a free one.
import { createHash } from "node:crypto";
import { createReadStream, realpathSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { sentByHosts } from "./hosts.mjs";
import { TYPES } from "./policy.mjs";

const USUAL_PORT = 4173;
// Above this a file is streamed as it is instead of being kept in memory.
const MOST_CACHED_BYTES = 8 * 1024 * 1024;

const COMPRESSIBLE = new Set([".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest"]);

const encoders = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
};

/** The best encoding that the client takes; undefined for none. */
function encodingFor(header = "") {
  const taken = header.split(",").filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part)).map((part) => part.split(";")[0].trim());
  return Object.keys(encoders).find((name) => taken.includes(name));
}

/** The file behind an address path, never outside `root`; undefined when there is none. */
function fileFor(root, path) {
  let decoded;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (decoded.includes("\0")) return undefined;
  try {
    const asked = join(root, decoded);
    const file = realpathSync(decoded.endsWith("/") ? join(asked, "index.html") : asked);
    return file.startsWith(root + sep) && statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/** A request listener that serves `dir` below `base`. A build is sent with the headers that it tells hosts to send. */
export function staticFiles(dir, base = "/") {
  const root = realpathSync(resolve(dir));
  const sent = sentByHosts(root);
  const kept = new Map();

  async function encoded(file, stat, encoding) {
    const key = `${file} ${stat.mtimeMs} ${stat.size} ${encoding}`;
    if (!kept.has(key)) {
      kept.set(key, readFile(file).then(async (bytes) => ({
        bytes: encoding ? await encoders[encoding](bytes) : bytes,
        etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}${encoding ?? ""}"`,
      })));
    }
    return kept.get(key);
  }

  return async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const end = (status, headers = {}) => response.writeHead(status, headers).end();
    if (request.method !== "GET" && request.method !== "HEAD") return end(405, { allow: "GET, HEAD" });
    if (`${pathname}/` === base) return end(308, { location: base });
    const file = pathname.startsWith(base) ? fileFor(root, `/${pathname.slice(base.length)}`) : undefined;
    if (!file) return end(404);

    const type = extname(file);
    const stat = statSync(file);
    const headers = { "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", ...sent, "content-type": TYPES[type] ?? "application/octet-stream" };
    if (stat.size > MOST_CACHED_BYTES) {
      response.writeHead(200, { ...headers, "content-length": stat.size });
      return request.method === "HEAD" ? response.end() : createReadStream(file).pipe(response);
    }
    const encoding = COMPRESSIBLE.has(type) ? encodingFor(request.headers["accept-encoding"]) : undefined;
    const { bytes, etag } = await encoded(file, stat, encoding);
    Object.assign(headers, { etag }, COMPRESSIBLE.has(type) && { vary: "accept-encoding" }, encoding && { "content-encoding": encoding });
    if (request.headers["if-none-match"] === etag) return end(304, headers);
    response.writeHead(200, { ...headers, "content-length": bytes.length });
    response.end(request.method === "HEAD" ? undefined : bytes);
  };
}

/**
 * Serves `dir` on the loopback address. `port` 0 takes any free port.
 * Resolves to `{ url, port, close() }`; rejects when the port is taken.
 */
export function serve({ dir, port = 0, base = "/" }) {
  const listener = staticFiles(dir, base);
  const server = createServer((request, response) => {
    listener(request, response).catch(() => response.headersSent ? response.destroy() : response.writeHead(500).end());
  });
  return new Promise((resolved, rejected) => {
    server.once("error", rejected);
    server.listen(port, "127.0.0.1", () => {
      const taken = server.address().port;
      const close = () => new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
      resolved({ url: `http://localhost:${taken}${base}`, port: taken, close });
    });
  });
}

async function main() {
  const { values } = parseArgs({ options: { dir: { type: "string", default: "dist" }, base: { type: "string", default: "/" } } });
  const base = `/${values.base}/`.replace(/\/+/g, "/");
  const wanted = process.env.PORT;
  const started = await serve({ dir: values.dir, base, port: Number(wanted ?? USUAL_PORT) }).catch((error) => {
    if (wanted !== undefined || error.code !== "EADDRINUSE") throw error;
    console.error(`Port ${USUAL_PORT} is taken, so the address is another one, and the browser keeps other data for it.`);
    return serve({ dir: values.dir, base });
  });
  console.log(`Pendapa is served at ${started.url}\nStop with Ctrl+C.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error.code === "EADDRINUSE" ? `Port ${process.env.PORT} is taken.` : error.message);
    process.exit(1);
  });
}
