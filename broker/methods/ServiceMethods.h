#pragma once

#include "broker/accounts/ServiceCheck.h"
#include "broker/rpc/MethodTable.h"

#include <map>
#include <memory>

namespace keybearer {

// service.list, .test, .remove: the MCP servers that one can sign in to. Entries of config.yaml are added and
// removed there and not here. Owned by the Broker; event loop thread.
class ServiceMethods {
public:
    struct Rooms {
        ResourceDirectory& directory;
        ServerDirectory& servers;
        const ProviderCatalog& catalog;
        const AccountRegistry& registry;
        HttpTransport& http;
        // Where clients of this machine find it over HTTP; empty: nowhere now.
        std::function<std::string(const std::string& name)> address;
    };
    explicit ServiceMethods(Rooms rooms) : rooms_(std::move(rooms)) {}
    void addTo(MethodTable& table);

private:
    void list(const Json& params, const Reply& reply) const;
    void test(const Json& params, const Reply& reply);
    void remove(const Json& params, const Reply& reply);
    [[nodiscard]] bool isConfigured(const McpService& service) const;
    [[nodiscard]] std::size_t sessionsOf(const McpService& service, bool goodOnly) const;
    [[nodiscard]] Json toWire(const McpService& service) const;
    static void testProgram(const McpService& service, const Reply& reply);
    void onTested(std::uint64_t number, const McpService& service, const Reply& reply,
                  const ServiceCheck::Findings& findings);

    Rooms rooms_;
    std::map<std::uint64_t, std::unique_ptr<ServiceCheck>> checks_;
    std::uint64_t lastCheck_ = 0;
};

} // namespace keybearer
