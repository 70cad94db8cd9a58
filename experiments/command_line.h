/// @file
/// The command line that all programs share: flags, errors, exit codes.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMMAND_LINE_H_
#define LANEGRAD_EXPERIMENTS_COMMAND_LINE_H_

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstddef>
#include <functional>
#include <string>

#include "network/settings.h"

namespace lanegrad {

/// Exit codes of every program; docs/exit_codes.md says the same to users.
enum ExitCode {
  kDone = 0,           ///< Everything asked for was done.
  kClaimFailed = 1,    ///< A claim or a verification failed.
  kBadUsage = 2,       ///< Flags or settings that make no sense.
  kBadData = 3,        ///< Data that are absent, damaged or contradictory.
  kCannotWrite = 4,    ///< Results that could not be written.
  kInterrupted = 130,  ///< Interrupted, after saving what was finished.
};

/// Flags that all programs share.
struct CommonOptions {
  std::string data;         ///< Directory of IDX files, or name of a synthetic set.
  std::size_t threads = 0;  ///< At most so many; 0: all that are available.
  std::string target;       ///< Instruction set to force; empty: the best.
  std::string output;       ///< Directory for results.
  bool json = false;        ///< Results as JSON on standard output.
  bool quiet = false;       ///< No progress.
};

/// Adds the shared flags to `app`. `data` and `output` keep their values as
/// defaults; `output` is left out where it is empty.
void AddCommonOptions(CLI::App& app, CommonOptions& options);

/// Adds one flag for each field of the settings, except those named in `without`.
/// Values are checked as they are read: a misspelled name is an error of usage.
void AddSettingsOptions(CLI::App& app, Settings& settings,
                        std::initializer_list<std::string_view> without = {});

/// Puts the target `name` in force; nothing where it is empty. Of "list", prints all and
/// ends the program.
void ApplyTarget(const std::string& name);

/// Puts `options.target` in force, requires that its arithmetic is that of the numeric
/// specification, and fills in `options.threads`.
void ApplyCommonOptions(CommonOptions& options);

/// Parses the command line and runs `body`; turns every exception into one line
/// on standard error and the documented exit code. `--help` and `--version` are
/// answered here.
int RunProgram(CLI::App& app, int argc, char** argv, const std::function<int()>& body);

/// Set by Ctrl-C once, and where the terminal goes away; a second Ctrl-C ends the
/// program at once.
const std::atomic<bool>& InterruptRequested();

/// Sets it, as Ctrl-C does.
void RequestInterrupt();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMMAND_LINE_H_
