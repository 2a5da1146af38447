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
export async function copyAll(page, clipboard, scope, expected) {
  const message = messageOn(scope, expected.title);
  let copied = 0;
  for (const variant of expected.variants) {
    await choose(message, variant, expected.variants);
    const buttons = await buttonsOf(message).all();
    const names = await Promise.all(buttons.map((button) => button.textContent()));
    assert.deepEqual(names.map((name) => name.toLowerCase()), buttonNames(expected, variant));
    for (const [index, text] of textsOf(variant).entries()) {
      await clipboard.write("what was there before");
      await forgetAnnouncement(page);
      await buttons[index].click();
      await announcedCopy(page, names[index]);
      assert.equal(await clipboard.read(), text, names[index]);
      copied += 1;
    }
  }
  return copied;
}

/** Empties the status region, so that what is heard next is new: the same button says the same twice. */
export function forgetAnnouncement(page) {
  return page.locator("[role=status]").evaluate((region) => (region.textContent = ""));
}

/** Waits until the one status region says exactly this. */
export async function announced(page, text) {
  await said(page, `${escaped(text)}`);
}

/** The same for a copy of what the button is named after, and at most which blanks are left. */
export async function announcedCopy(page, buttonName) {
  const what = buttonName.slice("Copy ".length);
  await said(page, `Copied: ${escaped(what)}\\.( \\d+ blanks? left: .+\\.)?`);
}

async function said(page, pattern) {
  const region = page.locator("[role=status]"); // found by its role, a long page is slow
  await region.filter({ hasText: new RegExp(`^${pattern}$`) }).waitFor({ state: "attached" });
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export async function assertFocused(locator) {
  assert.ok(await locator.evaluate((element) => element === document.activeElement), "focus moved");
}
