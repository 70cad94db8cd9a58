/// @file
/// Gradient descent on a quadratic bowl, where everything is known in closed form.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DESCENT_QUADRATIC_H_
#define LANEGRAD_EXPERIMENTS_DESCENT_QUADRATIC_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lanegrad {

/// The bowl E(w) = 1/2 w^T H w, with its least value 0 at w = 0. H has given eigenvalues along
/// random directions, so that no coordinate is special.
class QuadraticBowl {
 public:
  /// Of eigenvalues in equal ratios from `largest` / `condition` up to `largest`. Directions are
  /// random normal vectors made orthonormal, from stream kData of `seed`. Cost: size^3.
  QuadraticBowl(std::size_t size, double largest, double condition, std::uint64_t seed);
  std::size_t size() const { return size_; }  ///< Of w.
  /// The eigenvalue number i, by growing size.
  double eigenvalue(std::size_t i) const { return eigenvalues_[i]; }
  /// H w, which is the gradient at w. Cost: size^2.
  std::vector<double> Gradient(const std::vector<double>& w) const;
  /// E(w).
  double Loss(const std::vector<double>& w) const;

 private:
  std::size_t size_;
  std::vector<double> eigenvalues_;
  std::vector<double> matrix_;  // row after row
};

/// The losses before step 0, 1, ..., `steps` of v <- momentum v - rate H w, w <- w + v, from
/// v = 0 and a start whose coordinates are normal, from stream kNoise of `seed`. Ends early, with
/// fewer, where a loss is not finite. [Polyak 1964]
std::vector<double> Descend(const QuadraticBowl& bowl, double rate, double momentum,
                            std::size_t steps, std::uint64_t seed);

/// Where descent with `momentum` begins to diverge: 2 (1 + momentum) / largest eigenvalue.
/// [Polyak 1964; Goh 2017]
double StabilityLimit(double largest, double momentum);

/// The same found by trying: the rate, between 0 and four times the limit, above which the loss
/// after `steps` is larger than the first, by 40 halvings.
double MeasuredLimit(const QuadraticBowl& bowl, double momentum, std::size_t steps,
                     std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DESCENT_QUADRATIC_H_
