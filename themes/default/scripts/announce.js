/**
 * Says something to screen readers through the page's one status region.
 * The region is emptied first, so that the same sentence twice is heard twice.
 */
let pending = 0;

export function announce(text) {
  const region = document.querySelector("[data-status]");
  if (!region) return;
  region.textContent = "";
  clearTimeout(pending);
  pending = setTimeout(() => {
    region.textContent = text;
  }, 60);
}
