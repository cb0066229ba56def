// The reader that was written from docs/batch-format.md, on batches of every version and on batches that are made here; a
// reader that never says no proves nothing, so each fault that it looks for is made once.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { canonical, hashOfValue, readBatch, readChain } from "./reader.mjs";

const BATCHES = new URL("../fixtures/batches/", import.meta.url);
const fixture = (name) => readFileSync(new URL(name, BATCHES));
const documentOf = (name) => JSON.parse(fixture(name).toString());
const { people } = JSON.parse(readFileSync(new URL("../fixtures/people.json", import.meta.url), "utf8"));

const EVENT = { id: "01938f6e-7c2a-7000-8000-020000000001", code: "KDP1", name: "Pendaftaran pelaku usaha", date: "2026-11-24", venue: "Pendapa Kecamatan Kedopok" };
const NOW = "2026-11-24T09:30:00.000+07:00";
const idOf = (number) => `01938f6e-7c2a-7000-8000-${String(number).padStart(12, "0")}`;

/** A tablet that writes batches as the format says. */
class Tablet {
  key = generateKeyPairSync("ed25519");
  records = [];
  audit = [];
  batches = [];
  restoredFrom = [];
  mark = { records: 0, audit: 0 };

  constructor(letter = "A", device = idOf(900)) {
    Object.assign(this, { letter, device });
    this.note("set_up");
  }

  note(action) {
    const before = this.audit.at(-1);
    this.audit.push({ version: 1, sequence: this.audit.length + 1, at: NOW, action, ...(before && { previous: hashOfValue(before) }) });
  }

  register() {
    const at = this.records.filter(({ revision }) => revision === 1).length;
    const { expected } = people[at];
    this.save({ ...expected, consent: { ...expected.consent, at: NOW }, version: 1, id: idOf(at + 1), event_id: EVENT.id, device_id: this.device, revision: 1, status: "active" });
  }

  revise(at, change = { status: "voided" }) {
    const before = this.records.findLast(({ id }) => id === idOf(at));
    this.save({ ...before, reason: "salah orang", ...change, revision: before.revision + 1, previous: hashOfValue(before) });
  }

  save(record) {
    this.records.push({ ...record, recorded_at: NOW, sequence: this.records.length + 1 });
  }

  /** The next batch, changed before it is signed. */
  makeBatch(change = () => {}) {
    this.note("batch_made");
    const { records, audit, mark } = this;
    const revisions = (is) => records.filter(is).length;
    const document = {
      format: "pendapa-batch",
      version: 1,
      manifest: {
        id: idOf(500 + this.batches.length),
        event: EVENT,
        device: { id: this.device, letter: this.letter, key: publicKey(this.key), ...(this.restoredFrom.length && { restored_from: this.restoredFrom }) },
        sequence: this.batches.length + 1,
        ...(this.batches.length && { previous: hashOfValue(this.batches.at(-1)) }),
        created_at: NOW,
        app: "pendapa 0.1.0",
        counts: { records: records.length - mark.records, issued: revisions(({ revision }) => revision === 1), saved: records.length, voided: revisions(({ status }) => status === "voided") },
      },
      records: records.slice(mark.records),
      attendance: [],
      attachments: [],
      audit: audit.slice(mark.audit),
    };
    this.mark = { records: records.length, audit: audit.length };
    change(document);
    this.batches.push(signed(document, this.key));
    return this.batches.at(-1);
  }

  /** Another tablet that goes on from a backup of this one. */
  restored(letter, device) {
    const other = new Tablet(letter, device);
    const copy = structuredClone({ records: this.records, audit: this.audit, batches: this.batches, mark: this.mark });
    Object.assign(other, copy, { restoredFrom: [...this.restoredFrom, this.device] });
    other.note("restored");
    return other;
  }
}

const publicKey = ({ publicKey }) => `ed25519:${Buffer.from(publicKey.export({ format: "jwk" }).x, "base64url").toString("hex")}`;

