// What a page of Pendapa may do, and what a host sends with every file: the only place where it is said. The build writes
// it into index.html and into files for hosts (tools/hosts.mjs); our own server and the tests send the same.
// `node tools/policy.mjs` prints the headers. PENDAPA_UPLOAD_ORIGINS names the origins that batches may be uploaded to,
// beside the app's own: "https://kiriman.example https://kantor.example:8443".
import { fileURLToPath } from "node:url";

const NAME = "PENDAPA_UPLOAD_ORIGINS";
const LOOPBACK = ["localhost", "127.0.0.1"];
// `URL` lets more pass than a host name has: a semicolon would end the directive, an asterisk would admit every host.
const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** The upload origins in `text`, without repetitions. Throws with a sentence when one of them is none. */
export function uploadOrigins(text = "") {
  return [...new Set(text.split(/\s+/).filter(Boolean))].map(uploadOrigin);
}

function uploadOrigin(text) {
  const wrong = (why) => new Error(`${NAME}: "${text}" ${why}`);
  if (!URL.canParse(text)) throw wrong("is no origin; write it as https://kiriman.example, and several with spaces between them.");
  const { protocol, hostname, origin } = new URL(text);
  const isLoopback = LOOPBACK.includes(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && isLoopback)) {
    throw wrong(`must begin with https://; only ${LOOPBACK.join(" and ")} may be reached by http://.`);
  }
  // The standard matches no address but 127.0.0.1 against a policy, and browsers differ.
  if (/^\[|^[\d.]+$/.test(hostname) && !isLoopback) throw wrong("is a bare address; a content security policy needs the name of a host.");
  if (!HOST_NAME.test(hostname) && !isLoopback) throw wrong("has no plain host name.");
  if (text !== origin) throw wrong(`is more than an origin or not written plainly; write ${origin}`);
  return origin;
}

/**
 * The content security policy: own files only, no inline script or style, no eval. A page's meta tag cannot forbid
 * frames, so that is in the header alone.
 */
export function contentPolicy(origins = [], { isHeader = false } = {}) {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    ["connect-src 'self'", ...origins].join(" "),
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    ...(isHeader ? ["frame-ancestors 'none'"] : []),
    "require-trusted-types-for 'script'",
    "trusted-types pendapa default",
  ].join("; ");
}

// Event packs are scanned with the camera. What is not named is as in every page: own origin only (the share sheet, the
// wake lock, and a server in the local network, which an upload may need).
const OWN = ["camera"];
const OFF = [
  "accelerometer", "autoplay", "bluetooth", "clipboard-read", "clipboard-write", "compute-pressure", "display-capture",
  "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
  "keyboard-map", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment", "picture-in-picture",
  "publickey-credentials-create", "publickey-credentials-get", "serial", "storage-access", "sync-xhr", "usb", "window-management",
  "xr-spatial-tracking",
];

const permissions = () => [...OWN.map((feature) => `${feature}=(self)`), ...OFF.map((feature) => `${feature}=()`)].join(", ");

/** What a host sends with every file, as `{ name: value }`. */
export function headersFor(origins = []) {
  return {
    "Content-Security-Policy": contentPolicy(origins, { isHeader: true }),
    "Permissions-Policy": permissions(),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    // For every file: the offline worker keeps what it needs and asks for the rest anew, and not every name changes
    // with the content (docs/decisions/0008-two-parts.md).
    "Cache-Control": "no-cache",
  };
}

/** Media types of everything that a build may hold. */
export const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const [name, value] of Object.entries(headersFor(uploadOrigins(process.env[NAME])))) console.log(`${name}: ${value}`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
