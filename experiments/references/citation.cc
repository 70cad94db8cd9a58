// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "experiments/references/bibliography.h"

namespace lanegrad {
namespace {

// Letters with marks that names and titles of this bibliography have, and what remains of them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kPlain = {{
    {"á", "a"}, {"à", "a"}, {"ä", "a"}, {"å", "a"}, {"Å", "a"}, {"é", "e"}, {"É", "e"},
    {"è", "e"}, {"ë", "e"}, {"í", "i"}, {"ì", "i"}, {"ï", "i"}, {"ó", "o"}, {"ö", "o"},
    {"Ö", "o"}, {"ø", "o"}, {"Ø", "o"}, {"ú", "u"}, {"ü", "u"}, {"ñ", "n"}, {"š", "s"},
    {"ž", "z"}, {"ř", "r"}, {"ć", "c"}, {"Ł", "l"}, {"ł", "l"},
}};

bool IsUpper(std::string_view word) {
  return !word.empty() && (std::isupper(static_cast<unsigned char>(word[0])) ||
                           static_cast<unsigned char>(word[0]) >= 0x80);
}

bool IsParticle(std::string_view word) {
  constexpr std::string_view kParticles[] = {"de", "del", "der", "van", "von"};
  return std::find(std::begin(kParticles), std::end(kParticles), word) != std::end(kParticles);
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c))) {
      if (!word.empty()) words.push_back(word);
      word.clear();
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

bool IsYear(std::string word) {
  if (word.ends_with(',')) word.pop_back();
  if (word.size() == 5 && word[4] >= 'a' && word[4] <= 'f') word.pop_back();
  return word.size() == 4 && std::all_of(word.begin(), word.end(), ::isdigit) &&
         (word.starts_with("17") || word.starts_with("18") || word.starts_with("19") ||
          word.starts_with("20"));
}

// Names before the year: from the back, as far as they are names. "for sigmoids, Cybenko" is one.
bool ReadNames(std::vector<std::string> words, Citation& citation) {
  if (words.size() >= 2 && words.back() == "al." && words[words.size() - 2] == "et") {
    citation.et_al = true;
    words.resize(words.size() - 2);
  }
  std::vector<std::string> names;
  std::string name;
  const auto finish = [&] {
    if (!name.empty()) names.insert(names.begin(), name);
    name.clear();
  };
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    if (*word == "and") {
      finish();
      continue;
    }
    std::string bare = *word;
    if (bare.ends_with(',')) {
      finish();
      bare.pop_back();
    }
    if (!IsUpper(bare) && !IsParticle(bare)) break;
    if (!name.empty()) bare += " ";
    bare += name;
    name = bare;
  }
  finish();
  citation.names = names;
  return !names.empty();
}

}  // namespace

std::string Folded(std::string_view text) {
  std::string folded;
  for (std::size_t i = 0; i < text.size();) {
    const auto plain = std::find_if(kPlain.begin(), kPlain.end(), [&](const auto& each) {
      return text.substr(i).starts_with(each.first);
    });
    if (plain != kPlain.end()) {
      folded += plain->second;
      i += plain->first.size();
      continue;
    }
    const unsigned char c = static_cast<unsigned char>(text[i++]);
    if (std::isalnum(c)) folded += static_cast<char>(std::tolower(c));
  }
  return folded;
}

std::vector<Citation> CitationsIn(std::string_view text) {
  std::vector<Citation> citations;
  for (std::size_t open = text.find('['); open != text.npos; open = text.find('[', open + 1)) {
    const std::size_t close = text.find_first_of("[]", open + 1);
    if (close == text.npos || text[close] == '[') continue;
    if (close + 1 < text.size() && text[close + 1] == '(') continue;
    std::string_view inside = text.substr(open + 1, close - open - 1);
    while (true) {
      const std::size_t end = inside.find(';');
      const std::string part(inside.substr(0, end));
      std::vector<std::string> words = WordsOf(part);
      std::erase_if(words, [](const std::string& word) { return word == "///" || word == "//"; });
      const auto year = std::find_if(words.begin(), words.end(), IsYear);
      if (year != words.end() && year != words.begin()) {
        Citation citation = {.names = {}, .year = year->substr(0, 4), .text = {}};
        for (const std::string& word : words) {
          citation.text += (citation.text.empty() ? "" : " ") + word;
        }
        // A comma before the year: a date, or a remark that is no citation.
        const bool date = (year - 1)->ends_with(',');
        if (!date && ReadNames({words.begin(), year}, citation)) citations.push_back(citation);
      }
      if (end == inside.npos) break;
      inside.remove_prefix(end + 1);
    }
  }
  return citations;
}

bool Cites(const Citation& citation, const Work& work) {
  if (citation.year != work.Field("year")) return false;
  if (citation.et_al) {
    return (work.others || work.authors.size() > 2) &&
           Folded(citation.names.front()) == Folded(work.authors.front().family);
  }
  if (work.others || citation.names.size() != work.authors.size()) return false;
  return std::equal(citation.names.begin(), citation.names.end(), work.authors.begin(),
                    [](const std::string& name, const Person& person) {
                      return Folded(name) == Folded(person.family);
                    });
}

}  // namespace lanegrad
