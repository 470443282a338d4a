#include "app/cli/ConfigChange.h"
#include "app/cli/Invocation.h"
#include "app/cli/ProviderVerbs.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::array addOptions{
    Option{"--issuer", "URL", "The authorization server; its metadata is discovered.", 0},
    Option{"--authorization-endpoint", "URL", "For a server without metadata.", 0},
    Option{"--token-endpoint", "URL", "For a server without metadata.", 0},
    Option{"--device-authorization-endpoint", "URL", "For the device flow, without metadata.", 0},
    Option{"--revocation-endpoint", "URL", "Where sessions are ended, without metadata.", 0},
    Option{"--userinfo-endpoint", "URL", "Where to ask who signed in, without metadata.", 0},
    Option{"--domain", "HOST", "For a preset that needs it: acme.okta.com.", 0},
    Option{"--client-id", "ID", "The client that you registered there.", 0},
    Option{"--scope", "SCOPE", "What to ask for; may be given several times.", 0},
    Option{"--flow", "FLOW", "browser, device or paste; may be given several times.", 0},
};

std::string memberOf(std::string_view option) {
    std::string key(option.substr(2));
    std::replace(key.begin(), key.end(), '-', '_');
    return key == "scope" || key == "flow" ? key + "s" : key;
}

ConfigEntry entryFrom(const Arguments& arguments) {
    ConfigEntry entry{arguments.operand(0), {}};
    for (const Option& option : addOptions) {
        ConfigMember member{memberOf(option.name), arguments.values(option.name), false};
        member.isList = member.key == "scopes" || member.key == "flows";
        if (member.values.empty())
            continue;
        if (!member.isList)
            member.values = {member.values.back()};
        entry.members.push_back(std::move(member));
    }
    return entry;
}

Result<int> runAdd(Invocation& invocation) {
    const ConfigEntry entry = entryFrom(invocation.arguments());
    if (entry.members.empty())
        return failure(ErrorCode::InvalidParams,
                       "there is nothing to write about " + displaySafe(entry.name, 64),
                       "Name its --issuer, or for a preset your --client-id.");
    return addToConfig(invocation, ConfigSection::Providers, entry);
}

Result<int> runRemove(Invocation& invocation) {
    return removeFromConfig(invocation, ConfigSection::Providers, invocation.arguments().operand(0));
}

constexpr std::array addExamples{
    Example{"keybearer provider add github --client-id Iv1.8a61", "A preset, with your client."},
    Example{"keybearer provider add corp --issuer https://sso.example --client-id a",
            "A server of your own."}};
constexpr std::array removeExamples{Example{"keybearer provider remove corp", "Take the entry out again."}};

} // namespace

const Verb providerAddVerb{
    "add",
    "NAME",
    "Write a provider into config.yaml.",
    "Adds an entry to config.yaml and leaves every other line as it is; the file as it was is kept "
    "beside it. If the file is written in a way that could be misread, nothing is changed and the lines "
    "are printed instead. A client secret is never taken on the command line: put it into the file as "
    "client_secret: \"${VARIABLE}\".",
    1,
    1,
    addOptions,
    addExamples,
    {},
    runAdd};

const Verb providerRemoveVerb{
    "remove",
    "NAME",
    "Take a provider out of config.yaml.",
    "Removes the entry from config.yaml and leaves every other line as it is; the file as it was is "
    "kept beside it. Sessions stay; end them with keybearer logout.",
    1,
    1,
    {},
    removeExamples,
    {},
    runRemove};

} // namespace keybearer
