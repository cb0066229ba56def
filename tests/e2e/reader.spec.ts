// A stranger's reader, written from docs/batch-format.md (tests/tools/reader.mjs), on what the release build hands over.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { Decrypter } from "age-encryption";
import { readBatch, readChain } from "../tools/reader.mjs";
import { SIGNED, carried, type Carried, type Json } from "./batch";
import { expect, fixture, secretsOf, test, type MadeUpPerson } from "./fixtures";
import { Office, PACK, loadPack } from "./office";
import { L, OFFICER, PASSPHRASE, createEvent, download, makeBatch, nextPerson, open, openForm, registerPerson } from "./pages.mjs";

const people = fixture.people.slice(0, 3);

test.beforeEach(({ personal }) => personal(...people.flatMap(secretsOf)));

/** Registers people, in a batch. */
async function handOver(page: Page, url: string, people: MadeUpPerson[]) {
  await openForm(page, url);
  for (const [index, person] of people.entries()) {
    if (index > 0) await nextPerson(page);
    await registerPerson(page, person);
  }
  await makeBatch(page, url);
}

/** The office's key for batches, as any age tool gets it out of the closed file. */
async function identityOf(office: Office): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(readFileSync(join(office.folder, "keys.txt"), "utf8"));
  const keys = await decrypter.decrypt(readFileSync(join(office.folder, "office/office.keys.age")), "text");
  return JSON.parse(keys).identity;
}

/** Everybody is in the documents once, in order, with every field as it was typed. */
function expectEverybody(documents: Json[], people: MadeUpPerson[]) {
  const records = documents.flatMap(({ records }) => records as Json[]);
  const { event, device } = documents[0].manifest;
  const typed = records.map(({ id, recorded_at, consent: { at, mark, ...consent }, ...record }) => ({ ...record, consent }));
  for (const { consent } of records) expect(consent.mark).toEqual(SIGNED);
  expect(typed).toEqual(people.map(({ expected }, index) => ({ ...expected, version: 1, event_id: event.id, device_id: device.id, revision: 1, sequence: index + 1, status: "active" })));
}

test("batches that are sealed to the office are read from the format's description alone", async ({ page, site }) => {
  const office = new Office();
  try {
    await loadPack(page, site.url, office.pack());
    await handOver(page, site.url, people.slice(0, 2));
    await handOver(page, site.url, people.slice(2));
    const files: Carried[] = [await carried(await download(page, 1)), await carried(await download(page, 2))];
    const identity = await identityOf(office);
    const batches = await Promise.all(files.map(({ name, bytes }) => readBatch(bytes, name, identity)));
    for (const [index, { faults, fileHash, documentHash }] of batches.entries()) {
      expect(faults).toEqual([]);
      expect(files[index].name).toBe(`pendapa-KDP1-A-${index + 1}-${fileHash.slice(7, 15)}.pendapa.json.age`);
      expect(documentHash).not.toBe(fileHash);
    }
    expect(readChain(batches)).toEqual([]);
    const documents = batches.map(({ document }) => document as unknown as Json);
    expectEverybody(documents, people);
    expect(documents.map(({ manifest }) => manifest.counts)).toEqual([{ records: 2, issued: 2, saved: 2, voided: 0 }, { records: 1, issued: 3, saved: 3, voided: 0 }]);
    expect(documents[1].manifest.previous).toBe(batches[0].documentHash);
    // Signed, although nothing but the seal says for whom.
    for (const { manifest, signature } of documents) expect([manifest.device.key, signature.algorithm]).toEqual([documents[0].manifest.device.key, "Ed25519"]);

    // What came with another byte, without the key, or alone is told.
    const [{ name, bytes }] = files;
    expect((await readBatch(bytes, name)).faults).toEqual(["it is sealed, and there is no key"]);
    bytes[bytes.length - 1] ^= 1;
    expect((await readBatch(bytes, name, identity)).faults).toEqual(["the name belongs to other bytes", expect.stringMatching(/^the seal does not open/)]);
    expect(readChain(batches.slice(1))).toEqual(["KDP1-A: batch 1 is missing"]);
  } finally {
    office.close();
  }
});

