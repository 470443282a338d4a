#include "broker/accounts/ProviderCheck.h"

#include "broker/base/Time.h"
#include "tests/support/EventLoop.h"
#include "tests/support/FakeClock.h"
#include "tests/support/ScriptedTransport.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using Level = ProviderCheck::Finding::Level;

constexpr const char* metadata = R"({"issuer": "https://login.example.com",
    "authorization_endpoint": "https://login.example.com/authorize",
    "token_endpoint": "https://login.example.com/token",
    "response_types_supported": ["code"], "code_challenge_methods_supported": ["S256"]})";

class ProviderCheckTest : public testing::Test {
protected:
    ProviderCheckTest() {
        provider_.name = "corp";
        provider_.displayName = "Corp";
        provider_.issuer = "https://login.example.com";
        provider_.clientId = "desk";
        provider_.flows = {"browser"};
    }
    void start() {
        check_ = std::make_unique<ProviderCheck>(
            provider_, transport_, clock_,
            [this](Result<ProviderCheck::Findings> findings) { findings_ = std::move(*findings); });
        check_->start();
        EXPECT_FALSE(findings_.has_value());
        spinOnce();
    }
    // All that the network is asked, answered well; the date is the clock's plus `ahead`.
    void answerAll(std::chrono::seconds ahead = std::chrono::seconds(0)) {
        transport_.answer(200, metadata);
        spinOnce();
        transport_.answer(405, "", {{"Date", dateOf(clock_.wall() + ahead)}});
        ASSERT_TRUE(spinUntil([this] { return findings_.has_value(); }));
    }
    [[nodiscard]] const ProviderCheck::Finding* find(const char* name) const {
        for (const ProviderCheck::Finding& finding : *findings_) {
            if (finding.name == name)
                return &finding;
        }
        return nullptr;
    }
    [[nodiscard]] Level levelOf(const char* name) const {
        const ProviderCheck::Finding* finding = find(name);
        EXPECT_NE(finding, nullptr) << name;
        if (finding != nullptr) {
            EXPECT_EQ(finding->action.empty(), finding->level == Level::Good) << name;
        }
        return finding == nullptr ? Level::Error : finding->level;
    }
    // IMF-fixdate of a time on the day 2030-03-17, where the clock of the tests stands.
    static std::string dateOf(WallTime time) {
        const std::string iso = toRfc3339(time);
        EXPECT_EQ(iso.substr(0, 10), "2030-03-17");
        return "Sun, 17 Mar 2030 " + iso.substr(11, 8) + " GMT";
    }

    Provider provider_;
    ScriptedTransport transport_;
    FakeClock clock_;
    std::unique_ptr<ProviderCheck> check_;
    std::optional<ProviderCheck::Findings> findings_;
};

TEST_F(ProviderCheckTest, NothingIsWrongWhereNothingIs) {
    start();
    answerAll();
    for (const char* name : {"client", "discovery", "tls", "clock", "redirect"})
        EXPECT_EQ(levelOf(name), Level::Good) << name;
    EXPECT_EQ(transport_.sent, 2);
}

TEST_F(ProviderCheckTest, NoCredentialIsSent) {
    provider_.clientSecret = std::make_shared<const SealedSecret>(Secret::copyOf("planted"));
    start();
    EXPECT_EQ(transport_.waiting.front().body, "");
    transport_.answer(200, metadata);
    spinOnce();
    EXPECT_EQ(transport_.waiting.front().url, "https://login.example.com/token");
    EXPECT_EQ(transport_.waiting.front().body, "");
}

TEST_F(ProviderCheckTest, MissingClientIsAnErrorAndTheRestIsStillLookedAt) {
    provider_.clientId.clear();
    start();
    answerAll();
    EXPECT_EQ(levelOf("client"), Level::Error);
    EXPECT_NE(find("client")->action.find("providers.corp.client_id"), std::string::npos);
    EXPECT_EQ(levelOf("discovery"), Level::Good);
}

TEST_F(ProviderCheckTest, MissingSecretIsAWarningWhereOneIsWanted) {
    provider_.quirks.requiresSecret = true;
    start();
    answerAll();
    EXPECT_EQ(levelOf("client"), Level::Warning);
}

