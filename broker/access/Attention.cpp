#include "broker/access/Attention.h"

#include <algorithm>
#include <string>
#include <vector>

namespace keybearer {

namespace {

// A person who said no to nine programs, or was left alone by thirty, has better things to do.
constexpr Denials::Patience crowdPatience{9, 30};

// Under which names a program's share of a person's attention is counted.
struct Tally {
    std::string name;
    Denials::Patience patience;
};

// By itself; by its content, so that a copy elsewhere is no other program; and together with all others that
// anybody can make as many of as they like, in ways that no two have the same content.
std::vector<Tally> talliesOf(const Evidence& evidence) {
    std::vector<Tally> out{{programKey(evidence), {}}};
    if (!evidence.client.empty()) { // anybody can register as many as they like
        out.push_back({"any client's", crowdPatience});
        return out;
    }
    const bool script = evidence.identity == IdentityClass::Script;
    const bool makeable = script || (evidence.identity == IdentityClass::Unknown && !evidence.systemOwned);
    if (!makeable || !evidence.startedBy.empty() || !evidence.sandbox.empty())
        return out;
    const std::string& content = script ? evidence.scriptHash : evidence.executableHash;
    if (!content.empty())
        out.push_back({(script ? "script:" : "program:") + content, {}});
    out.push_back({"anybody's", crowdPatience});
    return out;
}

} // namespace

std::optional<std::chrono::seconds> Attention::denied(const Evidence& program) {
    std::optional<std::chrono::seconds> length;
    for (const Tally& tally : talliesOf(program)) {
        if (denials_.deny(tally.name, tally.patience))
            length = std::max(length, denials_.quarantine(tally.name));
    }
    return length;
}

void Attention::abandoned(const Evidence& program) {
    for (const Tally& tally : talliesOf(program))
        denials_.abandon(tally.name);
}

Attention::Wait Attention::waitOf(const Evidence& program) const {
    Wait wait;
    for (const Tally& tally : talliesOf(program)) {
        wait.quarantine = std::max(wait.quarantine, denials_.quarantine(tally.name));
        wait.pause = std::max(wait.pause, denials_.pause(tally.name, tally.patience));
    }
    return wait;
}

} // namespace keybearer
