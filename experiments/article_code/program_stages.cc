// SPDX-License-Identifier: Apache-2.0
#include "experiments/article_code/program_stages.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "experiments/trials/trainings.h"
#include "kernels/elementary.h"
#include "kernels/random.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

constexpr std::size_t kBatch = 50;

double SigmoidOf(double z) { return 1.0 / (1.0 + Exponential(-z)); }

Settings StageSettings(const ProgramStage& stage, const Dataset& data, double rate,
                       std::size_t passes, std::uint64_t seed) {
  Settings settings;
  settings.layers = {data.train.features, stage.hidden, data.classes};
  settings.activation = stage.hidden == 10 ? "sigmoid" : "relu";
  settings.initializer = stage.hidden == 10 ? "glorot_uniform" : "auto";
  settings.loss = "softmax_cross_entropy";
  settings.rate = static_cast<float>(rate);
  settings.batch = kBatch;
  settings.epochs = passes;
  settings.seed = seed;
  return settings;
}

std::vector<std::uint32_t> InOrder(std::size_t count) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  return order;
}

}  // namespace

// [stages]
std::span<const ProgramStage> ProgramStages() {
  static const std::vector<ProgramStage> stages = [] {
    ProgramStage stage = {.name = "as printed",
                          .change = "its training cannot run: the weights stay as drawn",
                          .last = LastGradient::kNone,
                          .back_propagates = false,
                          .glorot = false,
                          .biases = false,
                          .batches = false,
                          .cross_entropy = false};
    std::vector<ProgramStage> all = {stage};
    const auto add = [&](std::string_view name, std::string_view change) {
      stage.name = name;
      stage.change = change;
      all.push_back(stage);
    };
    stage.last = LastGradient::kArticle;
    add("labels, shapes", "labels for targets; the last layer alone, where the shapes fit");
    stage.last = LastGradient::kTurned;
    add("sign", "the sign of the step turned");
    stage.last = LastGradient::kTrue;
    add("gradient", "the gradient of the last layer, with input and slope");
    stage.back_propagates = true;
    add("both layers", "the error carried back to the first layer");
    stage.glorot = true;
    add("Glorot's start", "weights of mean zero");
    stage.biases = true;
    add("biases", "a bias for every unit");
    stage.batches = true;
    add("batches", "a step for every 50 samples, in random order");
    stage.cross_entropy = true;
    add("cross-entropy", "softmax and cross-entropy instead of sigmoids and squared error");
    stage.kernels = true;
    add("kernels", "the same program by the library's kernels, in float");
    stage.hidden = 128;
    add("128 ReLUs", "128 rectifiers instead of 10 sigmoids");
    return all;
  }();
  return stages;
}
// [stages]

std::span<const ProgramStage> ProgramsWithout() {
  static const std::vector<ProgramStage> programs = [] {
    const std::span<const ProgramStage> stages = ProgramStages();
    ProgramStage whole = *std::find_if(stages.rbegin(), stages.rend(),
                                       [](const ProgramStage& each) { return !each.kernels; });
    std::vector<ProgramStage> all;
    const auto add = [&](std::string_view name, std::string_view change) -> ProgramStage& {
      all.push_back(whole);
      all.back().name = name;
      all.back().change = change;
      return all.back();
    };
    add("sign", "steps as in the article").last = LastGradient::kArticle;
    add("gradient", "outputs in the place of the last layer's inputs").last = LastGradient::kTurned;
    add("both layers", "the first layer as drawn").back_propagates = false;
    add("Glorot's start", "weights from [0, 1)").glorot = false;
    add("biases", "no biases").biases = false;
    add("batches", "a step for all samples at once").batches = false;
    add("cross-entropy", "sigmoids and squared error").cross_entropy = false;
    return all;
  }();
  return programs;
}

