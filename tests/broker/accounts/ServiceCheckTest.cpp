#include "broker/accounts/ServiceCheck.h"

#include "tests/broker/accounts/RotationHouse.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using Level = ServiceCheck::Finding::Level;

constexpr const char* server = "https://mcp.example/mcp";
constexpr const char* metadataUrl = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
constexpr const char* serverMetadataUrl = "https://as.example/.well-known/oauth-authorization-server";

class ServiceCheckTest : public ::testing::Test {
protected:
    void SetUp() override {
        house = std::make_unique<RotationHouse>(disk);
        Config all = RotationHouse::config();
        if (service)
            all.services = {*service};
        house->catalog = std::move(*ProviderCatalog::load(all));
        directory = std::make_unique<ResourceDirectory>(ResourceDirectory::Rooms{
            all, house->catalog, house->directory, house->registry, *disk.state, house->http, house->clock});
        ASSERT_TRUE(directory->load());
        house->open();
    }
    void start() {
        check = std::make_unique<ServiceCheck>(
            ServiceCheck::Rooms{*directory, house->directory, house->catalog, house->registry, house->http},
            *directory->find(server), [this](const Result<ServiceCheck::Findings>& found) {
                done = true;
                if (found)
                    findings = *found;
            });
        check->start();
    }
    void answer(const std::string& url, int status, const std::string& body,
                std::vector<HttpHeader> headers = {}) {
        ASSERT_FALSE(house->http.waiting.empty());
        ASSERT_EQ(house->http.waiting.front().url, url);
        house->http.answer(status, body, std::move(headers));
        spinOnce();
    }
    void answerMetadata() {
        answer(server, 401, "", {{"WWW-Authenticate", "Bearer"}});
        answer(metadataUrl, 200,
               R"({"resource":"https://mcp.example/mcp","authorization_servers":["https://as.example"]})");
    }
    void answerServer(const std::string& more) {
        answer(serverMetadataUrl, 200,
               R"({"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize",)"
               R"("token_endpoint":"https://as.example/token")" +
                   more + "}");
    }
    [[nodiscard]] const ServiceCheck::Finding* find(const std::string& name) const {
        for (const ServiceCheck::Finding& finding : findings) {
            if (finding.name == name)
                return &finding;
        }
        return nullptr;
    }

    RotationHouse::Disk disk;
    std::unique_ptr<RotationHouse> house;
    std::optional<ServiceConfig> service;
    std::unique_ptr<ResourceDirectory> directory;
    std::unique_ptr<ServiceCheck> check;
    ServiceCheck::Findings findings;
    bool done = false;
};

TEST_F(ServiceCheckTest, WalksToTheAuthorizationServerAndRegistersNothing) {
    start();
    answerMetadata();
    answerServer(
        R"(,"code_challenge_methods_supported":["S256"],"registration_endpoint":"https://as.example/reg")");
    ASSERT_TRUE(done);
    EXPECT_TRUE(house->http.idle());
    for (const char* name : {"server", "metadata", "discovery", "pkce", "client"}) {
        ASSERT_NE(find(name), nullptr) << name;
        EXPECT_EQ(find(name)->level, Level::Good) << find(name)->message;
    }
    EXPECT_EQ(find("session")->level, Level::Warning);
    EXPECT_EQ(find("session")->action, "Sign in with: keybearer login https://mcp.example/mcp");
    EXPECT_EQ(directory->discovered(server), nullptr);
}

TEST_F(ServiceCheckTest, SEC_C_12_SaysWhichKeyHelpsWhereNoPkceIsAnnounced) {
    start();
    answerMetadata();
    answerServer("");
    ASSERT_TRUE(done);
    EXPECT_EQ(find("pkce")->level, Level::Error);
    EXPECT_NE(find("pkce")->action.find("services.mcp.example.pkce_without_metadata: true"),
              std::string::npos);
    EXPECT_EQ(find("client")->level, Level::Error);
    EXPECT_NE(find("client")->action.find("client_id: ID"), std::string::npos);
}

TEST_F(ServiceCheckTest, AServerThatIsNotThereEndsTheTest) {
    start();
    Error error(ErrorCode::ProviderUnavailable, "mcp.example does not answer");
    error.details.emplace_back("sent", false);
    house->http.fail(std::move(error));
    spinOnce();
    ASSERT_TRUE(done);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].level, Level::Error);
    EXPECT_FALSE(findings[0].action.empty());
}

TEST_F(ServiceCheckTest, AServerWithoutSignInIsGood) {
    start();
    answer(server, 200, "{}");
    answer(metadataUrl, 404, "");
    answer("https://mcp.example/.well-known/oauth-protected-resource", 404, "");
    ASSERT_TRUE(done);
    EXPECT_EQ(find("metadata")->level, Level::Good);
    EXPECT_EQ(find("session"), nullptr);
}

TEST_F(ServiceCheckTest, AServerWithoutMetadataIsItsOwnAuthorizationServer) {
    start();
    answer(server, 401, "", {{"WWW-Authenticate", "Bearer"}});
    answer(metadataUrl, 404, "");
    answer("https://mcp.example/.well-known/oauth-protected-resource", 404, "");
    answer("https://mcp.example/.well-known/oauth-authorization-server", 404, "");
    while (!done && !house->http.idle()) {
        house->http.answer(404, "");
        spinOnce();
    }
    ASSERT_TRUE(done);
    EXPECT_EQ(find("discovery")->level, Level::Warning);
    EXPECT_EQ(find("client")->level, Level::Good);
}

TEST_F(ServiceCheckTest, AMetadataDocumentOfAnotherServerIsAFault) {
    start();
    answer(server, 401, "", {{"WWW-Authenticate", "Bearer"}});
    answer(metadataUrl, 200,
           R"({"resource":"https://other.example/mcp","authorization_servers":["https://as.example"]})");
    ASSERT_TRUE(done);
    EXPECT_EQ(find("metadata")->level, Level::Error);
    EXPECT_EQ(find("discovery"), nullptr);
}

} // namespace
} // namespace keybearer
