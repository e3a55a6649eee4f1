// What every page has: the list of keys, and forms that are sent once. Pages work without it.
(() => {
  "use strict";
  const SWITCH = "lotrinh.keys";
  const remembered = () => { try { return localStorage.getItem(SWITCH); } catch { return null; } };
  const remember = (value) => { try { localStorage.setItem(SWITCH, value); } catch { /* private window: lasts for this page */ } };
  let on = remembered() !== "off";

  const isTyping = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;

  // Single letters act only outside fields, without modifiers, and not while the list is open.
  const letter = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return "";
    if (!on || isTyping(event.target) || document.querySelector("dialog[open]")) return "";
    return event.key.length === 1 ? event.key.toLowerCase() : "";
  };
  window.lotrinh = { letter, isTyping };

  const dialog = document.getElementById("keys");
  if (dialog) {
    const box = document.getElementById("keys-on");
    box.checked = on;
    box.addEventListener("change", () => { on = box.checked; remember(on ? "on" : "off"); });
    for (const button of document.querySelectorAll("[data-keys]")) button.hidden = false;
    // Only the keys that act on this page are listed.
    const list = () => {
      for (const row of dialog.querySelectorAll("[data-needs]")) row.hidden = !document.querySelector(row.dataset.needs);
      dialog.showModal();
    };
    document.addEventListener("click", (event) => { if (event.target.closest("[data-keys]")) list(); });
    document.addEventListener("keydown", (event) => {
      if (letter(event) === "?") { event.preventDefault(); list(); }
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(".lt-menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".lt-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // `/` leads to the search of the page, else to that of the register.
  document.addEventListener("keydown", (event) => {
    if (letter(event) !== "/" || event.defaultPrevented) return;
    const field = document.querySelector("main input[type=search]");
    const door = document.querySelector("[data-search]");
    if (!field && !door) return;
    event.preventDefault();
    if (field) { field.focus(); field.select(); } else location.assign(door.href);
  });

  // The palette lists what the page of finds gives; without it the button leads to that page.
  const palette = document.getElementById("palette");
  if (palette) {
    const field = document.getElementById("palette-q"), list = document.getElementById("palette-list");
    const told = document.getElementById("palette-told");
    const finds = () => [...list.querySelectorAll("[role=option]")];
    let at = -1, waiting, last;
    const point = (place) => {
      const all = finds();
      at = all.length ? (place + all.length) % all.length : -1;
      for (const [n, one] of all.entries()) one.setAttribute("aria-selected", String(n === at));
      if (at < 0) { field.removeAttribute("aria-activedescendant"); return; }
      field.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    };
    const ask = async () => {
      const typed = field.value.trim();
      if (typed === last) return;
      try {
        const answer = await fetch(`${field.form.action}?as=list&q=${encodeURIComponent(typed)}`);
        if (!answer.ok || answer.redirected || field.value.trim() !== typed) return;
        const found = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
        if (!found) return;
        list.replaceChildren(found);
        last = typed;
        told.textContent = found.dataset.told;
        point(typed ? 0 : -1);
      } catch { /* Enter leads to the page of finds */ }
    };
    const show = () => { palette.showModal(); field.select(); ask(); };
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); show(); }
      if (event.target === palette) palette.close();
    });
    document.addEventListener("keydown", (event) => {
      const combined = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
      if (!combined || event.defaultPrevented) return;
      event.preventDefault();
      if (palette.open) palette.close(); else if (!document.querySelector("dialog[open]")) show();
    });
    field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); point(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1)); }
      const chosen = finds()[at];
      if (event.key === "Enter" && chosen && last === field.value.trim()) { event.preventDefault(); location.assign(chosen.href); }
    });
  }

  // A second press while the first is on its way sends nothing; the page comes back fresh from the history.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once")) return;
    if (form.hasAttribute("aria-busy")) event.preventDefault(); else form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy"); });

  // The slider of days names the day under it and goes where it is let go; arrow keys may be pressed several times first.
  const slide = document.querySelector("[data-slide]");
  if (slide) {
    const range = slide.querySelector("input[type=range]");
    const stops = [...document.querySelectorAll("[data-stop]")];
    const name = () => {
      for (const [place, stop] of stops.entries()) stop.classList.toggle("is-at", place === Number(range.value));
      const here = stops[range.value];
      if (!here) return;
      range.setAttribute("aria-valuetext", here.innerText.trim());
      const strip = here.closest("ol");
      strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
    };
    let byKey = false;
    let waiting;
    range.addEventListener("keydown", () => { byKey = true; });
    range.addEventListener("pointerdown", () => { byKey = false; });
    range.addEventListener("input", name);
    range.addEventListener("change", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => slide.requestSubmit(), byKey ? 500 : 0);
    });
    addEventListener("pageshow", name);
    for (const button of document.querySelectorAll("[data-slide-go]")) button.hidden = true;
    if (new URLSearchParams(location.search).has("at")) range.focus({ preventScroll: true });
  }
  for (const strip of document.querySelectorAll(".lt-filter")) {
    const here = strip.querySelector("[aria-current]");
    if (here) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - 16;
  }

  // A field whose list is too long for a page asks for the names alike what is typed.
  let asking = 0;
  const option = (name, typed) => {
    const made = document.createElement("option");
    made.value = name;
    if (!name.toLowerCase().includes(typed.toLowerCase())) made.label = typed; // else a browser hides what is typed without marks
    return made;
  };
  document.addEventListener("input", (event) => {
    const field = event.target, list = field.list, typed = field.value?.trim();
    if (!list?.dataset.suggest) return;
    clearTimeout(asking);
    if (typed.length < 2 || [...list.options].some((one) => one.value === typed)) return;
    asking = setTimeout(async () => {
      try {
        const answer = await fetch(`${list.dataset.suggest}?q=${encodeURIComponent(typed)}`);
        if (!answer.ok || field.value.trim() !== typed) return;
        const { names } = await answer.json();
        list.replaceChildren(...names.map((name) => option(name, typed)));
      } catch { /* without a list the name is typed whole */ }
    }, 150);
  });

  // A button that urges says of how many units something is ticked; without this file it names no number.
  for (const button of document.querySelectorAll("[data-urges]")) {
    const { one, many } = button.dataset, plain = button.textContent;
    const tell = () => {
      const units = new Set([...button.form.querySelectorAll("[data-unit]:checked")].map((box) => box.dataset.unit)).size;
      button.textContent = units > 1 ? many.replace("{n}", units) : units ? one : plain;
    };
    button.form.addEventListener("change", tell);
    addEventListener("pageshow", tell);
  }

  // The screens of a meeting turn by arrows and by the keys of a presenter's remote; without this file by their links.
  const turns = { ArrowRight: "on", PageDown: "on", ArrowLeft: "back", PageUp: "back" };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !turns[event.key]) return;
    const door = document.querySelector(`[data-turn="${turns[event.key]}"]`);
    if (!door || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    location.assign(door.href);
  });

  // A sentence that takes long to count comes after its page; without this file a link stands in its place.
  for (const place of document.querySelectorAll("[data-later]")) {
    fetch(place.dataset.later).then(async (answer) => {
      if (!answer.ok || answer.redirected) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      place.replaceChildren(...found.childNodes);
    }).catch(() => { /* the link stays */ });
  }

  // Errors are read out first.
  document.querySelector(".lt-errors")?.focus();
})();
