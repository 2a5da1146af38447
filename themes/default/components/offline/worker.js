/**
 * The site without a network. The build puts `BUILD` above this text: what this build is called
 * (`version`), which pages and files are kept from the start (`pages`), which assets (`assets`), which
 * page is shown for one that is not kept (`fallback`) and which folder the worker leaves alone
 * (`apart`, where authors have their editor); all paths are relative to the site.
 *
 * With a network a page is always the network's, so no site can be kept from its readers; only
 * assets are taken from here first, and their names change with their content.
 */
const BASE = new URL("./", self.location).pathname;

/** Sites of one host share its caches; each knows its own by this. */
const PREFIX = `offline:${BASE}:`;

const BUILD_CACHE = `${PREFIX}build-${BUILD.version}`;
const VISITED_CACHE = `${PREFIX}visited`;
const ASSET_CACHE = `${PREFIX}assets`;

/** Which parts the index of the search has; they are assets. */
const INDEX = `${BASE}search/index.json`;

/** The most pages and pictures, and the most assets, that stay; the oldest go first. */
const VISITED_LIMIT = 60;
const ASSET_LIMIT = 80;

/** Milliseconds that a page which is kept may let a reader wait for the network. */
const PATIENCE = 4000;

/** Files whose name, or whose folder's name, changes with their content: assets, parts of the index. */
const HASHED = /\.[0-9a-f]{16}\.[a-z0-9]+$|\/search\/[a-z]+-\d+-[0-9a-f]{6}\.json$/;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepBuild());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = url.origin === self.location.origin && url.pathname.startsWith(BASE);
  if (BUILD.apart && url.pathname.startsWith(BASE + BUILD.apart)) return;
  if (!ours || request.method !== "GET" || request.headers.has("range")) return;
  if (HASHED.test(url.pathname)) {
    event.respondWith(asset(event, url));
  } else if (request.mode === "navigate" || request.destination === "image" || url.pathname === INDEX) {
    const answer = fetch(request);
    event.waitUntil(answer.then((response) => keep(url, response)).catch(nothing));
    event.respondWith(fresh(answer, url, request.mode === "navigate"));
  }
});

/** All or nothing: where one file cannot be had, the worker before this one stays. */
async function keepBuild() {
  const build = await caches.open(BUILD_CACHE);
  const assets = await caches.open(ASSET_CACHE);
  const known = new Set((await assets.keys()).map(({ url }) => new URL(url).pathname));
  const missing = BUILD.assets.map((path) => BASE + path).filter((path) => !known.has(path));
  await assets.addAll(missing);
  // what the browser kept by itself may be of the build before
  await build.addAll(BUILD.pages.map((path) => new Request(BASE + path, { cache: "reload" })));
}

async function takeOver() {
  const current = [BUILD_CACHE, VISITED_CACHE, ASSET_CACHE];
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(names.filter((name) => !current.includes(name)).map((name) => caches.delete(name)));
  await trim(ASSET_CACHE, ASSET_LIMIT, BUILD.assets);
  await self.clients.claim();
  // the page that brought this worker was loaded without it
  const open = await self.clients.matchAll({ type: "window" });
  await Promise.all(open.map(({ url }) => visit(new URL(url)).catch(nothing)));
}

async function visit(url) {
  await keep(url, await fetch(url.pathname));
}

/** From here first: the name of an asset is the hash of its content. */
async function asset(event, url) {
  const cache = await caches.open(ASSET_CACHE);
  const known = await cache.match(url.pathname);
  if (known) return known;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(cache.put(url.pathname, response.clone()).catch(nothing));
  return response;
}

/** The network's answer; what is kept where there is none, or where it takes too long. */
async function fresh(answer, url, isPage) {
  const kept = await (await caches.open(homeOf(url))).match(url.pathname);
  const late = new Promise((resolve) => {
    if (kept) setTimeout(resolve, PATIENCE, kept);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    const fallback = () => caches.match(BASE + BUILD.fallback, { cacheName: BUILD_CACHE });
    return kept ?? ((isPage && (await fallback())) || Response.error());
  }
}

/** Keeps what is whole and of this site; no redirect, no error, and of an address its path only. */
async function keep(url, response) {
  if (!response.ok || response.type !== "basic" || response.redirected) return;
  const copy = response.clone();
  const cache = await caches.open(homeOf(url));
  await cache.put(url.pathname, copy);
  await trim(VISITED_CACHE, VISITED_LIMIT, []);
}

function homeOf(url) {
  const path = url.pathname.slice(BASE.length);
  return BUILD.pages.includes(path) ? BUILD_CACHE : VISITED_CACHE;
}

/** Takes the oldest out, except for what is needed. */
async function trim(name, limit, needed) {
  const cache = await caches.open(name);
  const keys = await cache.keys();
  const paths = new Set(needed.map((path) => BASE + path));
  const old = keys.slice(0, Math.max(0, keys.length - limit));
  const free = old.filter(({ url }) => !paths.has(new URL(url).pathname));
  await Promise.all(free.map((key) => cache.delete(key)));
}

/** No network, or no room: the page is shown all the same, it is only not kept. */
function nothing() {}
