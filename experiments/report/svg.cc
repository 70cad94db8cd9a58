// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace lanegrad {
namespace {

// Light and dark. Neighbours in the list differ in brightness as well as in hue.
constexpr std::array<std::string_view, kColours> kLight = {
    "#0969da", "#c2500b", "#1a7f5a", "#8250df", "#bf3989", "#8a6100", "#0b7a8c", "#a40e26"};
constexpr std::array<std::string_view, kColours> kDark = {
    "#58a6ff", "#f0883e", "#3fb98a", "#bc8cff", "#f778ba", "#d29922", "#39c5cf", "#ff7b72"};

// Viridis of matplotlib, by Smith and van der Walt [2015], at tenths.
constexpr std::array<std::array<int, 3>, 11> kViridis = {{{68, 1, 84},
                                                          {72, 36, 117},
                                                          {65, 68, 135},
                                                          {53, 95, 141},
                                                          {42, 120, 142},
                                                          {33, 145, 140},
                                                          {34, 168, 132},
                                                          {68, 191, 112},
                                                          {122, 209, 81},
                                                          {189, 223, 38},
                                                          {253, 231, 37}}};

// The variables of one mode, as declarations.
std::string Variables(bool dark) {
  std::string css =
      dark ? "--ink:#e6edf3;--mute:#9aa4ae;--grid:#30363d;--axis:#6e7681;--page:#0d1117;"
           : "--ink:#1f2328;--mute:#59636e;--grid:#d8dee4;--axis:#8c959f;--page:#fff;";
  for (std::size_t i = 0; i < kColours; ++i) {
    fmt::format_to(std::back_inserter(css), "--c{}:{};", i, dark ? kDark[i] : kLight[i]);
  }
  return css;
}

double Luminance(std::string_view colour) {
  double sum = 0.0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (std::size_t i = 0; i < 3; ++i) {
    int value = 0;
    std::from_chars(colour.data() + 1 + 2 * i, colour.data() + 3 + 2 * i, value, 16);
    const double c = value / 255.0;
    sum += weights[i] * (c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
  }
  return sum;
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

std::string EscapeText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Coordinate(double value) {
  const double rounded = std::round(value * 10.0) / 10.0;
  return fmt::format("{}", rounded == 0.0 ? 0.0 : rounded);
}

std::string Short(double value) { return fmt::format("{:.4g}", value == 0.0 ? 0.0 : value); }

std::string_view Colour(std::size_t i) { return kLight[i % kColours]; }

std::string Viridis(double t) {
  const double at = std::clamp(std::isnan(t) ? 0.0 : t, 0.0, 1.0) * 10.0;
  const std::size_t low = std::min<std::size_t>(9, static_cast<std::size_t>(at));
  const double share = at - static_cast<double>(low);
  int rgb[3];
  for (std::size_t i = 0; i < 3; ++i) {
    rgb[i] = static_cast<int>(
        std::lround(kViridis[low][i] + share * (kViridis[low + 1][i] - kViridis[low][i])));
  }
  return fmt::format("#{:02x}{:02x}{:02x}", rgb[0], rgb[1], rgb[2]);
}

std::string_view ReadableOn(std::string_view colour) {
  // Black and white are equally readable where (l + .05)^2 = 1.05 * .05.
  return Luminance(colour) > 0.179 ? "#000000" : "#ffffff";
}

double TextWidth(std::string_view text, double size) {
  // Of the characters of ASCII from the space on, in hundredths of the size: DejaVu Sans, which
  // Debian has, and which is wider than the other fonts that figures ask for.
  constexpr std::array<int, 95> kWidths = {
      32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36,  32, 34, 64, 64, 64,
      64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63,
      58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63,  61, 73, 68, 99, 69,
      61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,  63, 63, 28, 28, 58,
      28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59,  52, 64, 34, 64, 84};
  double units = 0.0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xe3) {
      units += 1.0;  // the first byte of a wide character
    } else if (byte >= 32 && byte < 127) {
      units += 0.01 * kWidths[byte - 32];
    } else if ((byte & 0xc0) != 0x80) {
      units += 0.62;
    }
  }
  return units * size;
}

std::vector<std::string> WrapText(std::string_view text, double size, double width) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word(text.substr(begin, end - begin));
    std::string longer = line;
    longer.append(line.empty() ? "" : " ").append(word);
    if (!line.empty() && TextWidth(longer, size) > width) {
      lines.push_back(std::move(line));
      line = word;
    } else {
      line = longer;
    }
    begin = end + 1;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

FigureHeading WrapHeading(std::string_view title, std::string_view subtitle, double width) {
  FigureHeading heading = {.title = WrapText(title, 17, width),
                           .subtitle = WrapText(subtitle, 12.8, width)};
  heading.height = 8 + 20 * static_cast<double>(heading.title.size()) +
                   16 * static_cast<double>(heading.subtitle.size());
  return heading;
}

namespace {

// An element with `inside`; the short form where there is nothing: a report has thousands.
std::string Element(std::string_view name, std::string_view attributes, std::string_view inside) {
  return inside.empty() ? fmt::format("<{} {}/>", name, attributes)
                        : fmt::format("<{0} {1}>{2}</{0}>\n", name, attributes, inside);
}

}  // namespace

std::string Marker(std::size_t i, double x, double y, double radius, std::string_view inside) {
  if (i % 4 == 0) {
    return Element("circle",
                   fmt::format("cx=\"{}\" cy=\"{}\" r=\"{}\"", Coordinate(x), Coordinate(y),
                               Coordinate(radius)),
                   inside);
  }
  // Equal areas: a square of side 1.77 r, a triangle and a diamond a little larger.
  const double a = 0.89 * radius, b = 1.35 * radius;
  std::string path;
  if (i % 4 == 1) {
    path = fmt::format("M{} {}h{}v{}h-{}z", Coordinate(x - a), Coordinate(y - a), Coordinate(2 * a),
                       Coordinate(2 * a), Coordinate(2 * a));
  } else if (i % 4 == 2) {
    path = fmt::format("M{} {}l{} {}h-{}z", Coordinate(x), Coordinate(y - b), Coordinate(b),
                       Coordinate(1.7 * b), Coordinate(2 * b));
  } else {
    path =
        fmt::format("M{} {}l{} {}l-{} {}l-{} -{}z", Coordinate(x), Coordinate(y - b), Coordinate(b),
                    Coordinate(b), Coordinate(b), Coordinate(b), Coordinate(b), Coordinate(b));
  }
  return Element("path", fmt::format("d=\"{}\"", path), inside);
}

std::string Cross(double x, double y, double radius, std::string_view inside) {
  return fmt::format("<path class=\"lost\" d=\"M{0} {2}L{1} {3}M{0} {3}L{1} {2}\">{4}</path>\n",
                     Coordinate(x - radius), Coordinate(x + radius), Coordinate(y - radius),
                     Coordinate(y + radius), inside);
}

double KeyPlaces::Next(double needed) {
  if (x + needed > width && x > left) {
    x = left;
    y += 20;
  }
  return std::exchange(x, x + needed);
}

std::string_view Dashes(std::size_t i) {
  constexpr std::string_view kDashes[] = {"", " stroke-dasharray=\"6 3\"",
                                          " stroke-dasharray=\"2 3\"",
                                          " stroke-dasharray=\"9 3 2 3\""};
  return kDashes[(i / 4 + i / 16) % 4];  // after sixteen every colour has another stroke
}

std::string Tip(std::string_view note) {
  return note.empty() ? std::string() : fmt::format("<title>{}</title>", Escape(note));
}

std::string SvgStyle(std::string_view selector) {
  std::string css = fmt::format(
      "{0}{{{1}}}@media(prefers-color-scheme:dark){{{0}{{{2}}}}}html.light-mode {0}{{{1}}}"
      "html.dark-mode {0}{{{2}}}"
      "{0} text{{font-family:system-ui,'DejaVu Sans','Noto Sans','Noto Sans CJK SC',sans-serif}}"
      "{0} .ink,{0} .strong{{fill:var(--ink)}}{0} .mute{{fill:var(--mute)}}"
      "{0} .strong{{font-weight:600}}{0} .grid{{stroke:var(--grid)}}{0} "
      ".axis{{stroke:var(--axis)}}"
      "{0} .page{{stroke:var(--page)}}{0} .blank{{fill:var(--page)}}{0} "
      ".outline{{stroke:var(--ink)}}"
      "{0} .rest{{stroke:var(--mute)}}{0} .lostcell{{fill:var(--grid)}}{0} "
      ".lostmark{{fill:var(--ink)}}",
      selector, Variables(false), Variables(true));
  for (std::size_t i = 0; i < kColours; ++i) {
    fmt::format_to(std::back_inserter(css),
                   "{0} .f{1}{{fill:var(--c{1})}}{0} .s{1}{{stroke:var(--c{1})}}", selector, i);
  }
  return css;
}

std::string WithoutStyle(std::string svg) {
  constexpr std::string_view kBegin = "<style>", kEnd = "</style>\n";
  const std::size_t begin = svg.find(kBegin), end = svg.find(kEnd);
  if (begin != svg.npos && end != svg.npos) svg.erase(begin, end + kEnd.size() - begin);
  return svg;
}

Svg::Svg(std::string_view name, double width, double height, std::string_view title,
         std::string_view description) {
  const std::string id = Escape(name);
  text_ = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{0}\" class=\"figure\" role=\"img\" "
      "aria-labelledby=\"{0}-title {0}-desc\" viewBox=\"0 0 {1} {2}\" width=\"{1}\" height=\"{2}\" "
      "font-family=\"sans-serif\" style=\"max-width:100%;height:auto\">\n<title "
      "id=\"{0}-title\">{3}</title>\n"
      "<desc id=\"{0}-desc\">{4}</desc>\n<style>{5}</style>\n",
      id, Coordinate(width), Coordinate(height), Escape(title), Escape(description),
      SvgStyle("#" + id));
}

