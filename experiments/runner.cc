// SPDX-License-Identifier: Apache-2.0
#include "experiments/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <mutex>

#include "experiments/command_line.h"
#include "experiments/progress.h"
#include "experiments/provenance.h"
#include "network/hash.h"
#include "network/parallel.h"

namespace lanegrad {
namespace {

using Kind = SettingsField::Kind;

Json MetricsJson(const RunResult& result) {
  Json epochs = Json::array();
  for (const EpochMetrics& epoch : result.epochs) {
    epochs.push_back({{"train_loss", ToJson(epoch.train_loss)},
                      {"train_accuracy", ToJson(epoch.train_accuracy)},
                      {"validation_loss", ToJson(epoch.validation_loss)},
                      {"validation_accuracy", ToJson(epoch.validation_accuracy)}});
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
  return {{"faults", health.faults},
          {"diverged", health.diverged},
          {"stuck", health.stuck},
          {"chance", health.chance},
          {"best_train_accuracy", health.best_accuracy},
          {"layers", layers}};
}

}  // namespace

std::string PlanKey(const PlannedRun& run, const Dataset& data) {
  return run.phase + "-" + RunKey(run.settings, data);
}

Json SettingsJson(const Settings& settings) {
  Json json = Json::object();
  for (const SettingsField& field : SettingsFields()) {
    const std::string text = field.get(settings);
    // A number's text is JSON already: the shortest that reads back exactly.
    json[std::string(field.name)] = field.kind == Kind::kText ? Json(text) : Json::parse(text);
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
  record["provenance"] = Provenance();
  return record;
}

std::vector<Json> RunPlan(const std::vector<PlannedRun>& plan, const Dataset& data,
                          RecordFile& file, const RunnerOptions& options) {
  std::vector<Json> records(plan.size());
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const Json* known = options.force ? nullptr : file.Find(PlanKey(plan[i], data));
    if (known != nullptr) {
      records[i] = *known;
    } else {
      missing.push_back(i);
    }
  }

  ProgressBar progress(missing.size(), "runs", !options.quiet);
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex writing;
  RunTeam(std::max<std::size_t>(1, std::min(options.threads, missing.size())),
          [&](std::size_t /*member*/) {
            for (std::size_t at = next++; at < missing.size(); at = next++) {
              const std::size_t i = missing[at];
              RunOptions run_options;
              run_options.test = plan[i].test;
              run_options.stop = &InterruptRequested();
              const RunResult result = Train(plan[i].settings, data, run_options);
              if (result.status == Status::kInterrupted) return;
              Json record = RunRecord(options.experiment, plan[i], result, data);
              const std::lock_guard lock(writing);
              file.Append(record);
              records[i] = std::move(record);
              progress.Update(++done);
            }
          });
  std::erase_if(records, [](const Json& record) { return record.is_null(); });
  return records;
}

}  // namespace lanegrad
