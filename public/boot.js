// Starts the app, stops it honestly, and tells it about the platform. Plain JavaScript, because it must still work
// when the WebAssembly does not.
//
// window.pendapa, read by the app (src/browser); a `pendapa:platform` event on window follows each change:
//   offline  { ready: boolean, state: "unsupported" | "installing" | "ready" | "failed" }
//   update   "none" | "waiting"
//   install  "unavailable" | "available" | "installed"
//   takeLaunched()   the file with which the system opened the app (an event pack), once; null: none
//   applyUpdate()    starts the waiting version and reloads this page, no other
//   promptInstall()  Promise of "accepted" | "dismissed" | "unavailable"
// window.pendapaStopped(message) is called by the app's panic hook. The app says `pendapa:started` when it is mounted.

const UPDATE_CHECK_EVERY_MS = 30 * 60 * 1000;
const WORKER_ANSWER_WITHIN_MS = 20 * 1000;
const START_WITHIN_MS = 10 * 1000;

const script = document.querySelector("script[data-wasm]");
const worker = new URL("sw.js", import.meta.url).href;
const installedDisplay = matchMedia("(display-mode: standalone), (display-mode: minimal-ui), (display-mode: fullscreen)");

/* ---- The full-page stop ---- */

const STOP = {
  panic: [
    ["id", "Aplikasi berhenti", "Terjadi kesalahan di dalam aplikasi. Yang sudah disimpan tetap aman. Muat ulang untuk melanjutkan; yang sedang diketik disimpan sebagai draf."],
    ["en", "The app stopped", "Something went wrong inside the app. What was saved is safe. Reload to go on; what was being typed is kept as a draft."],
  ],
  start: [
    ["id", "Aplikasi tidak dapat dibuka", "Sebagian berkas aplikasi tidak sampai, atau peramban ini terlalu lama atau melarang WebAssembly (misalnya Mode Penguncian iPad). Yang sudah disimpan tetap aman. Muat ulang; bila tetap gagal, perbarui peramban."],
    ["en", "The app could not be opened", "A part of the app did not arrive, or this browser is too old or forbids WebAssembly (as Lockdown Mode on an iPad does). What was saved is safe. Reload; if it fails again, update the browser."],
  ],
};

let stopped = false;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function reloadButton(text) {
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", () => location.reload());
  return button;
}

/** Only the place in the source is shown: the rest of a message might name a person. */
const placeOf = (message) => String(message).match(/(?:[\w.-]+\/)*[\w.-]+\.rs:\d+(?::\d+)?/)?.[0].replace(/^.*\/(?=[^/]+\/src\/)/, "") ?? "";

function stop(kind, message) {
  if (stopped) return;
  stopped = true;
  const place = placeOf(message);
  const sections = STOP[kind].map(([language, title, text]) => {
    const english = language === "en";
    const heading = english ? element("h2", {}, title) : element("h1", { tabindex: "-1" }, title);
    const rescue = english ? "Rescue page: take the data out" : "Halaman penyelamatan: ambil datanya";
    return element("section", { lang: language }, heading, element("p", {}, text),
      element("div", { class: "stop-ways" }, reloadButton(english ? "Reload" : "Muat ulang"), element("a", { href: "./rescue.html" }, rescue)));
  });
  const page = element("main", { class: "stop", role: "alert" }, element("div", { class: "stop-page" }, ...sections));
  if (place) page.firstChild.append(element("p", { class: "stop-code" }, "Kode kesalahan / Error code: ", element("code", {}, place)));
  // A stopped instance must not be touched again, so nothing of the app's page stays.
  document.body.replaceChildren(page);
  document.title = "Pendapa: berhenti";
  page.querySelector("h1").focus();
  lookForVersion();
}

window.pendapaStopped = (message) => stop("panic", message);

// Traps that reach no panic hook: a full stack, memory that cannot grow.
const isTrap = (error) => Boolean(window.WebAssembly) && error instanceof WebAssembly.RuntimeError;
addEventListener("error", (event) => isTrap(event.error) && stop("panic", ""));
addEventListener("unhandledrejection", (event) => isTrap(event.reason) && stop("panic", ""));

