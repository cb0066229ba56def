// Reads batches as docs/batch-format.md says, and nothing else: it shares no code with the app or with the other tests.
// Whoever writes a reader in another language can begin here.
import { createHash, createPublicKey, verify } from "node:crypto";
import { Decrypter } from "age-encryption";

const AGE_MAGIC = "age-encryption.org/v1\n";
const NAME = /^pendapa-([A-Z0-9]{2,6})-([A-Z])-([1-9][0-9]*)-([0-9a-f]{8})\.pendapa\.json(\.age)?$/;
const KEY = /^ed25519:([0-9a-f]{64})$/;
const ESCAPES = { "\"": "\\\"", "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

const hashOf = (bytes) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** The canonical text of a value (RFC 8785). Throws where there is none. */
export function canonical(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return canonicalText(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error(`${value} is no exact integer`);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  // JavaScript sorts texts by their UTF-16 units.
  return `{${Object.keys(value).sort().map((name) => `${canonicalText(name)}:${canonical(value[name])}`).join()}}`;
}

function canonicalText(text) {
  if (!text.isWellFormed()) throw new Error("half a character");
  return `"${text.replace(/["\\\u0000-\u001f]/g, (unit) => ESCAPES[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}

/** The hash of the canonical bytes of a record, an entry or a document. */
export const hashOfValue = (value) => hashOf(canonical(value));

/**
 * Reads a file that arrived. `name` is what it is called, `identity` the office's key, `AGE-SECRET-KEY-1…`, for sealed ones.
 * What cannot be read has no document; every fault is a sentence.
 */
export async function readBatch(bytes, name, identity) {
  const batch = { document: undefined, documentHash: undefined, fileHash: hashOf(bytes), faults: [] };
  const named = NAME.exec(name ?? "");
  if (named && named[4] !== digitsOf(batch.fileHash)) batch.faults.push("the name belongs to other bytes");
  const isSealed = Buffer.from(AGE_MAGIC).equals(bytes.subarray(0, AGE_MAGIC.length));
  if (named && Boolean(named[5]) !== isSealed) batch.faults.push(`the name says ${named[5] ? "sealed" : "plain"}, the bytes do not`);
  try {
    const plain = isSealed ? await opened(bytes, identity) : bytes;
    const document = parsed(plain);
    batch.documentHash = hashOf(plain);
    batch.document = document;
    batch.faults.push(...documentFaults(document, plain));
    const { event, device, sequence } = document.manifest;
    if (named && named.slice(1, 4).join("-") !== `${event.code}-${device.letter}-${sequence}`) batch.faults.push(`the name is of another batch than ${event.code}-${device.letter}-${sequence}`);
  } catch (error) {
    batch.faults.push(error.message);
  }
  return batch;
}

const digitsOf = (hash) => hash.replace("sha256:", "").slice(0, 8);

async function opened(bytes, identity) {
  if (!identity) throw new Error("it is sealed, and there is no key");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(bytes).catch((error) => {
    throw new Error(`the seal does not open: ${error.message}`);
  });
}

/** The document of plain bytes, with the shape on which the checks stand. Throws what is wrong with it. */
function parsed(plain) {
  let document;
  try {
    document = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plain));
  } catch {
    throw new Error("it is no JSON in UTF-8");
  }
  if (document?.format !== "pendapa-batch") throw new Error("it is no batch");
  if (document.version > 1) throw new Error("it is of a newer version");
  if (document.version !== 1) throw new Error("it is of no version that there is");
  const { manifest, records, audit } = document;
  const parts = [manifest, manifest?.event, manifest?.device, manifest?.counts];
  if (!parts.every(isObject) || ![records, audit].every((list) => Array.isArray(list) && list.every(isObject))) throw new Error("a part of it is missing");
  return document;
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function documentFaults(document, plain) {
  if (!Buffer.from(canonical(document)).equals(plain)) return ["the bytes are not the canonical ones"];
  return [...recordFaults(document), ...revisionFaults(document.records), ...auditFaults(document.audit), ...signatureFaults(document)];
}

function recordFaults({ manifest: { event, device, counts, sequence, previous }, records }) {
  const faults = [];
  if ((sequence === 1) !== (previous === undefined)) faults.push(`batch ${sequence} names ${previous === undefined ? "none" : "one"} before it`);
  if (counts.records !== records.length) faults.push(`the manifest counts ${counts.records} records, there are ${records.length}`);
  const tablets = [device.id, ...(device.restored_from ?? [])];
  records.forEach((record, index) => {
    const { sequence } = record;
    if (record.version !== 1) faults.push(`record ${sequence} is of ${record.version > 1 ? "a newer version" : "no version that there is"}`);
    if (record.event_id !== event.id || !tablets.includes(record.device_id)) faults.push(`record ${sequence} is of another event or tablet`);
    if (!hasRightCheck(record.number)) faults.push(`record ${sequence} has a number that was mistyped`);
    if (index === 0) return;
    const expected = records[index - 1].sequence + 1;
    if (sequence < expected) faults.push(`record ${sequence} stands after record ${expected - 1}`);
    if (sequence > expected) faults.push(missing("record", expected, sequence - 1));
  });
  const last = records.at(-1)?.sequence;
  if (last < counts.saved) faults.push(missing("record", last + 1, counts.saved));
  if (last > counts.saved) faults.push(`the manifest counts ${counts.saved} revisions, the last one is ${last}`);
  return faults;
}

const MANY = { record: "records", batch: "batches" };

const missing = (what, first, last) => (first === last ? `${what} ${first} is missing` : `${MANY[what]} ${first} to ${last} are missing`);

/** Whether the last character of a registration number fits the others (ISO/IEC 7064 MOD 37,36). */
function hasRightCheck(number) {
  const characters = String(number).replaceAll("-", "");
  let rest = 36;
  for (const character of characters.slice(0, -1)) rest = (((rest + DIGITS.indexOf(character)) % 36 || 36) * 2) % 37;
  return characters.at(-1) === DIGITS[(37 - rest) % 36];
}

/** Holds revisions against those before them, where these are among the records. */
function revisionFaults(records) {
  const faults = [];
  const hashes = new Map();
  for (const record of records) {
    const { id, revision, previous, reason } = record;
    const before = hashes.get(`${id} ${revision - 1}`);
    if ((revision === 1) !== (previous === undefined)) faults.push(`revision ${revision} of ${id} names ${previous === undefined ? "none" : "one"} before it`);
    else if ((revision === 1) !== (reason === undefined)) faults.push(`revision ${revision} of ${id} has ${reason === undefined ? "no" : "a"} reason`);
    else if (before && !before.has(previous)) faults.push(`revision ${revision} of ${id} follows another one than the ${revision - 1} that is here`);
    const own = hashes.get(`${id} ${revision}`) ?? new Set();
    hashes.set(`${id} ${revision}`, own.add(hashOfValue(record)));
  }
  for (const [revision, { size }] of hashes) if (size > 1) faults.push(`${size} different records are revision ${revision.split(" ")[1]} of ${revision.split(" ")[0]}`);
  return faults;
}

function auditFaults(audit) {
  return audit.flatMap(({ sequence, previous }, index) => {
    const before = audit[index - 1];
    if (!before) return (sequence === 1) === (previous === undefined) ? [] : [`audit entry ${sequence} names ${previous ? "one" : "none"} before it`];
    if (sequence !== before.sequence + 1) return [`audit entry ${sequence} stands after audit entry ${before.sequence}`];
    return previous === hashOfValue(before) ? [] : [`audit entry ${sequence} follows another one than ${before.sequence}`];
  });
}

function signatureFaults({ signature, ...signed }) {
  const { key } = signed.manifest.device;
  if (key === undefined && signature === undefined) return [];
  if (key === undefined || signature === undefined) return [`there is a ${key === undefined ? "signature, but no key" : "key, but no signature"}`];
  if (!isObject(signature) || Object.keys(signature).sort().join() !== "algorithm,value") return ["the signature is none"];
  const digits = KEY.exec(key)?.[1];
  if (!digits || signature.algorithm !== "Ed25519") return ["the key or the algorithm is not known"];
  if (!/^[0-9a-f]{128}$/.test(signature.value)) return ["the signature is none"];
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(digits, "hex").toString("base64url") }, format: "jwk" });
  return verify(null, Buffer.from(canonical(signed)), publicKey, Buffer.from(signature.value, "hex")) ? [] : ["the signature does not fit"];
}

/**
 * What is wrong between batches that `readBatch` read, in any order and as often as they arrived; each fault is a sentence. A
 * batch with a fault of its own is as one that is missing.
 */
export function readChain(batches) {
  const known = new Map(batches.filter(({ document, faults }) => document && !faults.length).map((batch) => [batch.documentHash, batch]));
  const all = [...known.values()].sort((one, other) => one.document.manifest.sequence - other.document.manifest.sequence);
  const tablets = grouped(all, ({ document: { manifest } }) => `${manifest.event.id} ${manifest.device.id}`);
  const faults = [...tablets.values()].flatMap((chain) => tabletFaults(chain, known));
  const letters = grouped([...tablets.values()], ([{ document: { manifest } }]) => `${manifest.event.id} ${manifest.device.letter}`);
  for (const [first, ...others] of letters.values()) if (others.length) faults.push(`${nameOf(first[0])}: ${others.length + 1} tablets have this letter`);
  return [...faults, ...revisionFaults(inOrder(all.flatMap(({ document }) => document.records)))];
}

const nameOf = ({ document: { manifest } }) => `${manifest.event.code}-${manifest.device.letter}`;

/** Records of several tablets so that every revision stands after the one before it. */
const inOrder = (records) => records.toSorted((one, other) => one.revision - other.revision);

/** The items by what they have in common, in their order. */
function grouped(items, common) {
  const groups = new Map();
  for (const item of items) groups.set(common(item), [...(groups.get(common(item)) ?? []), item]);
  return groups;
}

/** What is wrong with the batches of one tablet, by number; `known` has those of all tablets by their document. */
function tabletFaults(chain, known) {
  const faults = [];
  const say = (text) => faults.push(`${nameOf(chain[0])}: ${text}`);
  const { sequence: first, device } = chain[0].document.manifest;
  const goesOn = first > 1 && (device.restored_from ?? []).length > 0;
  let expected = goesOn && before(chain[0], known) ? first : 1;
  let key;
  for (const [sequence, same] of grouped(chain, ({ document }) => document.manifest.sequence)) {
    const isNext = sequence === expected;
    if (!isNext && expected === 1 && goesOn) say(`batch ${sequence - 1} is missing, of this tablet or of one for which it goes on`);
    else if (!isNext) say(missing("batch", expected, sequence - 1));
    if (same.length > 1) say(`${same.length} different batches have the number ${sequence}`);
    for (const batch of same) {
      const own = batch.document.manifest.device.key;
      if (isNext && sequence > 1 && !before(batch, known)) say(`batch ${sequence} does not follow the one before it`);
      else if (isNext) for (const fault of goingOnFaults(batch, known)) say(`batch ${sequence}: ${fault}`);
      if (key && own !== key) say(`batch ${sequence} is ${own ? "signed by another key" : "not signed, one before it is"}`);
      key ??= own;
    }
    expected = sequence + 1;
  }
  return faults;
}

/** The batch that a batch follows, of the same tablet or of one for which it goes on; undefined if it is not here. */
function before({ document: { manifest } }, known) {
  const parent = known.get(manifest.previous);
  if (!parent) return undefined;
  const { event, device, sequence } = parent.document.manifest;
  const tablets = [manifest.device.id, ...(manifest.device.restored_from ?? [])];
  return event.id === manifest.event.id && tablets.includes(device.id) && sequence === manifest.sequence - 1 ? parent : undefined;
}

/** A batch and all before it, the newest first; they do not reach the first one where some are missing. */
function line(batch, known) {
  const parent = before(batch, known);
  return parent ? [batch, ...line(parent, known)] : [batch];
}

/** What does not go on where the batch before ended: records, the audit log, the counts. */
function goingOnFaults(batch, known) {
  const faults = [];
  const [{ document: { manifest, records, audit } }, ...earlier] = line(batch, known);
  const isWhole = (earlier.at(-1) ?? batch).document.manifest.sequence === 1;
  const saved = earlier[0]?.document.manifest.counts.saved ?? 0;
  if (records.length && records[0].sequence !== saved + 1) faults.push(`its records begin with ${records[0].sequence}, the ones before end with ${saved}`);
  const entry = earlier.flatMap(({ document }) => document.audit.slice(-1))[0];
  const follows = entry ? audit[0]?.sequence === entry.sequence + 1 && audit[0].previous === hashOfValue(entry) : !isWhole || audit[0]?.sequence === 1;
  if (audit.length && !follows) faults.push(`its audit log begins with ${audit[0].sequence}, the one before ends with ${entry?.sequence ?? 0}`);
  if (!isWhole) return faults;
  const all = [batch, ...earlier].flatMap(({ document }) => document.records);
  const counted = { issued: all.filter(({ revision }) => revision === 1).length, saved: all.length, voided: all.filter(({ status }) => status === "voided").length };
  for (const [what, count] of Object.entries(counted)) if (manifest.counts[what] !== count) faults.push(`it counts ${manifest.counts[what]} ${what}, there are ${count}`);
  return faults;
}
