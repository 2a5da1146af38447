/*
 * The colours that the reader chose. No module: it stands in the head and runs before the page is
 * shown, so that the others never are. Its mark on the root also tells the style sheet to show the
 * choice, which without script is not there.
 */
{
  const root = document.documentElement;
  /* Sites of one account share an origin; the path of this one keeps them apart. */
  const key = `${root.dataset.base}scheme`;

  const show = (choice) => {
    const scheme = choice === "light" || choice === "dark" ? choice : "system";
    root.dataset.scheme = scheme;
    for (const meta of document.querySelectorAll("meta[data-scheme]")) {
      const own = meta.dataset.scheme;
      const system = `(prefers-color-scheme: ${own})`;
      meta.media = scheme === "system" ? system : scheme === own ? "all" : "not all";
    }
    const radio = document.querySelector(`[name=scheme][value=${scheme}]`);
    if (radio) radio.checked = true;
  };
  const showStored = () => {
    try {
      show(localStorage.getItem(key));
    } catch {
      // nothing can be kept: the choice is this page's
      show(root.dataset.scheme);
    }
  };

  addEventListener("change", ({ target }) => {
    if (target.name !== "scheme") return;
    show(target.value);
    try {
      if (target.value === "system") localStorage.removeItem(key);
      else localStorage.setItem(key, target.value);
    } catch {
      // see above
    }
  });
  // the choice itself comes later than this script; going back may bring a page as it was left
  for (const event of ["DOMContentLoaded", "pageshow", "storage"]) addEventListener(event, showStored);
  showStored();
}
