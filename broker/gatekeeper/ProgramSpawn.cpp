#include "broker/gatekeeper/ProgramSpawn.h"

#include "broker/base/FileStamp.h"
#include "broker/base/Text.h"
#include "broker/platform/ProcessStart.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr unsigned usualMask = 022; // ours lets nobody read our files; what it writes is the person's

// Who and where, languages, and how to reach the network; neither keys nor places of ours.
constexpr std::array passedOn{
    "PATH",          "HOME",         "USER",           "LOGNAME",         "SHELL",
    "TMPDIR",        "LANG",         "LANGUAGE",       "LC_ALL",          "LC_CTYPE",
    "LC_MESSAGES",   "TZ",           "http_proxy",     "HTTP_PROXY",      "https_proxy",
    "HTTPS_PROXY",   "all_proxy",    "ALL_PROXY",      "no_proxy",        "NO_PROXY",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"};

// A pipe whose ends are closed with it, unless they were taken.
struct Pipe {
    Pipe() {
        if (::pipe(ends.data()) != 0)
            return;
        for (const int end : ends)
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    ~Pipe() {
        for (const int end : ends) {
            if (end >= 0)
                ::close(end);
        }
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    [[nodiscard]] bool good() const { return ends[0] >= 0; }
    [[nodiscard]] int take(std::size_t which) {
        const int end = std::exchange(ends.at(which), -1);
        ::fcntl(end, F_SETFL, ::fcntl(end, F_GETFL) | O_NONBLOCK);
        return end;
    }
    std::array<int, 2> ends{-1, -1};
};

tl::unexpected<Error> systemFailure(const std::string& what, int code) {
    return failure(ErrorCode::InternalError, what + ": " + std::strerror(code),
                   "See what is wrong with: keybearer doctor");
}

tl::unexpected<Error> cannotStart(const ProgramPlan& plan, int code) {
    const std::string name = displaySafe(plan.program.string(), 500);
    const ErrorCode kind = code == ENOENT || code == ENOTDIR ? ErrorCode::NotFound : ErrorCode::InternalError;
    return failure(kind, "cannot start " + name + ": " + std::strerror(code),
                   "Check command: and directory: of the service in config.yaml.");
}

} // namespace

std::vector<std::string> plainEnvironment() {
    std::vector<std::string> out;
    for (const char* name : passedOn) {
        if (const char* value = std::getenv(name))
            out.push_back(std::string(name).append("=").append(value));
    }
    return out;
}

Result<SpawnedProgram> spawnProgram(const ProgramPlan& plan) {
    if (!plan.stamp.empty() && fileStamp(plan.program) != plan.stamp)
        return failure(ErrorCode::PolicyDenied,
                       displaySafe(plan.program.string(), 500) + " was changed after it had been looked at",
                       "Try again.");
    Pipe input;
    Pipe output;
    Pipe log;
    if (!input.good() || !output.good() || !log.good())
        return systemFailure("cannot make pipes to a program", errno);
    const StartedProcess started = startProcess(
        {plan.program,
         plan.words,
         plan.variables,
         plan.directory,
         {{input.ends[0], STDIN_FILENO}, {output.ends[1], STDOUT_FILENO}, {log.ends[1], STDERR_FILENO}},
         usualMask,
         true});
    if (started.code != 0)
        return cannotStart(plan, started.code);
    return SpawnedProgram{started.pid, input.take(1), output.take(0), log.take(0)};
}

} // namespace keybearer
