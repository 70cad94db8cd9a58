// Everything works without this; with it, tables sort and legends answer.
"use strict";
document.getElementById("mode").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.classList.contains("dark-mode") ||
    (!root.classList.contains("light-mode") && matchMedia("(prefers-color-scheme: dark)").matches);
  root.classList.toggle("dark-mode", !dark);
  root.classList.toggle("light-mode", dark);
});
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.firstChild.addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    const key = row => {
      const cell = row.cells[column];
      return cell.dataset.sort === undefined ? cell.textContent : Number(cell.dataset.sort);
    };
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => {
      const x = key(a), y = key(b);
      if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
      return (x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1);
    });
    heads.forEach(each => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    table.tBodies[0].append(...rows);
  }));
}
for (const svg of document.querySelectorAll("svg.figure")) {
  const series = [...svg.querySelectorAll(".series")];
  const dim = name => series.forEach(each =>
    each.classList.toggle("dim", name !== null && each.dataset.series !== name));
  for (const key of svg.querySelectorAll(".key")) {
    const name = key.dataset.series;
    const toggle = () => {
      const off = key.classList.toggle("off");
      series.filter(each => each.dataset.series === name)
        .forEach(each => each.classList.toggle("off", off));
    };
    key.addEventListener("mouseenter", () => dim(name));
    key.addEventListener("mouseleave", () => dim(null));
    key.addEventListener("click", toggle);
    key.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); }
    });
  }
  for (const each of series) {
    each.addEventListener("mouseenter", () => dim(each.dataset.series));
    each.addEventListener("mouseleave", () => dim(null));
  }
}
