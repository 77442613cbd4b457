"use strict";
// Comfort only: the page says everything without it.
const made = (name, properties) => Object.assign(document.createElement(name), properties);

const rows = [...document.querySelectorAll("table.filtered tbody tr")];
const chapters = [...document.querySelectorAll(".chapter")];
// Rows of the summary with the answers they sum up, which are in the same order in each chapter.
const told = chapters.flatMap((chapter) => {
  const own = rows.filter((row) => row.querySelector("a").hash === `#${chapter.id}`);
  return [...chapter.querySelectorAll("details.answer")].map((answer, index) => [own[index], answer]);
});
const count = made("output", { className: "faint" });
const filter = made("input", { type: "search", placeholder: "Filter by service, option, rule" });
filter.setAttribute("aria-label", "Filter decisions");
filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const [row, answer] of told) {
    row.hidden = !`${row.textContent} ${answer.textContent}`.toLowerCase().includes(wanted);
    answer.hidden = row.hidden;
  }
  for (const chapter of chapters) {
    chapter.hidden = [...chapter.querySelectorAll("details.answer")].every((each) => each.hidden);
  }
  count.textContent = wanted ? `${rows.filter((each) => !each.hidden).length} of ${rows.length}` : "";
});
const fold = made("button", { type: "button", textContent: "Fold all" });
fold.addEventListener("click", () => {
  const open = fold.textContent === "Unfold all";
  for (const each of document.querySelectorAll("details")) each.open = open;
  fold.textContent = open ? "Fold all" : "Unfold all";
});
const tools = made("div", { className: "tools" });
tools.append(filter, fold, count);
document.querySelector("#summary h2").after(tools);

for (const heading of document.querySelectorAll("section[id] > h2, section[id] > h3")) {
  const copy = made("button", { type: "button", className: "copy", textContent: "copy link" });
  copy.setAttribute("aria-label", `copy link to ${heading.textContent}`);
  copy.addEventListener("click", async () => {
    const address = new URL(`#${heading.parentElement.id}`, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      copy.textContent = "copied";
    } catch {
      location.hash = heading.parentElement.id;
      copy.textContent = "in the address bar";
    }
  });
  heading.append(copy);
}
