// SPDX-License-Identifier: Apache-2.0
//
// Our training beside that of C++ libraries, one thread, in one process and in turn: the
// article's network of sigmoids and mean squared error by plain gradient descent, from the same
// weights, on the same samples in the same order. Whether all of them learn the same is looked
// at first, step by step.
#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>

#include "bench/peers/modules.h"
#include "bench/peers/training_peer.h"
#include "bench/slices.h"
#include "experiments/cli/command_line.h"
#include "experiments/records/disk.h"
#include "experiments/records/provenance.h"
#include "experiments/statistics/statistics.h"
#include "kernels/random.h"
#include "network/idx.h"
#include "network/stopwatch.h"
#include "network/training_pass.h"

namespace lanegrad {
namespace {

constexpr float kRate = 0.5f;
constexpr std::size_t kCheckedSteps = 200;

struct Shape {
  const char* layers;
  std::size_t batch, count;  // samples a round, a multiple of the batch
};
constexpr Shape kShapes[] = {{"784-30-10", 10, 5000},
                             {"784-128-10", 32, 3200},
                             {"784-128-10", 128, 3840},
                             {"784-512-512-10", 128, 1280}};

// Those that are beside the program.
std::vector<const TrainingPeer*> LoadTrainingPeers() {
  std::vector<const TrainingPeer*> peers;
  const auto directory =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / "peer_networks";
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(directory, none)) {
    void* module = ::dlopen(entry.path().c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr) {
      fmt::print(stderr, "training_peers: {}\n", ::dlerror());
      continue;
    }
    peers.push_back(
        reinterpret_cast<const TrainingPeer* (*)()>(::dlsym(module, "LanegradTrainingPeer"))());
  }
  std::sort(peers.begin(), peers.end(), [](const TrainingPeer* a, const TrainingPeer* b) {
    return std::string_view(a->name) < b->name;
  });
  return peers;
}

// Ours, step by step in the order of an epoch of its own.
struct Ours {
  ResolvedSettings resolved;
  std::vector<std::uint32_t> chosen;
  EpochHistory history;
  Network network;
  TrainingPass pass;
  std::size_t steps = 0;

  Ours(const Settings& settings, const Dataset& data, std::size_t count)
      : resolved(Resolve(settings, data)),
        chosen(count),
        history(resolved.settings, resolved.schedule),
        network(resolved.settings.layers, resolved.activations, resolved.output),
        pass(Ready(), data, chosen, history, network, 1) {}

  // What must be there before the pass is made.
  const ResolvedSettings& Ready() {
    std::iota(chosen.begin(), chosen.end(), 0u);
    network.Initialize(resolved.initializers, resolved.settings.seed);
    network.Prepare(resolved.optimizer);
    return resolved;
  }
  void Train() {
    Stopwatch none(false);
    pass.Begin(0, {}, 0);
    for (std::size_t first = 0; first < pass.size(); first += pass.step_size()) {
      pass.Step(Member(), {first, first + pass.step_size()}, steps++, none);
    }
  }
};

// The order in which ours takes the samples.
std::vector<std::uint32_t> OrderOf(const Settings& settings, std::size_t count) {
  std::vector<std::uint32_t> order(count);
  Permutation(RandomStream(settings.seed, Stream::kShuffle, 0), order.data(), count);
  return order;
}

// Samples as plain rows of numbers, and their targets.
struct PlainSamples {
  std::vector<float> x, y;
  std::size_t inputs, outputs;
  PlainSamples(const Dataset& data, std::size_t count)
      : inputs(data.train.features), outputs(data.classes) {
    for (std::size_t i = 0; i < count * inputs; ++i) {
      x.push_back(static_cast<float>(data.train.bytes[i]) / 255.0f);
    }
    y.resize(count * outputs);
    for (std::size_t i = 0; i < count; ++i) y[i * outputs + data.train.labels[i]] = 1.0f;
  }
};

// A network of a peer, with the weights that ours begins with.
class Theirs {
 public:
  Theirs(const TrainingPeer& peer, const Network& from, const PlainSamples& samples,
         std::size_t count)
      : peer_(peer) {
    std::vector<std::size_t> sizes = {from.inputs()};
    std::vector<std::vector<float>> numbers;
    for (const Layer& layer : from.layers()) {
      sizes.push_back(layer.out());
      std::vector<float> weights;
      for (std::size_t i = 0; i < layer.in() * layer.out(); ++i) {
        weights.push_back(layer.weights(i / layer.out(), i % layer.out()));
      }
      numbers.push_back(std::move(weights));
      numbers.emplace_back(layer.bias.data(), layer.bias.data() + layer.out());
    }
    std::vector<const float*> weights, biases;
    for (std::size_t l = 0; l < numbers.size(); l += 2) {
      weights.push_back(numbers[l].data());
      biases.push_back(numbers[l + 1].data());
    }
    network_ = peer.make({sizes.data(), from.layers().size(), weights.data(), biases.data()});
    if (network_ == nullptr) throw std::runtime_error(std::string(peer.name) + ": no network");
    peer.load(network_, count, samples.x.data(), samples.y.data());
  }
  ~Theirs() { peer_.destroy(network_); }
  Theirs(const Theirs&) = delete;
  Theirs& operator=(const Theirs&) = delete;

