#include "broker/audit/AuditSummary.h"

#include "broker/audit/AuditReader.h"
#include "broker/base/Time.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace keybearer {

namespace {

constexpr std::size_t mostNames = 2000;         // beyond, only the total counts: names may be made up
constexpr std::size_t mostDays = 400;           // the newest
constexpr std::int64_t rowsBetweenLooks = 1024; // at the clock
constexpr std::size_t timeLength = 20;          // 2026-05-01T09:30:00Z
constexpr std::size_t minuteLength = 16;
constexpr std::int64_t secondsOfDay = 86'400;
constexpr char apart = '\0'; // between a program and its script; rows have no such character

// What a row says of itself at its beginning, as it is spelled there.
struct Glance {
    std::string_view at, kind, caller, provider, script;
};

bool skip(std::string_view& rest, std::string_view text) {
    if (!rest.starts_with(text))
        return false;
    rest.remove_prefix(text.size());
    return true;
}

// Up to the quotation mark that ends the text.
std::optional<std::string_view> takeText(std::string_view& rest) {
    std::size_t at = 0;
    while (at < rest.size() && rest[at] != '"')
        at += rest[at] == '\\' ? 2 : 1;
    if (at >= rest.size())
        return std::nullopt;
    const std::string_view text = rest.substr(0, at);
    rest.remove_prefix(at + 1);
    return text;
}

void skipNumber(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of("0123456789"), rest.size()));
}

std::string_view scriptIn(std::string_view rest) {
    constexpr std::string_view mark = ",\"detail\":\"script: "; // no text has a bare quotation mark inside
    const std::size_t start = rest.find(mark);
    if (start == std::string_view::npos)
        return {};
    rest.remove_prefix(start + mark.size());
    const std::string_view detail = takeText(rest).value_or(std::string_view());
    return detail.substr(0, detail.find("; "));
}

// Nothing if the line is no row; whether its chain holds is the verifier's business.
std::optional<Glance> glanceAt(std::string_view line) {
    Glance row;
    if (!skip(line, "{\"seq\":"))
        return std::nullopt;
    skipNumber(line);
    if (!skip(line, ",\"at\":\"") || line.size() < timeLength)
        return std::nullopt;
    row.at = line.substr(0, timeLength);
    line.remove_prefix(timeLength);
    if (!skip(line, "\",\"kind\":\""))
        return std::nullopt;
    const auto kind = takeText(line);
    if (!kind)
        return std::nullopt;
    row.kind = *kind;
    if (skip(line, ",\"caller\":\""))
        row.caller = takeText(line).value_or(std::string_view());
    if (skip(line, ",\"pid\":"))
        skipNumber(line);
    if (skip(line, ",\"provider\":\""))
        row.provider = takeText(line).value_or(std::string_view());
    row.script = scriptIn(line);
    return row;
}

std::string spelled(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out;
}

std::string plain(std::string_view spelled) {
    std::string out;
    for (std::size_t at = 0; at < spelled.size(); ++at) {
        if (spelled[at] == '\\' && at + 1 < spelled.size())
            ++at;
        out += spelled[at];
    }
    return out;
}

bool callerFits(std::string_view wanted, std::string_view found) {
    if (wanted.empty() || wanted == found)
        return true;
    return wanted.find('/') == std::string_view::npos && found.size() > wanted.size() &&
           found.ends_with(wanted) && found[found.size() - wanted.size() - 1] == '/';
}

AuditSummary::Counts countsOf(std::string_view kind) {
    if (kind == "token.released")
        return {1, 0, 0};
    if (kind == "token.denied" || kind == "policy.denied" || kind == "rate.limited")
        return {0, 1, 0};
    return {0, 0, 1};
}

std::string dayText(std::int64_t day) {
    return toRfc3339(fromUnixSeconds(day * secondsOfDay)).substr(0, 10);
}

template <typename T>
void putBusiestFirst(std::vector<T>& list, std::size_t most) {
    const auto weight = [](const T& item) {
        return std::tuple(-item.counts.released, -item.counts.denied, -item.counts.others);
    };
    std::stable_sort(list.begin(), list.end(), [&](const T& a, const T& b) { return weight(a) < weight(b); });
    if (list.size() > most)
        list.resize(most);
}

} // namespace

AuditSummary::Counts& AuditSummary::Counts::operator+=(const Counts& more) {
    released += more.released;
    denied += more.denied;
    others += more.others;
    return *this;
}

AuditTally::AuditTally(const AuditSummaryWish& wish)
    : wish_(wish), caller_(spelled(wish.caller)), provider_(spelled(wish.provider)),
      end_(std::chrono::steady_clock::now() + wish.longest) {
    if (const std::optional<WallTime> since = fromRfc3339(wish.since))
        stop_ = toRfc3339(*since - AuditPageBounds::clockSlack);
}

bool AuditTally::offer(std::string_view line) {
    if (looked_++ % rowsBetweenLooks == 0 && std::chrono::steady_clock::now() >= end_) {
        summary_.complete = false;
        return false;
    }
    const std::optional<Glance> row = glanceAt(line);
    if (!row)
        return true; // verify() is who complains
    if (row->at < stop_)
        return false;
    summary_.countedFrom.assign(row->at);
    const bool inside = row->at >= wish_.since && (wish_.until.empty() || row->at <= wish_.until);
    if (!inside || !callerFits(caller_, row->caller) || (!provider_.empty() && row->provider != provider_))
        return true;
    const AuditSummary::Counts one = countsOf(row->kind);
    summary_.total += one;
    days_[dayOf(row->at)] += one;
    count(kinds_, row->kind, one);
    if (!row->provider.empty())
        count(providers_, row->provider, one);
    if (!row->caller.empty())
        count(programs_, std::string(row->caller).append(1, apart).append(row->script), one);
    return true;
}

void AuditTally::count(Counted& map, std::string_view name, const AuditSummary::Counts& one) {
    const auto found = map.find(name);
    if (found != map.end())
        found->second += one;
    else if (map.size() < mostNames)
        map.emplace(std::string(name), one);
}

// Neighbours have the same minute as a rule, so the calendar is asked seldom.
std::int64_t AuditTally::dayOf(std::string_view at) {
    if (at.substr(0, minuteLength) == minute_)
        return day_;
    minute_ = at.substr(0, minuteLength);
    const auto time = fromRfc3339(at);
    const std::int64_t local = time ? toUnixSeconds(*time) + std::chrono::seconds(wish_.offset).count() : 0;
    day_ = (local - (local % secondsOfDay + secondsOfDay) % secondsOfDay) / secondsOfDay;
    return day_;
}

AuditSummary AuditTally::take() {
    for (const auto& [day, counts] : days_)
        summary_.days.push_back({dayText(day), counts});
    if (summary_.days.size() > mostDays)
        summary_.days.erase(summary_.days.begin(), summary_.days.end() - mostDays);
    for (const auto& [name, counts] : programs_) {
        const std::size_t mark = name.find(apart);
        summary_.programs.push_back({plain(std::string_view(name).substr(0, mark)),
                                     plain(std::string_view(name).substr(mark + 1)), counts});
    }
    for (const auto& [name, counts] : providers_)
        summary_.providers.push_back({plain(name), counts});
    for (const auto& [name, counts] : kinds_)
        summary_.kinds.push_back({plain(name), counts});
    putBusiestFirst(summary_.programs, wish_.most);
    putBusiestFirst(summary_.providers, wish_.most);
    putBusiestFirst(summary_.kinds, mostNames);
    return std::move(summary_);
}

} // namespace keybearer
