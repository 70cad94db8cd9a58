// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "experiments/records/disk.h"
#include "network/dataset.h"

extern char** environ;

namespace lanegrad {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// A file without a name: gone with its last owner, however that ends.
File TemporaryFile() {
  File file(std::tmpfile(), &std::fclose);
  if (file == nullptr) {
    throw WriteError(fmt::format("{}: no temporary file can be made: {}; make room there", P_tmpdir,
                                 std::strerror(errno)));
  }
  return file;
}

std::string Content(std::FILE* file) {
  std::rewind(file);
  std::string text;
  char piece[1 << 14];
  for (std::size_t got = 0; (got = std::fread(piece, 1, sizeof(piece), file)) > 0;) {
    text.append(piece, got);
  }
  return text;
}

std::string LastLine(std::string text) {
  text.erase(text.find_last_not_of(" \n") + 1);
  return text.substr(text.find_last_of('\n') + 1);
}

}  // namespace

ChildEnd RunToEnd(const std::vector<std::string>& command) {
  const File output = TemporaryFile(), errors = TemporaryFile();
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ::fileno(output.get()), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ::fileno(errors.get()), STDERR_FILENO);
  pid_t child = 0;
  const int error =
      ::posix_spawnp(&child, command.front().c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    throw DataError(fmt::format("{}: cannot be run: {}", command.front(), std::strerror(error)));
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) {
      throw DataError(fmt::format("{}: lost: {}", command.front(), std::strerror(errno)));
    }
  }
  if (WIFSIGNALED(status)) {
    throw DataError(fmt::format("{}: was killed by signal {} ({})", command.front(),
                                WTERMSIG(status), ::strsignal(WTERMSIG(status))));
  }
  return {.exit_code = WEXITSTATUS(status),
          .output = Content(output.get()),
          .said = LastLine(Content(errors.get()))};
}

std::string RunChild(const std::vector<std::string>& command) {
  const ChildEnd end = RunToEnd(command);
  if (end.exit_code != 0) {
    throw DataError(fmt::format("{}: ended with exit code {}{}{}", command.front(), end.exit_code,
                                end.said.empty() ? "" : ", saying: ", end.said));
  }
  return end.output;
}

}  // namespace lanegrad
