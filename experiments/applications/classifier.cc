// SPDX-License-Identifier: Apache-2.0
#include "experiments/applications/classifier.h"

#include <algorithm>
#include <numbers>
#include <numeric>
#include <utility>

#include "experiments/cli/interrupt.h"
#include "experiments/little_data/subsets.h"
#include "experiments/neighbours/nearest_neighbours.h"
#include "kernels/head.h"
#include "kernels/loss.h"
#include "kernels/matrix.h"
#include "network/evaluation.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

constexpr const char* kLoss = "softmax_cross_entropy";

}  // namespace

// [learn]
Classifier::Classifier(const LearningRecipe& recipe, const Dataset& data, std::size_t held,
                       float trial, std::uint64_t seed)
    : classes_(data.classes) {
  const std::size_t learned = data.train.count - held;
  if (recipe.model == "neighbours") {
    known_ = Slice(data.train, {0, learned});
    voters_ = static_cast<std::size_t>(trial);
    return;
  }
  Settings settings;
  settings.layers = {data.train.features, data.classes};
  if (recipe.model == "network") settings.layers.insert(settings.layers.begin() + 1, recipe.hidden);
  settings.loss = kLoss;
  settings.optimizer = recipe.optimizer;
  settings.scale = recipe.scale;
  settings.schedule = "cosine";
  settings.epochs = recipe.epochs;
  settings.rate = trial;
  settings.seed = seed;
  settings.split = "first";
  settings.validation = held;
  settings.samples = learned;
  RunOptions options;
  options.test = false;
  options.health = false;
  options.stop = &InterruptRequested();
  const Activation none = Activation::Named("identity");
  network_.emplace(settings.layers, none, none);
  scaling_ = Train(settings, data, options, &*network_).scaling;
}
// [learn]

Confusion Classifier::Ask(const Samples& samples) const {
  if (network_) return Confuse(*network_, Loss::Named(kLoss), samples, 0, scaling_);
  Confusion confusion;
  confusion.classes = classes_;
  confusion.counts.resize(classes_ * classes_);
  const auto nearest = NearestNeighbours(known_, samples, voters_);
  for (std::size_t i = 0; i < samples.count; ++i) {
    ++confusion.counts[samples.labels[i] * classes_ + Vote(nearest[i], known_.labels)];
  }
  return confusion;
}

double Classifier::Bits(const Samples& samples) const {
  std::vector<std::uint32_t> all(samples.count);
  std::iota(all.begin(), all.end(), 0u);
  return EvaluateNetwork(*network_, Loss::Named(kLoss), samples, all, scaling_).loss /
         std::numbers::ln2;
}

std::vector<double> Classifier::Certainties(const Samples& samples) const {
  std::vector<std::uint32_t> all(samples.count);
  std::iota(all.begin(), all.end(), 0u);
  Matrix x(samples.count, network_->inputs()), y(samples.count, network_->outputs());
  const Range rows = {0, samples.count};
  Gather(samples, all, rows, x.view(), y.view());
  scaling_.Apply(rows, x.view());
  Workspace space = network_->MakeWorkspace(samples.count, false);
  network_->Forward(x.view(), samples.count, space);
  const Panels outputs = space.values.back().view();
  Apply(Head::Named("softmax"), rows, outputs);
  std::vector<double> certainties;
  for (std::size_t r = 0; r < samples.count; ++r) {
    float most = 0.0f;
    for (std::size_t c = 0; c < outputs.cols; ++c) most = std::max(most, outputs.At(r, c));
    certainties.push_back(static_cast<double>(most));
  }
  return certainties;
}

double AccuracyOf(const Confusion& confusion) {
  double right = 0.0;
  for (std::size_t c = 0; c < confusion.classes; ++c) right += confusion.Count(c, c);
  const double all = std::accumulate(confusion.counts.begin(), confusion.counts.end(), 0.0);
  return all > 0.0 ? right / all : 0.0;
}

std::vector<float> TrialsOf(std::string_view model, std::vector<float> rates) {
  return model == "neighbours" ? std::vector<float>{1, 3, 5, 15} : std::move(rates);
}

}  // namespace lanegrad
