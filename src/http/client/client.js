/**
 * Keeps an open page up to date while the site is written. The server tells of each build; a page
 * whose own output is the same does nothing. One that changed is patched in place (`patch.js`), and
 * where that cannot be done rightly it is loaded again and the reader finds their place (`place.js`).
 */
import { showProblems } from "./overlay.js";
import { patchPage } from "./patch.js";
import { keepPlace, takePlace } from "./place.js";

const SCRIPT = new URL(import.meta.url).pathname;

// the page's policy lets no other words become HTML: these are the page itself, and run nothing
const policy = globalThis.trustedTypes?.createPolicy("postrej-site-serve", { createHTML: (text) => text });

let version = marker(document)?.dataset.version;
// the page as it was sent: scripts have changed it since
let sent = fetchPage();
let source;
let work = Promise.resolve();

function marker(page) {
  return page.querySelector(`script[src="${SCRIPT}"]`);
}

/** This page as the server has it now; null where it has none, or cannot be asked. */
async function fetchPage() {
  try {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" });
    const text = await response.text();
    const page = new DOMParser().parseFromString(policy?.createHTML(text) ?? text, "text/html");
    const own = marker(page);
    const { version } = own.dataset;
    own.remove();
    return response.ok ? { page, version } : null;
  } catch {
    return null;
  }
}

function reload() {
  keepPlace();
  location.reload();
}

async function update({ page, changed, problems, editor }) {
  showProblems(problems, { editor, page });
  refreshPictures(changed);
  if (page === version) return;
  const [before, after] = await Promise.all([sent, fetchPage()]);
  // one of them is no page, or what was asked for when this page began is younger than it
  if (!before || !after || before.version !== version) return reload();
  try {
    await patchPage(before.page, after.page);
  } catch {
    return reload();
  }
  version = after.version;
  sent = Promise.resolve(after);
}

/** Pictures keep their address when they change. */
function refreshPictures(changed) {
  const { base = "/" } = document.documentElement.dataset;
  for (const picture of document.images) {
    const { origin, pathname } = new URL(picture.src, location.href);
    const path = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : "";
    if (origin === location.origin && changed[path]) picture.src = `${pathname}?${changed[path]}`;
  }
}

/* A browser opens few connections to one host: only pages that are looked at hold one. The first
   event after a pause says how things stand. */
function listen() {
  if (document.hidden || source) return;
  source = new EventSource(`${new URL("events", import.meta.url)}?path=${encodeURIComponent(location.pathname)}`);
  source.addEventListener("built", ({ data }) => {
    // one that failed shall not be the last; to load again for it might fail again, and without end
    work = work.catch(() => undefined).then(() => update(JSON.parse(data)));
  });
}

function pause() {
  source?.close();
  source = undefined;
}

addEventListener("visibilitychange", () => (document.hidden ? pause() : listen()));
addEventListener("pagehide", pause);
addEventListener("pageshow", listen);
takePlace();
listen();
