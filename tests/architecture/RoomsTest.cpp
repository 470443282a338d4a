// The floor plan as a test: reads every #include and fails on an arrow that the table below lacks. A new
// arrow is a decision: it is drawn here and in broker/README.md, or not at all.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path root = KEYBEARER_SOURCE_DIR;

// Room -> rooms whose headers it may include. Every room may use its own and base.
const std::map<std::string, std::set<std::string>> allowed{
    {"broker/base", {}},
    {"broker/log", {}},
    {"broker/protocol", {}},
    {"broker/sqlite", {}},
    {"broker/confinement", {}},
    {"broker/platform", {"broker/log"}},
    {"broker/http", {"broker/log"}},
    {"broker/oauth", {"broker/log", "broker/http"}},
    {"broker/config/tree", {}},
    {"broker/config", {"broker/log", "broker/config/tree"}},
    {"broker/providers", {"broker/log", "broker/http", "broker/oauth", "broker/config"}},
    {"broker/access", {"broker/log", "broker/platform", "broker/config"}},
    {"broker/policy", {"broker/log", "broker/http", "broker/access"}},
    {"broker/audit", {"broker/log", "broker/sqlite"}},
    {"broker/accounts",
     {"broker/log", "broker/platform", "broker/protocol", "broker/http", "broker/oauth", "broker/config",
      "broker/providers", "broker/access", "broker/audit"}},
    {"broker/authserver", {"broker/log", "broker/http", "broker/oauth", "broker/access", "broker/audit"}},
    {"broker/pins", {"broker/log", "broker/config"}},
    {"broker/stores/envelope", {}},
    {"broker/stores/memory", {"broker/accounts"}},
    {"broker/stores/keychain", {"broker/log", "broker/accounts"}},
    {"broker/stores/file", {"broker/log", "broker/sqlite", "broker/stores/envelope", "broker/accounts"}},
    {"broker/stores/shared", {"broker/log", "broker/stores/envelope", "broker/accounts"}},
    {"broker/stores/redis",
     {"broker/log", "broker/http", "broker/config", "broker/accounts", "broker/stores/shared"}},
    {"broker/stores/vault",
     {"broker/log", "broker/http", "broker/config", "broker/accounts", "broker/stores/shared"}},
    {"broker/stores/migration", {"broker/log", "broker/accounts"}},
    {"broker/stores/state",
     {"broker/sqlite", "broker/stores/envelope", "broker/accounts", "broker/access", "broker/authserver",
      "broker/pins"}},
    {"broker/rpc", {"broker/log", "broker/protocol", "broker/platform", "broker/access"}},
    {"broker/methods",
     {"broker/log", "broker/protocol", "broker/config", "broker/rpc", "broker/accounts", "broker/access",
      "broker/audit", "broker/authserver", "broker/providers", "broker/pins"}},
    {"broker/gatekeeper",
     {"broker/log", "broker/protocol", "broker/platform", "broker/config", "broker/access", "broker/audit",
      "broker/accounts", "broker/authserver", "broker/pins", "broker/rpc"}},
    {"broker/gateway/upstream", {"broker/protocol"}},
    {"broker/gateway", {"broker/protocol", "broker/gateway/upstream"}},
    {"broker/gateway/door", {"broker/protocol", "broker/gateway/upstream", "broker/gateway"}},
    {"broker/gateway/proxy",
     {"broker/protocol", "broker/gateway/upstream", "broker/gateway", "broker/gateway/door"}},
    {"broker/gateway/local",
     {"broker/protocol", "broker/gateway/upstream", "broker/gateway", "broker/gateway/door"}},
    {"broker/gateway/pins", {"broker/protocol", "broker/gateway"}},
    {"broker/gateway/process",
     {"broker/protocol", "broker/gateway/upstream", "broker/gateway", "broker/gateway/door",
      "broker/gateway/proxy", "broker/gateway/local", "broker/gateway/pins", "broker/confinement"}},
    {"broker/daemon", {"*"}}, // the only place that builds objects and wires them
    {"app/client", {"broker/protocol"}},
    {"app/client/async", {"broker/protocol", "app/client"}},
    {"app/import", {"broker/protocol", "broker/config/tree"}},
    {"app/cli", {"broker/protocol", "app/client", "app/import"}},
    {"app/tray/mirror", {"broker/protocol", "app/client", "app/client/async"}},
    {"app/tray/look", {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror"}},
    {"app/tray/desktop",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look"}},
    {"app/tray/actions",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop"}},
    {"app/tray/consent",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions"}},
    {"app/tray/signin",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions"}},
    {"app/tray/setup",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions", "app/tray/signin"}},
    {"app/tray/pages",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions", "app/tray/signin"}},
    {"app/tray/activity",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions"}},
    {"app/tray/services",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions"}},
    {"app/tray/health",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions"}},
    {"app/tray/settings",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions"}},
    {"app/tray/window",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions"}},
    {"app/tray",
     {"broker/protocol", "app/client", "app/client/async", "app/tray/mirror", "app/tray/look",
      "app/tray/desktop", "app/tray/actions", "app/tray/consent", "app/tray/signin", "app/tray/setup",
      "app/tray/pages", "app/tray/activity", "app/tray/services", "app/tray/health", "app/tray/settings",
      "app/tray/window"}},
};

// The rooms below which no Qt header may be named: they are linked into the static command line.
const std::set<std::string> withoutQt{"broker/base",
                                      "broker/protocol",
                                      "broker/config/tree",
                                      "app/client",
                                      "app/import",
                                      "app/cli",
                                      "broker/sqlite",
                                      "broker/confinement",
                                      "broker/gateway",
                                      "broker/gateway/upstream",
                                      "broker/gateway/door",
                                      "broker/gateway/proxy",
                                      "broker/gateway/local",
                                      "broker/gateway/pins",
                                      "broker/gateway/process"};

// A header that only one room may name.
const std::map<std::string, std::string> ownedHeaders{
    {"qt6keychain", "broker/stores/keychain"},  {"sqlite3.h", "broker/sqlite"},
    {"yaml-cpp", "broker/config/tree"},         {"re2/re2.h", "broker/access"},
    {"hiredis", "broker/stores/redis"},         {"qrencode.h", "broker/methods"},
    {"prometheus/", "broker/methods"},          {"curl/", "broker/gateway/upstream"},
    {"simdjson.h", "broker/gateway"},           {"seccomp.h", "broker/confinement"},
    {"linux/landlock.h", "broker/confinement"},
};

// The deepest room of the table that a path lies in; empty if none.
std::string roomOf(const std::string& path) {
    std::string best;
    for (const auto& [room, unused] : allowed) {
        if (path.rfind(room + "/", 0) == 0 && room.size() > best.size())
            best = room;
    }
    return best;
}

struct Include {
    std::string file;
    std::string room;
    std::string target;
    bool system;
};

std::vector<Include> includes() {
    std::vector<Include> out;
    const std::regex line("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
    for (const char* top : {"broker", "app"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".h" && extension != ".cpp")
                continue;
            const std::string file = fs::relative(entry.path(), root).generic_string();
            std::ifstream stream(entry.path());
            for (std::string text; std::getline(stream, text);) {
                std::smatch match;
                if (std::regex_search(text, match, line))
                    out.push_back({file, roomOf(file), match[2], match[1] == "<"});
            }
        }
    }
    return out;
}

bool isQt(const Include& include) {
    return include.system && include.target.size() > 1 && include.target[0] == 'Q' &&
           std::isupper(include.target[1]);
}

TEST(Rooms, EveryFileLiesInARoom) {
    for (const Include& include : includes())
        EXPECT_FALSE(include.room.empty()) << include.file << " lies in no room of the floor plan";
}

TEST(Rooms, ArrowsGoDownOnly) {
    for (const Include& include : includes()) {
        if (include.system || include.room.empty())
            continue;
        const std::string target = roomOf(include.target);
        if (target.empty() || target == include.room || target == "broker/base")
            continue;
        const std::set<std::string>& arrows = allowed.at(include.room);
        EXPECT_TRUE(arrows.contains("*") || arrows.contains(target))
            << include.file << " includes " << include.target << ": no arrow from " << include.room << " to "
            << target;
    }
}

TEST(Rooms, IncludesStartAtTheTopOfTheTree) {
    for (const Include& include : includes()) {
        if (include.system || include.target.find('/') != std::string::npos)
            continue;
        EXPECT_TRUE(include.target.ends_with(".moc") || include.target.starts_with("ui_"))
            << include.file << " includes \"" << include.target << "\": the room cannot be seen";
    }
}

TEST(Rooms, TheCommandLineIsFreeOfQt) {
    for (const Include& include : includes()) {
        if (!withoutQt.contains(include.room))
            continue;
        EXPECT_FALSE(isQt(include)) << include.file << " includes <" << include.target << ">";
    }
}

// The command line is linked so that std::cout is never constructed (NoStreams.cpp).
TEST(Rooms, NobodyNamesTheStandardStreams) {
    for (const Include& include : includes())
        EXPECT_NE(include.target, "iostream") << include.file;
}

TEST(Rooms, ALibraryIsNamedInOneRoomOnly) {
    for (const Include& include : includes()) {
        for (const auto& [header, owner] : ownedHeaders) {
            if (!include.system || include.target.rfind(header, 0) != 0)
                continue;
            EXPECT_EQ(include.room, owner) << include.file << " includes <" << include.target << ">";
        }
    }
}

TEST(Rooms, TheDaemonNamesNoGuiHeader) {
    const std::set<std::string> gui{"QApplication", "QWidget", "QGuiApplication",
                                    "QIcon",        "QPixmap", "QDesktopServices"};
    for (const Include& include : includes()) {
        if (include.file.rfind("broker/", 0) != 0)
            continue;
        EXPECT_FALSE(gui.contains(include.target)) << include.file << " includes <" << include.target << ">";
    }
}

TEST(Rooms, TheTestSeesTheTree) {
    EXPECT_GT(includes().size(), 200U);
}

} // namespace
