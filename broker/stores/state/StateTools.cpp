#include "broker/base/Random.h"
#include "broker/stores/state/RowSeal.h"
#include "broker/stores/state/StateDatabase.h"

// The part of StateDatabase that is the PinStore. Rows are sealed, as those of consents are: they decide what
// a model is shown. A definition needs no seal, its fingerprint says what it is.
namespace keybearer {

namespace {

constexpr std::string_view serviceTable = "tool_services";
constexpr std::string_view toolTable = "tools";
constexpr JsonLimits rowLimits{8, 64, 2000};

std::int64_t millis(WallTime time) {
    return time.time_since_epoch().count();
}

WallTime fromMillis(std::int64_t count) {
    return WallTime(std::chrono::milliseconds(count));
}

Json toJson(const ToolVersion& version) {
    Json out{{"fingerprint", version.fingerprint},
             {"first_seen", millis(version.firstSeen)},
             {"last_seen", millis(version.lastSeen)},
             {"first_use", version.firstUse},
             {"kept", version.keptBytes},
             {"defined", version.defined},
             {"told", version.told}};
    if (version.approvedAt)
        out["approved_at"] = millis(*version.approvedAt);
    return out;
}

ToolVersion versionFrom(const Json& row) {
    ToolVersion version;
    version.fingerprint = stringAt(row, "fingerprint").value_or("");
    version.firstSeen = fromMillis(integerAt(row, "first_seen").value_or(0));
    version.lastSeen = fromMillis(integerAt(row, "last_seen").value_or(0));
    version.firstUse = booleanAt(row, "first_use").value_or(false);
    version.keptBytes =
        static_cast<std::size_t>(std::max<std::int64_t>(0, integerAt(row, "kept").value_or(0)));
    version.defined = booleanAt(row, "defined").value_or(false);
    version.told = booleanAt(row, "told").value_or(false);
    if (const auto approved = integerAt(row, "approved_at"))
        version.approvedAt = fromMillis(*approved);
    return version;
}

Json moreOf(const ToolRecord& tool) {
    Json versions = Json::array();
    for (const ToolVersion& version : tool.versions)
        versions.push_back(toJson(version));
    Json more{{"current", tool.current}, {"versions", std::move(versions)}};
    if (tool.goneSince)
        more["gone_since"] = millis(*tool.goneSince);
    return more;
}

ToolRecord toolFrom(std::string service, std::string name, const Json& more) {
    ToolRecord tool;
    tool.service = std::move(service);
    tool.name = std::move(name);
    tool.current = stringAt(more, "current").value_or("");
    if (const auto gone = integerAt(more, "gone_since"))
        tool.goneSince = fromMillis(*gone);
    if (const auto versions = more.find("versions"); versions != more.end() && versions->is_array()) {
        for (const Json& version : *versions)
            tool.versions.push_back(versionFrom(version));
    }
    return tool;
}

// What a row holds, if it is what we have written there.
std::optional<Json> opened(const std::string& text,
                           const std::function<std::string(const std::string&)>& seal) {
    Result<Json> more = parseJson(text, rowLimits);
    if (!more || !more->is_object())
        return std::nullopt;
    const std::string given = stringAt(*more, "seal").value_or("");
    more->erase("seal");
    if (!isSeal(given, seal(dumpJson(*more))))
        return std::nullopt;
    return std::move(*more);
}

} // namespace

Result<PinStore::Loaded> StateDatabase::loadTools() {
    PinStore::Loaded loaded;
    const auto refuse = [&loaded](const std::string& service) {
        if (loaded.refused.empty() || loaded.refused.back() != service)
            loaded.refused.push_back(service);
    };
    Result<Statement> services =
        database_->prepare("SELECT service, more FROM tool_services ORDER BY service");
    if (!services)
        return tl::unexpected(services.error());
    Result<bool> row = services->step();
    for (; row && *row; row = services->step()) {
        const std::string name = services->text(0);
        const auto more = opened(services->text(1), [&](const std::string& text) {
            return sealOfRow(rowKey_, storeId_, serviceTable, {name, text});
        });
        if (more)
            loaded.services.push_back({name, fromMillis(integerAt(*more, "first_seen").value_or(0)),
                                       booleanAt(*more, "whole").value_or(true)});
        else
            refuse(name);
    }
    if (!row)
        return tl::unexpected(row.error());
    Result<Statement> tools =
        database_->prepare("SELECT service, name, more FROM tools ORDER BY service, name");
    if (!tools)
        return tl::unexpected(tools.error());
    for (row = tools->step(); row && *row; row = tools->step()) {
        const std::string service = tools->text(0);
        const std::string name = tools->text(1);
        const auto more = opened(tools->text(2), [&](const std::string& text) {
            return sealOfRow(rowKey_, storeId_, toolTable, {service, name, text});
        });
        if (more)
            loaded.tools.push_back(toolFrom(service, name, *more));
        else
            refuse(service);
    }
    if (!row)
        return tl::unexpected(row.error());
    return loaded;
}

Result<void> StateDatabase::putTools(const PinnedService& service,
                                     const std::vector<const ToolRecord*>& tools) {
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    Result<Statement> about = database_->prepare("INSERT OR REPLACE INTO tool_services VALUES (?1, ?2)");
    if (!about)
        return tl::unexpected(about.error());
    Json more{{"first_seen", millis(service.firstSeen)}, {"whole", service.whole}};
    more["seal"] = sealOfRow(rowKey_, storeId_, serviceTable, {service.name, dumpJson(more)});
    if (auto put = about->bind(1, service.name).bind(2, dumpJson(more)).run(); !put)
        return put;
    Result<Statement> insert = database_->prepare("INSERT OR REPLACE INTO tools VALUES (?1, ?2, ?3)");
    if (!insert)
        return tl::unexpected(insert.error());
    for (const ToolRecord* tool : tools) {
        Json row = moreOf(*tool);
        row["seal"] = sealOfRow(rowKey_, storeId_, toolTable, {tool->service, tool->name, dumpJson(row)});
        if (auto put = insert->bind(1, tool->service).bind(2, tool->name).bind(3, dumpJson(row)).run(); !put)
            return put;
    }
    return transaction->commit();
}

Result<void> StateDatabase::removeTool(const std::string& service, const std::string& tool) {
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    for (const char* sql : {"DELETE FROM tool_definitions WHERE service = ?1 AND name = ?2",
                            "DELETE FROM tools WHERE service = ?1 AND name = ?2"}) {
        Result<Statement> remove = database_->prepare(sql);
        if (!remove)
            return tl::unexpected(remove.error());
        if (auto removed = remove->bind(1, service).bind(2, tool).run(); !removed)
            return removed;
    }
    return transaction->commit();
}

Result<void> StateDatabase::removeTools(const std::string& service) {
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    for (const char* sql :
         {"DELETE FROM tool_definitions WHERE service = ?1", "DELETE FROM tools WHERE service = ?1",
          "DELETE FROM tool_services WHERE service = ?1"}) {
        if (auto removed = removeById(sql, service); !removed)
            return removed;
    }
    return transaction->commit();
}

Result<void> StateDatabase::putDefinition(const DefinitionKey& key, const std::string& text) {
    Result<Statement> insert =
        database_->prepare("INSERT OR REPLACE INTO tool_definitions VALUES (?1, ?2, ?3, ?4)");
    if (!insert)
        return tl::unexpected(insert.error());
    return insert->bind(1, key.service).bind(2, key.tool).bind(3, key.fingerprint).bind(4, text).run();
}

Result<std::string> StateDatabase::definition(const DefinitionKey& key) {
    Result<Statement> query = database_->prepare("SELECT definition FROM tool_definitions WHERE service = ?1 "
                                                 "AND name = ?2 AND fingerprint = ?3");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, key.service).bind(2, key.tool).bind(3, key.fingerprint);
    const Result<bool> row = query->step();
    if (!row)
        return tl::unexpected(row.error());
    std::string text = *row ? query->text(0) : std::string();
    if (hex(sha256(text)) != key.fingerprint)
        text.clear();
    return text;
}

Result<void> StateDatabase::removeDefinition(const DefinitionKey& key) {
    Result<Statement> remove = database_->prepare(
        "DELETE FROM tool_definitions WHERE service = ?1 AND name = ?2 AND fingerprint = ?3");
    if (!remove)
        return tl::unexpected(remove.error());
    return remove->bind(1, key.service).bind(2, key.tool).bind(3, key.fingerprint).run();
}

} // namespace keybearer
