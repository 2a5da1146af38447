/**
 * Brings the open page from the state it was sent in to a new one, and touches nothing else. What is
 * compared are the two pages as they were sent; what is changed is the page as it lives, with all that
 * scripts, the reader and the browser did to it since. (A library that makes the live page equal to
 * the new one would undo just that: fields in their place, tones shown, ticks, open lists.)
 *
 * Scripts of the theme run once. Where a part that changed was worked on by one, or a part that came
 * would have to be, `Worked` is thrown: only a new page makes that right.
 */
class Worked extends Error {}

/** Elements that a script may be waiting for; the theme's scripts find theirs by a `data-` name. */
const SCRIPTED = "script, template, input, select, textarea, button, form, iframe, object, video, audio";

export async function patchPage(before, after) {
  const scripts = (page) => {
    const all = page.querySelectorAll("script:not([type$=json]), link[rel=modulepreload], meta[http-equiv]");
    return Array.from(all, (one) => one.outerHTML).join("\n");
  };
  if (scripts(before) !== scripts(after)) throw new Worked();
  await changeStyle(before, after);
  patchElement(document.documentElement, before.documentElement, after.documentElement, false);
  patchElement(document.head, before.head, after.head);
  patchElement(document.body, before.body, after.body);
}

/** The new sheet is there before the old one goes, and before what needs it comes. */
async function changeStyle(before, after) {
  const sheets = (page) => [...page.querySelectorAll("link[rel=stylesheet]")];
  const old = sheets(before);
  const wanted = sheets(after);
  if (old.length !== wanted.length) throw new Worked();
  for (const [index, sheet] of wanted.entries()) {
    if (isSame(sheet, old[index])) continue;
    const href = old[index].getAttribute("href");
    const live = document.querySelector(`link[rel=stylesheet][href="${CSS.escape(href)}"]`);
    if (!live) throw new Worked();
    const next = document.importNode(sheet);
    await new Promise((resolve, reject) => {
      next.addEventListener("load", resolve);
      next.addEventListener("error", () => reject(new Worked()));
      live.after(next);
    });
    live.remove();
    old[index].replaceWith(sheet.cloneNode());
  }
}

/** `old` and `next` are the same element in two states; `live` is the one of the page. */
function patchElement(live, old, next, deep = true) {
  if (isSame(old, next)) return;
  // what it holds is for a script
  if (live.nodeName === "TEMPLATE") throw new Worked();
  patchAttributes(live, old, next);
  if (!deep) return;
  const wholes = childrenOf(live, old);
  let place = null; // what comes next stands behind this
  for (const [from, to] of pairs([...old.childNodes], [...next.childNodes])) {
    const node = wholes.get(from);
    if (from && to) {
      patchNode(node, from, to);
      place = node;
    } else if (from) {
      node.remove();
    } else {
      if (isScripted(to)) throw new Worked();
      const made = document.importNode(to, true);
      if (place) place.after(made);
      else live.prepend(made);
      place = made;
    }
  }
}

function patchNode(live, old, next) {
  if (old.nodeType === Node.ELEMENT_NODE) patchElement(live, old, next);
  else if (old.data !== next.data) {
    if (live.data !== old.data) throw new Worked();
    live.data = next.data;
  }
}

function patchAttributes(live, old, next) {
  for (const name of new Set([...old.getAttributeNames(), ...next.getAttributeNames()])) {
    const value = next.getAttribute(name);
    const before = old.getAttribute(name);
    if (before === value) continue;
    if (name.startsWith("data-") || live.getAttribute(name) !== before) throw new Worked();
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
  }
}

/** The live children by the ones that were sent. */
function childrenOf(live, old) {
  const ours = [...live.childNodes].filter((node) => !(node.nodeName === "SCRIPT" && node.dataset.version));
  const sent = [...old.childNodes];
  const same = ours.length === sent.length && ours.every((node, index) => node.nodeName === sent[index].nodeName);
  if (!same) throw new Worked();
  return new Map(sent.map((node, index) => [node, ours[index]]));
}

/** An element that a script works on, or that holds one. */
function isScripted(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  return [node, ...node.querySelectorAll("*")].some((one) => {
    return one.matches(SCRIPTED) || one.getAttributeNames().some((name) => name.startsWith("data-"));
  });
}

/** `isEqualNode` does not look into templates, and in them is most of what a message holds. */
function textOf(node) {
  return node.outerHTML ?? `${node.nodeName} ${node.data}`;
}

function isSame(one, other) {
  return textOf(one) === textOf(other);
}

/**
 * Two lists of siblings as pairs, in order: `[old, next]` where one became the other, `[old]` where it
 * went, `[undefined, next]` where it came. First what is the same at both ends, then the elements
 * that are the same; what is left between them is paired by its kind.
 */
function pairs(olds, nexts) {
  let start = 0;
  let ends = 0;
  const least = Math.min(olds.length, nexts.length);
  while (start < least && isSame(olds[start], nexts[start])) start += 1;
  while (ends < least - start && isSame(olds.at(-1 - ends), nexts.at(-1 - ends))) ends += 1;
  const middle = middlePairs(olds.slice(start, olds.length - ends), nexts.slice(start, nexts.length - ends));
  const same = (from, to) => olds.slice(from, to).map((old) => [old, old]);
  return [...same(0, start), ...middle, ...same(olds.length - ends)];
}

function middlePairs(olds, nexts) {
  const places = Map.groupBy(olds.keys(), (index) => textOf(olds[index]));
  const made = [];
  let came = [];
  let at = 0;
  for (const next of nexts) {
    // a line end is everywhere: only elements say where we are
    const isElement = next.nodeType === Node.ELEMENT_NODE;
    const place = isElement ? places.get(textOf(next))?.find((index) => index >= at) : undefined;
    if (place === undefined) {
      came.push(next);
      continue;
    }
    made.push(...changed(olds.slice(at, place), came), [olds[place], next]);
    came = [];
    at = place + 1;
  }
  return [...made, ...changed(olds.slice(at), came)];
}

function changed(olds, nexts) {
  const made = [];
  let at = 0;
  for (const next of nexts) {
    const isKin = (old) => old.nodeName === next.nodeName && old.id === next.id;
    const index = olds.findIndex((old, index) => index >= at && isKin(old));
    if (index < 0) {
      made.push([undefined, next]);
      continue;
    }
    made.push(...olds.slice(at, index).map((old) => [old]), [olds[index], next]);
    at = index + 1;
  }
  return [...made, ...olds.slice(at).map((old) => [old])];
}
