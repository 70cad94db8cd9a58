// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/run_record.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/json/json_member.h"
#include "experiments/records/confusion_json.h"
#include "experiments/records/measurement.h"
#include "experiments/records/provenance.h"
#include "experiments/records/settings_json.h"
#include "network/folds.h"

namespace lanegrad {
namespace {

// "train_accuracy"; of a regression "train_r2".
std::string ScoreKey(std::string_view of, const RunRecord& record) {
  return fmt::format("{}_{}", of, record.target.empty() ? "accuracy" : "r2");
}

// Without held-out samples nothing is known of them.
Json EpochsJson(const RunRecord& record) {
  const auto known = [](const std::optional<double>& value) {
    return value ? ToJson(*value) : Json(nullptr);
  };
  Json epochs = Json::array();
  for (const EpochMetrics& epoch : record.epochs) {
    epochs.push_back({{"train_loss", ToJson(epoch.train_loss)},
                      {ScoreKey("train", record), ToJson(epoch.train_accuracy)},
                      {"validation_loss", known(epoch.validation_loss)},
                      {ScoreKey("validation", record), known(epoch.validation_accuracy)}});
    if (!epoch.test_accuracy) continue;  // where nobody asked, nothing is said of it
    epochs.back()["test_loss"] = known(epoch.test_loss);
    epochs.back()[ScoreKey("test", record)] = ToJson(*epoch.test_accuracy);
  }
  return epochs;
}

Json HealthJson(const RunRecord& record) {
  const Health& health = *record.health;
  Json layers = Json::array();
  for (const LayerHealth& layer : health.layers) {
    layers.push_back({{"dead", layer.dead},
                      {"saturated", layer.saturated},
                      {"gradient_norm", ToJson(layer.gradient_norm)},
                      {"weight_norm", ToJson(layer.weight_norm)}});
  }
  Json faults = Json::array();
  Json remedies = Json::array();
  for (const Fault& fault : health.faults) {
    faults.push_back(fault.what);
    if (!fault.remedy.empty()) remedies.push_back(fault.remedy);
  }
  Json json = {{"faults", faults},
               {"diverged", health.diverged},
               {"stuck", health.stuck},
               {"chance", health.chance},
               {ScoreKey("best_train", record), health.best_accuracy},
               {"layers", layers}};
  // Records from before there were any lack them.
  if (!remedies.empty()) json["remedies"] = remedies;
  return json;
}

std::vector<EpochMetrics> ParseEpochs(const JsonMember& epochs, const RunRecord& record) {
  const bool held_out = record.settings.validation > 0;
  std::vector<EpochMetrics> metrics;
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    const JsonMember epoch = epochs.Item(i);
    const auto known = [&](std::string_view name) {
      return held_out ? std::optional(epoch.At(name).Number()) : std::nullopt;
    };
    metrics.push_back({.train_loss = epoch.At("train_loss").Number(),
                       .train_accuracy = epoch.At(ScoreKey("train", record)).Number(),
                       .validation_loss = known("validation_loss"),
                       .validation_accuracy = known(ScoreKey("validation", record))});
    if (!epoch.Has(ScoreKey("test", record))) continue;
    metrics.back().test_loss = epoch.At("test_loss").Number();
    metrics.back().test_accuracy = epoch.At(ScoreKey("test", record)).Number();
  }
  return metrics;
}

Health ParseHealth(const JsonMember& member, const RunRecord& record) {
  Health health;
  health.diverged = member.At("diverged").Flag();
  health.stuck = member.At("stuck").Flag();
  health.chance = member.At("chance").Number();
  health.best_accuracy = member.At(ScoreKey("best_train", record)).Number();
  const JsonMember faults = member.At("faults"), layers = member.At("layers");
  for (std::size_t i = 0; i < faults.size(); ++i)
    health.faults.push_back({.what = faults.Item(i).Text()});
  if (member.Has("remedies")) {
    const JsonMember remedies = member.At("remedies");
    if (remedies.size() != faults.size()) remedies.Refuse("are not as many as faults");
    for (std::size_t i = 0; i < faults.size(); ++i)
      health.faults[i].remedy = remedies.Item(i).Text();
  }
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const JsonMember layer = layers.Item(i);
    health.layers.push_back({.dead = layer.At("dead").Number(),
                             .saturated = layer.At("saturated").Number(),
                             .gradient_norm = layer.At("gradient_norm").Number(),
                             .weight_norm = layer.At("weight_norm").Number()});
  }
  return health;
}

