#include "app/tray/activity/AuditWords.h"

#include "app/tray/mirror/Records.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace keybearer {

namespace {

class Activity {
    Q_DECLARE_TR_FUNCTIONS(Activity)
};

struct KindWords {
    const char* kind;
    const char* sentence; // %1 the program, %2 the provider and account, %3 what the row is about
};

// Of docs/audit.md. The names of programs, providers and accounts stand where a sentence can bear any.
constexpr std::array kinds{
    KindWords{"token.released", QT_TRANSLATE_NOOP("Activity", "%1 got a token for %2")},
    KindWords{"token.denied", QT_TRANSLATE_NOOP("Activity", "%1 got no token for %2")},
    KindWords{"policy.denied", QT_TRANSLATE_NOOP("Activity", "A rule kept %1 from %2")},
    KindWords{"policy.unavailable",
              QT_TRANSLATE_NOOP("Activity", "The policy server gave no answer about %1")},
    KindWords{"rate.limited", QT_TRANSLATE_NOOP("Activity", "%1 asked too often for %2")},
    KindWords{"consent.granted", QT_TRANSLATE_NOOP("Activity", "%1 was allowed to use %2")},
    KindWords{"consent.denied", QT_TRANSLATE_NOOP("Activity", "%1 was not allowed to use %2")},
    KindWords{"consent.revoked", QT_TRANSLATE_NOOP("Activity", "%1 may no longer use %2")},
    KindWords{"consent.ended", QT_TRANSLATE_NOOP("Activity", "What %1 was allowed with %2 has ended")},
    KindWords{"consent.quarantined",
              QT_TRANSLATE_NOOP("Activity", "%1 asked too often and waits for ten minutes")},
    KindWords{"consent.updated",
              QT_TRANSLATE_NOOP("Activity", "%1 was updated by the system and keeps what it may do")},
    KindWords{"consent.refused",
              QT_TRANSLATE_NOOP("Activity",
                                "A permission was changed behind the broker's back and does not count")},
    KindWords{"session.signed_in", QT_TRANSLATE_NOOP("Activity", "Signed in to %2")},
    KindWords{"session.revoked", QT_TRANSLATE_NOOP("Activity", "Signed out of %2")},
    KindWords{"session.refresh_failed",
              QT_TRANSLATE_NOOP("Activity", "The session at %2 could not be renewed")},
    KindWords{"apikey.added", QT_TRANSLATE_NOOP("Activity", "API key added: %2")},
    KindWords{"apikey.rotated", QT_TRANSLATE_NOOP("Activity", "API key replaced: %2")},
    KindWords{"apikey.enabled", QT_TRANSLATE_NOOP("Activity", "API key switched on: %2")},
    KindWords{"apikey.disabled", QT_TRANSLATE_NOOP("Activity", "API key switched off: %2")},
    KindWords{"apikey.removed", QT_TRANSLATE_NOOP("Activity", "API key removed: %2")},
    KindWords{"service_account.added", QT_TRANSLATE_NOOP("Activity", "Service account added: %2")},
    KindWords{"service_account.removed", QT_TRANSLATE_NOOP("Activity", "Service account removed: %2")},
    KindWords{"client.added", QT_TRANSLATE_NOOP("Activity", "Registered program added: %3")},
    KindWords{"client.rotated", QT_TRANSLATE_NOOP("Activity", "Registered program got a new key: %3")},
    KindWords{"client.enabled", QT_TRANSLATE_NOOP("Activity", "Registered program switched on: %3")},
    KindWords{"client.disabled", QT_TRANSLATE_NOOP("Activity", "Registered program switched off: %3")},
    KindWords{"client.removed", QT_TRANSLATE_NOOP("Activity", "Registered program removed: %3")},
    KindWords{"client.refused", QT_TRANSLATE_NOOP("Activity", "%1 showed a key that is not good")},
    KindWords{"capability.issued", QT_TRANSLATE_NOOP("Activity", "%1 was started with access of its own")},
    KindWords{"capability.refused", QT_TRANSLATE_NOOP("Activity", "%1 showed a secret that is not its own")},
    KindWords{"capability.ended",
              QT_TRANSLATE_NOOP("Activity", "The access that %1 was started with has ended")},
    KindWords{"registration.added", QT_TRANSLATE_NOOP("Activity", "Keybearer registered itself at %2")},
    KindWords{"registration.removed", QT_TRANSLATE_NOOP("Activity", "The registration at %2 was removed")},
    KindWords{"tool.added", QT_TRANSLATE_NOOP("Activity", "An MCP server shows a new tool: %3")},
    KindWords{"tool.changed", QT_TRANSLATE_NOOP("Activity", "The definition of a tool has changed: %3")},
    KindWords{"tool.approved", QT_TRANSLATE_NOOP("Activity", "You approved a tool: %3")},
    KindWords{"tool.removed", QT_TRANSLATE_NOOP("Activity", "A tool was forgotten: %3")},
    KindWords{
        "tool.refused",
        QT_TRANSLATE_NOOP("Activity", "What is known of a tool was changed behind the broker's back: %3")},
    KindWords{"exchange.opened", QT_TRANSLATE_NOOP("Activity", "%1 opened an MCP server: %3")},
    KindWords{"exchange.closed", QT_TRANSLATE_NOOP("Activity", "%1 closed an MCP server: %3")},
    KindWords{"program.started",
              QT_TRANSLATE_NOOP("Activity", "The program of an MCP server was started: %3")},
    KindWords{"program.ended", QT_TRANSLATE_NOOP("Activity", "The program of an MCP server has ended: %3")},
    KindWords{"gateway.opened", QT_TRANSLATE_NOOP("Activity", "The gateway was opened")},
    KindWords{"gateway.closed", QT_TRANSLATE_NOOP("Activity", "The gateway was closed")},
    KindWords{"gateway.key_rotated", QT_TRANSLATE_NOOP("Activity", "The gateway signs with a new key")},
    KindWords{"gateway.client_removed",
              QT_TRANSLATE_NOOP("Activity", "A client of the gateway was removed: %3")},
    KindWords{"route.refused", QT_TRANSLATE_NOOP("Activity", "The gateway refused a request: %3")},
    KindWords{"local_client.registered",
              QT_TRANSLATE_NOOP("Activity", "A client registered at the gateway: %3")},
    KindWords{"local_client.removed", QT_TRANSLATE_NOOP("Activity", "A client left the gateway: %3")},
    KindWords{"local_grant.added", QT_TRANSLATE_NOOP("Activity", "A client of the gateway was let in: %3")},
    KindWords{"local_grant.refreshed",
              QT_TRANSLATE_NOOP("Activity", "A client of the gateway renewed its access: %3")},
    KindWords{
        "local_grant.repeated",
        QT_TRANSLATE_NOOP("Activity", "A client of the gateway showed a token that was just replaced: %3")},
    KindWords{
        "local_grant.reused",
        QT_TRANSLATE_NOOP("Activity", "A token of the gateway was used twice, so all of it was revoked: %3")},
    KindWords{"local_grant.refused",
              QT_TRANSLATE_NOOP("Activity", "A client of the gateway was turned away: %3")},
    KindWords{"local_grant.ended",
              QT_TRANSLATE_NOOP("Activity", "The access of a client of the gateway has ended: %3")},
    KindWords{"local_key.rotated",
              QT_TRANSLATE_NOOP("Activity", "The gateway's authorization server signs with a new key")},
    KindWords{"demo.started",
              QT_TRANSLATE_NOOP("Activity", "The provider for trying things out was started")},
    KindWords{"demo.stopped",
              QT_TRANSLATE_NOOP("Activity", "The provider for trying things out was stopped")},
    KindWords{"store.unlocked", QT_TRANSLATE_NOOP("Activity", "The store was unlocked")},
    KindWords{"store.locked", QT_TRANSLATE_NOOP("Activity", "The store was locked")},
    KindWords{"store.migrated", QT_TRANSLATE_NOOP("Activity", "All sessions moved to another store")},
    KindWords{"store.rekeyed", QT_TRANSLATE_NOOP("Activity", "The store got a new key")},
    KindWords{"broker.started", QT_TRANSLATE_NOOP("Activity", "The broker started")},
    KindWords{"broker.stopped", QT_TRANSLATE_NOOP("Activity", "The broker stopped")},
    KindWords{"broker.stop_asked", QT_TRANSLATE_NOOP("Activity", "The broker was asked to stop")},
    KindWords{"sharing.paused",
              QT_TRANSLATE_NOOP("Activity", "Sharing was paused: no program gets anything")},
    KindWords{"sharing.resumed", QT_TRANSLATE_NOOP("Activity", "Sharing goes on")},
    KindWords{"config.reloaded", QT_TRANSLATE_NOOP("Activity", "The configuration was read again")},
    KindWords{"config.refused", QT_TRANSLATE_NOOP("Activity", "A configuration with a mistake was not used")},
    KindWords{"audit.truncated",
              QT_TRANSLATE_NOOP("Activity", "Half a row was cut off the log after a power cut")},
    KindWords{"audit.retired",
              QT_TRANSLATE_NOOP("Activity", "Rows that were too old were removed from the log")},
    KindWords{"audit.set_aside", QT_TRANSLATE_NOOP("Activity", "The log was damaged and set aside")},
    KindWords{"alert.raised", QT_TRANSLATE_NOOP("Activity", "The broker raised an alert: %3")},
};

struct Family {
    const char* name;
    Symbol symbol;
};
constexpr std::array families{
    Family{"token", Symbol::Key},           Family{"policy", Symbol::Lock},
    Family{"rate", Symbol::Clock},          Family{"consent", Symbol::Requests},
    Family{"session", Symbol::Sessions},    Family{"apikey", Symbol::Key},
    Family{"service_account", Symbol::Key}, Family{"client", Symbol::Clients},
    Family{"capability", Symbol::Program},  Family{"registration", Symbol::Services},
    Family{"tool", Symbol::Tools},          Family{"exchange", Symbol::Services},
    Family{"program", Symbol::Program},     Family{"gateway", Symbol::Gateway},
    Family{"route", Symbol::Gateway},       Family{"local_client", Symbol::Gateway},
    Family{"local_grant", Symbol::Gateway}, Family{"local_key", Symbol::Gateway},
    Family{"store", Symbol::Lock},          Family{"alert", Symbol::Bell},
    Family{"sharing", Symbol::Pause},
};

bool endsWithOneOf(std::string_view kind, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return kind.ends_with(word); });
}

