#include "app/cli/ConfigChange.h"
#include "app/cli/Invocation.h"
#include "app/cli/ProviderVerbs.h"
#include "app/cli/SecretInput.h"
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
    Option{"--value-file", "FILE", "Where the client secret is; - is standard input.", 0},
    Option{"--scope", "SCOPE", "What to ask for; may be given several times.", 0},
    Option{"--flow", "FLOW", "browser, device or paste; may be given several times.", 0},
};

constexpr std::string_view secretFile = "--value-file";
constexpr std::size_t longestSecret = 1024;

std::string memberOf(std::string_view option) {
    std::string key(option.substr(2));
    std::replace(key.begin(), key.end(), '-', '_');
    return key == "scope" || key == "flow" ? key + "s" : key;
}

ConfigEntry entryFrom(const Arguments& arguments) {
    ConfigEntry entry{arguments.operand(0), {}};
    for (const Option& option : addOptions) {
        if (option.name == secretFile)
            continue; // its content is read by itself
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

// RFC 6749 appendix A.2; "${" would be taken for a variable of the environment.
Result<void> addSecret(Invocation& invocation, ConfigEntry& entry) {
    if (!invocation.arguments().has(secretFile))
        return {};
    const Result<Secret> secret = readSecret(invocation, {"Client secret: ", "", longestSecret});
    if (!secret)
        return failure(secret.error());
    const std::string_view text = secret->reveal();
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
    if (!plain || text.find("${") != std::string_view::npos)
        return failure(ErrorCode::InvalidParams, "this is no client secret: it has characters that none has",
                       "Copy it once more from the page of the provider.");
    entry.members.push_back({"client_secret", {std::string(text)}, false, false, false, true});
    return {};
}

Result<int> runAdd(Invocation& invocation) {
    ConfigEntry entry = entryFrom(invocation.arguments());
    if (Result<void> added = addSecret(invocation, entry); !added)
        return failure(added.error());
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
    "are printed instead. A client secret is never taken on the command line: give it with --value-file, "
    "and it stands in the file, which only you can read; or write client_secret: \"${VARIABLE}\" there "
    "yourself.",
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
