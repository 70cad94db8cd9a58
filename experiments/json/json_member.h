/// @file
/// Reading JSON with one kind of complaint: the path of the member, and what is wrong with it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_JSON_JSON_MEMBER_H_
#define LANEGRAD_EXPERIMENTS_JSON_JSON_MEMBER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "experiments/json/json.h"

namespace lanegrad {

/// A member of a JSON text and the way to it. All that reads throws DataError
/// (network/dataset.h) such as "'epochs[1].train_loss' is no number". A member knows the one it
/// was found in, which must outlive it, as must the names: so paths cost nothing until they are
/// needed.
class JsonMember {
 public:
  /// The whole text.
  explicit JsonMember(const Json& whole) : json_(&whole) {}
  /// The member of an object. Throws where it is missing, or where this is no object.
  JsonMember At(std::string_view name) const;
  /// An element of a list, below size().
  JsonMember Item(std::size_t index) const;
  /// Whether an object has a member and it is not null. Throws where this is no object.
  bool Has(std::string_view name) const;
  /// Elements of a list. Throws where this is none.
  std::size_t size() const;

  /// A text.
  std::string Text() const;
  /// True or false.
  bool Flag() const;
  /// A whole number from 0.
  std::uint64_t Count() const;
  /// A number, also as ToJson() writes what JSON lacks. Null, which is unknown, is NaN.
  double Number() const;
  /// The JSON itself.
  const Json& json() const { return *json_; }
  /// Throws the DataError that says `why` of this member.
  [[noreturn]] void Refuse(std::string_view why) const;

 private:
  std::string Path() const;

  const Json* json_;
  const JsonMember* parent_ = nullptr;  // null: the whole text
  std::string_view name_;               // of an object's member
  std::size_t index_ = 0;               // of a list's element, where it has no name
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_JSON_JSON_MEMBER_H_
