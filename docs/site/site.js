// SPDX-License-Identifier: Apache-2.0
// What the book's pages do beyond Doxygen: formulas, search over the full text,
// keys, tables that scroll. No network, no library but KaTeX.

DoxygenAwesomeDarkModeToggle.init();
DoxygenAwesomeFragmentCopyButton.init();
DoxygenAwesomeParagraphLink.init();

document.addEventListener("DOMContentLoaded", () => {
  renderMathInElement(document.body, {
    delimiters: [
      {left: "\\[", right: "\\]", display: true},
      {left: "\\(", right: "\\)", display: false},
      {left: "\\begin{align*}", right: "\\end{align*}", display: true},
    ],
    throwOnError: false,
  });
  keepStops();

  // A table that is wider than a phone scrolls by itself, not with the page.
  for (const table of document.querySelectorAll(".contents table.markdownTable, .contents table.doxtable")) {
    const box = document.createElement("div");
    box.className = "table-scroll";
    table.replaceWith(box);
    box.append(table);
    nameCells(table);
    addTableFilter(table, box);
  }

  if (!document.getElementById("side-nav")) return;  // the whole book on one page
  followReading();
  startSearch(document.getElementById("book-search-field"), document.getElementById("book-search-results"));
  startKeys();
});

// No line begins with the stop that follows a formula: it goes into the formula's last unbreakable part.
function keepStops() {
  for (const formula of document.querySelectorAll(".contents .katex")) {
    const after = formula.nextSibling ?? formula.parentElement.nextSibling;
    const stop = after?.nodeType === Node.TEXT_NODE && after.data.match(/^[.,;:!?)\u2019]+/);
    const parts = formula.querySelectorAll(".katex-html > .base");
    if (!stop || parts.length === 0) continue;
    const mark = document.createElement("span");
    mark.className = "stop";
    mark.textContent = stop[0];
    parts[parts.length - 1].append(mark);
    after.data = after.data.slice(stop[0].length);
  }
}

// Rows that hold sentences: on a phone each is a block under its title, whose cells say what they are.
function nameCells(table) {
  const heads = [...table.querySelectorAll("th")].map((head) => head.textContent.trim());
  const kLong = 110;  // letters that a column of such a table would break into too many lines
  const isLong = (cell) => cell.textContent.length > kLong && !cell.querySelector(".katex");
  const named = heads.findIndex((head) => ["claim", "what the article says", "term"].includes(head));
  if (named < 0 && ![...table.querySelectorAll("td")].some(isLong)) return;
  const title = Math.max(named, 0);
  table.classList.add("sentences");
  for (const row of table.rows) {
    [...row.cells].forEach((cell, i) => {
      // Beside a title alone, what the other cell is goes without saying.
      if (row.cells.length > 2) cell.dataset.column = heads[i] ?? "";
      cell.classList.toggle("cell-title", i === title);
    });
  }
}

// Marks in the contents the section that is being read, and shows the page's own entry where the list is long.
function followReading() {
  const links = [...document.querySelectorAll("#side-nav a[href^='#']")];
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const mark = () => {
    let last = -1;
    places.forEach((place, i) => { if (place && place.getBoundingClientRect().top < 130) last = i; });
    links.forEach((link, i) => link.classList.toggle("seen", i === last));
  };
  const here = document.querySelector("#side-nav a[aria-current]");
  const side = document.getElementById("side-nav");
  if (here && here.offsetTop > side.clientHeight - 80) side.scrollTop = here.offsetTop - 120;
  document.addEventListener("scroll", mark, {passive: true});
  mark();
}

// Arrow keys turn the pages of the book; a slash goes to the search field.
function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("book-search-field").focus();
    } else if (event.key === "ArrowLeft") {
      document.querySelector(".chapter-links a[rel=prev]")?.click();
    } else if (event.key === "ArrowRight") {
      document.querySelector(".chapter-links a[rel=next]")?.click();
    }
  });
}

