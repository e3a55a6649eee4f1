// Puts the mark of a number into the text of a review where the cursor stands, and finds numbers by
// words. Without it the mark is typed as it is printed in the list.

const text = document.querySelector("textarea[data-quoting]");
const list = document.querySelector("[data-numbers]");

// Words are found without their marks, as they are often typed: "ho" finds "hộ".
const folded = (words) =>
  words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

function insert(mark) {
  text.setRangeText(mark, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function find(rows, words, said) {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const [row, own] of rows) {
    row.hidden = !wanted.every((word) => own.includes(word));
    if (!row.hidden) left += 1;
  }
  for (const head of list.querySelectorAll("h3")) {
    const n = head.nextElementSibling.querySelectorAll("li:not([hidden])").length;
    head.hidden = n === 0;
    head.querySelector("span").textContent = n;
  }
  said.textContent = wanted.length
    ? said.dataset.said.replace("{n}", left).replace("{all}", rows.length)
    : "";
}

if (list) {
  const rows = [...list.querySelectorAll("li")].map((row) => [row, folded(row.textContent)]);
  if (text) {
    for (const [row] of rows) {
      const button = row.querySelector("button");
      if (!button) continue;
      button.hidden = false;
      button.addEventListener("click", () => insert(row.dataset.mark));
    }
  }
  const finding = list.querySelector("[data-finding]");
  const input = finding.querySelector("input");
  finding.hidden = rows.length < 2;
  input.addEventListener("input", () => find(rows, input.value, finding.querySelector("p")));
}
