#include "app/cli/AuditRows.h"

#include "app/cli/SignalPipe.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <charconv>
#include <ctime>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::int64_t rowsOfAPage = 500;
constexpr std::int64_t longestSpan = 100'000; // a typing mistake beyond that
constexpr std::chrono::milliseconds followPause{500};

// "2027-01-31", "2027-01-31 09:30" and "2027-01-31 09:30:00" by the clock of whoever reads, as list shows it.
std::optional<WallTime> localMoment(const std::string& text) {
    for (const char* form : {"%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"}) {
        std::tm parts{};
        parts.tm_isdst = -1; // the zone's rules tell
        const char* end = ::strptime(text.c_str(), form, &parts);
        if (end == nullptr || *end != '\0')
            continue;
        if (const std::time_t seconds = std::mktime(&parts); seconds != -1)
            return fromUnixSeconds(seconds);
    }
    return std::nullopt;
}

std::int64_t secondsOf(char unit) {
    switch (unit) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    case 'd':
        return 86400;
    case 'w':
        return std::int64_t{7} * 86400;
    default:
        return 0;
    }
}

// token.released -> "token.get" and "success": what was wanted, and what came of it.
std::string actionOf(const std::string& kind) {
    return kind.starts_with("token.") ? "token.get" : kind;
}

std::string resultOf(std::string_view kind) {
    for (const char* word : {"denied", "refused", "quarantined", "limited"}) {
        if (kind.ends_with(word))
            return "denied";
    }
    for (const char* word : {"failed", "truncated", "set_aside", "lost"}) {
        if (kind.ends_with(word))
            return "failure";
    }
    return "success";
}

Json textOrNull(const Json& row, const char* key) {
    const std::optional<std::string> text = stringAt(row, key);
    return text && !text->empty() ? Json(*text) : Json();
}

bool isPipe(int descriptor) {
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

// Rows hold the ids of registered clients, as a name can be another client's later; people know the names. Of
// a client that was removed only the id is known.
std::string idOfClient(Invocation& invocation, const std::string& said) {
    const Result<Json> list = invocation.ask("client.list", Json::object());
    if (!list)
        return said;
    for (const Json& client : arrayAt(*list, "clients")) {
        if (textAt(client, "name") == said)
            return textAt(client, "client_id", said);
    }
    return said;
}

} // namespace

Result<WallTime> momentFrom(const std::string& text, WallTime now, const char* option) {
    if (const auto time = fromRfc3339(text))
        return *time;
    if (const auto time = localMoment(text))
        return *time;
    std::int64_t count = 0;
    const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool oneUnit = rest + 1 == text.data() + text.size();
    if (problem == std::errc() && oneUnit && count > 0 && count <= longestSpan && secondsOf(*rest) > 0)
        return now - std::chrono::seconds(count * secondsOf(*rest));
    return failure(ErrorCode::InvalidParams,
                   std::string(option) + " does not take \"" + displaySafe(text, 40) + "\"",
                   "Give a span like 30m, 12h or 7d, a date like 2027-01-31, or a time like "
                   "\"2027-01-31 09:30\" or 2027-01-31T09:30:00Z.");
}

Result<AuditQueryParams> auditWish(Invocation& invocation) {
    AuditQueryParams wish;
    const Arguments& arguments = invocation.arguments();
    for (auto& [option, member] : {std::pair{"--since", &wish.since}, std::pair{"--until", &wish.until}}) {
        const auto text = arguments.value(option);
        if (!text)
            continue;
        const Result<WallTime> moment = momentFrom(*text, invocation.now(), option);
        if (!moment)
            return tl::unexpected(moment.error());
        *member = *moment;
    }
    wish.caller = arguments.value("--caller");
    wish.kind = arguments.value("--kind");
    wish.provider = arguments.value("--provider");
    wish.account = arguments.value("--account");
    wish.sessionId = arguments.value("--session");
    if (const auto client = arguments.value("--client"))
        wish.client = idOfClient(invocation, *client);
    wish.tool = arguments.value("--tool");
    return wish;
}

Json exportedRow(const Json& row) {
    const std::string kind = stringAt(row, "kind").value_or("");
    const std::int64_t latency = integerAt(row, "latency_us").value_or(0);
    std::string reason = stringAt(row, "why").value_or("");
    if (const auto detail = stringAt(row, "detail"); detail && !detail->empty())
        reason = reason.empty() ? *detail : reason + ": " + *detail;
    return Json{{"timestamp", textOrNull(row, "at")},
                {"event_type", kind},
                {"caller", textOrNull(row, "caller")},
                {"client_id", textOrNull(row, "client")},
                {"provider", textOrNull(row, "provider")},
                {"account", textOrNull(row, "account")},
                {"tool", textOrNull(row, "tool")},
                {"action", actionOf(kind)},
                {"result", resultOf(kind)},
                {"reason", reason.empty() ? Json() : Json(reason)},
                {"latency", latency == 0 ? Json() : Json(static_cast<double>(latency) / 1e6)},
                {"sequence", integerAt(row, "seq").value_or(0)},
                {"pid", integerAt(row, "pid").value_or(0)},
                {"session_id", textOrNull(row, "session_id")},
                {"scopes", splitWords(stringAt(row, "scopes").value_or(""))},
                {"token_fingerprint", textOrNull(row, "token")},
                {"caller_class", textOrNull(row, "caller_class")},
                {"hash", textOrNull(row, "hash")}};
}

Result<void> eachRow(Invocation& invocation, AuditQueryParams wish,
                     const std::function<bool(const Json& row)>& visit) {
    wish.limit = rowsOfAPage;
    wish.afterSequence = wish.afterSequence.value_or(0);
    for (bool more = true; more;) {
        const Result<Json> page = invocation.ask("audit.query", wish.toJson());
        if (!page)
            return tl::unexpected(page.error());
        for (const Json& row : arrayAt(*page, "rows")) {
            if (!visit(row))
                return {};
        }
        wish.afterSequence = integerAt(*page, "next_sequence").value_or(*wish.afterSequence);
        more = booleanAt(*page, "more").value_or(false);
    }
    return {};
}

Result<int> followRows(Invocation& invocation, AuditQueryParams wish,
                       const std::function<void(const Json& row)>& show) {
    const Result<LineClient*> client = invocation.broker();
    if (!client)
        return tl::unexpected(client.error());
    const SignalPipe signals;
    std::vector<int> watched{signals.descriptor()};
    if (isPipe(STDOUT_FILENO))
        watched.push_back(STDOUT_FILENO); // nothing to read there, but it tells when the reader has gone
    wish.limit = rowsOfAPage;
    while (!invocation.output().answerFailed()) {
        const Result<Json> page = (*client)->call("audit.query", wish.toJson(), invocation.timeout());
        if (!page)
            return tl::unexpected(page.error());
        for (const Json& row : arrayAt(*page, "rows"))
            show(row);
        wish.afterSequence = integerAt(*page, "next_sequence").value_or(*wish.afterSequence);
        if (booleanAt(*page, "more").value_or(false))
            continue;
        const Result<Arrival> arrival = (*client)->next(followPause, watched);
        if (!arrival)
            return tl::unexpected(arrival.error());
        if (arrival->kind == Arrival::Kind::Watched)
            break;
    }
    return 0;
}

} // namespace keybearer
