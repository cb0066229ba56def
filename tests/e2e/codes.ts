// QR codes and a camera that sees them, for the tests: an encoder of its own, so that the app's reader is not tried with
// the app's writer only (ISO/IEC 18004; alphanumeric, level L, versions 1 to 20), and a file that Chromium takes for the
// picture of a camera.
import { closeSync, openSync, writeSync } from "node:fs";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/** By version, from 1: codewords for correction in a block, and blocks. */
const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];

/** Codewords of a version, data and correction. */
function codewordsOf(version: number) {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const marks = Math.floor(version / 7) + 2;
    modules -= (25 * marks - 10) * marks - 55;
    if (version >= 7) modules -= 36;
  }
  return modules >> 3;
}

/** Multiplies in the field of 256 that the correction counts in. */
function times(a: number, b: number) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> bit) & 1) * a);
  return product;
}

function correction(data: number[], length: number) {
  const divisor: number[] = [...Array(length - 1).fill(0), 1];
  let root = 1;
  for (let i = 0; i < length; i++, root = times(root, 2)) {
    for (let j = 0; j < length; j++) divisor[j] = times(divisor[j], root) ^ (divisor[j + 1] ?? 0);
  }
  const rest: number[] = Array(length).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift()!;
    rest.push(0);
    divisor.forEach((value, at) => (rest[at] ^= times(value, factor)));
  }
  return rest;
}

/** The codewords of a text in their order in the code. */
function codewords(text: string) {
  const lengthBits = (version: number) => (version < 10 ? 9 : 11);
  const dataOf = (version: number) => codewordsOf(version) - CHECKS[version - 1] * BLOCKS[version - 1];
  const textBits = Math.floor(text.length / 2) * 11 + (text.length % 2) * 6;
  let version = 1;
  while (4 + lengthBits(version) + textBits > 8 * dataOf(version)) if (++version > 20) throw new Error("too long for a code");
  let bits = "";
  const put = (value: number, length: number) => (bits += value.toString(2).padStart(length, "0"));
  put(0b0010, 4);
  put(text.length, lengthBits(version));
  for (let at = 0; at < text.length; at += 2) {
    const [first, second] = [...text.slice(at, at + 2)].map((letter) => LETTERS.indexOf(letter));
    if (first < 0 || second < 0) throw new Error("not alphanumeric");
    if (second === undefined) put(first, 6);
    else put(first * 45 + second, 11);
  }
  bits += "0000".slice(0, 8 * dataOf(version) - bits.length);
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
  const data = bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2));
  for (let filler = 0xec; data.length < dataOf(version); filler ^= 0xec ^ 0x11) data.push(filler);

  const [checks, count] = [CHECKS[version - 1], BLOCKS[version - 1]];
  const short = Math.floor(data.length / count);
  const shorter = count - (data.length % count);
  const blocks = Array.from({ length: count }, (_, at) => data.slice(at * short + Math.max(0, at - shorter), (at + 1) * short + Math.max(0, at + 1 - shorter)));
  const corrections = blocks.map((block) => correction(block, checks));
  const all: number[] = [];
  for (let at = 0; at <= short; at++) for (const block of blocks) if (at < block.length) all.push(block[at]);
  for (let at = 0; at < checks; at++) for (const block of corrections) all.push(block[at]);
  return { version, all };
}

