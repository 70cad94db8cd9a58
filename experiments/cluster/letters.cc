// SPDX-License-Identifier: Apache-2.0
#include "experiments/cluster/letters.h"

#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "experiments/json/json.h"
#include "experiments/json/json_member.h"
#include "experiments/records/provenance.h"
#include "experiments/records/settings_json.h"
#include "kernels/targets.h"
#include "network/known_run.h"

namespace lanegrad {
namespace {

std::string HostName() {
  char name[256] = "";
  return ::gethostname(name, sizeof(name) - 1) == 0 ? name : "unknown";
}

Introduction ReadHello(const JsonMember& member) {
  return {.host = member.At("host").Text(),
          .processor = member.At("processor").Text(),
          .target = member.At("target").Text(),
          .emulates = member.At("emulates").Flag(),
          .threads = member.At("threads").Count(),
          .numeric_version = static_cast<int>(member.At("numeric_version").Count()),
          .known_digest = member.At("known_digest").Text(),
          .checksum = member.At("checksum").Text(),
          .fault = member.At("fault").Text()};
}

GivenRun ReadRun(const JsonMember& member) {
  GivenRun run = {.run = member.At("run").Count(),
                  .planned = {.settings = SettingsFromJson(member.At("settings")),
                              .phase = member.At("phase").Text(),
                              .test = member.At("test").Flag(),
                              .asked = {},
                              .cell = {}}};
  const JsonMember searched = member.At("searched");
  for (std::size_t i = 0; i < searched.size(); ++i) {
    run.planned.searched.push_back(searched.Item(i).Text());
  }
  return run;
}

}  // namespace

Introduction Introduce(const Dataset& data, std::size_t threads) {
  const Target target = ActiveTarget();
  return {.host = HostName(),
          .processor = ProcessorName(),
          .target = std::string(target.name),
          .emulates = !target.native_fma,
          .threads = threads,
          .numeric_version = kNumericVersion,
          .known_digest = KnownRun().digest,
          .checksum = data.checksum,
          .fault = {}};
}

std::string WhyNot(const Introduction& theirs, const Introduction& ours) {
  if (!theirs.fault.empty()) return theirs.fault;
  if (theirs.numeric_version != ours.numeric_version) {
    return fmt::format(
        "its program follows version {} of the numeric specification, ours version {}; start the "
        "same program everywhere",
        theirs.numeric_version, ours.numeric_version);
  }
  if (theirs.known_digest != kKnownDigest) {
    return fmt::format(
        "a tiny training ends with the digest {} there, not with {}; run doctor on that machine",
        theirs.known_digest, kKnownDigest);
  }
  if (theirs.checksum != ours.checksum) {
    return fmt::format("its data have the checksum {}, ours {}; --data must name the same files",
                       theirs.checksum, ours.checksum);
  }
  return {};
}

std::string Remark(const Introduction& theirs, const Introduction& ours) {
  if (theirs.emulates && !ours.emulates) {
    return fmt::format("{} has no fused multiply-add and emulates it: the same bits, slowly",
                       theirs.target);
  }
  if (theirs.target != ours.target || theirs.processor != ours.processor) {
    return fmt::format("{} on {}, where rank 0 has {} on {}: the same bits, at another pace",
                       theirs.target, theirs.processor, ours.target, ours.processor);
  }
  return {};
}

std::string PlainLetter(std::string_view kind) { return JsonText({{"kind", kind}}); }

std::string HelloLetter(const Introduction& who) {
  return JsonText({{"kind", "hello"},
                   {"host", who.host},
                   {"processor", who.processor},
                   {"target", who.target},
                   {"emulates", who.emulates},
                   {"threads", who.threads},
                   {"numeric_version", who.numeric_version},
                   {"known_digest", who.known_digest},
                   {"checksum", who.checksum},
                   {"fault", who.fault}});
}

std::string RunsLetter(const std::vector<PlannedRun>& plan, std::span<const std::size_t> runs) {
  Json list = Json::array();
  for (const std::size_t run : runs) {
    list.push_back({{"run", run},
                    {"phase", plan[run].phase},
                    {"test", plan[run].test},
                    {"searched", plan[run].searched},
                    {"settings", SettingsJson(plan[run].settings)}});
  }
  return JsonText({{"kind", "runs"}, {"runs", list}});
}

std::string RecordsLetter(std::span<const FinishedRun> runs) {
  Json list = Json::array();
  // A record travels as a text within a text: who leads hands it on and need not look into it.
  for (const FinishedRun& run : runs) list.push_back({{"run", run.run}, {"record", run.record}});
  return JsonText({{"kind", "records"}, {"records", list}});
}

Letter ReadLetter(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  const JsonMember whole(json);
  Letter letter = {.kind = whole.At("kind").Text(), .hello = {}, .runs = {}, .finished = {}};
  if (letter.kind == "hello") letter.hello = ReadHello(whole);
  if (letter.kind == "runs") {
    const JsonMember list = whole.At("runs");
    for (std::size_t i = 0; i < list.size(); ++i) letter.runs.push_back(ReadRun(list.Item(i)));
  }
  if (letter.kind == "records") {
    const JsonMember list = whole.At("records");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const JsonMember each = list.Item(i);
      letter.finished.push_back(
          {.run = each.At("run").Count(), .record = each.At("record").Text()});
    }
  }
  return letter;
}

}  // namespace lanegrad
