#include "app/tray/mirror/Records.h"

#include "app/tray/mirror/RecordParts.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

using namespace recordparts;

namespace {

constexpr std::size_t longestPath = 4096; // PATH_MAX; what is longer was not measured by the kernel
constexpr qsizetype shownPathLength = 110;
constexpr std::size_t mostChanges = 7; // as many facts as there are
constexpr qsizetype mostRemarks = 3;   // the first ones say enough; the buttons must stay on the screen
constexpr std::size_t longestRemark = 120;
constexpr std::size_t longestValue = 1000; // of a fact that has changed: the difference may be anywhere in it
constexpr std::size_t longestNote = 600;   // how one registers a client there
constexpr std::size_t longestMeaning = 80;
constexpr std::size_t mostAncestors = 12;    // deeper than any editor, shell and package runner together
constexpr std::size_t longestHash = 64;      // SHA-256
constexpr std::size_t longestCommand = 4096; // more than the broker lets through
constexpr std::string_view profilePrefix = "run:";

SessionState stateAt(const Json& object) {
    using Row = std::pair<const char*, SessionState>;
    static constexpr std::array rows{
        Row{"active", SessionState::Active}, Row{"refreshing", SessionState::Refreshing},
        Row{"needs_sign_in", SessionState::NeedsSignIn}, Row{"locked", SessionState::Locked},
        Row{"quarantined", SessionState::Quarantined}};
    const std::string word = stringAt(object, "state").value_or("");
    for (const auto& [name, state] : rows) {
        if (word == name)
            return state;
    }
    return SessionState::Quarantined; // a state we do not know is none to rely on
}

// What the broker offers in "choices"; without it, what follows from the evidence: nothing to recognise means
// once, and a script is never allowed beyond its session (T-05).
LongestSpan longestAt(const Json& object, const CallerRecord& caller) {
    if (object.contains("choices")) {
        const std::vector<std::string> choices = stringsAt(object, "choices");
        const auto offers = [&](const char* choice) {
            return std::find(choices.begin(), choices.end(), choice) != choices.end();
        };
        return offers("allow")           ? LongestSpan::ThirtyDays
               : offers("allow-session") ? LongestSpan::Session
                                         : LongestSpan::Once;
    }
    if (caller.executable.isEmpty())
        return LongestSpan::Once;
    return caller.script.isEmpty() ? LongestSpan::ThirtyDays : LongestSpan::Session;
}

char letterAt(const Json& object) {
    const std::string letter = stringAt(object, "class").value_or("");
    return letter.size() == 1 && letter[0] >= 'A' && letter[0] <= 'F' ? letter[0] : '\0';
}

std::vector<ConsentChange> changesAt(const Json& object) {
    std::vector<ConsentChange> changes;
    const auto list = object.find("changed");
    if (list == object.end() || !list->is_array())
        return changes;
    for (const Json& change : *list) {
        if (change.is_object() && changes.size() < mostChanges)
            changes.push_back({stringAt(change, "what").value_or(""), textAt(change, "before", longestValue),
                               textAt(change, "now", longestValue)});
    }
    return changes;
}

// The question whether a command may be started is about a profile ("run:NAME") instead of a provider, and
// about the command line instead of an account.
void readStart(ConsentRequest& request, const Json& object) {
    if (stringAt(object, "purpose") != "start")
        return;
    request.isStart = true;
    const std::string profile = stringAt(object, "provider").value_or("");
    request.provider = shown(
        profile.starts_with(profilePrefix) ? profile.substr(profilePrefix.size()) : profile, longestName);
    if (const auto account = object.find("account"); account != object.end())
        request.command = textAt(*account, "label", longestCommand);
}

std::vector<CallerRecord::Step> ancestorsAt(const Json& evidence) {
    std::vector<CallerRecord::Step> steps;
    const auto list = evidence.find("ancestors");
    if (list == evidence.end() || !list->is_array())
        return steps;
    for (const Json& each : *list) {
        if (each.is_object() && steps.size() < mostAncestors)
            steps.push_back({integerAt(each, "pid").value_or(0), pathAt(each, "executable")});
    }
    return steps;
}

void readEvidence(CallerRecord& caller, const Json& evidence) {
    caller.workingDirectory = pathAt(evidence, "working_directory");
    caller.sandbox = textAt(evidence, "sandbox", longestName);
    for (const std::string& remark : stringsAt(evidence, "remarks")) {
        if (caller.remarks.size() < mostRemarks)
            caller.remarks.append(shown(remark, longestRemark));
    }
    caller.ancestors = ancestorsAt(evidence);
    caller.executableHash = textAt(evidence, "executable_sha256", longestHash);
    caller.scriptHash = textAt(evidence, "script_sha256", longestHash);
    caller.terminal = textAt(evidence, "terminal", longestName);
    caller.unit = textAt(evidence, "unit", longestName);
    caller.signer = textAt(evidence, "signer", longestName);
    caller.systemOwned = booleanAt(evidence, "system_owned");
}

QString lastPart(const QString& path) {
    return path.mid(path.lastIndexOf(u'/') + 1);
}

// A kind that we do not know is no person's sign-in.
SessionKind kindAt(const Json& object) {
    using Row = std::pair<const char*, SessionKind>;
    static constexpr std::array rows{
        Row{"client_credentials", SessionKind::ClientCredentials},
        Row{"jwt_bearer", SessionKind::ServiceAccount}, Row{"enterprise", SessionKind::Enterprise},
        Row{"workload", SessionKind::Workload}, Row{"api_key", SessionKind::ApiKey}};
    const auto word = stringAt(object, "kind");
    if (!word)
        return SessionKind::SignIn;
    const auto* found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return *word == row.first; });
    return found == rows.end() ? SessionKind::ClientCredentials : found->second;
}

