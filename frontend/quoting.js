// Puts the mark of a number into the text of a review where the cursor stands.
// Without it the mark is typed as it is printed in the list.

const text = document.querySelector("textarea[data-quoting]");
const list = document.querySelector("[data-numbers]");

if (text && list) {
  for (const row of list.querySelectorAll("li")) {
    const mark = row.querySelector(".lt-numbers__mark");
    if (!mark) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lt-link";
    button.textContent = list.dataset.insert;
    button.setAttribute("aria-label", `${list.dataset.insert} ${mark.textContent}`);
    button.addEventListener("click", () => {
      text.setRangeText(mark.textContent, text.selectionStart, text.selectionEnd, "end");
      text.focus();
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    mark.after(button);
  }
}
