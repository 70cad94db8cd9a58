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
    const width = canvas.width, height = canvas.narrow ? 390 : 310;
    canvas.size(height);
    const column = (share) => 44 + share * (width - 100);
    const rows = [0.24 * height, 0.76 * height], middle = 0.5 * height;
    const text = (px, py, words, kind = "ink", anchor = "middle") => canvas.svg.append(svgElement("text",
      {x: px, y: py, class: kind, "text-anchor": anchor, "font-size": 12}, words));
    const edge = (x1, y1, x2, y2, name) => {
      const weight = settings[name];
      canvas.svg.append(svgElement("line", {x1, y1, x2, y2, class: `s${weight < 0 ? 3 : 0}`, "stroke-width": 1 + 1.5 * Math.abs(weight)}));
      const down = y2 > middle || y1 > middle, px = (x1 + x2) / 2, py = (y1 + y2) / 2 + (down ? 24 : -30) * (canvas.narrow ? 1.5 : 1);
      text(px, py, `${name} = ${shortNumber(weight)}`, "strong");
      text(px, py + 15, `∂E/∂${name} = ${shortNumber(gradient[name])}`, "f1");
    };
    for (const j of [0, 1]) {
      edge(column(0), middle, column(0.5), rows[j], `w${j + 1}`);
      edge(column(0.5), rows[j], column(1), middle, `v${j + 1}`);
    }
    const unit = (px, py, lines, above) => {
      canvas.svg.append(svgElement("circle", {cx: px, cy: py, r: 13, class: "node"}));
      lines.forEach(([words, kind], i) => text(px, above ? py - 22 - 15 * (lines.length - 1 - i) : py + 30 + 15 * i, words, kind));
    };
    unit(column(0), middle, [["x = 1", "strong"]], false);
    for (const j of [0, 1]) {
      unit(column(0.5), rows[j], [[`a = f(${shortNumber(z[j])}) = ${shortNumber(a[j])}, f' = ${shortNumber(slopes[j])}`, "strong"],
        [`δ = ${shortNumber(deltas[j])}`, "f1"]], j === 0);
    }
    unit(column(1), middle, [[`a = ${shortNumber(answer)}`, "strong"], [`δ = ${shortNumber(delta)}`, "f1"]], false);
  },
  say({loss, gradient, deltas, delta, slopes}, settings) {
    const h = 1e-4, moved = (by) => this.compute({...settings, w1: settings.w1 + by}).loss;
    return `The loss is ${shortNumber(loss)}. The error signal ${shortNumber(delta)} goes back through v₁ = ${shortNumber(settings.v1)} and the slope ${shortNumber(slopes[0])}, and becomes ${shortNumber(deltas[0])} ` +
      `at the first hidden unit. So ∂E/∂w₁ = ${shortNumber(gradient.w1)}; moving w₁ a little to either side says ${shortNumber((moved(h) - moved(-h)) / (2 * h))}.`;
  },
});
