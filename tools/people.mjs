// Makes up the hundred people of tests/fixtures/people.json: `node tools/people.mjs` writes the file, `--check` fails
// when it is not what would be written. Nobody in it exists: the serials of the NIKs are 9001 to 9999, which the
// population register does not reach, the subscriber part of each phone number starts with 000, mail goes to example.com.
//
// `typed` is what the officer enters, named by the codes of the form's fields; `expected` is what must be stored.
// Everything expected is worked out here a second time, from the configuration in src/data and not from the app's code.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FILE = new URL("../tests/fixtures/people.json", import.meta.url);
const COUNT = 100;

const source = (name) => readFileSync(new URL(`../src/data/${name}`, import.meta.url), "utf8");
const table = (name) => source(name).trimEnd().split("\n").map((line) => line.split("\t"));

const rates = JSON.parse(source("contributions.json")).rate_tables;
const programme = JSON.parse(source("programme.json"));
const consentTexts = JSON.parse(source("consent.json")).texts;
const wards = table("city.tsv").filter(([code]) => code.length === 13).map(([code, name, postal]) => ({ code, name, postal }));
const regionName = (code) => table("regions.tsv").find(([known]) => known === code)[1];
const retiredName = (code) => table("retired.tsv").find(([known]) => known === code)[1];

const event = {
  typed: { name: "Pendaftaran pelaku usaha", venue: "Pendapa Kecamatan Kedopok", date: "24-11-2026", letter: "A", code: "KDP1", payer: "self", capacity: "120", jht: false },
  date: "2026-11-24",
};
const OFFICERS = ["Rini Wulandari", "Bambang Hermanto"];

/* ---- Chance, the same every time ---- */

/** A generator of numbers from 0 up to 1 (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const chance = seeded(20261124);
const below = (limit) => Math.floor(chance() * limit);
const between = (least, most) => least + below(most - least + 1);
const pick = (list) => list[below(list.length)];
const two = (number) => String(number).padStart(2, "0");

function shuffled(list) {
  const result = [...list];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [result[at], result[other]] = [result[other], result[at]];
  }
  return result;
}

/* ---- Names ---- */

// Names that must occur: mononyms, titles, apostrophes of both kinds, very long, spaces as fingers slip.
const NAMES = {
  female: ["Sumiati", "Misnati", "Buami", "Tumini", "Sulastri", "Marhamah", "Suyati", "Ponirah", "Satuna", "Juhairiyah", "Hj. Nur'aini", "Hj. Siti Sa'diyah, S.Pd.",
    "Ummi Syafa’ah", "Raden Ajeng Siti Nur Khotimah Wahyuningtyas Kusumaningrum", "  Dewi   Lestari ", "Ny. Ba'diyah", "SITI AISYAH", "Anne-Marie Wijayanti", "Sitti Hotijah", "Nurul Qomariyah, S.E."],
  male: ["Slamet", "Misnadi", "Buari", "Tumin", "Suparman", "Mattaji", "Sahrawi", "Ponimin", "H. Ma'ruf", "H. Moh. Rifa'i, S.Pd.I.", "Abd. Syafi’i",
    "Kyai Haji Raden Muhammad Khairul Anwar Purwoningrat Atmodjo", "Drs. H. Mas'ud Effendi", "Joko  Prasetyo", "moh. toha", "José Hariyanto"],
};
const FIRST = {
  female: ["Siti", "Sri", "Nur", "Endang", "Yuni", "Ratna", "Hosniyah", "Rukmini", "Wiwik", "Lilik", "Dwi", "Tri", "Holifah", "Munawaroh", "Suhartini", "Kiptiyah"],
  male: ["Agus", "Bambang", "Sugeng", "Eko", "Hasan", "Moh.", "Ahmad", "Abdul", "Holik", "Busiri", "Sutrisno", "Hadi", "Imam", "Marsuki"],
};
const LAST = {
  female: ["Aminah", "Wahyuni", "Rahayu", "Handayani", "Fatimah", "Kholifah", "Maimunah", "Astutik", "Puspitasari", "Zubaidah", "Hasanah", "Indrawati"],
  male: ["Santoso", "Wibowo", "Hidayat", "Fauzi", "Basri", "Rohman", "Susanto", "Mulyono", "Arifin", "Setiawan", "Jazuli", "Hartono"],
};
const MOTHERS = ["Maryam", "Sumarni", "Ruqayyah", "Tijah", "Painem", "Misriya", "Hj. Aisyah", "Sa'ada", "Kasiyem", "Siti Romlah", "Sumini", "Bu'ani", "Rasmi", "Sutiyah"];
const TOWNS = ["Probolinggo", "Probolinggo", "Probolinggo", "Lumajang", "Pasuruan", "Situbondo", "Sumenep", "Pamekasan", "Jember", "Pangkep (Ujung Pandang)"];

