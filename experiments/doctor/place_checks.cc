// SPDX-License-Identifier: Apache-2.0
//
// What the doctor says of the places that programs read and write.
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "experiments/doctor/checks.h"
#include "network/data_source.h"
#include "network/data_table.h"
#include "network/idx.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPackageRemedy = "apt-get install --reinstall dataset-fashion-mnist";

std::string DataRemedy(const std::string& data) {
  if (data == kFashionMnistDirectory) return kPackageRemedy;
  return fmt::format(
      "fetch it again, or leave out --data and use {} (Debian's package "
      "dataset-fashion-mnist)",
      kFashionMnistDirectory);
}

Finding CheckFile(const fs::path& directory, const char* set, const char* kind) {
  try {
    const fs::path path = FindIdxFile(directory, set, kind);
    const std::size_t dimensions = std::string_view(kind) == "images" ? 3 : 1;
    const IdxArray array = ParseIdx(ReadMaybeGzip(path), dimensions, path.string());
    return {"data file", Condition::kOk,
            fmt::format("{}: {}", path.string(), fmt::join(array.shape, " x ")), ""};
  } catch (const DataError& why) {
    return {"data file", Condition::kFault, why.what(), DataRemedy(directory.string())};
  }
}

// A generator makes the same data everywhere, or something is wrong with the arithmetic.
std::vector<Finding> CheckSynthetic(const SyntheticInfo& info) {
  const std::string checksum = info.make({}).checksum;
  if (checksum == info.checksum) {
    return {{"data", Condition::kOk,
             fmt::format("{}, made by the program, checksum {}", info.name, checksum), ""}};
  }
  return {{"data", Condition::kFault,
           fmt::format("{} has checksum {}, not {}", info.name, checksum, info.checksum),
           "the arithmetic of this build is not that of others: see the lines above"}};
}

// A table, as its columns are where nobody says anything of them.
std::vector<Finding> CheckTable(const std::string& path) {
  try {
    const DataTable table = ReadTable(path, {});
    return {{"data", Condition::kOk,
             fmt::format("{}: {} samples of {} numbers; its last column, '{}', has {}", path,
                         table.samples.count, table.samples.features, table.target,
                         table.samples.targets.empty() ? fmt::format("{} classes", table.classes)
                                                       : std::string("numbers")),
             ""}};
  } catch (const DataError& error) {
    return {
        {"data", Condition::kFault, error.what(),
         "mend the table, or say what it is with --target-column, --header, --delimiter of train"}};
  }
}

// Where a directory that does not exist would be made.
fs::path NearestExisting(fs::path path) {
  std::error_code ignored;
  path = fs::absolute(path, ignored);
  while (!fs::exists(path, ignored) && path.has_parent_path() && path != path.parent_path()) {
    path = path.parent_path();
  }
  return path;
}

// Locks a file as a writer of records does; a second writer must be kept out.
bool LocksWork(const std::string& path, int descriptor) {
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return false;
  const int second = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (second < 0) return false;
  const bool kept_out = ::flock(second, LOCK_EX | LOCK_NB) != 0;
  ::close(second);
  return kept_out;
}

}  // namespace

std::vector<Finding> CheckData(const Environment& environment) {
  for (const SyntheticInfo& info : SyntheticSets()) {
    if (info.name == environment.data) return CheckSynthetic(info);
  }
  std::error_code ignored;
  if (IsTable(environment.data)) return CheckTable(environment.data);
  if (!fs::is_directory(environment.data, ignored)) {
    return {{"data", Condition::kFault, fmt::format("{}: no such directory", environment.data),
             environment.data == kFashionMnistDirectory ? "apt-get install dataset-fashion-mnist"
                                                        : DataRemedy(environment.data)}};
  }
  std::vector<Finding> findings;
  for (const char* set : {"train", "t10k"}) {
    for (const char* kind : {"images", "labels"}) {
      findings.push_back(CheckFile(environment.data, set, kind));
    }
  }
  const auto damaged = [](const Finding& finding) {
    return finding.condition == Condition::kFault;
  };
  if (std::any_of(findings.begin(), findings.end(), damaged)) return findings;
  try {
    const Dataset data = ReadIdxDirectory(environment.data);
    Finding finding = {
        "data", Condition::kOk,
        fmt::format("{}: {} training and {} test samples, {} classes, checksum {}", data.name,
                    data.train.count, data.test.count, data.classes, data.checksum),
        ""};
    if (data.checksum == kFashionMnistChecksum) {
      finding.text += ", as everywhere";
    } else if (data.name == "fashion-mnist") {
      finding.condition = Condition::kFault;
      finding.text += fmt::format(", not {}", kFashionMnistChecksum);
      finding.remedy = DataRemedy(environment.data);
    }
    findings.push_back(std::move(finding));
  } catch (const DataError& why) {
    findings.push_back({"data", Condition::kFault, why.what(), DataRemedy(environment.data)});
  }
  return findings;
}

std::vector<Finding> CheckOutput(const Environment& environment) {
  const fs::path place = NearestExisting(environment.output);
  const std::string remedy = "choose another place with --output, or make this one yours";
  std::error_code ignored;
  if (!fs::is_directory(place, ignored)) {
    return {{"output", Condition::kFault,
             fmt::format("{}: {} is a file, not a directory", environment.output, place.string()),
             remedy}};
  }
  std::string probe = (place / ".lanegrad-doctor-XXXXXX").string();
  const int descriptor = ::mkstemp(probe.data());
  if (descriptor < 0) {
    return {{"output", Condition::kFault,
             fmt::format("{}: nothing can be written: {}", place.string(), std::strerror(errno)),
             remedy}};
  }
  const std::string text(4096, '.');
  const bool written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(descriptor) == 0;
  const int error = errno;
  const bool locks = LocksWork(probe, descriptor);
  ::close(descriptor);
  ::unlink(probe.c_str());

  std::vector<Finding> findings;
  const bool exists = fs::is_directory(environment.output, ignored);
  if (written) {
    findings.push_back(
        {"output", Condition::kOk,
         fmt::format("{} can be written{}", environment.output, exists ? "" : " (it will be made)"),
         ""});
  } else {
    findings.push_back({"output", Condition::kFault,
                        fmt::format("{}: a file can be made but not filled: {}", place.string(),
                                    std::strerror(error)),
                        "make room, or choose another place with --output"});
  }
  if (locks) {
    findings.push_back({"lock", Condition::kOk, "a second writer of records is kept out", ""});
  } else {
    findings.push_back(
        {"lock", Condition::kFault,
         fmt::format("{}: two writers would not notice each other (flock)", place.string()),
         "choose a local directory with --output, not one of a network"});
  }
  struct statvfs room = {};
  if (::statvfs(place.c_str(), &room) == 0) {
    const double free = static_cast<double>(room.f_bavail) * static_cast<double>(room.f_frsize);
    Finding finding = {"disk", Condition::kOk, fmt::format("{:.1f} GB are free there", free / 1e9),
                       ""};
    // A record takes about a kilobyte an epoch: the largest grid of `compare --full`, 100 MB.
    if (free < 200e6) {
      finding.condition = free < 20e6 ? Condition::kFault : Condition::kNote;
      finding.text = fmt::format("{:.1f} MB are free there", free / 1e6);
      finding.remedy =
          "make room, or choose another place with --output: a large grid takes 100 MB";
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace lanegrad
