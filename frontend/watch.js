// Watching a conference. The player takes the segments of the stream as they come (hls.js where the browser does not do it by
// itself) and comes back by itself after a loss. A line from the server says what is presented and whether anything is sent.
// Without this file the page has the same documents and run sheet, and plays where the browser plays streams by itself.
(() => {
  "use strict";
  const page = document.querySelector("[data-watch]");
  const player = document.querySelector("video, audio");
  if (!page || !player) return;
  const KEPT = "lotrinh-watch";
  const AGAIN = 3000;
  const QUIET = 20000;
  const words = JSON.parse(page.dataset.words);
  const state = page.querySelector("[data-state]");
  const delay = page.querySelector("[data-delay]");
  let sending = page.dataset.sending;

  // ---------- picture or sound: what was chosen here before holds
  const keep = (code) => { try { localStorage.setItem(KEPT, code); } catch { /* for this page alone, then */ } };
  const kept = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
  for (const link of page.querySelectorAll("[data-choice]")) {
    link.addEventListener("click", () => keep(link.dataset.choice));
    const isOther = link.dataset.choice === kept() && !link.hasAttribute("aria-current");
    if (isOther && !new URLSearchParams(location.search).has("as")) { location.replace(link.href); return; }
  }

  // ---------- the clock of the server: ours may be wrong, and the delay is a difference of the two
  const [opened] = performance.getEntriesByType("navigation");
  const ahead = opened ? performance.timeOrigin + opened.responseStart - 1000 * Number(page.dataset.clock) - 500 : 0;
  const now = () => Date.now() - ahead;

  // ---------- the player
  const byItself = player.canPlayType("application/vnd.apple.mpegurl") !== "";
  const canFetch = typeof Hls !== "undefined" && Hls.isSupported();
  let hls = null;
  let wanted = false;
  let isDue = false;
  const later = () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => { isDue = false; if (sending === "on") attach(); }, AGAIN);
  };
  const attach = () => {
    if (hls) hls.destroy();
    hls = new Hls({ enableWorker: false, autoStartLoad: wanted, liveSyncDurationCount: 2, liveMaxLatencyDurationCount: 6, maxBufferLength: 12, backBufferLength: 30 });
    hls.on(Hls.Events.ERROR, (event, error) => {
      if (!error.fatal) return;
      if (error.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else later();
    });
    hls.loadSource(page.dataset.watch);
    hls.attachMedia(player);
    if (wanted) player.play().catch(() => { /* the reader starts it */ });
  };
  const begin = () => {
    if (canFetch) attach();
    else if (byItself && player.error) { player.load(); if (wanted) player.play().catch(() => {}); }
  };
  if (canFetch) {
    for (const source of player.querySelectorAll("source")) source.remove();
    player.addEventListener("play", () => { wanted = true; if (hls) hls.startLoad(-1); else if (sending === "on") attach(); });
    player.addEventListener("pause", () => { if (!player.ended) { wanted = false; if (hls) hls.stopLoad(); } });
  } else {
    player.addEventListener("play", () => { wanted = true; });
    player.addEventListener("pause", () => { wanted = false; });
  }
  if (sending === "on") begin();

  // ---------- how far behind the speaker this is
  const shownAt = () => {
    if (hls) return hls.playingDate ? hls.playingDate.getTime() : NaN;
    return player.getStartDate ? player.getStartDate().getTime() + 1000 * player.currentTime : NaN;
  };
  setInterval(() => {
    const behind = Math.round((now() - shownAt()) / 1000);
    const isKnown = !player.paused && sending === "on" && behind >= 0 && behind < 600;
    const said = isKnown ? page.dataset.behind.replace("{n}", behind) : "";
    if (delay.textContent !== said) delay.textContent = said;
  }, 2000);

  // ---------- what is presented, and whether anything is sent
  const present = page.querySelector("[data-present]");
  const show = (told) => {
    for (const row of page.querySelectorAll("[data-item]")) {
      if (row.dataset.item === told.item) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
    }
    const row = told.item && page.querySelector(`[data-item="${told.item}"] [data-title]`);
    present.hidden = !row;
    if (row) present.querySelector("[data-present-title]").textContent = row.textContent;
    if (told.sending === sending) return;
    const before = sending;
    sending = told.sending;
    state.textContent = words[sending];
    if (sending === "on") begin();
    else if (before === "on" && sending === "over" && hls) hls.stopLoad();
  };
  let last = 0;
  const heard = () => { last = Date.now(); };
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(page.dataset.now);
      if (answer.ok) show(await answer.json());
    } catch { /* the next time */ }
  };
  if ("EventSource" in window) {
    const line = new EventSource(page.dataset.line);
    line.addEventListener("message", (event) => { heard(); show(JSON.parse(event.data).now.told); });
    line.addEventListener("breath", heard);
    line.addEventListener("open", heard);
  }
  setInterval(() => { if (Date.now() - last > QUIET) ask(); }, 10000);
})();
