// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/record.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "network/dataset.h"
#include "network/hash.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kChecksum = ",\"checksum\":\"";

// What became of a line: `why` is empty where it is whole.
struct Line {
  std::size_t number;
  std::string_view text;
  bool torn;
  std::string why;
  Json record;
};

// Calls body(Line) for every line of a file's text.
template <class Body>
void ForEachLine(std::string_view text, Body&& body) {
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    Line line = {.number = ++number, .text = {}, .torn = false, .why = {}, .record = {}};
    const std::size_t end = text.find('\n', begin);
    line.torn = end == text.npos;
    line.text = text.substr(begin, end - begin);
    begin = line.torn ? text.size() : end + 1;
    if (!line.torn) {
      try {
        line.record = ParseRecordLine(line.text);
      } catch (const std::invalid_argument& why) {
        line.why = why.what();
      }
    }
    body(std::move(line));
  }
}

bool SameFile(int descriptor, const fs::path& path) {
  struct stat opened, named;
  return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

}  // namespace

std::string RecordLine(const Json& record) {
  if (record.empty()) throw std::invalid_argument("a record without fields");
  std::string line = JsonText(record);
  line.pop_back();
  const std::string checksum = Hash64(line);
  return line.append(kChecksum).append(checksum).append("\"}\n");
}

Json ParseRecordLine(std::string_view line) {
  constexpr std::size_t tail_size = kChecksum.size() + 16 + 2;
  if (line.size() <= tail_size || !line.ends_with("\"}")) throw std::invalid_argument("not whole");
  const std::string_view body = line.substr(0, line.size() - tail_size);
  const std::string_view tail = line.substr(body.size());
  if (!tail.starts_with(kChecksum) || tail.substr(kChecksum.size(), 16) != Hash64(body)) {
    throw std::invalid_argument("its checksum does not agree");
  }
  Json record = Json::parse(line, nullptr, false);
  if (!record.is_object()) throw std::invalid_argument("not a JSON object");
  record.erase("checksum");
  return record;
}

namespace {

// Gives back what a parser has reserved: a fifth of the memory of a record, and there may be a
// hundred thousand.
void Shrink(Json& json) {
  if (auto* object = json.get_ptr<Json::object_t*>()) {
    for (auto& member : *object) Shrink(member.second);
    object->shrink_to_fit();
  } else if (auto* array = json.get_ptr<Json::array_t*>()) {
    for (Json& item : *array) Shrink(item);
    array->shrink_to_fit();
  }
}

}  // namespace

struct RecordSet::Members {
  fs::path path;
  std::deque<Json> records;
  std::vector<std::size_t> lines;  // of the file, a record each
  std::map<std::string, const Json*, std::less<>> by_key;
};

RecordSet::RecordSet(fs::path path) : members_(std::make_unique<Members>()) {
  members_->path = std::move(path);
}
RecordSet::~RecordSet() = default;
RecordSet::RecordSet(RecordSet&&) noexcept = default;
RecordSet& RecordSet::operator=(RecordSet&&) noexcept = default;

void RecordSet::Add(Json record, std::size_t line) {
  std::deque<Json>& records = members_->records;
  Shrink(record);
  records.push_back(std::move(record));
  members_->lines.push_back(line > 0 ? line : records.size());
  const auto key = records.back().find("key");
  if (key != records.back().end() && key->is_string()) {
    members_->by_key[key->get<std::string>()] = &records.back();
  }
}

const Json* RecordSet::Find(std::string_view key) const {
  const auto found = members_->by_key.find(key);
  return found == members_->by_key.end() ? nullptr : found->second;
}

const std::deque<Json>& RecordSet::all() const { return members_->records; }

std::string RecordSet::Where(const Json& record) const {
  const auto same = [&](const Json& each) { return &each == &record; };
  const auto found = std::find_if(all().begin(), all().end(), same);
  const auto place = static_cast<std::size_t>(found - all().begin());
  return fmt::format("{}: line {}", members_->path.string(), members_->lines.at(place));
}

RecordFile::RecordFile(const fs::path& directory)
    : path_(directory / "runs.jsonl"), records_(path_) {
  MakeDirectory(directory);
  Lock();
  Repair();
}