/** The modules of a text's code, row by row, without the white around it; `true` is black. */
export function codeOf(text: string): boolean[][] {
  const { version, all } = codewords(text);
  const side = version * 4 + 17;
  const black = Array.from({ length: side }, () => Array<boolean>(side).fill(false));
  const fixed = Array.from({ length: side }, () => Array<boolean>(side).fill(false));
  const set = (x: number, y: number, value: boolean) => {
    if (x < 0 || y < 0 || x >= side || y >= side) return;
    black[y][x] = value;
    fixed[y][x] = true;
  };
  for (let at = 0; at < side; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  const rings = (x: number, y: number, radius: number, isBlack: (ring: number) => boolean) => {
    for (let dy = -radius; dy <= radius; dy++) for (let dx = -radius; dx <= radius; dx++) set(x + dx, y + dy, isBlack(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  for (const [x, y] of [[3, 3], [side - 4, 3], [3, side - 4]]) rings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  if (version > 1) {
    const marks = Math.floor(version / 7) + 2;
    const step = Math.ceil((version * 4 + 4) / (marks * 2 - 2)) * 2;
    const places = [6, ...Array.from({ length: marks - 1 }, (_, at) => side - 7 - (marks - 2 - at) * step)];
    places.forEach((y, row) => places.forEach((x, column) => {
      const isCorner = (row === 0 && (column === 0 || column === marks - 1)) || (row === marks - 1 && column === 0);
      if (!isCorner) rings(x, y, 2, (ring) => ring !== 1);
    }));
  }
  // Level L, mask 0.
  let rest = 0b01000;
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const format = ((0b01000 << 10) | rest) ^ 0x5412;
  const bit = (value: number, at: number) => ((value >> at) & 1) === 1;
  for (let at = 0; at < 15; at++) {
    set(8, at < 6 ? at : at < 8 ? at + 1 : side - 15 + at, bit(format, at));
    set(at < 8 ? side - 1 - at : at === 8 ? 7 : 14 - at, 8, bit(format, at));
  }
  set(8, side - 8, true);
  if (version >= 7) {
    let check = version;
    for (let i = 0; i < 12; i++) check = (check << 1) ^ ((check >> 11) * 0x1f25);
    const bits = (version << 12) | check;
    for (let at = 0; at < 18; at++) {
      const [a, b] = [side - 11 + (at % 3), Math.floor(at / 3)];
      set(a, b, bit(bits, at));
      set(b, a, bit(bits, at));
    }
  }
  let next = 0;
  for (let right = side - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let vertical = 0; vertical < side; vertical++) {
      const y = ((right + 1) & 2) === 0 ? side - 1 - vertical : vertical;
      for (const x of [right, right - 1]) {
        if (fixed[y][x]) continue;
        const value = next < all.length * 8 && bit(all[next >> 3], 7 - (next & 7));
        black[y][x] = value !== ((x + y) % 2 === 0);
        next++;
      }
    }
  }
  return black;
}

const WIDTH = 1280, HEIGHT = 720;

/** What a camera sees that is held before a screen with a code, turned a little: a byte of brightness for each point. */
function pictureOf(code: boolean[][], share: number, degrees: number) {
  const points = Buffer.alloc(WIDTH * HEIGHT, 110);
  const modules = code.length + 8;
  const scale = (HEIGHT * share) / modules;
  const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const brightness = (x: number, y: number) => {
    const [u, v] = [(x - WIDTH / 2) / scale, (y - HEIGHT / 2) / scale];
    const [column, row] = [Math.floor(u * cosine - v * sine + modules / 2), Math.floor(u * sine + v * cosine + modules / 2)];
    if (column < 0 || row < 0 || column >= modules || row >= modules) return 110;
    return code[row - 4]?.[column - 4] ? 30 : 215;
  };
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = (WIDTH - HEIGHT) / 2; x < (WIDTH + HEIGHT) / 2; x++) {
      let sum = 0;
      for (const dy of [0.25, 0.75]) for (const dx of [0.25, 0.75]) sum += brightness(x + dx, y + dy);
      points[y * WIDTH + x] = sum / 4;
    }
  }
  return points;
}

/**
 * Writes a film of 1280 × 720 that shows the code of each text for a second, held a little differently in each half of
 * it. Chromium plays it in a loop: `cameraArguments`.
 */
export function writeFilm(path: string, texts: string[]) {
  const file = openSync(path, "w");
  const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  writeSync(file, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F4:1 Ip A1:1 C420\n`);
  texts.forEach((text, at) => {
    const code = codeOf(text);
    for (const [share, degrees] of [[0.86, (at % 5) - 2.2], [0.9, 1.4 - (at % 3)], [0.8, 0.6], [0.93, -0.7]]) {
      writeSync(file, "FRAME\n");
      writeSync(file, pictureOf(code, share, degrees));
      writeSync(file, colours);
    }
  });
  closeSync(file);
}

/** What Chromium is started with to take a film for its camera, without asking anybody. */
export const cameraArguments = (film: string) => ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`];
