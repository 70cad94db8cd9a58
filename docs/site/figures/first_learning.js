// SPDX-License-Identifier: Apache-2.0
// Chapter 1: a small network while it learns the names of points, right ones or names drawn by lot.
interactiveFigure({
  name: "first_learning",
  label: "The plane coloured by the names that a network gives while it learns, and how many points it names rightly",
  controls: [
    {name: "names", label: "names that it is told", choices: ["right names", "drawn by lot"], value: "right names"},
    {name: "passes", label: "passes over its 30 points", min: 0, max: 400, step: 5, value: 0},
  ],
  actions: [{label: "Twenty passes more", act: ({passes}) => ({passes: Math.min(400, passes + 20)})}],
  told(names) {
    const {train, lots} = figureData.points;
    return names === "right names" ? train : train.map(({x}, i) => ({x, name: lots[i]}));
  },
  // The network after every fifth pass, learned once.
  history(names) {
    this.learned ??= {};
    if (this.learned[names]) return this.learned[names];
    const {fresh, network, rate} = figureData.points, told = this.told(names), layers = copyNetwork(network);
    const moments = [];
    for (let pass = 0; pass <= 400; ++pass) {
      if (pass % 5 === 0) moments.push({pass, layers: copyNetwork(layers), known: networkAccuracy(layers, told), fresh: networkAccuracy(layers, fresh)});
      for (const sample of told) networkStep(layers, sample, rate);
    }
    return (this.learned[names] = moments);
  },
  compute({names, passes}) { return this.history(names)[Math.round(passes / 5)]; },
  draw(canvas, {layers}, {names, passes}) {
    const [plane, course] = canvas.plots({x: [-2.4, 2.4], y: [-2.4, 2.4], title: "what it answers and was told", xLabel: "x₁", yLabel: "x₂ upwards"},
      {x: [0, 400], y: [0, 100], title: "named rightly (%)", xLabel: "passes"});
    drawNames(plane, layers, this.told(names));
    const moments = this.history(names);
    course.curve([[0, 100 / 3], [400, 100 / 3]], 3, "dashed");
    course.curve(moments.map(({pass, known}) => [pass, 100 * known]), 0);
    course.curve(moments.map(({pass, fresh}) => [pass, 100 * fresh]), 1);
    const {known, fresh} = moments[Math.round(passes / 5)];
    course.dot(passes, 100 * known, 0);
    course.dot(passes, 100 * fresh, 1);
    course.legend(["new points", 1], ["shown points", 0]);
  },
  say({known, fresh}, {names, passes}) {
    const what = passes === 0 ? "Before its first step it" : `After ${passes} passes it`;
    return `${what} names ${shortNumber(Math.round(100 * known))} % of the points that it was shown as it was told, and ${shortNumber(Math.round(100 * fresh))} % of new points rightly; guessing gives 33 %. ` +
      (passes === 0 ? "" : names === "right names" ? "What it has learned holds for points that it has not seen."
        : "What it has learned of names by lot it knows by heart: for a new point it is of no use.");
  },
});
