// The browser: Debian's Chromium without its windows, which is twice as quick, told to talk to nobody.

import { chromium } from "playwright-core";

/** A name for this machine that browsers do not trust: a page there has no clipboard API. */
export const INSECURE_HOST = "insecure.test";

const CHROMIUM = "/usr/bin/chromium-headless-shell";

export function launch() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`,
    ],
  });
}

/**
 * A page with a profile of its own; it goes with the browser. It knows no service workers: what one
 * answers, a test that stands in for the network does not see. offline.test.mjs looks at them.
 */
export async function openPage(browser, options) {
  const context = await browser.newContext(options);
  await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
  return context.newPage();
}

/**
 * Runs `use` on a page of its own, with nothing stored. To make a profile costs the browser more
 * than most tests do, so pages with the same options have the same one after the other, emptied in
 * between. Who changes more than the page, like a permission, takes `withProfile`.
 */
export async function withPage(browser, options, use) {
  const profile = await profileFor(browser, options);
  try {
    await use(await profile.context.newPage());
  } finally {
    await profile.empty();
  }
}

const profiles = new WeakMap();

/** The profile that pages with these options share. */
async function profileFor(browser, options) {
  if (!profiles.has(browser)) profiles.set(browser, new Map());
  const known = profiles.get(browser);
  const key = JSON.stringify(options);
  if (!known.has(key)) known.set(key, await newProfile(browser, options));
  return known.get(key);
}

async function newProfile(browser, options) {
  const blank = await openPage(browser, options);
  const context = blank.context();
  const session = await context.newCDPSession(blank);
  const origins = new Set();
  const remember = (frame) => frame.url().startsWith("http") && origins.add(new URL(frame.url()).origin);
  context.on("page", (page) => page.on("framenavigated", remember));
  const empty = async () => {
    // the pages first: what they write when they are left goes as well
    for (const page of context.pages()) if (page !== blank) await page.close();
    await context.clearCookies();
    for (const origin of origins) await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  };
  return { context, empty };
}

/** Runs `use` on a page whose browser it may change, and closes it. */
export async function withProfile(browser, use) {
  const page = await openPage(browser);
  try {
    await use(page);
  } finally {
    await page.context().close();
  }
}

/** What somebody would paste: read by another page than the one under test. */
export async function openClipboard(browser, site) {
  const permissions = ["clipboard-read", "clipboard-write"];
  const context = await browser.newContext({ permissions });
  const page = await context.newPage();
  await page.goto(site.url);
  return {
    read: () => page.evaluate(() => navigator.clipboard.readText()),
    /** Reads it, and leaves something else there. */
    take: () =>
      page.evaluate(async () => {
        const text = await navigator.clipboard.readText();
        await navigator.clipboard.writeText("what was there before");
        return text;
      }),
    write: (text) => page.evaluate((value) => navigator.clipboard.writeText(value), text),
  };
}

/** As if the reader had forbidden this site the clipboard. */
export async function denyClipboard(page, site) {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send("Target.getTargetInfo");
  const browserSession = await page.context().browser().newBrowserCDPSession();
  await browserSession.send("Browser.setPermission", {
    permission: { name: "clipboard-write" },
    setting: "denied",
    origin: site.origin,
    browserContextId: targetInfo.browserContextId,
  });
}

/** Opens every closed list of the page, and those inside that a script only then brings. */
export function openDetails(page) {
  return page.evaluate(async () => {
    for (;;) {
      const closed = [...document.querySelectorAll("details:not([open])")];
      if (closed.length === 0) return;
      const opened = closed.map((details) => {
        return new Promise((resolve) => details.addEventListener("toggle", resolve, { once: true }));
      });
      for (const details of closed) details.open = true;
      await Promise.all(opened);
    }
  });
}

/** What stands outside the window, as short descriptions; a box that scrolls may hold more. */
export function overflowing(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const inScroller = (element) => {
      const parent = element.parentElement;
      return parent !== document.body && (scrolls(parent) || inScroller(parent));
    };
    const found = [];
    if (document.documentElement.scrollWidth > width) found.push("the page itself");
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility() || inScroller(element)) continue;
      const { left, right } = element.getBoundingClientRect();
      const forEarsOnly = right - left <= 1;
      if (forEarsOnly || (left >= -0.5 && right <= width + 0.5)) continue;
      found.push(`${element.localName}.${element.className}: ${left} to ${right} of ${width}`);
    }
    return found;
  });
}

/** The classes of what a style would move, among the elements that a selector names. */
export function moving(page, selector) {
  return page.evaluate((all) => {
    const moves = ({ transitionDuration, animationName }) =>
      !/^0s(, 0s)*$/.test(transitionDuration) || animationName !== "none";
    return [...document.querySelectorAll(all)]
      .filter((element) => moves(getComputedStyle(element)))
      .map((element) => element.className);
  }, selector);
}

/** Counts what a page loads from now on, in bytes as they travel: `loaded()` says how many. */
export async function countBytes(page) {
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await session.send("Network.enable");
  return { session, loaded: () => bytes };
}
