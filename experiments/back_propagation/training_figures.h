/// @file
/// Figures and tables on what becomes of a gradient: on its way back, in a step with momentum, and
/// over a training; with what they are drawn of.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_TRAINING_FIGURES_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_TRAINING_FIGURES_H_

#include <span>
#include <string_view>

#include "experiments/back_propagation/ravine.h"
#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// A curve of LayerFigure().
struct FlowLine {
  std::string_view activation;   ///< Of all layers.
  std::string_view initializer;  ///< Of all layers.
};
/// The curves, activation by activation.
std::span<const FlowLine> FlowLines();

/// The plane of alpha and beta that is measured.
MomentumPlane BackwardPlane();

/// What PlaneFigure()'s row says, counted.
struct PlaneCount {
  double all = 0.0;       ///< Cells.
  double converge = 0.0;  ///< Of them, those that come nearer to the minimum.
  double agree = 0.0;     ///< Those that do as theory says, if the step is subtracted.
};
/// Counts the cells of a row that MeasurePlane() has filled in.
PlaneCount CountPlane(const Measurement& row);

inline constexpr std::string_view kRuleAsPrinted = "as printed";    ///< Names and sign as they are.
inline constexpr std::string_view kRuleSignMended = "sign mended";  ///< The step subtracted.
inline constexpr std::string_view kRuleSetRight = "set right";      ///< Names swapped back, too.
inline constexpr std::string_view kRuleBestDescent = "best rate";   ///< No momentum.
inline constexpr std::string_view kRuleBestMomentum = "best momentum";  ///< Both at their best.

/// A path of PathFigure().
struct NamedRule {
  std::string_view name;  ///< One of the five above.
  MomentumRule rule;      ///< What is done.
};
/// The paths. The first three take 0.1 for what they call the learning rate and 0.9 for what they
/// call the decay.
std::span<const NamedRule> BackwardRules();

Figure LayerFigure(const Evidence& evidence);    ///< Error signals, layer by layer.
Figure FlowFigure(const Evidence& evidence);     ///< Factors of a layer.
Figure PlaneFigure(const Evidence& evidence);    ///< Where the formula of section 3.2 converges.
Figure PathFigure(const Evidence& evidence);     ///< Distances on the ravine, step by step.
Figure TwinFigure(const Evidence& evidence);     ///< How far twins are apart, epoch by epoch.
NamedTable PathTable(const Evidence& evidence);  ///< Rules and how many steps they need.
NamedTable TwinTable(const Evidence& evidence);  ///< Horizons.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_TRAINING_FIGURES_H_
