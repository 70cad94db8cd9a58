/// @file
/// Article, section 3.1: what a layer computes, in which order, and why batches pay.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/row_table.h"
#include "experiments/statistics/statistics.h"
#include "kernels/gemm.h"
#include "kernels/random.h"
#include "network/network.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

constexpr std::size_t kIn = 784, kOut = 128;

// One layer of sigmoids with a batch for it.
struct Problem {
  Problem(std::size_t batch, std::size_t in, std::size_t out)
      : x(batch, in),
        w(in, out),
        a(batch, out),
        slopes(batch, out),
        bias(PanelCount(out) * kPanel) {
    RandomStream random(1, Stream::kData);
    const auto number = [&] { return static_cast<float>(2.0 * random.Uniform() - 1.0); };
    for (std::size_t s = 0; s < batch; ++s) {
      for (std::size_t i = 0; i < in; ++i) x(s, i) = number();
    }
    for (std::size_t i = 0; i < in; ++i) {
      for (std::size_t j = 0; j < out; ++j) w(i, j) = number() * 0.05f;
    }
    for (std::size_t j = 0; j < out; ++j) bias[j] = number();
  }
  void Kernel() {
    Multiply(x.view(), w.view(), {0, x.rows()}, a.view(),
             {.bias = bias.data(),
              .sweep = SweepOf(Activation::Named("sigmoid")),
              .slope = slopes.view()});
  }
  Matrix x, w, a, slopes;
  Array bias;
};

// Section 3.1 as one would write it, in the order of the numeric specification: chains of fused
// multiply-adds over `block` inputs, whose sums are added from left to right.
// [plain-loop]
float Weighted(const Problem& p, std::size_t s, std::size_t j, std::size_t block) {
  float z = 0.0f;
  for (std::size_t begin = 0; begin < p.x.cols(); begin += block) {
    float sum = 0.0f;
    for (std::size_t i = begin; i < std::min(begin + block, p.x.cols()); ++i) {
      sum = std::fma(p.x(s, i), p.w(i, j), sum);
    }
    z = begin == 0 ? sum : z + sum;
  }
  return z + p.bias[j];
}
// [plain-loop]

float Sigmoid(float z) {
  float a, slope;
  Activate(Activation::Named("sigmoid"), &z, 1, &a, &slope);
  return a;
}

// How many outputs of the kernel have other bits than the loop's with such blocks.
double Differing(const Problem& p, std::size_t block) {
  double differing = 0.0;
  for (std::size_t s = 0; s < p.x.rows(); ++s) {
    for (std::size_t j = 0; j < p.w.cols(); ++j) {
      const float plain = Sigmoid(Weighted(p, s, j, block));
      differing += std::bit_cast<std::uint32_t>(plain) != std::bit_cast<std::uint32_t>(p.a(s, j));
    }
  }
  return differing;
}

void MeasureBits(std::size_t batch, std::size_t in, std::size_t out, Measurement& row) {
  Problem problem(batch, in, out);
  problem.Kernel();
  row.values.Set("outputs", static_cast<double>(batch * out));
  row.values.Set("differ_in_order", Differing(problem, kSumBlock));
  row.values.Set("differ_in_one_chain", Differing(problem, in));
}

void CountOperations(Measurement& row) {
  const std::size_t sizes[] = {kIn, kOut, 10};
  const Network network(sizes, Activation::Named("sigmoid"), Activation::Named("sigmoid"));
  double products = 0.0, activations = 0.0;
  for (const Layer& layer : network.layers()) {
    products += static_cast<double>(layer.in() * layer.out());
    activations += static_cast<double>(layer.out());
  }
  row.values.Set("multiply_adds", products);
  row.values.Set("activations", activations);
}

// The answers of a layer to a black picture: how far they are from f(0) at most.
void MeasureBlack(bool with_bias, Measurement& row) {
  Problem problem(1, kIn, kOut);
  problem.x = Matrix(1, kIn);
  if (!with_bias) problem.bias = Array(problem.bias.size());
  problem.Kernel();
  double farthest = 0.0;
  for (std::size_t j = 0; j < kOut; ++j) {
    farthest = std::max(farthest, std::fabs(static_cast<double>(problem.a(0, j)) - 0.5));
  }
  row.values.Set("farthest_from_f0", farthest);
}

