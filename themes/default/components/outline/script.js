/**
 * Marks the entry of the section that is being read: the last whose heading stands above a line. At
 * the end of a page the last ones never reach it: there the one that was asked for counts, or the last.
 */
import { addressed } from "../../scripts/address.js";

// of the window's height, from its top
const LINE = 0.3;

const nav = document.querySelector(".outline");
const entries = new Map();
for (const link of nav.querySelectorAll("a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) entries.set(heading, link);
}

function follow() {
  let current = null;
  for (const [heading, link] of entries) {
    if (heading.getBoundingClientRect().top <= innerHeight * LINE) current = link;
  }
  const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  if (atEnd) current = entries.get(inSight(addressed())) ?? [...entries.values()].at(-1);
  for (const link of entries.values()) {
    if (link !== current) link.removeAttribute("aria-current");
    else if (!link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "true");
      keepInSight(link);
    }
  }
}

function inSight(heading) {
  return heading?.getBoundingClientRect().top >= 0 ? heading : null;
}

/** A long outline scrolls by itself; the page stays where it is. */
function keepInSight(link) {
  const { top, bottom } = nav.getBoundingClientRect();
  const place = link.getBoundingClientRect();
  if (place.top < top) nav.scrollTop -= top - place.top;
  else if (place.bottom > bottom) nav.scrollTop += place.bottom - bottom;
}

addEventListener("scrollend", follow);
// called whenever a heading crosses the line, in either direction
const observer = new IntersectionObserver(follow, { rootMargin: `0px 0px -${100 - LINE * 100}%` });
for (const heading of entries.keys()) observer.observe(heading);
