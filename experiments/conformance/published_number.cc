// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/published_number.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

std::string TextOr(const Fields& fields, std::string_view name) {
  return fields.Has(name) ? fields.Text(name) : std::string();
}

bool Agrees(const ComparedNumber& number) { return number.conformity < Conformity::kShapeOnly; }

double Above(const ComparedNumber& number) { return number.mean() - number.theirs(); }

}  // namespace

double ComparedNumber::mean() const { return Mean(ours); }
double ComparedNumber::theirs() const { return std::stod(published.printed); }

Task TaskOf(const PublishedNumber& number, std::uint64_t seed,
            std::function<double(Measurement&)> ours) {
  Fields settings = {{"configuration", number.configuration},
                     {"published", number.printed},
                     {"tolerance", number.tolerance}};
  if (!number.settings.empty()) settings.Set("settings", number.settings);
  if (!number.reduced.empty()) settings.Set("reduced", number.reduced);
  return {.series = number.table,
          .settings = std::move(settings),
          .seed = seed,
          .measure = [ours = std::move(ours)](Measurement& row) {
            const double value = ours(row);
            row.values.Set("ours", value);
          }};
}

std::vector<ComparedNumber> NumbersOf(const Evidence& evidence, std::string_view table) {
  std::vector<ComparedNumber> numbers;
  for (const Measurement& row : evidence.Series(table)) {
    const std::string configuration = row.settings.Text("configuration");
    if (numbers.empty() || numbers.back().published.configuration != configuration) {
      numbers.push_back({.published = {.table = std::string(table),
                                       .configuration = configuration,
                                       .printed = row.settings.Text("published"),
                                       .tolerance = row.settings.Number("tolerance"),
                                       .settings = TextOr(row.settings, "settings"),
                                       .reduced = TextOr(row.settings, "reduced")},
                         .ours = {}});
    }
    numbers.back().ours.push_back(row.values.Number("ours"));
  }
  std::vector<double> ours, theirs;
  for (ComparedNumber& each : numbers) {
    each.conformity = Conform(each.ours, each.published.printed, each.published.tolerance);
    ours.push_back(each.mean());
    theirs.push_back(each.theirs());
  }
  if (SameShape(ours, theirs)) {
    for (ComparedNumber& each : numbers) {
      if (each.conformity == Conformity::kDiffers) each.conformity = Conformity::kShapeOnly;
    }
  }
  return numbers;
}

Finding JudgeNumbers(const std::vector<ComparedNumber>& numbers) {
  std::size_t agree = 0, higher = 0, above = 0;  // above: by more than the tolerance
  bool shape = false, reduced = false;
  for (const ComparedNumber& each : numbers) {
    agree += Agrees(each);
    higher += Above(each) > 0.0;
    above += Above(each) > each.published.tolerance;
    shape |= each.conformity == Conformity::kShapeOnly;
    reduced |= !each.published.reduced.empty();
  }
  std::vector<double> ours, theirs;
  for (const ComparedNumber& each : numbers) {
    ours.push_back(each.mean());
    theirs.push_back(each.theirs());
  }
  const std::string order = shape
                                ? fmt::format("; rank correlation with the published table {:.2f}",
                                              RankCorrelation(ours, theirs))
                                : "";
  if (reduced) {
    return {
        above > 0 ? Verdict::kNotSupported : Verdict::kNotDecided,
        fmt::format("trained with {}, which is no reproduction; {} of {} are above the published "
                    "number all the same{}",
                    numbers.front().published.reduced, above, numbers.size(), order)};
  }
  const bool exact = std::all_of(numbers.begin(), numbers.end(), [](const auto& number) {
    return number.conformity == Conformity::kExact;
  });
  const std::string side =
      exact ? "" : fmt::format("; ours is higher in {} of {}", higher, numbers.size());
  std::string classes;
  for (const Conformity each :
       {Conformity::kExact, Conformity::kWithinSpread, Conformity::kWithinTolerance,
        Conformity::kShapeOnly, Conformity::kDiffers}) {
    const auto count = std::count_if(numbers.begin(), numbers.end(),
                                     [&](const auto& number) { return number.conformity == each; });
    if (count > 0) {
      classes += fmt::format("{}{} of {} {}", classes.empty() ? "" : ", ", count, numbers.size(),
                             ConformityName(each));
    }
  }
  return {agree == numbers.size()                ? Verdict::kSupported
          : shape || 2 * agree >= numbers.size() ? Verdict::kQualified
                                                 : Verdict::kNotSupported,
          classes + side + order};
}

std::string_view AgreementOf(const ComparedNumber& number) {
  return number.published.reduced.empty() ? ConformityName(number.conformity) : "not judged";
}

std::string SideOf(const ComparedNumber& number) {
  if (number.conformity < Conformity::kWithinTolerance) return "";
  return Above(number) > 0.0 ? "higher" : "lower";
}

}  // namespace lanegrad
