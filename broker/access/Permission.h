#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Result.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace keybearer {

// What a request needs. A role is a set of these (Role.h); which token a caller may have is asked separately
// (ConsentGate). The words, "session:read", are part of the interface.
enum class Permission : std::uint8_t {
    Open, // for everybody: hello, rpc.discover; events.subscribe, whose topics are asked for one by one
    TokenRead,
    SessionRead,
    SessionWrite,
    SessionRevoke,
    SigninWrite,
    ApiKeyRead,
    ApiKeyWrite,
    ProviderRead,
    ProviderWrite,
    ConsentRead,
    ConsentWrite,
    ConsentAnswer, // for operator programs only, whatever their role
    ClientRead,
    ClientWrite,
    AuthRead, // which rule gives which credential
    PolicyRead,
    PolicyWrite,
    AuditRead,
    StoreRead,
    StoreUnlock,
    StoreWrite,
    RunRead,
    RunWrite, // hand capabilities to programs
    HealthShort,
    HealthRead,
    MetricsRead,
    GatewayRead, // what is open over HTTP, and who is connected
    GatewayWrite,
};
inline constexpr std::size_t permissionCount = static_cast<std::size_t>(Permission::GatewayWrite) + 1;

[[nodiscard]] std::string_view permissionWord(Permission permission); // "session:read"

// What a method needs; nothing for a method that the table does not know: only an administrator may call it.
[[nodiscard]] std::optional<Permission> permissionForMethod(std::string_view method);
[[nodiscard]] std::optional<Permission> permissionForTopic(std::string_view topic);

// True for what changes something: the caller is measured again before it.
[[nodiscard]] bool changesSomething(Permission permission);

[[nodiscard]] bool roleHas(Role role, Permission permission);

// What the caller's role, what it was before it asked for less, its door and its program allow together.
[[nodiscard]] bool callerMay(const Caller& caller, Permission permission);

// The same for a request: PolicyDenied (details "required", "role") with what the person can do. `what` is
// the method or topic.
[[nodiscard]] Result<void> methodPermitted(const Caller& caller, std::string_view what);
[[nodiscard]] Result<void> topicPermitted(const Caller& caller, std::string_view what);

} // namespace keybearer
