#include "broker/platform/InterpreterScript.h"

#include "tests/broker/platform/TemporaryPlace.h"

#include <gtest/gtest.h>

#include <fstream>

namespace keybearer {
namespace {

TEST(InterpreterScript, InterpretersAreKnownByNameWithAnyVersion) {
    for (const char* path :
         {"/usr/bin/node", "/usr/bin/python3.11", "/usr/bin/python3", "/bin/bash", "/bin/sh", "/opt/deno",
          "/opt/bun", "/usr/lib/jvm/bin/java", "/usr/bin/ruby3.1", "C:\\node.exe"})
        EXPECT_TRUE(isInterpreter(path)) << path;
    for (const char* path :
         {"/usr/bin/git", "", "/usr/bin/nodetool", "/usr/bin/7", "/bin/ssh", "/usr/bin/node/"})
        EXPECT_FALSE(isInterpreter(path)) << path;
}

class ScriptOf : public testing::Test {
protected:
    void SetUp() override {
        std::ofstream(place_ / "server.js") << "1";
        std::ofstream(place_ / "preload.js") << "1";
        std::filesystem::create_directory(place_ / "run");
        std::filesystem::create_symlink(place_ / "server.js", place_ / "link.js");
    }
    std::string of(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "node");
        return scriptOf(arguments, place_.path());
    }
    TemporaryPlace place_;
    std::string server_ = std::filesystem::canonical(place_.path()) / "server.js";
};

TEST_F(ScriptOf, FirstFileThatIsNoOptionIsFoundRelativeOrAbsolute) {
    EXPECT_EQ(of({"server.js", "preload.js"}), server_);
    EXPECT_EQ(of({"--inspect", "./run/../server.js"}), server_);
    EXPECT_EQ(of({place_ / "server.js"}), server_);
    EXPECT_EQ(of({"run", "--allow-net", "server.js"}), server_); // deno run
}

TEST_F(ScriptOf, LinkIsResolvedToTheFileThatRuns) {
    EXPECT_EQ(of({"link.js"}), server_);
}

TEST_F(ScriptOf, ValueOfAnOptionIsNotTheScript) {
    EXPECT_EQ(of({"--require", "preload.js", "server.js"}), server_);
    EXPECT_EQ(of({"-W", "preload.js", "--", "server.js"}), server_);
}

TEST_F(ScriptOf, CodeFromTheCommandLineHasNoScript) {
    EXPECT_EQ(of({"-e", "1", "server.js"}), "");
    EXPECT_EQ(of({"-c", "import x", "server.js"}), "");
    EXPECT_EQ(of({"-m", "http.server", "server.js"}), "");
    EXPECT_EQ(of({"-", "server.js"}), "");
    EXPECT_EQ(of({"nowhere.js"}), "");
    EXPECT_EQ(of({}), "");
    EXPECT_EQ(scriptOf({}, "/"), "");
}

TEST_F(ScriptOf, RelativeNameWithoutAWorkingDirectoryIsNotGuessed) {
    EXPECT_EQ(scriptOf({"node", "server.js"}, ""), "");
}

TEST(InterpreterScript, R4_LoadersAndEmulatorsRunWhatTheyAreGiven) {
    for (const char* loader : {"/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1",
                               "/usr/bin/qemu-aarch64-static", "/usr/bin/electron", "/usr/bin/busybox"})
        EXPECT_TRUE(isInterpreter(loader)) << loader;
    EXPECT_FALSE(isInterpreter("/usr/bin/ld"));
}

TEST(InterpreterScript, ProgramsThatSpeakForOthersAreKnown) {
    EXPECT_TRUE(isNetworkRelay("/usr/bin/ssh"));
    EXPECT_TRUE(isNetworkRelay("/usr/sbin/sshd"));
    EXPECT_TRUE(isRelay("/usr/bin/socat"));
    EXPECT_TRUE(isRelay("/usr/bin/curl")) << "--unix-socket sends whatever it is given";
    EXPECT_FALSE(isRelay("/usr/bin/ssh-add"));
    EXPECT_FALSE(isNetworkRelay("/usr/bin/ssh-add"));
}

TEST(InterpreterScript, CodeBesideTheScriptIsSeenInTheOptionsOnly) {
    EXPECT_TRUE(loadsOtherCode({"node", "--require", "/x.js", "ask.js"}));
    EXPECT_TRUE(loadsOtherCode({"node", "--import=/x.mjs", "ask.js"}));
    EXPECT_TRUE(loadsOtherCode({"node", "-C", "dev", "-r", "/x.js", "ask.js"}));
    EXPECT_TRUE(loadsOtherCode({"java", "-javaagent:/x.jar=all", "-jar", "ask.jar"}));
    EXPECT_TRUE(loadsOtherCode({"java", "-cp", "lib", "-agentpath:/x.so", "-jar", "ask.jar"}));
    EXPECT_FALSE(loadsOtherCode({"java", "-Dhome=/x", "-jar", "ask.jar"}));
    EXPECT_FALSE(loadsOtherCode({"node", "ask.js", "--require", "/x.js"}));
    EXPECT_FALSE(loadsOtherCode({"node", "--", "--require"}));
    EXPECT_FALSE(loadsOtherCode({"node"}));
}

} // namespace
} // namespace keybearer
