// SPDX-License-Identifier: Apache-2.0
// The comparisons by seeds of chapter 5.4, and their adjustment.
#include <fmt/format.h>

#include "experiments/explanations/findings.h"
#include "experiments/explanations/measures.h"
#include "experiments/records/numbered.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

// A number to be compared with, as if every seed had it.
std::vector<double> Bar(double bar, const std::vector<double>& like) {
  return std::vector<double>(like.size(), bar);
}

class Comparisons {
 public:
  explicit Comparisons(const Evidence& evidence) : evidence_(evidence) {}

  std::vector<double> List(std::string_view series, std::string_view name,
                           std::string_view stem) const {
    return ListOf(evidence_, series, name, stem);
  }
  void Add(std::string family, std::string name, std::vector<double> a, std::vector<double> b,
           double margin = 0.0) {
    all_.push_back({.family = std::move(family),
                    .name = std::move(name),
                    .a = std::move(a),
                    .b = std::move(b),
                    .margin = margin});
  }
  void AddBar(std::string family, std::string name, const std::vector<double>& a, double bar) {
    Add(std::move(family), std::move(name), a, Bar(bar, a));
  }
  std::vector<SeedPairs> Judged() {
    JudgeTogether(all_);
    return std::move(all_);
  }

 private:
  const Evidence& evidence_;
  std::vector<SeedPairs> all_;
};

void AddMaps(Comparisons& all) {
  const std::string top = fmt::format("kept_{}", kTop);
  const std::vector<double> random = all.List("deletion", "random", top);
  const std::vector<double> contrast = all.List("deletion", "contrast", top);
  for (const MapKindInfo& kind : kMapKinds) {
    if (kind.kind == MapKind::kContrast) continue;
    const std::string name(kind.text);
    const auto like = [&](std::string_view stem) { return all.List("likeness", kind.name, stem); };
    const std::vector<double> kept = all.List("deletion", kind.name, top);
    const std::vector<double> twin = like("twin");
    all.Add("deletion against random", name, random, kept);
    all.Add("deletion against contrast", name, contrast, kept);
    all.AddBar("twin", name, like("twin_top"), 0.5);
    all.Add("foreign map", name, kept,
            all.List("deletion", kind.name, fmt::format("kept_by_twin_{}", kTop)), 0.05);
    all.Add("decayed twin", name, like("decayed_twin"), twin);
    all.AddBar("tiny change", name, like("tiny_change_top"), 0.9);
    all.Add("learned weights", name, twin, like("redrawn_3"));
    all.Add("untrained", name, Bar(0.5, twin), like("redrawn_3"));
    all.Add("labels", name, like("few_twin"), like("random_labels"));
  }
  all.Add("path", "integrated", all.List("deletion", "times_difference", top),
          all.List("deletion", "integrated", top));
}

}  // namespace

Measurement NamedRow(const Evidence& evidence, std::string_view series, std::string_view name) {
  for (const Measurement& row : evidence.Series(series)) {
    if (row.settings.Text(row.settings.all().front().first) == name) return row;
  }
  throw DataError(fmt::format("no row '{}' in the series '{}'", name, series));
}

std::vector<double> ListOf(const Evidence& evidence, std::string_view series, std::string_view name,
                           std::string_view stem) {
  return NumbersOf(NamedRow(evidence, series, name).values, stem);
}

// [pairs]
std::vector<SeedPairs> ExplanationPairs(const Evidence& evidence) {
  Comparisons all(evidence);
  const std::vector<double> smooth = all.List("training", "plain", "smoothness");
  all.Add("smoothness", "learned", smooth, all.List("training", "plain", "smoothness_before"));
  all.AddBar("smoothness", "half", smooth, 0.5);
  all.Add("decay", "smoothness", all.List("training", "decayed", "smoothness"), smooth);
  all.Add("decay", "accuracy", all.List("training", "decayed", "accuracy"),
          all.List("training", "plain", "accuracy"), 0.01);
  AddMaps(all);
  for (const char* ascent : {"plain", "smooth"}) {
    all.AddBar("like class", ascent, all.List("prototype", ascent, "like_class"), 0.8);
    all.Add("convince", ascent, all.List("prototype", ascent, "twin_sure"),
            all.List("prototype", ascent, "sure"), 0.05);
  }
  const std::vector<double> shared = all.List("mistakes", "plain", "shared");
  all.Add("mistakes", "chance", shared, all.List("mistakes", "plain", "shared_by_chance"));
  all.AddBar("mistakes", "half", shared, 0.5);
  const auto asked = [&](const char* stem) { return all.List("neighbours", "plain", stem); };
  all.AddBar("neighbours", "agree", asked("agrees"), 0.95);
  all.Add("neighbours", "accuracy", asked("hidden"), asked("network"), 0.01);
  all.Add("neighbours", "pixels", asked("hidden"), asked("pixels"));
  all.Add("neighbours", "warning", asked("neighbours_flag"), asked("confidence_flag"));
  return all.Judged();
}
// [pairs]

}  // namespace lanegrad