// The lock dies with its owner: there is no stale one to clear by hand. Whoever
// repairs the file puts another in its place, so the one that was opened may no longer
// be the one of that name once it is locked; then the newer one is tried.
void RecordFile::Lock() {
  do {
    file_ = Descriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    if (file_.number() < 0) FailToWrite(path_, errno);
    if (::flock(file_.number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) FailToWrite(path_, errno);
      throw WriteError(fmt::format(
          "{}: another process is writing here; wait for it, or choose another --output",
          path_.string()));
    }
  } while (!SameFile(file_.number(), path_));
  SyncDirectory(path_.parent_path());
}

void RecordFile::Repair() {
  const std::string text = ReadAll(file_.number(), path_);
  std::string whole;
  std::vector<std::string> damaged;
  bool torn = false;
  ForEachLine(text, [&](Line line) {
    if (line.torn) {
      torn = true;
      notices_.push_back(fmt::format("{}: line {} was torn off when a run was stopped; dropped",
                                     path_.string(), line.number));
    } else if (!line.why.empty()) {
      damaged.push_back(std::string(line.text).append("\n"));
      notices_.push_back(
          fmt::format("{}: line {} is damaged ({}); moved to {}.damaged, its run "
                      "counts as not done",
                      path_.string(), line.number, line.why, path_.string()));
    } else {
      whole.append(line.text).append("\n");
      records_.Add(std::move(line.record));
    }
  });
  size_ = whole.size();
  if (damaged.empty()) {
    if (torn && ::ftruncate(file_.number(), static_cast<off_t>(size_)) != 0) {
      FailToWrite(path_, errno);
    }
    return;
  }
  // The damaged lines are safe beside the file before they leave it. One that is there
  // already was put there by a repair that was stopped before its end.
  const fs::path aside = path_.string() + ".damaged";
  const Descriptor kept(::open(aside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (kept.number() < 0) FailToWrite(aside, errno);
  std::string all = ReadAll(kept.number(), aside);
  for (const std::string& line : damaged) {
    if (all.find(line) == all.npos) all.append(line);
  }
  WriteFileAtomically(aside, all);
  Replace(whole);
}

// Puts a new file in the place of the old one. It is whole, on disk and locked before
// it has the name, so whatever happens the name stands for a file with every whole line.
void RecordFile::Replace(std::string_view whole) {
  const fs::path temporary = path_.string() + ".partial";
  Descriptor fresh(
      ::open(temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644));
  if (fresh.number() < 0) FailToWrite(path_, errno);
  int error = ::flock(fresh.number(), LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  if (error == 0) error = WriteAll(fresh.number(), whole);
  if (error == 0 && ::fsync(fresh.number()) != 0) error = errno;
  if (error == 0 && ::rename(temporary.c_str(), path_.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    FailToWrite(path_, error);
  }
  SyncDirectory(path_.parent_path());
  file_ = std::move(fresh);
}

void RecordFile::Append(const Json& record) { AppendAll(std::span(&record, 1)); }

void RecordFile::AppendAll(std::span<const Json> records) {
  std::string lines;
  for (const Json& record : records) lines.append(RecordLine(record));
  // After half a line that could not be cut off, a whole one would be damaged too.
  if (torn_) FailToWrite(path_, EIO);
  int error = WriteAll(file_.number(), lines);
  if (error == 0 && ::fdatasync(file_.number()) != 0) error = errno;
  // Bytes in a file that has lost its name are lost with it.
  struct stat state;
  if (error == 0 && ::fstat(file_.number(), &state) == 0 && state.st_nlink == 0) error = ENOENT;
  if (error != 0) {
    torn_ = ::ftruncate(file_.number(), static_cast<off_t>(size_)) != 0;
    FailToWrite(path_, error);
  }
  size_ += lines.size();
  for (const Json& record : records) records_.Add(record);
}

RecordSet ReadRecords(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) throw DataError(fmt::format("{}: no such file", path.string()));
  std::vector<std::string> notices;
  RecordSet records = ScanRecords(path, notices);
  if (!notices.empty()) throw DataError(notices.front());
  return records;
}

RecordSet ScanRecords(const fs::path& path, std::vector<std::string>& notices) {
  RecordSet records(path);
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0 && errno == ENOENT) return records;
  if (file.number() < 0) {
    throw DataError(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
  }
  const std::string text = ReadAll(file.number(), path);
  ForEachLine(text, [&](Line line) {
    if (line.torn || !line.why.empty()) {
      notices.push_back(fmt::format("{}: line {} is damaged ({}); left out", path.string(),
                                    line.number, line.torn ? "torn off" : line.why));
    } else {
      records.Add(std::move(line.record), line.number);
    }
  });
  return records;
}

}  // namespace lanegrad
