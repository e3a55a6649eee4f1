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
    document.addEventListener("click", (event) => { if (event.target.closest("[data-keys]")) dialog.showModal(); });
    document.addEventListener("keydown", (event) => {
      if (letter(event) === "?") { event.preventDefault(); dialog.showModal(); }
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(".lt-menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".lt-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // `/` and Ctrl or Cmd with K lead to the search of the page, else to that of the register.
  document.addEventListener("keydown", (event) => {
    const slash = letter(event) === "/";
    const combined = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    if ((!slash && !combined) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const field = document.querySelector("[role=search] input[type=search]");
    const door = document.querySelector("[data-search]");
    if (!field && !door) return;
    event.preventDefault();
    if (field) { field.focus(); field.select(); } else location.assign(door.href);
  });

  // A second press while the first is on its way sends nothing; the page comes back fresh from the history.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once")) return;
    if (form.hasAttribute("aria-busy")) event.preventDefault(); else form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy"); });

  // The slider of days goes where it is let go.
  document.addEventListener("change", (event) => { if (event.target.matches("[data-slide] input[type=range]")) event.target.form.requestSubmit(); });

  // Errors are read out first.
  document.querySelector(".lt-errors")?.focus();
})();
