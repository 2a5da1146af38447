/** Marks the entry of the section that is being read: the last whose heading stands above a line. */
const LINE = 0.3; // of the window's height, from its top

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
  for (const link of entries.values()) {
    if (link !== current) link.removeAttribute("aria-current");
    else if (!link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "true");
      keepInSight(link);
    }
  }
}

/** A long outline scrolls by itself; the page stays where it is. */
function keepInSight(link) {
  const { top, bottom } = nav.getBoundingClientRect();
  const place = link.getBoundingClientRect();
  if (place.top < top) nav.scrollTop -= top - place.top;
  else if (place.bottom > bottom) nav.scrollTop += place.bottom - bottom;
}

// called whenever a heading crosses the line, in either direction
const observer = new IntersectionObserver(follow, { rootMargin: `0px 0px -${100 - LINE * 100}%` });
for (const heading of entries.keys()) observer.observe(heading);
