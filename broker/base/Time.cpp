#include "broker/base/Time.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace keybearer {

namespace {

bool digits(std::string_view text, int& out) {
    for (const char c : text) {
        if (c < '0' || c > '9')
            return false;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size();
}

std::optional<WallTime> compose(int year, int month, int day, int hour, int minute, int second) {
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    return WallTime(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

} // namespace

std::string toRfc3339(WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    std::array<char, 40> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<WallTime> fromRfc3339(std::string_view text) {
    // Only what toRfc3339() writes: UTC, whole seconds.
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (text.size() != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
        text[16] != ':' || text[19] != 'Z')
        return std::nullopt;
    if (!digits(text.substr(0, 4), year) || !digits(text.substr(5, 2), month) ||
        !digits(text.substr(8, 2), day) || !digits(text.substr(11, 2), hour) ||
        !digits(text.substr(14, 2), minute) || !digits(text.substr(17, 2), second))
        return std::nullopt;
    return compose(year, month, day, hour, minute, second);
}

std::optional<WallTime> fromHttpDate(std::string_view text) {
    // Sun, 06 Nov 1994 08:49:37 GMT
    static constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT")
        return std::nullopt;
    const std::size_t month = months.find(text.substr(8, 3));
    int year = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (month == std::string_view::npos || month % 3 != 0 || !digits(text.substr(5, 2), day) ||
        !digits(text.substr(12, 4), year) || !digits(text.substr(17, 2), hour) ||
        !digits(text.substr(20, 2), minute) || !digits(text.substr(23, 2), second))
        return std::nullopt;
    return compose(year, static_cast<int>(month / 3) + 1, day, hour, minute, second);
}

} // namespace keybearer
