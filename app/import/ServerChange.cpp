#include "app/import/ServerChange.h"

#include "app/import/FileExchange.h"
#include "app/import/SecretForm.h"
#include "broker/base/Ascii.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

using Index = JsonText::Index;
using Kind = ServerChange::Kind;

constexpr std::size_t longestKey = std::size_t{16} << 10; // as the broker takes it
constexpr std::size_t longestShown = 100;                 // of a name in a sentence

// Variables that hold what a sign-in at a provider gives as well.
struct ProviderVariable {
    std::string_view variable;
    std::string_view provider;
};
constexpr std::array providerVariables{
    ProviderVariable{"GITHUB_PERSONAL_ACCESS_TOKEN", "github"},
    ProviderVariable{"GITHUB_TOKEN", "github"},
    ProviderVariable{"GH_TOKEN", "github"},
    ProviderVariable{"GITLAB_TOKEN", "gitlab"},
    ProviderVariable{"GITLAB_PERSONAL_ACCESS_TOKEN", "gitlab"},
    ProviderVariable{"HF_TOKEN", "huggingface"},
    ProviderVariable{"HUGGINGFACE_TOKEN", "huggingface"},
    ProviderVariable{"SENTRY_AUTH_TOKEN", "sentry"},
    ProviderVariable{"SENTRY_ACCESS_TOKEN", "sentry"},
    ProviderVariable{"CLOUDFLARE_API_TOKEN", "cloudflare"},
};

ChangeVerdict left(std::string kind, std::string reason) {
    return {std::nullopt, LeftAlone{std::move(kind), std::move(reason)}};
}

bool isVariableName(std::string_view name) {
    const auto isLetter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
    return !name.empty() && isLetter(name.front()) && !name.starts_with("KEYBEARER_") &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return isLetter(c) || (c >= '0' && c <= '9'); });
}

// What the store takes as an API key.
bool isStorable(std::string_view value) {
    return !value.empty() && value.size() <= longestKey && isVisibleAscii(value) &&
           value.find(' ') == std::string_view::npos;
}

bool isLoopback(std::string_view host) {
    return host == "localhost" || host.starts_with("127.") || host == "[::1]";
}

// Empty: Keybearer reaches it. Else why not.
std::string addressTrouble(const std::string& url) {
    const std::string_view text(url);
    const std::size_t scheme = text.find("://");
    if (isReference(text))
        return "Its address holds a reference that only the client resolves.";
    if (scheme == std::string_view::npos || !isVisibleAscii(text) || text.find(' ') != std::string_view::npos)
        return "Its address is no http or https address.";
    const std::string name = lowered(text.substr(0, scheme));
    const std::string_view rest = text.substr(scheme + 3);
    std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    host = host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
    if ((name != "https" && name != "http") || host.empty())
        return "Its address is no http or https address.";
    if (name == "http" && !isLoopback(host))
        return "Its address is not encrypted (http), and Keybearer sends no tokens there.";
    if (addressHoldsSecret(url))
        return "The secret is a part of its address, which would stand on a command line.";
    return {};
}

// Decides for one entry.
class Verdict {
public:
    Verdict(const JsonText& document, ServerEntry& entry, const ChangeRules& rules, ImportNames& names,
            JsonEdit& edit)
        : document_(document), entry_(entry), rules_(rules), names_(names), edit_(edit) {}

    ChangeVerdict give() {
        switch (entry_.kind) {
        case ServerEntry::Kind::Remote:
        case ServerEntry::Kind::McpRemote:
            return remote();
        case ServerEntry::Kind::Local:
            return local();
        case ServerEntry::Kind::Keybearer:
            return left("done", "It uses Keybearer already.");
        case ServerEntry::Kind::TokenFile:
        case ServerEntry::Kind::Provider:
        case ServerEntry::Kind::Unknown:
            break;
        }
        return left("unknown_shape", "This entry is not understood: " + entry_.strangeness + ".");
    }

private:
    ChangeVerdict remote() {
        if (std::string trouble = addressTrouble(entry_.address); !trouble.empty())
            return left("cannot", std::move(trouble));
        if (entry_.signIn)
            return left("cannot", "It says in a way of its own how one signs in there (" +
                                      displaySafe(document_.key(*entry_.signIn), longestShown) + ").");
        if (entry_.call && !entry_.call->strange.empty())
            return left("cannot", "It gives mcp-remote an option that Keybearer has no equal of: " +
                                      displaySafe(join(entry_.call->strange, ", "), longestShown) + ".");
        if (entry_.call && entry_.words.front().find('$') != std::string::npos)
            return left("cannot", "Its command holds a reference that only the client resolves.");
        const auto& headers = entry_.call ? entry_.call->headers : entry_.headerValues;
        if (headers.empty())
            return entry_.call && holdsEnvironmentSecret() ? secretsBeside() : bridge();
        return withHeaders(headers);
    }

