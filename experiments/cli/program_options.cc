// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/program_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "kernels/arithmetic.h"
#include "kernels/targets.h"
#include "network/idx.h"
#include "network/parallel.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

// The names that a setting may take, wrapped to lines of 100 characters.
std::string NamesOf(const SettingsField& field) {
  std::string text = fmt::format("\n{}:", field.name);
  std::size_t column = text.size();
  for (const std::string_view name : field.choices()) {
    if (column + 1 + name.size() > 100) {
      text += "\n ";
      column = 2;
    }
    text.append(" ").append(name);
    column += 1 + name.size();
  }
  return text;
}

}  // namespace

void AddCommonOptions(CommandLine& line, CommonOptions& options) {
  if (options.data.empty()) options.data = kFashionMnistDirectory;
  std::string sets;
  for (const SyntheticInfo& info : SyntheticSets()) {
    sets.append(sets.empty() ? "" : ", ").append(info.name);
  }
  line.Option("--data", options.data,
              "directory of IDX files (plain or gzip), or a synthetic set: " + sets);
  line.Count("--threads", options.threads, {.min = 0, .max = 256},
             "most threads (0: all that are available)");
  line.Option("--target", options.target, "instruction set to force, or 'list'");
  if (!options.output.empty()) line.Option("--output", options.output, "directory for results");
  line.Flag("--json", options.json, "results as JSON on standard output");
  line.Flag("--quiet", options.quiet, "no progress on standard error");
}

void AddSettingsOptions(CommandLine& line, Settings& settings,
                        std::initializer_list<std::string_view> without) {
  std::string names =
      "Names; one that takes a number may carry it, as in leaky_relu:0.2 or huber:0.5.";
  for (const SettingsField& field : SettingsFields()) {
    if (std::find(without.begin(), without.end(), field.name) != without.end()) continue;
    line.Option(
        fmt::format("--{}", field.name),
        [&settings, &field](const std::string& text) { field.set(settings, text); },
        field.get(settings), field.help);
    if (field.choices != nullptr) names += NamesOf(field);
  }
  line.Footer(names + "\n");
}

void ApplyTarget(const std::string& name) {
  if (name == "list") {
    for (const Target& target : Targets()) {
      fmt::print("{:<7} {}\n", target.name,
                 target.native_fma ? "fused multiply-add" : "emulates it exactly, slowly");
    }
    throw Answered();
  }
  if (!name.empty()) ForceTarget(name);
}

void ApplyCommonOptions(CommonOptions& options) {
  ApplyTarget(options.target);
  RequireArithmetic();
  if (options.threads == 0) options.threads = AvailableCpus();
}

}  // namespace lanegrad
