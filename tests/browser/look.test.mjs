// The look of the shell: light or dark as the reader chose and never the wrong one first, a fade
// from page to page, pages fetched ahead, and nothing that jumps.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";

import { launch, withPage } from "./support/browser.mjs";
import { BASES, KINDS, startSite } from "./support/site.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const LIGHT = "rgb(244, 246, 244)";
const DARK = "rgb(20, 25, 24)";
const ARTICLE = "reply/thank-you-after-rejection/";
const SLOW = 300; // milliseconds

for (const base of BASES) {
  const site = await startSite({ base });

  describe(`the look under ${base}`, () => {
    let browser;

    before(async () => {
      browser = await launch();
    });

    after(async () => {
      await browser?.close();
      await site.stop();
    });

    /** A page with nothing stored; what the console says is a fault. */
    async function on(path, { prepare, ...options }, use) {
      await withPage(browser, options, async (page) => {
        const said = [];
        page.on("console", (message) => said.push(message.text()));
        page.on("pageerror", (error) => said.push(error.message));
        await page.addInitScript(recordFirstLook);
        await prepare?.(page);
        await page.goto(site.url + path);
        await use(page);
        assert.deepEqual(said, []);
      });
    }

    test("a choice is there on the next page before anything is shown, and goes again", async () => {
      await on("about/", { colorScheme: "light" }, async (page) => {
        assert.deepEqual(await look(page), ["system", LIGHT]);
        await choose(page, "Dark");
        assert.deepEqual(await look(page), ["dark", DARK]);
        assert.deepEqual(await kept(page), { [`${base}scheme`]: "dark" });
        for (const path of [ARTICLE, "", "404.html"]) {
          await page.goto(site.url + path);
          assert.deepEqual(await firstLook(page), ["dark", DARK], path);
          assert.ok(await radio(page, "Dark").isChecked());
        }
        await choose(page, "System");
        assert.deepEqual(await look(page), ["system", LIGHT]);
        assert.deepEqual(await kept(page), {});
      });
    });

    if (base !== BASES[0]) return; // what follows does not look at addresses

    test("without a choice the page follows the system, at once", async () => {
      await on("about/", { colorScheme: "dark" }, async (page) => {
        assert.deepEqual(await firstLook(page), ["system", DARK]);
        await page.emulateMedia({ colorScheme: "light" });
        assert.deepEqual(await look(page), ["system", LIGHT]);
        await choose(page, "Light");
        await page.emulateMedia({ colorScheme: "dark" });
        assert.deepEqual(await look(page), ["light", LIGHT]);
      });
    });

    test("going back to a page shows it in the colours chosen since", async () => {
      await on("about/", { colorScheme: "light" }, async (page) => {
        await page.goto(site.url + ARTICLE);
        await choose(page, "Dark");
        await page.goBack();
        await page.waitForFunction(() => document.documentElement.dataset.scheme === "dark");
        assert.ok(await radio(page, "Dark").isChecked());
      });
    });

    test("the colour that a phone paints around the page is the page's own", async () => {
      await on("about/", { colorScheme: "light" }, async (page) => {
        assert.deepEqual(await aroundPage(page), [LIGHT]);
        await choose(page, "Dark");
        assert.deepEqual(await aroundPage(page), [DARK]);
        await page.emulateMedia({ colorScheme: "dark" });
        await choose(page, "Light");
        assert.deepEqual(await aroundPage(page), [LIGHT]);
        await choose(page, "System");
        assert.deepEqual(await aroundPage(page), [DARK]);
      });
    });

    test("where nothing can be stored, the choice holds for the page", async () => {
      const prepare = (page) => page.addInitScript(denyStorage);
      await on("about/", { colorScheme: "light", prepare }, async (page) => {
        await choose(page, "Dark");
        assert.deepEqual(await look(page), ["dark", DARK]);
        await page.goto(site.url + ARTICLE);
        assert.deepEqual(await look(page), ["system", LIGHT]);
      });
    });

    test("without script there is no choice, and the system decides", async () => {
      await withPage(browser, { javaScriptEnabled: false, colorScheme: "dark" }, async (page) => {
        await page.goto(`${site.url}about/`);
        assert.equal(await page.getByRole("radio").count(), 0);
        assert.equal(await page.getByText("Colours").isVisible(), false);
        const shot = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
        assert.equal(shot, DARK);
      });
    });

    test("paper is light", async () => {
      await on(ARTICLE, { colorScheme: "dark" }, async (page) => {
        await choose(page, "Dark");
        await page.emulateMedia({ media: "print" });
        assert.deepEqual(await look(page), ["dark", "rgb(255, 255, 255)"]);
      });
    });

    for (const scheme of ["Light", "Dark"]) {
      test(`everybody can use a page in ${scheme.toLowerCase()} by choice`, async () => {
        const colorScheme = scheme === "Light" ? "dark" : "light";
        await on(ARTICLE, { colorScheme }, async (page) => {
          await choose(page, scheme);
          await page.evaluate(AXE);
          assert.deepEqual(await violations(page), []);
        });
      });
    }

    for (const [reducedMotion, fades] of [["no-preference", true], ["reduce", false]]) {
      test(`from page to page: ${fades ? "a fade" : "no motion where none is wanted"}`, async () => {
        const prepare = (page) => page.addInitScript(recordTransition);
        await on("", { reducedMotion, prepare }, async (page) => {
          await page.getByRole("main").getByRole("link").first().click();
          await page.waitForURL(`${site.url}start/**`);
          assert.equal(await page.evaluate(() => sessionStorage.getItem("fades")), String(fades));
        });
      });
    }

    test("a page that a reader is about to open is fetched ahead, a file never", async () => {
      await on("about/", {}, async (page) => {
        const ahead = new Set();
        const session = await page.context().newCDPSession(page);
        const fetched = new Promise((resolve) => {
          session.on("Preload.prefetchStatusUpdated", ({ prefetchUrl, status }) => {
            ahead.add(prefetchUrl);
            if (status === "Ready") resolve();
          });
        });
        await session.send("Preload.enable");
        const foot = page.getByRole("contentinfo");
        await foot.getByRole("link", { name: "Feed" }).hover();
        await foot.getByRole("link", { name: "Glossary" }).hover();
        await fetched;
        assert.deepEqual([...ahead], [`${site.url}glossary/`]);
        await foot.getByRole("link", { name: "Glossary" }).click();
        await page.waitForURL(`${site.url}glossary/`);
        const way = () => performance.getEntriesByType("navigation")[0].deliveryType;
        assert.equal(await page.evaluate(way), "navigational-prefetch");
      });
    });

    test("the policy of every page names the hash of the rules for that", () => {
      for (const { path, html } of site.pages) {
        const rules = /<script type="speculationrules">(.*?)<\/script>/.exec(html)[1];
        const hash = createHash("sha256").update(rules).digest("base64");
        const written = /http-equiv="Content-Security-Policy" content="(.*?)"/.exec(html)[1];
        const policy = written.replaceAll("&#39;", "'");
        assert.ok(policy.includes(`script-src 'self' 'sha256-${hash}';`), `/${path}`);
      }
    });

    for (const width of [360, 1280]) {
      for (const path of KINDS) {
        test(`/${path} stays still at ${width} px, however late its scripts come`, async () => {
          const options = { viewport: { width, height: 800 }, prepare: slowScripts };
          await on(path, options, async (page) => assert.deepEqual(await shifts(page), []));
        });
      }
    }
  });
}

