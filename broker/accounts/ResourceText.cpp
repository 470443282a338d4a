#include "broker/accounts/ResourceText.h"

namespace keybearer {

namespace {

std::int64_t millis(WallTime time) {
    return time.time_since_epoch().count();
}

WallTime fromMillis(std::int64_t count) {
    return WallTime(std::chrono::milliseconds(count));
}

} // namespace

Json toJson(const DiscoveredServer& server) {
    return Json{{"name", server.name},
                {"resource", server.identifier},
                {"issuer", server.issuer},
                {"without_metadata", server.withoutMetadata},
                {"public_only", server.publicOnly},
                {"dpop", server.dpop},
                {"scopes", server.scopes},
                {"client", server.client},
                {"client_id", server.clientId},
                {"discovered_at", millis(server.discoveredAt)}};
}

DiscoveredServer serverFrom(std::string url, const Json& more) {
    DiscoveredServer server;
    server.url = std::move(url);
    server.name = stringAt(more, "name").value_or("");
    server.identifier = stringAt(more, "resource").value_or("");
    server.issuer = stringAt(more, "issuer").value_or("");
    server.withoutMetadata = booleanAt(more, "without_metadata").value_or(false);
    server.publicOnly = booleanAt(more, "public_only").value_or(true);
    server.dpop = booleanAt(more, "dpop").value_or(false);
    server.scopes = stringsAt(more, "scopes");
    server.client = stringAt(more, "client").value_or("");
    server.clientId = stringAt(more, "client_id").value_or("");
    server.discoveredAt = fromMillis(integerAt(more, "discovered_at").value_or(0));
    return server;
}

Json toJson(const StoredRegistration& registration) {
    Json more{
        {"client_id", registration.clientId},         {"method", registration.method},
        {"redirect_path", registration.redirectPath}, {"redirect_port", registration.redirectPort},
        {"has_secret", registration.hasSecret},       {"registered_at", millis(registration.registeredAt)}};
    if (registration.secretExpiresAt)
        more["secret_expires_at"] = millis(*registration.secretExpiresAt);
    return more;
}

StoredRegistration registrationFrom(std::string issuer, const Json& more) {
    StoredRegistration registration;
    registration.issuer = std::move(issuer);
    registration.clientId = stringAt(more, "client_id").value_or("");
    registration.method = stringAt(more, "method").value_or("none");
    registration.redirectPath = stringAt(more, "redirect_path").value_or("");
    registration.redirectPort = static_cast<std::uint16_t>(integerAt(more, "redirect_port").value_or(0));
    registration.hasSecret = booleanAt(more, "has_secret").value_or(false);
    registration.registeredAt = fromMillis(integerAt(more, "registered_at").value_or(0));
    if (const auto end = integerAt(more, "secret_expires_at"))
        registration.secretExpiresAt = fromMillis(*end);
    return registration;
}

} // namespace keybearer
