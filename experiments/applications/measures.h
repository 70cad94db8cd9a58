/// @file
/// What the experiment of chapter 6.4 measures: a function a series, each fills one row.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_APPLICATIONS_MEASURES_H_
#define LANEGRAD_EXPERIMENTS_APPLICATIONS_MEASURES_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "experiments/records/measurement.h"

namespace lanegrad {

/// How much a profile does.
struct ApplicationScale {
  std::size_t pictures = 0;          ///< Training pictures.
  std::size_t held_pictures = 0;     ///< To choose by.
  std::size_t test_pictures = 0;     ///< To be judged by.
  std::size_t picture_epochs = 0;    ///< Passes over the training pictures.
  std::size_t speakers = 0;          ///< In training.
  std::size_t other_speakers = 0;    ///< To choose by, and as many of each voice to be judged by.
  std::size_t vowel_epochs = 0;      ///< Passes over the training sounds.
  std::size_t spoken_epochs = 0;     ///< Passes over the training words.
  std::size_t written_pictures = 0;  ///< Training pictures of handwritten digits.
  std::size_t letters = 0;           ///< Of the text, from its beginning; 0: all.
  std::size_t context = 0;           ///< Letters that the network of the claims sees.
  std::vector<std::size_t> contexts = {};  ///< Of further networks.
  std::size_t letter_epochs = 0;           ///< Passes over the training letters.
  std::size_t written = 0;                 ///< Letters that a network writes.
  std::size_t tune_seeds = 0;              ///< Seeds that a trial is chosen by.
  std::size_t seeds = 1;                   ///< Final seeds.
  std::size_t threads = 1;                 ///< Trainings at once; decides nothing.
};

/// Pictures: accuracies on test pictures as they are and altered, a list an alteration, a number a
/// seed; `alike`, the share of mistakes that stay among tops; `confusion`, counts of all seeds; and
/// `trial`, which was chosen. `model` is one of kModels.
void MeasurePictures(const ApplicationScale& scale, std::string_view model, Measurement& row);

/// One test picture and what alterations make of it: lists `clean`, `shift_1`, ... of pixels.
void MeasureAltered(Measurement& row);

/// Vowels, taught by speakers of all voices or by men alone (`taught` is "all" or "men"), as many
/// of them. Accuracies: `known`, of other utterances of the same speakers; `men`, `women`,
/// `children`, of new ones; `new`, of as many of each voice; `noisy_10`, `noisy_0`, the same of
/// sound that is so many decibels above noise. `confusion` and `trial` as above.
void MeasureVowels(const ApplicationScale& scale, std::string_view model, std::string_view taught,
                   Measurement& row);

/// Spoken digits, stored as scripts/spoken-digits made them, taught by three men and three women or
/// by one of them (`taught` is "six" or "one"). Which voices those are, a seed draws; of the other
/// six two are to choose by and four are new. Accuracies: `known`, of other utterances of those who
/// taught; `new`, `men`, `women`, of new voices; `fast` and `scottish`, of new voices who speak so;
/// `klatt` and `whispered`, of what the synthesiser says in other ways. Of networks and linear
/// models `refused`, the share of other words than digits, by new voices, that they are less sure
/// of than of 95 % of the digits to choose by, and `kept`, the share of new digits that they are
/// not. `confusion` and `trial` as above.
void MeasureSpoken(const ApplicationScale& scale, std::string_view model, std::string_view taught,
                   Measurement& row);

/// What is heard of one spoken word, British and at the usual speed: lists of `level`s.
void MeasureHeard(std::string_view voice, std::string_view word, Measurement& row);

/// Where Debian's package python3-sklearn puts the handwritten digits of scikit-learn.
inline constexpr const char* kHandwritten =
    "/usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz";

/// Handwritten digits, 8 x 8 pixels, where kHandwritten is there. Since this is not so on every
/// machine all is in row.machine: `installed`, 1 or 0; and of 1 the accuracies `new` on test
/// pictures, `confusion`, and `trial`.
void MeasureHandwritten(const ApplicationScale& scale, std::string_view model, Measurement& row);

/// The spectrum of a vowel of the mean man, woman or child: `level`, in dB, from 0 to 5 kHz, and
/// its `formant`s in Hz.
void MeasureSpectrum(std::size_t voice, std::size_t vowel, Measurement& row);

/// Letters, by "network" or "linear", which see `context` letters: `bits` a letter of test text and
/// `other` of another text, a seed each. Of the network that sees scale.context letters,
/// `words_low` and `words_high`: shares of the words it writes that are in the text, at two
/// temperatures; and what the first one wrote, as the texts `low` and `high`.
void MeasureLetters(const ApplicationScale& scale, std::string_view model, std::size_t context,
                    Measurement& row);

/// The same of counts after `order` letters: `bits`, `other`, and `held`, of held-out text.
void MeasureCounts(const ApplicationScale& scale, std::size_t order, Measurement& row);

inline constexpr double kLowTemperature = 0.5;   ///< Of the text `low`.
inline constexpr double kHighTemperature = 1.0;  ///< Of the text `high`.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_APPLICATIONS_MEASURES_H_
