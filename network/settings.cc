// SPDX-License-Identifier: Apache-2.0
#include "network/settings.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "kernels/activation.h"
#include "kernels/catalogue.h"
#include "kernels/loss.h"
#include "kernels/optimizer.h"
#include "network/hash.h"
#include "network/initializer.h"
#include "network/network.h"
#include "network/schedule.h"

namespace lanegrad {
namespace {

using Kind = SettingsField::Kind;

// Reads the whole of `text` as a number, or says what was expected of `name`.
template <class T>
T Number(std::string_view name, std::string_view text, T least, T most, std::string_view what) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value >= least) ||
      !(value <= most)) {
    throw UsageError(fmt::format("{} must be {}, not '{}'", name, what, text));
  }
  return value;
}

constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();

std::size_t Count(std::string_view name, std::string_view text, std::size_t least = 0) {
  return Number<std::size_t>(name, text, least, kMost,
                             fmt::format("a whole number of at least {}", least));
}

std::vector<std::size_t> Sizes(std::string_view text) {
  std::vector<std::size_t> sizes;
  for (std::size_t begin = 0, dash = 0; dash != text.npos; begin = dash + 1) {
    dash = text.find('-', begin);
    sizes.push_back(Number<std::size_t>("layers", text.substr(begin, dash - begin), 1, 1u << 20,
                                        "sizes joined by dashes, like 784-128-10"));
  }
  if (sizes.size() == 1) {
    throw UsageError("layers must name at least inputs and outputs, like 784-10");
  }
  return sizes;
}

// A name in a catalogue, or "auto".
template <class Handle>
std::string Known(std::string_view name) {
  if (name == "auto") return "auto";
  if constexpr (requires(Handle handle) { handle.spelled(); }) {
    return Handle::Named(name).spelled();
  } else {
    return std::string(Handle::Named(name).info().name);
  }
}

// The names of a catalogue.
template <class Info, std::span<const Info> (*catalogue)()>
std::vector<std::string_view> Names() {
  std::vector<std::string_view> names;
  for (const Info& info : catalogue()) names.push_back(info.name);
  return names;
}

// The output activations that a loss makes sense of, quoted.
std::vector<std::string> AcceptedBy(Loss loss) {
  std::vector<std::string> names;
  for (const ActivationInfo& info : Activations()) {
    if (loss.Accepts(Activation::Named(info.name))) names.push_back(fmt::format("'{}'", info.name));
  }
  return names;
}

constexpr float kMostFloat = std::numeric_limits<float>::max();

float NumberOrAuto(std::string_view name, std::string_view text, bool may_be_auto = true) {
  if (may_be_auto && text == "auto") return kAuto;
  return Number<float>(name, text, 0.0f, kMostFloat,
                       may_be_auto ? "a number of at least 0, or auto" : "a number of at least 0");
}
// Below 1: what keeps all of itself never learns.
float ShareOrAuto(std::string_view name, std::string_view text) {
  if (text == "auto") return kAuto;
  return Number<float>(name, text, 0.0f, 0x1.fffffep-1f, "a number from 0 to below 1, or auto");
}
std::string TextOrAuto(float value) {
  return std::isnan(value) ? "auto" : fmt::format("{}", value);
}

