#include "broker/log/LastWords.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

namespace keybearer {
namespace {

// As from an event handler, where Qt catches nothing.
void goOn(void (*handler)()) noexcept {
    installLastWords();
    handler();
}

TEST(LastWords, T45_AProcessWithoutMemoryEndsInOrderAndSaysWhy) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(goOn([] { throw std::bad_alloc(); }), testing::ExitedWithCode(outOfMemoryStatus),
                "memory has run out");
    EXPECT_EXIT(goOn([] { throw std::bad_array_new_length(); }), testing::ExitedWithCode(outOfMemoryStatus),
                "memory has run out");
}

TEST(LastWords, AnyOtherExceptionIsStillADefect) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(goOn([] { throw std::logic_error("odd"); }), testing::KilledBySignal(SIGABRT), "odd");
}

} // namespace
} // namespace keybearer
