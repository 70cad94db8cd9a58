// SPDX-License-Identifier: Apache-2.0
// Chapter 5.1: a budget of multiply-adds, spent on networks of four widths; errors and paces are the chapter's records.
const budgetWork = (width) => 2 * 784 * width + 3 * 10 * width;  // multiply-adds a sample
const budgetWidths = [...new Set(figureData.budgets.flatMap(({cells}) => cells.map(({width}) => width)))].sort((a, b) => a - b).map(String);

interactiveFigure({
  name: "budget",
  label: "The test error that a budget of multiply-adds buys, by the width of the network, and how many images each width sees for it",
  controls: [
    {name: "tenfolds", label: "budget (multiply-adds)", min: 7, max: 11, step: 1, value: 8, show: (tenfolds) => powerOfTen(tenfolds)},
    {name: "width", label: "hidden units", choices: budgetWidths, value: budgetWidths.at(-2)},
  ],
  compute({tenfolds, width}) {
    const {cells} = figureData.budgets.find(({work}) => Math.round(Math.log10(work)) === tenfolds);
    const best = cells.reduce((least, cell) => (cell.error[0] < least.error[0] ? cell : least));
    return {cells, best, chosen: cells.find((cell) => cell.width === Number(width)), samples: 10 ** tenfolds / budgetWork(Number(width))};
  },
  draw(canvas, {cells, best, samples}, {tenfolds, width}) {
    const [errors, seen] = canvas.plots(
      {x: [10, 2000], y: [0.1, 1], xLog: true, yLog: true, title: "test error, with interval; pale: other budgets", xLabel: "hidden units",
        yTicks: [0.1, 0.2, 0.3, 0.5, 1].map((share) => [share, `${100 * share} %`])},
      {x: [10, 2000], y: [10, 1e7], xLog: true, yLog: true, title: "images that the budget pays for", xLabel: "hidden units"});
    for (const {cells: other} of figureData.budgets) errors.curve(other.map((cell) => [cell.width, cell.error[0]]), 0, "pale");
    errors.curve(cells.map((cell) => [cell.width, cell.error[0]]), 0);
    for (const cell of cells) {
      errors.whisker(cell.width, cell.error[1], cell.error[2], 0);
      errors.dot(cell.width, cell.error[0], cell === best ? 1 : 0, cell.width === Number(width) ? 7 : 4.5);
    }
    errors.text(errors.x(best.width) + (best.width > 500 ? -11 : 11), errors.y(best.error[0]) + 20, "least", "f1", best.width > 500 ? "end" : "start");
    seen.curve([10, 2000].map((units) => [units, 10 ** tenfolds / budgetWork(units)]), 0);
    seen.curve([[10, 60000], [2000, 60000]], 3, "dashed");
    seen.text(seen.inner.left + seen.inner.width - 5, seen.y(60000) - 6, "all images there are", "f3", "end");
    seen.dot(Number(width), samples, 0, 6);
  },
  say({best, chosen, samples}, {width}) {
    const count = (n) => Math.round(n).toLocaleString("en-GB");
    const pays = `With ${count(Number(width))} hidden units it pays for ${count(samples)} images`;
    if (!chosen) return `${pays}: less than a batch, so this width was not tried. The least error has ${best.width}, ${shortNumber(100 * best.error[0])} %.`;
    const seconds = chosen.seconds < 1 ? `${shortNumber(1000 * chosen.seconds)} ms` : `${shortNumber(chosen.seconds)} s`;
    const again = chosen.passes > 1 ? `, that is ${chosen.passes} passes over ${count(chosen.images)} of them` : "";
    return `${pays}${again}, takes about ${seconds} at the pace of the chapter's machine, and leaves an error of ${shortNumber(100 * chosen.error[0])} %. ` +
      (chosen === best ? "No other width does better with this budget." : `${count(best.width)} units do better with the same budget: ${shortNumber(100 * best.error[0])} %.`);
  },
});
