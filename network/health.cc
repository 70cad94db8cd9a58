// SPDX-License-Identifier: Apache-2.0
#include "network/health.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kernels/reduce.h"
#include "network/evaluation.h"
#include "network/gradient_norm.h"
#include "network/noise.h"

namespace lanegrad {
namespace {

// The largest slope where |z| <= 4: beyond, an activation that grows without bound
// would make every other place look flat.
float LargestSlope(Activation f) {
  constexpr std::size_t kPoints = 513;
  std::vector<float> z(kPoints), a(kPoints), slope(kPoints);
  for (std::size_t i = 0; i < kPoints; ++i) z[i] = (static_cast<float>(i) - 256.0f) / 64.0f;
  Activate(f, z.data(), kPoints, a.data(), slope.data());
  float largest = 0.0f;
  for (const float each : slope) largest = std::max(largest, std::fabs(each));
  return largest;
}

void CountUnits(ConstPanels values, ConstPanels slopes, std::size_t rows, float flat_below,
                LayerHealth& health) {
  std::size_t dead = 0, saturated = 0;
  for (std::size_t j = 0; j < values.cols; ++j) {
    std::size_t flat = 0;
    bool moves = false;
    for (std::size_t r = 0; r < rows; ++r) {
      const float slope = std::fabs(slopes.At(r, j));
      if (slope < flat_below || slope == 0.0f) ++flat;
      moves = moves || slope != 0.0f || values.At(r, j) != values.At(0, j);
    }
    if (!moves) {
      ++dead;
    } else if (static_cast<double>(flat) >= kMostSamples * static_cast<double>(rows)) {
      ++saturated;
    }
  }
  health.dead = static_cast<double>(dead) / static_cast<double>(values.cols);
  health.saturated = static_cast<double>(saturated) / static_cast<double>(values.cols);
}

double WeightNorm(const Layer& layer) {
  std::vector<double> squares;
  squares.reserve(layer.in() * layer.out());
  for (std::size_t i = 0; i < layer.in(); ++i) {
    for (std::size_t j = 0; j < layer.out(); ++j) {
      const double weight = static_cast<double>(layer.weights(i, j));
      squares.push_back(weight * weight);
    }
  }
  return std::sqrt(Sum(squares));
}

// Takes the samples through the network in chunks, and counts what they are taken for.
std::vector<ClassHealth> ExamineClasses(const Network& network, Loss loss, const Samples& samples,
                                        std::span<const std::uint8_t> labels,
                                        std::span<const std::uint32_t> chosen,
                                        const InputScaling& scaling, std::size_t classes) {
  Matrix x(kEvaluationChunk, network.inputs()), y(kEvaluationChunk, network.outputs());
  Workspace space = network.MakeWorkspace(kEvaluationChunk, false);
  std::vector<ClassHealth> found(classes);
  for (std::size_t first = 0; first < chosen.size(); first += kEvaluationChunk) {
    const Range rows = {0, std::min(kEvaluationChunk, chosen.size() - first)};
    const auto chunk = chosen.subspan(first, rows.size());
    Gather(samples, chunk, rows, x.view(), y.view());
    scaling.Apply(rows, x.view());
    network.Forward(x.view(), rows.size(), space);
    const ConstPanels outputs = space.values.back().view();
    const float threshold = loss.info().threshold;
    for (std::size_t c = 0; c < classes; ++c) {
      // Rows that would be right, if this class were the label of all.
      const std::vector<std::uint8_t> same(rows.size(), static_cast<std::uint8_t>(c));
      found[c].named += CountCorrect(outputs, same.data(), rows, threshold);
      for (std::size_t r = 0; r < rows.end; ++r) {
        const float output = outputs.At(r, std::min(c, outputs.cols - 1));
        found[c].largest = first + r == 0 ? output : std::max(found[c].largest, output);
      }
    }
    std::vector<std::uint8_t> taught(rows.size());
    for (std::size_t r = 0; r < rows.end; ++r) {
      taught[r] = labels[chunk[r]];
      ClassHealth& own = found[taught[r]];
      ++own.samples;
      own.right += CountCorrect(outputs, taught.data(), {r, r + 1}, threshold);
    }
  }
  return found;
}

// "3 of 10 classes are never recognised: 2, 5, 7; their outputs are never above 0.06".
void AddLostClasses(Health& health) {
  std::vector<std::size_t> lost;
  std::size_t taught = 0;
  float largest = 0.0f;
  for (std::size_t c = 0; c < health.classes.size(); ++c) {
    taught += health.classes[c].samples > 0;
    if (!health.classes[c].lost()) continue;
    largest =
        lost.empty() ? health.classes[c].largest : std::max(largest, health.classes[c].largest);
    lost.push_back(c);
  }
  // Where nothing was learned, what is the same for all is no news.
  if (lost.empty() || health.stuck) return;
  std::string what = fmt::format("{} of {} classes {} never recognised: {}", lost.size(), taught,
                                 lost.size() == 1 ? "is" : "are", fmt::join(lost, ", "));
  if (health.bounded) {
    what += fmt::format("; {} never above {:.2g}",
                        lost.size() == 1 ? "its output is" : "their outputs are", largest);
  }
  health.faults.push_back(
      {what,
       "more --epochs, another --rate, or --loss softmax_cross_entropy, whose error signal stays "
       "large where an output is far off; for rare classes --class-weights balanced"});
}

// What ails layer l of so many.
void AddFaultsOfLayer(Health& health, std::size_t l) {
  const LayerHealth& layer = health.layers[l];
  const bool last = l + 1 == health.layers.size();
  if (layer.dead >= kIllShare) {
    health.faults.push_back(
        {fmt::format("layer {}: {:.0f} % of its units dead", l, 100.0 * layer.dead),
         last ? "another --output-activation, or a smaller --rate"
              : "a smaller --rate, another --initializer, or --activation leaky_relu"});
  }
  // A network that is sure of itself, and right, has outputs at their ends.
  const bool sure = last && !health.stuck &&
                    std::none_of(health.classes.begin(), health.classes.end(),
                                 [](const ClassHealth& each) { return each.lost(); });
  if (layer.saturated >= kIllShare && !sure) {
    health.faults.push_back(
        {fmt::format("layer {}: {:.0f} % of its units saturated", l, 100.0 * layer.saturated),
         last ? "--loss binary_cross_entropy or softmax_cross_entropy, or a smaller --rate"
              : "a smaller --rate, another --initializer, or inputs and weights nearer to 0"});
  }
}

}  // namespace

std::vector<std::uint32_t> EvenlySpread(std::span<const std::uint32_t> chosen, std::size_t most) {
  const std::size_t count = std::min(most, chosen.size());
  std::vector<std::uint32_t> sample(count);
  for (std::size_t i = 0; i < count; ++i) sample[i] = chosen[i * chosen.size() / count];
  return sample;
}

Health Examine(const Network& network, Loss loss, const Samples& samples,
               std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen,
               const InputScaling& scaling) {
  const std::vector<std::uint32_t> sample = EvenlySpread(chosen, kHealthSamples);
  const Range rows = {0, sample.size()};
  Matrix x(sample.size(), network.inputs()), y(sample.size(), network.outputs());
  Gather(samples, sample, rows, x.view(), y.view());
  scaling.Apply(rows, x.view());
  scaling.ApplyToTargets(rows, y.view());
  if (samples.targets.empty()) Mislabel(samples, labels, sample, rows, y.view());
  Workspace space = network.MakeWorkspace(sample.size());
  network.Forward(x.view(), sample.size(), space);

  Health health;
  health.layers.resize(network.layers().size());
  for (std::size_t l = 0; l < health.layers.size(); ++l) {
    const float flat = static_cast<float>(
        kFlatSlope * static_cast<double>(LargestSlope(network.layers()[l].activation)));
    CountUnits(space.values[l].view(), space.slopes[l].view(), sample.size(), flat,
               health.layers[l]);
  }
  std::vector<double> losses(sample.size());
  network.Evaluate(loss, y.view(), rows, 1.0 / static_cast<double>(sample.size()), losses.data(),
                   space);
  health.diverged =
      !std::all_of(losses.begin(), losses.end(), [](double each) { return std::isfinite(each); });
  network.Backward(sample.size(), space);
  GradientNorm gradient(network);
  gradient.Measure(network, x.view(), sample.size(), space);
  for (std::size_t l = 0; l < health.layers.size(); ++l) {
    health.layers[l].gradient_norm = gradient.OfLayer(l);
    health.layers[l].weight_norm = WeightNorm(network.layers()[l]);
  }
  const std::size_t classes = network.outputs() == 1 ? 2 : network.outputs();
  if (samples.targets.empty()) {
    health.classes = ExamineClasses(network, loss, samples, labels,
                                    EvenlySpread(chosen, kRecallSamples), scaling, classes);
  }
  health.bounded = network.head() || !network.layers().back().activation.info().is_identity;
  return health;
}

void Conclude(Health& health, std::optional<std::size_t> bad_step,
              std::span<const double> accuracies, double chance, std::size_t samples) {
  health.diverged = bad_step.has_value();
  health.chance = chance;
  for (const double each : accuracies) health.best_accuracy = std::max(health.best_accuracy, each);
  const double margin = 3.0 * std::sqrt(chance * (1.0 - chance) / static_cast<double>(samples));
  // A single class is neither learned nor missed.
  health.stuck = !health.diverged && !accuracies.empty() && chance < 1.0 &&
                 health.best_accuracy <= chance + margin;
  if (health.diverged) {
    health.faults.push_back({*bad_step > 0 ? fmt::format("diverged in step {}", *bad_step)
                                           : "diverged: a loss is not finite before any step",
                             "a smaller --rate, --warmup or --clip-norm"});
  }
  if (health.stuck) {
    health.faults.push_back(
        {chance == 0.0 ? std::string("stuck at chance: R\u00b2 of training samples never above 0, "
                                     "which naming their mean gives")
                       : fmt::format("stuck at chance: training accuracy never above {:.2f} %, "
                                     "where naming the largest class gives {:.2f} %",
                                     100.0 * health.best_accuracy, 100.0 * chance),
         "another --rate, ten times as large or as small, more --epochs, or another "
         "--initializer"});
  }
  AddLostClasses(health);
  for (std::size_t l = 0; l < health.layers.size(); ++l) AddFaultsOfLayer(health, l);
}

double LargestShare(std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen,
                    std::size_t classes) {
  const std::vector<std::size_t> counts = CountClasses(labels, chosen, classes);
  return static_cast<double>(*std::max_element(counts.begin(), counts.end())) /
         static_cast<double>(chosen.size());
}

}  // namespace lanegrad
