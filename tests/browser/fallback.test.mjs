// When the clipboard is forbidden, missing or broken, the reader gets the text another way, and is
// told the truth about it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { INSECURE_HOST, denyClipboard, launch, openClipboard, withProfile } from "./support/browser.mjs";
import { announced, announcedCopy, assertFocused, buttonsOf, messageOn } from "./support/copying.mjs";
import { HARD, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

// the message that is hardest to keep exact
const [article] = await readArticles(HARD);
const [message] = article.messages;
const [{ subject, body }] = message.variants;

describe("without the clipboard", () => {
  let site, browser, clipboard;

  before(async () => {
    site = await startSite({ root: HARD });
    browser = await launch();
    clipboard = await openClipboard(browser, site);
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("forbidden: the older way copies, to the byte", async () => {
    await onMessage({}, async (page, buttons) => {
      await denyClipboard(page, site);
      assert.equal(await refusal(page), "NotAllowedError");
      await copiesBoth(page, buttons);
    });
  });

  test("missing, on a page without https: the older way copies, to the byte", async () => {
    const host = { host: INSECURE_HOST };
    await onMessage(host, async (page, buttons) => {
      assert.equal(await page.evaluate(() => navigator.clipboard), undefined);
      await copiesBoth(page, buttons);
    });
  });

  const broken = {
    "says no": () => {
      document.execCommand = () => false;
    },
    "throws": () => {
      document.execCommand = () => {
        throw new Error("not in this browser");
      };
    },
  };
  for (const [how, script] of Object.entries(broken)) {
    test(`forbidden, and the older way ${how}: the text is selected and the keys are named`, async () => {
      await onMessage({ script }, async (page, [, button]) => {
        await denyClipboard(page, site);
        await clipboard.write("what was there before");
        await button.click();
        const told = "The text is selected: press Ctrl+C to copy it.";
        await announced(page, `Not copied. ${told}`);
        await page.getByRole("group").getByText(told).waitFor();
        await assertFocused(button);
        assert.deepEqual(await everySaid(page), [`Not copied. ${told}`]);
        assert.equal(await clipboard.read(), "what was there before");

        assert.equal(await page.evaluate(() => getSelection().toString()), body);
        await page.keyboard.press("Control+C");
        // copied by hand from the page, where Chromium writes a no-break space as a space
        assert.equal(await clipboard.read(), body.replaceAll("\u00a0", " "));
      });
    });
  }

  test("nothing is claimed before the browser has said yes", async () => {
    await onMessage({ script: answerLater }, async (page, [, button]) => {
      await button.click();
      assert.deepEqual(await everySaid(page), []);
      assert.equal(await page.getByRole("group").getByText("Copied").count(), 0);
      await page.evaluate(() => globalThis.sayYes());
      const name = await button.textContent();
      await announcedCopy(page, name);
      const said = await page.evaluate(() => globalThis.said);
      assert.deepEqual(said.map(({ answered }) => answered), [true]);
    });
  });

  /** Opens the first message with its buttons, on another host or with a changed browser. */
  async function onMessage({ host = "127.0.0.1", script }, use) {
    await withProfile(browser, async (page) => {
      await page.addInitScript(recordAnnouncements);
      if (script) await page.addInitScript(script);
      const url = new URL(site.url + article.path);
      url.hostname = host;
      await page.goto(url.href);
      await use(page, await buttonsOf(messageOn(page, message.title)).all());
    });
  }

  async function copiesBoth(page, buttons) {
    for (const [index, text] of [subject, body].entries()) {
      await clipboard.write("what was there before");
      await buttons[index].click();
      const name = await buttons[index].textContent();
      await announcedCopy(page, name);
      assert.equal(await clipboard.read(), text);
      await assertFocused(buttons[index]);
    }
  }
});

/** How the clipboard refuses; "no" if it does not. */
function refusal(page) {
  return page.evaluate(() => navigator.clipboard.writeText("x").then(() => "no", (error) => error.name));
}

async function everySaid(page) {
  return (await page.evaluate(() => globalThis.said)).map(({ text }) => text);
}

/** In the page: everything that the status region ever says, and whether it was true by then. */
function recordAnnouncements() {
  globalThis.said = [];
  globalThis.answered = false;
  addEventListener("DOMContentLoaded", () => {
    const region = document.querySelector("[role=status]");
    const record = () => {
      const text = region.textContent;
      if (text) globalThis.said.push({ text, answered: globalThis.answered });
    };
    new MutationObserver(record).observe(region, { childList: true, characterData: true, subtree: true });
  });
}

/** In the page: a browser that takes its time over the clipboard. */
function answerLater() {
  navigator.clipboard.writeText = () =>
    new Promise((resolve) => {
      globalThis.sayYes = () => {
        globalThis.answered = true;
        resolve();
      };
    });
}
