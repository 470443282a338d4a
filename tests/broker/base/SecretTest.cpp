#include "broker/base/Secret.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <ostream>
#include <sys/syscall.h>
#include <thread>
#include <type_traits>
#include <unistd.h>
#include <vector>

namespace keybearer {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};
template <typename T>
concept Comparable = requires(const T& a, const T& b) {
    a == b;
};

// What keeps a secret out of logs and out of timing: it cannot be printed, compared, copied or mixed up.
static_assert(!Printable<Secret> && !Printable<AccessToken> && !Printable<SealedSecret>);
static_assert(!Comparable<Secret> && !Comparable<AccessToken>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<AccessToken>);
static_assert(!std::is_convertible_v<Secret, std::string_view> &&
              !std::is_convertible_v<Secret, AccessToken>);
static_assert(!std::is_convertible_v<RefreshToken, AccessToken>);

TEST(SecretTest, HoldsWhatItWasGiven) {
    const Secret secret = Secret::copyOf("hunter2");
    EXPECT_EQ(secret.reveal(), "hunter2");
    EXPECT_EQ(secret.size(), 7U);
    EXPECT_EQ(secret.clone().reveal(), "hunter2");
    EXPECT_TRUE(Secret().empty());
    EXPECT_TRUE(Secret::copyOf("").empty());
}

TEST(SecretTest, TakingWipesTheSource) {
    std::string source = "a secret that is long enough to live on the heap";
    const std::size_t size = source.size();
    const char* memory = source.data();
    const Secret secret = Secret::takeFrom(source);
    EXPECT_TRUE(source.empty());
    EXPECT_EQ(std::string(memory, size), std::string(size, '\0'));
    EXPECT_EQ(secret.size(), size);
}

TEST(SecretTest, MovedFromIsEmpty) {
    Secret first = Secret::copyOf("one");
    Secret second = std::move(first);
    EXPECT_TRUE(first.empty()); // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(second.reveal(), "one");
    Secret third = Secret::copyOf("three");
    third = std::move(second);
    EXPECT_EQ(third.reveal(), "one");
}

TEST(SecretTest, EqualsComparesContentAndLength) {
    const Secret secret = Secret::copyOf("abc");
    EXPECT_TRUE(secret.equals("abc"));
    EXPECT_FALSE(secret.equals("abd"));
    EXPECT_FALSE(secret.equals("ab"));
    EXPECT_FALSE(secret.equals(""));
    EXPECT_TRUE(Secret().equals(""));
}

TEST(SecretTest, ClearedIsGone) {
    Secret secret = Secret::copyOf("abc");
    secret.clear();
    EXPECT_TRUE(secret.empty());
    secret.clear();
}

TEST(SecretTest, RandomSecretsDiffer) {
    EXPECT_EQ(Secret::random(32).size(), 32U);
    EXPECT_FALSE(Secret::random(32).equals(Secret::random(32).reveal()));
}

TEST(SecretTest, SealedSecretOpensToWhatItWas) {
    const Secret secret = Secret::copyOf("refresh-token");
    const SealedSecret sealed(secret);
    EXPECT_EQ(sealed.open().reveal(), "refresh-token");
    EXPECT_FALSE(sealed.empty());
    EXPECT_TRUE(SealedSecret().open().empty());
    EXPECT_TRUE(SealedSecret(Secret()).empty());
}

TEST(SecretTest, SealedSecretIsOpenedToTheEndOfAText) {
    const SealedSecret sealed(Secret::copyOf("an access token that is longer than a short string"));
    std::string text = "Bearer ";
    sealed.appendTo(text);
    EXPECT_EQ(text, "Bearer an access token that is longer than a short string");
    sealed.appendTo(text);
    EXPECT_TRUE(text.ends_with("short stringan access token that is longer than a short string"));
    SealedSecret().appendTo(text);
    EXPECT_TRUE(text.ends_with("short string"));
    std::string roomy;
    roomy.reserve(200);
    const char* const place = roomy.data();
    sealed.appendTo(roomy);
    EXPECT_EQ(roomy.data(), place); // no copy is left anywhere else
}

TEST(SecretTest, SealedSecretDoesNotHoldThePlainText) {
    const std::string planted = "planted-0123456789-planted";
    const SealedSecret sealed(Secret::copyOf(planted));
    const auto* object = reinterpret_cast<const std::string*>(&sealed); // its only member
    static_assert(sizeof(SealedSecret) == sizeof(std::string));
    EXPECT_GT(object->size(), planted.size());
    EXPECT_EQ(object->find("planted"), std::string::npos);
}

