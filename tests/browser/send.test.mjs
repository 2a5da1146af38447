// Beside the clipboard: the mail program, the phone's messages, the share sheet, a text file. What
// leaves the page is the filled message exactly, no address of a person is in it, and when a way
// fails the reader has the text all the same and is told so.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch, openClipboard, withPage } from "./support/browser.mjs";
import { announced, buttonsOf, messageOn } from "./support/copying.mjs";
import { BASES, startSite } from "./support/site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const SEND = join(here, "fixtures", "send");
const TEXT_MESSAGES = join(here, "..", "fixtures", "text-messages.json");
const ANSWER = "reply/answer/";

const SUBJECT = "100% & more: Crumb & Söhne + ü?";
const BODY = `Hi & hello,

1 + 1 = 2, 50% #off <b>, "ß", 漢字 🙂; since November 12, 2026.
One;
two, "three" & 100 %

Ada + Co.`;

for (const base of BASES) {
  describe(`sending, under ${base}`, () => {
    let site, browser, clipboard;

    before(async () => {
      site = await startSite({ root: SEND, base });
      browser = await launch();
      clipboard = await openClipboard(browser, site);
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
    });

    test("the mail program gets subject and words as they stand, with the line ends of mail", async () => {
      await onNote({}, async (page, note) => {
        await way(note, "Open in my mail program").click();
        const [address] = await opened(page);
        assert.match(address, /^mailto:\?subject=[^&+]*&body=[^&+]*$/, "nobody's address, and no raw + or &");
        assert.deepEqual(decoded(address), { subject: SUBJECT, body: BODY.replaceAll("\n", "\r\n") });
        assert.equal(page.url(), site.url + ANSWER, "the page's own address holds nothing");

        await note.getByRole("radio", { name: "Brief" }).check();
        await way(note, "Open in my mail program").click();
        assert.deepEqual(decoded((await opened(page))[1]), { body: "Thanks, Crumb & Söhne." });
      });
    });

    test("what is too long for an address is copied, and the reader hears of it", async () => {
      await onNote({}, async (page, note) => {
        const why = note.getByLabel("Why");
        await why.fill("");
        await way(note, "Open in my mail program").click();
        const rest = "[why]".length + 4; // its brackets are encoded
        const room = 1599 - (await opened(page))[0].length + rest;
        await why.fill("a".repeat(room));
        await way(note, "Open in my mail program").click();
        assert.equal((await opened(page))[1].length, 1599);

        await why.fill("a".repeat(room + 1));
        await clipboard.write("what was there before");
        await way(note, "Open in my mail program").click();
        const told = "This message is too long for the way to your mail program. It is copied, so paste it there.";
        await announced(page, told);
        await note.getByText(told).waitFor();
        assert.equal((await opened(page)).length, 2, "the mail program was not opened");
        const expected = BODY.replace('One;\ntwo, "three" & 100 %', "a".repeat(room + 1));
        assert.equal(await clipboard.read(), expected);
      });
    });

    test("the share sheet gets the exact text", async () => {
      const script = () => {
        globalThis.shared = [];
        navigator.share = async (data) => void globalThis.shared.push(data);
      };
      await onNote({ script }, async (page, note) => {
        await way(note, "Share").click();
        await note.getByRole("radio", { name: "Brief" }).check();
        await way(note, "Share").click();
        const shared = [{ title: SUBJECT, text: BODY }, { title: "Thank-you note", text: "Thanks, Crumb & Söhne." }];
        assert.deepEqual(await page.evaluate(() => globalThis.shared), shared);
      });
    });

    test("a sheet that was closed is no failure; a browser that refuses is, and the text is copied", async () => {
      const script = () => {
        globalThis.refusals = ["AbortError", "NotAllowedError"];
        navigator.share = async () => {
          throw new DOMException("no", globalThis.refusals.shift());
        };
      };
      await onNote({ script }, async (page, note) => {
        await clipboard.write("what was there before");
        await way(note, "Share").click();
        await page.waitForFunction(() => globalThis.refusals.length === 1);
        assert.equal(await page.getByRole("status").textContent(), "");
        assert.equal(await clipboard.read(), "what was there before");
        await way(note, "Share").click();
        await announced(page, "Your browser did not share it. It is copied, so paste it where you want to send it.");
        assert.equal(await clipboard.read(), BODY);
      });
    });

    test("the text file is the message to the byte", async () => {
      await onNote({}, async (page, note) => {
        const { name, bytes } = await saved(page, way(note, "Save as text"));
        assert.equal(name, "Thank-you note.txt");
        assert.deepEqual(bytes, Buffer.from(`${SUBJECT}\n\n${BODY}`, "utf8"));
        await announced(page, "Saved as a text file.");
      });
    });

    test("blanks are named on every way, and keep nobody from it", async () => {
      await onAnswer({}, async (page) => {
        const note = messageOn(page, "Thank-you note");
        await look(note);
        await way(note, "Open in my mail program").click();
        await announced(page, "4 blanks left: company, day, why, your name.");
        const { body } = decoded((await opened(page))[0]);
        assert.ok(body.endsWith("since [day].\r\n[why]\r\n\r\n[your name]"), body);
      });
    });

    /** The answer's page with the first message filled in and its other ways open. */
    async function onNote(options, use) {
      await onAnswer(options, async (page) => {
        const note = messageOn(page, "Thank-you note");
        await note.locator("summary").filter({ hasText: /^Fill in/ }).click();
        await note.getByLabel("The company").fill("Crumb & Söhne");
        await note.getByLabel("The day").fill("2026-11-12");
        await note.getByLabel("Why").fill('One;\ntwo, "three" & 100 %');
        await note.getByLabel("Your name").fill("Ada + Co.");
        await look(note);
        await use(page, note);
      });
    }

    async function onAnswer({ script, ...options }, use) {
      await onPage(browser, site, { script, ...options }, use);
    }
  });
}

