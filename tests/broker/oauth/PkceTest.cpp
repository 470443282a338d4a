#include "broker/oauth/Pkce.h"

#include <gtest/gtest.h>
#include <set>

using namespace keybearer;

TEST(Pkce, ChallengeIsTheOneOfRfc7636AppendixB) {
    EXPECT_EQ(codeChallenge(Secret::copyOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Pkce, SEC_C_07_VerifierHas43UnreservedCharactersAndIsNewEachTime) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const Pkce pkce = makePkce();
        const std::string verifier(pkce.verifier.reveal());
        EXPECT_EQ(verifier.size(), 43U);
        EXPECT_EQ(
            verifier.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
        EXPECT_EQ(pkce.challenge, codeChallenge(pkce.verifier));
        EXPECT_TRUE(seen.insert(verifier).second);
    }
}
