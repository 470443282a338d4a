#pragma once

#include "broker/accounts/Renewal.h"
#include "broker/base/Time.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/SigningKey.h"
#include "tests/broker/accounts/RotationHouse.h"

#include <QTemporaryDir>

#include <fstream>

namespace keybearer {

// A server that takes somebody else's word: an identity provider's ("corp" of the house, or one that only a
// file speaks for), or the platform's.
class VouchedTest : public ::testing::Test {
protected:
    void SetUp() override { house.open(); }

    static Secret jwt(const Json& claims) {
        static const auto key = SigningKey::generate();
        return Secret::copyOf(*key->sign({{"typ", "JWT"}}, claims));
    }
    [[nodiscard]] Json claims(const std::string& subject, std::chrono::seconds life) const {
        return {{"iss", "https://login.example.com"},
                {"sub", subject},
                {"email", subject + "@example.com"},
                {"exp", toUnixSeconds(house.clock.wall() + life)}};
    }
    [[nodiscard]] std::filesystem::path write(const Secret& content, std::string_view around = {}) const {
        const std::filesystem::path path = std::filesystem::path(home.path().toStdString()) / "token";
        std::ofstream(path, std::ios::trunc) << content.reveal() << around;
        return path;
    }
    // A person has signed in at the identity provider.
    std::string signIn(const std::string& subject, Secret idToken, const std::string& refresh = "rt-1") {
        TokenSet tokens;
        tokens.accessToken = AccessToken(Secret::copyOf("idp-at"));
        tokens.tokenType = "Bearer";
        tokens.refreshToken = RefreshToken(Secret::copyOf(refresh));
        tokens.idToken = std::move(idToken);
        tokens.expiresIn = std::chrono::seconds(3600);
        tokens.receivedAt = house.clock.wall();
        AccountRegistry::SignedIn who;
        who.provider = "corp";
        who.issuer = "https://login.example.com";
        who.account = {subject, subject + "@example.com"};
        const Result<std::string> id = house.registry.adopt(std::move(who), std::move(tokens));
        EXPECT_TRUE(id);
        return id.value_or("");
    }

    static ServerAccess server() {
        ServerAccess access;
        access.server.issuer = "https://as.example";
        access.server.tokenEndpoint = QUrl(QStringLiteral("https://as.example/token"));
        access.client.clientId = "us";
        return access;
    }
    [[nodiscard]] RefreshRooms rooms() {
        return {house.registry,
                house.directory,
                house.http,
                house.clock,
                [] { return 0.0; },
                [this](const std::string& id, Completion<void> done) {
                    house.refresher.refresh(id, TokenRefresher::Urgency::Demand, std::move(done));
                }};
    }
    [[nodiscard]] std::map<std::string, std::string> asked() const {
        return decodeForm(house.http.waiting.front().body).value_or(std::map<std::string, std::string>());
    }
    [[nodiscard]] std::string askedAt() const { return house.http.waiting.front().url; }

    static constexpr const char* jag =
        R"({"access_token":"j.a.g","issued_token_type":"urn:ietf:params:oauth:token-type:id-jag",)"
        R"("token_type":"N_A"})";
    static constexpr const char* freshToken =
        R"({"access_token":"at-9","token_type":"Bearer","expires_in":600})";

    QTemporaryDir home;
    RotationHouse::Disk disk;
    RotationHouse house{disk};
};

} // namespace keybearer
