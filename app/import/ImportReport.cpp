#include "app/import/ImportReport.h"

#include "broker/protocol/RpcError.h"

namespace keybearer {

namespace {

Json textOrNull(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json detailOf(const Error& error, const char* key) {
    const ErrorDetail* detail = error.detail(key);
    const auto* number = detail == nullptr ? nullptr : std::get_if<std::int64_t>(detail);
    return number == nullptr ? Json() : Json(*number);
}

Json problemReport(const std::optional<Error>& problem) {
    if (!problem)
        return {};
    return Json{{"message", problem->message},
                {"action", problem->action},
                {"line", detailOf(*problem, "line")},
                {"column", detailOf(*problem, "column")}};
}

Json serverReport(const ServerPlan& plan) {
    const ServerEntry& entry = plan.entry;
    Json secrets = Json::array();
    for (const EntrySecret& secret : entry.secrets)
        secrets.push_back(Json{{"where", secret.where},
                               {"kind", secret.kind},
                               {"masked", secret.masked},
                               {"key", textOrNull(secret.key)}});
    Json change;
    if (plan.change) {
        Json keys = Json::array();
        for (const KeyToStore& key : plan.change->keys)
            keys.push_back(key.name);
        change = Json{{"kind", wordOf(plan.change->kind)}, {"summary", plan.change->summary}, {"keys", keys}};
    }
    Json left;
    if (plan.leftAlone)
        left = Json{{"kind", plan.leftAlone->kind}, {"reason", plan.leftAlone->reason}};
    const bool isProgram = entry.address.empty() && !entry.words.empty();
    return Json{{"id", entry.id},
                {"name", entry.name},
                {"kind", wordOf(entry.kind)},
                {"place", entry.place},
                {"address", textOrNull(entry.shownAddress())},
                {"command", isProgram ? Json(entry.shownWords()) : Json()},
                {"secrets", secrets},
                {"change", change},
                {"left_alone", left}};
}

Json fileHead(const ClientFile& file) {
    return Json{{"id", file.id()},
                {"source", wordOf(file.source)},
                {"title", titleOf(file.source)},
                {"path", file.path.string()}};
}

std::string_view titleOfWord(const std::string& source) {
    return titleOf(sourceFrom(source).value_or(ImportSource::File));
}

Json backupHead(const Backup& backup) {
    return Json{
        {"source", backup.source}, {"title", titleOfWord(backup.source)}, {"path", backup.path.string()}};
}

Json keyNames(const Backup& backup) {
    Json keys = Json::array();
    for (const Backup::Key& key : backup.keys)
        keys.push_back(key.name);
    return keys;
}

std::string_view wordOf(AppliedFile::Outcome outcome) {
    return outcome == AppliedFile::Outcome::Applied  ? "applied"
           : outcome == AppliedFile::Outcome::Failed ? "failed"
                                                     : "unchanged";
}

} // namespace

Json errorReport(const Error& error) {
    const ErrorDetail* reason = error.detail("reason");
    const auto* word = reason == nullptr ? nullptr : std::get_if<std::string>(reason);
    const std::string action = error.action.empty() ? std::string(defaultAction(error.code)) : error.action;
    return Json{{"name", word != nullptr ? *word : std::string(rpcErrorName(error.code).name)},
                {"message", error.message},
                {"action", action}};
}

Json previewReport(const std::vector<FilePlan>& plans, const std::vector<std::string>& remarks) {
    Json files = Json::array();
    std::size_t servers = 0;
    std::size_t secrets = 0;
    std::size_t changes = 0;
    for (const FilePlan& plan : plans) {
        Json list = Json::array();
        for (const ServerPlan& server : plan.servers) {
            list.push_back(serverReport(server));
            secrets += server.entry.secrets.size();
        }
        Json file = fileHead(plan.file);
        file["scope"] = plan.file.scope;
        file["state"] = wordOf(plan.state);
        file["problem"] = problemReport(plan.problem);
        file["servers"] = std::move(list);
        file["changes"] = plan.changes();
        if (plan.isConfig)
            file["config"] = plan.content.path.string();
        file["difference"] = plan.difference;
        files.push_back(std::move(file));
        servers += plan.servers.size();
        changes += plan.changes();
    }
    return Json{{"action", "preview"},
                {"files", files},
                {"summary",
                 {{"files", plans.size()}, {"servers", servers}, {"secrets", secrets}, {"changes", changes}}},
                {"remarks", remarks}};
}

Json applyReport(const std::vector<AppliedPlan>& applied, const std::vector<std::string>& next) {
    Json files = Json::array();
    std::size_t counts[3] = {0, 0, 0};
    for (const AppliedPlan& one : applied) {
        const AppliedFile& result = one.result;
        Json file = fileHead(one.plan->file);
        file["result"] = wordOf(result.outcome);
        file["backup"] = textOrNull(result.backup);
        file["servers"] = result.servers;
        file["keys"] = result.keys;
        file["sign_in"] = result.signIn;
        file["error"] = result.error ? errorReport(*result.error) : Json();
        files.push_back(std::move(file));
        ++counts[static_cast<std::size_t>(result.outcome)];
    }
    return Json{{"action", "apply"},
                {"files", files},
                {"summary", {{"applied", counts[0]}, {"failed", counts[1]}, {"unchanged", counts[2]}}},
                {"next", next}};
}

Json undoReport(const std::vector<UndoneFile>& undone) {
    Json files = Json::array();
    std::size_t failed = 0;
    for (const UndoneFile& one : undone) {
        Json file = backupHead(one.backup);
        file["id"] = one.backup.file;
        file["backup"] = one.backup.id;
        file["result"] = one.error ? "failed" : "restored";
        file["kept"] = textOrNull(one.kept);
        file["keys"] = keyNames(one.backup);
        file["error"] = one.error ? errorReport(*one.error) : Json();
        files.push_back(std::move(file));
        failed += one.error ? 1U : 0U;
    }
    return Json{{"action", "undo"},
                {"files", files},
                {"summary", {{"restored", undone.size() - failed}, {"failed", failed}}}};
}

Json backupsReport(const BackupStore& store, const std::vector<Backup>& backups) {
    Json list = Json::array();
    for (const Backup& backup : backups) {
        Json one = backupHead(backup);
        one["id"] = backup.id;
        one["made_at"] = textOrNull(backup.madeAt);
        one["file"] = backup.file;
        one["servers"] = backup.servers;
        one["keys"] = keyNames(backup);
        one["state"] = wordOf(backup.state);
        one["problem"] = textOrNull(backup.problem);
        list.push_back(std::move(one));
    }
    return Json{{"action", "list_backups"}, {"directory", store.directory().string()}, {"backups", list}};
}

Json forgottenReport(const std::vector<ForgottenBackup>& backups) {
    Json removed = Json::array();
    Json failed = Json::array();
    for (const ForgottenBackup& backup : backups) {
        if (backup.error)
            failed.push_back(Json{{"backup", backup.id}, {"error", errorReport(*backup.error)}});
        else
            removed.push_back(backup.id);
    }
    return Json{{"action", "forget_backups"}, {"removed", removed}, {"failed", failed}};
}

} // namespace keybearer
