// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/json/json_member.h"
#include "experiments/records/provenance.h"
#include "experiments/report/text_table.h"
#include "network/dataset.h"
#include "network/hash.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

std::string NumberText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0.0 ? "Inf" : "-Inf";
  return fmt::format("{}", value);
}

Json FieldsJson(const Fields& fields) {
  Json json = Json::object();
  for (const auto& [name, value] : fields.all()) {
    json[name] = std::holds_alternative<double>(value)
                     ? ToJson(std::get<double>(value))
                     : Json(TextBesideNumbers(std::get<std::string>(value)));
  }
  return json;
}

// "nan", "inf" and "-inf" are numbers that JSON cannot say (ToJson()).
bool IsNumber(const Json& json) {
  return json.is_number() || json == "nan" || json == "inf" || json == "-inf";
}

Fields ParseFields(const JsonMember& member) {
  if (!member.json().is_object()) member.Refuse("is no object");
  Fields fields;
  for (const auto& [name, value] : member.json().items()) {
    const JsonMember field = member.At(name);
    if (IsNumber(value)) {
      fields.Set(name, field.Number());
    } else {
      fields.Set(name, FromTextBesideNumbers(field.Text()));
    }
  }
  return fields;
}

void AddFields(Hasher& hasher, const Fields& fields) {
  for (const auto& [name, value] : fields.all()) {
    hasher.Add(std::string_view(name));
    if (const double* number = std::get_if<double>(&value)) {
      hasher.Add(*number == 0.0 ? 0.0 : *number);
    } else {
      hasher.Add(std::string_view(std::get<std::string>(value)));
    }
  }
}

}  // namespace

const Fields::Value* Fields::Find(std::string_view name) const {
  const auto found =
      std::find_if(all_.begin(), all_.end(), [&](const auto& each) { return each.first == name; });
  return found == all_.end() ? nullptr : &found->second;
}

void Fields::SetValue(std::string_view name, Value value) {
  const auto found =
      std::find_if(all_.begin(), all_.end(), [&](const auto& each) { return each.first == name; });
  if (found != all_.end()) {
    found->second = std::move(value);
  } else {
    all_.emplace_back(name, std::move(value));
  }
}

void Fields::Set(std::string_view name, double value) { SetValue(name, value); }

void Fields::Set(std::string_view name, std::string_view text) {
  SetValue(name, std::string(text));
}

bool Fields::Has(std::string_view name) const { return Find(name) != nullptr; }

double Fields::Number(std::string_view name) const {
  const Value* value = Find(name);
  if (value == nullptr) throw DataError(fmt::format("a row has no '{}'", name));
  const double* number = std::get_if<double>(value);
  if (number == nullptr) throw DataError(fmt::format("'{}' of a row is no number", name));
  return *number;
}

std::string Fields::Text(std::string_view name) const {
  const Value* value = Find(name);
  if (value == nullptr) throw DataError(fmt::format("a row has no '{}'", name));
  const double* number = std::get_if<double>(value);
  return number == nullptr ? std::get<std::string>(*value) : NumberText(*number);
}

std::string MeasurementKey(std::string_view experiment, const Measurement& row) {
  Hasher hasher;
  hasher.Add(experiment);
  hasher.Add(row.seed);
  AddFields(hasher, row.settings);
  return row.series + "-" + hasher.Hex();
}

std::string MeasurementDigest(std::string_view experiment, const Measurement& row) {
  Hasher hasher;
  hasher.Add(std::string_view(MeasurementKey(experiment, row)));
  AddFields(hasher, row.values);
  return hasher.Hex();
}

Json RecordOf(std::string_view experiment, const Measurement& row) {
  Json record = {{"schema", 1},
                 {"experiment", experiment},
                 {"phase", row.series},
                 {"key", MeasurementKey(experiment, row)},
                 {"numeric_version", kNumericVersion},
                 {"settings", FieldsJson(row.settings)},
                 {"seed", row.seed},
                 {"status", "ok"},
                 {"values", FieldsJson(row.values)},
                 {"digest", MeasurementDigest(experiment, row)},
                 {"machine", FieldsJson(row.machine)}};
  record["provenance"] = Provenance();
  return record;
}

bool IsMeasurement(const Json& record) { return record.is_object() && record.contains("values"); }

Measurement ReadMeasurement(const Json& record) {
  const JsonMember whole(record);
  const std::uint64_t version = whole.At("numeric_version").Count();
  if (version != kNumericVersion) {
    whole.At("numeric_version")
        .Refuse(
            fmt::format("is {}; this program's is {}: measure it again", version, kNumericVersion));
  }
  Measurement row = {.series = whole.At("phase").Text(),
                     .seed = whole.At("seed").Count(),
                     .settings = ParseFields(whole.At("settings")),
                     .values = ParseFields(whole.At("values")),
                     .machine = ParseFields(whole.At("machine")),
                     .digest = whole.At("digest").Text()};
  if (row.digest != MeasurementDigest(whole.At("experiment").Text(), row)) {
    whole.At("digest").Refuse("is not that of the values");
  }
  return row;
}

std::string MeasurementCsv(std::span<const Measurement> rows) {
  const auto parts = [](const Measurement& row) {
    return std::array<const Fields*, 3>{&row.settings, &row.values, &row.machine};
  };
  std::array<std::vector<std::string>, 3> names;
  for (const Measurement& row : rows) {
    for (std::size_t part = 0; part < names.size(); ++part) {
      for (const auto& [name, value] : parts(row)[part]->all()) {
        if (std::find(names[part].begin(), names[part].end(), name) == names[part].end()) {
          names[part].push_back(name);
        }
      }
    }
  }
  std::string csv = "series,seed";
  for (const auto& part : names) {
    for (const std::string& name : part) csv.append(",").append(CsvCell(name));
  }
  csv.append(",digest\n");
  for (const Measurement& row : rows) {
    csv.append(fmt::format("{},{}", CsvCell(row.series), row.seed));
    for (std::size_t part = 0; part < names.size(); ++part) {
      const Fields& fields = *parts(row)[part];
      for (const std::string& name : names[part]) {
        csv.append(",").append(fields.Has(name) ? CsvCell(fields.Text(name)) : "NA");
      }
    }
    csv.append(",").append(row.digest).append("\n");
  }
  return csv;
}

}  // namespace lanegrad
