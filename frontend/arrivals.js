// Handing in several files: they may be dropped, are sent one by one, and their page waits until they are read. Without this
// file the form sends them all at once, and the page of the files comes back by itself.
(() => {
  "use strict";
  const form = document.querySelector("form[data-arrivals]");
  const input = form?.querySelector("input[type=file]");
  const list = form?.querySelector("[data-chosen]");

  // ---------- what is chosen
  const lines = () => {
    list.replaceChildren(...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.textContent = file.name;
      return line;
    }));
    if (input.files.length < 2) list.replaceChildren();
  };
  const zone = form?.querySelector("[data-dropzone]");
  if (zone) {
    zone.querySelector("[data-drop-hint]").hidden = false;
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("is-over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("is-over");
      const files = new DataTransfer();
      for (const file of [...input.files, ...event.dataTransfer.files]) files.items.add(file);
      input.files = files.files;
      lines();
    });
    input.addEventListener("change", lines);
  }

  // ---------- several files are sent one by one, each with its own line
  const sendOne = async (file, line) => {
    const body = new FormData(form);
    body.delete("file");
    body.append("file", file);
    body.append("several", "on");
    line.textContent = `${file.name}: ${form.dataset.sending}`;
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    line.textContent = `${file.name}: ${form.dataset.sent}`;
  };
  const sendAll = async () => {
    let lost = 0;
    for (const [place, file] of [...input.files].entries()) {
      try { await sendOne(file, list.children[place]); } catch { lost += 1; list.children[place].textContent = `${file.name}: ${form.dataset.lost}`; }
    }
    form.removeAttribute("aria-busy");
    if (!lost) { location.assign(`${form.dataset.arrivals}${form.elements.client_key.value}/`); return; }
    const line = document.createElement("li");
    line.textContent = form.dataset.again;
    list.append(line);
  };
  form?.addEventListener("submit", (event) => {
    if (input.files.length < 2 || form.querySelector("textarea").value.trim()) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    event.stopPropagation();
    lines();
    sendAll();
  });

  // ---------- the page of the files comes back until all are read
  const renew = async () => {
    const box = document.getElementById("arrivals");
    if (!box?.hasAttribute("data-reading")) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
      const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("arrivals");
      if (fresh) box.replaceWith(document.adoptNode(fresh));
    } catch { /* the next round tries again */ }
    setTimeout(renew, 2000);
  };
  setTimeout(renew, 2000);
})();