/* ---- Trusted Types: the app's own workers, harmless markup, nothing else ---- */

// The screens' macro builds parts without values from a string of markup, through innerHTML. Only elements and
// attributes that can neither run nor fetch anything pass; a scheme has no place in a link of the app.
const ELEMENTS = new Set(("a abbr address article aside b bdi bdo blockquote br button caption cite code col colgroup data datalist dd "
  + "del details dfn dialog div dl dt em fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i input ins kbd label "
  + "legend li main mark menu meter nav ol optgroup option output p pre progress q s samp search section select small span strong sub "
  + "summary sup table tbody td textarea tfoot th thead time tr u ul var wbr "
  + "circle clippath defs desc ellipse g line path polygon polyline rect svg symbol text title tspan use").split(" "));
const ELEMENT = /<\/?([a-z][a-z0-9]*)((?:\s+[\w:.-]+(?:="[^"<>]*")?)*)\s*\/?>/gi;
const ATTRIBUTE = /([\w:.-]+)(?:="([^"]*)")?/g;

function isHarmless(name, value = "") {
  if (/href$/i.test(name)) return /^(#|\.\/)/.test(value);
  return !/^on|^style$|^src|action$|^background$|^ping$|^data$/i.test(name);
}

function harmlessMarkup(markup) {
  const rest = markup.replace(ELEMENT, (_, name, attributes) => {
    const pairs = [...attributes.matchAll(ATTRIBUTE)];
    return ELEMENTS.has(name.toLowerCase()) && pairs.every((pair) => isHarmless(pair[1], pair[2])) ? "" : "<";
  });
  if (/[<>]/.test(rest)) throw new TypeError("This markup might run or fetch something.");
  return markup;
}

function onlyWorker(address) {
  if (address !== worker) throw new TypeError("Only the app's own worker may be started.");
  return address;
}

// As the build named them, before anything else could touch the page.
const heavyWorkers = new Set([...document.querySelectorAll('meta[name^="worker-"]')].map((meta) => meta.content)
  .filter((address) => /^\.\/(kdf|carrier|scan)-[0-9a-f]{16}\.js$/.test(address)));

/** The workers for heavy parts, by the very text that the page names them with. */
function onlyHeavyWorker(address) {
  if (!heavyWorkers.has(address)) throw new TypeError("Only the app's own workers may be started.");
  return address;
}

window.trustedTypes?.createPolicy("default", { createHTML: harmlessMarkup, createScriptURL: onlyHeavyWorker });
const trustedWorker = window.trustedTypes?.createPolicy("pendapa", { createScriptURL: onlyWorker }).createScriptURL(worker) ?? worker;

/* ---- What the app may know of the platform ---- */

const state = { offline: "installing", update: "none", install: installedDisplay.matches || navigator.standalone ? "installed" : "unavailable" };
let installPrompt = null;
// The file with which the system opened the app, until the app takes it.
let launched = null;
let registration = null;
let reloadWanted = false;
// Another page applied an update: the worker is newer than this page until it is reloaded.
let overtaken = false;

function change(part, value) {
  if (state[part] === value) return;
  state[part] = value;
  dispatchEvent(new Event("pendapa:platform"));
}

// A double click on a pack opens the app (file_handlers in the manifest); the page of packs takes it from there.
window.launchQueue?.setConsumer(async ({ files }) => {
  if (!files?.length) return;
  launched = await files[0].getFile();
  location.hash = "#/events/pack";
  dispatchEvent(new Event("pendapa:launched"));
});

window.pendapa = Object.freeze({
  get offline() { return { ready: state.offline === "ready", state: state.offline }; },
  get update() { return state.update; },
  get install() { return state.install; },
  takeLaunched() {
    const file = launched;
    launched = null;
    return file;
  },
  applyUpdate() {
    if (registration?.waiting) {
      reloadWanted = true;
      registration.waiting.postMessage("skip-waiting");
    } else if (overtaken) {
      location.reload();
    }
  },
  async promptInstall() {
    const prompt = installPrompt;
    if (!prompt) return "unavailable";
    // A browser lets one prompt be shown once.
    installPrompt = null;
    change("install", "unavailable");
    await prompt.prompt();
    return (await prompt.userChoice).outcome;
  },
});

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  installPrompt = event;
  change("install", "available");
});
addEventListener("appinstalled", () => {
  installPrompt = null;
  change("install", "installed");
});
installedDisplay.addEventListener("change", (event) => event.matches && change("install", "installed"));

