#pragma once

#include "broker/base/Result.h"
#include "broker/platform/Readiness.h"
#include "broker/rpc/ConnectionTable.h"
#include "broker/rpc/EndWatch.h"
#include "broker/rpc/Entrances.h"
#include "broker/rpc/MethodTable.h"
#include "broker/rpc/RpcConnection.h"
#include "broker/rpc/RpcDispatcher.h"
#include "broker/rpc/RpcLimits.h"
#include "broker/rpc/Subscribers.h"
#include "broker/rpc/WarmBatch.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keybearer {

// The broker's door: JSON-RPC 2.0 over a local socket, one object a line (broker/protocol/PROTOCOL.md). All
// connections hang on one Readiness set, so that one wake-up of the event loop serves every client that is
// ready: read all, one barrier for the audit rows of the warm answers, write all. Owned by the Broker; event
// loop thread. Never lets one client starve, block or bloat the others; never writes a warm answer whose
// audit row is not written.
class RpcServer final : public QObject,
                        public MethodTable,
                        public EventPublisher,
                        public ConnectionDesk,
                        private RpcConnection::Owner {
    Q_OBJECT

public:
    struct Setup {
        std::string version;
        RpcDispatcher::DescribeCaller describeCaller; // see there
        Admission* admission = nullptr;               // the same; must outlive the server
        std::function<Result<void>(std::uint64_t, const std::string&, Caller&)> admitCapability;
        // Writes the audit rows that warm answers staged, before any of those answers leaves. False: they do
        // not leave, and their connections are closed.
        std::function<bool()> commitBatch;
        // Called when requests were answered, before those answers leave: what a request has changed holds
        // for everybody when whoever asked for it learns that it is done.
        std::function<void()> beforeAnswers;
        std::int64_t user = -1; // the one user whose programs are served; -1: the user of this process
        RpcLimits limits;
    };
    struct Counters {
        std::uint64_t connections = 0; // open now
        std::uint64_t accepted = 0;
        std::uint64_t refused = 0;  // foreign user, too many, no descriptor left
        std::uint64_t requests = 0; // lines
        std::uint64_t warm = 0;     // of these, answered without parsing
    };

    explicit RpcServer(Setup setup, QObject* parent = nullptr);
    ~RpcServer() override;
    Q_DISABLE_COPY_MOVE(RpcServer)

    // `fd` listens, does not block, stays the caller's and must outlive close(). Add the methods first. Once
    // a door.
    [[nodiscard]] Result<void> listen(int fd, Door door = Door::Broker);
    // The way to a successor that takes the listening sockets over, before close(). Accepts nobody any more:
    // whoever connects waits in the queue. Then settled() tells when every request has its answer, the first
    // one of a client that came just before included, which not every client would repeat; then those who
    // have asked nothing that is open are told that what they send from now on was not read, so that they may
    // repeat it on a new connection (event broker.restarting).
    void retire();
    [[nodiscard]] bool settled() const;
    void sayGoodbye();
    // Accepts nobody any more, writes what is queued within two seconds, then closes every connection.
    // Blocks.
    void close();

    void add(std::string name, Method method) override;
    [[nodiscard]] std::vector<std::string> methodNames() const { return dispatcher_.methodNames(); }

    void publish(std::string_view topic, Json event) override;
    [[nodiscard]] std::size_t listeners(std::string_view topic) const override;
    [[nodiscard]] const Subscribers& subscribers() const { return subscribers_; }

    bool become(std::uint64_t connection, Caller caller) override;
    void end(std::uint64_t connection) override;

    [[nodiscard]] Counters counters() const;

Q_SIGNALS:
    // Its pending replies lead nowhere from now on. Never emitted from inside a method, a reply or publish().
    void connectionClosed(quint64 connection);

private Q_SLOTS:
    void serve();
    void closeOverdue();
    void resume();

private:
    using Slot = ConnectionTable::Slot;

    void needsAttention(RpcConnection& connection) override;
    void hasLinesAgain(RpcConnection& connection) override;

    std::size_t serveRound(int waitMs);
    [[nodiscard]] Result<void> openReadiness();
    void acceptWaiting(std::uint64_t tag);
    void admit(Doorkeeper::Arrival arrival, Door door);
    void forgetMeasured();
    void serveConnection(const std::shared_ptr<RpcConnection>& shared);
    void attend();
    void updateWatch(RpcConnection& connection);
    void bury();
    void armDeadline(SteadyTime deadline);

    std::function<void()> beforeAnswers_;
    std::int64_t user_;
    RpcLimits limits_;
    RpcDispatcher dispatcher_;
    ConnectionTable connections_;
    Subscribers subscribers_{connections_, dispatcher_};
    std::unique_ptr<Readiness> readiness_; // null, like the next three, unless it listens
    std::unique_ptr<EndWatch> ends_;
    std::unique_ptr<Entrances> entrances_;
    std::unique_ptr<QSocketNotifier> notifier_;
    QTimer deadlineTimer_;
    QTimer resumeTimer_;
    SteadyTime armedFor_{};
    SteadyTime newUntil_{}; // how long a first request is waited for, once nobody is accepted any more

    std::vector<RpcConnection*> attention_; // told by needsAttention(), not attended to yet
    std::vector<Slot> newcomers_;           // accepted in this wake-up
    std::vector<Slot> dead_;                // to be buried once nobody is on the stack
    std::vector<Slot> backlog_;             // whole lines lie there unread
    std::vector<Slot> turn_;                // serveRound()'s own copy of it

    std::array<Readiness::Event, 256> events_{};
    std::unique_ptr<char[]> scratch_;
    std::size_t scratchUsed_ = 0;
    WarmBatch warm_;

    SteadyTime now_{};
    std::uint64_t nextId_ = 1;
    Counters counters_;
    bool serving_ = false;
};

} // namespace keybearer
