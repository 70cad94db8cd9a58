/// @file
/// A program's command line: its flags, its errors, its exit code. All that there is of CLI11,
/// which costs a compiler seven seconds a file, is behind it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_COMMAND_LINE_H_
#define LANEGRAD_EXPERIMENTS_CLI_COMMAND_LINE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/cli/help_text.h"

namespace lanegrad {

/// Exit codes of every program; docs/exit_codes.md says the same to users.
enum ExitCode {
  kDone = 0,           ///< Everything asked for was done.
  kClaimFailed = 1,    ///< A claim or a verification failed.
  kBadUsage = 2,       ///< Flags or settings that make no sense.
  kBadData = 3,        ///< Data that are absent, damaged or contradictory.
  kCannotWrite = 4,    ///< Results that could not be written.
  kOutOfTime = 6,      ///< A time limit ended a run, or the command.
  kInterrupted = 130,  ///< Interrupted, after saving what was finished.
};

/// The counts that a flag takes.
struct CountRange {
  std::size_t min = 0;           ///< Smallest.
  std::size_t max = 1000000000;  ///< Largest; no program counts farther by itself.
};

/// Thrown by what a flag does to end the program well, as `--target list` does.
struct Answered {};

/// The flags of one program. Each is bound to a variable, whose value is the default that
/// `--help` shows in brackets, and which must live until Run() is over.
class CommandLine {
 public:
  /// Of the program `name`, which does what `summary` says.
  CommandLine(std::string_view name, std::string_view summary);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// A flag that takes no value: `--quick`.
  void Flag(std::string_view name, bool& value, std::string_view help);
  /// A flag with a text.
  void Option(std::string_view name, std::string& value, std::string_view help);
  /// A flag that may be repeated; or, of a name without dashes, the words that no flag takes.
  void Option(std::string_view name, std::vector<std::string>& values, std::string_view help);
  /// A flag with one text, that may be repeated: a word after the text is none of its own.
  void Repeated(std::string_view name, std::vector<std::string>& values, std::string_view help);
  /// A flag followed by `count` words.
  void Option(std::string_view name, std::vector<std::string>& values, std::size_t count,
              std::string_view help);
  /// A flag whose text is handed to `set`, which may throw std::invalid_argument; `--help` calls
  /// the text `value`.
  void Option(std::string_view name, const std::function<void(const std::string&)>& set,
              std::string_view shown_default, std::string_view help,
              std::string_view value = "TEXT");
  /// A flag with a count: digits alone, within `range`. Whatever else is an error of usage.
  void Count(std::string_view name, std::size_t& value, CountRange range, std::string_view help);
  /// A flag with a number from `min` to `max`.
  void Number(std::string_view name, double& value, double min, double max, std::string_view help);
  /// Takes a flag away again, for programs without a use for one that all others have.
  void Remove(std::string_view name);

  /// What is added from now on stands under `heading` in `--help`. Headings come in the order
  /// in which they were first named, so whoever names them all in the beginning orders them.
  void Group(std::string_view heading);
  /// A command that `--help` shows, and what it is good for.
  void Example(std::string_view command, std::string_view purpose);
  /// A paragraph at the end of `--help`.
  void Note(std::string_view text);

  /// Whether the command line has the flag `name`; not before Run() calls its body.
  bool Given(std::string_view name) const;
  /// The names of all flags with the heading that each stands under, in the order of help:
  /// {"--epochs", "Extent"}.
  std::vector<std::pair<std::string, std::string>> Flags() const;
  /// The program's name.
  const std::string& name() const { return name_; }

  /// Parses the command line and runs `body`; turns every exception into one line on standard
  /// error and the documented exit code, and so it does where standard output could not be
  /// written. `--help` and `--version` are answered here. Signals to stop are caught from then
  /// on (interrupt.h). The words after `--` are none of its own: see after_dashes().
  int Run(int argc, char** argv, const std::function<int()>& body);

  /// The words after `--`, for programs that hand them on; others refuse them.
  const std::vector<std::string>& after_dashes() const { return after_dashes_; }
  /// Lets words follow `--`.
  void AllowAfterDashes() { takes_more_ = true; }

 private:
  int Fail(ExitCode code, std::string_view what) const;
  int Finish(int code) const;
  int Guarded(const std::function<int()>& body);

  struct Parser;  // CLI11's
  HelpPage Help() const;
  std::string name_;
  std::vector<std::string> groups_;
  std::vector<HelpExample> examples_;
  std::vector<std::string> notes_;
  std::unique_ptr<Parser> parser_;
  std::vector<std::string> after_dashes_;
  bool takes_more_ = false;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_COMMAND_LINE_H_
