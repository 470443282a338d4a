#include "app/cli/NetworkChecks.h"

#include "tests/app/cli/CliRun.h"

#include <arpa/inet.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace keybearer::testing {
namespace {

using Level = Finding::Level;

Environment pretend(Variables variables) {
    return [variables = std::move(variables)](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

// A port of this machine that takes connections, until it is closed.
class Port {
public:
    Port() {
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address_);
        ::bind(descriptor_, reinterpret_cast<sockaddr*>(&address_), size);
        ::listen(descriptor_, 16);
        ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address_), &size);
    }
    ~Port() { close(); }
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;
    void close() {
        if (descriptor_ >= 0)
            ::close(descriptor_);
        descriptor_ = -1;
    }
    [[nodiscard]] std::string number() const { return std::to_string(ntohs(address_.sin_port)); }

private:
    int descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address_{};
};

Finding proxy(const char* variable, const std::string& value) {
    return checkProxy(pretend({{variable, value}}), std::chrono::milliseconds(500));
}

TEST(NetworkChecks, WithoutAProxyNothingIsWrong) {
    EXPECT_EQ(checkProxy(pretend({})).level, Level::Good);
}

TEST(NetworkChecks, ProxyThatTakesConnectionsIsGood) {
    const Port port;
    for (const char* variable : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        const Finding found = proxy(variable, "http://ana:hush@127.0.0.1:" + port.number() + "/");
        EXPECT_EQ(found.level, Level::Good) << found.message;
        EXPECT_NE(found.message.find("127.0.0.1:" + port.number()), std::string::npos);
        EXPECT_EQ(found.message.find("hush"), std::string::npos);
    }
    EXPECT_EQ(proxy("https_proxy", "localhost:" + port.number()).level, Level::Good);
}

TEST(NetworkChecks, ProxyThatIsGoneIsAnErrorWithoutItsPassword) {
    Port port;
    port.close();
    const Finding found = proxy("HTTPS_PROXY", "http://ana:hush@127.0.0.1:" + port.number());
    EXPECT_EQ(found.level, Level::Error);
    EXPECT_NE(found.message.find("cannot be reached"), std::string::npos);
    EXPECT_EQ((found.message + found.action).find("hush"), std::string::npos);
    EXPECT_NE(found.action.find("network.proxy"), std::string::npos);
}

TEST(NetworkChecks, ProxyThatIsNoneIsAnErrorWithoutItsText) {
    for (const char* value : {"https://ana:hush@p.example:1", "ftp://hush", "http://",
                              "http://p.example:hush", "http://p.example:999999"}) {
        const Finding found = proxy("HTTPS_PROXY", value);
        EXPECT_EQ(found.level, Level::Error) << value;
        EXPECT_EQ(found.message.find("hush"), std::string::npos) << found.message;
    }
}

TEST(NetworkChecks, ProxyByNameIsShownAndNotLookedUp) {
    EXPECT_EQ(proxy("HTTPS_PROXY", "http://proxy.example.test:3128").message,
              "providers are reached through the proxy proxy.example.test:3128 of HTTPS_PROXY");
}

TEST(NetworkChecks, AuthoritiesAreLookedForWhereTheyLie) {
    const TemporaryDirectory root;
    const Finding missing = checkAuthorities(root.path());
    EXPECT_EQ(missing.level, Level::Error);
    EXPECT_NE(missing.action.find("ca-certificates"), std::string::npos);
    std::filesystem::create_directories(root.path() / "etc/ssl/certs");
    const std::filesystem::path file = root.path() / "etc/ssl/certs/ca-certificates.crt";
    std::ofstream(file).close();
    EXPECT_EQ(checkAuthorities(root.path()).level, Level::Error); // empty
    std::ofstream(file) << "-----BEGIN CERTIFICATE-----\n";
    EXPECT_EQ(checkAuthorities(root.path()).level, Level::Good);
}

TEST(NetworkChecks, LoopbackIsOpenWhereTestsRun) {
    const Finding found = checkLoopback();
    EXPECT_EQ(found.level, Level::Good) << found.message;
}

TEST(NetworkChecks, ClockOfTheYearNineteenSeventyIsWrong) {
    EXPECT_EQ(checkClock(WallTime(std::chrono::seconds(60))).level, Level::Error);
    EXPECT_FALSE(checkClock(WallTime(std::chrono::seconds(60))).action.empty());
    EXPECT_EQ(checkClock(SystemClock().wall()).level, Level::Good);
}

TEST(NetworkChecks, O2_DoctorTestsTheProvidersThatAreSetUp) {
    ScriptedBroker broker;
    broker.on("health.get", Json{{"status", "ok"}, {"version", "9.9"}, {"pid", 1}});
    broker.on("provider.list",
              Json{{"providers", Json::array({{{"name", "corp"}, {"configured", true}},
                                              {{"name", "zebra"}, {"configured", false}}})}});
    broker.on("provider.test",
              Json{{"provider", "corp"},
                   {"ok", false},
                   {"findings",
                    Json::array({{{"level", "error"},
                                  {"name", "redirect_uri"},
                                  {"message", "a sign-in sends another address"},
                                  {"action", "Correct it."}},
                                 {{"level", "ok"}, {"name", "tls"}, {"message", "fine"}, {"action", ""}}})}});
    const ProgramRun run = keybearer(broker, {"doctor", "--json"});
    EXPECT_NE(run.out.find("corp: a sign-in sends another address"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("\"redirect_uri\""), std::string::npos);
    EXPECT_EQ(run.out.find("zebra"), std::string::npos);
    const ProgramRun quiet = keybearer(broker, {"doctor", "--json", "--no-network"});
    EXPECT_EQ(quiet.out.find("corp"), std::string::npos) << quiet.out;
}

} // namespace
} // namespace keybearer::testing
