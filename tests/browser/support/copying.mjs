// What a reader does with a message, in words of the page and not of its markup.

import assert from "node:assert/strict";

/** A message on a page, by its title. */
export function messageOn(scope, title) {
  return scope.getByRole("group", { name: title, exact: true });
}

/** A message's line on the page of all messages: titles may be equal, their articles are not. */
export function lineOf(page, article, message) {
  const title = page.getByRole("heading", { name: message.title, exact: true, level: 3 });
  const origin = page.locator(`a[href$="/${article.path}"]`);
  return page.locator("main details").filter({ has: title }).filter({ has: origin });
}

/** The button for the text, or for the subject, of the tone that shows. */
export function buttonsOf(message) {
  return message.getByRole("button", { name: /^copy /i });
}

/** Chooses the tone where there is a choice. */
export async function choose(message, variant, among) {
  if (among.length < 2) return;
  await message.getByRole("radio", { name: new RegExp(`^${variant.tone}$`, "i") }).check();
}

/** The texts that the buttons of one variant must copy, in their order. */
export function textsOf(variant) {
  return [variant.subject, variant.body].filter((text) => text !== undefined);
}

/** The name a button must have: what it copies, of which message, in which tone. */
export function buttonNames(message, variant) {
  const tone = message.variants.length > 1 ? `, ${variant.tone}` : "";
  const whole = `copy ${message.title}${tone}`;
  const subject = `copy subject of ${message.title}${tone}`;
  return (variant.subject === undefined ? [whole] : [subject, whole]).map((n) => n.toLowerCase());
}

/** Presses every copy button of a message, in every tone, and pastes what each one gave. */
export async function copyAll(page, clipboard, scope, expected, pressed = pressedByMouse) {
  const message = messageOn(scope, expected.title);
  let copied = 0;
  for (const variant of expected.variants) {
    await choose(message, variant, expected.variants);
    const buttons = buttonsOf(message);
    const names = await buttons.allTextContents();
    assert.deepEqual(names.map((name) => name.toLowerCase()), buttonNames(expected, variant));
    assert.deepEqual(await pressed(page, clipboard, buttons, names), textsOf(variant), names.join());
    copied += names.length;
  }
  return copied;
}

/** What is on the clipboard after each button, pressed with a mouse. */
export async function pressedByMouse(page, clipboard, buttons, names) {
  const texts = [];
  for (const [index, name] of names.entries()) {
    await Promise.all([clipboard.write("what was there before"), forgetAnnouncement(page)]);
    await buttons.nth(index).click();
    await announcedCopy(page, name);
    texts.push(await clipboard.read());
  }
  return texts;
}

/**
 * The same in a fraction of the time: a script presses them, each where a mouse would hit it, and
 * hears what is said. The page has got `clipboard.take` as `paste`.
 */
export async function pressedByScript(page, clipboard, buttons, names) {
  await clipboard.take();
  return buttons.evaluateAll(async (all, patterns) => {
    const region = document.querySelector("[role=status]");
    const texts = [];
    for (const [index, button] of all.entries()) {
      button.scrollIntoView({ block: "center", behavior: "instant" });
      const { x, y, width, height } = button.getBoundingClientRect();
      const hit = document.elementFromPoint(x + width / 2, y + height / 2);
      if (!button.contains(hit)) throw new Error(`${hit?.outerHTML} covers ${button.textContent}`);
      region.textContent = "";
      const heard = new Promise((resolve, reject) => {
        const silent = () => reject(new Error(`${button.textContent} says: ${region.textContent}`));
        const patience = setTimeout(silent, 30_000);
        const observer = new MutationObserver(() => {
          if (!new RegExp(patterns[index]).test(region.textContent)) return;
          observer.disconnect();
          clearTimeout(patience);
          resolve();
        });
        observer.observe(region, { childList: true, characterData: true, subtree: true });
      });
      button.click();
      await heard;
      texts.push(await globalThis.paste());
    }
    return texts;
  }, names.map(sayingOf));
}

/** Empties the status region, so that what is heard next is new: the same button says the same twice. */
export function forgetAnnouncement(page) {
  return page.evaluate(() => (document.querySelector("[role=status]").textContent = ""));
}

/** Waits until the one status region says exactly this. */
export async function announced(page, text) {
  await said(page, `^${escaped(text)}$`);
}

/** The same for a copy of what the button is named after, and at most which blanks are left. */
export async function announcedCopy(page, buttonName) {
  await said(page, sayingOf(buttonName));
}

function sayingOf(buttonName) {
  const what = buttonName.slice("Copy ".length);
  return `^Copied: ${escaped(what)}\\.( \\d+ blanks? left: .+\\.)?$`;
}

async function said(page, pattern) {
  const region = page.locator("[role=status]"); // found by its role, a long page is slow
  await region.filter({ hasText: new RegExp(pattern) }).waitFor({ state: "attached" });
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export async function assertFocused(locator) {
  assert.ok(await locator.evaluate((element) => element === document.activeElement), "focus moved");
}
