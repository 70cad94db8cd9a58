// SPDX-License-Identifier: Apache-2.0
// Chapter 6.2: a small network learns two names, then two others, with some of the old points among the new or none.
interactiveFigure({
  name: "two_lessons",
  label: "The plane coloured by the names that a network gives in its second lesson, and how much of both lessons it knows",
  controls: [
    {name: "rehearsal", label: "old points among the new", min: 0, max: 0.5, step: 0.05, value: 0, show: (share) => `${Math.round(100 * share)} %`},
    {name: "steps", label: "steps of the second lesson", min: 0, max: 600, step: 10, value: 0},
  ],
  actions: [{label: "Fifty steps more", act: ({steps}) => ({steps: Math.min(600, steps + 50)})}],
  // Lesson `number`, 0 or 1, has the names 2 number and 2 number + 1.
  ofLesson(samples, number) { return samples.filter(({name}) => Math.floor(name / 2) === number); },
  history(rehearsal) {
    this.learned ??= {};
    if (this.learned[rehearsal]) return this.learned[rehearsal];
    const {train, fresh, network, rate, first} = figureData.lessons;
    const [old, now] = [0, 1].map((number) => this.ofLesson(train, number));
    const layers = copyNetwork(network), moments = [];
    for (let t = 0; t < first; ++t) networkStep(layers, old[t % old.length], rate);
    let rehearsed = 0;
    for (let t = 0; t <= 600; ++t) {
      if (t % 10 === 0) {
        const [knowsOld, knowsNew] = [0, 1].map((number) => networkAccuracy(layers, this.ofLesson(fresh, number)));
        moments.push({step: t, layers: copyNetwork(layers), knowsOld, knowsNew});
      }
      // An old point whenever the share of them has fallen behind.
      if (rehearsed < Math.floor((t + 1) * rehearsal + 1e-9)) networkStep(layers, old[rehearsed++ % old.length], rate);
      else networkStep(layers, now[(t - rehearsed) % now.length], rate);
    }
    return (this.learned[rehearsal] = moments);
  },
  compute({rehearsal, steps}) { return this.history(rehearsal)[Math.round(steps / 10)]; },
  draw(canvas, {layers, knowsOld, knowsNew}, {rehearsal, steps}) {
    const [plane, course] = canvas.plots({x: [-2.4, 2.4], y: [-2.4, 2.4], title: "what it answers; above: lesson 1", xLabel: "x₁", yLabel: "x₂ upwards"},
      {x: [0, 600], y: [0, 100], title: "named rightly (%)", xLabel: "steps of lesson 2"});
    drawNames(plane, layers, figureData.lessons.train);
    const moments = this.history(rehearsal);
    course.curve(moments.map(({step, knowsOld: share}) => [step, 100 * share]), 0);
    course.curve(moments.map(({step, knowsNew: share}) => [step, 100 * share]), 1);
    course.dot(steps, 100 * knowsOld, 0);
    course.dot(steps, 100 * knowsNew, 1);
    course.legend(["lesson 2", 1], ["lesson 1", 0]);
  },
  say({knowsOld, knowsNew}, {rehearsal, steps}) {
    const numbers = `Of the first lesson it names ${shortNumber(Math.round(100 * knowsOld))} % of new points rightly, of the second ${shortNumber(Math.round(100 * knowsNew))} %. `;
    if (steps === 0) return numbers + "It has just finished the first lesson.";
    return numbers + (rehearsal === 0 ? "Nothing in a step protects what earlier steps have taught." : `One point in ${shortNumber(1 / rehearsal)} is an old one.`);
  },
});
