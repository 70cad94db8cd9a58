// SPDX-License-Identifier: Apache-2.0
#include "experiments/command_line.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "experiments/provenance.h"
#include "experiments/record.h"
#include "experiments/shell.h"
#include "kernels/arithmetic.h"
#include "kernels/catalogue.h"
#include "kernels/targets.h"
#include "network/dataset.h"
#include "network/idx.h"
#include "network/parallel.h"

namespace lanegrad {
namespace {

std::atomic<bool> interrupted{false};

// A handler may do little: note the wish, and give the next Ctrl-C its old meaning.
void OnInterrupt(int signal) {
  interrupted.store(true, std::memory_order_relaxed);
  ::signal(signal, SIG_DFL);
}

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

int Fail(const CLI::App& app, ExitCode code, std::string_view what) {
  fmt::print(stderr, "{}: {}\n", app.get_name(), what);
  return code;
}

// The names that a setting may take, wrapped to lines of 100 characters.
std::string NamesOf(const SettingsField& field) {
  std::string text = fmt::format("\n{}:", field.name);
  std::size_t column = text.size();
  for (const std::string_view name : field.choices()) {
    if (column + 1 + name.size() > 100) {
      text += "\n ";
      column = 2;
    }
    text.append(" ").append(name);
    column += 1 + name.size();
  }
  return text;
}

constexpr const char* kFooter =
    "Exit codes: 0 done, 1 claim or verification failed, 2 bad usage, 3 bad data, 4 could not "
    "write,\n130 interrupted (after saving).";

}  // namespace

void AddCommonOptions(CLI::App& app, CommonOptions& options) {
  if (options.data.empty()) options.data = kFashionMnistDirectory;
  app.add_option("--data", options.data,
                 "directory of IDX files (plain or gzip), or a synthetic set: xor, moons, ...")
      ->capture_default_str();
  app.add_option("--threads", options.threads, "most threads (0: all that are available)")
      ->capture_default_str();
  app.add_option("--target", options.target, "instruction set to force, or 'list'");
  if (!options.output.empty()) {
    app.add_option("--output", options.output, "directory for results")->capture_default_str();
  }
  app.add_flag("--json", options.json, "results as JSON on standard output");
  app.add_flag("--quiet", options.quiet, "no progress on standard error");
}

void AddSettingsOptions(CLI::App& app, Settings& settings,
                        std::initializer_list<std::string_view> without) {
  std::string names =
      "Names; one that takes a number may carry it, as in leaky_relu:0.2 or huber:0.5.";
  for (const SettingsField& field : SettingsFields()) {
    if (std::find(without.begin(), without.end(), field.name) != without.end()) continue;
    app.add_option_function<std::string>(
           fmt::format("--{}", field.name),
           [&settings, &field](const std::string& text) { field.set(settings, text); },
           std::string(field.help))
        ->default_str(field.get(settings));
    if (field.choices != nullptr) names += NamesOf(field);
  }
  app.footer(names + "\n");
}

void ApplyTarget(const std::string& name) {
  if (name == "list") {
    for (const Target& target : Targets()) {
      fmt::print("{:<7} {}\n", target.name,
                 target.native_fma ? "fused multiply-add" : "emulates it exactly, slowly");
    }
    throw CLI::Success();
  }
  if (!name.empty()) ForceTarget(name);
}

void ApplyCommonOptions(CommonOptions& options) {
  ApplyTarget(options.target);
  RequireArithmetic();
  const std::size_t available = AvailableCpus();
  options.threads = options.threads == 0 ? available : std::min(options.threads, std::size_t{256});
}

int RunProgram(CLI::App& app, int argc, char** argv, const std::function<int()>& body) {
  app.footer(app.get_footer() + kFooter);
  app.set_version_flag("--version", [] { return VersionText(); });
  ::signal(SIGINT, OnInterrupt);
  ::signal(SIGTERM, OnInterrupt);
  // nohup ignores it, and means it.
  if (::signal(SIGHUP, OnInterrupt) == SIG_IGN) ::signal(SIGHUP, SIG_IGN);
  const std::vector<std::string> words(argv, argv + argc);
  SetCommand(ShellLine(words));
  try {
    app.parse(argc, argv);
    return body();
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return Fail(app, kBadUsage, Explain(app, error));
  } catch (const DataError& error) {
    return Fail(app, kBadData, error.what());
  } catch (const WriteError& error) {
    return Fail(app, kCannotWrite, error.what());
  } catch (const ArithmeticError& error) {
    return Fail(app, kClaimFailed, error.what());
  } catch (const std::invalid_argument& error) {  // UsageError, UnknownName
    return Fail(app, kBadUsage, error.what());
  } catch (const std::bad_alloc&) {
    return Fail(app, kBadUsage, "not enough memory for these settings");
  }
}

const std::atomic<bool>& InterruptRequested() { return interrupted; }

void RequestInterrupt() { interrupted.store(true, std::memory_order_relaxed); }

}  // namespace lanegrad