const special = { female: shuffled(NAMES.female), male: shuffled(NAMES.male) };
const used = new Set();

function newName(sex) {
  const kept = special[sex].pop();
  if (kept) return kept;
  for (;;) {
    const name = `${pick(FIRST[sex])} ${pick(LAST[sex])}`;
    if (!used.has(name) && used.add(name)) return name;
  }
}

/* ---- Trades ---- */

const TRADES = [
  { sector: "culinary", occupation: "Pemilik warung", names: ["Warung Bu", "Depot", "Soto Ayam"], kbli: "56102" },
  { sector: "culinary", occupation: "Pembuat kue", names: ["Keripik Mangga", "Kue Basah", "@Home Bakery"], kbli: "10710" },
  { sector: "trade", occupation: "Pedagang pasar", names: ["Toko Barokah", "Lapak Sayur", "Kios Pulsa"], kbli: "47112" },
  { sector: "services", occupation: "Penjahit", names: ["Penjahit", "+Plus Laundry", "Pangkas Rambut"], kbli: "96200" },
  { sector: "crafts", occupation: "Perajin", names: ["Anyaman Bambu", "=Mebel Jati=", "Kerajinan Kerang"], kbli: "31001" },
  { sector: "fashion", occupation: "Pembatik", names: ["Batik Manggur", "Bordir", "Busana Muslim"], kbli: "13134" },
  { sector: "farming_fishery", occupation: "Pengolah ikan", names: ["Ikan Asap", "Terasi", "Bawang Merah"], kbli: "10214" },
  { sector: "other", occupation: "Usaha lainnya", names: ["Usaha \"Berkah\"; Jaya", "Sewa Tenda", "Daur Ulang"], kbli: "82301" },
];
const DRIVERS = [["Becak motor", "Pengemudi becak motor"], ["Ojek Pangkalan", "Pengemudi ojek"], ["Antar Barang", "Sopir barang"]];
const STREETS = ["Jl. Mastrip", "Jl. Panglima Sudirman", "Jl. Mangga", "Jl. Anggur Gg. 3", "Dusun Krajan", "Jl. KH. Hasan Genggong", "Jl. Brantas", "Perum Asabri Blok C-2", "Jl. Cokroaminoto Gg. Buntu"];

/* ---- What a field holds and how it is typed ---- */