function signed({ signature, ...document }, { privateKey }) {
  return { ...document, signature: { algorithm: "Ed25519", value: sign(null, Buffer.from(canonical(document)), privateKey).toString("hex") } };
}

/** As a tablet writes it; what has no canonical form, as JavaScript does. */
function bytesOf(document) {
  try {
    return Buffer.from(canonical(document));
  } catch {
    return Buffer.from(JSON.stringify(document));
  }
}

/** Reads a document as a plain file without a name. */
const read = (document) => readBatch(bytesOf(document));
const faultsOf = async (document) => (await read(document)).faults;
const chainFaults = async (...documents) => readChain(await Promise.all(documents.map(read)));

/** Three people in three batches, the first of them voided in the last. */
function day(tablet = new Tablet()) {
  for (let batch = 1; batch <= 3; batch += 1) {
    tablet.register();
    if (batch === 3) tablet.revise(1);
    tablet.makeBatch();
  }
  return tablet;
}

async function sealedTo(bytes, ...identities) {
  const encrypter = new Encrypter();
  for (const identity of identities) encrypter.addRecipient(await identityToRecipient(identity));
  return encrypter.encrypt(bytes);
}

test("the canonical form is that of RFC 8785", () => {
  // The examples of its sections 3.2.2 and 3.2.3, without what the format has not: fractions.
  const sorted = { "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", 1: "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis" };
  assert.deepEqual(canonical(sorted).match(/"[^"]*":/g).map((name) => name.slice(1, -2)), ["\\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"]);
  const literals = { string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\/", literals: [null, true, false] };
  assert.equal(canonical(literals), "{\"literals\":[null,true,false],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  for (const value of [1.5, 2 ** 53, NaN, "\ud83d", { "\ude00": 1 }]) assert.throws(() => canonical(value));
});

test("every batch that was ever written is read without a fault, under its own name too", async () => {
  const names = readdirSync(BATCHES).filter((name) => /^v\d+_.*\.pendapa\.json$/.test(name));
  assert.deepEqual(names, ["v1_plain.pendapa.json", "v1_signed.pendapa.json"]);
  for (const name of names) {
    const bytes = fixture(name);
    const batch = await readBatch(bytes, name);
    assert.deepEqual(batch.faults, [], name);
    assert.equal(batch.documentHash, batch.fileHash);
    assert.deepEqual(batch.document, documentOf(name));
    assert.deepEqual((await readBatch(bytes, `pendapa-KDP1-A-2-${batch.fileHash.slice(7, 15)}.pendapa.json`)).faults, []);
    // It is the second of its tablet.
    assert.deepEqual(readChain([batch]), ["KDP1-A: batch 1 is missing"]);
  }
  assert.deepEqual((await readBatch(fixture(names[0]), "pendapa-KDP1-A-2-a5e1b7e1.pendapa.json")).faults, []);
});

/** What is wrong in a record shows in the hash by which its second revision names it. */
const OTHER = "revision 2 of 01938f6e-7c2a-7000-8000-000000000000 follows another one than the 1 that is here";
/** What a shape can say, the schema says (public/schema), in parts whose hash nobody names. */
const SCHEMA = ["batch_id_upper_case", "event_code_lower_case", "letter_of_two", "missing_attendance", "previous_hash_short", "sequence_zero"];
const SAID = {
  count_too_high: ["the manifest counts 4 records, there are 3"],
  device_id_short: [1, 2, 3].map((record) => `record ${record} is of another event or tablet`),
  income_with_fraction: ["1500000.5 is no exact integer"],
  line_feed_at_the_end: ["the bytes are not the canonical ones"],
  member_twice: ["the bytes are not the canonical ones"],
  missing_manifest: ["a part of it is missing"],
  not_canonical_order: ["the bytes are not the canonical ones"],
  not_canonical_spaces: ["the bytes are not the canonical ones"],
  number_without_check: ["record 1 has a number that was mistyped", OTHER],
  number_wrong_check: ["record 1 has a number that was mistyped", OTHER],
  other_format: ["it is no batch"],
  reason_null: ["revision 1 of 01938f6e-7c2a-7000-8000-000000000000 has a reason", OTHER],
  record_of_another_event: ["record 2 is of another event or tablet"],
  record_of_another_tablet: ["record 2 is of another event or tablet"],
  record_twice: ["record 1 stands after record 1", "record 2 is missing"],
  record_version_0: ["record 1 is of no version that there is", OTHER],
  record_version_2: ["record 1 is of a newer version", OTHER],
  records_out_of_sequence: ["record 2 stands after record 3", "record 1 stands after record 2", "records 2 to 3 are missing"],
  revision_zero: ["revision 0 of 01938f6e-7c2a-7000-8000-000000000000 names none before it"],
  signature_null: ["the signature is none"],
  signature_upper_case: ["the signature is none"],
  signature_with_more: ["the signature is none"],
  version_0: ["it is of no version that there is"],
  version_2: ["it is of a newer version"],
  voided_without_reason: ["revision 2 of 01938f6e-7c2a-7000-8000-000000000000 has no reason"],
};

test("every batch that is none is refused for its fault", async () => {
  for (const file of readdirSync(new URL("invalid/", BATCHES))) {
    const name = file.replace(".json", "");
    const { faults } = await readBatch(fixture(`invalid/${file}`));
    assert.deepEqual(faults, SAID[name] ?? (SCHEMA.includes(name) ? [] : [OTHER]), name);
  }
});

test("what is no batch at all is told and never thrown", async () => {
  const whole = fixture("v1_signed.pendapa.json");
  for (const [bytes, fault] of [
    [Buffer.alloc(0), "it is no JSON in UTF-8"],
    [whole.subarray(0, 1000), "it is no JSON in UTF-8"],
    [Buffer.concat([Buffer.from("\ufeff"), whole]), "it is no JSON in UTF-8"],
    [Buffer.from([0x22, 0xff, 0x22]), "it is no JSON in UTF-8"],
    [Buffer.from("null"), "it is no batch"],
    [Buffer.from("[]"), "it is no batch"],
    [Buffer.from(canonical({ format: "pendapa-batch", version: 1, manifest: { event: {}, device: {}, counts: {} }, records: [1], audit: [] })), "a part of it is missing"],
    [Buffer.from(whole.toString().replace("Mangga 1", "Mangga \\ud800")), "half a character"],
  ]) assert.deepEqual((await readBatch(bytes)).faults, [fault]);
});

test("a batch that was sealed is opened by each of its keys, and by no other", async () => {
  const [office, tablet, stranger] = await Promise.all([1, 2, 3].map(generateX25519Identity));
  const plain = await read(documentOf("v1_signed.pendapa.json"));
  const sealed = await sealedTo(fixture("v1_signed.pendapa.json"), office, tablet);
  for (const identity of [office, tablet]) {
    const { fileHash } = await readBatch(sealed, undefined, identity);
    const batch = await readBatch(sealed, `pendapa-KDP1-A-2-${fileHash.slice(7, 15)}.pendapa.json.age`, identity);
    assert.deepEqual(batch, { ...plain, fileHash });
    assert.notEqual(fileHash, batch.documentHash);
  }
  const said = async (bytes, identity) => {
    const { document, faults } = await readBatch(bytes, undefined, identity);
    assert.equal(document, undefined);
    return faults.join();
  };
  assert.equal(await said(sealed), "it is sealed, and there is no key");
  assert.match(await said(sealed, stranger), /^the seal does not open: no identity matched/);
  for (const at of [60, sealed.length - 1]) {
    const altered = Uint8Array.from(sealed);
    altered[at] ^= 1;
    assert.match(await said(altered, office), /^the seal does not open: /);
  }
  assert.match(await said(sealed.subarray(0, -20), office), /^the seal does not open: /);
});

test("a file under another name is told; a name of one's own says nothing", async () => {
  const bytes = fixture("v1_plain.pendapa.json");
  const said = async (name) => (await readBatch(bytes, name)).faults;
  assert.deepEqual(await said("pendapa-KDP1-A-2-01234567.pendapa.json"), ["the name belongs to other bytes"]);
  assert.deepEqual(await said("pendapa-KDP1-B-2-a5e1b7e1.pendapa.json"), ["the name is of another batch than KDP1-A-2"]);
  assert.deepEqual(await said("pendapa-KDP1-A-3-a5e1b7e1.pendapa.json"), ["the name is of another batch than KDP1-A-2"]);
  assert.deepEqual(await said("pendapa-KDP1-A-2-a5e1b7e1.pendapa.json.age"), ["the name says sealed, the bytes do not"]);
  assert.deepEqual(await said("kiriman kedua.json"), []);
});

test("a changed byte, another's signature and a signature that was taken away are told", async () => {
  const text = fixture("v1_signed.pendapa.json").toString();
  const said = async (text) => (await readBatch(Buffer.from(text))).faults;
  assert.deepEqual(await said(text.replace("Pendapa Kecamatan", "pendapa Kecamatan")), ["the signature does not fit"]);
  assert.deepEqual(await said(text.replace("\"Jl. Mangga 1\"", "\"Jl. Mangga 2\"")), [OTHER, "the signature does not fit"]);
  assert.deepEqual(await said(text.replace(/[0-9a-f]{2}(?="},"version":1}$)/, "00")), ["the signature does not fit"]);

  const document = documentOf("v1_signed.pendapa.json");
  const change = async (change) => {
    const changed = structuredClone(document);
    change(changed);
    return faultsOf(changed);
  };
  assert.deepEqual(await faultsOf(signed(document, generateKeyPairSync("ed25519"))), ["the signature does not fit"]);
  assert.deepEqual(await change(({ manifest }) => delete manifest.device.key), ["there is a signature, but no key"]);
  assert.deepEqual(await change((document) => delete document.signature), ["there is a key, but no signature"]);
  assert.deepEqual(await change(({ signature }) => (signature.value = signature.value.toUpperCase())), ["the signature is none"]);
  assert.deepEqual(await change(({ signature }) => (signature.note = "")), ["the signature is none"]);
  assert.deepEqual(await change(({ signature }) => (signature.algorithm = "none")), ["the key or the algorithm is not known"]);
  assert.deepEqual(await change(({ manifest }) => (manifest.device.key = manifest.device.key.slice(8))), ["the key or the algorithm is not known"]);
});

test("a record that is missing and an audit log that was tampered with are told, also where the tablet's key signed", async () => {
  const said = (change) => {
    const tablet = new Tablet();
    for (let person = 1; person <= 3; person += 1) tablet.register();
    tablet.note("unlocked");
    return faultsOf(tablet.makeBatch(change));
  };
  assert.deepEqual(await said(), []);
  const without = (at) => ({ records, manifest }) => {
    records.splice(at, 1);
    manifest.counts.records -= 1;
  };
  assert.deepEqual(await said(({ records }) => records.splice(1, 1)), ["the manifest counts 3 records, there are 2", "record 2 is missing"]);
  assert.deepEqual(await said(without(1)), ["record 2 is missing"]);
  assert.deepEqual(await said(without(2)), ["record 3 is missing"]);
  assert.deepEqual(await said(({ manifest }) => (manifest.counts.saved = 2)), ["the manifest counts 2 revisions, the last one is 3"]);
  assert.deepEqual(await said(({ audit }) => audit.splice(1, 1)), ["audit entry 3 stands after audit entry 1"]);
  assert.deepEqual(await said(({ audit }) => (audit[1].action = "locked")), ["audit entry 3 follows another one than 2"]);
  assert.deepEqual(await said(({ audit }) => delete audit[0].sequence), ["audit entry undefined names none before it", "audit entry 2 stands after audit entry undefined"]);
  assert.deepEqual(await said(({ manifest }) => (manifest.previous = hashOfValue(1))), ["batch 1 names one before it"]);
});

test("members and actions of a later version are kept, and are in the hashes", async () => {
  const tablet = new Tablet();
  tablet.register();
  tablet.records[0].later = { "\ud83d\ude00": [1], a: null };
  tablet.revise(1);
  tablet.note("an_action_of_tomorrow");
  const batch = await read(tablet.makeBatch((document) => (document.later = "kept")));
  assert.deepEqual(batch.faults, []);
  assert.equal(batch.document.records[1].later.a, null);
});

test("a whole chain has no fault, in whatever order and as often as its batches come", async () => {
  const [first, second, third] = day().batches;
  for (const document of [first, second, third]) assert.deepEqual(await faultsOf(document), []);
  assert.deepEqual(await chainFaults(first, second, third), []);
  assert.deepEqual(await chainFaults(third, first, third, second, first), []);
  assert.deepEqual(await chainFaults(), []);
  const office = await generateX25519Identity();
  const sealed = await readBatch(await sealedTo(bytesOf(second), office), undefined, office);
  assert.deepEqual(readChain([await read(third), sealed, await read(second), await read(first)]), []);
  // A batch that does not open or has a fault is one that is missing.
  for (const refused of [await readBatch(await sealedTo(bytesOf(second), office)), await read({ ...second, attachments: [0.5] })]) {
    assert.equal(refused.faults.length, 1);
    assert.deepEqual(readChain([await read(first), refused, await read(third)]), ["KDP1-A: batch 2 is missing"]);
  }
});

test("gaps, forks, and batches that follow nothing are named", async () => {
  const tablet = day();
  tablet.register();
  tablet.makeBatch();
  const [first, second, third, fourth] = tablet.batches;
  assert.deepEqual(await chainFaults(first, third, fourth), ["KDP1-A: batch 2 is missing"]);
  assert.deepEqual(await chainFaults(third, fourth), ["KDP1-A: batches 1 to 2 are missing"]);
  assert.deepEqual(await chainFaults(first, fourth), ["KDP1-A: batches 2 to 3 are missing"]);
  const other = signed({ ...second, manifest: { ...second.manifest, app: "pendapa 0.2.0" } }, tablet.key);
  assert.deepEqual(await chainFaults(first, second, other, third, fourth), ["KDP1-A: 2 different batches have the number 2"]);
  assert.deepEqual(await chainFaults(first, other, third, fourth), ["KDP1-A: batch 3 does not follow the one before it"]);
});

test("what does not go on where the batch before ended is named", async () => {
  const said = (change) => {
    const tablet = new Tablet();
    tablet.register();
    tablet.makeBatch();
    tablet.register();
    return chainFaults(tablet.batches[0], tablet.makeBatch(change));
  };
  assert.deepEqual(await said(), []);
  assert.deepEqual(await said(({ manifest, records }) => (manifest.counts.saved = records[0].sequence = 3)), ["KDP1-A: batch 2: its records begin with 3, the ones before end with 1", "KDP1-A: batch 2: it counts 3 saved, there are 2"]);
  assert.deepEqual(await said(({ manifest }) => (manifest.counts.voided = 1)), ["KDP1-A: batch 2: it counts 1 voided, there are 0"]);
  assert.deepEqual(await said(({ manifest }) => (manifest.counts.issued = 5)), ["KDP1-A: batch 2: it counts 5 issued, there are 2"]);
  assert.deepEqual(await said(({ audit }) => (audit[0].previous = hashOfValue("another past"))), ["KDP1-A: batch 2: its audit log begins with 3, the one before ends with 2"]);
  assert.deepEqual(await said(({ audit }) => (audit[0].sequence = 4)), ["KDP1-A: batch 2: its audit log begins with 4, the one before ends with 2"]);
  // A tablet that cannot read its log any more carries none.
  assert.deepEqual(await said(({ audit }) => audit.splice(0)), []);
});

test("another key in a chain, and a batch without one, are named", async () => {
  const { batches: [first, second, third] } = day();
  const thief = generateKeyPairSync("ed25519");
  const { signature, ...document } = third;
  const forged = signed({ ...document, manifest: { ...document.manifest, device: { ...document.manifest.device, key: publicKey(thief) } } }, thief);
  assert.deepEqual(await faultsOf(forged), []);
  assert.deepEqual(await chainFaults(first, second, forged), ["KDP1-A: batch 3 is signed by another key"]);
  const { key, ...device } = document.manifest.device;
  const unsigned = { ...document, manifest: { ...document.manifest, device } };
  assert.deepEqual(await faultsOf(unsigned), []);
  assert.deepEqual(await chainFaults(first, second, unsigned), ["KDP1-A: batch 3 is not signed, one before it is"]);
});

test("a revision follows the one before it across batches and tablets; two that differ are named", async () => {
  const tablet = day();
  const changed = structuredClone(tablet);
  tablet.revise(2, { status: "active" });
  const { records: [record] } = tablet.makeBatch();
  const id = record.id;
  const rewritten = tablet.batches[3];
  const { signature, ...document } = rewritten;
  const other = signed({ ...document, records: [{ ...record, previous: hashOfValue(changed.records[0]) }] }, tablet.key);
  assert.deepEqual(await chainFaults(...tablet.batches), []);
  assert.deepEqual(await chainFaults(...tablet.batches.slice(0, 3), other), [`revision 2 of ${id} follows another one than the 1 that is here`]);
});

test("a tablet that goes on from a backup follows the last batch that was in it, and the first tablet may go on too", async () => {
  const tablet = day();
  const whole = structuredClone(tablet.batches);
  tablet.register();
  const other = tablet.restored("B", idOf(901));
  other.register();
  other.revise(2);
  other.makeBatch();
  other.register();
  other.makeBatch();
  const theirs = other.batches.slice(3);
  for (const document of theirs) assert.deepEqual(await faultsOf(document), []);
  assert.deepEqual(await chainFaults(...theirs.toReversed(), ...whole), []);
  tablet.makeBatch();
  assert.deepEqual(await chainFaults(...tablet.batches, ...theirs), []);
  assert.deepEqual(await chainFaults(...theirs, ...whole.slice(0, 2)), ["KDP1-B: batch 3 is missing, of this tablet or of one for which it goes on"]);
  assert.deepEqual(await chainFaults(...whole, theirs[1]), ["KDP1-B: batch 4 is missing, of this tablet or of one for which it goes on"]);
  // A third one that went on before the second had made a batch.
  const third = other.restored("C", idOf(902));
  third.register();
  third.makeBatch();
  assert.deepEqual(await chainFaults(...whole, ...theirs, third.batches.at(-1)), []);

  // Both corrected the same person.
  tablet.revise(2, { status: "active" });
  tablet.makeBatch();
  assert.deepEqual(await chainFaults(...tablet.batches, ...theirs), [`2 different records are revision 2 of ${idOf(2)}`]);
});

test("a tablet that goes on from a backup without a batch begins its own chain, with the records of both", async () => {
  const tablet = new Tablet();
  tablet.register();
  const other = tablet.restored("B", idOf(901));
  other.register();
  const document = other.makeBatch();
  assert.deepEqual(await faultsOf(document), []);
  assert.deepEqual(await chainFaults(document, tablet.makeBatch()), []);
  const { signature, ...foreign } = document;
  delete foreign.manifest.device.restored_from;
  assert.deepEqual(await faultsOf(signed(foreign, other.key)), ["record 1 is of another event or tablet"]);
});

test("two tablets with one letter are named", async () => {
  const [one, other] = [new Tablet("A", idOf(900)), new Tablet("A", idOf(901))];
  one.register();
  assert.deepEqual(await chainFaults(one.makeBatch(), other.makeBatch()), ["KDP1-A: 2 tablets have this letter"]);
});