void readLastUse(SessionRecord& session, const Json& object) {
    const auto used = object.find("last_used");
    if (used == object.end())
        return;
    session.lastUsedAt = timeAt(*used, "at");
    const auto caller = used->find("caller");
    if (caller != used->end() && caller->is_object())
        session.lastUsedBy = readCaller(*caller).programName();
    else
        session.lastUsedBy = lastPart(pathAt(*used, "caller"));
}

} // namespace

namespace recordparts {

QString textAt(const Json& object, const char* key, std::size_t limit) {
    return shown(stringAt(object, key).value_or(""), limit);
}

QString pathAt(const Json& object, const char* key) {
    return shownPath(stringAt(object, key).value_or(""));
}

QDateTime timeAt(const Json& object, const char* key) {
    const auto text = stringAt(object, key);
    return text ? QDateTime::fromString(QString::fromStdString(*text), Qt::ISODate) : QDateTime();
}

QStringList textsAt(const Json& object, const char* key) {
    QStringList texts;
    for (const std::string& text : stringsAt(object, key)) {
        if (texts.size() < mostTexts)
            texts.append(shown(text, longestListed));
    }
    return texts;
}

QString labelAt(const Json& object) {
    const auto account = object.find("account");
    return account == object.end() ? QString() : textAt(*account, "label", longestName);
}

} // namespace recordparts

QString shown(const std::string& text, std::size_t limit) {
    return QString::fromStdString(displaySafe(text, limit));
}

QString shownPath(const std::string& path) {
    const QString whole = shown(path, longestPath);
    if (whole.size() <= shownPathLength)
        return whole;
    const qsizetype half = (shownPathLength - 5) / 2;
    return whole.left(half) + QStringLiteral(" ... ") + whole.right(half);
}

QString CallerRecord::programName() const {
    if (script.isEmpty())
        return lastPart(executable);
    // Half of all scripts are called index.js or main.py: their folder says more.
    const QString folder = lastPart(script.left(script.lastIndexOf(u'/')));
    return folder.isEmpty() ? lastPart(script) : folder + u'/' + lastPart(script);
}

