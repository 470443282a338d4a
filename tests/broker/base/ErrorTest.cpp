#include "broker/base/Error.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(ErrorTest, WhatPassesByItselfIsTransient) {
    for (const ErrorCode code : {ErrorCode::ProviderUnavailable, ErrorCode::RateLimited,
                                 ErrorCode::StoreLocked, ErrorCode::StoreUnavailable, ErrorCode::TimedOut})
        EXPECT_TRUE(isTransient(code));
}

TEST(ErrorTest, WhatNeedsAPersonIsPermanent) {
    for (const ErrorCode code :
         {ErrorCode::SignInAgain, ErrorCode::AuthorizationRequired, ErrorCode::ProviderError,
          ErrorCode::ConsentDenied, ErrorCode::NotConfigured, ErrorCode::InvalidParams})
        EXPECT_FALSE(isTransient(code));
}

TEST(ErrorTest, DetailsAreFoundByName) {
    Error error = Error(ErrorCode::InsufficientScope, "scope missing")
                      .with("count", std::int64_t{3})
                      .retry(std::chrono::seconds(5));
    error.details.emplace_back("required", std::vector<std::string>{"repo"});
    ASSERT_NE(error.detail("required"), nullptr);
    EXPECT_EQ(std::get<std::vector<std::string>>(*error.detail("required")),
              std::vector<std::string>{"repo"});
    EXPECT_EQ(std::get<std::int64_t>(*error.detail("count")), 3);
    EXPECT_EQ(error.detail("granted"), nullptr);
    EXPECT_EQ(error.retryAfter, std::chrono::seconds(5));
}

} // namespace
} // namespace keybearer
