// Rows of a tablet that has already registered many people, as the app itself would have written them: the made-up
// people of tests/fixtures/people.json, varied, as canonical registration records (src/format, src/store/schema.rs).
import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { registrationNumber } from "../../tools/people.mjs";

const { event: typedEvent, people } = JSON.parse(readFileSync(new URL("../fixtures/people.json", import.meta.url), "utf8"));

const FINGERPRINT_KEY = Buffer.alloc(32, 7);
const STARTED_AT = Date.UTC(2026, 10, 24, 1, 0, 0);
const SECONDS_PER_PERSON = 40;

/** Canonical JSON (RFC 8785) of what has only text, booleans, whole numbers, lists and objects. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).filter((name) => value[name] !== undefined).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** A UUID of version 7 by its look, the same for the same name. */
function uuid(name) {
  const hex = createHash("sha256").update(name).digest("hex");
  return `01938f6e-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}

/** The moment as the app writes it, in the time of Probolinggo. */
function moment(unixMs) {
  return new Date(unixMs + 7 * 3600_000).toISOString().replace("Z", "+07:00");
}

const EVENT_ID = uuid("event");
const DEVICE_ID = uuid("device");

/** A person like one of the hundred, with a name mixed from two of them and a NIK with another serial. */
function varied(at) {
  const person = people[at % people.length].expected;
  const other = people[(at * 7 + Math.floor(at / people.length)) % people.length].expected;
  const name = at < people.length ? person.person.name : `${person.person.name.split(" ")[0]} ${other.person.name.split(" ").at(-1)}`;
  const nik = person.person.nik.slice(0, 12) + String(9001 + ((at * 37) % 999));
  return { ...person, person: { ...person.person, name, nik } };
}

function registration(at) {
  const { person, address, business, work, programme, consent, checks, officer } = varied(at);
  const recordedAt = STARTED_AT + at * SECONDS_PER_PERSON * 1000;
  const id = uuid(`registration ${at}`);
  const record = {
    version: 1, id, event_id: EVENT_ID, device_id: DEVICE_ID, number: registrationNumber(typedEvent.code, typedEvent.letter, at + 1), revision: 1,
    status: "active", recorded_at: moment(recordedAt), sequence: at + 1, officer, person, address, business, work, programme,
    consent: { ...consent, at: moment(recordedAt - 5000) }, checks: { warnings: checks.warnings, duplicates: [] },
  };
  const body = canonical(record);
  const fingerprint = createHmac("sha256", FINGERPRINT_KEY).update(person.nik).digest("hex").slice(0, 32);
  return [
    { store: "registrations", key: id, value: { event_id: EVENT_ID, counter: at + 1, revision: 1, sequence: at + 1, voided: 0, fingerprint, id }, body },
    { store: "revisions", key: `${id}/0000000001`, value: { event_id: EVENT_ID, registration_id: id, revision: 1, sequence: at + 1, id: `${id}/0000000001` }, body },
  ];
}

/** All rows of a tablet on which `count` people are registered: `[{ store, key, value, body }]`, bodies as text. */
export function tabletRows(count) {
  const body = canonical({
    version: 1, id: EVENT_ID, code: typedEvent.code, name: typedEvent.name, venue: typedEvent.venue, date: "2026-11-24", programmes: ["jkk", "jkm"],
    payer: typedEvent.payer, capacity: Math.min(9999, count + 100), sample: false, letter: typedEvent.letter, fingerprint_key: FINGERPRINT_KEY.toString("hex"), created_at: moment(STARTED_AT),
  });
  const lastAt = STARTED_AT + Math.max(0, count - 1) * SECONDS_PER_PERSON * 1000;
  const value = { epoch: 0, issued: count, saved: count, voided: 0, batches: 0, batched: 0, last_at: count > 0 ? lastAt : 0, id: EVENT_ID };
  return [{ store: "events", key: EVENT_ID, value, body }, ...Array.from({ length: count }, (_, at) => registration(at)).flat()];
}
