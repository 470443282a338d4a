#include "app/tray/health/HealthFacts.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Wording.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>

namespace keybearer {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(HealthFacts)
};

constexpr std::size_t longestPlace = 300;

const Json& partOf(const Json& object, const char* key) {
    static const Json none = Json::object();
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() || !found->is_object() ? none : *found;
}

QString textOf(const Json& object, const char* key, std::size_t limit = 200) {
    return shown(stringAt(object, key).value_or(""), limit);
}

QString countOf(const Json& object, const char* key) {
    return QLocale().toString(static_cast<qlonglong>(integerAt(object, key).value_or(0)));
}

int numberOf(const Json& object, const char* key) {
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    return static_cast<int>(std::clamp<std::int64_t>(integerAt(object, key).value_or(0), 0, most));
}

QString storeState(const std::string& word) {
    if (word == "ready")
        return Words::tr("ready");
    if (word == "locked")
        return Words::tr("locked");
    if (word == "unavailable")
        return Words::tr("cannot be reached");
    return Words::tr("not used yet");
}

QString storeFact(const Json& health, const Json& store) {
    const Json& brief = partOf(health, "store");
    const QString backend = textOf(brief, "backend");
    QString text = Words::tr("%1, %2", "where the sessions are kept, and whether that can be reached")
                       .arg(backend, storeState(stringAt(brief, "state").value_or("")));
    const QString moved = textOf(store, "move_unfinished");
    if (!moved.isEmpty())
        text += QStringLiteral(". ") + Words::tr("A move of all sessions is not finished: %1.").arg(moved);
    const Json& task = partOf(store, "task");
    if (!task.empty())
        text +=
            QStringLiteral(". ") +
            Words::tr("A change is under way: %1 of %2.").arg(countOf(task, "done"), countOf(task, "total"));
    if (booleanAt(store, "rekey_unfinished").value_or(false))
        text += QStringLiteral(". ") + Words::tr("Its new key is not everywhere yet.");
    if (integerAt(store, "quarantined").value_or(0) > 0)
        text +=
            QStringLiteral(". ") + Words::tr("%n damaged record(s) are kept aside.", nullptr,
                                             static_cast<int>(integerAt(store, "quarantined").value_or(0)));
    return text;
}

QString gatewayFact(const Json& gateway) {
    if (booleanAt(gateway, "open").value_or(false))
        return Words::tr("open at %1").arg(textOf(gateway, "address"));
    return booleanAt(gateway, "running").value_or(false)
               ? Words::tr("running, closed to addresses")
               : Words::tr("not running; it starts when it is used");
}

QString modeFact(const std::string& mode) {
    if (mode == "trusting")
        return Words::tr("every program gets what it asks for");
    if (mode == "locked")
        return Words::tr("only what was allowed before");
    return Words::tr("you are asked about every new program");
}

} // namespace

std::vector<HealthFact> healthFacts(const Json& health, const Json& store, const QDateTime& now) {
    std::vector<HealthFact> facts;
    if (!health.is_object() || health.empty())
        return facts;
    const QDateTime started = QDateTime::fromString(
        QString::fromStdString(stringAt(health, "started_at").value_or("")), Qt::ISODate);
    facts.emplace_back(Words::tr("Broker"), Words::tr("version %1, process %2, started %3")
                                                .arg(textOf(health, "version"),
                                                     QString::number(integerAt(health, "pid").value_or(0)),
                                                     agoWords(started, now)));
    facts.emplace_back(Words::tr("Store"), storeFact(health, store));
    facts.emplace_back(Words::tr("Access"), modeFact(stringAt(health, "access_mode").value_or("")));
    facts.emplace_back(Words::tr("Gateway"), gatewayFact(partOf(health, "gateway")));
    const Json& counters = partOf(health, "counters");
    facts.emplace_back(Words::tr("Tokens since the start"),
                       Words::tr("%1 given, %2 refused", "tokens")
                           .arg(countOf(counters, "tokens_released"), countOf(counters, "tokens_refused")));
    facts.emplace_back(
        Words::tr("Trouble since the start"),
        Words::tr("%1, %2", "two kinds of trouble, each with its number")
            .arg(Words::tr("%Ln renewal(s) failed", nullptr, numberOf(counters, "refreshes_failed")),
                 Words::tr("%Ln alert(s)", nullptr, numberOf(counters, "alerts"))));
    facts.emplace_back(Words::tr("Rows of the log"), countOf(partOf(health, "audit"), "rows"));
    facts.emplace_back(Words::tr("Open connections"), countOf(health, "connections"));
    facts.emplace_back(Words::tr("Configuration"), textOf(health, "config", longestPlace));
    facts.emplace_back(Words::tr("Socket"), textOf(health, "socket", longestPlace));
    facts.erase(std::remove_if(facts.begin(), facts.end(),
                               [](const HealthFact& fact) { return fact.second.isEmpty(); }),
                facts.end());
    return facts;
}

std::vector<HealthFact> providerFacts(const std::vector<SessionRecord>& sessions) {
    struct Tally {
        int all = 0;
        int bad = 0;
        QString problem;
    };
    std::map<std::string, Tally> tallies;
    for (const SessionRecord& session : sessions) {
        Tally& tally = tallies[session.provider];
        ++tally.all;
        if (session.state == SessionState::NeedsSignIn || session.state == SessionState::Quarantined ||
            !session.problem.isEmpty()) {
            ++tally.bad;
            tally.problem = session.problem.isEmpty() ? stateWord(session.state) : session.problem;
        }
    }
    std::vector<HealthFact> facts;
    for (const auto& [provider, tally] : tallies) {
        QString text = Words::tr("%n session(s)", nullptr, tally.all);
        if (tally.bad > 0)
            text = Words::tr("%1, %2 with trouble: %3", "sessions, how many of them, the problem of one")
                       .arg(text, QString::number(tally.bad), tally.problem);
        facts.emplace_back(shown(provider, 64), text);
    }
    return facts;
}

} // namespace keybearer