// Calls `body` for about 20 ms, five times; the median of the samples per second.
template <class Body>
double Pace(std::size_t batch, Body&& body) {
  std::vector<double> paces;
  for (int repetition = 0; repetition < 5; ++repetition) {
    const double begin = Now();
    std::size_t calls = 0;
    for (; Now() - begin < 0.02; ++calls) body();
    paces.push_back(static_cast<double>(calls * batch) / (Now() - begin));
  }
  return Median(paces);
}

// The loop that one would write first: rows of plain arrays, a product and a sum at a time.
float PlainOutput(const std::vector<float>& x, const std::vector<float>& w, std::size_t s,
                  std::size_t j) {
  float z = 0.0f;
  for (std::size_t i = 0; i < kIn; ++i) z += x[s * kIn + i] * w[i * kOut + j];
  return Sigmoid(z);
}

void MeasurePace(std::size_t batch, Measurement& row) {
  Problem problem(batch, kIn, kOut);
  std::vector<float> x, w;
  for (std::size_t s = 0; s < batch; ++s) {
    for (std::size_t i = 0; i < kIn; ++i) x.push_back(problem.x(s, i));
  }
  for (std::size_t i = 0; i < kIn; ++i) {
    for (std::size_t j = 0; j < kOut; ++j) w.push_back(problem.w(i, j));
  }
  row.machine.Set("kernel_per_second", Pace(batch, [&] { problem.Kernel(); }));
  float last = 0.0f;
  row.machine.Set("loop_per_second", Pace(batch, [&] {
                    for (std::size_t s = 0; s < batch; ++s) {
                      for (std::size_t j = 0; j < kOut; ++j) last = PlainOutput(x, w, s, j);
                    }
                  }));
  row.values.Set("last_output", last);  // and the loop cannot be left out
}

std::vector<Task> Tasks(const Scope& scope) {
  std::vector<Task> tasks;
  const auto add = [&](std::string series, Fields settings, auto measure) {
    tasks.push_back({std::move(series), std::move(settings), 0, measure});
  };
  struct Shape {
    std::size_t batch, in, out;
  };
  for (const Shape& shape : {Shape{1, 784, 128}, {10, 784, 30}, {33, 300, 17}}) {
    add("bits",
        {{"batch", static_cast<double>(shape.batch)},
         {"inputs", static_cast<double>(shape.in)},
         {"outputs", static_cast<double>(shape.out)}},
        [shape](Measurement& row) { MeasureBits(shape.batch, shape.in, shape.out, row); });
  }
  add("count", {{"network", "784-128-10"}}, CountOperations);
  for (const bool bias : {false, true}) {
    add("black", {{"bias", bias ? "yes" : "no"}},
        [=](Measurement& row) { MeasureBlack(bias, row); });
  }
  std::vector<std::size_t> batches = {1, 10, 32, 128};
  if (scope.profile != "quick") batches.insert(batches.end(), {256, 512});
  for (const std::size_t batch : batches) {
    add("pace", {{"batch", static_cast<double>(batch)}},
        [=](Measurement& row) { MeasurePace(batch, row); });
  }
  return tasks;
}

double Total(const std::vector<double>& numbers) {
  double total = 0.0;
  for (const double each : numbers) total += each;
  return total;
}

Finding LoopHasTheSameBits(const Evidence& evidence) {
  const double differ = Total(evidence.Numbers("bits", "differ_in_order"));
  return {differ == 0.0 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("{} of {} outputs of the kernels differ in any bit from a plain loop's",
                      differ, Total(evidence.Numbers("bits", "outputs")))};
}

Finding OrderMatters(const Evidence& evidence) {
  const double differ = Total(evidence.Numbers("bits", "differ_in_one_chain"));
  return {
      differ > 0.0 ? Verdict::kSupported : Verdict::kNotSupported,
      fmt::format("added in one chain instead of blocks of {}, {} of {} outputs have other bits",
                  kSumBlock, differ, Total(evidence.Numbers("bits", "outputs")))};
}

Finding ActivationComputes(const Evidence& evidence) {
  const double products = evidence.Numbers("count", "multiply_adds").front();
  const double activations = evidence.Numbers("count", "activations").front();
  const double share = activations / (products + activations);
  return {share > 0.5 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("784-128-10 multiplies and adds {} times for a picture and applies an "
                      "activation {} times, {:.2f} % of all",
                      products, activations, 100.0 * share)};
}

