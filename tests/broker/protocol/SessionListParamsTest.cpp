#include "broker/protocol/SessionListParams.h"

#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

TEST(SessionListParamsTest, WithoutAnythingAllAreMeant) {
    const auto params = SessionListParams::from(Json::object());
    ASSERT_TRUE(params.has_value());
    EXPECT_EQ(params->limit, 0);
    EXPECT_FALSE(params->after);
    EXPECT_EQ(params->toJson(), Json::object());
}

TEST(SessionListParamsTest, APageHasABeginningAndALength) {
    const Json wire{{"after", "s_1"}, {"limit", 500}};
    const auto params = SessionListParams::from(wire);
    ASSERT_TRUE(params.has_value());
    EXPECT_EQ(params->toJson(), wire);
}

TEST(SessionListParamsTest, LengthsThatMakeNoSenseAreRefused) {
    for (const Json& limit : {Json(0), Json(-1), Json(1001), Json("500"), Json(1.5)})
        EXPECT_FALSE(SessionListParams::from(Json{{"limit", limit}}).has_value()) << limit;
    EXPECT_FALSE(SessionListParams::from(Json{{"after", ""}}).has_value());
    EXPECT_FALSE(SessionListParams::from(Json{{"befor", "x"}}).has_value());
}

} // namespace
} // namespace keybearer::test