void Svg::Text(double x, double y, std::string_view text, double size, std::string_view anchor,
               std::string_view kind, bool raw) {
  const bool halo = kind == "halo";
  const std::string_view fill = halo || kind == "mute" ? "#59636e" : "#1f2328";
  const std::string_view more = kind == "strong" ? " font-weight=\"600\""
                                : halo
                                    ? " stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\""
                                    : "";
  const std::string place =
      anchor == "start" ? std::string() : fmt::format(" text-anchor=\"{}\"", anchor);
  fmt::format_to(
      std::back_inserter(text_),
      "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{} class=\"{}\" fill=\"{}\"{}>{}</text>\n",
      Coordinate(x), Coordinate(y), Coordinate(size), place, halo ? "mute page" : kind, fill, more,
      raw ? std::string(text) : Escape(text));
}

void Svg::Line(double x1, double y1, double x2, double y2, std::string_view kind) {
  fmt::format_to(std::back_inserter(text_),
                 "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\" stroke=\"{}\"/>\n",
                 Coordinate(x1), Coordinate(y1), Coordinate(x2), Coordinate(y2), kind,
                 kind == "grid" ? "#d8dee4" : "#8c959f");
}

void Svg::Heading(const FigureHeading& heading, double x) {
  double y = 2;
  for (const std::string& line : heading.title) Text(x, y += 20, line, 15, "start", "strong");
  y += 3;
  for (const std::string& line : heading.subtitle) Text(x, y += 16, line, 12, "start", "mute");
}

void Svg::Raw(std::string_view markup) { text_ += markup; }

std::string Svg::Finish() && {
  text_ += "</svg>\n";
  return std::move(text_);
}

}  // namespace lanegrad
