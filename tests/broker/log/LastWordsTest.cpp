#include "broker/log/LastWords.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <system_error>

namespace keybearer {
namespace {

// As from an event handler, where Qt catches nothing.
void goOn(void (*handler)()) noexcept {
    installLastWords();
    installLastWords(); // as main() and the log do
    handler();
}

TEST(LastWords, T45_AProcessWithoutMemoryEndsInOrderAndSaysWhy) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(goOn([] { throw std::bad_alloc(); }), testing::ExitedWithCode(outOfResourcesStatus),
                "memory has run out");
    EXPECT_EXIT(goOn([] { throw std::bad_array_new_length(); }),
                testing::ExitedWithCode(outOfResourcesStatus), "memory has run out");
}

TEST(LastWords, T45_AProcessWithoutThreadsEndsInOrderAndSaysWhy) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(goOn([] {
                    throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
                }),
                testing::ExitedWithCode(outOfResourcesStatus), "no thread");
    EXPECT_EXIT(
        goOn([] { throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory)); }),
        testing::KilledBySignal(SIGABRT), "No such file");
}

TEST(LastWords, AnyOtherExceptionIsStillADefect) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(goOn([] { throw std::logic_error("odd"); }), testing::KilledBySignal(SIGABRT), "odd");
}

} // namespace
} // namespace keybearer
