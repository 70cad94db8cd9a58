// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>

#include "experiments/cli/interrupt.h"
#include "experiments/records/provenance.h"
#include "network/hash.h"
#include "network/parallel.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

using Kind = SettingsField::Kind;

Json MetricsJson(const RunResult& result) {
  Json epochs = Json::array();
  for (const EpochMetrics& epoch : result.epochs) {
    epochs.push_back({{"train_loss", ToJson(epoch.train_loss)},
                      {"train_accuracy", ToJson(epoch.train_accuracy)},
                      {"validation_loss", ToJson(epoch.validation_loss.value_or(0.0))},
                      {"validation_accuracy", ToJson(epoch.validation_accuracy.value_or(0.0))}});
  }
  return epochs;
}

Json HealthJson(const Health& health) {
  Json layers = Json::array();
  for (const LayerHealth& layer : health.layers) {
    layers.push_back({{"dead", layer.dead},
                      {"saturated", layer.saturated},
                      {"gradient_norm", ToJson(layer.gradient_norm)},
                      {"weight_norm", ToJson(layer.weight_norm)}});
  }
  Json faults = Json::array();
  for (const Fault& fault : health.faults) faults.push_back(fault.what);
  return {{"faults", faults},
          {"diverged", health.diverged},
          {"stuck", health.stuck},
          {"chance", health.chance},
          {"best_train_accuracy", health.best_accuracy},
          {"layers", layers}};
}

// The accuracy on held-out samples; of a run that diverged, none.
double HeldOut(const Json& record) {
  const Json& epochs = record.at("epochs");
  if (record.at("status") == "diverged" || epochs.empty()) return 0.0;
  return FromJson(epochs.back().at("validation_accuracy"));
}

// "tune relu · mse · rate 0.1 · seed 2: ok, 93.12 % of held-out samples, 1.2 s".
std::string OneLine(const PlannedRun& run, const Json& record, double seconds) {
  std::string how = record.at("status").get<std::string>();
  if (how == "diverged") {
    how.append(fmt::format(" at step {}", record.at("bad_step").get<std::size_t>()));
  } else {
    how.append(fmt::format(", {:.2f} % of held-out samples", 100.0 * HeldOut(record)));
  }
  return fmt::format("{} {} · seed {}: {}, {}", run.phase, run.Trial(), run.settings.seed, how,
                     Duration(seconds));
}

}  // namespace

std::string PlanKey(const PlannedRun& run, const Dataset& data) {
  return run.phase + "-" + RunKey(run.settings, data);
}

Json SettingsJson(const Settings& settings) {
  Json json = Json::object();
  for (const SettingsField& field : SettingsFields()) {
    const std::string text = field.get(settings);
    // A number's text is JSON already, the shortest that reads back exactly; but "auto".
    json[std::string(field.name)] =
        field.kind == Kind::kText || text == "auto" ? Json(text) : Json::parse(text);
  }
  return json;
}

Settings SettingsFromJson(const Json& json) {
  Settings settings;
  for (const auto& [name, value] : json.items()) {
    // A float's shortest text is longer as a double's: read it back as a float.
    const SettingsField& field = FieldNamed(name);
    field.set(settings, value.is_string() ? value.get<std::string>() : value.dump());
  }
  return settings;
}

Json RunRecord(const std::string& experiment, const PlannedRun& run, const RunResult& result,
               const Dataset& data) {
  Json record = {{"schema", 1},
                 {"experiment", experiment},
                 {"phase", run.phase},
                 {"key", PlanKey(run, data)},
                 {"numeric_version", kNumericVersion},
                 {"settings", SettingsJson(result.settings)},
                 {"data", {{"name", data.name}, {"checksum", data.checksum}}},
                 {"status", StatusName(result.status)},
                 {"steps", result.steps},
                 {"epochs", MetricsJson(result)}};
  if (result.status == Status::kDiverged) record["bad_step"] = result.bad_step;
  if (result.tested) {
    record["test_loss"] = ToJson(result.test_loss);
    record["test_accuracy"] = ToJson(result.test_accuracy);
  }
  record["health"] = HealthJson(result.health);
  record["digest"] = result.digest;
  record["seconds"] = result.train_seconds;
  record["samples_per_second"] = result.samples_per_second;
  record["threads"] = result.threads;
  if (result.profiled) {
    for (std::size_t i = 0; i < kPhases; ++i) {
      record["profile"][std::string(PhaseName(static_cast<Phase>(i)))] = result.phase_seconds[i];
    }
  }
  record["provenance"] = Provenance();
  return record;
}

