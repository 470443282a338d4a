#include "app/cli/ImportBroker.h"

#include "app/cli/ConfigChange.h"
#include "app/cli/Words.h"
#include "broker/base/Secret.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds quickLook{2'000}; // a preview does not wait for a broker that is busy

// One question after the other on a connection; what is refused is taken for nothing there.
template <typename Ask>
Result<BrokerFacts> factsFrom(const Ask& ask) {
    BrokerFacts facts;
    const Result<Json> keys = ask("apikey.list");
    if (!keys)
        return failure(keys.error());
    for (const Json& key : arrayAt(*keys, "apikeys")) {
        const std::string name = stringAt(key, "name").value_or("");
        facts.keys.insert(name);
        const std::string created = stringAt(key, "created_at").value_or("");
        facts.setAt[name] = std::max(created, stringAt(key, "rotated_at").value_or(""));
    }
    if (const Result<Json> sessions = ask("session.list")) {
        for (const Json& session : arrayAt(*sessions, "sessions")) {
            if (stringAt(session, "state") == "active" || stringAt(session, "state") == "refreshing")
                facts.sessions.insert(stringAt(session, "provider").value_or(""));
        }
    }
    return facts;
}

} // namespace

std::optional<BrokerFacts> BrokerFacts::ofRunningBroker(Invocation& invocation) {
    HelloParams hello;
    hello.clientName = "keybearer";
    hello.clientVersion = KEYBEARER_VERSION;
    const Result<std::unique_ptr<LineClient>> client =
        LineClient::connect(invocation.places().socket, hello, quickLook);
    if (!client)
        return std::nullopt;
    const Result<BrokerFacts> facts = factsFrom(
        [&client](const char* method) { return (*client)->call(method, Json::object(), quickLook); });
    return facts ? std::optional(*facts) : std::nullopt;
}

Result<BrokerFacts> BrokerFacts::ask(Invocation& invocation) {
    return factsFrom([&invocation](const char* method) { return invocation.ask(method, Json::object()); });
}

ImportNames BrokerFacts::names(const std::vector<Backup>& backups) const {
    std::map<std::string, std::string> known;
    for (const Backup& backup : backups) {
        for (const Backup::Key& key : backup.keys) {
            const auto set = setAt.find(key.name);
            if (set != setAt.end() && set->second <= backup.madeAt)
                known[key.digest] = key.name;
        }
    }
    return {keys, std::move(known)};
}

Result<void> ImportBroker::storeKey(const KeyToStore& key) {
    Json params{{"name", key.name}, {"value", key.value}, {"description", key.description}};
    const Result<Json> stored = invocation_.ask("apikey.add", params);
    wipeJson(params);
    return stored ? Result<void>() : failure(stored.error());
}

void ImportBroker::dropKey(const std::string& name) {
    if (const Result<Json> removed = invocation_.ask("apikey.remove", Json{{"name", name}}); !removed)
        invocation_.output().say("The API key " + name +
                                 " could not be erased again: " + removed.error().message);
}

Result<void> ImportBroker::approve(const std::filesystem::path& config, const std::string& text) {
    return checkConfigText(config, text);
}

} // namespace keybearer
