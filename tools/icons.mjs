// Draws every PNG of public/icons/ from public/icons/mark.svg with the tests' Chromium: `node tools/icons.mjs`.
// The pictures are committed; run this again after the mark was changed.
import { readFileSync, writeFileSync } from "node:fs";
import { chromium as playwright } from "@playwright/test";
import { chromium } from "./browser.mjs";

const folder = new URL("../public/icons/", import.meta.url);
const mark = readFileSync(new URL("mark.svg", folder), "utf8");
// The mark is a tile and, on it, the hall and the tick in strokes.
const tile = mark.match(/<rect [^>]*\/>/)[0];
const ground = tile.match(/fill="(#\w+)"/)[1];
const strokes = mark.slice(mark.indexOf(tile) + tile.length, mark.lastIndexOf("</svg>"));

const svg = (inner, viewBox = "0 0 64 64") => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" fill="none">${inner}</svg>`;
const scaled = (inner, factor) => `<g transform="translate(32 32) scale(${factor}) translate(-32 -32)">${inner}</g>`;
const square = `<rect width="64" height="64" fill="${ground}"/>`;
/** A Lucide shape (24 units, ISC licence) on the tile. */
const onTile = (shape) => svg(`${tile}<g transform="translate(14 14) scale(1.5)" stroke="#fffdf9" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shape}</g>`);

// The strokes reach 28 units from the centre. A maskable icon must keep them within 40 % of its width (25.6 units).
const maskable = svg(square + scaled(strokes, 0.8));
// Systems take the shape from the alpha channel alone and paint it in their own colour.
const monochrome = svg(scaled(strokes.replaceAll(/stroke="#\w+"/g, 'stroke="#fff"'), 0.8));

const icons = [
  ["icon-192.png", 192, mark],
  ["icon-512.png", 512, mark],
  ["maskable-192.png", 192, maskable],
  ["maskable-512.png", 512, maskable],
  ["monochrome-512.png", 512, monochrome],
  // iPadOS rounds the corners itself and paints transparency black.
  ["apple-touch-icon-180.png", 180, svg(square + scaled(strokes, 0.9))],
  ["shortcut-register-96.png", 96, onTile('<path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2"/><circle cx="9" cy="7" r="4"/><path d="M19 8v6M22 11h-6"/>')],
  ["shortcut-handover-96.png", 96, onTile('<path d="M14.536 21.686a.5.5 0 0 0 .937-.024l6.5-19a.496.496 0 0 0-.635-.635l-19 6.5a.5.5 0 0 0-.024.937l7.93 3.18a2 2 0 0 1 1.112 1.11z"/><path d="m21.854 2.147-10.94 10.939"/>')],
];

const browser = await playwright.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const [name, size, source] of icons) {
  await page.setViewportSize({ width: size, height: size });
  const image = `data:image/svg+xml;base64,${Buffer.from(source).toString("base64")}`;
  await page.setContent(`<style>html,body{margin:0;background:transparent}img{display:block}</style><img width="${size}" height="${size}" src="${image}">`);
  await page.locator("img").evaluate((picture) => picture.decode());
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  console.log(`${name} ${size} x ${size}`);
}
await browser.close();
