// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "network/dataset.h"
#include "network/device.h"

namespace lanegrad {

namespace fs = std::filesystem;

void FailToWrite(const fs::path& path, int error, Remedy remedy) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  const bool many = error == EMFILE || error == ENFILE;
  const std::string advice = full   ? fmt::format("make room and run again{}",
                                                remedy.kept ? ": what is finished is kept" : "")
                             : many ? std::string("allow more with ulimit -n")
                                    : fmt::format("choose another place with {}", remedy.flag);
  throw WriteError(
      fmt::format("{}: cannot be written: {}; {}", path.string(), std::strerror(error), advice));
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

std::string ReadAll(int descriptor, const fs::path& path) {
  RefuseDevice(path);
  std::string text;
  for (;;) {
    constexpr std::size_t kStep = 1u << 20;
    const std::size_t had = text.size();
    text.resize(had + kStep);
    ssize_t got = ::pread(descriptor, text.data() + had, kStep, static_cast<off_t>(had));
    if (got < 0 && errno == ESPIPE) got = ::read(descriptor, text.data() + had, kStep);
    text.resize(had + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      throw DataError(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
    }
    if (got == 0) return text;
  }
}

void MakeDirectory(const fs::path& directory, Remedy remedy) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) FailToWrite(directory, error.value(), remedy);
}

void SyncDirectory(const fs::path& directory) {
  const fs::path place = directory.empty() ? fs::path(".") : directory;
  const Descriptor opened(::open(place.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot; then there is nothing that could be done better.
  if (opened.number() >= 0) ::fsync(opened.number());
}

namespace {

// The neighbour that a file is written to before it takes its name.
fs::path TemporaryOf(const fs::path& path) {
  return fmt::format("{}.{}.partial", path.string(), ::getpid());
}

Descriptor OpenToWrite(const fs::path& path) {
  return Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
}

// Whether it is a pipe, a terminal or another device: to be written to, never to be replaced.
bool IsDevice(const fs::path& path) {
  std::error_code unknown;
  const fs::file_status status = fs::status(path, unknown);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

// The file that a link stands for: a rename would put the file in the place of the link.
fs::path BehindLinks(const fs::path& path) {
  std::error_code unknown;
  if (!fs::is_symlink(path, unknown)) return path;
  // What is not there yet has no canonical name.
  fs::path behind = fs::exists(path, unknown)
                        ? fs::canonical(path, unknown)
                        : path.parent_path() / fs::read_symlink(path, unknown);
  return unknown ? path : behind;
}

}  // namespace

void RequireWritable(const fs::path& name, Remedy remedy) {
  if (name.has_parent_path()) MakeDirectory(name.parent_path(), remedy);
  if (IsDevice(name)) return;
  const fs::path path = BehindLinks(name);
  std::error_code unknown;
  // Whatever is no file cannot be renamed over.
  if (fs::is_directory(path, unknown)) FailToWrite(path, EISDIR, remedy);
  const fs::path temporary = TemporaryOf(path);
  if (OpenToWrite(temporary).number() < 0) FailToWrite(path, errno, remedy);
  ::unlink(temporary.c_str());
}

void WriteFileAtomically(const fs::path& name, std::string_view text, Remedy remedy) {
  if (name.has_parent_path()) MakeDirectory(name.parent_path(), remedy);
  if (IsDevice(name)) {
    const Descriptor device(::open(name.c_str(), O_WRONLY | O_CLOEXEC));
    const int error = device.number() < 0 ? errno : WriteAll(device.number(), text);
    if (error != 0) FailToWrite(name, error, remedy);
    return;
  }
  const fs::path path = BehindLinks(name);
  const fs::path temporary = TemporaryOf(path);
  int error = 0;
  {
    const Descriptor file = OpenToWrite(temporary);
    if (file.number() < 0) FailToWrite(path, errno, remedy);
    error = WriteAll(file.number(), text);
    if (error == 0 && ::fsync(file.number()) != 0) error = errno;
  }
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    FailToWrite(path, error, remedy);
  }
  SyncDirectory(path.parent_path());
}

}  // namespace lanegrad
