// SPDX-License-Identifier: Apache-2.0
// Chapter 2.1: what one unit can tell apart: the two sides of a line.
const linePoints = [[0, 0], [0, 1], [1, 0], [1, 1]];
const lineTargets = {and: [0, 0, 0, 1], or: [0, 1, 1, 1], xor: [0, 1, 1, 0]};

interactiveFigure({
  name: "decision_line",
  label: "The plane of two inputs, divided by the line of one unit, with the four rows of a truth table",
  controls: [
    {name: "table", label: "truth table", choices: Object.keys(lineTargets), value: "xor"},
    {name: "w1", label: "weight w₁", min: -3, max: 3, step: 0.1, value: 1},
    {name: "w2", label: "weight w₂", min: -3, max: 3, step: 0.1, value: 1},
    {name: "bias", label: "bias b", min: -3, max: 3, step: 0.1, value: -0.5},
  ],
  // The unit says 1 where w₁x₁ + w₂x₂ + b > 0.
  compute({table, w1, w2, bias}) {
    const answers = linePoints.map(([x1, x2]) => (w1 * x1 + w2 * x2 + bias > 0 ? 1 : 0));
    return {answers, right: answers.filter((answer, i) => answer === lineTargets[table][i]).length};
  },
  draw(canvas, {answers}, {table, w1, w2, bias}) {
    const plot = canvas.square({x: [-0.6, 1.6], y: [-0.6, 1.6], title: "blue side: the unit says 1", xLabel: "x₁", yLabel: "x₂ upwards"});
    // The half plane as a polygon: the corners of the frame that are in it, and where the line crosses its edges.
    const z = ([x1, x2]) => w1 * x1 + w2 * x2 + bias;
    const corners = [[-0.6, -0.6], [1.6, -0.6], [1.6, 1.6], [-0.6, 1.6]];
    const inside = [], line = [];
    corners.forEach((corner, i) => {
      const next = corners[(i + 1) % 4];
      if (z(corner) > 0) inside.push(corner);
      if ((z(corner) > 0) === (z(next) > 0)) return;
      const share = z(corner) / (z(corner) - z(next));
      const crossing = corner.map((each, k) => each + share * (next[k] - each));
      inside.push(crossing);
      line.push(crossing);
    });
    plot.area(inside, 0);
    plot.curve(line, 0);
    linePoints.forEach(([x1, x2], i) => {
      const target = lineTargets[table][i], right = answers[i] === target;
      plot.dot(x1, x2, target ? 0 : 1, 8);
      plot.text(plot.x(x1) + 12, plot.y(x2) - 8, `${target}, ${right ? "right" : "wrong"}`, right ? "ink" : "strong");
    });
  },
  say({right}, {table}) {
    return `Of the four rows of ${table} the line has ${right} right. ` + (right === 4 ? "One unit is enough for this table."
      : table === "xor" ? "Of this table no line ever has more than three: that takes a hidden layer." : "Another line has all four.");
  },
});
