// SPDX-License-Identifier: Apache-2.0
#include "network/settings.h"

#include <fmt/format.h>

#include <limits>

#include "kernels/activation.h"
#include "kernels/catalogue.h"
#include "kernels/loss.h"
#include "kernels/optimizer.h"
#include "network/folds.h"
#include "network/hash.h"
#include "network/initial_weights.h"
#include "network/initializer.h"
#include "network/input_scaling.h"
#include "network/network.h"
#include "network/schedule.h"
#include "network/setting_text.h"

namespace lanegrad {
namespace {

using Kind = SettingsField::Kind;

// Raised by any change of any bit of a fast activation (kernels/activation.h), or of a fastest one:
// exact runs know nothing of them.
constexpr int kFastRevision = 1, kFastestRevision = 0;

// The names of a catalogue.
template <class Info, std::span<const Info> (*catalogue)()>
std::vector<std::string_view> Names() {
  std::vector<std::string_view> names;
  for (const Info& info : catalogue()) names.push_back(info.name);
  return names;
}

// Those that draw each number by itself.
std::vector<std::string_view> BiasInitializers() {
  std::vector<std::string_view> names;
  for (const InitializerInfo& info : Initializers()) {
    if (info.finish == nullptr) names.push_back(info.name);
  }
  return names;
}

// "none", "balanced", or a number a class.
std::string ReadClassWeights(std::string_view text) {
  if (text == "none" || text == "balanced") return std::string(text);
  std::string weights;
  for (const std::string& piece : Pieces(text)) {
    if (!weights.empty()) weights += kBetween;
    weights += fmt::format("{}", ReadNumber<float>("class-weights", piece, 0.0f, 1e6f,
                                                   "none, balanced, or numbers of at least 0 like "
                                                   "1/2/0.5"));
  }
  return weights;
}

// "auto" is for initializers alone.
std::string ReadActivations(std::string_view text) {
  std::string names;
  for (const std::string& piece : Pieces(text)) {
    if (!names.empty()) names += kBetween;
    names += Activation::Named(piece).spelled();
  }
  return names;
}

// Whether a step reads one of its numbers, or the optimizer is to blame.
template <bool StepReads::*number>
std::string_view IdleByOptimizer(const Settings& s) {
  return Optimizer::Named(s.optimizer).info().reads.*number ? "" : "optimizer";
}

// What cuts a gradient changes one that penalties are added to.
std::string_view ClipIdle(const Settings& s) {
  return s.l1 > 0.0f || s.l2 > 0.0f ? "" : IdleByOptimizer<&StepReads::clip>(s);
}

std::string_view IdleWithoutHidden(const Settings& s) {
  return s.layers.size() > 2 ? "" : "layers";
}

// Whether no activation of these resolved settings has another version than the exact one.
std::string_view IdleWithoutGrades(const Settings& s) {
  const auto graded = [](Activation f) {
    return f.With(Precision::kFastest).precision() != Precision::kExact;
  };
  bool any = false;
  if (s.layers.size() > 2) {
    for (const std::string& piece : Pieces(s.activation)) any |= graded(Activation::Named(piece));
  }
  any |= graded(Output::Named(s.output).activation);
  return any ? "" : "activation";
}

std::string_view IdleUnlessRandom(const Settings& s) { return s.split == "random" ? "" : "split"; }

std::string_view IdleWithoutNoise(const Settings& s) {
  const bool noise = s.dropout > 0.0f || s.input_noise > 0.0f || s.label_noise > 0.0;
  return noise ? "" : "dropout";
}

// Ranges of searches. That of the rate reaches from a hundredth to 300 times what is usual with the
// optimizer: upwards farther, because the mean squared error of many outputs wants large rates.
SearchRange SearchRate(const Settings& s) {
  const double usual = static_cast<double>(Optimizer::Named(s.optimizer).info().rate);
  return {.low = usual / 100.0, .high = 300.0 * usual};
}

constexpr auto kLinear = SearchRange::Scale::kLinear, kLog = SearchRange::Scale::kLog,
               kLogOfRest = SearchRange::Scale::kLogOfRest;

// Headings of help, in whose order a reader makes up a run.
constexpr std::string_view kData = "Data", kNetwork = "Network", kLearning = "Learning",
                           kRestraint = "Regularisation", kEnd = "End of a run",
                           kRepetition = "Repetition";

constexpr SettingsField kFields[] = {
    {"layers", "sizes of inputs, hidden layers, outputs (default: inputs-128-classes)", Kind::kText,
     kNetwork, [](Settings& s, std::string_view t) { s.layers = ReadSizes(t); },
     [](const Settings& s) { return fmt::format("{}", fmt::join(s.layers, "-")); }},
    {"activation", "activation of the hidden layers: one for all, or one each, like relu/tanh",
     Kind::kText, kNetwork,
     [](Settings& s, std::string_view t) { s.activation = ReadActivations(t); },
     [](const Settings& s) { return s.activation; }, &Names<ActivationInfo, &Activations>,
     &IdleWithoutHidden},
    {"output-activation", "activation of the last layer, or auto: what is usual with the loss",
     Kind::kText, kNetwork, [](Settings& s, std::string_view t) { s.output = ReadName<Output>(t); },
     [](const Settings& s) { return s.output; }, &OutputNames},
    {"precision",
     "of activations: exact (correctly rounded), fast (within an ULP or so), or fastest (within 4)",
     Kind::kText, kNetwork,
     [](Settings& s, std::string_view t) { s.precision = NameOf(PrecisionNamed(t)); },
     [](const Settings& s) { return s.precision; }, nullptr, &IdleWithoutGrades, true},
    {"loss", "loss to minimise", Kind::kText, kLearning,
     [](Settings& s, std::string_view t) { s.loss = Loss::Named(t).spelled(); },
     [](const Settings& s) { return s.loss; }, &Names<LossInfo, &Losses>},
    {"optimizer", "optimizer", Kind::kText, kLearning,
     [](Settings& s, std::string_view t) { s.optimizer = Optimizer::Named(t).info().name; },
     [](const Settings& s) { return s.optimizer; }, &Names<OptimizerInfo, &Optimizers>},
    {"rate", "learning rate, or auto: what is usual with the optimizer, less for a regression",
     Kind::kReal, kLearning,
     [](Settings& s, std::string_view t) { s.rate = ReadRealOrAuto("rate", t); },
     [](const Settings& s) { return RealText(s.rate); }, nullptr, nullptr, false, &SearchRate},
    {"schedule", "how the rate changes", Kind::kText, kLearning,
     [](Settings& s, std::string_view t) { s.schedule = Schedule::Named(t).spelled(); },
     [](const Settings& s) { return s.schedule; }, &Names<ScheduleInfo, &Schedules>},
    {"warmup", "epochs in which the rate rises from zero", Kind::kReal, kLearning,
     [](Settings& s, std::string_view t) {
       s.warmup = ReadNumber<double>("warmup", t, 0.0, 1e9, "a number of at least 0");
     },
     [](const Settings& s) { return fmt::format("{}", s.warmup); }, nullptr, nullptr, false,
     [](const Settings&) {
       return SearchRange{0.0, 2.0, kLinear};
     }},
    {"momentum", "momentum (mu, beta_1), or auto", Kind::kReal, kLearning,
     [](Settings& s, std::string_view t) { s.momentum = ReadShareOrAuto("momentum", t); },
     [](const Settings& s) { return RealText(s.momentum); }, nullptr,
     &IdleByOptimizer<&StepReads::beta1>, false,
     [](const Settings&) {
       return SearchRange{0.5, 0.999, kLogOfRest};
     }},
    {"decay", "share that a mean of squares keeps (rho, beta_2), or auto", Kind::kReal, kLearning,
     [](Settings& s, std::string_view t) { s.decay = ReadShareOrAuto("decay", t); },
     [](const Settings& s) { return RealText(s.decay); }, nullptr,
     &IdleByOptimizer<&StepReads::beta2>, false,
     [](const Settings&) {
       return SearchRange{0.9, 0.9999, kLogOfRest};
     }},
    {"epsilon", "number added to denominators, or auto", Kind::kReal, kLearning,
     [](Settings& s, std::string_view t) { s.epsilon = ReadRealOrAuto("epsilon", t); },
     [](const Settings& s) { return RealText(s.epsilon); }, nullptr,
     &IdleByOptimizer<&StepReads::epsilon>, false,
     [](const Settings&) {
       return SearchRange{1e-10, 1e-2, kLog};
     }},
    {"clip", "cut each element of a gradient at plus and minus this (0: never)", Kind::kReal,
     kRestraint, [](Settings& s, std::string_view t) { s.clip = ReadReal("clip", t); },
     [](const Settings& s) { return fmt::format("{}", s.clip); }, nullptr, &ClipIdle},
    {"clip-norm", "shorten a longer gradient, all layers' together, to this norm (0: never)",
     Kind::kReal, kRestraint,
     [](Settings& s, std::string_view t) { s.clip_norm = ReadReal("clip-norm", t); },
     [](const Settings& s) { return fmt::format("{}", s.clip_norm); }, nullptr, nullptr, false,
     [](const Settings&) {
       return SearchRange{0.1, 10.0, kLog};
     }},
    {"max-norm", "most norm of the weights into a hidden unit (0: any)", Kind::kReal, kRestraint,
     [](Settings& s, std::string_view t) { s.max_norm = ReadReal("max-norm", t); },
     [](const Settings& s) { return fmt::format("{}", s.max_norm); }, nullptr, nullptr, false,
     [](const Settings&) {
       return SearchRange{0.5, 8.0, kLog};
     }},
    {"l1", "weight of the sum of |w| in the loss", Kind::kReal, kRestraint,
     [](Settings& s, std::string_view t) { s.l1 = ReadReal("l1", t); },
     [](const Settings& s) { return fmt::format("{}", s.l1); }, nullptr, nullptr, false,
     [](const Settings&) {
       return SearchRange{1e-7, 1e-3, kLog};
     }},
    {"l2", "weight of half the sum of w^2 in the loss", Kind::kReal, kRestraint,
     [](Settings& s, std::string_view t) { s.l2 = ReadReal("l2", t); },
     [](const Settings& s) { return fmt::format("{}", s.l2); }, nullptr, nullptr, false,
     [](const Settings&) {
       return SearchRange{1e-6, 1e-2, kLog};
     }},
    {"weight-decay", "share of a weight, times the rate, lost each step beside the gradient",
     Kind::kReal, kRestraint,
     [](Settings& s, std::string_view t) { s.weight_decay = ReadReal("weight-decay", t); },
     [](const Settings& s) { return fmt::format("{}", s.weight_decay); }, nullptr,
     &IdleByOptimizer<&StepReads::weight_decay>, false,
     [](const Settings&) {
       return SearchRange{1e-4, 1.0, kLog};
     }},
    {"initializer", "initial weights, for all layers or each; auto: what suits the activation",
     Kind::kText, kNetwork,
     [](Settings& s, std::string_view t) {
       s.initializer = IsImported(t) ? std::string(t) : ReadNames<Initializer>(t);
     },
     [](const Settings& s) { return s.initializer; }, &Names<InitializerInfo, &Initializers>},
    {"bias-initializer", "initial biases (constant: all 0)", Kind::kText, kNetwork,
     [](Settings& s, std::string_view t) { s.bias_initializer = Initializer::Named(t).spelled(); },
     [](const Settings& s) { return s.bias_initializer; }, &BiasInitializers, nullptr, true},
    {"batch", "samples a step", Kind::kInteger, kLearning,
     [](Settings& s, std::string_view t) { s.batch = ReadCount("batch", t, 1); },
     [](const Settings& s) { return fmt::format("{}", s.batch); }, nullptr, nullptr, false,
     [](const Settings&) {
       return SearchRange{8.0, 512.0, kLog};
     }},
    {"epochs", "most passes over the training data (0, of imported weights: only judge them)",
     Kind::kInteger, kEnd,
     [](Settings& s, std::string_view t) { s.epochs = ReadCount("epochs", t); },
     [](const Settings& s) { return fmt::format("{}", s.epochs); }},
    {"seed", "seed of all that is random and has no seed of its own", Kind::kInteger, kRepetition,
     [](Settings& s, std::string_view t) {
       s.seed = ReadNumber<std::uint64_t>("seed", t, 0, std::numeric_limits<std::uint64_t>::max(),
                                          "a whole number of at least 0");
     },
     [](const Settings& s) { return fmt::format("{}", s.seed); }},
    {"weight-seed", "seed of initial weights, or seed: the same as --seed", Kind::kText,
     kRepetition,
     [](Settings& s, std::string_view t) { s.weight_seed = ReadOwnSeed("weight-seed", t); },
     [](const Settings& s) { return OwnSeedText(s.weight_seed); }, nullptr, nullptr, true},
    {"order-seed", "seed of the order of samples, or seed", Kind::kText, kRepetition,
     [](Settings& s, std::string_view t) { s.order_seed = ReadOwnSeed("order-seed", t); },
     [](const Settings& s) { return OwnSeedText(s.order_seed); }, nullptr, nullptr, true},
    {"noise-seed", "seed of noise and dropout, or seed", Kind::kText, kRepetition,
     [](Settings& s, std::string_view t) { s.noise_seed = ReadOwnSeed("noise-seed", t); },
     [](const Settings& s) { return OwnSeedText(s.noise_seed); }, nullptr, &IdleWithoutNoise, true},
    {"split-seed", "seed of which samples are held out, or seed", Kind::kText, kRepetition,
     [](Settings& s, std::string_view t) { s.split_seed = ReadOwnSeed("split-seed", t); },
     [](const Settings& s) { return OwnSeedText(s.split_seed); }, nullptr, &IdleUnlessRandom, true},
    {"samples", "training samples to use (0: all that are not held out)", Kind::kInteger, kData,
     [](Settings& s, std::string_view t) { s.samples = ReadCount("samples", t); },
     [](const Settings& s) { return fmt::format("{}", s.samples); }},
    {"validation", "training samples held out, to choose settings by", Kind::kInteger, kData,
     [](Settings& s, std::string_view t) { s.validation = ReadCount("validation", t); },
     [](const Settings& s) { return fmt::format("{}", s.validation); }},
    {"split",
     "which samples are held out: random ones, or (first) the last: the first are for training",
     Kind::kText, kData,
     [](Settings& s, std::string_view t) {
       if (t != "random" && t != "first") RefuseText("split", "random or first", t);
       s.split = t;
     },
     [](const Settings& s) { return s.split; }, nullptr, nullptr, true},
    {"scale", "what inputs are scaled to: unit (0 to 1), byte, standard, or MEAN/SD", Kind::kText,
     kData, [](Settings& s, std::string_view t) { s.scale = ReadScale(t); },
     [](const Settings& s) { return s.scale; }, nullptr, nullptr, true},
    {"fold",
     "of cross-validation: which fold of the training samples the run is tested by, like 2/5",
     Kind::kText, kData, [](Settings& s, std::string_view t) { s.fold = FoldText(ReadFold(t)); },
     [](const Settings& s) { return s.fold; }, nullptr, nullptr, true},
    {"target-scale",
     "what the targets of a regression are learned as: standard (mean 0, deviation 1), or unit",
     Kind::kText, kData,
     [](Settings& s, std::string_view t) { s.target_scale = ReadTargetScale(t); },
     [](const Settings& s) { return s.target_scale; }, nullptr, nullptr, true},
    {"stop-loss", "stop when an epoch's training loss is at most this (0: never)", Kind::kReal,
     kEnd,
     [](Settings& s, std::string_view t) {
       s.stop_loss = ReadNumber<double>("stop-loss", t, 0.0, 1e300, "a number of at least 0");
     },
     [](const Settings& s) { return fmt::format("{}", s.stop_loss); }},
    {"stop-accuracy",
     "stop when validation accuracy (R2 of a regression) is at least this, such as 95% (0: never)",
     Kind::kReal, kEnd,
     [](Settings& s, std::string_view t) {
       s.stop_accuracy = ReadNumber<double>("stop-accuracy", t, 0.0, 1.0, "a number from 0 to 1");
     },
     [](const Settings& s) { return fmt::format("{}", s.stop_accuracy); }},
    {"dropout", "share of hidden units left out of each step", Kind::kReal, kRestraint,
     [](Settings& s, std::string_view t) {
       s.dropout = ReadNumber<float>("dropout", t, 0.0f, 0.999f, "a number from 0 to 0.999");
     },
     [](const Settings& s) { return fmt::format("{}", s.dropout); }, nullptr, &IdleWithoutHidden,
     false,
     [](const Settings&) {
       return SearchRange{0.0, 0.6, kLinear};
     }},
    {"patience", "stop after so many epochs without a smaller loss (0: never)", Kind::kInteger,
     kEnd, [](Settings& s, std::string_view t) { s.patience = ReadCount("patience", t); },
     [](const Settings& s) { return fmt::format("{}", s.patience); }},
    {"restore-best", "yes: end with the weights of the epoch of the least loss", Kind::kText, kEnd,
     [](Settings& s, std::string_view t) {
       if (t != "yes" && t != "no") RefuseText("restore-best", "yes or no", t);
       s.restore_best = t == "yes";
     },
     [](const Settings& s) { return std::string(s.restore_best ? "yes" : "no"); }},
    {"class-weights", "weight of a sample, by class: balanced, or numbers like 1/2/0.5",
     Kind::kText, kLearning,
     [](Settings& s, std::string_view t) { s.class_weights = ReadClassWeights(t); },
     [](const Settings& s) { return s.class_weights; }},
    {"input-noise", "deviation of normal noise added to training inputs", Kind::kReal, kRestraint,
     [](Settings& s, std::string_view t) { s.input_noise = ReadReal("input-noise", t); },
     [](const Settings& s) { return fmt::format("{}", s.input_noise); }, nullptr, nullptr, false,
     [](const Settings&) {
       return SearchRange{0.01, 1.0, kLog};
     }},
    {"label-noise", "share of training labels replaced by another", Kind::kReal, kData,
     [](Settings& s, std::string_view t) {
       s.label_noise = ReadNumber<double>("label-noise", t, 0.0, 1.0, "a number from 0 to 1");
     },
     [](const Settings& s) { return fmt::format("{}", s.label_noise); }},
};

}  // namespace

std::span<const SettingsField> SettingsFields() { return kFields; }

const SettingsField& FieldNamed(std::string_view name) {
  return kFields[RowNamed("setting", SettingsFields(), name)];
}

std::string WhyIdle(const SettingsField& field, const Settings& resolved) {
  const std::string_view by = field.idle_by == nullptr ? "" : field.idle_by(resolved);
  if (by.empty()) return {};
  const SettingsField& reason = FieldNamed(by);
  const std::string_view quote = reason.choices == nullptr ? "" : "'";
  return fmt::format("with {} {}{}{}", by, quote, reason.get(resolved), quote);
}

Settings WithoutIdle(Settings settings, const Settings& resolved) {
  static const Settings kDefaults;
  for (const SettingsField& field : kFields) {
    if (field.idle_by == nullptr || field.idle_by(resolved).empty()) continue;
    field.set(settings, field.get(kDefaults));
  }
  return settings;
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
  // A schedule whose bits were corrected is another one, and so are activations whose fast versions
  // were; keys of other runs stay.
  const int revision = Schedule::Named(settings.schedule).info().revision;
  std::string revisions;
  if (revision != 0) revisions += fmt::format("schedule-revision={}\n", revision);
  // What has no fastest version is computed by its fast one.
  const Precision precision = PrecisionNamed(settings.precision);
  if (precision != Precision::kExact) {
    revisions += fmt::format("fast-revision={}\n", kFastRevision);
  }
  if (precision == Precision::kFastest && kFastestRevision != 0) {
    revisions += fmt::format("fastest-revision={}\n", kFastestRevision);
  }
  return Hash128(fmt::format("numeric={}\ndata={}\n{}{}", kNumericVersion, data.checksum,
                             Canonical(settings), revisions));
}

}  // namespace lanegrad
