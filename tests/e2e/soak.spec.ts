// Many batches against a network that fails by chance, while the browser is killed by chance: none is lost, none is taken
// twice, none is altered, nothing is wiped without a receipt. The same seed gives the same day. `make test` has a short
// one; `make soak` has 200 batches, and its figures stand in docs/soak.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FAULT_KINDS, chanceOf, seededFaults } from "../servers/faults.mjs";
import { expect, kill, test } from "./fixtures";
import { Intake } from "./intake";
import { loadPack } from "./office";
import { L, batchCard, open, openForm, registerPerson, reload, unlock } from "./pages.mjs";
import { madeUp, rowsOf } from "./steps";
import { sha256 } from "./site";

const BATCHES = Number(process.env.SOAK_BATCHES ?? 6);
const SEED = Number(process.env.SOAK_SEED ?? 20261125);
const KEYS = ["--keys", "office/office.keys.age", "--passphrase-file", "keys.txt"];
const DAY = 24 * 60 * 60 * 1000;
// The page's own policy and the guard forbid what a redirect leads to.
const KINDS = FAULT_KINDS.filter((kind) => kind !== "redirect");

for (const protocol of ["tus", "put"] as const) {
  test(`${BATCHES} batches by ${protocol} over a network that fails, with a browser that is killed: none lost, doubled or altered`, async ({ site, persistentApp }) => {
    test.setTimeout(60_000 + BATCHES * 40_000);
    const intake = await new Intake(protocol).start(site);
    const chance = chanceOf(SEED);
    const app = await persistentApp();
    let page = app.page;
    let kills = 0;
    const killed = async () => {
      kills += 1;
      page = await kill(app);
      await open(page, site.url);
      await unlock(page);
    };
    const made = async () => (await rowsOf(page, "batches")).length;
    try {
      await loadPack(page, site.url, intake.pack({ capacity: 2 * BATCHES }));
      intake.proxy.fault = seededFaults(SEED, 0.5, KINDS);
      for (let number = 1; number <= BATCHES; number += 1) {
        await openForm(page, site.url);
        await registerPerson(page, madeUp(number));
        await open(page, site.url, "/handover");
        const button = page.getByRole("button", { name: L.makeBatch });
        if (chance() < 0.3) {
          // In the middle of making it.
          await button.click({ noWaitAfter: true });
          await killed();
          if (await made() < number) {
            await open(page, site.url, "/handover");
            await page.getByRole("button", { name: L.makeBatch }).click();
          }
        } else {
          await button.click();
        }
        await expect.poll(made).toBe(number);
        if (chance() < 0.4) {
          // In the middle of sending, a few requests on; or once nothing is asked any more.
          const until = intake.proxy.log.length + 1 + Math.floor(chance() * 3);
          await expect.poll(() => intake.proxy.log.length >= until || page.getByRole("progressbar").count().then((count) => count === 0)).toBeTruthy();
          await killed();
        }
      }

      // The network is itself again. Whatever waits for a person is asked for; what arrived altered gets no receipt and is sent anew.
      intake.proxy.fault = () => undefined;
      const rows = async () => (await rowsOf(page, "batches")).map(({ row }) => row).sort((a, b) => a.sequence - b.sequence);
      const hashes = (await rows()).map((row) => row.file_hash.replace("sha256:", ""));
      let rounds = 0;
      for (; rounds < 8; rounds += 1) {
        await reload(page);
        await open(page, site.url, "/handover");
        for (let number = 1; number <= BATCHES; number += 1) {
          const card = batchCard(page, number);
          const settled = card.getByText("Sampai di server").or(card.getByText("Diterima kantor"));
          if (rounds > 0 && !intake.hasReceipt(hashes[number - 1])) {
            await card.getByRole("button", { name: "Unggah" }).click();
            await expect.poll(async () => (await intake.whole()).has(hashes[number - 1]), { timeout: 30_000 }).toBe(true);
          }
          for (let tries = 0; tries < 5 && !(await settled.isVisible()); tries += 1) {
            const again = card.getByRole("button", { name: "Coba sekarang" });
            if (await again.isVisible()) await again.click();
            await settled.waitFor({ timeout: 15_000 }).catch(() => undefined);
          }
          await expect(settled).toBeVisible();
        }
        await intake.answer();
        await reload(page);
        await open(page, site.url, "/handover");
        const answered = hashes.filter((hash) => intake.hasReceipt(hash)).length;
        if (answered < BATCHES) continue;
        await expect(page.getByText("Diterima kantor", { exact: true })).toHaveCount(BATCHES, { timeout: 30_000 + 1000 * BATCHES });
        break;
      }

      // Every batch is at the server whole, and the office takes every record once, as it is on the tablet.
      const whole = await intake.whole();
      expect(hashes.filter((hash) => !whole.has(hash))).toEqual([]);
      const inbox = join(intake.office.folder, "taken");
      mkdirSync(inbox);
      for (const hash of hashes) writeFileSync(join(inbox, whole.get(hash)!.name.replace(/\.\d+\.pendapa/, ".pendapa")), whole.get(hash)!.bytes);
      expect(intake.office.desk("verify", inbox, ...KEYS)).toContain(`${BATCHES} batches with ${BATCHES} revisions, 0 refused, 0 faults in chains`);
      const opened = intake.office.open(hashes.map((hash) => ({ name: whole.get(hash)!.name.replace(/\.\d+\.pendapa/, ".pendapa"), bytes: whole.get(hash)!.bytes })));
      const taken = opened.flatMap(({ records }) => records);
      const kept = (await rowsOf(page, "revisions")).map(({ row }) => [row.registration_id, row.revision]).sort();
      expect(taken.map(({ id, revision }: { id: string; revision: number }) => [id, revision]).sort()).toEqual(kept);
      expect(taken.map(({ person: { nik } }: { person: { nik: string } }) => sha256(nik))).toEqual(Array.from({ length: BATCHES }, (_, at) => sha256(String(madeUp(at + 1).typed.nik))));

      // One of them is rejected after all: after the grace period it alone stays.
      const rejected = taken[0];
      await intake.answer([{ registration: rejected.number, result: "rejected", reason: "foto KTP tidak terbaca" }]);
      await reload(page);
      await open(page, site.url, "/handover");
      await expect(batchCard(page, 1).getByText("1 ditolak kantor")).toBeVisible();
      await page.clock.setFixedTime(Date.now() + 9 * DAY);
      await reload(page);
      await open(page, site.url, "/handover");
      const plan = page.getByRole("region", { name: "Hapus yang sudah diterima kantor" });
      await plan.getByRole("button", { name: "Lihat apa yang akan dihapus" }).click();
      await plan.getByRole("checkbox").check();
      await plan.getByRole("button", { name: "Hapus dari tablet" }).click();
      await expect(page.getByText(`${BATCHES - 1} pendaftaran dihapus dari tablet.`, { exact: false })).toBeVisible({ timeout: 10_000 + 500 * BATCHES });
      expect((await rowsOf(page, "registrations")).map(({ key }) => key)).toEqual([rejected.id]);

      const { log } = intake.proxy;
      const faults = log.filter(({ fault }: { fault?: object }) => fault).length;
      const copies = (await intake.all()).length;
      console.log(`soak ${protocol}, seed ${SEED}: ${BATCHES} batches, ${kills} kills, ${log.length} requests, ${faults} of them with a fault, ${rounds + 1} rounds, ${copies} uploads at the server; 0 lost, 0 taken twice, 0 altered`);
    } finally {
      await intake.stop();
    }
  });
}
