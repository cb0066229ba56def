// The servers to which the tests upload, and the bad network before them: what real servers do is written down here, and
// each fault is made once.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request as ask } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { FAULT_KINDS, seededFaults, startProxy } from "../servers/faults.mjs";
import { listen } from "../servers/listen.mjs";
import { startTus } from "../servers/tus.mjs";
import { startWebdav } from "../servers/webdav.mjs";

const CHUNK = 256 * 1024;
const TOKEN = "boleh-menaruh";
const TUS = { "Tus-Resumable": "1.0.0", Authorization: `Bearer ${TOKEN}` };
const BATCH = randomBytes(3 * CHUNK + 1000);
const HASH = sha256(BATCH);
// The tus server ends a connection with its refusal. A body that is still on its way may tear the answer.
const LITTLE = BATCH.subarray(0, 1000);

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), "pendapa-servers-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server in a folder of its own, and a proxy before it. */
async function ground(t, start, { proxy: proxied, ...options } = {}) {
  const folder = folderFor(t);
  const server = await start({ folder, ...options });
  t.after(server.stop);
  const proxy = await startProxy({ target: server, token: TOKEN, ...proxied });
  t.after(proxy.stop);
  return { folder, server, proxy };
}

const base64 = (text) => Buffer.from(text).toString("base64");

/** Announces the batch. Resolves to the answer, which has the upload's address in `at`. */
async function create(base, length = BATCH.length) {
  const answer = await fetch(base, { method: "POST", headers: { ...TUS, "Upload-Length": `${length}`, "Upload-Metadata": `filename ${base64("KDP1-A-1.pendapa.json")},file_hash ${base64(HASH)}` } });
  return { status: answer.status, at: new URL(answer.headers.get("location"), base).href };
}

const patch = (at, offset, bytes) => fetch(at, { method: "PATCH", headers: { ...TUS, "Upload-Offset": `${offset}`, "Content-Type": "application/offset+octet-stream" }, body: bytes });
const head = (at) => fetch(at, { method: "HEAD", headers: TUS });
const offsetOf = (answer) => Number(answer.headers.get("upload-offset"));
const put = (at, bytes = BATCH) => fetch(at, { method: "PUT", headers: { "If-None-Match": "*", Authorization: `Bearer ${TOKEN}` }, body: bytes });

test("tus takes a batch in chunks, keeps what came before a cut, and goes on from there", async (t) => {
  const { server, proxy } = await ground(t, startTus);
  const { status, at } = await create(proxy.url);
  assert.equal(status, 201);
  assert.ok(at.startsWith(proxy.url));
  const first = await patch(at, 0, BATCH.subarray(0, CHUNK));
  assert.deepEqual([first.status, offsetOf(first)], [204, CHUNK]);

  proxy.fault = () => ({ cutAfter: 100_000 });
  await assert.rejects(patch(at, CHUNK, BATCH.subarray(CHUNK, 2 * CHUNK)));
  proxy.fault = () => undefined;
  const { status: found, headers } = await head(at);
  let offset = Number(headers.get("upload-offset"));
  assert.deepEqual([found, headers.get("upload-length")], [200, `${BATCH.length}`]);
  assert.ok(offset >= CHUNK && offset <= CHUNK + 100_000, `${offset}`);
  assert.equal((await server.files())[0].isComplete, false);

  while (offset < BATCH.length) offset = offsetOf(await patch(at, offset, BATCH.subarray(offset, offset + CHUNK)));
  const files = await server.files();
  assert.deepEqual(files.map(({ name, fileHash, size, isComplete, bytes }) => [name, fileHash, size, isComplete, sha256(bytes)]), [["KDP1-A-1.pendapa.json", HASH, BATCH.length, true, HASH]]);
});