const typedDate = ({ year, month, day }) => `${two(day)}-${two(month)}-${year}`;
const isoDate = ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`;
const withDots = (rupiah) => String(rupiah).replace(/\B(?=(\d{3})+$)/g, ".");
const tidy = (text) => text.trim().split(/\s+/).join(" ");
const rtRwForms = [(n) => String(n), (n) => two(n), (n) => String(n).padStart(3, "0"), (n, label) => `${label} ${n}`, (n, label) => `${label.toUpperCase()}.${two(n)}`];
const phoneForms = [
  (rest) => `0${rest}`,
  (rest) => `0${rest.slice(0, 3)}-${rest.slice(3, 7)}-${rest.slice(7)}`,
  (rest) => `+62 ${rest.slice(0, 3)} ${rest.slice(3, 7)} ${rest.slice(7)}`,
  (rest) => `62${rest}`,
];

function ageOn(date, birth) {
  const [year, month, day] = date.split("-").map(Number);
  return year - birth.year - (month * 100 + day < birth.month * 100 + birth.day ? 1 : 0);
}

/** The 16 digits: region, day with 40 added for women, month, two digits of the year, serial. */
function nikOf(region, birth, sex, serial) {
  return `${region}${two(birth.day + (sex === "female" ? 40 : 0))}${two(birth.month)}${two(birth.year % 100)}${serial}`;
}

/** What a period costs: by contribution month the last table begun and the last tier reached, then the discounts. */
export function contributions({ income, jht, payer, transport, start_month, months }) {
  const monthly = [];
  const versions = new Set();
  const [year, first] = start_month.split("-").map(Number);
  for (let passed = 0; passed < months; passed += 1) {
    const serial = year * 12 + first - 1 + passed;
    const month = `${Math.floor(serial / 12)}-${two((serial % 12) + 1)}`;
    const rate = rates.filter((candidate) => candidate.valid_from <= month).sort((a, b) => a.valid_from.localeCompare(b.valid_from)).at(-1);
    const tier = rate.tiers.filter((candidate) => candidate.from <= income).at(-1);
    const entry = { month };
    for (const code of ["jkk", "jkm", "jht"]) {
      const cut = programme.discounts
        .filter((one) => one.programmes.includes(code) && one.transport === transport && one.from <= month && month <= one.to && !one.excluded_payers.includes(payer))
        .sort((a, b) => b.percent - a.percent)[0];
      entry[code] = code === "jht" && !jht ? 0 : tier[code] - (cut ? Math.floor((tier[code] * cut.percent) / 100) : 0);
      if (cut) entry.discount ??= cut.id;
    }
    entry.total = entry.jkk + entry.jkm + entry.jht;
    monthly.push(entry);
    versions.add(rate.version);
  }
  return { rate_table: [...versions].join("+"), monthly, total: monthly.reduce((sum, entry) => sum + entry.total, 0) };
}

/** The fingerprint of a consent text: of its lines as they are read out, statement, purposes, refusal. */
export function textVersion(language) {
  const text = consentTexts.find((candidate) => candidate.language === language);
  const lines = [text.statement, ...text.purposes.map((asked) => asked.text), text.refusal];
  const read = lines.join("\n").replaceAll("{agency}", programme.agency);
  return `sha256:${createHash("sha256").update(read).digest("hex")}`;
}

/** The registration number with its check character, ISO/IEC 7064 MOD 37,36. */
export function registrationNumber(code, letter, counter) {
  const digits = String(counter).padStart(3, "0");
  let product = 36;
  for (const character of code + letter + digits) {
    product = ((product + parseInt(character, 36)) % 36 || 36) * 2 % 37;
  }
  return `${code}-${letter}-${digits}-${((37 - product) % 36).toString(36).toUpperCase()}`;
}

/* ---- The people ---- */

// Which of the hundred are unusual, by their place in the file.
const AGE_64 = { 9: { year: 1961, month: 11, day: 25 }, 33: { year: 1962, month: 11, day: 24 }, 58: { year: 1962, month: 3, day: 1 }, 81: { year: 1962, month: 7, day: 17 } };
const YOUNG = { 4: { year: 2009, month: 11, day: 24 }, 47: { year: 2008, month: 12, day: 31 }, 70: { year: 1984, month: 2, day: 29 } };
const OTHER_DATE = { 12: { day: 1 }, 40: { month: 1 }, 66: { year: 1 } };
const OTHER_SEX = [27, 88];
const OTHER_BOTH = 53;
const REGIONS = { 6: "351301", 21: "351304", 38: "351312", 62: "351324", 77: "357801", 15: "910102", 49: "910106", 31: "357499", 84: "351399" };
const OUTSIDE = { 6: "35.13", 22: "35.13", 38: "35.13", 63: "35.08", 77: "35.78" };
const NO_PHONE = { 3: "none", 14: "family_phone", 28: "refused", 36: "none", 51: "family_phone", 65: "none", 79: "family_phone", 93: "refused" };
const UNKNOWN_PREFIX = [19, 72];
const TRANSPORT = [5, 17, 35, 46, 59, 74, 90];
const WITH_JHT = [2, 11, 17, 25, 34, 45, 56, 68, 74, 86, 97];
// Twins whose cards differ in the serial alone; at the second the officer types the first one's number.
const TWINS = [42, 43];

const serials = shuffled(Array.from({ length: 999 }, (_, at) => String(9001 + at))).slice(0, COUNT);

function birthDate(at) {
  return AGE_64[at] ?? YOUNG[at] ?? { year: between(1963, 2007), month: between(1, 12), day: between(1, 28) };
}

/** The birth date that the NIK tells, where it is another than the card's. */
function birthDateInNik(at, birth) {
  const shift = OTHER_DATE[at] ?? (at === OTHER_BOTH ? { day: 3 } : undefined);
  if (!shift) return birth;
  return {
    year: birth.year - (shift.year ?? 0),
    month: shift.month ? (birth.month % 12) + 1 : birth.month,
    day: shift.day ? (birth.day % 28) + 1 : birth.day,
  };
}

function makePerson(at, twin) {
  const sex = chance() < 0.58 || TWINS.includes(at) ? "female" : "male";
  const birth = twin ? twin.birth : birthDate(at);
  const name = TWINS.includes(at) ? ["Hasanatul Laila", "Husniatul Laila"][TWINS.indexOf(at)] : newName(sex);
  const ward = wards[at % wards.length];
  const region = REGIONS[at] ?? (chance() < 0.8 ? ward.code.slice(0, 8).replaceAll(".", "") : `35740${between(1, 3)}`);
  const inNik = birthDateInNik(at, birth);
  const sexInNik = OTHER_SEX.includes(at) || at === OTHER_BOTH ? (sex === "female" ? "male" : "female") : sex;
  const nik = twin ? twin.expected.person.nik : nikOf(region, inNik, sexInNik, serials[at]);
  const typed = { nik: at % 7 === 3 ? `${nik.slice(0, 6)} ${nik.slice(6, 12)} ${nik.slice(12)}` : nik, name };
  const person = { nik, name: tidy(name), birth_date: isoDate(birth), sex };

  person.birth_place = typed.birth_place = twin ? twin.typed.birth_place : pick(TOWNS);
  typed.birth_date = typedDate(birth);
  typed.sex = sex;
  person.mother_name = typed.mother_name = twin ? twin.typed.mother_name : pick(MOTHERS);
  if (at % 4 === 1) person.family_card_number = typed.family_card_number = `357405${two(between(1, 28))}${two(between(1, 12))}${two(between(5, 24))}${serials[at]}`;
  const prefix = UNKNOWN_PREFIX.includes(at) ? "840" : pick(["812", "813", "821", "822", "852", "857", "877", "895"]);
  const rest = `${prefix}000${String(between(0, 10 ** (4 + (at % 3)) - 1)).padStart(4 + (at % 3), "0")}`;
  if (NO_PHONE[at]) {
    person.no_phone = typed.no_phone = NO_PHONE[at];
  } else {
    typed.phone = pick(phoneForms)(rest);
    person.phone = `+62${rest}`;
  }
  if (at % 9 === 0) person.email = typed.email = `peserta.${two(at)}@example.com`;

  const outside = OUTSIDE[at];
  typed.street = `${pick(STREETS)} No. ${between(1, 140)}${pick(["", "", "", "A"])}`;
  const [rt, rw] = [between(1, 12), between(1, 9)];
  typed.rt = pick(rtRwForms)(rt, "rt");
  typed.rw = pick(rtRwForms)(rw, "rw");
  const address = { street: typed.street, rt: String(rt).padStart(3, "0"), rw: String(rw).padStart(3, "0") };
  if (outside) {
    Object.assign(typed, { outside: true, region_code: regionName(outside) });
    address.region_code = outside;
    if (at % 2 === 0) address.postal_code = typed.postal_code = `672${two(between(50, 99))}`;
  } else {
    typed.kelurahan = ward.code;
    Object.assign(address, { kelurahan: ward.code, kecamatan: ward.code.slice(0, 8), postal_code: ward.postal });
  }

  const transport = TRANSPORT.includes(at);
  const trade = pick(TRADES);
  const [label, occupation] = transport ? pick(DRIVERS) : [pick(trade.names), trade.occupation];
  const business = { name: `${label} ${tidy(name.split(",")[0]).split(" ").at(-1)}`, sector: transport ? "services" : trade.sector, workers: pick([0, 0, 0, 1, 1, 2, 3, 5, 12]) };
  Object.assign(typed, { business_name: business.name, sector: business.sector, workers: String(business.workers) });
  if (chance() < 0.7 || outside) business.kelurahan = typed.business_kelurahan = wards[(at * 5) % wards.length].code;
  if (at % 5 === 2) business.nib = typed.nib = `9999${String(between(0, 999999999)).padStart(9, "0")}`;
  if (at % 8 === 2) {
    business.kbli = { code: trade.kbli, edition: at % 16 === 2 ? "2020" : "2025" };
    Object.assign(typed, { kbli: trade.kbli, kbli_edition: business.kbli.edition });
  }
  if (chance() < 0.5) {
    business.since = between(birth.year + 16, 2026);
    typed.since = String(business.since);
  }

  const income = pick([800000, 1000000, 1000000, 1099500, 1100000, 1250000, 1500000, 1500000, 1800000, 2000000, 2500000, 2699999, 3000000, 4750000, 8500000, 21000000]);
  Object.assign(typed, { occupation, transport, income: at % 11 === 0 ? `Rp ${withDots(income)}` : withDots(income) });

  const jht = WITH_JHT.includes(at);
  const enrol = {
    payer: at % 10 === 7 ? "public_budget" : at % 25 === 4 ? "other" : "self",
    start_month: at % 12 === 5 ? "2026-12" : at % 30 === 8 ? "2027-01" : "2026-11",
    months: pick([1, 1, 3, 3, 6, 12]),
  };
  Object.assign(typed, { jht, payer: enrol.payer, start_month: enrol.start_month, months: String(enrol.months) });

  const language = at % 13 === 4 ? "en" : "id";
  const purposes = ["register_bpjs", ...(chance() < 0.8 ? ["city_database"] : []), ...(NO_PHONE[at] || chance() < 0.4 ? [] : ["contact_whatsapp"])];
  const [officer, reader] = at % 6 === 5 ? [OFFICERS[0], OFFICERS[1]] : [OFFICERS[0], OFFICERS[0]];
  Object.assign(typed, { consent_language: language, read_aloud_by: reader, officer });
  for (const code of ["register_bpjs", "city_database", "contact_whatsapp"]) typed[`consent_${code}`] = purposes.includes(code);

  const warnings = [];
  const warn = (code, facts) => warnings.push(facts === undefined ? { code } : { code, facts });
  if (region.startsWith("91")) warn("region_retired", `${region} ${retiredName(region)}`);
  if (region.endsWith("99")) warn("region_unknown", region);
  if (isoDate(inNik) !== person.birth_date) warn("nik_birth_date_differs", isoDate(inNik));
  if (sexInNik !== sex) warn("nik_sex_differs", sexInNik);
  const age = ageOn(event.date, birth);
  if (age === 64) warn("age_near_limit", "64");
  if (UNKNOWN_PREFIX.includes(at)) warn("phone_prefix_unknown");
  if (outside) warn("outside_city");

  const duplicates = twin
    ? [{ other: registrationNumber(event.typed.code, event.typed.letter, TWINS[0] + 1), decision: "different_person", reason: "Saudara kembar, KTP dua-duanya dilihat; NIK yang kedua akan diperiksa di kantor." }]
    : [];
  const programmes = jht ? ["jkk", "jkm", "jht"] : ["jkk", "jkm"];
  const expected = {
    number: registrationNumber(event.typed.code, event.typed.letter, at + 1),
    officer,
    person,
    address,
    business,
    work: { occupation, transport, income },
    programme: { programmes, ...enrol, contributions: contributions({ income, jht, transport, ...enrol }) },
    consent: { purposes, text_version: textVersion(language), language, read_aloud_by: reader },
    checks: { warnings, duplicates },
  };
  return { typed, decisions: duplicates.map(({ decision, reason }) => ({ decision, reason })), expected, birth, age };
}

/** The hundred, in the order in which they are registered; the same at every call. */
function makePeople() {
  const people = [];
  for (let at = 0; at < COUNT; at += 1) people.push(makePerson(at, at === TWINS[1] ? people[TWINS[0]] : undefined));
  return people;
}

const people = makePeople();

/** The file's text. */
export function peopleFile() {
  const about = "Made-up people. No NIK, family card, phone number or address in this file belongs to anybody. Written by tools/people.mjs.";
  const listed = people.map(({ typed, decisions, expected }) => JSON.stringify({ typed, decisions, expected }));
  return `{\n"about": ${JSON.stringify(about)},\n"event": ${JSON.stringify(event.typed)},\n"people": [\n${listed.join(",\n")}\n]\n}\n`;
}

/** What is in the file, counted: one line for each thing that the tests rely on. */
function summary() {
  const count = (test) => people.filter(test).length;
  const has = (code) => count(({ expected }) => expected.checks.warnings.some((warning) => warning.code === code));
  const kelurahan = new Set(people.map(({ expected }) => expected.address.kelurahan).filter(Boolean));
  return [
    `${people.length} people, ages ${Math.min(...people.map(({ age }) => age))} to ${Math.max(...people.map(({ age }) => age))}, ${count(({ expected }) => expected.person.sex === "female")} women`,
    `${count(({ expected }) => !expected.person.name.includes(" "))} names of one word, ${kelurahan.size} kelurahan, ${new Set(people.map(({ expected }) => expected.person.nik)).size} NIKs`,
    `warnings: ${["region_retired", "region_unknown", "nik_birth_date_differs", "nik_sex_differs", "age_near_limit", "phone_prefix_unknown", "outside_city"].map((code) => `${code} ${has(code)}`).join(", ")}`,
    `${count(({ typed }) => typed.no_phone)} without phone, ${count(({ typed }) => typed.jht)} with JHT, ${count(({ typed }) => typed.transport)} in transport, ${count(({ typed }) => typed.nib)} with NIB, ${count(({ typed }) => typed.email)} with email`,
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--check")) {
    if (readFileSync(FILE, "utf8") !== peopleFile()) {
      console.error("tests/fixtures/people.json is not what tools/people.mjs writes.");
      process.exit(1);
    }
  } else {
    writeFileSync(FILE, peopleFile());
  }
  console.log(summary().join("\n"));
}
