#include "broker/platform/linux/Starter.h"

#include "broker/platform/linux/RefusedPlaces.h"
#include "broker/platform/linux/StarterWire.h"
#include "broker/platform/unix/NewProcess.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

constexpr int ourSocket = 3;

// A child of our parent: the broker can wait for it, and it ends with the broker.
pid_t makeSibling() {
    return static_cast<pid_t>(::syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0));
}

// Nothing stays of what the broker was started with but standard error.
void shedEverything(int socket) {
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
        ::explicit_bzero(*entry, std::strlen(*entry));
    environ = nullptr;
    if (socket != ourSocket)
        ::dup2(socket, ourSocket);
    ::fcntl(ourSocket, F_SETFD, FD_CLOEXEC);
    ::syscall(SYS_close_range, ourSocket + 1, ~0U, 0U);
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(nothing, STDOUT_FILENO);
    ::close(nothing);
    static_cast<void>(::chdir("/") == 0);
}

struct Answer {
    std::string bytes;
    std::vector<int> descriptors;
};

class Service {
public:
    explicit Service(std::int64_t daemon) : daemon_(static_cast<pid_t>(daemon)) {}

    // Nothing: the broker would not have said that.
    std::optional<Answer> answer(const Datagram& request) {
        WireReader wire(request.bytes);
        const std::uint64_t wish = wire.number();
        if (wish == static_cast<std::uint64_t>(starter::Wish::Start))
            return start(wire, request.descriptors);
        if (!request.descriptors.empty())
            return std::nullopt;
        if (wish == static_cast<std::uint64_t>(starter::Wish::Look))
            return look(wire);
        if (wish == static_cast<std::uint64_t>(starter::Wish::Holder)) {
            const std::uint64_t inode = wire.number();
            if (!wire.whole())
                return std::nullopt;
            return Answer{WireWriter().number(static_cast<std::uint64_t>(holderDirectly(inode))).bytes(), {}};
        }
        if (wish != static_cast<std::uint64_t>(starter::Wish::Refuse))
            return std::nullopt;
        const std::vector<std::string> places = wire.texts();
        if (!wire.whole())
            return std::nullopt;
        refused_.add(places);
        return Answer{WireWriter().number(0).bytes(), {}};
    }

private:
    std::optional<Answer> start(WireReader& wire, const std::vector<int>& descriptors) const {
        const std::optional<ProcessPlan> plan = planIn(wire, descriptors);
        if (!plan)
            return std::nullopt;
        const StartedProcess made = refused_.leadThrough(plan->program)
                                        ? StartedProcess{0, EACCES}
                                        : newProcess(*plan, makeSibling, daemon_);
        return Answer{WireWriter()
                          .number(static_cast<std::uint64_t>(made.pid))
                          .number(static_cast<std::uint64_t>(made.code))
                          .bytes(),
                      {}};
    }

    static std::optional<Answer> look(WireReader& wire) {
        Answer out;
        std::size_t asked = 0;
        do {
            const std::uint64_t entry = wire.number();
            const std::uint64_t pid = wire.number();
            if (!wire.good() || ++asked > mostQuestions)
                return std::nullopt;
            ProcLook seen = lookDirectly(static_cast<std::int64_t>(pid), static_cast<ProcEntry>(entry));
            if (seen.fd >= 0 && out.descriptors.size() == starter::mostDescriptors)
                ::close(std::exchange(seen.fd, -1));
            if (seen.fd >= 0)
                out.descriptors.push_back(seen.fd);
            out.bytes += lookAnswer(seen);
        } while (!wire.whole());
        return out;
    }

    pid_t daemon_;
    RefusedPlaces refused_;
};

} // namespace

void serveStarts(int socket, std::int64_t daemon) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ})
        std::signal(signal, SIG_IGN); // it ends when the broker does, who may have more to start until then
    ::prctl(PR_SET_NAME, "kb-starter");
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    shedEverything(socket);
    Service service(daemon);
    while (std::optional<Datagram> request = receiveDatagram(ourSocket, starter::longestRequest)) {
        const std::optional<Answer> answer = service.answer(*request);
        for (const int fd : request->descriptors)
            ::close(fd);
        if (!answer || !sendDatagram(ourSocket, answer->bytes, answer->descriptors))
            ::_exit(1);
        for (const int fd : answer->descriptors)
            ::close(fd);
    }
    ::_exit(0);
}

} // namespace keybearer