    [[nodiscard]] bool holdsEnvironmentSecret() const {
        return std::any_of(entry_.secrets.begin(), entry_.secrets.end(),
                           [](const EntrySecret& secret) { return secret.where.starts_with("env."); });
    }

    static ChangeVerdict secretsBeside() {
        return left("cannot", "It hands mcp-remote a secret that Keybearer does not know the use of.");
    }

    ChangeVerdict bridge() {
        ServerChange change;
        change.kind = Kind::Bridge;
        change.summary = entry_.call ? "Reach it by keybearer mcp instead of mcp-remote."
                                     : "Reach it by keybearer mcp, signed in to once for all clients.";
        change.signIn = entry_.address;
        writeBridge(entry_.address);
        return {std::move(change), std::nullopt};
    }

    // Keybearer sends no headers of a client's own, and an API key with calls of tools alone.
    ChangeVerdict withHeaders(const std::vector<std::pair<std::string, std::string>>& headers) {
        if (headers.size() > 1)
            return left("cannot", "It sends several headers, which Keybearer does not send.");
        const std::string& value = headers.front().second;
        const bool secret = holdsHeaderSecret(value);
        if (isReference(value) && !(secret && entry_.call))
            return left("cannot", "Its header holds a reference that only the client resolves.");
        if (!secret)
            return left("cannot", "It sends a header of its own, which Keybearer does not send.");
        return left("cannot", "Its key stands in a header, and Keybearer does not send an API key with every "
                              "request to a server. If the server has a sign-in, take the header out and "
                              "import again.");
    }

    // mcp-remote takes it from its environment: "Bearer ${TOKEN}".
    [[nodiscard]] bool holdsHeaderSecret(const std::string& value) const {
        if (!entry_.call)
            return holdsSecret("headers.");
        const std::size_t open = value.find("${");
        const std::size_t close = value.find('}', std::min(open, value.size()));
        if (open == std::string::npos || close == std::string::npos)
            return holdsSecret("args[");
        return holdsSecret("env." + value.substr(open + 2, close - open - 2));
    }

    [[nodiscard]] bool holdsSecret(std::string_view where) const {
        return std::any_of(entry_.secrets.begin(), entry_.secrets.end(),
                           [where](const EntrySecret& secret) { return secret.where.starts_with(where); });
    }

    KeyToStore keyFor(std::string_view variable, std::string value) {
        KeyToStore key;
        key.digest = digestOf(std::string("\n").append(value)); // as in the manifests of older backups
        const ImportNames::KeyName name =
            names_.keyFor(wordOf(rules_.source), entry_.name, variable, key.digest);
        key.name = name.name;
        key.isNew = name.isNew;
        key.value = std::move(value);
        key.description = std::string("Moved here from the settings of ").append(titleOf(rules_.source));
        return key;
    }

    // "command": keybearer, "args": ["mcp", target]; the type is that of a program.
    void writeBridge(const std::string& target) {
        const std::string command = quotedJson(rules_.program);
        const std::vector<std::string> words{quotedJson("mcp"), quotedJson(target)};
        if (entry_.call) {
            edit_.replaceValue(*entry_.command, command);
            writeArguments(words);
            return;
        }
        const std::string list = std::string("[").append(join(words, ", ")).append("]");
        edit_.replaceMember(*entry_.url, std::string("\"command\": ")
                                             .append(command)
                                             .append(",")
                                             .append(edit_.separator(*entry_.url))
                                             .append("\"args\": ")
                                             .append(list));
        if (entry_.type)
            edit_.replaceValue(*entry_.type, quotedJson("stdio"));
        if (entry_.headers)
            removeMembersOf(*entry_.headers, document_.children(*entry_.headers));
    }

    // The first arguments become `words`, the others go; what stands between them stays.
    void writeArguments(const std::vector<std::string>& words) {
        const std::vector<Index> items = document_.children(*entry_.args);
        if (items.size() == 1)
            return edit_.replaceValue(items.front(), join(words, ", "));
        edit_.replaceValue(items[0], words[0]);
        edit_.replaceValue(items[1], words[1]);
        edit_.remove(*entry_.args, {items.begin() + 2, items.end()});
    }

