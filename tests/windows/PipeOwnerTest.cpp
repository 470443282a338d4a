// Whose a pipe is, and who is at its other end.
#include "tests/windows/Asked.h"
#include "tests/windows/Child.h"
#include "tests/windows/Place.h"
#include "tests/windows/Served.h"

#include "app/client/BrokerSocket.h"
#include "broker/base/windows/OwnerOnly.h"
#include "broker/platform/PeerProcess.h"
#include "broker/platform/windows/PipeListener.h"

#include <fcntl.h>
#include <io.h>

namespace keybearer {
namespace {

using namespace std::chrono_literals;
using PipeOwnerTest = Place;

// Wine 8 makes a second pipe of the name in spite of the flag; that the flag is given it cannot hide.
bool firstInstanceIsKept(const std::string& name) {
    const auto first = [&] {
        return Handle(::CreateNamedPipeW(wide(name).c_str(),
                                         PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, PIPE_TYPE_BYTE,
                                         PIPE_UNLIMITED_INSTANCES, 0, 0, 0, nullptr));
    };
    const Handle one = first();
    const bool kept = one && !first();
    EXPECT_TRUE(kept || inWine());
    return kept;
}

TEST_F(PipeOwnerTest, FirstEndIsAskedForAsTheFirstAndEachAsOursAloneOnThisMachine) {
    asked() = {};
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const Result<int> client = connectToBroker(pipe(), 1s);
    ASSERT_TRUE(client);
    ASSERT_TRUE(listener->accept(patience));
    ::_close(*client);
    ASSERT_EQ(asked().pipes.size(), 2U); // the first, and one for the client after
    for (const AskedPipe& made : asked().pipes) {
        EXPECT_EQ(utf8(made.name.data(), static_cast<int>(made.name.size())), pipe());
        EXPECT_EQ(made.mode, DWORD{PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS});
        EXPECT_EQ(made.list, "O:" + *ownAccount() + "D:P(D;;FA;;;NU)(A;;FA;;;" + *ownAccount() + ")");
    }
    EXPECT_NE(asked().pipes.front().open & FILE_FLAG_FIRST_PIPE_INSTANCE, 0U);
    EXPECT_EQ(asked().pipes.back().open & FILE_FLAG_FIRST_PIPE_INSTANCE, 0U); // there is one already
}

TEST_F(PipeOwnerTest, ServerIsToldWhoWeAreAndCannotActInOurName) {
    asked() = {};
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const Result<int> client = connectToBroker(pipe(), 1s);
    ASSERT_TRUE(client);
    ::_close(*client);
    ASSERT_EQ(asked().openedPipes.size(), 1U);
    constexpr DWORD level = SECURITY_SQOS_PRESENT | SECURITY_VALID_SQOS_FLAGS;
    EXPECT_EQ(asked().openedPipes.front() & level, DWORD{SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION});
}

TEST_F(PipeOwnerTest, NameHasOneServerAlone) {
    if (!firstInstanceIsKept(pipe()))
        GTEST_SKIP() << "this Wine does not heed FILE_FLAG_FIRST_PIPE_INSTANCE";
    const Result<PipeListener> first = PipeListener::open(pipe());
    ASSERT_TRUE(first);
    const Result<PipeListener> second = PipeListener::open(pipe());
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("another program serves"), std::string::npos);
}

TEST_F(PipeOwnerTest, NameThatSomebodyTookBeforeIsNotShared) {
    if (!firstInstanceIsKept(pipe()))
        GTEST_SKIP() << "this Wine does not heed FILE_FLAG_FIRST_PIPE_INSTANCE";
    const Handle squatter = foreignPipe(pipe(), nullptr);
    ASSERT_TRUE(squatter);
    EXPECT_FALSE(PipeListener::open(pipe()));
}

TEST_F(PipeOwnerTest, ClientThatHasGoneBeforeItWasAcceptedHoldsNobodyUp) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const Result<int> hasty = connectToBroker(pipe(), 1s);
    ASSERT_TRUE(hasty);
    ::_close(*hasty);
    EXPECT_TRUE(listener->accept(patience)); // what is read from it says that it has gone
    const Result<int> next = connectToBroker(pipe(), 1s);
    ASSERT_TRUE(next) << next.error().message;
    EXPECT_TRUE(listener->accept(patience));
    ::_close(*next);
}

TEST_F(PipeOwnerTest, PipeIsOursAlone) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const Result<int> client = connectToBroker(pipe(), 1s);
    ASSERT_TRUE(client) << client.error().message;
    Result<Handle> came = listener->accept(patience);
    ASSERT_TRUE(came);
    EXPECT_EQ(*accessTo(came->get(), SE_KERNEL_OBJECT), Access::OursAlone);
    ::_close(*client);
    EXPECT_FALSE(listener->accept(10ms)); // nobody else came
}

TEST_F(PipeOwnerTest, PipeOfAnotherOwnerIsRefused) {
    const Handle theirs = foreignPipe(pipe(), "O:BAD:(A;;FA;;;WD)");
    if (!theirs)
        GTEST_SKIP() << "this account cannot make what another one owns: error " << ::GetLastError();
    const Result<int> client = connectToBroker(pipe(), 1s);
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().message, "the broker's pipe belongs to another user");
    EXPECT_EQ(client.error().detail("absent"), nullptr); // nothing is started in its place
}

TEST_F(PipeOwnerTest, PeerIsTheOtherProcessThatConnected) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const Child child(L" > " + wide(pipe()));
    Result<Handle> came = listener->accept(patience);
    ASSERT_TRUE(came);
    const int served = ::_open_osfhandle(reinterpret_cast<intptr_t>(came->release()), _O_BINARY);
    const Result<PeerCredentials> peer = peerOf(served);
    ASSERT_TRUE(peer) << peer.error().message;
    EXPECT_EQ(peer->pid, child.pid());
    const PeerProcess process{*peer, ProcessPin::ofPeer(served, peer->pid), markOf(peer->pid)};
    ASSERT_NE(process.pin, nullptr);
    EXPECT_TRUE(process.stillTheSame());
    child.end();
    EXPECT_FALSE(process.stillTheSame());
    ::_close(served);
}

TEST_F(PipeOwnerTest, PeerMayBeThisProcess) {
    Result<PipeListener> listener = PipeListener::open(pipe());
    ASSERT_TRUE(listener);
    const Result<int> client = connectToBroker(pipe(), 1s);
    ASSERT_TRUE(client);
    Result<Handle> came = listener->accept(patience);
    ASSERT_TRUE(came);
    const int served = ::_open_osfhandle(reinterpret_cast<intptr_t>(came->release()), _O_BINARY);
    const Result<PeerCredentials> peer = peerOf(served);
    ASSERT_TRUE(peer) << peer.error().message;
    EXPECT_EQ(peer->pid, static_cast<std::int64_t>(::GetCurrentProcessId()));
    EXPECT_TRUE(ownAccount()->ends_with("-" + std::to_string(peer->uid)));
    const auto pin = ProcessPin::ofPeer(served, peer->pid);
    ASSERT_NE(pin, nullptr);
    EXPECT_FALSE(pin->ended());
    ::_close(served);
    ::_close(*client);
}

} // namespace
} // namespace keybearer
