// SPDX-License-Identifier: Apache-2.0
#include "experiments/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

namespace lanegrad {
namespace {

double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

bool IsTerminal() {
  const char* term = std::getenv("TERM");
  return isatty(STDERR_FILENO) != 0 && term != nullptr && std::string_view(term) != "dumb";
}

std::string Duration(double seconds) {
  if (seconds < 10.0) return fmt::format("{:.1f} s", seconds);
  const long whole = static_cast<long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

ProgressBar::ProgressBar(std::size_t total, std::string_view noun, bool on)
    : total_(total), noun_(noun), on_(on && IsTerminal()), begin_(Now()) {}

ProgressBar::~ProgressBar() {
  if (on_) fmt::print(stderr, "\r\033[K");
}

void ProgressBar::Update(std::size_t done, std::string_view note) {
  const double now = Now();
  if (!on_ || (now - shown_ < 0.1 && done < total_)) return;
  shown_ = now;
  constexpr std::size_t kWidth = 24;
  const std::size_t filled = total_ == 0 ? kWidth : done * kWidth / total_;
  const double pace = static_cast<double>(done) / (now - begin_);
  std::string left = "";
  if (done > 0) left = Duration(static_cast<double>(total_ - done) / pace) + " left";
  fmt::print(stderr, "\r\033[K[{:#<{}}{:.<{}}] {}/{} {}  {:.1f}/s  {}  {}", "", filled, "",
             kWidth - filled, done, total_, noun_, pace, left, note);
  std::fflush(stderr);
}

}  // namespace lanegrad
