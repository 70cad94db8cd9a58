// SPDX-License-Identifier: Apache-2.0
// Chapter 3.2: back-propagation by hand in a network with one input, two hidden units and one linear output.
const backwardFunctions = {
  sigmoid: [(z) => 1 / (1 + Math.exp(-z)), (z) => 1 / (2 + Math.exp(-z) + Math.exp(z))],
  tanh: [Math.tanh, (z) => 1 / Math.cosh(z) ** 2],
  relu: [(z) => Math.max(0, z), (z) => (z > 0 ? 1 : 0)],
  identity: [(z) => z, () => 1],
};

interactiveFigure({
  name: "back_propagation",
  label: "A network of one input, two hidden units and one output, with the numbers of both passes",
  controls: [
    {name: "activation", label: "hidden units", choices: Object.keys(backwardFunctions), value: "tanh"},
    {name: "w1", label: "weight w₁", min: -3, max: 3, step: 0.1, value: 0.5},
    {name: "w2", label: "weight w₂", min: -3, max: 3, step: 0.1, value: -1},
    {name: "v1", label: "weight v₁", min: -3, max: 3, step: 0.1, value: 1},
    {name: "v2", label: "weight v₂", min: -3, max: 3, step: 0.1, value: 2},
    {name: "target", label: "target y", min: -3, max: 3, step: 0.1, value: 1},
  ],
  actions: [{label: "One step downhill (rate 0.1)", act: (settings) => {
    const {gradient} = interactiveFigures.back_propagation.compute(settings);
    return Object.fromEntries(Object.entries(gradient).map(([name, slope]) => [name, settings[name] - 0.1 * slope]));
  }}],
  // With x = 1 and E = (a - y)²: δ = 2 (a - y), δ_j = δ v_j f'(z_j), ∂E/∂v_j = a_j δ, ∂E/∂w_j = x δ_j.
  compute({activation, w1, w2, v1, v2, target}) {
    const x = 1, [f, slope] = backwardFunctions[activation];
    const z = [w1 * x, w2 * x], a = z.map(f), slopes = z.map(slope);
    const answer = v1 * a[0] + v2 * a[1];
    const delta = 2 * (answer - target);
    const deltas = [delta * v1 * slopes[0], delta * v2 * slopes[1]];
    return {z, a, slopes, answer, delta, deltas, loss: (answer - target) ** 2,
      gradient: {w1: x * deltas[0], w2: x * deltas[1], v1: a[0] * delta, v2: a[1] * delta}};
  },
  draw(canvas, {z, a, slopes, answer, delta, deltas, gradient}, settings) {
    const edge = (from, to, name) => ({from, to, weight: settings[name],
      lines: [[`${name} = ${shortNumber(settings[name])}`, "strong"], [`∂E/∂${name} = ${shortNumber(gradient[name])}`, "f1"]]});
    drawNetwork(canvas, [
      [{lines: [["x = 1", "strong"]]}],
      [0, 1].map((j) => ({lines: [[`a = f(${shortNumber(z[j])}) = ${shortNumber(a[j])}, f' = ${shortNumber(slopes[j])}`, "strong"], [`δ = ${shortNumber(deltas[j])}`, "f1"]]})),
      [{lines: [[`a = ${shortNumber(answer)}`, "strong"], [`δ = ${shortNumber(delta)}`, "f1"]]}],
    ], [edge([0, 0], [1, 0], "w1"), edge([0, 0], [1, 1], "w2"), edge([1, 0], [2, 0], "v1"), edge([1, 1], [2, 0], "v2")]);
  },
  say({loss, gradient, deltas, delta, slopes}, settings) {
    const h = 1e-4, moved = (by) => this.compute({...settings, w1: settings.w1 + by}).loss;
    return `The loss is ${shortNumber(loss)}. The error signal ${shortNumber(delta)} goes back through v₁ = ${shortNumber(settings.v1)} and the slope ${shortNumber(slopes[0])}, and becomes ${shortNumber(deltas[0])} ` +
      `at the first hidden unit. So ∂E/∂w₁ = ${shortNumber(gradient.w1)}; moving w₁ a little to either side says ${shortNumber((moved(h) - moved(-h)) / (2 * h))}.`;
  },
});
