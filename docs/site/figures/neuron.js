// SPDX-License-Identifier: Apache-2.0
// Chapter 2.2: a leaky integrate-and-fire neuron under a constant current.
interactiveFigure({
  name: "neuron",
  label: "The voltage of a neuron over 200 milliseconds, and its firing rate by current",
  controls: [
    {name: "current", label: "input current i", min: 0, max: 5, step: 0.05, value: 1.5},
    {name: "tau", label: "time constant τ (ms)", min: 5, max: 50, step: 1, value: 20},
    {name: "silence", label: "silence after a spike (ms)", min: 0, max: 10, step: 0.5, value: 2},
  ],
  // v(t) = i (1 - e^(-t/τ)) from a spike on; it reaches 1 after τ ln(i / (i - 1)), if i > 1.
  compute({current, tau, silence}) {
    const rise = current > 1 ? tau * Math.log(current / (current - 1)) : Infinity;
    const interval = rise + silence;
    return {interval, rate: Number.isFinite(interval) ? 1000 / interval : 0, rise};
  },
  draw(canvas, {interval}, settings) {
    const {current, tau, silence} = settings;
    const [trace, response] = canvas.plots(
      {x: [0, 200], y: [0, 1.6], title: "voltage v", xLabel: "time (ms)"},
      {x: [0, 5], y: [0, 500], title: "firing rate (Hz)", xLabel: "current i"});
    const points = [];
    for (let time = 0; time <= 200; time += 0.25) {
      const spikes = Number.isFinite(interval) ? Math.floor((time + silence) / interval) : 0;
      const since = time - (spikes === 0 ? 0 : spikes * interval);
      points.push([time, since < 0 ? 0 : current * (1 - Math.exp(-since / tau))]);
    }
    trace.curve([[0, 1], [200, 1]], 1, "dashed");
    trace.curve(points, 0);
    for (let spike = interval - silence; spike <= 200; spike += interval) trace.curve([[spike, 1], [spike, 1.5]], 0);
    response.curve(Array.from({length: 501}, (_, k) => [k / 100, this.compute({...settings, current: k / 100}).rate]), 0);
    response.mark(1, "threshold");
    response.dot(current, this.compute(settings).rate, 0);
  },
  say({rate, rise}, {current, silence}) {
    if (rate === 0) return `A current of ${shortNumber(current)} never fills the neuron to its threshold of 1: it stays silent.`;
    return `The voltage reaches the threshold after ${shortNumber(rise)} ms, then is silent for ${shortNumber(silence)} ms: ${shortNumber(rate)} spikes a second` +
      (silence > 0 ? `, of at most ${shortNumber(1000 / silence)}.` : ".");
  },
});
