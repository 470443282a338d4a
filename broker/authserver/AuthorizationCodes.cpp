#include "broker/authserver/AuthorizationCodes.h"

#include "broker/base/Random.h"

#include <algorithm>

namespace keybearer {

std::string AuthorizationCodes::issue(CodeTerms terms) {
    if (entries_.size() >= most)
        entries_.erase(std::min_element(entries_.begin(), entries_.end(), [](auto& a, auto& b) {
            return a.second.issuedAt < b.second.issuedAt;
        }));
    const std::string code = "kba_" + randomToken();
    entries_[sha256(code)] = {std::move(terms), clock_.boot(), {}};
    return code;
}

AuthorizationCodes::Entry* AuthorizationCodes::find(const std::string& code) {
    const auto found = entries_.find(sha256(code));
    if (found == entries_.end())
        return nullptr;
    Entry& entry = found->second;
    const BootTime age = clock_.boot() - entry.issuedAt;
    return age <= (entry.grantId.empty() ? BootTime(life) : BootTime(memory)) ? &entry : nullptr;
}

std::vector<CodeTerms> AuthorizationCodes::takeExpired() {
    std::vector<CodeTerms> out;
    for (auto place = entries_.begin(); place != entries_.end();) {
        const Entry& entry = place->second;
        const BootTime age = clock_.boot() - entry.issuedAt;
        const bool unused = entry.grantId.empty();
        if (age <= (unused ? BootTime(life) : BootTime(memory))) {
            ++place;
            continue;
        }
        if (unused)
            out.push_back(entry.terms);
        place = entries_.erase(place);
    }
    return out;
}

} // namespace keybearer
