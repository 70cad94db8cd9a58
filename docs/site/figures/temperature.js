// SPDX-License-Identifier: Apache-2.0
// Chapter 6.4: how sure the next letter is after a history, and what a temperature makes of it.
const letterNames = ["␣", ..."abcdefghijklmnopqrstuvwxyz"];
const visibleLetters = (text) => text.replaceAll(" ", "␣");

interactiveFigure({
  name: "temperature",
  label: "The probability of each letter after a history, at a temperature",
  controls: [
    {name: "history", label: "the last letters", choices: Object.keys(figureData.letters), value: Object.keys(figureData.letters)[0], show: visibleLetters},
    {name: "temperature", label: "temperature T", min: 0.1, max: 3, step: 0.05, value: 1},
  ],
  // P to the power of 1/T, made to add up to 1 again: what e^(z/T) is of logits z.
  compute({history, temperature}) {
    const powers = figureData.letters[history].map((share) => share ** (1 / temperature));
    const total = powers.reduce((sum, each) => sum + each, 0), shares = powers.map((each) => each / total);
    return {shares, bits: shares.reduce((sum, each) => sum - (each > 0 ? each * Math.log2(each) : 0), 0)};
  },
  draw(canvas, {shares}) {
    const {width} = canvas, height = 260, left = 48, step = (width - left - 12) / shares.length;
    canvas.size(height);
    const y = (share) => 34 + (height - 70) * (1 - share);
    const text = (x, at, words, kind, anchor = "middle", size = 12) => canvas.svg.append(svgElement("text", {x, y: at, class: kind, "text-anchor": anchor, "font-size": size}, words));
    text(left, 15, "probability of the next letter", "strong", "start", 13);
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      canvas.svg.append(svgElement("line", {x1: left, y1: y(share), x2: width - 12, y2: y(share), class: "grid"}));
      text(left - 5, y(share) + 4, `${100 * share} %`, "mute", "end");
    }
    shares.forEach((share, k) => {
      canvas.svg.append(svgElement("rect", {x: left + k * step + 1, y: y(share), width: step - 2, height: y(0) - y(share), class: "f0"}));
      text(left + (k + 0.5) * step, y(0) + 18, letterNames[k], "ink");
    });
  },
  say({shares, bits}, {history, temperature}) {
    const order = shares.map((share, k) => k).sort((a, b) => shares[b] - shares[a]).slice(0, 3);
    const top = order.map((k) => `${letterNames[k]} (${shortNumber(Math.round(1000 * shares[k]) / 10)} %)`).join(", ");
    return `After “${visibleLetters(history)}” the likeliest letters are ${top}. The next letter is worth ${shortNumber(bits)} bits: one is as uncertain as among ${shortNumber(2 ** bits)} equally likely ones. ` +
      (temperature === 1 ? "T = 1 leaves the probabilities as they were counted." : temperature < 1 ? "Below 1 the likely becomes likelier." : "Above 1 the unlikely gets its chance.");
  },
});
