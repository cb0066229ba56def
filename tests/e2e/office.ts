// The office beside the journeys: the real command line, in a folder of its own, and its packs on a tablet.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { L, PASSPHRASE, open, typePassphrase } from "./pages.mjs";

const TARGET = process.env.CARGO_TARGET_DIR ?? new URL("../../target", import.meta.url).pathname;
const DESK = join(TARGET, "debug", "pendapa-desk");
const KEYS = "kunci kantor untuk mencoba";

export class Office {
  readonly folder = mkdtempSync(join(tmpdir(), "pendapa-office-"));

  constructor() {
    this.write("keys.txt", KEYS);
    this.write("event.txt", PASSPHRASE);
    this.desk("keys", "office", "--passphrase-file", "keys.txt");
  }

  /** What the command line says. Throws where it fails. */
  desk(...args: string[]): string {
    return execFileSync(DESK, args, { cwd: this.folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  write(name: string, text: string | Buffer) {
    writeFileSync(join(this.folder, name), text);
    return join(this.folder, name);
  }

  /** A pack for the event, closed by the passphrase of the journeys. Returns its path. */
  pack(described: Record<string, unknown> = {}, name = "event.pack.age", more: string[] = []): string {
    const event = { name: "Pendaftaran pelaku usaha", venue: "Pendapa Kecamatan Kedopok", date: "2026-11-24", code: "KDP1", payer: "self", capacity: 100, officers: ["Rini Wulandari", "Bambang Hermanto"], expires: "2030-12-31" };
    this.write("event.json", JSON.stringify({ ...event, ...described }));
    this.desk("pack", "event.json", "--office", "office/office.public.json", "--passphrase-file", "event.txt", "--out", name, ...more);
    return join(this.folder, name);
  }

  /** Opens sealed batches with the office's key. Returns the folder in which they then lie plain, and nothing else. */
  opened(files: { name: string; bytes: Buffer }[]): string {
    const folder = join(this.folder, `in-${readdirSync(this.folder).length}`);
    mkdirSync(folder);
    for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
    const keys = ["--keys", "office/office.keys.age", "--passphrase-file", "keys.txt"];
    this.desk("verify", folder, ...keys);
    for (const { name } of files) {
      this.desk("open", join(folder, name), ...keys);
      rmSync(join(folder, name));
    }
    return folder;
  }

  /** Opens sealed batches and reads them as JSON, by their sequence. */
  open(files: { name: string; bytes: Buffer }[]): any[] {
    const folder = this.opened(files);
    const plain = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
    return plain.sort((a, b) => a.manifest.sequence - b.manifest.sequence);
  }

  /** What the office answers to files that left a tablet: receipts as files, and the same as texts and drawings of QR codes. */
  answer(files: { name: string; bytes: Buffer }[], answers: object[] = []) {
    const folder = join(this.folder, `in-${readdirSync(this.folder).length}`);
    const out = `${folder}-out`;
    mkdirSync(folder);
    for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
    this.write("answers.json", JSON.stringify(answers));
    this.desk("receipt", folder, "--out", out, "--answers", "answers.json", "--qr", "--keys", "office/office.keys.age", "--passphrase-file", "keys.txt");
    const read = (ending: string) => readdirSync(out).filter((name) => name.endsWith(ending)).map((name) => readFileSync(join(out, name), "utf8"));
    return { files: read(".json"), texts: read(".txt"), codes: read(".svg") };
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the pages of packs say. */
export const PACK = {
  load: "Muat paket kegiatan", file: "Pilih berkas paket", letter: "Huruf tablet ini", who: "Siapa yang bertugas?", join: "Pakai di tablet ini",
  notFitting: "Kata sandi tidak cocok.", noPack: /^Ini bukan paket kegiatan/, expired: /^Paket ini berlaku sampai 01-11-2026/, damaged: /^Berkas ini rusak/, here: /^Kegiatan ini sudah ada di tablet ini/,
  renew: "Ambil dari paket ini", renewed: "Alamat unggah dan token dari paket dipakai.", nothingNew: "Tidak ada yang baru di paket ini. Tidak ada yang diubah.", otherOffice: /^Paket ini bukan dari kantor kegiatan ini/,
};

/** Chooses a pack on the page for it. */
export async function choosePack(page: Page, url: string, file: string) {
  await open(page, url, "/events/pack");
  await page.getByLabel(PACK.file).setInputFiles(file);
}

/** Sets a tablet up with a pack. */
export async function loadPack(page: Page, url: string, file: string, letter = "A") {
  await choosePack(page, url, file);
  await typePassphrase(page, PASSPHRASE);
  await page.getByRole("textbox", { name: PACK.letter, exact: true }).fill(letter);
  await page.getByRole("combobox", { name: PACK.who }).selectOption("Rini Wulandari");
  await page.getByRole("button", { name: PACK.join }).click();
  await page.getByRole("link", { name: L.registerPerson }).waitFor();
}
