// The office's intake beside the journeys: a real upload server behind a network that fails as it is told, at `upload/` of
// the app's own site; and the office that reads what arrived and answers it.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProxy } from "../servers/faults.mjs";
import { startTus } from "../servers/tus.mjs";
import { startWebdav } from "../servers/webdav.mjs";
import type { Site } from "./fixtures";
import { Office } from "./office";
import { sha256 } from "./site";

export const TOKEN = "token-hanya-untuk-membuat";
const KEYS = ["--keys", "office/office.keys.age", "--passphrase-file", "keys.txt"];

export type Protocol = "tus" | "put";

/** A file at the upload server. */
export interface Arrived { name: string; fileHash?: string; isComplete: boolean; bytes: Buffer }

export class Intake {
  readonly office = new Office();
  private readonly folder = mkdtempSync(join(tmpdir(), "pendapa-intake-"));
  proxy!: Awaited<ReturnType<typeof startProxy>>;
  private server!: { url: string; stop(): Promise<void>; files(): Promise<Arrived[]>; forget?(options?: object): Promise<void> };

  constructor(readonly protocol: Protocol) {}

  async start(site: Site) {
    mkdirSync(join(this.folder, "receipts"), { recursive: true });
    const { folder } = this;
    this.server = this.protocol === "tus" ? await startTus({ folder }) : await startWebdav({ folder });
    this.proxy = await startProxy({ target: this.server, token: TOKEN });
    site.upload = this.proxy.url;
    return this;
  }

  /** A pack whose batches come here. */
  pack(described: Record<string, unknown> = {}) {
    return this.office.pack({ upload: { address: "upload/", token: TOKEN, protocol: this.protocol }, ...described });
  }

  /** Revokes the token for another one. Returns a pack of the same event with it. */
  renew(token: string, described: Record<string, unknown> = {}) {
    this.proxy.token = token;
    const upload = { address: "upload/", token, protocol: this.protocol };
    return this.office.pack({ upload, ...described }, "again.pack.age", ["--again", "event.pack.age"]);
  }

  /** What is at the server whole: each file once, by its hash. */
  async whole(): Promise<Map<string, Arrived>> {
    const files = (await this.server.files()).filter(({ isComplete, name }) => isComplete && name.startsWith("pendapa-"));
    return new Map(files.map((file) => [sha256(file.bytes), file]));
  }

  /** The office reads everything that is at the server, and answers what it can rely on. Returns what it says. */
  async answer(answers: object[] = []): Promise<string> {
    const inbox = join(this.office.folder, "inbox");
    rmSync(inbox, { recursive: true, force: true });
    mkdirSync(inbox);
    for (const [hash, { name, bytes }] of await this.whole()) writeFileSync(join(inbox, `${hash.slice(0, 4)}-${name}`), bytes);
    this.office.write("answers.json", JSON.stringify(answers));
    try {
      return this.office.desk("receipt", "inbox", "--out", join(this.folder, "receipts"), "--answers", "answers.json", "--qr", ...KEYS);
    } catch (error) {
      // It answers what it can, and says by its end that it refused a file.
      if ((error as { status?: number }).status === 1) return String((error as { stdout?: string }).stdout);
      throw error;
    }
  }

  /** Everything at the server, unfinished or altered as it may be. */
  all(): Promise<Arrived[]> {
    return this.server.files();
  }

  /** Whether the office answered the batch with this file. */
  hasReceipt(hash: string) {
    return existsSync(join(this.folder, "receipts", `${hash}.json`));
  }

  forget(options?: object) {
    return this.server.forget?.(options);
  }

  async stop() {
    await this.proxy.stop();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
    this.office.close();
  }
}
