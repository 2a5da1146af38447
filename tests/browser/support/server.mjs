// Serves one folder the way GitHub Pages does: under a base path, index.html for a folder, a
// redirect to the slash, and 404.html with status 404 for what is missing; texts of the kinds that it
// packs are packed. Nothing outside the base path belongs to the site.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".pagefind": "application/wasm",
  ".pf_fragment": "application/octet-stream",
  ".pf_index": "application/octet-stream",
  ".pf_meta": "application/octet-stream",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
  ".yml": "text/yaml; charset=utf-8",
};

/** What GitHub Pages sends packed to whoever can open it. */
const PACKED = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"]);

/** Starts on a free port of this machine; the folder may be filled later. */
export async function serve(folder, base) {
  let stalls = () => false;
  const stalled = [];
  const server = createServer((request, response) => {
    if (stalls(request.url)) {
      stalled.push(request);
      return;
    }
    const packs = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    answer(folder, base, request.url, packs).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** Requests for these addresses get no answer; those that wait are cut off. */
    stall(which) {
      stalls = which;
      for (const request of stalled.splice(0)) request.destroy();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(folder, base, address, packs) {
  const path = decodeURIComponent(new URL(address, "http://any").pathname);
  if (!path.startsWith(base)) {
    return { status: 404, headers: { "content-type": "text/plain" }, body: "not this site" };
  }
  const inside = normalize(path.slice(base.length));
  if (inside.split(sep).includes("..")) throw new Error(`outside the folder: ${path}`);
  let file = join(folder, inside);
  if (await isFolder(file)) {
    if (!path.endsWith("/")) return { status: 301, headers: { location: `${path}/` }, body: "" };
    file = join(file, "index.html");
  }
  const body = await contents(file);
  if (body) return { status: 200, ...(await sent(file, body, packs)) };
  const missing = join(folder, "404.html");
  return { status: 404, ...(await sent(missing, await readFile(missing), packs)) };
}

async function sent(file, body, packs) {
  const headers = { ...typed(file), vary: "accept-encoding" };
  if (!packs || !PACKED.has(extname(file))) return { headers, body };
  return { headers: { ...headers, "content-encoding": "gzip" }, body: await promisify(gzip)(body) };
}

function typed(file) {
  const type = TYPES[extname(file)];
  if (!type) throw new Error(`no media type is known for ${file}`);
  return { "content-type": type };
}

async function isFolder(path) {
  const found = await stat(path).catch(onlyMissing);
  return found?.isDirectory() ?? false;
}

function contents(file) {
  return readFile(file).catch(onlyMissing);
}

/** A missing file is an answer; any other trouble is not. */
function onlyMissing(error) {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
  throw error;
}
