#include "app/import/GatewaySettings.h"

#include "broker/base/Ascii.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"
#include "broker/config/tree/ConfigTree.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace keybearer {

namespace {

constexpr std::size_t longestName = 60;  // of a key, in a sentence
constexpr std::size_t longestEntry = 64; // as config.yaml takes names
constexpr std::int64_t longestTimeout = 3600;
constexpr std::int64_t milliseconds = 1000;

// How a key of a provider is called there, and here.
struct KnownKey {
    std::string_view there;
    std::string_view here;
};
constexpr std::array providerKeys{
    KnownKey{"issuer", "issuer"},
    KnownKey{"issuer_url", "issuer"},
    KnownKey{"authorization_url", "authorization_endpoint"},
    KnownKey{"auth_url", "authorization_endpoint"},
    KnownKey{"authorize_url", "authorization_endpoint"},
    KnownKey{"authorization_endpoint", "authorization_endpoint"},
    KnownKey{"token_url", "token_endpoint"},
    KnownKey{"token_endpoint", "token_endpoint"},
    KnownKey{"revocation_url", "revocation_endpoint"},
    KnownKey{"revocation_endpoint", "revocation_endpoint"},
    KnownKey{"userinfo_url", "userinfo_endpoint"},
    KnownKey{"userinfo_endpoint", "userinfo_endpoint"},
    KnownKey{"device_authorization_url", "device_authorization_endpoint"},
    KnownKey{"device_authorization_endpoint", "device_authorization_endpoint"},
    KnownKey{"jwks_url", "jwks_uri"},
    KnownKey{"jwks_uri", "jwks_uri"},
    KnownKey{"client_id", "client_id"},
    KnownKey{"client_secret", "client_secret"},
};

bool isVariable(std::string_view inside) {
    const std::size_t colon = inside.find(':');
    const std::string_view name = inside.substr(0, colon);
    const auto isLetter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
    return !name.empty() && isLetter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }) && (colon == std::string_view::npos || inside.substr(colon, 2) == ":-");
}

// ${VAR} and ${VAR:-default} mean the same in config.yaml; other forms would mean something else.
bool isPortable(std::string_view text) {
    for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
        if (text.substr(at, 2) != "${")
            return false; // a dollar sign of its own is written in another way
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos || !isVariable(text.substr(at + 2, end - at - 2)))
            return false;
        at = end;
    }
    return true;
}

bool hasVariable(std::string_view text) {
    return text.find("${") != std::string_view::npos;
}

std::string entryName(std::string_view written) {
    std::string out;
    for (const char c : written) {
        const char lower = lowered(c);
        const bool plain = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || lower == '.' ||
                           lower == '_' || lower == '-';
        out += plain ? lower : '-';
    }
    while (!out.empty() && (out.front() == '-' || out.front() == '.' || out.front() == '_'))
        out.erase(out.begin());
    return out.substr(0, longestEntry);
}

std::string shown(std::string_view text) {
    return displaySafe(text, longestName);
}

void refuse(GatewayEntry& entry, std::string why) {
    if (entry.problem.empty())
        entry.problem = std::move(why);
}

// One text; nothing if it is something else, which is then said.
std::optional<std::string> textOf(GatewayEntry& entry, std::string_view key, const ConfigNode& node) {
    if (node.kind != ConfigNode::Kind::Text || node.text.empty()) {
        refuse(entry, "Its " + shown(key) + " (line " + std::to_string(node.line) + ") is no text.");
        return std::nullopt;
    }
    if (!isVisibleAscii(node.text) || !isPortable(node.text)) {
        refuse(entry, "Its " + shown(key) + " (line " + std::to_string(node.line) +
                          ") holds characters or a reference that would mean something else here.");
        return std::nullopt;
    }
    return node.text;
}

// A list, or one text with blanks or commas between them.
void takeScopes(GatewayEntry& entry, std::string_view key, const ConfigNode& node) {
    GatewayMember member{"scopes", {}, true};
    if (node.kind == ConfigNode::Kind::List) {
        for (const ConfigNode& item : node.items) {
            if (std::optional<std::string> scope = textOf(entry, key, item))
                member.values.push_back(std::move(*scope));
        }
    } else if (std::optional<std::string> all = textOf(entry, key, node)) {
        std::replace(all->begin(), all->end(), ',', ' ');
        member.values = splitWords(*all);
    }
    if (!member.values.empty())
        entry.members.push_back(std::move(member));
}

void takeProviderKey(GatewayEntry& entry, const std::string& key, const ConfigNode& node) {
    if (key == "scopes" || key == "scope")
        return takeScopes(entry, key, node);
    const auto known = std::find_if(providerKeys.begin(), providerKeys.end(),
                                    [&](const KnownKey& one) { return one.there == key; });
    if (known == providerKeys.end()) {
        entry.notTaken.push_back(shown(key));
        return;
    }
    std::optional<std::string> text = textOf(entry, key, node);
    if (!text)
        return;
    GatewayMember member{std::string(known->here), {}};
    member.isSecret = known->here == "client_secret" && !hasVariable(*text);
    if (known->here == "issuer" || known->here == "authorization_endpoint")
        entry.address = entry.address.empty() ? *text : entry.address;
    member.values.push_back(std::move(*text));
    const bool twice = std::any_of(entry.members.begin(), entry.members.end(),
                                   [&](const GatewayMember& other) { return other.key == member.key; });
    if (twice)
        return refuse(entry, "It says " + member.key + " twice, in two ways.");
    entry.members.push_back(std::move(member));
}