/* ---- The offline worker ---- */

/** Asks a worker which of its files it holds. Rejects when it does not answer in time. */
function statusOf(target) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const timeout = setTimeout(() => reject(new Error("no answer")), WORKER_ANSWER_WITHIN_MS);
    port1.onmessage = (event) => {
      clearTimeout(timeout);
      port1.close();
      resolve(event.data);
    };
    target.postMessage("status", [port2]);
  });
}

/** "Ready" is said only when a worker controls this page and confirms that every file is in its cache. */
async function lookAtOffline() {
  if (!registration?.active) return;
  try {
    const answer = await statusOf(registration.active);
    const whole = answer.entries > 0 && answer.present === answer.entries;
    if (!whole) change("offline", "failed");
    else if (navigator.serviceWorker.controller) change("offline", "ready");
  } catch {
    change("offline", "failed");
  }
}

function lookAtUpdate() {
  change("update", overtaken || (registration.waiting && registration.active) ? "waiting" : "none");
}

function follow(installing) {
  installing?.addEventListener("statechange", () => {
    lookAtUpdate();
    if (installing.state === "activated") lookAtOffline();
    // A failed update leaves the version before it whole; a failed first installation leaves nothing.
    if (installing.state === "redundant" && !registration.active) change("offline", "failed");
  });
}

async function startWorker() {
  const container = navigator.serviceWorker;
  if (!container) return change("offline", "unsupported");
  let controlled = Boolean(container.controller);
  container.addEventListener("controllerchange", () => {
    if (reloadWanted) {
      reloadWanted = false;
      location.reload();
      return;
    }
    // The first worker of all takes over the page that installed it; a later one overtakes it.
    overtaken = controlled;
    controlled = true;
    lookAtUpdate();
    lookAtOffline();
  });
  const register = async () => {
    try {
      registration = await container.register(trustedWorker, { scope: new URL("./", worker).pathname, updateViaCache: "none" });
    } catch {
      // Offline the browser may refuse to look for a new version; the one that is installed goes on.
      registration = (await container.getRegistration(worker)) ?? null;
      if (!registration) return change("offline", "failed");
    }
    registration.onupdatefound = () => follow(registration.installing);
    follow(registration.installing);
    lookAtUpdate();
    await lookAtOffline();
  };
  await register();

  let checkedAt = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    lookAtOffline();
    if (navigator.onLine && Date.now() - checkedAt > UPDATE_CHECK_EVERY_MS) {
      checkedAt = Date.now();
      registration?.update().catch(() => {});
    }
  });
  addEventListener("online", () => state.offline === "failed" && register());
}

let isLooking = false;

/** Starts the offline worker once the first screen stands, or the app has stopped: what comes next may mend it. */
function lookForVersion() {
  if (isLooking) return;
  isLooking = true;
  startWorker().catch(() => change("offline", "failed"));
}

/* ---- Start ---- */

addEventListener("pendapa:started", () => {
  document.getElementById("boot")?.remove();
  lookForVersion();
}, { once: true });
// An app that neither starts nor stops may be mended by the next version.
setTimeout(lookForVersion, START_WITHIN_MS);

// The browser opens its databases while the app is read, and the app does not wait for them later.
try {
  indexedDB.databases?.().catch(() => {});
} catch {
  // Refused here: the app asks again and says so.
}

try {
  const wasm = new URL(script.dataset.wasm, document.baseURI);
  // Compiled while the glue is read. A host that gives the wrong media type is helped by the glue itself.
  const module = WebAssembly.compileStreaming(fetch(wasm)).catch(() => wasm);
  const { default: start } = await import(new URL(script.dataset.js, document.baseURI).href);
  await start({ module_or_path: await module });
} catch (error) {
  stop(isTrap(error) ? "panic" : "start", "");
}