constexpr SettingsField kFields[] = {
    {"layers", "sizes of inputs, hidden layers, outputs (default: inputs-128-classes)", Kind::kText,
     [](Settings& s, std::string_view t) { s.layers = Sizes(t); },
     [](const Settings& s) { return fmt::format("{}", fmt::join(s.layers, "-")); }},
    {"activation", "activation of the hidden layers", Kind::kText,
     [](Settings& s, std::string_view t) { s.activation = Activation::Named(t).spelled(); },
     [](const Settings& s) { return s.activation; }, &Names<ActivationInfo, &Activations>},
    {"output-activation", "activation of the last layer, or auto: what is usual with the loss",
     Kind::kText, [](Settings& s, std::string_view t) { s.output = Known<Output>(t); },
     [](const Settings& s) { return s.output; }, &OutputNames},
    {"loss", "loss to minimise", Kind::kText,
     [](Settings& s, std::string_view t) { s.loss = Loss::Named(t).spelled(); },
     [](const Settings& s) { return s.loss; }, &Names<LossInfo, &Losses>},
    {"optimizer", "optimizer", Kind::kText,
     [](Settings& s, std::string_view t) { s.optimizer = Optimizer::Named(t).info().name; },
     [](const Settings& s) { return s.optimizer; }, &Names<OptimizerInfo, &Optimizers>},
    {"rate", "learning rate, or auto: what is usual with the optimizer", Kind::kReal,
     [](Settings& s, std::string_view t) { s.rate = NumberOrAuto("rate", t); },
     [](const Settings& s) { return TextOrAuto(s.rate); }},
    {"schedule", "how the rate changes", Kind::kText,
     [](Settings& s, std::string_view t) { s.schedule = Schedule::Named(t).spelled(); },
     [](const Settings& s) { return s.schedule; }, &Names<ScheduleInfo, &Schedules>},
    {"warmup", "epochs in which the rate rises from zero", Kind::kReal,
     [](Settings& s, std::string_view t) {
       s.warmup = Number<double>("warmup", t, 0.0, 1e9, "a number of at least 0");
     },
     [](const Settings& s) { return fmt::format("{}", s.warmup); }},
    {"momentum", "momentum (mu, beta_1), or auto", Kind::kReal,
     [](Settings& s, std::string_view t) { s.momentum = ShareOrAuto("momentum", t); },
     [](const Settings& s) { return TextOrAuto(s.momentum); }},
    {"decay", "share that a mean of squares keeps (rho, beta_2), or auto", Kind::kReal,
     [](Settings& s, std::string_view t) { s.decay = ShareOrAuto("decay", t); },
     [](const Settings& s) { return TextOrAuto(s.decay); }},
    {"epsilon", "number added to denominators, or auto", Kind::kReal,
     [](Settings& s, std::string_view t) { s.epsilon = NumberOrAuto("epsilon", t); },
     [](const Settings& s) { return TextOrAuto(s.epsilon); }},
    {"clip", "cut each element of a gradient at plus and minus this (0: never)", Kind::kReal,
     [](Settings& s, std::string_view t) { s.clip = NumberOrAuto("clip", t, false); },
     [](const Settings& s) { return fmt::format("{}", s.clip); }},
    {"l1", "weight of the sum of |w| in the loss", Kind::kReal,
     [](Settings& s, std::string_view t) { s.l1 = NumberOrAuto("l1", t, false); },
     [](const Settings& s) { return fmt::format("{}", s.l1); }},
    {"l2", "weight of half the sum of w^2 in the loss", Kind::kReal,
     [](Settings& s, std::string_view t) { s.l2 = NumberOrAuto("l2", t, false); },
     [](const Settings& s) { return fmt::format("{}", s.l2); }},
    {"weight-decay", "share of a weight, times the rate, lost each step: adamw, lion", Kind::kReal,
     [](Settings& s, std::string_view t) { s.shrink = NumberOrAuto("weight-decay", t, false); },
     [](const Settings& s) { return fmt::format("{}", s.shrink); }},
    {"initializer", "initial weights, or auto: what suits the activation", Kind::kText,
     [](Settings& s, std::string_view t) { s.initializer = Known<Initializer>(t); },
     [](const Settings& s) { return s.initializer; }, &Names<InitializerInfo, &Initializers>},
    {"batch", "samples a step", Kind::kInteger,
     [](Settings& s, std::string_view t) { s.batch = Count("batch", t, 1); },
     [](const Settings& s) { return fmt::format("{}", s.batch); }},
    {"epochs", "most passes over the training data", Kind::kInteger,
     [](Settings& s, std::string_view t) { s.epochs = Count("epochs", t, 1); },
     [](const Settings& s) { return fmt::format("{}", s.epochs); }},
    {"seed", "seed of initial weights and of the order of samples", Kind::kInteger,
     [](Settings& s, std::string_view t) {
       s.seed = Number<std::uint64_t>("seed", t, 0, std::numeric_limits<std::uint64_t>::max(),
                                      "a whole number of at least 0");
     },
     [](const Settings& s) { return fmt::format("{}", s.seed); }},
    {"samples", "training samples to use (0: all that are not held out)", Kind::kInteger,
     [](Settings& s, std::string_view t) { s.samples = Count("samples", t); },
     [](const Settings& s) { return fmt::format("{}", s.samples); }},
    {"validation", "training samples held out, to choose settings by", Kind::kInteger,
     [](Settings& s, std::string_view t) { s.validation = Count("validation", t); },
     [](const Settings& s) { return fmt::format("{}", s.validation); }},
    {"stop-loss", "stop when an epoch's training loss is at most this (0: never)", Kind::kReal,
     [](Settings& s, std::string_view t) {
       s.stop_loss = Number<double>("stop-loss", t, 0.0, 1e300, "a number of at least 0");
     },
     [](const Settings& s) { return fmt::format("{}", s.stop_loss); }},
    {"stop-accuracy", "stop when validation accuracy is at least this (0: never)", Kind::kReal,
     [](Settings& s, std::string_view t) {
       s.stop_accuracy = Number<double>("stop-accuracy", t, 0.0, 1.0, "a number from 0 to 1");
     },
     [](const Settings& s) { return fmt::format("{}", s.stop_accuracy); }},
    {"dropout", "share of hidden units left out of each step", Kind::kReal,
     [](Settings& s, std::string_view t) {
       s.dropout = Number<float>("dropout", t, 0.0f, 0.999f, "a number from 0 to 0.999");
     },
     [](const Settings& s) { return fmt::format("{}", s.dropout); }},
    {"patience", "stop after so many epochs without a smaller loss (0: never)", Kind::kInteger,
     [](Settings& s, std::string_view t) { s.patience = Count("patience", t); },
     [](const Settings& s) { return fmt::format("{}", s.patience); }},
    {"input-noise", "deviation of normal noise added to training inputs", Kind::kReal,
     [](Settings& s, std::string_view t) { s.input_noise = NumberOrAuto("input-noise", t, false); },
     [](const Settings& s) { return fmt::format("{}", s.input_noise); }},
    {"label-noise", "share of training labels replaced by another", Kind::kReal,
     [](Settings& s, std::string_view t) {
       s.label_noise = Number<double>("label-noise", t, 0.0, 1.0, "a number from 0 to 1");
     },
     [](const Settings& s) { return fmt::format("{}", s.label_noise); }},
};

}  // namespace

