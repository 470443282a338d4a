#include "broker/platform/linux/ProcText.h"

#include "broker/platform/linux/Preloading.h"
#include "broker/platform/linux/ProcLook.h"
#include "tests/broker/platform/TemporaryPlace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace keybearer {
namespace {

TEST(ProcText, StatIsReadBehindAnyName) {
    const std::string rest =
        " S 7 8 9 34819 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 4711 8192 100 18446744073709551615 "
        "1 2 140737488347136 0 0";
    for (const char* name : {"(cat)", "(a) S 1 (b)", "()", "(\n)"}) {
        const ProcStat stat = parseProcStat(std::string("42 ") + name + rest);
        EXPECT_EQ(stat.state, 'S');
        EXPECT_EQ(stat.parentPid, 7);
        EXPECT_EQ(stat.session, 9);
        EXPECT_EQ(stat.terminal, 34819);
        EXPECT_EQ(stat.startTime, 4711U);
        EXPECT_EQ(stat.stack, 140737488347136U);
    }
}

TEST(ProcText, CutOffStatIsReadAsFarAsItGoes) {
    for (const char* text : {"", ")", "42 (cat", "42 (cat)", "42 (cat) ", "42 (cat) S", "42 (cat) S x y z"}) {
        const ProcStat stat = parseProcStat(text);
        EXPECT_EQ(stat.startTime, 0U) << text;
        EXPECT_EQ(stat.parentPid, 0) << text;
    }
}

TEST(ProcText, OurOwnStatHasAStackAndAStart) {
    const ProcStat stat = readProcStat(::getpid());
    EXPECT_EQ(stat.parentPid, ::getppid());
    EXPECT_GT(stat.startTime, 0U);
    EXPECT_GT(stat.stack, 0U);
    EXPECT_EQ(readProcStat(-1).state, 0);
}

TEST(ProcText, TerminalsHaveTheirNames) {
    EXPECT_EQ(terminalName(0), "");
    EXPECT_EQ(terminalName(-1), "");
    EXPECT_EQ(terminalName(136 * 256 + 3), "pts/3");
    EXPECT_EQ(terminalName(137 * 256 + 1), "pts/257");
    EXPECT_EQ(terminalName(4 * 256 + 1), "tty1");
    EXPECT_EQ(terminalName(4 * 256 + 64), "device 4:64"); // a serial line
    EXPECT_EQ(terminalName(0x08800 | 0x100000), "pts/256");
}

TEST(ProcText, UnitIsTheInnermostOne) {
    EXPECT_EQ(unitIn("0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.x\\x2dy.scope\n"),
              "app-org.x-y.scope");
    EXPECT_EQ(unitIn("0::/system.slice/ssh.service/deep/er\n"), "ssh.service");
    EXPECT_EQ(unitIn("12:cpu:/a.service\n1:name=systemd:/b.slice/b.service\n0::/\n"), "b.service");
    for (const char* none : {"", "0::/", "0:", "nonsense", "0::/user.slice", "12:cpu:/a.service"})
        EXPECT_EQ(unitIn(none), "") << none;
    EXPECT_EQ(unitIn("0::/" + std::string(300, 'a') + ".service"), "");
    EXPECT_EQ(unitIn("0::/a\\x2.service"), "a\\x2.service"); // no whole escape
}

TEST(ProcText, FlatpakNameIsTheApplicationsAndNothingElse) {
    EXPECT_EQ(flatpakNameIn("[Application]\nname=org.example.App\nruntime=x\n[Instance]\n"),
              "org.example.App");
    EXPECT_EQ(flatpakNameIn("[Instance]\nname=evil\n[Application]\nname=org.example.App"), "org.example.App");
    for (const char* none :
         {"", "name=org.example.App", "[Runtime]\nname=org.example.App",
          "[Application]\nname=", "[Application]\nname=a b", "[Application]\nname=\x1b[31m",
          "[Application]\nname=../x/y", "[Application]\nname=a b\nname=org.second.App"})
        EXPECT_EQ(flatpakNameIn(none), "") << none;
}

TEST(ProcText, SnapNameIsTakenFromAnEnforcedLabelOnly) {
    EXPECT_EQ(snapNameIn("snap.firefox.firefox (enforce)\n"), "firefox");
    EXPECT_EQ(snapNameIn("snap.code.hook.configure (enforce)"), "code");
    for (const char* none :
         {"", "unconfined", "snap.firefox.firefox (complain)", "snap.firefox (enforce)",
          "snap.fire fox.x (enforce)", "snap. (enforce)", "snap.firefox.firefox", "xsnap.a.b (enforce)"})
        EXPECT_EQ(snapNameIn(none), "") << none;
}

TEST(ProcText, MapsTellWhichFilesMayRun) {
    const std::string maps = "55d0-55d1 r--p 00000000 08:01 11   /usr/bin/cat\n"
                             "55d1-55d2 r-xp 00001000 08:01 11   /usr/bin/cat\n"
                             "7f00-7f01 r-xp 00000000 08:01 12   /home/u/my lib.so\n"
                             "7f01-7f02 r-xp 00000000 08:01 12   /home/u/my lib.so\n"
                             "7f02-7f03 rwxp 00000000 00:00 0 \n"
                             "7f03-7f04 r-xp 00000000 00:01 99   /memfd:x (deleted)\n"
                             "7ffc-7ffd r-xp 00000000 00:00 0    [vdso]\n"
                             "7ffd-7ffe rw-p 00000000 08:01 13   /data";
    const std::vector<MappedFile> expected{
        {"/usr/bin/cat", false}, {"/home/u/my lib.so", false}, {"/memfd:x", true}};
    EXPECT_EQ(executableFilesIn(maps), expected);
    for (const char* nothing : {"", "\n\n", "x", "a b c d e", "0-1 r-xp 0 0 1", "- - - - - -"})
        EXPECT_TRUE(executableFilesIn(nothing).empty()) << nothing;
}

TEST(ProcText, T_05_MoreLibrariesThanAreLookedAtCountAsForeignCode) {
    const TemporaryPlace place;
    std::vector<void*> mapped;
    for (std::size_t i = 0; i < mostMappedFiles; ++i) {
        const int fd =
            ::open((place / std::to_string(i).c_str()).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        ASSERT_EQ(::ftruncate(fd, 1), 0);
        mapped.push_back(::mmap(nullptr, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0));
        ::close(fd);
        ASSERT_NE(mapped.back(), MAP_FAILED);
    }
    ProcessFacts facts;
    facts.systemOwned = true;
    SystemOwned owned;
    OpenedMaps maps{lookDirectly(::getpid(), ProcEntry::Memory).fd};
    findPreloading(maps, std::string(), facts, owned);
    for (void* page : mapped)
        ::munmap(page, 1);
    EXPECT_TRUE(facts.foreignCode);
    EXPECT_THAT(facts.remarks, testing::Contains(testing::HasSubstr("cannot be looked at")));
}

TEST(ProcText, VariableIsFoundByItsWholeName) {
    using namespace std::string_literals;
    const std::string environment = "XLD_PRELOAD=no\0LD_PRELOAD=/a.so\0EMPTY=\0LD_PRELOADX=no"s;
    EXPECT_EQ(variableIn(environment, "LD_PRELOAD"), "/a.so");
    EXPECT_EQ(variableIn(environment, "EMPTY"), "");
    EXPECT_EQ(variableIn(environment, "LD_PRE"), std::nullopt);
    EXPECT_EQ(variableIn("", "LD_PRELOAD"), std::nullopt);
    EXPECT_EQ(variableIn("\0\0LD_PRELOAD"s, "LD_PRELOAD"), std::nullopt);
}

TEST(ProcText, UnfinishedLastWordIsLeftOut) {
    using namespace std::string_literals;
    EXPECT_EQ(wordsIn("a\0\0b c\0cut"s), (std::vector<std::string>{"a", "", "b c"}));
    EXPECT_TRUE(wordsIn("").empty());
}

} // namespace
} // namespace keybearer
