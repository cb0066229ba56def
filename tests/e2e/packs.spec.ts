// The office's packs, from its command line to the tablet and back: loading, refusing, sealed batches, checking the
// tablet, copying an event, closing it.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, fixture, test } from "./fixtures";
import { Office, PACK, choosePack, loadPack } from "./office";
import { L, PASSPHRASE, createEvent, download, makeBatch, open, openForm, registerPerson, reload, typePassphrase } from "./pages.mjs";
import { otherPerson, plainPerson } from "./steps";

let office: Office;
test.beforeEach(() => {
  office = new Office();
});
test.afterEach(() => office.close());

async function bytesOf(file: Awaited<ReturnType<typeof download>>) {
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("a pack sets a tablet up, and its batches are opened by the office alone", async ({ page, site }) => {
  await loadPack(page, site.url, office.pack());
  await expect(page.getByRole("heading", { level: 1, name: "Pendaftaran pelaku usaha" })).toBeVisible();
  await openForm(page, site.url);
  const number = await registerPerson(page, plainPerson);
  await makeBatch(page, site.url);
  await expect(page.getByText("Berkas kiriman dapat dibaca siapa saja")).toBeHidden();
  const sealed = await bytesOf(await download(page));
  expect(sealed.name).toMatch(/^pendapa-KDP1-A-1-[0-9a-f]{8}\.pendapa\.json\.age$/);
  expect(sealed.bytes.toString("latin1")).toMatch(/^age-encryption\.org\/v1\n/);
  const [batch] = office.open([sealed]);
  expect(batch.records.map((record: any) => [record.number, record.person.nik])).toEqual([[number, plainPerson.expected.person.nik]]);
  expect(batch.audit.map((entry: any) => entry.action)).toEqual(["pack_loaded", "officer_chosen", "batch_made"]);

  // The same bytes while the vault is locked, and no spreadsheet.
  await page.reload();
  await open(page, site.url, "/handover");
  expect(await bytesOf(await download(page))).toEqual(sealed);
  await expect(page.getByRole("button", { name: L.batchCsv, exact: true })).toHaveAttribute("aria-disabled", "true");
  // Open, there is one.
  await open(page, site.url);
  await open(page, site.url, "/handover");
  const csv = await bytesOf(await download(page, 1, L.batchCsv));
  expect(csv.name).toBe(sealed.name.replace(".pendapa.json.age", ".csv"));
  expect(csv.bytes.toString()).toContain(plainPerson.expected.person.nik);
});

test("a pack that is wrong, damaged, too late or here already is refused with its reason", async ({ page, site }) => {
  const good = office.pack();
  await choosePack(page, site.url, office.write("foto.age", "bukan paket"));
  await expect(page.getByRole("alert").filter({ hasText: PACK.noPack })).toBeVisible();

  await choosePack(page, site.url, good);
  await typePassphrase(page, "kata sandi yang salah");
  await expect(page.getByRole("alert").filter({ hasText: PACK.notFitting })).toBeVisible();
  await typePassphrase(page, `  ${PASSPHRASE.replace(" ", "   ")} `);
  await expect(page.getByRole("heading", { name: "Pendaftaran pelaku usaha" })).toBeVisible();

  const bytes = readFileSync(good);
  bytes[bytes.length - 1] ^= 1;
  await page.reload();
  await choosePack(page, site.url, office.write("altered.pack.age", bytes));
  await typePassphrase(page, PASSPHRASE);
  await expect(page.getByRole("alert").filter({ hasText: PACK.damaged })).toBeVisible();

  await page.reload();
  await page.clock.setFixedTime(new Date("2026-11-24T08:00:00+07:00"));
  // The office itself refuses to make a pack that is over: it is made for a longer time, on a tablet whose date is later.
  await choosePack(page, site.url, office.pack({ date: "2026-10-20", expires: "2026-12-01" }, "late.pack.age"));
  await page.clock.setFixedTime(new Date("2026-12-02T08:00:00+07:00"));
  await typePassphrase(page, PASSPHRASE);
  await expect(page.getByRole("alert").filter({ hasText: /^Paket ini berlaku sampai 01-12-2026/ })).toBeVisible();

  await page.clock.setFixedTime(new Date("2026-11-24T08:00:00+07:00"));
  await page.reload();
  await loadPack(page, site.url, good);
  await choosePack(page, site.url, good);
  await typePassphrase(page, PASSPHRASE);
  await expect(page.getByText(PACK.here)).toBeVisible();
  await page.getByRole("button", { name: PACK.renew }).click();
  await expect(page.getByText(PACK.nothingNew)).toBeVisible();
});

test("an office corrects a discount by a later pack, which brings newly invited people as well", async ({ page, site }) => {
  const invited = (...names: string[]) => ({ expected: names.map((name) => ({ name })) });
  await page.clock.setFixedTime(new Date("2026-11-24T08:00:00+07:00"));
  await loadPack(page, site.url, office.pack(invited("Orang Contoh Satu"), "first.pack.age"));
  const sources = page.getByRole("region", { name: "Sumber dan tanggal" });
  await open(page, site.url, "/programme");
  await expect(sources).toContainText("kerja lain, April 2026 sampai Desember 2026");

  const longer = { id: "pp-50-2025-others", legal_basis: "PP 50/2025", percent: 50, programmes: ["jkk", "jkm"], transport: false, from: "2026-04", to: "2027-12", excluded_payers: ["public_budget"] };
  const rules = { bpjs_branch: "BPJS Ketenagakerjaan Cabang Contoh", discounts: [longer] };
  const later = office.pack({ rules, ...invited("Orang Contoh Satu", "Orang Contoh Dua") }, "again.pack.age", ["--again", "first.pack.age"]);
  await choosePack(page, site.url, later);
  await typePassphrase(page, PASSPHRASE);
  await page.getByRole("button", { name: PACK.renew }).click();
  await expect(page.getByText("Tarif dari paket dipakai. Undangan baru: 1, diperbarui: 0.")).toBeVisible();
  await open(page, site.url, "/programme");
  await expect(sources).toContainText("kerja lain, April 2026 sampai Desember 2027");
  await expect(sources).toContainText("BPJS Ketenagakerjaan Cabang Contoh");
  // It stays so, also while the vault is locked, and the same pack says nothing new.
  await reload(page);
  await expect(sources).toContainText("kerja lain, April 2026 sampai Desember 2027");
  await open(page, site.url);
  await choosePack(page, site.url, later);
  await typePassphrase(page, PASSPHRASE);
  await page.getByRole("button", { name: PACK.renew }).click();
  await expect(page.getByText(PACK.nothingNew)).toBeVisible();
});

test("a dropped pack is taken as a chosen one", async ({ page, site }) => {
  const bytes = [...readFileSync(office.pack())];
  await open(page, site.url, "/events/pack");
  await page.getByLabel(PACK.file).waitFor();
  await page.evaluate((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], "event.pack.age"));
    document.querySelector("main")!.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, bytes);
  await typePassphrase(page, PASSPHRASE);
  await expect(page.getByRole("heading", { name: "Pendaftaran pelaku usaha" })).toBeVisible();
});

