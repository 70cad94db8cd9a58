// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/archive.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "experiments/cli/child_process.h"
#include "experiments/records/disk.h"
#include "experiments/runs/record_commands.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSums = "SHA256SUMS";
constexpr const char* kNotice =
    "Results of lanegrad. To check this archive without the program: sha256sum -c SHA256SUMS\n"
    "To run a sample of its runs again and compare their digests: compare --verify ARCHIVE\n"
    "runs.jsonl has the records, a JSON line a run; report.html is for reading; environment.json\n"
    "says on what the program ran, and plan.json what was asked for.\n";

// The files of a folder and of those in it, by their names there; hidden ones are not of it.
std::vector<std::string> FilesIn(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = fs::relative(entry.path(), folder).string();
    if (entry.path().filename().string().starts_with(".")) continue;
    names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The checksum of each file of a folder, by name.
std::map<std::string, std::string> Sums(const fs::path& folder,
                                        const std::vector<std::string>& names) {
  std::map<std::string, std::string> sums;
  std::vector<std::string> command = {"sha256sum", "--"};
  for (const std::string& name : names) command.push_back((folder / name).string());
  const std::string text = RunChild(command);
  std::size_t begin = 0;
  for (const std::string& name : names) {
    sums[name] = text.substr(begin, 64);
    begin = text.find('\n', begin) + 1;
  }
  return sums;
}

std::string ReadText(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) throw DataError(fmt::format("{}: cannot be read", path.string()));
  return ReadAll(file.number(), path);
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (fs::temp_directory_path() / "lanegrad-archive-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) FailToWrite(pattern, errno, {.flag = "TMPDIR"});
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::size_t WriteArchive(const fs::path& output, const std::map<std::string, std::string>& more,
                         const fs::path& archive) {
  if (!fs::exists(RecordPath(output))) {
    throw DataError(fmt::format("{}: no records to archive; name their directory with --output",
                                RecordPath(output).string()));
  }
  RequireWritable(archive, {.flag = "--archive"});
  const TemporaryDirectory staging;
  const std::string name = fs::weakly_canonical(output).filename().string();
  const fs::path folder = staging.path() / name;
  fs::create_directory(folder);
  const fs::path target = fs::weakly_canonical(archive);
  for (const std::string& file : FilesIn(output)) {
    // An archive that is kept among the results is no part of the next.
    if (fs::weakly_canonical(output / file) == target) continue;
    fs::create_directories((folder / file).parent_path());
    fs::copy_file(output / file, folder / file);
  }
  for (const auto& [file, text] : more) WriteFileAtomically(folder / file, text);
  WriteFileAtomically(folder / "README.txt", kNotice);
  fs::remove(folder / kSums);
  try {
    std::string sums;
    const std::vector<std::string> files = FilesIn(folder);
    for (const auto& [file, sum] : Sums(folder, files)) {
      sums.append(fmt::format("{}  {}\n", sum, file));
    }
    WriteFileAtomically(folder / kSums, sums);
    WriteFileAtomically(
        archive,
        RunChild({"tar", "--create", "--gzip", "--file=-", "--format=gnu", "--sort=name",
                  "--mtime=@0", "--mode=u=rwX,go=rX", "--owner=0", "--group=0", "--numeric-owner",
                  "--directory=" + staging.path().string(), "--", name}),
        {.flag = "--archive"});
    return files.size() + 1;
  } catch (const DataError& error) {
    throw WriteError(fmt::format("{}: not written: {}; --archive needs tar and sha256sum",
                                 archive.string(), error.what()));
  }
}

fs::path OpenArchive(const fs::path& archive, const fs::path& directory) {
  if (!fs::exists(archive)) {
    throw DataError(fmt::format(
        "{}: no such file; --verify takes an archive made by --archive, or how many runs of "
        "--output",
        archive.string()));
  }
  try {
    RunChild({"tar", "--extract", "--gzip", "--no-same-owner", "--directory=" + directory.string(),
              "--file=" + fs::absolute(archive).string(), "--force-local"});
  } catch (const DataError& error) {
    throw DataError(fmt::format("{}: cannot be unpacked: {}", archive.string(), error.what()));
  }
  fs::path folder;
  for (const auto& entry : fs::directory_iterator(directory)) folder = entry.path();
  if (folder.empty() || !fs::exists(folder / kSums)) {
    throw DataError(
        fmt::format("{}: has no SHA256SUMS; it is no archive made by --archive", archive.string()));
  }
  std::map<std::string, std::string> expected;
  const std::string text = ReadText(folder / kSums);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    if (line.size() > 66) expected[line.substr(66)] = line.substr(0, 64);
    begin = end + 1;
  }
  std::vector<std::string> files = FilesIn(folder);
  std::erase(files, kSums);
  const std::map<std::string, std::string> found = Sums(folder, files);
  for (const auto& [file, sum] : expected) {
    const auto same = found.find(file);
    if (same == found.end()) {
      throw DataError(fmt::format("{}: lacks {}", archive.string(), file));
    }
    if (same->second != sum) {
      throw DataError(fmt::format("{}: {} is not what it was: its SHA-256 is {}, not {}",
                                  archive.string(), file, same->second, sum));
    }
  }
  for (const std::string& file : files) {
    if (!expected.contains(file)) {
      throw DataError(fmt::format("{}: {} has no checksum", archive.string(), file));
    }
  }
  return folder;
}

}  // namespace lanegrad
