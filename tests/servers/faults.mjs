// A bad network in front of a server: it breaks, delays, slows and forges what it is told to, and remembers every request.
import { createServer } from "node:http";
import { setTimeout as after } from "node:timers/promises";
import { listen } from "./listen.mjs";
import { pass, piecesOf } from "./pass.mjs";

// A slow line lets this many bytes through at a time.
const PIECE = 4096;

const REFUSED = { status: 401, headers: { "www-authenticate": "Bearer", "access-control-allow-origin": "*" } };

async function* cut(pieces, bytes) {
  let left = bytes;
  for await (const piece of pieces) {
    if (left > 0) yield piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) break;
  }
  throw new Error("cut");
}

async function* corrupted(pieces, at) {
  let start = 0;
  for await (const piece of pieces) {
    if (at >= start && at < start + piece.length) piece[at - start] ^= 1;
    start += piece.length;
    yield piece;
  }
}

async function* countedAsTheyCome(pieces, count) {
  for await (const piece of pieces) {
    count(piece.length);
    yield piece;
  }
}

async function* countedWhenGone(pieces, count) {
  for await (const piece of pieces) {
    yield piece;
    count(piece.length);
  }
}

async function dropped(pieces) {
  for await (const _ of pieces);
}

/** A line that carries `rate()` bytes in a second, whoever uses it; with no rate, any number. */
function slowLine(rate) {
  let freeAt = 0;
  return async function* (pieces) {
    for await (const piece of pieces) {
      // Nothing is saved up while nobody sends; within a piece, what a late timer cost is made up for.
      freeAt = Math.max(freeAt, performance.now());
      for (let at = 0; at < piece.length; at += PIECE) {
        const part = piece.subarray(at, at + PIECE);
        if (rate()) freeAt += part.length / rate() * 1000;
        const wait = freeAt - performance.now();
        if (wait > 0) await after(wait);
        yield part;
      }
    }
  };
}

/**
 * Starts a proxy on a free port before `target`, which is a server of this folder or another proxy. Who comes without
 * `token`, if one is given, is refused with 401, unless it is a browser's preflight. Bodies of requests are slowed down to
 * `bytesPerSecond`, all together.
 *
 * `fault` is asked before each request with `{ method, path, headers, number }`, the first being number 1, and returns
 * nothing or one of these:
 * - `{ cutAfter: bytes }`: the server gets that much of the body, and both connections end. With 0 it sees nothing; a
 *   shorter body arrives whole.
 * - `{ loseAnswer: true }`: the server gets and answers all, and the client's connection ends instead.
 * - `{ cutAnswerAfter: bytes }`: the client gets the head of the answer and that much of its body.
 * - `{ delay: ms }`: the request waits.
 * - `{ answer: { status, headers, body } }`: this is the answer; the server sees nothing.
 * - `{ corruptAt: byte }`: one bit of that byte of the body changes on the way.
 * - `{ forget: true }`: the server forgets its unfinished uploads, and then gets the request.
 *
 * `log` has an entry for each request. `fault`, `token` and `bytesPerSecond` can be changed at any time.
 */
