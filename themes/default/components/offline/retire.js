/**
 * This site is no longer kept for times without a network. A browser that once took a worker asks
 * for it again, finds this one, and with it the last of them goes.
 */
const PREFIX = `offline:${new URL("./", self.location).pathname}:`;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(leave());
});

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
