/// @file
/// Records: one JSON line a run, appended and never changed, which survive a
/// killed process, a full disk and a damaged line.
///
/// A line is a JSON object whose last member is the 64-bit XXH3 of all the text
/// before it. A line is complete, and its run done, when the line ends and the
/// checksum agrees.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_RECORD_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_RECORD_H_

#include <cstddef>
#include <deque>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/json/json.h"
#include "experiments/records/disk.h"

namespace lanegrad {

/// Records of whatever kind in the order they were written, found by their member "key".
class RecordSet {
 public:
  /// None yet; those of the file `path`, if it is of one.
  explicit RecordSet(std::filesystem::path path = {});
  ~RecordSet();
  RecordSet(const RecordSet&) = delete;
  RecordSet& operator=(const RecordSet&) = delete;
  RecordSet(RecordSet&&) noexcept;             ///< Pointers from Find() stay valid.
  RecordSet& operator=(RecordSet&&) noexcept;  ///< Likewise.
  /// The record whose member "key" is `key`; the last of several; or null. Valid
  /// as long as the set is.
  const Json* Find(std::string_view key) const;
  /// Adds one at the end, which was line `line` of the file; 0: the next after those there are.
  void Add(Json record, std::size_t line = 0);
  /// All of them.
  const std::deque<Json>& all() const;
  /// Where a record of all() was read: "FILE: line N".
  std::string Where(const Json& record) const;

 private:
  struct Members;
  std::unique_ptr<Members> members_;
};

/// The records of one experiment, open for appending by one writer at a time.
class RecordFile {
 public:
  /// Opens `directory`/runs.jsonl, makes both where absent, and takes the lock.
  /// A torn last line is dropped; damaged lines are moved to runs.jsonl.damaged;
  /// notices() says so. A crash at any moment of the repair loses no whole line.
  /// Throws WriteError, also where another writer has the lock.
  explicit RecordFile(const std::filesystem::path& directory);

  /// Find() of the records.
  const Json* Find(std::string_view key) const { return records_.Find(key); }
  /// Writes one record and waits until it is on disk. Throws WriteError, with the
  /// file cut back to its last whole line. Not for two threads at once.
  void Append(const Json& record);
  /// Writes many, all or none of them, with one wait for the disk.
  void AppendAll(std::span<const Json> records);
  /// All whole records, in the order of the file.
  const std::deque<Json>& records() const { return records_.all(); }
  /// The same, by key.
  const RecordSet& set() const { return records_; }
  /// What was repaired on opening, a line each.
  const std::vector<std::string>& notices() const { return notices_; }
  /// The file.
  const std::filesystem::path& path() const { return path_; }

 private:
  void Lock();
  void Repair();
  void Replace(std::string_view whole);

  std::filesystem::path path_;
  Descriptor file_;
  std::size_t size_ = 0;  // of the whole lines
  bool torn_ = false;     // half a line is at the end and could not be cut off
  RecordSet records_;
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
RecordSet ReadRecords(const std::filesystem::path& path);

/// Reads the whole records of a file without locking or repairing it, also while
/// another process appends to it. Lines that are damaged or torn are left out, with
/// a notice each. No file at all: no records.
RecordSet ScanRecords(const std::filesystem::path& path, std::vector<std::string>& notices);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_RECORD_H_
