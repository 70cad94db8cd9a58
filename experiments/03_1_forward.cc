/// @file
/// Article, section 3.1: what a layer computes, in which order, and why batches pay.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/row_table.h"
#include "experiments/forward_ladder/ladder.h"
#include "experiments/forward_ladder/pace.h"
#include "kernels/gemm.h"

namespace lanegrad {
namespace {

constexpr std::size_t kIn = 784, kOut = 128;
constexpr std::size_t kWide = 4096;  // 64 MiB of weights: more than caches hold
constexpr std::size_t kLadderBatch = 128;
// How many outputs of the kernel have other bits than the loop's in such an order.
double Differing(const LayerProblem& p, std::size_t block) {
  double differing = 0.0;
  for (std::size_t s = 0; s < p.x.rows(); ++s) {
    for (std::size_t j = 0; j < p.w.cols(); ++j) {
      const float plain = SigmoidOf(SpecifiedSum(p, s, j, {.block = block}));
      differing += std::bit_cast<std::uint32_t>(plain) != std::bit_cast<std::uint32_t>(p.a(s, j));
    }
  }
  return differing;
}

void MeasureBits(std::size_t batch, std::size_t in, std::size_t out, Measurement& row) {
  LayerProblem problem(batch, in, out);
  problem.Fused({0, batch});
  row.values.Set("outputs", static_cast<double>(batch * out));
  row.values.Set("differ_in_order", Differing(problem, kSumBlock));
  row.values.Set("differ_in_one_chain", Differing(problem, in));
}

// The answers of a layer to a black picture: how far they are from f(0) at most.
void MeasureBlack(bool with_bias, Measurement& row) {
  LayerProblem problem(1, kIn, kOut);
  problem.x = Matrix(1, kIn);
  if (!with_bias) problem.bias = Array(problem.bias.size());
  problem.Fused({0, 1});
  double farthest = 0.0;
  for (std::size_t j = 0; j < kOut; ++j) {
    farthest = std::max(farthest, std::fabs(static_cast<double>(problem.a(0, j)) - 0.5));
  }
  row.values.Set("farthest_from_f0", farthest);
}

void MeasureConvention(std::size_t in, std::size_t out, Measurement& row) {
  LayerProblem problem(10, in, out);
  const ConventionCheck check = CheckConvention(problem);
  row.values.Set("answers", static_cast<double>(10 * out));
  row.values.Set("differ_turned", check.differ_turned);
  row.values.Set("differ_as_is", check.differ_as_is);
  row.values.Set("mean_change", check.mean_change);
}

// A rung's bits, and its pace in turns with the rung below.
void MeasureRung(std::size_t at, std::size_t threads, Measurement& row) {
  LayerProblem problem(kLadderBatch, kIn, kOut);
  const Rung &rung = Rungs()[at], &below = Rungs()[at == 0 ? 0 : at - 1];
  const RungCheck check = CheckRung(rung, problem, threads);
  row.values.Set("outputs", static_cast<double>(kLadderBatch * kOut));
  row.values.Set("differ", check.differ);
  row.values.Set("differ_kernel", check.differ_kernel);
  row.values.Set("mean_error", check.mean_error);
  const PairedPace pace = MeasurePaired(
      static_cast<double>(kLadderBatch), 0.004, [&] { below.run(problem, threads); },
      [&] { rung.run(problem, threads); });
  row.machine.Set("per_second", pace.pace.median);
  row.machine.Set("gain", pace.gain.median);
  row.machine.Set("gain_low", pace.gain.low);
  row.machine.Set("gain_high", pace.gain.high);
  row.machine.Set("threads", static_cast<double>(at + 1 == Rungs().size() ? threads : 1));
}

void SetPace(const Pace& pace, const std::string& name, Measurement& row) {
  row.machine.Set(name + "_per_second", pace.median);
  row.machine.Set(name + "_low", pace.low);
  row.machine.Set(name + "_high", pace.high);
}

void MeasureBatch(std::size_t in, std::size_t out, std::size_t batch, Measurement& row) {
  LayerProblem problem(batch, in, out);
  SetPace(MeasurePace(static_cast<double>(batch), 0.01,
                      [&] {
                        problem.Fused({0, batch});
                      }),
          "kernel", row);
  // Measured beside it: the clock of a processor is not the same a minute later.
  const Roof roof = MeasureRoof(in, out);
  row.machine.Set("roof_per_second",
                  RoofPace(roof.flops_per_second, roof.bytes_per_second, batch, in, out));
  row.machine.Set("peak_gflops", roof.flops_per_second / 1e9);
  row.machine.Set("read_gb_per_second", roof.bytes_per_second / 1e9);
  if (in != kIn) {
    row.values.Set("last_output", problem.a(batch - 1, out - 1));
    return;
  }
  problem.FillRows();
  const Rung& loop = Rungs()[0];
  SetPace(MeasurePace(static_cast<double>(batch), 0.01, [&] { loop.run(problem, 1); }), "loop",
          row);
  row.values.Set("last_output", problem.a_rows.back());
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
  for (const bool bias : {false, true}) {
    add("black", {{"bias", bias ? "yes" : "no"}},
        [=](Measurement& row) { MeasureBlack(bias, row); });
  }
  for (const std::size_t out : {kOut, kIn}) {
    add("convention", {{"inputs", static_cast<double>(kIn)}, {"outputs", static_cast<double>(out)}},
        [=](Measurement& row) { MeasureConvention(kIn, out, row); });
  }
  for (std::size_t at = 0; at < Rungs().size(); ++at) {
    add("ladder", {{"rung", std::string(Rungs()[at].name)}},
        [at, threads = scope.threads](Measurement& row) { MeasureRung(at, threads, row); });
  }
  const bool quick = scope.profile == "quick";
  for (const std::size_t batch : {1u, 10u, 32u, 128u, 256u, 512u}) {
    if (quick && batch > 128) break;
    add("pace", {{"batch", static_cast<double>(batch)}},
        [=](Measurement& row) { MeasureBatch(kIn, kOut, batch, row); });
  }
  for (const std::size_t batch : {1u, 4u, 16u, 32u, 128u, 512u}) {
    if (quick && batch != 1 && batch != 128) continue;
    add("wide_pace", {{"batch", static_cast<double>(batch)}},
        [=](Measurement& row) { MeasureBatch(kWide, kWide, batch, row); });
  }
  return tasks;
}

double Total(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

Finding RungsKeepTheirBits(const Evidence& evidence) {
  const double differ = Total(evidence.Numbers("ladder", "differ")) +
                        Total(evidence.Numbers("bits", "differ_in_order"));
  const double outputs =
      Total(evidence.Numbers("ladder", "outputs")) + Total(evidence.Numbers("bits", "outputs"));
  return {differ == 0.0 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("{} of {} outputs of the six rungs and of three more shapes differ in any "
                      "bit from a plain loop in the order that is stated for them",
                      differ, outputs)};
}

Finding OrderMatters(const Evidence& evidence) {
  const double differ = Total(evidence.Numbers("bits", "differ_in_one_chain"));
  return {
      differ > 0.0 ? Verdict::kSupported : Verdict::kNotSupported,
      fmt::format("added in one chain instead of blocks of {}, {} of {} outputs have other bits",
                  kSumBlock, differ, Total(evidence.Numbers("bits", "outputs")))};
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

Finding ConventionsAreTransposes(const Evidence& evidence) {
  const double turned = Total(evidence.Numbers("convention", "differ_turned"));
  const double as_is = Total(evidence.Numbers("convention", "differ_as_is"));
  const double answers = evidence.Numbers("convention", "answers").back();
  const bool shown = turned == 0.0 && as_is > 0.0;
  return {
      shown ? Verdict::kSupported : Verdict::kNotSupported,
      fmt::format("computed by columns from the transpose, {} answers differ in any bit; from "
                  "a square W as it lies, {} of {} do, by {:.2g} on average, and nothing "
                  "complains",
                  turned, as_is, answers, evidence.Numbers("convention", "mean_change").back())};
}

Finding BlocksRoundLess(const Evidence& evidence) {
  const auto errors = evidence.Numbers("ladder", "mean_error");
  return {errors[2] < errors[1] ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("a sum in one chain is off by {:.3f} units of 2⁻²⁴ of the sum of its terms' "
                      "sizes on average, in blocks by {:.3f}, in blocks of fused steps by {:.3f}",
                      errors[1], errors[2], errors[3])};
}

// Whether a rung is faster than the one below it, in all rounds.
template <std::size_t kAt>
Finding RungPays(const Evidence& evidence) {
  const Measurement row = evidence.Series("ladder")[kAt];
  const double low = row.machine.Number("gain_low"), high = row.machine.Number("gain_high");
  const bool alone = kAt + 1 == Rungs().size() && row.machine.Number("threads") < 2.0;
  return {alone        ? Verdict::kNotDecided
          : low > 1.0  ? Verdict::kSupported
          : high < 1.0 ? Verdict::kNotSupported
                       : Verdict::kNotDecided,
          fmt::format("{:.2f} times as fast as the rung below it, {:.2f} to {:.2f} in {} rounds, "
                      "threads: {}",
                      row.machine.Number("gain"), low, high, kPaceRounds,
                      row.machine.Number("threads"))};
}

Finding BatchesPayIn(const Evidence& evidence, std::string_view series) {
  const std::vector<Measurement> rows = evidence.Series(series);
  const auto at = std::find_if(rows.begin(), rows.end(), [](const Measurement& row) {
    return row.settings.Number("batch") == 128.0;
  });
  if (at == rows.end()) return {Verdict::kNotDecided, "this profile does not measure it"};
  const double many = at->machine.Number("kernel_per_second");
  const double one = rows[0].machine.Number("kernel_per_second");
  const bool apart = at->machine.Number("kernel_low") > rows[0].machine.Number("kernel_high");
  return {!apart              ? Verdict::kNotSupported
          : many >= 1.5 * one ? Verdict::kSupported
                              : Verdict::kQualified,
          fmt::format("{:.0f} samples a second in batches of 128, {:.1f} times as many as one by "
                      "one; the ranges of {} rounds {}",
                      many, many / one, kPaceRounds, apart ? "lie apart" : "overlap")};
}
Finding BatchesPay(const Evidence& evidence) { return BatchesPayIn(evidence, "pace"); }
Finding BatchesPayWide(const Evidence& evidence) { return BatchesPayIn(evidence, "wide_pace"); }

Finding RooflineExplains(const Evidence& evidence) {
  double least = INFINITY, most = 0.0;
  for (const std::string_view series : {"pace", "wide_pace"}) {
    for (const Measurement& row : evidence.Series(series)) {
      const double share =
          row.machine.Number("kernel_per_second") / row.machine.Number("roof_per_second");
      least = std::min(least, share);
      most = std::max(most, share);
    }
  }
  return {least >= 0.5 && most <= 1.1    ? Verdict::kSupported
          : least >= 0.25 && most <= 1.5 ? Verdict::kQualified
                                         : Verdict::kNotSupported,
          fmt::format("over both layers and all batches the kernel reaches {:.0f} to {:.0f} % of "
                      "the lower of the two bounds",
                      100.0 * least, 100.0 * most)};
}

LineSeries Curve(const std::vector<Measurement>& rows, std::string name, const std::string& field) {
  LineSeries series = {.name = std::move(name), .points = {}};
  for (const Measurement& row : rows) {
    LinePoint point = {.x = row.settings.Number("batch"),
                       .y = row.machine.Number(field + "_per_second")};
    if (field == "roof") {
      series.theory = true;
    } else {
      point.low = row.machine.Number(field + "_low");
      point.high = row.machine.Number(field + "_high");
    }
    series.points.push_back(point);
  }
  return series;
}

Figure PaceFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_1_forward_pace",
                       .title = "",
                       .subtitle =
                           "forward through one layer, one thread; median and range of "
                           "eleven rounds; the loop is compiled C++; roofline: the lower "
                           "of the two bounds, of computing and of fetching, both measured",
                       .x_label = "samples in a batch",
                       .y_label = "samples a second",
                       .x_log = true,
                       .y_log = true,
                       .panels = {}};
  const auto ratio = [](const std::vector<Measurement>& rows) {
    return rows.back().machine.Number("kernel_per_second") /
           rows.front().machine.Number("kernel_per_second");
  };
  const std::vector<Measurement> rows = evidence.Series("pace");
  figure.title = fmt::format("Batches of {} raise the kernel's pace {:.1f}-fold",
                             rows.back().settings.Number("batch"), ratio(rows));
  figure.panels.push_back(
      {.title = fmt::format("{} × {}: weights fit a cache", kIn, kOut),
       .series = {Curve(rows, "kernel", "kernel"), Curve(rows, "plain loop", "loop"),
                  Curve(rows, "roofline", "roof")}});
  const std::vector<Measurement> wide = evidence.Series("wide_pace");
  if (!wide.empty()) {
    figure.title += fmt::format("; where weights come from memory, {:.0f}-fold", ratio(wide));
    figure.panels.push_back(
        {.title = fmt::format("{} × {}: weights come from memory", kWide, kWide),
         .series = {Curve(wide, "kernel", "kernel"), Curve(wide, "roofline", "roof")}});
  }
  return figure;
}

NamedTable LadderTable(const Evidence& evidence) {
  return RowTable("ladder",
                  fmt::format("The ladder: {} x {}, batches of {}", kIn, kOut, kLadderBatch),
                  evidence.Series("ladder"),
                  {{"rung", "rung"},
                   {"differ", "other bits than stated"},
                   {"mean_error", "mean error", "{:.3f}"},
                   {"threads", "threads"},
                   {"per_second", "samples/s", "{:.0f}"},
                   {"gain", "gain", "{:.2f}"},
                   {"gain_low", "least gain", "{:.2f}"}});
}

NamedTable PaceTable(const Evidence& evidence) {
  return RowTable("pace", "Samples a second through one layer, 784 x 128, on one thread",
                  evidence.Series("pace"),
                  {{"batch", "batch"},
                   {"loop_per_second", "plain loop", "{:.0f}"},
                   {"kernel_per_second", "kernel", "{:.0f}"},
                   {"roof_per_second", "roofline", "{:.0f}"},
                   {"peak_gflops", "peak, Gflop/s", "{:.1f}"},
                   {"read_gb_per_second", "reading, GB/s", "{:.1f}"}});
}

NamedTable WideTable(const Evidence& evidence) {
  return RowTable("wide_pace", "The same, 4096 x 4096", evidence.Series("wide_pace"),
                  {{"batch", "batch"},
                   {"kernel_per_second", "kernel", "{:.0f}"},
                   {"roof_per_second", "roofline", "{:.0f}"},
                   {"peak_gflops", "peak, Gflop/s", "{:.1f}"},
                   {"read_gb_per_second", "reading, GB/s", "{:.1f}"}});
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
       .claims = {{"rungs-keep-their-bits",
                   "However it is computed, a layer is its plain loop, in a stated order.",
                   "article, section 3.1", "sigmoid, four shapes", RungsKeepTheirBits,
                   Verdict::kSupported},
                  {"order-matters", "In which order a sum is added is part of its result.",
                   "Higham 2002, chapter 4", "single precision", OrderMatters, Verdict::kSupported},
                  {"blocks-round-less", "Sums in blocks have smaller errors than one chain.",
                   "Blanchard, Higham and Mary 2020", "one batch of random numbers",
                   BlocksRoundLess, Verdict::kSupported},
                  {"bias-is-needless", "A layer may do without a bias.",
                   "article, section 4.1, by its program", "the black picture is one input of many",
                   BiasIsNeedless, Verdict::kNotSupported},
                  {"conventions-are-transposes",
                   "Wx and xW are the same layer, with W transposed and only so.",
                   "article, sections 3.1 and 4.1", "two shapes", ConventionsAreTransposes,
                   Verdict::kSupported},
                  {"loop-order-pays", "Neighbouring outputs in the inner loop are faster.", "ours",
                   "this machine and compiler; batches of 128", RungPays<1>},
                  {"blocks-pay", "Blocks that stay in registers and cache are faster still.",
                   "Goto and van de Geijn 2008", "this machine and compiler; batches of 128",
                   RungPays<2>},
                  {"kernel-pays", "Vectors and fused multiply-adds asked for by name are faster.",
                   "ours", "this machine; batches of 128", RungPays<3>},
                  {"fusing-pays", "Bias and activation in the same sweep are faster.", "ours",
                   "this machine; batches of 128", RungPays<4>},
                  {"threads-pay", "All threads are faster than one.", "ours",
                   "this machine, as idle as it was; batches of 128", RungPays<5>},
                  {"batches-pay", "Samples in a batch cost less than one by one.",
                   "ours, section 3.1.3", "one machine, one thread; weights in a cache",
                   BatchesPay},
                  {"batches-pay-from-memory",
                   "They do so where weights are larger than the caches.", "ours, section 3.1.3",
                   "one machine, one thread; 64 MiB of weights", BatchesPayWide},
                  {"roofline-explains", "What limits a layer is computing or fetching weights.",
                   "Williams, Waterman and Patterson 2009",
                   "one machine; within a factor of two counts", RooflineExplains}},
       .figures = {PaceFigure},
       .tables = {LadderTable, PaceTable, WideTable}},
      argc, argv);
}
