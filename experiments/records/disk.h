/// @file
/// Files that are written whole or not at all, and errors that say what to do.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_DISK_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_DISK_H_

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace lanegrad {

/// Results that could not be written. Programs end with exit code 4 and this one
/// line, which names the path, the reason and the remedy.
class WriteError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What its user can do about a file that cannot be written.
struct Remedy {
  std::string_view flag = "--output";  ///< Chooses another place for it.
  bool kept = true;  ///< Whether a second run goes on with what the first one finished.
};

/// Throws the WriteError of an `errno`.
[[noreturn]] void FailToWrite(const std::filesystem::path& path, int error, Remedy remedy = {});

/// An open file; closed, and what it locks unlocked, when it goes.
class Descriptor {
 public:
  /// Takes over an open one; -1 is none.
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor();
  /// Takes over the other's.
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  /// Closes its own and takes over the other's.
  Descriptor& operator=(Descriptor&& other) noexcept;
  /// What the system calls it.
  int number() const { return number_; }

 private:
  int number_;
};

/// Writes all of `text`. Returns 0, or the `errno` of what stopped it.
int WriteAll(int descriptor, std::string_view text);

/// Reads a file from its beginning to its end, a pipe from where it is. Throws DataError
/// (network/dataset.h) where a part of it cannot be read, for what is not read must never pass for
/// not there, and of a device, which need not end.
std::string ReadAll(int descriptor, const std::filesystem::path& path);

/// Makes a directory and its parents. Throws WriteError.
void MakeDirectory(const std::filesystem::path& directory, Remedy remedy = {});

/// Waits until the names in a directory are on disk, as fsync() does for bytes.
void SyncDirectory(const std::filesystem::path& directory);

/// Throws the WriteError of WriteFileAtomically() where a file could not be written there at all:
/// to be asked before the work that it is to hold. What is there stays as it is; the directory is
/// made.
void RequireWritable(const std::filesystem::path& path, Remedy remedy = {});

/// Writes a file whole or not at all: to a temporary neighbour, then renamed.
/// Makes its directory. A link stays one, and what it stands for is written; a pipe or another
/// device is written to as it is. Throws WriteError.
void WriteFileAtomically(const std::filesystem::path& path, std::string_view text,
                         Remedy remedy = {});

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_DISK_H_
