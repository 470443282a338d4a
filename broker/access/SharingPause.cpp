#include "broker/access/SharingPause.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>
#include <charconv>

namespace keybearer {

namespace {

constexpr const char* keptAs = "sharing_pause";
constexpr const char* withoutEnd = "until_resumed";

// "2026-05-01T09:30:00Z 900": its end, and how long it was to be, which bounds it when the wall clock has
// jumped meanwhile.
std::string textOf(WallTime end, std::chrono::seconds length) {
    return toRfc3339(end) + " " + std::to_string(length.count());
}

// How much of it is left; nothing: until somebody ends it.
std::optional<std::chrono::milliseconds> leftOf(const std::string& text, WallTime now) {
    const std::size_t space = text.find(' ');
    if (space == std::string::npos)
        return std::nullopt;
    const std::optional<WallTime> end = fromRfc3339(std::string_view(text).substr(0, space));
    std::int64_t seconds = 0;
    const char* last = text.data() + text.size();
    const auto [rest, problem] = std::from_chars(text.data() + space + 1, last, seconds);
    if (!end || problem != std::errc() || rest != last || seconds <= 0 ||
        seconds > SharingPause::longest.count())
        return std::nullopt;
    return std::clamp<std::chrono::milliseconds>(*end - now, std::chrono::milliseconds(0),
                                                 std::chrono::seconds(seconds));
}

} // namespace

SharingPause::SharingPause(Memory memory, const Clock& clock)
    : memory_(std::move(memory)), clock_(clock), timer_(BootTimer::create([this] { onDue(); })) {}

void SharingPause::load() {
    const Result<std::string> text = memory_.recall(keptAs);
    if (text && text->empty())
        return;
    const auto left = text ? leftOf(*text, clock_.wall()) : std::nullopt;
    if (left && *left == std::chrono::milliseconds(0)) {
        static_cast<void>(keep({}).has_value()); // over for good; kept, it would be over the next time too
        return;
    }
    begin(left);
}

Result<void> SharingPause::pause(std::optional<std::chrono::seconds> length) {
    begin(length ? std::optional<std::chrono::milliseconds>(*length) : std::nullopt);
    return keep(length ? textOf(clock_.wall() + *length, *length) : std::string(withoutEnd));
}

Result<void> SharingPause::resume() {
    stop();
    return keep({});
}

std::optional<WallTime> SharingPause::until() const {
    if (!end_)
        return std::nullopt;
    return clock_.wall() + std::chrono::ceil<std::chrono::seconds>(*end_ - clock_.boot());
}

std::optional<Error> SharingPause::refusal() const {
    if (!paused_)
        return std::nullopt;
    const std::optional<WallTime> end = until();
    Error error = Error(ErrorCode::PolicyDenied,
                        end ? "sharing is paused until " + toRfc3339(*end) : "sharing is paused",
                        "Wait, or resume it in the tray or with: keybearer resume")
                      .with("reason", std::string("sharing_paused"));
    if (end_)
        error.retryAfter =
            std::max(std::chrono::ceil<std::chrono::seconds>(*end_ - clock_.boot()), std::chrono::seconds(1));
    return error;
}

void SharingPause::begin(std::optional<std::chrono::milliseconds> length) {
    paused_ = true;
    end_.reset();
    timer_->stop();
    if (length) {
        end_ = clock_.boot() + *length;
        timer_->start(*length);
    }
    Q_EMIT changed();
}

void SharingPause::stop() {
    if (!paused_)
        return;
    paused_ = false;
    end_.reset();
    timer_->stop();
    Q_EMIT changed();
}

void SharingPause::onDue() {
    if (!end_)
        return;
    // A timer may be a little early.
    if (const BootTime left = *end_ - clock_.boot(); left > BootTime(0))
        return timer_->start(std::chrono::ceil<std::chrono::milliseconds>(left));
    static_cast<void>(resume().has_value()); // its end was written down with it
    Q_EMIT ended();
}

Result<void> SharingPause::keep(const std::string& text) {
    if (Result<void> kept = memory_.remember(keptAs, text); !kept)
        return failure(
            ErrorCode::StoreUnavailable,
            std::string("this is in force, but could not be written down: ").append(kept.error().message),
            "Make room on the disk and do it again; a restart of the broker would undo it.");
    return {};
}

} // namespace keybearer
