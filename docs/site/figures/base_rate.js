// SPDX-License-Identifier: Apache-2.0
// Chapter 5.5: what it is worth when an attack names somebody, by Bayes' rule.
interactiveFigure({
  name: "base_rate",
  label: "How likely an attack is right when it names somebody, by the share of members in the population",
  controls: [
    {name: "members", label: "members in the population (%)", min: 0.5, max: 50, step: 0.5, value: 1},
    {name: "found", label: "members that the attack names (%)", min: 1, max: 100, step: 1, value: 10},
    {name: "alarms", label: "others that it names (%)", min: 0.1, max: 20, step: 0.1, value: 1},
  ],
  compute({members, found, alarms}) {
    const named = members * found + (100 - members) * alarms;
    return {right: members * found / named, named: named / 1e4};
  },
  draw(canvas, {right}, settings) {
    const [plot] = canvas.plots({x: [0, 50], y: [0, 100], title: "right when it names somebody (%)", xLabel: "members in the population (%)"});
    plot.curve(Array.from({length: 200}, (_, k) => (k + 1) / 4).map((members) => [members, 100 * this.compute({...settings, members}).right]), 0);
    plot.mark(settings.members, "here");
    plot.dot(settings.members, 100 * right, 0);
  },
  say({right, named}, {members}) {
    return `Of 10,000 people ${shortNumber(100 * members)} are members, and the attack names ${shortNumber(Math.round(1e4 * named))}. Of those it is right about ${shortNumber(100 * right)} %.`;
  },
});
