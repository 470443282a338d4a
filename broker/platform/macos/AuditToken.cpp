#include "broker/platform/macos/AuditToken.h"

#include <bsm/libbsm.h>
#include <mach/mach.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace keybearer {

std::optional<audit_token_t> auditTokenOfPeer(int socket) {
    audit_token_t token{};
    socklen_t size = sizeof token;
    if (::getsockopt(socket, SOL_LOCAL, LOCAL_PEERTOKEN, &token, &size) != 0 || size != sizeof token)
        return std::nullopt;
    return token;
}

std::optional<audit_token_t> auditTokenOf(std::int64_t pid) {
    task_name_t task = MACH_PORT_NULL; // a name only: it gives no power over the process
    if (::task_name_for_pid(::mach_task_self(), static_cast<int>(pid), &task) != KERN_SUCCESS)
        return std::nullopt;
    audit_token_t token{};
    mach_msg_type_number_t size = TASK_AUDIT_TOKEN_COUNT;
    const kern_return_t told =
        ::task_info(task, TASK_AUDIT_TOKEN, reinterpret_cast<task_info_t>(&token), &size);
    ::mach_port_deallocate(::mach_task_self(), task);
    // The number may have changed hands between the two calls, and the token would be another process's.
    if (told != KERN_SUCCESS || size != TASK_AUDIT_TOKEN_COUNT || processIn(token) != pid)
        return std::nullopt;
    return token;
}

std::int64_t processIn(const audit_token_t& token) {
    return ::audit_token_to_pid(token);
}

std::uint64_t versionIn(const audit_token_t& token) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(::audit_token_to_pidversion(token)));
}

} // namespace keybearer
