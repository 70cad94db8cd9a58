/// @file
/// The eigenvalues of a real square matrix, by the QR algorithm: + - * / and square roots in a
/// fixed order, hence the same bits everywhere.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_EIGENVALUES_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_EIGENVALUES_H_

#include <cstddef>
#include <span>
#include <vector>

namespace lanegrad {

/// A complex number.
struct Eigenvalue {
  double real = 0.0;       ///< Its real part.
  double imaginary = 0.0;  ///< Its imaginary part.
};

/// The eigenvalues of a real n x n matrix, row by row, in no order, each as often as it is a root;
/// complex ones in conjugate pairs. Householder reduction to Hessenberg form, then Francis's
/// double steps. Relative to the matrix's norm the error is of the order of rounding; of an
/// eigenvalue it is that times its condition. Throws std::runtime_error after 60 steps without one.
/// Cost: about 10 n^3. [Francis 1961; Golub and Van Loan 2013, algorithms 7.4.2 and 7.5.1]
std::vector<Eigenvalue> Eigenvalues(std::vector<double> matrix, std::size_t n);

/// The largest modulus: a step r <- r W shrinks every r in the end where it is below 1.
double SpectralRadius(std::span<const Eigenvalue> eigenvalues);

/// The largest real part: dr/dt = -r + r W shrinks every r in the end where it is below 1.
double SpectralAbscissa(std::span<const Eigenvalue> eigenvalues);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_EIGENVALUES_H_
