// SPDX-License-Identifier: Apache-2.0
#include "network/schedule.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "kernels/elementary.h"
#include "kernels/op_list.h"

namespace lanegrad {
namespace {

constexpr double kPi = 3.14159265358979323846;

double Done(const Progress& p) { return std::min(1.0, p.time() / static_cast<double>(p.epochs)); }
// Half a wave, from 1 down to 0.
double Wave(double share) { return 0.5 * (1.0 + Cosine(kPi * share)); }
// base^exponent for a base in (0, 1].
double Power(double base, double exponent) { return Exponential(exponent * Logarithm(base)); }

struct Constant {
  static constexpr ScheduleInfo kInfo = {
      .name = "constant",
      .summary = "the same rate throughout",
      .formula = "1",
      .source = "-",
      .factor = [](const Progress&, double) { return 1.0; },
  };
};

struct StepDown {
  static constexpr ScheduleInfo kInfo = {
      .name = "step",
      .aliases = "step_decay",
      .summary = "falls by a factor after each third of the epochs",
      .formula = R"(\gamma^{\lfloor 3 t / T \rfloor})",
      .source = "Krizhevsky, Sutskever and Hinton 2012",
      .factor =
          [](const Progress& p, double gamma) {
            const std::size_t falls = p.PartsDone(3);
            return falls < 1 ? 1.0 : falls < 2 ? gamma : gamma * gamma;
          },
      .parameter = {.name = "gamma",
                    .summary = "what it falls to, each time",
                    .default_value = 0.1f,
                    .min = 0.0f,
                    .max = 1.0f},
  };
};

struct ExponentialDecay {
  static constexpr ScheduleInfo kInfo = {
      .name = "exponential",
      .summary = "falls evenly in ratio, to a share of itself at the end",
      .formula = R"(\gamma^{t / T})",
      .source = "-",
      .factor = [](const Progress& p, double gamma) { return Power(gamma, Done(p)); },
      .parameter = {.name = "gamma",
                    .summary = "its share at the end",
                    .default_value = 0.01f,
                    .min = 1e-12f,
                    .max = 1.0f},
  };
};

struct InverseTime {
  static constexpr ScheduleInfo kInfo = {
      .name = "inverse_time",
      .summary = "falls as one over time, which is what convergence asks for",
      .formula = R"(1 / (1 + k t))",
      .source = "Robbins and Monro 1951",
      .factor = [](const Progress& p, double k) { return 1.0 / (1.0 + k * p.time()); },
      .parameter = {.name = "k",
                    .summary = "how fast, per epoch",
                    .default_value = 1.0f,
                    .min = 0.0f,
                    .max = 1e6f},
  };
};

struct Polynomial {
  static constexpr ScheduleInfo kInfo = {
      .name = "polynomial",
      .summary = "falls to zero as a power of the time that is left",
      .formula = R"((1 - t / T)^p)",
      .source = "-",
      .factor =
          [](const Progress& p, double power) {
            const double left = 1.0 - Done(p);
            return left <= 0.0 ? (power == 0.0 ? 1.0 : 0.0) : Power(left, power);
          },
      .parameter = {.name = "p",
                    .summary = "the power; 1 is a straight line",
                    .default_value = 1.0f,
                    .min = 0.0f,
                    .max = 100.0f},
  };
};

struct CosineWave {
  static constexpr ScheduleInfo kInfo = {
      .name = "cosine",
      .aliases = "cosine_annealing",
      .summary = "falls to zero along half a wave",
      .formula = R"(\tfrac12 (1 + \cos(\pi t / T)))",
      .source = "Loshchilov and Hutter 2017",
      .factor = [](const Progress& p, double) { return Wave(Done(p)); },
  };
};

struct WarmRestarts {
  static constexpr ScheduleInfo kInfo = {
      .name = "warm_restarts",
      .aliases = "sgdr",
      .summary = "half waves of equal length, one after the other",
      .formula = R"(\tfrac12 (1 + \cos(\pi \{ n t / T \})))",
      .source = "Loshchilov and Hutter 2017",
      .factor =
          [](const Progress& p, double waves) {
            if (Done(p) >= 1.0) return 0.0;
            // The whole part is exact; the rest of a rounded product may lie just outside.
            const double whole = std::floor(waves);
            const auto waves_done =
                static_cast<double>(p.PartsDone(static_cast<std::size_t>(whole)));
            return Wave(std::clamp(whole * Done(p) - waves_done, 0.0, 1.0));
          },
      .parameter =
          {.name = "n", .summary = "how many", .default_value = 3.0f, .min = 1.0f, .max = 1e6f},
      .revision = 1,
  };
};

struct OneCycle {
  static constexpr ScheduleInfo kInfo = {
      .name = "one_cycle",
      .proper = "one-cycle",
      .aliases = "onecycle",
      .summary = "up from a 25th for a share of the time, then down to a 10000th along half waves",
      .formula = R"([t < sT] \text{ up from } \tfrac1{25}, [t \ge sT] \text{ down to } 10^{-4})",
      .source = "Smith and Topin 2019",
      .factor =
          [](const Progress& p, double share) {
            const double done = Done(p);
            if (done < share) return 1.0 - (1.0 - 1.0 / 25.0) * Wave(done / share);
            return 1e-4 + (1.0 - 1e-4) * Wave(share < 1.0 ? (done - share) / (1.0 - share) : 0.0);
          },
      .parameter = {.name = "s",
                    .summary = "the share of the time that goes up",
                    .default_value = 0.3f,
                    .min = 0.0f,
                    .max = 1.0f},
  };
};

struct OnPlateau {
  static constexpr ScheduleInfo kInfo = {
      .name = "on_plateau",
      .summary = "falls by a factor whenever two epochs have brought no smaller loss",
      .formula =
          R"(\gamma^{n}, \quad n \text{ the times that } \min_{s \le t} E_s \text{ stood still for 2 epochs})",
      .source = "-",
      .factor =
          [](const Progress& p, double gamma) {
            double least = HUGE_VAL, factor = 1.0;
            int patience = 0;
            for (const double loss : p.losses) {
              patience = loss < least ? 0 : patience + 1;
              least = std::min(least, loss);
              if (patience == 2) {
                factor *= gamma;
                patience = 0;
              }
            }
            return factor;
          },
      .parameter = {.name = "gamma",
                    .summary = "what it falls to, each time",
                    .default_value = 0.1f,
                    .min = 0.0f,
                    .max = 1.0f},
  };
};

/// Every schedule there is. Their order is the order of tables.
using ScheduleList = OpList<Constant, StepDown, ExponentialDecay, InverseTime, Polynomial,
                            CosineWave, WarmRestarts, OneCycle, OnPlateau>;

constexpr auto kCatalogue = Tabulate(ScheduleList(), [](auto op) { return decltype(op)::kInfo; });

}  // namespace

std::size_t Progress::PartsDone(std::size_t parts) const {
  // Samples of many epochs, times parts, may need more than 64 bits.
  __extension__ using Wide = unsigned __int128;
  const Wide done = static_cast<Wide>(epoch) * samples + sample;
  return static_cast<std::size_t>(done * parts / (static_cast<Wide>(epochs) * samples));
}

std::span<const ScheduleInfo> Schedules() { return kCatalogue; }

double Schedule::Factor(const Progress& progress) const {
  return info().factor(progress, static_cast<double>(parameter()));
}

}  // namespace lanegrad
