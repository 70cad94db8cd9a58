/// @file
/// How a name finds its row in a catalogue, and what is said when it does not.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_CATALOGUE_H_
#define LANEGRAD_KERNELS_CATALOGUE_H_

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// Thrown where a name is in no catalogue. Its text is one line that teaches:
/// "unknown activation 'sigmiod'; did you mean 'sigmoid'?", or, where nothing
/// is near, "unknown activation 'foo'; known: identity sigmoid tanh ...".
class UnknownName : public std::invalid_argument {
 public:
  /// Composes the message for `name` among the `known` names of a `noun`.
  UnknownName(std::string_view noun, std::string_view name,
              std::span<const std::string_view> known);
  /// The same where `name` is what others call `ours`: "unknown loss 'quadratic'; it is called
  /// 'mse' here".
  UnknownName(std::string_view noun, std::string_view name, std::string_view ours);
};

/// A number that an operation takes, written after its name: `leaky_relu:0.2`.
struct Parameter {
  std::string_view name;       ///< What it is; empty where the operation takes none.
  std::string_view summary;    ///< What it does, in a few words.
  float default_value = 0.0f;  ///< Its value where none is written.
  float min = 0.0f;            ///< Smallest that makes sense.
  float max = 0.0f;            ///< Largest that makes sense.
};

/// Thrown where an operation is given a parameter that it cannot take:
/// "the slope of leaky_relu must be a number from 0 to 1, not 'x'".
class BadParameter : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// A name without its parameter: what stands before the colon, if there is one.
inline std::string_view BareName(std::string_view text) { return text.substr(0, text.find(':')); }

/// Reads the parameter of `text`, "name" or "name:number". Throws BadParameter.
float ParameterOf(std::string_view text, const Parameter& parameter);

/// The text that ParameterOf() reads back: `name` alone for the default value.
std::string Spelled(std::string_view name, const Parameter& parameter, float value);

/// Returns the name in `known` nearest to `name` by edit distance, or an empty
/// view where none is near enough to be a likely slip of the finger (more than
/// a third of the letters differ). Cost: |known| x |name|^2.
std::string_view NearestName(std::string_view name, std::span<const std::string_view> known);

/// Whether `name` is among `names`, which are parted by blanks.
bool IsAmong(std::string_view name, std::string_view names);

/// What others call a row: names parted by blanks; none where rows of its kind have none.
template <class Info>
constexpr std::string_view AliasesOf(const Info& info) {
  if constexpr (requires { info.aliases; }) {
    return info.aliases;
  } else {
    return {};
  }
}

/// What papers call a row: its `proper`, or its name with blanks for underscores.
template <class Info>
std::string ProperNameOf(const Info& info) {
  if (!info.proper.empty()) return std::string(info.proper);
  std::string name(info.name);
  for (char& c : name) c = c == '_' ? ' ' : c;
  return name;
}

/// Returns the row of `name` in a catalogue of records that have a `.name`.
/// Throws UnknownName, with `noun` saying what was looked for; also for an alias, so that there is
/// one name in commands and records.
template <class Info>
std::size_t RowNamed(std::string_view noun, std::span<const Info> catalogue,
                     std::string_view name) {
  std::vector<std::string_view> known;
  for (std::size_t row = 0; row < catalogue.size(); ++row) {
    if (catalogue[row].name == name) return row;
    known.push_back(catalogue[row].name);
  }
  for (const Info& each : catalogue) {
    if (IsAmong(name, AliasesOf(each))) throw UnknownName(noun, name, each.name);
  }
  throw UnknownName(noun, name, known);
}

/// The parameter of a row, which is none where rows of its kind have none.
template <class Info>
constexpr Parameter ParameterIn(const Info& info) {
  if constexpr (requires { info.parameter; }) {
    return info.parameter;
  } else {
    return {};
  }
}

/// A handle on one row of a catalogue, with the value of its parameter. It is as small
/// as a number and is passed by value.
///
/// `Self` derives from it and has what belongs to its noun alone:
///
///     static constexpr std::string_view kNoun = "schedule";
///     static std::span<const Info> Catalogue();
template <class Self, class Info>
class Handle {
 public:
  /// Looks `text` up, "relu" or "leaky_relu:0.2". Throws UnknownName, which says what
  /// was meant, or BadParameter.
  static Self Named(std::string_view text) {
    const std::size_t row = RowNamed(Self::kNoun, Self::Catalogue(), BareName(text));
    return Self(row, ParameterOf(text, ParameterIn(Self::Catalogue()[row])));
  }
  std::size_t row() const { return row_; }                      ///< In the catalogue.
  float parameter() const { return parameter_; }                ///< Its value; else 0.
  const Info& info() const { return Self::Catalogue()[row_]; }  ///< What the row says.
  /// What Named() reads back.
  std::string spelled() const { return Spelled(info().name, ParameterIn(info()), parameter_); }

 protected:
  /// The handle on a row that exists.
  explicit constexpr Handle(std::size_t row, float parameter = 0.0f)
      : row_(row), parameter_(parameter) {}

 private:
  std::size_t row_;
  float parameter_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_CATALOGUE_H_
