/// @file
/// The rules of chapter 6.4: what its records say of each claim; its figures and tables.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_APPLICATIONS_JUDGEMENTS_H_
#define LANEGRAD_EXPERIMENTS_APPLICATIONS_JUDGEMENTS_H_

#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// The row of a model that was taught vowels so.
Measurement VowelRow(const Evidence& evidence, std::string_view model, std::string_view taught);
/// The row of a model that was taught spoken digits so.
Measurement SpokenRow(const Evidence& evidence, std::string_view model, std::string_view taught);
/// The row of counts that held-out text chooses.
Measurement BestCounts(const Evidence& evidence);
/// A way of speaking that training did not have.
struct SpokenWay {
  std::string_view name;   ///< In records: "fast".
  std::string_view label;  ///< In figures: "300 words a minute".
};
/// All of them.
inline constexpr SpokenWay kSpokenWays[] = {{"fast", "300 words a minute"},
                                            {"scottish", "Scottish"},
                                            {"klatt", "another synthesis"},
                                            {"whispered", "whispered"}};

/// Every comparison by pairs that the chapter makes, judged together.
std::vector<SeedPairs> ApplicationPairs(const Evidence& evidence);

Finding UsedForAllThree(const Evidence& evidence);       ///< Better than guessing.
Finding BestOnPictures(const Evidence& evidence);        ///< Than the others.
Finding BestOnVowels(const Evidence& evidence);          ///< Than the others.
Finding BestOnSpoken(const Evidence& evidence);          ///< Than the others.
Finding BestOnLetters(const Evidence& evidence);         ///< Than linear model and counts.
Finding MistakesAreAlike(const Evidence& evidence);      ///< Most are among tops.
Finding AlteredPictures(const Evidence& evidence);       ///< Are recognised as well.
Finding NeighboursBearMore(const Evidence& evidence);    ///< Of alterations.
Finding KnownSpeakersTell(const Evidence& evidence);     ///< Of new ones.
Finding MenTeachAll(const Evidence& evidence);           ///< Women's and children's vowels.
Finding AllVoicesTeachAll(const Evidence& evidence);     ///< More than men do.
Finding NoisyVowels(const Evidence& evidence);           ///< Are recognised as well.
Finding FewVoicesTeachAll(const Evidence& evidence);     ///< One, or six.
Finding SpokenOtherwise(const Evidence& evidence);       ///< Is recognised as well.
Finding OtherWordsRefused(const Evidence& evidence);     ///< By being less sure.
Finding OtherTextIsRead(const Evidence& evidence);       ///< As well.
Finding LowTemperatureSpells(const Evidence& evidence);  ///< More words that there are.

Figure PictureConfusionFigure(const Evidence& evidence);  ///< Counts of the network.
Figure AlterationFigure(const Evidence& evidence);        ///< Accuracy by alteration.
Figure AlteredFigure(const Evidence& evidence);           ///< A picture, altered.
Figure SpectrumFigure(const Evidence& evidence);          ///< Of vowels, with formants.
Figure VowelConfusionFigure(const Evidence& evidence);    ///< Counts of the network.
Figure VoiceFigure(const Evidence& evidence);             ///< Accuracy by voice and noise.
Figure HeardFigure(const Evidence& evidence);             ///< Digits, as levels in time.
Figure SpokenConfusionFigure(const Evidence& evidence);   ///< Counts of the network.
Figure SpokenFigure(const Evidence& evidence);            ///< Accuracy by way of speaking.
Figure HandwrittenFigure(const Evidence& evidence);       ///< Counts, where installed.
Figure LetterFigure(const Evidence& evidence);            ///< Bits a letter by history.

NamedTable AccuracyByModel(const Evidence& evidence);   ///< Tasks by models.
NamedTable HandwrittenTable(const Evidence& evidence);  ///< Accuracies, where installed.
NamedTable WrittenTable(const Evidence& evidence);      ///< What the network writes.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_APPLICATIONS_JUDGEMENTS_H_
