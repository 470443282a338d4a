#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace keybearer::testing {

// A directory of our own that goes with everything in it.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// What a script does with the connection a request came on. Lives for the call; server thread.
class ScriptedConnection {
public:
    ScriptedConnection(int descriptor, pid_t peer) : descriptor_(descriptor), peer_(peer) {}
    [[nodiscard]] pid_t peer() const { return peer_; }
    void sendRaw(const std::string& bytes) const;
    void sendLine(const std::string& line) const { sendRaw(line + "\n"); }
    void answer(const Json& request, const Json& result) const;
    void refuse(const Json& request, const Error& error) const;
    void event(Json params) const;
    void close() { closing_ = true; }
    [[nodiscard]] bool closing() const { return closing_; }

private:
    int descriptor_;
    pid_t peer_;
    bool closing_ = false;
};

// A broker that says what a test tells it to, on a real socket below a KEYBEARER_HOME of its own, from a
// thread of its own. hello is answered properly unless the script says otherwise; a method without a script
// is method_not_found.
class ScriptedBroker {
public:
    using Script = std::function<void(ScriptedConnection&, const Json& request)>;

    ScriptedBroker();
    explicit ScriptedBroker(const std::filesystem::path& home); // that the caller owns
    ~ScriptedBroker();
    ScriptedBroker(const ScriptedBroker&) = delete;
    ScriptedBroker& operator=(const ScriptedBroker&) = delete;

    [[nodiscard]] const std::filesystem::path& home() const { return home_; }
    [[nodiscard]] std::filesystem::path socket() const { return home_ / "run" / "broker.sock"; }

    void on(const std::string& method, Script script);
    void on(const std::string& method, Json result);
    void refuse(const std::string& method, Error error);
    void silent(const std::string& method);

    // The requests of that method, so far.
    [[nodiscard]] std::vector<Json> received(const std::string& method) const;
    // How many bytes arrived with the first read of the newest connection, and how many whole lines they
    // held.
    [[nodiscard]] std::size_t linesOfFirstRead() const { return linesOfFirstRead_; }

private:
    struct Peer;

    void listen();
    void serve();
    void accept(std::vector<std::unique_ptr<Peer>>& peers) const;
    bool read(Peer& peer);
    void handle(ScriptedConnection& connection, const std::string& line);

    std::unique_ptr<TemporaryDirectory> own_;
    std::filesystem::path home_;
    int listener_ = -1;
    int wake_[2] = {-1, -1};
    mutable std::mutex mutex_;
    std::map<std::string, Script> scripts_;
    std::vector<Json> received_;
    std::atomic<std::size_t> linesOfFirstRead_ = 0;
    std::thread thread_;
};

} // namespace keybearer::testing
