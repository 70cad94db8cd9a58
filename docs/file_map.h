/// @file
/// The map of the tree, read off the headers: what each file is for.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_FILE_MAP_H_
#define LANEGRAD_DOCS_FILE_MAP_H_

#include <filesystem>
#include <string>

namespace lanegrad {

/// A Markdown table a folder of kernels/, network/ and experiments/: each header with the first
/// sentence of its `@file` comment. Rooms come in the order of experiments/rooms.txt, with the
/// rooms that they may include. Throws WriteError where a header says nothing of itself.
std::string FileMap(const std::filesystem::path& source);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_FILE_MAP_H_
