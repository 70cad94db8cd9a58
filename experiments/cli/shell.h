/// @file
/// Commands as text that a shell reads back: for messages that say what to run next.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_SHELL_H_
#define LANEGRAD_EXPERIMENTS_CLI_SHELL_H_

#include <span>
#include <string>
#include <string_view>

namespace lanegrad {

/// A text as a shell reads it back as one word: quoted where it must be.
std::string ShellWord(std::string_view text);

/// Words as a line for a shell.
std::string ShellLine(std::span<const std::string> words);

/// A line made by ShellLine() without `flag`, every time that it is there; with its
/// value where it takes one.
std::string WithoutFlag(std::string_view line, std::string_view flag, bool takes_value);

/// The same with `flag value`: in the place of the one that is there, else at its end.
std::string WithFlag(std::string_view line, std::string_view flag, std::string_view value);

/// The program of such a line, as it is written there.
std::string FirstWord(std::string_view line);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_SHELL_H_
