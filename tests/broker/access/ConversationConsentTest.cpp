#include "tests/broker/access/ConsentFixture.h"

namespace keybearer {
namespace {

// What is allowed for requests that are sent in a conversation with a server.
class ConversationConsentTest : public ConsentFixture {
protected:
    static constexpr std::uint64_t one = ConsentGate::conversationBit | 1U;
    static constexpr std::uint64_t two = ConsentGate::conversationBit | 2U;

    static ConsentSubject about(ConsentPurpose purpose, const std::string& provider = "mcp.example") {
        ConsentSubject out{provider, "Example", "", "", {}};
        out.resource = "https://mcp.example/mcp";
        out.purpose = purpose;
        return out;
    }
    static ConsentSubject session(const std::string& provider = "mcp.example") {
        ConsentSubject out = about(ConsentPurpose::Proxy, provider);
        out.accountLabel = "ana@example.com";
        out.sessionId = "s_9";
        out.scopes = {"read"};
        return out;
    }
    // A person agrees to a sign-in; the id of that permission.
    std::string agreed(ConsentGate& gate, ConsentDecision decision) {
        const auto outcome = ask(gate, program("/usr/bin/agent"), about(ConsentPurpose::SignIn), one);
        EXPECT_TRUE(answer(gate, decision));
        EXPECT_TRUE(outcome->allowed());
        return outcome->grant && outcome->grant->consent ? outcome->grant->consent->id : std::string();
    }
};

TEST_F(ConversationConsentTest, OnceIsAConversationForRequestsAndOneAnswerForATokenInTheHand) {
    const auto gate = make();
    const Caller agent = program("/usr/bin/agent");
    const auto first = ask(*gate, agent, session(), one);
    ASSERT_TRUE(answer(*gate, ConsentDecision::AllowOnce));
    ASSERT_TRUE(first->allowed());
    EXPECT_FALSE(first->grant->once);
    EXPECT_TRUE(ask(*gate, agent, session(), one)->allowed());
    EXPECT_FALSE(ask(*gate, agent, session(), two)->answered) << "another conversation";
    ConsentSubject hand = session();
    hand.purpose = ConsentPurpose::HandOut;
    EXPECT_FALSE(ask(*gate, agent, hand, one)->answered) << "another purpose";
}

TEST_F(ConversationConsentTest, OnceOnAnOrdinaryConnectionIsOneAnswer) {
    const auto gate = make();
    const Caller agent = program("/usr/bin/agent");
    const auto first = ask(*gate, agent, session(), 7);
    ASSERT_TRUE(answer(*gate, ConsentDecision::AllowOnce));
    ASSERT_TRUE(first->allowed());
    EXPECT_TRUE(first->grant->once);
    EXPECT_FALSE(ask(*gate, agent, session(), 7)->answered);
}

TEST_F(ConversationConsentTest, ItEndsWithTheConversation) {
    const auto gate = make();
    const Caller agent = program("/usr/bin/agent");
    static_cast<void>(ask(*gate, agent, session(), one));
    ASSERT_TRUE(answer(*gate, ConsentDecision::AllowOnce));
    gate->connectionClosed(two);
    EXPECT_TRUE(ask(*gate, agent, session(), one)->allowed());
    gate->connectionClosed(one);
    EXPECT_FALSE(ask(*gate, agent, session(), one)->answered);
    EXPECT_TRUE(shelf.kept.empty()) << "nothing of it was ever written";
}

TEST_F(ConversationConsentTest, T21_WhatWasAgreedBeforeASignInHoldsForItsUse) {
    const auto gate = make();
    const std::string id = agreed(*gate, ConsentDecision::AllowOnce);
    gate->passOn(id, one, session());
    EXPECT_TRUE(ask(*gate, program("/usr/bin/agent"), session(), one)->allowed());
    EXPECT_FALSE(ask(*gate, program("/usr/bin/agent"), session(), two)->answered);
    EXPECT_FALSE(ask(*gate, program("/usr/bin/other"), session(), one)->answered) << "another program";
}

TEST_F(ConversationConsentTest, T21_WhatWasAgreedForLongerHoldsForLonger) {
    const auto gate = make();
    gate->passOn(agreed(*gate, ConsentDecision::Allow), one, session());
    gate->connectionClosed(one);
    EXPECT_TRUE(ask(*gate, program("/usr/bin/agent"), session(), two)->allowed());
    ConsentSubject hand = session();
    hand.purpose = ConsentPurpose::HandOut;
    EXPECT_FALSE(ask(*gate, program("/usr/bin/agent"), hand, two)->answered) << "never the token itself";
}

TEST_F(ConversationConsentTest, T21_OnlyAnAgreementToASignInAtTheSameProviderIsPassedOn) {
    const auto gate = make();
    const Caller agent = program("/usr/bin/agent");
    gate->passOn("c_unknown", one, session());
    gate->passOn(agreed(*gate, ConsentDecision::AllowOnce), one, session("another"));
    EXPECT_FALSE(ask(*gate, agent, session("another"), one)->answered);
    ASSERT_TRUE(answer(*gate, ConsentDecision::Allow)); // for requests to that one
    ASSERT_FALSE(gate->consents().empty());
    for (const auto& consent : gate->consents()) {
        if (consent->subject.purpose == ConsentPurpose::Proxy)
            gate->passOn(consent->id, one, session());
    }
    EXPECT_FALSE(ask(*gate, agent, session(), one)->answered);
}

} // namespace
} // namespace keybearer