function radio(page, name) {
  return page.getByRole("group", { name: "Colours" }).getByRole("radio", { name });
}

function choose(page, name) {
  return radio(page, name).check();
}

/** The scheme that is marked, and the colour that is there. */
function look(page) {
  return page.evaluate(() => [
    document.documentElement.dataset.scheme,
    getComputedStyle(document.body).backgroundColor,
  ]);
}

/** The same, as it was right before the first frame. */
async function firstLook(page) {
  const look = await page.waitForFunction(() => globalThis.firstLook);
  return look.jsonValue();
}

/** Everything that is stored for the whole host. */
function kept(page) {
  return page.evaluate(() => ({ ...localStorage }));
}

/** The `theme-color`s that count, as a browser writes colours. */
function aroundPage(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("meta[name=theme-color]")]
      .filter((meta) => matchMedia(meta.media).matches)
      .map((meta) => {
        const probe = document.createElement("i");
        probe.style.color = meta.content;
        return probe.style.color;
      }),
  );
}

async function violations(page) {
  const found = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`);
}

/** What moved by itself, and how much, two frames after everything was loaded. */
function shifts(page) {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    return globalThis.shifts.concat(globalThis.shiftObserver.takeRecords().map(globalThis.describe));
  });
}

/** A network on which every module comes long after the page could be painted; and what moves. */
async function slowScripts(page) {
  await page.addInitScript(() => {
    globalThis.shifts = [];
    globalThis.describe = ({ value, sources }) => {
      const names = sources.map(({ node }) => `${node?.localName}.${node?.className}`);
      return `${value}: ${names.join(", ")}`;
    };
    globalThis.shiftObserver = new PerformanceObserver((list) => {
      globalThis.shifts.push(...list.getEntries().map(globalThis.describe));
    });
    globalThis.shiftObserver.observe({ type: "layout-shift", buffered: true });
  });
  await page.route(/\/assets\/(?!scheme\.)[^/]*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW));
    await route.continue();
  });
}

/** In the page: what stands there right before the first frame that has a body. */
function recordFirstLook() {
  const frame = () => {
    if (!document.body) return requestAnimationFrame(frame);
    const { scheme } = document.documentElement.dataset;
    globalThis.firstLook = [scheme, getComputedStyle(document.body).backgroundColor];
    return undefined;
  };
  requestAnimationFrame(frame);
}

/** In the page: whether it leaves with a transition. A browser may drop one that would be late. */
function recordTransition() {
  addEventListener("pageswap", ({ viewTransition }) => {
    sessionStorage.setItem("fades", viewTransition !== null);
    viewTransition?.ready.catch(() => {});
  });
}

/** In the page: a browser whose reader forbids every storage. */
function denyStorage() {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(globalThis, name, {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  }
}
