#include "broker/platform/LoopPost.h"

#include "tests/support/EventLoop.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

namespace keybearer {
namespace {

// Looks in which thread it ends.
struct Held {
    explicit Held(std::atomic<int>& count) : elsewhere(count) {}
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() {
        if (std::this_thread::get_id() != home)
            ++elsewhere;
    }
    std::atomic<int>& elsewhere;
    const std::thread::id home = std::this_thread::get_id();
};

TEST(LoopPostTest, IsCalledInTheThreadOfTheLoopAndEndsThere) {
    constexpr int count = 40000;
    LoopPost loop;
    std::atomic<int> elsewhere = 0;
    int called = 0;
    std::vector<std::shared_ptr<Held>> held;
    for (int i = 0; i < count; ++i)
        held.push_back(std::make_shared<Held>(elsewhere));
    const std::thread::id home = std::this_thread::get_id();
    std::thread worker([&] {
        for (std::shared_ptr<Held>& each : held) {
            loop.post([&called, home, mine = std::move(each)] {
                if (std::this_thread::get_id() == home)
                    ++called;
            });
        }
    });
    EXPECT_TRUE(spinUntil([&] { return called == count; }));
    worker.join();
    EXPECT_EQ(elsewhere, 0);
}

TEST(LoopPostTest, WhatWasNotCalledEndsWithIt) {
    std::atomic<int> elsewhere = 0;
    auto held = std::make_shared<Held>(elsewhere);
    const std::weak_ptr<Held> watched = held;
    {
        LoopPost loop;
        std::thread([&loop, mine = std::move(held)]() mutable {
            loop.post([mine = std::move(mine)] {});
        }).join();
        EXPECT_FALSE(watched.expired());
    }
    EXPECT_TRUE(watched.expired());
    EXPECT_EQ(elsewhere, 0);
}

} // namespace
} // namespace keybearer
