#include "broker/pins/PinnedTools.h"

#include "broker/base/Random.h"
#include "tests/support/FakeClock.h"
#include "tests/support/MemoryPinStore.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using namespace std::chrono_literals;

std::string definitionOf(const std::string& name, const std::string& description) {
    return R"({"description":")" + description + R"(","name":")" + name + "\"}";
}
std::string printOf(const std::string& definition) {
    return hex(sha256(definition));
}

class PinnedToolsTest : public ::testing::Test {
protected:
    void SetUp() override {
        QObject::connect(&tools_, &PinnedTools::found, &tools_,
                         [this](const ToolFinding& finding) { found_.push_back(finding); });
        QObject::connect(&tools_, &PinnedTools::changed, &tools_,
                         [this](const std::string& service) { changed_.push_back(service); });
        QObject::connect(&tools_, &PinnedTools::refused, &tools_,
                         [this](const std::string& service) { refused_.push_back(service); });
    }
    using Listed = std::vector<std::pair<std::string, std::string>>; // name, description
    // As the gateway does it: shows the list, then what is not known.
    PinnedTools::Verdict show(const Listed& list, bool whole = true, ToolPins mode = ToolPins::Hold) {
        std::vector<PinnedTools::Seen> seen;
        for (const auto& [name, description] : list)
            seen.push_back({name, printOf(definitionOf(name, description))});
        Result<PinnedTools::Verdict> verdict = tools_.seen("svc", seen, whole);
        EXPECT_TRUE(verdict) << (verdict ? "" : verdict.error().message);
        if (!verdict)
            return {};
        for (const auto& [name, description] : list) {
            const std::string definition = definitionOf(name, description);
            if (std::find(verdict->unknown.begin(), verdict->unknown.end(), name) != verdict->unknown.end()) {
                EXPECT_TRUE(tools_.define("svc", mode, name, printOf(definition), definition));
            }
        }
        return *verdict;
    }
    static std::vector<std::string> names(const std::vector<PinnedTools::Hidden>& hidden) {
        std::vector<std::string> out;
        for (const PinnedTools::Hidden& each : hidden)
            out.push_back(each.name);
        return out;
    }

    MemoryPinStore store_;
    FakeClock clock_;
    PinnedTools tools_{store_, clock_};
    std::vector<ToolFinding> found_;
    std::vector<std::string> changed_;
    std::vector<std::string> refused_;
};

TEST_F(PinnedToolsTest, M7_TheFirstWholeListIsTrusted) {
    const PinnedTools::Verdict verdict = show({{"read", "reads"}, {"write", "writes"}});
    EXPECT_EQ(verdict.unknown, (std::vector<std::string>{"read", "write"}));
    EXPECT_TRUE(verdict.hidden.empty());
    EXPECT_TRUE(found_.empty()) << "nothing to tell of what is trusted";
    ASSERT_EQ(tools_.list("svc").size(), 2U);
    EXPECT_EQ(toolStateWord(*tools_.list("svc")[0]), "approved");
    EXPECT_TRUE(tools_.list("svc")[0]->versions[0].firstUse);
    EXPECT_TRUE(show({{"read", "reads"}, {"write", "writes"}}).unknown.empty());
}

TEST_F(PinnedToolsTest, M7_PagesOfTheFirstListAreTrustedToo) {
    show({{"a", "1"}}, false);
    EXPECT_TRUE(show({{"b", "2"}}, false).hidden.empty());
    EXPECT_TRUE(show({{"a", "1"}, {"b", "2"}, {"c", "3"}}, true).hidden.empty());
    EXPECT_EQ(names(show({{"d", "4"}}, false).hidden), std::vector<std::string>{"d"});
}

