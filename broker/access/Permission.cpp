#include "broker/access/Permission.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <initializer_list>
#include <string>

namespace keybearer {

namespace {

struct Row {
    std::string_view name;
    Permission permission;
};

using P = Permission;

// Which method needs which permission. Sorted by name.
constexpr std::array methods{
    Row{"apikey.add", P::ApiKeyWrite},
    Row{"apikey.disable", P::ApiKeyWrite},
    Row{"apikey.enable", P::ApiKeyWrite},
    Row{"apikey.list", P::ApiKeyRead},
    Row{"apikey.remove", P::ApiKeyWrite},
    Row{"apikey.rotate", P::ApiKeyWrite},
    Row{"apikey.show", P::ApiKeyRead},
    Row{"audit.alerts", P::AuditRead},
    Row{"audit.query", P::AuditRead},
    Row{"audit.summary", P::AuditRead},
    Row{"audit.verify", P::AuditRead},
    Row{"auth.explain", P::AuthRead},
    Row{"broker.stop", P::ConsentAnswer},
    Row{"caller.show", P::Open},
    Row{"capability.list", P::RunRead},
    Row{"capability.open", P::RunWrite},
    Row{"client.add", P::ClientWrite},
    Row{"client.disable", P::ClientWrite},
    Row{"client.enable", P::ClientWrite},
    Row{"client.list", P::ClientRead},
    Row{"client.remove", P::ClientWrite},
    Row{"client.rotate", P::ClientWrite},
    Row{"client.show", P::ClientRead},
    Row{"config.get", P::PolicyRead},
    Row{"config.reload", P::PolicyWrite},
    Row{"consent.answer", P::ConsentAnswer},
    Row{"consent.list", P::ConsentRead},
    Row{"consent.pending", P::ConsentRead},
    Row{"consent.revoke", P::ConsentWrite},
    Row{"demo.start", P::ProviderWrite},
    Row{"demo.status", P::ProviderRead},
    Row{"demo.stop", P::ProviderWrite},
    Row{"events.subscribe", P::Open},
    Row{"gateway.clients", P::GatewayRead},
    Row{"gateway.keys", P::GatewayRead},
    Row{"gateway.remove_client", P::GatewayWrite},
    Row{"gateway.rotate_keys", P::GatewayWrite},
    Row{"gateway.start", P::GatewayWrite},
    Row{"gateway.status", P::GatewayRead},
    Row{"gateway.stop", P::GatewayWrite},
    Row{"health.get", P::HealthShort},
    Row{"hello", P::Open},
    Row{"mcp.open", P::TokenRead},
    Row{"metrics.get", P::MetricsRead},
    Row{"provider.list", P::ProviderRead},
    Row{"provider.reload", P::ProviderWrite},
    Row{"provider.show", P::ProviderRead},
    Row{"provider.test", P::ProviderWrite},
    Row{"rpc.discover", P::Open},
    Row{"service.list", P::SessionRead},
    Row{"service.remove", P::ProviderWrite},
    Row{"service.test", P::ProviderWrite},
    Row{"service_account.add", P::SigninWrite},
    Row{"service_account.list", P::SessionRead},
    Row{"service_account.remove", P::SessionRevoke},
    Row{"session.list", P::SessionRead},
    Row{"session.refresh", P::SessionWrite},
    Row{"session.rename", P::SessionWrite},
    Row{"session.revoke", P::SessionRevoke},
    Row{"session.show", P::SessionRead},
    Row{"sharing.pause", P::ConsentAnswer},
    Row{"sharing.resume", P::ConsentAnswer},
    Row{"signin.cancel", P::SigninWrite},
    Row{"signin.complete", P::SigninWrite},
    Row{"signin.start", P::SigninWrite},
    Row{"signin.status", P::SigninWrite},
    Row{"store.lock", P::StoreUnlock},
    Row{"store.migrate", P::StoreWrite},
    Row{"store.rekey", P::StoreWrite},
    Row{"store.status", P::StoreRead},
    Row{"store.unlock", P::StoreUnlock},
    Row{"token.get", P::TokenRead},
    Row{"token.proof", P::TokenRead},
    Row{"tool.approve", P::ConsentAnswer},
    Row{"tool.forget", P::ConsentAnswer},
    Row{"tool.list", P::ConsentRead},
    Row{"tool.show", P::ConsentRead},
};
static_assert(std::is_sorted(methods.begin(), methods.end(),
                             [](const Row& left, const Row& right) { return left.name < right.name; }));

constexpr std::array topics{
    Row{"alert", P::HealthRead},
    Row{"consent.requested", P::ConsentRead},
    Row{"consent.withdrawn", P::ConsentRead},
    Row{"health.changed", P::HealthShort},
    Row{"session.changed", P::SessionRead},
    Row{"signin.progress", P::SessionRead},
    Row{"tool.changed", P::ConsentRead},
};

constexpr std::array<std::string_view, permissionCount> words{
    "open",           "token:read",   "session:read",  "session:write",  "session:revoke", "signin:write",
    "apikey:read",    "apikey:write", "provider:read", "provider:write", "consent:read",   "consent:write",
    "consent:answer", "client:read",  "client:write",  "auth:read",      "policy:read",    "policy:write",
    "audit:read",     "store:read",   "store:unlock",  "store:write",    "run:read",       "run:write",
    "health:short",   "health:read",  "metrics:read",  "gateway:read",   "gateway:write",
};

using Permissions = std::uint32_t;
static_assert(permissionCount <= 32);

constexpr Permissions bit(Permission permission) {
    return Permissions{1} << static_cast<unsigned>(permission);
}
constexpr Permissions all(std::initializer_list<Permission> permissions) {
    Permissions out = 0;
    for (const Permission permission : permissions)
        out |= bit(permission);
    return out;
}

// A program that works for the person: it learns of nothing but what it asks for.
constexpr Permissions agent = all({P::Open, P::TokenRead, P::ProviderRead, P::AuthRead, P::HealthShort});
// A person or program that looks after the machine: sees everything that is no secret, gets no token.
constexpr Permissions readonly =
    all({P::Open, P::SessionRead, P::ApiKeyRead, P::ProviderRead, P::ConsentRead, P::ClientRead, P::AuthRead,
         P::PolicyRead, P::AuditRead, P::StoreRead, P::RunRead, P::HealthShort, P::HealthRead, P::MetricsRead,
         P::GatewayRead});
// Somebody who signs in and out, and decides over what is theirs.
constexpr Permissions user =
    agent | readonly |
    all({P::SessionWrite, P::SessionRevoke, P::SigninWrite, P::ApiKeyWrite, P::ProviderWrite, P::ConsentWrite,
         P::ConsentAnswer, P::StoreUnlock, P::RunWrite, P::GatewayWrite});
constexpr Permissions admin = (Permissions{1} << permissionCount) - 1;

// Through agent.sock come programs of another machine: tokens, and nothing about this one.
constexpr Permissions throughAgentDoor = all({P::Open, P::TokenRead, P::HealthShort});

constexpr Permissions permissionsOf(Role role) {
    switch (role) {
    case Role::Readonly:
        return readonly;
    case Role::Agent:
        return agent;
    case Role::User:
        return user;
    case Role::Admin:
        return admin;
    }
    return 0;
}

template <std::size_t Size>
std::optional<Permission> find(const std::array<Row, Size>& rows, std::string_view name) {
    const auto row =
        std::lower_bound(rows.begin(), rows.end(), name,
                         [](const Row& left, std::string_view right) { return left.name < right; });
    return row != rows.end() && row->name == name ? std::optional(row->permission) : std::nullopt;
}

std::string remedy(const Caller& caller, Permission required) {
    if (caller.door == Door::Agent)
        return "Ask on the machine where the broker runs.";
    if (required == Permission::ConsentAnswer && !caller.operatorProgram)
        return "Do it in the tray or with keybearer: keybearer consent answer, keybearer tool approve, "
               "keybearer pause";
    if (roleHas(caller.ceiling, required))
        return "Leave role out of hello: the program asked for less than it may have.";
    if (!caller.clientId.empty())
        return "Do it with keybearer and without a client key, or give the program a client of another role: "
               "keybearer client add NAME --role";
    if (!caller.capability.empty())
        return "Do it with keybearer outside of this run.";
    return "Do it with keybearer or in the tray; a program of yours gets a role of its own with: keybearer "
           "client add NAME --role";
}

Result<void> permitted(const Caller& caller, std::optional<Permission> needed, std::string_view what) {
    if (needed ? callerMay(caller, *needed) : caller.role == Role::Admin && caller.ceiling == Role::Admin)
        return {};
    const Permission required = needed.value_or(Permission::PolicyWrite);
    const std::string word(permissionWord(required));
    const std::string role(roleWord(caller.role));
    const bool program = required == Permission::ConsentAnswer && !caller.operatorProgram;
    return failure(Error(ErrorCode::PolicyDenied,
                         program ? "only the tray and the command line may answer for a person"
                                 : "the role " + role + " may not use " + displaySafe(what, 64),
                         remedy(caller, required))
                       .with("required", word)
                       .with("role", role));
}

} // namespace

std::string_view permissionWord(Permission permission) {
    return words[static_cast<std::size_t>(permission)];
}

std::optional<Permission> permissionForMethod(std::string_view method) {
    return find(methods, method);
}

std::optional<Permission> permissionForTopic(std::string_view topic) {
    return find(topics, topic);
}

bool changesSomething(Permission permission) {
    return permission != Permission::TokenRead && (bit(permission) & (readonly | agent)) == 0;
}

bool roleHas(Role role, Permission permission) {
    return (permissionsOf(role) & bit(permission)) != 0;
}

bool callerMay(const Caller& caller, Permission permission) {
    if (caller.door == Door::Agent && (throughAgentDoor & bit(permission)) == 0)
        return false;
    if (permission == Permission::ConsentAnswer && !caller.operatorProgram)
        return false;
    return roleHas(caller.role, permission) && roleHas(caller.ceiling, permission);
}

Result<void> methodPermitted(const Caller& caller, std::string_view what) {
    return permitted(caller, permissionForMethod(what), what);
}

Result<void> topicPermitted(const Caller& caller, std::string_view what) {
    return permitted(caller, permissionForTopic(what), what);
}

} // namespace keybearer
