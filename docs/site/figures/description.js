// SPDX-License-Identifier: Apache-2.0
// Chapter 6.1: a trained network is written down, something is changed in the description, and it is built again.

// To the nearest number of so many significant bits, halves to even.
function roundedTo(x, bits) {
  if (x === 0) return x;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) + 1 - bits), parts = x / unit, low = Math.floor(parts);
  const up = parts - low > 0.5 || (parts - low === 0.5 && low % 2 !== 0);
  return (low + (up ? 1 : 0)) * unit;
}
// Other places for the numbers of a list, the same whenever they are asked for.
function otherPlaces(count) {
  const order = Array.from({length: count}, (_, i) => i);
  let state = 2654435761;
  for (let i = count - 1; i > 0; --i) {
    state = (1664525 * state + 1013904223) % 4294967296;
    const j = Math.floor(state / 4294967296 * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
const descriptionChanges = {
  "nothing": (layers) => layers,
  "the biases are left out": (layers) => layers.map((layer) => ({...layer, b: layer.b.map(() => 0)})),
  "the activation is left out": (layers) => layers.map((layer) => ({...layer, f: "identity"})),
  "the weights stand in other places": (layers) => layers.map((layer) => {
    const all = layer.w.flat(), order = otherPlaces(all.length), across = layer.b.length;
    return {...layer, w: layer.w.map((row, i) => row.map((_, j) => all[order[i * across + j]]))};
  }),
  "the hidden units stand in another order": ([hidden, output]) => {
    const order = otherPlaces(hidden.b.length);
    return [{...hidden, w: hidden.w.map((row) => order.map((j) => row[j])), b: order.map((j) => hidden.b[j])}, {...output, w: order.map((j) => output.w[j])}];
  },
};

interactiveFigure({
  name: "description",
  label: "The two regions into which a trained network divides the plane, before and after something was changed in its description",
  controls: [
    {name: "change", label: "changed", choices: Object.keys(descriptionChanges), value: "nothing"},
    {name: "bits", label: "bits kept of every number", min: 1, max: 24, step: 1, value: 24},
  ],
  changed({change, bits}) {
    const rounded = figureData.described.layers.map(({w, b, f}) => ({w: w.map((row) => row.map((each) => roundedTo(each, bits))), b: b.map((each) => roundedTo(each, bits)), f}));
    return descriptionChanges[change](rounded);
  },
  compute(settings) {
    const layers = this.changed(settings), side = 48;
    let same = 0;
    for (let i = 0; i < side; ++i) {
      for (let j = 0; j < side; ++j) {
        const x = [(i + 0.5) / side, (j + 0.5) / side];
        if (networkAnswer(layers, x) === networkAnswer(figureData.described.layers, x)) ++same;
      }
    }
    return {layers, same: same / side ** 2, numbers: layers.flatMap(({w, b}) => [...w.flat(), ...b]).length};
  },
  draw(canvas, {layers}, {change}) {
    const {left, bottom, side} = figureData.described;
    const axes = {x: [left, left + side], y: [bottom, bottom + side], xLabel: "x₁", yLabel: "x₂ upwards"};
    const plots = canvas.plots({...axes, title: "as it was trained"}, {...axes, title: change === "nothing" ? "built from the description" : "built from the changed one"});
    plots.forEach((plot, i) => {
      const network = i === 0 ? figureData.described.layers : layers;
      plot.field(48, (x1, x2) => [networkAnswer(network, [(x1 - left) / side, (x2 - bottom) / side]), 0.42]);
    });
  },
  say({same, numbers}, {change, bits}) {
    const what = change === "nothing" ? "Nothing is left out" : change[0].toUpperCase() + change.slice(1);
    return `${what}, and ${bits} significant bits are kept of each of the ${numbers} numbers. On ${shortNumber(Math.round(1000 * same) / 10)} % of the square the answer is the same.`;
  },
});
