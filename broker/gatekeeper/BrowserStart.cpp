#include "broker/gatekeeper/BrowserStart.h"

#include "broker/platform/ProcessStart.h"
#include "broker/protocol/WebAddress.h"

#include <QStandardPaths>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds failureLimit{1'500}; // a browser that has not failed by then is running
constexpr std::size_t mostAttempts = 16;                 // as many as sign-ins may be open

// Without what is ours alone.
std::vector<std::string> browserEnvironment() {
    constexpr std::string_view key = "KEYBEARER_CLIENT_KEY=";
    std::vector<std::string> out;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        if (std::strncmp(*entry, key.data(), key.size()) != 0)
            out.emplace_back(*entry);
    }
    return out;
}

std::int64_t spawn(const std::vector<std::string>& command) {
    std::string program = command.front();
    if (program.find('/') == std::string::npos)
        program = QStandardPaths::findExecutable(QString::fromStdString(program)).toStdString();
    if (program.empty())
        return 0;
    return startProcess({std::filesystem::absolute(program), command, browserEnvironment(), {}, {}}).pid;
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
