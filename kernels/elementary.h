/// @file
/// Elementary functions of one double, from the kernels' own: the same bits on
/// every machine, which the C library's do not have.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_ELEMENTARY_H_
#define LANEGRAD_KERNELS_ELEMENTARY_H_

namespace lanegrad {

/// e^x for x <= 709; relative error below 2^-51. NaN gives NaN; below -708, e^-708.
double Exponential(double x);
/// ln x for 0 < x < 2^1000; error below 2^-50 of the larger of 1 and |ln x|.
double Logarithm(double x);
/// cos x for |x| up to 2^17; error below 2^-50.
double Cosine(double x);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_ELEMENTARY_H_
