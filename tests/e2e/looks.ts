// How a screen looks to everybody: what axe finds, what a finger misses, what the sun eats, what does not fit.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const THEMES = ["light", "dark", "sunlight"];

/** What may be no lower than this many pixels, and no text smaller. */
const LEAST_CONTROL = 48;
const LEAST_TEXT = 15;

/** What axe finds on the screen as it stands, one line for each element. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(async (standard) => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: unknown): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }> } };
    const found = await axe.run(document, { runOnly: { type: "tag", values: standard }, resultTypes: ["violations"] });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ").slice(0, 200)}`));
  }, STANDARD);
}

/** Controls that a finger may miss, and text that the sun eats. */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(([leastControl, leastText]) => {
    const isShown = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
    // What is for screen readers only is a pixel large.
    const isSeen = (element: Element) => isShown(element) && element.getBoundingClientRect().width > 1;
    const told = (element: Element) => `${element.tagName.toLowerCase()} "${(element.textContent || element.id).trim().slice(0, 40)}"`;
    // A word to touch inside a sentence is as high as its line, and WCAG takes it out as well.
    const isInSentence = (element: Element) => getComputedStyle(element).display.startsWith("inline") && element.closest("p, dd, li") !== null;
    const found: string[] = [];
    for (const control of document.querySelectorAll("button, a[href], input, select, textarea, summary, [role=button]")) {
      // Of a tick or one of a few the whole label can be touched.
      const touched = (control.matches("input[type=checkbox], input[type=radio]") && control.closest("label")) || control;
      if (!isSeen(touched) || isInSentence(touched) || touched.classList.contains("skip-link")) continue;
      const { height } = touched.getBoundingClientRect();
      if (height < leastControl - 0.5) found.push(`${Math.round(height)} px high: ${told(touched)}`);
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement!;
      if (!texts.currentNode.textContent!.trim() || !isSeen(element)) continue;
      const size = parseFloat(getComputedStyle(element).fontSize);
      if (size < leastText) found.push(`${size} px letters: ${told(element)}`);
    }
    return [...new Set(found)];
  }, [LEAST_CONTROL, LEAST_TEXT]);
}

/** Elements that make the page or its content wider than the screen. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => [document.documentElement, ...document.querySelectorAll("body, main, .app, form")]
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.getClientRects().length > 0)
    .map((element) => `${element.tagName.toLowerCase()} is ${element.scrollWidth} of ${element.clientWidth} px wide`));
}

/** Looks at the screen in every theme; the theme is set as the app sets it, without leaving the screen. */
export async function lookAt(page: Page, name: string) {
  const usual = await page.locator("html").getAttribute("data-theme");
  for (const theme of THEMES) {
    await page.evaluate((theme) => document.documentElement.setAttribute("data-theme", theme), theme);
    // A colour on its way from one theme to the other is no colour of either.
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
    expect.soft(await violations(page), `${name}, ${theme}`).toEqual([]);
  }
  if (usual !== null) await page.evaluate((theme) => document.documentElement.setAttribute("data-theme", theme), usual);
  expect.soft(await tooSmall(page), name).toEqual([]);
  expect.soft(await tooWide(page), name).toEqual([]);
}
