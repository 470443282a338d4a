#pragma once

#include "broker/authserver/AsMessage.h"
#include "broker/authserver/AuthorityAudit.h"
#include "broker/authserver/AuthorizationDesk.h"
#include "broker/authserver/DocumentClients.h"

#include <cstdint>

namespace keybearer {

// Which programs may begin an authorization here: those that have registered (RFC 7591) or are known by their
// document, and only towards an address that they named then (SEC-S-04). Whoever may is handed to the
// AuthorizationDesk. Owned by the LocalAuthorizationServer; event loop thread.
class ClientAdmission {
public:
    struct Rooms {
        LocalClients& clients;
        DocumentClients& documents;
        AuthorizationDesk& desk;
        const AuthorityAudit& audit;
    };
    // `documentsToo`: gateway.client_id_metadata.
    ClientAdmission(Rooms rooms, bool documentsToo) : rooms_(rooms), documentsToo_(documentsToo) {}

    void takeDocuments(bool too) { documentsToo_ = too; }

    // The endpoints "register" and "authorize".
    [[nodiscard]] AsAnswer registerClient(const AsRequest& request);
    void authorize(const AsRequest& request, const LocalService& service, const Completion<AsAnswer>& done);

    [[nodiscard]] std::uint64_t registrations() const { return registrations_; }

private:
    void authorizeKnown(const AsRequest& request, const LocalService& service,
                        const Completion<AsAnswer>& done);

    Rooms rooms_;
    bool documentsToo_;
    std::uint64_t registrations_ = 0;
};

} // namespace keybearer
