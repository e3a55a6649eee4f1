// The service worker: opens reports that were opened before when there is no network, and sends what waits in the outbox.
// The file that the browser registers names its parts and loads this one; see `lotrinh/web/pages/outbox.py`.
(() => {
  "use strict";
  const { outbox } = self.lotrinh, { parts, folder, page } = self.lotrinhPlaces;
  const SHELL = "lotrinh.shell", MOST_PARTS = 60, MOST_PAGES = 30, SLOW = 10000;

  const trim = async (cache, most) => { for (const one of (await cache.keys()).slice(0, -most)) await cache.delete(one); };
  addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(parts)));
  });
  addEventListener("activate", (event) => {
    event.waitUntil(caches.open(SHELL).then((cache) => trim(cache, MOST_PARTS)).then(() => self.clients.claim()));
  });

  const keptPage = async (path) => {
    const account = await outbox.account();
    if (!account || !(await caches.has(outbox.CACHE + account))) return undefined;
    return (await caches.open(outbox.CACHE + account)).match(path, { ignoreVary: true });
  };
  // Only pages that say so are kept, and with the account for which they were made.
  const keep = async (account, path, answer) => {
    const cache = await caches.open(outbox.CACHE + account);
    await cache.delete(path, { ignoreVary: true });
    await cache.put(path, answer);
    // The page of the outbox stays; a report that goes is no longer listed there.
    const reports = (await cache.keys()).map((one) => new URL(one.url).pathname).filter((one) => one !== page);
    for (const one of reports.slice(0, -MOST_PAGES)) await forget(account, one);
  };
  const forget = async (account, path) => {
    if (await caches.has(outbox.CACHE + account)) await (await caches.open(outbox.CACHE + account)).delete(path, { ignoreVary: true });
    await outbox.forget(account, path);
  };
  // What the reader may not see any more, or may not enter into any more, is not opened from an old copy either.
  const isOver = (answer) => [403, 404, 410].includes(answer.status) || (answer.ok && !answer.redirected);
  const asked = async (event, url) => {
    const answer = await fetch(event.request);
    const account = answer.headers.get("Lotrinh-Keep");
    if (url.search) return answer;
    if (answer.ok && account) event.waitUntil(keep(account, url.pathname, answer.clone()));
    else if (isOver(answer)) event.waitUntil(outbox.account().then((reader) => reader && forget(reader, url.pathname)));
    return answer;
  };
  const slow = (path) => new Promise((done) => { setTimeout(async () => { const kept = await keptPage(path); if (kept) done(kept); }, SLOW); });
  const shown = async (event, url) => {
    try {
      const answer = await Promise.race([asked(event, url), slow(url.pathname)]);
      return ([502, 503, 504].includes(answer.status) && await keptPage(url.pathname)) || answer;
    } catch {
      return (await keptPage(url.pathname)) ?? (await keptPage(page)) ?? Response.error();
    }
  };
  const part = async (event) => {
    const cache = await caches.open(SHELL);
    try {
      const answer = await fetch(event.request);
      if (answer.ok && !(await cache.match(event.request, { ignoreVary: true }))) event.waitUntil(cache.put(event.request, answer.clone()));
      return answer;
    } catch {
      return (await cache.match(event.request, { ignoreVary: true })) ?? Response.error();
    }
  };
  addEventListener("fetch", (event) => {
    const { request } = event, url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) return;
    if (request.mode === "navigate") event.respondWith(shown(event, url));
    else if (url.pathname.startsWith(folder)) event.respondWith(part(event));
  });
  addEventListener("sync", (event) => {
    const send = async () => { const why = await outbox.flush(); if (why && why !== "signed_out") throw new Error(why); };
    event.waitUntil(send());
  });
})();
