// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "experiments/cli/print_error.h"
#include "experiments/report/text_table.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

// A line that is longer than the terminal is wide cannot be rewritten.
std::size_t Columns() {
  const std::size_t columns = TerminalColumns(STDERR_FILENO);
  return columns > 0 ? columns : 80;
}

std::string Clip(std::string text, std::size_t columns) {
  while (DisplayWidth(text) > columns) {
    // A letter outside of ASCII is a first byte and some of the form 10xxxxxx.
    while ((static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
    text.pop_back();
  }
  return text;
}

std::string Pace(double per_second) {
  return per_second >= 1.0 ? fmt::format("{:.1f}/s", per_second)
                           : fmt::format("{:.1f}/min", 60.0 * per_second);
}

}  // namespace

std::size_t TerminalColumns(int file) {
  winsize size = {};
  return ::ioctl(file, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool IsTerminal() {
  const char* term = std::getenv("TERM");
  return isatty(STDERR_FILENO) != 0 && term != nullptr && std::string_view(term) != "dumb";
}

std::string Duration(double seconds) {
  if (seconds < 10.0) return fmt::format("{:.1f} s", seconds);
  const long whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

ProgressBar::ProgressBar(std::string_view who, std::size_t total, std::string_view noun,
                         Loudness loudness)
    : who_(who),
      total_(total),
      noun_(noun),
      loudness_(loudness),
      terminal_(IsTerminal()),
      begin_(Now()),
      shown_(terminal_ ? 0.0 : begin_) {
  if (terminal_ && total_ > 0) Say(true);
}

ProgressBar::~ProgressBar() {
  if (terminal_ && loudness_ != Loudness::kQuiet) {
    PrintError("\r\033[K");
    std::fflush(stderr);
  }
}

void ProgressBar::Known(const std::string& group, double score) {
  const std::lock_guard lock(mutex_);
  Mean& mean = scores_[group];
  mean.sum += score;
  ++mean.count;
}

void ProgressBar::Part(std::size_t member, double part) {
  const std::lock_guard lock(mutex_);
  if (parts_.size() <= member) parts_.resize(member + 1, 0.0);
  parts_[member] = part;
  Say(false);
}

void ProgressBar::Done(std::size_t member, std::string_view line) {
  const std::lock_guard lock(mutex_);
  if (member < parts_.size()) parts_[member] = 0.0;
  ++done_;
  if (loudness_ == Loudness::kVerbose) {
    PrintError("{}{}/{} {}\n", terminal_ ? "\r\033[K" : "", done_, total_, line);
    shown_ = terminal_ ? 0.0 : shown_;  // the bar went with the line
  }
  Say(done_ == total_ && terminal_);
}

std::string ProgressBar::Text(double now) const {
  const double done = std::accumulate(parts_.begin(), parts_.end(), static_cast<double>(done_));
  std::string text = fmt::format("{}/{} {}", done_, total_, noun_);
  if (done > 0.0 && now > begin_) {
    const double pace = done / (now - begin_);
    text.append(fmt::format("  {}  {} left", Pace(pace),
                            Duration(std::max(0.0, static_cast<double>(total_) - done) / pace)));
  }
  const auto mean = [](const auto& each) {
    return each.second.sum / static_cast<double>(each.second.count);
  };
  const auto best =
      std::max_element(scores_.begin(), scores_.end(),
                       [&](const auto& a, const auto& b) { return mean(a) < mean(b); });
  if (best != scores_.end()) {
    text.append(fmt::format("  best {} {}", ScoreText(score_, mean(*best)), best->first));
  }
  return text;
}

void ProgressBar::Say(bool at_once) {
  if (loudness_ == Loudness::kQuiet) return;
  const double now = Now();
  if (!terminal_) {
    const bool tenth = 10 * done_ / std::max<std::size_t>(1, total_) >
                       10 * shown_done_ / std::max<std::size_t>(1, total_);
    if (now - shown_ < (tenth ? 5.0 : 60.0)) return;
    PrintError("{}: {}\n", who_, Text(now));
  } else {
    if (!at_once && now - shown_ < 0.1) return;
    constexpr std::size_t kWidth = 20;
    const std::size_t filled = total_ == 0 ? kWidth : std::min(kWidth, done_ * kWidth / total_);
    const std::string line =
        fmt::format("[{:#<{}}{:.<{}}] {}", "", filled, "", kWidth - filled, Text(now));
    PrintError("\r\033[K{}", Clip(line, Columns() - 1));
    std::fflush(stderr);
  }
  shown_ = now;
  shown_done_ = done_;
}

}  // namespace lanegrad
