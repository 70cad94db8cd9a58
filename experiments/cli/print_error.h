/// @file
/// What is said on standard error, which costs no run where nobody can hear it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_PRINT_ERROR_H_
#define LANEGRAD_EXPERIMENTS_CLI_PRINT_ERROR_H_

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace lanegrad {

/// `text` for a terminal of so many columns: its lines are broken between words, but for those that
/// begin with a blank, which are commands to copy, and a last one without an end, which is
/// rewritten in its place. 0 columns: as it is.
std::string BrokenLines(std::string_view text, std::size_t columns);

/// Writes BrokenLines() of `text` to standard error, whether it can be written or not.
void SayError(std::string_view text);

/// `fmt::print(stderr, ...)` that throws nothing: a disk that is full behind standard error, or a
/// terminal that is gone, loses a remark and not the training that it was about.
template <class... Parts>
void PrintError(fmt::format_string<Parts...> format, Parts&&... parts) {
  SayError(fmt::format(format, std::forward<Parts>(parts)...));
}

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_PRINT_ERROR_H_
