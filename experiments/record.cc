// SPDX-License-Identifier: Apache-2.0
#include "experiments/record.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>

#include "network/dataset.h"
#include "network/hash.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kChecksum = ",\"checksum\":\"";

[[noreturn]] void FailToWrite(const fs::path& path, int error) {
  const char* cure = "choose another place with --output";
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    cure = "make room and run again: what is finished is kept";
  }
  throw WriteError(
      fmt::format("{}: cannot be written: {}; {}", path.string(), std::strerror(error), cure));
}

// Writes all of `text`, or returns the error.
int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

void MakeDirectory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) FailToWrite(directory, error.value());
}

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

}  // namespace

Json ToJson(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

double FromJson(const Json& json) {
  if (json.is_string()) return std::stod(json.get<std::string>());  // nan, inf, -inf
  return json.get<double>();
}

std::string RecordLine(const Json& record) {
  if (record.empty()) throw std::invalid_argument("a record without fields");
  std::string line = record.dump();
  line.pop_back();
  const std::string checksum = Hash64(line);
  return line.append(kChecksum).append(checksum).append("\"}\n");
}

Json ParseRecordLine(std::string_view line) {
  constexpr std::size_t kTail = kChecksum.size() + 16 + 2;
  if (line.size() <= kTail || !line.ends_with("\"}")) throw std::invalid_argument("not whole");
  const std::string_view body = line.substr(0, line.size() - kTail);
  const std::string_view tail = line.substr(body.size());
  if (!tail.starts_with(kChecksum) || tail.substr(kChecksum.size(), 16) != Hash64(body)) {
    throw std::invalid_argument("its checksum does not agree");
  }
  Json record = Json::parse(line, nullptr, false);
  if (!record.is_object()) throw std::invalid_argument("not a JSON object");
  record.erase("checksum");
  return record;
}

RecordFile::RecordFile(const fs::path& directory) : path_(directory / "runs.jsonl") {
  MakeDirectory(directory);
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor_ < 0) FailToWrite(path_, errno);
  // The lock dies with its owner: there is no stale one to clear by hand.
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor_);
    descriptor_ = -1;
    throw WriteError(
        fmt::format("{}: another process is writing here; wait for it, or choose another --output",
                    path_.string()));
  }
  Load();
}

RecordFile::~RecordFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void RecordFile::Load() {
  const std::string text = ReadAll(path_);
  std::string whole, damaged;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    ++number;
    const std::size_t end = text.find('\n', begin);
    if (end == text.npos) {
      notices_.push_back(fmt::format("{}: line {} was torn off when a run was stopped; dropped",
                                     path_.string(), number));
      break;
    }
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    try {
      Remember(ParseRecordLine(line));
      whole.append(line).append("\n");
    } catch (const std::invalid_argument& why) {
      damaged.append(line).append("\n");
      notices_.push_back(
          fmt::format("{}: line {} is damaged ({}); moved to {}.damaged, its run "
                      "counts as not done",
                      path_.string(), number, why.what(), path_.string()));
    }
    begin = end + 1;
  }
  size_ = whole.size();
  if (whole.size() == text.size()) return;
  if (damaged.empty()) {
    if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) FailToWrite(path_, errno);
    return;
  }
  // In place, not by renaming: the lock belongs to this file. The damaged lines are
  // safe beside it before it is cut, and whole ones can only be lost by a crash in
  // the next microseconds, of which the copy in .damaged tells.
  const fs::path aside = path_.string() + ".damaged";
  WriteFileAtomically(aside, ReadAll(aside).append(damaged));
  WriteFileAtomically(path_.string() + ".backup", text);
  int error = ::ftruncate(descriptor_, 0) == 0 ? WriteAll(descriptor_, whole) : errno;
  if (error == 0 && ::fsync(descriptor_) != 0) error = errno;
  if (error != 0) FailToWrite(path_, error);
  std::error_code ignored;
  fs::remove(path_.string() + ".backup", ignored);
}

void RecordFile::Remember(Json record) {
  records_.push_back(std::move(record));
  const auto key = records_.back().find("key");
  if (key != records_.back().end() && key->is_string()) {
    by_key_[key->get<std::string>()] = &records_.back();
  }
}

const Json* RecordFile::Find(std::string_view key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : found->second;
}

void RecordFile::Append(const Json& record) {
  const std::string line = RecordLine(record);
  int error = WriteAll(descriptor_, line);
  if (error == 0 && ::fdatasync(descriptor_) != 0) error = errno;
  if (error != 0) {
    if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) {
      // The line stays torn; the next opening drops it.
    }
    FailToWrite(path_, error);
  }
  size_ += line.size();
  Remember(record);
}

std::vector<Json> ReadRecords(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) throw DataError(fmt::format("{}: no such file", path.string()));
  std::istringstream text(ReadAll(path));
  std::vector<Json> records;
  std::string line;
  for (std::size_t number = 1; std::getline(text, line); ++number) {
    try {
      records.push_back(ParseRecordLine(line));
    } catch (const std::invalid_argument& why) {
      throw DataError(fmt::format("{}: line {} is damaged: {}", path.string(), number, why.what()));
    }
  }
  return records;
}

void WriteFileAtomically(const fs::path& path, std::string_view text) {
  if (path.has_parent_path()) MakeDirectory(path.parent_path());
  const fs::path temporary = fmt::format("{}.{}.partial", path.string(), ::getpid());
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) FailToWrite(path, errno);
  int error = WriteAll(descriptor, text);
  if (error == 0 && ::fsync(descriptor) != 0) error = errno;
  ::close(descriptor);
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    FailToWrite(path, error);
  }
}

}  // namespace lanegrad
