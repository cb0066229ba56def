// A batch as a stranger's tool reads it: nothing here knows the app, only the published schema and the rules of RFC 8785.
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Download, expect } from "@playwright/test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { sha256 } from "./site";

/** What stands in a record of somebody who signed. */
export const SIGNED = { kind: "signature", ink: expect.stringMatching(/^\d+,\d+([ ;]\d+,\d+)+$/) };

const schema = JSON.parse(readFileSync(new URL("../../public/schema/pendapa-batch-1.schema.json", import.meta.url), "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: true });
// Rust's integer widths, which the schema names as formats beside its own ranges.
for (const width of ["uint8", "uint16", "uint32", "uint64"]) {
  ajv.addFormat(width, { type: "number", validate: (value: number) => Number.isSafeInteger(value) && value >= 0 && value < 2 ** Number(width.slice(4)) });
}
const matchesSchema = ajv.compile(schema);

export type Json = Record<string, any>;

/** A file that left the tablet. */
export interface Carried {
  name: string;
  bytes: Buffer;
}

/** The bytes of a download, with the name under which it was offered. */
export async function carried(download: Download): Promise<Carried> {
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/**
 * The canonical form of RFC 8785. JavaScript writes numbers and strings as it demands; members are ordered by their
 * UTF-16 units, which is how JavaScript compares text.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

/** Before the 32 bytes of an Ed25519 key, where it stands as RFC 8410 says. */
const KEY_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** What is wrong with the signature of a batch: over the canonical document without it, by the key of its manifest. */
export function signatureFaults({ signature, ...document }: Json): string[] {
  const key = /^ed25519:([0-9a-f]{64})$/.exec(document.manifest.device.key ?? "");
  if (!key) return ["the manifest names no key of the tablet"];
  if (signature?.algorithm !== "Ed25519" || !/^[0-9a-f]{128}$/.test(signature.value)) return ["there is no Ed25519 signature"];
  const publicKey = createPublicKey({ key: Buffer.concat([KEY_HEAD, Buffer.from(key[1], "hex")]), format: "der", type: "spki" });
  const fits = verify(null, Buffer.from(canonical(document)), publicKey, Buffer.from(signature.value, "hex"));
  return fits ? [] : ["the signature does not fit"];
}

/** What is wrong with audit entries that follow each other; each names the hash of the canonical bytes of the one before. */
export function auditFaults(entries: Json[]): string[] {
  return entries.flatMap((entry, index) => {
    const before = index > 0 ? `sha256:${sha256(canonical(entries[index - 1]))}` : undefined;
    const faults: string[] = [];
    if (entry.sequence !== index + 1) faults.push(`audit entry ${index + 1} calls itself ${entry.sequence}`);
    if (entry.previous !== before) faults.push(`audit entry ${index + 1} follows another entry`);
    return faults;
  });
}

/** Everything that is wrong with a carried batch by itself; empty if nothing is. */
export function faultsOf({ name, bytes }: Carried): string[] {
  const text = bytes.toString("utf8");
  const batch = JSON.parse(text);
  const faults: string[] = [];
  if (!matchesSchema(batch)) faults.push(...matchesSchema.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`));
  if (canonical(batch) !== text) faults.push("the bytes are not the canonical ones");
  faults.push(...signatureFaults(batch));
  const { event, device, sequence, counts } = batch.manifest;
  const right = `pendapa-${event.code}-${device.letter}-${sequence}-${sha256(bytes).slice(0, 8)}.pendapa.json`;
  if (name !== right) faults.push(`the file is called ${name}, not ${right}`);
  if (counts.records !== batch.records.length) faults.push("the manifest counts other records than there are");
  const order = batch.records.map((record: Json) => record.sequence);
  if (order.some((at: number, index: number) => index > 0 && at !== order[index - 1] + 1)) faults.push("the records are not by sequence");
  const tablets = [device.id, ...(device.restored_from ?? [])];
  for (const { id, event_id, device_id } of batch.records) {
    if (event_id !== event.id || !tablets.includes(device_id)) faults.push(`record ${id} is of another event or tablet`);
  }
  return faults;
}

/** The carried batches of one tablet, and all that is wrong with the chain that they make. */
export function readChain(files: Carried[]): { batches: Json[]; faults: string[] } {
  const faults = files.flatMap((file) => faultsOf(file).map((fault) => `${file.name}: ${fault}`));
  const batches = files.map(({ bytes }) => JSON.parse(bytes.toString("utf8")));
  faults.push(...auditFaults(batches.flatMap(({ audit }) => audit)));
  if (new Set(batches.map(({ manifest }) => manifest.device.key)).size > 1) faults.push("the batches are signed by several keys");
  let sequence = 0;
  batches.forEach((batch, index) => {
    const { manifest, records } = batch;
    if (manifest.sequence !== index + 1) faults.push(`batch ${index + 1} calls itself ${manifest.sequence}`);
    const before = index > 0 ? `sha256:${sha256(files[index - 1].bytes)}` : undefined;
    if (manifest.previous !== before) faults.push(`batch ${index + 1} follows another batch`);
    if (records[0]?.sequence !== sequence + 1) faults.push(`batch ${index + 1} does not begin where the one before ended`);
    sequence = records.at(-1)?.sequence ?? sequence;
    if (manifest.counts.saved !== sequence) faults.push(`batch ${index + 1} counts ${manifest.counts.saved} saved revisions, and carries the first ${sequence}`);
  });
  return { batches, faults };
}

/** The lines of a CSV of RFC 4180, each a cell after the other. */
export function readCsv(bytes: Buffer): string[][] {
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const lines: string[][] = [[]];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error("not RFC 4180");
    lines.at(-1)!.push((found[1] ?? "").replaceAll('""', '"') || (found[2] ?? ""));
    if (found[3] !== ",") lines.push([]);
  }
  if (lines.at(-1)!.length === 0) lines.pop();
  return lines;
}
