// SPDX-License-Identifier: Apache-2.0
#include "docs/figure_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>

#include "docs/hand_networks.h"
#include "docs/moon_network.h"
#include "docs/small_lessons.h"
#include "experiments/article_code/layer_gradient.h"
#include "experiments/letters/letter_counts.h"
#include "experiments/little_data/learning_curves.h"
#include "experiments/records/disk.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// A layer as docs/site/interactive_network.js has it: a row of weights an input.
Json LayerJson(std::span<const double> w, std::span<const double> b, std::string_view activation) {
  Json rows;
  for (std::size_t i = 0; i < w.size(); i += b.size()) {
    rows.push_back(std::vector<double>(w.begin() + static_cast<std::ptrdiff_t>(i),
                                       w.begin() + static_cast<std::ptrdiff_t>(i + b.size())));
  }
  return {{"w", rows}, {"b", std::vector<double>(b.begin(), b.end())}, {"f", activation}};
}

Json PointsJson(const std::vector<NamedPoint>& points) {
  Json all;
  for (const NamedPoint& point : points) all.push_back({{"x", point.x}, {"name", point.name}});
  return all;
}

Json LessonJson(const SmallLesson& lesson) {
  const std::vector<PlainLayer>& layers = lesson.network.layers();
  return {{"train", PointsJson(lesson.train)},
          {"fresh", PointsJson(lesson.fresh)},
          {"lots", lesson.lots},
          {"network",
           {LayerJson(layers[0].w, layers[0].b, "tanh"),
            LayerJson(layers[1].w, layers[1].b, "identity")}},
          {"rate", lesson.rate},
          {"first", kFirstLessonSteps}};
}

Json LayerTaskJson() {
  LayerTask task;
  LayerWeights w;
  DrawLayer(1, task, w);
  Json rows;
  for (std::size_t i = 0; i < kLayerSize; ++i) {
    const auto row = w.begin() + static_cast<std::ptrdiff_t>(i * kLayerSize);
    rows.push_back(std::vector<double>(row, row + kLayerSize));
  }
  return {{"x", task.x}, {"y", task.y}, {"w", rows}};
}

Json ErrorJson(std::span<const double> accuracy) {
  const Interval interval = MeanInterval(accuracy);
  return {1.0 - Mean(accuracy), 1.0 - interval.high, 1.0 - interval.low};
}

Json CurvesJson(const Evidence& evidence) {
  Json all;
  for (const char* name : {"none", "linear", "neighbours"}) {
    const LearningCurve curve = CurveOf(evidence, name);
    Json errors;
    for (const std::vector<double>& accuracy : curve.accuracy)
      errors.push_back(ErrorJson(accuracy));
    all[curve.label] = {{"n", curve.n}, {"error", errors}};
  }
  return all;
}

// A list of widths for each budget. Seconds are of the passes alone, at the pace at which the
// chapter's machine trained that width.
Json BudgetsJson(const Evidence& evidence) {
  Json all;
  for (const Measurement& row : evidence.Series("budget")) {
    const double work = row.settings.Number("work"), images = row.values.Number("samples");
    const double passes = row.values.Number("epochs");
    if (all.empty() || all.back()["work"] != work) {
      all.push_back({{"work", work}, {"cells", Json::array()}});
    }
    const Measurement pace =
        evidence.Row("shape", {{"width", row.settings.Text("width")}, {"batch", "32"}});
    all.back()["cells"].push_back({{"width", row.settings.Number("width")},
                                   {"images", images},
                                   {"passes", passes},
                                   {"error", ErrorJson(NumbersOf(row.values, "final"))},
                                   {"seconds", images * passes / pace.machine.Number("train")}});
  }
  return all;
}

Json LayersJson(const Description& description) {
  Json layers;
  for (const DescribedLayer& layer : description) {
    layers.push_back(LayerJson(layer.weights, layer.biases, layer.activation.info().name));
  }
  return layers;
}

Json DescriptionJson() {
  return {{"layers", LayersJson(MoonDescription())},
          {"left", kMoonLeft},
          {"bottom", kMoonBottom},
          {"side", kMoonSide}};
}

Json PixelsJson() {
  Json all;
  for (const PixelNetwork& each : PixelNetworks()) {
    all[std::string(each.rule)] = LayersJson(Describe(each.network));
  }
  return all;
}

Json LettersJson() {
  Json all;
  for (const std::string& history : LetterHistories()) all[history] = LetterShares(history);
  return all;
}

}  // namespace

Evidence ReadEvidence(const fs::path& records, const std::string& experiment) {
  const fs::path path = records / experiment / "runs.jsonl";
  std::ifstream file(path);
  Evidence evidence;
  for (std::string line; std::getline(file, line);) {
    const Json record = Json::parse(line);
    if (IsMeasurement(record)) evidence.rows.push_back(ReadMeasurement(record));
  }
  if (evidence.rows.empty()) {
    throw WriteError(fmt::format("{}: has no measurements to make figures of", path.string()));
  }
  return evidence;
}

std::vector<std::string> LetterHistories() { return {" th", "the ", "cong", "of the", "q", "sta"}; }

std::vector<double> LetterShares(const std::string& history) {
  static const LetterCounts counts(ConstitutionLetters(), 5);
  Letters letters;
  for (const char c : history) {
    letters.push_back(static_cast<std::uint8_t>(c == ' ' ? 0 : c - 'a' + 1));
  }
  std::vector<double> shares;
  for (std::uint8_t next = 0; next < kLetters; ++next) {
    shares.push_back(counts.Probability(letters, next));
  }
  return shares;
}

std::string FigureData(const fs::path& records) {
  const Json all = {{"forward", LayersJson(Describe(ForwardNetwork()))},
                    {"layer", LayerTaskJson()},
                    {"points", LessonJson(PointsToLearn())},
                    {"lessons", LessonJson(TwoLessons())},
                    {"curves", CurvesJson(ReadEvidence(records, "05_3_little_data"))},
                    {"budgets", BudgetsJson(ReadEvidence(records, "05_1_compute"))},
                    {"pixels", PixelsJson()},
                    {"described", DescriptionJson()},
                    {"letters", LettersJson()}};
  return fmt::format("const figureData = {};\n", all.dump());
}

}  // namespace lanegrad