Finding BiasIsNeedless(const Evidence& evidence) {
  double without = 0.0, with = 0.0;
  for (const Measurement& row : evidence.Series("black")) {
    (row.settings.Text("bias") == "yes" ? with : without) = row.values.Number("farthest_from_f0");
  }
  return {without > 0.0 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("to a black picture every unit without bias answers f(0) = 1/2 (farthest: "
                      "{:.2g}), whatever its weights; with biases in (-1, 1) answers are up to "
                      "{:.2g} away",
                      without, with)};
}

Finding BatchesPay(const Evidence& evidence) {
  const std::vector<double> batches = evidence.Numbers("pace", "batch");
  const std::vector<double> paces = evidence.Numbers("pace", "kernel_per_second");
  const auto at =
      static_cast<std::size_t>(std::find(batches.begin(), batches.end(), 128.0) - batches.begin());
  const double ratio = paces[at] / paces[0];
  return {ratio >= 1.5   ? Verdict::kSupported
          : ratio >= 1.1 ? Verdict::kQualified
                         : Verdict::kNotSupported,
          fmt::format("a layer of 784 x 128 takes {:.0f} samples a second in batches of 128, "
                      "{:.1f} times as many as one by one",
                      paces[at], ratio)};
}

Figure PaceFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_1_forward_pace",
                       .title = "",
                       .subtitle =
                           "forward through one layer, 784 x 128, one thread; median of "
                           "five; the loop is compiled C++, one output after the other",
                       .x_label = "samples in a batch",
                       .y_label = "samples a second",
                       .x_log = true,
                       .y_log = true,
                       .panels = {{.title = "", .series = {}}}};
  const std::vector<double> batches = evidence.Numbers("pace", "batch");
  for (const auto& [name, field] :
       {std::pair{"kernel", "kernel_per_second"}, {"plain loop", "loop_per_second"}}) {
    LineSeries series = {.name = name, .points = {}};
    const std::vector<double> paces = evidence.Numbers("pace", field);
    for (std::size_t i = 0; i < paces.size(); ++i) {
      series.points.push_back({.x = batches[i], .y = paces[i]});
    }
    figure.panels[0].series.push_back(std::move(series));
  }
  const auto pace = [&](std::size_t series, std::size_t at) {
    return figure.panels[0].series[series].points[at].y;
  };
  const std::size_t last = batches.size() - 1;
  figure.title = fmt::format(
      "In batches of {} the kernel is {:.0f} times as fast as the loop, one "
      "by one {:.0f} times",
      batches[last], pace(0, last) / pace(1, last), pace(0, 0) / pace(1, 0));
  return figure;
}

NamedTable PaceTable(const Evidence& evidence) {
  return RowTable("pace", "Samples a second through one layer, 784 x 128, on one thread",
                  evidence.Series("pace"),
                  {{"batch", "batch"},
                   {"loop_per_second", "plain loop", "{:.0f}"},
                   {"kernel_per_second", "kernel", "{:.0f}"}});
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "03_1_forward",
       .section = "3.1",
       .title = "Forward propagation",
       .summary = "Section 3.1 of the article: what a layer computes, in which order, how fast.",
       .question = "What does a layer compute, and why does it pay to ask it many questions at "
                   "once?",
       .task_profiles = {{"quick", 1}, {"default", 1}, {"full", 1}},
       .tasks = Tasks,
       .claims = {{"loop-has-the-same-bits", "A layer computes f(Wx + b), unit by unit.",
                   "article, section 3.1", "sigmoid, three shapes", LoopHasTheSameBits,
                   Verdict::kSupported},
                  {"order-matters", "In which order a sum is added is part of its result.",
                   "Higham 2002, chapter 4", "single precision", OrderMatters, Verdict::kSupported},
                  {"activation-computes", "The computing is done by the activation function.",
                   "article, sections 2.1 and 6.1", "operations counted, not timed",
                   ActivationComputes, Verdict::kNotSupported},
                  {"bias-is-needless", "A layer may do without a bias.",
                   "article, section 4.1, by its program", "the black picture is one input of many",
                   BiasIsNeedless, Verdict::kNotSupported},
                  {"batches-pay", "Samples in a batch cost less than one by one.",
                   "ours, section 3.1.3", "one machine, one thread; no part of the digest",
                   BatchesPay}},
       .figures = {PaceFigure},
       .tables = {PaceTable}},
      argc, argv);
}
