// SPDX-License-Identifier: Apache-2.0
#include "network/proper_names.h"

#include <algorithm>
#include <map>

#include "kernels/activation.h"
#include "kernels/head.h"
#include "kernels/loss.h"
#include "kernels/optimizer.h"
#include "network/initializer.h"
#include "network/schedule.h"

namespace lanegrad {
namespace {

using Names = std::map<std::string_view, std::string>;

template <class Catalogue>
void Add(Names& names, const Catalogue& catalogue) {
  for (const auto& info : catalogue) names.emplace(info.name, ProperNameOf(info));
}

const Names& AllNames() {
  static const Names kNames = [] {
    Names names;
    Add(names, Activations());
    Add(names, Losses());
    Add(names, Optimizers());
    Add(names, Initializers());
    Add(names, Schedules());
    Add(names, Heads());
    return names;
  }();
  return kNames;
}

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Of a name. Letters beyond ASCII belong to words too, which are then no names.
bool IsWord(char c) {
  return IsAlphanumeric(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

// How long the parameter at the beginning of `text` is, colon included; 0: there is none. A point
// at its end is that of a sentence.
std::size_t ParameterLength(std::string_view text) {
  if (text.empty() || text.front() != ':') return 0;
  std::size_t end = 1;
  while (end < text.size() &&
         (IsAlphanumeric(text[end]) || text[end] == '.' || text[end] == '-' || text[end] == '+')) {
    ++end;
  }
  while (end > 1 && !IsAlphanumeric(text[end - 1])) --end;
  return end == 1 ? 0 : end;
}

}  // namespace

std::string ProperNames(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end =
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), IsWord) - text.begin());
    if (end == 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto name = AllNames().find(text.substr(0, end));
    out += name == AllNames().end() ? std::string(text.substr(0, end)) : name->second;
    text.remove_prefix(end);
    if (name == AllNames().end()) continue;
    if (const std::size_t length = ParameterLength(text); length > 0) {
      out.append(" (").append(text.substr(1, length - 1)).append(")");
      text.remove_prefix(length);
    }
  }
  return out;
}

}  // namespace lanegrad
