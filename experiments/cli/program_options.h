/// @file
/// The flags that several programs share.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_PROGRAM_OPTIONS_H_
#define LANEGRAD_EXPERIMENTS_CLI_PROGRAM_OPTIONS_H_

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "experiments/cli/command_line.h"
#include "network/data_source.h"
#include "network/settings.h"

namespace lanegrad {

/// Flags that all programs share.
struct CommonOptions {
  DataSource source;        ///< What is learned.
  std::size_t threads = 0;  ///< At most so many; 0: all that are available.
  std::string target;       ///< Instruction set to force; empty: the best.
  std::string output;       ///< Directory for results.
  bool json = false;        ///< Results as JSON on standard output.
  bool quiet = false;       ///< No progress.
  bool pdf = false;         ///< Plain figures as PDF besides.
};

/// Adds the shared flags to a command line. `source.data` and `output` keep their values as
/// defaults; `output` is left out where it is empty.
void AddCommonOptions(CommandLine& line, CommonOptions& options);

/// Adds a flag for each of DataSourceFields(), for programs that train on tables.
void AddTableOptions(CommandLine& line, DataSource& source);

/// Adds one flag for each field of the settings, except those named in `without`.
/// Values are checked as they are read: a misspelled name is an error of usage.
void AddSettingsOptions(CommandLine& line, Settings& settings,
                        std::initializer_list<std::string_view> without = {});

/// Puts the target `name` in force; nothing where it is empty. Of "list", prints all and
/// ends the program.
void ApplyTarget(const std::string& name);

/// Puts `options.target` in force, requires that its arithmetic is that of the numeric
/// specification, and fills in `options.threads`.
void ApplyCommonOptions(CommonOptions& options);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_PROGRAM_OPTIONS_H_
