/** The element that the address names after its `#`, or null. */
export function addressed() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    // not an address that this site makes
    return null;
  }
}
