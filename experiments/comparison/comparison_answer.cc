// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/comparison_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "experiments/comparison/comparison_figure.h"

namespace lanegrad {
namespace {

constexpr std::size_t kNamedTies = 6;   // more stand in the ranking
constexpr std::size_t kNamedWorse = 3;  // the worst

// "a", "a and b", "a, b and c"; of more than `most`, "a, b and 7 others". One that is left over is
// named, which takes no more room than to count it.
std::string Listed(const std::vector<std::string>& names, std::size_t most) {
  if (names.size() == 1) return names[0];
  const bool all = names.size() <= most + 1;
  const std::size_t before = all ? names.size() - 1 : most;
  return fmt::format("{} and {}", fmt::join(std::span(names).first(before), ", "),
                     all ? names.back() : fmt::format("{} others", names.size() - most));
}

// "relu · mse at rate 0.1"; of the only cell there is, "rate 0.1".
std::string AtItsRate(const ComparisonCell& cell) {
  return fmt::format("{}{}", cell.labels.empty() ? "" : cell.Name() + " at ", cell.BestText());
}

// In how many folds a cell was tested; 0: no cross-validation.
std::size_t FoldsOf(const ComparisonCell& cell) {
  std::size_t folds = 0;
  for (const ComparedRun& run : cell.finals) folds = std::max(folds, run.fold);
  return folds;
}

// "1 point", or of another score "0.01".
std::string GoodDistance(Score score) {
  return IsShare(score) ? fmt::format("{:.0f} point", 100.0 * kGoodDistance)
                        : fmt::format("{}", kGoodDistance);
}

// "85.03 % of test samples right, mean of 5 seeds".
std::string Reached(const ComparisonCell& cell) {
  const std::size_t folds = FoldsOf(cell);
  std::string text = fmt::format(
      "{}, {}{}",
      IsShare(cell.score()) ? fmt::format("{} of test samples right", Percent(Mean(cell.test)))
                            : fmt::format("{} {} on test samples", ScoreName(cell.score()),
                                          ScoreText(cell.score(), Mean(cell.test))),
      cell.test.size() > 1 ? "mean of " : "",
      folds == 0 ? Seeds(cell.test.size())
                 : fmt::format("{} folds with {} each", folds, Seeds(cell.test.size() / folds)));
  if (const std::size_t failed = cell.test_outcomes.failed(); failed > 0) {
    text.append(fmt::format(", {} of which learned nothing", failed));
  }
  return text;
}

std::vector<std::string> NamesWith(const Cells& ranked, std::string_view verdict) {
  std::vector<std::string> names;
  for (const ComparisonCell& cell : ranked) {
    if (cell.verdict == verdict) names.push_back(cell.Name());
  }
  return names;
}

// What could not be compared with the best.
void SayUncompared(const Cells& ranked, std::vector<std::string>& answer) {
  const std::vector<std::string> apart = NamesWith(ranked, kNoCommonSeed);
  if (apart.empty()) return;
  answer.push_back(
      fmt::format("Not compared with it, since no seed is common to both: {}. --force runs all of "
                  "the grid with "
                  "the same seeds.",
                  Listed(apart, kNamedTies)));
}

// What to use, and what is tied with it.
void SayBest(const Cells& ranked, std::vector<std::string>& answer) {
  const ComparisonCell& best = ranked[0];
  const std::vector<std::string> tied = NamesWith(ranked, kNoDifference);
  const std::size_t worse = NamesWith(ranked, "worse").size();
  if (tied.empty() && worse == 0 && !NamesWith(ranked, kNoCommonSeed).empty()) {
    answer.push_back(fmt::format("Nothing is decided. The highest accuracy is that of {}: {}.",
                                 AtItsRate(best), Reached(best)));
    return;
  }
  if (tied.empty()) {
    answer.push_back(fmt::format(
        "Use {}: {}. {}", AtItsRate(best), Reached(best),
        worse > 0 ? NamesWith(ranked, kNoCommonSeed).empty()
                        ? "Every other cell that was tested is shown to be worse."
                        : "Every other cell that was compared with it is shown to be worse."
                  : "No other cell was tested, so that there is nothing to compare it with."));
    return;
  }
  const std::string ties =
      fmt::format("Statistically tied with it, which is to say that no difference is shown: {}.",
                  Listed(tied, kNamedTies));
  if (worse > 0) {
    answer.push_back(fmt::format("Use {}: {}.", AtItsRate(best), Reached(best)));
    answer.push_back(ties);
    return;
  }
  answer.push_back(fmt::format("Nothing is decided. The highest {} is that of {}: {}; but {}.",
                               ScoreName(best.score()), AtItsRate(best), Reached(best),
                               best.test.size() < 2 ? "one seed cannot show a difference"
                                                    : "no other cell is shown to be worse"));
  answer.push_back(ties);
  answer.push_back("More seeds (--final-seeds) or fewer cells may decide it.");
}

// "rate 0.02 to 0.3, momentum 0.5 to 0.9": how far good trials reach.
std::string Reach(const ComparisonCell& cell, const std::vector<const RateTrials*>& good) {
  std::vector<std::string> parts;
  for (const std::string& name : cell.searched) {
    const SettingsField& field = FieldNamed(name);
    if (!WhyIdle(field, cell.settings).empty()) continue;
    std::vector<double> values;
    for (const RateTrials* trial : good) values.push_back(std::stod(field.get(trial->settings)));
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    parts.push_back(fmt::format("{} {:.4g} to {:.4g}", name, *low, *high));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

// How much of what was tried is good, and where that lies.
void SayGoodSettings(const ComparisonCell& best, std::vector<std::string>& answer) {
  std::vector<const RateTrials*> good;
  const double least = best.trials[best.best].mean() - kGoodDistance - 1e-9;
  for (const RateTrials& trial : best.trials) {
    if (trial.mean() >= least) good.push_back(&trial);
  }
  const std::string begin = fmt::format("Of the {} settings tried{}, ", best.trials.size(),
                                        best.labels.empty() ? "" : " with " + best.Name());
  if (good.size() == 1) {
    answer.push_back(fmt::format(
        "{}only this one is good: all others are more than {:.0f} point below it on held-out "
        "samples. A larger --budget may find better ones.",
        begin, 100.0 * kGoodDistance));
    return;
  }
  answer.push_back(
      fmt::format("{}{} are good, at most {:.0f} point below the best on held-out samples: {}.",
                  begin, good.size(), 100.0 * kGoodDistance, Reach(best, good)));
}

void SayGoodRates(const ComparisonCell& best, std::vector<std::string>& answer) {
  if (!best.searched.empty()) return SayGoodSettings(best, answer);
  const std::vector<RateTrials>& trials = best.trials;
  const std::string whose = best.labels.empty() ? "" : " of " + best.Name();
  if (trials.size() < 2) {
    answer.push_back(fmt::format("How far the good rates{} reach is not known: only {} was tried.",
                                 whose, trials[0].rate));
    return;
  }
  const auto [first, last] = FindGoodRates(best);
  std::string text =
      first == last ? fmt::format(
                          "Of the rates tried{}, only {} is good: the next {} more than {} "
                          "below it on held-out samples",
                          best.labels.empty() ? "" : " with " + best.Name(), trials[first].rate,
                          first == 0 || last + 1 == trials.size() ? "is" : "ones are",
                          GoodDistance(best.score()))
                    : fmt::format(
                          "The good rates{} reach from {} to {}: at most {} below the best "
                          "on held-out samples",
                          whose, trials[first].rate, trials[last].rate, GoodDistance(best.score()));
  if (first == 0 || last + 1 == trials.size()) {
    text.append(fmt::format("; they may reach farther, since {} tried",
                            first > 0                  ? "no larger one was"
                            : last + 1 < trials.size() ? "no smaller one was"
                                                       : "none beyond was"));
  }
  answer.push_back(text + ".");
}

// "18 of 24 runs diverged", "of 24 runs 18 diverged and 2 stayed at chance".
std::string Failures(const OutcomeCounts& counts) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, std::string_view how) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, how));
  };
  add(counts.diverged, "diverged");
  add(counts.stuck, "stayed at chance");
  add(counts.out_of_time, "ran out of time");
  if (parts.size() == 1) {
    const std::size_t blank = parts[0].find(' ');
    return fmt::format("{} of {} runs{}", parts[0].substr(0, blank), counts.all(),
                       parts[0].substr(blank));
  }
  return fmt::format("of {} runs {}", counts.all(), Listed(parts, parts.size()));
}

