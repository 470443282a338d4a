#include "app/cli/ConfigChange.h"
#include "app/cli/Findings.h"
#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::int64_t highestPort = 65535;

std::string upstreamWords(const Json& service) {
    const Json& upstream = objectAt(service, "upstream");
    std::string words = textAt(upstream, "state", "unknown");
    if (words == "unknown")
        return "not asked yet";
    if (const auto latency = integerAt(upstream, "latency_ms"))
        words += ", " + std::to_string(*latency) + " ms";
    if (const std::string why = textAt(upstream, "why"); !why.empty())
        words += " (" + why + ")";
    return words;
}

std::string doorLines(const Json& status) {
    std::string out;
    for (const Json& door : arrayAt(status, "doors")) {
        const std::string kind = textAt(door, "kind", "?");
        const std::string address = textAt(door, "address", "?");
        out += "  " + (address.front() == '/' ? address : "http://" + address);
        if (kind == "metrics")
            out += "   /metrics, /healthz, /readyz";
        out += "\n";
    }
    return out;
}

std::string serviceLines(const Json& status) {
    const Json& services = arrayAt(status, "services");
    if (services.empty())
        return "\nThere are no services yet: keybearer service add NAME URL\n";
    Table table({"SERVICE", "ADDRESS TO PASTE", "SERVER"});
    for (const Json& service : services)
        table.add({textAt(service, "name", "?"), textAt(service, "address", "-"), upstreamWords(service)});
    return "\n" + table.text();
}

std::string connectedLines(const Json& status) {
    const Json& connected = arrayAt(status, "connected");
    if (connected.empty())
        return "\nNobody is connected. Write an address into the settings of an MCP client; it signs in by "
               "itself.\n";
    Table table({"CLIENT", "SERVICE", "BY"});
    for (const Json& client : connected) {
        std::string kind = textAt(client, "kind", "?");
        std::replace(kind.begin(), kind.end(), '_', ' ');
        table.add({textAt(client, "client", "?"), textAt(client, "service", "?"), kind});
    }
    return "\n" + table.text();
}

std::string statusText(Output& output, const Json& status) {
    const bool open = booleanAt(status, "open").value_or(false);
    std::string text = "Gateway: " + output.toned(open ? "open" : "closed",
                                                  open ? Output::Tone::Good : Output::Tone::Warning);
    if (open)
        text += " at " + textAt(status, "address", "?");
    text += booleanAt(status, "enabled").value_or(false) ? ", opened when the broker starts\n"
            : open                                       ? ", until the broker ends\n"
                                                         : "\n";
    text += doorLines(status);
    text += serviceLines(status);
    if (open)
        text += connectedLines(status);
    else
        text += "\nOpen it with: keybearer gateway start\n";
    if (const std::string findings = findingLines(output, findingsOf(status)); !findings.empty())
        text += "\nFindings\n" + findings;
    return text;
}

Result<int> answerStatus(Invocation& invocation, const Result<Json>& status) {
    if (!status)
        return tl::unexpected(status.error());
    Output& output = invocation.output();
    if (output.json())
        output.answerJson(*status);
    else
        output.answer(statusText(output, *status));
    return 0;
}

Result<int> runStatus(Invocation& invocation) {
    return answerStatus(invocation, invocation.ask("gateway.status", Json::object()));
}

Result<int> runStart(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    const Result<std::optional<std::int64_t>> port = arguments.number("--port", 1, highestPort);
    if (!port)
        return tl::unexpected(port.error());
    Json params = Json::object();
    if (*port)
        params["port"] = **port;
    const Result<Json> status = invocation.ask("gateway.start", params);
    if (!status)
        return tl::unexpected(status.error());
    const bool enable = arguments.has("--enable");
    if (enable) {
        std::vector<ConfigSetting> settings{{"enabled", "true"}};
        if (*port)
            settings.push_back({"port", std::to_string(**port)});
        if (const Result<bool> written = setInConfig(invocation, "gateway", settings); !written)
            return tl::unexpected(written.error());
    }
    if (const Result<int> answered = answerStatus(invocation, status); !answered)
        return answered;
    if (enable)
        invocation.output().say("From now on it is opened whenever the broker starts.");
    else if (!booleanAt(*status, "enabled").value_or(false))
        invocation.output().say("It stays open until the broker ends. To have it opened each time: keybearer "
                                "gateway start --enable");
    return 0;
}

Result<int> runStop(Invocation& invocation) {
    const Result<Json> status = invocation.ask("gateway.stop", Json::object());
    if (!status)
        return tl::unexpected(status.error());
    Output& output = invocation.output();
    if (output.json())
        output.answerJson(*status);
    else
        output.say(booleanAt(*status, "enabled").value_or(false)
                       ? "Closed, until the broker starts anew: gateway.enabled is true in config.yaml."
                       : "Closed.");
    return 0;
}

Result<int> runKeys(Invocation& invocation) {
    const bool rotate = invocation.arguments().has("--rotate");
    const Result<Json> keys = invocation.ask(rotate ? "gateway.rotate_keys" : "gateway.keys", Json::object());
    if (!keys)
        return tl::unexpected(keys.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*keys);
        return 0;
    }
    Table table({"KEY", "ALGORITHM", "STATE", "MADE", "ENDS"});
    for (const Json& key : arrayAt(*keys, "keys"))
        table.add({textAt(key, "kid", "?"), textAt(key, "algorithm", "?"), textAt(key, "state", "?"),
                   whenWords(stringAt(key, "created_at"), invocation.now(), "-"),
                   whenWords(stringAt(key, "retires_at"), invocation.now(), "-")});
    if (table.empty())
        output.say("There is no key yet: the first token makes one.");
    else
        output.answer(table.text());
    if (rotate)
        output.say("New tokens are signed with the new key; those that are out are good until they end.");
    return 0;
}