std::span<const SettingsField> SettingsFields() { return kFields; }

const SettingsField& FieldNamed(std::string_view name) {
  return kFields[RowNamed("setting", SettingsFields(), name)];
}

Settings Resolve(Settings s, const Dataset& data) {
  if (s.layers.empty()) s.layers = {data.train.features, 128, data.classes};
  const LossInfo& loss = Loss::Named(s.loss).info();
  if (s.output == "auto") s.output = loss.output;
  if (s.initializer == "auto") s.initializer = Activation::Named(s.activation).info().initializer;

  const OptimizerInfo& optimizer = Optimizer::Named(s.optimizer).info();
  if (std::isnan(s.rate)) s.rate = optimizer.rate;
  if (std::isnan(s.momentum)) s.momentum = optimizer.momentum;
  if (std::isnan(s.decay)) s.decay = optimizer.decay;
  if (std::isnan(s.epsilon)) s.epsilon = optimizer.epsilon;

  if (s.layers.front() != data.train.features) {
    throw UsageError(fmt::format("layers must begin with {}, the features of {}, not with {}",
                                 data.train.features, data.name, s.layers.front()));
  }
  const std::size_t outputs = s.layers.back();
  if (outputs < data.classes && !(outputs == 1 && data.classes == 2)) {
    throw UsageError(fmt::format("layers must end with {}, the classes of {}, not with {}",
                                 data.classes, data.name, outputs));
  }
  if (!Accepts(Loss::Named(s.loss), Output::Named(s.output))) {
    throw UsageError(
        loss.outputs == Outputs::kLogits
            ? fmt::format("loss '{}' contains the output activation: output-activation must be "
                          "'identity', not '{}'",
                          s.loss, s.output)
            : fmt::format("loss '{}' needs outputs that reach from -1 to 1: output-activation may "
                          "be {}, not '{}'",
                          s.loss, fmt::join(AcceptedBy(Loss::Named(s.loss)), ", "), s.output));
  }
  if (outputs < 2 && Output::Named(s.output).head) {
    throw UsageError(fmt::format(
        "output-activation '{}' needs at least 2 outputs; with 1, use 'sigmoid'", s.output));
  }
  if (outputs < loss.least_outputs) {
    throw UsageError(
        fmt::format("loss '{}' needs at least {} outputs; with {}, use "
                    "'binary_cross_entropy' or 'mse'",
                    s.loss, loss.least_outputs, outputs));
  }
  if (s.validation >= data.train.count) {
    throw UsageError(fmt::format("validation must leave some of the {} training samples, not {}",
                                 data.train.count, s.validation));
  }
  const std::size_t left = data.train.count - s.validation;
  if (s.samples == 0) s.samples = left;
  if (s.samples > left) {
    throw UsageError(fmt::format("samples must be at most {} ({} less {} held out), not {}", left,
                                 data.train.count, s.validation, s.samples));
  }
  // The places of samples in a batch have 20 bits in the streams of dropout.
  if (s.dropout > 0.0f && s.batch > (1u << 20)) {
    throw UsageError(
        fmt::format("with dropout, batch must be at most {}, not {}", 1u << 20, s.batch));
  }
  if (optimizer.full_batch && s.batch < s.samples) {
    throw UsageError(fmt::format("optimizer '{}' needs whole gradients: batch must be {}, not {}",
                                 s.optimizer, s.samples, s.batch));
  }
  if (s.shrink > 0.0f && s.optimizer != "adamw" && s.optimizer != "lion") {
    throw UsageError(
        fmt::format("weight-decay is for 'adamw' and 'lion'; with '{}', --l2 {} does what it says",
                    s.optimizer, s.shrink));
  }
  if (s.stop_accuracy > 0.0 && s.validation == 0) {
    throw UsageError("stop-accuracy needs validation samples: add --validation N");
  }
  return s;
}

std::string Canonical(const Settings& settings) {
  static const Settings kDefaults;
  std::string text;
  for (const SettingsField& field : kFields) {
    if (field.get(settings) == field.get(kDefaults)) continue;
    text.append(field.name).append("=").append(field.get(settings)).append("\n");
  }
  return text;
}

std::string RunKey(const Settings& settings, const Dataset& data) {
  return Hash128(
      fmt::format("numeric={}\ndata={}\n{}", kNumericVersion, data.checksum, Canonical(settings)));
}

}  // namespace lanegrad
