// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/merge.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "experiments/records/record.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// Where a digest was first met.
struct Origin {
  std::string digest;
  std::string path;
};

std::string Text(const Json& record, const char* member) {
  const auto found = record.find(member);
  return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Whether the record is new. Throws where its key is known with another digest.
bool IsNew(const Json& record, const fs::path& path, std::map<std::string, Origin>& known) {
  const std::string key = Text(record, "key"), digest = Text(record, "digest");
  const auto [place, fresh] = known.try_emplace(key, Origin{digest, path.string()});
  if (fresh || place->second.digest == digest) return fresh;
  // A run without a digest ran out of time: the record of one that ended counts, since it is last.
  if (digest.empty()) return false;
  if (place->second.digest.empty()) {
    place->second = {digest, path.string()};
    return true;
  }
  throw DataError(fmt::format(
      "{} has digest {} in {} and {} in {}: the same settings must give the same bits, so nothing "
      "is merged; compare --verify 0 --output DIRECTORY says which of them does not hold",
      key, place->second.digest, place->second.path, digest, path.string()));
}

}  // namespace

MergeResult MergeRecords(std::span<const fs::path> sources, const fs::path& directory) {
  MergeResult result;
  // Sources first: a slip in their names must not make a directory.
  std::vector<std::pair<fs::path, RecordSet>> read;
  for (const fs::path& source : sources) {
    std::error_code ignored;
    const fs::path path = fs::is_directory(source, ignored) ? source / "runs.jsonl" : source;
    if (!fs::exists(path, ignored)) {
      throw DataError(
          fmt::format("{}: no such file; --merge needs directories with records", path.string()));
    }
    read.emplace_back(path, ScanRecords(path, result.notices));
  }
  RecordFile file(directory);
  result.notices.insert(result.notices.end(), file.notices().begin(), file.notices().end());
  result.had = file.records().size();
  std::map<std::string, Origin> known;
  // A run that was forced is there twice, and its last record counts.
  for (const Json& record : file.records()) {
    known[Text(record, "key")] = {Text(record, "digest"), file.path().string()};
  }
  std::vector<Json> fresh;
  for (const auto& [path, records] : read) {
    std::error_code ignored;
    if (fs::equivalent(path, file.path(), ignored)) continue;
    for (const Json& record : records.all()) {
      if (IsNew(record, path, known)) {
        fresh.push_back(record);
      } else {
        ++result.equal;
      }
    }
  }
  result.added = fresh.size();
  file.AppendAll(fresh);
  return result;
}

}  // namespace lanegrad
