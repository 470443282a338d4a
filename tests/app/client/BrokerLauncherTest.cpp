#include "app/client/BrokerLauncher.h"

#include "tests/support/ScriptedBroker.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <poll.h>
#include <sstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>

namespace keybearer {
namespace {

using std::chrono::milliseconds;
using testing::ScriptedBroker;
using testing::TemporaryDirectory;

constexpr milliseconds enough{10'000};

std::string contentOf(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

// A KEYBEARER_HOME of its own; ends every broker that was started below it.
class BrokerLauncherTest : public ::testing::Test {
protected:
    void SetUp() override {
        ::setenv("KEYBEARER_HOME", home_.path().c_str(), 1);
        ::unsetenv("KEYBEARER_SOCKET");
        ::unsetenv("FAKE_MODE");
        Result<Places> places = findPlaces();
        ASSERT_TRUE(places);
        plan_.places = *places;
        plan_.daemon = FAKE_KEYBEARERD;
    }
    void TearDown() override {
        for (const pid_t pid : started()) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
        }
        ::unsetenv("KEYBEARER_HOME");
        ::unsetenv("FAKE_MODE");
    }
    [[nodiscard]] std::vector<pid_t> started() const {
        std::istringstream marks(contentOf(plan_.places.runtime / "started"));
        std::vector<pid_t> out;
        for (pid_t pid = 0; marks >> pid && pid > 1;)
            out.push_back(pid);
        return out;
    }
    [[nodiscard]] Result<std::unique_ptr<LineClient>> connect() const {
        return BrokerLauncher(plan_).connect(HelloParams(), enough);
    }

    TemporaryDirectory home_;
    LaunchPlan plan_;
};

TEST_F(BrokerLauncherTest, StartsTheBrokerAndConnects) {
    int starts = 0;
    plan_.onStart = [&starts] { ++starts; };
    const auto client = connect();
    ASSERT_TRUE(client) << client.error().message;
    const Result<Json> health = (*client)->call("health.get", Json::object(), enough);
    ASSERT_TRUE(health);
    EXPECT_EQ((*health)["status"], "ok");
    EXPECT_EQ(starts, 1);
    ASSERT_TRUE(connect());
    EXPECT_EQ(starts, 1);
    EXPECT_EQ(started().size(), 1U);
}

TEST_F(BrokerLauncherTest, StartedBrokerIsDetached) {
    const auto client = connect();
    ASSERT_TRUE(client) << client.error().message;
    const pid_t pid = started().at(0);
    EXPECT_EQ(::getsid(pid), pid);
    const std::filesystem::path process = "/proc/" + std::to_string(pid);
    EXPECT_EQ(std::filesystem::read_symlink(process / "cwd"), "/");
    EXPECT_EQ(std::filesystem::read_symlink(process / "fd" / "0"), "/dev/null");
    EXPECT_EQ(std::filesystem::read_symlink(process / "fd" / "1"), "/dev/null");
    EXPECT_EQ(std::filesystem::read_symlink(process / "fd" / "2"), plan_.places.state / "broker.log");
    struct stat status {};
    ASSERT_EQ(::stat((plan_.places.state / "broker.log").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(BrokerLauncherTest, BrokerInheritsNoDescriptorOfTheCaller) {
    int ends[2] = {-1, -1};
    ASSERT_EQ(::pipe(ends), 0); // without close-on-exec, as a careless caller would leave it
    const auto client = connect();
    ASSERT_TRUE(client) << client.error().message;
    ::close(ends[1]);
    pollfd waited{ends[0], POLLIN, 0};
    EXPECT_EQ(::poll(&waited, 1, 5'000), 1) << "the broker holds the other end of the pipe";
    ::close(ends[0]);
}

TEST_F(BrokerLauncherTest, ClientKeyStaysOutOfTheBrokersEnvironment) {
    ::setenv("KEYBEARER_CLIENT_KEY", "kb_secret", 1);
    const auto client = connect();
    ::unsetenv("KEYBEARER_CLIENT_KEY");
    EXPECT_TRUE(client) << client.error().message;
}

TEST_F(BrokerLauncherTest, RelativeHomeMeansTheSamePlaceToTheBroker) {
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(home_.path().parent_path());
    ::setenv("KEYBEARER_HOME", home_.path().filename().c_str(), 1);
    const auto client = connect();
    std::filesystem::current_path(before);
    EXPECT_TRUE(client) << client.error().message;
}

TEST_F(BrokerLauncherTest, NoSpawnStartsNothing) {
    plan_.spawn = false;
    const auto client = connect();
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().code, ErrorCode::BrokerUnreachable);
    EXPECT_TRUE(started().empty());
}

TEST_F(BrokerLauncherTest, ConfigurationErrorIsQuotedAndKeepsItsStatus) {
    ::setenv("FAKE_MODE", "config", 1);
    const auto begin = std::chrono::steady_clock::now();
    const auto client = connect();
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().code, ErrorCode::InvalidParams);
    EXPECT_NE(client.error().message.find("config.yaml:3: unknown key"), std::string::npos);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(5'000));
}

TEST_F(BrokerLauncherTest, LastWordsOfACrashAreQuotedSafely) {
    ::setenv("FAKE_MODE", "crash", 1);
    const auto client = connect();
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().code, ErrorCode::BrokerUnreachable);
    EXPECT_NE(client.error().message.find("the sky is falling"), std::string::npos);
    EXPECT_EQ(client.error().message.find('\x1b'), std::string::npos);
}

TEST_F(BrokerLauncherTest, OnlyTheWordsOfThisStartAreQuoted) {
    ASSERT_TRUE(std::filesystem::create_directories(plan_.places.state));
    std::ofstream(plan_.places.state / "broker.log") << "keybearerd: yesterday's news\n";
    ::setenv("FAKE_MODE", "crash", 1);
    const auto client = connect();
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().message.find("yesterday"), std::string::npos);
}

TEST_F(BrokerLauncherTest, BrokerThatIsNeverReadyIsEnded) {
    ::setenv("FAKE_MODE", "silent", 1);
    plan_.startLimit = milliseconds(100);
    const auto client = connect();
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().code, ErrorCode::TimedOut);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST_F(BrokerLauncherTest, MissingProgramIsExplained) {
    plan_.daemon = home_.path() / "nowhere";
    const auto client = connect();
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().code, ErrorCode::BrokerUnreachable);
    EXPECT_FALSE(client.error().action.empty());
}

TEST_F(BrokerLauncherTest, ManyStartsAtOnceYieldOneBroker) {
    ::setenv("FAKE_MODE", "slow", 1);
    constexpr int starters = 8;
    std::atomic<int> connectedCount = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < starters; ++i) {
        threads.emplace_back([&] {
            const auto client = connect();
            if (client && (*client)->call("health.get", Json::object(), enough))
                ++connectedCount;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(connectedCount, starters);
    EXPECT_EQ(started().size(), 1U);
}

} // namespace
} // namespace keybearer
