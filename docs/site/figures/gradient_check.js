// SPDX-License-Identifier: Apache-2.0
// Chapter 4.2: formulas for the gradient of one layer, held against differences of its error. The layer is one of those
// that the chapter measures: three samples, four inputs, four sigmoids.
const layerAnswers = ({x}, w) => x.map((row) => w[0].map((_, j) => logistic(row.reduce((sum, each, i) => sum + each * w[i][j], 0))));
// Outer products of rows of `left` and what `right(a, y)` makes of each answer and target, added up over the samples.
const layerProduct = (task, w, left, right) => {
  const a = layerAnswers(task, w), rows = left(a);
  return w.map((row, i) => row.map((_, j) => a.reduce((sum, answers, s) => sum + rows[s][i] * right(answers[j], task.y[s][j]), 0)));
};
const gradientFormulas = {
  true: (task, w) => layerProduct(task, w, () => task.x, (a, y) => 2 / (task.y.length * task.y[0].length) * (a - y) * a * (1 - a)),
  article: (task, w) => layerProduct(task, w, (a) => a, (a, y) => y - a),
  turned: (task, w) => layerProduct(task, w, (a) => a, (a, y) => a - y),
  sloped: (task, w) => layerProduct(task, w, (a) => a, (a, y) => (a - y) * a * (1 - a)),
  input: (task, w) => layerProduct(task, w, () => task.x, (a, y) => a - y),
};
const gradientNames = {"the gradient": "true", "the article's formula": "article", "its sign turned": "turned", "sign turned, with the slope": "sloped",
  "sign turned, with the input": "input"};

interactiveFigure({
  name: "gradient_check",
  label: "How far a formula for one derivative is from a difference of two errors, by the step of the difference",
  controls: [
    {name: "formula", label: "formula", choices: Object.keys(gradientNames), value: "the gradient"},
    {name: "difference", label: "difference", choices: ["central", "one-sided"], value: "central"},
    {name: "numbers", label: "errors are kept as", choices: ["double", "float"], value: "double"},
    {name: "power", label: "step h", min: -15, max: 0, step: 0.25, value: -2, show: (power) => shortNumber(10 ** power)},
  ],
  error(w) {
    const {layer} = figureData, a = layerAnswers(layer, w);
    return a.flatMap((row, s) => row.map((each, j) => (each - layer.y[s][j]) ** 2)).reduce((sum, each) => sum + each, 0) / (a.length * a[0].length);
  },
  // The first weight is moved by h; the quotient is compared with what the formula has for it.
  compute({formula, difference, numbers, power}) {
    const {layer} = figureData, h = 10 ** power;
    const round = numbers === "float" ? Math.fround : (each) => each;
    const moved = (by) => round(this.error(layer.w.map((row, i) => row.map((weight, j) => (i === 0 && j === 0 ? weight + by : weight)))));
    const quotient = difference === "central" ? (moved(h) - moved(-h)) / (2 * h) : (moved(h) - moved(0)) / h;
    const derivative = gradientFormulas[gradientNames[formula]](layer, layer.w)[0][0];
    return {quotient, derivative, off: Math.abs(quotient - derivative) / Math.abs(quotient || derivative)};
  },
  draw(canvas, {off}, settings) {
    const [plot] = canvas.plots({x: [1e-15, 1], y: [1e-12, 100], xLog: true, yLog: true, title: "relative difference of formula and quotient", xLabel: "step h"});
    const curve = (changed) => Array.from({length: 121}, (_, k) => -15 + k / 8).map((power) => [10 ** power, this.compute({...settings, ...changed, power}).off]);
    if (settings.formula !== "the gradient") plot.curve(curve({formula: "the gradient"}), 0, "dashed");
    plot.curve(curve({}), settings.formula === "the gradient" ? 0 : 1);
    plot.mark(10 ** settings.power, "h");
    plot.dot(10 ** settings.power, Math.max(off, 1e-12), settings.formula === "the gradient" ? 0 : 1);
  },
  say({quotient, derivative, off}, settings) {
    const {formula, power} = settings;
    const numbers = `Moving the first weight by ${shortNumber(10 ** power)} says ${shortNumber(quotient)}; the formula says ${shortNumber(derivative)}, off by ${shortNumber(off)} of it. `;
    if (formula !== "the gradient") return numbers + "No step brings the two together: where the curve is flat, it is the formula that is wrong. Dashed: the right one.";
    const nearby = (by) => this.compute({...settings, power: Math.min(0, Math.max(-15, power + by))}).off;
    const larger = nearby(1) + nearby(1.25) + nearby(1.5), smaller = nearby(-1) + nearby(-1.25) + nearby(-1.5);
    return numbers + (larger > 4 * smaller ? "The step is too long: the error curves on the way, and a shorter one would do better."
      : smaller > 4 * larger ? "The step is too short: two nearly equal errors are subtracted, and little but their rounding is left."
        : "Between a step that is too long and one that is too short, this is about the best.");
  },
});
