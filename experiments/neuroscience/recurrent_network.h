/// @file
/// Networks whose units feed each other in loops: linear ones, whose fate is that of their
/// eigenvalues, and random ones of tanh, which are silent or chaotic.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_RECURRENT_NETWORK_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_RECURRENT_NETWORK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lanegrad {

/// How the weights of a loop are drawn.
enum class Coupling {
  kIndependent,    ///< Each its own.
  kSymmetric,      ///< As strong there as back: all eigenvalues real.
  kAntisymmetric,  ///< What excites is inhibited in return: all eigenvalues imaginary.
};

/// A coupling with its name.
struct CouplingName {
  Coupling coupling;      ///< The coupling.
  std::string_view name;  ///< In records and figures.
};

/// All of them.
inline constexpr std::array<CouplingName, 3> kCouplings = {{
    {Coupling::kIndependent, "independent"},
    {Coupling::kSymmetric, "symmetric"},
    {Coupling::kAntisymmetric, "antisymmetric"},
}};

/// n x n weights, row by row, from unit i to unit j: normal, of mean 0 and variance gain^2 / n;
/// none of a unit to itself where they are antisymmetric. Substream n of Stream::kWeights.
std::vector<double> RandomWeights(Coupling coupling, std::size_t n, double gain,
                                  std::uint64_t seed);

/// ln of the factor by which a random state grows in a step r <- r W, in the long run: over
/// `steps` steps, of which the first half do not count.
double StepGrowth(const std::vector<double>& weights, std::size_t n, std::size_t steps,
                  std::uint64_t seed);

/// The rate at which a random state of tau dr/dt = -r + r W grows, per tau, in the long run: over
/// `duration` tau, of which the first half do not count. Runge-Kutta, steps of tau / 10.
double FlowGrowth(const std::vector<double>& weights, std::size_t n, double duration,
                  std::uint64_t seed);

/// A random recurrent network of tanh,
///
///     tau dx/dt = -x + tanh(x) W,   w_ij normal with variance gain^2 / n,
///
/// time in units of tau. Runge-Kutta, fixed steps. [Sompolinsky, Crisanti and Sommers 1988]
class RandomTanhNetwork {
 public:
  static constexpr double kStep = 0.2;  ///< Of time, in units of tau.

  /// Draws n x n weights and a state, normal with deviation 1.
  RandomTanhNetwork(std::size_t n, double gain, std::uint64_t seed);
  /// Takes the network through so many steps.
  void Advance(std::size_t steps);
  /// x.
  const std::vector<double>& state() const { return state_; }
  /// The same network at x + `distance` u, u a random direction of length 1.
  RandomTanhNetwork Neighbour(double distance, std::uint64_t seed) const;
  /// Root mean square of x.
  double Activity() const;
  /// The length of the difference of two states of networks of the same size.
  static double Distance(const RandomTanhNetwork& a, const RandomTanhNetwork& b);
  /// Moves the state along the line to that of `other`, until it is so far away from it.
  void PullTowards(const RandomTanhNetwork& other, double distance);

 private:
  // dx/dt.
  void Slope(const std::vector<double>& x, std::vector<double>& slope);

  std::size_t n_;
  std::vector<double> weights_, state_, rates_;
};

/// What a random network of tanh does in the long run.
struct LongRun {
  double lyapunov = 0.0;  ///< The largest Lyapunov exponent, per tau: how fast neighbours part.
  double activity = 0.0;  ///< Root mean square of x over units, and over time.
  double motion = 0.0;    ///< Root mean square over units of the deviation of x in time.
};

/// Follows a network for `duration` tau after `transient` tau. The exponent is that of two
/// trajectories that start 1e-6 apart and are brought back to that every tau.
/// [Benettin, Galgani, Giorgilli and Strelcyn 1980]
LongRun Follow(std::size_t n, double gain, double transient, double duration, std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_RECURRENT_NETWORK_H_
