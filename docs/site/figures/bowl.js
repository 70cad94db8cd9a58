// SPDX-License-Identifier: Apache-2.0
// Chapter 3.5: descent with momentum on a bowl that bends ten times as sharply in one direction as in the other.
const bowlCurvatures = [0.1, 1];

interactiveFigure({
  name: "bowl",
  label: "The path of gradient descent on a quadratic bowl, seen from above, and the loss by step",
  controls: [
    {name: "rate", label: "learning rate η", min: 0.02, max: 4, step: 0.02, value: 0.5},
    {name: "momentum", label: "momentum μ", min: 0, max: 0.95, step: 0.05, value: 0},
  ],
  // v <- μ v - η H w, w <- w + v from v = 0; the limit of stability is 2 (1 + μ) / λ_max.
  compute({rate, momentum}) {
    const path = [[-3, 1]], losses = [];
    const step = [0, 0];
    const loss = (w) => 0.5 * bowlCurvatures.reduce((sum, curvature, i) => sum + curvature * w[i] * w[i], 0);
    for (let t = 0; t < 60; ++t) {
      const w = path.at(-1);
      losses.push(loss(w));
      path.push(w.map((each, i) => {
        step[i] = momentum * step[i] - rate * bowlCurvatures[i] * each;
        return each + step[i];
      }));
    }
    losses.push(loss(path.at(-1)));
    return {path, losses, limit: 2 * (1 + momentum) / Math.max(...bowlCurvatures)};
  },
  draw(canvas, {path, losses}) {
    const [above, beside] = canvas.plots(
      {x: [-4, 4], y: [-2.6, 2.6], title: "from above", xLabel: "flat direction w₁", yLabel: "steep direction w₂"},
      {x: [0, 60], y: [1e-6, 1e4], yLog: true, title: "loss", xLabel: "step"});
    for (const level of [0.02, 0.1, 0.3, 0.7, 1.3, 2.2]) {
      const ring = Array.from({length: 97}, (_, i) => {
        const angle = Math.PI * i / 48;
        return [Math.sqrt(2 * level / bowlCurvatures[0]) * Math.cos(angle), Math.sqrt(2 * level / bowlCurvatures[1]) * Math.sin(angle)];
      });
      above.curve(ring, 0, "pale");
    }
    above.curve(path, 1);
    for (const [x, y] of path) above.dot(x, y, 1, 2.5);
    above.dot(...path[0], 1, 5);
    beside.curve(losses.map((loss, t) => [t, loss]), 1);
  },
  say({losses, limit}, {rate}) {
    const last = losses.at(-1);
    const what = rate > limit ? "Beyond it every step leads farther away" : rate > 0.9 * limit ? "Just below it the path swings from wall to wall"
      : rate < 0.1 * limit ? "Far below it the steps are sure and slow" : "Below it the path comes to rest";
    return `The limit of stability is 2(1 + μ)/λ = ${shortNumber(limit)}. ${what}: after 60 steps the loss is ${shortNumber(last)}; it began at ${shortNumber(losses[0])}.`;
  },
});
