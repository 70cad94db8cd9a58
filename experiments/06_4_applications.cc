/// @file
/// Article, section 6.4: what networks are used for. Pictures, sound and language, each by a small
/// network that is trained from its data to its mistakes.
// SPDX-License-Identifier: Apache-2.0
#include "experiments/applications/classifier.h"
#include "experiments/applications/judgements.h"
#include "experiments/applications/measures.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/spoken_digits/recordings.h"

namespace lanegrad {
namespace {

// [scales]
ApplicationScale ScaleOf(const Scope& scope) {
  ApplicationScale scale = {.pictures = 6000,
                            .held_pictures = 1000,
                            .test_pictures = 1000,
                            .picture_epochs = 10,
                            .speakers = 45,
                            .other_speakers = 30,
                            .vowel_epochs = 30,
                            .spoken_epochs = 100,
                            .written_pictures = 1000,
                            .letters = 0,
                            .context = 5,
                            .contexts = {1, 2, 3, 8},
                            .letter_epochs = 10,
                            .written = 2000,
                            .tune_seeds = 2};
  if (scope.profile == "quick") {
    scale = {.pictures = 200,
             .held_pictures = 100,
             .test_pictures = 200,
             .picture_epochs = 3,
             .speakers = 6,
             .other_speakers = 3,
             .vowel_epochs = 5,
             .spoken_epochs = 10,
             .written_pictures = 200,
             .letters = 4000,
             .context = 3,
             .contexts = {1},
             .letter_epochs = 1,
             .written = 200,
             .tune_seeds = 1};
  } else if (scope.profile == "full") {
    scale.pictures = 20000;
    scale.held_pictures = 5000;
    scale.test_pictures = 20000;
    scale.speakers = 150;
    scale.letter_epochs = 10;
  }
  scale.seeds = scope.seeds;
  scale.threads = scope.threads;
  return scale;
}
// [scales]

std::vector<Task> Tasks(const Scope& scope) {
  const ApplicationScale scale = ScaleOf(scope);
  std::vector<Task> tasks;
  const auto add = [&](const char* series, Fields settings, auto measure) {
    settings.Set("seeds", static_cast<double>(scale.seeds));
    tasks.push_back(
        {.series = series, .settings = std::move(settings), .seed = 0, .measure = measure});
  };
  // [tasks]
  for (const std::string_view model : kModels) {
    add("picture",
        {{"model", std::string(model)}, {"pictures", static_cast<double>(scale.pictures)}},
        [=](Measurement& row) { MeasurePictures(scale, model, row); });
  }
  add("altered", {}, [](Measurement& row) { MeasureAltered(row); });
  for (const std::string_view model : kModels) {
    for (const char* taught : {"all", "men"}) {
      add("vowel",
          {{"model", std::string(model)},
           {"taught", taught},
           {"speakers", static_cast<double>(scale.speakers)}},
          [=](Measurement& row) { MeasureVowels(scale, model, taught, row); });
    }
  }
  for (const double voice : {0.0, 2.0}) {
    for (const double vowel : {0.0, 4.0, 7.0}) {
      add("spectrum", {{"voice", voice}, {"vowel", vowel}}, [=](Measurement& row) {
        MeasureSpectrum(static_cast<std::size_t>(voice), static_cast<std::size_t>(vowel), row);
      });
    }
  }
  const std::string& synthesizer = StoredRecordings().synthesizer;
  for (const std::string_view model : kModels) {
    for (const char* taught : {"six", "one"}) {
      add("spoken",
          {{"model", std::string(model)}, {"taught", taught}, {"synthesizer", synthesizer}},
          [=](Measurement& row) { MeasureSpoken(scale, model, taught, row); });
    }
  }
  for (const char* voice : {"m1", "f1"}) {
    for (const char* word : {"zero", "three", "six", "nine"}) {
      add("heard", {{"voice", voice}, {"word", word}, {"synthesizer", synthesizer}},
          [=](Measurement& row) { MeasureHeard(voice, word, row); });
    }
  }
  for (const std::string_view model : kModels) {
    add("handwritten",
        {{"model", std::string(model)}, {"pictures", static_cast<double>(scale.written_pictures)}},
        [=](Measurement& row) { MeasureHandwritten(scale, model, row); });
  }
  const auto letters = static_cast<double>(scale.letters);
  const auto add_letters = [&](std::string_view model, std::size_t context) {
    add("letters",
        {{"model", std::string(model)},
         {"letters", letters},
         {"context", static_cast<double>(context)}},
        [=](Measurement& row) { MeasureLetters(scale, model, context, row); });
  };
  // The one that the claims are about comes first.
  add_letters("network", scale.context);
  add_letters("linear", scale.context);
  for (const std::size_t context : scale.contexts) add_letters("network", context);
  for (std::size_t order = 0; order <= 8; ++order) {
    add("counts", {{"order", static_cast<double>(order)}, {"letters", letters}},
        [=](Measurement& row) { MeasureCounts(scale, order, row); });
  }
  // [tasks]
  return tasks;
}

std::vector<Claim> Claims() {
  constexpr const char* kPictures = "6,000 small grey pictures of one kind, one hidden layer";
  constexpr const char* kSound = "synthesised vowels, one at a time; no consonants, no words";
  constexpr const char* kSpoken = "240 words of one synthesiser; no people, no sentences, no noise";
  constexpr const char* kText = "one text of 45,000 letters, one hidden layer, five letters seen";
  return {
      {"used", "Networks can be used for pictures, sound and language.", "article, section 6.4",
       "can be used: better than guessing, which is not much", UsedForAllThree,
       Verdict::kSupported},
      {"best-on-pictures",
       "On pictures a network is better than a linear model and nearest neighbours.", "folklore",
       kPictures, BestOnPictures},
      {"best-on-vowels",
       "On vowels of new speakers a network is better than a linear model and nearest neighbours.",
       "folklore", kSound, BestOnVowels},
      {"best-on-spoken-digits",
       "On digits by new voices a network is better than a linear model and nearest neighbours.",
       "folklore", kSpoken, BestOnSpoken},
      {"best-on-letters",
       "A network predicts letters better than a linear model and counts of letters.",
       "after Bengio et al. 2003, for words", kText, BestOnLetters},
      {"mistakes-alike", "Most mistakes on pictures take one top for another.",
       "after Xiao et al. 2017", "tops: T-shirt, pullover, dress, coat, shirt", MistakesAreAlike},
      {"altered-pictures", "Pictures are recognised when they are altered a little, too.",
       "whoever sees no difference", "recognised too: within five points", AlteredPictures},
      {"neighbours-bear-more", "Nearest neighbours lose less by alterations than the network.",
       "ours, section 6.4.3", "points of accuracy against unaltered pictures", NeighboursBearMore},
      {"known-speakers-tell",
       "Accuracy on speakers who were heard in training tells that on new ones.",
       "whoever splits recordings at random", "tells: within two points", KnownSpeakersTell},
      {"men-teach-all", "What is learned from men holds for women and children.",
       "whoever records whom he knows", "holds: within five points; formants and pitch differ",
       MenTeachAll},
      {"all-voices-teach-all",
       "As many speakers of all voices teach more of women's and children's vowels than men do.",
       "ours, section 6.4.3", kSound, AllVoicesTeachAll},
      {"noisy-vowels", "Vowels are recognised in noise as they are in quiet.",
       "whoever tests in quiet", "as: within five points; white noise that training did not have",
       NoisyVowels},
      {"few-voices-teach-all", "What is learned from a few voices holds for new ones.",
       "whoever has recorded enough", "few: one, or six; holds: within five points",
       FewVoicesTeachAll},
      {"spoken-otherwise", "Digits are recognised as well when they are said in another way.",
       "whoever tests as he trains", "as well: within five points; ways of one synthesiser",
       SpokenOtherwise},
      {"other-words", "A network refuses words that it was not taught, by being less sure.",
       "whoever reads a probability as knowledge",
       "refuses: most of ten other words, at a bound that 95 % of digits pass", OtherWordsRefused},
      {"other-text", "What is learned from one text holds for another.",
       "whoever tests on parts of one text", "holds: within a quarter of a bit; one other text",
       OtherTextIsRead},
      {"low-temperature", "At a low temperature a network writes more words that there are.",
       "folklore", "0.5 against 1; words of the same text; no judgement of sense",
       LowTemperatureSpells}};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "06_4_applications",
       .section = "6.4",
       .title = "Applications",
       .summary = "Section 6.4 of the article: pictures, sound and language by small networks.",
       .question = "What can small networks do with pictures, sound and language, and what not?",
       .task_profiles = {{"quick", 5}, {"default", 10}, {"full", 20}},
       .tasks = Tasks,
       .claims = Claims(),
       .figures = {PictureConfusionFigure, AlterationFigure, AlteredFigure, SpectrumFigure,
                   VowelConfusionFigure, VoiceFigure, HeardFigure, SpokenConfusionFigure,
                   SpokenFigure, HandwrittenFigure, LetterFigure},
       .tables = {AccuracyByModel, HandwrittenTable, WrittenTable}},
      argc, argv);
}