std::string PlannedRun::Trial() const {
  return fmt::format("{}{}rate {}", cell, cell.empty() ? "" : " · ", settings.rate);
}

std::vector<Json> Recorded(const std::vector<PlannedRun>& plan, const Dataset& data,
                           const RecordSet& records) {
  std::vector<Json> found(plan.size());
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const Json* known = records.Find(PlanKey(plan[i], data));
    if (known != nullptr) found[i] = *known;
  }
  return found;
}

std::size_t CountRecorded(std::span<const Json> records) {
  return static_cast<std::size_t>(std::count_if(
      records.begin(), records.end(), [](const Json& record) { return !record.is_null(); }));
}

double WorkOf(const Settings& settings) {
  double weights = 0.0;
  for (std::size_t i = 1; i < settings.layers.size(); ++i) {
    weights += static_cast<double>(settings.layers[i - 1] * settings.layers[i]);
  }
  // Judging a held-out sample is a third of learning from one.
  return weights * static_cast<double>(settings.epochs) *
         (static_cast<double>(settings.samples) + static_cast<double>(settings.validation) / 3.0);
}

std::vector<std::size_t> MissingRuns(const std::vector<PlannedRun>& plan,
                                     std::span<const Json> records, const Shard& shard) {
  std::vector<std::size_t> missing;
  std::set<std::string> known;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (!records[i].is_null() || !shard.Has(i)) continue;
    if (known.insert(plan[i].phase + Canonical(plan[i].settings)).second) missing.push_back(i);
  }
  std::stable_sort(missing.begin(), missing.end(), [&](std::size_t a, std::size_t b) {
    return WorkOf(plan[a].settings) > WorkOf(plan[b].settings);
  });
  return missing;
}

std::vector<Json> RunPlan(const std::vector<PlannedRun>& plan, const Dataset& data,
                          RecordFile& file, const RunnerOptions& options) {
  std::vector<Json> records = Recorded(plan, data, file.set());
  if (options.progress != nullptr) {
    for (std::size_t i = 0; i < plan.size(); ++i) {
      if (!records[i].is_null()) options.progress->Known(plan[i].Trial(), HeldOut(records[i]));
    }
  }
  const std::vector<std::size_t> missing =
      MissingRuns(plan, options.force ? std::vector<Json>(plan.size()) : records, options.shard);
  std::atomic<std::size_t> next{0};
  std::mutex writing;
  const std::size_t team = std::max<std::size_t>(1, std::min(options.threads, missing.size()));
  RunTeam(team, [&](std::size_t member, std::size_t members) {
    for (std::size_t at = next++; at < missing.size(); at = next++) {
      const PlannedRun& run = plan[missing[at]];
      RunOptions run_options;
      run_options.test = run.test;
      run_options.stop = &InterruptRequested();
      run_options.progress = [&](std::size_t epoch, const EpochMetrics&, double) {
        if (options.progress == nullptr) return;
        options.progress->Part(
            member, static_cast<double>(epoch + 1) / static_cast<double>(run.settings.epochs));
      };
      const double begin = Now();
      const RunResult result = Train(run.settings, data, run_options);
      if (result.status == Status::kInterrupted) return;
      const double seconds = Now() - begin;
      Json record = RunRecord(options.experiment, run, result, data);
      record["run_seconds"] = seconds;
      record["runs_at_once"] = members;
      const std::lock_guard lock(writing);
      try {
        file.Append(record);
      } catch (const WriteError&) {
        // What the others have in hand could not be written either.
        RequestInterrupt();
        throw;
      }
      if (options.progress != nullptr) {
        options.progress->Known(run.Trial(), HeldOut(record));
        options.progress->Done(member, OneLine(run, record, seconds));
      }
    }
  });
  return Recorded(plan, data, file.set());
}

}  // namespace lanegrad