// In one pass, so that a name with a percent sign in it stays what it is.
QString filled(const QString& sentence, const QString& one, const QString& two, const QString& three) {
    QString out;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const bool place = sentence[i] == u'%' && i + 1 < sentence.size();
        const char16_t digit = place ? sentence[i + 1].unicode() : u'\0';
        if (digit < u'1' || digit > u'3') {
            out += sentence[i];
            continue;
        }
        out += digit == u'1' ? one : digit == u'2' ? two : three;
        ++i;
    }
    return out;
}

QString accountAt(const AuditRecord& record, const QString& provider) {
    if (record.account.isEmpty())
        return provider.isEmpty() ? Activity::tr("something that is not named") : provider;
    if (provider.isEmpty())
        return record.account;
    return Activity::tr("%1 (%2)", "provider (account)").arg(provider, record.account);
}

QString subjectOf(const AuditRecord& record) {
    if (record.kind.starts_with("program."))
        return record.why;
    for (const QString& text : {record.tool, record.detail, record.client, record.why}) {
        if (!text.isEmpty())
            return text;
    }
    return QStringLiteral("\u2013");
}

struct Reason {
    const char* name;
    const char* words;
};
constexpr std::array reasons{
    Reason{"consent_denied", QT_TRANSLATE_NOOP("Activity", "You said no.")},
    Reason{"consent_required", QT_TRANSLATE_NOOP("Activity", "Nobody has allowed it yet.")},
    Reason{"consent_unavailable", QT_TRANSLATE_NOOP("Activity", "There was nobody to ask.")},
    Reason{"insufficient_scope",
           QT_TRANSLATE_NOOP("Activity", "The session does not have the scopes that were asked for.")},
    Reason{"sign_in_again", QT_TRANSLATE_NOOP("Activity", "Somebody has to sign in again.")},
    Reason{"authorization_required", QT_TRANSLATE_NOOP("Activity", "Nobody is signed in.")},
    Reason{"authorization_pending", QT_TRANSLATE_NOOP("Activity", "A sign-in was not finished yet.")},
    Reason{"provider_unavailable", QT_TRANSLATE_NOOP("Activity", "The provider did not answer.")},
    Reason{"provider_error", QT_TRANSLATE_NOOP("Activity", "The provider refused it.")},
    Reason{"rate_limited", QT_TRANSLATE_NOOP("Activity", "It asked too often.")},
    Reason{"policy_denied", QT_TRANSLATE_NOOP("Activity", "A rule forbids it.")},
    Reason{"store_locked", QT_TRANSLATE_NOOP("Activity", "The store was locked.")},
    Reason{"store_unavailable", QT_TRANSLATE_NOOP("Activity", "The store could not be reached.")},
};

