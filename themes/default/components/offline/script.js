/**
 * Asks the browser to keep this site for times without a network. It waits until the page is whole;
 * a browser that has no service workers, or lets this site have none, shows the site as ever.
 */
if ("serviceWorker" in navigator) {
  const { base } = document.documentElement.dataset;
  const worker = `${base}sw.js`;
  // the page's policy lets no other script be named by words
  const policy = globalThis.trustedTypes?.createPolicy("postrej-site", { createScriptURL: () => worker });
  const register = () => {
    const address = policy?.createScriptURL(worker) ?? worker;
    navigator.serviceWorker.register(address, { scope: base }).catch(() => undefined);
  };
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
