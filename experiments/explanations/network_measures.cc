// SPDX-License-Identifier: Apache-2.0
// What is measured of networks as wholes: weights, prototypes, mistakes, neighbours.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/cli/interrupt.h"
#include "experiments/explanations/deletion.h"
#include "experiments/explanations/measures.h"
#include "experiments/explanations/neighbours.h"
#include "experiments/explanations/picture_letters.h"
#include "experiments/explanations/prototype.h"
#include "experiments/explanations/smoothness.h"
#include "experiments/neighbours/nearest_neighbours.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/conformity.h"
#include "experiments/statistics/roc.h"
#include "experiments/trials/side_by_side.h"
#include "kernels/head.h"
#include "network/confusion.h"
#include "network/resolved_settings.h"
#include "network/split.h"

namespace lanegrad {
namespace {

const Loss kLoss = Loss::Named("softmax_cross_entropy");

std::vector<double> UnitWeights(const Network& network, std::size_t unit) {
  const Matrix& weights = network.layers().front().weights;
  std::vector<double> picture(weights.rows());
  for (std::size_t i = 0; i < picture.size(); ++i) picture[i] = weights(i, unit);
  return picture;
}

// Mean over the units of the first layer that have weights.
double Smoothness(const Network& network, std::size_t width) {
  double sum = 0.0, units = 0.0;
  for (std::size_t j = 0; j < network.layers().front().out(); ++j) {
    const double each = NeighbourCorrelation(UnitWeights(network, j), width);
    if (!std::isfinite(each)) continue;
    sum += each;
    units += 1.0;
  }
  return sum / std::max(units, 1.0);
}

// The units that the next layer weighs most: those that count.
std::vector<std::size_t> LoudestUnits(const Network& network, std::size_t count) {
  const Layer &first = network.layers()[0], &next = network.layers()[1];
  std::vector<double> loudness(first.out());
  for (std::size_t j = 0; j < first.out(); ++j) {
    double in = 0.0, out = 0.0;
    for (std::size_t i = 0; i < first.in(); ++i)
      in += double(first.weights(i, j)) * first.weights(i, j);
    for (std::size_t k = 0; k < next.out(); ++k)
      out += double(next.weights(j, k)) * next.weights(j, k);
    loudness[j] = in * out;
  }
  std::vector<std::size_t> units(first.out());
  std::iota(units.begin(), units.end(), std::size_t{0});
  std::stable_sort(units.begin(), units.end(),
                   [&](std::size_t a, std::size_t b) { return loudness[a] > loudness[b]; });
  units.resize(std::min(count, units.size()));
  return units;
}

// softmax(z), row by row.
Matrix ProbabilitiesOf(const Network& network, ConstPanels x) {
  Matrix outputs = OutputsOf(network, x);
  Apply(Head::Named("softmax"), {0, outputs.rows()}, outputs.view());
  return outputs;
}

std::vector<std::uint32_t> FirstNumbers(std::size_t count) {
  std::vector<std::uint32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0u);
  return numbers;
}

std::vector<double> RowOf(const Matrix& x, std::size_t row) {
  std::vector<double> numbers(x.cols());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = x(row, i);
  return numbers;
}

std::string LettersOf(const Samples& samples, std::size_t sample) {
  std::vector<double> pixels(samples.features);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = samples.bytes[sample * samples.features + i] / 255.0;
  }
  return PictureLetters(pixels, 0.0, 1.0);
}

// Those of the networks, without their twins'; or those of the twins, where there is nothing else.
std::vector<double> OfOneSide(const std::vector<double>& numbers, Recipe recipe) {
  const auto half = static_cast<std::ptrdiff_t>(numbers.size() / 2);
  return recipe == Recipe::kRandomLabels
             ? std::vector<double>(numbers.begin() + half, numbers.end())
             : std::vector<double>(numbers.begin(), numbers.begin() + half);
}

