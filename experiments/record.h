/// @file
/// Records: one JSON line a run, appended and never changed, which survive a
/// killed process, a full disk and a damaged line.
///
/// A line is a JSON object whose last member is the 64-bit XXH3 of all the text
/// before it. A line is complete, and its run done, when the line ends and the
/// checksum agrees.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORD_H_
#define LANEGRAD_EXPERIMENTS_RECORD_H_

#include <deque>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// JSON that keeps the order of its members.
using Json = nlohmann::ordered_json;

/// Results that could not be written. Programs end with exit code 4 and this one
/// line, which names the path, the reason and the cure.
class WriteError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A double as JSON, which has no infinities: "nan", "inf" and "-inf" are strings.
Json ToJson(double value);
/// The double back.
double FromJson(const Json& json);

/// The records of one experiment, open for appending by one writer at a time.
class RecordFile {
 public:
  /// Opens `directory`/runs.jsonl, makes both where absent, and takes the lock.
  /// A torn last line is dropped; damaged lines are moved to runs.jsonl.damaged;
  /// notices() says so. Throws WriteError, also where another writer has the lock.
  explicit RecordFile(const std::filesystem::path& directory);
  ~RecordFile();
  RecordFile(const RecordFile&) = delete;
  RecordFile& operator=(const RecordFile&) = delete;

  /// The record whose member "key" is `key`; the last of several; or null. Valid
  /// as long as the file is.
  const Json* Find(std::string_view key) const;
  /// Writes one record and waits until it is on disk. Throws WriteError, with the
  /// file cut back to its last whole line. Not for two threads at once.
  void Append(const Json& record);
  /// All whole records, in the order of the file.
  const std::deque<Json>& records() const { return records_; }
  /// What was repaired on opening, a line each.
  const std::vector<std::string>& notices() const { return notices_; }
  /// The file.
  const std::filesystem::path& path() const { return path_; }

 private:
  void Load();
  void Remember(Json record);

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::size_t size_ = 0;  // of the whole lines
  std::deque<Json> records_;
  std::map<std::string, const Json*, std::less<>> by_key_;
  std::vector<std::string> notices_;
};

/// A record as its line, checksum and newline included. Throws
/// std::invalid_argument where it has no fields.
std::string RecordLine(const Json& record);

/// The record of a line without its newline. Throws std::invalid_argument where
/// the line is not whole.
Json ParseRecordLine(std::string_view line);

/// Reads all records of a file without locking or repairing it. Throws DataError
/// (network/dataset.h) with the number of the first damaged line.
std::vector<Json> ReadRecords(const std::filesystem::path& path);

/// Writes a file whole or not at all: to a temporary neighbour, then renamed.
/// Makes its directory. Throws WriteError.
void WriteFileAtomically(const std::filesystem::path& path, std::string_view text);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORD_H_
