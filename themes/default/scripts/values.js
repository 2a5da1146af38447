/**
 * What the reader typed, by the name of the gap, shared by all pages of the site.
 *
 * It lives in memory and, to move between pages, in sessionStorage: the browser forgets it with
 * the tab. Only when the reader asks for it does it move to localStorage. Browsers may refuse
 * either (private windows, policies); then the page's memory is all there is, and all still works.
 */
import { store, stored, unstore } from "./storage.js";

/* Sites of one account share an origin; the path of this one keeps them apart. */
const BASE = document.documentElement.dataset.base || "/";
const KEY = `${BASE}values`;

/* Names of the companies that messages of this visit were made for; never kept longer. */
const COMPANIES = `${BASE}companies`;

const listeners = new Set();
let values = new Map();
let companies = new Map();
let kept = false;

/** The value as typed; an empty string where there is none. */
export function valueOf(name) {
  return values.get(name) ?? "";
}

/** Whether anything was typed. */
export function hasValues() {
  return values.size > 0;
}

export function setValue(name, value) {
  if (value) values.set(name, value);
  else values.delete(name);
  save();
  tell();
}

/** Whether the values outlive the tab. */
export function isKept() {
  return kept;
}

/** Keeps the values on the device, or only for this visit. Returns false if the browser refused. */
export function keep(wanted) {
  kept = wanted;
  save();
  if (!wanted) unstore("localStorage", KEY);
  tell();
  return kept === wanted;
}

/** The companies that messages of this visit were made for. */
export function earlierCompanies() {
  return [...companies.keys()];
}

export function madeFor(company) {
  companies.set(company, "");
  write("sessionStorage", COMPANIES, companies);
}

/** Empties everything, here and in other open tabs that share the kept values. */
export function clearValues() {
  values.clear();
  companies.clear();
  unstore("sessionStorage", COMPANIES);
  // other tabs hear that it is empty, then that it is gone
  if (kept) write("localStorage");
  kept = false;
  unstore("localStorage", KEY);
  unstore("sessionStorage", KEY);
  tell();
}

/** Calls `listener` after every change, wherever it came from. */
export function onChange(listener) {
  listeners.add(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

function load() {
  companies = read("sessionStorage", COMPANIES) ?? companies;
  const local = read("localStorage");
  const session = read("sessionStorage");
  if (local === undefined && session === undefined) return;
  kept = Boolean(local);
  values = local ?? session ?? new Map();
}

function save() {
  kept = kept && write("localStorage");
  if (kept) unstore("sessionStorage", KEY);
  else write("sessionStorage");
}

/** Null where nothing is stored, undefined where the browser does not let us look. */
function read(storage, key = KEY) {
  const text = stored(storage, key);
  return text && parse(text);
}

function write(storage, key = KEY, pairs = values) {
  return store(storage, key, JSON.stringify(Object.fromEntries(pairs)));
}

function parse(text) {
  try {
    return new Map(Object.entries(JSON.parse(text)).filter(([, value]) => typeof value === "string"));
  } catch {
    return new Map();
  }
}

/* Another tab changed what is kept on the device. */
addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  if (event.newValue === null) {
    kept = false;
    write("sessionStorage");
  } else {
    const theirs = parse(event.newValue);
    values = kept ? theirs : new Map([...values, ...theirs]);
    kept = true;
  }
  tell();
});

/* Going back may bring a page as it was left, before more was typed elsewhere; and browsers put
   their own memory of a form into the fields. */
addEventListener("pageshow", (event) => {
  if (event.persisted) load();
  tell();
});

load();
