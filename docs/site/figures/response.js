// SPDX-License-Identifier: Apache-2.0
// Chapter 2.3: an activation function, stretched and moved until it lies on the firing rate of a neuron.
const responseFunctions = {
  relu: (z) => Math.max(0, z), softplus, logistic, tanh: Math.tanh, rectified_tanh: (z) => (z > 0 ? Math.tanh(z) : 0), identity: (z) => z,
};

interactiveFigure({
  name: "response",
  label: "The firing rate of a neuron by its input current, and an activation function that is moved and stretched to fit it",
  controls: [
    {name: "activation", label: "activation f", choices: Object.keys(responseFunctions), value: "relu"},
    {name: "gain", label: "gain g", min: -1.7, max: 1.5, step: 0.02, value: 0, show: (power) => shortNumber(10 ** power)},
    {name: "threshold", label: "threshold θ", min: -3, max: 6, step: 0.05, value: 0},
    {name: "most", label: "fitted up to a current of", min: 2, max: 20, step: 1, value: 5},
  ],
  actions: [{label: "Best fit", act: (settings) => interactiveFigures.response.best(settings)}],
  // 81 currents, and the rates of the neuron of chapter 2.2.
  rates(most) {
    return Array.from({length: 81}, (_, k) => most * k / 80).map((current) => [current, interactiveFigures.neuron.compute({current, tau: 20, silence: 2}).rate]);
  },
  // The best multiple of f(g (I - θ)), in least squares, and the share of the deviations from the mean that it explains.
  fit({activation, gain, threshold}, rates) {
    const f = (current) => responseFunctions[activation](10 ** gain * (current - threshold));
    let fy = 0, ff = 0, yy = 0, sum = 0;
    for (const [current, rate] of rates) { const each = f(current); fy += each * rate; ff += each * each; yy += rate * rate; sum += rate; }
    const amplitude = ff > 0 ? fy / ff : 0;
    return {amplitude, explained: 1 - (yy - amplitude * fy) / (yy - sum * sum / rates.length), value: (current) => amplitude * f(current)};
  },
  // Gain and threshold on a grid that closes in on its best point; found once for each function and range.
  best(settings) {
    const {activation, most} = settings, known = `${activation} ${most}`;
    this.found ??= {};
    this.found[known] ??= this.search(activation, this.rates(most));
    return {...settings, ...this.found[known]};
  },
  search(activation, rates) {
    let found = {}, reach = {gain: 1.6, threshold: 4.5}, middle = {gain: -0.1, threshold: 1.5}, highest = -Infinity;
    for (let round = 0; round < 30; ++round) {
      for (let g = -12; g <= 12; ++g) {
        for (let t = -12; t <= 12; ++t) {
          const at = {activation, gain: middle.gain + reach.gain * g / 12, threshold: middle.threshold + reach.threshold * t / 12};
          if (at.gain < -1.7 || at.gain > 1.5 || at.threshold < -3 || at.threshold > 6) continue;
          const {explained} = this.fit(at, rates);
          if (explained > highest) { highest = explained; found = at; }
        }
      }
      middle = found;
      reach = {gain: reach.gain * 0.6, threshold: reach.threshold * 0.6};
    }
    return found;
  },
  compute(settings) {
    const rates = this.rates(settings.most);
    return {rates, ...this.fit(settings, rates)};
  },
  draw(canvas, {value}, {most}) {
    const top = most > 10 ? 500 : 320;
    const [plot] = canvas.plots({x: [0, most], y: [0, top], title: "firing rate (Hz)", xLabel: "current I"});
    const currents = Array.from({length: 501}, (_, k) => most * k / 500);
    plot.curve(currents.map((current) => [current, interactiveFigures.neuron.compute({current, tau: 20, silence: 2}).rate]), 0);
    plot.curve(currents.map((current) => [current, value(current)]), 1);
    plot.legend(["a f(g (I − θ))", 1], ["neuron", 0]);
    plot.mark(1, "threshold of the neuron");
  },
  say({amplitude, explained}, settings) {
    const left = 100 * (1 - explained), name = settings.activation.replaceAll("_", " ");
    const best = this.fit(this.best(settings), this.rates(settings.most));
    const leaves = (share) => (share > 100 ? "more than there is" : `${shortNumber(share)} %`);
    return `With a = ${shortNumber(amplitude)} Hz, ${name} leaves ${leaves(left)} of the curve unexplained. The best gain and threshold would leave ${leaves(100 * (1 - best.explained))}` +
      (left < 1.05 * 100 * (1 - best.explained) + 1e-6 ? ": these are they." : ".");
  },
});
