// Thirty questions in a reader's words: our search answers them at least as well as Pagefind with its
// default settings on the same pages. The questions were written before either was asked.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { launch, openPage } from "./support/browser.mjs";
import { startSite } from "./support/site.mjs";

const questions = JSON.parse(await readFile(new URL("questions.json", import.meta.url), "utf8"));
const PAGEFIND = fileURLToPath(new URL("node_modules/pagefind/lib/runner/bin.cjs", import.meta.url));

describe("ranking", () => {
  let site, browser, page, ours, theirs;

  before(async () => {
    site = await startSite();
    await promisify(execFile)(process.execPath, [PAGEFIND, "--site", site.folder]);
    browser = await launch();
    page = await openPage(browser, { bypassCSP: true }); // Pagefind is WebAssembly
    await page.goto(site.url);
    const engine = site.files.find((file) => /^assets\/engine\.[0-9a-f]+\.js$/.test(file));
    ours = ranks(await page.evaluate(askOurs, { engine: site.url + engine, questions }));
    theirs = ranks(await page.evaluate(askPagefind, { pagefind: `${site.url}pagefind/pagefind.js`, questions }));
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("five of six answers are among the first three, and most are the first", (context) => {
    const { meanReciprocalRank, first, topThree } = summary(ours);
    context.diagnostic(`mean reciprocal rank ${meanReciprocalRank.toFixed(2)}, first ${first}, top three ${topThree}`);
    assert.ok(meanReciprocalRank >= 0.75, table());
    assert.ok(topThree >= (questions.length * 5) / 6, table());
  });

  test("no measure is worse than Pagefind's", (context) => {
    const [own, other] = [summary(ours), summary(theirs)];
    context.diagnostic(`Pagefind: ${JSON.stringify(other)}`);
    assert.ok(other.topThree > 0, "Pagefind answers at all");
    for (const [measure, value] of Object.entries(other)) assert.ok(own[measure] >= value, table());
  });

  /** Our place, Pagefind's place and the question, a line each. */
  function table() {
    return questions.map(({ question }, index) => `${ours[index]}\t${theirs[index]}\t${question}`).join("\n");
  }
});

/** For each question, at which place (from 1) the first page stands that answers it; 0 where none does. */
function ranks(answers) {
  return answers.map((found, index) => 1 + found.findIndex((path) => questions[index].answers.includes(path)));
}

function summary(places) {
  const reciprocal = places.map((place) => (place > 0 ? 1 / place : 0));
  return {
    meanReciprocalRank: reciprocal.reduce((sum, one) => sum + one, 0) / places.length,
    first: places.filter((place) => place === 1).length,
    topThree: places.filter((place) => place > 0 && place <= 3).length,
  };
}

/** In the page: the paths that our search gives for each question. */
async function askOurs({ engine, questions }) {
  const { find } = await import(engine);
  const base = document.documentElement.dataset.base;
  const { files, together } = await (await fetch(`${base}search/index.json`)).json();
  const answers = [];
  for (const { question } of questions) {
    const { pages } = await find(question);
    const shown = pages.slice(0, 10).map(async (number) => {
      const file = Math.floor(number / together.page);
      const hash = files.page.slice(file * 6, file * 6 + 6);
      const response = await fetch(`${base}search/page-${file}-${hash}.json`);
      return (await response.json())[number % together.page].url;
    });
    answers.push(await Promise.all(shown));
  }
  return answers;
}

/** In the page: the paths that Pagefind gives for each question. */
async function askPagefind({ pagefind, questions }) {
  const engine = await import(pagefind);
  const answers = [];
  for (const { question } of questions) {
    const { results } = await engine.search(question);
    const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    answers.push(shown.map(({ url }) => url.replace(/^\//, "")));
  }
  return answers;
}
