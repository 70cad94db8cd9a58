/// @file
/// What `--help` prints: flags in groups, examples, notes, in 80 columns or as many as there are.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_HELP_TEXT_H_
#define LANEGRAD_EXPERIMENTS_CLI_HELP_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

namespace lanegrad {

/// How many columns a line of help has at most, however wide the terminal.
inline constexpr std::size_t kHelpColumns = 80;

/// One flag, or the words that no flag takes.
struct HelpEntry {
  std::string group;     ///< The heading that it stands under.
  std::string name;      ///< "--rate"; "-h, --help"; of words, "reports".
  std::string value;     ///< What follows it: "N"; empty: nothing.
  std::string fallback;  ///< What it is where it is not given; empty: not said.
  std::string text;      ///< What it does.
};

/// A command and what it is good for.
struct HelpExample {
  std::string command;  ///< As it is typed.
  std::string purpose;  ///< Why one would.
};

/// What a program says of itself.
struct HelpPage {
  std::string program;                ///< Its name.
  std::string summary;                ///< What it does, in a sentence.
  std::vector<HelpEntry> entries;     ///< In any order; those of one group in theirs.
  std::vector<std::string> groups;    ///< In the order of the page; others follow.
  std::vector<HelpExample> examples;  ///< Below the flags.
  std::vector<std::string> notes;     ///< Paragraphs at the end.
};

/// The page, in lines of at most `columns` columns, broken between words; a longer word has a line
/// of its own.
std::string HelpText(const HelpPage& page, std::size_t columns = kHelpColumns);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_HELP_TEXT_H_
