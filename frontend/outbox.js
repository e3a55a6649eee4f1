// What is typed into reports and has not been received: kept on this device by account, sent in its order, each act once.
// The pages and the service worker share this file; whoever holds the lock sends. An act keeps its key however often it is sent.
(() => {
  "use strict";
  const NAME = "lotrinh.outbox", DAYS = 7 * 24 * 3600 * 1000, PATIENCE = 60000, FRESH = 60000, AFTER = "after ";
  const here = self.document?.body.dataset.here ?? self.lotrinhPlaces?.here;
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };

  // ---------- the tables: acts in the order in which they were made, and a few notes; in memory where a browser keeps nothing
  let opened;
  const open = () => opened ??= new Promise((done) => {
    if (!self.indexedDB) { done(null); return; }
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("acts", { keyPath: "id", autoIncrement: true });
      asked.result.createObjectStore("notes", { keyPath: "name" });
    };
    asked.onsuccess = () => { asked.result.onversionchange = () => asked.result.close(); done(asked.result); };
    asked.onerror = () => done(null);
  });
  const held = { acts: [], notes: [] };
  let count = 0;
  const inMemory = (name, work) => {
    const rows = held[name], same = (one) => rows.findIndex((row) => (name === "acts" ? row.id === one.id : row.name === one.name));
    const drop = (row) => { if (same(row) >= 0) rows.splice(same(row), 1); };
    return work([...rows], { drop, put: (row) => { row.id ??= (count += 1); if (same(row) >= 0) rows[same(row)] = row; else rows.push(row); } });
  };
  // One transaction: `work` gets all rows and what changes them; what it returns is known once it is on the disk.
  const change = async (name, work) => {
    const db = await open();
    if (!db) return inMemory(name, work);
    return new Promise((done, fail) => {
      const act = db.transaction(name, "readwrite", { durability: "strict" }), table = act.objectStore(name);
      let found;
      table.getAll().onsuccess = (event) => {
        const key = name === "acts" ? "id" : "name";
        found = work(event.target.result, { put: (row) => table.put(row), drop: (row) => table.delete(row[key]) });
      };
      act.oncomplete = () => done(found);
      act.onerror = act.onabort = () => fail(act.error);
    });
  };

  // ---------- whoever listens, in this window or another, hears that something has changed
  const channel = self.BroadcastChannel ? new BroadcastChannel(NAME) : null;
  const hearers = new Set();
  const tell = (said) => { for (const hear of hearers) hear(said); channel?.postMessage(said); };
  if (channel) channel.onmessage = (event) => { for (const hear of hearers) hear(event.data); };

  // ---------- acts
  const isQueued = (row) => row.state === "waiting" || row.state === "sending";
  const ofReport = (rows, account, path) => rows.filter((row) => row.account === account && (!path || row.path === path));
  // A line is entered over an entry, or over what an earlier act of the same form will have entered.
  const resolve = (row, rows) => {
    for (const [line, over] of Object.entries(row.over)) {
      if (!over.startsWith(AFTER)) continue;
      const before = rows.find((one) => one.key === over.slice(AFTER.length));
      if (!before) row.over[line] = "";
      else if (!isQueued(before)) row.over[line] = before.kept?.[line] ?? before.over[line] ?? "";
    }
  };
  const put = async (act) => {
    const key = await change("acts", (rows, table) => {
      const own = ofReport(rows, act.account, act.path);
      for (const row of own) {
        if (!row.open?.some((line) => line in act.over)) continue;
        row.open = row.open.filter((line) => !(line in act.over));
        if (row.open.length) table.put(row); else table.drop(row);
      }
      const last = own.filter(isQueued).at(-1);
      if (last && !last.tries && last.page === act.page && !last.extra && !act.extra) {
        last.over = { ...act.over, ...last.over };
        last.fields = { ...last.fields, ...act.fields };
        last.names = { ...last.names, ...act.names };
        last.at = Date.now();
        resolve(last, own);
        table.put(last);
        return last.key;
      }
      const made = { ...act, key: newKey(), at: Date.now(), tries: 0, state: "waiting" };
      resolve(made, own);
      table.put(made);
      return made.key;
    });
    tell({});
    return key;
  };
  const list = async (account, path) => ofReport(await change("acts", (rows) => rows), account, path);
  // What is shown in a form is added to by that form alone: another one makes an act of its own.
  const adopt = (account, path) => change("acts", (rows, table) => {
    const own = ofReport(rows, account, path);
    for (const row of own) if (isQueued(row) && row.page) { row.page = ""; table.put(row); }
    return own;
  });
  const settle = (key, told) => change("acts", (rows, table) => {
    const row = rows.find((one) => one.key === key);
    if (!row) return;
    Object.assign(row, told);
    if (told.state !== "waiting") row.settled = Date.now();
    if (told.state === "refused" || told.state === "overtaken") row.open = Object.keys(row.over).filter((line) => !told.kept?.[line]);
    table.put(row);
    for (const one of ofReport(rows, row.account, row.path)) if (one !== row && isQueued(one)) { resolve(one, rows); table.put(one); }
    for (const one of rows) if (one.state === "received" && one.settled < Date.now() - DAYS) table.drop(one);
  });
  const drop = async (key) => {
    await change("acts", (rows, table) => {
      const row = rows.find((one) => one.key === key);
      if (!row) return;
      row.state = "dropped";
      for (const one of rows) if (one !== row && isQueued(one)) { resolve(one, rows); table.put(one); }
      table.drop(row);
    });
    tell({});
  };
  const again = async (key) => {
    await change("acts", (rows, table) => {
      const row = rows.find((one) => one.key === key && one.state === "refused");
      if (!row) return;
      table.drop(row);
      const { id, open: _open, settled: _settled, answer: _answer, ...kept } = row;
      table.put({ ...kept, key: newKey(), tries: 0, state: "waiting", page: "" });
    });
    tell({});
  };

  // ---------- sending
  let known;
  const who = async () => {
    if (known && known.until > Date.now()) return known;
    const answer = await fetch(here, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    known = { ...await answer.json(), until: Date.now() + FRESH };
    return known;
  };
  const post = async (act, token) => {
    const body = new URLSearchParams(act.fields);
    for (const [name, value] of [["language", act.language], ["client_key", act.key], ["reader", act.account], ["as", "lines"]]) body.set(name, value);
    for (const [line, over] of Object.entries(act.over)) body.set(`o-${line}`, over.startsWith(AFTER) ? "" : over);
    const signal = AbortSignal.timeout?.(PATIENCE);
    const headers = { Accept: "text/html", "X-CSRFToken": token };
    const answer = await fetch(act.path, { method: "POST", body, credentials: "same-origin", redirect: "manual", headers, signal });
    return { status: answer.type === "opaqueredirect" ? 302 : answer.status, text: await answer.text() };
  };
  // What an answer means; one that does not come from our form (another account, a fault, a foreign sign-in page) settles nothing.
  const meant = ({ status, text }) => {
    const tag = /<div id="answer"([^>]*)>/.exec(text)?.[1];
    if (tag !== undefined && [200, 409, 422].includes(status)) {
      if (/ data-refused/.test(tag)) return { state: "refused", answer: text };
      const kept = Object.fromEntries((/ data-kept="([^"]*)"/.exec(tag)?.[1] ?? "").split(" ").filter(Boolean).map((one) => one.split("=")));
      return { state: / data-overtaken/.test(tag) ? "overtaken" : "received", kept, answer: text };
    }
    if (status === 302 || status === 412) return { state: "waiting", why: "signed_out" };
    return [400, 403, 404, 410, 413].includes(status) ? { state: "refused", answer: "" } : { state: "waiting", why: "fault" };
  };
  const deliver = async (act) => {
    try {
      let told = meant(await post(act, (await who()).token));
      if (told.state === "refused" && !told.answer) { known = null; told = meant(await post(act, (await who()).token)); }
      if (told.why) known = null;
      return told;
    } catch { return { state: "waiting", why: "away" }; }
  };
  const next = (account, skipped) => change("acts", (rows, table) => {
    const row = rows.find((one) => one.account === account && isQueued(one) && !skipped.has(one.path));
    if (row) { row.state = "sending"; row.tries += 1; table.put(row); }
    return row;
  });
  const sendAll = async () => {
    if (!(await change("acts", (rows) => rows.some(isQueued)))) return "";
    let account;
    try { ({ account } = await who()); } catch { return "away"; }
    const skipped = new Set();
    let why = "";
    for (let act = await next(account, skipped); act; act = await next(account, skipped)) {
      tell({});
      const { why: held, ...told } = await deliver(act);
      await settle(act.key, told);
      tell({});
      if (held === "fault") { skipped.add(act.path); why = held; } else if (held) return held;
    }
    const left = await change("acts", (rows) => rows.filter(isQueued));
    return why || (left.some((row) => row.account !== account && row.account === self.document?.body.dataset.account) ? "signed_out" : "");
  };
  // One window, or the worker, sends at a time; without locks the server still takes each act once.
  const alone = (work) => (self.navigator.locks ? navigator.locks.request(NAME, work) : work());
  let running, wanted = false;
  const flush = () => {
    if (running) { wanted = true; return running; }
    running = (async () => {
      let why;
      do { wanted = false; why = await alone(sendAll); } while (wanted && !why);
      running = null;
      tell({ why });
      return why;
    })().catch(() => { running = null; tell({ why: "fault" }); return "fault"; });
    return running;
  };

  // ---------- whose device this is at the moment: pages and received acts of others go, what they have not sent stays unseen
  const CACHE = "lotrinh.pages ";
  const account = async () => (await change("notes", (rows) => rows.find((row) => row.name === "account")))?.value ?? "";
  const enter = async (reader) => {
    if (await account() === reader) return;
    known = null;
    for (const name of self.caches ? await caches.keys() : []) if (name.startsWith(CACHE) && name !== CACHE + reader) await caches.delete(name);
    await change("acts", (rows, table) => { for (const row of rows) if (row.account !== reader && row.state === "received") table.drop(row); });
    await change("notes", (rows, table) => {
      for (const row of rows) if (row.account && row.account !== reader) table.drop(row);
      table.put({ name: "account", value: reader });
    });
  };
  const note = (row) => change("notes", (rows, table) => { table.put(row); });
  const notes = (reader) => change("notes", (rows) => rows.filter((row) => row.account === reader));

  (self.lotrinh ??= {}).outbox = { AFTER, CACHE, account, adopt, again, drop, enter, flush, hear: (one) => hearers.add(one), isQueued, list, newKey, note, notes, put };
})();
