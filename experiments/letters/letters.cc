// SPDX-License-Identifier: Apache-2.0
#include "experiments/letters/letters.h"

#include <algorithm>
#include <cmath>

#include "experiments/letters/letter_texts.h"

namespace lanegrad {

Letters ToLetters(std::string_view text) {
  Letters letters;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') {
      letters.push_back(static_cast<std::uint8_t>(c - 'a' + 1));
    } else if (c >= 'A' && c <= 'Z') {
      letters.push_back(static_cast<std::uint8_t>(c - 'A' + 1));
    } else if (letters.empty() || letters.back() != 0) {
      letters.push_back(0);
    }
  }
  return letters;
}

std::string ToText(std::span<const std::uint8_t> letters) {
  std::string text;
  for (const std::uint8_t letter : letters) {
    text += letter == 0 ? ' ' : static_cast<char>('a' + letter - 1);
  }
  return text;
}

std::set<std::string> WordsOf(std::span<const std::uint8_t> letters) {
  std::set<std::string> words;
  std::string word;
  for (const char c : ToText(letters) + ' ') {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.insert(word);
      word.clear();
    }
  }
  return words;
}

Letters ConstitutionLetters() { return ToLetters(kConstitution); }
Letters DeclarationLetters() { return ToLetters(kDeclaration); }

// [cut-ring]
TextParts CutRing(const Letters& text, double share) {
  const auto held = static_cast<std::ptrdiff_t>(text.size() / 10);
  Letters ring(text.begin() + held, text.end());
  const auto size = static_cast<double>(ring.size());
  std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(std::floor(share * size)),
              ring.end());
  const auto test = static_cast<std::ptrdiff_t>(ring.size() / 10);
  return {.held = Letters(text.begin(), text.begin() + held),
          .train = Letters(ring.begin(), ring.end() - test),
          .test = Letters(ring.end() - test, ring.end())};
}
// [cut-ring]

}  // namespace lanegrad
