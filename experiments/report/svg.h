/// @file
/// The small writer of SVG that reports and the book share.
///
/// Bytes are deterministic: numbers are written without the locale, and there is
/// no date in them. Every mark has a literal colour, for papers and converters
/// that know no style sheets, and a class, so that a page's dark mode is followed.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_SVG_H_
#define LANEGRAD_EXPERIMENTS_REPORT_SVG_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// `text` with the five characters that XML reserves replaced, and with control
/// characters, which XML forbids, dropped.
std::string Escape(std::string_view text);

/// The same for text between tags only, where quotes are no matter.
std::string EscapeText(std::string_view text);

/// A coordinate: at most one decimal, no trailing zeros, no "-0".
std::string Coordinate(double value);

/// A number for people: four significant digits, no trailing zeros.
std::string Short(double value);

/// How many colours series take before they repeat.
inline constexpr std::size_t kColours = 8;

/// The colour of series `i` on a light page. No two differ in red and green alone.
std::string_view Colour(std::size_t i);

/// Viridis at t in [0, 1], as "#rrggbb".
std::string Viridis(double t);

/// Black or white, whichever is easier to read on `colour` ("#rrggbb"): the
/// contrast is at least 4.5. [WCAG 2.1, 1.4.3]
std::string_view ReadableOn(std::string_view colour);

/// Width of a text in pixels at a size, estimated: wide characters count double.
double TextWidth(std::string_view text, double size);

/// `text` in lines of at most `width` pixels, broken at blanks; a longer word has a line
/// of its own.
std::vector<std::string> WrapText(std::string_view text, double size, double width);

/// The title and the subtitle of a figure, in lines.
struct FigureHeading {
  std::vector<std::string> title;     ///< Lines.
  std::vector<std::string> subtitle;  ///< Lines.
  double height = 0.0;                ///< Where the drawing may begin.
};

/// Breaks them for a drawing of `width`.
FigureHeading WrapHeading(std::string_view title, std::string_view subtitle, double width);

/// How a drawing is laid out.
enum class Layout {
  kWide,    ///< For a page: up to 900 pixels.
  kNarrow,  ///< For a telephone: 400 pixels, no tooltips.
};

/// How wide a drawing of `kNarrow` is.
inline constexpr double kNarrowWidth = 400;

/// The mark of series `i` around a point, as one element: disc, square, triangle, diamond by
/// turns. `inside` is markup to put inside it, such as a tooltip. Colour is inherited.
std::string Marker(std::size_t i, double x, double y, double radius, std::string_view inside = "");

/// Where the keys of a legend stand: one after the other, in lines of `width`.
struct KeyPlaces {
  double left;      ///< Where each line begins.
  double y;         ///< Where the present one stands.
  double width;     ///< Where lines end.
  double x = left;  ///< Where the next key begins, if it is no wider than what is left.
  /// Makes room for a key of so many pixels. Returns where it begins; it stands at `y`.
  double Next(double needed);
};

/// A cross: what is drawn for runs that diverged. Colour is inherited.
std::string Cross(double x, double y, double radius, std::string_view inside = "");

/// The dashes of the line of series `i`, as an attribute: none for the first four, others for
/// each four more. Together with Marker() they tell sixteen series apart without any colour.
std::string_view Dashes(std::size_t i);

/// A tooltip: a title element, or nothing for an empty note.
std::string Tip(std::string_view note);

/// The style sheet of the drawings that `selector` selects, such as "#name" or "svg.figure":
/// their colours as variables, light and dark. A drawing alone follows the system; one inside
/// a page follows the page's toggle, which sets a class on html.
std::string SvgStyle(std::string_view selector);

/// A drawing without its style sheet: every mark keeps its literal colour. For papers, and
/// for converters that know no CSS variables.
std::string WithoutStyle(std::string svg);

/// A growing drawing.
class Svg {
 public:
  /// A drawing `name` (its id, and the prefix of others) of so many pixels, with a
  /// title and a description for those who cannot see it.
  Svg(std::string_view name, double width, double height, std::string_view title,
      std::string_view description);

  /// Text at a point. `anchor` is start, middle or end; `kind` is ink, mute,
  /// strong, or halo: mute, with a border of the page's colour. `raw` text is taken as markup.
  void Text(double x, double y, std::string_view text, double size = 12,
            std::string_view anchor = "start", std::string_view kind = "ink", bool raw = false);
  /// A straight line of class `kind`: grid or axis.
  void Line(double x1, double y1, double x2, double y2, std::string_view kind);
  /// The heading, from the top.
  void Heading(const FigureHeading& heading, double x);
  /// Any markup.
  void Raw(std::string_view markup);
  /// The finished drawing.
  std::string Finish() &&;

 private:
  std::string text_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_SVG_H_