  void Train(std::span<const std::uint32_t> order, std::size_t batch) {
    peer_.train(network_, order.data(), order.size(), batch, kRate);
  }
  // Mean over samples and outputs of the squared error.
  double Loss(const PlainSamples& samples, std::span<const std::uint32_t> order) {
    std::vector<float> a(samples.outputs);
    double sum = 0.0;
    for (const std::uint32_t sample : order) {
      peer_.predict(network_, &samples.x[sample * samples.inputs], a.data());
      for (std::size_t j = 0; j < samples.outputs; ++j) {
        const double error = static_cast<double>(a[j]) -
                             static_cast<double>(samples.y[sample * samples.outputs + j]);
        sum += error * error;
      }
    }
    return sum / static_cast<double>(order.size() * samples.outputs);
  }

 private:
  const TrainingPeer& peer_;
  void* network_;
};

// The largest difference of a step's loss, each before its step, relative to ours.
double LargestDifference(Theirs& theirs, const PlainSamples& samples,
                         std::span<const std::uint32_t> order, std::size_t batch,
                         const std::vector<double>& losses) {
  double largest = 0.0;
  const std::size_t steps = std::min(kCheckedSteps, order.size() / batch);
  for (std::size_t step = 0; step < steps; ++step) {
    const auto some = order.subspan(step * batch, batch);
    const double ours =
        Mean(std::vector<double>(losses.begin() + static_cast<std::ptrdiff_t>(step * batch),
                                 losses.begin() + static_cast<std::ptrdiff_t>((step + 1) * batch)));
    largest = std::max(largest, std::fabs(theirs.Loss(samples, some) - ours) / ours);
    theirs.Train(some, batch);
  }
  return largest;
}

Json MeasureShape(const Shape& shape, const Dataset& data,
                  const std::vector<const TrainingPeer*>& peers, std::size_t rounds) {
  Settings settings;
  FieldNamed("layers").set(settings, shape.layers);
  settings.activation = "sigmoid";
  settings.output = "sigmoid";
  settings.loss = "mse";
  settings.batch = shape.batch;
  settings.rate = kRate;
  const PlainSamples samples(data, shape.count);
  const std::vector<std::uint32_t> order = OrderOf(settings, shape.count);
  Ours ours(settings, data, shape.count);
  std::vector<std::unique_ptr<Theirs>> theirs;
  Json differences = Json::object(), paces = Json::object();
  for (const TrainingPeer* peer : peers) {
    theirs.push_back(std::make_unique<Theirs>(*peer, ours.network, samples, shape.count));
  }
  ours.Train();
  const std::vector<double> losses = ours.pass.SavedLosses(shape.count);
  for (std::size_t i = 0; i < peers.size(); ++i) {
    differences[peers[i]->name] =
        LargestDifference(*theirs[i], samples, order, shape.batch, losses);
  }
  std::map<std::string, std::vector<double>> seen;
  const auto time = [&](const std::string& name, const auto& train) {
    const double begin = ProcessorSeconds();
    train();
    seen[name].push_back(static_cast<double>(shape.count) / (ProcessorSeconds() - begin));
  };
  for (std::size_t round = 0; round < rounds; ++round) {
    time("lanegrad", [&] { ours.Train(); });
    for (std::size_t i = 0; i < peers.size(); ++i) {
      time(peers[i]->name, [&] { theirs[i]->Train(order, shape.batch); });
    }
  }
  for (auto& [name, values] : seen) paces[name] = Median(values);
  return {{"layers", shape.layers},      {"batch", shape.batch},           {"samples", shape.count},
          {"samples_per_second", paces}, {"loss_difference", differences}, {"loss", Mean(losses)}};
}

int Measure(const std::string& directory, std::size_t rounds, const std::string& output) {
  const Dataset data = ReadIdxDirectory(directory);
  const std::vector<const TrainingPeer*> peers = LoadTrainingPeers();
  Json record = {{"schema", 1},      {"program", "training_peers"},    {"provenance", Provenance()},
                 {"rounds", rounds}, {"checked_steps", kCheckedSteps}, {"rows", Json::array()}};
  for (const Shape& shape : kShapes) {
    record["rows"].push_back(MeasureShape(shape, data, peers, rounds));
    const Json& row = record["rows"].back();
    fmt::print("{}, batch {}\n", shape.layers, shape.batch);
    for (const auto& [name, pace] : row["samples_per_second"].items()) {
      fmt::print("  {:<20} {:>10.0f} samples/s", name, pace.get<double>());
      if (row["loss_difference"].contains(name)) {
        fmt::print("   losses of steps differ by {:.1e} at most",
                   row["loss_difference"][name].get<double>());
      }
      fmt::print("\n");
    }
    std::fflush(stdout);
  }
  if (!output.empty()) {
    WriteFileAtomically(output, JsonText(record, 1) + "\n",
                        {.flag = "--output FILE", .kept = false});
  }
  return kDone;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  StartWithOneThreadEach(argv);
  std::string output, data = kFashionMnistDirectory;
  std::size_t rounds = 5;
  CommandLine line("training_peers", "Times our training beside other C++ libraries', in turn.");
  line.Option("--output", output, "file for the record, as JSON");
  line.Option("--data", data, "a directory of IDX files");
  line.Count("--rounds", rounds, {.min = 1, .max = 1000}, "how often each trains");
  return line.Run(argc, argv, [&] { return Measure(data, rounds, output); });
}
