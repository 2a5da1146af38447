// axe-core finds nothing on any page, light or dark, on a phone, a tablet or a desk; and nothing
// stands outside a small window. One page of each kind is looked at in all widths and colours; the
// others, which differ in their words alone, at the ends, and those that are not for readers once.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { launch, openDetails, openPage, overflowing } from "./support/browser.mjs";
import { HARD, KINDS, ROOT, isAside, startSite } from "./support/site.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const ALL_RULES = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
};
const WIDTHS = [320, 768, 1280];
/* What depends on colour; all else is the same in the dark. */
const DARK_RULES = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

for (const [name, root] of [["the site", ROOT], ["the hard cases", HARD]]) {
  const site = await startSite({ root });

  describe(`every page of ${name} can be used by everybody`, () => {
    let browser, page;

    before(async () => {
      browser = await launch();
      page = await openPage(browser);
    });

    after(async () => {
      await browser?.close();
      await site.stop();
    });

    for (const { path, url } of site.pages) {
      test(`/${path}`, async () => {
        await page.goto(url);
        await openDetails(page);
        await page.evaluate(AXE);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          assert.deepEqual(await overflowing(page), [], `at ${width} px`);
          if (width === WIDTHS[1] && !isFirstOfKind(path)) continue;
          if (width !== WIDTHS[0] && isAside(path)) continue;
          await page.emulateMedia({ colorScheme: "light" });
          assert.deepEqual(await violations(page, ALL_RULES), [], `at ${width} px, light`);
          if (isAside(path) || (width !== WIDTHS[0] && !isFirstOfKind(path))) continue;
          await page.emulateMedia({ colorScheme: "dark" });
          assert.deepEqual(await violations(page, DARK_RULES), [], `at ${width} px, dark`);
        }
      });
    }
  });
}

function isFirstOfKind(path) {
  return KINDS.includes(path);
}

/** What axe found, in lines a person can act on. */
async function violations(page, rules) {
  const found = await page.evaluate(
    (runOnly) => globalThis.axe.run({ runOnly, resultTypes: ["violations"] }),
    rules,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`),
  );
}
