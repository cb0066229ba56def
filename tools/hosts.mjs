// Puts the policy (tools/policy.mjs) into a build: the page's meta tag, and ready-made files for hosts, described in
// docs/hosting.md. `_headers` stands where Netlify and Cloudflare Pages look for it, nginx.conf and Caddyfile in hosts/.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TYPES, contentPolicy, headersFor, uploadOrigins } from "./policy.mjs";
import { filesOf } from "./precache.mjs";

const PAGE = "index.html";
const HEADERS = "_headers";
const META = /(<meta http-equiv="Content-Security-Policy" content=)"[^"]*"/g;
// Cloudflare ignores a longer line.
const LONGEST_LINE = 2000;
// What is worth compressing. nginx does text/html always and complains when it is named.
const COMPRESSED = ["text/css", "text/javascript", "application/json", "application/manifest+json", "application/wasm", "image/svg+xml", "text/plain"];
// Types that hosts do not know everywhere, by ending.
const RARE = [".wasm", ".webmanifest"];

const endingOf = (url) => url.slice(url.lastIndexOf("."));
// A block that stands there for who needs it: one sign at the start of each line makes it a comment.
const switchedOff = (text) => text.replace(/^/gm, "#");
const indented = (lines, indent) => lines.map((line) => `${indent}${line}\n`).join("");

/** For Netlify and Cloudflare Pages. Names are written out, because the two read a `*` inside a name differently. */
function headersFile(headers, urls) {
  const block = (path, pairs) => `${path}\n${indented(Object.entries(pairs).map(([name, value]) => `${name}: ${value}`), "  ")}`;
  const rare = urls.filter((url) => RARE.includes(endingOf(url))).map((url) => block(`/${url}`, { "Content-Type": TYPES[endingOf(url)] }));
  return [block("/*", headers), ...rare].join("\n");
}

// Uploaded batches go on to another server, when the host is told which: docs/intake.md.
const NGINX_UPLOAD = `location /upload/ {
    if ($http_authorization !~ "^Bearer (token-of-one-event|token-of-another)$") { return 401; }
    limit_except POST HEAD PATCH { deny all; }
    client_max_body_size 1m;
    proxy_request_buffering off;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-HTTP-Method-Override "";
    proxy_pass http://127.0.0.1:1080;
}
location /upload/receipts/ {
    if ($http_authorization !~ "^Bearer (token-of-one-event|token-of-another)$") { return 401; }
    limit_except GET { deny all; }
    alias /srv/pendapa-receipts/;
    log_not_found off;
    add_header Cache-Control no-store always;
}`;

const CADDY_UPLOAD = `	route /upload/* {
		@unknown not {
			header Authorization "Bearer token-of-one-event"
			header Authorization "Bearer token-of-another"
		}
		respond @unknown 401
		handle_path /upload/receipts/* {
			@notReading not method GET
			respond @notReading 403
			root * /srv/pendapa-receipts
			header Cache-Control no-store
			file_server
		}
		@notSending not method POST HEAD PATCH
		respond @notSending 403
		request_body {
			max_size 1MB
		}
		reverse_proxy 127.0.0.1:1080 {
			header_up -X-HTTP-Method-Override
		}
	}`;

/** For nginx: everything is set in one place, because a `location` with headers of its own inherits none. */
function nginxFile(headers) {
  const types = Object.entries(TYPES).map(([ending, type]) => `${type.split(";")[0].padEnd(26)} ${ending.slice(1)};`);
  const utf8 = Object.values(TYPES).filter((type) => type.includes("charset")).map((type) => type.split(";")[0]);
  const sent = Object.entries(headers).map(([name, value]) => `add_header ${name} "${value}" always;`);
  return `# Pendapa on nginx: include this in the \`server { … }\` that speaks HTTPS, and change the folder (docs/hosting.md).
location / {
    root /srv/pendapa;
    index index.html;

    types {
${indented(types, "        ")}    }
    default_type application/octet-stream;
    charset utf-8;
    charset_types ${[...new Set(utf8)].filter((type) => type !== "text/html").join(" ")};

    gzip on;
    gzip_vary on;
    gzip_types ${COMPRESSED.join(" ")};

${indented(sent, "    ")}}

# Uploaded batches, where there is a tus server for them (docs/intake.md): take away the first sign of each line, and
# write its address, a token for each event, and where receipts lie.
${switchedOff(NGINX_UPLOAD)}
`;
}

/** For Caddy, which gets its certificate by itself. What it compresses is said, because older ones leave wasm as it is. */
function caddyFile(headers) {
  const typed = RARE.flatMap((ending) => {
    const matcher = `@${ending.slice(1)}`;
    return [`${matcher} path *${ending}`, `header ${matcher} Content-Type ${TYPES[ending]}`];
  });
  const sent = Object.entries(headers).map(([name, value]) => `${name} "${value}"`);
  return `# Pendapa on Caddy: name your host and the folder with the app in the environment, or write them here (docs/hosting.md).
{$PENDAPA_HOST:localhost} {
	root * {$PENDAPA_ROOT:/srv/pendapa}
	encode zstd gzip {
		match {
${indented(["text/html", ...COMPRESSED].map((type) => `header Content-Type ${type}*`), "\t\t\t")}		}
	}
	header {
${indented(sent, "\t\t")}	}
${indented(typed, "\t")}	# Uploaded batches, where there is a tus server for them (docs/intake.md): take away the first sign of each line, and
	# write its address, a token for each event, and where receipts lie.
${switchedOff(CADDY_UPLOAD)}
	file_server
}
`;
}

/** The files for hosts, for a build with these addresses: `{ address: text }`. */
export function hostFiles(origins, urls) {
  const headers = headersFor(origins);
  for (const [name, value] of Object.entries(headers)) {
    // Each of these would end or change a value in one of the files.
    if (/["\\$\n{}]/.test(value) || name.length + value.length + 2 > LONGEST_LINE) throw new Error(`${name} cannot be written for every host: ${value}`);
  }
  return { [HEADERS]: headersFile(headers, urls), "hosts/nginx.conf": nginxFile(headers), "hosts/Caddyfile": caddyFile(headers) };
}

/** Writes the policy into the build in `folder`, with the upload origins that `named` lists. */
export function placePolicy(folder, named = process.env.PENDAPA_UPLOAD_ORIGINS) {
  const origins = uploadOrigins(named);
  const path = join(folder, PAGE);
  const page = readFileSync(path, "utf8");
  if (page.match(META)?.length !== 1) throw new Error(`${PAGE} has no single meta tag for the content security policy`);
  writeFileSync(path, page.replace(META, (_, start) => `${start}"${contentPolicy(origins)}"`));
  mkdirSync(join(folder, "hosts"), { recursive: true });
  for (const [url, text] of Object.entries(hostFiles(origins, filesOf(folder)))) writeFileSync(join(folder, url), text);
}

/** What `_headers` of a build tells hosts to send with every file; nothing for a folder without one. */
export function sentByHosts(folder) {
  let text;
  try {
    text = readFileSync(join(folder, HEADERS), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
  const [, lines] = text.match(/^\/\*\n((?: {2}.+\n)+)/m);
  return Object.fromEntries(lines.trimEnd().split("\n").map((line) => line.trim().split(/: (.*)/, 2)));
}