export async function startProxy({ target, token, fault = () => undefined, bytesPerSecond }) {
  const proxy = { log: [], fault, token, bytesPerSecond, forget: () => target.forget?.() };
  const slowed = slowLine(() => proxy.bytesPerSecond);

  async function handle(request, response) {
    const { method, url: path, headers } = request;
    const entry = { method, path, bodyBytes: 0, passedBytes: 0, status: undefined, fault: undefined };
    const number = proxy.log.push(entry);
    entry.fault = await proxy.fault({ method, path, headers, number });
    const { answer: forged, forget, delay, corruptAt, cutAfter, loseAnswer, cutAnswerAfter } = entry.fault ?? {};
    if (forget) await proxy.forget();
    if (delay) await after(delay);

    const received = (pieces) => slowed(countedAsTheyCome(pieces, (bytes) => entry.bodyBytes += bytes));
    const mayPass = !proxy.token || method === "OPTIONS" || headers.authorization === `Bearer ${proxy.token}`;
    const answer = forged ?? (mayPass ? undefined : REFUSED);
    if (answer) {
      await dropped(received(piecesOf(request)));
      entry.status = answer.status;
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    }

    const toServer = (pieces) => {
      let way = received(pieces);
      if (corruptAt !== undefined) way = corrupted(way, corruptAt);
      if (cutAfter !== undefined) way = cut(way, cutAfter);
      return countedWhenGone(way, (bytes) => entry.passedBytes += bytes);
    };
    async function* toClient(pieces) {
      if (loseAnswer) {
        await dropped(pieces);
        throw new Error("lost");
      }
      if (cutAnswerAfter === undefined) return yield* pieces;
      response.flushHeaders();
      yield* cut(pieces, cutAnswerAfter);
    }
    pass(request, response, target.url + path.slice(1), { toServer, toClient, answered: (status) => entry.status = status });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  return Object.assign(proxy, await listen(server));
}

/** A small generator of chance (mulberry32), 0 to 1: the same numbers for the same seed. */
export function chanceOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const HTML = { "content-type": "text/html; charset=utf-8" };
const PORTAL = "<!doctype html><title>Wi-Fi Gratis</title><h1>Selamat datang</h1><form action=\"/masuk\"><button>Masuk</button></form>";
const LONGEST_DELAY_MS = 300;

const somewhereIn = ({ headers }, chance) => Math.floor(chance() * (Number(headers["content-length"] ?? 0) + 1));

// Servers and what stands before them say the same codes, with and without the protocol's own header.
const refusal = (status, headers) => (_, chance) => ({
  answer: { status, headers: { "content-type": "text/plain", ...headers, ...(chance() < 0.5 && { "tus-resumable": "1.0.0" }) }, body: `${status}\n` },
});

const KINDS = {
  cut: (request, chance) => ({ cutAfter: somewhereIn(request, chance) }),
  lost: () => ({ loseAnswer: true }),
  "cut answer": (_, chance) => ({ cutAnswerAfter: Math.floor(chance() * 64) }),
  delay: (_, chance) => ({ delay: Math.floor(chance() * LONGEST_DELAY_MS) }),
  corrupt: (request, chance) => ({ corruptAt: somewhereIn(request, chance) }),
  forget: () => ({ forget: true }),
  portal: () => ({ answer: { status: 200, headers: HTML, body: PORTAL } }),
  redirect: () => ({ answer: { status: 302, headers: { ...HTML, location: "/masuk" }, body: PORTAL } }),
  // The right code, and nothing else of the protocol. No client could tell a bare 201 to a PUT from a true one.
  wrong: ({ method }) => ({ answer: { status: { POST: 201, PATCH: 204 }[method] ?? 200, headers: { "content-type": "application/json" }, body: method === "PATCH" ? undefined : "{\"status\":\"ok\"}" } }),
  401: refusal(401),
  403: refusal(403),
  404: refusal(404),
  409: refusal(409),
  412: refusal(412),
  413: refusal(413),
  423: refusal(423),
  429: refusal(429, { "retry-after": "1" }),
  500: refusal(500),
  502: refusal(502),
  503: refusal(503),
};

/** The names of all faults of `seededFaults`. */
export const FAULT_KINDS = Object.keys(KINDS);

/**
 * Faults by chance, for `fault` of a proxy: of all requests the share `odds` (0 to 1) has one, of one of these `kinds`.
 * The same seed gives the same faults to the same requests, in whatever order they are asked.
 */
export function seededFaults(seed, odds, kinds = FAULT_KINDS) {
  return (request) => {
    const chance = chanceOf(seed ^ Math.imul(request.number, 0x9e3779b1));
    if (chance() >= odds) return undefined;
    return KINDS[kinds[Math.floor(chance() * kinds.length)]](request, chance);
  };
}
