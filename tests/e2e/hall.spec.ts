import { test, expect, fixture } from "./fixtures";
import * as pages from "./pages.mjs";

test("explore", async ({ page, site }) => {
  test.setTimeout(240_000);
  await pages.open(page, site.url);
  await pages.waitUntilOfflineReady(page);
  await pages.createEvent(page, site.url, fixture.event);
  await pages.openForm(page, site.url);
  let t = Date.now();
  for (const [i, p] of fixture.people.slice(0, 3).entries()) {
    console.log(i, await pages.registerPerson(page, p), Date.now() - t); t = Date.now();
    await pages.nextPerson(page);
  }
});
