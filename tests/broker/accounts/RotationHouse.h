#pragma once

#include "broker/accounts/SharedAccounts.h"
#include "broker/accounts/TokenRefresher.h"
#include "broker/config/Config.h"
#include "broker/stores/memory/MemoryStore.h"
#include "broker/stores/state/StateDatabase.h"
#include "tests/support/EventLoop.h"
#include "tests/support/FakeClock.h"
#include "tests/support/ScriptedTransport.h"

#include <gtest/gtest.h>

namespace keybearer {

// The lower rooms around one sign-in, with a network and a clock that the test moves.
class RotationHouse {
public:
    // `disk` outlives a house: build another one on it to see what a restart finds.
    struct Disk {
        std::unique_ptr<StateDatabase> state = std::move(*StateDatabase::open(std::filesystem::path()));
        MemoryStore store;
        SharedStore* shared = nullptr; // used instead, if there is one
    };
    // Stands between the house and the disk, to fail on demand.
    struct FaultyJournal final : RotationJournal {
        explicit FaultyJournal(RotationJournal& below) : journal(below) {}
        [[nodiscard]] Result<void> open(const Secret& key) override {
            opened = true;
            return journal.open(key);
        }
        void close() override {
            opened = false;
            journal.close();
        }
        [[nodiscard]] bool isOpen() const override { return opened; }
        [[nodiscard]] Result<void> intend(const std::string& id, const Intent& intent,
                                          const RefreshToken& token) override {
            ++intents;
            return failIntent ? Result<void>(full()) : journal.intend(id, intent, token);
        }
        [[nodiscard]] Result<void> commit(const std::string& id, const CredentialSecrets& secrets) override {
            return failCommit ? Result<void>(full()) : journal.commit(id, secrets);
        }
        [[nodiscard]] Result<void> withdrawIntent(const std::string& id) override {
            return journal.withdrawIntent(id);
        }
        [[nodiscard]] Result<void> clearCommit(const std::string& id, std::uint64_t generation) override {
            return journal.clearCommit(id, generation);
        }
        [[nodiscard]] Result<void> forget(const std::string& id) override { return journal.forget(id); }
        [[nodiscard]] Result<std::map<std::string, Pending>> pending() override { return journal.pending(); }
        static tl::unexpected<Error> full() { return failure(ErrorCode::StoreUnavailable, "disk full"); }

        RotationJournal& journal;
        bool opened = false; // in this house: a new one has to open it anew
        bool failIntent = false;
        bool failCommit = false;
        int intents = 0;
    };

    static Config config() {
        Config out;
        Config::ProviderEntry entry;
        entry.name = "corp";
        entry.authorizationEndpoint = "https://login.example.com/auth";
        entry.tokenEndpoint = "https://login.example.com/token";
        entry.revocationEndpoint = "https://login.example.com/revoke";
        entry.clientId = "desk";
        entry.scopes = std::vector<std::string>{"read"};
        out.providers.push_back(entry);
        entry.name = "robots"; // the same server, a client that can prove itself
        entry.clientSecret = std::make_shared<SealedSecret>(Secret::copyOf("s3cret"));
        out.providers.push_back(entry);
        // A server with a device flow and a client that can prove itself.
        entry.name = "kiosk";
        entry.deviceAuthorizationEndpoint = "https://login.example.com/device";
        entry.clientSecret = std::make_shared<const SealedSecret>(Secret::copyOf("kiosk-secret"));
        entry.flows = std::vector<std::string>{"device", "client_credentials"};
        entry.scopes = std::vector<std::string>{"openid", "read"};
        out.providers.push_back(entry);
        return out;
    }

    explicit RotationHouse(Disk& disk, std::shared_ptr<FakeClock> time = std::make_shared<FakeClock>())
        : clockOwner(std::move(time)), clock(*clockOwner),
          catalog(std::move(*ProviderCatalog::load(config()))), journal(*disk.state),
          vault(disk.shared != nullptr ? static_cast<CredentialStore&>(*disk.shared) : disk.store, journal,
                clock),
          registry(*disk.state, vault, clock), directory(catalog, http, clock),
          shared(disk.shared != nullptr ? std::make_unique<SharedAccounts>(*disk.shared, registry) : nullptr),
          refresher({registry, directory, http, clock, [] { return 0.0; }, {}, shared.get()}, RefreshPlan{}) {
        EXPECT_TRUE(registry.load());
    }

    void open() {
        bool opened = false;
        registry.open([&](Result<void> result) {
            EXPECT_TRUE(result);
            opened = true;
        });
        EXPECT_TRUE(spinUntil([&] { return opened; }));
    }

    // A person has signed in.
    std::string signIn(const std::string& subject = "42", const std::string& refresh = "rt-1") {
        if (!registry.isOpen())
            open();
        TokenSet tokens;
        tokens.accessToken = AccessToken(Secret::copyOf("at-1"));
        tokens.tokenType = "Bearer";
        tokens.refreshToken = RefreshToken(Secret::copyOf(refresh));
        tokens.expiresIn = std::chrono::seconds(3600);
        tokens.receivedAt = clock.wall();
        AccountRegistry::SignedIn who;
        who.provider = "corp";
        who.providerName = "Corp";
        who.issuer = "https://login.example.com"; // where the token endpoint is
        who.account = {subject, subject + "@example.com"};
        who.askedScopes = {"read"};
        const Result<std::string> id = registry.adopt(std::move(who), std::move(tokens));
        EXPECT_TRUE(id);
        return id.value_or("");
    }

    static std::string tokenJson(const std::string& access, const std::string& refresh) {
        return R"({"access_token":")" + access +
               R"(","token_type":"Bearer","expires_in":3600,"refresh_token":")" + refresh + R"("})";
    }

    struct Outcome {
        bool done = false;
        Result<void> result;
    };
    std::shared_ptr<Outcome> refresh(const std::string& id,
                                     TokenRefresher::Urgency urgency = TokenRefresher::Urgency::Demand) {
        auto outcome = std::make_shared<Outcome>();
        refresher.refresh(id, urgency, [outcome](Result<void> result) {
            EXPECT_FALSE(outcome->done) << "completed twice";
            outcome->done = true;
            outcome->result = std::move(result);
        });
        return outcome;
    }
    [[nodiscard]] bool requestWaits() {
        return spinUntil([&] { return !http.idle(); });
    }
    [[nodiscard]] CredentialSecrets secrets(const std::string& id) {
        return registry.secretsOf(*registry.find(id));
    }

    std::shared_ptr<FakeClock> clockOwner;
    FakeClock& clock;
    ProviderCatalog catalog;
    ScriptedTransport http;
    FaultyJournal journal;
    CredentialVault vault;
    AccountRegistry registry;
    ServerDirectory directory;
    std::unique_ptr<SharedAccounts> shared;
    TokenRefresher refresher;
};

} // namespace keybearer
