// SPDX-License-Identifier: Apache-2.0
// Figures in which a reader moves something. A figure is one file in figures/: what can be set, what follows from
// it (`compute`, tested against the library by tests/interactive_figures_test.sh), how it is drawn and what is said.
// Without a script, and in print, a page shows the still picture that stands inside the figure's element.

const interactiveFigures = {};

// figure: name; label: what it shows, for readers who do not see it; controls: [{name, label, min, max, step, value,
// show} or {name, label, choices, value, show}]; actions: [{label, act(settings)}], each changes the settings;
// compute(settings) -> result; draw(canvas, result, settings); say(result, settings) -> a sentence or two.
function interactiveFigure(figure) {
  interactiveFigures[figure.name] = figure;
}

const svgElement = (tag, attributes, text) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
};

// Round numbers from `low` to `high`, some five of them.
function roundTicks(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; ++i) ticks.push(i * step);
  return ticks;
}

// A number with three digits that count.
function shortNumber(x) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "not a number" : x > 0 ? "infinity" : "−infinity";
  const size = Math.abs(x);
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return String(Number(x.toPrecision(3))).replace("-", "−");
  const [digits, exponent] = x.toExponential(1).split("e");
  return `${digits.replace("-", "−")} · ${powerOfTen(Number(exponent))}`;
}

// "10⁻⁴".
function powerOfTen(exponent) {
  return "10" + String(exponent).replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]));
}

// Where the ticks of an axis are: at whole powers of ten where it is logarithmic.
function axisTicks([low, high], log) {
  if (!log) return roundTicks(low, high);
  return roundTicks(Math.log10(low), Math.log10(high)).filter(Number.isInteger).map((e) => 10 ** e);
}

// One frame with axes. `place` is {left, top, width, height} in pixels of the drawing; axes {x: [low, high], y: [low,
// high], xLabel, yLabel, title, xLog, yLog, yTicks: [[value, label], ...] for ticks that are not at round numbers}.
class Plot {
  constructor(svg, place, axes) {
    const inner = {left: place.left + 46, top: place.top + 24, width: place.width - 58, height: place.height - 66};
    Object.assign(this, {svg, axes, inner});
    const id = `clip-${svg.id}-${svg.querySelectorAll("clipPath").length}`;
    const clip = svgElement("clipPath", {id});
    clip.append(svgElement("rect", {x: inner.left, y: inner.top, width: inner.width, height: inner.height}));
    svg.append(clip);
    this.clip = `url(#${id})`;
    this.text(inner.left, place.top + 15, axes.title ?? "", "strong", "start", 13);
    const label = (value, log) => (log ? powerOfTen(Math.round(Math.log10(value))) : shortNumber(value));
    for (const x of axisTicks(axes.x, axes.xLog)) {
      this.segment(this.x(x), inner.top, this.x(x), inner.top + inner.height, "grid");
      this.text(this.x(x), inner.top + inner.height + 16, label(x, axes.xLog), "mute", "middle");
    }
    for (const [y, words] of axes.yTicks ?? axisTicks(axes.y, axes.yLog).map((each) => [each, label(each, axes.yLog)])) {
      this.segment(inner.left, this.y(y), inner.left + inner.width, this.y(y), "grid");
      this.text(inner.left - 5, this.y(y) + 4, words, "mute", "end");
    }
    this.text(inner.left + inner.width, place.top + place.height - 8, axes.xLabel ?? "", "ink", "end");
    if (axes.yLabel) this.text(place.left + place.width - 12, place.top + 15, axes.yLabel, "mute", "end");
  }
  // How far along an axis a value is, from 0 to 1; beyond the frame no farther than 50 of it.
  static share(value, ends, log) {
    const scale = log ? (v) => Math.log10(Math.max(v, 1e-300)) : (v) => v;
    const [low, high] = ends.map(scale);
    return Math.min(50, Math.max(-50, (scale(value) - low) / (high - low)));
  }
  x(value) { return this.inner.left + this.inner.width * Plot.share(value, this.axes.x, this.axes.xLog); }
  y(value) { return this.inner.top + this.inner.height * (1 - Plot.share(value, this.axes.y, this.axes.yLog)); }
  segment(x1, y1, x2, y2, kind) {
    this.svg.append(svgElement("line", {x1, y1, x2, y2, class: kind}));
  }
  text(x, y, text, kind = "ink", anchor = "start", size = 12) {
    this.svg.append(svgElement("text", {x, y, class: kind, "text-anchor": anchor, "font-size": size}, text));
  }
  // Points [x, y] joined by a line, cut by the frame; a gap where one is not finite.
  curve(points, colour, style = "") {
    let path = "", pen = "M";
    for (const [x, y] of points) {
      if (!Number.isFinite(y)) { pen = "M"; continue; }
      path += `${pen}${this.x(x).toFixed(2)} ${this.y(y).toFixed(2)}`;
      pen = "L";
    }
    this.svg.append(svgElement("path", {d: path, class: `curve s${colour} ${style}`, fill: "none", "clip-path": this.clip}));
  }
  dot(x, y, colour, radius = 5, hollow = false) {
    this.svg.append(svgElement("circle", {cx: this.x(x), cy: this.y(y), r: radius, "clip-path": this.clip,
      class: hollow ? `hollow s${colour}` : `f${colour}`}));
  }
  // A vertical line at x with a word beside its upper end.
  mark(x, word) {
    if (x < this.axes.x[0] || x > this.axes.x[1]) return;
    this.segment(this.x(x), this.inner.top, this.x(x), this.inner.top + this.inner.height, "axis dashed");
    const right = this.x(x) > this.inner.left + 0.6 * this.inner.width;
    this.text(this.x(x) + (right ? -5 : 5), this.inner.top + 13, word, "mute", right ? "end" : "start");
  }
  // What the curves are, [words, colour] each, at the right of the title from right to left.
  legend(...entries) {
    let right = this.inner.left + this.inner.width;
    for (const [words, colour] of entries) {
      this.text(right, this.inner.top - 9, words, `f${colour}`, "end");
      right -= 7.2 * words.length + 14;
    }
  }
  // The interval from low to high at x.
  whisker(x, low, high, colour) {
    this.svg.append(svgElement("line", {x1: this.x(x), y1: this.y(low), x2: this.x(x), y2: this.y(high), class: `curve s${colour}`, "clip-path": this.clip}));
  }
  // Squares over the whole frame, `count` a row: paint(x, y) of the middle of each is [colour, opacity].
  field(count, paint) {
    const [left, right] = this.axes.x, [bottom, top] = this.axes.y;
    const width = (right - left) / count, height = (top - bottom) / count;
    for (let i = 0; i < count; ++i) {
      for (let j = 0; j < count; ++j) {
        const [colour, opacity] = paint(left + (i + 0.5) * width, bottom + (j + 0.5) * height);
        this.svg.append(svgElement("rect", {x: this.x(left + i * width), y: this.y(bottom + (j + 1) * height), width: this.inner.width / count,
          height: this.inner.height / count, class: `f${colour}`, "shape-rendering": "crispEdges", opacity: opacity.toFixed(3)}));
      }
    }
  }
  // A polygon of points [x, y], filled palely.
  area(points, colour) {
    const list = points.map(([x, y]) => `${this.x(x).toFixed(2)},${this.y(y).toFixed(2)}`).join(" ");
    this.svg.append(svgElement("polygon", {points: list, class: `area f${colour}`, "clip-path": this.clip}));
  }
}

