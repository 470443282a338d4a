#include "app/tray/services/ServiceRecord.h"

#include "app/tray/mirror/Records.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <tuple>

namespace keybearer {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Services)
};

constexpr std::size_t longestWord = 1000; // of a command; what is longer could not be read anyway
constexpr std::size_t mostWords = 64;
constexpr std::size_t longestScope = 120;
constexpr std::size_t mostScopes = 64;

const Json& listAt(const Json& object, const char* key) {
    static const Json none = Json::array();
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() || !found->is_array() ? none : *found;
}

QStringList shownList(const Json& object, const char* key, std::size_t most, std::size_t longest) {
    QStringList out;
    for (const std::string& word : stringsAt(object, key)) {
        if (static_cast<std::size_t>(out.size()) < most)
            out.append(shown(word, longest));
    }
    return out;
}

ServiceRecord* find(std::vector<ServiceRecord>& services, const std::string& name) {
    const auto found = std::find_if(services.begin(), services.end(),
                                    [&](const ServiceRecord& service) { return service.name == name; });
    return found == services.end() ? nullptr : &*found;
}

} // namespace

QString ServiceRecord::target() const {
    return local ? command.join(u' ') : shown(url, 300);
}

std::optional<ServiceRecord> readService(const Json& object) {
    ServiceRecord service;
    service.name = stringAt(object, "name").value_or("");
    if (service.name.empty())
        return std::nullopt;
    service.url = stringAt(object, "url").value_or("");
    service.provider = stringAt(object, "provider").value_or("");
    service.address = stringAt(object, "address").value_or("");
    service.local = booleanAt(object, "local").value_or(false);
    service.command = shownList(object, "command", mostWords, longestWord);
    service.configured = booleanAt(object, "configured").value_or(false);
    service.signedIn = booleanAt(object, "signed_in").value_or(false);
    service.account = shown(stringAt(object, "account").value_or(""), 64);
    service.issuer = shown(stringAt(object, "issuer").value_or(""));
    service.client = shown(stringAt(object, "client").value_or(""), 64);
    service.scopes = shownList(object, "scopes", mostScopes, longestScope);
    return service;
}

GatewayRecord readGateway(const Json& status) {
    GatewayRecord gateway;
    gateway.open = booleanAt(status, "open").value_or(false);
    gateway.address = stringAt(status, "address").value_or("");
    gateway.connected = static_cast<int>(listAt(status, "connected").size());
    for (const Json& finding : listAt(status, "findings")) {
        gateway.problem = shown(stringAt(finding, "message").value_or(""), 300);
        break;
    }
    return gateway;
}

void addUpstreams(std::vector<ServiceRecord>& services, const Json& gatewayStatus) {
    for (const Json& item : listAt(gatewayStatus, "services")) {
        ServiceRecord* service = find(services, stringAt(item, "name").value_or(""));
        const auto upstream = item.is_object() ? item.find("upstream") : item.end();
        if (service == nullptr || upstream == item.end() || !upstream->is_object())
            continue;
        const std::string word = stringAt(*upstream, "state").value_or("");
        service->state = word == "up"         ? UpstreamState::Up
                         : word == "degraded" ? UpstreamState::Degraded
                         : word == "down"     ? UpstreamState::Down
                                              : UpstreamState::Unknown;
    }
}

void addTools(std::vector<ServiceRecord>& services, const Json& toolList) {
    std::map<std::string, std::pair<int, int>> counts;
    for (const Json& tool : listAt(toolList, "tools")) {
        auto& [all, waiting] = counts[stringAt(tool, "service").value_or("")];
        ++all;
        waiting += stringAt(tool, "state").value_or("approved") == "approved" ? 0 : 1;
    }
    for (ServiceRecord& service : services) {
        if (const auto found = counts.find(service.name); found != counts.end())
            std::tie(service.tools, service.toolsWaiting) = found->second;
    }
}

QString signInWords(const ServiceRecord& service) {
    if (service.local && service.provider.empty())
        return Words::tr("Needs no sign-in");
    if (!service.signedIn)
        return Words::tr("Nobody is signed in");
    return service.account.isEmpty() ? Words::tr("Signed in")
                                     : Words::tr("Signed in as %1").arg(service.account);
}

QString stateWords(const ServiceRecord& service) {
    switch (service.state) {
    case UpstreamState::Up:
        return Words::tr("Answers");
    case UpstreamState::Degraded:
        return Words::tr("Answers with trouble");
    case UpstreamState::Down:
        return Words::tr("Does not answer");
    case UpstreamState::Unknown:
        break;
    }
    return Words::tr("Not used yet");
}

QString toolWords(const ServiceRecord& service) {
    if (service.tools == 0)
        return QStringLiteral("\u2013");
    if (service.toolsWaiting > 0)
        return Words::tr("%n to look at", "tools that are new or have changed", service.toolsWaiting);
    return Words::tr("%n tool(s)", nullptr, service.tools);
}

} // namespace keybearer