TEST_F(ProviderCheckTest, MissingDomainNamesAnExampleAndAsksNobody) {
    provider_.issuer.reset();
    provider_.domain = {"", "acme.corp.example", ""};
    start();
    ASSERT_TRUE(spinUntil([this] { return findings_.has_value(); }));
    EXPECT_EQ(levelOf("domain"), Level::Error);
    EXPECT_NE(find("domain")->action.find("acme.corp.example"), std::string::npos);
    EXPECT_EQ(transport_.sent, 0);
}

TEST_F(ProviderCheckTest, MetadataThatIsNotThereOrDoesNotAnswerIsToldApart) {
    start();
    for (int address = 0; address < 2; ++address) {
        transport_.answer(404, "");
        spinOnce();
    }
    ASSERT_TRUE(spinUntil([this] { return findings_.has_value(); }));
    EXPECT_EQ(levelOf("discovery"), Level::Error);
    EXPECT_NE(find("discovery")->action.find("issuer"), std::string::npos);
    findings_.reset();
    start();
    for (int address = 0; address < 2; ++address) {
        transport_.fail(Error(ErrorCode::ProviderUnavailable, "no route"));
        spinOnce();
    }
    ASSERT_TRUE(spinUntil([this] { return findings_.has_value(); }));
    EXPECT_NE(find("discovery")->action.find("network"), std::string::npos);
}

TEST_F(ProviderCheckTest, ClockIsComparedWithTheProviders) {
    start();
    answerAll(std::chrono::seconds(59));
    EXPECT_EQ(levelOf("clock"), Level::Good);
    findings_.reset();
    start();
    answerAll(std::chrono::seconds(90));
    EXPECT_EQ(levelOf("clock"), Level::Warning);
    EXPECT_NE(find("clock")->message.find("90 seconds behind"), std::string::npos) << find("clock")->message;
    findings_.reset();
    start();
    answerAll(std::chrono::seconds(-400));
    EXPECT_EQ(levelOf("clock"), Level::Error);
    EXPECT_NE(find("clock")->message.find("400 seconds ahead"), std::string::npos);
}

TEST_F(ProviderCheckTest, WhatTheNetworkSaysAboutTlsIsPassedOn) {
    start();
    transport_.answer(200, metadata);
    spinOnce();
    transport_.fail(
        Error(ErrorCode::ProviderUnavailable, "the certificate is self-signed", "Name its authority."));
    ASSERT_TRUE(spinUntil([this] { return findings_.has_value(); }));
    EXPECT_EQ(levelOf("tls"), Level::Error);
    EXPECT_EQ(find("tls")->action, "Name its authority.");
    EXPECT_EQ(find("clock"), nullptr);
}

TEST_F(ProviderCheckTest, PortThatIsTakenIsFound) {
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    provider_.quirks.redirectPort = other.serverPort();
    start();
    answerAll();
    EXPECT_EQ(levelOf("redirect"), Level::Error);
    EXPECT_NE(find("redirect")->message.find(std::to_string(other.serverPort())), std::string::npos);
}

TEST_F(ProviderCheckTest, RedirectUriThatIsNotTheOneSentIsFound) {
    provider_.quirks.redirectPath = "/callback";
    provider_.help.redirectUri = "http://127.0.0.1/callback";
    start();
    answerAll();
    EXPECT_EQ(find("redirect_uri"), nullptr);
    provider_.help.redirectUri = "http://localhost:1234/cb";
    findings_.reset();
    start();
    answerAll();
    EXPECT_EQ(levelOf("redirect_uri"), Level::Error);
    EXPECT_NE(find("redirect_uri")->message.find("http://127.0.0.1/callback"), std::string::npos);
}

TEST_F(ProviderCheckTest, ServerWithoutS256AndDeviceFlowWithoutEndpointAreFound) {
    provider_.flows = {"browser", "device"};
    start();
    std::string silent = metadata;
    silent.replace(silent.find("\"S256\""), 6, "\"plain\"");
    transport_.answer(200, silent);
    spinOnce();
    transport_.answer(400, "");
    ASSERT_TRUE(spinUntil([this] { return findings_.has_value(); }));
    EXPECT_EQ(levelOf("pkce"), Level::Error);
    EXPECT_EQ(levelOf("device"), Level::Warning);
}

TEST_F(ProviderCheckTest, EndingItEarlyIsSilent) {
    start();
    check_.reset();
    transport_.answer(200, metadata);
    spinOnce();
    EXPECT_FALSE(findings_.has_value());
}

} // namespace
} // namespace keybearer
