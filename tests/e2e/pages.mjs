// The screens as a person sees them, for the journeys and for the measuring: everything is found by role and label.
// Plain JavaScript, because tests/bench/run.mjs uses it without Playwright's test runner.
import { readFileSync } from "node:fs";

/** The Indonesian words of the screens (src/ui/words). Everything below names them from here and nowhere else. */
export const L = {
  home: "Kegiatan", register: "Daftarkan", participants: "Peserta", handOver: "Serahkan", settings: "Setelan",
  programme: "Program dijelaskan", startTalk: "Tayangkan satu per satu",
  loading: "Membaca…", menu: "Menu utama", strip: "Keadaan tablet", offlineReady: "Siap bekerja luring",
  passphrase: "Kata sandi kegiatan", unlock: "Buka", unlocking: "Membuka…", lock: "Kunci", lockNow: "Kunci sekarang", lockedTitle: "Brankas terkunci", coveredTitle: "Layar terkunci", whoTitle: "Siapa yang bertugas?",
  protectTitle: "Lindungi data kegiatan ini", protectOldTitle: "Lindungi kegiatan yang sudah ada", protectOld: "Kunci semua data", useOwn: "Pakai kata sandi sendiri", ownPassphrase: "Kata sandi sendiri", writtenDown: "Sudah ditulis di kartu", officerName: "Nama petugas", startWork: "Mulai bertugas", recoveryKey: "Kunci pemulihan",
  reveal: "Tampilkan data", pin: "PIN", newPin: "PIN cepat (boleh kosong)", pinFold: "Pasang PIN cepat untuk layar", otherWords: "Kata lain", useRecovery: "Lupa? Pakai kunci pemulihan", newPassphrase: "Kata sandi baru", changeOfficer: "ganti", lockIdle: "Kunci bila tidak disentuh", lockHidden: "Kunci bila aplikasi lain dibuka", handOverLocked: "Serahkan kiriman yang sudah jadi",
  newEvent: "Kegiatan baru di tablet ini", createEvent: "Mulai kegiatan", sampleOpen: "Buka kegiatan contoh",
  event: { name: "Nama kegiatan", venue: "Tempat", date: "Tanggal", letter: "Huruf tablet ini", code: "Kode kegiatan", capacity: "Jumlah undangan", payer: "Iuran dibayar oleh", jht: "Jaminan Hari Tua" },
  registerPerson: "Daftarkan peserta", goOn: "Lanjut", save: "Simpan pendaftaran", savedProven: "Tersimpan, dan sudah dibaca ulang dari tablet ini", nextPerson: "Peserta berikutnya",
  signHere: "Tanda tangan di sini",
  moreFields: "Isian tambahan (boleh kosong)",
  steps: ["KTP", "Alamat & kontak", "Usaha & kerja", "Program", "Persetujuan"],
  confirm: /^(benarkan sesuai KTP|benarkan)$/,
  draftRestored: "Draf dipulihkan",
  sameNik: "NIK ini sudah terdaftar", decisionReason: "Keterangan", decisionKeep: "Catat keputusan",
  search: "Cari nama, NIK, usaha, atau nomor",
  batch: "Kiriman", makeBatch: /^Buat kiriman \d+/, batchSave: "Simpan berkas", batchCsv: "CSV", batchConfirm: "Sudah tersalin",
  fields: {
    nik: "NIK", name: "Nama lengkap", birth_place: "Tempat lahir", birth_date: "Tanggal lahir", sex: "Jenis kelamin", mother_name: "Nama ibu kandung",
    family_card_number: "Nomor KK", phone: "Nomor HP", no_phone: "Punya nomor HP?", email: "Email", street: "Jalan atau dusun", rt: "RT", rw: "RW",
    outside: "Alamat KTP di luar Kota Probolinggo", kelurahan: "Kelurahan", region_code: "Kabupaten atau kota", postal_code: "Kode pos",
    business_name: "Nama usaha", sector: "Bidang usaha", business_kelurahan: "Kelurahan usaha", workers: "Jumlah pekerja", nib: "NIB", kbli: "Kode KBLI", kbli_edition: "Edisi KBLI", since: "Usaha sejak tahun",
    occupation: "Pekerjaan", transport: "Bekerja di bidang transportasi", income: "Penghasilan sebulan",
    jht: "JHT: Jaminan Hari Tua", payer: "Iuran dibayar oleh", start_month: "Mulai bulan", months: "Dibayar untuk",
    consent_language: "Dibacakan dalam bahasa", mark: "Tanda setuju", ink: "Tanda tangan", witness: "Nama saksi", read_aloud_by: "Dibacakan oleh", officer: "Nama petugas",
    consent_register_bpjs: "Didaftarkan ke BPJS Ketenagakerjaan", consent_city_database: "Disimpan di data UMKM kota", consent_contact_whatsapp: "Dihubungi lewat WhatsApp",
  },
  sex: { male: "Laki-laki", female: "Perempuan" },
  sector: { culinary: "Kuliner", trade: "Perdagangan", services: "Jasa", crafts: "Kerajinan", fashion: "Fesyen", farming_fishery: "Pertanian dan perikanan", other: "Lainnya" },
  payer: { self: "Peserta sendiri", public_budget: "APBD / DBHCHT", other: "Pihak lain" },
  months: { 1: "1 bulan", 3: "3 bulan", 6: "6 bulan", 12: "12 bulan" },
  mark: { signature: "Tanda tangan", mark: "Cap, di depan saksi" },
  consent_language: { id: "Indonesia", en: "English" },
  decision: { same_person: "Orang yang sama", different_person: "Orang lain", nik_mistyped_before: "NIK dulu salah ketik" },
};

