#include "broker/base/Time.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(TimeTest, Rfc3339ComesBackAsItWas) {
    for (const std::int64_t seconds : {0LL, 951'782'400LL, 1'777'628'400LL, 4'102'444'799LL})
        EXPECT_EQ(fromRfc3339(toRfc3339(fromUnixSeconds(seconds))), fromUnixSeconds(seconds));
    EXPECT_EQ(toRfc3339(fromUnixSeconds(951'782'400)), "2000-02-29T00:00:00Z");
}

TEST(TimeTest, FractionsOfASecondAreCut) {
    EXPECT_EQ(toRfc3339(WallTime(std::chrono::milliseconds(1'999))), "1970-01-01T00:00:01Z");
}

TEST(TimeTest, OtherFormsAreNotRead) {
    for (const char* text :
         {"", "2026-05-01", "2026-05-01T09:30:00", "2026-05-01T09:30:00+02:00", "2026-05-01T09:30:00.5Z",
          "2026-02-30T09:30:00Z", "2026-13-01T00:00:00Z", "2026-05-01T24:00:00Z", "2026-05-01T23:60:00Z",
          "2026-05-01 09:30:00Z", "-026-05-01T09:30:00Z", "2026-05-01T09:30:0 Z", "2026-05-01T09:30:00Zx"})
        EXPECT_FALSE(fromRfc3339(text)) << text;
}

TEST(TimeTest, HttpDateIsRead) {
    EXPECT_EQ(fromHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), fromUnixSeconds(784'111'777));
}

TEST(TimeTest, OtherHttpDatesAreNotRead) {
    for (const char* text :
         {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 CET",
          "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
          "Sun, 06 ovD 1994 08:49:37 GMT", "120"})
        EXPECT_FALSE(fromHttpDate(text)) << text;
}

} // namespace
} // namespace keybearer
