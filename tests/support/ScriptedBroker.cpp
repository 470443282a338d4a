#include "tests/support/ScriptedBroker.h"

#include "broker/protocol/RpcError.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace keybearer::testing {

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "keybearer-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("cannot make a temporary directory");
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void ScriptedConnection::sendRaw(const std::string& bytes) const {
    std::string_view rest = bytes;
    while (!rest.empty()) {
        const ssize_t sent = ::send(descriptor_, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return; // the client has gone; its test says whether that was right
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void ScriptedConnection::answer(const Json& request, const Json& result) const {
    sendLine(dumpJson(Json{{"jsonrpc", "2.0"}, {"id", request.value("id", Json())}, {"result", result}}));
}

void ScriptedConnection::refuse(const Json& request, const Error& error) const {
    sendLine(dumpJson(
        Json{{"jsonrpc", "2.0"}, {"id", request.value("id", Json())}, {"error", toRpcError(error)}}));
}

void ScriptedConnection::event(Json params) const {
    sendLine(dumpJson(Json{{"jsonrpc", "2.0"}, {"method", "event"}, {"params", std::move(params)}}));
}

struct ScriptedBroker::Peer {
    int descriptor = -1;
    pid_t process = 0;
    bool fresh = true;
    std::string buffer;
    ~Peer() { ::close(descriptor); }
};

ScriptedBroker::ScriptedBroker() : own_(std::make_unique<TemporaryDirectory>()), home_(own_->path()) {
    listen();
}

ScriptedBroker::ScriptedBroker(const std::filesystem::path& home) : home_(home) {
    listen();
}

void ScriptedBroker::listen() {
    std::filesystem::create_directories(home_);
    ::mkdir((home_ / "run").c_str(), 0700);
    on("hello", Json{{"server", "keybearerd"}, {"version", "9.9"}, {"protocol", 1}, {"role", "user"}});
    on("events.subscribe", [](ScriptedConnection& connection, const Json& request) {
        connection.answer(request, request["params"]);
    });
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket().c_str(), sizeof address.sun_path - 1);
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener_ < 0 ||
        ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_, 64) != 0 || ::pipe(wake_) != 0)
        throw std::runtime_error("cannot listen");
    thread_ = std::thread([this] { serve(); });
}

ScriptedBroker::~ScriptedBroker() {
    ::close(wake_[1]);
    thread_.join();
    ::close(wake_[0]);
    ::close(listener_);
    ::unlink(socket().c_str());
}

void ScriptedBroker::on(const std::string& method, Script script) {
    const std::lock_guard lock(mutex_);
    scripts_[method] = std::move(script);
}

void ScriptedBroker::on(const std::string& method, Json result) {
    on(method, Script([result = std::move(result)](ScriptedConnection& connection, const Json& request) {
           connection.answer(request, result);
       }));
}

void ScriptedBroker::refuse(const std::string& method, Error error) {
    on(method, Script([error = std::move(error)](ScriptedConnection& connection, const Json& request) {
           connection.refuse(request, error);
       }));
}

void ScriptedBroker::silent(const std::string& method) {
    on(method, Script([](ScriptedConnection&, const Json&) {}));
}

std::vector<Json> ScriptedBroker::received(const std::string& method) const {
    const std::lock_guard lock(mutex_);
    std::vector<Json> out;
    std::copy_if(received_.begin(), received_.end(), std::back_inserter(out),
                 [&](const Json& request) { return request.value("method", "") == method; });
    return out;
}

void ScriptedBroker::accept(std::vector<std::unique_ptr<Peer>>& peers) const {
    auto peer = std::make_unique<Peer>();
    peer->descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    ucred credentials{};
    socklen_t size = sizeof credentials;
    ::getsockopt(peer->descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size);
    peer->process = credentials.pid;
    peers.push_back(std::move(peer));
}

bool ScriptedBroker::read(Peer& peer) {
    char buffer[65536];
    const ssize_t got = ::recv(peer.descriptor, buffer, sizeof buffer, 0);
    if (got <= 0)
        return false;
    const std::string_view bytes(buffer, static_cast<std::size_t>(got));
    if (peer.fresh)
        linesOfFirstRead_ = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    peer.fresh = false;
    peer.buffer += bytes;
    for (std::size_t end = peer.buffer.find('\n'); end != std::string::npos; end = peer.buffer.find('\n')) {
        const std::string line = peer.buffer.substr(0, end);
        peer.buffer.erase(0, end + 1);
        ScriptedConnection connection(peer.descriptor, peer.process);
        handle(connection, line);
        if (connection.closing())
            return false;
    }
    return true;
}

void ScriptedBroker::handle(ScriptedConnection& connection, const std::string& line) {
    const Result<Json> request = parseJson(line);
    if (!request)
        return connection.refuse(Json::object(), request.error());
    Script script;
    {
        const std::lock_guard lock(mutex_);
        received_.push_back(*request);
        if (const auto found = scripts_.find(request->value("method", "")); found != scripts_.end())
            script = found->second;
    }
    if (script)
        script(connection, *request);
    else
        connection.refuse(*request, Error(ErrorCode::MethodNotFound, "no such method"));
}

void ScriptedBroker::serve() {
    std::vector<std::unique_ptr<Peer>> peers;
    for (;;) {
        std::vector<pollfd> set{{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}};
        for (const auto& peer : peers)
            set.push_back({peer->descriptor, POLLIN, 0});
        if (::poll(set.data(), set.size(), -1) < 0)
            continue;
        if (set[1].revents != 0)
            return;
        for (std::size_t i = set.size(); i-- > 2;) {
            if (set[i].revents != 0 && !read(*peers[i - 2]))
                peers.erase(peers.begin() + static_cast<std::ptrdiff_t>(i - 2));
        }
        if (set[0].revents != 0)
            accept(peers);
    }
}

} // namespace keybearer::testing