Status ParseStatus(const JsonMember& member) {
  const std::string text = member.Text();
  for (const Status status : {Status::kOk, Status::kStopped, Status::kDiverged,
                              Status::kInterrupted, Status::kOutOfTime}) {
    if (StatusName(status) == text) return status;
  }
  member.Refuse(fmt::format("is '{}', which is no way to end", text));
}

std::array<double, kPhases> ParseProfile(const JsonMember& member) {
  std::array<double, kPhases> seconds = {};
  for (std::size_t i = 0; i < kPhases; ++i) {
    const std::string_view name = PhaseName(static_cast<Phase>(i));
    if (member.Has(name)) seconds[i] = member.At(name).Number();
  }
  return seconds;
}

// Throws where this is a record that the rest of the parser would misread.
void CheckKind(const JsonMember& record) {
  const std::uint64_t schema = record.Has("schema") ? record.At("schema").Count() : 1;
  if (schema > kRunSchema) {
    throw DataError(
        fmt::format("schema {} is newer than this program, which reads schema {}: "
                    "read it with the program that wrote it",
                    schema, kRunSchema));
  }
  if (record.Has("values") && !record.Has("epochs")) {
    const std::string experiment =
        record.Has("experiment") ? record.At("experiment").Text() : "an unnamed experiment";
    throw DataError(fmt::format("a row of measurements of {}, not a training run", experiment));
  }
}

}  // namespace

std::string RunRecordKey(const std::string& phase, const Settings& settings, const Dataset& data) {
  return phase + "-" + RunKey(settings, data);
}

RunRecord MakeRunRecord(std::string experiment, std::string phase, const RunResult& result,
                        const Dataset& data) {
  RunRecord record;
  record.experiment = std::move(experiment);
  record.phase = std::move(phase);
  record.key = RunRecordKey(record.phase, result.settings, data);
  record.settings = result.settings;
  record.data = data.name;
  record.checksum = data.checksum;
  record.target = data.target;
  record.status = result.status;
  record.steps = result.steps;
  record.epochs = result.epochs;
  if (result.status == Status::kDiverged) record.bad_step = result.bad_step;
  record.kept_epoch = result.kept_epoch;
  if (result.tested) {
    record.test_loss = result.test_loss;
    record.test_accuracy = result.test_accuracy;
    if (data.regression()) record.test_rmse = result.test_rmse;
    if (result.settings.fold != kNoFold) record.test_samples = result.test_samples;
  }
  record.health = result.health;
  record.digest = result.digest;
  record.seconds = result.train_seconds;
  record.samples_per_second = result.samples_per_second;
  record.threads = result.threads;
  if (result.profiled) record.profile = result.phase_seconds;
  record.provenance = JsonText(Provenance());
  return record;
}

Json ToJson(const RunRecord& record) {
  Json json = {{"schema", record.schema},
               {"experiment", record.experiment},
               {"phase", record.phase},
               {"key", record.key},
               {"numeric_version", record.numeric_version},
               {"settings", SettingsJson(record.settings)},
               {"data", {{"name", record.data}, {"checksum", record.checksum}}},
               {"status", StatusName(record.status)},
               {"steps", record.steps},
               {"epochs", EpochsJson(record)}};
  if (!record.target.empty()) json["data"]["target"] = record.target;
  if (record.status == Status::kDiverged) json["bad_step"] = record.bad_step;
  if (record.kept_epoch > 0) json["kept_epoch"] = record.kept_epoch;
  if (record.test_loss) json["test_loss"] = ToJson(*record.test_loss);
  if (record.test_accuracy) json[ScoreKey("test", record)] = ToJson(*record.test_accuracy);
  if (record.test_rmse) json["test_rmse"] = ToJson(*record.test_rmse);
  if (record.test_samples > 0) json["test_samples"] = record.test_samples;
  if (record.confusion) {
    json["test_recall"] = RecallJson(*record.confusion);
    json[kConfusionMember] = ConfusionJson(*record.confusion);
  }
  if (record.health) json["health"] = HealthJson(record);
  json["digest"] = record.digest;
  json["seconds"] = record.seconds;
  json["samples_per_second"] = record.samples_per_second;
  json["threads"] = record.threads;
  if (record.profile) {
    for (std::size_t i = 0; i < kPhases; ++i) {
      json["profile"][std::string(PhaseName(static_cast<Phase>(i)))] = ToJson((*record.profile)[i]);
    }
  }
  json["provenance"] = Json::parse(record.provenance);
  if (record.time_limit) json["time_limit"] = ToJson(*record.time_limit);
  if (!record.searched.empty()) json["searched"] = record.searched;
  if (record.run_seconds) json["run_seconds"] = ToJson(*record.run_seconds);
  if (record.runs_at_once) json["runs_at_once"] = *record.runs_at_once;
  return json;
}

