#include "app/import/ServerEntry.h"

#include "app/import/SecretForm.h"
#include "broker/base/Ascii.h"

#include <array>

namespace keybearer {

namespace {

using Index = JsonText::Index;
using Kind = ServerEntry::Kind;

// The value of `--api-key VALUE`, `--token=VALUE`, `TOKEN=VALUE`, `-H "X-Api-Key: VALUE"`: what it is called
// and where in the word it begins.
struct NamedPart {
    std::string name;
    std::size_t start = 0;
};

NamedPart namedPart(const std::vector<std::string>& words, std::size_t at) {
    const std::string& word = words[at];
    const std::size_t split = word.find_first_of("=:");
    if (split != std::string::npos && split > 0 && word.find("://") != split) {
        const std::size_t start = word.find_first_not_of(' ', split + 1);
        return {word.substr(0, split), start == std::string::npos ? word.size() : start};
    }
    if (at > 0 && words[at - 1].size() > 2 && words[at - 1].starts_with("--") && !word.starts_with("-"))
        return {words[at - 1], 0};
    return {};
}

std::string maskedWord(const std::vector<std::string>& words, std::size_t at) {
    const std::string& word = words[at];
    const NamedPart part = namedPart(words, at);
    const std::string value = word.substr(part.start);
    if (word.find("://") != std::string::npos && addressHoldsSecret(word))
        return maskedAddress(word);
    if (secretIn(part.name, value))
        return word.substr(0, part.start) + maskedSecret(value);
    return maskedText(word);
}

std::string kindOf(const std::vector<std::string>& words, std::size_t at) {
    const NamedPart part = namedPart(words, at);
    const std::optional<SecretForm> form = secretIn(part.name, words[at].substr(part.start));
    return form ? std::string(form->kind) : "named";
}

// Collects what one entry holds.
class EntryReading {
public:
    EntryReading(const JsonText& document, ServerEntry& out) : document_(document), out_(out) {}

    void run() {
        if (document_.kind(out_.entry) != JsonText::Kind::Object)
            return strange("it is no object");
        if (document_.repeatsKeys(out_.entry))
            return strange("it has a member twice");
        out_.command = document_.member(out_.entry, "command");
        out_.args = document_.member(out_.entry, "args");
        out_.env = document_.member(out_.entry, "env");
        out_.type = document_.member(out_.entry, "type");
        out_.headers = document_.member(out_.entry, "headers");
        for (const char* name : {"url", "serverUrl", "httpUrl"}) {
            if (!out_.url)
                out_.url = document_.member(out_.entry, name);
        }
        for (const char* name : {"auth", "oauth", "headersHelper", "authorization"}) {
            if (!out_.signIn)
                out_.signIn = document_.member(out_.entry, name);
        }
        if (takeWords() && takeTexts(out_.env, "env") && takeTexts(out_.headers, "headers"))
            judge();
    }

private:
    void strange(std::string what) {
        out_.kind = Kind::Unknown;
        out_.strangeness = std::move(what);
    }

    bool takeWords() {
        if (out_.command && document_.kind(*out_.command) != JsonText::Kind::String)
            return strange("its command is no text"), false;
        if (out_.url && document_.kind(*out_.url) != JsonText::Kind::String)
            return strange("its address is no text"), false;
        if (out_.args && document_.kind(*out_.args) != JsonText::Kind::Array)
            return strange("its arguments are no list"), false;
        if (out_.command)
            out_.words.push_back(document_.string(*out_.command));
        if (!out_.args)
            return true;
        for (const Index item : document_.children(*out_.args)) {
            if (document_.kind(item) != JsonText::Kind::String)
                return strange("an argument is no text"), false;
            out_.words.push_back(document_.string(item));
        }
        takeArgumentSecrets();
        return true;
    }

    void takeArgumentSecrets() {
        const std::vector<Index> items = document_.children(*out_.args);
        const std::size_t first = out_.words.size() - items.size();
        for (std::size_t i = 0; i < items.size(); ++i) {
            const std::string masked = maskedWord(out_.words, first + i);
            if (masked == out_.words[first + i])
                continue;
            const std::string where = std::string("args[").append(std::to_string(i)).append("]");
            out_.secrets.push_back({where, namedPart(out_.words, first + i).name,
                                    kindOf(out_.words, first + i), masked, "", items[i]});
        }
    }

    // env or headers.
    bool takeTexts(const ServerEntry::Member& object, const char* where) {
        if (!object || document_.kind(*object) == JsonText::Kind::Null)
            return true;
        if (document_.kind(*object) != JsonText::Kind::Object || document_.repeatsKeys(*object))
            return strange(std::string("its ").append(where).append(" is no object of single names")), false;
        for (const Index item : document_.children(*object)) {
            const std::string name = document_.key(item);
            const std::string value = document_.string(item);
            if (document_.kind(item) != JsonText::Kind::String)
                continue; // numbers and null: the clients take them, and they are no secrets
            if (object == out_.headers)
                out_.headerValues.emplace_back(name, value);
            if (const std::optional<SecretForm> form = secretIn(name, value))
                out_.secrets.push_back({std::string(where).append(".").append(name), name,
                                        std::string(form->kind), maskedSecret(value), "", item});
        }
        return true;
    }

    void judge() {
        if (out_.command && out_.url)
            return strange("it has both a command and an address");
        if (out_.url) {
            out_.kind = Kind::Remote;
            out_.address = document_.string(*out_.url);
            if (addressHoldsSecret(out_.address))
                out_.secrets.push_back({"url", "", "address", maskedAddress(out_.address), "", *out_.url});
            return;
        }
        if (!out_.command || out_.words.front().empty())
            return strange("it has neither a command nor an address");
        out_.kind = Kind::Local;
        if (isKeybearer()) {
            out_.kind = Kind::Keybearer;
        } else if ((out_.call = McpRemoteCall::from(out_.words))) {
            out_.kind = Kind::McpRemote;
            out_.address = out_.call->url;
        }
    }

    [[nodiscard]] bool isKeybearer() const {
        std::string_view program = out_.words.front();
        program.remove_prefix(program.find_last_of("/\\") + 1); // npos + 1 is 0
        const bool own = program == "keybearer" || equalIgnoringCase(program, "keybearer.exe");
        return own && out_.words.size() > 1 && (out_.words[1] == "mcp" || out_.words[1] == "run");
    }

    const JsonText& document_;
    ServerEntry& out_;
};

} // namespace

ServerEntry ServerEntry::from(const JsonText& document, Index entry, std::string place) {
    ServerEntry out;
    out.entry = entry;
    out.name = document.key(entry);
    out.place = std::move(place);
    EntryReading(document, out).run();
    return out;
}

std::vector<std::string> ServerEntry::shownWords() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size(); ++i)
        out.push_back(maskedWord(words, i));
    return out;
}

std::string ServerEntry::shownAddress() const {
    return maskedAddress(address);
}

std::string_view wordOf(ServerEntry::Kind kind) {
    switch (kind) {
    case Kind::Remote:
        return "remote";
    case Kind::McpRemote:
        return "mcp_remote";
    case Kind::Local:
        return "local";
    case Kind::Keybearer:
        return "keybearer";
    case Kind::TokenFile:
        return "token_file";
    case Kind::Provider:
        return "provider";
    case Kind::Unknown:
        break;
    }
    return "unknown";
}

} // namespace keybearer