/**
 * The steps of the form, each with the fields that stand on it, in the order in which they are typed: what is ticked
 * under a consent text is asked anew when the language changes, and the address asks other things outside the city.
 */
export const STEPS = [
  ["nik", "name", "birth_place", "birth_date", "sex", "mother_name"],
  ["street", "rt", "rw", "outside", "kelurahan", "region_code", "postal_code", "no_phone", "phone", "email", "family_card_number"],
  ["business_name", "sector", "workers", "occupation", "income", "transport", "business_kelurahan", "nib", "since", "kbli", "kbli_edition"],
  ["payer", "jht", "start_month", "months"],
  ["consent_language", "consent_register_bpjs", "consent_city_database", "consent_contact_whatsapp", "mark", "witness", "read_aloud_by"],
];

/** Fields that stand in the part of a step that is folded up. */
const FOLDED = new Set(["email", "family_card_number", "business_kelurahan", "nib", "since", "kbli", "kbli_edition"]);

/** What is not typed into: what is chosen from a list, from a few side by side, or ticked. */
const KINDS = {
  no_phone: "select", kbli_edition: "select", start_month: "select",
  kelurahan: "place", business_kelurahan: "place",
  sex: "few", sector: "few", payer: "few", months: "few", consent_language: "few", mark: "few",
  ink: "pad",
  outside: "tick", transport: "tick", jht: "tick", consent_register_bpjs: "tick", consent_city_database: "tick", consent_contact_whatsapp: "tick",
};

/** The names of the city's kelurahan, by their codes. */
export const KELURAHAN = Object.fromEntries(readFileSync(new URL("../../src/data/city.tsv", import.meta.url), "utf8").split("\n").map((line) => line.split("\t").slice(0, 2)));

/** On which step a warning stands; all others are on the first. */
const WARNING_STEPS = { phone_prefix_unknown: 1, outside_city: 1 };

/** A registration number as it is shown. */
export const NUMBER = /[A-Z0-9]{2,6}-[A-Z]-\d{3,}-[A-Z0-9]/;

const beginning = (...texts) => new RegExp(`^(${texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`);

/** What the participant is asked is asked in the language that is read out: the same in English. */
const SPOKEN = {
  consent_register_bpjs: "Registered with BPJS Ketenagakerjaan", consent_city_database: "Kept in the city's business database", consent_contact_whatsapp: "Contacted by WhatsApp",
  ink: "Sign here",
};

