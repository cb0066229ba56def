import { test, expect, fixture } from "./fixtures";
import * as pages from "./pages.mjs";

test.use({ trace: "off", screenshot: "off" });
test("explore", async ({ page, site }) => {
  test.setTimeout(60_000); page.setDefaultTimeout(5000);
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
