// Every screen for everybody: WCAG 2.2 AA in each theme and size, both languages, fingers, small screens, keyboards.
import { expect, fixture, test } from "./fixtures";
import { carried } from "./batch";
import { lookAt, tooSmall, tooWide, violations } from "./looks";
import { Office, loadPack } from "./office";
import { L, OFFICER, PASSPHRASE, batchCard, control, createEvent, download, makeBatch, open, openForm, registerPerson, reload, typePassphrase } from "./pages.mjs";
import { goToStep, openBusyTablet, screens } from "./screens";
import { plainPerson, speak } from "./steps";

for (const [form, viewport] of [["a tablet", { width: 1280, height: 800 }], ["a phone", { width: 360, height: 740 }]] as const) {
  test.describe(form, () => {
    test.use({ viewport });

    test(`every screen on ${form} is accessible in every theme`, async ({ page, site, guard }) => {
      test.setTimeout(180_000);
      for await (const name of screens(page, site, guard)) await test.step(name, () => lookAt(page, name));
    });

    test(`every screen on ${form} is accessible in English`, async ({ page, site }) => {
      test.setTimeout(120_000);
      await openBusyTablet(page, site);
      await speak(page, site.url, "en");
      for (const route of ["/", "/events", "/events/new", "/participants", "/handover", "/settings", "/register", "/events/pack", "/events/copy", "/events/restore", "/events/close", "/preflight", "/programme", "/no-such-page"]) {
        await open(page, site.url, route);
        expect.soft(await violations(page), route).toEqual([]);
        expect.soft(await tooSmall(page), route).toEqual([]);
        expect.soft(await tooWide(page), route).toEqual([]);
        await expect(page.locator("html")).toHaveAttribute("lang", "en");
      }
      await open(page, site.url, "/register");
      for (const step of ["Address & contact", "Business & work", "Programme", "Consent"]) {
        await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: step }).click();
        await page.getByRole("heading", { name: step, exact: true }).waitFor();
        expect.soft(await violations(page), step).toEqual([]);
        expect.soft(await tooWide(page), step).toEqual([]);
      }
    });

    test(`handing over to an office on ${form} is accessible in every theme`, async ({ page, site }) => {
      test.setTimeout(120_000);
      const office = new Office();
      try {
        const morning = new Date("2026-11-24T01:00:00Z").getTime();
        await page.clock.setFixedTime(morning);
        await loadPack(page, site.url, office.pack({ upload: { address: "upload/", token: "token-hanya-untuk-membuat" } }));
        await openForm(page, site.url);
        const number = await registerPerson(page, plainPerson);
        await makeBatch(page, site.url);
        await expect(batchCard(page, 1).getByText("Perlu diperiksa")).toBeVisible();
        await lookAt(page, "a batch that needs attention");
        const batch = await carried(await download(page));
        await page.clock.setFixedTime(morning + 8 * 24 * 60 * 60 * 1000);
        await reload(page);
        await open(page, site.url, "/events/new");
        await page.getByRole("checkbox", { name: /^Koordinator tahu/ }).waitFor();
        await lookAt(page, "the brake");
        await open(page, site.url, "/handover");
        await page.getByText("Masukkan tanda terima").click();
        const { files: [receipt] } = office.answer([batch], [{ registration: number, result: "rejected", reason: "foto KTP tidak terbaca" }]);
        await page.getByLabel("Buka berkas tanda terima", { exact: true }).setInputFiles({ name: "tanda-terima.json", mimeType: "application/json", buffer: Buffer.from(receipt) });
        await expect(batchCard(page, 1).getByText("1 ditolak kantor")).toBeVisible();
        await page.getByRole("button", { name: "Lihat apa yang akan dihapus" }).click();
        await expect(page.getByText("Ditolak kantor, tetap disimpan")).toBeVisible();
        await lookAt(page, "receipts and wiping");
      } finally {
        office.close();
      }
    });

    test(`the gates of the vault on ${form} are accessible in English, with what they say and what is folded up`, async ({ page, site }) => {
      await createEvent(page, site.url, fixture.event);
      await speak(page, site.url, "en");
      await page.goto(site.url);
      await page.reload();
      await typePassphrase(page, "not the right words");
      await expect(page.getByText("The passphrase does not fit.")).toBeVisible();
      await lookAt(page, "a wrong passphrase");
      await page.getByRole("button", { name: "Forgotten? Use the recovery key" }).click();
      await page.getByRole("button", { name: "Unlock" }).click();
      await expect(page.getByText("The recovery key is mistyped. Check each letter.")).toBeVisible();
      await lookAt(page, "a mistyped recovery key");
      await page.getByRole("button", { name: "Use the passphrase" }).click();
      await typePassphrase(page, PASSPHRASE);
      await page.getByRole("heading", { name: "Who is at work?" }).waitFor();
      const pin = page.getByRole("textbox", { name: "Quick PIN (optional)" });
      if (!(await pin.isVisible())) await page.getByText("Set a quick PIN for the screen").click();
      await pin.fill("12");
      await page.getByRole("button", { name: OFFICER }).click();
      await expect(page.getByText("A PIN has 4 to 8 digits.")).toBeVisible();
      await lookAt(page, "a short PIN");
      await pin.fill("1234");
      await page.getByRole("button", { name: OFFICER }).click();
      await expect(page.getByRole("heading", { name: fixture.event.name as string })).toBeVisible();
      await page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "Settings" }).click();
      await page.getByRole("button", { name: "Lock now" }).click();
      await page.goto(`${site.url}#/`);
      await page.getByRole("textbox", { name: "PIN", exact: true }).fill("4321");
      await page.getByRole("button", { name: "Unlock", exact: true }).click();
      await expect(page.getByText("The PIN does not fit. 4 tries left, then the passphrase is asked.")).toBeVisible();
      await lookAt(page, "a wrong PIN");
      await open(page, site.url, "/events/new");
      for (const [label, field] of [["Name of the event", "name"], ["Venue", "venue"], ["Letter of this tablet", "letter"]]) await page.getByRole("textbox", { name: label }).fill(String(fixture.event[field]));
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("button", { name: "Use a passphrase of your own" }).click();
      await page.getByRole("button", { name: "Start the event" }).click();
      await expect(page.getByRole("textbox", { name: "Your own passphrase" })).toHaveAttribute("aria-invalid", "true");
      await lookAt(page, "a vault that is not described yet");
    });

    test(`the rescue page on ${form} is accessible`, async ({ page, site }) => {
      await openBusyTablet(page, site);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.goto(`${site.url}rescue.html`);
        await expect(page.getByRole("button", { name: /Unduh semuanya/ })).toBeVisible();
        expect.soft(await violations(page), colorScheme).toEqual([]);
      }
      expect.soft(await tooSmall(page)).toEqual([]);
      expect.soft(await tooWide(page)).toEqual([]);
    });
  });
}

