// SPDX-License-Identifier: Apache-2.0
#include "docs/figure_captions.h"

#include <fmt/format.h>

#include <algorithm>

#include "docs/page_order.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// "3.5" of "3.5 Gradient descent"; empty where there is no number.
std::string_view NumberOf(std::string_view title) {
  const std::string_view number = title.substr(0, title.find(' '));
  return number.find_first_not_of("0123456789.") == number.npos ? number : std::string_view();
}

// The experiment that a figure is named after, and its digest; or the end.
RecordDigests::const_iterator Maker(std::string_view figure, const RecordDigests& digests) {
  auto found = digests.end();
  for (auto each = digests.begin(); each != digests.end(); ++each) {
    if (figure.starts_with(each->first + "_")) found = each;  // of several the longest comes last
  }
  return found;
}

}  // namespace

RecordDigests ReadDigests(const fs::path& docs) {
  RecordDigests digests;
  for (const fs::directory_entry& entry : fs::directory_iterator(docs / "records")) {
    const fs::path file = entry.path() / "default.digest";
    if (!fs::exists(file)) continue;
    std::string digest = ReadText(file);
    digest.erase(std::min(digest.find('\n'), digest.size()));
    digests[entry.path().filename().string()] = digest;
  }
  return digests;
}

std::string WithCaptions(std::string_view page, std::string_view title,
                         const RecordDigests& digests) {
  constexpr std::string_view kBegin = "<div class=\"figure-wide\">", kEnd = "<!-- narrow -->\n";
  const std::string_view number = NumberOf(title);
  if (number.empty()) return std::string(page);
  std::string place(number);
  std::ranges::replace(place, '.', '-');
  std::string out;
  std::size_t done = 0, count = 0;
  for (std::size_t at = 0; (at = page.find(kBegin, at)) != page.npos;) {
    const std::size_t end = page.find(kEnd, at);
    if (end == page.npos) break;
    const std::string_view name = Between(page.substr(at, end - at), " id=\"", "\"");
    at = end + kEnd.size();
    if (name.starts_with("still_")) continue;
    ++count;
    out += page.substr(done, at - done);
    out += fmt::format(
        "<p class=\"figure-caption\" id=\"figure-{0}-{1}\"><a "
        "href=\"#figure-{0}-{1}\">Figure {2}.{1}</a>",
        place, count, number);
    if (const auto maker = Maker(name, digests); maker != digests.end()) {
      out += fmt::format(
          ". Made again by <code>build/release/bin/{}</code>; its records have the digest "
          "<code>{}</code>.",
          maker->first, std::string_view(maker->second).substr(0, 12));
    }
    out += "</p>\n";
    done = at;
  }
  out += page.substr(done);
  return out;
}

}  // namespace lanegrad
