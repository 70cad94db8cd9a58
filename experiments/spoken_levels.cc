/// @file
/// What is heard of sound files: scripts/spoken-digits makes the spoken digits of chapter 6.4 by
/// it.
// SPDX-License-Identifier: Apache-2.0
#include "experiments/spoken_digits/spoken_levels.h"

#include <fmt/format.h>

#include "experiments/cli/command_line.h"
#include "experiments/spoken_digits/sound_file.h"
#include "network/idx.h"
#include "network/settings.h"

int main(int argc, char** argv) {
  using namespace lanegrad;
  CommandLine line(
      "spoken-levels",
      "Writes what the networks of chapter 6.4 hear of sound files, a line a file: its "
      "name, a blank, and 8 pieces of time times 16 bands of frequency, a character "
      "each from 0 (silent) over A to z (loudest).");
  std::vector<std::string> files;
  line.Option("FILES", files, "WAV files: one word each, one channel, 16 bits, not compressed");
  line.Example("espeak-ng -w seven.wav seven; spoken-levels seven.wav", "hear a word");
  return line.Run(argc, argv, [&] {
    if (files.empty()) throw UsageError("which files?");
    for (const std::string& file : files) {
      const std::vector<std::uint8_t> content = ReadMaybeGzip(file);
      fmt::print("{} {}\n", file, LevelText(SpokenLevels(ReadWave(content, file), file)));
    }
    return static_cast<int>(kDone);
  });
}
