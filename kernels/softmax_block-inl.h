/// @file
/// Softmax and cross-entropy of up to sixteen samples at once. Included once per target.
// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#if defined(LANEGRAD_KERNELS_SOFTMAX_BLOCK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_SOFTMAX_BLOCK_INL_H_
#undef LANEGRAD_KERNELS_SOFTMAX_BLOCK_INL_H_
#else
#define LANEGRAD_KERNELS_SOFTMAX_BLOCK_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"
#include "kernels/matrix.h"
#include "kernels/transpose-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Samples side by side: a lane is a sample, and a vector has one class of several. So
/// sums run in class order without waiting for each other, nothing branches on numbers,
/// and ten classes leave no lane idle. With classes in the lanes, row by row, it took more
/// than twice as long (docs/speed.md).
class SoftmaxBlock {
 public:
  /// The samples `rows`, at most kPanel, of logits z and targets y, (rows, n) both.
  SoftmaxBlock(ConstPanels z, ConstPanels y, Range rows, double smoothing)
      : z_(z),
        y_(y),
        rows_(rows),
        keep_(1.0 - smoothing),
        spread_(smoothing / static_cast<double>(z.cols)) {}

  /// The losses of the samples, and where `delta` has data their slopes times `scale`;
  /// delta may be z.
  void Eval(double scale, double* losses, Panels delta) {
    FindLargest();
    AddUp();
    HWY_ALIGN double all[kPanel];
    ForEachGroup([&](size_t i) HWY_ATTR {
      const auto log = Log1p(Tag(), Get(others_, i));
      const auto loss = hn::Add(Get(distance_, i), hn::Mul(Get(weight_, i), log));
      hn::Store(loss, Tag(), all + i);
    });
    std::memcpy(losses, all, rows_.size() * sizeof(double));
    if (delta.data == nullptr) return;
    for (size_t panel = 0; panel < PanelCount(z_.cols); ++panel) StoreSlopes(panel, scale, delta);
  }

 private:
  using Tag = hn::CappedTag<double, kPanel>;
  using FloatTag = hn::Rebind<float, Tag>;
  using V = hn::Vec<Tag>;

  // Number j of sample i at [j][i], for a panel of numbers.
  struct Transposed {
    HWY_ALIGN float at[kPanel][kPanel];
    V Column(size_t j, size_t i) const {
      return hn::PromoteTo(Tag(), hn::Load(FloatTag(), &at[j][i]));
    }
  };

  HWY_INLINE void Transpose(ConstPanels from, size_t panel, Transposed& to) const {
    const float* rows = from.Row(panel, rows_.begin);
    if (rows_.size() == kPanel) return TransposeBlock(rows, to.at[0]);
    HWY_ALIGN float padded[kPanel * kPanel] = {};
    std::memcpy(padded, rows, rows_.size() * kPanel * sizeof(float));
    TransposeBlock(padded, to.at[0]);
  }

  static V Get(const double* from, size_t i) { return hn::Load(Tag(), from + i); }
  size_t Valid(size_t panel) const { return HWY_MIN(kPanel, z_.cols - panel * kPanel); }
  // The number of column j of a panel in every lane.
  static V Number(size_t panel, size_t j) {
    return hn::Set(Tag(), static_cast<double>(panel * kPanel + j));
  }
  // Calls visit(i) for the first lanes i of the vectors that have a sample.
  template <class Visit>
  HWY_INLINE void ForEachGroup(Visit&& visit) const {
    for (size_t i = 0; i < rows_.size(); i += hn::Lanes(Tag())) visit(i);
  }

  // The largest logit of each sample, and the column where it stands first. A NaN is not
  // larger than another number, and found or not, it makes all sums of its sample NaN.
  void FindLargest() {
    for (size_t panel = 0; panel < PanelCount(z_.cols); ++panel) {
      Transpose(z_, panel, logits_);
      ForEachGroup([&](size_t i) HWY_ATTR {
        V largest = panel == 0 ? logits_.Column(0, i) : Get(largest_, i);
        V top = panel == 0 ? hn::Zero(Tag()) : Get(top_, i);
        for (size_t j = 0; j < Valid(panel); ++j) {
          const V logit = logits_.Column(j, i);
          const auto more = hn::Gt(logit, largest);
          largest = hn::IfThenElse(more, logit, largest);
          top = hn::IfThenElse(more, Number(panel, j), top);
        }
        hn::Store(largest, Tag(), largest_ + i);
        hn::Store(top, Tag(), top_ + i);
      });
    }
  }