std::string RunLine(const RunRecord& record) { return RecordLine(ToJson(record)); }

RunRecord ParseRunRecord(const Json& json) {
  const JsonMember whole(json);
  CheckKind(whole);
  const auto number = [&](std::string_view name) {
    return whole.Has(name) ? std::optional(whole.At(name).Number()) : std::nullopt;
  };
  const auto count = [&](const char* name) {
    return whole.Has(name) ? std::optional<std::size_t>(whole.At(name).Count()) : std::nullopt;
  };
  RunRecord record;
  if (whole.Has("experiment")) record.experiment = whole.At("experiment").Text();
  record.phase = whole.At("phase").Text();
  record.key = whole.At("key").Text();
  record.numeric_version = static_cast<int>(whole.At("numeric_version").Count());
  record.settings = SettingsFromJson(whole.At("settings"));
  record.data = whole.At("data").At("name").Text();
  record.checksum = whole.At("data").At("checksum").Text();
  if (whole.At("data").Has("target")) record.target = whole.At("data").At("target").Text();
  record.status = ParseStatus(whole.At("status"));
  record.steps = whole.At("steps").Count();
  record.epochs = ParseEpochs(whole.At("epochs"), record);
  record.bad_step = count("bad_step").value_or(0);
  record.kept_epoch = count("kept_epoch").value_or(0);
  record.test_loss = number("test_loss");
  record.test_accuracy = number(ScoreKey("test", record));
  record.test_rmse = number("test_rmse");
  record.test_samples = count("test_samples").value_or(0);
  if (whole.Has(kConfusionMember)) {
    record.confusion = ConfusionFromJson(whole.At(kConfusionMember));
  }
  if (whole.Has("health")) record.health = ParseHealth(whole.At("health"), record);
  record.digest = whole.At("digest").Text();
  record.seconds = number("seconds").value_or(NAN);
  record.samples_per_second = number("samples_per_second").value_or(NAN);
  record.threads = count("threads").value_or(1);
  if (whole.Has("profile")) record.profile = ParseProfile(whole.At("profile"));
  if (whole.Has("provenance")) {
    const JsonMember provenance = whole.At("provenance");
    if (!provenance.json().is_object()) provenance.Refuse("is no object");
    record.provenance = JsonText(provenance.json());
  }
  record.time_limit = number("time_limit");
  if (whole.Has("searched")) {
    const JsonMember searched = whole.At("searched");
    for (std::size_t i = 0; i < searched.size(); ++i) {
      record.searched.push_back(searched.Item(i).Text());
    }
  }
  record.run_seconds = number("run_seconds");
  record.runs_at_once = count("runs_at_once");
  return record;
}

RunRecord RunIn(const RecordSet& records, const Json& record) {
  try {
    return ParseRunRecord(record);
  } catch (const DataError& why) {
    throw DataError(fmt::format("{}: {}", records.Where(record), why.what()));
  }
}

std::vector<RunRecord> RunsIn(const RecordSet& records) {
  std::vector<RunRecord> runs;
  for (const Json& record : records.all()) {
    if (!IsMeasurement(record)) runs.push_back(RunIn(records, record));
  }
  return runs;
}

std::vector<RunRecord> ReadRuns(const std::filesystem::path& path) {
  return RunsIn(ReadRecords(path));
}

}  // namespace lanegrad
