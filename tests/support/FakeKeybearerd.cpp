// A stand-in for keybearerd: takes the lock, listens below KEYBEARER_HOME, says READY=1 and stays until
// SIGTERM or 30 s. FAKE_MODE=config|silent|crash|slow makes it misbehave.
#include "broker/protocol/Endpoint.h"
#include "tests/support/ScriptedBroker.h"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <sys/file.h>
#include <unistd.h>

using namespace keybearer;

namespace {

constexpr int lifetimeMilliseconds = 30'000;
constexpr int slowMilliseconds = 300;

int complain(const std::string& text, int status) {
    std::fprintf(stderr, "keybearerd: %s\n", text.c_str());
    return status;
}

void leaveMark(const Places& places) {
    // One line a process that got as far as the lock, so that a test can count them.
    const std::string file = (places.runtime / "started").string();
    const int mark = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const std::string line = std::to_string(::getpid()) + "\n";
    [[maybe_unused]] const ssize_t ignored = ::write(mark, line.data(), line.size());
    ::close(mark);
}

// What the reader of the broker says with --json.
int answerCheck(const char* file, bool wrong) {
    Json out{{"config", file}, {"valid", !wrong}};
    if (wrong)
        out["problem"] = Json{{"message", "config.yaml:3: stroe: unknown key; did you mean store?"},
                              {"action", "Correct that."},
                              {"file", file},
                              {"line", 3},
                              {"key", "stroe"},
                              {"did_you_mean", "store"}};
    else {
        out["preset"] = "local";
        out["warnings"] = Json::array({"a warning"});
        out["settings"] = Json::array({Json{{"key", "access.mode"},
                                            {"value", "ask"},
                                            {"set", true},
                                            {"secret", false},
                                            {"from", "default"}},
                                       Json{{"key", "providers.corp.client_secret"},
                                            {"value", nullptr},
                                            {"set", true},
                                            {"secret", true},
                                            {"from", "config.yaml:4 (${CORP_SECRET})"}},
                                       Json{{"key", "gateway.allowed_origins"},
                                            {"value", Json::array({"http://a", "http://b"})},
                                            {"set", true},
                                            {"secret", false},
                                            {"from", "KEYBEARER_GATEWAY_ALLOWED_ORIGINS"}}});
    }
    std::puts(out.dump().c_str());
    return wrong ? 2 : 0;
}

} // namespace

int main(int argc, char** argv) {
    const char* modeText = std::getenv("FAKE_MODE");
    const std::string mode = modeText == nullptr ? "" : modeText;
    if (argc > 1 && std::string(argv[1]) == "--check-config") {
        const std::string file =
            argc > 3 ? std::filesystem::path(argv[argc - 1]).filename().string() : std::string("config.yaml");
        if (argc > 2 && std::string(argv[2]) == "--json")
            return answerCheck(argv[argc - 1], mode == "config");
        return mode == "config"
                   ? complain(file + ":3: unknown key \"stroe\", perhaps store\n  Correct that.", 2)
                   : 0;
    }
    if (mode == "config")
        return complain("config.yaml:3: unknown key \"stroe\", perhaps store", 2);
    if (mode == "crash")
        return complain("the sky is falling\x1b[31m", 70);
    if (mode == "silent")
        return ::poll(nullptr, 0, lifetimeMilliseconds);
    if (std::getenv("KEYBEARER_CLIENT_KEY") != nullptr)
        return complain("a client key leaked", 71);
    const Result<Places> places = findPlaces();
    if (!places)
        return complain("no places", 2);
    std::filesystem::create_directories(places->runtime);
    std::filesystem::permissions(places->runtime, std::filesystem::perms::owner_all);
    const int lock = ::open(places->lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0)
        return complain("a broker is already running here", 2);
    leaveMark(*places);
    if (mode == "slow")
        ::poll(nullptr, 0, slowMilliseconds);
    ::unlink(places->socket.c_str());
    testing::ScriptedBroker broker(places->runtime.parent_path());
    broker.on("health.get", Json{{"status", "ok"}, {"version", "9.9"}, {"pid", ::getpid()}});
    broker.on("session.list", Json{{"sessions", Json::array()}});
    broker.on("consent.pending", Json{{"pending", Json::array()}});
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::string(argv[i]) == "--ready-fd") {
            const int ready = std::atoi(argv[i + 1]);
            [[maybe_unused]] const ssize_t ignored = ::write(ready, "READY=1\n", 8);
            ::close(ready);
        }
    }
    ::poll(nullptr, 0, lifetimeMilliseconds);
    return 0;
}
