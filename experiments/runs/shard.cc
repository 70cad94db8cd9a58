// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/shard.h"

#include <fmt/format.h>

#include <charconv>

#include "experiments/cli/shell.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

// A whole number and nothing else, or 0.
std::size_t Whole(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

}  // namespace

Shard ParseShard(std::string_view text) {
  const std::size_t slash = text.find('/');
  Shard shard = {.index = 0, .count = 0};
  if (slash != text.npos) {
    shard = {.index = Whole(text.substr(0, slash)), .count = Whole(text.substr(slash + 1))};
  }
  if (shard.index < 1 || shard.index > shard.count) {
    throw UsageError(fmt::format("shard must be I/N with I from 1 to N, like 1/2, not '{}'", text));
  }
  return shard;
}

std::string NextSteps(const Shard& shard, std::string_view command, std::string_view output,
                      bool final) {
  return fmt::format(
      "shard {}/{}: its {} are done. Next, when the other shards have done theirs:\n"
      "  {} --merge DIRECTORIES_OF_THE_OTHERS --output {}\n  {}\n{}",
      shard.index, shard.count, final ? "runs" : "runs to choose rates", FirstWord(command),
      ShellWord(output), final ? WithoutFlag(command, "--shard", true) : std::string(command),
      final ? "The last command finds nothing left to run and writes the report.\n"
            : "The last command, on each shard, runs its share of the final runs.\n");
}

}  // namespace lanegrad
