/// @file
/// Principal components: what Hebbian learning is to be compared with.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_PRINCIPAL_COMPONENTS_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_PRINCIPAL_COMPONENTS_H_

#include <cstddef>
#include <vector>

#include "kernels/matrix.h"
#include "network/dataset.h"

namespace lanegrad {

/// The mean of each feature over the first `count` samples, and their principal directions.
struct PrincipalComponents {
  std::vector<double> mean;    ///< Of each feature.
  double total = 0.0;          ///< Trace of the matrix: the sum of all eigenvalues.
  std::vector<double> values;  ///< Largest eigenvalues, falling.
  std::vector<std::vector<double>> directions;  ///< Their unit vectors.
};

/// Copies samples first .. first + count of `samples` into x (count, features), less `mean` where
/// that is not empty. Padding stays zero.
void LoadRows(const Samples& samples, std::size_t first, std::size_t count,
              const std::vector<double>& mean, Matrix& x);

/// Mean of each feature of the first `count` samples.
std::vector<double> MeanOf(const Samples& samples, std::size_t count);

/// The `components` largest eigenvalues and eigenvectors of the covariance matrix (`centred`) or of
/// the second moments of the first `count` samples, by orthogonal iteration with three vectors to
/// spare [Golub and Van Loan, section 8.2]. Products of samples are sums of floats, within 1e-6.
/// Cost: 2 count features^2 flops, and features^2 an iteration and vector.
PrincipalComponents FindPrincipalComponents(const Samples& samples, std::size_t count,
                                            std::size_t components, bool centred);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_PRINCIPAL_COMPONENTS_H_
