// SPDX-License-Identifier: Apache-2.0
#include "network/schedule.h"

#include <algorithm>
#include <cmath>

#include "kernels/elementary.h"
#include "kernels/op_list.h"

namespace lanegrad {
namespace {

constexpr double kPi = 3.14159265358979323846;

double Done(const Progress& p) { return std::min(1.0, p.epoch / p.epochs); }
// Half a wave, from 1 down to 0.
double Wave(double share) { return 0.5 * (1.0 + Cosine(kPi * share)); }
// base^exponent for a base in (0, 1].
double Power(double base, double exponent) { return Exponential(exponent * Logarithm(base)); }

struct Constant {
  static constexpr ScheduleInfo kInfo = {"constant", "the same rate throughout", "1", "-",
                                         [](const Progress&, double) { return 1.0; }};
};

struct StepDown {
  static constexpr ScheduleInfo kInfo = {
      "step",
      "falls by a factor after each third of the epochs",
      R"(\gamma^{\lfloor 3 t / T \rfloor})",
      "Krizhevsky, Sutskever and Hinton 2012",
      [](const Progress& p, double gamma) {
        const double falls = std::floor(3.0 * Done(p));
        return falls < 1.0 ? 1.0 : falls < 2.0 ? gamma : gamma * gamma;
      },
      {"gamma", "what it falls to, each time", 0.1f, 0.0f, 1.0f}};
};

struct ExponentialDecay {
  static constexpr ScheduleInfo kInfo = {
      "exponential",
      "falls evenly in ratio, to a share of itself at the end",
      R"(\gamma^{t / T})",
      "-",
      [](const Progress& p, double gamma) { return Power(gamma, Done(p)); },
      {"gamma", "its share at the end", 0.01f, 1e-12f, 1.0f}};
};

struct InverseTime {
  static constexpr ScheduleInfo kInfo = {
      "inverse_time",
      "falls as one over time, which is what convergence asks for",
      R"(1 / (1 + k t))",
      "Robbins and Monro 1951",
      [](const Progress& p, double k) { return 1.0 / (1.0 + k * p.epoch); },
      {"k", "how fast, per epoch", 1.0f, 0.0f, 1e6f}};
};

struct Polynomial {
  static constexpr ScheduleInfo kInfo = {
      "polynomial",
      "falls to zero as a power of the time that is left",
      R"((1 - t / T)^p)",
      "-",
      [](const Progress& p, double power) {
        const double left = 1.0 - Done(p);
        return left <= 0.0 ? (power == 0.0 ? 1.0 : 0.0) : Power(left, power);
      },
      {"p", "the power; 1 is a straight line", 1.0f, 0.0f, 100.0f}};
};

struct CosineWave {
  static constexpr ScheduleInfo kInfo = {
      "cosine", "falls to zero along half a wave", R"(\tfrac12 (1 + \cos(\pi t / T)))",
      "Loshchilov and Hutter 2017", [](const Progress& p, double) { return Wave(Done(p)); }};
};

struct WarmRestarts {
  static constexpr ScheduleInfo kInfo = {"warm_restarts",
                                         "half waves of equal length, one after the other",
                                         R"(\tfrac12 (1 + \cos(\pi \{ n t / T \})))",
                                         "Loshchilov and Hutter 2017",
                                         [](const Progress& p, double waves) {
                                           const double done = std::floor(waves) * Done(p);
                                           return Done(p) >= 1.0 ? 0.0
                                                                 : Wave(done - std::floor(done));
                                         },
                                         {"n", "how many", 3.0f, 1.0f, 1e6f}};
};

struct OneCycle {
  static constexpr ScheduleInfo kInfo = {
      "one_cycle",
      "up from a 25th for a share of the time, then down to a 10000th along half waves",
      R"([t < sT] \text{ up from } \tfrac1{25}, [t \ge sT] \text{ down to } 10^{-4})",
      "Smith and Topin 2019",
      [](const Progress& p, double share) {
        const double done = Done(p);
        if (done < share) return 1.0 - (1.0 - 1.0 / 25.0) * Wave(done / share);
        return 1e-4 + (1.0 - 1e-4) * Wave(share < 1.0 ? (done - share) / (1.0 - share) : 0.0);
      },
      {"s", "the share of the time that goes up", 0.3f, 0.0f, 1.0f}};
};

struct OnPlateau {
  static constexpr ScheduleInfo kInfo = {
      "on_plateau",
      "falls by a factor whenever two epochs have brought no smaller loss",
      R"(\gamma^{n}, \quad n \text{ the times that } \min_{s \le t} E_s \text{ stood still for 2 epochs})",
      "-",
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
      {"gamma", "what it falls to, each time", 0.1f, 0.0f, 1.0f}};
};

/// Every schedule there is. Their order is the order of tables.
using ScheduleList = OpList<Constant, StepDown, ExponentialDecay, InverseTime, Polynomial,
                            CosineWave, WarmRestarts, OneCycle, OnPlateau>;

constexpr auto kCatalogue = Tabulate(ScheduleList(), [](auto op) { return decltype(op)::kInfo; });

}  // namespace

std::span<const ScheduleInfo> Schedules() { return kCatalogue; }

Schedule Schedule::Named(std::string_view name) {
  const std::size_t row = RowNamed("schedule", Schedules(), BareName(name));
  return {row, ParameterOf(name, kCatalogue[row].parameter)};
}

const ScheduleInfo& Schedule::info() const { return kCatalogue[row_]; }

std::string Schedule::spelled() const { return Spelled(info().name, info().parameter, parameter_); }

double Schedule::Factor(const Progress& progress) const {
  return info().factor(progress, static_cast<double>(parameter_));
}

}  // namespace lanegrad
