#include "broker/gatekeeper/Tickets.h"

#include "broker/base/Random.h"

namespace keybearer {

namespace {
constexpr std::size_t ticketBytes = 32;
}

Result<std::string> Tickets::issue(Admitted admitted) {
    forgetOld();
    if (entries_.size() >= most)
        return failure(Error(ErrorCode::RateLimited, "too many connections to the gateway wait at once",
                             "Try again in a minute.")
                           .retry(life));
    std::string ticket = randomToken(ticketBytes);
    entries_[sha256(ticket)] = {std::move(admitted), clock_.boot() + life};
    return ticket;
}

Result<Tickets::Admitted> Tickets::redeem(const std::string& ticket) {
    forgetOld();
    const auto entry = entries_.find(sha256(ticket));
    if (entry == entries_.end())
        return failure(Error(ErrorCode::InvalidRequest, "the ticket is not good any more",
                             "Ask for another one with mcp.open.")
                           .with("transient", true));
    Admitted admitted = std::move(entry->second.admitted);
    entries_.erase(entry);
    return admitted;
}

std::size_t Tickets::open() {
    forgetOld();
    return entries_.size();
}

void Tickets::forgetOld() {
    std::erase_if(entries_, [now = clock_.boot()](const auto& entry) { return entry.second.until <= now; });
}

} // namespace keybearer
