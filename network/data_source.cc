// SPDX-License-Identifier: Apache-2.0
#include "network/data_source.h"

#include <fmt/format.h>

#include <filesystem>

#include "network/folds.h"
#include "network/idx.h"
#include "network/settings.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// "digits" of "digits.csv.gz".
std::string NameOf(const fs::path& path) {
  fs::path name = path.filename();
  for (const char* ending : {".gz", ".csv", ".tsv", ".txt", ".data"}) {
    if (name.extension() == ending) name = name.stem();
  }
  return name.string();
}

void RefuseWithoutTable(const DataSource& source) {
  if (!source.of_table()) return;
  throw UsageError(fmt::format(
      "--target-column, --task, --delimiter, --header, --leave-out, --one-hot, --test-share and "
      "--test-data are for tables; '{}' is no file",
      source.data));
}

void CheckShapes(const Dataset& data, const Samples& samples, std::string_view path) {
  if (samples.features != data.train.features ||
      samples.bytes.empty() != data.train.bytes.empty()) {
    throw DataError(fmt::format("{}: samples of {} {}, but those of {} have {} {}", path,
                                samples.features, samples.bytes.empty() ? "numbers" : "bytes",
                                data.source, data.train.features,
                                data.train.bytes.empty() ? "numbers" : "bytes"));
  }
  for (const std::uint8_t label : samples.labels) {
    if (label < data.classes) continue;
    throw DataError(fmt::format("{}: label {}, but {} has classes 0 to {}", path, label,
                                data.source, data.classes - 1));
  }
}

}  // namespace

bool DataSource::of_table() const {
  static const TableFormat kUsual;
  return table.target != kUsual.target || table.task != kUsual.task ||
         table.delimiter != kUsual.delimiter || table.header != kUsual.header ||
         table.leave_out != kUsual.leave_out || table.one_hot != kUsual.one_hot ||
         test_share.has_value() || !test_data.empty();
}

bool IsTable(const std::string& data) {
  std::error_code ignored;
  return fs::exists(data, ignored) && !fs::is_directory(data, ignored);
}

Dataset LoadData(const DataSource& source) {
  Dataset data;
  const bool is_table = IsTable(source.data);
  const bool csv_name = source.data.find(".csv") != std::string::npos;
  if (!is_table && csv_name) throw DataError(fmt::format("{}: no such file", source.data));
  std::optional<DataTable> table;
  if (is_table) {
    table = ReadTable(source.data, source.table);
    data.name = NameOf(source.data);
    data.source = source.data;
    data.classes = table->classes;
    data.class_names = table->class_names;
    if (!table->samples.targets.empty()) data.target = table->target;
    data.train = table->samples;
    if (!source.test_data.empty()) {
      if (source.test_share) throw UsageError("--test-share and --test-data exclude each other");
      data.test = ReadTable(source.test_data, source.table, &*table).samples;
    } else if (!source.whole) {
      MoveToTest(data, source.test_share.value_or(kUsualTestShare));
    } else if (source.test_share) {
      throw UsageError("with folds each sample is tested once: leave --test-share out");
    }
  } else {
    RefuseWithoutTable(source);
    data = LoadData(std::string_view(source.data));
  }
  if (!source.validation_data.empty()) {
    if (is_table) {
      data.validation = ReadTable(source.validation_data, source.table, &*table).samples;
    } else {
      data.validation = ReadIdxValidation(source.validation_data);
      CheckShapes(data, data.validation, source.validation_data);
    }
  }
  if (is_table || data.validation.count > 0) SetChecksum(data);
  return data;
}

}  // namespace lanegrad
