#pragma once

#include "app/tray/look/Findings.h"
#include "app/tray/mirror/Records.h"

namespace keybearer {

// What mends a finding with one click.
struct Remedy {
    enum class Kind {
        None,
        Unlock,     // the store
        SignIn,     // at `what`, a provider
        Start,      // the broker
        OpenConfig, // in an editor
        Close,      // a directory to others: doctor --fix `what`
        ShowPage,   // of the name `what`
    };
    Kind kind = Kind::None;
    std::string what;
};

// By the name of the finding; `sessions` tell which provider a message is about.
[[nodiscard]] Remedy remedyFor(const FindingRecord& finding, const std::vector<SessionRecord>& sessions,
                               const std::vector<ProviderRecord>& providers);
// As on a button: "Unlock"; empty for None.
[[nodiscard]] QString remedyWords(const Remedy& remedy);

// What doctor found out by itself, and what the broker says now in the place of what it said then.
[[nodiscard]] std::vector<FindingRecord> mergedFindings(const std::vector<FindingRecord>& doctor,
                                                        const std::vector<FindingRecord>& broker,
                                                        bool online);

} // namespace keybearer
