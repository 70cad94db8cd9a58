// SPDX-License-Identifier: Apache-2.0
#include "docs/prose.h"

#include <utility>

namespace lanegrad {

void ForEachPiece(std::string_view html, const std::function<void(std::string_view, bool)>& visit) {
  while (!html.empty()) {
    std::size_t begin = html.npos;
    std::string_view end;
    for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"<pre", "</pre>"},
                                   {"<code", "</code>"},
                                   {"<script", "</script>"},
                                   {"<div class=\"fragment\"", "</div><!-- fragment -->"}}) {
      if (const std::size_t found = html.find(from); found < begin) {
        begin = found;
        end = to;
      }
    }
    visit(html.substr(0, begin), true);
    if (begin == html.npos) return;
    html.remove_prefix(begin);
    const std::size_t stop = html.find(end);
    const std::size_t length = stop == html.npos ? html.size() : stop + end.size();
    visit(html.substr(0, length), false);
    html.remove_prefix(length);
  }
}

}  // namespace lanegrad
