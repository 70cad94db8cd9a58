// Everything can be read without this: all figures are there, one below the other. With it,
// figures can be chosen, legends answer, marks speak, tables sort.
"use strict";
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const root = document.documentElement;
root.classList.add("js");

document.getElementById("mode").addEventListener("click", () => {
  const dark = root.classList.contains("dark-mode") ||
    (!root.classList.contains("light-mode") && matchMedia("(prefers-color-scheme: dark)").matches);
  root.classList.toggle("dark-mode", !dark);
  root.classList.toggle("light-mode", dark);
});

for (const table of all("table.sortable")) {
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

all("table.sortable").forEach(table => addTableFilter(table, table.parentNode));

// Tooltips: the title of a mark, shown at once, by the nearest mark, and by touch.
const tip = document.createElement("div");
tip.id = "tip";
document.body.append(tip);
for (const title of all("svg.figure title").filter(each => each.parentNode.tagName !== "svg")) {
  title.parentNode.setAttribute("data-tip", title.textContent);
  title.remove();
}
const hidden = mark => mark.closest(".off") !== null;
function nearest(svg, event) {
  const under = event.target.closest("[data-tip]");
  if (under && !hidden(under)) return under;
  let best = null, distance = 28;
  for (const mark of all(".series [data-tip]", svg)) {
    if (hidden(mark)) continue;
    const box = mark.getBoundingClientRect();
    const away = Math.hypot(box.x + box.width / 2 - event.clientX, box.y + box.height / 2 - event.clientY);
    if (away < distance) [best, distance] = [mark, away];
  }
  return best;
}
function dim(view, name) {
  for (const each of all(".series", view)) {
    each.classList.toggle("dim", name !== null && each.dataset.series !== name);
  }
}
function words(mark) {
  const own = mark.closest(".series"), panel = mark.closest(".panel");
  const where = own && panel ? [own.dataset.series, panel.dataset.panel].filter(Boolean).join(" · ") + ", " : "";
  return where + mark.dataset.tip;
}
for (const svg of all(".view svg.figure")) {
  const view = svg.closest(".view");
  svg.addEventListener("pointermove", event => {
    const mark = nearest(svg, event);
    tip.classList.toggle("shown", mark !== null);
    const own = mark && mark.closest(".series");
    dim(view, own ? own.dataset.series : null);
    if (!mark) return;
    tip.textContent = words(mark);
    const wide = root.clientWidth;
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, wide - tip.offsetWidth - 8)) + "px";
    tip.style.top = (event.clientY > 90 ? event.clientY - tip.offsetHeight - 12 : event.clientY + 18) + "px";
  });
  svg.addEventListener("pointerleave", () => { tip.classList.remove("shown"); dim(view, null); });
}

// Legends: a button switches its series off and on, in every panel and for every choice of
// the figure.
for (const key of all(".legend .key")) {
  const view = key.closest(".view"), figure = key.closest("figure"), name = key.dataset.series;
  key.addEventListener("mouseenter", () => dim(view, name));
  key.addEventListener("mouseleave", () => dim(view, null));
  key.addEventListener("click", () => {
    const off = !key.classList.contains("off");
    for (const each of all("[data-series]", figure)) {
      if (each.dataset.series !== name) continue;
      each.classList.toggle("off", off);
      if (each.classList.contains("key")) each.setAttribute("aria-pressed", String(!off));
    }
    dim(view, null);
  });
}

// Choices: one of several figures, and the logarithmic axis where there is one.
for (const figure of all("figure")) {
  const views = all(".view", figure);
  const bar = document.createElement("div");
  bar.className = "controls";
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", "what is shown");
  views.forEach((view, i) => choice.add(new Option(view.dataset.label || view.dataset.name, i)));
  const log = document.createElement("input"), label = document.createElement("label");
  log.type = "checkbox";
  label.append(log, " logarithmic");
  const show = () => views.forEach((view, i) => {
    const chosen = i === Number(choice.value), able = all(".log", view).length > 0;
    view.hidden = !chosen;
    if (chosen) label.hidden = !able;
    view.classList.toggle("show-log", able && log.checked);
  });
  choice.addEventListener("change", show);
  log.addEventListener("change", show);
  if (views.length > 1) bar.append(choice);
  if (all(".log", figure).length > 0) bar.append(label);
  if (bar.childNodes.length > 0) figure.prepend(bar);
  show();
}

// Downloads come from inside the report, so that it can travel alone.
const make = (name, attributes, text = "") => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};
// The view as it stands, panels, legend and all, as one drawing.
function picture(view) {
  const base = view.getBoundingClientRect(), foot = view.querySelector(".files").getBoundingClientRect();
  const page = make("svg", { width: base.width, height: foot.y - base.y });
  const seen = each => each.getClientRects().length > 0;
  for (const line of all("h3, .subtitle, .key:not(.off)", view).filter(seen)) {
    const box = line.getBoundingClientRect(), key = line.classList.contains("key");
    page.append(make("text", {
      x: box.x - base.x + (key ? 36 : 0), y: box.y - base.y + (key ? 18 : 15), "font-family": "sans-serif",
      "font-size": line.tagName === "H3" ? 15 : 12, "font-weight": line.tagName === "H3" ? 600 : 400,
    }, line.textContent));
  }
  for (const svg of all("svg", view).filter(seen)) {
    if (svg.closest(".key.off")) continue;
    const box = svg.getBoundingClientRect(), copy = svg.cloneNode(true);
    copy.removeAttribute("style");
    Object.entries({ x: box.x - base.x, y: box.y - base.y, width: box.width, height: box.height })
      .forEach(([name, value]) => copy.setAttribute(name, value));
    all(".off", copy).forEach(each => each.remove());
    for (const mark of all("[data-tip]", copy)) {
      mark.prepend(make("title", {}, mark.getAttribute("data-tip")));
      mark.removeAttribute("data-tip");
    }
    page.append(copy);
  }
  return new XMLSerializer().serializeToString(page);
}
for (const link of all(".files a[download]")) { // the others are files beside the page
  link.addEventListener("click", () => {
    const view = link.closest(".view"), kind = link.download.slice(view.dataset.name.length + 1);
    const data = all("pre.data", view).find(each => each.dataset.kind === kind);
    const text = !data ? picture(view) : kind === "csv" ? data.textContent.replace(/\n/g, "\r\n") : data.textContent;
    const type = { svg: "image/svg+xml", csv: "text/csv" }[kind] || "application/json";
    link.href = URL.createObjectURL(new Blob([text], { type }));
  });
}