void SayWhatToAvoid(const Cells& ranked, std::vector<std::string>& answer) {
  std::vector<const ComparisonCell*> worse;
  std::map<float, OutcomeCounts> by_rate;
  for (const ComparisonCell& cell : ranked) {
    if (cell.verdict == "worse") worse.push_back(&cell);
    if (!cell.searched.empty()) continue;
    for (const RateTrials& trial : cell.trials) by_rate[trial.rate].Add(trial.outcomes);
  }
  std::stable_sort(worse.begin(), worse.end(), [](const auto* a, const auto* b) {
    return DifferenceToFirst(*a).mean < DifferenceToFirst(*b).mean;
  });
  if (!worse.empty()) {
    std::vector<std::string> names;
    for (const ComparisonCell* cell : worse) {
      names.push_back(fmt::format("{} ({}{})", cell->Name(),
                                  DifferenceText(cell->score(), DifferenceToFirst(*cell).mean, NAN),
                                  IsShare(cell->score()) ? " points" : ""));
    }
    answer.push_back(fmt::format("Avoid, as shown to be worse: {}.", Listed(names, kNamedWorse)));
  }
  std::vector<std::string> rates;
  for (const auto& [rate, counts] : by_rate) {
    if (2 * counts.failed() < counts.all()) continue;
    rates.push_back(fmt::format("{} ({})", rate, Failures(counts)));
  }
  if (!rates.empty()) {
    answer.push_back(
        fmt::format("Avoid rate{} {}.", rates.size() == 1 ? "" : "s", Listed(rates, rates.size())));
  }
  if (worse.empty() && rates.empty()) {
    answer.push_back(
        by_rate.empty()
            ? "Nothing is shown to be worth avoiding: no cell is shown to be worse."
            : "Nothing is shown to be worth avoiding: no cell is shown to be worse, and at no rate "
              "did half of the runs fail.");
  }
}