// What the neighbours of one network say.
struct Asked {
  double agrees = 0.0, network = 0.0, hidden = 0.0, pixels = 0.0;
  double neighbours_flag = 0.5, confidence_flag = 0.5;
};

}  // namespace

Ascent AscentNamed(std::string_view name, std::size_t steps) {
  Ascent ascent;
  ascent.steps = steps;
  if (name == "smooth") {
    ascent.penalty = 0.3f;
    ascent.blur = 4;
  }
  return ascent;
}

void MeasureTraining(ExplainedNetworks& networks, Recipe recipe, Measurement& row) {
  const TrainedNetworks& trained = networks.Of(recipe);
  if (InterruptRequested()) return;  // some networks may be missing
  const std::size_t width = networks.data().width;
  row.values.Set("rate", trained.rate);
  SetNumbers(row.values, "tuned", trained.search.tuning);
  SetNumbers(row.values, "accuracy", OfOneSide(trained.test_accuracy, recipe));
  SetNumbers(row.values, "train_accuracy", OfOneSide(trained.train_accuracy, recipe));
  if (recipe != Recipe::kPlain && recipe != Recipe::kDecayed) return;
  std::vector<double> before, after;
  const Settings settings = SettingsOf(networks.effort(), recipe);
  for (std::size_t i = 0; i < networks.pairs(); ++i) {
    const Network& network = trained.networks[i];
    after.push_back(Smoothness(network, width));
    before.push_back(Smoothness(
        Redrawn(network, settings, networks.data(), network.layers().size(), SeedOfNetwork(i)),
        width));
  }
  SetNumbers(row.values, "smoothness_before", before);
  SetNumbers(row.values, "smoothness", after);
  const Network& first = trained.networks[0];
  std::size_t shown = 0;
  for (const std::size_t unit : LoudestUnits(first, kShownUnits)) {
    row.values.Set(fmt::format("unit_{}", ++shown),
                   PictureLetters(OverLargest(UnitWeights(first, unit)), -1.0, 1.0));
  }
}

void MeasurePrototypes(ExplainedNetworks& networks, std::string_view ascent, Measurement& row) {
  const auto& plain = networks.Of(Recipe::kPlain).networks;
  const Pictures& pictures = networks.pictures();
  if (InterruptRequested()) return;  // some networks may be missing
  const std::vector<std::vector<double>>& means = networks.class_means();
  const std::size_t pairs = networks.pairs(), classes = means.size();
  const auto away = [&](std::vector<double> picture) {
    for (std::size_t i = 0; i < picture.size(); ++i) picture[i] -= pictures.reference[i];
    return picture;
  };
  std::vector<double> sure(pairs), twin(pairs), twin_sure(pairs), like(pairs), smooth(pairs);
  std::vector<Matrix> drawn(pairs);
  SideBySide(pairs, networks.effort().search.threads, [&](std::size_t i) {
    drawn[i] = Prototypes(plain[i], pictures.reference, pictures.width,
                          AscentNamed(ascent, networks.effort().ascent_steps));
    const Matrix own = ProbabilitiesOf(plain[i], drawn[i].view());
    const Matrix other = ProbabilitiesOf(plain[pairs + i], drawn[i].view());
    const std::vector<std::uint8_t> named = DecisionsOf(other.view());
    const double share = 1.0 / static_cast<double>(classes);
    for (std::size_t c = 0; c < classes; ++c) {
      const std::vector<double> picture = away(RowOf(drawn[i], c));
      std::size_t most = 0;
      std::vector<double> likeness;
      for (const std::vector<double>& mean : means) {
        const double each = RankCorrelation(picture, away(mean));
        likeness.push_back(std::isnan(each) ? 0.0 : each);
        if (likeness.back() > likeness[most]) most = likeness.size() - 1;
      }
      sure[i] += share * own(c, c);
      twin_sure[i] += share * other(c, c);
      twin[i] += share * (named[c] == c ? 1.0 : 0.0);
      like[i] += share * (most == c ? 1.0 : 0.0);
      const double near = NeighbourCorrelation(picture, pictures.width);
      smooth[i] += share * (std::isnan(near) ? 0.0 : near);
    }
  });
  SetNumbers(row.values, "sure", sure);
  SetNumbers(row.values, "twin", twin);
  SetNumbers(row.values, "twin_sure", twin_sure);
  SetNumbers(row.values, "like_class", like);
  SetNumbers(row.values, "smoothness", smooth);
  for (std::size_t c = 0; c < classes; ++c) {
    row.values.Set(fmt::format("class_{}", c + 1), networks.data().class_names[c]);
    row.values.Set(fmt::format("prototype_{}", c + 1),
                   PictureLetters(RowOf(drawn[0], c), 0.0, 1.0));
    row.values.Set(fmt::format("mean_{}", c + 1), PictureLetters(means[c], 0.0, 1.0));
  }
}

