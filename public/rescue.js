// Takes everything out of the database without the app: plain JavaScript, no WebAssembly, reading only.
// It opens the database at whatever version it has, so it also works when the data is newer than the app.
"use strict";

const DATABASE = "pendapa";
const KEYS_AT_A_TIME = 500;
const ROWS_IN_A_BLOB = 200;

const byId = (id) => document.getElementById(id);

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The same sentence in both languages. */
const both = (indonesian, english) => [element("p", {}, indonesian), element("p", { lang: "en" }, english)];
const say = (indonesian, english) => byId("state").replaceChildren(...both(indonesian, english));

/** What an IndexedDB request answers. A failed read must not abort the transaction of the others. */
const answer = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = (event) => {
    event.preventDefault();
    reject(request.error);
  };
});

/** The database at its own version; null when there is none. It is never created and never upgraded. */
function openAsItIs() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE);
    let missing = false;
    request.onupgradeneeded = () => {
      missing = true;
      request.transaction.abort();
    };
    request.onerror = (event) => {
      event.preventDefault();
      if (missing) resolve(null);
      else reject(request.error);
    };
    request.onsuccess = () => {
      const database = request.result;
      // The app may upgrade meanwhile; this page must not stand in its way.
      database.onversionchange = () => database.close();
      resolve(database);
    };
  });
}

const read = (database, store) => database.transaction(store, "readonly").objectStore(store);

/** Every key of a store, a few hundred at a time. */
async function* keysOf(database, store) {
  let range;
  for (;;) {
    const keys = await answer(read(database, store).getAllKeys(range, KEYS_AT_A_TIME));
    yield* keys;
    if (keys.length < KEYS_AT_A_TIME) return;
    range = IDBKeyRange.lowerBound(keys[keys.length - 1], true);
  }
}

function unreadable(store, key, error) {
  const name = key === undefined ? store : `${store} ${JSON.stringify(key)}`;
  const reason = `${error?.name ?? "Error"}: ${error?.message ?? error}`;
  byId("unreadable").append(element("li", {}, ...both(`Tidak terbaca, dilewati: ${name} (${reason})`, `Unreadable, skipped: ${name} (${reason})`)));
  return { key, error: reason };
}

function base64(bytes) {
  let binary = "";
  // In pieces, because a call takes only so many arguments.
  for (let start = 0; start < bytes.length; start += 0x8000) binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(binary);
}

/** Bytes as base64, and as text besides when they are JSON in UTF-8. */
function readableBytes(bytes) {
  const shown = { base64: base64(bytes) };
  try {
    // The byte order mark is kept, so that the text is the bytes and nothing else.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    JSON.parse(text);
    shown.text = text;
  } catch {
    // Sealed or damaged: the base64 has it all.
  }
  return shown;
}

const bytesOf = (value) => {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? new Uint8Array(value) : null;
};

/** JSON knows no bytes; everything else of a row goes as it is. */
const rowAsJson = (row) => JSON.stringify(row, (_, value) => {
  const bytes = bytesOf(value);
  return bytes ? readableBytes(bytes) : typeof value === "bigint" ? String(value) : value;
});

function download(name, parts, type) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers start reading only after the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** One store as JSON text in parts; finished rows are folded into a blob, which the browser may keep on disk. */
async function storeAsParts(database, store, progress) {
  const skipped = [];
  const done = [];
  let rows = [];
  let first = true;
  try {
    for await (const key of keysOf(database, store)) {
      try {
        const value = await answer(read(database, store).get(key));
        rows.push(`${first ? "" : ",\n"}${rowAsJson({ key, value })}`);
        first = false;
      } catch (error) {
        skipped.push(unreadable(store, key, error));
      }
      progress();
      if (rows.length === ROWS_IN_A_BLOB) {
        done.push(new Blob(rows));
        rows = [];
      }
    }
  } catch (error) {
    skipped.push(unreadable(store, undefined, error));
  }
  return { parts: [`{"rows":[\n`, ...done, ...rows, `\n],"unreadable":${JSON.stringify(skipped)}}`], skipped: skipped.length };
}

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

