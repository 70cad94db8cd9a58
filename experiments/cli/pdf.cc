// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/pdf.h"

#include <fmt/format.h>

#include <set>
#include <string>

#include "experiments/cli/child_process.h"
#include "experiments/records/disk.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

constexpr const char* kConverter = "rsvg-convert";

// What the converter makes of a file, which it is to write to standard output: so there is never
// half a file, whatever becomes of it.
std::string PdfOf(const std::filesystem::path& svg) {
  try {
    // An absolute path is never taken for a flag.
    std::string pdf =
        RunChild({kConverter, "--format=pdf", std::filesystem::absolute(svg).string()});
    if (!pdf.starts_with("%PDF-")) {
      throw WriteError(fmt::format("{}: {} made no PDF of it", svg.string(), kConverter));
    }
    return pdf;
  } catch (const DataError& error) {
    throw WriteError(fmt::format("{}: no PDF: {}", svg.string(), error.what()));
  }
}

}  // namespace

void RequirePdfConverter() {
  try {
    RunChild({kConverter, "--version"});
  } catch (const DataError& error) {
    throw WriteError(fmt::format(
        "--pdf needs rsvg-convert: install the package librsvg2-bin, or leave --pdf out ({})",
        error.what()));
  }
}

void WritePlainPdfs(const std::filesystem::path& directory) {
  std::set<std::filesystem::path> drawings;
  std::error_code none;  // a report without a figure has no folder of them
  for (const auto& entry : std::filesystem::directory_iterator(directory / "figures", none)) {
    if (entry.path().filename().string().ends_with("_plain.svg")) drawings.insert(entry.path());
  }
  for (const std::filesystem::path& svg : drawings) {
    std::filesystem::path pdf = svg;
    WriteFileAtomically(pdf.replace_extension(".pdf"), PdfOf(svg));
  }
}

}  // namespace lanegrad
