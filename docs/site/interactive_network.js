// SPDX-License-Identifier: Apache-2.0
// Small networks for the figures in which a reader moves something: what they answer, how they learn, how they are drawn.

// A network is a list of layers {w, b, f}: w[i][j] goes from input i to unit j, f is a function of the catalogue.
// Leaves the weighted inputs z and the answers a of every layer.
function networkPass(layers, x) {
  const pass = {x, z: [], a: []};
  let input = x;
  for (const {w, b, f} of layers) {
    const z = b.map((bias, j) => input.reduce((sum, each, i) => sum + each * w[i][j], bias));
    input = z.map(activationFormulas[f][0]);
    pass.z.push(z);
    pass.a.push(input);
  }
  return pass;
}

// The number of the largest output.
function networkAnswer(layers, x) {
  const outputs = networkPass(layers, x).a.at(-1);
  return outputs.indexOf(Math.max(...outputs));
}

// One step of descent for one sample {x, name}, on cross-entropy behind softmax. Changes the layers.
function networkStep(layers, {x, name}, rate) {
  const {z, a} = networkPass(layers, x);
  const outputs = a.at(-1), most = Math.max(...outputs);
  const shares = outputs.map((each) => Math.exp(each - most)), total = shares.reduce((sum, each) => sum + each, 0);
  let delta = shares.map((share, k) => share / total - (k === name ? 1 : 0));
  for (let l = layers.length - 1; l >= 0; --l) {
    const {w, b} = layers[l], input = l > 0 ? a[l - 1] : x;
    // What goes back to the layer below goes through the weights from before the step.
    const below = l > 0 && w.map((row, i) => activationFormulas[layers[l - 1].f][1](z[l - 1][i]) * row.reduce((sum, weight, j) => sum + weight * delta[j], 0));
    w.forEach((row, i) => delta.forEach((d, j) => { row[j] -= rate * input[i] * d; }));
    delta.forEach((d, j) => { b[j] -= rate * d; });
    delta = below;
  }
}

// The share of samples that it names rightly.
function networkAccuracy(layers, samples) {
  return samples.filter(({x, name}) => networkAnswer(layers, x) === name).length / samples.length;
}

// Draws layers of one or two units, each {lines}, and what joins them: {from: [layer, unit], to: [layer, unit], weight,
// lines, at: how far along its words stand}. Lines are [words, kind]; negative weights have another colour.
function drawNetwork(canvas, layers, edges) {
  const height = canvas.narrow ? 390 : 310, middle = 0.5 * height;
  canvas.size(height);
  const place = ([l, unit]) => ({x: 44 + (canvas.width - 100) * l / (layers.length - 1),
    y: layers[l].length === 1 ? middle : [0.24 * height, 0.76 * height][unit]});
  const text = (x, y, words, kind) => canvas.svg.append(svgElement("text", {x, y, class: `${kind ?? ""} halo`, "text-anchor": "middle", "font-size": 12}, words));
  for (const {from, to, weight} of edges) {  // all of them before the words, which none shall cross
    const a = place(from), b = place(to);
    canvas.svg.append(svgElement("line", {x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: `s${weight < 0 ? 3 : 0}`, "stroke-width": 1 + 1.5 * Math.abs(weight)}));
  }
  for (const {from, to, lines, at} of edges) {
    const a = place(from), b = place(to), share = at ?? 0.5;
    const x = a.x + share * (b.x - a.x), y = a.y + share * (b.y - a.y);
    const down = at === undefined ? a.y > middle || b.y > middle : y > middle;
    const first = y + (down ? 24 : -15 * lines.length) * (canvas.narrow && at === undefined ? 1.5 : 1);
    lines.forEach(([words, kind], i) => text(x, first + 15 * i, words, kind));
  }
  layers.forEach((units, l) => units.forEach(({lines}, unit) => {
    const {x, y} = place([l, unit]), above = units.length > 1 && unit === 0;
    canvas.svg.append(svgElement("circle", {cx: x, cy: y, r: 13, class: "node"}));
    lines.forEach(([words, kind], i) => text(x, above ? y - 22 - 15 * (lines.length - 1 - i) : y + 30 + 15 * i, words, kind));
  }));
}

// The plane of two inputs in the colours of the names that a network gives, paler where it is undecided, with samples.
function drawNames(plot, layers, samples) {
  plot.field(40, (x1, x2) => {
    const outputs = networkPass(layers, [x1, x2]).a.at(-1), most = Math.max(...outputs);
    const share = 1 / outputs.reduce((sum, each) => sum + Math.exp(each - most), 0);
    return [outputs.indexOf(most), 0.08 + 0.4 * share ** 2];
  });
  for (const {x, name} of samples) plot.dot(...x, name, 4.5);
}

const copyNetwork = (layers) => layers.map(({w, b, f}) => ({w: w.map((row) => [...row]), b: [...b], f}));
