// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/published_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "experiments/cli/interrupt.h"
#include "experiments/comparison/plan.h"
#include "experiments/conformance/published_number.h"
#include "experiments/conformance/table_texts.h"
#include "network/idx.h"
#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

constexpr std::size_t kTables = std::size(kTableTexts);

// Loaded once, whichever tables want them.
const Dataset& DataNamed(const std::string& name) {
  static std::map<std::string, Dataset> loaded;
  const auto found = loaded.find(name);
  if (found != loaded.end()) return found->second;
  return loaded.emplace(name, LoadData(name)).first->second;
}

Settings SettingsOf(const GridFile& file, const ListedCell& cell) {
  Settings settings;
  for (const auto& list : {file.fixed, cell.settings}) {
    for (const auto& [name, value] : list) FieldNamed(name).set(settings, value);
  }
  return settings;
}

// Cuts or stretches what a table asks for; what was cut, in words.
std::string Fit(std::string_view profile, Settings& settings) {
  if (profile == "quick") {
    settings.samples = 2000;
    settings.validation = 0;
    settings.epochs = 2;
    return "2000 samples, 2 epochs";
  }
  if (profile == "full" && settings.patience > 0) {
    settings.epochs = std::max<std::size_t>(settings.epochs, 200);
  }
  return "";
}

// The default profile has no more than the file asks for.
std::size_t SeedsOf(const Scope& scope, const GridFile& file) {
  return scope.profile == "default" ? std::min(scope.seeds, file.final_seeds.value_or(scope.seeds))
                                    : scope.seeds;
}

// As text, what is not as it would be if nobody had said anything; the seed stands beside it.
std::string TextOf(const Settings& settings) {
  std::string text = Canonical(settings);
  if (!text.empty()) text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// [train-once]
double TrainOnce(const Settings& settings, const Dataset& data, std::size_t threads,
                 Measurement& row) {
  const RunResult run = Train(settings, data, {.threads = threads, .stop = &InterruptRequested()});
  row.values.Set("run", run.digest);
  row.machine.Set("seconds", run.train_seconds);
  return run.status == Status::kDiverged ? ChanceOf(data) : run.test_accuracy;
}
// [train-once]

template <std::size_t kTable>
Finding JudgeTable(const Evidence& evidence) {
  return JudgeNumbers(NumbersOf(evidence, PublishedTables()[kTable].name));
}

template <std::size_t... kTable>
std::vector<Claim> ClaimsOf(std::index_sequence<kTable...> /*tables*/) {
  const std::vector<PublishedTable>& tables = PublishedTables();
  return {Claim{.name = tables[kTable].name,
                .sentence = tables[kTable].sentence,
                .source = tables[kTable].file.source,
                .limits = "a published row is held to be one run of somebody's; what is not said "
                          "of it is chosen by us",
                .judge = JudgeTable<kTable>}...};
}

}  // namespace

const std::vector<PublishedTable>& PublishedTables() {
  static const std::vector<PublishedTable> tables = [] {
    std::vector<PublishedTable> all;
    for (const TableText& each : kTableTexts) {
      const std::string name(each.name);
      GridFile file = ParseGridFile(each.text, name + ".toml");
      const std::string sentence =
          fmt::format("The test accuracies of the table '{}' come out again.", name);
      all.push_back({name, sentence, std::move(file)});
    }
    return all;
  }();
  return tables;
}

std::vector<Task> TrainingTasks(const Scope& scope) {
  std::vector<Task> tasks;
  for (const PublishedTable& table : PublishedTables()) {
    const std::string data = table.file.data.empty() ? kFashionMnistDirectory : table.file.data;
    for (const ListedCell& cell : table.file.cells) {
      if (cell.published.empty()) continue;
      Settings settings = SettingsOf(table.file, cell);
      const std::string reduced = Fit(scope.profile, settings);
      const PublishedNumber number = {.table = table.name,
                                      .configuration = cell.name,
                                      .printed = cell.published,
                                      .tolerance = cell.tolerance,
                                      .settings = TextOf(settings),
                                      .reduced = reduced};
      const std::size_t seeds = SeedsOf(scope, table.file);
      for (std::uint64_t seed = kFreshSeeds; seed < kFreshSeeds + seeds; ++seed) {
        settings.seed = seed;
        tasks.push_back(TaskOf(number, seed, [=, threads = scope.threads](Measurement& row) {
          return TrainOnce(settings, DataNamed(data), threads, row);
        }));
      }
    }
  }
  return tasks;
}

std::vector<Claim> TableClaims() { return ClaimsOf(std::make_index_sequence<kTables>()); }

}  // namespace lanegrad
