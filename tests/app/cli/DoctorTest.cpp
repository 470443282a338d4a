#include "app/cli/LocalChecks.h"

#include "tests/app/cli/CliRun.h"

#include <csignal>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/stat.h>

namespace keybearer::testing {
namespace {

using Level = Finding::Level;

Environment pretend(Variables variables) {
    return [variables = std::move(variables)](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

// keybearer and a stand-in for keybearerd side by side.
class DoctorTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::filesystem::copy_file(KEYBEARER_CLI, place_.path() / "keybearer");
        std::filesystem::copy_file(FAKE_KEYBEARERD, place_.path() / "keybearerd");
    }
    void TearDown() override {
        std::ifstream marks(place_.path() / "home" / "run" / "started");
        for (pid_t pid = 0; marks >> pid && pid > 1;)
            ::kill(pid, SIGKILL);
    }
    ProgramRun doctor(std::vector<std::string> words, Variables more = {}) {
        words.insert(words.begin(), "doctor");
        more.emplace("KEYBEARER_HOME", (place_.path() / "home").string());
        return runProgram(place_.path() / "keybearer", words, more);
    }
    TemporaryDirectory place_;
};

TEST_F(DoctorTest, WorksWithoutABroker) {
    const ProgramRun run = doctor({"--no-spawn"});
    EXPECT_EQ(run.status, 0) << run.out;
    EXPECT_EQ(run.err, "");
    EXPECT_NE(run.out.find("the broker is not running"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("It starts with: keybearer status"), std::string::npos);
}

TEST_F(DoctorTest, StartsTheBrokerAndAsksIt) {
    const ProgramRun run = doctor({});
    EXPECT_EQ(run.status, 0) << run.out;
    EXPECT_NE(run.out.find("keybearerd 9.9 is running"), std::string::npos) << run.out;
}

TEST_F(DoctorTest, O2_WrongConfigurationIsAnErrorWithItsLine) {
    const ProgramRun run = doctor({}, {{"FAKE_MODE", "config"}});
    EXPECT_EQ(run.status, 1);
    std::string joined = run.out;
    for (std::size_t at = joined.find("\n           "); at != std::string::npos;
         at = joined.find("\n           "))
        joined.replace(at, 12, " ");
    EXPECT_NE(joined.find("config.yaml:3: unknown key"), std::string::npos) << run.out;
}

TEST_F(DoctorTest, O2_FixClosesADirectoryOfOursThatIsOpenToOthersAndNothingElse) {
    const std::filesystem::path state = place_.path() / "home" / "state";
    std::filesystem::create_directories(state);
    ASSERT_EQ(::chmod(state.c_str(), 0755), 0);
    const ProgramRun run = doctor({"--json", "--fix", "state_directory"});
    EXPECT_EQ(run.status, 0) << run.err;
    const auto modeOf = [](const std::filesystem::path& path) {
        struct stat status {};
        EXPECT_EQ(::stat(path.c_str(), &status), 0);
        return status.st_mode & 0777;
    };
    EXPECT_EQ(modeOf(state), 0700U);
    const Result<Json> document = parseJson(std::string_view(run.out).substr(0, run.out.size() - 1));
    ASSERT_TRUE(document) << run.out;
    EXPECT_EQ((*document)["warnings"], 0);
    EXPECT_EQ((*document)["findings"].size(), 1U);
    EXPECT_EQ(doctor({"--fix", "everything"}).status, 2);
    EXPECT_EQ(doctor({"--fix", "socket_directory"}).status, 9) << "there is none";
    // A link could lead anywhere.
    const std::filesystem::path elsewhere = place_.path() / "elsewhere";
    std::filesystem::create_directory(elsewhere);
    ASSERT_EQ(::chmod(elsewhere.c_str(), 0755), 0);
    std::filesystem::remove_all(state);
    std::filesystem::create_directory_symlink(elsewhere, state);
    EXPECT_NE(doctor({"--fix", "state_directory"}).status, 0);
    EXPECT_EQ(modeOf(elsewhere), 0755U);
}

TEST_F(DoctorTest, O2_EveryFindingThatIsNotGoodSaysWhatToDo) {
    const ProgramRun run = doctor({"--json"}, {{"FAKE_MODE", "crash"}});
    EXPECT_EQ(run.status, 1);
    const Result<Json> document = parseJson(std::string_view(run.out).substr(0, run.out.size() - 1));
    ASSERT_TRUE(document) << run.out;
    EXPECT_GE((*document)["errors"], 1);
    for (const Json& finding : (*document)["findings"]) {
        EXPECT_TRUE(finding["level"] == "ok" || finding["action"] != "") << finding;
    }
    EXPECT_NE(run.out.find("the sky is falling"), std::string::npos);
}

TEST_F(DoctorTest, BrokerThatFailsToStartEndsStatusToo) {
    const ProgramRun run =
        runProgram(place_.path() / "keybearer", {"status"},
                   {{"KEYBEARER_HOME", (place_.path() / "home").string()}, {"FAKE_MODE", "config"}});
    EXPECT_EQ(run.status, 2);
    EXPECT_NE(run.err.find("config.yaml:3: unknown key"), std::string::npos) << run.err;
    EXPECT_EQ(run.out, "");
}

TEST(LocalChecks, DirectoriesHaveToBeOursAndClosed) {
    const TemporaryDirectory home;
    const std::filesystem::path directory = home.path() / "run";
    EXPECT_EQ(checkPrivateDirectory("d", "directory", directory).level, Level::Good);
    std::filesystem::create_directory(directory);
    ::chmod(directory.c_str(), 0700);
    EXPECT_EQ(checkPrivateDirectory("d", "directory", directory).level, Level::Good);
    ::chmod(directory.c_str(), 0755);
    const Finding open = checkPrivateDirectory("d", "directory", directory);
    EXPECT_EQ(open.level, Level::Warning);
    EXPECT_NE(open.action.find("chmod 700"), std::string::npos);
    std::ofstream(home.path() / "file") << "x";
    EXPECT_EQ(checkPrivateDirectory("d", "directory", home.path() / "file").level, Level::Error);
}

TEST(LocalChecks, PlacesNeedAHome) {
    EXPECT_EQ(checkPlaces(pretend({})).level, Level::Error);
    EXPECT_EQ(checkPlaces(pretend({{"KEYBEARER_HOME", "/x"}})).level, Level::Good);
    EXPECT_EQ(checkPlaces(pretend({{"HOME", "/x"}})).level, Level::Warning);
    EXPECT_EQ(checkPlaces(pretend({{"HOME", "/x"}, {"XDG_RUNTIME_DIR", "/run/user/1"}})).level, Level::Good);
    EXPECT_EQ(checkPlaces(pretend({{"HOME", "/x"}, {"XDG_RUNTIME_DIR", "run"}})).level, Level::Warning);
}

TEST(LocalChecks, SessionBusIsFoundByAddressOrSocket) {
    EXPECT_EQ(checkSessionBus(pretend({})).level, Level::Warning);
    EXPECT_EQ(checkSessionBus(pretend({{"DBUS_SESSION_BUS_ADDRESS", "unix:path=/x"}})).level, Level::Good);
    EXPECT_EQ(checkSessionBus(pretend({{"XDG_RUNTIME_DIR", "/nonexistent"}})).level, Level::Warning);
}

TEST(LocalChecks, KeyringIsFoundByItsServiceFile) {
    const TemporaryDirectory data;
    const Environment environment =
        pretend({{"HOME", "/nonexistent"}, {"XDG_DATA_DIRS", data.path().string()}});
    EXPECT_EQ(checkKeyring(environment).level, Level::Warning);
    std::filesystem::create_directories(data.path() / "dbus-1" / "services");
    std::ofstream(data.path() / "dbus-1" / "services" / "org.freedesktop.secrets.service")
        << "[D-BUS Service]\n";
    EXPECT_EQ(checkKeyring(environment).level, Level::Good);
}

TEST(LocalChecks, ConfigurationIsJudgedByTheDaemon) {
    const TemporaryDirectory home;
    Places places;
    places.config = home.path() / "config.yaml";
    EXPECT_EQ(checkConfig(places, "").level, Level::Error);
    EXPECT_EQ(checkConfig(places, FAKE_KEYBEARERD).level, Level::Good);
    ::setenv("FAKE_MODE", "config", 1);
    const Finding wrong = checkConfig(places, FAKE_KEYBEARERD);
    ::unsetenv("FAKE_MODE");
    EXPECT_EQ(wrong.level, Level::Error);
    EXPECT_NE(wrong.message.find("unknown key"), std::string::npos);
}

} // namespace
} // namespace keybearer::testing
