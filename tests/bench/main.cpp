// Measures the budgets of the local door, the broker and its floor in turn within one run: ratios count,
// absolute figures are the machine's. See tests/bench/run.
#include "tests/bench/Load.h"
#include "tests/bench/Process.h"
#include "tests/bench/Table.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using namespace keybearer::bench;

struct Options {
    std::filesystem::path programs; // where bench_floor and the others lie
    double seconds = 1;             // one measurement
    int rounds = 5;
    int processes = 200; // starts of a program for one median
    int idleSeconds = 20;
    std::string sessionBus; // of whoever started us
    std::string socket;     // of a running broker that has a token; empty: the stand-in
    int broker = 0;         // its process identifier
    std::string provider = "bench";
    std::string cli;    // keybearer
    std::string daemon; // keybearerd, to be started by us
};

struct Places {
    std::filesystem::path directory;
    [[nodiscard]] std::string of(const char* name) const { return directory / name; }
};

struct Pair {
    std::vector<double> rate, p50, p99, cpu; // ours to the floor's, one a round
    std::vector<double> floorRate, ourRate, floorP99, ourP99, floorCpu, ourCpu;
};

struct Target {
    std::string socket;
    int pid = 0;
    std::string provider;
};

LoadResult load(const Target& target, std::size_t connections, const Options& options, bool greets,
                int processor) {
    LoadPlan plan;
    plan.socket = target.socket;
    plan.server = target.pid;
    plan.connections = connections;
    plan.time = std::chrono::milliseconds(static_cast<int>(options.seconds * 1000));
    plan.greets = greets;
    plan.processor = processor;
    plan.provider = target.provider;
    return runLoad(plan);
}

std::optional<Pair> compare(const Target& floor, const Target& ours, std::size_t connections,
                            const Options& options, int processor) {
    Pair pair;
    for (int round = 0; round < options.rounds; ++round) {
        const LoadResult base = load(floor, connections, options, false, processor);
        const LoadResult mine = load(ours, connections, options, true, processor);
        if (!base.complete || !mine.complete)
            return std::nullopt;
        pair.rate.push_back(mine.rate / base.rate);
        pair.p50.push_back(mine.p50 / base.p50);
        pair.p99.push_back(mine.p99 / base.p99);
        pair.cpu.push_back(mine.serverMicros / base.serverMicros);
        pair.floorRate.push_back(base.rate / 1000);
        pair.ourRate.push_back(mine.rate / 1000);
        pair.floorP99.push_back(base.p99);
        pair.ourP99.push_back(mine.p99);
        pair.floorCpu.push_back(base.serverMicros);
        pair.ourCpu.push_back(mine.serverMicros);
    }
    return pair;
}

Line line(const char* id, std::string what, const std::vector<double>& floor, const std::vector<double>& ours,
          const char* unit, const std::vector<double>& ratio, double budget, bool atLeast) {
    return {id,
            std::move(what),
            number(median(floor), unit),
            number(median(ours), unit),
            median(ratio),
            budget,
            atLeast,
            "x"};
}

// Both servers on the given processor (-1: any).
struct Servers {
    Process floorProcess;
    Process ownProcess;
    Target floor;
    Target ours;
    [[nodiscard]] bool ready() const { return floor.pid > 0 && ours.pid > 0; }
};

Servers startServers(const Options& options, const Places& places, int processor) {
    Servers servers;
    if (options.socket.empty()) {
        std::filesystem::remove(places.of("stub.sock"));
        servers.ownProcess = Process::start(
            {options.programs / "bench_stub", places.of("stub.sock"), places.of("rows")}, processor);
        servers.ours = {places.of("stub.sock"), servers.ownProcess.pid(), "bench"};
    } else {
        servers.ours = {options.socket, options.broker, options.provider};
        if (processor >= 0) {
            const std::string move = "taskset -acp " + std::to_string(processor) + " " +
                                     std::to_string(options.broker) + " >/dev/null";
            if (std::system(move.c_str()) != 0) // NOLINT(cert-env33-c): a benchmark's own words
                servers.ours.pid = 0;
        }
    }
    Options probe = options;
    probe.seconds = 0.1;
    const LoadResult one = servers.ours.pid > 0 ? load(servers.ours, 1, probe, true, -1) : LoadResult();
    if (!one.complete) {
        std::fprintf(stderr, "bench: the broker at %s gives no token\n", servers.ours.socket.c_str());
        return {};
    }
    std::filesystem::remove(places.of("floor.sock"));
    const int bytes = static_cast<int>(one.answerBytes);
    servers.floorProcess = Process::start(
        {options.programs / "bench_floor", places.of("floor.sock"), std::to_string(bytes)}, processor);
    servers.floor = {places.of("floor.sock"), servers.floorProcess.pid(), "bench"};
    return servers;
}

