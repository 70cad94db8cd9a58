// SPDX-License-Identifier: Apache-2.0
// Chapter 5.2: the path of an optimizer on a ravine, by the catalogue's steps: (w, gradient, state, number of the step).
const keep = Math.fround(0.9), keepSquare = Math.fround(0.999), keepMean = Math.fround(0.99);  // floats, as settings are
const tiny = Math.fround(1e-8), tinier = Math.fround(1e-10);
const optimizerSteps = {
  sgd: (w, g, s, rate) => w - rate * g,
  momentum: (w, g, s, rate) => { s.v = keep * (s.v ?? 0) - rate * g; return w + s.v; },
  nesterov: (w, g, s, rate) => { s.v = keep * (s.v ?? 0) - rate * g; return w + keep * s.v - rate * g; },
  adagrad: (w, g, s, rate) => { s.q = (s.q ?? 0) + g * g; return w - rate * g / (Math.sqrt(s.q) + tinier); },
  rmsprop: (w, g, s, rate) => { s.q = keepMean * (s.q ?? 0) + (1 - keepMean) * g * g; return w - rate * g / (Math.sqrt(s.q) + tiny); },
  adam: (w, g, s, rate, t) => {
    s.m = keep * (s.m ?? 0) + (1 - keep) * g;
    s.q = keepSquare * (s.q ?? 0) + (1 - keepSquare) * g * g;
    return w - rate * s.m / (1 - keep ** t) / (Math.sqrt(s.q / (1 - keepSquare ** t)) + tiny);
  },
};

interactiveFigure({
  name: "optimizers",
  label: "The path of an optimizer on a ravine, seen from above, and its loss by step",
  controls: [
    {name: "optimizer", label: "optimizer", choices: Object.keys(optimizerSteps), value: "sgd"},
    {name: "power", label: "learning rate", min: -3, max: 0.6, step: 0.05, value: -1, show: (power) => shortNumber(10 ** power)},
    {name: "ratio", label: "steep : flat", min: 1, max: 100, step: 1, value: 20},
  ],
  // E = ½ (ratio⁻¹ w₁² + w₂²), from (-3, 1).
  compute({optimizer, power, ratio}) {
    const curvatures = [1 / ratio, 1], states = [{}, {}], path = [[-3, 1]];
    const loss = (w) => 0.5 * (curvatures[0] * w[0] ** 2 + curvatures[1] * w[1] ** 2);
    for (let t = 1; t <= 100; ++t) {
      path.push(path.at(-1).map((w, i) => optimizerSteps[optimizer](w, curvatures[i] * w, states[i], 10 ** power, t)));
    }
    return {path, losses: path.map(loss)};
  },
  draw(canvas, {path, losses}) {
    const [above, beside] = canvas.plots(
      {x: [-4, 4], y: [-2, 2], title: "from above", xLabel: "flat direction w₁", yLabel: "steep direction w₂"},
      {x: [0, 100], y: [1e-6, 1e4], yLog: true, title: "loss", xLabel: "step"});
    above.curve([[-4, 0], [4, 0]], 0, "pale");
    above.curve([[0, -2], [0, 2]], 0, "pale");
    above.curve(path, 1);
    for (const [x, y] of path) above.dot(x, y, 1, 2.2);
    above.dot(...path[0], 1, 5);
    beside.curve(losses.map((each, t) => [t, each]), 1);
  },
  say({losses}, {optimizer, power, ratio}) {
    const last = losses.at(-1);
    return `With ${optimizer.replaceAll("_", " ")} at a rate of ${shortNumber(10 ** power)} the loss is ${shortNumber(last)} after 100 steps; it began at ${shortNumber(losses[0])}. ` +
      (last > losses[0] ? "That rate is too large for it." : `Plain descent may take no rate above 2 here, and then needs some ${shortNumber(ratio)} steps along the flat direction.`);
  },
});
