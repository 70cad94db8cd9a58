/// @file
/// Section 4.3, ours: xor learned end to end, from a truth table to weights that anyone can check
/// by hand, and how often that succeeds.
///
/// What is measured and drawn is in experiments/xor/; here stand the claims.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/experiment/experiment_program.h"
#include "experiments/statistics/statistics.h"
#include "experiments/xor/xor_tasks.h"

namespace lanegrad {
namespace {

// A comparison of two cells, block of seeds by block of seeds; its p value is adjusted for all
// comparisons of the chapter.
struct Tested {
  std::string name;
  PairedComparison pairs;
  double adjusted = NAN;
  bool Above() const { return adjusted <= 0.05 && pairs.difference > 0.0; }
  bool Below() const { return adjusted <= 0.05 && pairs.difference < 0.0; }
};

// [xor-family]
std::vector<Tested> Family(const Evidence& evidence) {
  std::vector<Tested> family;
  const auto add = [&](std::string name, const XorCell& a, const XorCell& b) {
    family.push_back(
        {.name = std::move(name),
         .pairs = ComparePairs(Blocks(CellRow(evidence, a)), Blocks(CellRow(evidence, b)))});
  };
  const std::vector<std::size_t> widths = XorWidths(evidence.scope.profile);
  for (const std::string& f : ArticleActivations()) {
    for (std::size_t w = 1; w < widths.size(); ++w) {
      add(fmt::format("wider/{} {}", f, widths[w]), {.width = widths[w], .activation = f},
          {.width = widths[w - 1], .activation = f});
    }
    for (const std::size_t width : {2u, 4u}) {
      const XorCell glorot = {.width = width, .activation = f};
      add(fmt::format("positive/{} {}", f, width),
          {.width = width, .activation = f, .start = "uniform"}, glorot);
      add(fmt::format("unbiased/{} {}", f, width),
          {.width = width, .activation = f, .start = "article"},
          {.width = width, .activation = f, .start = "uniform"});
    }
    add("entropy/" + f, {.width = 2, .activation = f, .loss = "cross_entropy"},
        {.width = 2, .activation = f});
  }
  add("tanh/relu", {.width = 2, .activation = "tanh"}, {.width = 2, .activation = "relu"});
  std::vector<double> p;
  for (const Tested& each : family) p.push_back(each.pairs.p);
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < family.size(); ++i) family[i].adjusted = adjusted[i];
  return family;
}
// [xor-family]

std::vector<Tested> OfKind(const Evidence& evidence, std::string_view kind) {
  std::vector<Tested> family = Family(evidence);
  std::erase_if(family, [&](const Tested& each) { return !each.name.starts_with(kind); });
  return family;
}

struct Counts {
  std::size_t all = 0, above = 0, below = 0;
  // All of them above; some above; some below and none above; or nothing shown.
  Verdict verdict() const {
    return above == all ? Verdict::kSupported
           : above > 0  ? Verdict::kQualified
           : below > 0  ? Verdict::kNotSupported
                        : Verdict::kNotDecided;
  }
};

Counts Count(const std::vector<Tested>& tests) {
  Counts counts = {.all = tests.size()};
  for (const Tested& each : tests) {
    counts.above += each.Above();
    counts.below += each.Below();
  }
  return counts;
}

std::string Shares(const Evidence& evidence, XorCell cell) {
  std::string text;
  for (const std::string& f : ArticleActivations()) {
    cell.activation = f;
    text += fmt::format("{}{} {:.1f} %", text.empty() ? "" : ", ", f,
                        100.0 * ShareOf(CellRow(evidence, cell)).share());
  }
  return text;
}

Finding NoLine(const Evidence& evidence) {
  const double wrong = evidence.Numbers("line", "wrong").front();
  return {wrong > 0.0 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("the best of all lines in 360 directions is wrong in {} of {} rows", wrong,
                      kXorRows)};
}

Finding TwoSuffice(const Evidence& evidence) {
  std::size_t right = 0, all = 0;
  std::string text;
  for (const Measurement& row : evidence.Series("demonstration")) {
    std::array<float, kXorRows> answers = {};
    double farthest = 0.0;
    for (std::size_t s = 0; s < kXorRows; ++s) {
      answers[s] = static_cast<float>(row.values.Number(fmt::format("rounded_answer_{}", s + 1)));
      farthest = std::max(farthest, static_cast<double>(std::fabs(answers[s] - kXorTargets[s])));
    }
    ++all;
    right += Learned(answers, kXorRoundedMargin);
    text +=
        fmt::format("{}{}, rounded to {} decimals, is {:.2f} off at most", text.empty() ? "" : "; ",
                    row.settings.Text("activation"), row.values.Number("decimals"), farthest);
  }
  return {right == all ? Verdict::kSupported
          : right > 0  ? Verdict::kQualified
                       : Verdict::kNotSupported,
          text};
}

Finding TwoAlwaysLearn(const Evidence& evidence) {
  std::size_t never = 0, always = 0, all = 0;
  for (const std::string& f : ArticleActivations()) {
    const XorShare share = ShareOf(CellRow(evidence, {.width = 2, .activation = f}));
    ++all;
    always += share.learned == share.seeds;
    never += share.learned == 0.0;
  }
  return {always == all  ? Verdict::kSupported
          : never == all ? Verdict::kNotSupported
                         : Verdict::kQualified,
          fmt::format("of the seeds so many learn: {}", Shares(evidence, {.width = 2}))};
}

Finding WiderLearnsMoreOften(const Evidence& evidence) {
  const Counts counts = Count(OfKind(evidence, "wider/"));
  const std::vector<std::size_t> widths = XorWidths(evidence.scope.profile);
  return {counts.below > 0 && counts.above > 0 ? Verdict::kQualified : counts.verdict(),
          fmt::format("{} of {} steps to the next width are shown to raise the share, {} to lower "
                      "it; with {} units {}, with {} {}",
                      counts.above, counts.all, counts.below, widths.front(),
                      Shares(evidence, {.width = widths.front()}), widths.back(),
                      Shares(evidence, {.width = widths.back()}))};
}

Finding ReluFailsMoreOften(const Evidence& evidence) {
  const Tested test = OfKind(evidence, "tanh/relu").front();
  const XorShare tanh = ShareOf(CellRow(evidence, {.width = 2, .activation = "tanh"}));
  const XorShare relu = ShareOf(CellRow(evidence, {.width = 2, .activation = "relu"}));
  return {test.Above()   ? Verdict::kSupported
          : test.Below() ? Verdict::kNotSupported
                         : Verdict::kNotDecided,
          fmt::format("{:.1f} % of seeds do not learn with ReLU, {:.1f} % with tanh (p = {:.1g}, "
                      "Holm)",
                      100.0 * (1.0 - relu.share()), 100.0 * (1.0 - tanh.share()), test.adjusted)};
}

Finding DeadUnitsAreTheCause(const Evidence& evidence) {
  const Measurement row = CellRow(evidence, {.width = 2, .activation = "relu"});
  const XorShare share = ShareOf(row);
  const double failed = share.seeds - share.learned;
  const double dead = std::clamp(row.values.Number("failed_with_dead"), 0.0, failed);
  const Interval interval =
      ShareInterval(static_cast<std::size_t>(dead), static_cast<std::size_t>(failed));
  return {!(failed > 0.0)        ? Verdict::kNotDecided
          : dead == failed       ? Verdict::kSupported
          : interval.low > 0.5   ? Verdict::kQualified
          : interval.high <= 0.5 ? Verdict::kNotSupported
                                 : Verdict::kNotDecided,
          fmt::format("of {} ReLU networks that fail {} have a dead unit ({:.1f} to {:.1f} %); of "
                      "those that learn, {}",
                      failed, dead, 100.0 * interval.low, 100.0 * interval.high,
                      row.values.Number("learned_with_dead"))};
}

Finding PatienceHelps(const Evidence& evidence) {
  double failed = 0.0, later = 0.0;
  for (const std::string& f : ArticleActivations()) {
    const Measurement row = CellRow(evidence, {.width = 2, .activation = f});
    const XorShare share = ShareOf(row);
    failed += share.seeds - share.learned;
    later += row.values.Number("learned_later");
  }
  return {!(failed > 0.0)        ? Verdict::kNotDecided
          : later >= failed      ? Verdict::kSupported
          : later > 0.1 * failed ? Verdict::kQualified
                                 : Verdict::kNotSupported,
          fmt::format("of {} networks 2-2-1 that have not learned in {} steps, {} learn in {} more",
                      failed, kXorSteps, later, kXorPatience * kXorSteps)};
}

Finding PositiveStartHinders(const Evidence& evidence) {
  const Counts counts = Count(OfKind(evidence, "positive/"));
  return {counts.below == counts.all ? Verdict::kSupported
          : counts.below > 0         ? Verdict::kQualified
          : counts.above > 0         ? Verdict::kNotSupported
                                     : Verdict::kNotDecided,
          fmt::format("in {} of {} kinds of network it is shown to lower the share that learns, in "
                      "{} to raise it; with two units {}, with Glorot's start {}",
                      counts.below, counts.all, counts.above,
                      Shares(evidence, {.width = 2, .start = "uniform"}),
                      Shares(evidence, {.width = 2}))};
}

Finding BiasesAreNeeded(const Evidence& evidence) {
  const Counts counts = Count(OfKind(evidence, "unbiased/"));
  return {counts.below == counts.all ? Verdict::kSupported
          : counts.below > 0         ? Verdict::kQualified
          : counts.above > 0         ? Verdict::kNotSupported
                                     : Verdict::kNotDecided,
          fmt::format("in {} of {} kinds of network taking the biases away is shown to lower the "
                      "share that learns; without them two units: {}; four: {}",
                      counts.below, counts.all, Shares(evidence, {.width = 2, .start = "article"}),
                      Shares(evidence, {.width = 4, .start = "article"}))};
}

Finding EntropyHelps(const Evidence& evidence) {
  const Counts counts = Count(OfKind(evidence, "entropy/"));
  return {
      counts.above > 0 && counts.below > 0 ? Verdict::kQualified : counts.verdict(),
      fmt::format("the share is shown to be raised for {} of {} activations, lowered for {}: {}, "
                  "with squared error {}",
                  counts.above, counts.all, counts.below,
                  Shares(evidence, {.width = 2, .loss = "cross_entropy"}),
                  Shares(evidence, {.width = 2}))};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "04_3_xor",
       .section = "",
       .title = "Xor from end to end",
       .summary =
           "From a truth table to weights that anyone can check, and how often that succeeds.",
       .question = "Can a network learn xor, what has it learned then, and how often does it fail?",
       .task_profiles = {{"quick", 100}, {"default", 1000}, {"full", 10000}},
       .tasks = XorTasks,
       .claims =
           {{"no-line", "No straight line tells the rows of xor apart.", "Minsky and Papert 1969",
             "360 directions; the chapter has the proof", NoLine, Verdict::kSupported},
            {"two-units-suffice", "Two hidden units suffice to compute xor.",
             "Rumelhart, Hinton and Williams 1986",
             "one trained network each of ReLU and sigmoid, rounded", TwoSuffice,
             Verdict::kSupported},
            {"two-units-learn", "A network with two hidden units learns xor if it is trained.",
             "ours, section 4.3.3", "4,000 full-batch steps at the best rate; squared error",
             TwoAlwaysLearn, Verdict::kQualified},
            {"wider-learns-more-often", "The wider the hidden layer, the more seeds learn.",
             "ours, section 4.3.3", "up to 16 units; neighbouring widths compared",
             WiderLearnsMoreOften},
            {"relu-fails-more-often", "With two hidden units ReLU fails more often than tanh.",
             "ours, section 4.3.3", "Glorot's start, biases 0", ReluFailsMoreOften,
             Verdict::kSupported},
            {"dead-units", "Where two hidden ReLUs fail, one of them is dead.",
             "ours, section 4.3.3",
             "dead at the end of training; that the two go together does not show which causes "
             "which",
             DeadUnitsAreTheCause},
            {"patience-helps",
             "If the steps are repeated often enough, every network learns in the end.",
             "article, sections 3.5 and 6.3", "ten times as many further steps at the same rate",
             PatienceHelps, Verdict::kNotSupported},
            {"positive-start-hinders",
             "Starting from weights in [0, 1) makes learning xor less likely.", "ours, section 4.1",
             "two and four hidden units, biases learned; against Glorot's start",
             PositiveStartHinders},
            {"biases-are-needed", "Without biases xor is learned less often.", "ours, section 4.1",
             "weights from [0, 1), as in section 4.1; two and four hidden units", BiasesAreNeeded},
            {"cross-entropy-helps", "Cross-entropy makes more seeds learn than squared error.",
             "ours, section 4.3.3", "two hidden units, each loss at its own rate", EntropyHelps}},
       .figures = {StepsFigure, WeightsDiagram, PlaneFigure, WidthFigure, ActivationFigure,
                   StartFigure},
       .tables = {RectifierTable, SigmoidTable, ShareTable, EndingTable}},
      argc, argv);
}
