// The live page of a conference: a line from the server changes numbers and dots as soon as sites tell. Where such a line does
// not come through, the part of the page is asked for again every few seconds. Without this file the page is as it was opened.
(() => {
  "use strict";
  const room = () => document.querySelector("[data-live]");
  if (!room()) return;
  const QUIET = 12000;
  let last = 0;
  let asking = false;

  const put = (name, text) => {
    for (const place of room().querySelectorAll(`[data-now="${name}"]`)) if (place.textContent !== text) place.textContent = text;
  };
  const show = (now) => {
    for (const [name, text] of Object.entries(now.words?.[document.documentElement.lang] ?? now.words?.vi ?? {})) put(name, text);
    for (const [uid, [link, said]] of Object.entries(now.sites ?? {})) {
      const dot = document.getElementById(`s-${uid}`);
      if (!dot || dot.dataset.link === link + said) continue;
      dot.dataset.link = link + said;
      dot.className = dot.className.replace(/lt-dot--(not_yet|tested|connected|weak|lost)/, `lt-dot--${link}`);
      dot.classList.toggle("is-silent", said === "");
    }
  };
  const again = async () => {
    if (asking || document.hidden) return;
    asking = true;
    try {
      const answer = await fetch(room().dataset.live, { headers: { "X-Part": "1" } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const part = page.getElementById("room");
        if (part) room().replaceWith(part);
      }
    } catch { /* the next time */ } finally { asking = false; }
  };
  if (room().dataset.line && "EventSource" in window) {
    const line = new EventSource(room().dataset.line);
    line.addEventListener("message", (event) => { last = Date.now(); show(JSON.parse(event.data)); });
    line.addEventListener("breath", () => { last = Date.now(); });
    line.addEventListener("open", () => { last = Date.now(); });
    line.addEventListener("error", () => { if (line.readyState === EventSource.CLOSED) last = 0; });
  }
  setInterval(() => { if (Date.now() - last > QUIET) again(); }, 5000);
})();