SparseSamples::SparseSamples(const Samples& samples) : features_(samples.features) {
  if (samples.bytes.empty()) throw std::invalid_argument("SparseSamples: samples must be bytes");
  for (std::size_t s = 0; s < samples.count; ++s) {
    begin_.push_back(all_.size());
    labels_.push_back(samples.labels[s]);
    for (std::size_t i = 0; i < features_; ++i) {
      const std::uint8_t byte = samples.bytes[s * features_ + i];
      if (byte != 0) all_.push_back({static_cast<std::uint32_t>(i), byte / 255.0});
    }
  }
  begin_.push_back(all_.size());
}

std::span<const SparseSamples::Feature> SparseSamples::row(std::size_t s) const {
  return std::span(all_).subspan(begin_[s], begin_[s + 1] - begin_[s]);
}

struct PlainProgram::Answers {
  std::vector<double> hidden, output;
};

PlainProgram::PlainProgram(const ProgramStage& stage, std::size_t inputs, std::size_t classes,
                           std::uint64_t seed)
    : stage_(stage), inputs_(inputs), classes_(classes) {
  const std::size_t layers[][2] = {{inputs, stage.hidden}, {stage.hidden, classes}};
  for (std::size_t l = 0; l < 2; ++l) {
    RandomStream random(seed, Stream::kWeights, l);
    const std::size_t in = layers[l][0], out = layers[l][1];
    const double limit = std::sqrt(6.0 / static_cast<double>(in + out));
    for (std::size_t k = 0; k < in * out; ++k) {
      const double u = static_cast<double>(random.Uniform());
      parameters.push_back(stage.glorot ? limit * (2.0 * u - 1.0) : u);
    }
    parameters.insert(parameters.end(), out, 0.0);
  }
}

// [plain-forward]
void PlainProgram::Forward(const SparseSamples& samples, std::size_t s, Answers& answers) const {
  const std::size_t hidden = stage_.hidden;
  const double* w1 = parameters.data();
  const double* b1 = w1 + inputs_ * hidden;
  const double* w2 = b1 + hidden;
  const double* b2 = w2 + hidden * classes_;
  answers.hidden.assign(b1, b1 + hidden);
  for (const SparseSamples::Feature& x : samples.row(s)) {
    for (std::size_t j = 0; j < hidden; ++j) {
      answers.hidden[j] += x.value * w1[x.index * hidden + j];
    }
  }
  for (double& h : answers.hidden) h = SigmoidOf(h);
  answers.output.assign(b2, b2 + classes_);
  for (std::size_t j = 0; j < hidden; ++j) {
    for (std::size_t c = 0; c < classes_; ++c) {
      answers.output[c] += answers.hidden[j] * w2[j * classes_ + c];
    }
  }
  if (!stage_.cross_entropy) {
    for (double& a : answers.output) a = SigmoidOf(a);
    return;
  }
  const double largest = *std::max_element(answers.output.begin(), answers.output.end());
  double sum = 0.0;
  for (double& a : answers.output) sum += a = Exponential(a - largest);
  for (double& a : answers.output) a /= sum;
}
// [plain-forward]

std::vector<double> PlainProgram::GradientOf(const SparseSamples& samples,
                                             std::span<const std::uint32_t> chosen) const {
  const std::size_t hidden = stage_.hidden;
  std::vector<double> gradient(parameters.size());
  double* g1 = gradient.data();
  double* gb1 = g1 + inputs_ * hidden;
  double* g2 = gb1 + hidden;
  double* gb2 = g2 + hidden * classes_;
  const double* w2 = parameters.data() + (g2 - g1);
  const double count = static_cast<double>(chosen.size());
  const double scale = 2.0 / (count * static_cast<double>(classes_));
  const bool article =
      stage_.last == LastGradient::kArticle || stage_.last == LastGradient::kTurned;
  Answers answers;
  std::vector<double> delta(classes_);
  for (const std::uint32_t s : chosen) {
    Forward(samples, s, answers);
    for (std::size_t c = 0; c < classes_; ++c) {
      const double a = answers.output[c], y = samples.label(s) == c;
      delta[c] = stage_.last == LastGradient::kArticle  ? y - a
                 : stage_.last == LastGradient::kTurned ? a - y
                 : stage_.cross_entropy                 ? (a - y) / count
                                                        : scale * (a - y) * a * (1.0 - a);
      if (stage_.biases) gb2[c] += delta[c];
    }
    // The article multiplies by the outputs where the inputs of the layer belong.
    const std::vector<double>& left = article ? answers.output : answers.hidden;
    for (std::size_t j = 0; j < hidden; ++j) {
      double back = 0.0;
      for (std::size_t c = 0; c < classes_; ++c) {
        g2[j * classes_ + c] += left[j] * delta[c];
        back += delta[c] * w2[j * classes_ + c];
      }
      if (stage_.back_propagates) {
        const double signal = back * answers.hidden[j] * (1.0 - answers.hidden[j]);
        for (const SparseSamples::Feature& x : samples.row(s)) {
          g1[x.index * hidden + j] += x.value * signal;
        }
        if (stage_.biases) gb1[j] += signal;
      }
    }
  }
  return gradient;
}

