#include "broker/gateway/local/LocalPipes.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace keybearer;

namespace {

struct Ears : LocalWire::Listener {
    void onLine(std::string line) override { lines.push_back(std::move(line)); }
    void onLineTooLong(const std::string& beginning) override { tooLong = beginning; }
    void onWritten() override { ++written; }
    void onWireEnded() override { ++ended; }
    std::vector<std::string> lines;
    std::string tooLong;
    int written = 0;
    int ended = 0;
};

// A program's end of both pipes is the test's.
struct Pipes {
    Pipes() {
        std::signal(SIGPIPE, SIG_IGN);
        EXPECT_EQ(::pipe(toProgram), 0);
        EXPECT_EQ(::pipe(fromProgram), 0);
        wire = std::make_unique<LocalPipes>(loop, toProgram[1], fromProgram[0], ears);
    }
    ~Pipes() {
        for (const int end : {toProgram[0], fromProgram[1]}) {
            if (end >= 0)
                ::close(end);
        }
    }
    void say(const std::string& text) const {
        ASSERT_EQ(::write(fromProgram[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    // Until the condition holds, without a deadline of its own: the test's is enough.
    template <typename Until>
    void run(Until until) {
        while (!until())
            loop.run_one_for(std::chrono::seconds(20));
    }
    int toProgram[2] = {-1, -1};
    int fromProgram[2] = {-1, -1};
    boost::asio::io_context loop;
    Ears ears;
    std::unique_ptr<LocalPipes> wire;
};

TEST(LocalPipes, LinesComeWholeWhateverTheirPieces) {
    Pipes pipes;
    pipes.say("{\"a\"");
    pipes.loop.poll();
    pipes.say(":1}\r\n\n{\"b\":2}\n{\"c");
    pipes.run([&] { return pipes.ears.lines.size() == 2; });
    EXPECT_EQ(pipes.ears.lines[0], "{\"a\":1}");
    EXPECT_EQ(pipes.ears.lines[1], "{\"b\":2}");
}

TEST(LocalPipes, WhatIsWrittenArrivesInOrder) {
    Pipes pipes;
    pipes.wire->write("one");
    pipes.wire->write("two");
    EXPECT_EQ(pipes.wire->unsentBytes(), 8U);
    pipes.run([&] { return pipes.wire->unsentBytes() == 0; });
    char bytes[16] = {};
    EXPECT_EQ(::read(pipes.toProgram[0], bytes, sizeof(bytes)), 8);
    EXPECT_STREQ(bytes, "one\ntwo\n");
    EXPECT_GE(pipes.ears.written, 1);
}

TEST(LocalPipes, TheEndIsToldOnceFromEitherSide) {
    Pipes pipes;
    ::close(std::exchange(pipes.fromProgram[1], -1));
    pipes.run([&] { return pipes.ears.ended == 1; });
    pipes.wire->write("nobody");
    pipes.loop.poll();
    EXPECT_EQ(pipes.ears.ended, 1);
    Pipes others;
    ::close(std::exchange(others.toProgram[0], -1));
    others.wire->write("nobody");
    others.run([&] { return others.ears.ended == 1; });
}

TEST(LocalPipes, WhatIsNoPipeEnds) {
    boost::asio::io_context loop;
    Ears ears;
    const int file = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    const int regular = ::open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    const LocalPipes wire(loop, file, regular, ears);
    while (ears.ended == 0)
        loop.run_one_for(std::chrono::seconds(20));
    EXPECT_EQ(ears.ended, 1);
}

TEST(LocalPipes, DestructionClosesBothEnds) {
    Pipes pipes;
    pipes.wire.reset();
    char byte = 0;
    EXPECT_EQ(::read(pipes.toProgram[0], &byte, 1), 0);
    EXPECT_EQ(::write(pipes.fromProgram[1], "x", 1), -1);
    pipes.loop.poll();
    EXPECT_EQ(pipes.ears.ended, 0);
}

} // namespace
