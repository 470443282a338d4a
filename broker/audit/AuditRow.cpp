#include "broker/audit/AuditRow.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>
#include <charconv>
#include <sodium.h>

namespace keybearer {

namespace {

// In code points. A path is cut at what Linux allows in practice; scopes are the longest field that providers
// send.
constexpr std::size_t kindLimit = 64;
constexpr std::size_t callerLimit = 1024;
constexpr std::size_t nameLimit = 320;
constexpr std::size_t scopesLimit = 2000;
constexpr std::size_t whyLimit = 500;

constexpr std::size_t timeLength = 20; // 2026-05-01T09:30:00Z
constexpr std::size_t hashLength = 64;
constexpr std::string_view sequenceKey = "{\"seq\":";
constexpr std::size_t hashMemberLength = std::string_view(",\"hash\":\"\"}").size() + hashLength;

struct Field {
    std::string_view key; // with its punctuation
    std::string AuditEvent::*value;
    std::size_t limit;
};
constexpr Field kindField{",\"kind\":\"", &AuditEvent::kind, kindLimit};
constexpr Field callerField{",\"caller\":\"", &AuditEvent::caller, callerLimit};
constexpr std::string_view latencyKey = ",\"latency_us\":";
constexpr std::string_view pidKey = ",\"pid\":";
constexpr Field laterFields[] = {
    {",\"provider\":\"", &AuditEvent::provider, nameLimit},
    {",\"account\":\"", &AuditEvent::account, nameLimit},
    {",\"session_id\":\"", &AuditEvent::sessionId, nameLimit},
    {",\"scopes\":\"", &AuditEvent::scopes, scopesLimit},
    {",\"why\":\"", &AuditEvent::why, whyLimit},
    {",\"token\":\"", &AuditEvent::token, nameLimit},
    {",\"caller_class\":\"", &AuditEvent::callerClass, kindLimit},
    {",\"client\":\"", &AuditEvent::client, nameLimit},
    {",\"tool\":\"", &AuditEvent::tool, nameLimit},
    {",\"detail\":\"", &AuditEvent::detail, whyLimit},
};

void put(std::string& out, const Field& field, const AuditEvent& event) {
    const std::string& value = event.*field.value;
    if (value.empty())
        return;
    out += field.key;
    for (const char c : value) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    out += '"';
}

// Takes a line apart from left to right; the first thing that does not fit spoils it.
class LineReader {
public:
    explicit LineReader(std::string_view line) : rest_(line) {}

    [[nodiscard]] bool fits() const { return fits_; }
    [[nodiscard]] bool whole() const { return fits_ && rest_.empty(); }

    bool skip(std::string_view text) {
        if (!rest_.starts_with(text))
            return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    void expect(std::string_view text) { fits_ = skip(text) && fits_; }

    // No sign, no leading zero.
    std::int64_t number() {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        fits_ = fits_ && error == std::errc() && value > 0 && rest_.front() != '0';
        if (fits_)
            rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }

    std::string text() {
        std::string value;
        std::size_t at = 0;
        bool ascii = true;
        for (; at < rest_.size() && rest_[at] != '"'; ++at) {
            const bool escaped = rest_[at] == '\\';
            at += escaped ? 1 : 0;
            const bool escapable = at < rest_.size() && (rest_[at] == '"' || rest_[at] == '\\');
            if (at == rest_.size() || escaped != escapable || static_cast<unsigned char>(rest_[at]) < 0x20) {
                fits_ = false;
                return {};
            }
            ascii = ascii && static_cast<unsigned char>(rest_[at]) < 0x80;
            value += rest_[at];
        }
        rest_.remove_prefix(at);
        expect("\"");
        fits_ = fits_ && !value.empty() && (ascii || isValidUtf8(value));
        return value;
    }

    AuditHash hash() {
        AuditHash bytes{};
        std::size_t read = 0;
        const std::string_view text = rest_.substr(0, hashLength);
        const bool lower = text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
        fits_ = fits_ && lower && text.size() == hashLength &&
                sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &read,
                               nullptr) == 0;
        rest_.remove_prefix(text.size());
        return bytes;
    }

private:
    std::string_view rest_;
    bool fits_ = true;
};

} // namespace

AuditEvent safeEvent(const AuditEvent& event) {
    AuditEvent safe = event;
    safe.kind = displaySafe(event.kind, kindField.limit);
    safe.caller = displaySafe(event.caller, callerField.limit);
    for (const Field& field : laterFields)
        safe.*field.value = displaySafe(event.*field.value, field.limit);
    if (safe.kind.empty())
        safe.kind = "unnamed"; // every row has a kind
    safe.pid = std::max<std::int64_t>(safe.pid, 0);
    safe.latencyMicroseconds = std::max<std::int64_t>(safe.latencyMicroseconds, 0);
    return safe;
}

std::string auditBody(const AuditEvent& event) {
    std::string body;
    put(body, kindField, event);
    put(body, callerField, event);
    if (event.pid != 0)
        body.append(pidKey).append(std::to_string(event.pid));
    for (const Field& field : laterFields)
        put(body, field, event);
    if (event.latencyMicroseconds != 0)
        body.append(latencyKey).append(std::to_string(event.latencyMicroseconds));
    return body;
}

std::optional<AuditLine> parseAuditLine(std::string_view line) {
    if (line.size() > longestAuditLine)
        return std::nullopt;
    LineReader reader(line);
    AuditLine row;
    reader.expect(sequenceKey);
    row.sequence = reader.number();
    reader.expect(",\"at\":\"");
    row.at = reader.text();
    reader.expect(kindField.key);
    row.event.kind = reader.text();
    if (reader.skip(callerField.key))
        row.event.caller = reader.text();
    if (reader.skip(pidKey))
        row.event.pid = reader.number();
    for (const Field& field : laterFields) {
        if (reader.skip(field.key))
            row.event.*field.value = reader.text();
    }
    if (reader.skip(latencyKey))
        row.event.latencyMicroseconds = reader.number();
    reader.expect(",\"prev\":\"");
    row.prev = reader.hash();
    reader.expect("\",\"hash\":\"");
    row.hash = reader.hash();
    reader.expect("\"}");
    if (!reader.whole() || row.at.size() != timeLength || !fromRfc3339(row.at))
        return std::nullopt;
    return row;
}

std::int64_t sequenceOf(std::string_view line) {
    LineReader reader(line);
    reader.expect(sequenceKey);
    const std::int64_t sequence = reader.number();
    return reader.fits() ? sequence : 0;
}

AuditHash hashOfLine(std::string_view line) {
    const std::string_view covered = line.substr(0, line.size() - std::min(line.size(), hashMemberLength));
    AuditHash hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(covered.data()),
                       covered.size(), nullptr, 0);
    return hash;
}

} // namespace keybearer