void MeasureMistakes(ExplainedNetworks& networks, Measurement& row) {
  const auto& plain = networks.Of(Recipe::kPlain).networks;
  const Dataset& data = networks.data();
  const std::size_t pairs = networks.pairs();
  if (InterruptRequested()) return;  // some networks may be missing
  const Matrix x = PixelValues(data.test, FirstNumbers(data.test.count));
  std::vector<double> share(pairs), shared(pairs), chance(pairs), confident(pairs);
  SideBySide(pairs, networks.effort().search.threads, [&](std::size_t i) {
    const Matrix sure = ProbabilitiesOf(plain[i], x.view());
    const std::vector<std::uint8_t> ours = DecisionsOf(sure.view());
    const std::vector<std::uint8_t> twins =
        DecisionsOf(OutputsOf(plain[pairs + i], x.view()).view());
    const Confusion twin = Confuse(plain[pairs + i], kLoss, data.test, 0);
    double mistakes = 0.0;
    for (std::size_t s = 0; s < ours.size(); ++s) {
      const std::uint8_t label = data.test.labels[s];
      if (ours[s] == label) continue;
      mistakes += 1.0;
      shared[i] += twins[s] == ours[s] ? 1.0 : 0.0;
      // If a twin's answers to pictures of a class came in a random order.
      chance[i] += static_cast<double>(twin.Count(label, ours[s])) /
                   static_cast<double>(std::max<std::size_t>(twin.OfClass(label), 1));
      confident[i] += sure(s, ours[s]) >= 0.9f ? 1.0 : 0.0;
    }
    share[i] = mistakes / static_cast<double>(ours.size());
    for (double* each : {&shared[i], &chance[i], &confident[i]}) *each /= std::max(mistakes, 1.0);
  });
  SetNumbers(row.values, "mistakes", share);
  SetNumbers(row.values, "shared", shared);
  SetNumbers(row.values, "shared_by_chance", chance);
  SetNumbers(row.values, "confident", confident);
  const Confusion first = Confuse(plain[0], kLoss, data.test, kShownMistakes);
  for (std::size_t label = 0; label < first.classes; ++label) {
    row.values.Set(fmt::format("class_{}", label), data.class_names[label]);
    for (std::size_t named = 0; named < first.classes; ++named) {
      row.values.Set(fmt::format("count_{}_{}", label, named), first.Count(label, named));
    }
  }
  for (std::size_t k = 0; k < first.mistakes.size(); ++k) {
    const Mistake& mistake = first.mistakes[k];
    row.values.Set(fmt::format("label_{}", k + 1), data.class_names[mistake.label]);
    row.values.Set(fmt::format("named_{}", k + 1), data.class_names[mistake.named]);
    row.values.Set(fmt::format("sure_{}", k + 1), mistake.named_output);
    row.values.Set(fmt::format("picture_{}", k + 1), LettersOf(data.test, mistake.sample));
  }
}