test("a pack with which the system opens the app leads to its page, wherever one was", async ({ page, site }) => {
  // What the system does to an installed app that handles the file; the rest is the app's own.
  await page.addInitScript(() => {
    const launchQueue = { setConsumer: (take: unknown) => Object.assign(globalThis, { launchWith: take }) };
    Object.defineProperty(globalThis, "launchQueue", { value: launchQueue });
  });
  const bytes = [...readFileSync(office.pack())];
  await open(page, site.url, "/settings");
  await page.evaluate((bytes) => {
    const file = new File([new Uint8Array(bytes)], "event.pack.age");
    (globalThis as any).launchWith({ files: [{ getFile: async () => file }] });
  }, bytes);
  await typePassphrase(page, PASSPHRASE);
  await expect(page.getByRole("heading", { name: "Pendaftaran pelaku usaha" })).toBeVisible();
  // Taken once: the page asks for a file the next time.
  await open(page, site.url, "/");
  await open(page, site.url, "/events/pack");
  await expect(page.getByText(PACK.file)).toBeVisible();
});

test("after closing, the passphrase opens nothing here, and the office opens every batch", async ({ page, site }) => {
  await loadPack(page, site.url, office.pack());
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await makeBatch(page, site.url);
  await openForm(page, site.url);
  await registerPerson(page, otherPerson);
  // Another tab reads along, and may not go on reading.
  const second = await page.context().newPage();
  await open(second, site.url);
  await expect(second.getByText(/^KDP1-A-002-/).first()).toBeVisible();
  await open(page, site.url, "/events/close");
  const close = page.getByRole("button", { name: "Tutup kegiatan" });
  await close.click();
  await expect(page.getByText("Centang dulu.")).toBeVisible();
  await page.getByRole("checkbox", { name: /^Acara selesai/ }).check();
  await close.click();
  await page.getByRole("article").nth(1).waitFor();
  await expect(second.getByRole("heading", { level: 1, name: "Kegiatan sudah ditutup" })).toBeVisible();
  await second.close();

  const files = [await bytesOf(await download(page, 1)), await bytesOf(await download(page, 2))];
  const batches = office.open(files);
  expect(batches.flatMap(({ records }: any) => records.map((record: any) => record.person.nik))).toEqual([plainPerson, otherPerson].map(({ expected }) => expected.person.nik));
  expect(batches[1].audit.at(-2).action).toBe("closed");

  for (const start of [() => open(page, site.url), () => reload(page)]) {
    await start();
    await expect(page.getByRole("heading", { level: 1, name: "Kegiatan sudah ditutup" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: L.passphrase })).toHaveCount(0);
  }
  // Nothing that the passphrase could open is left: no wrap, no secrets, only what is sealed to the office.
  const ring = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open("pendapa");
      request.onsuccess = () => done(request.result);
    });
    const rows = await new Promise<any[]>((done) => {
      const request = database.transaction("vaults").objectStore("vaults").getAll();
      request.onsuccess = () => done(request.result);
    });
    database.close();
    return rows.map(({ body }) => Object.keys(JSON.parse(new TextDecoder().decode(body))).sort());
  });
  expect(ring).toEqual([["closed_at", "office", "own_recipient", "receipt_key", "recipients", "version"]]);
});

