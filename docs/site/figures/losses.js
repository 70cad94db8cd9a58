// SPDX-License-Identifier: Apache-2.0
// Chapter 3.4: the loss of one output and the slope that its unit learns by, by the catalogue's formulas.
// [E(a, y), dE/da], each of one output with its default parameter; those of logits contain their activation.
const lossFormulas = {
  mse: [(a, y) => (a - y) ** 2, (a, y) => 2 * (a - y)],
  mae: [(a, y) => Math.abs(a - y), (a, y) => Math.sign(a - y)],
  huber: [(a, y) => (Math.abs(a - y) <= 1 ? 0.5 * (a - y) ** 2 : Math.abs(a - y) - 0.5), (a, y) => Math.min(1, Math.max(-1, a - y))],
  log_cosh: [(a, y) => Math.log(Math.cosh(a - y)), (a, y) => Math.tanh(a - y)],
  quantile: [(a, y) => Math.max(0.5 * (y - a), 0.5 * (a - y)), (a, y) => 0.5 * Math.sign(a - y)],
  binary_cross_entropy: [(z, y) => Math.max(z, 0) - y * z + Math.log1p(Math.exp(-Math.abs(z))), (z, y) => 1 / (1 + Math.exp(-z)) - y],
  hinge: [(a, y) => Math.max(0, 1 - (2 * y - 1) * a), (a, y) => ((2 * y - 1) * a < 1 ? -(2 * y - 1) : 0)],
  squared_hinge: [(a, y) => Math.max(0, 1 - (2 * y - 1) * a) ** 2, (a, y) => -2 * (2 * y - 1) * Math.max(0, 1 - (2 * y - 1) * a)],
};
const ownActivation = ["binary_cross_entropy", "hinge", "squared_hinge"];
// Of the weighted input z: through a sigmoid, unless the loss wants z itself.
function lossOfInput(loss, output, z, y) {
  const [value, slope] = lossFormulas[loss];
  if (output === "identity" || ownActivation.includes(loss)) return {loss: value(z, y), slope: slope(z, y), answer: z};
  const a = 1 / (1 + Math.exp(-z));
  return {loss: value(a, y), slope: slope(a, y) * a * (1 - a), answer: a};
}

interactiveFigure({
  name: "losses",
  label: "The loss of one output unit by its weighted input, and the slope by which it learns",
  controls: [
    {name: "loss", label: "loss", choices: Object.keys(lossFormulas), value: "mse"},
    {name: "output", label: "output unit", choices: ["sigmoid", "identity"], value: "sigmoid"},
    {name: "z", label: "weighted input z", min: -8, max: 8, step: 0.1, value: -6},
    {name: "target", label: "target y", min: 0, max: 1, step: 1, value: 1},
  ],
  compute({loss, output, z, target}) { return lossOfInput(loss, output, z, target); },
  draw(canvas, result, {loss, output, z, target}) {
    const plots = canvas.plots({x: [-8, 8], y: [0, 4], title: "the loss E", xLabel: "weighted input z"},
      {x: [-8, 8], y: [-2.2, 2.2], title: "its slope dE/dz", xLabel: "weighted input z"});
    const inputs = Array.from({length: 321}, (_, k) => (k - 160) / 20);
    plots.forEach((plot, i) => {
      const part = i === 0 ? "loss" : "slope";
      plot.curve(inputs.map((x) => [x, lossOfInput("binary_cross_entropy", "identity", x, target)[part]]), 1, "dashed");
      plot.curve(inputs.map((x) => [x, lossOfInput(loss, output, x, target)[part]]), 0);
      plot.mark(z, "z");
      plot.dot(z, result[part], 0);
    });
  },
  say({loss: value, slope, answer}, {loss, output, z, target}) {
    const through = output === "sigmoid" && !ownActivation.includes(loss);
    const entropy = lossOfInput("binary_cross_entropy", "identity", z, target).slope;
    return `${through ? `The unit answers ${shortNumber(answer)}` : `The output is ${shortNumber(answer)}`} where ${target} is wanted. The loss is ${shortNumber(value)}, its slope ${shortNumber(slope)}: ` +
      `a step of descent moves z by ${shortNumber(-slope)} times the rate. Dashed: the binary cross-entropy, with the slope ${shortNumber(entropy)} here.`;
  },
});
