#include "broker/audit/AuditReader.h"

#include "broker/audit/AuditChain.h"
#include "broker/base/Time.h"

namespace keybearer {

namespace {

bool fits(const std::string& wanted, const std::string& found) {
    return wanted.empty() || wanted == found;
}

bool callerFits(const std::string& wanted, const std::string& found) {
    if (wanted.empty() || wanted == found)
        return true;
    return wanted.find('/') == std::string::npos && found.size() > wanted.size() && found.ends_with(wanted) &&
           found[found.size() - wanted.size() - 1] == '/';
}

bool kindFits(const std::string& wanted, const std::string& found) {
    return wanted.empty() || wanted == found ||
           (found.size() > wanted.size() && found.starts_with(wanted) && found[wanted.size()] == '.');
}

std::string earlier(const std::string& time) {
    const std::optional<WallTime> parsed = fromRfc3339(time);
    return parsed ? toRfc3339(*parsed - AuditPageBounds::clockSlack) : std::string();
}

} // namespace

std::unique_ptr<AuditReader> AuditLog::reader() {
    return nullptr;
}

bool AuditFilter::matchesAll() const {
    return since.empty() && until.empty() && caller.empty() && kind.empty() && provider.empty() &&
           account.empty() && sessionId.empty() && client.empty() && tool.empty();
}

bool AuditFilter::matches(const AuditLine& row) const {
    return (since.empty() || row.at >= since) && (until.empty() || row.at <= until) &&
           kindFits(kind, row.event.kind) && callerFits(caller, row.event.caller) &&
           fits(provider, row.event.provider) && fits(account, row.event.account) &&
           fits(sessionId, row.event.sessionId) && fits(client, row.event.client) &&
           fits(tool, row.event.tool);
}

AuditPageWriter::AuditPageWriter(const AuditFilter& filter) : filter_(filter) {
    page_.next = filter.after.value_or(filter.before);
    if (!filter.after && !filter.since.empty())
        stop_ = earlier(filter.since);
}

bool AuditPageWriter::offer(std::int64_t sequence, std::string_view line) {
    if (ended_ || page_.more)
        return false;
    const auto wanted = static_cast<std::size_t>(filter_.limit);
    if (page_.rows.size() >= wanted || bytes_ >= AuditPageBounds::mostBytes ||
        looked_ >= AuditPageBounds::mostLooked) {
        page_.more = true;
        return false;
    }
    ++looked_;
    page_.next = sequence;
    auto row = parseAuditLine(line);
    if (!row)
        return true; // verify() is who complains
    if (!stop_.empty() && row->at < stop_) {
        ended_ = true;
        return false;
    }
    if (!filter_.matches(*row))
        return true;
    bytes_ += line.size();
    page_.rows.push_back({row->sequence, std::move(row->at), std::move(row->event), hexOf(row->hash)});
    return true;
}

} // namespace keybearer
