#include "broker/http/HttpTransport.h"

#include <gtest/gtest.h>

using namespace keybearer;
using std::chrono::seconds;

namespace {

HttpResponse withRetryAfter(std::string value) {
    HttpResponse response;
    response.headers = {{"Date", "x"}, {"retry-AFTER", std::move(value)}};
    return response;
}

const WallTime now = *fromRfc3339("2026-05-01T09:30:00Z");

} // namespace

TEST(HttpResponse, HeaderNamesIgnoreCaseAndTheFirstOneCounts) {
    HttpResponse response;
    response.headers = {{"Content-Type", "a"}, {"content-type", "b"}};
    EXPECT_EQ(response.header("CONTENT-TYPE"), "a");
    EXPECT_EQ(response.header("Content-Typ"), "");
}

TEST(HttpResponse, RetryAfterTakesSecondsAndIsBounded) {
    EXPECT_EQ(withRetryAfter("17").retryAfter(now, seconds(60)), seconds(17));
    EXPECT_EQ(withRetryAfter("0").retryAfter(now, seconds(60)), seconds(0));
    EXPECT_EQ(withRetryAfter("61").retryAfter(now, seconds(60)), seconds(60));
    EXPECT_EQ(withRetryAfter("99999999999999999999999").retryAfter(now, seconds(60)), seconds(60));
}

TEST(HttpResponse, RetryAfterTakesADateAndIsBounded) {
    EXPECT_EQ(withRetryAfter("Fri, 01 May 2026 09:30:40 GMT").retryAfter(now, seconds(60)), seconds(40));
    EXPECT_EQ(withRetryAfter("Fri, 01 May 2026 09:00:00 GMT").retryAfter(now, seconds(60)), seconds(0));
    EXPECT_EQ(withRetryAfter("Fri, 01 May 2099 09:00:00 GMT").retryAfter(now, seconds(60)), seconds(60));
}

TEST(HttpResponse, RetryAfterThatMakesNoSenseIsAbsent) {
    for (const char* value : {"", "soon", "-1", "1.5", "12 ", "tomorrow, GMT"})
        EXPECT_EQ(withRetryAfter(value).retryAfter(now, seconds(60)), std::nullopt) << value;
}
