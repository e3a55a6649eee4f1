// The door of a conference: a pass is checked on the device by the signature it bears, kept on the device, and sent in batches as
// soon as there is a network, as often as it takes. Without this file each pass is sent by itself and answered by the page.
(() => {
  "use strict";
  const form = document.querySelector("form[data-door]");
  if (!form || !("indexedDB" in window)) return;
  const words = JSON.parse(form.dataset.words);
  const came = document.querySelector("[data-came]");
  const counter = document.querySelector("[data-present]");
  const waiting = document.querySelector("[data-unsent]");
  const MOST = 200;
  const PACE = 2000;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  // ---------- what a pass says
  const bytesOf = (written) => {
    const text = written.trim().toUpperCase();
    if (!/^L[A-Z2-7]{151}$/.test(text)) return null;
    const found = new Uint8Array(94);
    let bits = 0, value = 0, place = 0;
    for (const letter of text.slice(1)) {
      value = (value << 5) | LETTERS.indexOf(letter);
      bits += 5;
      if (bits >= 8) { bits -= 8; if (place < 94) found[place++] = (value >> bits) & 255; value &= (1 << bits) - 1; }
    }
    return found;
  };
  const key = crypto.subtle
    ? crypto.subtle.importKey("raw", Uint8Array.from(atob(form.dataset.key), (one) => one.charCodeAt(0)), "Ed25519", false, ["verify"]).catch(() => null)
    : Promise.resolve(null);
  const isGenuine = async (bytes) => {
    const known = await key;
    if (!known) return null;  // this browser cannot tell; the server will
    return crypto.subtle.verify("Ed25519", known, bytes.slice(30), bytes.slice(0, 18));
  };

  // ---------- what is kept on the device
  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open("lotrinh-door", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("passes", { keyPath: "id" });
      asked.result.createObjectStore("device");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const within = async (store, mode, act) => {
    const base = await opened;
    return new Promise((done, failed) => {
      const work = base.transaction(store, mode);
      const asked = act(work.objectStore(store));
      work.oncomplete = () => done(asked?.result);
      work.onerror = () => failed(work.error);
    });
  };
  const device = (async () => {
    const known = await within("device", "readonly", (store) => store.get("uid"));
    if (known) return known;
    const made = crypto.randomUUID();
    await within("device", "readwrite", (store) => store.put(made, "uid"));
    return made;
  })();
  const door = form.dataset.door;
  const all = async () => (await within("passes", "readonly", (store) => store.getAll())).filter((one) => one.door === door);

  // ---------- telling
  const tell = (admission, isIn) => {
    const line = document.createElement("p");
    line.className = `lt-door__word${isIn ? " lt-door__word--in" : ""}`;
    line.textContent = words[admission];
    came.replaceChildren(line);
  };
  const IN = new Set(["admitted", "guest"]);
  let told;
  const count = async () => {
    const held = await all();
    told ??= new Set(held.filter((one) => one.answer).map((one) => one.id));  // these are in the page's own number
    const open = held.filter((one) => !one.answer).length;
    waiting.hidden = !open;
    waiting.textContent = open ? `${words.waiting}: ${open}` : "";
    const base = Number(counter.dataset.base ?? counter.textContent);
    counter.dataset.base = base;
    counter.textContent = base + held.filter((one) => one.isNew && !told.has(one.id) && (!one.answer || IN.has(one.answer))).length;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = form.elements.pass;
    const written = field.value.trim().toUpperCase();
    field.value = "";
    field.focus();
    if (!written) return;
    const bytes = bytesOf(written);
    if (!bytes || (await isGenuine(bytes)) === false) { tell("unknown", false); return; }
    const id = `${door} ${[...bytes.slice(0, 16)].map((one) => one.toString(16).padStart(2, "0")).join("")}`;
    const known = await within("passes", "readonly", (store) => store.get(id));
    if (known && (!known.answer || IN.has(known.answer))) { tell("again", false); return; }
    await within("passes", "readwrite", (store) => store.put({ id, door, written, at: new Date().toISOString(), answer: "", isNew: true }));
    tell("admitted", true);
    await count();
    send();
  });

  // ---------- sending
  let isSending = false;
  const send = async () => {
    if (isSending) return;
    isSending = true;
    try {
      for (;;) {
        const open = (await all()).filter((one) => !one.answer).slice(0, MOST);
        if (!open.length) break;
        const answer = await fetch(door, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ device: await device, passes: open.map((one) => [one.written, one.at]) }),
        });
        if (!answer.ok) break;
        const { answers } = await answer.json();
        for (const one of open) {
          const said = answers[one.written];
          if (!said || said === "not_now") continue;
          await within("passes", "readwrite", (store) => store.put({ ...one, answer: said }));
          if (!IN.has(said) && said !== "again") tell(said, false);
        }
        if (open.some((one) => answers[one.written] === "not_now")) break;
      }
    } catch { /* no network: the next time */ } finally { isSending = false; }
    await count();
  };
  setInterval(send, PACE);
  addEventListener("online", send);
  count();
  send();
})();