bool measureDoor(const Options& options, const Places& places, std::vector<Line>& lines) {
    const Servers servers = startServers(options, places, -1);
    if (!servers.ready())
        return false;
    for (const std::size_t connections : {std::size_t{1}, std::size_t{16}, std::size_t{256}}) {
        const auto pair = compare(servers.floor, servers.ours, connections, options, -1);
        if (!pair)
            return false;
        const std::string at =
            ", " + std::to_string(connections) + (connections == 1 ? " connection" : " connections");
        if (connections == 1) {
            lines.push_back(line("-", "warm token.get" + at + ", two processors", pair->floorRate,
                                 pair->ourRate, "k/s", pair->rate, 0.5, true));
            continue;
        }
        lines.push_back(
            line("B1", "warm token.get" + at, pair->floorRate, pair->ourRate, "k/s", pair->rate, 0.5, true));
        lines.push_back(line("B3", "server CPU a request" + at, pair->floorCpu, pair->ourCpu, "us", pair->cpu,
                             2.5, false));
        if (connections == 256)
            lines.push_back(line("B4", "p99" + at, pair->floorP99, pair->ourP99, "us", pair->p99, 2, false));
    }
    return true;
}

bool measureOneProcessor(const Options& options, const Places& places, std::vector<Line>& lines) {
    const Servers servers = startServers(options, places, 0);
    if (!servers.ready())
        return false;
    const auto pair = compare(servers.floor, servers.ours, 1, options, 0);
    if (!pair)
        return false;
    lines.push_back(line("B2", "warm token.get, 1 connection, one processor", pair->floorRate, pair->ourRate,
                         "k/s", pair->rate, 0.5, true));
    lines.push_back(line("B3", "server CPU a request, 1 connection", pair->floorCpu, pair->ourCpu, "us",
                         pair->cpu, 2.5, false));
    return true;
}

// Starts of whole programs, in turn, so that a noisy moment hits all of them.
bool measureProcesses(const Options& options, const Places& places, std::vector<Line>& lines) {
    const Servers servers = startServers(options, places, -1);
    if (!servers.ready())
        return false;
    ::setenv("KEYBEARER_SOCKET", servers.ours.socket.c_str(), 1);
    const std::vector<std::string> least{options.programs / "bench_round_trip", servers.floor.socket};
    const std::vector<std::string> ours{options.cli, "token", options.provider};
    const std::vector<std::string> peer{"oidc-token", options.provider};
    const bool hasPeer = timeOnce(peer) >= 0;
    std::vector<double> leastMs, oursMs, peerMs;
    for (int i = 0; i < options.processes; ++i) {
        leastMs.push_back(timeOnce(least));
        oursMs.push_back(timeOnce(ours));
        if (hasPeer)
            peerMs.push_back(timeOnce(peer));
        if (leastMs.back() < 0 || oursMs.back() < 0)
            return false;
    }
    lines.push_back({"B5", "keybearer token, to one round trip in static C", number(median(leastMs), "ms"),
                     number(median(oursMs), "ms"), median(oursMs) / median(leastMs), 1.2, false, "x"});
    if (hasPeer)
        lines.push_back({"B5", "keybearer token, to oidc-token", number(median(peerMs), "ms"),
                         number(median(oursMs), "ms"), median(oursMs) / median(peerMs), 0.65, false, "x"});
    if (const long calls = countSystemCalls(ours); calls > 0) {
        const auto count = static_cast<double>(calls);
        lines.push_back({"B5", "keybearer token, system calls", "", number(count, ""), count, 30, false, ""});
    }
    return true;
}

// With the keychain of the session, if there is one: without, the broker looks for it again and again. Memory
// is what nobody can share with it; pages of libraries are everybody's.
void measureIdle(const Options& options, const std::vector<std::string>& command, std::vector<Line>& lines) {
    const char* none = std::getenv("DBUS_SESSION_BUS_ADDRESS");
    const std::string noBus = none == nullptr ? "" : none;
    if (!options.sessionBus.empty())
        ::setenv("DBUS_SESSION_BUS_ADDRESS", options.sessionBus.c_str(), 1);
    const Process daemon = Process::start(command, -1, true);
    ::setenv("DBUS_SESSION_BUS_ADDRESS", noBus.c_str(), 1);
    if (!daemon.running())
        return;
    ::usleep(8'000'000); // what a start leaves to do is done: after 5 s the newest audit rows are checked
    const double memory = daemon.dirtyMiB();
    const Process::Switches before = daemon.voluntarySwitches();
    ::usleep(static_cast<useconds_t>(options.idleSeconds) * 1'000'000U);
    const double perTen =
        static_cast<double>(wakeUps(before, daemon.voluntarySwitches())) * 10 / options.idleSeconds;
    lines.push_back(
        {"B7", "keybearerd idle, memory of its own", "", number(memory, "MiB"), memory, 12, false, "MiB"});
    lines.push_back(
        {"B7", "keybearerd idle, wake-ups in 10 s", "", number(perTen, ""), perTen, 1, false, ""});
}

