#include "app/cli/AllSessions.h"

#include "app/cli/Invocation.h"
#include "app/cli/Words.h"
#include "broker/protocol/SessionListParams.h"

namespace keybearer {

namespace {

constexpr std::int64_t sessionsAtOnce = 1000; // the most that the broker gives at once

} // namespace

Json firstSessions() {
    SessionListParams params;
    params.limit = sessionsAtOnce;
    return params.toJson();
}

Result<Json> withFollowingSessions(Invocation& invocation, Json all) {
    while (const std::optional<std::string> last = stringAt(all, "next")) {
        SessionListParams params;
        params.limit = sessionsAtOnce;
        params.after = *last;
        Result<Json> more = invocation.ask("session.list", params.toJson());
        if (!more)
            return more;
        Json following = arrayAt(*more, "sessions");
        Json& sessions = all["sessions"];
        for (Json& session : following)
            sessions.push_back(std::move(session));
        const std::optional<std::string> next = stringAt(*more, "next");
        if (!next || following.empty()) // a broker that goes on for ever is not followed
            all.erase("next");
        else
            all["next"] = *next;
    }
    return all;
}

Result<Json> allSessions(Invocation& invocation) {
    Result<Json> first = invocation.ask("session.list", firstSessions());
    return first ? withFollowingSessions(invocation, std::move(*first)) : first;
}

} // namespace keybearer
