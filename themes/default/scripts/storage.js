/**
 * `sessionStorage` and `localStorage`, by name. A browser may refuse either (private windows,
 * policies): nothing here throws.
 */

/** Null where nothing is stored, undefined where the browser does not let us look. */
export function stored(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return undefined;
  }
}

/** Returns false if the browser refused. */
export function store(storage, key, text) {
  try {
    window[storage].setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

export function unstore(storage, key) {
  try {
    window[storage].removeItem(key);
  } catch {
    // nothing can be stored, so nothing is there
  }
}
