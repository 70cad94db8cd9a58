// SPDX-License-Identifier: Apache-2.0
// Chapter 6.3: where patience ends a training whose held-out loss falls, rises again, and jumps up and down.
// A loss that is made up: smooth but for noise from a congruential generator, the same whenever it is drawn.
function madeUpLosses(noise, seed) {
  let state = 2654435761 * seed % 4294967296;
  return Array.from({length: 60}, (_, e) => {
    state = (1664525 * state + 1013904223) % 4294967296;
    return 0.5 + 0.7 * Math.exp(-e / 7) + 0.004 * e + noise * (state / 4294967296 - 0.5);
  });
}

interactiveFigure({
  name: "patience",
  label: "A held-out loss by epoch, with the epoch at which patience ends the training, and the one whose weights are kept",
  controls: [
    {name: "patience", label: "patience (epochs)", min: 1, max: 20, step: 1, value: 1},
    {name: "noise", label: "noise of the loss", min: 0, max: 0.3, step: 0.01, value: 0.1},
    {name: "seed", label: "another training", min: 1, max: 20, step: 1, value: 1},
  ],
  // Ends when so many epochs in a row have brought nothing better; keeps the best.
  replay(losses, patience) {
    let best = 0;
    for (let e = 1; e < losses.length; ++e) {
      if (losses[e] < losses[best]) best = e;
      else if (e - best >= patience) return {epoch: e + 1, kept: best + 1};
    }
    return {epoch: 0, kept: best + 1};
  },
  compute({patience, noise, seed}) {
    const losses = madeUpLosses(noise, seed);
    const smooth = madeUpLosses(0, seed);
    const least = smooth.indexOf(Math.min(...smooth)) + 1;
    return {losses, smooth, least, ...this.replay(losses, patience)};
  },
  draw(canvas, {losses, smooth, epoch, kept}) {
    const [plot] = canvas.plots({x: [0, 60], y: [0.4, 1.4], title: "held-out loss", xLabel: "epoch"});
    plot.curve(smooth.map((loss, e) => [e + 1, loss]), 1, "dashed");
    plot.curve(losses.map((loss, e) => [e + 1, loss]), 0);
    plot.dot(kept, losses[kept - 1], 0, 6);
    if (epoch > 0) plot.mark(epoch, "ends here");
  },
  say({epoch, kept, least}, {patience}) {
    const end = epoch > 0 ? `The training ends after epoch ${epoch} and keeps the weights of epoch ${kept}` : `The condition is never met; the best epoch is ${kept}`;
    return `${end}. Without the noise (dashed) the loss is least in epoch ${least}` +
      (epoch > 0 && epoch < least ? `: ${patience === 1 ? "one epoch of patience was" : `${patience} epochs of patience were`} too few.` : ".");
  },
});