CallerRecord readCaller(const Json& object) {
    CallerRecord caller;
    caller.pid = integerAt(object, "pid").value_or(0);
    caller.executable = pathAt(object, "executable");
    caller.startedBy = pathAt(object, "started_by");
    caller.script = pathAt(object, "script");
    caller.claimedName = textAt(object, "claimed_name", longestName);
    if (const auto uid = integerAt(object, "uid"))
        caller.uid = *uid;
    if (const auto evidence = object.find("evidence"); evidence != object.end() && evidence->is_object())
        readEvidence(caller, *evidence);
    return caller;
}

std::optional<SessionRecord> readSession(const Json& object) {
    SessionRecord session;
    session.id = stringAt(object, "session_id").value_or("");
    session.provider = stringAt(object, "provider").value_or("");
    if (session.id.empty())
        return std::nullopt;
    session.issuer = textAt(object, "issuer");
    session.resource = textAt(object, "resource");
    session.account = labelAt(object);
    if (const auto account = object.find("account"); account != object.end())
        session.subject = textAt(*account, "subject");
    session.scopes = textsAt(object, "scopes");
    session.state = stateAt(object);
    session.expiresAt = timeAt(object, "expires_at");
    session.refreshedAt = timeAt(object, "refreshed_at");
    session.kind = kindAt(object);
    session.signInEndsAt = timeAt(object, "sign_in_ends_at");
    readLastUse(session, object);
    session.problem = textAt(object, "problem", 400);
    return session;
}

std::optional<ProviderRecord> readProvider(const Json& object) {
    ProviderRecord provider;
    provider.name = stringAt(object, "name").value_or("");
    if (provider.name.empty())
        return std::nullopt;
    provider.title = textAt(object, "display_name", longestName);
    if (provider.title.isEmpty())
        provider.title = shown(provider.name, longestName);
    provider.configured = booleanAt(object, "configured").value_or(false);
    provider.note = textAt(object, "note", longestNote);
    provider.issuer = textAt(object, "issuer");
    provider.scopes = textsAt(object, "scopes");
    provider.registerUrl = stringAt(object, "register_url").value_or("");
    provider.redirectUri = stringAt(object, "redirect_uri").value_or("");
    return provider;
}

std::optional<ConsentRequest> readConsentRequest(const Json& object) {
    ConsentRequest request;
    request.id = stringAt(object, "consent_id").value_or("");
    if (request.id.empty())
        return std::nullopt;
    if (const auto caller = object.find("caller"); caller != object.end())
        request.caller = readCaller(*caller);
    request.providerName = stringAt(object, "provider").value_or("");
    request.provider = textAt(object, "provider_name", longestName);
    if (request.provider.isEmpty())
        request.provider = textAt(object, "provider", longestName);
    request.account = labelAt(object);
    readStart(request, object);
    const std::string purpose = stringAt(object, "purpose").value_or("");
    request.isSignIn = purpose == "sign_in";
    request.isConnect = purpose == "connect";
    request.isProxy = purpose == "proxy";
    request.isKey = !request.isStart && request.providerName == "apikey";
    if (const auto client = object.find("client"); client != object.end()) {
        request.clientName = textAt(*client, "name", longestName);
        request.redirect = textAt(*client, "redirect", longestPath);
    }
    if (!request.isStart)
        request.server = textAt(object, "resource", longestPath);
    if (request.isSignIn)
        request.signInAt = textAt(object, "issuer", longestPath);
    request.scopes = textsAt(object, "scopes");
    request.moreScopes = static_cast<qsizetype>(stringsAt(object, "scopes").size()) - request.scopes.size();
    request.reason = textAt(object, "reason");
    request.expiresAt = timeAt(object, "expires_at");
    request.longest = longestAt(object, request.caller);
    request.untilRevoked = stringAt(object, "longest") == "until revoked";
    request.identity = letterAt(object);
    request.changed = changesAt(object);
    const auto words = object.find("scope_words");
    for (const std::string& scope : stringsAt(object, "scopes")) {
        if (request.scopeMeanings.size() < request.scopes.size())
            request.scopeMeanings.append(
                words == object.end() ? QString() : textAt(*words, scope.c_str(), longestMeaning));
    }
    return request;
}

