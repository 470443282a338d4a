#include "broker/accounts/ResourceDirectory.h"

// The part of ResourceDirectory that brokers of a shared store tell each other.
namespace keybearer {

std::vector<std::string> ResourceDirectory::discoveredServers() const {
    std::vector<std::string> urls;
    for (const auto& [url, found] : found_)
        urls.push_back(url);
    return urls;
}

std::optional<ResourceDirectory::Findings> ResourceDirectory::findings(const std::string& url) const {
    const DiscoveredServer* server = discovered(url);
    if (server == nullptr)
        return std::nullopt;
    Findings out{*server, std::nullopt, Secret()};
    const StoredRegistration* registration =
        server->client == clientRegistered ? registrationAt(server->issuer) : nullptr;
    if (registration == nullptr)
        return out;
    out.registration = *registration;
    if (!registration->hasSecret)
        return out;
    Result<Secret> secret = rooms_.store.registrationSecret(server->issuer);
    if (!secret)
        return std::nullopt;
    out.secret = std::move(*secret);
    return out;
}

Result<bool> ResourceDirectory::adoptFindings(Findings theirs) {
    const std::string url = theirs.server.url;
    const StoredRegistration* ours = registrationAt(theirs.server.issuer);
    // Two brokers registered at the same time: everybody comes to the same one of both.
    if (ours != nullptr && theirs.registration && ours->clientId != theirs.registration->clientId &&
        ours->registeredAt <= theirs.registration->registeredAt)
        return false;
    if (ours != nullptr && theirs.server.client == clientRegistered && !theirs.registration)
        return false;
    if (theirs.registration && (ours == nullptr || ours->clientId != theirs.registration->clientId)) {
        if (Result<void> kept = rooms_.store.putRegistration(*theirs.registration, theirs.secret); !kept)
            return tl::unexpected(kept.error());
        registrations_[theirs.server.issuer] = *theirs.registration;
    }
    nameHere(theirs.server);
    if (Result<void> kept = rooms_.store.putServer(theirs.server); !kept)
        return tl::unexpected(kept.error());
    adopt(theirs.server);
    found_[url] = std::move(theirs.server);
    return true;
}

} // namespace keybearer