Result<int> removeClient(Invocation& invocation, const std::string& id) {
    const Result<Json> removed = invocation.ask("gateway.remove_client", Json{{"client_id", id}});
    if (!removed)
        return tl::unexpected(removed.error());
    if (invocation.output().json())
        invocation.output().answerJson(*removed);
    else
        invocation.output().say("Removed; what was allowed to it has ended.");
    return 0;
}

Result<int> runClients(Invocation& invocation) {
    if (const auto id = invocation.arguments().value("--remove"))
        return removeClient(invocation, *id);
    const Result<Json> list = invocation.ask("gateway.clients", Json::object());
    if (!list)
        return tl::unexpected(list.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*list);
        return 0;
    }
    Table table({"CLIENT", "SERVICE", "SAYS IT IS", "GRANTS", "LAST USED"});
    for (const Json& client : arrayAt(*list, "clients")) {
        const Json& grants = arrayAt(client, "grants");
        const std::int64_t count = client.contains("grants") && client["grants"].is_number_integer()
                                       ? client["grants"].get<std::int64_t>()
                                       : static_cast<std::int64_t>(grants.size());
        table.add({textAt(client, "client_id", "?"), textAt(client, "service", "-"),
                   textAt(client, "name", "-"), std::to_string(count),
                   whenWords(stringAt(client, "last_used_at"), invocation.now(), "never")});
    }
    if (table.empty())
        output.say("No client has registered at the gateway yet.");
    else
        output.answer(table.text());
    return 0;
}

constexpr std::array startOptions{
    Option{"--port", "N", "The port of 127.0.0.1 and [::1], instead of the usual one.", 0},
    Option{"--enable", "", "Also write gateway.enabled: true into config.yaml.", 0}};
constexpr std::array startExamples{
    Example{"keybearer gateway start", "Open it at the port that it always has, until the broker ends."},
    Example{"keybearer gateway start --port 4180 --enable",
            "At this port, now and whenever the broker starts."}};
constexpr std::array statusExamples{
    Example{"keybearer gateway status", "Which address do I paste into my client?"},
    Example{"keybearer gateway status --json", "The same for programs."}};
constexpr std::array keysOptions{Option{"--rotate", "", "Sign with a new key from now on.", 0}};
constexpr std::array keysExamples{
    Example{"keybearer gateway keys --rotate", "A new signing key; tokens that are out stay good."}};
constexpr std::array clientsOptions{
    Option{"--remove", "CLIENT", "Forget a client, with everything that was allowed to it.", 0}};
constexpr std::array clientsExamples{
    Example{"keybearer gateway clients", "Which clients have registered, and what for?"},
    Example{"keybearer gateway clients --remove c_x7Zq", "That one signs in anew."}};
constexpr std::array stopExamples{Example{"keybearer gateway stop", "Close the addresses at once."}};

const Verb startVerb{"start",
                     "",
                     "Open the address for clients that speak HTTP.",
                     "Opens http://127.0.0.1:PORT/SERVICE/mcp for every service, on this machine only, and "
                     "gateway.sock beside the broker's socket. Without --enable that lasts until the broker "
                     "ends. The port is chosen once and kept; one that another program has is an error that "
                     "names it.",
                     0,
                     0,
                     startOptions,
                     startExamples,
                     {},
                     runStart};
const Verb stopVerb{"stop",
                    "",
                    "Close it.",
                    "Closes the addresses; requests that are under way have a few seconds. Nobody is signed "
                    "out, and keybearer mcp goes on.",
                    0,
                    0,
                    {},
                    stopExamples,
                    {},
                    runStop};
const Verb statusVerbOf{
    "status",
    "",
    "Show what is open, what to paste, and who is connected.",
    "Shows the addresses, each service with its address ready to paste and how its server "
    "does, and the clients that are connected.",
    0,
    0,
    {},
    statusExamples,
    {},
    runStatus};
const Verb keysVerb{"keys",
                    "",
                    "Show the keys that the gateway's tokens are signed with.",
                    "Public facts about them; the keys themselves never leave the broker.",
                    0,
                    0,
                    keysOptions,
                    keysExamples,
                    {},
                    runKeys};
const Verb clientsVerb{"clients",
                       "",
                       "Show the clients that have registered at the gateway.",
                       "What a client is called is what it says of itself. What you allowed to it stands in "
                       "keybearer consent list and is taken back with keybearer consent revoke.",
                       0,
                       0,
                       clientsOptions,
                       clientsExamples,
                       {},
                       runClients};
constexpr std::array<const Verb*, 5> children{&startVerb, &stopVerb, &statusVerbOf, &keysVerb, &clientsVerb};

} // namespace

const Verb gatewayVerb{"gateway",
                       "",
                       "One address on this machine for every service, for clients that speak HTTP.",
                       "MCP clients that take an address get one for each service and sign in there by "
                       "themselves; you are asked whether they may. Nothing is open to other machines.",
                       0,
                       0,
                       {},
                       {},
                       children,
                       nullptr};

} // namespace keybearer