test("the first stop of the keyboard leads past the menu, and every page has one main heading and a title", async ({ page, site }) => {
  await openBusyTablet(page, site);
  for (const route of ["/participants", "/handover", "/settings", "/events", "/events/new", "/register"]) {
    await open(page, site.url, route);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page).toHaveTitle(/\S+ · Pendapa$/);
  }
  await page.goto("about:blank");
  await open(page, site.url, "/settings");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Langsung ke isi" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  // The language that is spoken is the first thing in the settings.
  await expect(page.getByRole("radio", { name: "Indonesia", exact: true })).toBeFocused();
});

test("the keyboard goes through the form in the order of the card, and alone fills a step in", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  const { typed } = plainPerson;
  for (const field of ["nik", "name", "birth_place", "birth_date"]) {
    await expect(control(page, field), field).toBeFocused();
    await page.keyboard.type(String(typed[field]));
    await page.keyboard.press("Tab");
  }
  const sexes = control(page, "sex").getByRole("radio");
  await expect(sexes.first()).toBeFocused();
  await page.keyboard.press(" ");
  await expect(sexes.first()).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(control(page, "mother_name")).toBeFocused();
  await page.keyboard.type(String(typed.mother_name));
  // What stands at the foot comes last: first the way aside, then the way on.
  await page.getByRole("button", { name: "Sisihkan" }).focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: L.goOn, exact: true })).toBeFocused();
  await control(page, "mother_name").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: L.steps[1], exact: true })).toBeVisible();
  await expect(control(page, "street")).toBeFocused();
});

test("errors are announced: the field is invalid, says why, and the summary takes the focus", async ({ page, site }) => {
  await createEvent(page, site.url, fixture.event);
  await openForm(page, site.url);
  await control(page, "nik").focus();
  await page.keyboard.press("Enter");
  // The first field that is not right has the focus.
  await expect(control(page, "nik")).toBeFocused();
  await expect(control(page, "nik")).toHaveAttribute("aria-invalid", "true");
  await expect(control(page, "nik")).toHaveAccessibleDescription(/Belum diisi\.$/);
  await goToStep(page, 4);
  await page.getByRole("button", { name: L.save }).click();
  await expect(page.getByRole("region", { name: /hal perlu dibetulkan$/ })).toBeFocused();
});

test("with large letters nothing is cut off: the form still fits a phone", async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openBusyTablet(page, site);
  for (const route of ["/", "/register", "/handover", "/participants", "/programme"]) {
    await open(page, site.url, route);
    // WCAG 1.4.4: letters twice as large, as a browser's own setting makes them.
    await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
    expect.soft(await tooWide(page), route).toEqual([]);
  }
});