std::optional<ConsentRecord> readConsent(const Json& object) {
    ConsentRecord consent;
    consent.id = stringAt(object, "consent_id").value_or("");
    if (consent.id.empty())
        return std::nullopt;
    consent.identity = letterAt(object);
    consent.executable = pathAt(object, "executable");
    consent.script = pathAt(object, "script");
    consent.updatedAt = timeAt(object, "updated_at");
    consent.startedBy = pathAt(object, "started_by");
    consent.provider = stringAt(object, "provider").value_or("");
    consent.account = labelAt(object);
    consent.scopes = textsAt(object, "scopes");
    consent.duration = textAt(object, "duration", 32);
    consent.grantedAt = timeAt(object, "granted_at");
    consent.expiresAt = timeAt(object, "expires_at");
    consent.lastUsedAt = timeAt(object, "last_used_at");
    consent.uses = integerAt(object, "uses").value_or(0);
    consent.sessionId = stringAt(object, "session_id").value_or("");
    consent.issuer = textAt(object, "issuer");
    consent.resource = textAt(object, "resource");
    consent.purpose = stringAt(object, "purpose").value_or("");
    if (const auto client = object.find("client"); client != object.end())
        consent.clientName = textAt(*client, "name", longestName);
    if (const auto evidence = object.find("evidence"); evidence != object.end()) {
        consent.workingDirectory = pathAt(*evidence, "working_directory");
        consent.executableHash = textAt(*evidence, "executable_sha256", 64);
        consent.signer = textAt(*evidence, "signer");
        consent.isSystemOwned = booleanAt(*evidence, "system_owned").value_or(false);
    }
    return consent;
}

HealthRecord readHealth(const Json& object) {
    HealthRecord health;
    health.version = textAt(object, "version", 32);
    health.failing = stringAt(object, "status") == "failing";
    if (const auto store = object.find("store"); store != object.end()) {
        health.storeBackend = textAt(*store, "backend", 32);
        health.storeState = textAt(*store, "state", 32);
        health.storeProblem = textAt(*store, "problem");
        health.storeAction = textAt(*store, "action");
    }
    if (const auto sharing = object.find("sharing"); sharing != object.end()) {
        health.paused = booleanAt(*sharing, "paused").value_or(false);
        health.pausedUntil = timeAt(*sharing, "until");
    }
    const auto findings = object.find("findings");
    if (findings == object.end() || !findings->is_array())
        return health;
    for (const Json& finding : *findings) {
        if (health.finding.isEmpty() && stringAt(finding, "level") == "error")
            health.finding = textAt(finding, "message");
    }
    return health;
}

std::optional<ToolEntry> readTool(const Json& object) {
    ToolEntry tool;
    tool.service = stringAt(object, "service").value_or("");
    tool.name = stringAt(object, "tool").value_or("");
    const std::string state = stringAt(object, "state").value_or("");
    if (tool.service.empty() || tool.name.empty() || (state != "new" && state != "changed"))
        return std::nullopt;
    tool.fingerprint = stringAt(object, "fingerprint").value_or("");
    tool.isNew = state == "new";
    tool.hidden = booleanAt(object, "hidden").value_or(false);
    tool.lastSeen = timeAt(object, "last_seen");
    return tool;
}

ToolDetail readToolDetail(const Json& object) {
    constexpr std::size_t longestText = 2000;
    constexpr std::size_t mostChanges = 64;
    ToolDetail detail;
    detail.fingerprint = stringAt(object, "shown").value_or("");
    detail.definition = textAt(object, "definition", longestText);
    const auto differences = object.find("differences");
    if (differences == object.end() || !differences->is_array())
        return detail;
    for (const Json& each : *differences) {
        if (!each.is_object() || detail.changes.size() == mostChanges)
            continue;
        detail.changes.push_back({textAt(each, "member"), each.contains("before"), each.contains("after"),
                                  textAt(each, "before", longestText), textAt(each, "after", longestText)});
    }
    return detail;
}

} // namespace keybearer
