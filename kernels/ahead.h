/// @file
/// Samples that are asked for before they are read.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_AHEAD_H_
#define LANEGRAD_KERNELS_AHEAD_H_

#include <cstddef>
#include <cstdint>

namespace lanegrad {

/// Rows that lie anywhere in a set larger than the caches, and that the next step will read:
/// `row_bytes` bytes each, row chosen[i] of `data` for all i < count. Asking for them is a
/// hint; it changes no result. It pays where the set lies on large pages: whoever asks for a
/// line waits until it is known where its page lies, and in a large set of small pages that
/// is a memory access of its own, which no later multiply-add hides (docs/speed.md).
struct RowsAhead {
  const void* data = nullptr;             ///< Row 0 of the set.
  std::size_t row_bytes = 0;              ///< Of a row.
  const std::uint32_t* chosen = nullptr;  ///< Which rows.
  std::size_t count = 0;                  ///< How many; 0: nothing is asked for.
};

/// Asks for such rows a few lines of 64 bytes at a time, so that whoever computes in between
/// has the buffers that its own misses need.
class LineRequests {
 public:
  /// For `rows`, in `calls` calls of Ask().
  LineRequests(const RowsAhead& rows, std::size_t calls)
      : rows_(rows),
        each_(calls == 0 ? 0 : (rows.count * LinesOf(rows.row_bytes) + calls - 1) / calls) {}
  /// Asks for the next few lines.
  void Ask() {
    for (std::size_t i = 0; i < each_ && row_ < rows_.count; ++i) {
      __builtin_prefetch(Next(), 0, 2);  // into the second cache: the first is full
    }
  }
  /// A byte of the next line, row after row; nullptr after the last.
  const std::uint8_t* Next() {
    if (row_ == rows_.count) return nullptr;
    const auto* row = static_cast<const std::uint8_t*>(rows_.data) +
                      std::size_t{rows_.chosen[row_]} * rows_.row_bytes;
    const std::size_t last = rows_.row_bytes - 1;
    const std::uint8_t* at = row + (at_ < last ? at_ : last);
    at_ += kLine;
    if (at_ >= last + kLine) {
      at_ = 0;
      ++row_;
    }
    return at;
  }

 private:
  static constexpr std::size_t kLine = 64;
  // Rows need not begin where lines do: the last byte may lie in a line of its own.
  static constexpr std::size_t LinesOf(std::size_t bytes) {
    return (bytes + kLine - 2) / kLine + 1;
  }

  const RowsAhead rows_;
  const std::size_t each_;  // lines a call
  std::size_t row_ = 0, at_ = 0;
};

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_AHEAD_H_