test("tus makes another upload of the same file, and forgets what is told to expire", async (t) => {
  const { server, proxy } = await ground(t, startTus);
  const [whole, half] = [await create(proxy.url), await create(proxy.url)];
  assert.notEqual(whole.at, half.at);
  await patch(whole.at, 0, BATCH);
  await patch(half.at, 0, BATCH.subarray(0, CHUNK));
  assert.deepEqual((await server.files()).map(({ isComplete }) => isComplete).sort(), [false, true]);
  await server.forget();
  const gone = await head(half.at);
  assert.deepEqual([gone.status, gone.headers.get("tus-resumable")], [404, "1.0.0"]);
  assert.equal((await patch(half.at, CHUNK, LITTLE)).status, 404);
  assert.equal((await head(whole.at)).status, 200);
  await server.forget({ all: true });
  assert.equal((await head(whole.at)).status, 404);
});

test("tus says no in its own words: a wrong offset, more than was announced, too large a batch", async (t) => {
  const { proxy } = await ground(t, startTus, { maxSize: BATCH.length });
  const { at } = await create(proxy.url);
  const said = async (answer) => [answer.status, answer.headers.get("tus-resumable"), answer.headers.get("upload-offset")];
  assert.deepEqual(await said(await patch(at, CHUNK, LITTLE)), [409, "1.0.0", null]);
  await patch(at, 0, BATCH);
  assert.deepEqual(await said(await patch(at, 0, LITTLE)), [409, "1.0.0", null]);
  assert.deepEqual(await said(await patch(at, BATCH.length, LITTLE)), [413, "1.0.0", null]);
  assert.deepEqual(await said(await patch(at, BATCH.length, "")), [204, "1.0.0", `${BATCH.length}`]);
  assert.equal((await create(proxy.url, BATCH.length + 1)).status, 413);
  assert.deepEqual(await said(await fetch(at, { method: "HEAD", headers: { Authorization: TUS.Authorization } })), [412, "1.0.0", null]);
});

test("tus gives out receipts and no batch, and answers pages of another origin", async (t) => {
  const { folder, proxy } = await ground(t, startTus);
  const receipt = `${proxy.url}receipts/${HASH}.json`;
  assert.equal((await fetch(receipt, { headers: TUS })).status, 404);
  writeFileSync(join(folder, "receipts", `${HASH}.json`), "{}");
  const answer = await fetch(receipt, { headers: TUS });
  assert.deepEqual([answer.status, answer.headers.get("content-type"), answer.headers.get("access-control-allow-origin"), await answer.text()], [200, "application/json", "*", "{}"]);
  const { at } = await create(proxy.url);
  await patch(at, 0, BATCH);
  assert.equal((await fetch(at, { headers: TUS })).status, 404);

  const preflight = await fetch(at, { method: "OPTIONS", headers: { Origin: "https://pendapa.example", "Access-Control-Request-Method": "PATCH" } });
  const list = (what, { headers }) => headers.get(`access-control-${what}`).split(", ");
  for (const name of ["Authorization", "Content-Type", "Tus-Resumable", "Upload-Length", "Upload-Metadata", "Upload-Offset"]) assert.ok(list("allow-headers", preflight).includes(name), name);
  for (const method of ["HEAD", "PATCH", "POST"]) assert.ok(list("allow-methods", preflight).includes(method), method);
  for (const name of ["Location", "Tus-Resumable", "Upload-Length", "Upload-Offset"]) assert.ok(list("expose-headers", await head(at)).includes(name), name);
});

test("wsgidav stores a file once, says its length, and has the receipts as files", async (t) => {
  const { folder, server, proxy } = await ground(t, startWebdav);
  const at = `${proxy.url}KDP1-A-1.pendapa.json`;
  assert.equal((await head(at)).status, 404);
  assert.equal((await put(at)).status, 201);
  assert.equal((await put(at, "another")).status, 412);
  const found = await head(at);
  assert.deepEqual([found.status, found.headers.get("content-length")], [200, `${BATCH.length}`]);
  assert.deepEqual((await server.files()).map(({ name, fileHash, size }) => [name, fileHash, size]), [["KDP1-A-1.pendapa.json", HASH, BATCH.length]]);
  writeFileSync(join(folder, "receipts", `${HASH}.json`), "{}");
  assert.equal(await (await fetch(`${proxy.url}receipts/${HASH}.json`, { headers: TUS })).text(), "{}");
  assert.equal((await put(`${proxy.url}no-such-folder/a.json`)).status, 409);
});

