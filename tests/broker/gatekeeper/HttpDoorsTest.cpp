#include "broker/gatekeeper/HttpDoors.h"

#include "tests/support/EventLoop.h"
#include "tests/support/FakeClock.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace keybearer {
namespace {

// A shell script plays the gateway and says back whatever it is told; descriptors that came with a line are
// lost.
class HttpDoorsTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::ofstream(path("gateway")) << "#!/bin/sh\nexec cat <&3 >&3\n";
        ::chmod(path("gateway").c_str(), 0700);
        GatewayProcess::Setup setup;
        setup.program = path("gateway");
        setup.socket = path("run/mcp.sock");
        setup.firstPause = setup.longestPause = std::chrono::milliseconds(10);
        process_ = std::make_unique<GatewayProcess>(setup, clock_);
        QObject::connect(process_.get(), &GatewayProcess::received, process_.get(),
                         [this](const std::string& line) { told_.push_back(Json::parse(line)); });
        RouteService service;
        service.target.name = "desk";
        service.target.url = "https://mcp.example/mcp";
        service.target.scopes = {"read"};
        service.title = "Desk";
        services_.push_back(service);
    }
    std::string path(const std::string& name) const {
        return directory_.filePath(QString::fromStdString(name)).toStdString();
    }
    HttpDoors& doors(GatewayConfig config = {}) {
        HttpDoors::Setup setup;
        setup.config = std::move(config);
        setup.runtime = path("run");
        setup.memory.recall = [this](const std::string& name) -> std::optional<std::uint16_t> {
            return ports_.contains(name) ? std::optional(ports_[name]) : std::nullopt;
        };
        setup.memory.remember = [this](const std::string& name, std::uint16_t port) { ports_[name] = port; };
        setup.services = [this] { return services_; };
        setup.jwks = [] { return Json{{"keys", Json::array()}}; };
        setup.atBase = [this](const std::string& base) { bases_.push_back(base); };
        setup.alert = [this](const HttpDoors::Finding& finding) { alerts_.push_back(finding.name); };
        doors_ = std::make_unique<HttpDoors>(std::move(setup), *process_, clock_);
        return *doors_;
    }
    bool told(std::size_t count) {
        return spinUntil([&] { return told_.size() >= count; });
    }
    std::vector<std::string> findings() const {
        std::vector<std::string> out;
        for (const HttpDoors::Finding& finding : doors_->findings())
            out.push_back(finding.name);
        return out;
    }

    QTemporaryDir directory_;
    FakeClock clock_;
    std::vector<RouteService> services_;
    std::map<std::string, std::uint16_t> ports_;
    std::vector<std::string> bases_;
    std::vector<std::string> alerts_;
    std::vector<Json> told_;
    std::unique_ptr<GatewayProcess> process_;
    std::unique_ptr<HttpDoors> doors_;
};

