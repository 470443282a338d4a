#include "broker/platform/ProcessWatch.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

constexpr int deadlineMs = 10'000;

pid_t sleepingChild() {
    const pid_t child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    return child;
}

void endChild(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
}

TEST(ProcessWatch, EndIsReportedOnceFromTheEventLoop) {
    const pid_t child = sleepingChild();
    QEventLoop loop;
    int calls = 0;
    const auto watch = ProcessWatch::start(child, [&] {
        ++calls;
        loop.quit();
    });
    ASSERT_NE(watch, nullptr);
    QCoreApplication::processEvents();
    EXPECT_EQ(calls, 0);
    endChild(child);
    EXPECT_EQ(calls, 0);
    QTimer::singleShot(deadlineMs, &loop, &QEventLoop::quit);
    loop.exec();
    QCoreApplication::processEvents();
    EXPECT_EQ(calls, 1);
}

TEST(ProcessWatch, CallbackMayDestroyTheWatch) {
    const pid_t child = sleepingChild();
    QEventLoop loop;
    std::unique_ptr<ProcessWatch> watch;
    watch = ProcessWatch::start(child, [&] {
        watch.reset();
        loop.quit();
    });
    endChild(child);
    QTimer::singleShot(deadlineMs, &loop, &QEventLoop::quit);
    loop.exec();
    EXPECT_EQ(watch, nullptr);
}

TEST(ProcessWatch, DestroyedWatchIsSilent) {
    const pid_t child = sleepingChild();
    int calls = 0;
    auto watch = ProcessWatch::start(child, [&] { ++calls; });
    watch.reset();
    endChild(child);
    QCoreApplication::processEvents();
    EXPECT_EQ(calls, 0);
}

TEST(ProcessWatch, ProcessThatIsGoneCannotBeWatched) {
    const pid_t child = sleepingChild();
    endChild(child);
    EXPECT_EQ(ProcessWatch::start(child, [] {}), nullptr);
    EXPECT_EQ(ProcessWatch::start(0, [] {}), nullptr);
    EXPECT_EQ(ProcessWatch::start(-1, [] {}), nullptr);
}

} // namespace
} // namespace keybearer