test("the plain batches of an event without an office are read in the same way", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await handOver(page, site.url, people.slice(0, 2));
  await handOver(page, site.url, people.slice(2));
  const files: Carried[] = [await carried(await download(page, 1)), await carried(await download(page, 2))];
  const batches = await Promise.all(files.map(({ name, bytes }) => readBatch(bytes, name)));
  for (const [index, { faults, fileHash, documentHash }] of batches.entries()) {
    expect(faults).toEqual([]);
    expect(files[index].name).toBe(`pendapa-KDP1-A-${index + 1}-${fileHash.slice(7, 15)}.pendapa.json`);
    expect(documentHash).toBe(fileHash);
  }
  expect(readChain(batches)).toEqual([]);
  expectEverybody(batches.map(({ document }) => document as unknown as Json), people);
});

test("a tablet that goes on from a backup, the first one, and what the office takes out are read as the chains that they are", async ({ page, site, browser, guard }) => {
  const office = new Office();
  try {
    await loadPack(page, site.url, office.pack());
    await handOver(page, site.url, people.slice(0, 1));
    await openForm(page, site.url);
    await registerPerson(page, people[1]);
    await open(page, site.url, "/handover");
    const [backup] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Simpan cadangan" }).click()]);
    const file = office.write("backup.json", readFileSync(await backup.path()));

    const context = await browser.newContext();
    guard.watch(context);
    const second = await context.newPage();
    await open(second, site.url, "/events/restore");
    await second.getByLabel("Pilih berkas cadangan").setInputFiles(file);
    await second.getByRole("textbox", { name: L.passphrase, exact: true }).fill(PASSPHRASE);
    await second.getByRole("textbox", { name: PACK.letter, exact: true }).fill("B");
    await second.getByRole("textbox", { name: L.officerName, exact: true }).fill(OFFICER);
    await second.getByRole("button", { name: "Lanjutkan di tablet ini" }).click();
    await second.getByRole("link", { name: L.registerPerson }).waitFor();
    await handOver(second, site.url, people.slice(2));
    await makeBatch(page, site.url);

    const identity = await identityOf(office);
    const files: Carried[] = [await carried(await download(page, 1)), await carried(await download(page, 2)), await carried(await download(second, 2))];
    const batches = await Promise.all(files.map(({ name, bytes }) => readBatch(bytes, name, identity)));
    expect(batches.map(({ faults }) => faults)).toEqual([[], [], []]);
    expect(readChain(batches)).toEqual([]);
    const [one, , other] = batches.map(({ document }) => document as unknown as Json);
    expect(other.manifest.device).toMatchObject({ letter: "B", restored_from: [one.manifest.device.id] });
    expect(other.records.map(({ number, device_id }: Json) => [number.slice(0, 10), device_id])).toEqual([["KDP1-A-002", one.manifest.device.id], ["KDP1-B-003", other.manifest.device.id]]);
    expect(readChain(batches.slice(1))).toEqual(["KDP1-A: batch 1 is missing", "KDP1-B: batch 1 is missing, of this tablet or of one for which it goes on"]);

    // What was in no batch is one that nobody signed, with the number that the tablet gave to its own.
    office.desk("unpack", "backup.json", "--out", "unpacked", "--keys", "office/office.keys.age", "--passphrase-file", "keys.txt");
    const folder = join(office.folder, "unpacked");
    const unpacked = await Promise.all(readdirSync(folder).sort().map((name) => readBatch(readFileSync(join(folder, name)), name, identity)));
    expect(unpacked.map(({ faults }) => faults)).toEqual([[], []]);
    expect(unpacked[0].fileHash).toBe(batches[0].fileHash);
    expect(readChain(unpacked)).toEqual(["KDP1-A: batch 2 is not signed, one before it is"]);
    expect(readChain([...batches, ...unpacked])).toContain("KDP1-A: 2 different batches have the number 2");
    await context.close();
  } finally {
    office.close();
  }
});
