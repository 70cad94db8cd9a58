// SPDX-License-Identifier: Apache-2.0
// The figures of chapter 6.4.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "experiments/applications/alterations.h"
#include "experiments/applications/confusion_map.h"
#include "experiments/applications/judgements.h"
#include "experiments/records/numbered.h"
#include "experiments/verdicts/pair_verdicts.h"
#include "experiments/vowels/synthesizer.h"

namespace lanegrad {
namespace {

constexpr std::array<std::string_view, 10> kClothes = {
    "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"};
// Models in figures, in the order of their curves.
struct ModelName {
  const char *name, *label;
};
constexpr ModelName kModelNames[] = {
    {"network", "network"}, {"linear", "linear model"}, {"neighbours", "nearest neighbours"}};

}  // namespace

Figure PictureConfusionFigure(const Evidence& evidence) {
  HeatMap figure = ConfusionMap(evidence.Row("picture", {{"model", "network"}}).values, kClothes);
  figure.name = "06_4_applications_pictures";
  figure.subtitle = "test pictures of all seeds; rows: what a picture is; % of each row";
  return figure;
}

Figure VowelConfusionFigure(const Evidence& evidence) {
  HeatMap figure = ConfusionMap(VowelRow(evidence, "network", "all").values, kVowelWords);
  figure.name = "06_4_applications_vowels";
  figure.subtitle = "vowels of new speakers, all seeds; rows: what was said; % of each row";
  return figure;
}

Figure AlterationFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "06_4_applications_alterations",
                      .title = "",
                      .subtitle = "a pale dot a seed, the mean with 95 % interval",
                      .x_label = "test accuracy (%)",
                      .percent = true,
                      .rows = {}};
  double worst = 2.0, clean = 0.0;
  std::string_view which;
  for (const ModelName& model : kModelNames) {
    const Measurement row = evidence.Row("picture", {{"model", model.name}});
    for (const Alteration& each : kAlterations) {
      const std::vector<double> list = NumbersOf(row.values, each.name);
      figure.rows.push_back(
          SeedDots(fmt::format("{}, {}", model.label, each.label), model.label, list));
      if (std::string_view(model.name) != "network") continue;
      if (each.name == "clean") clean = Mean(list);
      if (Mean(list) < worst) {
        worst = Mean(list);
        which = each.label;
      }
    }
  }
  figure.title = fmt::format(
      "The network recognises {:.0f} % of pictures as they are, and {:.0f} % at worst ({})",
      100.0 * clean, 100.0 * worst, which);
  return figure;
}

Figure AlteredFigure(const Evidence& evidence) {
  ImageFigure figure = {.name = "06_4_applications_altered",
                        .title = "",
                        .subtitle = "one test picture, first as it is",
                        .value_label = "brightness (0 to 255)",
                        .in_row = 4,
                        .panels = {}};
  const std::vector<Measurement> rows = evidence.Series("altered");
  double most = 0.0;
  std::string_view which;
  for (const Alteration& each : kAlterations) {
    const std::vector<double> pixels =
        rows.empty() ? std::vector<double>{} : NumbersOf(rows[0].values, each.name);
    const auto side =
        static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(pixels.size()))));
    figure.panels.push_back(
        {.title = std::string(each.label), .rows = side, .columns = side, .values = pixels});
    const std::vector<double>& clean = figure.panels[0].values;
    double sum = 0.0;
    for (std::size_t i = 0; i < std::min(pixels.size(), clean.size()); ++i) {
      sum += std::fabs(pixels[i] - clean[i]) / 255.0 / static_cast<double>(clean.size());
    }
    if (sum <= most) continue;
    most = sum;
    which = each.label;
  }
  figure.title = fmt::format(
      "One picture in {} ways: most is changed where it is {}, by {:.0f} % of the scale a pixel",
      figure.panels.size(), which, 100.0 * most);
  return figure;
}

