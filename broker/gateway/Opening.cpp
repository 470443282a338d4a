#include "broker/gateway/Opening.h"

#include "broker/gateway/Revisions.h"

namespace keybearer {

namespace {

constexpr const char* anything =
    R"({"tools":{"listChanged":true},"resources":{"listChanged":true},"prompts":{"listChanged":true}})";

void takeLegacyParams(ClientOpening& opening, const JsonMembers& params) {
    opening.version = params.text("protocolVersion").value_or(revision::newestLegacy);
    opening.capabilities = params.find("capabilities").value_or("{}");
    opening.info = params.find("clientInfo").value_or("");
    // Before 2025-11-25 elicitation has no modes, and no addresses.
    const JsonMembers elicitation = params.object("capabilities").object("elicitation");
    opening.elicitsUrl = opening.version >= revision::newestLegacy && elicitation.find("url").has_value();
}

} // namespace

ClientOpening openingOf(const MessageView& view, std::string_view text) {
    ClientOpening opening;
    opening.era = eraOf(view);
    const std::optional<JsonMembers> message = JsonMembers::of(text);
    const JsonMembers params = message ? message->object("params") : JsonMembers();
    if (opening.era == Era::Modern) {
        const JsonMembers meta = params.object("_meta");
        opening.version = view.protocolVersion.empty() ? revision::modern : view.protocolVersion;
        opening.capabilities = meta.find(meta::clientCapabilities).value_or("{}");
        opening.info = meta.find(meta::clientInfo).value_or("");
        if (view.method == "server/discover") {
            opening.id = view.id;
            opening.text = text;
        }
        return opening;
    }
    if (view.method != "initialize") {
        opening.version = revision::newestLegacy;
        opening.capabilities = "{}";
        return opening;
    }
    takeLegacyParams(opening, params);
    opening.id = view.id;
    opening.text = text;
    return opening;
}

ClientOpening openingAgain(std::string_view initialize) {
    ClientOpening opening;
    takeLegacyParams(opening, JsonMembers::of(initialize).value_or(JsonMembers()));
    opening.id = "\"keybearer-resume\"";
    opening.text = requestText(opening.id, "initialize", initialize);
    return opening;
}

std::string plainAnswer(const ClientOpening& opening, const ServerMemory::Server& memory,
                        std::string_view service) {
    JsonMembers info;
    info.setText("name", service);
    info.setText("version", "0");
    const std::string serverInfo = memory.serverInfo.empty() ? info.dump() : memory.serverInfo;
    const std::string capabilities = memory.capabilities.empty() ? anything : memory.capabilities;
    JsonMembers result;
    if (opening.era == Era::Legacy) {
        const bool known = !opening.version.empty() && !isModern(opening.version);
        result.setText("protocolVersion", known ? opening.version : revision::newestLegacy);
        result.set("capabilities", capabilities);
        result.set("serverInfo", serverInfo);
        return resultText(opening.id, result.dump());
    }
    JsonMembers meta;
    meta.set(meta::serverInfo, serverInfo);
    result.setText("resultType", "complete");
    result.set("supportedVersions", std::string("[\"").append(revision::modern).append("\"]"));
    result.set("capabilities", capabilities);
    result.set("ttlMs", "0");
    result.setText("cacheScope", "private");
    result.set("_meta", meta.dump());
    return resultText(opening.id, result.dump());
}

} // namespace keybearer
