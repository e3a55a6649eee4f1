// The grid of a report of figures: each cell is saved as it is left, a pasted block is spread over the cells, Enter and the
// arrow keys lead to the next line. Without this file the same form is sent as a whole. What is saved goes through the outbox
// of this device (outbox.js): it is kept there until the server has received it, also if the network, the server or the session
// is lost, or the page is closed. What was typed and is not saved yet is remembered by this window, and so is what the device
// could not keep: it counts as unsaved until it has been received.
(() => {
  "use strict";
  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const WAIT = 400;
  const { outbox } = window.lotrinh, { account } = document.body.dataset;
  const path = new URL(form.action).pathname, page = outbox.newKey(), language = form.elements.language.value;
  const said = document.getElementById("grid-said");
  const STORE = `lotrinh.grid ${form.dataset.grid} ${language}`;
  const cells = () => [...form.querySelectorAll("[data-cell]")];
  const lineOf = (element) => element.closest("[data-line]");
  const overOf = (line) => line.querySelector("[data-over]");
  const lineAt = (uid) => document.getElementById(`line-${uid}`);
  const say = (words) => { said.textContent = words; };
  // What the outbox has of a cell stands for what the server will have; `after` is the act that a line then follows.
  const handed = new Map(), after = new Map(), mine = new Set(), settled = new Set(), loose = new Set();
  const isChanged = (cell) => cell.value.trim() !== (handed.get(cell) ?? cell.defaultValue).trim();
  const isUnsaved = (cell) => isChanged(cell) || (handed.has(cell) && loose.has(after.get(lineOf(cell).dataset.line)));
  let isBroken = false;

  // ---------- what is not saved is remembered by this window
  const recall = () => { try { return JSON.parse(sessionStorage.getItem(STORE)) || {}; } catch { return {}; } };
  const remember = () => {
    const kept = {};
    for (const cell of cells()) if (isUnsaved(cell)) kept[cell.name] = { typed: cell.value, over: lineOf(cell).dataset.before ?? overOf(lineOf(cell)).value };
    try {
      if (Object.keys(kept).length) sessionStorage.setItem(STORE, JSON.stringify(kept)); else sessionStorage.removeItem(STORE);
    } catch { /* a private window: the page itself still holds it */ }
  };

  // ---------- saving: the changed lines are handed to the outbox, which sends them in their order
  const actOf = (extra) => {
    const lines = new Set(cells().filter((cell) => isChanged(cell) && !settled.has(lineOf(cell))).map(lineOf));
    if (extra?.line) lines.add(extra.line);
    if (!lines.size) return null;
    const act = { account, path, page, language, title: form.dataset.title, extra: Boolean(extra?.name), fields: {}, over: {}, names: {} };
    for (const line of lines) {
      const uid = line.dataset.line;
      act.names[uid] = line.querySelector("[data-name]").textContent;
      act.over[uid] = after.has(uid) ? outbox.AFTER + after.get(uid) : overOf(line).value;
      for (const cell of line.querySelectorAll("[data-cell]")) act.fields[cell.name] = cell.value;
    }
    if (extra?.name) act.fields[extra.name] = extra.value;
    return act;
  };
  const mark = (uids, name) => {
    for (const uid of uids) {
      const line = lineAt(uid);
      line?.classList.remove("is-saving", "is-saved", "is-lost");
      if (line && name) line.classList.add(name);
    }
  };
  const state = (uid, word, at) => {
    const place = lineAt(uid)?.querySelector("[data-sent]");
    if (!place) return;
    place.hidden = !word;
    place.textContent = word ? outbox.fill(form.dataset[word], { time: outbox.moment(at) }) : "";
  };
  // One thing after another, so that what is handed in follows what was handed in before.
  let turn = Promise.resolve(), waiting;
  // Where the outbox itself fails, Save sends the form as it is sent without scripts.
  const inTurn = (work) => { turn = turn.then(work).catch(() => { isBroken = true; say(form.dataset.broken); }); return turn; };
  const held = async () => form.dataset[loose.size || !(await outbox.keeps()) ? "loose" : "kept"];
  const hand = async (extra) => {
    const act = actOf(extra);
    if (!act) return;
    say(form.dataset.saving);
    const uids = Object.keys(act.over);
    mark(uids, "is-saving");
    const key = await outbox.put(act);
    mine.add(key);
    for (const uid of uids) after.set(uid, key);
    for (const cell of cells()) if (cell.name in act.fields) handed.set(cell, act.fields[cell.name]);
    await look();
    outbox.flush();
  };
  const save = (extra) => { clearTimeout(waiting); return inTurn(() => hand(extra)); };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(save, WAIT); };

  // ---------- what became of it
  const takeLine = (line, row) => {
    const here = document.getElementById(line.id);
    if (!here) return;
    for (const part of line.querySelectorAll("[data-part]")) {
      here.querySelector(`[data-part="${part.dataset.part}"]`)?.replaceWith(document.adoptNode(part.cloneNode(true)));
    }
    const over = overOf(here), both = here.querySelector("[data-put]") !== null;
    // Until one of two figures is chosen a page that is opened anew asks about them once more.
    if (both) here.dataset.before = row.over[here.dataset.line]; else delete here.dataset.before;
    over.value = overOf(line).value;
    here.classList.toggle("is-open", line.classList.contains("is-open"));
    if (both) settled.add(here); else settled.delete(here);
    for (const cell of here.querySelectorAll("[data-cell]")) {
      const now = line.querySelector(`[name="${cell.name}"]`);
      if (both || !now) continue;
      const untouched = cell.value === row.fields[cell.name];
      cell.defaultValue = now.tagName === "TEXTAREA" ? now.textContent : now.getAttribute("value");
      if (untouched && !handed.has(cell)) cell.value = cell.defaultValue;
      if (now.hasAttribute("aria-invalid")) cell.setAttribute("aria-invalid", "true"); else cell.removeAttribute("aria-invalid");
    }
  };
  const take = (row) => {
    mine.delete(row.key);
    const fresh = new DOMParser().parseFromString(row.answer ?? "", "text/html").getElementById("answer");
    for (const [uid, key] of after) if (key === row.key) after.delete(uid);
    for (const [cell, text] of handed) if (row.fields[cell.name] === text && !after.has(lineOf(cell).dataset.line)) handed.delete(cell);
    say(fresh?.dataset.said || form.dataset.refused);
    mark(Object.keys(row.over), row.state === "refused" ? "is-lost" : "is-saved");
    for (const uid of Object.keys(row.over)) state(uid, row.kept?.[uid] ? "received" : "", row.settled);
    if (row.state === "refused") return;
    for (const line of fresh?.querySelectorAll("[data-line]") ?? []) takeLine(line, row);
    const open = fresh?.querySelector("#open-lines");
    if (open) document.getElementById("open-lines")?.replaceWith(document.adoptNode(open));
  };
  const dropped = (key) => {
    mine.delete(key);
    for (const [uid, one] of after) {
      if (one !== key) continue;
      after.delete(uid);
      state(uid, "");
      for (const cell of lineAt(uid).querySelectorAll("[data-cell]")) {
        if (cell.value === handed.get(cell)) cell.value = cell.defaultValue;
        handed.delete(cell);
      }
    }
  };
  const look = async () => {
    const rows = (await outbox.list(account, path)).filter((row) => mine.has(row.key));
    for (const row of rows) {
      if (!outbox.isQueued(row)) take(row);
      else for (const uid of Object.keys(row.over)) state(uid, row.state, row.at);
    }
    loose.clear();
    for (const row of rows) if (outbox.isQueued(row) && outbox.isLoose(row)) loose.add(row.key);
    remember();
    const known = new Set(rows.map((row) => row.key));
    for (const key of mine) if (!known.has(key)) dropped(key);
    return rows.some(outbox.isQueued);
  };
  outbox.hear(({ why }) => inTurn(async () => {
    const isLeft = await look();
    if (!why || !isLeft) return;
    say(`${form.dataset[why]} ${await held()}`);
    mark(after.keys(), "is-lost");
  }));
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

  // ---------- what was typed before and is not saved comes back: from this window, and from the outbox of this device
  const putBack = (cell, typed, over) => {
    if (!cell?.matches?.("[data-cell]") || cell.value === typed) return false;
    cell.value = typed;
    overOf(lineOf(cell)).value = over;
    return true;
  };
  // An entry that the server had received after this page was made stands here as it was typed.
  const overlay = (row) => {
    for (const [uid, entry] of Object.entries(row.kept)) {
      const line = lineAt(uid);
      if (!line || Number(overOf(line).value) >= Number(entry)) continue;
      overOf(line).value = entry;
      for (const cell of line.querySelectorAll("[data-cell]")) cell.value = cell.defaultValue = row.fields[cell.name] ?? cell.value;
      state(uid, "received", row.settled);
    }
  };
  const adopted = (row) => {
    mine.add(row.key);
    for (const uid of Object.keys(row.over)) {
      if (lineAt(uid)) after.set(uid, row.key);
      for (const cell of lineAt(uid)?.querySelectorAll("[data-cell]") ?? []) {
        cell.value = row.fields[cell.name] ?? cell.value;
        handed.set(cell, cell.value);
      }
    }
  };
  inTurn(async () => {
    let back = false;
    for (const [name, { typed, over }] of Object.entries(recall())) back = putBack(form.elements[name], typed, over) || back;
    for (const row of await outbox.adopt(account, path)) {
      // A figure is read in the language in which it was typed: what was typed in the other one stays in the outbox.
      if (row.language !== language) continue;
      if (row.kept) overlay(row);
      if (outbox.isQueued(row)) adopted(row);
      for (const uid of row.open ?? []) for (const name of ["c", "w", "k"].map((one) => `${one}-${uid}`)) if (name in row.fields) back = putBack(form.elements[name], row.fields[name], row.over[uid]) || back;
    }
    await look();
    if (!navigator.onLine) say(`${form.dataset.offline} ${await held()}`);
    if (back) { say(form.dataset.back); later(); }
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  addEventListener("beforeunload", (event) => { if (cells().some((cell) => isUnsaved(cell) && !settled.has(lineOf(cell)))) event.preventDefault(); });
  form.addEventListener("submit", (event) => {
    if (isBroken) { for (const cell of cells()) handed.set(cell, cell.value); loose.clear(); return; }
    const isBlock = form.elements.paste.value.trim() !== "";
    const isCalm = !mine.size && navigator.onLine;
    if (isCalm && (isBlock || !cells().some(isChanged))) { try { sessionStorage.removeItem(STORE); } catch { /* nothing was remembered */ } return; }
    event.preventDefault();
    event.stopPropagation();
    if (isBlock) say(form.dataset.block); else save();
  });
})();
