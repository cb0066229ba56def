// The journeys run against the release build in dist/, served by tools/serve.mjs: each test by a server of its own,
// so that every test has an origin, and with it a database, that nobody used before (fixtures.ts).
import { defineConfig } from "@playwright/test";
import { chromium } from "../../tools/browser.mjs";

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../../test-results/journeys",
  workers: 2,
  // A test that passes only at the second try is a fault, here or in the app.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? "../../test-results/playwright.json" }]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    hasTouch: true,
    locale: "id-ID",
    timezoneId: "Asia/Jakarta",
    serviceWorkers: "allow",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium(),
      // No name but this machine's can be resolved: what asks for another host fails and is seen.
      args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost", "--disable-gpu"],
    },
  },
});
