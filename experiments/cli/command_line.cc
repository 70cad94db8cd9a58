// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/command_line.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>

#include "experiments/cli/interrupt.h"
#include "experiments/cli/print_error.h"
#include "experiments/cli/progress.h"
#include "experiments/cli/shell.h"
#include "experiments/records/disk.h"
#include "experiments/records/provenance.h"
#include "kernels/arithmetic.h"
#include "kernels/catalogue.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

// CLI11 names the argument that it does not know; say which was meant.
std::string Explain(const CLI::App& app, const CLI::ParseError& error) {
  std::string text = error.what();
  text = text.substr(0, text.find('\n'));
  const std::size_t dashes = text.find("--");
  if (dynamic_cast<const CLI::ExtrasError*>(&error) == nullptr || dashes == text.npos) return text;
  const std::string wrong = text.substr(dashes + 2, text.find_first_of(" =", dashes) - dashes - 2);
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_lnames().empty()) flags.push_back(option->get_lnames().front());
  }
  const std::vector<std::string_view> known(flags.begin(), flags.end());
  const std::string_view nearest = NearestName(wrong, known);
  if (nearest.empty()) return fmt::format("unknown flag '--{}'; see --help", wrong);
  return fmt::format("unknown flag '--{}'; did you mean '--{}'?", wrong, nearest);
}

std::size_t ReadCount(std::string_view name, const std::string& text, CountRange range) {
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size() || count < range.min ||
      count > range.max) {
    throw std::invalid_argument(fmt::format("{} must be a whole number from {} to {}, not '{}'",
                                            name, range.min, range.max, text));
  }
  return count;
}

// Where a standard stream is closed, the next file that is opened would take its place, and get
// what was meant for it. Something else takes it instead: behind standard output something that
// cannot be written, so that it is noticed; behind standard error something that swallows all.
void OccupyClosedStreams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) != -1 || errno != EBADF) continue;
    const int null = ::open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY);
    if (null >= 0 && null != stream) {
      ::dup2(null, stream);
      ::close(null);
    }
  }
}

constexpr const char* kExitCodes =
    "Exit codes: 0 done, 1 claim or verification failed, 2 bad usage, 3 bad data, 4 could not "
    "write, 6 out of time, 130 interrupted (after saving).";

// What answers and ends the program stands last.
constexpr const char* kAnswers = "Help";

}  // namespace

struct CommandLine::Parser {
  Parser(std::string_view summary, std::string_view name)
      : app(std::string(summary), std::string(name)) {}
  CLI::App app;
};

CommandLine::CommandLine(std::string_view name, std::string_view summary)
    : name_(name), parser_(std::make_unique<Parser>(summary, name)) {
  CLI::App& app = parser_->app;
  app.set_help_flag("-h,--help", "print this page and end")->group(kAnswers);
  app.set_version_flag(
         "--version", [] { return VersionText(); }, "print version, compiler and targets, and end")
      ->group(kAnswers);
  app.formatter_fn([this](const CLI::App*, const std::string&, CLI::AppFormatMode) {
    const std::size_t columns = TerminalColumns(STDOUT_FILENO);
    return HelpText(Help(), columns == 0 ? kHelpColumns : std::min(columns, kHelpColumns));
  });
}

CommandLine::~CommandLine() = default;

void CommandLine::Flag(std::string_view name, bool& value, std::string_view help) {
  parser_->app.add_flag(std::string(name), value, std::string(help));
}

void CommandLine::Option(std::string_view name, std::string& value, std::string_view help) {
  CLI::Option* option = parser_->app.add_option(std::string(name), value, std::string(help));
  if (!value.empty()) option->capture_default_str();
}

void CommandLine::Option(std::string_view name, std::vector<std::string>& values,
                         std::string_view help) {
  parser_->app.add_option(std::string(name), values, std::string(help));
}

void CommandLine::Repeated(std::string_view name, std::vector<std::string>& values,
                           std::string_view help) {
  parser_->app.add_option(std::string(name), values, std::string(help))->allow_extra_args(false);
}

void CommandLine::Option(std::string_view name, std::vector<std::string>& values, std::size_t count,
                         std::string_view help) {
  parser_->app.add_option(std::string(name), values, std::string(help))
      ->expected(static_cast<int>(count));
}

void CommandLine::Option(std::string_view name, const std::function<void(const std::string&)>& set,
                         std::string_view shown_default, std::string_view help,
                         std::string_view value) {
  parser_->app.add_option_function<std::string>(std::string(name), set, std::string(help))
      ->default_str(std::string(shown_default))
      ->type_name(std::string(value));
}

void CommandLine::Count(std::string_view name, std::size_t& value, CountRange range,
                        std::string_view help) {
  Option(
      name,
      [&value, range, flag = std::string(name)](const std::string& text) {
        value = ReadCount(flag, text, range);
      },
      fmt::format("{}", value), help, "N");
}

