// Pendapa offline: the whole app is kept in one cache, fetched once and checked against its hashes.
// The worker answers GET of the app's own files and nothing else; every other request goes past it untouched.
// tools/precache.mjs writes the next two lines after the build.
const VERSION = "development";
const ASSETS = [];

const ROOT = new URL(self.registration.scope).pathname;
// The scope is in the name so that two copies of the app on one host never delete each other's cache.
const PREFIX = "pendapa-";
const CACHE = `${PREFIX}${VERSION} ${ROOT}`;
// Written last into a cache: its presence says that the cache is whole, its content which hashes are in it.
const LIST = "precache.json";
const KEPT = new Set(ASSETS.map((asset) => asset.url));

const address = (url) => new URL(url, self.registration.scope).href;

/** Names of the caches that belong to this copy of the app. */
async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name.endsWith(` ${ROOT}`));
}

/** Entries of earlier versions by "url integrity", so that an update fetches only what changed. */
async function earlierEntries() {
  const entries = new Map();
  for (const name of await ownCaches()) {
    const cache = await caches.open(name);
    const list = await cache.match(address(LIST));
    for (const asset of list ? await list.json() : []) {
      entries.set(`${asset.url} ${asset.integrity}`, cache);
    }
  }
  return entries;
}

async function fetchChecked({ url, integrity }) {
  // "no-cache" asks the server, so that an old copy in the HTTP cache cannot fail the hash.
  const response = await fetch(address(url), { cache: "no-cache", credentials: "same-origin", integrity });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  if (!response.redirected) return response;
  // Some hosts redirect index.html to its folder; a browser refuses a redirected answer to a navigation.
  return new Response(await response.blob(), { headers: response.headers });
}

/** Fills this version's cache; it counts only when the list was written. */
async function fill() {
  const earlier = await earlierEntries();
  const responses = await Promise.all(ASSETS.map(async (asset) => {
    const cache = earlier.get(`${asset.url} ${asset.integrity}`);
    return (await cache?.match(address(asset.url))) ?? fetchChecked(asset);
  }));
  const cache = await caches.open(CACHE);
  await Promise.all(ASSETS.map((asset, index) => cache.put(address(asset.url), responses[index])));
  await cache.put(address(LIST), Response.json(ASSETS));
}

/** How many of this version's files are in the cache. */
async function present() {
  const cache = await caches.open(CACHE);
  const keys = new Set((await cache.keys()).map((request) => request.url));
  return keys.has(address(LIST)) ? ASSETS.filter((asset) => keys.has(address(asset.url))).length : 0;
}

async function status() {
  // A page opened by a forced reload has no worker; asking for the status gives it one again.
  await self.clients.claim().catch(() => {});
  // The browser may have dropped entries: they are fetched again here, as long as the server still has them.
  if ((await present()) < ASSETS.length) await fill().catch(() => {});
  return { version: VERSION, entries: ASSETS.length, present: await present() };
}

self.addEventListener("install", (event) => event.waitUntil(fill().catch(async (error) => {
  await caches.delete(CACHE);
  throw error;
})));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await ownCaches()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener("message", (event) => {
  // An update waits until a person asks for it.
  if (event.data === "skip-waiting") event.waitUntil(self.skipWaiting());
  if (event.data === "status") event.waitUntil(status().then((answer) => event.ports[0]?.postMessage(answer)));
});

/** Which kept file answers this request; undefined when none does. */
function keptFile(request, url) {
  const path = decodeURI(url.pathname.slice(ROOT.length));
  if (request.mode === "navigate") {
    if (path === "" || path === "index.html") return "index.html";
    // Hosts with clean addresses drop the ending.
    if (path === "rescue") return "rescue.html";
  } else if (url.search) {
    return undefined;
  }
  return KEPT.has(path) ? path : undefined;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || !url.pathname.startsWith(ROOT)) return;
  const file = keptFile(request, url);
  if (file) {
    event.respondWith(caches.open(CACHE)
      .then((cache) => cache.match(address(file)))
      .then((kept) => kept ?? fetch(request)));
  } else if (request.mode === "navigate") {
    // A mistyped address without a network leads to the app instead of the browser's error page.
    event.respondWith(fetch(request).catch(() => Response.redirect(self.registration.scope)));
  }
});
