/// @file
/// What the book's generators read records and write pages and figures by.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_FIGURE_WRITER_H_
#define LANEGRAD_DOCS_FIGURE_WRITER_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "docs/included_text.h"
#include "docs/narrow_figures.h"
#include "experiments/json/json.h"
#include "experiments/records/disk.h"
#include "experiments/report/report.h"

namespace lanegrad {

/// Reads a record that is one JSON. Throws WriteError where it is none.
Json ReadRecord(const std::filesystem::path& path);

/// Writes a file of the book, whole or not at all; Markdown as a page can include it.
inline void Write(const std::filesystem::path& path, std::string_view text) {
  const bool included = path.extension() == ".md";
  WriteFileAtomically(path, included ? WithParagraphs(text) : std::string(text),
                      {.flag = "cmake -B DIRECTORY", .kept = false});
}

/// A figure of the book, and its drawing for a telephone among those that docs/finish.cc puts in.
class FigureWriter {
 public:
  /// Writes into a directory.
  explicit FigureWriter(std::filesystem::path output) : output_(std::move(output)) {}
  /// Writes a figure.
  template <class Figure>
  void Add(const Figure& figure) {
    Write(output_ / (figure.name + ".svg"), DrawSvg(figure));
    narrow_ += NarrowView(MakeDrawing(figure));
  }
  /// Writes those for telephones.
  void Finish() const { Write(output_ / "narrow.html", narrow_); }

 private:
  std::filesystem::path output_;
  std::string narrow_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_FIGURE_WRITER_H_
