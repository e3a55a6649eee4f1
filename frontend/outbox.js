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

  // ---------- the tables: acts in the order in which they were made, and a few notes. What a device refuses to keep (no storage,
  // a full one, one that was lost) is held in memory, where it is sent as ever but ends with its page: see `isLoose`.
  const LATE = 5000, KEYS = { acts: "id", notes: "name" };
  let opened, failed = false;
  const open = () => opened ??= new Promise((done) => {
    const timer = setTimeout(() => done(null), LATE), settle = (db) => { clearTimeout(timer); done(db); };
    try {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("acts", { keyPath: "id", autoIncrement: true });
        asked.result.createObjectStore("notes", { keyPath: "name" });
      };
      asked.onsuccess = () => {
        const lost = () => { opened = undefined; };
        asked.result.onclose = lost;
        asked.result.onversionchange = () => { asked.result.close(); lost(); };
        settle(asked.result);
      };
      asked.onerror = asked.onblocked = () => settle(null);
    } catch { settle(null); }
  });
  // Rows in memory stand for those of the disk with the same key; `gone` are rows that the disk could not let go. What was made in
  // memory has a text for its id.
  const held = { acts: new Map(), notes: new Map() }, gone = { acts: new Set(), notes: new Set() };
  const isLoose = (row) => row.loose === true, isMade = (row) => typeof row.id === "string";
  let count = 0;
  const merged = (name, rows) => {
    const key = KEYS[name], seen = rows.filter((row) => !held[name].has(row[key]) && !gone[name].has(row[key]));
    const own = [...held[name].values()].map((row) => JSON.parse(JSON.stringify(row)));
    return name === "notes" ? [...seen, ...own] : [...seen, ...own].sort((one, other) => isMade(one) - isMade(other) || (one.id > other.id ? 1 : -1));
  };
  const inMemory = (name, rows, work) => {
    const key = KEYS[name];
    return work(merged(name, rows), {
      put: (row) => {
        if (name === "acts") row.id ??= `m${String(count += 1).padStart(9, "0")}`;
        held[name].set(row[key], { ...row, loose: true });
      },
      drop: (row) => { held[name].delete(row[key]); gone[name].add(row[key]); },
    });
  };
  const onDisk = (db, name, work) => new Promise((done, fail) => {
    const act = work ? db.transaction(name, "readwrite", { durability: "strict" }) : db.transaction(name, "readonly");
    const table = act.objectStore(name), key = KEYS[name], also = [];
    let found;
    table.getAll().onsuccess = (event) => {
      if (!work) { found = event.target.result; return; }
      found = work(merged(name, event.target.result), {
        put: (row) => {
          if (isMade(row)) { also.push(() => held[name].set(row[key], row)); return; }
          delete row.loose;
          table.put(row);
          also.push(() => held[name].delete(row[key]));
        },
        drop: (row) => { if (!isMade(row)) table.delete(row[key]); also.push(() => held[name].delete(row[key])); },
      });
    };
    act.oncomplete = () => { for (const one of also) one(); done(found); };
    act.onerror = act.onabort = () => fail(act.error);
  });
  // A connection that was lost is made anew once; a full disk is not asked twice.
  const tried = async (name, work) => {
    for (let left = 2; ; left -= 1) {
      const db = await open();
      if (!db) throw new Error("no storage");
      try { return await onDisk(db, name, work); } catch (fault) {
        if (left === 1 || fault?.name === "QuotaExceededError") throw fault;
        opened = undefined;
        db.close();
      }
    }
  };
  const read = async (name) => merged(name, await tried(name).catch(() => []));
  // One transaction: `work` gets all rows and what changes them; what it returns is known once it is on the disk, or in memory.
  const change = async (name, work) => {
    try {
      const found = await tried(name, work);
      failed = false;
      return found;
    } catch {
      failed = true;
      return inMemory(name, await tried(name).catch(() => []), work);
    }
  };
  const keeps = async () => (await open()) !== null && !failed;

  // ---------- whoever listens, in this window or another, hears that something has changed
  let channel = null;
  try { channel = new BroadcastChannel(NAME); } catch { /* each window hears itself alone */ }
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
    tell({ queued: true });
    return key;
  };
  const list = async (account, path) => ofReport(await read("acts"), account, path);
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
    if (told.state === "refused" || told.state === "overtaken") row.open = Object.keys(row.over).filter((line) => !(line in (told.kept ?? {})));
    // Received whole: that something else counts by now in a line is told beside that line.
    if (told.state === "overtaken" && !row.open.length) { row.state = "received"; delete row.open; }
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
      if (!row) return; // what waits is sent as it is, under its own key
      table.drop(row);
      const { id: _id, open: _open, settled: _settled, answer: _answer, ...kept } = row;
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
  // Asked before each sending, since somebody else may have signed in meanwhile.
  const posted = async (act) => {
    const { account, token } = await who();
    return account === act.account ? meant(await post(act, token)) : { state: "waiting", why: "signed_out" };
  };
  const deliver = async (act) => {
    try {
      let told = await posted(act);
      if (told.state === "refused" && !told.answer) { known = null; told = await posted(act); }
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
    if (!(await read("acts")).some(isQueued)) return "";
    let account;
    try { ({ account } = await who()); } catch { return "away"; }
    const skipped = new Set();
    let why = "";
    for (let act = await next(account, skipped); act; act = await next(account, skipped)) {
      tell({});
      const told = await deliver(act);
      await settle(act.key, { why: "", ...told });
      tell({});
      if (told.why === "fault") { skipped.add(act.path); why = told.why; } else if (told.why) return told.why;
    }
    const left = (await read("acts")).filter(isQueued);
    return why || (left.some((row) => row.account !== account && row.account === self.document?.body.dataset.account) ? "signed_out" : "");
  };
  // One window, or the worker, sends at a time; without locks the server still takes each act once.
  const alone = async (work) => {
    let begun = false;
    try { return await navigator.locks.request(NAME, () => { begun = true; return work(); }); } catch (fault) {
      if (begun) throw fault;
      return work();
    }
  };
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
  const account = async () => (await read("notes")).find((row) => row.name === "account")?.value ?? "";
  const enter = async (reader) => {
    if (await account() === reader) return;
    known = null;
    try {
      for (const name of await caches.keys()) if (name.startsWith(CACHE) && name !== CACHE + reader) await caches.delete(name);
    } catch { /* a browser that keeps no pages */ }
    await change("acts", (rows, table) => {
      for (const row of rows) {
        if (row.account === reader) continue;
        if (row.state === "received") table.drop(row);
        // What he typed stays for him; what the server told him of others does not.
        else if (row.answer) table.put({ ...row, answer: "", bare: true });
      }
    });
    await change("notes", (rows, table) => {
      for (const row of rows) if (row.account && row.account !== reader) table.drop(row);
      table.put({ name: "account", value: reader });
    });
  };
  const note = (row) => change("notes", (rows, table) => { table.put(row); });
  const notes = async (reader) => (await read("notes")).filter((row) => row.account === reader);
  const pageNote = (path) => `page ${path}`;
  const forget = async (reader, path) => {
    const isIt = (row) => row.account === reader && row.name === pageNote(path);
    if ((await read("notes")).some(isIt)) await change("notes", (rows, table) => { for (const row of rows) if (isIt(row)) table.drop(row); });
  };

  (self.lotrinh ??= {}).outbox = { AFTER, CACHE, account, adopt, again, drop, enter, flush, forget, hear: (one) => hearers.add(one), isLoose, isQueued, keeps, list, newKey, note, notes, pageNote, put };
})();
