// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "network/folds.h"

namespace lanegrad {

std::vector<std::string> Protocol::Folds() const {
  if (folds == 0) return {base.fold};
  std::vector<std::string> all;
  for (std::size_t number = 1; number <= folds; ++number) {
    all.push_back(FoldText({.number = number, .of = folds}));
  }
  return all;
}

namespace {

// What is searched for, where anything is.
Search SearchOf(const Request& request, const GridFile& file) {
  Search search;
  const std::string& names = request.tune.empty() ? file.tune : request.tune;
  if (!names.empty()) search.settings = ParseTuned(names);
  if (request.budget > 0 || file.budget) {
    search.budget = request.budget > 0 ? request.budget : *file.budget;
  }
  search.seed = request.search_seed.value_or(file.search_seed.value_or(search.seed));
  if (search.settings.empty() &&
      (request.budget > 0 || file.budget || request.search_seed || file.search_seed)) {
    throw UsageError(
        "a budget and a search seed are of a search: say of what, with --tune rate,momentum");
  }
  return search;
}

// Throws where something is both searched for and given.
void CheckSearched(const Protocol& protocol, const Request& request, const GridFile& file) {
  for (const std::string& name : protocol.search.settings) {
    if (FindAxis(protocol.grid, name) != nullptr) {
      throw UsageError(fmt::format("'{}' is both tuned and varied: leave one of them out", name));
    }
    const auto is_name = [&](const auto& each) { return each.first == name; };
    if (std::any_of(request.fixed.begin(), request.fixed.end(), is_name) ||
        std::any_of(file.fixed.begin(), file.fixed.end(), is_name)) {
      throw UsageError(fmt::format("'{}' is both tuned and fixed: leave one of them out", name));
    }
  }
  if (!protocol.search.settings.empty() && FindAxis(protocol.grid, "rate") != nullptr) {
    throw UsageError(
        "an axis of rates is a search of its own: take it from --vary, and write --tune rate,...");
  }
}

}  // namespace

Protocol MakeProtocol(const Request& request, const Dataset& data) {
  const Profile& profile = *request.profile;
  const GridFile file = request.file.value_or(GridFile());
  Protocol protocol;
  protocol.base = request.base;
  protocol.search = SearchOf(request, file);
  protocol.base.epochs = profile.epochs;
  protocol.base.samples = profile.samples;
  protocol.base.validation = profile.validation;
  const auto said = [&](std::string_view setting) {
    return file.Says(setting) ||
           std::any_of(request.fixed.begin(), request.fixed.end(),
                       [&](const auto& each) { return each.first == setting; }) ||
           FindAxis(protocol.grid, setting) != nullptr;
  };

  for (const char* text : profile.axes) {
    Axis axis = ParseAxis(text);
    if (axis.setting == "loss" && data.regression()) continue;  // these are of classes
    if (axis.setting == "rate" && !protocol.search.settings.empty()) continue;
    if (!request.file.has_value() || (axis.setting == "rate" && !file.Says("rate"))) {
      SetAxis(protocol.grid, std::move(axis));
    }
  }
  // The rate of a profile stands last, as it does where all is the profile's.
  for (auto axis = file.vary.rbegin(); axis != file.vary.rend(); ++axis) {
    protocol.grid.insert(protocol.grid.begin(), *axis);
  }
  for (const auto& [setting, value] : file.fixed) FieldNamed(setting).set(protocol.base, value);

  std::vector<Axis> varied;
  for (const std::string& text : request.vary) SetAxis(varied, ParseAxis(text));
  for (const Axis& axis : varied) SetAxis(protocol.grid, axis);
  for (const auto& [setting, value] : request.fixed) {
    if (FindAxis(varied, setting) != nullptr) {
      throw UsageError(fmt::format("'{0}' is both fixed by --{0} and varied by --vary", setting));
    }
    std::erase_if(protocol.grid,
                  [&, name = setting](const Axis& axis) { return axis.setting == name; });
    FieldNamed(setting).set(protocol.base, value);
  }

  for (const std::string& names : request.tie) TieAxes(protocol.grid, names);
  for (const std::string& names : file.tie) TieAxes(protocol.grid, names);
  CheckSearched(protocol, request, file);
  protocol.folds = request.folds > 0 ? request.folds : file.folds.value_or(0);
  if (protocol.folds == 1) throw UsageError("folds must be at least 2, not 1");
  if (protocol.folds > 0 && protocol.base.fold != kNoFold) {
    throw UsageError("--fold is one of the folds, --folds all of them: give only one");
  }
  const std::size_t left =
      data.train.count - FoldSize(ReadFold(protocol.Folds().front()), data.train.count);
  const bool chosen = file.cells.empty() || !protocol.search.settings.empty();
  if (!said("validation") && !chosen) {
    protocol.base.validation = 0;  // nothing is chosen by held-out samples
    if (!said("samples")) protocol.base.samples = 0;
  } else if (!said("validation") && data.validation.count > 0) {
    protocol.base.validation = data.validation.count;
    if (!said("samples") && left < profile.samples) protocol.base.samples = 0;
  } else if (!said("validation") && left < 2 * profile.validation) {
    protocol.base.validation = left / 5;
    if (!said("samples")) protocol.base.samples = 0;
  }
  if (data.regression() && !said("loss")) protocol.base.loss = "mse";
  protocol.tune_seeds =
      request.tune_seeds > 0 ? request.tune_seeds : file.seeds.value_or(profile.tune_seeds);
  protocol.final_seeds = request.final_seeds > 0 ? request.final_seeds
                                                 : file.final_seeds.value_or(profile.final_seeds);
  return protocol;
}

}  // namespace lanegrad
