// Photographs are made smaller before they are sent: a phone takes ten times what evidence needs, and its line may be slow.
// What was chosen is replaced in its field; without a script, or where a picture cannot be read here, it goes as it is.
(() => {
  "use strict";
  const LONGEST = 2048, QUALITY = 0.85, WORTH = 600000, MEGABYTE = 1048576;
  const { lang } = document.documentElement;
  const size = (bytes) => new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(bytes / MEGABYTE);

  const smaller = async (file) => {
    if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < WORTH) return file;
    let picture;
    try { picture = await createImageBitmap(file, { imageOrientation: "from-image" }); } catch { return file; }
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const drawn = canvas.getContext("2d");
    drawn.fillStyle = "white";  // a JPEG knows nothing transparent
    drawn.fillRect(0, 0, canvas.width, canvas.height);
    drawn.imageSmoothingQuality = "high";
    drawn.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
    if (!made || made.size >= file.size) return file;
    return new File([made], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg", lastModified: file.lastModified });
  };

  const told = (field) => {
    let place = field.nextElementSibling;
    if (!place?.matches("[data-told]")) {
      place = document.createElement("p");
      place.className = "lt-small";
      place.dataset.told = "";
      place.setAttribute("role", "status");
      field.after(place);
    }
    return place;
  };

  // A form that is sent meanwhile waits until all its pictures are ready; the last choice of a field counts.
  const work = new Map();
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches?.("input[type=file][data-photos]")) return;
    const chosen = [...field.files], place = told(field);
    place.textContent = "";
    work.delete(field);
    if (!chosen.length) return;
    const done = (async () => {
      const made = [];
      for (const file of chosen) made.push(await smaller(file));
      if (work.get(field) !== done || !made.some((file, at) => file !== chosen[at])) return;
      const carrier = new DataTransfer();
      for (const file of made) carrier.items.add(file);
      field.files = carrier.files;
      const sum = (files) => size(files.reduce((whole, file) => whole + file.size, 0));
      place.textContent = field.dataset.photos.replace("{before}", sum(chosen)).replace("{after}", sum(made));
    })().finally(() => { if (work.get(field) === done) work.delete(field); });
    work.set(field, done);
  });
  document.addEventListener("submit", (event) => {
    const waiting = [...work].filter(([field]) => field.form === event.target).map(([, done]) => done);
    if (!waiting.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Promise.allSettled(waiting).then(() => event.target.requestSubmit(event.submitter));
  }, true);
})();
