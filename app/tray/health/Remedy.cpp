#include "app/tray/health/Remedy.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace keybearer {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Remedy)
};

struct Known {
    const char* name;
    Remedy::Kind kind;
    const char* what;
};
constexpr std::array known{
    Known{"store_locked", Remedy::Kind::Unlock, ""},
    Known{"config", Remedy::Kind::OpenConfig, ""},
    Known{"access_trusting", Remedy::Kind::OpenConfig, ""},
    Known{"sandbox_off", Remedy::Kind::OpenConfig, ""},
    Known{"socket_directory", Remedy::Kind::Close, "socket_directory"},
    Known{"state_directory", Remedy::Kind::Close, "state_directory"},
    Known{"audit_unavailable", Remedy::Kind::ShowPage, "activity"},
    Known{"audit_waits", Remedy::Kind::ShowPage, "activity"},
    Known{"program", Remedy::Kind::ShowPage, "services"},
};

// These doctor only repeats: the broker tells them itself, and when they are over.
bool isBrokers(const std::string& name) {
    constexpr std::array prefixes{"store_", "audit_", "gateway", "sharing"};
    constexpr std::array names{"unsaved_tokens", "access_trusting", "sandbox_off",
                               "sign_in_again",  "broker",          "role"};
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const char* each) { return name.starts_with(each); }) ||
           std::any_of(names.begin(), names.end(), [&](const char* each) { return name == each; });
}

// "github - ana@example.com: ..." of the broker, "github: ..." of doctor.
std::string providerIn(const QString& message, const std::vector<SessionRecord>& sessions,
                       const std::vector<ProviderRecord>& providers) {
    const auto begins = [&](const std::string& name, const QString& end) {
        return !name.empty() && message.startsWith(shown(name) + end, Qt::CaseInsensitive);
    };
    for (const SessionRecord& session : sessions) {
        if (begins(session.provider, QStringLiteral(" - ")))
            return session.provider;
    }
    for (const ProviderRecord& provider : providers) {
        if (begins(provider.name, QStringLiteral(": ")))
            return provider.name;
    }
    return {};
}

} // namespace

Remedy remedyFor(const FindingRecord& finding, const std::vector<SessionRecord>& sessions,
                 const std::vector<ProviderRecord>& providers) {
    if (finding.level == FindingRecord::Level::Good)
        return {};
    if (finding.name == "broker")
        return {Remedy::Kind::Start, {}};
    // Nothing is closed that somebody else has, or that is no directory.
    const bool isOpenDirectory = finding.level == FindingRecord::Level::Warning;
    for (const Known& each : known) {
        if (finding.name == each.name && (each.kind != Remedy::Kind::Close || isOpenDirectory))
            return {each.kind, each.what};
    }
    if (finding.name.starts_with("gateway"))
        return {Remedy::Kind::ShowPage, "services"};
    if (const std::string provider = providerIn(finding.message, sessions, providers); !provider.empty())
        return {Remedy::Kind::SignIn, provider};
    return finding.name == "sign_in_again" ? Remedy{Remedy::Kind::ShowPage, "sessions"} : Remedy{};
}

QString remedyWords(const Remedy& remedy) {
    switch (remedy.kind) {
    case Remedy::Kind::None:
        return {};
    case Remedy::Kind::Unlock:
        return Words::tr("Unlock...");
    case Remedy::Kind::SignIn:
        return Words::tr("Sign in...");
    case Remedy::Kind::Start:
        return Words::tr("Start the broker");
    case Remedy::Kind::OpenConfig:
        return Words::tr("Open configuration");
    case Remedy::Kind::Close:
        return Words::tr("Close it to others");
    case Remedy::Kind::ShowPage:
        return Words::tr("Show");
    }
    return {};
}

std::vector<FindingRecord> mergedFindings(const std::vector<FindingRecord>& doctor,
                                          const std::vector<FindingRecord>& broker, bool online) {
    if (!online)
        return doctor;
    std::vector<FindingRecord> merged = broker;
    for (const FindingRecord& finding : doctor) {
        const bool isGoodWord = finding.name == "broker" && finding.level == FindingRecord::Level::Good;
        const bool isTold = std::find(merged.begin(), merged.end(), finding) != merged.end();
        if ((!isBrokers(finding.name) || isGoodWord || finding.name == "role") && !isTold)
            merged.push_back(finding);
    }
    std::stable_sort(merged.begin(), merged.end(),
                     [](const FindingRecord& a, const FindingRecord& b) { return a.level < b.level; });
    return merged;
}

} // namespace keybearer