TEST_F(PinnedToolsTest, M7_AChangedDefinitionIsFoundOnceWithWhatIsDifferent) {
    show({{"read", "reads a file"}});
    const PinnedTools::Verdict verdict = show({{"read", "reads a file and mails it"}});
    ASSERT_EQ(names(verdict.hidden), std::vector<std::string>{"read"});
    EXPECT_FALSE(verdict.hidden[0].isNew);
    ASSERT_EQ(found_.size(), 1U);
    EXPECT_FALSE(found_[0].isNew);
    EXPECT_TRUE(found_[0].held);
    ASSERT_EQ(found_[0].differences.size(), 1U);
    EXPECT_EQ(found_[0].differences[0].member, "description");
    EXPECT_EQ(found_[0].differences[0].before, "reads a file");
    EXPECT_EQ(found_[0].differences[0].after, "reads a file and mails it");
    show({{"read", "reads a file and mails it"}});
    EXPECT_EQ(found_.size(), 1U) << "it is told once";
}

TEST_F(PinnedToolsTest, M7_ALaterToolOfAKnownServiceIsHeldToo) {
    show({{"read", "reads"}});
    const PinnedTools::Verdict verdict = show({{"read", "reads"}, {"send", "sends"}});
    ASSERT_EQ(names(verdict.hidden), std::vector<std::string>{"send"});
    EXPECT_TRUE(verdict.hidden[0].isNew);
    ASSERT_EQ(found_.size(), 1U);
    EXPECT_TRUE(found_[0].isNew);
}

TEST_F(PinnedToolsTest, M7_AServiceThatNeverShowsAWholeListIsKnownAfterAnHour) {
    show({{"a", "1"}}, false);
    clock_.advance(59min);
    EXPECT_TRUE(show({{"b", "2"}}, false).hidden.empty());
    clock_.advance(2min);
    EXPECT_EQ(names(show({{"c", "3"}}, false).hidden), std::vector<std::string>{"c"});
}

TEST_F(PinnedToolsTest, M7_AnEmptyListIsNoFirstOne) {
    EXPECT_TRUE(show({}, true).hidden.empty());
    EXPECT_TRUE(tools_.list("").empty());
    EXPECT_TRUE(show({{"a", "1"}}).hidden.empty());
}

TEST_F(PinnedToolsTest, M7_WhatIsApprovedIsHiddenNoLongerAndMayComeBack) {
    show({{"read", "one"}});
    show({{"read", "two"}});
    ASSERT_TRUE(tools_.approve("svc", "read", ""));
    EXPECT_EQ(changed_, std::vector<std::string>{"svc"});
    EXPECT_TRUE(show({{"read", "two"}}).hidden.empty());
    EXPECT_TRUE(show({{"read", "one"}}).hidden.empty()) << "that one was approved as well";
    EXPECT_EQ(names(show({{"read", "three"}}).hidden), std::vector<std::string>{"read"});
}

TEST_F(PinnedToolsTest, M7_AnApprovalIsForTheDefinitionThatWasLookedAt) {
    show({{"read", "one"}});
    show({{"read", "two"}});
    const std::string looked = printOf(definitionOf("read", "two"));
    show({{"read", "three"}}); // meanwhile
    ASSERT_TRUE(tools_.approve("svc", "read", looked.substr(0, 12)));
    EXPECT_EQ(names(show({{"read", "three"}}).hidden), std::vector<std::string>{"read"});
    EXPECT_TRUE(show({{"read", "two"}}).hidden.empty());
    EXPECT_EQ(tools_.approve("svc", "read", looked.substr(0, 7)).error().code, ErrorCode::NotFound);
    EXPECT_EQ(tools_.approve("svc", "read", std::string(64, '0')).error().code, ErrorCode::NotFound);
    EXPECT_EQ(tools_.approve("svc", "raed", "").error().code, ErrorCode::NotFound);
    EXPECT_EQ(tools_.approve("other", "read", "").error().code, ErrorCode::NotFound);
}

TEST_F(PinnedToolsTest, M7_AToolThatIsListedNoLongerIsGoneAndKeepsItsVersions) {
    show({{"a", "1"}, {"b", "2"}});
    clock_.advance(1min);
    show({{"a", "1"}});
    const ToolRecord* b = *tools_.find("svc", "b");
    EXPECT_EQ(b->goneSince, clock_.wall());
    EXPECT_EQ(b->versions.size(), 1U);
    show({{"a", "1"}}, false);
    EXPECT_FALSE((*tools_.find("svc", "a"))->goneSince);
    show({{"b", "2"}}, false);
    EXPECT_FALSE((*tools_.find("svc", "b"))->goneSince) << "it came back";
    EXPECT_TRUE((*tools_.find("svc", "b"))->isApproved());
}

