/** The button that prints the page: all messages with the words that the reader typed. */
const place = document.querySelector("[data-kit-print]");
place.addEventListener("click", () => print());
place.dataset.ready = "";
