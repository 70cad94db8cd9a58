/// @file
/// Article, section 4.1: its forward program, run as it stands and set right.
///
/// A 3-4-2 network of sigmoids on the input (1, 0, 1), weights drawn from [0, 1), no bias. The
/// program runs; what it does not show is where such weights put the units of a wider network.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "experiments/article_code/forward_program.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/row_table.h"
#include "experiments/statistics/statistics.h"
#include "experiments/verdicts/pair_verdicts.h"
#include "kernels/elementary.h"
#include "network/network.h"

namespace lanegrad {
namespace {

constexpr float kInput[] = {1.0f, 0.0f, 1.0f};
constexpr std::size_t kWidths[] = {4, 40, 400};
constexpr const char* kArticle = "article_uniform";
constexpr const char* kGlorot = "glorot_uniform";

Network Drawn(std::size_t hidden, const char* initializer, std::uint64_t seed) {
  const std::size_t sizes[] = {3 * hidden / 4, hidden, 2};
  Network network(sizes, Activation::Named("sigmoid"), Activation::Named("sigmoid"));
  network.Initialize(Initializer::Named(initializer), seed);
  return network;
}

Workspace Forward(const Network& network) {
  Matrix x(1, network.inputs());
  for (std::size_t i = 0; i < network.inputs(); ++i) x(0, i) = kInput[i % 3];
  Workspace space = network.MakeWorkspace(1);
  network.Forward(x.view(), 1, space);
  return space;
}

// The same network by the loop one would write first: section 3.1, unit by unit, in double.
std::vector<double> PlainForward(const Network& network) {
  std::vector<double> a(kInput, kInput + 3);
  for (const Layer& layer : network.layers()) {
    std::vector<double> next;
    for (std::size_t j = 0; j < layer.out(); ++j) {
      double z = layer.bias[j];
      for (std::size_t i = 0; i < layer.in(); ++i) z += a[i] * layer.weights(i, j);
      next.push_back(1.0 / (1.0 + Exponential(-z)));
    }
    a = next;
  }
  return a;
}

void MeasureOnce(Measurement& row) {
  const Network network = Drawn(4, kArticle, row.seed);
  const std::vector<double> plain = PlainForward(network);
  const Workspace space = Forward(network);
  for (std::size_t j = 0; j < 2; ++j) {
    row.values.Set(fmt::format("plain_{}", j + 1), plain[j]);
    row.values.Set(fmt::format("kernel_{}", j + 1), space.values.back()(0, j));
  }
}

// What is amiss with the program, a number each, for weights that are drawn with this seed.
void MeasureChecks(Measurement& row) {
  const ProgramInput input = {1.0, 0.0, 1.0}, zero = {};
  const ForwardProgram program = DrawProgram(row.seed, false);
  const auto printed = ProgramAnswers(program, input);
  row.values.Set("same_again", ProgramAnswers(DrawProgram(row.seed, false), input) == printed);
  row.values.Set("same_as_next",
                 ProgramAnswers(DrawProgram(row.seed + 1, false), input) == printed);
  row.values.Set("product_defined", Multipliable(4, 3));  // W is 3 x 4, x a column of 3
  row.values.Set("transposed_equal", ColumnSums(program, input) == RowSums(program, input));
  const auto spread = [&](const ForwardProgram& each) {
    const auto [least, most] = std::ranges::minmax(HiddenAnswers(each, zero));
    return most - least;
  };
  row.values.Set("spread_at_zero", spread(program));
  row.values.Set("spread_at_zero_with_bias", spread(DrawProgram(row.seed, true)));
}

void MeasureFormula(const WrittenFormula& formula, Measurement& row) {
  const double written = formula.written(), mended = formula.mended();
  row.values.Set("written_finite", std::isfinite(written));
  row.values.Set("written", std::isnan(written)   ? "not a number"
                            : std::isinf(written) ? "infinite"
                                                  : fmt::format("{:.6g}", written));
  row.values.Set("mended_finite", std::isfinite(mended));
  row.values.Set("mended", fmt::format("{:.6g}", mended));
}

void MeasureDraws(std::size_t width, const char* initializer, std::size_t seeds, Measurement& row) {
  std::vector<double> outputs, slopes;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Network network = Drawn(width, initializer, seed);
    const Workspace space = Forward(network);
    for (std::size_t l = 0; l < network.layers().size(); ++l) {
      for (std::size_t j = 0; j < network.layers()[l].out(); ++j) {
        slopes.push_back(space.slopes[l](0, j));
        if (l == 1) outputs.push_back(space.values[l](0, j));
      }
    }
  }
  std::sort(outputs.begin(), outputs.end());
  const auto at = [&](double share) {
    return outputs[static_cast<std::size_t>(share * static_cast<double>(outputs.size() - 1))];
  };
  row.values.Set("output_5", at(0.05));
  row.values.Set("output_median", at(0.5));
  row.values.Set("output_95", at(0.95));
  row.values.Set("mean_slope", Mean(slopes));
}

// [tasks]
std::vector<Task> Tasks(const Scope& scope) {
  std::vector<Task> tasks;
  for (std::uint64_t seed = 1; seed <= std::min<std::size_t>(scope.seeds, 20); ++seed) {
    tasks.push_back({.series = "program", .settings = {}, .seed = seed, .measure = MeasureOnce});
  }
  for (std::uint64_t seed = 1; seed <= std::min<std::size_t>(scope.seeds, 20); ++seed) {
    tasks.push_back({.series = "checks", .settings = {}, .seed = seed, .measure = MeasureChecks});
  }
  for (const WrittenFormula& formula : WrittenFormulas()) {
    tasks.push_back({.series = "formulas",
                     .settings = {{"formula", std::string(formula.name)},
                                  {"instead", std::string(formula.trick)}},
                     .seed = 0,
                     .measure = [formula](Measurement& row) { MeasureFormula(formula, row); }});
  }
  for (const std::size_t width : kWidths) {
    for (const char* initializer : {kArticle, kGlorot}) {
      tasks.push_back({.series = "draws",
                       .settings = {{"network", fmt::format("{}-{}-2", 3 * width / 4, width)},
                                    {"initializer", initializer},
                                    {"networks", static_cast<double>(scope.seeds)}},
                       .seed = 0,
                       .measure = [=, seeds = scope.seeds](Measurement& row) {
                         MeasureDraws(width, initializer, seeds, row);
                       }});
    }
  }
  return tasks;
}
// [tasks]

// The mean slopes of one initializer as shares of 1/4, by growing width.
std::vector<double> SlopeShares(const Evidence& evidence, std::string_view initializer) {
  std::vector<double> shares;
  for (const Measurement& row : evidence.Series("draws")) {
    if (row.settings.Text("initializer") == initializer) {
      shares.push_back(4.0 * row.values.Number("mean_slope"));
    }
  }
  return shares;
}

Finding PlainLoopAgrees(const Evidence& evidence) {
  double largest = 0.0;
  for (const Measurement& row : evidence.Series("program")) {
    for (const char* output : {"1", "2"}) {
      largest = std::max(largest, std::fabs(row.values.Number(fmt::format("plain_{}", output)) -
                                            row.values.Number(fmt::format("kernel_{}", output))));
    }
  }
  return {largest <= 1e-6 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("over {} networks no output of the kernels, in float, is farther than {:.2g} "
                      "from that of a plain loop in double",
                      evidence.Series("program").size(), largest)};
}

Finding ArticleWeightsKeepSlopes(const Evidence& evidence) {
  const std::vector<double> shares = SlopeShares(evidence, kArticle);
  return {shares.back() >= 0.5    ? Verdict::kSupported
          : shares.front() >= 0.5 ? Verdict::kQualified
                                  : Verdict::kNotSupported,
          fmt::format("the mean slope is {:.2g} % of its largest value, 1/4, with {} hidden units, "
                      "and {:.2g} % with {}",
                      100.0 * shares.front(), kWidths[0], 100.0 * shares.back(), kWidths[2])};
}

Finding GlorotKeepsSlopes(const Evidence& evidence) {
  const std::vector<double> shares = SlopeShares(evidence, kGlorot);
  const double least = *std::min_element(shares.begin(), shares.end());
  return {least >= 0.8 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("at every width the mean slope is at least {:.2g} % of 1/4", 100.0 * least)};
}

// How many of the checks have a value of 1.
std::size_t Ones(const Evidence& evidence, std::string_view name) {
  const std::vector<double> values = evidence.Numbers("checks", name);
  return static_cast<std::size_t>(std::count(values.begin(), values.end(), 1.0));
}

Finding RunsAgree(const Evidence& evidence) {
  const std::size_t all = evidence.Series("checks").size();
  const std::size_t next = Ones(evidence, "same_as_next");
  return {ByCount(next, all),
          fmt::format("{} of {} runs print what the next one prints; with a seed {} of {} do when "
                      "they are repeated",
                      next, all, Ones(evidence, "same_again"), all)};
}

Finding FormulaIsTheProgram(const Evidence& evidence) {
  const std::size_t all = evidence.Series("checks").size();
  const std::size_t defined = Ones(evidence, "product_defined");
  const std::size_t equal = Ones(evidence, "transposed_equal");
  return {
      defined == all ? Verdict::kSupported
      : equal == all ? Verdict::kQualified
                     : Verdict::kNotSupported,
      fmt::format("its W times x as a column exists in {} of {} networks; with W transposed the "
                  "sums are the same to the last bit in {}",
                  defined, all, equal)};
}

Finding BiasIsIdle(const Evidence& evidence) {
  const std::vector<double> without = evidence.Numbers("checks", "spread_at_zero");
  const std::vector<double> with = evidence.Numbers("checks", "spread_at_zero_with_bias");
  const auto spread = static_cast<std::size_t>(
      std::count_if(without.begin(), without.end(), [](double s) { return s > 0.0; }));
  return {
      ByCount(spread, without.size()),
      fmt::format("for the input (0, 0, 0) the hidden units differ in {} of {} networks (median "
                  "difference {:.2f}; {:.2f} with biases)",
                  spread, without.size(), Median(without), Median(with))};
}

Finding FormulasHold(const Evidence& evidence) {
  const std::vector<double> written = evidence.Numbers("formulas", "written_finite");
  const std::vector<double> mended = evidence.Numbers("formulas", "mended_finite");
  const auto count = [](const std::vector<double>& all) {
    return static_cast<std::size_t>(std::count(all.begin(), all.end(), 1.0));
  };
  return {ByCount(count(written), written.size()),
          fmt::format("as written, {} of {} are finite numbers; in another form of the same "
                      "formula {}",
                      count(written), written.size(), count(mended))};
}

// A formula of the records, which are written in ASCII, as a reader knows it.
std::string Typeset(std::string text) {
  for (const auto& [ascii, typeset] : {std::pair{"e^-2z", "e⁻²ᶻ"}, {"e^z", "eᶻ"}, {" - ", " − "}}) {
    const std::string_view from = ascii, to = typeset;
    for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  }
  return text;
}

NamedTable FormulaTable(const Evidence& evidence) {
  std::vector<Measurement> rows = evidence.Series("formulas");
  for (Measurement& row : rows) {
    row.settings.Set("instead", Typeset(row.settings.Text("instead")));
  }
  return RowTable("formulas", "Formulas of sections 3.3 and 3.4, as written and in another form",
                  rows,
                  {{"formula", "formula"},
                   {"written", "as written"},
                   {"mended", "otherwise"},
                   {"instead", "how"}});
}

// [row-table]
NamedTable OutputTable(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("draws");
  return RowTable("outputs", "Outputs and slopes of networks of each kind", rows,
                  {{"network", "network"},
                   {"initializer", "initial weights"},
                   {"output_5", "output, 5 %", "{:.4f}"},
                   {"output_median", "median", "{:.4f}"},
                   {"output_95", "95 %", "{:.4f}"},
                   {"mean_slope", "mean slope", "{:.2g}"},
                   {"mean_slope", "of 1/4", "{:.2g} %", 400.0}});
}
// [row-table]

Figure SlopeFigure(const Evidence& evidence) {
  const std::vector<double> article = SlopeShares(evidence, kArticle);
  LineFigure figure = {.name = "04_1_forward_slopes",
                       .title = fmt::format("With weights from [0, 1), {} hidden units keep {:.2g} "
                                            "% of the largest slope",
                                            kWidths[2], 100.0 * article.back()),
                       .subtitle =
                           "mean slope of all units of a network of sigmoids at its first "
                           "sample, as a share of 1/4",
                       .x_label = "hidden units",
                       .y_label = "share of the largest slope",
                       .x_log = true,
                       .y_log = true,
                       .y_percent = true,
                       .panels = {{.title = "", .series = {}}}};
  for (const char* initializer : {kArticle, kGlorot}) {
    LineSeries series = {.name = initializer, .points = {}};
    const std::vector<double> shares = SlopeShares(evidence, initializer);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      series.points.push_back({.x = static_cast<double>(kWidths[i]), .y = shares[i]});
    }
    figure.panels[0].series.push_back(std::move(series));
  }
  return figure;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "04_1_forward",
       .section = "4.1",
       .title = "The forward program",
       .summary = "Section 4.1 of the article: its forward program, run and set right.",
       .question =
           "What does the program of section 4.1 compute, and can a network learn that starts "
           "from its weights?",
       .task_profiles = {{"quick", 20}, {"default", 200}, {"full", 5000}},
       .tasks = Tasks,
       .claims = {{"plain-loop-agrees",
                   "The program computes what the formula of section 3.1 says.",
                   "article, section 4.1", "sigmoids without bias, one sample", PlainLoopAgrees,
                   Verdict::kSupported},
                  {"uniform-weights-start-well",
                   "Weights drawn from [0, 1) are a sound start for a network of sigmoids.",
                   "article, section 4.1, by its example",
                   "one sample; what training makes of it is "
                   "section 3.2's question",
                   ArticleWeightsKeepSlopes, Verdict::kQualified},
                  {"glorot-keeps-slopes",
                   "Weights of mean zero and matched variance keep the slopes large at any width.",
                   "Glorot and Bengio 2010", "three widths, one hidden layer", GlorotKeepsSlopes,
                   Verdict::kSupported},
                  {"runs-agree", "Two runs of the program print the same.",
                   "article, section 4.1, by giving no seed", "20 pairs of runs", RunsAgree,
                   Verdict::kNotSupported},
                  {"formula-is-the-program", "The program multiplies as its formula says, W x.",
                   "article, sections 3.1 and 4.1", "by shape, and number by number",
                   FormulaIsTheProgram, Verdict::kQualified},
                  {"bias-is-idle",
                   "Without a bias the units can still tell themselves apart at every input.",
                   "article, section 4.1, by its example", "one input, (0, 0, 0)", BiasIsIdle,
                   Verdict::kNotSupported},
                  {"formulas-hold",
                   "The formulas, as written, give a number wherever they are used.",
                   "article, sections 3.3 and 3.4",
                   "in double, at six places that we chose; chapter 3.3 searches for all",
                   FormulasHold, Verdict::kQualified}},
       .figures = {SlopeFigure},
       .tables = {OutputTable, FormulaTable}},
      argc, argv);
}
