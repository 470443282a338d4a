#include "broker/protocol/Endpoint.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace keybearer {
namespace {

// Sets the environment that findPlaces() reads, and puts it back.
class EndpointTest : public ::testing::Test {
protected:
    void SetUp() override {
        for (const char* name : names) {
            const char* value = std::getenv(name);
            before_[name] = value == nullptr ? std::nullopt : std::optional<std::string>(value);
            ::unsetenv(name);
        }
    }
    void TearDown() override {
        for (const auto& [name, value] : before_) {
            if (value)
                ::setenv(name.c_str(), value->c_str(), 1);
            else
                ::unsetenv(name.c_str());
        }
    }
    static constexpr const char* names[] = {
        "HOME",           "KEYBEARER_HOME",  "KEYBEARER_CONFIG", "KEYBEARER_SOCKET",
        "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR",  "TMPDIR"};
    std::map<std::string, std::optional<std::string>> before_;
};

TEST_F(EndpointTest, XdgDirectoriesAreUsed) {
    ::setenv("HOME", "/home/ana", 1);
    ::setenv("XDG_CONFIG_HOME", "/c", 1);
    ::setenv("XDG_STATE_HOME", "/s", 1);
    ::setenv("XDG_RUNTIME_DIR", "/r", 1);
    const Result<Places> places = findPlaces();
    ASSERT_TRUE(places);
    EXPECT_EQ(places->config, "/c/keybearer/config.yaml");
    EXPECT_EQ(places->state, "/s/keybearer");
    EXPECT_EQ(places->socket, "/r/keybearer/broker.sock");
    EXPECT_EQ(places->pid(), "/r/keybearer/broker.pid");
    EXPECT_EQ(places->lock(), "/r/keybearer/broker.lock");
}

TEST_F(EndpointTest, RelativeXdgDirectoriesAreIgnored) {
    ::setenv("HOME", "/home/ana", 1);
    ::setenv("XDG_CONFIG_HOME", "relative", 1);
    ::setenv("XDG_RUNTIME_DIR", "", 1);
    const Result<Places> places = findPlaces();
    ASSERT_TRUE(places);
    EXPECT_EQ(places->config, "/home/ana/.config/keybearer/config.yaml");
    EXPECT_EQ(places->state, "/home/ana/.local/state/keybearer");
    EXPECT_EQ(places->socket, "/home/ana/.local/state/keybearer/run/keybearer/broker.sock");
}

TEST_F(EndpointTest, OneVariableMovesEverything) {
    ::setenv("HOME", "/home/ana", 1);
    ::setenv("XDG_RUNTIME_DIR", "/r", 1);
    ::setenv("KEYBEARER_HOME", "/k", 1);
    const Result<Places> places = findPlaces();
    ASSERT_TRUE(places);
    EXPECT_EQ(places->config, "/k/config/config.yaml");
    EXPECT_EQ(places->state, "/k/state");
    EXPECT_EQ(places->socket, "/k/run/broker.sock");
}

TEST_F(EndpointTest, SocketAndConfigCanBeNamedAlone) {
    ::setenv("KEYBEARER_HOME", "/k", 1);
    ::setenv("KEYBEARER_SOCKET", "/elsewhere/own.sock", 1);
    ::setenv("KEYBEARER_CONFIG", "/etc/own.yaml", 1);
    const Result<Places> places = findPlaces();
    ASSERT_TRUE(places);
    EXPECT_EQ(places->socket, "/elsewhere/own.sock");
    EXPECT_EQ(places->runtime, "/elsewhere");
    EXPECT_EQ(places->config, "/etc/own.yaml");
    EXPECT_EQ(places->state, "/k/state");
}

TEST_F(EndpointTest, NoHomeIsAnErrorThatSaysWhatToDo) {
    const Result<Places> places = findPlaces();
    ASSERT_FALSE(places);
    EXPECT_NE(places.error().action.find("KEYBEARER_HOME"), std::string::npos);
}

TEST_F(EndpointTest, PathLongerThanASocketMayHaveIsAnError) {
    ::setenv("KEYBEARER_SOCKET", ("/" + std::string(106, 'x')).c_str(), 1);
    ::setenv("HOME", "/h", 1);
    EXPECT_TRUE(findPlaces());
    ::setenv("KEYBEARER_SOCKET", ("/" + std::string(107, 'x')).c_str(), 1);
    const Result<Places> places = findPlaces();
    ASSERT_FALSE(places);
    EXPECT_FALSE(places.error().action.empty());
}

} // namespace
} // namespace keybearer
