/// @file
/// A catalogue is a list of types; everything else is a loop over it.
///
/// An operation is one struct. The list at the foot of its file is the only
/// place that names it: dispatch tables, command-line choices, tests,
/// benchmarks and the tables of the book are all made from that list.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_OP_LIST_H_
#define LANEGRAD_KERNELS_OP_LIST_H_

#include <array>
#include <cstddef>

namespace lanegrad {

/// A list of operation types, in the order of tables and plots.
template <class... Ops>
struct OpList {
  /// How many operations the list holds.
  static constexpr std::size_t kSize = sizeof...(Ops);
};

/// The operations of several lists, one list after the other.
template <class... Lists>
struct JoinedLists;
/// One list is itself.
template <class... Ops>
struct JoinedLists<OpList<Ops...>> {
  using Type = OpList<Ops...>;  ///< The one list.
};
/// The first two become one, and so on.
template <class... First, class... Second, class... Rest>
struct JoinedLists<OpList<First...>, OpList<Second...>, Rest...> {
  using Type = typename JoinedLists<OpList<First..., Second...>, Rest...>::Type;  ///< All.
};
/// The operations of several lists as one list.
template <class... Lists>
using Joined = typename JoinedLists<Lists...>::Type;

/// Returns the array `{make(Op{})...}` over the list: one row per operation.
// [tabulate]
template <class... Ops, class Make>
constexpr auto Tabulate(OpList<Ops...>, Make make) {
  return std::array{make(Ops{})...};
}
// [tabulate]

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_OP_LIST_H_
