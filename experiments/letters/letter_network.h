/// @file
/// What a network sees of a text, and how it writes one.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LETTERS_LETTER_NETWORK_H_
#define LANEGRAD_EXPERIMENTS_LETTERS_LETTER_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>

#include "experiments/letters/letters.h"
#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// A sample a letter from number `context` on: its features are the `context` letters before it,
/// kLetters bytes each, all 0 but a 255 at the letter's number, and its label is the letter.
/// Throws std::invalid_argument where the text is not longer than its context.
Samples LetterSamples(std::span<const std::uint8_t> text, std::size_t context);

/// Lets a network that was trained on such samples write `count` letters after `start`, which has
/// at least as many letters as its context: each one is drawn with probabilities
/// softmax(z / temperature) of its outputs z, from stream kNoise of `seed`. The lower the
/// temperature, the surer the choice. Without `start`. Cost: a way forward a letter.
Letters Write(const Network& network, std::span<const std::uint8_t> start, double temperature,
              std::size_t count, std::uint64_t seed);

/// Which share of the whole words of `text` is in `known`, those cut off at its ends apart; 0 of
/// no words.
double KnownWordShare(std::span<const std::uint8_t> text, const std::set<std::string>& known);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LETTERS_LETTER_NETWORK_H_