void MeasureNeighbours(ExplainedNetworks& networks, Measurement& row) {
  const auto& plain = networks.Of(Recipe::kPlain).networks;
  const Dataset& data = networks.data();
  if (InterruptRequested()) return;  // some networks may be missing
  const std::size_t pairs = networks.pairs(), last = plain[0].layers().size() - 2;
  const std::vector<std::uint32_t> judged = FirstNumbers(networks.effort().judged);
  const Matrix pixels = PixelValues(data.test, judged);
  std::vector<Asked> asked(pairs);
  SideBySide(pairs, networks.effort().search.threads, [&](std::size_t i) {
    Settings settings = SettingsOf(networks.effort(), Recipe::kPlain);
    settings.rate = 0.1f;  // of no consequence
    settings.seed = SeedOfNetwork(i);
    const std::vector<std::uint32_t> learned =
        SplitSamples(Resolve(settings, data).settings, data).train;
    std::vector<std::uint8_t> labels;
    for (const std::uint32_t sample : learned) labels.push_back(data.train.labels[sample]);
    const Matrix sure = ProbabilitiesOf(plain[i], pixels.view());
    const std::vector<std::uint8_t> decisions = DecisionsOf(sure.view());
    const auto hidden =
        Nearest(HiddenValues(plain[i], last, data.test, judged).view(),
                HiddenValues(plain[i], last, data.train, learned).view(), kNeighbours);
    const auto plainly =
        Nearest(pixels.view(), PixelValues(data.train, learned).view(), kNeighbours);
    std::vector<double> doubts[2], unsure[2];  // of right decisions, and of mistakes
    const double share = 1.0 / static_cast<double>(judged.size());
    for (std::size_t q = 0; q < judged.size(); ++q) {
      const std::uint8_t label = data.test.labels[q];
      const std::uint8_t by_hidden = Vote(hidden[q], labels);
      asked[i].agrees += by_hidden == decisions[q] ? share : 0.0;
      asked[i].network += decisions[q] == label ? share : 0.0;
      asked[i].hidden += by_hidden == label ? share : 0.0;
      asked[i].pixels += Vote(plainly[q], labels) == label ? share : 0.0;
      const bool wrong = decisions[q] != label;
      const auto against = std::count_if(hidden[q].begin(), hidden[q].end(),
                                         [&](auto each) { return labels[each] != decisions[q]; });
      doubts[wrong].push_back(static_cast<double>(against));
      unsure[wrong].push_back(1.0 - double(sure(q, decisions[q])));
    }
    if (!doubts[0].empty() && !doubts[1].empty()) {
      asked[i].neighbours_flag = ProbabilityLarger(doubts[1], doubts[0]);
      asked[i].confidence_flag = ProbabilityLarger(unsure[1], unsure[0]);
    }
    if (i > 0) return;
    // Examples: the first right decision, and the first mistake.
    for (const bool wrong : {false, true}) {
      std::size_t q = 0;
      while (q + 1 < judged.size() && (decisions[q] != data.test.labels[q]) != wrong) ++q;
      const std::string stem = wrong ? "wrong" : "right";
      row.values.Set(stem + "_label", data.class_names[data.test.labels[q]]);
      row.values.Set(stem + "_named", data.class_names[decisions[q]]);
      row.values.Set(stem + "_picture", LettersOf(data.test, q));
      for (std::size_t k = 0; k < 4; ++k) {
        row.values.Set(fmt::format("{}_neighbour_label_{}", stem, k + 1),
                       data.class_names[labels[hidden[q][k]]]);
        row.values.Set(fmt::format("{}_neighbour_{}", stem, k + 1),
                       LettersOf(data.train, learned[hidden[q][k]]));
      }
    }
  });
  const auto set = [&](const char* name, double Asked::*member) {
    std::vector<double> numbers;
    for (const Asked& each : asked) numbers.push_back(each.*member);
    SetNumbers(row.values, name, numbers);
  };
  set("agrees", &Asked::agrees);
  set("network", &Asked::network);
  set("hidden", &Asked::hidden);
  set("pixels", &Asked::pixels);
  set("neighbours_flag", &Asked::neighbours_flag);
  set("confidence_flag", &Asked::confidence_flag);
}

}  // namespace lanegrad