TEST_F(PinnedToolsTest, M7_VersionsHaveFirstAndLastSeen) {
    show({{"a", "1"}});
    const WallTime first = clock_.wall();
    clock_.advance(2h);
    show({{"a", "1"}});
    const ToolVersion& version = (*tools_.find("svc", "a"))->versions[0];
    EXPECT_EQ(version.firstSeen, first);
    EXPECT_EQ(version.lastSeen, clock_.wall());
}

TEST_F(PinnedToolsTest, AListThatSaysNothingNewIsNotWrittenAgain) {
    show({{"a", "1"}});
    const int before = store_.writes;
    show({{"a", "1"}});
    EXPECT_EQ(store_.writes, before);
}

TEST_F(PinnedToolsTest, M7_WhatWasKnownIsKnownAfterARestart) {
    show({{"a", "1"}});
    PinnedTools again(store_, clock_);
    ASSERT_TRUE(again.load());
    const Result<PinnedTools::Verdict> verdict =
        again.seen("svc", {{"a", printOf(definitionOf("a", "2"))}}, true);
    ASSERT_TRUE(verdict);
    EXPECT_EQ(names(verdict->hidden), std::vector<std::string>{"a"});
    EXPECT_TRUE(again.seen("svc", {}, false)->hidden.size() == 1) << "no tools at all asks what is hidden";
}

TEST_F(PinnedToolsTest, T_35_AServiceWhoseRowSomebodyElseChangedIsTrustedNoMore) {
    store_.refused = {"svc"};
    ASSERT_TRUE(tools_.load());
    EXPECT_EQ(refused_, std::vector<std::string>{"svc"});
    EXPECT_EQ(names(show({{"a", "1"}}).hidden), std::vector<std::string>{"a"});
}

TEST_F(PinnedToolsTest, T_35_ToolsWhoseServiceHasNoRowAnyMoreAreOfAKnownService) {
    show({{"a", "1"}});
    store_.services.clear();
    PinnedTools again(store_, clock_);
    ASSERT_TRUE(again.load());
    const Result<PinnedTools::Verdict> verdict = again.seen("svc", {{"b", std::string(64, 'b')}}, true);
    ASSERT_TRUE(verdict);
    EXPECT_EQ(names(verdict->hidden), std::vector<std::string>{"b"});
}

TEST_F(PinnedToolsTest, M7_TheUnapprovedVersionsGoFirstAndTheApprovedOneStays) {
    show({{"a", "approved"}});
    for (int at = 0; at < 50; ++at) {
        clock_.advance(1s);
        show({{"a", "v" + std::to_string(at)}});
    }
    const ToolRecord* tool = *tools_.find("svc", "a");
    EXPECT_EQ(tool->versions.size(), PinnedTools::mostVersions);
    EXPECT_NE(tool->version(printOf(definitionOf("a", "approved"))), nullptr);
    EXPECT_EQ(store_.definitions.size(), PinnedTools::mostVersions);
    EXPECT_TRUE(show({{"a", "approved"}}).hidden.empty());
}

TEST_F(PinnedToolsTest, MoreToolsThanAreKeptAreRefusedUnlessSomeAreGone) {
    std::vector<PinnedTools::Seen> all;
    for (std::size_t at = 0; at < PinnedTools::mostTools; ++at)
        all.push_back({"t" + std::to_string(at), std::string(64, 'a')});
    ASSERT_TRUE(tools_.seen("svc", all, true));
    EXPECT_EQ(tools_.seen("svc", {{"more", std::string(64, 'a')}}, false).error().code,
              ErrorCode::RateLimited);
    all.pop_back();
    ASSERT_TRUE(tools_.seen("svc", all, true));
    EXPECT_TRUE(tools_.seen("svc", {{"more", std::string(64, 'a')}}, false));
}

