// SPDX-License-Identifier: Apache-2.0
#include "experiments/spoken_digits/sound_file.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "network/dataset.h"

namespace lanegrad {
namespace {

class WaveReader {
 public:
  WaveReader(std::span<const std::uint8_t> content, std::string_view name)
      : content_(content), name_(name) {}

  Sound Read() {
    Expect("RIFF");
    Number(4);  // the length of the rest, which a pipe cannot know
    Expect("WAVE");
    Sound sound;
    for (;;) {
      const std::size_t at = at_;
      const std::string chunk = Word();
      const std::size_t size = Number(4);
      if (chunk == "data") {
        if (sound.rate == 0.0)
          Refuse(at, "samples before the chunk 'fmt ' that says what they are");
        Need(size, "samples");
        if (size % 2 != 0) Refuse(at, fmt::format("{} bytes are no samples of 16 bits", size));
        while (sound.samples.size() < size / 2) {
          sound.samples.push_back(static_cast<std::int16_t>(Number(2)));
        }
        return sound;
      }
      if (chunk == "fmt ") {
        ReadFormat(at, size, sound);
      } else {
        // Chunks begin at even bytes.
        Need(size + size % 2, "a chunk that is passed over");
        at_ += size + size % 2;
      }
    }
  }

 private:
  void ReadFormat(std::size_t at, std::size_t size, Sound& sound) {
    if (size < 16) Refuse(at, fmt::format("a format of {} bytes; there must be 16", size));
    Need(size + size % 2, "the format");
    const std::size_t end = at_ + size + size % 2;
    const std::size_t coding = Number(2), channels = Number(2), rate = Number(4);
    Number(4);  // bytes a second
    Number(2);  // bytes of all channels
    const std::size_t bits = Number(2);
    if (coding != 1 || channels != 1 || bits != 16) {
      Refuse(at, fmt::format("coding {}, {} channel{}, {} bits; what is read is coding 1 (no "
                             "compression), 1 channel, 16 bits",
                             coding, channels, channels == 1 ? "" : "s", bits));
    }
    if (rate < 8000 || rate > 192000) {
      Refuse(at, fmt::format("{} samples a second; there must be 8000 to 192000", rate));
    }
    sound.rate = static_cast<double>(rate);
    at_ = end;
  }

  void Need(std::size_t bytes, std::string_view what) const {
    if (content_.size() - at_ >= bytes) return;
    Refuse(at_, fmt::format("the file ends within {}: {} bytes are left of {}", what,
                            content_.size() - at_, bytes));
  }

  std::string Word() {
    Need(4, "the name of a chunk");
    std::string word(content_.begin() + static_cast<std::ptrdiff_t>(at_),
                     content_.begin() + static_cast<std::ptrdiff_t>(at_ + 4));
    at_ += 4;
    return word;
  }

  void Expect(std::string_view word) {
    const std::size_t at = at_;
    if (Word() != word) Refuse(at, fmt::format("no '{}' here, so this is no WAV file", word));
  }

  // Little-endian.
  std::size_t Number(std::size_t bytes) {
    Need(bytes, "a number");
    std::size_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
      number |= static_cast<std::size_t>(content_[at_++]) << (8 * i);
    }
    return number;
  }

  [[noreturn]] void Refuse(std::size_t at, std::string_view what) const {
    throw DataError(fmt::format("{}: byte {}: {}", name_, at, what));
  }

  std::span<const std::uint8_t> content_;
  std::string_view name_;
  std::size_t at_ = 0;
};

}  // namespace

Sound ReadWave(std::span<const std::uint8_t> content, std::string_view name) {
  return WaveReader(content, name).Read();
}

}  // namespace lanegrad
