// SPDX-License-Identifier: Apache-2.0
#include "experiments/weights/tensor_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "network/dataset.h"

namespace lanegrad {
namespace {

using nlohmann::json;

const std::string kMetadata = "__metadata__";
// The format's own limit.
constexpr std::uint64_t kMostHeader = 100'000'000;

// One file on its way; believes nothing that it says of itself.
class Reader {
 public:
  Reader(std::string_view bytes, std::string_view name) : name_(name) {
    std::uint64_t length = 0;
    if (bytes.size() < sizeof(length)) {
      Refuse("not a safetensors file: {} bytes, where the length of its header has 8",
             bytes.size());
    }
    std::memcpy(&length, bytes.data(), sizeof(length));
    const std::string_view rest = bytes.substr(sizeof(length));
    if (length > kMostHeader || (!rest.empty() && rest.front() != '{')) {
      Refuse(
          "not a safetensors file: it must begin with the length of a JSON header, and then the "
          "header");
    }
    if (length > rest.size()) {
      Refuse("truncated: {} bytes of a header of {}", rest.size(), length);
    }
    ReadHeader(rest.substr(0, length));
    data_ = rest.substr(length);
  }

  TensorFile File() const {
    TensorFile file;
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (const auto& [name, entry] : header_.items()) {
      if (name == kMetadata) {
        ReadMetadata(entry, file);
        continue;
      }
      const StoredTensor tensor = ReadTensor(name, entry);
      const auto begin = static_cast<std::size_t>(tensor.bytes.data() - data_.data());
      places.emplace_back(begin, begin + tensor.bytes.size());
      file.tensors.emplace(name, tensor);
    }
    std::sort(places.begin(), places.end());
    std::size_t end = 0;
    for (const auto& place : places) {
      if (place.first != end) Refuse("damaged: its tensors overlap or leave a gap at byte {}", end);
      end = place.second;
    }
    if (end < data_.size()) {
      Refuse("damaged: {} bytes follow its header, but its tensors have {}", data_.size(), end);
    }
    return file;
  }

 private:
  template <class... Parts>
  [[noreturn]] void Refuse(fmt::format_string<Parts...> what, Parts&&... parts) const {
    throw DataError(fmt::format("{}: {}", name_, fmt::format(what, std::forward<Parts>(parts)...)));
  }

  void ReadHeader(std::string_view text) {
    std::set<std::string> seen;
    std::string twice;
    const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
      if (event == json::parse_event_t::key && depth == 1 &&
          !seen.insert(parsed.get<std::string>()).second) {
        twice = parsed.get<std::string>();
      }
      return true;
    };
    header_ = json::parse(text, watch, false);
    if (!header_.is_object()) {
      Refuse("damaged: its header of {} bytes is no JSON object", text.size());
    }
    if (!twice.empty()) Refuse("damaged: its header has {} twice", Quoted(twice));
  }

  void ReadMetadata(const json& entry, TensorFile& file) const {
    if (!entry.is_object()) Refuse("damaged: its {} is no JSON object", kMetadata);
    for (const auto& [key, value] : entry.items()) {
      if (!value.is_string()) Refuse("damaged: {} of its {} is no text", Quoted(key), kMetadata);
      file.about.emplace(key, value.get<std::string>());
    }
  }

  StoredTensor ReadTensor(const std::string& name, const json& entry) const {
    StoredTensor tensor;
    std::vector<std::uint64_t> offsets;
    const json nothing;
    const auto part = [&](const char* key) -> const json& {
      return entry.is_object() && entry.contains(key) ? entry[key] : nothing;
    };
    const json& dtype = part("dtype");
    if (!dtype.is_string() || !Counts(part("shape"), tensor.shape) ||
        !Counts(part("data_offsets"), offsets) || offsets.size() != 2) {
      Refuse("damaged: {} of its header lacks a dtype, a shape or data_offsets", Quoted(name));
    }
    if (dtype != "F32") {
      Refuse("{} is {}, not F32: numbers are read as they are, never rounded", Quoted(name),
             Quoted(dtype.get<std::string>()));
    }
    if (offsets[0] > offsets[1] || offsets[1] > data_.size()) {
      Refuse("truncated or damaged: {} should be bytes {} to {} of {}", Quoted(name), offsets[0],
             offsets[1], data_.size());
    }
    tensor.bytes = data_.substr(offsets[0], offsets[1] - offsets[0]);
    // A shape promises as many floats as there are; a product passes that before it overflows.
    std::uint64_t left = tensor.bytes.size() / sizeof(float);
    bool whole = tensor.bytes.size() % sizeof(float) == 0;
    for (const std::uint64_t size : tensor.shape) {
      whole = whole && size > 0 && left % size == 0;
      if (!whole) break;
      left /= size;
    }
    if (!whole || left != 1) {
      Refuse("damaged: {} has {} bytes, which are not the floats of its shape", Quoted(name),
             tensor.bytes.size());
    }
    return tensor;
  }

  static bool Counts(const json& list, std::vector<std::uint64_t>& counts) {
    if (!list.is_array()) return false;
    for (const json& each : list) {
      if (!each.is_number_unsigned()) return false;
      counts.push_back(each.get<std::uint64_t>());
    }
    return true;
  }

  std::string_view name_, data_;
  json header_;
};

}  // namespace

TensorFile UnpackTensors(std::string_view bytes, std::string_view name) {
  return Reader(bytes, name).File();
}

std::string Quoted(std::string_view text) {
  constexpr std::size_t kMost = 60;
  const bool cut = text.size() > kMost;
  // A character that has been cut in two is replaced, not an error.
  return json(std::string(text.substr(0, kMost)))
             .dump(-1, ' ', true, json::error_handler_t::replace) +
         (cut ? "..." : "");
}

}  // namespace lanegrad
