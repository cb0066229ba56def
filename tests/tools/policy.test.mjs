// The policy as text: which upload origins are taken, what the files for hosts say. What browsers make of it is tried in
// tests/e2e/policy.spec.ts.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { hostFiles, placePolicy, sentByHosts } from "../../tools/hosts.mjs";
import { contentPolicy, headersFor, uploadOrigins } from "../../tools/policy.mjs";
import { keptFilesOf } from "../../tools/precache.mjs";

const UPLOAD = "https://kiriman.example";

test("upload origins are taken as they are written, each once", () => {
  assert.deepEqual(uploadOrigins(undefined), []);
  assert.deepEqual(uploadOrigins(" \n "), []);
  assert.deepEqual(uploadOrigins(`${UPLOAD} https://kantor.example:8443\n${UPLOAD}`), [UPLOAD, "https://kantor.example:8443"]);
  assert.deepEqual(uploadOrigins("http://localhost:1080 http://127.0.0.1:1080 https://localhost"), ["http://localhost:1080", "http://127.0.0.1:1080", "https://localhost"]);
});

const REFUSED = [
  ["kiriman.example", /is no origin/],
  ["'self'", /is no origin/],
  ["*", /is no origin/],
  ["https:", /is no origin/],
  ["https://", /is no origin/],
  ["https://kiriman.example:99999", /is no origin/],
  ["http://kiriman.example", /must begin with https/],
  ["http://localhost.example", /must begin with https/],
  ["http://127.0.0.2", /must begin with https/],
  ["ws://localhost", /must begin with https/],
  ["data:text/plain,x", /must begin with https/],
  ["https://*", /no plain host name/],
  ["https://*.example", /no plain host name/],
  ["https://a.example;script-src", /no plain host name/],
  ["https://a.example,https://b.example", /no plain host name|is no origin/],
  ["https://a\"b", /no plain host name/],
  ["https://a'b", /no plain host name/],
  ["https://$host", /no plain host name/],
  ["https://{$X}", /no plain host name|is no origin/],
  ["https://-a.example", /no plain host name/],
  ["https://a..example", /no plain host name|is no origin/],
  ["https://a.example.", /no plain host name/],
  ["https://192.168.1.10", /bare address/],
  ["https://0x7f000001.example@10.0.0.1", /bare address/],
  ["https://[::1]", /bare address/],
  ["https://kiriman.example/", /write https:\/\/kiriman\.example$/],
  ["https://kiriman.example/files", /write https:\/\/kiriman\.example$/],
  ["https://kiriman.example?x", /write https:\/\/kiriman\.example$/],
  ["https://kiriman.example:443", /write https:\/\/kiriman\.example$/],
  ["https://KIRIMAN.example", /write https:\/\/kiriman\.example$/],
  ["https://me:secret@kiriman.example", /write https:\/\/kiriman\.example$/],
  ["https:\\\\kiriman.example", /write https:\/\/kiriman\.example$/],
  ["https://kantör.example", /write https:\/\/xn--kantr-mua\.example$/],
];

test("what is no plain origin is refused, with its reason", () => {
  for (const [text, said] of REFUSED) {
    assert.throws(() => uploadOrigins(`${UPLOAD} ${text}`), (error) => error.message.startsWith(`PENDAPA_UPLOAD_ORIGINS: "${text}"`) && said.test(error.message), text);
  }
});

test("a build with a bad upload origin ends before it begins, with one sentence", () => {
  const { status, stderr } = spawnSync("node", ["tools/policy.mjs"], { encoding: "utf8", env: { ...process.env, PENDAPA_UPLOAD_ORIGINS: "http://kiriman.example" } });
  assert.equal(status, 1);
  assert.match(stderr, /^PENDAPA_UPLOAD_ORIGINS: "http:\/\/kiriman\.example" must begin .*\n$/);
});

test("the policy admits nothing inline and no eval, and only named origins", () => {
  const policy = contentPolicy([UPLOAD], { isHeader: true });
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|unsafe-hashes|\*|http:/);
  assert.match(policy, /(^|; )connect-src 'self' https:\/\/kiriman\.example;/);
  assert.match(policy, /^default-src 'none'; /);
  assert.equal(policy.split("; ").filter((directive) => directive.includes("example")).length, 1);
  assert.equal(contentPolicy([UPLOAD]), policy.replace("frame-ancestors 'none'; ", ""));
});

test("every file for hosts says every header, in that host's own form", () => {
  const headers = Object.entries(headersFor([UPLOAD]));
  assert.equal(headers.length, 7);
  const files = hostFiles([UPLOAD], ["index.html", "manifest.webmanifest", "pendapa-1_bg.wasm"]);
  assert.deepEqual(Object.keys(files), ["_headers", "hosts/nginx.conf", "hosts/Caddyfile"]);
  for (const [name, value] of headers) {
    assert.ok(files["_headers"].includes(`\n  ${name}: ${value}\n`), name);
    assert.ok(files["hosts/nginx.conf"].includes(`\n    add_header ${name} "${value}" always;\n`), name);
    assert.ok(files["hosts/Caddyfile"].includes(`\n\t\t${name} "${value}"\n`), name);
  }
  // Two hosts join a header that two blocks name.
  for (const path of ["/manifest.webmanifest\n  Content-Type: application/manifest+json\n", "/pendapa-1_bg.wasm\n  Content-Type: application/wasm\n"]) {
    assert.ok(files["_headers"].includes(`\n\n${path}`), path);
  }
});

test("where batches are uploaded to is in the files for hosts, switched off", () => {
  const files = hostFiles([], ["index.html"]);
  for (const [path, passes] of [["hosts/nginx.conf", "proxy_pass"], ["hosts/Caddyfile", "reverse_proxy"]]) {
    const lines = files[path].split("\n");
    assert.deepEqual(lines.filter((line) => line.includes(passes)).map((line) => line[0]), ["#"], path);
    assert.deepEqual(lines.filter((line) => /\/upload\/|token/.test(line) && !/^\s*#/.test(line)), [], path);
    // With the signs away, every block that is opened is closed.
    const on = lines.filter((line) => /^#[^ ]|^# {4}/.test(line)).join("\n");
    assert.equal(on.match(/\{/g).length, on.match(/\}/g).length, path);
  }
});

test("a build gets its policy once and again, and keeps none of the hosts' files offline", () => {
  const folder = mkdtempSync(join(tmpdir(), "pendapa-policy-"));
  try {
    cpSync("index.html", join(folder, "index.html"));
    writeFileSync(join(folder, "a.wasm"), "");
    const pageOf = () => readFileSync(join(folder, "index.html"), "utf8");
    assert.match(pageOf(), /content="default-src 'none'">/);
    placePolicy(folder, UPLOAD);
    placePolicy(folder, "");
    assert.ok(pageOf().includes(`<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">`));
    assert.deepEqual(sentByHosts(folder), headersFor());
    assert.deepEqual(keptFilesOf(folder), ["a.wasm", "index.html"]);
    writeFileSync(join(folder, "index.html"), "<meta>");
    assert.throws(() => placePolicy(folder, ""), /no single meta tag/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
