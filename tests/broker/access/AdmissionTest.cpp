#include "broker/access/Admission.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace keybearer {
namespace {

// Knows one key; can be told that it is no longer good.
class OneKey final : public Admission::Register {
public:
    Result<bool> recognise(Caller& caller, const Shown& shown) override {
        if (shown.clientKey == "disabled")
            return failure(ErrorCode::ClientDisabled, "disabled");
        if (shown.clientKey != "good")
            return false;
        caller.clientId = "one";
        caller.role = Role::User;
        return true;
    }
    Result<void> confirm(const Caller& caller) const override {
        if (caller.clientId == "one" && gone)
            return failure(ErrorCode::ClientUnknown, "removed");
        return {};
    }
    bool gone = false;
};

class AdmissionTest : public ::testing::Test {
protected:
    Admission make(Role programs = Role::Agent) {
        Admission::Setup setup;
        setup.programs = programs;
        setup.refused = [this](const Caller&, const char* kind, const std::string& why, const std::string&) {
            refusals_.push_back(std::string(kind) + " " + why);
        };
        Admission admission(std::move(setup));
        admission.add(key_);
        return admission;
    }
    static ErrorCode codeOf(const Result<void>& result) {
        return result ? ErrorCode::InternalError : result.error().code;
    }
    OneKey key_;
    Caller caller_;
    std::vector<std::string> refusals_;
};

TEST_F(AdmissionTest, ProgramOfTheUserIsAnAgent) {
    Admission admission = make();
    ASSERT_TRUE(admission.admit(caller_, {}));
    EXPECT_EQ(caller_.role, Role::Agent);
    EXPECT_FALSE(caller_.operatorProgram);
}

TEST_F(AdmissionTest, ProgramOfTheUserIsAdministratorWhereThePersonTrustsAll) {
    Admission admission = make(Role::Admin);
    ASSERT_TRUE(admission.admit(caller_, {}));
    EXPECT_EQ(caller_.role, Role::Admin);
    EXPECT_FALSE(callerMay(caller_, Permission::ConsentAnswer));
}

TEST_F(AdmissionTest, TheFarEndOfAForwardedSocketIsNoAdministratorWhereThePersonTrustsAll) {
    Admission admission = make(Role::Admin);
    caller_.identity = IdentityClass::Remote;
    ASSERT_TRUE(admission.admit(caller_, {}));
    EXPECT_EQ(caller_.role, Role::Agent);
}

TEST_F(AdmissionTest, HelloMayAskForLessAndNeverForMore) {
    Admission admission = make();
    EXPECT_EQ(codeOf(admission.admit(caller_, {"", "user"})), ErrorCode::PolicyDenied);
    EXPECT_EQ(refusals_, std::vector<std::string>{"policy.denied role:user"});
    ASSERT_TRUE(admission.admit(caller_, {"", "readonly"}));
    EXPECT_EQ(caller_.role, Role::Readonly);
    EXPECT_FALSE(admission.permitMethod(caller_, "session.list"));
    EXPECT_FALSE(admission.permitMethod(caller_, "token.get"));
    EXPECT_TRUE(admission.permitMethod(caller_, "provider.list"));
    EXPECT_EQ(codeOf(admission.admit(caller_, {"", "root"})), ErrorCode::InvalidParams);
}

TEST_F(AdmissionTest, KeyGivesTheRoleOfItsClient) {
    Admission admission = make();
    ASSERT_TRUE(admission.admit(caller_, {"good", ""}));
    EXPECT_EQ(caller_.role, Role::User);
    ASSERT_TRUE(admission.admit(caller_, {"good", "agent"}));
    EXPECT_EQ(caller_.role, Role::Agent);
    EXPECT_EQ(codeOf(admission.admit(caller_, {"good", "admin"})), ErrorCode::PolicyDenied);
}

TEST_F(AdmissionTest, KeyThatNobodyKnowsIsRefusedAndNotIgnored) {
    Admission admission = make(Role::Admin);
    EXPECT_EQ(codeOf(admission.admit(caller_, {"other", ""})), ErrorCode::ClientUnknown);
    EXPECT_EQ(codeOf(admission.admit(caller_, {"disabled", ""})), ErrorCode::ClientDisabled);
}

TEST_F(AdmissionTest, WhatIsNoLongerGoodIsRefusedAtTheNextRequest) {
    Admission admission = make();
    ASSERT_TRUE(admission.admit(caller_, {"good", ""}));
    EXPECT_TRUE(admission.permitMethod(caller_, "session.list"));
    EXPECT_TRUE(admission.confirm(caller_));
    key_.gone = true;
    EXPECT_EQ(codeOf(admission.permitMethod(caller_, "session.list")), ErrorCode::ClientUnknown);
    EXPECT_EQ(codeOf(admission.permitTopic(caller_, "session.changed")), ErrorCode::ClientUnknown);
    EXPECT_FALSE(admission.confirm(caller_));
}

TEST_F(AdmissionTest, RefusedMethodIsToldWithWhatItRequires) {
    Admission admission = make();
    ASSERT_TRUE(admission.admit(caller_, {}));
    EXPECT_EQ(codeOf(admission.permitMethod(caller_, "client.add")), ErrorCode::PolicyDenied);
    EXPECT_EQ(codeOf(admission.permitTopic(caller_, "consent.requested")), ErrorCode::PolicyDenied);
    EXPECT_EQ(refusals_, (std::vector<std::string>{"policy.denied role:client:write",
                                                   "policy.denied role:consent:read"}));
}

TEST_F(AdmissionTest, T_03_OperatorProgramThatBecameAnotherChangesNothing) {
    Admission admission = make();
    ASSERT_TRUE(admission.admit(caller_, {}));
    caller_.role = Role::Admin;
    caller_.operatorProgram = true; // and nothing that was measured fits
    EXPECT_EQ(codeOf(admission.permitMethod(caller_, "consent.answer")), ErrorCode::PolicyDenied);
    EXPECT_EQ(codeOf(admission.permitMethod(caller_, "client.add")), ErrorCode::PolicyDenied);
    EXPECT_TRUE(admission.permitMethod(caller_, "session.list"));
}

} // namespace
} // namespace keybearer
