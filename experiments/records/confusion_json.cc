// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/confusion_json.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace lanegrad {
namespace {

template <class Number>
Number Count(const JsonMember& member, std::uint64_t most = std::numeric_limits<Number>::max()) {
  const std::uint64_t count = member.Count();
  if (count > most) member.Refuse(fmt::format("is {}, which is more than {}", count, most));
  return static_cast<Number>(count);
}

}  // namespace

Json ConfusionJson(const Confusion& confusion) {
  Json counts = Json::array(), mistakes = Json::array();
  for (std::size_t label = 0; label < confusion.classes; ++label) {
    Json row = Json::array();
    for (std::size_t named = 0; named < confusion.classes; ++named) {
      row.push_back(confusion.Count(label, named));
    }
    counts.push_back(row);
  }
  for (const Mistake& mistake : confusion.mistakes) {
    mistakes.push_back({{"sample", mistake.sample},
                        {"label", mistake.label},
                        {"named", mistake.named},
                        {"label_output", ToJson(static_cast<double>(mistake.label_output))},
                        {"named_output", ToJson(static_cast<double>(mistake.named_output))}});
  }
  return {
      {"counts", counts}, {"probabilities", confusion.probabilities}, {"worst_mistakes", mistakes}};
}

Json RecallJson(const Confusion& confusion) {
  Json recalls = Json::object();
  for (std::size_t label = 0; label < confusion.classes; ++label) {
    const double recall = confusion.Recall(label);
    recalls[fmt::format("{}", label)] = std::isnan(recall) ? Json(nullptr) : ToJson(recall);
  }
  return recalls;
}

Confusion ConfusionFromJson(const JsonMember& member) {
  Confusion confusion;
  const JsonMember counts = member.At("counts"), mistakes = member.At("worst_mistakes");
  confusion.classes = counts.size();
  if (confusion.classes == 0 || confusion.classes > 256)
    counts.Refuse("is not of 1 to 256 classes");
  for (std::size_t label = 0; label < confusion.classes; ++label) {
    const JsonMember row = counts.Item(label);
    if (row.size() != confusion.classes) {
      row.Refuse(fmt::format("has {} counts, not {}", row.size(), confusion.classes));
    }
    for (std::size_t named = 0; named < confusion.classes; ++named) {
      confusion.counts.push_back(Count<std::uint32_t>(row.Item(named)));
    }
  }
  confusion.probabilities = member.At("probabilities").Flag();
  for (std::size_t i = 0; i < mistakes.size(); ++i) {
    const JsonMember mistake = mistakes.Item(i);
    const auto label = [&](const char* name) {
      return Count<std::uint8_t>(mistake.At(name), confusion.classes - 1);
    };
    confusion.mistakes.push_back(
        {.sample = Count<std::uint32_t>(mistake.At("sample")),
         .label = label("label"),
         .named = label("named"),
         .named_output = static_cast<float>(mistake.At("named_output").Number()),
         .label_output = static_cast<float>(mistake.At("label_output").Number())});
  }
  return confusion;
}

}  // namespace lanegrad
