/// @file
/// The article's program, mended step by step until it is ours: every stage a program that runs,
/// on the same pictures. Plain loops in double, but for the last stages, which are the kernels'.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ARTICLE_CODE_PROGRAM_STAGES_H_
#define LANEGRAD_EXPERIMENTS_ARTICLE_CODE_PROGRAM_STAGES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// What a stage takes for the gradient of the last layer's weights.
enum class LastGradient {
  kNone,     ///< Nothing is trained.
  kArticle,  ///< outputs^T (targets - outputs).
  kTurned,   ///< The same, its sign turned.
  kTrue,     ///< hidden^T delta.
};

/// A program; every one differs from that before it in one thing.
struct ProgramStage {
  std::string_view name;                    ///< In records and on axes.
  std::string_view change;                  ///< What is new, in a clause.
  LastGradient last = LastGradient::kTrue;  ///< How the last layer learns.
  bool back_propagates = true;              ///< Whether the first one does, too.
  bool glorot = true;                       ///< Mean-zero weights; else from [0, 1).
  bool biases = true;                       ///< Whether it has any.
  bool batches = true;                      ///< Steps for every 50 samples; else for all.
  bool cross_entropy = true;                ///< Softmax with it; else sigmoids, squared error.
  bool kernels = false;                     ///< Run by the library; else by plain loops.
  std::size_t hidden = 10;                  ///< Units; as many as classes, where kArticle fits.
};

/// From the article's program to ours.
std::span<const ProgramStage> ProgramStages();
/// The last of the plain loops' programs, with one repair taken out of each.
std::span<const ProgramStage> ProgramsWithout();

/// Samples to learn from and to be judged by, as plain rows without their zeros.
class SparseSamples {
 public:
  /// Of pictures as bytes. Throws std::invalid_argument where there are none.
  explicit SparseSamples(const Samples& samples);
  /// A feature that is not 0.
  struct Feature {
    std::uint32_t index;  ///< Which.
    double value;         ///< Its byte over 255.
  };
  std::size_t count() const { return labels_.size(); }           ///< Samples.
  std::size_t features() const { return features_; }             ///< Of a sample, zeros too.
  std::size_t label(std::size_t s) const { return labels_[s]; }  ///< Of sample s.
  std::span<const Feature> row(std::size_t s) const;             ///< Of sample s.

 private:
  std::size_t features_;
  std::vector<Feature> all_;
  std::vector<std::size_t> begin_;
  std::vector<std::size_t> labels_;
};

/// A network of one hidden layer of sigmoids, in plain loops.
class PlainProgram {
 public:
  /// Draws the weights from stream kWeights of `seed`.
  PlainProgram(const ProgramStage& stage, std::size_t inputs, std::size_t classes,
               std::uint64_t seed);
  /// One pass over all samples, in the order of their numbers or, in batches, at random.
  void Pass(const SparseSamples& samples, double rate, std::uint64_t seed, std::size_t pass);
  /// The loss over all samples: mean squared error or cross-entropy.
  double Loss(const SparseSamples& samples) const;
  /// The share of samples whose largest answer is that of their class.
  double Accuracy(const SparseSamples& samples) const;
  /// What Step() takes for the gradient over `chosen`: first layer's weights, biases, last layer's
  /// weights, biases, one after the other.
  std::vector<double> GradientOf(const SparseSamples& samples,
                                 std::span<const std::uint32_t> chosen) const;
  /// All weights and biases, in the order of GradientOf().
  std::vector<double> parameters;

 private:
  struct Answers;
  void Forward(const SparseSamples& samples, std::size_t s, Answers& answers) const;
  ProgramStage stage_;
  std::size_t inputs_, classes_;
};

/// Trains a stage on `data.train` and returns the accuracy on `data.test`.
double TrainStage(const ProgramStage& stage, const Dataset& data, double rate, std::size_t passes,
                  std::uint64_t seed);

/// How long one pass of training takes on one thread, in seconds: the best of three trainings of
/// so many passes. A matter of the machine.
double SecondsOfAPass(const ProgramStage& stage, const Dataset& data, double rate,
                      std::size_t passes);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ARTICLE_CODE_PROGRAM_STAGES_H_
