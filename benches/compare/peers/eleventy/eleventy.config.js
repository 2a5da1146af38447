import { InputPathToUrlTransformPlugin } from "@11ty/eleventy";
import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";

export default function (eleventyConfig) {
  // links to other articles name their files, as on GitHub
  eleventyConfig.addPlugin(InputPathToUrlTransformPlugin);
  eleventyConfig.addPlugin(syntaxHighlight);
  eleventyConfig.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feed.xml",
    collection: { name: "articles", limit: 20 },
    metadata: { language: "en", title: "A measured site", base: "https://example.org/", author: { name: "A measured site" } },
  });
  eleventyConfig.addPassthroughCopy({ static: "/" });

  const articles = (api) => api.getFilteredByGlob("content/*/*.md");
  const byTitle = (a, b) => (a.data.title < b.data.title ? -1 : 1);
  eleventyConfig.addCollection("articles", (api) => articles(api).sort((a, b) => a.date - b.date));
  eleventyConfig.addCollection("bySlug", (api) => Object.fromEntries(articles(api).map((item) => [item.fileSlug, item])));
  eleventyConfig.addCollection("bySection", (api) => grouped(articles(api).sort(byTitle), (item) => [item.data.section]));
  eleventyConfig.addCollection("byStage", (api) => grouped(articles(api).sort(byTitle), (item) => item.data.stages));
  eleventyConfig.addCollection("byTopic", (api) => grouped(articles(api).sort(byTitle), (item) => item.data.topics));
  // asked for once a page: the built-in filters go through a whole collection each time
  eleventyConfig.addCollection("turns", (api) => {
    const turns = {};
    for (const items of Object.values(grouped(articles(api).sort(byTitle), (item) => [item.data.section]))) {
      items.forEach((item, at) => (turns[item.url] = { previous: items[at - 1], next: items[at + 1] }));
    }
    return turns;
  });
  eleventyConfig.addFilter("day", (date) => date.toISOString().slice(0, 10));

  return {
    // no article has template tags in it
    markdownTemplateEngine: false,
    dir: { input: "content", includes: "../includes", output: "public" },
  };
}

function grouped(items, keys) {
  const groups = {};
  for (const item of items) for (const key of keys(item)) (groups[key] ??= []).push(item);
  return groups;
}