void takeTimeout(GatewayEntry& entry, const ConfigNode& node) {
    std::int64_t wanted = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stopped, problem] = std::from_chars(node.text.data(), end, wanted);
    if (node.kind != ConfigNode::Kind::Text || problem != std::errc() || stopped != end || wanted < 1)
        return refuse(entry,
                      "Its timeout (line " + std::to_string(node.line) + ") is no number of milliseconds.");
    const std::int64_t seconds =
        std::min((wanted - 1) / milliseconds + 1, longestTimeout); // a part of a second is a second
    entry.members.push_back({"timeout_seconds", {std::to_string(seconds)}, false, true});
}

struct ServiceAuth {
    std::string provider; // as it is called there
    std::optional<bool> required;
};

void takeServiceKey(GatewayEntry& entry, ServiceAuth& auth, const std::string& key, const ConfigNode& node) {
    if (key == "url") {
        if (std::optional<std::string> url = textOf(entry, key, node)) {
            entry.address = *url;
            entry.members.push_back({"url", {std::move(*url)}});
        }
    } else if (key == "oauth_provider") {
        if (std::optional<std::string> provider = textOf(entry, key, node))
            auth.provider = std::move(*provider);
    } else if (key == "auth_required") {
        if (node.text == "true" || node.text == "false")
            auth.required = node.text == "true";
        else
            refuse(entry,
                   "Its auth_required (line " + std::to_string(node.line) + ") is neither true nor false.");
    } else if (key == "scopes" || key == "scope")
        takeScopes(entry, key, node);
    else if (key == "timeout")
        takeTimeout(entry, node);
    else
        entry.notTaken.push_back(shown(key));
}

// A service that wants nobody to sign in has no use for the rest.
void settleAuth(GatewayEntry& entry, const ServiceAuth& auth, const std::vector<GatewayEntry>& providers) {
    if (auth.required == false) {
        std::erase_if(entry.members, [](const GatewayMember& member) { return member.key == "scopes"; });
        return;
    }
    if (auth.provider.empty())
        return; // how one signs in there is found out
    const auto known = std::find_if(providers.begin(), providers.end(), [&](const GatewayEntry& one) {
        return !one.isService && one.written == auth.provider;
    });
    // A provider that stands elsewhere: config.yaml or a preset may know it by that name.
    entry.members.push_back(
        {"provider", {known == providers.end() ? entryName(auth.provider) : known->name}});
}

GatewayEntry begun(const std::string& written, const ConfigNode& node, const char* place, bool isService) {
    GatewayEntry entry;
    entry.isService = isService;
    entry.written = written;
    entry.name = entryName(written);
    entry.place = place;
    entry.line = node.keyLine;
    if (entry.name.empty())
        refuse(entry, "Its name has no letter or digit that a name could be made of.");
    if (node.kind != ConfigNode::Kind::Map)
        refuse(entry, "It is no block of keys.");
    return entry;
}

void readProviders(const ConfigNode& section, GatewaySettings& out) {
    for (std::size_t i = 0; i < section.items.size() && section.kind == ConfigNode::Kind::Map; ++i) {
        const ConfigNode& node = section.items[i];
        GatewayEntry entry = begun(section.keys[i], node, "oauth_providers", false);
        for (std::size_t k = 0; k < node.items.size() && node.kind == ConfigNode::Kind::Map; ++k)
            takeProviderKey(entry, node.keys[k], node.items[k]);
        if (entry.members.empty())
            refuse(entry, "It says nothing that Keybearer has a use for.");
        out.entries.push_back(std::move(entry));
    }
}

void readServices(const ConfigNode& section, GatewaySettings& out) {
    for (std::size_t i = 0; i < section.items.size() && section.kind == ConfigNode::Kind::Map; ++i) {
        const ConfigNode& node = section.items[i];
        GatewayEntry entry = begun(section.keys[i], node, "mcp_services", true);
        ServiceAuth auth;
        for (std::size_t k = 0; k < node.items.size() && node.kind == ConfigNode::Kind::Map; ++k)
            takeServiceKey(entry, auth, node.keys[k], node.items[k]);
        if (entry.address.empty())
            refuse(entry, "It has no url; Keybearer takes over servers that are reached by an address.");
        settleAuth(entry, auth, out.entries);
        out.entries.push_back(std::move(entry));
    }
}

} // namespace

GatewayEntry::~GatewayEntry() {
    for (GatewayMember& member : members) {
        if (!member.isSecret)
            continue;
        for (std::string& value : member.values)
            wipe(value);
    }
}

bool isGatewayFile(const std::filesystem::path& file) {
    const std::string ending = lowered(file.extension().string());
    return ending == ".yaml" || ending == ".yml";
}

Result<GatewaySettings> readGatewaySettings(std::string_view text, const std::filesystem::path& file) {
    Result<ConfigNode> root = readConfigTree(text, file);
    if (!root) {
        root.error().action = "It is left alone; correct it and import again.";
        return failure(std::move(root.error()));
    }
    const ConfigNode* providers = root->find("oauth_providers");
    const ConfigNode* services = root->find("mcp_services");
    if (providers == nullptr && services == nullptr)
        return failure(ErrorCode::InvalidParams,
                       displaySafe(file.filename().string()) +
                           ": has neither oauth_providers nor mcp_services at its top",
                       "Name the settings of a gateway, or the JSON file of a client.");
    GatewaySettings out;
    for (const std::string& key : root->keys) {
        if (key != "oauth_providers" && key != "mcp_services")
            out.notTaken.push_back(shown(key));
    }
    if (providers != nullptr)
        readProviders(*providers, out);
    if (services != nullptr)
        readServices(*services, out);
    return out;
}

} // namespace keybearer
