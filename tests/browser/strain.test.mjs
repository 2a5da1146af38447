// Pages under strain: at twice the size, with twice the text, in the reader's own colours, without
// motion. Nothing leaves the window, nothing is cut off, and a control can still be told from text.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, moving, openDetails, overflowing, withPage } from "./support/browser.mjs";
import { KINDS, ROOT, startSite } from "./support/site.mjs";

const PATHS = [...KINDS, "search/?q=ghosted", "questions/", "about/"];

/* A desk at 200 %, as its browser tells the page. */
const ZOOMED = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const OWN_COLOURS = { forcedColors: "active", reducedMotion: "reduce" };

describe("under strain", () => {
  let site, browser;

  before(async () => {
    site = await startSite({ root: ROOT });
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  for (const path of PATHS) {
    test(`/${path} stands at 200 %, in the reader's own colours, and nothing moves`, async () => {
      await on(path, { ...ZOOMED, ...OWN_COLOURS }, async (page) => {
        assert.deepEqual(await overflowing(page), []);
        assert.deepEqual(await cutOff(page), []);
        assert.deepEqual(await withoutEdge(page), []);
        assert.deepEqual(await moving(page, "body, body *"), []);
        assert.deepEqual(await withoutFocus(page), []);
      });
    });

    test(`/${path} stands on a phone whose text is twice as large`, async () => {
      await on(path, PHONE, async (page) => {
        assert.deepEqual(await overflowing(page), []);
        assert.deepEqual(await cutOff(page), []);
      }, 32);
    });
  }

  /** A page with everything open, in a browser whose text has a size of the reader's. */
  async function on(path, options, use, textSize = 16) {
    await withPage(browser, options, async (page) => {
      const session = await page.context().newCDPSession(page);
      await session.send("Page.setFontSizes", { fontSizes: { standard: textSize, fixed: textSize } });
      await page.goto(site.url + path);
      const size = () => getComputedStyle(document.documentElement).fontSize;
      assert.equal(await page.evaluate(size), `${textSize}px`);
      if (path.startsWith("search/")) await page.getByRole("heading", { level: 2 }).first().waitFor();
      await openDetails(page);
      await use(page);
    });
  }
});

/** Boxes that hide a part of their own text. A field scrolls, and what is for ears has no size. */
function cutOff(page) {
  return page.evaluate(() => {
    const hides = ({ overflowX, overflowY }) => /hidden|clip/.test(overflowX + overflowY);
    return [...document.querySelectorAll("body *:not(input)")]
      .filter((one) => one.checkVisibility() && one.clientWidth > 1 && hides(getComputedStyle(one)))
      .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
      .map((one) => one.outerHTML.slice(0, 200));
  });
}

/** Controls that only their ground would tell from text: own colours have one ground for all. */
function withoutEdge(page) {
  return page.evaluate(() => {
    const drawn = (one) => {
      const { borderTopStyle, borderBottomStyle, textDecorationLine } = getComputedStyle(one);
      const lines = [borderTopStyle, borderBottomStyle, textDecorationLine];
      return lines.some((line) => line !== "none");
    };
    // a sign inside the field, whose edge is its edge, too
    const isSign = (one) => one.textContent.trim() === "" || one.parentElement.querySelector("input");
    return [...document.querySelectorAll("button, select, textarea, input:not([type=radio], [type=checkbox])")]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !drawn(one))
      .filter((one) => !(one.localName === "button" && isSign(one)))
      .map((one) => one.outerHTML.slice(0, 200));
  });
}

/** Kinds of controls that show nothing when the keyboard comes to them. */
async function withoutFocus(page) {
  await page.keyboard.press("Tab"); // from now on the browser shows where the keyboard is
  return page.evaluate(() => {
    const kinds = new Map();
    for (const one of document.querySelectorAll("a[href], button, select, textarea, input, summary")) {
      if (one.checkVisibility({ visibilityProperty: true })) kinds.set(one.className, one);
    }
    const silent = [];
    for (const [kind, one] of kinds) {
      one.focus();
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      if (outlineStyle === "none" || outlineWidth === "0px") silent.push(kind || one.outerHTML);
    }
    return silent;
  });
}
