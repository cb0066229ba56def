// The plain static server of one test: it can stop (no network for anybody, the worker included), come back at the same
// address with the same or another build, and it remembers every request. As a host may, it has another server at `upload/`.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { join } from "node:path";
import { filesOf } from "../../tools/precache.mjs";
import { staticFiles } from "../../tools/serve.mjs";
import { pass } from "../servers/pass.mjs";

/** Where batches are uploaded to, below the app's own origin. */
const UPLOAD = "/upload/";

const listeners = new Map<string, ReturnType<typeof staticFiles>>();
const hashes = new Map<string, Set<string>>();

/** The listener of a build. Tests of one worker share it, so that each file is compressed once. */
function listenerFor(dir: string) {
  if (!listeners.has(dir)) listeners.set(dir, staticFiles(dir));
  return listeners.get(dir)!;
}

export const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");

/** Hashes of every file of a build. */
function hashesOf(dir: string) {
  if (!hashes.has(dir)) hashes.set(dir, new Set(filesOf(dir).map((file: string) => sha256(readFileSync(join(dir, file))))));
  return hashes.get(dir)!;
}

export class Site {
  /** Every request that arrived. */
  readonly requests: { method: string; url: string; headers: IncomingHttpHeaders }[] = [];
  /** The address of the server that gets every request below `upload/`, with a slash at the end. Without it there is none. */
  upload: string | undefined;
  private readonly served = new Set<string>();
  private server: Server | undefined;
  private port = 0;

  constructor(private dir: string) {
    this.served.add(dir);
  }

  /** The address of the app, with a slash at the end. */
  get url() {
    return `http://localhost:${this.port}/`;
  }

  get isUp() {
    return this.server !== undefined;
  }

  /** Serves another build at the same address from now on, as after a release. */
  use(dir: string) {
    this.dir = dir;
    this.served.add(dir);
  }

  /** Whether these bytes are a file of a build that was served here. */
  isOwnFile(bytes: Buffer) {
    const hash = sha256(bytes);
    return [...this.served].some((dir) => hashesOf(dir).has(hash));
  }

  /** Whether an address, whole or as a request names it, is one of uploads to this site. */
  isUpload(address: string) {
    return URL.canParse(address, this.url) && new URL(address, this.url).href.startsWith(new URL(UPLOAD, this.url).href);
  }

  async start() {
    if (this.server) return;
    const server = createServer((request, response) => {
      const { method = "", url = "", headers } = request;
      this.requests.push({ method, url, headers });
      if (this.upload && url.startsWith(UPLOAD)) return pass(request, response, this.upload + url.slice(UPLOAD.length));
      listenerFor(this.dir)(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((listening, failed) => {
      server.once("error", failed);
      server.listen(this.port, "127.0.0.1", listening);
    });
    this.server = server;
    this.port = (server.address() as { port: number }).port;
  }

  /** Cuts the network: nothing listens at the address any more. */
  async stop() {
    const server = this.server;
    this.server = undefined;
    if (!server) return;
    await new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });
  }
}
