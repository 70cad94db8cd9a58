/// @file
/// Losses: how wrong an output is, and which way is better. See chapter 3.4.
///
/// The catalogue is the list at the foot of kernels/loss-inl.h.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_LOSS_H_
#define LANEGRAD_KERNELS_LOSS_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "kernels/activation.h"
#include "kernels/catalogue.h"
#include "kernels/matrix.h"

namespace lanegrad {

/// Which outputs a loss makes sense of.
enum class Outputs {
  kAny,     ///< Any real number, so any output activation.
  kSigned,  ///< Numbers on both sides of zero, -1 and 1 within reach.
  kLogits,  ///< Weighted inputs themselves: the loss contains the activation, so
            ///< the output activation must be `identity`.
};

/// One sample's loss in double precision, for the oracle: a are the n outputs, y
/// the n targets, `parameter` that of the loss.
using LossOracle = double (*)(const double* a, const double* y, std::size_t n, double parameter);

/// One sample's slopes in double precision: slope[j] = dE/da_j.
using LossSlopeOracle = void (*)(const double* a, const double* y, std::size_t n, double parameter,
                                 double* slope);

/// What a catalogue row says of a loss.
struct LossInfo {
  std::string_view name;           ///< As the command line spells it.
  std::string_view proper = {};    ///< In papers, where it is not the name with blanks.
  std::string_view aliases = {};   ///< What others call it, parted by blanks.
  std::string_view summary;        ///< One line for a list of choices.
  std::string_view formula;        ///< LaTeX of one sample's loss; n is the number of outputs.
  std::string_view slope_formula;  ///< LaTeX of its derivative by one output.
  /// Both in plain text, a line each; {mean} stands for "1/n" where it is a mean over n outputs,
  /// {parameter} for its number and {1-parameter} for one minus that.
  std::string_view plain;
  std::string_view source;   ///< Where it is from: author and year.
  Outputs outputs;           ///< Which output activations are legal.
  std::string_view output;   ///< The output activation that is usual with it, by name.
  std::size_t min_outputs;   ///< Fewest outputs it makes sense of.
  float threshold;           ///< With one output: class 1 is predicted above this.
  LossOracle value;          ///< One sample's loss.
  LossSlopeOracle slope;     ///< One sample's slopes.
  double max_error;          ///< Largest relative error of a loss.
  double slope_max_ulp;      ///< Largest error of a slope, in ULP.
  Parameter parameter = {};  ///< The number it takes, if it takes one.
  bool is_mean = false;      ///< Whether it is a mean over outputs; found by the catalogue.
};

/// Every loss there is, in catalogue order.
std::span<const LossInfo> Losses();

/// A handle on one loss, with the value of its parameter.
class Loss : public Handle<Loss, LossInfo> {
 public:
  static constexpr std::string_view kNoun = "loss";                  ///< What a row is.
  static std::span<const LossInfo> Catalogue() { return Losses(); }  ///< All of them.
  /// Looks `text` up, "mse", "huber:2" or "mse:sum": the last is n times the loss, a sum over the n
  /// outputs instead of their mean. Throws UnknownName, which says what was meant, or BadParameter.
  static Loss Named(std::string_view text);
  /// What Named() reads back.
  std::string spelled() const;
  /// Whether it is the sum over outputs of what is their mean in its formula.
  bool sum() const { return sum_; }
  /// The oracle of one sample's loss.
  double Value(const double* a, const double* y, std::size_t n) const;
  /// The oracle of one sample's slopes.
  void Slope(const double* a, const double* y, std::size_t n, double* slope) const;
  /// Whether it makes sense of the outputs of `f`.
  bool Accepts(Activation f) const;

 private:
  friend class Handle<Loss, LossInfo>;
  using Handle::Handle;
  bool sum_ = false;
};

/// Computes the loss of each sample and, where `delta` has data, its slope:
///
///     losses[r] = E(a_r, y_r),    delta(r, j) = (scale * dE/da_rj) * slope(r, j)
///
/// for the rows r of `rows`, all columns j; padding columns of delta become zero.
/// Losses are sums in double over the columns, in the order of Sum() (reduce.h);
/// scale * dE/da is computed in double and rounded once, then multiplied by the
/// slope f'(z) of the output activation where `slope` has data. `scale` is
/// 1 / batch, so that gradients are those of the batch's mean.
/// Shapes: a, y, slope, delta (rows, n); delta may be a, otherwise no overlap.
/// Legal outputs: info().outputs. Never takes log 0, and never overflows where a is
/// finite, except poisson, whose e^a does beyond 709. Same bits on every target.
void Evaluate(Loss loss, ConstPanels a, ConstPanels y, Range rows, double scale, double* losses,
              ConstPanels slope, Panels delta);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_LOSS_H_
