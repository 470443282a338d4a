#include "broker/gatekeeper/BrowserStart.h"

#include "broker/protocol/WebAddress.h"

#include <QStandardPaths>

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds failureLimit{1'500}; // a browser that has not failed by then is running
constexpr std::size_t mostAttempts = 16;                 // as many as sign-ins may be open

// Without what is ours alone.
std::vector<char*> browserEnvironment() {
    constexpr std::string_view key = "KEYBEARER_CLIENT_KEY=";
    std::vector<char*> out;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        if (std::strncmp(*entry, key.data(), key.size()) != 0)
            out.push_back(*entry);
    }
    out.push_back(nullptr);
    return out;
}

std::int64_t spawn(std::vector<std::string> command) {
    std::string program = command.front();
    if (program.find('/') == std::string::npos)
        program = QStandardPaths::findExecutable(QString::fromStdString(program)).toStdString();
    if (program.empty())
        return 0;
    std::vector<char*> words;
    for (std::string& word : command)
        words.push_back(word.data());
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#ifndef __APPLE__
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
#endif
    sigset_t all;
    sigfillset(&all);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF);
    pid_t pid = 0;
    const int code = ::posix_spawn(&pid, program.c_str(), &actions, &attributes, words.data(),
                                   browserEnvironment().data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return code == 0 ? pid : 0;
}

} // namespace

bool BrowserStart::isPossible() {
    return !browserCommands(surroundingsFromEnvironment(), "https://localhost/").empty();
}

bool BrowserStart::open(const std::string& url, std::function<void()> failed) {
    if (!isSafelyOpenable(url) || attempts_.size() >= mostAttempts)
        return false;
    Commands commands = browserCommands(surroundingsFromEnvironment(), url);
    if (commands.empty())
        return false;
    Attempt& attempt = attempts_.emplace_back();
    attempt.commands = std::move(commands);
    attempt.failed = std::move(failed);
    attempt.patience.setSingleShot(true);
    connect(&attempt.patience, &QTimer::timeout, this, [&attempt] { attempt.taken = true; });
    tryNext(attempt);
    return true;
}

void BrowserStart::tryNext(Attempt& attempt) {
    while (attempt.next < attempt.commands.size()) {
        attempt.pid = spawn(attempt.commands[attempt.next++]);
        if (attempt.pid == 0)
            continue;
        attempt.watch = ProcessWatch::start(attempt.pid, [this, &attempt] { onEnded(attempt); });
        attempt.patience.start(failureLimit);
        return;
    }
    const std::function<void()> failed = std::move(attempt.failed);
    QMetaObject::invokeMethod(
        this,
        [this, &attempt, failed] {
            drop(attempt);
            failed();
        },
        Qt::QueuedConnection);
}

void BrowserStart::onEnded(Attempt& attempt) {
    attempt.watch.reset();
    attempt.patience.stop();
    int status = 0;
    ::waitpid(static_cast<pid_t>(attempt.pid), &status, WNOHANG);
    if (!attempt.taken && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        return tryNext(attempt);
    drop(attempt);
}

void BrowserStart::drop(Attempt& attempt) {
    attempts_.remove_if([&attempt](const Attempt& one) { return &one == &attempt; });
}

} // namespace keybearer