/** The control of a field, by its code and label; for a few side by side it is their group. */
export function control(page, field, label = L.fields[field]) {
  const exactly = { name: label, exact: true };
  switch (KINDS[field]) {
    case "select": return page.getByRole("combobox", exactly);
    case "few": return page.getByRole("group", exactly);
    case "pad": return page.getByRole("img", { name: beginning(L.signHere, SPOKEN[field]) });
    // The name of a tick goes on with its sentence.
    case "tick": return page.getByRole("checkbox", { name: beginning(label, SPOKEN[field] ?? label) });
    // An input that proposes words, as the regency's, counts as a combobox.
    default: return page.getByRole("textbox", exactly).or(page.locator("input").and(page.getByRole("combobox", exactly)));
  }
}

/** Types, chooses or ticks a value, which for choices is the code. */
export async function put(page, field, value, label = L.fields[field]) {
  const target = control(page, field, label);
  switch (KINDS[field]) {
    case "select": return void (await target.selectOption({ value: String(value) }));
    case "few": return target.getByRole("radio", { name: L[field][value], exact: true }).check();
    case "tick": return target.setChecked(value === true);
    case "place": return target.fill(KELURAHAN[value] ?? String(value));
    default: return target.fill(String(value));
  }
}

/** The passphrase of every event that `createEvent` makes, and of the sample event. */
export const PASSPHRASE = "kata sandi untuk mencoba", SAMPLE_PASSPHRASE = "contoh contoh contoh";
/** Who works at them. */
export const OFFICER = "Rini Wulandari";

/** The six words for the card of a new event, as they are shown. */
export const shownWords = (page) => page.getByRole("list", { name: L.passphrase }).getByRole("listitem").allInnerTexts();

/** The recovery key of a new event, as it is shown. */
export const shownRecoveryKey = (page) => page.locator(".recovery-key").innerText();

/** What stands before the pages while the vault is not open, in whatever language the screens have. */
const GATE = {
  locked: /^(Brankas terkunci|The vault is locked)$/, covered: /^(Layar terkunci|The screen is locked)$/, old: /^(Lindungi kegiatan yang sudah ada|Protect the event that is here)$/, who: /^(Siapa yang bertugas\?|Who is at work\?)$/,
  passphrase: /^(Kata sandi kegiatan|Event passphrase)$/, unlock: /^(Buka|Unlock)$/, otherOfficer: /^(Nama petugas|Petugas lain|Name of the officer|Another officer)$/, startWork: /^(Mulai bertugas|Start work)$/,
  reading: /^(Membaca…|Reading…)$/,
};

const gate = (page, name) => page.getByRole("heading", { level: 1, name });

/** Opens the app at a page, given as the part of the address behind `#`, and its vault where that is asked. */
export async function open(page, url, route = "/") {
  await page.goto(`${url}#${route}`);
  await unlock(page);
}

/** Loads the page anew and opens the vault, for which every reload asks. */
export async function reload(page) {
  await page.reload();
  await unlock(page);
}

/** Waits for the page of the app; where it asks for the passphrase and the officer, they are given. */
export async function unlock(page, officer = OFFICER) {
  await page.getByRole("main").waitFor();
  await page.getByRole("main").getByText(GATE.reading).waitFor({ state: "hidden" });
  if (await gate(page, GATE.locked).isVisible()) {
    const isSample = await page.getByText(SAMPLE_PASSPHRASE).isVisible();
    await typePassphrase(page, isSample ? SAMPLE_PASSPHRASE : PASSPHRASE);
    await gate(page, GATE.locked).waitFor({ state: "hidden" });
  }
  if (await gate(page, GATE.old).isVisible()) {
    await protect(page, officer, L.protectOld);
    await gate(page, GATE.old).waitFor({ state: "hidden" });
  }
  await takeOver(page, officer);
}

/** Types a passphrase into the lock and says so. */
export async function typePassphrase(page, words) {
  await page.getByRole("textbox", { name: GATE.passphrase }).fill(words);
  await page.getByRole("button", { name: GATE.unlock }).click();
}

