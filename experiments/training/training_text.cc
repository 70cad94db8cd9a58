// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/training_text.h"

#include <fmt/format.h>

#include "experiments/cli/progress.h"
#include "experiments/comparison/comparison_figure.h"
#include "experiments/records/provenance.h"
#include "experiments/training/training_answer.h"
#include "experiments/training/training_figure.h"
#include "experiments/training/training_table.h"
#include "network/initial_weights.h"

namespace lanegrad {
namespace {

constexpr std::size_t kNameColumns = 18;

// Lines in which no number stands at the end of one and its % at the beginning of the next.
std::string Wrapped(std::string_view text, const std::string& indent, std::size_t columns) {
  constexpr std::string_view kGlued = "\x1f%", kLoose = " %";
  const auto replace = [](std::string in, std::string_view what, std::string_view with) {
    for (std::size_t at = in.find(what); at != in.npos; at = in.find(what, at + with.size())) {
      in.replace(at, what.size(), with);
    }
    return in;
  };
  return replace(WrapText(replace(std::string(text), kLoose, kGlued), indent, columns), kGlued,
                 kLoose);
}

// "name              value, which may go on", below itself.
std::string Line(std::string_view name, std::string_view value, std::size_t columns) {
  const std::string wrapped = Wrapped(value, std::string(kNameColumns, ' '), columns);
  return fmt::format("{:<{}}", name, kNameColumns) + wrapped.substr(kNameColumns);
}

std::string Fitted(Table table, std::size_t columns) {
  if (table.rows.empty()) return "";
  while (TableWidth(table) > columns && table.columns.size() > 2) {
    table.columns.pop_back();
    for (std::vector<Cell>& row : table.rows) row.pop_back();
  }
  return "\n" + TerminalTable(table);
}

// "AVX3", where the record says so.
std::string TargetOf(const RunRecord& run) {
  for (const auto& [name, value] : OriginOf(run.provenance)) {
    if (name == "target") return ", " + value;
  }
  return "";
}

std::string OneRun(const TrainedRuns& trained, std::size_t columns) {
  const RunRecord& run = trained.runs.front();
  std::string text = Line("status", StatusName(run.status), columns);
  // The network of a run that diverged says nothing of test samples, right or wrong.
  if (run.test_accuracy && run.status != Status::kDiverged) {
    const Score score = ScoreOf(run);
    text += Line(fmt::format("test {}", ScoreName(score)), ScoreText(score, *run.test_accuracy),
                 columns);
    if (run.test_rmse) text += Line("test RMSE", Short(*run.test_rmse), columns);
    text += Line("test loss", fmt::format("{:.6f}", run.test_loss.value_or(NAN)), columns);
  }
  text += Line(
      "epochs",
      fmt::format("{} ({} steps{})", run.epochs.size(), run.steps,
                  run.kept_epoch == 0 ? "" : fmt::format("; weights of epoch {}", run.kept_epoch)),
      columns);
  if (run.steps > 0) {
    const Network same(run.settings.layers, Activation::Named("identity"),
                       Activation::Named("identity"));
    text += Line("samples/s",
                 fmt::format("{:.0f} ({:.1f} GFLOP/s on {} thread{}{})", run.samples_per_second,
                             run.samples_per_second * same.FlopsPerSample() / 1e9, run.threads,
                             run.threads == 1 ? "" : "s", TargetOf(run)),
                 columns);
  }
  if (IsImported(run.settings.initializer)) {
    text += Line("began with", run.settings.initializer, columns);
  }
  return text;
}

}  // namespace

std::string TrainingText(const TrainedRuns& trained, std::size_t columns) {
  std::string text;
  for (const std::string& sentence : AnswerSentences(trained)) {
    text += Wrapped(sentence, "", columns);
  }
  text += trained.runs.size() == 1 ? "\n" + OneRun(trained, columns)
                                   : Fitted(SeedTable(trained), columns) + "\n";
  text += Line("digest", DigestOf(trained), columns);
  const Table faults = FaultTable(trained);
  for (const std::vector<Cell>& row : faults.rows) {
    const bool one = row[2].text.find(',') == std::string::npos;
    const std::string seeds =
        trained.runs.size() == 1 ? "" : fmt::format(" (seed{} {})", one ? "" : "s", row[2].text);
    text += Line("fault", row[0].text + seeds, columns);
    text += Line("remedy", row[1].text, columns);
  }
  if (faults.rows.empty()) text += Line("health", "no fault found", columns);
  const Table classes = ClassTable(trained);
  if (classes.rows.size() <= kMostClasses) text += Fitted(classes, columns);
  const Table layers = LayerTable(trained);
  if (trained.runs.size() > 1 && !layers.rows.empty()) text += "\n" + layers.caption + ":";
  return text + Fitted(layers, columns);
}

std::string ProfileText(const RunRecord& run) {
  if (!run.profile) return "";
  double total = 0.0;
  for (const double seconds : *run.profile) total += seconds;
  std::string text = "\nphase      seconds   share  (thread 0)\n";
  for (std::size_t i = 0; i < kPhases; ++i) {
    text += fmt::format("{:<9} {:>8.3f}  {:>5.1f} %\n", PhaseName(static_cast<Phase>(i)),
                        (*run.profile)[i], 100.0 * (*run.profile)[i] / total);
  }
  return text;
}

std::string EpochText(const Settings& settings, std::size_t epoch, const EpochMetrics& metrics,
                      double pace, Score score) {
  const double left = static_cast<double>((settings.epochs - epoch - 1) * settings.samples);
  return fmt::format(
      "epoch {}/{}: loss {}, {}{}; {} left", epoch + 1, settings.epochs, Short(metrics.train_loss),
      IsShare(score)
          ? fmt::format("{} right", Percent(metrics.train_accuracy))
          : fmt::format("{} {}", ScoreName(score), ScoreText(score, metrics.train_accuracy)),
      metrics.validation_accuracy ? ", held out " + ScoreText(score, *metrics.validation_accuracy)
                                  : "",
      Duration(left / pace));
}

}  // namespace lanegrad
