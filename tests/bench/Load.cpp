#include "tests/bench/Load.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace keybearer::bench {

namespace {

using Steady = std::chrono::steady_clock;

struct Client {
    int fd = -1;
    std::uint64_t next = 1;
    std::size_t got = 0; // bytes of the answer so far
    Steady::time_point asked;
};

int connectTo(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    for (int i = 0; i < 1000; ++i) { // the backlog may be full for a moment
        if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
            return fd;
        ::usleep(1000);
    }
    ::close(fd);
    return -1;
}

double cpuMicros(int pid) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        return 0;
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

class Loop {
public:
    explicit Loop(const LoadPlan& plan) : plan_(plan), set_(::epoll_create1(EPOLL_CLOEXEC)) {
        before_ = R"({"jsonrpc":"2.0","id":)";
        after_ = R"(,"method":"token.get","params":{"provider":")" + plan.provider + "\"}}\n";
    }
    ~Loop() {
        for (const Client& client : clients_)
            ::close(client.fd);
        ::close(set_);
    }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    bool connectAll() {
        clients_.resize(plan_.connections);
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            clients_[i].fd = connectTo(plan_.socket);
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            if (clients_[i].fd < 0 || (plan_.greets && !greet(clients_[i])) ||
                ::epoll_ctl(set_, EPOLL_CTL_ADD, clients_[i].fd, &event) != 0)
                return false;
        }
        return true;
    }

    // Runs until the time is over; the answers of the first tenth only warm up.
    bool run(LoadResult& result) {
        const auto begin = Steady::now();
        const auto measureFrom = begin + plan_.time / 10;
        const auto end = begin + plan_.time;
        micros_.reserve(1'000'000);
        for (Client& client : clients_)
            ask(client, begin);
        double cpuBefore = 0;
        auto measuredFrom = begin;
        bool measuring = false;
        Steady::time_point now = begin;
        while (now < end) {
            if (!round(now, measuring))
                return false;
            if (!measuring && now >= measureFrom) {
                measuring = true;
                measuredFrom = now;
                cpuBefore = cpuMicros(plan_.server);
            }
        }
        const double seconds = std::chrono::duration<double>(now - measuredFrom).count();
        const auto count = static_cast<double>(micros_.size());
        if (micros_.empty())
            return false;
        result.serverMicros = (cpuMicros(plan_.server) - cpuBefore) / count;
        result.rate = count / seconds;
        result.p50 = percentile(0.50);
        result.p99 = percentile(0.99);
        result.answerBytes = static_cast<double>(bytes_) / static_cast<double>(answers_);
        return true;
    }

private:
    static bool greet(Client& client) {
        constexpr std::string_view hello = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"hello\",\"params\":{"
                                           "\"protocol\":1,\"client\":{\"name\":"
                                           "\"bench\",\"version\":\"1\"}}}\n";
        if (::send(client.fd, hello.data(), hello.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(hello.size()))
            return false;
        std::array<char, 4096> answer{};
        const ssize_t got = ::recv(client.fd, answer.data(), answer.size(), 0);
        return got > 0 && std::string_view(answer.data(), static_cast<std::size_t>(got)).find("\"result\"") !=
                              std::string_view::npos;
    }
    bool ask(Client& client, Steady::time_point now) {
        std::array<char, 512> line{};
        std::memcpy(line.data(), before_.data(), before_.size());
        std::size_t size = before_.size();
        const std::string id = std::to_string(client.next++);
        std::memcpy(line.data() + size, id.data(), id.size());
        size += id.size();
        std::memcpy(line.data() + size, after_.data(), after_.size());
        size += after_.size();
        client.asked = now;
        client.got = 0;
        return ::send(client.fd, line.data(), size, MSG_NOSIGNAL) == static_cast<ssize_t>(size);
    }
    bool round(Steady::time_point& now, bool measuring) {
        const int ready = ::epoll_wait(set_, events_.data(), static_cast<int>(events_.size()), 5000);
        if (ready <= 0)
            return false;
        for (int i = 0; i < ready; ++i) {
            Client& client = clients_[events_[static_cast<std::size_t>(i)].data.u64];
            const ssize_t got = ::recv(client.fd, buffer_.data(), buffer_.size(), 0);
            if (got <= 0)
                return false;
            client.got += static_cast<std::size_t>(got);
            now = Steady::now();
            if (buffer_[static_cast<std::size_t>(got) - 1] != '\n')
                continue;
            // A refusal is quick to give: only tokens count.
            if (answers_ == 0 && plan_.greets &&
                std::string_view(buffer_.data(), static_cast<std::size_t>(got)).find("access_token") ==
                    std::string_view::npos)
                return false;
            ++answers_;
            bytes_ += client.got;
            if (measuring)
                micros_.push_back(static_cast<float>(
                    std::chrono::duration<double, std::micro>(now - client.asked).count()));
            if (!ask(client, now))
                return false;
        }
        return true;
    }
    double percentile(double part) {
        const auto at = static_cast<std::ptrdiff_t>(part * static_cast<double>(micros_.size() - 1));
        std::nth_element(micros_.begin(), micros_.begin() + at, micros_.end());
        return static_cast<double>(micros_[static_cast<std::size_t>(at)]);
    }

    const LoadPlan& plan_;
    int set_;
    std::string before_;
    std::string after_;
    std::vector<Client> clients_;
    std::vector<float> micros_;
    std::array<epoll_event, 256> events_{};
    std::array<char, 65536> buffer_{};
    std::uint64_t answers_ = 0;
    std::uint64_t bytes_ = 0;
};

void runOn(int processor) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(processor), &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

} // namespace

LoadResult runLoad(const LoadPlan& plan) {
    cpu_set_t before;
    ::sched_getaffinity(0, sizeof before, &before);
    if (plan.processor >= 0)
        runOn(plan.processor);
    LoadResult result;
    {
        Loop loop(plan);
        result.complete = loop.connectAll() && loop.run(result);
    }
    ::sched_setaffinity(0, sizeof before, &before);
    return result;
}

double median(std::vector<double> values) {
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

} // namespace keybearer::bench
