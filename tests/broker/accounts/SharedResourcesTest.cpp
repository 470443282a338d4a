#include "broker/accounts/SharedResources.h"

#include "tests/broker/accounts/RotationHouse.h"
#include "tests/support/FakeSharedStore.h"

namespace keybearer {
namespace {

constexpr const char* url = "https://mcp.example/mcp";

struct Neighbour {
    explicit Neighbour(FakeSharedStore::Ground& ground) : store(ground) {
        disk.shared = &store;
        house = std::make_unique<RotationHouse>(disk);
        directory = std::make_unique<ResourceDirectory>(
            ResourceDirectory::Rooms{config, house->catalog, house->directory, house->registry, *disk.state,
                                     house->http, house->clock});
        EXPECT_TRUE(directory->load());
        house->open();
        resources = std::make_unique<SharedResources>(store, *directory);
    }
    // It asked the server and registered a client there.
    void discover(const std::string& clientId, std::int64_t at, const std::string& secret = {}) {
        ResourceDirectory::Findings findings;
        findings.server.url = url;
        findings.server.name = "mcp.example";
        findings.server.identifier = url;
        findings.server.issuer = "https://as.example";
        findings.server.scopes = {"read"};
        findings.server.client = clientRegistered;
        findings.server.clientId = clientId;
        findings.server.discoveredAt = WallTime(std::chrono::milliseconds(at));
        findings.registration = StoredRegistration{"https://as.example",
                                                   clientId,
                                                   "client_secret_basic",
                                                   "/cb",
                                                   0,
                                                   !secret.empty(),
                                                   WallTime(std::chrono::milliseconds(at)),
                                                   std::nullopt};
        findings.secret = Secret::copyOf(secret);
        const Result<bool> adopted = directory->adoptFindings(std::move(findings));
        EXPECT_TRUE(adopted && *adopted);
    }
    [[nodiscard]] std::string clientId() const {
        const std::optional<ResourceDirectory::Findings> findings = directory->findings(url);
        return findings && findings->registration ? findings->registration->clientId : std::string();
    }

    FakeSharedStore store;
    RotationHouse::Disk disk;
    std::unique_ptr<RotationHouse> house;
    Config config = RotationHouse::config();
    std::unique_ptr<ResourceDirectory> directory;
    std::unique_ptr<SharedResources> resources;
};

TEST(SharedResources, S4_WhatOneBrokerRegisteredEveryOtherUses) {
    FakeSharedStore::Ground ground;
    Neighbour first(ground);
    Neighbour second(ground);
    first.discover("client-a", 1000, "planted-secret");
    Q_EMIT first.store.connected();
    ASSERT_TRUE(spinUntil([&] { return second.clientId() == "client-a"; }));
    EXPECT_TRUE(second.directory->findings(url)->secret.equals("planted-secret"));
    const Provider* entry = second.house->catalog.findServer(url);
    ASSERT_NE(entry, nullptr) << "a session of it can be refreshed here";
    EXPECT_EQ(entry->clientId, "client-a");
    EXPECT_EQ(entry->resource->identifier, url);
    for (const auto& [id, kept] : ground.items) {
        EXPECT_EQ(kept.tag.record.find("planted-secret"), std::string::npos);
        EXPECT_EQ(id.find("example"), std::string::npos);
    }
    EXPECT_TRUE(second.house->registry.all().empty()) << "and it is no session";
    ResourceDirectory again(ResourceDirectory::Rooms{
        second.config, second.house->catalog, second.house->directory, second.house->registry,
        *second.disk.state, second.house->http, second.house->clock});
    ASSERT_TRUE(again.load());
    EXPECT_NE(again.discovered(url), nullptr) << "also after a restart";
}

TEST(SharedResources, S4_OfTwoClientsThatWereRegisteredAtOnceTheFirstIsEverybodys) {
    FakeSharedStore::Ground ground;
    Neighbour first(ground);
    Neighbour second(ground);
    ground.tells = false;
    first.discover("client-a", 1000);
    second.discover("client-b", 2000);
    ground.tells = true;
    Q_EMIT second.store.connected();
    ASSERT_TRUE(spinUntil([&] { return second.clientId() == "client-a"; }));
    EXPECT_EQ(first.clientId(), "client-a");
}

TEST(SharedResources, WhatMakesNoSenseIsLeftAlone) {
    FakeSharedStore::Ground ground;
    Neighbour first(ground);
    ItemTag tag("label");
    tag.generation = 7;
    tag.record = "{\"v\":1}";
    ground.items["s_mcp_" + std::string(30, '0')] = {tag, SealedSecret(Secret::copyOf("x")), false};
    Q_EMIT first.store.connected();
    EXPECT_TRUE(spinUntil([&] { return first.store.fetches > 0; }));
    spinOnce();
    EXPECT_TRUE(first.directory->discoveredServers().empty());
}

} // namespace
} // namespace keybearer
