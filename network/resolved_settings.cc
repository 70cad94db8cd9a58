// SPDX-License-Identifier: Apache-2.0
#include "network/resolved_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "network/folds.h"
#include "network/initial_weights.h"
#include "network/setting_text.h"

namespace lanegrad {
namespace {

// The handles that `text` names, `count` of them: one name stands for all.
template <class Handle>
std::vector<Handle> HandlesOf(std::string_view text, std::size_t count) {
  const std::vector<std::string> names = Pieces(text);
  std::vector<Handle> handles;
  for (std::size_t i = 0; i < count; ++i) {
    handles.push_back(Handle::Named(names[names.size() == 1 ? 0 : i]));
  }
  return handles;
}

// One value for all of `count` layers, or one each.
std::vector<std::string> OnePerLayer(std::string_view name, const std::string& text,
                                     std::size_t count, std::string_view which, const Settings& s) {
  std::vector<std::string> pieces = Pieces(text);
  if (pieces.size() == 1) return std::vector<std::string>(std::max<std::size_t>(count, 1), text);
  if (pieces.size() != count) {
    throw UsageError(fmt::format("{} must be one name, or {}: one for each {} of {}, not '{}'",
                                 name, count, which, fmt::join(s.layers, "-"), text));
  }
  return pieces;
}

// What each layer has for its activation and for its initial weights. The outputs'
// weights are drawn as those of the last hidden layer.
void ResolveLayers(Settings& s) {
  const std::size_t hidden = s.layers.size() - 2;
  const auto activations = OnePerLayer("activation", s.activation, hidden, "hidden layer", s);
  auto initializers = OnePerLayer("initializer", s.initializer, hidden + 1, "layer", s);
  for (std::size_t l = 0; l < initializers.size(); ++l) {
    if (initializers[l] != "auto") continue;
    const std::string& activation = activations[std::min(l, activations.size() - 1)];
    initializers[l] = Activation::Named(activation).info().initializer;
  }
  s.activation = Joined(activations);
  s.initializer = Joined(initializers);
}

// The rate where none is given. A single output, which is what a regression has, goes by the sum of
// all hidden units: with a hundred of them and squared errors the slope of the loss is so steep
// that the usual step is too long. A step that does not go by the size of the slope is as good
// there.
float UsualRate(const OptimizerInfo& optimizer, bool regression) {
  const StepReads& reads = optimizer.reads;
  const bool by_size = reads.clip && !reads.epsilon && !reads.beta2;
  if (!regression || !by_size) return optimizer.rate;
  // A tenth, in few decimals.
  return static_cast<float>(std::round(1e5 * static_cast<double>(optimizer.rate)) / 1e6);
}

void ResolveNumbers(Settings& s, const OptimizerInfo& optimizer, bool regression) {
  if (std::isnan(s.rate)) s.rate = UsualRate(optimizer, regression);
  if (std::isnan(s.momentum)) s.momentum = optimizer.beta1;
  if (std::isnan(s.decay)) s.decay = optimizer.beta2;
  if (std::isnan(s.epsilon)) s.epsilon = optimizer.epsilon;
}

void CheckEnds(const Settings& s, const Dataset& data) {
  if (s.layers.front() != data.train.features) {
    throw UsageError(fmt::format("layers must begin with {}, the features of {}, not with {}",
                                 data.train.features, data.name, s.layers.front()));
  }
  const std::size_t outputs = s.layers.back();
  if (data.regression()) {
    if (outputs == 1) return;
    throw UsageError(fmt::format("layers must end with 1, for the number '{}' of {}, not with {}",
                                 data.target, data.name, outputs));
  }
  if (outputs < data.classes && !(outputs == 1 && data.classes == 2)) {
    throw UsageError(fmt::format("layers must end with {}, the classes of {}, not with {}",
                                 data.classes, data.name, outputs));
  }
}

// The output activations that a loss makes sense of, quoted.
std::vector<std::string> AcceptedBy(Loss loss) {
  std::vector<std::string> names;
  for (const ActivationInfo& info : Activations()) {
    if (loss.Accepts(Activation::Named(info.name))) names.push_back(fmt::format("'{}'", info.name));
  }
  return names;
}

void CheckLoss(const Settings& s, Loss loss, const Output& output) {
  if (!Accepts(loss, output)) {
    throw UsageError(
        loss.info().outputs == Outputs::kLogits
            ? fmt::format("loss '{}' contains the output activation: output-activation must be "
                          "'identity', not '{}'",
                          s.loss, s.output)
            : fmt::format("loss '{}' needs outputs that reach from -1 to 1: output-activation may "
                          "be {}, not '{}'",
                          s.loss, fmt::join(AcceptedBy(loss), ", "), s.output));
  }
  const std::size_t outputs = s.layers.back();
  if (outputs < 2 && output.head) {
    throw UsageError(fmt::format(
        "output-activation '{}' needs at least 2 outputs; with 1, use 'sigmoid'", s.output));
  }
  if (outputs < loss.info().min_outputs) {
    throw UsageError(
        fmt::format("loss '{}' needs at least {} outputs; with {}, use "
                    "'binary_cross_entropy' or 'mse'",
                    s.loss, loss.info().min_outputs, outputs));
  }
}

// The losses that make sense of any numbers as targets, quoted.
std::vector<std::string> RegressionLosses() {
  std::vector<std::string> names;
  for (const LossInfo& info : Losses()) {
    if (info.outputs == Outputs::kAny) names.push_back(fmt::format("'{}'", info.name));
  }
  return names;
}

void CheckTask(const Settings& s, const Dataset& data, Loss loss) {
  if (!data.regression()) {
    if (s.target_scale == Settings().target_scale) return;
    throw UsageError(
        fmt::format("target-scale is for targets that are numbers; {} has classes", data.name));
  }
  if (loss.info().outputs != Outputs::kAny) {
    throw UsageError(fmt::format("loss '{}' is none for numbers, which '{}' of {} is: use {}",
                                 s.loss, data.target, data.name,
                                 fmt::join(RegressionLosses(), ", ")));
  }
}

void ResolveSamples(Settings& s, const Dataset& data) {
  if (s.epochs == 0 && !IsImported(s.initializer)) {
    throw UsageError("epochs must be a whole number of at least 1, not 0: nothing is learned yet");
  }
  const Fold fold = ReadFold(s.fold);
  if (fold.of > data.train.count) {
    throw UsageError(fmt::format("folds must be at most {}, the training samples of {}, not {}",
                                 data.train.count, data.name, fold.of));
  }
  const std::size_t own = data.validation.count;
  if (own > 0) {
    if (s.validation != 0 && s.validation != own) {
      throw UsageError(fmt::format(
          "validation must be left out, or {}: {} has so many validation samples of its own", own,
          data.name));
    }
    s.validation = own;
  }
  const std::size_t all = data.train.count - FoldSize(fold, data.train.count);
  const std::size_t held_out = own > 0 ? 0 : s.validation;
  if (held_out >= all) {
    throw UsageError(fmt::format("validation must leave some of the {} training samples{}, not {}",
                                 all, fold.of == 0 ? "" : " outside the fold", held_out));
  }
  const std::size_t left = all - held_out;
  if (s.samples == 0) s.samples = left;
  if (s.samples > left) {
    throw UsageError(fmt::format("samples must be at most {} ({} less {} held out), not {}", left,
                                 all, held_out, s.samples));
  }
}

void CheckSteps(const Settings& s, const OptimizerInfo& optimizer) {
  // The places of samples in a batch have 20 bits in the streams of dropout.
  if (s.dropout > 0.0f && s.batch > (1u << 20)) {
    throw UsageError(
        fmt::format("with dropout, batch must be at most {}, not {}", 1u << 20, s.batch));
  }
  if (optimizer.full_batch && s.batch < s.samples) {
    throw UsageError(fmt::format("optimizer '{}' needs whole gradients: batch must be {}, not {}",
                                 s.optimizer, s.samples, s.batch));
  }
  if (s.weight_decay > 0.0f && !optimizer.reads.weight_decay) {
    std::vector<std::string> takers;
    for (const OptimizerInfo& info : Optimizers()) {
      if (info.reads.weight_decay) takers.push_back(fmt::format("'{}'", info.name));
    }
    throw UsageError(fmt::format("weight-decay is for {}; with '{}', --l2 {} does what it says",
                                 fmt::join(takers, " and "), s.optimizer, s.weight_decay));
  }
  if (s.max_norm > 0.0f && s.layers.size() == 2) {
    throw UsageError(
        fmt::format("max-norm is for hidden units: layers {} have none", fmt::join(s.layers, "-")));
  }
}

// With one class there is no other label to teach, and nothing to weigh a class against.
void CheckClasses(const Settings& s, const Dataset& data) {
  if (data.classes > 1) return;
  const std::string has = data.regression() ? fmt::format("a number, '{}'", data.target)
                                            : fmt::format("{}", data.classes);
  const char* name = s.label_noise > 0.0         ? "label-noise"
                     : s.class_weights != "none" ? "class-weights"
                                                 : nullptr;
  if (name == nullptr) return;
  throw UsageError(
      fmt::format("{} needs data of at least 2 classes; {} has {}", name, data.name, has));
}

// The weights that are given, one a class; empty for "none" and "balanced".
std::vector<double> ReadClassWeights(const Settings& s, const Dataset& data) {
  if (s.class_weights == "none" || s.class_weights == "balanced") return {};
  std::vector<double> weights;
  for (const std::string& piece : Pieces(s.class_weights)) {
    weights.push_back(
        ReadNumber<double>("class-weights", piece, 0.0, 1e6, "numbers of at least 0"));
  }
  if (weights.size() != data.classes) {
    throw UsageError(
        fmt::format("class-weights must be {} numbers, one for each class of {}, not {}",
                    data.classes, data.name, weights.size()));
  }
  return weights;
}

}  // namespace

ResolvedSettings Resolve(Settings s, const Dataset& data) {
  if (s.layers.empty()) s.layers = {data.train.features, 128, data.classes};
  const Loss loss = Loss::Named(s.loss);
  CheckTask(s, data, loss);
  // A number may lie anywhere, and the usual sigmoid of these losses is for classes.
  if (s.output == "auto") s.output = data.regression() ? "identity" : loss.info().output;
  ResolveLayers(s);
  const Optimizer optimizer = Optimizer::Named(s.optimizer);
  ResolveNumbers(s, optimizer.info(), data.regression());
  CheckEnds(s, data);
  const Precision precision = PrecisionNamed(s.precision);
  Output output = Output::Named(s.output);
  output.activation = output.activation.With(precision);
  CheckLoss(s, loss, output);
  ResolveSamples(s, data);
  CheckSteps(s, optimizer.info());
  CheckClasses(s, data);
  const std::vector<double> class_weights = ReadClassWeights(s, data);
  if (s.stop_accuracy > 0.0 && s.validation == 0) {
    throw UsageError("stop-accuracy needs validation samples: add --validation N");
  }
  const Initializer bias = Initializer::Named(s.bias_initializer);
  if (bias.info().finish != nullptr) {
    throw UsageError(
        fmt::format("bias-initializer must draw each bias by itself, which '{}' does "
                    "not; use 'constant' or 'fan_in_uniform'",
                    s.bias_initializer));
  }
  const std::size_t layers = s.layers.size() - 1;
  std::vector<Activation> activations = HandlesOf<Activation>(s.activation, layers - 1);
  for (Activation& each : activations) each = each.With(precision);
  return {.settings = s,
          .activations = activations,
          .output = output,
          .loss = loss,
          .optimizer = optimizer,
          .schedule = Schedule::Named(s.schedule),
          .initializers = IsImported(s.initializer) ? std::vector<Initializer>()
                                                    : HandlesOf<Initializer>(s.initializer, layers),
          .bias_initializer = bias,
          .class_weights = class_weights};
}

Settings WithUsual(const Settings& resolved, std::span<const SettingsField* const> fields,
                   std::span<const std::string> chosen) {
  // There are no data here to ask.
  const OptimizerInfo& optimizer = Optimizer::Named(resolved.optimizer).info();
  const bool regression = resolved.layers.back() == 1 && resolved.rate != optimizer.rate &&
                          resolved.rate == UsualRate(optimizer, true);
  const auto resolve = [regression](Settings& s) {
    if (s.output == "auto") s.output = Loss::Named(s.loss).info().output;
    ResolveNumbers(s, Optimizer::Named(s.optimizer).info(), regression);
    if (!IsImported(s.initializer)) ResolveLayers(s);
  };
  // Everything left to "auto", to see what of `resolved` is as usual.
  Settings usual = resolved;
  usual.output = "auto";
  usual.rate = usual.momentum = usual.decay = usual.epsilon = kAuto;
  if (!IsImported(resolved.initializer)) usual.initializer = "auto";
  resolve(usual);
  Settings other = resolved;
  if (usual.output == resolved.output) other.output = "auto";
  if (usual.initializer == resolved.initializer && !IsImported(resolved.initializer)) {
    other.initializer = "auto";
  }
  for (float Settings::*number :
       {&Settings::rate, &Settings::momentum, &Settings::decay, &Settings::epsilon}) {
    if (usual.*number == resolved.*number) other.*number = kAuto;
  }
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i]->set(other, chosen[i]);
  resolve(other);
  return other;
}

}  // namespace lanegrad
