// The reading desk by keyboard, without leaving the page. The forms are plain forms: without this file they are sent as
// such. With it the same forms are sent by fetch, and the main part of the page that comes back takes the place of the old
// one; what was typed into other proposals is carried over, the scroll positions and the focus are kept. What is typed is
// kept on the server meanwhile, and others who sit at the same desk are named.
(() => {
  "use strict";
  const desk = () => document.getElementById("desk");
  const cards = () => [...document.querySelectorAll("[data-card]")];
  const open = () => document.querySelector("[data-card][open]");
  const WAITING = ["queued", "running"];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // ---------- which passage belongs to the open card
  const nearest = (box, element) => {
    if (!box || !element) return;
    const outer = box.getBoundingClientRect();
    const inner = element.getBoundingClientRect();
    if (inner.top >= outer.top + 24 && inner.bottom <= outer.bottom - 24) return;
    const top = box.scrollTop + inner.top - outer.top - Math.min(outer.height / 3, 200);
    box.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
  };
  const light = () => {
    const card = open();
    for (const mark of document.querySelectorAll(".lt-mark--here")) mark.classList.remove("lt-mark--here");
    const frame = document.querySelector(".lt-over__here");
    const tick = card && document.querySelector(`[data-tick="${card.dataset.card}"]`);
    if (frame) frame.setAttribute("visibility", tick ? "visible" : "hidden");
    if (!card) return;
    if (frame && tick) frame.setAttribute("y", tick.getAttribute("y"));
    const marks = document.querySelectorAll(`[data-mark="${card.dataset.card}"]`);
    for (const mark of marks) mark.classList.add("lt-mark--here");
    nearest(document.querySelector(".lt-desk__doc"), marks[0]);
  };
  const show = (card, { focus = true } = {}) => {
    if (!card) return;
    for (const other of cards()) if (other !== card) other.open = false;
    card.open = true;
    light();
    if (focus) card.querySelector("summary").focus({ preventScroll: true });
    nearest(document.querySelector(".lt-desk__cards"), card.querySelector("summary"));
  };

  // ---------- sending
  const say = (words) => { const region = document.getElementById("desk-said"); if (region) region.textContent = words; };
  const typed = () => {
    const kept = new Map();
    for (const field of document.querySelectorAll("[data-proposal] input:not([type=hidden]), [data-proposal] textarea, [data-proposal] select")) {
      const first = field.tagName === "SELECT" ? [...field.options].find((one) => one.defaultSelected)?.value ?? field.options[0]?.value : field.defaultValue;
      if (field.value !== first) kept.set(`${field.form.id} ${field.name}`, field.value);
    }
    return kept;
  };
  const putBack = (kept, sent) => {
    for (const [key, value] of kept) {
      const [id, name] = key.split(" ");
      const field = id !== sent && document.getElementById(id)?.elements[name];
      if (field) field.value = value;
    }
  };
  const swap = (text, sent) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const main = fresh.querySelector("main.lt-main--desk");
    if (!main) return false;
    const kept = typed();
    const chosen = [...document.querySelectorAll("[data-pick]:checked")].map((box) => box.dataset.pick);
    const places = [".lt-desk__doc", ".lt-desk__cards"].map((box) => [box, document.querySelector(box)?.scrollTop ?? 0]);
    document.querySelector("main").replaceWith(document.adoptNode(main));
    const rail = fresh.querySelector(".lt-rail .usa-sidenav");
    if (rail) document.querySelector(".lt-rail .usa-sidenav")?.replaceWith(document.adoptNode(rail));
    putBack(kept, sent);
    for (const n of chosen) { const box = document.querySelector(`[data-pick="${n}"]`); if (box) box.checked = true; }
    count();
    for (const [box, top] of places) { const one = document.querySelector(box); if (one) one.scrollTop = top; }
    return true;
  };
  const fault = (form, words) => {
    const line = form.querySelector("[data-fault]");
    line.textContent = words;
    line.hidden = false;
  };
  const send = async (form, button) => {
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    const address = button?.getAttribute("formaction") || form.action;
    const { lost, refused } = desk().dataset;
    let answer;
    try {
      answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", headers: { Accept: "text/html" } });
      if (answer.ok || answer.status === 422) {
        if (swap(await answer.text(), answer.ok ? form.id : "")) {
          later.delete(form.id);
          if (answer.ok && answer.redirected) history.replaceState(null, "", answer.url);
          say(document.getElementById("desk-count")?.textContent ?? "");
          show(open() ?? cards()[0]);
          return;
        }
        // Another page came back, such as the one for signing in: let the browser go there.
        location.assign(answer.url);
        return;
      }
      fault(form, refused);
    } catch {
      fault(form, lost);
    }
    form.removeAttribute("aria-busy");
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("data-proposal")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  // ---------- what is typed is kept on the server until it is decided
  const later = new Map();
  const keep = (form) => {
    clearTimeout(later.get(form.id));
    later.delete(form.id);
    if (form.hasAttribute("aria-busy") || !form.isConnected) return;
    fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", keepalive: true })
      .then((answer) => { if (answer.ok && !answer.redirected) say(desk().dataset.kept); })
      .catch(() => { /* the fields still hold it */ });
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.keep || event.target.name === "reason" || event.target.name === "note") return;
    clearTimeout(later.get(form.id));
    later.set(form.id, setTimeout(() => keep(form), 1200));
  });
  document.addEventListener("change", (event) => { const form = event.target.form; if (form && later.has(form.id)) keep(form); });

  // ---------- each field points to its own words
  const point = (row) => {
    for (const one of document.querySelectorAll(".lt-words--here")) one.classList.remove("lt-words--here");
    const door = row?.querySelector(".lt-at");
    if (!door) return [];
    const [from, to] = [Number(door.dataset.from), Number(door.dataset.to)];
    const found = [...document.querySelectorAll("[data-w]")].filter((one) => from <= Number(one.dataset.w) && Number(one.dataset.w) < to);
    for (const one of found) one.classList.add("lt-words--here");
    return found;
  };
  const row = (event) => event.target.closest?.("[data-field]");
  document.addEventListener("pointerover", (event) => { if (row(event)) point(row(event)); });
  document.addEventListener("focusin", (event) => point(row(event)));

  // ---------- what is chosen for an act on several
  const count = () => {
    const number = document.querySelector("[data-picked]");
    if (number) number.textContent = document.querySelectorAll("[data-pick]:checked").length;
  };
  document.addEventListener("change", (event) => { if (event.target.matches("[data-pick]")) count(); });

  // ---------- words chosen in the text become a proposal
  const choose = () => {
    const form = document.getElementById("picked");
    if (!form) return;
    const chosen = getSelection();
    const range = chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const begins = range?.startContainer;
    const first = (begins?.nodeType === Node.ELEMENT_NODE ? begins : begins?.parentElement)?.closest("[data-passage]");
    const words = range && first ? range.toString().trim() : "";
    form.hidden = words.length < 3;
    if (form.hidden) return;
    const before = document.createRange();
    before.selectNodeContents(first);
    before.setEnd(range.startContainer, range.startOffset);
    form.elements.passage.value = first.dataset.passage;
    form.elements.at.value = Number(first.dataset.start) + [...before.toString()].length;
    form.elements.words.value = words;
  };
  document.addEventListener("selectionchange", choose);

  // ---------- who else is here, and what was decided meanwhile
  const NEWS_EVERY = 15000;
  const news = async () => {
    const box = document.getElementById("company");
    const { news: address, after, reading } = desk()?.dataset ?? {};
    if (box && address && reading === "done" && !document.hidden) {
      try {
        const answer = await fetch(`${address}?after=${after}`, { credentials: "same-origin", headers: { Accept: "text/html" } });
        const text = answer.ok && !answer.redirected ? await answer.text() : null;
        if (text !== null && text.trim() !== box.dataset.said) {
          box.dataset.said = text.trim();
          box.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
          const told = box.querySelector("li:last-child");
          if (told) say(told.textContent);
        }
      } catch { /* the next round tries again */ }
    }
    setTimeout(news, NEWS_EVERY);
  };
  const renew = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok || !swap(await answer.text(), "")) location.reload();
    else show(open() ?? cards()[0]);
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-renew]")) return;
    event.preventDefault();
    renew().catch(() => location.reload());
  });

  // ---------- keys
  const move = (step) => {
    const all = cards();
    const at = all.indexOf(open());
    show(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
  };
  const acts = {
    j: () => move(1),
    k: () => move(-1),
    a: () => { const form = open()?.querySelector("form"); form?.requestSubmit(form.querySelector("[data-accept]")); },
    r: () => {
      const drop = open()?.querySelector(".lt-drop");
      if (!drop) return;
      drop.open = true;
      drop.querySelector("select").focus();
    },
    x: () => {
      const box = open()?.closest(".lt-card")?.querySelector("[data-pick]");
      if (box) { box.checked = !box.checked; count(); say(`${box.getAttribute("aria-label")}: ${box.checked ? "✓" : "–"}`); }
    },
    s: () => open()?.querySelector("[data-split]")?.click(),
    m: () => { const button = open()?.querySelector("[data-merge]"); button?.form.requestSubmit(button); },
    u: () => document.getElementById("undo")?.requestSubmit(),
    e: () => { const field = open()?.querySelector("[data-proposal] textarea, [data-proposal] input:not([type=hidden])"); field?.focus(); field?.select(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && window.lotrinh.isTyping(event.target)) {
      event.target.closest("[data-card]")?.querySelector("summary").focus({ preventScroll: true });
      return;
    }
    const act = acts[window.lotrinh.letter(event)];
    if (act) { event.preventDefault(); act(); }
  });

  // ---------- the text and the cards follow each other
  document.addEventListener("toggle", (event) => { if (event.target.matches?.("[data-card]")) light(); }, true);
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.lt-mark");
    const card = mark && document.querySelector(`[data-card="${mark.dataset.mark}"]`);
    if (!card) return;
    event.preventDefault();
    show(card);
    // On a narrow screen the cards stand below the text: the way back is offered.
    const back = document.getElementById("back");
    if (back && getComputedStyle(document.querySelector(".lt-over")).display === "none") {
      back.hidden = false;
      back.href = `#${mark.id}`;
      card.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    }
  });
  document.addEventListener("click", (event) => { if (event.target.closest("#back")) event.target.closest("#back").hidden = true; });

  // ---------- while the text is still being read
  const poll = async () => {
    if (!WAITING.includes(desk()?.dataset.reading)) { light(); return; }
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (answer.ok) swap(await answer.text(), "");
    } catch { /* the next round tries again */ }
    setTimeout(poll, 2000);
  };
  if (WAITING.includes(desk()?.dataset.reading)) setTimeout(poll, 2000);
  else { setTimeout(news, 1000); light(); if (!location.hash) nearest(document.querySelector(".lt-desk__cards"), open()?.querySelector("summary")); }
})();