// This process's memory as the kernel sees it: also what its pages do not let the process itself read.
class OwnMemory {
public:
    OwnMemory() : file_(open("/proc/self/mem", O_RDONLY | O_CLOEXEC)) {
        EXPECT_EQ(pipe2(pipe_, O_CLOEXEC), 0);
    }
    ~OwnMemory() {
        close(file_);
        close(pipe_[0]);
        close(pipe_[1]);
    }
    OwnMemory(const OwnMemory&) = delete;
    OwnMemory& operator=(const OwnMemory&) = delete;
    // What lies there; empty where nothing is mapped.
    [[nodiscard]] std::string at(std::uintptr_t place, std::size_t size) const {
        std::string text(size, '?');
        const ssize_t count = pread(file_, text.data(), size, static_cast<off_t>(place));
        return count == static_cast<ssize_t>(size) ? text : std::string();
    }
    [[nodiscard]] bool readable(std::uintptr_t place) const {
        return syscall(SYS_write, pipe_[1], place, 1) == 1; // EFAULT where this process may not read
    }

private:
    int file_;
    int pipe_[2] = {-1, -1};
};

std::uintptr_t placeOf(const Secret& secret) {
    return reinterpret_cast<std::uintptr_t>(secret.reveal().data());
}

TEST(SecretTest, WhereASecretWasNothingIsLeftAndNothingCanBeRead) {
    const OwnMemory memory;
    const std::string planted = "planted-0123456789-planted";
    for (int round = 0; round < 20; ++round) {
        Secret secret = Secret::copyOf(planted);
        const std::uintptr_t place = placeOf(secret);
        EXPECT_EQ(memory.at(place, planted.size()), planted);
        EXPECT_TRUE(memory.readable(place));
        secret.clear();
        EXPECT_FALSE(memory.readable(place));
        const std::string left = memory.at(place, planted.size());
        EXPECT_TRUE(left.empty() || left == std::string(planted.size(), '\0'));
    }
}

TEST(SecretTest, BehindASecretLiesAGuardAlsoWhereItsMemoryWasAnothersBefore) {
    const OwnMemory memory;
    for (int round = 0; round < 3; ++round) {
        const Secret secret = Secret::copyOf("one of nineteen chr");
        EXPECT_TRUE(memory.readable(placeOf(secret) + secret.size() - 1));
        EXPECT_FALSE(memory.readable(placeOf(secret) + secret.size()));
    }
}

TEST(SecretTest, AFewShortSecretsLeaveTheirMemoryMappedAndNoLongOne) {
    const OwnMemory memory;
    std::vector<std::uintptr_t> places;
    std::vector<std::size_t> sizes;
    {
        std::vector<Secret> all;
        for (std::size_t size = 100; size < 9000; size += 100) {
            all.push_back(Secret::random(size));
            places.push_back(placeOf(all.back()));
            sizes.push_back(size);
        }
    }
    int mapped = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::string left = memory.at(places[i], sizes[i]);
        mapped += left.empty() ? 0 : 1;
        EXPECT_TRUE(left.empty() || sizes[i] <= 4096);
        EXPECT_EQ(left, std::string(left.size(), '\0'));
    }
    EXPECT_LE(mapped, 8);
}

// Who asks for the same few sizes again and again is given the same memory, whatever others went before.
TEST(SecretTest, SizesThatAreWantedAgainPushThoseOutThatAreNot) {
    for (std::size_t size = 301; size < 320; ++size)
        Secret::random(size).clear();
    std::vector<std::uintptr_t> first;
    for (int round = 0; round < 3; ++round) {
        std::vector<std::uintptr_t> places;
        for (const std::size_t size : {401, 402, 403})
            places.push_back(placeOf(Secret::random(size)));
        if (round == 0)
            first = places;
        EXPECT_EQ(places, first);
    }
}

TEST(SecretTest, AThreadThatEndsKeepsNothing) {
    const OwnMemory memory;
    std::uintptr_t place = 0;
    std::string during;
    std::thread([&] {
        Secret secret = Secret::copyOf("a secret of another thread, of a size of its own");
        place = placeOf(secret);
        secret.clear();
        during = memory.at(place, 1);
    }).join();
    EXPECT_EQ(during, std::string(1, '\0')); // it was kept while the thread was there
    EXPECT_EQ(memory.at(place, 1), "");
}

TEST(SecretTest, WipedStringIsEmptyAndItsMemoryOverwritten) {
    std::string text = "a secret that is long enough to live on the heap";
    const char* memory = text.data();
    const std::size_t size = text.size();
    wipe(text);
    EXPECT_TRUE(text.empty());
    EXPECT_EQ(std::string(memory, size), std::string(size, '\0'));
}

} // namespace
} // namespace keybearer