describe("sending", () => {
  let site, browser, clipboard;

  before(async () => {
    site = await startSite({ root: SEND });
    browser = await launch();
    clipboard = await openClipboard(browser, site);
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("each message shows the ways that fit it", async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    const always = ["Save as text", "Remind me tomorrow at 9:00"];
    const noSheet = () => delete Navigator.prototype.share;
    const sheet = () => (navigator.share = async () => {});
    for (const [options, script, touch, share] of [[{}, noSheet, [], []], [phone, sheet, ["Open in my messages"], ["Share"]]]) {
      await onPage(browser, site, { script, ...options }, async (page) => {
        for (const [title, own] of [["Thank-you note", ["Open in my mail program"]], ["Text", touch], ["Call", []]]) {
          const message = messageOn(page, title);
          await look(message);
          const shown = message.locator("[data-ways-list] > *").filter({ visible: true });
          assert.deepEqual(await shown.allTextContents(), [...own, ...share, ...always], title);
        }
      });
    }
  });

  test("a phone's messages get the words", async () => {
    await onPage(browser, site, { hasTouch: true, isMobile: true }, async (page) => {
      const text = messageOn(page, "Text");
      await text.getByText("[why]").tap();
      await text.getByLabel("Why").fill("You & I + 100 %\nß");
      await look(text);
      await way(text, "Open in my messages").click();
      const [address] = await opened(page);
      assert.match(address, /^sms:\?&body=[^&+]*$/);
      assert.equal(decodeURIComponent(address.split("body=")[1]), "Thanks for the call. You & I + 100 %\nß");
    });
  });

  test("where the ways cannot be loaded the reader is told, and copying works", async () => {
    await onPage(browser, site, {}, async (page) => {
      await page.route(/\/assets\/send\./, (route) => route.abort());
      const call = messageOn(page, "Call");
      await call.locator("summary").filter({ hasText: /^Other ways/ }).click();
      await call.getByText("These could not be loaded. Copying works as before.").waitFor();
      await buttonsOf(call).click();
      await announced(page, "Copied: call.");
      assert.equal(await clipboard.read(), "Thank you for calling me.");
    });
  });

  test("a limit is counted in the filled words, and what is too long is said with the copy", async () => {
    await onPage(browser, site, {}, async (page) => {
      const note = messageOn(page, "Note");
      await note.getByText("21 of 40 characters, blanks not counted").waitFor();
      await note.getByText("[your name]").click();
      await note.getByLabel("Your name").fill("🙂".repeat(19));
      await note.getByText("40 of 40 characters", { exact: true }).waitFor();
      await note.getByLabel("Your name").fill("🙂".repeat(20));
      await note.getByText("41 of 40 characters: 1 too many", { exact: true }).waitFor();
      await buttonsOf(note).click();
      await announced(page, "Copied: note. 41 of 40 characters: 1 too many.");
      assert.equal(await clipboard.read(), `Thanks for the talk. ${"🙂".repeat(20)}`);
      assert.equal(await messageOn(page, "Call").locator("[data-count]").count(), 0);
    });
  });

  test("text messages are counted in the places and parts of phones", async () => {
    await onPage(browser, site, {}, async (page) => {
      const text = messageOn(page, "Text");
      const own = "Thanks for the call. ".length;
      await text.getByText(`${own} of 160 characters, blanks not counted`).waitFor();
      await text.getByText("[why]").click();
      for (const [typed, words] of [
        ["5 €", `${own + 4} of 160 characters`],
        ["a".repeat(160 - own), "160 of 160 characters"],
        ["a".repeat(161 - own), "161 characters, sent as 2 text messages"],
        ["It’s", `${own + 4} of 70 characters (“’” leaves less room)`],
        ["🙂".repeat(30), `${own + 60} characters, sent as 2 text messages (“🙂” leaves less room)`],
      ]) {
        await text.getByLabel("Why").fill(typed);
        await text.getByText(words, { exact: true }).waitFor();
      }
    });
  });

  test("the page measures text messages as the build does", async () => {
    const cases = JSON.parse(await readFile(TEXT_MESSAGES, "utf8"));
    assert.ok(cases.length > 20);
    await onPage(browser, site, {}, async (page) => {
      const module = site.files.find((file) => /^assets\/count\./.test(file));
      const measured = await page.evaluate(
        async ([url, texts]) => {
          const { measure } = await import(url);
          return texts.map((text) => measure(text));
        },
        [`${site.base}${module}`, cases.map(({ text }) => text)],
      );
      for (const [index, { name, units, parts }] of cases.entries()) {
        assert.deepEqual([measured[index].units, measured[index].parts], [units, parts], name);
      }
    });
  });
});

/** Opens the other ways of a message and waits until they are there. */
async function look(message) {
  await message.locator("summary").filter({ hasText: /^Other ways/ }).click();
  await message.locator("[data-ways-list]").waitFor();
}

function way(message, name) {
  return message.locator("[data-ways-list]").getByText(name, { exact: true });
}

/** What a press of a control gives the reader as a file. */
async function saved(page, control) {
  const [file] = await Promise.all([page.waitForEvent("download"), control.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The addresses that would have opened another program. */
function opened(page) {
  return page.evaluate(() => globalThis.opened);
}

/** The fields of an address, decoded as RFC 6068 says: percent signs, and no plus for a space. */
function decoded(address) {
  const pairs = address.slice(address.indexOf("?") + 1).split("&");
  return Object.fromEntries(pairs.map((pair) => pair.split("=").map(decodeURIComponent)));
}

/** In the page: links to other programs are written down and not followed. */
function recordOpened() {
  globalThis.opened = [];
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='mailto:'], a[href^='sms:']");
    if (!link) return;
    if (!event.defaultPrevented) globalThis.opened.push(link.href);
    event.preventDefault();
  });
}

/** Runs `use` on the page of the answer, in a browser that `script` changed. */
async function onPage(browser, site, { script, ...options }, use) {
  await withPage(browser, options, async (page) => {
    await page.addInitScript(recordOpened);
    if (script) await page.addInitScript(script);
    await page.goto(site.url + ANSWER);
    await use(page);
  });
}
