// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/seed_design.h"

#include <fmt/format.h>

#include <algorithm>

#include "network/initial_weights.h"
#include "network/resolved_settings.h"
#include "network/split.h"

namespace lanegrad {
namespace {

constexpr SeedCause kCauses[] = {{"weight-seed", "initial weights"},
                                 {"order-seed", "order of samples"},
                                 {"noise-seed", "noise and dropout"},
                                 {"split-seed", "which samples"}};

// Why drawing a cause again changes nothing; empty where it does.
std::string WhyNot(const SeedCause& cause, const Settings& asked, const Dataset& data) {
  const Settings resolved = Resolve(asked, data).settings;
  const SettingsField& field = FieldNamed(cause.setting);
  if (cause.setting == "weight-seed" && IsImported(asked.initializer)) {
    return "weights are those of a file";
  }
  if (const std::string why = WhyIdle(field, resolved); !why.empty()) {
    return fmt::format("no effect {}", why);
  }
  if (cause.setting != "split-seed") return {};
  Settings other = resolved;
  other.split_seed = asked.seed;
  const Split a = SplitSamples(other, data);
  other.split_seed = asked.seed + 1;
  const Split b = SplitSamples(other, data);
  if (a.train == b.train && a.validation == b.validation && a.test == b.test) {
    return "all samples are used, and none are held out";
  }
  return {};
}

}  // namespace

std::span<const SeedCause> SeedCauses() { return kCauses; }

std::string CauseNames(const SeedDesign& design) {
  std::vector<std::string_view> names;
  for (const SeedCause& cause : design.causes) names.push_back(cause.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

SeedDesign DesignSeeds(const Settings& asked, const Dataset& data, std::size_t levels,
                       std::span<const std::string_view> given) {
  SeedDesign design = {.causes = {}, .left_out = {}, .levels = levels, .runs = {asked}};
  for (const SeedCause& cause : kCauses) {
    const bool fixed = std::find(given.begin(), given.end(), cause.setting) != given.end();
    const std::string why =
        fixed ? fmt::format("fixed by --{} {}", cause.setting, FieldNamed(cause.setting).get(asked))
              : WhyNot(cause, asked, data);
    if (why.empty()) {
      design.causes.push_back(cause);
    } else {
      design.left_out.push_back(fmt::format("{}: {}", cause.name, why));
    }
  }
  if (design.causes.size() < 2) {
    throw UsageError(fmt::format(
        "--seed-variance divides the spread among causes, and {} left ({}): --seeds {} says how "
        "large it is",
        design.causes.empty() ? "none is" : fmt::format("only one, {}, is", design.causes[0].name),
        fmt::join(design.left_out, "; "), levels));
  }
  std::size_t runs = 1;
  for (std::size_t k = 0; k < design.causes.size(); ++k) runs *= levels;
  if (runs > kMostCombinations) {
    throw UsageError(fmt::format(
        "--seed-variance {} makes {} runs of {} causes, and {} are the most: take fewer levels, or "
        "fix a cause, as by --weight-seed 1",
        levels, runs, design.causes.size(), kMostCombinations));
  }
  for (const SeedCause& cause : design.causes) {
    std::vector<Settings> combined;
    for (const Settings& run : design.runs) {
      for (std::size_t level = 0; level < levels; ++level) {
        combined.push_back(run);
        FieldNamed(cause.setting).set(combined.back(), fmt::format("{}", asked.seed + level));
      }
    }
    design.runs = std::move(combined);
  }
  return design;
}

}  // namespace lanegrad
