// SPDX-License-Identifier: Apache-2.0
//
// A run that is stopped and goes on is the run that never stopped; and a file that is
// not the checkpoint of this run is refused.
#include "network/checkpoint.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "kernels/random.h"
#include "network/hash.h"
#include "network/saved_run.h"
#include "network/schedule.h"
#include "network/trainer.h"
#include "tests/moons.h"

namespace lanegrad {
namespace {

// Everything that has a memory, or depends on where a run stands.
Settings Busy(std::string_view optimizer, std::string_view schedule) {
  Settings settings;
  settings.layers = {2, 19, 8, 2};
  settings.activation = "tanh/gelu";
  settings.optimizer = optimizer;
  settings.schedule = schedule;
  settings.warmup = 0.7;
  settings.samples = 150;
  settings.validation = 40;
  settings.batch = Optimizer::Named(optimizer).info().full_batch ? 150 : 32;  // 150 % 32 != 0
  settings.epochs = settings.batch == 150 ? 12 : 4;
  settings.patience = 2;
  settings.restore_best = true;
  settings.dropout = 0.2f;
  settings.input_noise = 0.05f;
  settings.label_noise = 0.1;
  settings.clip_norm = 0.4f;
  settings.max_norm = 1.5f;
  settings.l1 = 1e-4f;
  settings.class_weights = "balanced";
  return settings;
}

struct Recorded {
  RunResult result;
  std::vector<std::string> files;  // one a save
};

Recorded Record(const Settings& settings, std::size_t every) {
  Recorded run;
  RunOptions options;
  options.save_every = every;
  options.save = [&](const Checkpoint& state) { run.files.push_back(PackCheckpoint(state)); };
  run.result = Train(settings, Moons(), options);
  return run;
}

TEST(CheckpointTest, EveryOptimizerAndScheduleGoesOnAsIfItHadNeverStopped) {
  RandomStream random(7, Stream::kData);
  std::vector<std::string> schedules;
  for (const ScheduleInfo& info : Schedules()) schedules.emplace_back(info.name);
  for (std::size_t row = 0; row < Optimizers().size(); ++row) {
    const Settings settings = Busy(Optimizers()[row].name, schedules[row % schedules.size()]);
    const Recorded whole = Record(settings, 1);
    ASSERT_GE(whole.files.size(), whole.result.steps);
    EXPECT_EQ(Train(settings, Moons()).digest, whole.result.digest) << "saving changes nothing";
    for (int time = 0; time < 5; ++time) {
      const std::size_t at = time == 0 ? whole.files.size() - 1 : random.Below(whole.files.size());
      const Checkpoint from = UnpackCheckpoint(whole.files[at], "memory");
      RunOptions options;
      options.resume = &from;
      options.threads = 1 + random.Below(3);
      const RunResult result = Train(settings, Moons(), options);
      EXPECT_EQ(result.digest, whole.result.digest)
          << settings.optimizer << ", " << settings.schedule << ", after step " << from.steps;
      EXPECT_EQ(result.test_loss, whole.result.test_loss);
      EXPECT_EQ(result.kept_epoch, whole.result.kept_epoch);
      EXPECT_EQ(result.steps, whole.result.steps);
    }
  }
}

TEST(CheckpointTest, ThreadsMayChangeWhileARunIsStopped) {
  Settings settings = Busy("adam", "cosine");
  settings.layers = {2, 600, 600, 2};  // so wide that all threads work
  settings.epochs = 1;
  settings.batch = 100;
  std::vector<Checkpoint> saved;
  RunOptions options;
  options.threads = 3;
  options.save_every = 1;
  options.save = [&](const Checkpoint& state) { saved.push_back(state); };
  const RunResult whole = Train(settings, Moons(), options);
  ASSERT_EQ(whole.threads, 3u);
  for (const std::size_t threads : {1u, 2u, 5u}) {
    RunOptions again;
    again.threads = threads;
    again.resume = &saved.front();
    const RunResult result = Train(settings, Moons(), again);
    EXPECT_EQ(result.threads, threads);
    EXPECT_EQ(result.digest, whole.digest);
  }
}

TEST(CheckpointTest, ARunThatIsInterruptedInEveryStepComesToTheSameEnd) {
  const Settings settings = Busy("nadam", "on_plateau");
  const std::string digest = Train(settings, Moons()).digest;
  const std::atomic<bool> stop{true};
  Checkpoint state;
  RunOptions options;
  options.stop = &stop;
  options.save = [&](const Checkpoint& saved) { state = saved; };
  RunResult result = Train(settings, Moons(), options);
  std::size_t sessions = 1;
  for (; result.status == Status::kInterrupted && sessions < 100; ++sessions) {
    EXPECT_EQ(result.steps, sessions);
    const Checkpoint from = UnpackCheckpoint(PackCheckpoint(state), "memory");
    options.resume = &from;
    result = Train(settings, Moons(), options);
  }
  EXPECT_GT(sessions, 5u);
  EXPECT_EQ(result.digest, digest);
}

TEST(CheckpointTest, ADivergedRunStaysWhatItIs) {
  Settings settings = Busy("sgd", "constant");
  settings.clip_norm = settings.max_norm = 0.0f;
  settings.activation = "relu";
  settings.warmup = 0.0;
  settings.rate = 1e20f;
  const Recorded whole = Record(settings, 1);
  ASSERT_EQ(whole.result.status, Status::kDiverged);
  const Checkpoint from = UnpackCheckpoint(whole.files.back(), "memory");
  RunOptions options;
  options.resume = &from;
  const RunResult result = Train(settings, Moons(), options);
  EXPECT_EQ(result.digest, whole.result.digest);
  EXPECT_EQ(result.bad_step, whole.result.bad_step);
}

std::string Refusal(std::string_view bytes) {
  try {
    UnpackCheckpoint(bytes, "F");
  } catch (const DataError& error) {
    return error.what();
  }
  return "accepted";
}

std::string SmallFile() {
  Settings settings;
  settings.layers = {2, 2, 2};
  settings.samples = 40;
  settings.epochs = 1;
  return Record(settings, 1).files.front();
}

TEST(CheckpointTest, EveryChangedBitAndEveryTruncationIsRefused) {
  const std::string file = SmallFile();
  ASSERT_EQ(Refusal(file), "accepted");
  for (std::size_t i = 0; i < file.size(); ++i) {
    for (const int bit : {0, 3, 7}) {
      std::string changed = file;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      ASSERT_NE(Refusal(changed), "accepted") << "byte " << i;
    }
    ASSERT_NE(Refusal(file.substr(0, i)), "accepted") << i << " bytes";
  }
  EXPECT_NE(Refusal(file + "x"), "accepted");
}

TEST(CheckpointTest, ARefusalSaysWhatIsWrong) {
  const std::string file = SmallFile();
  EXPECT_EQ(Refusal(""), "F: empty, not a checkpoint");
  EXPECT_EQ(Refusal("PK\x03\x04 and so on"),
            "F: not a checkpoint of lanegrad: must begin with 'lanegrad checkpoint 1'");
  EXPECT_EQ(Refusal("lanegrad checkpoint 2\nwhatever"),
            "F: a checkpoint of format 2; this program reads format 1");
  EXPECT_EQ(Refusal(file.substr(0, 100)),
            "F: truncated: 100 bytes of " + std::to_string(file.size()));
  std::string changed = file;
  changed[file.size() / 2] ^= 1;
  EXPECT_EQ(Refusal(changed), "F: damaged: its checksum does not agree with its " +
                                  std::to_string(file.size()) + " bytes");
  // A checksum that agrees does not make a checkpoint.
  std::string foreign = file.substr(0, 30) + std::string(50, '\xff');
  const std::uint64_t length = foreign.size() + 32;
  foreign.replace(22, 8, reinterpret_cast<const char*>(&length), 8);
  EXPECT_EQ(Refusal(foreign + Hash128(foreign)),
            "F: its checksum agrees but its parts do not: not a checkpoint that lanegrad wrote");
}

template <class Error>
std::string ResumeRefusal(const Settings& settings, const Dataset& data, const Checkpoint& from) {
  RunOptions options;
  options.resume = &from;
  try {
    Train(settings, data, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(CheckpointTest, AnotherRunsCheckpointIsRefusedWithWhatDiffers) {
  const Settings settings = Busy("adam", "cosine");
  const Checkpoint from = UnpackCheckpoint(Record(settings, 3).files.front(), "F");
  Settings other = settings;
  other.rate = 0.5f;
  other.seed = 9;
  EXPECT_EQ(ResumeRefusal<UsageError>(other, Moons(), from),
            "F: of a run with other settings: rate 0.001, not 0.5, seed 1, not 9");
  Dataset changed = Moons();
  changed.checksum = "0123";
  EXPECT_NE(ResumeRefusal<DataError>(settings, changed, from).find("F: of a run on moons"),
            std::string::npos);
  Checkpoint old = from;
  old.numeric_version = 1;
  EXPECT_NE(ResumeRefusal<DataError>(settings, Moons(), old).find("numeric specification 1"),
            std::string::npos);
  for (void (*spoil)(Checkpoint&) :
       {+[](Checkpoint& c) { c.numbers.pop_back(); }, +[](Checkpoint& c) { ++c.place; },
        +[](Checkpoint& c) { c.losses.push_back(1.0); }, +[](Checkpoint& c) { c.correct = 1000; },
        +[](Checkpoint& c) { c.best.push_back(1.0f); },
        +[](Checkpoint& c) { c.epochs.resize(99); }}) {
    Checkpoint spoilt = from;
    spoil(spoilt);
    EXPECT_EQ(ResumeRefusal<DataError>(settings, Moons(), spoilt),
              "F: its parts are not those of a run with its own settings");
  }
  Checkpoint unknown = from;
  unknown.settings += "colour=red\n";
  EXPECT_THROW(SettingsOf(unknown), DataError);
}

TEST(CheckpointTest, ItsSettingsAreThoseOfTheRun) {
  const Settings settings = Resolve(Busy("lion", "step:0.5"), Moons()).settings;
  const Checkpoint from = UnpackCheckpoint(Record(settings, 0).files.front(), "F");
  EXPECT_EQ(RunKey(Resolve(SettingsOf(from), Moons()).settings, Moons()),
            RunKey(settings, Moons()));
}

TEST(CheckpointTest, AFailedSaveEndsTheRunAndReachesTheCaller) {
  Settings settings = Busy("adam", "cosine");
  settings.layers = {2, 600, 600, 2};
  settings.batch = 100;
  RunOptions options;
  options.threads = 3;
  options.save_every = 1;
  options.save = [](const Checkpoint&) { throw std::runtime_error("disk full"); };
  EXPECT_THROW(Train(settings, Moons(), options), std::runtime_error);
}

}  // namespace
}  // namespace lanegrad
