#include "broker/providers/ProviderWords.h"

#include <algorithm>
#include <cctype>

namespace keybearer {

namespace {

// GITHUB_CLIENT_SECRET: a variable, so that no secret needs to stand in the file.
std::string secretVariable(const std::string& provider) {
    std::string name = provider;
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
        return static_cast<char>(std::isalnum(c) != 0 ? std::toupper(c) : '_');
    });
    return "\"${" + name + "_CLIENT_SECRET}\"";
}

void addSignInWords(std::vector<std::string>& out, const Provider::Quirks& quirks) {
    if (quirks.requiresSecret)
        out.emplace_back("It wants a client secret, although a program on your machine cannot keep one.");
    if (quirks.ignoresPkce)
        out.emplace_back("It is not known to check PKCE, so the client secret and the state have to do.");
    if (quirks.redirectPort != 0)
        out.emplace_back("It compares the port of the redirect address, so port " +
                         std::to_string(quirks.redirectPort) + " must be free while you sign in.");
    if (!quirks.redirectHost.empty())
        out.emplace_back("It wants " + quirks.redirectHost + " in the redirect address.");
    if (!quirks.scopeParameter.empty())
        out.emplace_back("It reads scopes from " + quirks.scopeParameter + ".");
    if (!quirks.spaceInScopes)
        out.emplace_back("It separates scopes with commas.");
    if (quirks.rejectsResource)
        out.emplace_back("It refuses the parameter resource.");
}

void addTokenWords(std::vector<std::string>& out, const Provider::Quirks& quirks) {
    if (quirks.tokenBody == Provider::TokenBody::JsonObject)
        out.emplace_back("It takes token requests as JSON.");
    if (!quirks.tokenObject.empty())
        out.emplace_back("It puts the tokens into " + quirks.tokenObject + ".");
    if (quirks.basicWithoutFormEncoding)
        out.emplace_back("It takes client id and secret without form encoding.");
    if (quirks.secretAsBasicUser)
        out.emplace_back("It takes the client secret alone, as the user of HTTP Basic.");
    if (quirks.jsonOnlyWithAccept)
        out.emplace_back("It answers in JSON only because we ask for it.");
    if (quirks.refreshTokenDays != 0)
        out.emplace_back("A refresh token ends after " + std::to_string(quirks.refreshTokenDays) +
                         " days; after that you sign in again.");
    if (quirks.revocation == Provider::Revocation::None)
        out.emplace_back("It cannot be told to end an access: do so in its settings.");
    if (quirks.revocation == Provider::Revocation::GitHub)
        out.emplace_back("Access is ended by a call of its own, which needs the client secret.");
}

} // namespace

std::vector<std::string> quirkWords(const Provider& provider) {
    std::vector<std::string> out;
    addSignInWords(out, provider.quirks);
    addTokenWords(out, provider.quirks);
    if (provider.par == Provider::Demand::Required)
        out.emplace_back("It wants authorization requests pushed (PAR).");
    if (provider.dpop == Provider::Demand::Required)
        out.emplace_back("It binds tokens to a key (DPoP).");
    return out;
}

std::string sentRedirectUri(const Provider& provider) {
    const Provider::Quirks& quirks = provider.quirks;
    if (quirks.redirectPath.empty())
        return {};
    std::string uri = "http://";
    uri += quirks.redirectHost.empty() ? "127.0.0.1" : quirks.redirectHost;
    if (quirks.redirectPort != 0)
        uri += ":" + std::to_string(quirks.redirectPort);
    return uri + quirks.redirectPath;
}

std::string configLines(const Provider& provider) {
    std::string lines = "providers:\n  " + provider.name + ":\n";
    if (provider.domain && provider.domain->value.empty())
        lines += "    domain: " + provider.domain->example + "\n";
    lines += "    client_id: " + (provider.clientId.empty() ? "YOUR-CLIENT-ID" : provider.clientId) + "\n";
    if (provider.quirks.requiresSecret)
        lines += "    client_secret: " + secretVariable(provider.name) + "\n";
    return lines;
}

} // namespace keybearer