struct BadRow {
    const char* what;
    const char* words;
};
constexpr std::array badRows{
    BadRow{"edited", QT_TRANSLATE_NOOP("Activity", "Row %1 was changed.")},
    BadRow{"missing", QT_TRANSLATE_NOOP("Activity", "Row %1 is missing.")},
    BadRow{"order", QT_TRANSLATE_NOOP("Activity", "Row %1 does not follow from the one before it.")},
    BadRow{"unreadable", QT_TRANSLATE_NOOP("Activity", "Row %1 cannot be read.")},
    BadRow{"differs",
           QT_TRANSLATE_NOOP("Activity", "Row %1 is another one in its file than in the database.")},
    BadRow{"tail_cut", QT_TRANSLATE_NOOP("Activity", "Row %1 and what came after it were cut off.")},
    BadRow{"head_cut",
           QT_TRANSLATE_NOOP("Activity", "The rows before row %1 were removed, and not by the broker.")},
    BadRow{"seal", QT_TRANSLATE_NOOP(
                       "Activity",
                       "The seal does not fit at row %1: rows were made anew, or cut off at the beginning.")},
    BadRow{"rolled_back",
           QT_TRANSLATE_NOOP("Activity",
                             "The log is older than it should be: row %1 is not the one that was there.")},
    BadRow{"set_aside",
           QT_TRANSLATE_NOOP("Activity", "The rows before row %1 are in a damaged file that was set aside.")},
};

} // namespace