void PlainProgram::Pass(const SparseSamples& samples, double rate, std::uint64_t seed,
                        std::size_t pass) {
  if (stage_.last == LastGradient::kNone) return;
  std::vector<std::uint32_t> order = InOrder(samples.count());
  if (stage_.batches) {
    Permutation(RandomStream(seed, Stream::kShuffle, pass), order.data(), order.size());
  }
  const std::size_t batch = stage_.batches ? std::min(kBatch, order.size()) : order.size();
  for (std::size_t first = 0; first < order.size(); first += batch) {
    const std::size_t count = std::min(batch, order.size() - first);
    const std::vector<double> g = GradientOf(samples, std::span(order).subspan(first, count));
    for (std::size_t k = 0; k < g.size(); ++k) parameters[k] -= rate * g[k];
  }
}

double PlainProgram::Loss(const SparseSamples& samples) const {
  Answers answers;
  double sum = 0.0;
  for (std::size_t s = 0; s < samples.count(); ++s) {
    Forward(samples, s, answers);
    if (stage_.cross_entropy) {
      sum -= Logarithm(answers.output[samples.label(s)]);
      continue;
    }
    for (std::size_t c = 0; c < classes_; ++c) {
      const double error = answers.output[c] - (samples.label(s) == c ? 1.0 : 0.0);
      sum += error * error / static_cast<double>(classes_);
    }
  }
  return sum / static_cast<double>(samples.count());
}

double PlainProgram::Accuracy(const SparseSamples& samples) const {
  Answers answers;
  std::size_t right = 0;
  for (std::size_t s = 0; s < samples.count(); ++s) {
    Forward(samples, s, answers);
    const auto best = std::max_element(answers.output.begin(), answers.output.end());
    right += static_cast<std::size_t>(best - answers.output.begin()) == samples.label(s);
  }
  return static_cast<double>(right) / static_cast<double>(samples.count());
}

double TrainStage(const ProgramStage& stage, const Dataset& data, double rate, std::size_t passes,
                  std::uint64_t seed) {
  if (!stage.kernels) {
    const SparseSamples train(data.train), test(data.test);
    PlainProgram program(stage, train.features(), data.classes, seed);
    for (std::size_t pass = 0; pass < passes; ++pass) program.Pass(train, rate, seed, pass);
    return program.Accuracy(test);
  }
  const Settings settings = StageSettings(stage, data, rate, passes, seed);
  return TestAccuracy(TrainAll(std::span(&settings, 1), data, 1, true).front(), data);
}

double SecondsOfAPass(const ProgramStage& stage, const Dataset& data, double rate,
                      std::size_t passes) {
  double best = INFINITY;
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (stage.kernels) {
      const Settings settings = StageSettings(stage, data, rate, passes, 1);
      const RunResult run = TrainAll(std::span(&settings, 1), data, 1, false).front();
      best = std::min(best, run.train_seconds / static_cast<double>(run.epochs.size()));
      continue;
    }
    const SparseSamples train(data.train);
    PlainProgram program(stage, train.features(), data.classes, 1);
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t pass = 0; pass < passes; ++pass) program.Pass(train, rate, 1, pass);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    best = std::min(best, taken.count() / static_cast<double>(passes));
  }
  return best;
}

}  // namespace lanegrad
