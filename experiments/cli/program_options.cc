// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/program_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/cli/pdf.h"
#include "kernels/arithmetic.h"
#include "kernels/targets.h"
#include "network/idx.h"
#include "network/parallel.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

// The headings of help, in the order in which a run is made up; a program has some of them.
constexpr std::string_view kHeadings[] = {
    "Comparison",   "Extent",     "Data",    "Network", "Learning",         "Regularisation",
    "End of a run", "Repetition", "Results", "Records", "Weights in files", "Machine"};

// What help calls the text of a setting.
std::string_view ValueName(const SettingsField& field) {
  if (field.choices != nullptr) return "NAME";
  switch (field.kind) {
    case SettingsField::Kind::kInteger:
      return "N";
    case SettingsField::Kind::kReal:
      return "X";
    default:
      return "TEXT";
  }
}

}  // namespace

void AddCommonOptions(CommandLine& line, CommonOptions& options) {
  if (options.source.data.empty()) options.source.data = kFashionMnistDirectory;
  std::string sets;
  for (const SyntheticInfo& info : SyntheticSets()) {
    sets.append(sets.empty() ? "" : ", ").append(info.name);
  }
  for (const std::string_view heading : kHeadings) line.Group(heading);
  line.Group("Data");
  line.Option("--data", options.source.data,
              "directory of IDX files or table (CSV), plain or gzip, or a synthetic set: " + sets);
  line.Group("Machine");
  line.Count("--threads", options.threads, {.min = 0, .max = 256},
             "most threads (0: all that are available)");
  line.Option("--target", options.target, "instruction set to force, or 'list'");
  line.Group("Results");
  if (!options.output.empty()) line.Option("--output", options.output, "directory for results");
  line.Flag("--json", options.json, "results as JSON on standard output");
  line.Flag("--pdf", options.pdf,
            "figures for papers as PDF too: figures/NAME_plain.pdf, made by rsvg-convert");
  line.Flag("--quiet", options.quiet, "no progress on standard error");
}

void AddTableOptions(CommandLine& line, DataSource& source) {
  line.Group("Data");
  for (const DataSourceField& field : DataSourceFields()) {
    line.Option(
        fmt::format("--{}", field.name),
        [&source, &field](const std::string& text) { field.set(source, text); }, field.get(source),
        field.help, field.number ? "X" : "TEXT");
  }
}

void AddSettingsOptions(CommandLine& line, Settings& settings,
                        std::initializer_list<std::string_view> without) {
  line.Note("Names; one that takes a number may carry it, as in leaky_relu:0.2 or huber:0.5:");
  for (const SettingsField& field : SettingsFields()) {
    if (std::find(without.begin(), without.end(), field.name) != without.end()) continue;
    line.Group(field.group);
    line.Option(
        fmt::format("--{}", field.name),
        [&settings, &field](const std::string& text) { field.set(settings, text); },
        field.get(settings), field.help, ValueName(field));
    if (field.choices != nullptr) {
      line.Note(fmt::format("{}: {}", field.name, fmt::join(field.choices(), " ")));
    }
  }
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
  if (options.pdf) RequirePdfConverter();
  if (options.threads == 0) options.threads = AvailableCpus();
}

}  // namespace lanegrad