QString auditSentence(const AuditRecord& record, const QString& provider) {
    const auto known = std::find_if(kinds.begin(), kinds.end(),
                                    [&](const KindWords& each) { return record.kind == each.kind; });
    const QString program = record.programName().isEmpty() ? Activity::tr("A program") : record.programName();
    if (known == kinds.end())
        return Activity::tr("%1 (a kind of row that this window does not know)").arg(shown(record.kind, 60));
    return filled(Activity::tr(known->sentence), program, accountAt(record, provider), subjectOf(record));
}

AuditOutcome auditOutcome(const AuditRecord& record) {
    if (record.kind == "token.released")
        return AuditOutcome::Given;
    if (endsWithOneOf(record.kind, {".denied", ".refused", ".quarantined", ".limited", ".reused"}))
        return AuditOutcome::Refused;
    if (endsWithOneOf(record.kind,
                      {"_failed", ".truncated", ".set_aside", ".unavailable", ".raised", "tool.changed"}))
        return AuditOutcome::Failed;
    return AuditOutcome::Done;
}

QString outcomeWord(AuditOutcome outcome) {
    switch (outcome) {
    case AuditOutcome::Given:
        //: what came of a request: the program got its token
        return Activity::tr("Given");
    case AuditOutcome::Refused:
        //: what came of a request
        return Activity::tr("Refused");
    case AuditOutcome::Failed:
        //: what came of a request: something a person should look at
        return Activity::tr("Attention");
    case AuditOutcome::Done:
        //: what came of a request
        return Activity::tr("Done");
    }
    return {};
}

Symbol auditSymbol(const AuditRecord& record) {
    const AuditOutcome outcome = auditOutcome(record);
    if (outcome == AuditOutcome::Refused || outcome == AuditOutcome::Failed)
        return record.kind == "alert.raised" ? Symbol::Bell : Symbol::Warning;
    const std::string family = record.kind.substr(0, record.kind.find('.'));
    const auto known = std::find_if(families.begin(), families.end(),
                                    [&](const Family& each) { return family == each.name; });
    return known == families.end() ? Symbol::Activity : known->symbol;
}

QString auditReason(const AuditRecord& record) {
    for (const Reason& reason : reasons) {
        if (record.why == QLatin1String(reason.name))
            return Activity::tr(reason.words);
    }
    return record.why;
}

QString verifyFinding(const std::string& what, qint64 row) {
    const QString number = QString::number(row);
    for (const BadRow& bad : badRows) {
        if (what == bad.what)
            return Activity::tr(bad.words).arg(number);
    }
    return Activity::tr("Row %1 does not fit (%2).").arg(number, shown(what, 60));
}

} // namespace keybearer
