/** Days are texts such as `2026-11-12`, as fields for dates hold them. */

/** The day this many days after today, where the reader is. */
export function dayAfter(days) {
  const today = new Date();
  const day = new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate() + days));
  return day.toISOString().slice(0, 10);
}

/** How many days from today a day is. */
export function daysUntil(day) {
  return (Date.parse(day) - Date.parse(dayAfter(0))) / 86_400_000;
}

/** A day in the words of the page's language, in the reader's own country's way. */
export function dayInWords(day) {
  const language = document.documentElement.lang || "en";
  const ofReader = navigator.languages?.find((one) => one.split("-")[0] === language.split("-")[0]);
  const format = new Intl.DateTimeFormat(ofReader ?? language, { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(day));
}