/** Opens the lock with the right passphrase, and says who works here. */
export async function openWith(page, words, officer = OFFICER, pin = "") {
  await typePassphrase(page, words);
  await gate(page, GATE.who).waitFor();
  await takeOver(page, officer, pin);
}

/**
 * Taps the lock of the rail, and waits until the screen shows nobody any more. A phone has no room for it there: it is
 * locked on the page of the settings, and its way leads back to the event.
 */
export async function lock(page) {
  const rail = page.getByRole("navigation", { name: L.menu });
  if (page.viewportSize().width <= 720) {
    await rail.getByRole("link", { name: L.settings, exact: true }).click();
    await page.getByRole("button", { name: L.lockNow, exact: true }).click();
    await rail.getByRole("button", { name: L.lock, exact: true }).waitFor({ state: "detached" });
    await rail.getByRole("link", { name: L.home, exact: true }).click();
  } else {
    await rail.getByRole("button", { name: L.lock, exact: true }).click();
  }
  await gate(page, GATE.locked).or(gate(page, GATE.covered)).waitFor();
}

/** Types a PIN into the covered screen. */
export async function typePin(page, digits) {
  await page.getByRole("textbox", { name: L.pin, exact: true }).fill(digits);
  await page.getByRole("button", { name: L.unlock, exact: true }).click();
}

/** Says who works here, where that is asked, and sets a quick PIN for the screen. */
export async function takeOver(page, officer = OFFICER, pin = "") {
  await page.getByRole("main").waitFor();
  await page.getByRole("main").getByText(GATE.reading).waitFor({ state: "hidden" });
  if (!(await gate(page, GATE.who).isVisible())) return;
  if (pin) {
    const field = page.getByRole("textbox", { name: L.newPin });
    if (!(await field.isVisible())) await page.getByText(L.pinFold).click();
    await field.fill(pin);
  }
  const known = page.getByRole("button", { name: officer, exact: true });
  if (await known.isVisible()) {
    await known.click();
  } else {
    await page.getByRole("textbox", { name: GATE.otherOfficer }).fill(officer);
    await page.getByRole("button", { name: GATE.startWork }).click();
  }
  await gate(page, GATE.who).waitFor({ state: "hidden" });
}

/** Chooses the passphrase of a new event and says who works there. */
export async function protect(page, officer = OFFICER, deed = L.createEvent) {
  await page.getByRole("button", { name: L.useOwn }).click();
  await page.getByRole("textbox", { name: L.ownPassphrase, exact: true }).fill(PASSPHRASE);
  await page.getByRole("checkbox", { name: beginning(L.writtenDown) }).check();
  await page.getByRole("textbox", { name: L.officerName, exact: true }).fill(officer);
  await page.getByRole("button", { name: deed }).click();
}

/** Waits until the strip says that the app works without a network. */
export async function waitUntilOfflineReady(page) {
  await page.getByText(L.offlineReady).filter({ visible: true }).first().waitFor();
}

/** Describes a new event, up to the step that closes its vault. */
export async function describeEvent(page, url, typed) {
  await open(page, url, "/events/new");
  for (const field of ["name", "venue", "date", "letter", "code", "capacity", "payer"]) {
    if (typed[field]) await put(page, field, typed[field], L.event[field]);
  }
  if (typed.jht) await put(page, "jht", true, L.event.jht);
  await page.getByRole("button", { name: L.goOn, exact: true }).click();
  await page.getByRole("heading", { name: L.protectTitle }).waitFor();
}

/** Makes an event on this tablet. */
export async function createEvent(page, url, typed) {
  await describeEvent(page, url, typed);
  await protect(page, typed.officer);
  await page.getByRole("link", { name: L.registerPerson }).or(page.getByRole("button", { name: L.registerPerson })).first().waitFor();
}

/** Goes to the form: an empty one, or the draft that was left open. */
export async function openForm(page, url) {
  await open(page, url, "/register");
  await control(page, "nik").waitFor();
}

/** Goes to the form, where the draft of somebody who was not saved must be open again. */
export async function openDraft(page, url) {
  await open(page, url, "/register");
  await page.getByRole("status").filter({ hasText: L.draftRestored }).waitFor();
}

