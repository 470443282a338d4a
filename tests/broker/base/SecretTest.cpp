#include "broker/base/Secret.h"

#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>

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

TEST(SecretTest, SealedSecretDoesNotHoldThePlainText) {
    const std::string planted = "planted-0123456789-planted";
    const SealedSecret sealed(Secret::copyOf(planted));
    const auto* object = reinterpret_cast<const std::string*>(&sealed); // its only member
    static_assert(sizeof(SealedSecret) == sizeof(std::string));
    EXPECT_GT(object->size(), planted.size());
    EXPECT_EQ(object->find("planted"), std::string::npos);
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