test("wsgidav keeps the half of a PUT that was cut, under its name, and refuses the whole one after it", async (t) => {
  const { server, proxy } = await ground(t, startWebdav);
  const at = `${proxy.url}KDP1-A-1.pendapa.json`;
  proxy.fault = () => ({ cutAfter: 100_000 });
  await assert.rejects(put(at));
  proxy.fault = () => undefined;
  // It is still writing for a moment.
  let found;
  do found = await head(at); while (found.headers.get("content-length") !== "100000");
  assert.equal(found.status, 200);
  assert.equal((await put(at)).status, 412);
  const [{ bytes }] = await server.files();
  assert.deepEqual(bytes, BATCH.subarray(0, 100_000));
});

test("a wrong token is refused before the server sees anything; a preflight needs none", async (t) => {
  const { server, proxy } = await ground(t, startTus);
  for (const authorization of [undefined, "Bearer ", `Bearer ${TOKEN}x`, TOKEN, `Basic ${TOKEN}`]) {
    const answer = await fetch(proxy.url, { method: "POST", headers: { ...TUS, "Upload-Length": "1", Authorization: authorization ?? "" } });
    assert.deepEqual([answer.status, answer.headers.get("www-authenticate")], [401, "Bearer"]);
  }
  assert.equal((await fetch(proxy.url, { method: "OPTIONS" })).status, 204);
  assert.deepEqual(await server.files(), []);
  assert.deepEqual(proxy.log.map(({ status }) => status), [401, 401, 401, 401, 401, 204]);
});

