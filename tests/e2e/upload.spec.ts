// Batches on their way to a real upload server, over a network that fails as it is told, and the office's receipts.
import type { Page } from "@playwright/test";
import { carried } from "./batch";
import { expect, secretsOf, test as base } from "./fixtures";
import { Intake, TOKEN, type Protocol } from "./intake";
import { PACK, choosePack, loadPack } from "./office";
import { L, PASSPHRASE, batchCard, download, lock, makeBatch, open, openForm, registerPerson, reload, typePassphrase, unlock } from "./pages.mjs";
import { otherPerson, plainPerson } from "./steps";
import { sha256 } from "./site";

const U = {
  upload: "Unggah", tryNow: "Coba sekarang", stop: "Hentikan", delivered: "Sampai di server", acknowledged: "Diterima kantor",
  attention: "Perlu diperiksa", waiting: "Dicoba lagi nanti", sending: "Sedang dikirim",
};

const test = base.extend<{ intake: (protocol?: Protocol) => Promise<Intake> }>({
  intake: async ({ site }, use) => {
    const started: Intake[] = [];
    await use(async (protocol = "tus") => {
      const intake = new Intake(protocol);
      started.push(intake);
      return intake.start(site);
    });
    for (const intake of started) await intake.stop();
  },
});

test.beforeEach(({ personal }) => personal(...secretsOf(plainPerson), ...secretsOf(otherPerson)));

/** A tablet with a pack and one person, still in no batch. */
async function tabletOf(page: Page, url: string, intake: Intake, described: Record<string, unknown> = {}) {
  await loadPack(page, url, intake.pack(described));
  await openForm(page, url);
  return registerPerson(page, plainPerson);
}