TEST_F(PinnedToolsTest, ADefinitionThatIsNotWhatItsFingerprintSaysIsRefused) {
    const std::string print = printOf(definitionOf("a", "1"));
    ASSERT_TRUE(tools_.seen("svc", {{"a", print}}, true));
    EXPECT_EQ(tools_.define("svc", ToolPins::Warn, "a", print, "{}").error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(tools_.define("svc", ToolPins::Warn, "b", print, "{}").error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(tools_.define("x", ToolPins::Warn, "a", print, "{}").error().code, ErrorCode::InvalidRequest);
}

TEST_F(PinnedToolsTest, ADefinitionThatCannotBeKeptIsStillHeldAgainstTheOthers) {
    show({{"a", "1"}});
    const std::string print(64, 'c');
    ASSERT_TRUE(tools_.seen("svc", {{"a", print}}, true));
    const Result<bool> hidden = tools_.define("svc", ToolPins::Hold, "a", print, "");
    ASSERT_TRUE(hidden);
    EXPECT_TRUE(*hidden);
    ASSERT_EQ(found_.size(), 1U);
    EXPECT_TRUE(found_[0].differences.empty());
    ASSERT_TRUE(tools_.approve("svc", "a", print));
    EXPECT_TRUE(tools_.seen("svc", {{"a", print}}, true)->hidden.empty());
}

TEST_F(PinnedToolsTest, ALongDefinitionIsKeptByItsFingerprintAlone) {
    const std::string text = definitionOf("a", std::string(PinnedTools::longestDefinition, 'x'));
    ASSERT_TRUE(tools_.seen("svc", {{"a", printOf(text)}}, true));
    ASSERT_TRUE(tools_.define("svc", ToolPins::Warn, "a", printOf(text), text));
    EXPECT_TRUE(store_.definitions.empty());
    EXPECT_TRUE(tools_.seen("svc", {{"a", printOf(text)}}, true)->unknown.empty()) << "it is asked for once";
}

TEST_F(PinnedToolsTest, M7_AForgottenServiceIsTrustedOnFirstUseAgainAForgottenToolIsNot) {
    show({{"a", "1"}, {"b", "1"}});
    EXPECT_EQ(*tools_.forget("svc", "b"), 1U);
    EXPECT_EQ(names(show({{"a", "1"}, {"b", "1"}}).hidden), std::vector<std::string>{"b"});
    EXPECT_EQ(*tools_.forget("svc", ""), 2U);
    EXPECT_TRUE(store_.definitions.empty());
    EXPECT_TRUE(show({{"a", "2"}, {"b", "2"}}).hidden.empty());
    EXPECT_EQ(tools_.forget("nothing", "").error().code, ErrorCode::NotFound);
}

TEST_F(PinnedToolsTest, AStoreThatCannotBeWrittenIsAnErrorAndNoPermission) {
    store_.fails = true;
    EXPECT_EQ(tools_.seen("svc", {{"a", std::string(64, 'a')}}, true).error().code,
              ErrorCode::StoreUnavailable);
}

TEST_F(PinnedToolsTest, StatesAreCounted) {
    show({{"a", "1"}, {"b", "1"}, {"c", "1"}});
    show({{"a", "2"}, {"b", "1"}, {"d", "1"}});
    const PinnedTools::Counts counts = tools_.counts();
    EXPECT_EQ(counts.approved, 2U);
    EXPECT_EQ(counts.changed, 1U);
    EXPECT_EQ(counts.added, 1U);
    EXPECT_EQ(counts.gone, 1U);
}

TEST_F(PinnedToolsTest, AnApprovedVersionIsComparedWithTheOneBefore) {
    show({{"a", "one"}});
    show({{"a", "two"}});
    ASSERT_TRUE(tools_.approve("svc", "a", ""));
    const ToolRecord& tool = **tools_.find("svc", "a");
    ASSERT_EQ(tools_.differences(tool, tool.current).size(), 1U);
    EXPECT_EQ(tools_.differences(tool, tool.current)[0].before, "one");
    EXPECT_TRUE(tools_.differences(tool, std::string(64, 'f')).empty());
}

} // namespace
} // namespace keybearer
