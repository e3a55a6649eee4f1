// What every page shows of the outbox: how much waits, that something was not received; and when it is sent again.
// Reports that were opened are kept for opening without a network. The page of the outbox lists all of it.
(() => {
  "use strict";
  const { outbox } = window.lotrinh, { account = "", worker } = document.body.dataset;
  const SOON = 5000, LATE = 300000, SYNC = "lotrinh.outbox", { lang } = document.documentElement;
  const sign = document.getElementById("outbox"), page = document.getElementById("outbox-page");
  // A form may have a field that is called "action".
  const pathOf = (form) => new URL(form.getAttribute("action") ?? "", location.href).pathname;
  const fill = (words, said) => words.replace(/\{(\w+)\}/g, (_, name) => said[name] ?? "");
  const linesOf = (rows) => rows.reduce((sum, row) => sum + (row.open ?? Object.keys(row.over)).length, 0);
  const moment = (at) => {
    const time = { hour: "2-digit", minute: "2-digit", hour12: false }, day = { day: "numeric", month: "numeric" };
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(lang === "vi" ? "vi-VN" : "en-GB", isToday ? time : { ...time, ...day }).format(at);
  };
  Object.assign(outbox, { moment, fill });

  // ---------- sending: when a page is opened, when the network is back, and now and then, ever more rarely
  let failures = 0, waiting;
  const send = async () => {
    clearTimeout(waiting);
    if (!account) return;
    const why = await outbox.flush();
    const left = (await outbox.list(account)).some(outbox.isQueued);
    failures = why && left ? failures + 1 : 0;
    if (!left) return;
    waiting = setTimeout(send, Math.min(LATE, SOON * 2 ** (failures - 1)));
  };
  // As soon as something waits the browser is asked to keep it, and to wake the worker when the network is back.
  let isAsked = false;
  const secure = async () => {
    try { await (await navigator.serviceWorker?.getRegistration())?.sync?.register(SYNC); } catch { /* the pages send it */ }
    if (isAsked) return;
    isAsked = true;
    try { if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.(); } catch { /* kept as long as the browser likes */ }
  };
  outbox.hear((said) => { if (said.queued) secure(); });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") send(); });
  outbox.hear((said) => { if (said.why) { clearTimeout(waiting); waiting = setTimeout(send, Math.min(LATE, SOON * 2 ** failures)); } });

  // ---------- the sign on every page
  const show = async () => {
    if (!sign) return;
    const rows = await outbox.list(account), queued = rows.filter(outbox.isQueued), open = rows.filter((row) => row.open?.length);
    const words = [[queued, sign.dataset.waiting], [open, sign.dataset.wanting]].filter(([some]) => some.length).map(([some, said]) => fill(said, { n: linesOf(some) }));
    const text = words.join(" ");
    sign.hidden = !text;
    if (queued.length) secure();
    if (sign.firstElementChild.textContent !== text) sign.firstElementChild.textContent = text;
    if (page) list(rows);
  };

  // ---------- the page of the outbox
  const put = (place, name, text) => { const part = place.querySelector(`[data-${name}]`); part.textContent = text; part.hidden = !text; };
  const lineWords = (row, line) => {
    const said = ["c", "w", "k"].map((letter) => row.fields[`${letter}-${line}`]?.trim()).filter(Boolean);
    return `${row.names[line] ?? ""}: ${said.join("; ") || "–"}`;
  };
  const reason = (row) => new DOMParser().parseFromString(row.answer ?? "", "text/html").getElementById("answer")?.dataset.said;
  const why = (row) => {
    if (outbox.isQueued(row)) return row.why === "fault" ? page.dataset.fault : "";
    return row.state === "received" ? "" : reason(row) || (row.state === "refused" && !row.bare ? page.dataset.refusal : "");
  };
  const rowOf = (row) => {
    const { dataset } = page, one = document.getElementById("outbox-row").content.cloneNode(true).firstElementChild;
    const link = one.querySelector("a"), lines = one.querySelector("ul"), shown = row.open ?? Object.keys(row.over);
    link.href = row.path;
    link.textContent = row.title;
    for (const line of shown) lines.append(Object.assign(document.createElement("li"), { textContent: lineWords(row, line) }));
    put(one, "state", fill(dataset[row.state], { time: moment(row.settled ?? row.at) }));
    put(one, "why", why(row));
    // What a fault of the server holds up can be sent at once or deleted too: it may hold up the rest of its report for ever.
    const isStuck = row.state === "waiting" && row.why === "fault";
    for (const button of one.querySelectorAll("button")) {
      const isAgain = button.hasAttribute("data-again");
      button.hidden = !isStuck && (isAgain ? row.state !== "refused" : !row.open?.length);
      button.querySelector("span").textContent = `: ${row.title}, ${shown.map((line) => lineWords(row, line)).join(", ")}`;
      button.addEventListener("click", async () => {
        if (!isAgain) { if (confirm(dataset.sure)) await outbox.drop(row.key); return; }
        await outbox.again(row.key);
        send();
      });
    }
    return one;
  };
  // Only what has changed is drawn anew, so that the keyboard stays where it was.
  const drawn = new Map();
  const list = (rows) => {
    const place = page.querySelector("[data-rows]"), known = new Set(rows.map((row) => row.key));
    for (const [key, { one }] of drawn) {
      if (known.has(key)) continue;
      if (one.contains(document.activeElement)) page.querySelector("[data-send]").focus();
      one.remove();
      drawn.delete(key);
    }
    for (const [at, row] of [...rows].reverse().entries()) {
      const stamp = JSON.stringify([row.state, row.at, row.settled, row.why, row.open, row.fields, row.answer]), old = drawn.get(row.key);
      let one = old?.one;
      if (old?.stamp !== stamp) {
        one = rowOf(row);
        const buttons = ["a", "[data-again]", "[data-drop]"], had = buttons.find((name) => old?.one.querySelector(name) === document.activeElement);
        if (old) old.one.replaceWith(one);
        if (had) (one.querySelector(`${had}:not([hidden])`) ?? one.querySelector("a")).focus();
        drawn.set(row.key, { one, stamp });
      }
      if (place.children[at] !== one) place.insertBefore(one, place.children[at] ?? null);
    }
    outbox.keeps().then((isKept) => {
      put(page, "unkept", isKept ? "" : page.dataset.loose);
      put(page, "none", rows.length || !isKept ? "" : page.dataset.nothing);
    });
  };
  const listPages = async () => {
    const noted = (await outbox.notes(account)).filter((row) => row.name.startsWith("page ")).sort((one, other) => other.at - one.at), rows = [];
    try {
      const cache = await caches.open(outbox.CACHE + account);
      for (const row of noted) if (await cache.match(row.name.slice(5), { ignoreVary: true })) rows.push(row);
    } catch { /* a browser that keeps no pages */ }
    const place = page.querySelector("[data-pages]");
    place.replaceChildren(...rows.map((row) => {
      const line = document.createElement("li");
      line.append(Object.assign(document.createElement("a"), { href: row.name.slice(5), textContent: row.title }), ` ${fill(page.dataset.opened, { time: moment(row.at) })}`);
      return line;
    }));
    put(page, "nopages", rows.length ? "" : page.dataset.nopage);
  };
  page?.querySelector("[data-send]").addEventListener("click", async () => {
    const why = await outbox.flush();
    put(page, "said", page.dataset[why] ?? "");
  });

  // ---------- a report that was opened can be opened without a network; so can the page of the outbox
  const keep = async (path) => {
    const answer = await fetch(path, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected || answer.headers.get("Lotrinh-Keep") !== account) return;
    const cache = await caches.open(outbox.CACHE + account);
    await cache.delete(path, { ignoreVary: true });
    await cache.put(path, answer);
  };
  const keepPages = async () => {
    const form = document.querySelector("form[data-grid]");
    if (!account || !(form || page) || !navigator.serviceWorker) return;
    const seen = navigator.serviceWorker.controller !== null;
    if (form) await outbox.note({ name: outbox.pageNote(location.pathname), account, title: form.dataset.title, at: Date.now() });
    try {
      await navigator.serviceWorker.register(worker);
      await navigator.serviceWorker.ready;
      if (!seen) await keep(location.pathname);
      const told = (await outbox.notes(account)).find((row) => row.name === "outbox");
      if (form && told?.lang !== lang) { await keep(sign.firstElementChild.pathname); await outbox.note({ name: "outbox", account, lang }); }
      for (const words of document.querySelectorAll("[data-kept-here]")) words.hidden = false;
    } catch { /* without a network, or where the browser keeps no pages, what is typed is kept all the same */ }
  };

  // ---------- signing out: what was not sent stays, unseen, until the same account signs in here again
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!account || !sign || pathOf(form) !== sign.dataset.leave || form.dataset.sure) return;
    event.preventDefault();
    // Nothing that the device refuses keeps anybody signed in. A form is not sent anew before this event has ended.
    await new Promise((done) => { setTimeout(done); });
    const rows = (await outbox.list(account).catch(() => [])).filter((row) => row.state !== "received");
    const lost = rows.filter(outbox.isLoose), asked = lost.length ? fill(sign.dataset.losing, { n: linesOf(lost) }) : fill(sign.dataset.leaving, { n: linesOf(rows) });
    if (rows.length && !confirm(asked)) return;
    form.dataset.sure = "yes";
    form.requestSubmit();
  });

  outbox.hear(show);
  (async () => {
    for (const step of [() => outbox.enter(account), show, () => page && listPages(), send, keepPages]) {
      try { await step(); } catch { /* what fails here stops nothing else */ }
    }
  })();
})();