// The index of a used broker, and no keychain within reach: what is measured is our own start.
bool measureDaemon(const Options& options, const Places& places, std::vector<Line>& lines) {
    ::setenv("KEYBEARER_HOME", places.of("home").c_str(), 1);
    ::setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", 1);
    ::unsetenv("KEYBEARER_SOCKET");
    ::unsetenv("KEYBEARER_STORE_BACKEND");
    const std::string seed = (options.programs / "bench_seed").string();
    for (const auto& [credentials, budget] : {std::pair{100, 40.0}, std::pair{10'000, 1000.0}}) {
        if (timeOnce({seed, places.of("home"), std::to_string(credentials)}) < 0)
            return false;
        const std::vector<std::string> command{options.daemon, "--ready-fd", "3", "--log-level", "error"};
        std::vector<double> ready;
        Process daemon;
        for (int i = 0; i < std::max(3, options.rounds); ++i) {
            daemon.stop();
            daemon = Process::start(command, -1, true);
            if (!daemon.running())
                return false;
            ready.push_back(daemon.startMillis());
        }
        lines.push_back({"B6", "keybearerd, start to READY, " + std::to_string(credentials) + " credentials",
                         "", number(median(ready), "ms"), median(ready), budget, false, "ms"});
        if (credentials > 100)
            continue;
        daemon.stop();
        measureIdle(options, command, lines);
    }
    return true;
}

int usage() {
    std::fputs("usage: keybearer_bench [--seconds S] [--rounds N] [--processes N] [--idle-seconds S]\n"
               "         [--socket BROKER_SOCKET --server-pid PID --provider NAME] [--cli KEYBEARER]\n"
               "         [--daemon KEYBEARERD]\n"
               "Without --socket a stand-in behind the broker's own door is measured.\n",
               stderr);
    return 2;
}

std::optional<Options> parse(int argc, char** argv) {
    Options options;
    options.programs = std::filesystem::path(argv[0]).parent_path();
    std::map<std::string, std::string> given;
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc || std::strncmp(argv[i], "--", 2) != 0)
            return std::nullopt;
        given[argv[i]] = argv[i + 1];
    }
    for (const auto& [key, value] : given) {
        if (key == "--seconds")
            options.seconds = std::strtod(value.c_str(), nullptr);
        else if (key == "--rounds")
            options.rounds = static_cast<int>(std::strtol(value.c_str(), nullptr, 10));
        else if (key == "--processes")
            options.processes = static_cast<int>(std::strtol(value.c_str(), nullptr, 10));
        else if (key == "--idle-seconds")
            options.idleSeconds = static_cast<int>(std::strtol(value.c_str(), nullptr, 10));
        else if (key == "--socket")
            options.socket = value;
        else if (key == "--server-pid")
            options.broker = static_cast<int>(std::strtol(value.c_str(), nullptr, 10));
        else if (key == "--provider")
            options.provider = value;
        else if (key == "--cli")
            options.cli = value;
        else if (key == "--daemon")
            options.daemon = value;
        else
            return std::nullopt;
    }
    if (options.seconds <= 0 || options.rounds < 1 || options.processes < 1 || options.idleSeconds < 1)
        return std::nullopt;
    if (const char* bus = std::getenv("DBUS_SESSION_BUS_ADDRESS"))
        options.sessionBus = bus;
    return options;
}

} // namespace

int main(int argc, char** argv) {
    const std::optional<Options> options = parse(argc, argv);
    if (!options)
        return usage();
    std::string pattern = (std::filesystem::temp_directory_path() / "kb-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        return 1;
    const Places places{pattern};
    std::vector<Line> lines;
    bool complete = measureDoor(*options, places, lines);
    complete = measureOneProcessor(*options, places, lines) && complete;
    if (!options->cli.empty())
        complete = measureProcesses(*options, places, lines) && complete;
    if (!options->daemon.empty())
        complete = measureDaemon(*options, places, lines) && complete;
    print(lines);
    std::error_code ignored;
    std::filesystem::remove_all(places.directory, ignored);
    return complete ? 0 : 1;
}
