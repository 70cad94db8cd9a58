// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/power_law.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "kernels/elementary.h"

namespace lanegrad {
namespace {

// The points of a fit, with what every exponent needs of them.
class Points {
 public:
  Points(std::span<const double> n, std::span<const double> error)
      : inverse_(n.size()), u_(n.size()) {
    for (std::size_t i = 0; i < n.size(); ++i) inverse_[i] = 1.0 / error[i];
    for (const double each : n) log_n_.push_back(Logarithm(each));
  }

  // [law-given-exponent]
  // Given the exponent, factor and offset are found by linear least squares: minimise the sum of
  // (factor u + offset v - 1)^2 with u = n^-exponent / error and v = 1 / error.
  PowerLaw LawGiven(double exponent, bool with_offset) {
    double uu = 0.0, uv = 0.0, vv = 0.0, u1 = 0.0, v1 = 0.0;
    for (std::size_t i = 0; i < u_.size(); ++i) {
      const double u = Exponential(-exponent * log_n_[i]) * inverse_[i], v = inverse_[i];
      u_[i] = u;
      uu += u * u;
      uv += u * v;
      vv += v * v;
      u1 += u;
      v1 += v;
    }
    PowerLaw law = {.factor = u1 / uu, .exponent = exponent};
    if (with_offset) {
      const double determinant = uu * vv - uv * uv;
      const double offset = (uu * v1 - uv * u1) / determinant;
      if (determinant > 0.0 && offset > 0.0) {
        law.offset = offset;
        law.factor = (vv * u1 - uv * v1) / determinant;
      }
    }
    // [law-given-exponent]
    double sum = 0.0;
    for (std::size_t i = 0; i < u_.size(); ++i) {
      const double relative = law.factor * u_[i] + law.offset * inverse_[i] - 1.0;
      sum += relative * relative;
    }
    law.deviation = std::sqrt(sum / static_cast<double>(u_.size()));
    return law;
  }

 private:
  std::vector<double> log_n_, inverse_, u_;
};

// The law of the best exponent: the best of an even grid, then by golden section beside it.
PowerLaw Search(double low, double high, bool with_offset, Points points) {
  constexpr int kGrid = 40, kSections = 25;
  const double golden = (std::sqrt(5.0) - 1.0) / 2.0;
  const double step = (high - low) / kGrid;
  PowerLaw best = points.LawGiven(low, with_offset);
  for (int i = 1; i <= kGrid; ++i) {
    const PowerLaw law = points.LawGiven(low + step * i, with_offset);
    if (law.deviation < best.deviation) best = law;
  }
  double left = std::max(low, best.exponent - step), right = std::min(high, best.exponent + step);
  PowerLaw a = points.LawGiven(right - golden * (right - left), with_offset);
  PowerLaw b = points.LawGiven(left + golden * (right - left), with_offset);
  for (int i = 0; i < kSections; ++i) {
    if (a.deviation < b.deviation) {
      right = b.exponent;
      b = a;
      a = points.LawGiven(right - golden * (right - left), with_offset);
    } else {
      left = a.exponent;
      a = b;
      b = points.LawGiven(left + golden * (right - left), with_offset);
    }
  }
  const PowerLaw& last = a.deviation < b.deviation ? a : b;
  return last.deviation < best.deviation ? last : best;
}

}  // namespace

double PowerLaw::At(double n) const {
  return factor * Exponential(-exponent * Logarithm(n)) + offset;
}

PowerLaw FitPowerLaw(std::span<const double> n, std::span<const double> error) {
  return Search(-1.0, 3.0, /*with_offset=*/false, Points(n, error));
}

PowerLaw FitPowerLawWithOffset(std::span<const double> n, std::span<const double> error) {
  return Search(0.02, 3.0, /*with_offset=*/true, Points(n, error));
}

double CorrectedAkaike(const PowerLaw& law, std::size_t parameters, std::size_t points) {
  const auto all = static_cast<double>(points);
  const auto k = static_cast<double>(parameters + 1);  // the spread is a parameter as well
  if (all - k - 1.0 <= 0.0) return std::numeric_limits<double>::infinity();
  // No curve is known better than to a millionth.
  const double variance = std::max(law.deviation * law.deviation, 1e-12);
  return all * Logarithm(variance) + 2.0 * k + 2.0 * k * (k + 1.0) / (all - k - 1.0);
}

PowerLaw FitBetterPowerLaw(std::span<const double> n, std::span<const double> error) {
  const PowerLaw plain = FitPowerLaw(n, error);
  if (n.size() < 6) return plain;  // the criterion cannot tell
  const PowerLaw offset = FitPowerLawWithOffset(n, error);
  return CorrectedAkaike(offset, 3, n.size()) < CorrectedAkaike(plain, 2, n.size()) ? offset
                                                                                    : plain;
}

}  // namespace lanegrad
