/// @file
/// What tests ask of markup: whether others can read it, and what is in it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_TESTS_MARKUP_H_
#define LANEGRAD_TESTS_MARKUP_H_

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>
#include <string>
#include <string_view>

namespace lanegrad {

/// Whether a parser that is not ours reads it as XML.
inline bool WellFormed(const std::string& xml) {
  std::istringstream text(xml);
  boost::property_tree::ptree tree;
  try {
    boost::property_tree::read_xml(text, tree);
  } catch (const boost::property_tree::xml_parser_error&) {
    return false;
  }
  return tree.size() == 1;
}

/// A name with everything in it that markup reserves or forbids.
inline constexpr const char* kNasty = "<a & \"b\" 'c'> 网络\x01";

/// How often `what` stands in `text`.
inline std::size_t Count(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

}  // namespace lanegrad

#endif  // LANEGRAD_TESTS_MARKUP_H_
