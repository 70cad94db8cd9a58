// SPDX-License-Identifier: Apache-2.0
#include "docs/record_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "experiments/records/disk.h"
#include "experiments/records/record.h"
#include "experiments/report/text_table.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

struct Description {
  std::string_view path;
  std::string_view text;
};

constexpr Description kDescriptions[] = {
    {"schema",
     "Which members there are, and what they mean. A program reads its own schema and older ones."},
    {"experiment", "The program that it was run for."},
    {"phase",
     "Why it was run: `tune` to choose a rate, `final` to be judged by; of a row, the table that "
     "it is in."},
    {"key",
     "What identifies it in its file: the phase, and a hash of everything that decides the result. "
     "A key that is there already is not run again."},
    {"numeric_version",
     "The version of the arithmetic. Results of different versions are not compared."},
    {"settings", "What was set, all of it, with nothing left to a default."},
    {"data", "What was learned from."},
    {"data.name", "Name of the data set."},
    {"data.checksum", "Of its bytes, so that other data under the same name are noticed."},
    {"status",
     "How it ended: `ok`, `stopped` by a stopping rule, `diverged`, or `out_of_time` by "
     "`--run-limit`."},
    {"steps", "Steps of the optimiser that were taken."},
    {"epochs", "One entry for each pass over the training samples."},
    {"epochs[].train_loss",
     "Mean loss of the epoch's samples, each before the step that it is used in."},
    {"epochs[].train_accuracy", "Share of them that were right, likewise."},
    {"epochs[].validation_loss",
     "Mean loss of the samples held out, after the epoch; null where none are."},
    {"epochs[].validation_accuracy", "Share of them that were right."},
    {"bad_step", "Where it diverged: the first step at which a number was not finite."},
    {"kept_epoch", "The epoch whose weights were kept, where `restore-best` is set."},
    {"test_loss", "Mean loss of the test samples, where they were read."},
    {"test_accuracy", "Share of the test samples that were right, where they were read."},
    {"test_recall", "For each class, the share of its test samples that were right."},
    {"health", "What is wrong with the network at the end, if anything."},
    {"health.faults", "In words, with numbers."},
    {"health.remedies", "What may help, for each fault."},
    {"health.diverged", "Whether a loss or a weight is not finite."},
    {"health.stuck", "Whether no epoch was better than always naming the largest class."},
    {"health.chance", "How often that would be right."},
    {"health.best_train_accuracy", "The best training accuracy of any epoch."},
    {"health.layers", "One entry a layer, first to last."},
    {"health.layers[].dead", "Share of its units that no gradient reaches, whatever the sample."},
    {"health.layers[].saturated", "Share of its units that are flat for most samples."},
    {"health.layers[].gradient_norm", "Length of the gradient of its weights."},
    {"health.layers[].weight_norm", "Length of its weights."},
    {"digest",
     "128 bits over settings, data, metrics and weights. Two runs with one digest agree to the "
     "last bit."},
    {"seed", "Of its random numbers; 0 where it has none."},
    {"values", "What came out, the same on every machine. The names are the experiment's own."},
    {"machine", "What depends on the machine, such as times. Never part of a digest."},
    {"seconds", "Time of its steps. Decides nothing, nor do the other times and the provenance."},
    {"samples_per_second", "Training samples over that time."},
    {"threads", "How many threads worked on it at most."},
    {"run_seconds", "Time of all of it, where it was one of a plan."},
    {"runs_at_once", "How many runs of the plan went side by side."},
    {"provenance", "Where it came from: when, by which source and command, on what."},
    {"provenance.time", "When it ended, in UTC."},
    {"provenance.source", "The commit of the source; `-dirty` where files had been changed since."},
    {"provenance.command", "The command that made it."},
    {"provenance.target", "The vector instructions that were used, in Highway's names."},
    {"provenance.processor", "The processor's own name."},
    {"provenance.cpus", "How many of its threads this process could use."},
    {"provenance.load", "How many other processes were waiting, on average, when it began."},
    {"provenance.system", "Operating system and machine."},
    {"provenance.compiler", "The compiler and its version."},
    {"provenance.build", "The kind of build."},
    {"provenance.flags", "The compiler's flags."},
    {"provenance.libraries", "Versions of the libraries that it was built with."},
    {"checksum",
     "Of the line itself: a line that was damaged is found, and a torn last line is dropped."},
};

// What a path is, or nothing. The names of values and machine facts are an experiment's own.
std::string DescriptionOf(const std::string& path) {
  constexpr std::string_view kSettings = "settings.";
  if (path.starts_with(kSettings))
    return std::string(FieldNamed(path.substr(kSettings.size())).help) + ".";
  const auto* found = std::ranges::find(kDescriptions, path, &Description::path);
  return found == std::end(kDescriptions) ? std::string() : std::string(found->text);
}

std::string Example(const Json& value) {
  std::string text = value.dump();
  if (text.size() > 44) text = text.substr(0, 40) + " …";
  return text;
}

class Schema {
 public:
  // Adds the members of an object whose path is `prefix`.
  void Add(const Json& object, const std::string& prefix) {
    for (const auto& [name, value] : object.items()) {
      const std::string path = prefix + name;
      const bool open = path == "values" || path == "machine" || path == "provenance.libraries";
      const bool list = value.is_array() && !value.empty() && value[0].is_object();
      if (seen_.insert(path).second) Row(path, value, !open && (value.is_object() || list));
      if (open) continue;
      if (value.is_object() && !(path == "settings" && object.contains("values")))
        Add(value, path + ".");
      if (list) Add(value[0], path + "[].");
    }
  }
  std::string Markdown() const { return MarkdownTable(table_); }

 private:
  void Row(const std::string& path, const Json& value, bool has_members) {
    const std::string text = DescriptionOf(path);
    if (text.empty()) {
      throw WriteError(
          fmt::format("docs/record_schema.cc: says nothing of the member '{}' of records", path));
    }
    const std::string example = has_members ? "" : fmt::format("`{}`", Example(value));
    table_.rows.push_back(
        {{fmt::format("`{}`", path), 0, false}, {example, 0, false}, {text, 0, false}});
  }

  std::set<std::string> seen_;
  Table table_ = {
      .caption = {},
      .columns = {{"member", false, {}}, {"for example", false, {}}, {"what it is", false, {}}},
      .rows = {}};
};

}  // namespace

std::string RecordSchema(const std::filesystem::path& records) {
  Schema schema;
  const RecordSet set = ReadRecords(records);
  for (const Json& record : set.all()) schema.Add(record, "");
  return schema.Markdown();
}

}  // namespace lanegrad