test("closing an event without an office key ends registering and keeps the data open", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await registerPerson(page, plainPerson);
  await open(page, site.url, "/events/close");
  await expect(page.getByText("Tanpa kunci kantor tidak ada kunci yang dimusnahkan")).toBeVisible();
  await page.getByRole("checkbox", { name: /^Acara selesai/ }).check();
  await page.getByRole("button", { name: "Tutup kegiatan" }).click();
  await page.getByRole("article").first().waitFor();
  await reload(page);
  await open(page, site.url);
  await expect(page.getByText("Kegiatan ini sudah ditutup.")).toBeVisible();
  await expect(page.getByRole("link", { name: L.registerPerson })).toHaveCount(0);
  await open(page, site.url, "/participants");
  await expect(page.getByText(/^KDP1-A-001-/).first()).toBeVisible();
});

test("the check tries the tablet for real and leaves nothing behind", async ({ page, site }) => {
  await loadPack(page, site.url, office.pack());
  await open(page, site.url, "/preflight");
  await page.getByRole("button", { name: "Jalankan uji coba" }).click();
  await expect(page.getByText("Disimpan, dijadikan kiriman, dibuka, dibaca ulang, dan dihapus")).toBeVisible();
  await expect(page.getByText(/^Berakhir dengan …/)).toBeVisible();
  await expect(page.getByText(/^ed25519:[0-9a-f]{64}$/)).toBeVisible();
  await open(page, site.url);
  await expect(page.getByText("Belum ada peserta.")).toBeVisible();
  await open(page, site.url, "/events");
  await expect(page.getByRole("heading", { level: 2, name: "Pendaftaran pelaku usaha" })).toHaveCount(1);
  await openForm(page, site.url);
  expect(await registerPerson(page, plainPerson)).toMatch(/^KDP1-A-001-/);
});