    // The whole object goes with its last member, unless a comment stands in it.
    void removeMembersOf(Index object, const std::vector<Index>& members) {
        if (members.size() == document_.children(object).size() && !document_.holdsComments(object))
            wholeMembers_.push_back(object);
        else
            edit_.remove(object, members);
        if (!wholeMembers_.empty())
            edit_.remove(entry_.entry, wholeMembers_);
        wholeMembers_.clear();
    }

    ChangeVerdict local() {
        ServerChange change;
        change.kind = Kind::Run;
        std::vector<std::string> words{"run"};
        std::vector<std::string> moved;
        std::string trouble;
        for (EntrySecret& secret : entry_.secrets) {
            if (!secret.where.starts_with("env.")) {
                trouble = "a secret among its arguments stays where it is, for every program here to see";
                continue;
            }
            std::string value = document_.string(secret.value);
            if (!isVariableName(secret.name) || !isStorable(value)) {
                trouble = "the value of " + displaySafe(secret.name, longestShown) +
                          " stays where it is: it has blanks or line ends, or its name is no variable's";
                continue;
            }
            words.emplace_back("--env");
            words.push_back(secret.name + "=" + selectorFor(secret, std::move(value), change));
            moved.push_back(secret.name);
        }
        if (moved.empty())
            return trouble.empty() ? left("nothing_to_do", "It is a program of this machine without secrets.")
                                   : left("cannot", "Nothing was moved: " + trouble + ".");
        words.emplace_back("--");
        writeRun(words);
        change.summary = "Start it by keybearer run, with " + displaySafe(join(moved, ", "), longestShown) +
                         (change.keys.empty() ? " from your session" : " from the store") +
                         (trouble.empty() ? "." : "; " + trouble + ".");
        return {std::move(change), std::nullopt};
    }

    // apikey:NAME, or the provider that somebody is signed in to.
    std::string selectorFor(EntrySecret& secret, std::string value, ServerChange& change) {
        for (const ProviderVariable& known : providerVariables) {
            if (rules_.useSessions && known.variable == secret.name &&
                rules_.sessions.contains(std::string(known.provider))) {
                sessionSecrets_.push_back(secret.value);
                return std::string(known.provider);
            }
        }
        KeyToStore key = keyFor(secret.name, std::move(value));
        secret.key = key.name;
        std::string selector = "apikey:" + key.name;
        const bool there = std::any_of(change.keys.begin(), change.keys.end(),
                                       [&key](const KeyToStore& other) { return other.name == key.name; });
        if (!there)
            change.keys.push_back(std::move(key));
        return selector;
    }

    void writeRun(const std::vector<std::string>& words) {
        std::vector<std::string> items;
        for (const std::string& word : words)
            items.push_back(quotedJson(word));
        // The command as it is written in the file, escapes and all.
        const JsonText::Node& command = document_.node(*entry_.command);
        items.push_back(document_.text().substr(command.begin, command.end - command.begin));
        if (entry_.args)
            edit_.insertItems(*entry_.args, items);
        else
            edit_.insertMembers(*entry_.command,
                                {std::string("\"args\": [").append(join(items, ", ")).append("]")});
        edit_.replaceValue(*entry_.command, quotedJson(rules_.program));
        std::vector<Index> gone = sessionSecrets_;
        for (const EntrySecret& secret : entry_.secrets) {
            if (!secret.key.empty())
                gone.push_back(secret.value);
        }
        removeMembersOf(*entry_.env, gone);
    }

    const JsonText& document_;
    ServerEntry& entry_;
    const ChangeRules& rules_;
    ImportNames& names_;
    JsonEdit& edit_;
    std::vector<Index> wholeMembers_;
    std::vector<Index> sessionSecrets_;
};

} // namespace

std::string_view wordOf(ServerChange::Kind kind) {
    switch (kind) {
    case Kind::Bridge:
        return "bridge";
    case Kind::Run:
        return "run";
    case Kind::Provider:
        return "provider";
    case Kind::Service:
        return "service";
    case Kind::RemoveTokens:
        break;
    }
    return "remove_tokens";
}

ChangeVerdict changeServer(const JsonText& document, ServerEntry& entry, const ChangeRules& rules,
                           ImportNames& names, JsonEdit& edit) {
    return Verdict(document, entry, rules, names, edit).give();
}

} // namespace keybearer
