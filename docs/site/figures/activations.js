// SPDX-License-Identifier: Apache-2.0
// Chapter 3.3: value and slope of any function of the catalogue, by the catalogue's formulas.
const logistic = (z) => 1 / (1 + Math.exp(-z));
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));
// Φ(z), by the series of the error function below 3 and its continued fraction above.
function normalCdf(z) {
  const x = Math.abs(z) / Math.SQRT2;
  let tail;
  if (x < 3) {
    let term = x, sum = x;
    for (let k = 1; k < 80; ++k) { term *= -x * x / k; sum += term / (2 * k + 1); }
    tail = 0.5 - sum / Math.sqrt(Math.PI);
  } else {
    let fraction = x;
    for (let k = 60; k > 0; --k) fraction = x + k / 2 / fraction;
    tail = 0.5 * Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
  }
  return z < 0 ? tail : 1 - tail;
}
const leak = Math.fround(0.01);  // a float, as parameters are
const seluScale = 1.0507009873554804934, seluAlpha = 1.6732632423543772848;
const geluArgument = (z) => Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3);

// [value, slope] by name, each with its default parameter.
const activationFormulas = {
  sigmoid: [logistic, (z) => logistic(z) * logistic(-z)],
  hard_sigmoid: [(z) => clamp((z + 3) / 6, 0, 1), (z) => (Math.abs(z) < 3 ? 1 / 6 : 0)],
  log_sigmoid: [(z) => -softplus(-z), (z) => logistic(-z)],
  tanh: [Math.tanh, (z) => 1 / Math.cosh(z) ** 2],
  hard_tanh: [(z) => clamp(z, -1, 1), (z) => (Math.abs(z) < 1 ? 1 : 0)],
  softsign: [(z) => z / (1 + Math.abs(z)), (z) => (1 + Math.abs(z)) ** -2],
  arctan: [Math.atan, (z) => 1 / (1 + z * z)],
  relu: [(z) => Math.max(0, z), (z) => (z > 0 ? 1 : 0)],
  relu6: [(z) => clamp(z, 0, 6), (z) => (z > 0 && z < 6 ? 1 : 0)],
  leaky_relu: [(z) => (z > 0 ? z : leak * z), (z) => (z > 0 ? 1 : leak)],
  elu: [(z) => (z > 0 ? z : Math.expm1(z)), (z) => (z > 0 ? 1 : Math.exp(z))],
  selu: [(z) => seluScale * (z > 0 ? z : seluAlpha * Math.expm1(z)), (z) => seluScale * (z > 0 ? 1 : seluAlpha * Math.exp(z))],
  celu: [(z) => (z > 0 ? z : 2 * Math.expm1(z / 2)), (z) => (z > 0 ? 1 : Math.exp(z / 2))],
  softplus: [softplus, logistic],
  silu: [(z) => z * logistic(z), (z) => logistic(z) * (1 + z * logistic(-z))],
  hard_swish: [(z) => z * clamp((z + 3) / 6, 0, 1), (z) => (z >= 3 ? 1 : z > -3 ? (2 * z + 3) / 6 : 0)],
  gelu: [(z) => z * normalCdf(z), (z) => normalCdf(z) + z * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI)],
  gelu_tanh: [(z) => z * logistic(2 * geluArgument(z)), (z) => {
    const u = 2 * geluArgument(z);
    return logistic(u) + z * logistic(u) * logistic(-u) * 2 * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * z * z);
  }],
  mish: [(z) => z * Math.tanh(softplus(z)), (z) => {
    const t = Math.tanh(softplus(z));
    return t + z * logistic(z) * (1 - t * t);
  }],
  gaussian: [(z) => Math.exp(-z * z), (z) => -2 * z * Math.exp(-z * z)],
  sine: [Math.sin, Math.cos],
  snake: [(z) => z + Math.sin(z) ** 2, (z) => 1 + Math.sin(2 * z)],
  identity: [(z) => z, () => 1],
};

interactiveFigure({
  name: "activations",
  label: "An activation function and its slope, with a point that can be moved, and a second function beside it",
  controls: [
    {name: "activation", label: "function", choices: Object.keys(activationFormulas), value: "sigmoid"},
    {name: "other", label: "beside it", choices: Object.keys(activationFormulas), value: "relu"},
    {name: "z", label: "weighted input z", min: -5, max: 5, step: 0.1, value: 2},
    {name: "depth", label: "layers", min: 1, max: 16, step: 1, value: 4},
  ],
  compute({activation, z, depth}) {
    const [value, slope] = activationFormulas[activation];
    return {value: value(z), slope: slope(z), left: slope(z) ** depth};
  },
  draw(canvas, {value, slope}, {activation, other, z}) {
    const plots = canvas.plots({x: [-5, 5], y: [-1.5, 3], title: "the value f(z)", xLabel: "z"},
      {x: [-5, 5], y: [-0.6, 1.6], title: "the slope f'(z)", xLabel: "z"});
    plots.forEach((plot, i) => {
      const points = (name) => Array.from({length: 401}, (_, k) => (k - 200) / 40).map((x) => [x, activationFormulas[name][i](x)]);
      plot.curve(points(other), 1);
      plot.curve(points(activation), 0);
      plot.mark(z, "z");
    });
    plots[0].dot(z, value, 0);
    plots[1].dot(z, slope, 0);
  },
  say({value, slope, left}, {activation, other, z, depth}) {
    const name = activation.replaceAll("_", " ");
    const beside = activationFormulas[other][1](z) ** depth;
    return `At z = ${shortNumber(z)} ${name} is ${shortNumber(value)} and its slope ${shortNumber(slope)}. If every one of ${depth} layer${depth > 1 ? "s" : ""} stood there, an error would come back ` +
      `multiplied by ${shortNumber(left)}, weights aside; with ${other.replaceAll("_", " ")} by ${shortNumber(beside)}.`;
  },
});
