// SPDX-License-Identifier: Apache-2.0
// Chapter 5.4: what four maps say of a "picture" of two pixels and a small network of relu whose decision is known.
const attributionMaps = ["gradient", "gradient × difference", "integrated gradients", "occlusion"];
const pathSteps = 32;  // parts of the way from the reference to the picture, as in the chapter's program
const namesOf = (names) => new Intl.ListFormat("en-GB").format(names);
// Whether the pixels' numbers add up to what the output has gained, as nearly as so many parts can tell.
const sharesOut = (sum, gained) => Math.abs(sum - gained) <= 1 / pathSteps;

interactiveFigure({
  name: "attribution",
  label: "The output of a network over the plane of two pixels, and the numbers that four maps give to each pixel",
  controls: [
    {name: "network", label: "rule of the network", choices: Object.keys(figureData.pixels), value: Object.keys(figureData.pixels)[0]},
    {name: "x1", label: "pixel x₁", min: 0, max: 1, step: 0.05, value: 1},
    {name: "x2", label: "pixel x₂", min: 0, max: 1, step: 0.05, value: 1},
    {name: "reference", label: "reference r, both pixels", min: 0, max: 1, step: 0.05, value: 0},
  ],
  output(network, x) { return networkPass(figureData.pixels[network], x).a[1][0]; },
  slopes(network, x) {
    const [{w}, above] = figureData.pixels[network], {z} = networkPass(figureData.pixels[network], x);
    return w.map((row) => row.reduce((sum, weight, j) => sum + weight * (z[0][j] > 0 ? above.w[j][0] : 0), 0));
  },
  compute({network, x1, x2, reference}) {
    const x = [x1, x2], r = [reference, reference], slopes = this.slopes(network, x);
    const way = [0, 0];
    for (let step = 0; step < pathSteps; ++step) {
      const part = (step + 0.5) / pathSteps;
      this.slopes(network, x.map((each, i) => r[i] + part * (each - r[i]))).forEach((slope, i) => { way[i] += slope / pathSteps; });
    }
    const output = this.output(network, x), before = this.output(network, r);
    return {output, gained: output - before, maps: {
      "gradient": slopes.map(Math.abs),
      "gradient × difference": slopes.map((slope, i) => slope * (x[i] - r[i])),
      "integrated gradients": way.map((slope, i) => slope * (x[i] - r[i])),
      "occlusion": x.map((_, i) => output - this.output(network, x.map((each, k) => (k === i ? r[k] : each)))),
    }};
  },
  draw(canvas, {gained, maps}, {network, x1, x2, reference}) {
    const [plane, bars] = canvas.places(2, 300);
    const plot = new Plot(canvas.svg, plane, {x: [-0.06, 1.06], y: [-0.06, 1.06], title: "output: the bluer, the more", xLabel: "pixel x₁", yLabel: "pixel x₂ upwards"});
    plot.field(30, (a, b) => [0, 0.05 + 0.4 * this.output(network, [a, b])]);
    plot.curve([[reference, reference], [x1, x2]], 1, "dashed");
    plot.dot(reference, reference, 1, 5, true);
    plot.dot(x1, x2, 1, 6);
    const zero = bars.left + 0.42 * bars.width, unit = 0.24 * bars.width;
    const text = (x, y, words, kind, anchor = "start", size = 12) => canvas.svg.append(svgElement("text", {x, y, class: kind, "text-anchor": anchor, "font-size": size}, words));
    text(bars.left + 8, bars.top + 15, "what each map says of x₁, x₂, and both", "strong", "start", 13);
    attributionMaps.forEach((name, m) => {
      const top = bars.top + 34 + 62 * m, sum = maps[name][0] + maps[name][1];
      text(bars.left + 8, top + 14, name, "ink");
      if (name !== "gradient") {
        const right = sharesOut(sum, gained);
        text(bars.left + 8, top + 31, `sum ${shortNumber(Math.round(1e4 * sum) / 1e4)}${right ? ", as gained" : ""}`, right ? "strong" : "mute");
      }
      maps[name].forEach((value, i) => {
        const length = Math.max(-1.6, Math.min(2, value)) * unit;
        canvas.svg.append(svgElement("rect", {x: Math.min(zero, zero + length), y: top + 2 + 21 * i, width: Math.abs(length), height: 16, class: `f${i === 0 ? 0 : 2}`}));
        text(zero + Math.max(0, length) + 6, top + 15 + 21 * i, `x${"₁₂"[i]}: ${shortNumber(Math.round(1e4 * value) / 1e4)}`, "ink");
      });
    });
    canvas.svg.append(svgElement("line", {x1: zero, y1: bars.top + 30, x2: zero, y2: bars.top + 280, class: "axis"}));
  },
  say({output, gained, maps}) {
    const exact = attributionMaps.slice(1).filter((name) => sharesOut(maps[name][0] + maps[name][1], gained));
    const silent = attributionMaps.filter((name) => maps[name].every((each) => Math.abs(each) < 1e-9));
    return `The output is ${shortNumber(Math.round(1e4 * output) / 1e4)}, which is ${shortNumber(Math.round(1e4 * gained) / 1e4)} more than at the reference. ` +
      (exact.length > 0 ? `Shared out among the pixels without rest: by ${namesOf(exact)}. ` : "No map shares it out without rest. ") +
      (silent.length > 0 && Math.abs(gained) > 1e-9 ? `Nothing at all is said of either pixel by ${namesOf(silent)}.` : "");
  },
});
