/// @file
/// What several losses are made of.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/loss.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_LOSS_PARTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_LOSS_PARTS_INL_H_
#undef LANEGRAD_KERNELS_LOSS_PARTS_INL_H_
#else
#define LANEGRAD_KERNELS_LOSS_PARTS_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Value of an elementwise loss at one element, whether or not it has a parameter.
template <class Op>
double ValueAt(double a, double y, double parameter) {
  if constexpr (requires { Op::Value(a, y, parameter); }) {
    return Op::Value(a, y, parameter);
  } else {
    return Op::Value(a, y);
  }
}
/// Slope of an elementwise loss at one element, whether or not it has a parameter.
template <class Op>
double SlopeAt(double a, double y, double parameter) {
  if constexpr (requires { Op::Slope(a, y, parameter); }) {
    return Op::Slope(a, y, parameter);
  } else {
    return Op::Slope(a, y);
  }
}

/// The oracle of an elementwise loss from that of one element.
template <class Op>
double MeanOfElements(const double* a, const double* y, size_t n, double parameter) {
  long double sum = 0.0L;
  for (size_t j = 0; j < n; ++j) sum += ValueAt<Op>(a[j], y[j], parameter);
  return static_cast<double>(sum / static_cast<long double>(n));
}
/// The oracle of its slopes.
template <class Op>
void SlopesOfElements(const double* a, const double* y, size_t n, double parameter, double* slope) {
  for (size_t j = 0; j < n; ++j) {
    slope[j] = SlopeAt<Op>(a[j], y[j], parameter) / static_cast<double>(n);
  }
}

/// The largest logit of a row, and the exponentials relative to it.
struct LogitRow {
  using Tag = hn::CappedTag<double, kPanel>;  ///< For a panel in double precision.

  ConstPanels z;                   ///< All rows.
  size_t row;                      ///< The row of this sample.
  size_t top;                      ///< The column of the largest; of a NaN, if there is one.
  double m;                        ///< The largest.
  double others;                   ///< Sum of e^(z_j - m) over j != top, in column order.
  HWY_ALIGN double first[kPanel];  ///< e^(z_j - m) of the first panel.

  LogitRow(ConstPanels logits, size_t at) : z(logits), row(at), top(0), others(0.0) {
    float largest = z.At(row, 0);
    for (size_t panel = 0; panel < PanelCount(z.cols); ++panel) {
      const float* logit = z.Row(panel, row);
      for (size_t j = 0; j < Valid(panel); ++j) {
        if (logit[j] <= largest) continue;  // a NaN wins, and stays
        largest = logit[j];
        top = panel * kPanel + j;
      }
    }
    m = static_cast<double>(largest);
    Exponentials(0, first);
    ForEach([this](size_t j, double e) {
      if (j != top) others += e;
    });
  }

  /// How many columns of a panel mean something.
  size_t Valid(size_t panel) const { return HWY_MIN(kPanel, z.cols - panel * kPanel); }

  /// e[j] = e^(z_j - m) for the columns of a panel, padding included.
  HWY_INLINE void Exponentials(size_t panel, double* e) const {
    const Tag d;
    const hn::Rebind<float, Tag> df;
    const float* at = z.Row(panel, row);
    for (size_t j = 0; j < kPanel; j += hn::Lanes(d)) {
      const auto x = hn::PromoteTo(d, hn::Load(df, at + j));
      hn::Store(Exp(d, hn::Sub(x, hn::Set(d, m))), d, e + j);
    }
  }

  /// Calls visit(panel, e) with the exponentials of every panel in order, padding included.
  /// Those of the first panel are kept, which is all there is in most networks; those beyond
  /// are made anew, because a row may be of any length.
  template <class Visit>
  HWY_INLINE void ForEachPanel(Visit&& visit) const {
    HWY_ALIGN double beyond[kPanel];
    for (size_t panel = 0; panel < PanelCount(z.cols); ++panel) {
      if (panel > 0) Exponentials(panel, beyond);
      visit(panel, panel == 0 ? first : beyond);
    }
  }
  /// Calls visit(j, e^(z_j - m)) for every column in order.
  template <class Visit>
  HWY_INLINE void ForEach(Visit&& visit) const {
    ForEachPanel([&](size_t panel, const double* e) HWY_ATTR {
      for (size_t j = 0; j < Valid(panel); ++j) visit(panel * kPanel + j, e[j]);
    });
  }

  double Total() const { return 1.0 + others; }  ///< Sum of all; e^0 at `top` is 1.
  /// Sum of all but e_j, which may lose accuracy only where it is nearly `Total`.
  double Rest(size_t j, double e) const { return j == top ? others : Total() - e; }
};

/// Zeroes the padding of a row.
HWY_INLINE void ZeroPadding(Panels delta, size_t row) {
  for (size_t j = delta.cols; j < PanelCount(delta.cols) * kPanel; ++j) {
    delta.Row(j / kPanel, row)[j % kPanel] = 0.0f;
  }
}

/// ln(1 + t) of one number; see Log1p in elementary-inl.h.
HWY_INLINE double Log1pOf(double t) {
  const hn::CappedTag<double, 1> d;
  return hn::GetLane(Log1p(d, hn::Set(d, t)));
}
/// e^x of one number; see Exp in elementary-inl.h.
HWY_INLINE double ExpOf(double x) {
  const hn::CappedTag<double, 1> d;
  return hn::GetLane(Exp(d, hn::Set(d, x)));
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