/** Draws with the mouse on the pad for signing: a line up and down, and a stroke across. */
export async function sign(page) {
  const pad = control(page, "ink");
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  for (const stroke of [[[0.2, 0.7], [0.3, 0.2], [0.4, 0.7], [0.5, 0.3], [0.6, 0.6]], [[0.25, 0.5], [0.7, 0.45]]]) {
    const [first, ...others] = stroke.map(([left, top]) => [x + left * width, y + top * height]);
    await page.mouse.move(...first);
    await page.mouse.down();
    for (const place of others) await page.mouse.move(...place, { steps: 4 });
    await page.mouse.up();
  }
}

/** Types one step of the form. */
export async function fillStep(page, person, step) {
  const { typed } = person;
  for (const field of STEPS[step]) {
    if (typed[field] === undefined) continue;
    if (FOLDED.has(field) && !(await control(page, field).isVisible())) await page.getByText(L.moreFields, { exact: true }).click();
    await put(page, field, typed[field]);
  }
  if (step === STEPS.length - 1) await sign(page);
}

/** Confirms the warnings that must stand on a step, and decides about the others with the same NIK. */
export async function settle(page, person, step) {
  for (const { code } of person.expected.checks.warnings) {
    if ((WARNING_STEPS[code] ?? 0) === step) await page.getByRole("button", { name: L.confirm }).first().click();
  }
  if (step > 0) return;
  for (const { decision, reason } of person.decisions) {
    const asked = page.getByRole("region", { name: L.sameNik }).first();
    await asked.getByRole("radio", { name: L.decision[decision], exact: true }).check();
    await page.getByRole("textbox", { name: L.decisionReason }).first().fill(reason);
    await page.getByRole("button", { name: L.decisionKeep }).first().click();
  }
}

/** The step that the form shows. */
export async function shownStep(page) {
  const heading = page.getByRole("main").getByRole("heading", { level: 2 }).filter({ hasText: new RegExp(L.steps.map((name) => `^${name}$`).join("|")) });
  return L.steps.indexOf((await heading.innerText()).trim());
}

/** Types a person, from a step on, and stands before the save button. */
export async function fillForm(page, person, from = 0) {
  for (let step = from; step < STEPS.length; step += 1) {
    await page.getByRole("heading", { name: L.steps[step], exact: true }).waitFor();
    await fillStep(page, person, step);
    await settle(page, person, step);
    if (step < STEPS.length - 1) await page.getByRole("button", { name: L.goOn, exact: true }).click();
  }
}

export const saveButton = (page) => page.getByRole("button", { name: L.save, exact: true });

/** Saves and returns the number that the screen shows as proven. */
export async function save(page) {
  await saveButton(page).click();
  return shownNumber(page);
}

/** The number on the saved screen. */
export async function shownNumber(page) {
  const status = page.getByRole("status").filter({ hasText: L.savedProven });
  await status.waitFor();
  return (await status.innerText()).match(NUMBER)[0];
}

/** From an open form to the proven number. */
export async function registerPerson(page, person) {
  await fillForm(page, person);
  return save(page);
}

/** From the saved screen to the next empty form, without the mouse. */
export async function nextPerson(page) {
  // The button takes the focus by itself.
  await page.getByRole("button", { name: L.nextPerson }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await control(page, "nik").waitFor();
}

export const searchField = (page) => page.getByRole("searchbox", { name: L.search });

/** The card of a batch, by its number. */
export const batchCard = (page, batch) => page.getByRole("article", { name: `${L.batch} ${batch}`, exact: true });

/** Makes a batch of everything that is in none yet. */
export async function makeBatch(page, url) {
  await open(page, url, "/handover");
  const batches = await page.getByRole("article").count();
  await page.getByRole("button", { name: L.makeBatch }).click();
  await batchCard(page, batches + 1).waitFor();
}

/** Downloads a batch as JSON or CSV. Returns Playwright's download. */
export async function download(page, batch = 1, name = L.batchSave) {
  const button = batchCard(page, batch).getByRole("button", { name, exact: true });
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return file;
}