/** A sealed batch of so many bytes, put beside the others as the app keeps them. Returns the hash of its file. */
function addBatch(page: Page, size: number): Promise<string> {
  return page.evaluate(async (size) => {
    const body = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(body.subarray(at, at + 65_536));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const database = await new Promise<IDBDatabase>((done, failed) => {
      const asked = indexedDB.open("pendapa");
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    const writing = database.transaction(["events", "batches"], "readwrite");
    const written = new Promise((done, failed) => {
      writing.oncomplete = done;
      writing.onabort = () => failed(writing.error);
    });
    const events = writing.objectStore("events").getAllKeys();
    events.onsuccess = () => {
      const file_hash = `sha256:${hash}`;
      const id = crypto.randomUUID();
      const row = {
        id, event_id: events.result[0], sequence: 1, first: 1, last: 0, records: 0, created_at: Date.now(), sealed_to: "office",
        file_name: `pendapa-KDP1-A-1-${hash.slice(0, 8)}.pendapa.json.age`, document_hash: file_hash, file_hash, size, audited: 0, body,
      };
      writing.objectStore("batches").add(row, id);
    };
    await written;
    database.close();
    return hash;
  }, size);
}

for (const protocol of ["tus", "put"] as const) {
  test(`a batch is uploaded by itself by ${protocol}, answered by the office, and acknowledged`, async ({ page, site, intake }) => {
    const office = await intake(protocol);
    await tabletOf(page, site.url, office);
    await makeBatch(page, site.url);
    const card = batchCard(page, 1);
    await expect(card.getByText(U.delivered)).toBeVisible();
    const { name, bytes } = await carried(await download(page));
    const files = [...(await office.whole()).values()];
    expect(files.map((file) => [file.name, sha256(file.bytes)])).toEqual([[name, sha256(bytes)]]);
    // Nobody without the token gets anything, and the token is in no address.
    expect(office.proxy.log.every(({ path }: { path: string }) => !path.includes(TOKEN))).toBe(true);
    await expect(page.getByText("Semua sudah diserahkan")).toBeVisible();

    expect(await office.answer()).toContain("1 receipts in");
    // The next start looks for it.
    await reload(page);
    await unlock(page);
    await open(page, site.url, "/handover");
    await expect(card.getByText(U.acknowledged)).toBeVisible();
    await expect(card.getByText("Diterima 1, ganda 0, ditolak 0.")).toBeVisible();
  });
}

test("uploads go on while the vault is locked and after the event was closed", async ({ page, site, intake }) => {
  const office = await intake();
  await tabletOf(page, site.url, office);
  office.proxy.fault = () => ({ answer: { status: 503, headers: {} } });
  await makeBatch(page, site.url);
  await expect(batchCard(page, 1).getByText(U.waiting)).toBeVisible();
  await page.getByRole("link", { name: L.register, exact: true }).click();
  await registerPerson(page, otherPerson);
  await open(page, site.url, "/events/close");
  await page.getByRole("checkbox", { name: /^Acara selesai/ }).check();
  await page.getByRole("button", { name: "Tutup kegiatan" }).click();
  await expect(batchCard(page, 2)).toBeVisible();
  office.proxy.fault = () => undefined;
  await reload(page);
  await open(page, site.url, "/handover");
  for (const batch of [1, 2]) {
    await batchCard(page, batch).getByRole("button", { name: U.tryNow }).or(batchCard(page, batch).getByText(U.delivered)).first().waitFor();
    const again = batchCard(page, batch).getByRole("button", { name: U.tryNow });
    if (await again.isVisible() && await batchCard(page, batch).getByText(U.delivered).count() === 0) await again.click();
    await expect(batchCard(page, batch).getByText(U.delivered)).toBeVisible();
  }
  expect((await office.whole()).size).toBe(2);
});

test("every refusal is named with what to do, and none of them drops the batch", async ({ page, site, intake }) => {
  test.slow();
  const office = await intake();
  await tabletOf(page, site.url, office);
  let forged: object | undefined = { answer: { status: 401, headers: {} } };
  office.proxy.fault = () => forged;
  await makeBatch(page, site.url);
  const card = batchCard(page, 1);
  const html = { "content-type": "text/html" };
  for (const [answer, said] of [
    [{ status: 401, headers: {} }, /tidak menerima tanda masuk/],
    [{ status: 403, headers: {} }, /tidak mengizinkan/],
    [{ status: 404, headers: {} }, /Alamat unggahan tidak ada/],
    [{ status: 413, headers: {} }, /tidak menerima berkas sebesar ini/],
    [{ status: 412, headers: {} }, /Server menolaknya/],
    [{ status: 200, headers: html, body: "<h1>Selamat datang di Wi-Fi</h1>" }, /minta masuk dulu/],
    [{ status: 302, headers: { location: "/" } }, /minta masuk dulu/],
    [{ status: 409, headers: {} }, /Server sedang sibuk/],
    [{ status: 423, headers: {} }, /Server sedang sibuk/],
    [{ status: 429, headers: { "retry-after": "600" } }, /Server sedang sibuk/],
    [{ status: 500, headers: {} }, /Server kantor sedang bermasalah/],
    [{ status: 502, headers: html, body: "<h1>Bad gateway</h1>" }, /Server kantor sedang bermasalah/],
  ] as const) {
    forged = { answer };
    await card.getByRole("button", { name: U.tryNow }).click();
    await expect(card.getByText(said)).toBeVisible();
  }
  // A cut connection as well; then the server is itself again, and has it after one more tap.
  forged = { cutAfter: 0 };
  await card.getByRole("button", { name: U.tryNow }).click();
  await expect(card.getByText(/sambungan terputus/)).toBeVisible();
  await expect(page.getByText("1 belum diserahkan")).toBeVisible();
  forged = undefined;
  await card.getByRole("button", { name: U.tryNow }).click();
  await expect(card.getByText(U.delivered)).toBeVisible();
  expect([...(await office.whole()).keys()]).toEqual([sha256((await carried(await download(page))).bytes)]);
});

test("a token that was revoked is replaced by the event's next pack, also while the event is locked", async ({ page, site, intake }) => {
  const office = await intake();
  await tabletOf(page, site.url, office);
  const again = office.renew("token-yang-baru");
  await makeBatch(page, site.url);
  const card = batchCard(page, 1);
  await expect(card.getByText(/tidak menerima tanda masuk/)).toBeVisible();
  // The page of batches is to be seen while the event is locked; the event's own is not.
  await open(page, site.url);
  await lock(page);
  await choosePack(page, site.url, again);
  await typePassphrase(page, PASSPHRASE);
  await page.getByRole("button", { name: PACK.renew }).click();
  await expect(page.getByText(PACK.renewed)).toBeVisible();
  await expect.poll(async () => [...(await office.whole()).keys()].length).toBe(1);
  await unlock(page);
  await open(page, site.url, "/handover");
  await expect(card.getByText(U.delivered)).toBeVisible();
});

test("4 MB over 1 Mbit/s with three cuts go on where they were, and no cut costs more than one piece", async ({ page, site, intake }) => {
  test.setTimeout(180_000);
  const office = await intake();
  await loadPack(page, site.url, office.pack());
  const size = 4 * 1024 * 1024;
  const hash = await addBatch(page, size);
  office.proxy.bytesPerSecond = 125_000;
  const piece = 256 * 1024;
  // Somewhere in the third, the eighth and the thirteenth piece.
  const cuts = new Map([[3, 1], [9, piece / 2], [15, piece - 1]]);
  let patches = 0;
  office.proxy.fault = ({ method }: { method: string }) => {
    if (method !== "PATCH") return undefined;
    patches += 1;
    const cutAfter = cuts.get(patches);
    return cutAfter === undefined ? undefined : { cutAfter };
  };
  await reload(page);
  await unlock(page);
  await open(page, site.url, "/handover");
  const card = batchCard(page, 1);
  await expect(card.getByRole("progressbar")).toBeVisible();
  await expect(card.getByText(/ dari .* per detik · sisa /)).toBeVisible();
  await expect(card.getByText(U.delivered)).toBeVisible({ timeout: 150_000 });
  expect([...(await office.whole()).keys()]).toEqual([hash]);
  const sent = office.proxy.log.reduce((all: number, { bodyBytes }: { bodyBytes: number }) => all + bodyBytes, 0);
  console.log(`4 MB with three cuts: ${sent} bytes sent, ${sent - size} more than once, ${patches} pieces`);
  expect(sent - size).toBeLessThanOrEqual(3 * piece);
  expect(office.proxy.log.filter(({ method }: { method: string }) => method === "POST").length).toBe(1);
});

test("the network comes back and the batch goes by itself", async ({ page, site, intake, context }) => {
  const office = await intake();
  await tabletOf(page, site.url, office);
  await context.setOffline(true);
  await makeBatch(page, site.url);
  const card = batchCard(page, 1);
  await expect(card.getByText("Diunggah sendiri begitu ada jaringan.", { exact: false })).toBeVisible();
  await context.setOffline(false);
  await expect(card.getByText(U.delivered)).toBeVisible();
});