async function exportEverything(database, total) {
  const head = { format: "pendapa-rescue", version: 1, database: { name: database.name, version: database.version }, exported_at: new Date().toISOString() };
  const parts = [`${JSON.stringify(head).slice(0, -1)},"stores":{`];
  let rows = 0;
  let skipped = 0;
  byId("unreadable").replaceChildren();
  for (const [index, store] of [...database.objectStoreNames].entries()) {
    const found = await storeAsParts(database, store, () => {
      rows += 1;
      if (rows % 100 === 0) say(`Membaca ${rows} dari ${total} baris…`, `Reading ${rows} of ${total} rows…`);
    });
    skipped += found.skipped;
    parts.push(`${index ? "," : ""}\n${JSON.stringify(store)}:`, ...found.parts);
  }
  parts.push("}}\n");
  const name = `pendapa-rescue-${today()}.json`;
  download(name, parts, "application/json");
  if (skipped) say(`${name} dibuat. ${skipped} tidak terbaca; daftarnya di bawah dan di dalam berkas.`, `${name} was made. ${skipped} could not be read; they are listed below and in the file.`);
  else say(`${name} dibuat dengan semua ${rows} baris. Periksa di folder unduhan.`, `${name} was made with all ${rows} rows. Check the downloads folder.`);
}

/** A row of `batches` as its own file, byte for byte as it was made. */
async function downloadBatch(database, key) {
  const row = await answer(read(database, "batches").get(key));
  const body = bytesOf(row?.body);
  if (!body) throw new TypeError("no bytes in this row");
  const name = row.file_name || `pendapa-${key}`;
  const full = /\.(json|age)$/.test(name) ? name : `${name}.pendapa.json`;
  // A plain batch lies sealed by the vault: as it is here, nobody reads it as JSON.
  download(row.sealed_to === "vault" ? `${full}.sealed` : full, [body], "application/octet-stream");
}

async function showBatches(database) {
  if (![...database.objectStoreNames].includes("batches")) return;
  for await (const key of keysOf(database, "batches")) {
    let name = String(key);
    try {
      name = (await answer(read(database, "batches").get(key))).file_name || name;
    } catch (error) {
      unreadable("batches", key, error);
      continue;
    }
    const button = element("button", { type: "button", "aria-label": `Unduh / Download ${name}` }, "Unduh ", element("span", { lang: "en" }, "Download"));
    button.addEventListener("click", () => downloadBatch(database, key).catch((error) => unreadable("batches", key, error)));
    byId("batch-list").append(element("li", {}, element("span", {}, name), button));
    byId("batches").hidden = false;
  }
}

async function show(database) {
  let total = 0;
  for (const store of database.objectStoreNames) {
    let count = "?";
    try {
      count = await answer(read(database, store).count());
      total += count;
    } catch (error) {
      unreadable(store, undefined, error);
    }
    byId("stores").append(element("tr", {}, element("th", { scope: "row" }, store), element("td", { class: "number" }, String(count))));
  }
  byId("found").hidden = false;
  say(`Ditemukan ${total} baris.`, `${total} rows were found.`);
  const button = byId("export");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await exportEverything(database, total);
    } catch (error) {
      say(`Gagal: ${error.name}: ${error.message}. Muat ulang halaman ini dan coba lagi.`, `Failed: ${error.name}: ${error.message}. Reload this page and try again.`);
    }
    button.disabled = false;
  });
  await showBatches(database);
}

async function main() {
  if (!window.indexedDB) return say("Peramban ini tidak memberi akses ke penyimpanan.", "This browser gives no access to its storage.");
  const database = await openAsItIs();
  if (database) await show(database);
  else say("Tidak ada data Pendapa di peramban ini. Aplikasi yang terpasang dan peramban dapat mempunyai penyimpanan sendiri-sendiri: buka halaman ini dari aplikasi yang dipakai mendaftar.", "There is no data of Pendapa in this browser. The installed app and the browser may have storage of their own: open this page from the app that was used for registering.");
}

main().catch((error) => say(`Penyimpanan tidak dapat dibuka: ${error.name}: ${error.message}.`, `The storage cannot be opened: ${error.name}: ${error.message}.`));
