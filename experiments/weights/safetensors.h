/// @file
/// Networks as safetensors files, which numpy, PyTorch and JAX read and write.
///
/// A file is eight bytes of length, a JSON header padded to a multiple of eight, then the
/// tensors as little-endian numbers, row by row, without padding. The format is that of
/// https://github.com/huggingface/safetensors.
///
/// Layer l, counted from 0, is `layers.l.weight` of shape (in, out), so that a batch x of
/// rows gives x @ weight + bias, and `layers.l.bias` of shape (out), both of dtype F32.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_WEIGHTS_SAFETENSORS_H_
#define LANEGRAD_EXPERIMENTS_WEIGHTS_SAFETENSORS_H_

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "network/initial_weights.h"
#include "network/network.h"
#include "network/trainer.h"

namespace lanegrad {

/// Entries of the metadata that say how inputs x and the target of a regression are brought to the
/// network, x' = (x - shift) * factor, y' likewise: lists of a number a feature, or one number, as
/// JSON in a text. Inputs of bytes are x = byte / 255. What is absent is taken as it is.
inline constexpr const char* kInputShift = "input_shift";
inline constexpr const char* kInputFactor = "input_factor";    ///< Likewise.
inline constexpr const char* kTargetShift = "target_shift";    ///< Likewise.
inline constexpr const char* kTargetFactor = "target_factor";  ///< Likewise.

/// What a layer's weights and its biases are called, counted from 0.
std::string WeightName(std::size_t layer);
std::string BiasName(std::size_t layer);  ///< Likewise.

/// The bytes of the file of a trained network. The header's metadata says how it was
/// made: settings, status and digest of the run, and how inputs and targets were scaled.
std::string Safetensors(const Network& network, const RunResult& result);

/// What a safetensors file holds.
struct ImportedNetwork {
  std::string name;                                       ///< Of the file, for messages.
  InitialWeights weights;                                 ///< Of its layers.
  std::map<std::string, std::string, std::less<>> about;  ///< Its metadata.
  /// What the metadata say of a setting; empty where they say nothing or are not
  /// lanegrad's.
  std::string Said(std::string_view setting) const;
};

/// The network of such bytes, whoever wrote them and in whatever order. Throws DataError,
/// which begins with `name`, where they are damaged or something else, where a tensor is
/// missing, of another dtype, of a shape that does not fit or none of those above, and
/// where a number is not finite: no training can begin there. Any bytes whatever are
/// either read or refused.
ImportedNetwork UnpackSafetensors(std::string_view bytes, std::string_view name);

/// Reads a file. Throws DataError, also where there is none.
ImportedNetwork ReadSafetensors(const std::filesystem::path& path);

/// Makes `settings` those of a run that begins with the network. What the network is comes
/// from the file: its layers, and the activation, output-activation, loss, scale and target-scale
/// of its metadata, where "standard" means by the samples that it was made with, so that the
/// numbers are the file's; but of these, whatever is among `given` stays, and layers that were
/// given must be the file's: else throws UsageError, which names the first tensor that differs, its
/// shape, and that which was wanted. How the network is trained stays. Throws DataError
/// where the metadata name what there is not.
void TakeOver(const ImportedNetwork& network, std::span<const std::string_view> given,
              Settings& settings);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_WEIGHTS_SAFETENSORS_H_
