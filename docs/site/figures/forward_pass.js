// SPDX-License-Identifier: Apache-2.0
// Chapter 3.1: a forward pass by hand, through two inputs, two hidden units and one linear output.
interactiveFigure({
  name: "forward_pass",
  label: "A network of two inputs, two hidden units and one output, with every number on the way from the inputs to the answer",
  controls: [
    {name: "activation", label: "hidden units", choices: ["sigmoid", "tanh", "relu", "identity"], value: figureData.forward[0].f},
    {name: "biases", label: "biases", choices: ["with biases", "left out"], value: "with biases"},
    {name: "x1", label: "input x₁", min: 0, max: 1, step: 0.05, value: 0.6},
    {name: "x2", label: "input x₂", min: 0, max: 1, step: 0.05, value: 0.2},
    {name: "w11", label: "weight w₁₁", min: -3, max: 3, step: 0.1, value: figureData.forward[0].w[0][0]},
    {name: "w21", label: "weight w₂₁", min: -3, max: 3, step: 0.1, value: figureData.forward[0].w[1][0]},
    {name: "b1", label: "bias b₁", min: -3, max: 3, step: 0.1, value: figureData.forward[0].b[0]},
  ],
  actions: [{label: "Black picture: both inputs 0", act: () => ({x1: 0, x2: 0})}],
  // The second unit and the output keep their weights.
  layersOf({activation, biases, w11, w21, b1}) {
    const [hidden, output] = figureData.forward;
    const layers = [{w: [[w11, hidden.w[0][1]], [w21, hidden.w[1][1]]], b: [b1, hidden.b[1]], f: activation}, output];
    return biases === "left out" ? layers.map((layer) => ({...layer, b: layer.b.map(() => 0)})) : layers;
  },
  compute(settings) {
    const layers = this.layersOf(settings);
    const {z, a} = networkPass(layers, [settings.x1, settings.x2]);
    return {layers, z, a, answer: a[1][0]};
  },
  draw(canvas, {layers: [hidden, output], z, a, answer}, {x1, x2}) {
    const edge = (layer, i, j, weight, at) => ({from: [layer, i], to: [layer + 1, j], weight, at, lines: [[shortNumber(weight), "mute"]]});
    const unit = (j) => ({lines: [[`z = ${shortNumber(z[0][j])}`, "ink"], [`a = f(z) = ${shortNumber(a[0][j])}`, "strong"]]});
    drawNetwork(canvas, [
      [{lines: [[`x₁ = ${shortNumber(x1)}`, "strong"]]}, {lines: [[`x₂ = ${shortNumber(x2)}`, "strong"]]}],
      [unit(0), unit(1)],
      [{lines: [["the answer", "ink"], [shortNumber(answer), "strong"]]}],
    ], [edge(0, 0, 0, hidden.w[0][0], 0.5), edge(0, 0, 1, hidden.w[0][1], 0.25), edge(0, 1, 0, hidden.w[1][0], 0.25), edge(0, 1, 1, hidden.w[1][1], 0.5),
      edge(1, 0, 0, output.w[0][0], 0.5), edge(1, 1, 0, output.w[1][0], 0.5)]);
  },
  say({layers: [hidden], z, a, answer}, {activation, biases, x1, x2}) {
    const term = (weight) => (weight < 0 ? `(${shortNumber(weight)})` : shortNumber(weight));
    const bias = biases === "left out" ? "" : ` + ${term(hidden.b[0])}`;
    const black = x1 === 0 && x2 === 0 && biases === "left out"
      ? ` Both inputs are 0 and there is no bias: whatever the weights, both hidden units answer ${shortNumber(a[0][0])}.` : "";
    return `The first hidden unit adds up ${shortNumber(x1)} · ${term(hidden.w[0][0])} + ${shortNumber(x2)} · ${term(hidden.w[1][0])}${bias} = ${shortNumber(z[0][0])} ` +
      `and passes on ${activation} of that, ${shortNumber(a[0][0])}. The output weighs what both pass on, and answers ${shortNumber(answer)}.${black}`;
  },
});