Figure SpectrumFigure(const Evidence& evidence) {
  LineFigure figure = {
      .name = "06_4_applications_spectrum",
      .title = "",
      .subtitle = "51 ms of synthesised vowels without noise; upright lines: their formants",
      .x_label = "frequency (Hz)",
      .y_label = "level (dB)",
      .dots = false,
      .panels = {}};
  std::string first;
  for (const Measurement& row : evidence.Series("spectrum")) {
    const auto voice = static_cast<std::size_t>(row.settings.Number("voice"));
    const auto vowel = static_cast<std::size_t>(row.settings.Number("vowel"));
    const std::vector<double> levels = NumbersOf(row.values, "level");
    const std::vector<double> formants = NumbersOf(row.values, "formant");
    LinePanel panel = {
        .title = fmt::format("{}, {}", kVowelWords.at(vowel), voice == 0 ? "a man" : "a child"),
        .series = {{.name = "spectrum", .points = {}}}};
    for (std::size_t k = 0; k < levels.size(); ++k) {
      panel.series[0].points.push_back(
          {.x = static_cast<double>(k) * kSoundRate / 2.0 / static_cast<double>(levels.size() - 1),
           .y = levels[k],
           .note = ""});
    }
    for (std::size_t f = 0; f < formants.size(); ++f) {
      panel.marks.push_back({.x = formants[f], .label = fmt::format("F{}", f + 1)});
    }
    figure.panels.push_back(panel);
    if (vowel == 0 && formants.size() > 1) {
      first += fmt::format("{}{:.0f} Hz of {}", first.empty() ? "" : " and ", formants[1],
                           voice == 0 ? "a man" : "a child");
    }
  }
  figure.title = "The same vowel has its second formant at " + first;
  return figure;
}

Figure VoiceFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "06_4_applications_voices",
                      .title = "",
                      .subtitle = "network; a pale dot a seed, the mean with 95 % interval",
                      .x_label = "share of vowels named right (%)",
                      .percent = true,
                      .rows = {}};
  struct Line {
    const char *stem, *label;
  };
  constexpr Line kLines[] = {{"known", "the same speakers again"},
                             {"men", "new men"},
                             {"women", "new women"},
                             {"children", "new children"},
                             {"new", "new speakers, all voices"},
                             {"noisy_10", "the same, 10 dB"},
                             {"noisy_0", "the same, 0 dB"}};
  for (const char* taught : {"all", "men"}) {
    const Measurement row = VowelRow(evidence, "network", taught);
    for (const Line& line : kLines) {
      const std::string by = std::string(taught) == "all" ? "trained on all" : "trained on men";
      figure.rows.push_back(SeedDots(by + ": " + line.label, by, NumbersOf(row.values, line.stem)));
    }
  }
  const Measurement by_men = VowelRow(evidence, "network", "men");
  figure.title = fmt::format(
      "Trained on men, the network names {:.0f} % of men's vowels, {:.0f} % of women's and {:.0f} "
      "% "
      "of children's",
      100.0 * Mean(NumbersOf(by_men.values, "men")),
      100.0 * Mean(NumbersOf(by_men.values, "women")),
      100.0 * Mean(NumbersOf(by_men.values, "children")));
  return figure;
}

Figure LetterFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "06_4_applications_letters",
                       .title = "",
                       .subtitle = "",
                       .x_label = "letters of history that the model sees",
                       .y_label = "bits a letter (less is better)",
                       .x_whole = true,
                       .panels = {{.title = "unread parts of the Constitution", .series = {}},
                                  {.title = "the Declaration", .series = {}}}};
  for (std::size_t panel = 0; panel < 2; ++panel) {
    const char* stem = panel == 0 ? "bits" : "other";
    LineSeries counts = {.name = "counts", .points = {}};
    for (const Measurement& row : evidence.Series("counts")) {
      counts.points.push_back(SeedPoint(row.settings.Number("order"), NumbersOf(row.values, stem)));
    }
    figure.panels[panel].series.push_back(counts);
    for (const char* model : {"network", "linear"}) {
      LineSeries series = {.name = std::string(model) == "linear" ? "linear model" : model,
                           .points = {}};
      for (const Measurement& row : evidence.Series("letters")) {
        if (row.settings.Text("model") != model) continue;
        const std::vector<double> list = NumbersOf(row.values, stem);
        series.points.push_back(SeedPoint(row.settings.Number("context"), list));
        figure.subtitle =
            fmt::format("mean of {} cuts of the text with 95 % interval", list.size());
      }
      std::sort(series.points.begin(), series.points.end(),
                [](const LinePoint& a, const LinePoint& b) { return a.x < b.x; });
      figure.panels[panel].series.push_back(series);
    }
  }
  const Measurement network = evidence.Row("letters", {{"model", "network"}});
  const Measurement best = BestCounts(evidence);
  figure.title = fmt::format(
      "After {} letters the network needs {:.2f} bits for the next one; counts after {} letters, "
      "{:.2f}",
      network.settings.Text("context"), Mean(NumbersOf(network.values, "bits")),
      best.settings.Text("order"), Mean(NumbersOf(best.values, "bits")));
  return figure;
}

}  // namespace lanegrad
