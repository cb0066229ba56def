// QR codes as somebody else's eyes see them: from the pixels of the screen, by a decoder that was not written here.
import { createRequire } from "node:module";
import type { Locator } from "@playwright/test";

const jsQR: (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null = createRequire(import.meta.url)("jsqr");

/** The text of a code that a page shows; `null` where it cannot be read. */
export async function textOf(code: Locator): Promise<string | null> {
  const png = (await code.screenshot()).toString("base64");
  const { width, height, pixels } = await code.page().evaluate(async (png) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width: bitmap.width, height: bitmap.height, pixels: btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join("")) };
  }, png);
  return jsQR(Uint8ClampedArray.from(Buffer.from(pixels, "base64")), width, height)?.data ?? null;
}