void CommandLine::Number(std::string_view name, double& value, double min, double max,
                         std::string_view help) {
  CLI::Option* option = parser_->app.add_option(std::string(name), value, std::string(help));
  option->check(CLI::Range(min, max).description(""))->type_name("X");
}

void CommandLine::Remove(std::string_view name) {
  parser_->app.remove_option(parser_->app.get_option(std::string(name)));
}

void CommandLine::Group(std::string_view heading) {
  if (std::find(groups_.begin(), groups_.end(), heading) == groups_.end()) {
    groups_.emplace_back(heading);
  }
  parser_->app.option_defaults()->group(std::string(heading));
}

void CommandLine::Example(std::string_view command, std::string_view purpose) {
  examples_.push_back({std::string(command), std::string(purpose)});
}

void CommandLine::Note(std::string_view text) { notes_.emplace_back(text); }

HelpPage CommandLine::Help() const {
  HelpPage page = {.program = name_,
                   .summary = parser_->app.get_description(),
                   .groups = groups_,
                   .examples = examples_,
                   .notes = notes_};
  for (const CLI::Option* option : parser_->app.get_options()) {
    std::string name = option->get_name(option->get_positional(), true);
    if (const std::size_t comma = name.find(','); comma != name.npos) name.insert(comma + 1, " ");
    std::string value = option->get_type_size() > 0 ? option->get_type_name() : std::string();
    if (option->get_expected_max() > 1) value += " ...";
    page.entries.push_back({.group = option->get_group(),
                            .name = std::move(name),
                            .value = std::move(value),
                            .fallback = option->get_default_str(),
                            .text = option->get_description()});
  }
  // What every program answers stands last, whatever order it was added in.
  std::stable_partition(page.entries.begin(), page.entries.end(),
                        [](const HelpEntry& entry) { return entry.group != kAnswers; });
  page.notes.emplace_back(kExitCodes);
  return page;
}

bool CommandLine::Given(std::string_view name) const {
  const CLI::Option* option = parser_->app.get_option_no_throw(std::string(name));
  return option != nullptr && option->count() > 0;
}

std::vector<std::pair<std::string, std::string>> CommandLine::Flags() const {
  std::vector<std::pair<std::string, std::string>> flags;
  for (const CLI::Option* option : parser_->app.get_options()) {
    flags.emplace_back(option->get_name(), option->get_group());
  }
  return flags;
}

int CommandLine::Fail(ExitCode code, std::string_view what) const {
  PrintError("{}: {}\n", name_, what);
  return code;
}

// What was printed counts only once it has arrived: a full disk behind standard output shows
// when the buffer is emptied, and nobody looks at that but us.
int CommandLine::Finish(int code) const {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  return Fail(kCannotWrite,
              fmt::format("standard output could not be written{}{}", errno == 0 ? "" : ": ",
                          errno == 0 ? "" : std::strerror(errno)));
}

int CommandLine::Guarded(const std::function<int()>& body) {
  try {
    return Finish(body());
  } catch (const Answered&) {
    return Finish(kDone);
  } catch (const CLI::Success& success) {  // --help, --version
    parser_->app.exit(success);
    return Finish(kDone);
  } catch (const CLI::ParseError& error) {
    return Fail(kBadUsage, Explain(parser_->app, error));
  } catch (const DataError& error) {
    return Fail(kBadData, error.what());
  } catch (const WriteError& error) {
    return Fail(kCannotWrite, error.what());
  } catch (const ArithmeticError& error) {
    return Fail(kClaimFailed, error.what());
  } catch (const std::invalid_argument& error) {  // UsageError, UnknownName
    return Fail(kBadUsage, error.what());
  } catch (const std::bad_alloc&) {
    return Fail(kBadUsage, "not enough memory for these settings");
  } catch (const std::system_error& error) {  // of fmt::print, where nobody can be written to
    return Fail(kCannotWrite, std::ferror(stdout) == 0
                                  ? std::string(error.what())
                                  : fmt::format("standard output could not be written: {}",
                                                error.code().message()));
  } catch (const std::exception& error) {
    return Fail(kClaimFailed, fmt::format("a fault of this program: {}", error.what()));
  }
}

int CommandLine::Run(int argc, char** argv, const std::function<int()>& body) {
  CLI::App& app = parser_->app;
  OccupyClosedStreams();
  CatchInterrupts();
  ::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is one that cannot be written
  const std::vector<std::string> words(argv, argv + argc);
  SetCommand(ShellLine(words));
  int own = argc;
  for (int i = 1; i < argc && takes_more_; ++i) {
    if (std::string_view(argv[i]) == "--") {
      own = i;
      after_dashes_.assign(argv + i + 1, argv + argc);
      break;
    }
  }
  return Guarded([&] {
    app.parse(own, argv);
    return body();
  });
}

}  // namespace lanegrad
