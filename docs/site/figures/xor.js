// SPDX-License-Identifier: Apache-2.0
// Chapter 4.3: xor by two hidden units, each a soft step over x₁ + x₂, and one output that takes their difference.
const xorStep = (z) => 1 / (1 + Math.exp(-z));

interactiveFigure({
  name: "xor",
  label: "What a network with two hidden units answers over the plane of its two inputs",
  controls: [
    {name: "first", label: "threshold of unit 1", min: -0.5, max: 2.5, step: 0.05, value: 0.5},
    {name: "second", label: "threshold of unit 2", min: -0.5, max: 2.5, step: 0.05, value: 2.2},
    {name: "steepness", label: "size of all weights", min: 1, max: 20, step: 0.5, value: 10},
  ],
  compute({first, second, steepness}) {
    const answer = (x1, x2) => {
      const h1 = xorStep(steepness * (x1 + x2 - first)), h2 = xorStep(steepness * (x1 + x2 - second));
      return xorStep(steepness * (h1 - h2 - 0.5));
    };
    const answers = [answer(0, 0), answer(0, 1), answer(1, 0), answer(1, 1)];
    const targets = [0, 1, 1, 0];
    return {answer, answers, learned: answers.every((a, i) => Math.abs(a - targets[i]) <= 0.1),
      sides: answers.filter((a, i) => (a > 0.5) === (targets[i] === 1)).length};
  },
  draw(canvas, {answer, answers}) {
    const plot = canvas.square({x: [-0.6, 1.6], y: [-0.6, 1.6], title: "the bluer, the nearer to 1", xLabel: "x₁", yLabel: "x₂ upwards"});
    plot.field(44, (x1, x2) => [0, 0.75 * answer(x1, x2)]);
    [[0, 0], [0, 1], [1, 0], [1, 1]].forEach(([x1, x2], i) => {
      plot.dot(x1, x2, 1, 7);
      plot.text(plot.x(x1) + 11, plot.y(x2) - 8, shortNumber(answers[i]), "strong");
    });
  },
  say({answers, learned, sides}) {
    return `The four answers are ${answers.map(shortNumber).join(", ")} where 0, 1, 1, 0 is wanted: ` + (learned ? "learned, each to within 0.1."
      : sides === 4 ? "on the right sides of ½, but not within 0.1." : `${sides} of 4 are on the right side of ½.`);
  },
});