test("an event made on a tablet is copied to another one, which then works at the same event", async ({ page, site, browser }) => {
  await createEvent(page, site.url, fixture.event);
  await open(page, site.url, "/events/copy");
  await page.getByRole("textbox", { name: L.passphrase, exact: true }).fill("bukan kata sandinya");
  await page.getByRole("button", { name: "Buat salinan" }).click();
  await expect(page.getByRole("alert").filter({ hasText: PACK.notFitting })).toBeVisible();
  await page.getByRole("textbox", { name: L.passphrase, exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: "Buat salinan" }).click();
  const save = page.getByRole("button", { name: L.batchSave, exact: true });
  const [file] = await Promise.all([page.waitForEvent("download"), save.click()]);
  expect(file.suggestedFilename()).toBe("pendapa-KDP1.pack.age");
  const copy = office.write("copy.pack.age", readFileSync(await file.path()));

  const context = await browser.newContext();
  const other = await context.newPage();
  await loadPack(other, site.url, copy, "B");
  await openForm(other, site.url);
  expect(await registerPerson(other, plainPerson)).toMatch(/^KDP1-B-001-/);
  await makeBatch(other, site.url);
  const theirs = JSON.parse((await bytesOf(await download(other))).bytes.toString());
  await openForm(page, site.url);
  await registerPerson(page, otherPerson);
  await makeBatch(page, site.url);
  const ours = JSON.parse((await bytesOf(await download(page))).bytes.toString());
  expect(theirs.manifest.event).toEqual(ours.manifest.event);
  expect(theirs.manifest.device.key).not.toBe(ours.manifest.device.key);
  await context.close();
});

test("a copied event travels as a text where there is no camera, and half of it is not taken", async ({ page, site, browser }) => {
  await createEvent(page, site.url, fixture.event);
  await open(page, site.url, "/events/copy");
  await page.getByRole("textbox", { name: L.passphrase, exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: "Buat salinan" }).click();
  await expect(page.getByRole("img", { name: /^Kode 1 dari \d$/ })).toBeVisible();
  await page.getByText("Sebagai teks", { exact: true }).click();
  const text = await page.getByRole("textbox", { name: "Sebagai teks" }).inputValue();
  const frames = text.split("\n");
  expect(frames.length).toBeLessThanOrEqual(8);
  for (const frame of frames) expect(frame.length).toBeLessThanOrEqual(900);

  const context = await browser.newContext();
  const other = await context.newPage();
  await open(other, site.url, "/events/pack");
  await other.getByText("Tempel teksnya", { exact: true }).click();
  const paste = async (text: string) => {
    await other.getByRole("textbox", { name: "Tempel teksnya" }).fill(text);
    await other.getByRole("button", { name: "Pakai teks ini" }).click();
  };
  await paste(frames.slice(1).join("\n"));
  await expect(other.getByRole("alert").filter({ hasText: `Baru ${frames.length - 1} dari ${frames.length} kode` })).toBeVisible();
  const at = text.length - 20;
  await paste(`${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`);
  await expect(other.getByRole("alert").filter({ hasText: "terpotong atau salah baca" })).toBeVisible();
  await paste(frames.toReversed().join(" \n\n "));
  await typePassphrase(other, PASSPHRASE);
  await expect(other.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
  await context.close();
});
