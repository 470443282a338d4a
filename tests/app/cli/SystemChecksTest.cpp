#include "app/cli/SystemChecks.h"

#include "app/cli/AutostartPlan.h"
#include "app/cli/ErrorPages.h"
#include "tests/support/ScriptedBroker.h"

#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {
namespace {

using Level = Finding::Level;
using testing::TemporaryDirectory;

Environment pretend(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

constexpr std::uint64_t mebibyte = 1U << 20U;

TEST(SystemChecks, O2_RoomOnTheDiskIsJudgedByBytesAndByFiles) {
    EXPECT_EQ(judgeDiskSpace({1000 * mebibyte, 1000}, "/x").level, Level::Good);
    EXPECT_EQ(judgeDiskSpace({63 * mebibyte, 1000}, "/x").level, Level::Warning);
    EXPECT_EQ(judgeDiskSpace({3 * mebibyte, 1000}, "/x").level, Level::Error);
    EXPECT_EQ(judgeDiskSpace({1000 * mebibyte, 3}, "/x").level, Level::Error);
    EXPECT_FALSE(judgeDiskSpace({0, 0}, "/x").action.empty());
}

TEST(SystemChecks, O2_AStateThatIsNotThereYetIsJudgedByWhereItWillLie) {
    const TemporaryDirectory place;
    EXPECT_EQ(checkWritable(place.path() / "a" / "b").level, Level::Good);
    EXPECT_EQ(checkDiskSpace(place.path() / "a" / "b").name, "disk_space");
    if (::geteuid() == 0)
        return; // whom no rights keep out
    ASSERT_EQ(::chmod(place.path().c_str(), 0500), 0);
    EXPECT_EQ(checkWritable(place.path() / "a" / "b").level, Level::Error);
    ASSERT_EQ(::chmod(place.path().c_str(), 0700), 0);
}

TEST(SystemChecks, O2_ALockThatIsHeldByABrokerThatDoesNotAnswerIsAnErrorWithItsProcess) {
    const TemporaryDirectory place;
    Places places;
    places.runtime = place.path();
    EXPECT_EQ(checkLock(places, false).level, Level::Good);
    const int fd = ::open(places.lock().c_str(), O_RDWR | O_CREAT, 0600);
    EXPECT_EQ(checkLock(places, false).level, Level::Good); // left over, and held by nobody
    ASSERT_EQ(::flock(fd, LOCK_EX), 0);
    write(places.pid(), "4711\n");
    const Finding held = checkLock(places, false);
    EXPECT_EQ(held.level, Level::Error);
    EXPECT_NE(held.message.find("4711"), std::string::npos);
    EXPECT_EQ(checkLock(places, true).level, Level::Good);
    ::close(fd);
}

struct UnitPlace {
    TemporaryDirectory place;
    std::filesystem::path home = place.path() / "home";
    std::filesystem::path units = home / ".config/systemd/user";
    Environment environment =
        pretend({{"HOME", home.string()}, {"KEYBEARER_UNIT_PATH", (place.path() / "packaged").string()}});
};

TEST(SystemChecks, O3_WithoutUnitsTheProgramsStartTheBroker) {
    const UnitPlace place;
    const AutostartState state = autostartState(place.environment);
    EXPECT_FALSE(state.enabled || state.tray);
    EXPECT_EQ(checkAutostart(state, "/bin/true").level, Level::Good);
    EXPECT_EQ(packagedUnitProgram(place.environment), "");
}

TEST(SystemChecks, O3_UnitsThatNameAnotherProgramOrNoneAreFound) {
    const UnitPlace place;
    write(place.units / "sockets.target.wants/keybearer.socket", "");
    EXPECT_EQ(checkAutostart(autostartState(place.environment), "/bin/true").level, Level::Warning);
    write(place.units / "keybearer.service", "[Service]\nType=notify\nExecStart=/nonexistent/keybearerd\n");
    EXPECT_EQ(checkAutostart(autostartState(place.environment), "/bin/true").level, Level::Warning);
    write(place.units / "keybearer.service", "[Service]\nExecStart=/bin/sh -x\n");
    const AutostartState state = autostartState(place.environment);
    EXPECT_TRUE(state.enabled);
    EXPECT_EQ(state.program, "/bin/sh");
    EXPECT_EQ(checkAutostart(state, "/bin/sh").level, Level::Good);
    EXPECT_EQ(checkAutostart(state, "/bin/true").level, Level::Warning);
}

TEST(SystemChecks, O3_UnitsOfAPackageAreFoundToo) {
    const UnitPlace place;
    write(place.place.path() / "packaged/keybearer.socket", "");
    write(place.place.path() / "packaged/keybearer.service",
          "[Service]\nExecStart=\"/opt/a b/keybearerd\"\n");
    EXPECT_EQ(packagedUnitProgram(place.environment), "/opt/a b/keybearerd");
}

TEST(SystemChecks, TheTraysEntryOfThePersonCounts) {
    const UnitPlace place;
    const std::filesystem::path entry = place.home / ".config/autostart/keybearer.desktop";
    write(entry, "[Desktop Entry]\nExec=keybearer-tray\n");
    EXPECT_TRUE(autostartState(place.environment).tray);
    write(entry, "[Desktop Entry]\nHidden=true\nExec=keybearer-tray\n");
    EXPECT_FALSE(autostartState(place.environment).tray);
}

// --- plans

TEST(AutostartPlan, O3_UnitsHaveTheirOwnProgramAndSurviveOddPaths) {
    const AutostartPlan plan = autostartPlan(
        AutostartKind::Systemd, {"/opt/a b/100%/keybearerd", "/home/ana/.config", "/s", "1000", false});
    ASSERT_EQ(plan.files.size(), 2U);
    EXPECT_EQ(plan.files[0].path, "/home/ana/.config/systemd/user/keybearer.socket");
    EXPECT_NE(plan.files[0].content.find("ListenStream=%t/keybearer/broker.sock\n"), std::string::npos);
    EXPECT_NE(plan.files[1].content.find("\nExecStart=\"/opt/a b/100%%/keybearerd\"\n"), std::string::npos);
    EXPECT_EQ(plan.files[1].content.find("/usr/bin/keybearerd"), std::string::npos);
    EXPECT_EQ(plan.enable.size(), 2U);
}

TEST(AutostartPlan, O3_UnitsOfAPackageAreUsedAsTheyAre) {
    const AutostartPlan plan = autostartPlan(
        AutostartKind::Systemd, {"/usr/bin/keybearerd", "/home/ana/.config", "/s", "1000", true});
    EXPECT_TRUE(plan.files.empty());
    ASSERT_EQ(plan.enable.size(), 1U);
    EXPECT_EQ(plan.enable[0].back(), "keybearer.socket");
}

TEST(AutostartPlan, O3_TheLaunchAgentAndTheLogonTaskHaveNoPlaceholderLeft) {
    for (const AutostartKind kind : {AutostartKind::Launchd, AutostartKind::LogonTask}) {
        const AutostartPlan plan =
            autostartPlan(kind, {"/Applications/K & K/keybearerd", "/Users/ana/Library", "/tmp/k/broker.sock",
                                 "501", false});
        ASSERT_EQ(plan.files.size(), 1U);
        EXPECT_EQ(plan.files[0].content.find('@'), std::string::npos) << plan.files[0].content;
        EXPECT_NE(plan.files[0].content.find("/Applications/K &amp; K/keybearerd"), std::string::npos);
        EXPECT_FALSE(plan.enable.empty() || plan.disable.empty());
    }
}

// --- pages

TEST(ErrorPages, O2_APageIsShownWithoutMarks) {
    const std::string text = plainPage(errorPage("store_locked"));
    EXPECT_NE(text.find("What to do\n"), std::string::npos) << text;
    EXPECT_NE(text.find("\n    keybearer store unlock\n"), std::string::npos) << text;
    EXPECT_EQ(text.find_first_of("`#"), std::string::npos) << text;
    EXPECT_TRUE(errorPage("no_such_thing").empty());
    EXPECT_GE(errorPageNames().size(), 70U);
}

} // namespace
} // namespace keybearer
