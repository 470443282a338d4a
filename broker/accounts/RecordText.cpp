#include "broker/accounts/Credential.h"
#include "broker/base/Json.h"
#include "broker/base/Time.h"

// A credential's record as the brokers of a shared store tell it each other.
namespace keybearer {

namespace {

constexpr int recordVersion = 1;

void putText(Json& object, const char* key, const std::string& text) {
    if (!text.empty())
        object[key] = text;
}

std::string textAt(const Json& object, const char* key) {
    return stringAt(object, key).value_or("");
}

WallTime timeAt(const Json& object, const char* key) {
    return fromUnixSeconds(integerAt(object, key).value_or(0));
}

bool flagAt(const Json& object, const char* key, bool otherwise) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

} // namespace

std::string packRecord(const CredentialRecord& record) {
    Json object{{"v", recordVersion},
                {"provider", record.provider},
                {"issuer", record.issuer},
                {"subject", record.account.subject},
                {"label", record.account.label},
                {"kind", kindWord(record.kind)},
                {"created_at", toUnixSeconds(record.createdAt)},
                {"refreshed_at", toUnixSeconds(record.refreshedAt)},
                {"needs_sign_in", record.needsSignIn}};
    if (record.resource)
        object["resource"] = *record.resource;
    putText(object, "assertion_subject", record.assertionSubject);
    if (record.needsSignIn) {
        putText(object, "reason", record.reason);
        putText(object, "problem", record.problem);
    }
    if (record.kind == CredentialKind::ApiKey)
        object["api_key"] = Json{{"header", record.apiKey.header},
                                 {"description", record.apiKey.description},
                                 {"active", record.apiKey.active},
                                 {"exportable", record.apiKey.exportable}};
    return dumpJson(object);
}

Result<CredentialRecord> unpackRecord(std::string_view text) {
    const Result<Json> document = parseJson(text);
    if (!document || !document->is_object())
        return failure(ErrorCode::ParseError, "the record of a shared session is damaged");
    if (integerAt(*document, "v") != recordVersion)
        return failure(ErrorCode::NotFound, "a shared session was written by a newer version",
                       "Install that version here, too; nothing was changed.");
    const std::optional<CredentialKind> kind = kindFromWord(textAt(*document, "kind"));
    CredentialRecord record;
    record.provider = textAt(*document, "provider");
    if (!kind || record.provider.empty())
        return failure(ErrorCode::ParseError, "the record of a shared session is damaged");
    record.kind = *kind;
    record.issuer = textAt(*document, "issuer");
    record.resource = stringAt(*document, "resource");
    record.account = {textAt(*document, "subject"), textAt(*document, "label")};
    record.createdAt = timeAt(*document, "created_at");
    record.refreshedAt = timeAt(*document, "refreshed_at");
    record.needsSignIn = flagAt(*document, "needs_sign_in", false);
    record.reason = textAt(*document, "reason");
    record.problem = textAt(*document, "problem");
    record.assertionSubject = textAt(*document, "assertion_subject");
    if (const auto terms = document->find("api_key"); terms != document->end() && terms->is_object())
        record.apiKey = {textAt(*terms, "header"), textAt(*terms, "description"),
                         flagAt(*terms, "active", true), flagAt(*terms, "exportable", true)};
    return record;
}

} // namespace keybearer
