#include "app/cli/GatewayImport.h"

#include "app/cli/ConfigEdit.h"
#include "app/import/Difference.h"
#include "app/import/GatewaySettings.h"
#include "app/import/SecretForm.h"
#include "broker/base/Random.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <unistd.h>

namespace keybearer {

namespace {

using State = FilePlan::State;

constexpr std::size_t idLength = 12;
constexpr std::size_t longestShown = 300;
constexpr std::uint32_t privateMode = 0600;

// Lines of config.yaml whose value is never shown.
constexpr std::array secretKeys{"client_secret", "key_passphrase", "password", "token", "secret_id", "proxy"};

std::string entryId(const ClientFile& file, const GatewayEntry& entry) {
    return "s-" + hex(sha256(file.id() + "\n" + entry.place + "\n" + entry.written)).substr(0, idLength);
}

ConfigEntry configEntry(const GatewayEntry& from, bool masked) {
    ConfigEntry out{from.name, {}};
    for (const GatewayMember& member : from.members) {
        ConfigMember made{member.key, member.values, member.isList, member.isNumber, false, member.isSecret};
        if (masked && member.isSecret)
            made.values = {maskedSecret(member.values.front())};
        out.members.push_back(std::move(made));
    }
    return out;
}

ServerEntry shownEntry(const ClientFile& file, const GatewayEntry& from) {
    ServerEntry out;
    out.id = entryId(file, from);
    out.name = from.written;
    out.place = from.place;
    out.kind = from.isService ? ServerEntry::Kind::Remote : ServerEntry::Kind::Provider;
    out.address = from.address;
    for (const GatewayMember& member : from.members) {
        if (member.isSecret)
            out.secrets.push_back(
                {member.key, member.key, "client_secret", maskedSecret(member.values.front()), "", {}});
    }
    return out;
}

std::string summaryOf(const GatewayEntry& entry) {
    std::string out = std::string("Becomes the ")
                          .append(entry.isService ? "service " : "provider ")
                          .append(entry.name)
                          .append(" of config.yaml");
    const bool holds = std::any_of(entry.members.begin(), entry.members.end(),
                                   [](const GatewayMember& member) { return member.isSecret; });
    if (holds)
        out += "; its secret stands in plain text and moves to config.yaml, which nobody else may read then; "
               "better is ${VARIABLE}";
    if (!entry.notTaken.empty())
        out += "; not taken over: " + join(entry.notTaken, ", ");
    return out + ".";
}

bool isWanted(const ImportRules& rules, const ServerEntry& entry) {
    return rules.only.empty() || rules.only.contains(entry.id) || rules.only.contains(entry.name);
}

// The values of secrets that stand in config.yaml already, for lines around a change.
std::vector<Replacement> masksOf(std::string_view text) {
    std::vector<Replacement> out;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        for (const char* key : secretKeys) {
            const std::size_t at = line.find(std::string(key) + ":");
            if (at == std::string_view::npos)
                continue;
            const std::size_t value = line.find_first_not_of(' ', at + std::string_view(key).size() + 1);
            if (value == std::string_view::npos || line.find("${", value) != std::string_view::npos)
                continue;
            out.push_back({begin + value, end, "..."});
            break;
        }
        begin = end + 1;
    }
    return out;
}

// Lines are added and none is taken away, so that one insertion tells the two texts apart.
std::vector<Replacement> editsBetween(std::string_view before, std::string_view after) {
    std::vector<Replacement> out;
    std::size_t from = 0;
    std::size_t at = 0;
    while (at < after.size()) {
        const std::size_t end = std::min(after.find('\n', at), after.size() - 1) + 1;
        const std::string_view line = after.substr(at, end - at);
        if (before.substr(from).starts_with(line)) {
            from += line.size();
        } else if (!out.empty() && out.back().begin == from) {
            out.back().text += line;
        } else {
            out.push_back({from, from, std::string(line)});
        }
        at = end;
    }
    return out;
}

void addEntry(FilePlan& plan, std::string& masked, const GatewayEntry& entry, const ImportRules& rules) {
    ServerPlan server;
    server.entry = shownEntry(plan.file, entry);
    const ConfigSection section = entry.isService ? ConfigSection::Services : ConfigSection::Providers;
    const bool wanted = isWanted(rules, server.entry);
    if (!wanted) {
        server.leftAlone = LeftAlone{"not_selected", "It was not selected."};
    } else if (!entry.problem.empty()) {
        server.leftAlone = LeftAlone{"cannot", entry.problem};
    } else if (Result<std::string> after = withEntry(section, plan.after, configEntry(entry, false));
               !after) {
        const bool taken = after.error().code == ErrorCode::InvalidParams;
        server.leftAlone = LeftAlone{taken ? "done" : "cannot", after.error().message + "."};
    } else {
        wipe(plan.after);
        plan.after = std::move(*after);
        masked = withEntry(section, masked, configEntry(entry, true)).value_or(masked);
        server.change.emplace();
        server.change->kind = entry.isService ? ServerChange::Kind::Service : ServerChange::Kind::Provider;
        server.change->summary = summaryOf(entry);
        if (!entry.isService)
            server.change->signIn = entry.name;
    }
    plan.servers.push_back(std::move(server));
}

// What is there now, or a file of our own to be made.
bool readConfigInto(FilePlan& plan, const std::filesystem::path& config) {
    Result<ClientFileContent> content = readClientFile(config);
    if (content) {
        plan.content = std::move(*content);
        return true;
    }
    if (content.error().code != ErrorCode::NotFound) {
        plan.state = State::Unreadable;
        plan.problem = std::move(content.error());
        return false;
    }
    plan.createsFile = true;
    plan.content.path = config;
    plan.content.mode = privateMode;
    plan.content.owner = ::geteuid();
    plan.content.group = ::getegid();
    return true;
}

} // namespace

FilePlan planGatewayImport(const std::filesystem::path& source, const std::filesystem::path& config,
                           const ImportRules& rules) {
    FilePlan plan;
    plan.file = namedFile(source);
    plan.isConfig = true;
    Result<ClientFileContent> text = readClientFile(source);
    Result<GatewaySettings> settings =
        text ? readGatewaySettings(text->text, source) : failure(std::move(text.error()));
    if (text)
        wipe(text->text);
    if (!settings) {
        plan.state = settings.error().code == ErrorCode::NotFound ? State::Missing : State::UnknownShape;
        plan.problem = std::move(settings.error());
        return plan;
    }
    if (!readConfigInto(plan, config))
        return plan;
    plan.after = plan.content.text;
    std::string masked = plan.content.text;
    for (const GatewayEntry& entry : settings->entries)
        addEntry(plan, masked, entry, rules);
    if (!settings->notTaken.empty())
        plan.remarks.push_back("Not taken over from " +
                               displaySafe(source.filename().string(), longestShown) + ": " +
                               join(settings->notTaken, ", "));
    if (plan.changes() == 0)
        return plan;
    DifferenceWish wish;
    const std::string shown = displaySafe(config.string(), longestShown);
    std::string before = plan.content.text;
    if (!before.empty() && before.back() != '\n')
        before += '\n'; // as the changed text has it
    wish.path = shown;
    wish.before = before;
    wish.edits = editsBetween(before, masked);
    wish.masks = masksOf(before);
    plan.difference = unifiedDifference(wish);
    wipe(before);
    return plan;
}

} // namespace keybearer
