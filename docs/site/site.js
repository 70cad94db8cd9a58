// SPDX-License-Identifier: Apache-2.0
// What the book's pages do beyond Doxygen: formulas, search over the full text,
// keys, tables that scroll. No network, no library but KaTeX.

DoxygenAwesomeDarkModeToggle.init();
DoxygenAwesomeFragmentCopyButton.init();
DoxygenAwesomeParagraphLink.init();
DoxygenAwesomeInteractiveToc.init();

document.addEventListener("DOMContentLoaded", () => {
  renderMathInElement(document.body, {
    delimiters: [
      {left: "\\[", right: "\\]", display: true},
      {left: "\\(", right: "\\)", display: false},
      {left: "\\begin{align*}", right: "\\end{align*}", display: true},
    ],
    throwOnError: false,
  });

  // A table that is wider than a phone scrolls by itself, not with the page.
  for (const table of document.querySelectorAll(".contents table.markdownTable, .contents table.doxtable")) {
    const box = document.createElement("div");
    box.className = "table-scroll";
    table.replaceWith(box);
    box.append(table);
    addTableFilter(table, box);
  }

  window.addEventListener("load", () => openBook(20));
  startSearch(document.getElementById("book-search-field"), document.getElementById("book-search-results"));
  startKeys();
});

// The chapters are the first thing to see in the sidebar, on every page. Doxygen
// builds its tree a little after the page has loaded; hence the tries.
function openBook(tries) {
  const arrow = document.querySelector("#nav-tree a[href$='book.html']")?.closest(".item")?.querySelector(".arrow");
  if (arrow?.textContent.trim() === "►") {
    arrow.parentElement.click();
  } else if (!arrow && tries > 0) {
    setTimeout(() => openBook(tries - 1), 100);
  }
}

// Arrow keys turn the pages of the book; a slash goes to the search field.
function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
    const links = document.querySelectorAll(".chapter-links a");
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("book-search-field").focus();
    } else if (event.key === "ArrowLeft" && links.length > 0) {
      links[0].click();
    } else if (event.key === "ArrowRight" && links.length > 1) {
      links[1].click();
    }
  });
}

// Finds sections that contain every word, as substrings: so also part of a name,
// and Chinese, which has no spaces. search-index.js holds rows of
// [address, page, section, text, is it of the book].
function startSearch(field, panel) {
  let rows = null;
  let chosen = -1;

  const plain = (html) => {
    const area = document.createElement("textarea");
    area.innerHTML = html;
    return area.value.replace(/\\[()[\]]/g, "");  // the marks around formulas
  };
  const load = () => {
    rows ??= (window.bookIndex || []).map(([address, page, section, text, book]) => {
      const row = {address, page: plain(page), section: plain(section), text: plain(text), book};
      row.title = (row.page + " " + row.section).toLowerCase();
      row.lower = row.text.toLowerCase();
      return row;
    });
  };
  const score = (row, words) => {
    let total = row.book ? 1 : 0;
    for (const word of words) {
      const inTitle = row.title.includes(word);
      if (!inTitle && !row.lower.includes(word)) return 0;
      total += inTitle ? 4 : 2;
      if (row.section.toLowerCase().startsWith(word)) total += 4;
    }
    return total;
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
    const words = field.value.trim().toLowerCase().split(/\s+/).filter((word) => word !== "");
    panel.replaceChildren();
    panel.hidden = words.length === 0;
    chosen = -1;
    if (panel.hidden) return;
    const found = rows.map((row) => [score(row, words), row]).filter(([points]) => points > 0);
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
