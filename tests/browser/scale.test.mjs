// The first search on a site of ten thousand articles, on a phone's connection: what it loads.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { countBytes, launch, openPage } from "./support/browser.mjs";
import { startSite } from "./support/site.mjs";

const ARTICLES = 10_000;
const WORDS = 400; // of an article; what counts is how many different ones there are
const VOCABULARY = 40_000;

/** Most bytes of a first search, packed, with the scripts that it needs. */
const MOST = 300_000;

describe(`search among ${ARTICLES} articles`, () => {
  let root, site, browser;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "postrej-scale-"));
    await writeSite(root);
    site = await startSite({ root });
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
    await rm(root, { recursive: true });
  });

  for (const query of [word(0), word(300), `${word(2)} ${word(40)} ${word(900)}`, word(7000), "de", `${word(300)}x`]) {
    test(`a first search for "${query}" loads little`, async () => {
      const page = await openPage(browser);
      try {
        await page.goto(site.url, { waitUntil: "networkidle" });
        const { loaded } = await countBytes(page);
        await page.getByRole("combobox").first().fill(query);
        await page.getByRole("option").first().waitFor();
        await page.waitForLoadState("networkidle");
        const bytes = loaded();
        assert.ok(bytes > 5_000 && bytes < MOST, `${bytes} bytes`);
      } finally {
        await page.context().close();
      }
    });
  }
});

/** Articles whose words are as unevenly common as those of a language are. */
async function writeSite(folder) {
  const content = join(folder, "content");
  const sections = Array.from({ length: 20 }, (_, number) => `topic-${number}`);
  await mkdir(content);
  await writeFile(
    join(content, "site.yaml"),
    `title: Ten thousand\nbase_url: https://example.org/\nsections: [${sections}]\n`,
  );
  await writeFile(join(content, "index.md"), "---\ntitle: Ten thousand\n---\n\nHere.\n");
  for (const section of sections) {
    await mkdir(join(content, section));
    await writeFile(join(content, section, "index.md"), `---\ntitle: ${section}\n---\n\nHere.\n`);
  }
  const random = randomFrom(1);
  for (let number = 0; number < ARTICLES; number += 1) {
    const words = Array.from({ length: WORDS }, () => word(Math.floor(VOCABULARY ** random()) - 1));
    const title = `${words[0]} ${words[1]} ${words[2]}`;
    const head = `---\ntitle: ${title}\ndescription: About ${words[3]}.\ndate: 2026-01-02\n---\n`;
    const paragraphs = [0, 100, 200, 300].map((at) => `## ${words[at]}\n\n${words.slice(at, at + 100).join(" ")}.\n`);
    const file = join(content, sections[number % sections.length], `article-${number}.md`);
    await writeFile(file, `${head}\n${paragraphs.join("\n")}`);
  }
}

/** A word of its own for a number, of syllables, as a word of a language is. */
function word(number) {
  const syllables = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo", "zu", "ha"];
  const digits = (number + 300).toString(16).split("");
  return digits.map((digit) => syllables[Number.parseInt(digit, 16)]).join("");
}

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