// How much of a difference between two sets of samples the size of the first explains: half of the
// 95 % interval of a share.
double LuckOfHeldOut(double share, std::size_t samples) {
  return 1.96 * std::sqrt(share * (1.0 - share) / static_cast<double>(samples));
}

// The same runs on either set: what tells luck and choice from a harder test.
void SayHeldOutAndTest(const Cells& ranked, std::vector<std::string>& answer) {
  std::vector<double> held_out, test;
  for (const ComparisonCell& cell : ranked) {
    for (const ComparedRun& run : cell.finals) {
      held_out.push_back(run.held_out);
      test.push_back(run.test);
    }
  }
  const std::size_t samples = ranked[0].settings.validation;
  if (test.empty() || samples == 0) return;
  const double on_held_out = Mean(held_out), on_test = Mean(test);
  if (!std::isfinite(on_held_out)) return;
  if (!IsShare(ranked[0].score())) {
    const Score score = ranked[0].score();
    answer.push_back(fmt::format(
        "The same runs have {} {} on the held-out samples and {} on the test samples, in the mean.",
        ScoreName(score), ScoreText(score, on_held_out), ScoreText(score, on_test)));
    return;
  }
  const double difference = 100.0 * (on_held_out - on_test);
  const double luck = 100.0 * LuckOfHeldOut(on_held_out, samples);
  answer.push_back(fmt::format(
      "The same runs are right on {} of the held-out samples and on {} of the test samples. {}",
      Percent(on_held_out), Percent(on_test),
      std::fabs(difference) <= luck
          ? fmt::format("So small a difference may be chance, which alone explains up to {:.1f} "
                        "points with {} held-out samples.",
                        luck, samples)
          : fmt::format("Chance alone explains up to {:.1f} points of difference with {} held-out "
                        "samples; a larger one means that the two sets are not equally hard, or "
                        "that the {} were chosen on the former.",
                        luck, samples, ranked[0].searched.empty() ? "rates" : "settings")));
}

}  // namespace

GoodRates FindGoodRates(const ComparisonCell& cell) {
  const double least = cell.trials[cell.best].mean() - kGoodDistance - 1e-9;  // rounding is no loss
  GoodRates good = {cell.best, cell.best};
  while (good.first > 0 && cell.trials[good.first - 1].mean() >= least) --good.first;
  while (good.last + 1 < cell.trials.size() && cell.trials[good.last + 1].mean() >= least) {
    ++good.last;
  }
  return good;
}

std::vector<std::string> AnswerSentences(const Cells& ranked) {
  std::vector<std::string> answer;
  OutcomeCounts tested;
  for (const ComparisonCell& cell : ranked) tested.Add(cell.test_outcomes);
  if (tested.all() == 0) {
    answer.push_back("Nothing is decided: no run has read the test samples yet.");
  } else if (tested.ok == 0) {
    answer.push_back(fmt::format(
        "Use none of these settings: at the best rates, {}. Lower rates, another initialiser or "
        "more samples may help.",
        Failures(tested)));
  } else {
    SayBest(ranked, answer);
    SayUncompared(ranked, answer);
    SayGoodRates(ranked[0], answer);
  }
  SayWhatToAvoid(ranked, answer);
  if (tested.ok > 0) SayHeldOutAndTest(ranked, answer);
  return answer;
}

}  // namespace lanegrad