// Where the panels of a figure go: side by side, or below each other on a telephone.
class Canvas {
  constructor(svg, width) {
    Object.assign(this, {svg, width, narrow: width < 560});
  }
  places(count, height = 290) {
    const columns = this.narrow ? 1 : count;
    const width = this.width / columns;
    this.size(height * Math.ceil(count / columns));
    return Array.from({length: count}, (_, i) => ({left: (i % columns) * width, top: Math.floor(i / columns) * height, width, height}));
  }
  size(height) {
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.svg.setAttribute("width", this.width);
    this.svg.setAttribute("height", height);
  }
  plots(...axes) { return this.places(axes.length).map((place, i) => new Plot(this.svg, place, axes[i])); }
  // One square frame in the middle.
  square(axes) {
    const side = Math.min(this.width, 430);
    this.size(side - 40);
    return new Plot(this.svg, {left: (this.width - side) / 2, top: 0, width: side, height: side - 40}, axes);
  }
}

function makeControl(figure, control, settings, redraw) {
  const label = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = control.label;
  const output = document.createElement("output");
  const show = control.show ?? shortNumber;
  let input;
  if (control.choices) {
    input = document.createElement("select");
    const name = control.show ?? ((choice) => choice.replaceAll("_", " "));
    for (const choice of control.choices) input.add(new Option(name(choice), choice));
  } else {
    input = document.createElement("input");
    Object.assign(input, {type: "range", min: control.min, max: control.max, step: control.step});
  }
  const refresh = () => {
    input.value = settings[control.name];
    if (control.choices) return;
    output.textContent = show(settings[control.name]);
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", () => {
    settings[control.name] = control.choices ? input.value : Number(input.value);
    refresh();
    redraw();
  });
  label.append(name, input);
  if (!control.choices) label.append(output);
  return {label, refresh};
}

function startInteractive(element, figure) {
  const first = Object.fromEntries(figure.controls.map((control) => [control.name, control.value]));
  const settings = {...first};
  const live = document.createElement("div");
  live.className = "live";
  const svg = svgElement("svg", {id: `live-${figure.name}`, class: "figure", role: "img", "aria-label": figure.label});
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("aria-live", "polite");
  const controls = document.createElement("div");
  controls.className = "controls";
  controls.setAttribute("role", "group");
  controls.setAttribute("aria-label", "What can be moved in this figure");
  const redraw = () => {
    const result = figure.compute(settings);
    svg.replaceChildren();
    figure.draw(new Canvas(svg, Math.max(280, Math.min(860, live.clientWidth || 640))), result, settings);
    said.textContent = figure.say(result, settings);
  };
  const made = figure.controls.map((control) => makeControl(figure, control, settings, redraw));
  controls.append(...made.map((each) => each.label));
  const button = (label, act) => {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = label;
    element.addEventListener("click", () => {
      Object.assign(settings, act(settings));
      for (const each of made) each.refresh();
      redraw();
    });
    controls.append(element);
  };
  for (const action of figure.actions ?? []) button(action.label, action.act);
  button("Start again", () => first);
  live.append(controls, svg, said);
  element.append(live);
  element.classList.add("started");
  for (const each of made) each.refresh();
  redraw();
  let width = live.clientWidth;
  const fit = () => {
    if (live.clientWidth !== width) { width = live.clientWidth; redraw(); }
  };
  new ResizeObserver(fit).observe(live);
  addEventListener("resize", fit);
}

document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll(".interactive[data-figure]")) {
    const figure = interactiveFigures[element.dataset.figure];
    if (figure) startInteractive(element, figure);
  }
});
