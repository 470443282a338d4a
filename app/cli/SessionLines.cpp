#include "app/cli/SessionLines.h"

#include "app/cli/Table.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

namespace keybearer {

namespace {

// The caller of last_used is a text or an object with an executable, by the age of the broker.
std::string lastUser(const Json& session) {
    const Json& used = objectAt(session, "last_used");
    const std::string path = innerTextAt(used, "caller", "executable", textAt(used, "caller"));
    return path.empty() ? std::string("nobody yet") : programName(path);
}

std::string lastUse(const Json& session, WallTime now) {
    const Json& used = objectAt(session, "last_used");
    if (used.empty())
        return "nobody yet";
    const std::string when = whenWords(stringAt(used, "at"), now, "");
    return when.empty() ? lastUser(session) : lastUser(session) + ", " + when;
}

// Empty for a person's sign-in, which is what one expects.
std::string kindWords(const std::string& kind) {
    if (kind == "client_credentials")
        return "our client itself (client credentials)";
    if (kind == "jwt_bearer")
        return "service account";
    if (kind == "enterprise")
        return "the identity provider's word";
    if (kind == "workload")
        return "the platform's word for this machine";
    return kind == "api_key" ? "API key" : "";
}

std::string renewalWords(const Json& renewal) {
    const std::optional<std::int64_t> failures = integerAt(renewal, "failures");
    if (!failures)
        return {};
    const std::int64_t left = integerAt(renewal, "retry_after_seconds").value_or(0);
    return "failed " + std::to_string(*failures) + (*failures == 1 ? " time, " : " times, ") +
           (left > 0 ? "next try in " + std::to_string(left) + " s" : std::string("tried again when asked"));
}

} // namespace

std::string stateWords(const Json& session) {
    const std::string state = textAt(session, "state", "unknown");
    if (state == "needs_sign_in")
        return "sign in again";
    return state;
}

std::string sessionTable(const Json& sessions, WallTime now, std::string_view indent) {
    Table table({"PROVIDER", "ACCOUNT", "STATE", "EXPIRES", "LAST USED BY"});
    for (const Json& session : sessions) {
        const bool active = textAt(session, "state") == "active" || textAt(session, "state") == "refreshing";
        table.add({textAt(session, "provider", "?"), innerTextAt(session, "account", "label", "?"),
                   stateWords(session),
                   active ? whenWords(stringAt(session, "expires_at"), now, "not stated") : "-",
                   lastUse(session, now)});
    }
    return table.text(indent);
}

std::string sessionDetails(const Json& session, WallTime now) {
    Table table({"Session", textAt(session, "session_id", "?")});
    const auto add = [&table](const char* name, const std::string& value) {
        if (!value.empty())
            table.add({name, value});
    };
    const auto time = [&](const char* key) {
        const std::string text = textAt(session, key);
        return text.empty() ? text : localTime(text, text) + " (" + whenWords(text, now, "?") + ")";
    };
    add("Provider", textAt(session, "provider"));
    add("Kind", kindWords(textAt(session, "kind")));
    add("Issuer", textAt(session, "issuer"));
    add("Resource", textAt(session, "resource"));
    add("Account", innerTextAt(session, "account", "label"));
    add("Subject", innerTextAt(session, "account", "subject"));
    add("Scopes", listAt(session, "scopes", "not stated"));
    add("State", stateWords(session));
    add("Problem", textAt(session, "problem"));
    add("Renewal", renewalWords(objectAt(session, "renewal")));
    add("Expires", time("expires_at").empty() ? std::string("not stated") : time("expires_at"));
    add("Refreshed", time("refreshed_at"));
    add("Sign-in ends", time("sign_in_ends_at"));
    add("Last used by", lastUse(session, now));
    return table.text();
}

} // namespace keybearer
