// SPDX-License-Identifier: Apache-2.0
// Chapter 5.3: a power law fitted to the small subsets of a learning curve, and what it promises for the large ones.

// The law error = factor n^-exponent + offset with the least sum of squared relative deviations for this exponent.
function lawGiven(exponent, points, withOffset) {
  let uu = 0, uv = 0, vv = 0, u1 = 0, v1 = 0;
  for (const {n, error} of points) {
    const u = n ** -exponent / error, v = 1 / error;
    uu += u * u; uv += u * v; vv += v * v; u1 += u; v1 += v;
  }
  let factor = u1 / uu, offset = 0;
  const determinant = uu * vv - uv * uv;
  if (withOffset && determinant > 0 && (uu * v1 - uv * u1) / determinant > 0) {
    offset = (uu * v1 - uv * u1) / determinant;
    factor = (vv * u1 - uv * v1) / determinant;
  }
  const squares = points.reduce((sum, {n, error}) => sum + ((factor * n ** -exponent + offset) / error - 1) ** 2, 0);
  return {factor, exponent, offset, deviation: Math.sqrt(squares / points.length)};
}
// That of the best exponent: the best of a grid, then of ever finer ones beside it.
function fitLaw(points, withOffset) {
  let low = withOffset ? 0.02 : -1, high = 3, best;
  for (let round = 0; round < 12; ++round) {
    const step = (high - low) / 40;
    for (let i = 0; i <= 40; ++i) {
      const law = lawGiven(low + step * i, points, withOffset);
      if (!best || law.deviation < best.deviation) best = law;
    }
    low = Math.max(withOffset ? 0.02 : -1, best.exponent - step);
    high = Math.min(3, best.exponent + step);
  }
  return best;
}

interactiveFigure({
  name: "learning_curve",
  label: "Measured errors by the number of labelled samples, and a power law that is fitted to the smaller numbers only",
  controls: [
    {name: "model", label: "model", choices: Object.keys(figureData.curves), value: Object.keys(figureData.curves)[0],
      show: (model) => (model === "no regulariser" ? "network" : model)},
    {name: "law", label: "law", choices: ["without offset", "with offset"], value: "without offset"},
    {name: "used", label: "fitted to the first sizes", min: 3, max: 7, step: 1, value: 4},
  ],
  pointsOf(model) {
    const {n, error} = figureData.curves[model];
    return n.map((each, i) => ({n: each, error: error[i][0], low: error[i][1], high: error[i][2]}));
  },
  compute({model, law, used}) {
    const points = this.pointsOf(model), fitted = fitLaw(points.slice(0, used), law === "with offset");
    const last = points.at(-1);
    return {...fitted, points, last, promised: fitted.factor * last.n ** -fitted.exponent + fitted.offset, known: used >= points.length};
  },
  draw(canvas, {factor, exponent, offset, points}, {used}) {
    const [plot] = canvas.plots({x: [7, 15000], y: [0.08, 1.2], xLog: true, yLog: true, title: "test error", xLabel: "labelled samples",
      yTicks: [0.1, 0.2, 0.3, 0.5, 1].map((share) => [share, `${100 * share} %`])});
    plot.legend(["law", 1], ["measured", 0]);
    const inputs = Array.from({length: 120}, (_, k) => 7 * (15000 / 7) ** (k / 119));
    plot.curve(inputs.map((n) => [n, factor * n ** -exponent + offset]), 1);
    points.forEach(({n, error, low, high}, i) => {
      plot.whisker(n, low, high, 0);
      plot.dot(n, error, 0, 5, i >= used);
    });
  },
  say({exponent, offset, last, promised, known}, {used}) {
    const law = `The law has the exponent ${shortNumber(exponent)}${offset > 0 ? ` and the offset ${shortNumber(100 * offset)} %` : ""}. `;
    if (known) return law + `It has seen all sizes, and is off by ${shortNumber(100 * (promised - last.error))} points at the last one.`;
    const far = last.error > 0 ? promised / last.error : 0;
    return law + `From ${used} sizes it promises an error of ${shortNumber(100 * promised)} % with ${last.n.toLocaleString("en-GB")} samples. Measured: ${shortNumber(100 * last.error)} % (hollow points are not fitted). ` +
      (far < 0.9 ? "It promises too much." : far > 1.1 ? "It promises too little." : "That is within a tenth of it.");
  },
});
