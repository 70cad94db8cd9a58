// SPDX-License-Identifier: Apache-2.0
#include "network/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>
#include <type_traits>

#include "network/device.h"
#include "network/hash.h"

namespace lanegrad {
namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

// Metrics as they are stored: 0 stands for none.
using StoredMetrics = std::array<double, 4>;

constexpr std::string_view kMagic = "lanegrad checkpoint ";
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kHashDigits = 32;

std::string FirstLine() { return fmt::format("{}{}\n", kMagic, kVersion); }

// The order of the file, in one place for both ways. Does not know how to read or write.
template <class Check, class Archive>
void Archived(Check& c, Archive& archive) {
  archive(c.numeric_version);
  archive(c.settings);
  archive(c.data_name);
  archive(c.data_checksum);
  archive(c.status);
  archive(c.steps);
  archive(c.bad_step);
  archive(c.place);
  archive(c.correct);
  archive(c.samples);
  archive(c.seconds);
  archive(c.epochs);
  archive(c.losses);
  archive(c.numbers);
  archive(c.best);
}

class Writer {
 public:
  explicit Writer(std::string& bytes) : bytes_(bytes) {}
  void operator()(std::uint64_t value) { Put(&value, sizeof(value)); }
  void operator()(double value) { Put(&value, sizeof(value)); }
  void operator()(Status value) { (*this)(static_cast<std::uint64_t>(value)); }
  void operator()(const std::vector<EpochMetrics>& epochs) {
    std::vector<StoredMetrics> stored;
    for (const EpochMetrics& each : epochs) {
      stored.push_back({each.train_loss, each.train_accuracy, each.validation_loss.value_or(0.0),
                        each.validation_accuracy.value_or(0.0)});
    }
    (*this)(stored);
  }
  template <class List>
  void operator()(const List& list) requires requires {
    list.size();
  }
  {
    (*this)(std::uint64_t{list.size()});
    Put(list.data(), list.size() * sizeof(*list.data()));
  }

 private:
  void Put(const void* data, std::size_t size) {
    if (size > 0) bytes_.append(static_cast<const char*>(data), size);
  }
  std::string& bytes_;
};

class Reader {
 public:
  Reader(std::string_view bytes, std::string_view name) : bytes_(bytes), name_(name) {}
  void operator()(std::uint64_t& value) { Take(&value, sizeof(value)); }
  void operator()(double& value) { Take(&value, sizeof(value)); }
  void operator()(Status& value) {
    std::uint64_t number = 0;
    (*this)(number);
    if (number > static_cast<std::uint64_t>(Status::kDiverged)) Refuse();
    value = static_cast<Status>(number);
  }
  void operator()(std::vector<EpochMetrics>& epochs) {
    std::vector<StoredMetrics> stored;
    (*this)(stored);
    for (const auto& [train_loss, train_accuracy, validation_loss, validation_accuracy] : stored) {
      epochs.push_back({train_loss, train_accuracy, validation_loss, validation_accuracy});
    }
  }
  template <class List>
  void operator()(List& list) requires requires {
    list.size();
  }
  {
    using Element = std::remove_cvref_t<decltype(*list.data())>;
    static_assert(std::is_trivially_copyable_v<Element>);
    std::uint64_t count = 0;
    (*this)(count);
    // No more is allocated than there is to read.
    if (count > bytes_.size() / sizeof(Element)) Refuse();
    list.resize(count);
    Take(list.data(), count * sizeof(Element));
  }
  void End() const {
    if (!bytes_.empty()) Refuse();
  }

 private:
  void Take(void* data, std::size_t size) {
    if (size > bytes_.size()) Refuse();
    if (size > 0) std::memcpy(data, bytes_.data(), size);
    bytes_.remove_prefix(size);
  }
  [[noreturn]] void Refuse() const {
    throw DataError(fmt::format(
        "{}: its checksum agrees but its parts do not: not a checkpoint that lanegrad wrote",
        name_));
  }
  std::string_view bytes_, name_;
};

}  // namespace

std::string PackCheckpoint(const Checkpoint& checkpoint) {
  std::string bytes = FirstLine();
  const std::size_t length_at = bytes.size();
  Writer writer(bytes);
  writer(std::uint64_t{0});  // the length, once it is known
  Archived(checkpoint, writer);
  const std::uint64_t length = bytes.size() + kHashDigits;
  std::memcpy(bytes.data() + length_at, &length, sizeof(length));
  return bytes + Hash128(bytes);
}

Checkpoint UnpackCheckpoint(std::string_view bytes, std::string_view name) {
  if (bytes.empty()) throw DataError(fmt::format("{}: empty, not a checkpoint", name));
  const std::string line = FirstLine();
  if (bytes.substr(0, kMagic.size()) != std::string_view(kMagic).substr(0, bytes.size())) {
    throw DataError(fmt::format("{}: not a checkpoint of lanegrad: must begin with '{}'", name,
                                line.substr(0, line.size() - 1)));
  }
  const std::string_view after = bytes.substr(std::min(kMagic.size(), bytes.size()));
  std::uint64_t version = 0;
  const auto [end, error] = std::from_chars(after.data(), after.data() + after.size(), version);
  if (error == std::errc() && end != after.data() + after.size() && *end == '\n' &&
      version != kVersion) {
    throw DataError(fmt::format("{}: a checkpoint of format {}; this program reads format {}", name,
                                version, kVersion));
  }
  const std::size_t header = line.size() + sizeof(std::uint64_t);
  std::uint64_t length = 0;
  if (bytes.size() >= header) std::memcpy(&length, bytes.data() + line.size(), sizeof(length));
  if (bytes.size() < header + kHashDigits || bytes.size() < length) {
    throw DataError(fmt::format("{}: truncated: {} bytes{}", name, bytes.size(),
                                length == 0 ? "" : fmt::format(" of {}", length)));
  }
  const std::string_view body = bytes.substr(0, bytes.size() - kHashDigits);
  if (bytes.size() != length || bytes.substr(0, line.size()) != line ||
      bytes.substr(body.size()) != Hash128(body)) {
    throw DataError(fmt::format("{}: damaged: its checksum does not agree with its {} bytes", name,
                                bytes.size()));
  }
  Checkpoint checkpoint;
  checkpoint.name = name;
  Reader reader(body.substr(header), name);
  Archived(checkpoint, reader);
  reader.End();
  return checkpoint;
}

Checkpoint ReadCheckpoint(const std::string& path) {
  RefuseDevice(path);
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw DataError(
        fmt::format("{}: no such checkpoint, or not readable: {}", path, std::strerror(errno)));
  }
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return UnpackCheckpoint(std::move(bytes).str(), path);
}

}  // namespace lanegrad
