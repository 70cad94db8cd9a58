// A long table can be filtered: by words, and by the values of columns that have few. Reports and the
// book share this. Without it every row is there.
// SPDX-License-Identifier: Apache-2.0
"use strict";
function addTableFilter(table, place) {
  const body = table.tBodies[0], rows = body ? [...body.rows] : [];
  const heads = table.tHead ? [...table.tHead.rows[0].cells] : rows.length > 0 ? [...table.rows[0].cells] : [];
  const data = rows.filter(row => row.cells.length > 0 && row.cells[0].tagName === "TD");
  if (data.length <= 30) return;
  const bar = document.createElement("div"), words = document.createElement("input"), count = document.createElement("span");
  bar.className = "controls table-filter";
  words.type = "search";
  words.placeholder = "words in a row";
  words.setAttribute("aria-label", "show rows that contain these words");
  count.setAttribute("role", "status");
  const choices = heads.flatMap((head, column) => {
    const values = [...new Set(data.map(row => row.cells[column].textContent.trim()))];
    const choosable = values.length > 1 && values.length <= 25 && values.every(each => each.length < 30) &&
      !data.some(row => "sort" in row.cells[column].dataset);
    if (!choosable) return [];
    const choice = document.createElement("select"), name = head.textContent.trim();
    choice.setAttribute("aria-label", name);
    choice.add(new Option(name + ": all", ""));
    values.forEach(each => choice.add(new Option(each, each)));
    return [{ column, choice }];
  });
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of data) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every(each => text.includes(each)) ||
        choices.some(({ column, choice }) => choice.value !== "" && row.cells[column].textContent.trim() !== choice.value);
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${data.length} rows`;
  };
  [words, ...choices.map(each => each.choice)].forEach(each => each.addEventListener("input", show));
  bar.append(words, ...choices.map(each => each.choice), count);
  place.before(bar);
  show();
}