test("each fault does what it says, and the log knows it", async (t) => {
  const { folder, server, proxy } = await ground(t, startTus);
  const asked = [];
  const during = async (fault, deed) => {
    proxy.fault = async (request) => {
      asked.push(request);
      return fault;
    };
    const outcome = await deed().catch(() => "broken");
    return [outcome, proxy.log.at(-1)];
  };
  const { at } = await create(proxy.url);
  const [path, more] = [new URL(at).pathname, BATCH.subarray(0, CHUNK)];

  let [outcome, entry] = await during({ loseAnswer: true }, () => create(proxy.url));
  assert.deepEqual([outcome, entry.status, (await server.files()).length], ["broken", 201, 2]);

  [outcome, entry] = await during({ cutAfter: 0 }, () => create(proxy.url));
  assert.deepEqual([outcome, entry.status, (await server.files()).length], ["broken", undefined, 2]);

  [outcome, entry] = await during({ answer: { status: 423, headers: { "Retry-After": "7" }, body: "later" } }, () => patch(at, 0, more));
  assert.deepEqual([outcome.status, outcome.headers.get("retry-after"), await outcome.text()], [423, "7", "later"]);
  assert.deepEqual(entry, { method: "PATCH", path, bodyBytes: CHUNK, passedBytes: 0, status: 423, fault: { answer: { status: 423, headers: { "Retry-After": "7" }, body: "later" } } });

  [outcome, entry] = await during({ corruptAt: 100_000 }, () => patch(at, 0, more));
  assert.deepEqual([outcome.status, entry.bodyBytes, entry.passedBytes], [204, CHUNK, CHUNK]);
  const stored = (await server.files()).find(({ bytes }) => bytes.length).bytes;
  assert.equal(stored[100_000], more[100_000] ^ 1);
  assert.deepEqual(stored.subarray(0, 100_000), more.subarray(0, 100_000));
  assert.deepEqual(stored.subarray(100_001), more.subarray(100_001));

  const started = performance.now();
  [outcome] = await during({ delay: 50 }, () => head(at));
  assert.equal(outcome.status, 200);
  assert.ok(performance.now() - started >= 49);

  writeFileSync(join(folder, "receipts", `${HASH}.json`), Buffer.alloc(1000, "x"));
  [outcome, entry] = await during({ cutAnswerAfter: 10 }, () => fetch(`${proxy.url}receipts/${HASH}.json`, { headers: TUS }));
  assert.deepEqual([outcome.status, entry.status], [200, 200]);
  await assert.rejects(outcome.text());

  [outcome, entry] = await during({ forget: true }, () => head(at));
  assert.deepEqual([outcome.status, entry.fault, await server.files()], [404, { forget: true }, []]);

  [outcome, entry] = await during(undefined, () => head(at));
  assert.deepEqual(entry, { method: "HEAD", path, bodyBytes: 0, passedBytes: 0, status: 404, fault: undefined });
  assert.deepEqual(asked.map(({ number }) => number), [2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual([asked[2].method, asked[2].path, asked[2].headers["upload-offset"]], ["PATCH", path, "0"]);
});

test("a connection that breaks on one side breaks on the other", async (t) => {
  let client;
  let closed;
  const isWhole = new Promise((done) => closed = done);
  const server = await listen(createServer((request) => {
    if (request.url === "/break") return request.socket.destroy();
    request.on("data", () => client.destroy());
    request.on("close", () => closed(request.complete));
  }));
  const proxy = await startProxy({ target: server });
  t.after(proxy.stop);

  // The client leaves in the middle of its body.
  client = ask(proxy.url, { method: "PUT", headers: { "Content-Length": CHUNK } });
  const left = once(client, "error");
  client.write(LITTLE);
  assert.equal(await isWhole, false);
  await left;
  // The server breaks off, and is gone.
  await assert.rejects(fetch(`${proxy.url}break`));
  await server.stop();
  await assert.rejects(fetch(`${proxy.url}break`));
  assert.deepEqual(proxy.log.map(({ status }) => status), [undefined, undefined, undefined]);
});

/** A server that takes everything; `seen` hears each piece and may look at the request. */
async function sink(t, seen = () => {}) {
  const server = await listen(createServer((request, response) => {
    request.on("data", (piece) => seen(piece, request));
    request.on("end", () => response.end(JSON.stringify(request.headers)));
  }));
  t.after(server.stop);
  return server;
}

test("a server behind two proxies learns where the request came from", async (t) => {
  const inner = await startProxy({ target: await sink(t) });
  t.after(inner.stop);
  const outer = await startProxy({ target: { ...inner, url: `${inner.url}upload/` } });
  t.after(outer.stop);
  const headers = await (await fetch(`${outer.url}a?b`, { headers: { "X-Own": "kept" } })).json();
  assert.deepEqual([inner.log[0].path, headers["x-own"]], ["/upload/a?b", "kept"]);
  assert.deepEqual([headers["x-forwarded-for"], headers["x-forwarded-host"], headers["x-forwarded-proto"]], ["127.0.0.1, 127.0.0.1", new URL(outer.url).host, "http"]);
});

test("a client that asks first, and one that keeps its connection after a refusal, are understood", async (t) => {
  const proxy = await startProxy({ target: await sink(t), fault: ({ number }) => number === 1 ? { answer: { status: 503 } } : undefined });
  t.after(proxy.stop);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  const ports = new Set();
  for (const status of [503, 200]) {
    const [answered, continued] = await new Promise((done, failed) => {
      let continued = false;
      const client = ask(proxy.url, { method: "PUT", agent, headers: { Expect: "100-continue", "Content-Length": BATCH.length } });
      client.on("continue", () => {
        continued = true;
        client.end(BATCH);
      });
      client.on("response", (answer) => {
        ports.add(client.socket.localPort);
        answer.resume().on("end", () => done([answer.statusCode, continued]));
      });
      client.on("error", failed);
      client.flushHeaders();
    });
    assert.deepEqual([answered, continued], [status, true]);
  }
  assert.equal(ports.size, 1);
  assert.deepEqual(proxy.log.map(({ bodyBytes, passedBytes }) => [bodyBytes, passedBytes]), [[BATCH.length, 0], [BATCH.length, BATCH.length]]);
});

test("a slow line is never faster than it says, and keeps no more than a piece", async (t) => {
  const held = [];
  const times = [];
  const proxy = await startProxy({
    bytesPerSecond: 2_000_000,
    target: await sink(t, () => {
      const [{ bodyBytes, passedBytes }] = proxy.log;
      held.push(bodyBytes - passedBytes);
      times.push(performance.now());
    }),
  });
  t.after(proxy.stop);
  await (await fetch(proxy.url, { method: "PUT", body: BATCH })).text();
  // The first piece is here when it has been paid for.
  const seconds = (times.at(-1) - times[0]) / 1000;
  assert.ok(seconds / (BATCH.length / 2_000_000) > 0.8, `${seconds} s`);
  assert.ok(Math.max(...held) <= 128 * 1024, `${Math.max(...held)}`);
  assert.deepEqual([proxy.log[0].bodyBytes, proxy.log[0].passedBytes], [BATCH.length, BATCH.length]);
});

test("faults by chance are the same for the same seed, of every kind, and as many as wanted", () => {
  const requests = Array.from({ length: 4000 }, (_, at) => ({ method: ["POST", "PATCH", "HEAD", "PUT"][at % 4], path: "/", headers: { "content-length": "262144" }, number: at + 1 }));
  const run = (seed, odds, kinds) => requests.map(seededFaults(seed, odds, kinds));
  assert.deepEqual(run(7, 0.3), run(7, 0.3));
  assert.notDeepEqual(run(7, 0.3), run(8, 0.3));
  const faults = seededFaults(7, 0.3);
  assert.deepEqual([...requests].reverse().map((request) => faults(request)).reverse(), run(7, 0.3));
  const share = run(7, 0.3).filter(Boolean).length / requests.length;
  assert.ok(Math.abs(share - 0.3) < 0.03, `${share}`);
  assert.deepEqual(run(7, 0).filter(Boolean), []);
  assert.deepEqual(run(7, 1).filter((fault) => !fault), []);

  const all = run(7, 1);
  const said = new Set(all.flatMap(({ answer, ...others }) => answer ? [`${answer.status}`] : Object.keys(others)));
  for (const what of ["cutAfter", "loseAnswer", "cutAnswerAfter", "delay", "corruptAt", "forget", "200", "201", "204", "302", ...FAULT_KINDS.filter((kind) => /^\d+$/.test(kind))]) assert.ok(said.has(what), what);
  for (const { cutAfter = 0, delay = 0 } of all) assert.ok(cutAfter <= 262144 && delay < 300);
  assert.ok(all.filter(({ answer }) => answer?.status === 429).every(({ answer }) => answer.headers["retry-after"] === "1"));
  assert.ok(all.some(({ answer }) => answer?.status === 200 && /<!doctype html>/.test(answer.body)));
  assert.deepEqual(new Set(run(7, 1, ["lost", "forget"]).flatMap(Object.keys)), new Set(["loseAnswer", "forget"]));
});

test("hundreds of faults harm neither proxy nor server", async (t) => {
  const { server, proxy } = await ground(t, startTus);
  proxy.fault = seededFaults(2026, 1, FAULT_KINDS.filter((kind) => kind !== "delay"));
  for (let round = 0; round < 100; round += 1) {
    const made = await create(proxy.url, 1000).catch(() => undefined);
    const at = made?.status === 201 ? made.at : `${proxy.url}nothing`;
    for (const deed of [() => patch(at, 0, LITTLE), () => head(at), () => put(at)]) await deed().then((answer) => answer.text()).catch(() => {});
  }
  assert.ok(proxy.log.length >= 400);
  proxy.fault = () => undefined;
  const { at } = await create(proxy.url);
  await patch(at, 0, BATCH);
  assert.equal(sha256((await server.files()).at(-1).bytes), HASH);
});