// Finds sections that contain every word, as substrings: so also part of a name,
// and Chinese, which has no spaces. search-index.js holds rows of
// [address, page, section, text, 2 for a chapter, 1 for another page, 0 for the reference], and terms in
// English and Chinese: a Chinese term finds the English one as well.
function startSearch(field, panel) {
  let rows = null;
  let chosen = -1;

  const plain = (html) => {
    const area = document.createElement("textarea");
    area.innerHTML = html;
    return area.value.replace(/\\[()[\]]/g, "");  // the marks around formulas
  };
  const load = () => {
    rows ??= (window.bookIndex || []).map(([address, page, section, text, rank]) => {
      const row = {address, page: plain(page), section: plain(section), text: plain(text), rank};
      row.title = (row.page + " " + row.section).toLowerCase();
      row.lower = row.text.toLowerCase();
      return row;
    });
  };
  // A word, and what else it may be called: 梯度 is the gradient.
  const namesOf = (word) => [word, ...(window.bookTerms || [])
    .filter(([, chinese]) => chinese.split(", ").includes(word))
    .flatMap(([english]) => english.toLowerCase().split(", "))];
  const score = (row, words) => {
    let total = 0;
    for (const names of words) {
      let best = 0;
      for (const name of names) {
        if (row.title.includes(name)) best = Math.max(best, row.section.toLowerCase().startsWith(name) ? 8 : 4);
        else if (row.lower.includes(name)) best = Math.max(best, 2);
      }
      if (best === 0) return 0;
      total += best;
    }
    // Of two that say as much, the chapter before the page, and the page before the reference; a mere
    // mention in a chapter does not come before a heading elsewhere in the book.
    return total + [0, 10, 12][row.rank];
  };
  // Some words of the text about the first hit, with every hit marked.
  const excerpt = (row, words) => {
    const at = Math.max(0, row.lower.indexOf(words.find((word) => row.lower.includes(word)) ?? ""));
    const from = Math.max(0, at - 40);
    const text = (from > 0 ? "…" : "") + row.text.slice(from, from + 150) + (from + 150 < row.text.length ? "…" : "");
    return marked(text, words);
  };
  const marked = (text, words) => {
    const span = document.createElement("span");
    const lower = text.toLowerCase();
    for (let i = 0; i < text.length;) {
      const hits = words.map((word) => [lower.indexOf(word, i), word]).filter(([at]) => at >= 0);
      hits.sort(([a, x], [b, y]) => a - b || y.length - x.length);
      if (hits.length === 0) {
        span.append(text.slice(i));
        break;
      }
      const [at, word] = hits[0];
      const mark = document.createElement("mark");
      mark.textContent = text.slice(at, at + word.length);
      span.append(text.slice(i, at), mark);
      i = at + word.length;
    }
    return span;
  };
  const choose = (i) => {
    const links = panel.querySelectorAll("a");
    if (links.length === 0) return;
    chosen = (i + links.length) % links.length;
    links.forEach((link, j) => link.classList.toggle("chosen", j === chosen));
    links[chosen].scrollIntoView({block: "nearest"});
  };
  const show = () => {
    load();
    const typed = field.value.trim().toLowerCase().split(/\s+/).filter((word) => word !== "");
    const groups = typed.map(namesOf);
    const words = groups.flat();
    panel.replaceChildren();
    panel.hidden = typed.length === 0;
    chosen = -1;
    if (panel.hidden) return;
    const found = rows.map((row) => [score(row, groups), row]).filter(([points]) => points > 0);
    found.sort(([a], [b]) => b - a);
    for (const [, row] of found.slice(0, 20)) {
      const link = document.createElement("a");
      link.href = row.address;
      link.setAttribute("role", "option");
      const title = document.createElement("strong");
      title.append(marked(row.section === "" ? row.page : row.section, words));
      const where = document.createElement("small");
      where.textContent = row.section === "" ? "" : row.page;
      link.append(title, where, excerpt(row, words));
      link.addEventListener("click", () => { panel.hidden = true; });
      panel.append(link);
    }
    if (found.length === 0) panel.append("Nothing found.");
  };

  field.addEventListener("input", show);
  field.addEventListener("focus", () => { if (field.value !== "") show(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : chosen < 0 ? 0 : -1));
    } else if (event.key === "Enter") {
      const links = panel.querySelectorAll("a");
      if (links.length > 0) links[Math.max(chosen, 0)].click();
    } else if (event.key === "Escape") {
      field.value = "";
      panel.hidden = true;
      field.blur();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.isTrusted && !panel.contains(event.target) && event.target !== field) panel.hidden = true;
  });
}
