#include "app/cli/ImportLines.h"

#include "app/cli/Table.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>

namespace keybearer {

namespace {

using Tone = Output::Tone;

constexpr std::size_t screenWidth = 80;
constexpr std::size_t longestName = 60;
constexpr std::size_t longestCommand = 160;
constexpr std::size_t longestPath = 400;
constexpr std::size_t longestLine = 2000; // of a difference

std::string head(const Output& output, std::string_view title, const std::filesystem::path& path) {
    return output.toned(title, Tone::Strong) + "  " + displaySafe(path.string(), longestPath) + "\n";
}

std::string errorLines(const Output& output, const Error& error) {
    const std::string action = error.action.empty() ? std::string(defaultAction(error.code)) : error.action;
    return "  " + output.toned("not changed", Tone::Bad) + ": " +
           displaySafe(error.message, longestPath * 2) + "\n" +
           wrapped(displaySafe(action, longestPath * 2), screenWidth, 2);
}

std::string whatItIs(const ServerEntry& entry) {
    if (entry.kind == ServerEntry::Kind::TokenFile)
        return {}; // its address is its name
    if (!entry.address.empty())
        return displaySafe(entry.shownAddress(), longestCommand);
    return displaySafe(join(entry.shownWords(), " "), longestCommand);
}

std::string serverLines(const Output& output, const ServerPlan& server) {
    const ServerEntry& entry = server.entry;
    std::string out = "  " + output.toned(displaySafe(entry.name, longestName), Tone::Strong);
    if (const std::string what = whatItIs(entry); !what.empty())
        out += "  " + what;
    out += "\n";
    for (const EntrySecret& secret : entry.secrets) {
        out += "    secret " + displaySafe(secret.where, longestName) + " = " +
               displaySafe(secret.masked, longestCommand) +
               (secret.key.empty() ? "" : "  becomes the API key " + secret.key) + "\n";
    }
    if (server.change)
        out += wrapped("+ " + server.change->summary, screenWidth, 4);
    else if (server.leftAlone)
        out += wrapped("- stays: " + server.leftAlone->reason, screenWidth, 4);
    return out;
}

std::string lineOfDifference(const Output& output, std::string_view line) {
    // Tabs indent; as an escape they would hide the shape of the file.
    const std::size_t body = std::min<std::size_t>(line.find_first_not_of('\t', 1), line.size());
    std::string safe(line.substr(0, std::min<std::size_t>(1, line.size())));
    safe.append((body - std::min(body, safe.size())) * 4, ' ')
        .append(displaySafe(line.substr(body), longestLine));
    if (line.starts_with('+'))
        return output.toned(safe, Tone::Good);
    return line.starts_with('-') ? output.toned(safe, Tone::Bad) : safe;
}

} // namespace

std::string fileLines(const Output& output, const FilePlan& plan) {
    std::string out = head(output, titleOf(plan.file.source), plan.file.path);
    if (plan.state == FilePlan::State::Missing)
        return out + "  nothing is there\n";
    if (plan.isConfig && !plan.content.path.empty())
        out += "  goes into " + displaySafe(plan.content.path.string(), longestPath) + "\n";
    if (plan.problem)
        out += wrapped(displaySafe(plan.problem->message + ". " + plan.problem->action, longestPath * 2),
                       screenWidth, 2);
    for (const ServerPlan& server : plan.servers)
        out += serverLines(output, server);
    if (plan.servers.empty() && !plan.problem)
        out += "  no servers\n";
    return out;
}

std::string differenceLines(const Output& output, const FilePlan& plan) {
    std::string out;
    std::string_view rest = plan.difference;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        out += lineOfDifference(output, rest.substr(0, end)) + "\n";
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return out;
}

std::string previewLines(const Output& output, const std::vector<FilePlan>& plans) {
    std::string out;
    for (const FilePlan& plan : plans) {
        out += (out.empty() ? "" : "\n") + fileLines(output, plan);
        if (!plan.difference.empty())
            out += "\n" + differenceLines(output, plan);
    }
    return out;
}

std::string applyLines(const Output& output, const std::vector<AppliedPlan>& files) {
    std::string out;
    for (const AppliedPlan& file : files) {
        const AppliedFile& result = file.result;
        if (result.outcome == AppliedFile::Outcome::Unchanged)
            continue;
        out += head(output, titleOf(file.plan->file.source), file.plan->file.path);
        if (result.error) {
            out += errorLines(output, *result.error);
            continue;
        }
        const std::string count =
            counted(static_cast<std::int64_t>(result.servers.size()), "server", "servers");
        out += "  " + output.toned("changed", Tone::Good) + ": " + count + "; the file as it was: backup " +
               result.backup + "\n";
        for (const std::string& key : result.keys)
            out += "  stored: API key " + key + "\n";
    }
    return out;
}

std::string undoLines(const Output& output, const std::vector<UndoneFile>& files) {
    std::string out;
    for (const UndoneFile& file : files) {
        out += head(output, titleOf(sourceFrom(file.backup.source).value_or(ImportSource::File)),
                    file.backup.path);
        if (file.error) {
            out += errorLines(output, *file.error);
            continue;
        }
        out += "  " + output.toned("as it was", Tone::Good) + " before the import (backup " + file.backup.id +
               ")\n";
        if (!file.kept.empty())
            out += "  the newer file was kept: backup " + file.kept + "\n";
        for (const Backup::Key& key : file.backup.keys)
            out += "  still stored: API key " + displaySafe(key.name, longestName) + "\n";
    }
    return out;
}

std::string backupLines(const std::vector<Backup>& backups) {
    Table table({"BACKUP", "MADE", "STATE", "FILE"});
    for (const Backup& backup : backups) {
        std::string state(wordOf(backup.state));
        std::replace(state.begin(), state.end(), '_', ' ');
        table.add({backup.id, localTime(backup.madeAt, "-"), state,
                   backup.problem.empty() ? displaySafe(backup.path.string(), longestPath)
                                          : displaySafe(backup.problem, longestPath)});
    }
    return table.empty() ? std::string() : table.text();
}

} // namespace keybearer
