/// @file
/// Results in one file, with checksums, for whoever wants to check them elsewhere.
///
/// The file is a gzipped tar, made by the system's `tar`, and its checksums are those of
/// `sha256sum`: both are on every Linux machine and in every container, so that an archive can be
/// opened and checked in twenty years, without this program. A library would have to be installed
/// to build, and would make the same bytes. Entries are sorted and have no times and owners: the
/// same results make the same archive.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_ARCHIVE_H_
#define LANEGRAD_EXPERIMENTS_RUNS_ARCHIVE_H_

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>

namespace lanegrad {

/// A directory that goes when this does.
class TemporaryDirectory {
 public:
  TemporaryDirectory();  ///< Makes it. Throws WriteError.
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  /// Where it is.
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Writes `archive`: all files of the directory `output`, which has records, and `more`, texts by
/// file name, in a folder called as `output` is; beside them SHA256SUMS. Returns how many files
/// there are in it. Throws WriteError, also where `tar` or `sha256sum` is missing, and DataError
/// where there are no records.
std::size_t WriteArchive(const std::filesystem::path& output,
                         const std::map<std::string, std::string>& more,
                         const std::filesystem::path& archive);

/// Unpacks `archive` into `directory` and checks every file in it against SHA256SUMS. Returns the
/// folder with the records. Throws DataError, with the name of the file, where a checksum differs,
/// a file is missing or has none, or the archive cannot be read.
std::filesystem::path OpenArchive(const std::filesystem::path& archive,
                                  const std::filesystem::path& directory);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_ARCHIVE_H_