  // e^(z_j - m) of a column.
  HWY_INLINE V Exponential(size_t j, size_t i, V largest) const {
    return Exp(Tag(), hn::Sub(logits_.Column(j, i), largest));
  }
  HWY_INLINE V Target(size_t j, size_t i) const {
    const Tag d;
    return hn::Add(hn::Mul(hn::Set(d, keep_), targets_.Column(j, i)), hn::Set(d, spread_));
  }

  // The sums over all classes.
  void AddUp() {
    for (size_t panel = 0; panel < PanelCount(z_.cols); ++panel) {
      Bring(panel);
      ForEachGroup([&](size_t i) HWY_ATTR {
        const Tag d;
        const V zero = hn::Zero(d), largest = Get(largest_, i), top = Get(top_, i);
        V others = Get(others_, i), weight = Get(weight_, i), distance = Get(distance_, i);
        for (size_t j = 0; j < Valid(panel); ++j) {
          const V e = Exponential(j, i, largest), target = Target(j, i);
          others = hn::Add(others, hn::IfThenZeroElse(hn::Eq(Number(panel, j), top), e));
          weight = hn::Add(weight, target);
          // An answer that nobody asks for may be infinitely far away.
          const V far = hn::Mul(target, hn::Sub(largest, logits_.Column(j, i)));
          distance = hn::Add(distance, hn::IfThenZeroElse(hn::Eq(target, zero), far));
          if (panel == 0) hn::Store(e, d, first_[j] + i);
        }
        hn::Store(others, d, others_ + i);
        hn::Store(weight, d, weight_ + i);
        hn::Store(distance, d, distance_ + i);
      });
    }
  }

  // The numbers of a panel, where they are not still here.
  HWY_INLINE void Bring(size_t panel) {
    if (PanelCount(z_.cols) > 1) Transpose(z_, panel, logits_);
    if (panel != here_) Transpose(y_, panel, targets_);
    here_ = panel;
  }

  // Slopes of a panel. Exponentials of the first are kept, which is all there is in most
  // networks; others are made anew, because a sample may have any number of classes.
  void StoreSlopes(size_t panel, double scale, Panels delta) {
    Bring(panel);
    Transposed slopes = {};
    ForEachGroup([&](size_t i) HWY_ATTR {
      const Tag d;
      const V one = hn::Set(d, 1.0);
      const V largest = Get(largest_, i), top = Get(top_, i);
      const V others = Get(others_, i), total = hn::Add(one, others), all = Get(weight_, i);
      const auto sure = hn::Eq(all, one);
      for (size_t j = 0; j < Valid(panel); ++j) {
        const V target = Target(j, i);
        const V own = panel == 0 ? Get(first_[j], i) : Exponential(j, i, largest);
        const auto is_top = hn::Eq(Number(panel, j), top);
        const V rest = hn::IfThenElse(is_top, others, hn::Sub(total, own));
        const auto certain = hn::And(hn::Eq(target, one), sure);
        const V part = hn::Div(hn::IfThenElse(certain, hn::Neg(rest), own), total);
        const V slope = hn::IfThenElse(certain, part, hn::Sub(hn::Mul(all, part), target));
        const auto scaled = Narrow(FloatTag(), hn::Mul(hn::Set(d, scale), slope));
        hn::Store(scaled, FloatTag(), &slopes.at[j][i]);
      }
    });
    Transposed back;
    TransposeBlock(slopes.at[0], back.at[0]);
    std::memcpy(delta.Row(panel, rows_.begin), back.at, rows_.size() * kPanel * sizeof(float));
  }

  const ConstPanels z_, y_;
  const Range rows_;
  const double keep_, spread_;
  size_t here_ = ~size_t{0};  // the panel whose targets are at hand
  Transposed logits_, targets_;
  HWY_ALIGN double largest_[kPanel], top_[kPanel];
  HWY_ALIGN double others_[kPanel] = {}, weight_[kPanel] = {}, distance_[kPanel] = {};
  HWY_ALIGN double first_[kPanel][kPanel];
};

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
