// SPDX-License-Identifier: Apache-2.0
#include "network/data_source.h"

#include <fmt/format.h>

#include <filesystem>

#include "network/folds.h"
#include "network/idx.h"
#include "network/setting_text.h"
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

// What a table is made of, then other places of samples.
constexpr DataSourceField kFields[] = {
    {"target-column",
     "of a table: the column to learn, by name or number, or a file of one column "
     "(default: the last column)",
     [](DataSource& source, const std::string& text) { source.table.target = text; },
     [](const DataSource& source) { return source.table.target; }},
    {"task",
     "of a table: classes, numbers (a regression), or auto: texts and few whole numbers are "
     "classes",
     [](DataSource& source, const std::string& text) { source.table.task = text; },
     [](const DataSource& source) { return source.table.task; }},
    {"delimiter", "of a table: a character between its fields, tab, blank, or auto",
     [](DataSource& source, const std::string& text) { source.table.delimiter = text; },
     [](const DataSource& source) { return source.table.delimiter; }},
    {"header",
     "of a table: its first line has names (yes), samples (none), something else (skip); or auto",
     [](DataSource& source, const std::string& text) { source.table.header = text; },
     [](const DataSource& source) { return source.table.header; }},
    {"leave-out", "of a table: columns that are no inputs, like id,date",
     [](DataSource& source, const std::string& text) { source.table.leave_out = text; },
     [](const DataSource& source) { return source.table.leave_out; }, false, true},
    {"one-hot", "of a table: columns of names, like colour,4: an input for each, 1 or 0",
     [](DataSource& source, const std::string& text) { source.table.one_hot = text; },
     [](const DataSource& source) { return source.table.one_hot; }, false, true},
    {"test-share", "of a table: the share of its samples for the test at the end",
     [](DataSource& source, const std::string& text) {
       source.test_share = ReadNumber<double>("test-share", text, 0.0, 1.0, "a number from 0 to 1");
     },
     [](const DataSource& source) {
       return fmt::format("{}", source.test_share.value_or(kUsualTestShare));
     },
     true},
    {"test-data", "of a table: another with the test samples",
     [](DataSource& source, const std::string& text) { source.test_data = text; },
     [](const DataSource& source) { return source.test_data; }},
    {"validation-data",
     "directory of IDX files or table with samples to choose settings by, instead of held-out "
     "training samples",
     [](DataSource& source, const std::string& text) { source.validation_data = text; },
     [](const DataSource& source) { return source.validation_data; }},
};

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

std::span<const DataSourceField> DataSourceFields() { return kFields; }

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
