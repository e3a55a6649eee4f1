// The grid of a report of figures: each cell is saved as it is left, a pasted block is spread over the cells, Enter and the
// arrow keys lead to the next line. Without this file the same form is sent as a whole. What was typed and is not saved yet
// is kept in this window until it is, also if the network, the server or the session is lost.
(() => {
  "use strict";
  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const WAIT = 400, AGAIN = 5000;
  const said = document.getElementById("grid-said");
  const STORE = `lotrinh.grid ${form.dataset.grid} ${form.elements.language.value}`;
  const cells = () => [...form.querySelectorAll("[data-cell]")];
  const isChanged = (cell) => cell.value.trim() !== cell.defaultValue.trim();
  const lineOf = (element) => element.closest("[data-line]");
  const say = (words) => { said.textContent = words; };
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };

  // ---------- what is not saved is remembered by this window
  const recall = () => { try { return JSON.parse(sessionStorage.getItem(STORE)) || {}; } catch { return {}; } };
  const remember = () => {
    const kept = {};
    for (const cell of cells()) if (isChanged(cell)) kept[cell.name] = { typed: cell.value, over: lineOf(cell).dataset.before ?? lineOf(cell).querySelector("[data-over]").value };
    try {
      if (Object.keys(kept).length) sessionStorage.setItem(STORE, JSON.stringify(kept)); else sessionStorage.removeItem(STORE);
    } catch { /* a private window: the page itself still holds it */ }
  };

  // ---------- saving: one act at a time; the same act is sent again under the same key
  let busy = false, waiting, pending = null;
  const settled = new Set();
  const actOf = (extra) => {
    const lines = new Set(cells().filter((cell) => isChanged(cell) && !settled.has(lineOf(cell))).map(lineOf));
    if (extra?.line) lines.add(extra.line);
    if (!lines.size) return null;
    const body = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "language"]) body.set(name, form.elements[name].value);
    body.set("client_key", newKey());
    body.set("as", "lines");
    const sent = new Map();
    for (const line of lines) {
      const over = line.querySelector("[data-over]");
      body.set(over.name, over.value);
      for (const cell of line.querySelectorAll("[data-cell]")) { body.set(cell.name, cell.value); sent.set(cell, cell.value); }
    }
    if (extra?.name) body.set(extra.name, extra.value);
    return { body, sent, extra };
  };
  const mark = (sent, name) => {
    for (const line of new Set([...sent.keys()].map(lineOf))) {
      line.classList.remove("is-saving", "is-saved", "is-lost");
      if (name) line.classList.add(name);
    }
  };
  const take = (text, act) => {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("answer");
    if (!fresh) return false;
    say(fresh.dataset.said);
    if (fresh.hasAttribute("data-refused")) { mark(act.sent, "is-lost"); return true; }
    mark(act.sent, "is-saved");
    for (const line of fresh.querySelectorAll("[data-line]")) {
      const here = document.getElementById(line.id);
      if (!here) continue;
      for (const part of line.querySelectorAll("[data-part]")) {
        here.querySelector(`[data-part="${part.dataset.part}"]`)?.replaceWith(document.adoptNode(part.cloneNode(true)));
      }
      const over = here.querySelector("[data-over]");
      const both = here.querySelector("[data-put]") !== null;
      // Until one of two figures is chosen a page that is opened anew asks about them once more.
      if (both) here.dataset.before = over.value; else delete here.dataset.before;
      over.value = line.querySelector("[data-over]").value;
      here.classList.toggle("is-open", line.classList.contains("is-open"));
      if (both) settled.add(here); else settled.delete(here);
      for (const cell of here.querySelectorAll("[data-cell]")) {
        const now = line.querySelector(`[name="${cell.name}"]`);
        if (both || !now) continue;
        const untouched = cell.value === act.sent.get(cell);
        cell.defaultValue = now.tagName === "TEXTAREA" ? now.textContent : now.getAttribute("value");
        if (untouched) cell.value = cell.defaultValue;
        if (now.hasAttribute("aria-invalid")) cell.setAttribute("aria-invalid", "true"); else cell.removeAttribute("aria-invalid");
      }
    }
    const open = fresh.querySelector("#open-lines");
    if (open) document.getElementById("open-lines")?.replaceWith(document.adoptNode(open));
    return true;
  };
  const send = async (act) => {
    busy = true;
    pending = act;
    say(form.dataset.saving);
    mark(act.sent, "is-saving");
    try {
      const answer = await fetch(form.action, { method: "POST", body: act.body, credentials: "same-origin", headers: { Accept: "text/html" } });
      const text = await answer.text();
      const known = [200, 409, 422].includes(answer.status) && !answer.redirected && take(text, act);
      pending = null;
      if (!known) {
        mark(act.sent, "is-lost");
        say(answer.redirected || answer.status === 403 ? form.dataset.away : form.dataset.fault);
      }
      busy = false;
      remember();
      if (known && !act.failed && cells().some((cell) => isChanged(cell) && !act.sent.has(cell))) later();
    } catch {
      busy = false;
      mark(act.sent, "is-lost");
      say(form.dataset.lost);
      setTimeout(() => { if (!busy && pending === act) send(act); }, AGAIN);
    }
  };
  const save = (extra) => {
    clearTimeout(waiting);
    if (busy) { later(extra); return; }
    const act = actOf(extra);
    if (act) send(act);
  };
  const later = (extra) => { clearTimeout(waiting); waiting = setTimeout(() => save(extra), WAIT); };
  form.addEventListener("input", (event) => { if (event.target.matches("[data-cell]")) remember(); });
  form.addEventListener("change", (event) => { if (event.target.matches("[data-cell]")) later(); });

  // ---------- buttons beside a cell: a reading is chosen, one of two figures is kept
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose], [data-keep], [data-put]");
    if (!button) return;
    event.preventDefault();
    const line = lineOf(button);
    settled.delete(line);
    if (button.hasAttribute("data-keep")) {
      const cell = line.querySelector("[data-cell]");
      cell.value = cell.defaultValue = button.dataset.keep;
      remember();
    }
    line.querySelector("[data-cell]").focus();
    save({ line, name: button.name, value: button.value });
  });

  // ---------- a block from a sheet
  const blockOf = (text) => {
    const rows = [[""]];
    let quoted = false;
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < plain.length; at += 1) {
      const row = rows[rows.length - 1], sign = plain[at];
      if (quoted && sign === '"' && plain[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; }
      else if (sign === '"' && (quoted || row[row.length - 1] === "")) quoted = !quoted;
      else if (sign === "\t" && !quoted) row.push("");
      else if (sign === "\n" && !quoted) rows.push([""]);
      else row[row.length - 1] += sign;
    }
    return quoted ? plain.split("\n").map((line) => line.split("\t")) : rows;
  };
  form.addEventListener("paste", (event) => {
    const start = event.target.closest?.("[data-cell]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!start || !/[\t\n]/.test(text.trim())) return;
    const block = blockOf(text);
    if (start.tagName === "TEXTAREA" && block.every((row) => row.length === 1)) return;
    const lines = [...form.querySelectorAll("[data-line]")];
    const down = lines.indexOf(lineOf(start)), across = [...lines[down].querySelectorAll("[data-cell]")].indexOf(start);
    const fits = block.every((row, y) => row.every((one, x) => !one.trim() || lines[down + y]?.querySelectorAll("[data-cell]")[across + x]));
    event.preventDefault();
    if (!fits) {
      // What finds no place is told by the server: the block goes to the field for blocks, and nothing is dropped unseen.
      const field = form.elements.paste;
      field.closest("details").open = true;
      field.value = text;
      form.elements.paste_at.value = lines[down].dataset.line;
      field.focus();
      return;
    }
    for (const [y, row] of block.entries()) {
      const places = lines[down + y]?.querySelectorAll("[data-cell]") ?? [];
      for (const [x, one] of row.entries()) if (places[across + x]) places[across + x].value = one.trim();
    }
    remember();
    save();
  });

  // ---------- keys
  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("input[data-cell]") || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const way = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const column = cell.name.slice(0, 2);
    const all = [...form.querySelectorAll(`input[data-cell][name^="${column}"]`)];
    const next = all[all.indexOf(cell) + way];
    if (next) { next.focus(); next.select(); } else if (event.key === "Enter") { cell.blur(); cell.focus(); }
  });

  // ---------- what was typed before and is not saved comes back
  const kept = recall();
  let back = false;
  for (const [name, { typed, over }] of Object.entries(kept)) {
    const cell = form.elements[name];
    if (!cell?.matches?.("[data-cell]") || cell.value === typed) continue;
    cell.value = typed;
    lineOf(cell).querySelector("[data-over]").value = over;
    back = true;
  }
  remember();
  if (back) { say(form.dataset.back); later(); }
  addEventListener("online", () => { if (pending && !busy) send(pending); });
  addEventListener("beforeunload", (event) => { if (busy || cells().some((cell) => isChanged(cell) && !settled.has(lineOf(cell)))) event.preventDefault(); });
  form.addEventListener("submit", () => { try { sessionStorage.removeItem(STORE); } catch { /* nothing was remembered */ } });
})();
