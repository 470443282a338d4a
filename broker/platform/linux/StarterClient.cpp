#include "broker/platform/Starter.h"
#include "broker/platform/linux/Starter.h"
#include "broker/platform/linux/StarterWire.h"
#include "broker/platform/unix/StarterRequest.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr int roomForDatagrams = 512 * 1024; // of the socket; the system may give less

// One of the process, as the confinement that it makes up for is.
std::atomic<int> starterEnd{-1};
std::atomic<pid_t> forked{0}; // ours to wait for; of one that was handed over nobody asks
std::mutex oneAtATime;

// Nothing: there is no starter any more, or the request is too long (errno).
std::optional<Datagram> ask(const std::string& request, const std::vector<int>& descriptors = {}) {
    const std::lock_guard<std::mutex> turn(oneAtATime);
    if (request.size() > starter::longestRequest) {
        errno = E2BIG;
        return std::nullopt;
    }
    if (!sendDatagram(starterEnd, request, descriptors))
        return std::nullopt;
    std::optional<Datagram> answer = receiveDatagram(starterEnd, starter::longestAnswer);
    if (!answer)
        errno = EPIPE;
    return answer;
}

bool hasStarter() {
    return starterEnd >= 0;
}

} // namespace

int forkStarter() {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return -1;
    for (const int end : ends)
        ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &roomForDatagrams, sizeof(roomForDatagrams));
    const pid_t daemon = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0)
        serveStarts(ends[1], daemon);
    ::close(ends[1]);
    forked = pid;
    if (pid > 0)
        return ends[0];
    ::close(ends[0]);
    return -1;
}

void useStarter(int socket) {
    starterEnd = socket;
}

int starterSocket() {
    return starterEnd;
}

void endStarter() {
    if (const int socket = starterEnd.exchange(-1); socket >= 0)
        ::close(socket);
    if (const pid_t pid = forked.exchange(0); pid > 0)
        ::waitpid(pid, nullptr, 0);
}

bool starterIsGone() {
    if (!hasStarter())
        return false;
    char byte = 0;
    const ssize_t got = ::recv(starterEnd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR); // reset: it left something unread
}

void refuseProgramsBelow(const std::vector<std::filesystem::path>& places) {
    std::vector<std::string> names;
    names.reserve(places.size());
    for (const std::filesystem::path& place : places)
        names.push_back(place.native());
    if (hasStarter())
        static_cast<void>(
            ask(WireWriter().number(static_cast<std::uint64_t>(starter::Wish::Refuse)).texts(names).bytes()));
}

std::optional<StartedProcess> startByStarter(const ProcessPlan& plan) {
    if (!hasStarter())
        return std::nullopt;
    // It would end at what it cannot understand.
    if (!plan.program.is_absolute() || plan.words.empty() ||
        plan.program.native().find('\0') != std::string::npos)
        return StartedProcess{0, EINVAL};
    std::vector<int> descriptors;
    for (const ProcessPlan::Descriptor& each : plan.descriptors)
        descriptors.push_back(each.ours);
    const std::optional<Datagram> answer = ask(startRequest(plan), descriptors);
    if (!answer)
        return StartedProcess{0, errno};
    WireReader wire(answer->bytes);
    const auto pid = static_cast<std::int64_t>(wire.number());
    const auto code = static_cast<int>(wire.number());
    return wire.whole() ? StartedProcess{pid, code} : StartedProcess{0, EBADMSG};
}

// Of itself every process sees everything, and the starter nothing of one that is closed to debuggers.
std::vector<ProcLook> lookAtProcesses(const std::vector<ProcQuestion>& questions) {
    std::vector<ProcLook> out(questions.size());
    std::vector<std::size_t> foreign;
    WireWriter wire;
    wire.number(static_cast<std::uint64_t>(starter::Wish::Look));
    const bool alone = !hasStarter();
    const std::int64_t self = ::getpid();
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const auto& [pid, entry] = questions[i];
        if (alone || pid <= 0 || pid == self) {
            out[i] = lookDirectly(pid, entry);
            continue;
        }
        foreign.push_back(i);
        wire.number(static_cast<std::uint64_t>(entry)).number(static_cast<std::uint64_t>(pid));
    }
    if (foreign.empty())
        return out;
    std::optional<Datagram> answer;
    if (foreign.size() <= mostQuestions)
        answer = ask(wire.bytes());
    else
        errno = E2BIG; // it would end at that
    const std::vector<ProcLook> seen =
        answer ? looksIn(answer->bytes, foreign.size(), answer->descriptors)
               : std::vector<ProcLook>(foreign.size(), ProcLook{errno, {}, {}, -1});
    for (std::size_t i = 0; i < foreign.size(); ++i)
        out[foreign[i]] = seen[i];
    return out;
}

ProcLook lookAtProcess(std::int64_t pid, ProcEntry entry) {
    return lookAtProcesses({{pid, entry}}).front();
}

std::int64_t holderOfSocket(std::uint64_t inode) {
    if (!hasStarter() || holdsSocket(::getpid(), inode))
        return hasStarter() ? ::getpid() : holderDirectly(inode);
    const std::optional<Datagram> answer =
        ask(WireWriter().number(static_cast<std::uint64_t>(starter::Wish::Holder)).number(inode).bytes());
    return answer ? static_cast<std::int64_t>(WireReader(answer->bytes).number()) : 0;
}

} // namespace keybearer
