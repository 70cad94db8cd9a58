// SPDX-License-Identifier: Apache-2.0
// Chapter 4.1: the mean slope of a sigmoid unit before training, by the number of its inputs, all of which are 1.
// E σ'(z) for z normal with this mean and deviation, by the trapezoidal rule over eight deviations to either side.
function meanSlope(mean, deviation) {
  let sum = 0, weights = 0;
  for (let k = -800; k <= 800; ++k) {
    const g = k / 100, weight = Math.exp(-g * g / 2), z = mean + deviation * g;
    sum += weight / (2 + Math.exp(-z) + Math.exp(z));
    weights += weight;
  }
  return sum / weights;
}

interactiveFigure({
  name: "initial_width",
  label: "The mean slope of a sigmoid unit before training, by its number of inputs, for two ways to draw weights",
  controls: [
    {name: "inputs", label: "inputs of the unit, all 1", min: 1, max: 100, step: 1, value: 4},
    {name: "low", label: "weights are drawn from", min: -1, max: 0, step: 0.1, value: 0, show: (low) => `[${shortNumber(low)}, ${shortNumber(low + 1)})`},
  ],
  // A weight from [low, low + 1) has mean low + ½ and variance 1/12; Glorot's, with as many units as inputs, 0 and 1/n.
  compute({inputs, low}) {
    return {uniform: meanSlope(inputs * (low + 0.5), Math.sqrt(inputs / 12)), glorot: meanSlope(0, 1)};
  },
  draw(canvas, {uniform, glorot}, {inputs, low}) {
    const [plot] = canvas.plots({x: [0, 100], y: [1e-16, 1], yLog: true, title: "mean slope (at most ¼)", xLabel: "inputs"});
    const widths = Array.from({length: 100}, (_, k) => k + 1);
    plot.curve(widths.map((n) => [n, glorot]), 1, "dashed");
    plot.curve(widths.map((n) => [n, this.compute({inputs: n, low}).uniform]), 0);
    plot.dot(inputs, uniform, 0);
  },
  say({uniform, glorot}, {inputs, low}) {
    return `With ${inputs} inputs and weights from [${shortNumber(low)}, ${shortNumber(low + 1)}) the mean slope is ${shortNumber(uniform)}, ${shortNumber(400 * uniform)} % of the largest there is. ` +
      `Dashed: Glorot and Bengio's weights, ${shortNumber(glorot)} at any width.`;
  },
});
