/**
 * Makes each search field a combobox. What search needs is loaded when a field is used, and not
 * before; until then, and where that fails, the form leads to the page of search.
 */
for (const form of document.querySelectorAll("[data-search]")) {
  const field = form.elements.q;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.addEventListener("focus", () => start(form), { once: true });
}

async function start(form) {
  try {
    const { attach } = await import("./combobox.js");
    attach(form);
  } catch {
    form.elements.q.addEventListener("focus", () => start(form), { once: true });
  }
}
