// SPDX-License-Identifier: Apache-2.0
// The figures of chapter 6.4 of digits, spoken and written.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "experiments/applications/confusion_map.h"
#include "experiments/applications/judgements.h"
#include "experiments/records/numbered.h"
#include "experiments/spoken_digits/recordings.h"
#include "experiments/spoken_digits/spoken_levels.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {

Figure HeardFigure(const Evidence& evidence) {
  ImageFigure figure = {.name = "06_4_applications_heard",
                        .title = "",
                        .subtitle =
                            "upwards: 16 bands from 100 to 8000 Hz; to the right: 8 equal "
                            "pieces of a word's time",
                        .value_label = "level (steps of 1.5 dB)",
                        .in_row = 4,
                        .panels = {}};
  double most = 0.0;
  std::string which;
  for (const Measurement& row : evidence.Series("heard")) {
    const std::vector<double> levels = NumbersOf(row.values, "level");
    const std::string title =
        fmt::format("{}, {}", row.settings.Text("word"), row.settings.Text("voice"));
    ImagePanel panel = {.title = title, .rows = kSpokenBands, .columns = kPieces, .values = {}};
    for (std::size_t band = kSpokenBands; band-- > 0;) {
      for (std::size_t piece = 0; piece < kPieces; ++piece) {
        const std::size_t at = piece * kSpokenBands + band;
        panel.values.push_back(at < levels.size() ? levels[at] : 0.0);
      }
    }
    figure.panels.push_back(panel);
    // How much of the word is noise: the share of pieces whose upper half is the louder one.
    double noisy = 0.0;
    for (std::size_t piece = 0; piece < kPieces; ++piece) {
      double low = 0.0, high = 0.0;
      for (std::size_t band = 0; band < kSpokenBands; ++band) {
        const std::size_t at = piece * kSpokenBands + band;
        (band < kSpokenBands / 2 ? low : high) += at < levels.size() ? levels[at] : 0.0;
      }
      noisy += high > low ? 1.0 / static_cast<double>(kPieces) : 0.0;
    }
    if (noisy <= most) continue;
    most = noisy;
    which = title;
  }
  figure.title = fmt::format(
      "What the network hears: in {:.0f} % of '{}' the high bands are louder than the low ones",
      100.0 * most, which);
  return figure;
}

Figure SpokenConfusionFigure(const Evidence& evidence) {
  HeatMap figure = ConfusionMap(SpokenRow(evidence, "network", "six").values, kDigitWords);
  figure.name = "06_4_applications_spoken";
  figure.subtitle = "digits by new voices, all seeds; rows: what was said; % of each row";
  return figure;
}

Figure SpokenFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "06_4_applications_ways",
                      .title = "",
                      .subtitle = "network; a pale dot a seed, the mean with 95 % interval",
                      .x_label = "share of digits named right (%)",
                      .percent = true,
                      .rows = {}};
  struct Line {
    std::string_view stem, label;
  };
  std::vector<Line> lines = {{"known", "the voices that taught"},
                             {"men", "new men"},
                             {"women", "new women"},
                             {"new", "new voices"}};
  for (const SpokenWay& way : kSpokenWays) lines.push_back({way.name, way.label});
  for (const char* taught : {"six", "one"}) {
    const Measurement row = SpokenRow(evidence, "network", taught);
    const std::string by =
        std::string_view(taught) == "six" ? "trained on six voices" : "trained on one";
    for (const Line& line : lines) {
      figure.rows.push_back(
          SeedDots(fmt::format("{}: {}", by, line.label), by, NumbersOf(row.values, line.stem)));
    }
  }
  const auto mean = [&](const char* taught) {
    return 100.0 * Mean(NumbersOf(SpokenRow(evidence, "network", taught).values, "new"));
  };
  figure.title = fmt::format(
      "Trained on six voices, the network names {:.1f} % of the digits that new ones say; trained "
      "on "
      "one, {:.1f} %",
      mean("six"), mean("one"));
  return figure;
}

Figure HandwrittenFigure(const Evidence& evidence) {
  const Measurement row = evidence.Row("handwritten", {{"model", "network"}});
  constexpr std::array<std::string_view, 10> kDigits = {"0", "1", "2", "3", "4",
                                                        "5", "6", "7", "8", "9"};
  HeatMap figure = ConfusionMap(row.machine, kDigits);
  figure.name = "06_4_applications_handwritten";
  figure.subtitle = "handwritten digits, all seeds; rows: what was written; % of each row";
  if (!(row.machine.Number("installed") > 0.0)) {
    figure.title = "Handwritten digits: not measured, since python3-sklearn is not installed";
  }
  return figure;
}

}  // namespace lanegrad
