#pragma once

#include "broker/access/AuthRules.h"
#include "broker/accounts/ResourceDirectory.h"
#include "broker/accounts/SignInDesk.h"
#include "broker/authserver/LocalServices.h"

#include <map>

namespace keybearer {

// What the gateway's authorization server knows of services, from the rooms that do: which there are, which
// stored sign-in they use, and a sign-in in the browser that waits. Owned by the Broker; event loop thread.
class GatewayServices final : public QObject, public LocalServices {
public:
    struct Rooms {
        ResourceDirectory& resources;
        AccountRegistry& registry;
        SignInDesk& desk;
        const ProviderCatalog& catalog;
        const AuthRules& rules;
    };
    // `config` is read here and not after.
    GatewayServices(Rooms rooms, const Config& config);
    void configure(const Config& config);

    [[nodiscard]] std::optional<LocalService> find(const std::string& name) const override;
    [[nodiscard]] std::optional<ServiceSession> session(const std::string& name) const override;
    void signIn(const std::string& name, const std::string& next, bool agreed,
                Completion<Step> ready) override;
    [[nodiscard]] std::optional<Result<ServiceSession>> outcome(const std::string& name,
                                                                const std::string& signIn) const override;
    void cancel(const std::string& signIn) override;
    [[nodiscard]] bool isUsable(const std::string& sessionId) const override;

private:
    void begin(const McpService& service, const std::string& next, bool agreed,
               const Completion<Step>& ready);

    Rooms rooms_;
    std::map<std::string, std::string> programs_; // services that are programs: name and command line
};

} // namespace keybearer