TEST_F(HttpDoorsTest, M2_TheProcessLearnsTheTermsAndThenEachDoor) {
    HttpDoors& doors = this->doors();
    ASSERT_TRUE(doors.open());
    ASSERT_TRUE(told(3));
    const std::string port = std::to_string(ports_["gateway.port"]);
    EXPECT_EQ(doors.base(), "http://127.0.0.1:" + port);
    EXPECT_EQ(bases_, std::vector<std::string>{doors.base()}) << "before the door opens";
    EXPECT_EQ(told_[0]["method"], "door.terms");
    const Json& terms = told_[0]["params"];
    EXPECT_EQ(terms["base"], doors.base());
    EXPECT_EQ(terms["services"][0]["name"], "desk");
    EXPECT_EQ(terms["services"][0]["scopes"], Json{"read"});
    EXPECT_EQ(terms["registration"], true);
    EXPECT_EQ(told_[1]["method"], "door.open");
    EXPECT_EQ(told_[1]["params"]["kind"], "http");
    EXPECT_EQ(told_[1]["params"]["hosts"][0], "127.0.0.1:" + port);
    EXPECT_EQ(told_[1]["params"]["hosts"][1], "localhost:" + port);
    EXPECT_EQ(told_[2]["params"]["kind"], "socket");
    EXPECT_EQ(told_[2]["params"]["descriptors"], 1);
    EXPECT_EQ(doors.addressOf("desk"), doors.base() + "/desk/mcp");
    EXPECT_EQ(doors.addressOf("other"), "");
    struct stat status {};
    ASSERT_EQ(::stat(path("run/gateway.sock").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(HttpDoorsTest, M2_AChosenPortIsKept) {
    ASSERT_TRUE(doors().open());
    const std::uint16_t port = ports_["gateway.port"];
    ASSERT_NE(port, 0);
    doors_.reset();
    ASSERT_TRUE(doors().open());
    EXPECT_EQ(doors_->base(), "http://127.0.0.1:" + std::to_string(port));
    EXPECT_TRUE(findings().empty());
}

TEST_F(HttpDoorsTest, AProcessThatDiesIsReplacedAndToldAgain) {
    ASSERT_TRUE(doors().open());
    ASSERT_TRUE(told(3));
    ::kill(static_cast<pid_t>(process_->pid()), SIGKILL);
    ASSERT_TRUE(told(6)) << "without anybody asking";
    EXPECT_EQ(told_[3], told_[0]);
    EXPECT_EQ(told_[4], told_[1]) << "the port is the same: it was never closed";
    EXPECT_EQ(told_[5], told_[2]);
}

TEST_F(HttpDoorsTest, APortThatIsTakenNeverBecomesAnotherOne) {
    const Result<LoopbackSockets> theirs = LoopbackSockets::openAny();
    ASSERT_TRUE(theirs);
    ports_["gateway.port"] = theirs->port();
    const Result<void> opened = doors().open();
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().action.find("--port"), std::string::npos);
    EXPECT_FALSE(doors_->isOpen());
    EXPECT_FALSE(process_->running());
    EXPECT_EQ(ports_["gateway.port"], theirs->port());
}

TEST_F(HttpDoorsTest, AtTheStartATakenPortIsAnAlertAndAFindingAndTheBrokerGoesOn) {
    const Result<LoopbackSockets> theirs = LoopbackSockets::openAny();
    ASSERT_TRUE(theirs);
    GatewayConfig config;
    config.enabled = true;
    config.port = theirs->port();
    doors(config).openAsConfigured();
    EXPECT_EQ(alerts_, std::vector<std::string>{"gateway_closed"});
    EXPECT_EQ(findings(), std::vector<std::string>{"gateway_closed"});
    EXPECT_NE(doors_->findings()[0].message.find("is taken by"), std::string::npos);
    EXPECT_EQ(doors_->status()["open"], false);
    EXPECT_EQ(doors_->status()["enabled"], true);
    const std::uint16_t free = LoopbackSockets::openAny()->port();
    ASSERT_TRUE(doors_->open(free)) << "by hand, somewhere else";
    EXPECT_TRUE(findings().empty()) << "no client was ever told another port";
}

TEST_F(HttpDoorsTest, WhatIsClosedIsToldAndTheSocketsAreGone) {
    ASSERT_TRUE(doors().open());
    ASSERT_TRUE(told(3));
    const std::uint16_t port = ports_["gateway.port"];
    doors_->close();
    ASSERT_TRUE(told(5));
    EXPECT_EQ(told_[3]["method"], "door.close");
    EXPECT_EQ(told_[3]["params"]["kind"], "http");
    EXPECT_EQ(told_[4]["params"]["kind"], "socket");
    EXPECT_TRUE(LoopbackSockets::open(port));
    EXPECT_NE(::access(path("run/gateway.sock").c_str(), F_OK), 0);
    EXPECT_FALSE(doors_->anyOpen());
    ASSERT_TRUE(doors_->open());
    ASSERT_TRUE(told(7)) << "and open again in the same process";
}

TEST_F(HttpDoorsTest, WhatWasOpenedForSomethingElseIsClosedWithItUnlessAPersonWantsItToo) {
    ASSERT_TRUE(doors().lend());
    EXPECT_TRUE(doors_->isOpen());
    doors_->giveBack();
    EXPECT_FALSE(doors_->isOpen());
    ASSERT_TRUE(doors_->lend());
    ASSERT_TRUE(doors_->open()) << "somebody starts it";
    doors_->giveBack();
    EXPECT_TRUE(doors_->isOpen());
    ASSERT_TRUE(doors_->lend());
    doors_->giveBack();
    EXPECT_TRUE(doors_->isOpen()) << "it was open before";
}

TEST_F(HttpDoorsTest, TermsGoOutAgainOnlyWhenTheyAreOthers) {
    ASSERT_TRUE(doors().open());
    ASSERT_TRUE(told(3));
    doors_->refreshTerms();
    services_[0].title = "Another";
    doors_->refreshTerms();
    ASSERT_TRUE(told(4));
    EXPECT_EQ(told_[3]["params"]["services"][0]["title"], "Another");
}

TEST_F(HttpDoorsTest, O2_MetricsHaveADoorOfTheirOwn) {
    GatewayConfig config;
    config.metricsPort = 0;
    config.metricsSocket = true;
    doors(config).openAsConfigured();
    ASSERT_TRUE(told(2));
    EXPECT_EQ(told_[1]["params"]["kind"], "metrics");
    EXPECT_FALSE(doors_->isOpen());
    EXPECT_TRUE(doors_->anyOpen()) << "it keeps the process";
    EXPECT_NE(ports_["gateway.metrics_port"], 0);
    EXPECT_EQ(doors_->status()["doors"].back()["kind"], "metrics");
    EXPECT_EQ(doors_->base(), "");
}

TEST_F(HttpDoorsTest, TheDoctorIsToldWhatIsNotAsTheConfigurationSays) {
    GatewayConfig config;
    config.enabled = true;
    doors(config).openAsConfigured();
    EXPECT_TRUE(findings().empty());
    doors_->close();
    EXPECT_EQ(findings(), std::vector<std::string>{"gateway_stopped"});
    const std::uint16_t before = ports_["gateway.port"];
    doors_.reset();
    config.port = before == 31999 ? 24000 : static_cast<std::uint16_t>(before + 1);
    doors(config).openAsConfigured();
    if (doors_->isOpen()) {
        EXPECT_EQ(findings(), std::vector<std::string>{"gateway_port_changed"});
    }
    doors_->states().note({{"service", "desk"}, {"state", "down"}, {"why", "no answer"}});
    EXPECT_EQ(findings().back(), "service_down");
}

TEST_F(HttpDoorsTest, WhoHasTheTwinIsAFindingAndLocalhostIsNoNameOfOurs) {
    const int theirs = ::socket(AF_INET6, SOCK_STREAM, 0);
    sockaddr_in6 address{};
    socklen_t size = sizeof address;
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    if (::bind(theirs, reinterpret_cast<sockaddr*>(&address), size) != 0) {
        ::close(theirs);
        return; // a system without IPv6 has no such trouble
    }
    ASSERT_EQ(::listen(theirs, 1), 0);
    ASSERT_EQ(::getsockname(theirs, reinterpret_cast<sockaddr*>(&address), &size), 0);
    const std::uint16_t port = ntohs(address.sin6_port);
    ASSERT_TRUE(doors().open(port));
    EXPECT_EQ(findings(), std::vector<std::string>{"gateway_twin_taken"});
    ASSERT_TRUE(told(2));
    EXPECT_EQ(told_[1]["params"]["hosts"], Json{"127.0.0.1:" + std::to_string(port)});
    ::close(theirs);
}

} // namespace
} // namespace keybearer
