#include "broker/stores/envelope/Envelope.h"

#include <gtest/gtest.h>

#include <set>

namespace keybearer {
namespace {

const EnvelopeBinding binding{"store", "commits", "s_1", "tokens", 7};

TEST(Envelope, WhatWasSealedComesBack) {
    const Secret key = Secret::random(32);
    for (const std::size_t size : {0U, 1U, 251U, 252U, 253U, 4096U, 100000U}) {
        const std::string text(size, 'x');
        const auto sealed = sealEnvelope(key, binding, Secret::copyOf(text));
        ASSERT_TRUE(sealed);
        const auto opened = openEnvelope(key, binding, *sealed);
        ASSERT_TRUE(opened) << size;
        EXPECT_EQ(opened->reveal(), text);
    }
}

TEST(Envelope, T35_EveryFlippedByteIsNoticed) {
    const Secret key = Secret::random(32);
    const std::string sealed = *sealEnvelope(key, binding, Secret::copyOf("refresh token"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string damaged = sealed;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        EXPECT_FALSE(openEnvelope(key, binding, damaged)) << "byte " << i;
    }
}

TEST(Envelope, T35_ATruncatedRecordIsNoticed) {
    const Secret key = Secret::random(32);
    const std::string sealed = *sealEnvelope(key, binding, Secret::copyOf("refresh token"));
    for (std::size_t size = 0; size < sealed.size(); ++size)
        EXPECT_FALSE(openEnvelope(key, binding, std::string_view(sealed).substr(0, size)));
}

TEST(Envelope, T35_ARecordOpensOnlyWhereItBelongs) {
    const Secret key = Secret::random(32);
    const std::string sealed = *sealEnvelope(key, binding, Secret::copyOf("refresh token"));
    std::vector<EnvelopeBinding> others(5, binding);
    others[0].storeId = "other";
    others[1].table = "other";
    others[2].recordId = "s_2";
    others[3].kind = "other";
    others[4].generation = 6;
    for (const EnvelopeBinding& other : others)
        EXPECT_FALSE(openEnvelope(key, other, sealed));
    EnvelopeBinding shifted = binding; // the same characters, cut elsewhere
    shifted.table = "commit";
    shifted.recordId = "ss_1";
    EXPECT_FALSE(openEnvelope(key, shifted, sealed));
}

TEST(Envelope, AnotherKeyDoesNotOpenIt) {
    const std::string sealed = *sealEnvelope(Secret::random(32), binding, Secret::copyOf("refresh token"));
    EXPECT_FALSE(openEnvelope(Secret::random(32), binding, sealed));
    EXPECT_FALSE(sealEnvelope(Secret::random(16), binding, Secret::copyOf("x")));
}

TEST(Envelope, ANewerVersionIsToldApartFromDamage) {
    const Secret key = Secret::random(32);
    std::string sealed = *sealEnvelope(key, binding, Secret::copyOf("refresh token"));
    sealed[0] = 2;
    EXPECT_EQ(openEnvelope(key, binding, sealed).error().code, ErrorCode::NotFound);
    sealed[0] = 0;
    EXPECT_EQ(openEnvelope(key, binding, sealed).error().code, ErrorCode::ParseError);
}

TEST(Envelope, NeitherNonceNorTextRepeatsAndTheSizeTellsLittle) {
    const Secret key = Secret::random(32);
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string sealed = *sealEnvelope(key, binding, Secret::copyOf(std::string(1 + i % 200, 'a')));
        EXPECT_EQ(sealed.size(), 1U + 12 + 256 + 16);
        EXPECT_TRUE(seen.insert(sealed.substr(1, 12)).second);
    }
}

} // namespace
} // namespace keybearer
