// SPDX-License-Identifier: Apache-2.0
#include "docs/front_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "experiments/experiment/claim.h"
#include "experiments/experiment/claims_file.h"

namespace lanegrad {

std::string ClaimCount(const std::filesystem::path& results,
                       std::span<const std::string> experiments) {
  std::map<std::string, int> counts;
  int claims = 0, of_article = 0, article_supported = 0;
  for (const std::string& name : experiments) {
    if (name == "07_summary" || !std::filesystem::exists(results / name / "claims.json")) continue;
    for (const RecordedClaim& claim : ReadClaims(results / name).claims) {
      ++claims;
      ++counts[claim.verdict];
      if (!claim.source.starts_with("article")) continue;
      ++of_article;
      article_supported += claim.verdict == VerdictName(Verdict::kSupported) ? 1 : 0;
    }
  }
  return fmt::format(
      "**{} claims** about neural networks were put to the test here. **{}** are supported by what "
      "was "
      "measured, {} only under a condition that is stated, **{}** are not supported, and of {} the "
      "measurements "
      "do not decide. {} of these claims are the article's own; {} of them are supported as they "
      "stand.\n",
      claims, counts["supported"], counts["qualified"], counts["not supported"],
      counts["not decided"], of_article, article_supported);
}

DotFigure PaceOfTraining(const Json& record) {
  DotFigure figure = {
      .name = "training_pace",
      .title = "",
      .subtitle = fmt::format(
          "layers · batch; one core of {}, batches of Fashion-MNIST in memory; medians of {} "
          "rounds in turn; "
          "PyTorch {}, numpy {}",
          record.at("processor").get<std::string>(), record.at("rounds").get<int>(),
          record.at("pytorch").get<std::string>(), record.at("numpy").get<std::string>()),
      .x_label = "thousand samples a second, forward, backward and update",
      .rows = {}};
  double least = INFINITY, most = 0.0;
  for (const Json& row : record.at("rows")) {
    const Json& pace = row.at("samples_per_second");
    const double ratio = pace.at("lanegrad").get<double>() / pace.at("pytorch").get<double>();
    least = std::min(least, ratio);
    most = std::max(most, ratio);
    for (const char* library : {"lanegrad", "pytorch", "numpy"}) {
      const double value = pace.at(library).get<double>() / 1e3;
      const std::string_view shown = library == std::string_view("pytorch") ? "PyTorch" : library;
      figure.rows.push_back(
          {.label = fmt::format("{} · {}, {}", row.at("layers").get<std::string>(),
                                row.at("batch").get<int>(), shown),
           .group = std::string(shown),
           .value = value,
           .text = fmt::format("{:.1f}", value),
           .note = ""});
    }
  }
  figure.title =
      fmt::format("Training steps are {:.1f} to {:.0f} times as fast as PyTorch's", least, most);
  return figure;
}

}  // namespace lanegrad
