/// @file
/// What has to be said of a network so that somebody else can compute its answers: chapter 6.1.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DEFINITION_DESCRIPTION_H_
#define LANEGRAD_EXPERIMENTS_DEFINITION_DESCRIPTION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "kernels/activation.h"
#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// One layer of a description.
struct DescribedLayer {
  std::size_t in = 0;           ///< Inputs.
  std::size_t out = 0;          ///< Units.
  std::vector<double> weights;  ///< From input i to unit j: number i * out + j.
  std::vector<double> biases;   ///< One a unit.
  Activation activation;        ///< Of every unit.
};

/// A network as a definition has it: units, weights, biases, activations, and nothing else.
using Description = std::vector<DescribedLayer>;

/// The description of a network. A head after its last layer is left out: it changes no order of
/// the outputs, and so no answer.
Description Describe(const Network& network);

/// The class that a description answers to a picture, pixels divided by 255: the largest output,
/// the first of equal ones. Plain loops in double; only the activation is in float.
std::size_t Answer(const Description& description, const std::uint8_t* pixels);
/// The same of every sample, which must be bytes.
std::vector<std::size_t> Answers(const Description& description, const Samples& samples);
/// What the network itself answers to them, by its kernels: the largest output, the first of equal
/// ones.
std::vector<std::size_t> Answers(const Network& network, const Samples& samples);

/// What is changed in a description before it is handed on.
enum class Change {
  kNone,        ///< Nothing.
  kBiases,      ///< All biases are left out.
  kActivation,  ///< The activation is left out: a hidden unit passes its sum on.
  kWeights,     ///< The weights of each layer stand in other places, at random.
  kOrder,       ///< The hidden units stand in another order, with all that is theirs.
  kDigits,      ///< Weights and biases are rounded to kKeptBits significant bits.
  kFewDigits,   ///< The same to kFewBits.
};

/// How many significant bits kDigits keeps, of the 24 that a float has.
inline constexpr int kKeptBits = 8;
/// How many kFewDigits keeps.
inline constexpr int kFewBits = 2;

/// A change with the name it has in records and figures.
struct NamedChange {
  Change change;          ///< Which.
  std::string_view name;  ///< "biases left out".
};

/// All of them, `kNone` first.
inline constexpr std::array<NamedChange, 7> kChanges = {{
    {Change::kNone, "complete"},
    {Change::kBiases, "biases left out"},
    {Change::kActivation, "activation left out"},
    {Change::kWeights, "weights in other places"},
    {Change::kOrder, "hidden units in another order"},
    {Change::kDigits, "8 bits a number"},
    {Change::kFewDigits, "2 bits a number"},
}};

/// The description after a change; what is random comes from stream kNoise of `seed`.
Description Changed(Description description, Change change, std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DEFINITION_DESCRIPTION_H_
