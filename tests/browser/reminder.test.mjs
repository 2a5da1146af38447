// Reminders: a file for the reader's own calendar, made in the browser with the message inside; and
// without script a task that claims no day. What is in a file is read by a library of others.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import ICAL from "ical.js";

import { launch, openPage } from "./support/browser.mjs";
import { announced, assertFocused, messageOn } from "./support/copying.mjs";
import { BASES, startSite } from "./support/site.mjs";

const SEND = join(dirname(fileURLToPath(import.meta.url)), "fixtures", "send");
const REMIND = "later/remind/";
const HEAT = "“unfair” can sound angry or pleading. Read it once more before you send it.";

// late on a Tuesday: it is Wednesday already in Greenwich
const EVENING = { now: "2026-11-24T23:30:00-08:00", timezoneId: "America/Los_Angeles", locale: "en-GB" };

for (const base of BASES) {
  describe(`reminders, under ${base}`, () => {
    let site, browser;

    before(async () => {
      site = await startSite({ root: SEND, base });
      browser = await launch();
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
    });

    test("the day is counted from the reader's own today and said in their own way", async () => {
      for (const [locale, words] of [["en-GB", "22 February 2027"], ["en-US", "February 22, 2027"]]) {
        await onRemind({ ...EVENING, locale }, async (page) => {
          const card = cardOf(page, "Write again; or, if not, rest");
          await card.getByText(`In 90 days is ${words}.`).waitFor();
          assert.equal(await card.getByLabel("Day").inputValue(), "2027-02-22");
          await card.getByLabel("Day").fill("2026-11-25");
          await card.getByText(/^In 1 day is /).waitFor();
          assert.equal(await card.getByRole("link", { name: /task/ }).count(), 0, "one way is enough");
        });
      }
    });

    test("the file holds the day, the title and the message in the chosen tone, filled in", async () => {
      await onRemind(EVENING, async (page) => {
        const check = messageOn(page, "Check-in");
        await check.getByRole("radio", { name: "Formal" }).check();
        await check.getByText("[company]").filter({ visible: true }).click();
        await check.getByLabel("The company").fill("Crumb; Söhne, Ltd");
        const why = `Grüße aus München 🙂, \\ ${"漢字".repeat(60)};\nzweite Zeile`;
        await check.getByLabel("Why").fill(why);

        const card = cardOf(page, "Write again; or, if not, rest");
        const { name, text } = await saved(page, card.getByRole("button"));
        await announced(page, "Open the file to put it into your calendar.");
        assert.ok(name.endsWith(".ics"), name);
        const event = read(text, "vevent");
        assert.equal(event.summary, "Write again; or, if not, rest");
        assert.equal(event.description, `I hope that all is well at Crumb; Söhne, Ltd. ${why}`);
        assert.equal(event.dtstart, "2027-02-22T09:00:00", "nine in the morning, wherever the reader is");
        assert.equal(event.dtend, "2027-02-22T09:15:00");
        assert.equal(event.url, site.url + REMIND);
        assert.equal(event.dtstamp, "2026-11-25T07:30:00Z");
        assert.match(event.uid, /^[0-9a-f]{32}$/);
        const again = read((await saved(page, card.getByRole("button"))).text, "vevent");
        assert.notEqual(again.uid, event.uid, "another event");
      });
    });

    test("a message of another page is inside too, and a reminder may go without one", async () => {
      await onRemind(EVENING, async (page) => {
        await page.evaluate((key) => sessionStorage.setItem(key, '{"day": "2026-11-12"}'), `${base}values`);
        await page.reload();
        const other = await saved(page, cardOf(page, "Send the note").getByRole("button"));
        const event = read(other.text, "vevent");
        assert.equal(event.dtstart, "2026-11-25T09:00:00");
        assert.ok(event.description.startsWith("100% & more: [company] + ü?\n\nHi & hello,\n\n"), event.description);
        assert.ok(event.description.includes("since 12 November 2026.\n[why]"), event.description);
        const none = await saved(page, cardOf(page, "Look back").getByRole("button"));
        assert.equal(read(none.text, "vevent").description, "");
      });
    });

    test("a day that is over is not taken, and the reader is led back to the field", async () => {
      await onRemind(EVENING, async (page) => {
        const card = cardOf(page, "Look back");
        for (const day of ["2026-11-24", ""]) {
          await card.getByLabel("Day").fill(day);
          await card.getByRole("button").click();
          await announced(page, "Choose a day that is still to come.");
          await card.getByText("Choose a day that is still to come.").waitFor();
          await assertFocused(card.getByLabel("Day"));
        }
      });
    });

    test("to sleep on it is an event tomorrow at nine", async () => {
      await onRemind(EVENING, async (page) => {
        await page.goto(`${site.url}reply/answer/`);
        const note = messageOn(page, "Thank-you note");
        await note.getByText("[why]").click();
        await note.getByLabel("Why").fill("unfair");
        await note.getByLabel("Why").blur();
        const { text } = await saved(page, note.getByRole("button", { name: "Sleep on it: remind me tomorrow at 9:00" }));
        await announced(page, `Open the file to put it into your calendar. 3 blanks left: company, day, your name. ${HEAT}`);
        const event = read(text, "vevent");
        assert.equal(event.summary, "Read it again: Thank-you note");
        assert.equal(event.dtstart, "2026-11-25T09:00:00");
        assert.ok(event.description.includes("\nunfair\n\n[your name]"), event.description);
      });
    });

    test("without script there is a task without a day", async () => {
      await onRemind({ javaScriptEnabled: false }, async (page) => {
        const card = cardOf(page, "Write again; or, if not, rest");
        await card.getByText("In 90 days", { exact: true }).waitFor();
        assert.equal(await card.getByRole("button").count(), 0);
        const { text } = await saved(page, card.getByRole("link", { name: "Save it as a task without a date (.ics)" }));
        const task = read(text, "vtodo");
        assert.equal(task.summary, "Write again; or, if not, rest");
        assert.equal(task.description, "In 90 days\n\nNews of [company]\n\nHow is it going, [your name]?");
        assert.equal(task.url, site.url + REMIND);
        assert.equal(task.dtstamp, "2026-03-02T00:00:00Z");
        assert.equal(task.due ?? task.dtstart, undefined);
      });
    });

    async function onRemind({ now, ...options }, use) {
      const page = await openPage(browser, options);
      try {
        if (now) await page.clock.setFixedTime(new Date(now));
        await page.goto(site.url + REMIND);
        await use(page);
      } finally {
        await page.context().close();
      }
    }
  });
}

function cardOf(page, title) {
  return page.getByRole("group", { name: title, exact: true });
}

async function saved(page, control) {
  const [file] = await Promise.all([page.waitForEvent("download"), control.click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

/** The one entry of a calendar as plain values, after its lines were found in order (RFC 5545, 3.1). */
function read(text, kind) {
  assert.ok(text.endsWith("\r\n"));
  const lines = text.slice(0, -2).split("\r\n");
  for (const line of lines) {
    assert.ok(!/[\r\n]/.test(line) && Buffer.byteLength(line) <= 75, line);
    assert.ok(!line.includes("\ufffd"), "no letter is cut in two");
  }
  const calendar = new ICAL.Component(ICAL.parse(text));
  assert.deepEqual([calendar.getFirstPropertyValue("version"), calendar.getAllSubcomponents().length], ["2.0", 1]);
  const entry = calendar.getFirstSubcomponent(kind);
  const alarm = entry.getFirstSubcomponent("valarm");
  if (kind === "vevent") assert.equal(alarm.getFirstPropertyValue("trigger").toString(), "PT0S");
  const values = entry.getAllProperties().map((one) => [one.name, one.getFirstValue().toString()]);
  return Object.fromEntries(values);
}
