#include "broker/rpc/RpcServer.h"

#include "broker/protocol/RpcMessage.h"

#include <algorithm>
#include <sodium.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t scratchBytes = std::size_t{64} * 1024; // what one read takes; shared by all connections
constexpr int acceptsPerRound = 64; // so that a flood of connections does not stop the others
constexpr std::chrono::milliseconds newPatience{300}; // for the first request of a client that has just come
constexpr std::chrono::seconds stuckPause{1};         // before asking for a descriptor again
// While programs ask in quick succession, and when one has just connected, the next request is waited for
// here, which costs one system call, instead of in the event loop, which costs several. RpcLimits::run bounds
// it all.
constexpr int patienceMs = 1;

} // namespace

RpcServer::RpcServer(Setup setup, QObject* parent)
    : QObject(parent), beforeAnswers_(std::move(setup.beforeAnswers)),
      user_(setup.user >= 0 ? setup.user : static_cast<std::int64_t>(::geteuid())), limits_(setup.limits),
      dispatcher_({std::move(setup.version), std::move(setup.describeCaller), setup.admission,
                   std::move(setup.admitCapability)},
                  limits_),
      connections_(limits_), scratch_(std::make_unique<char[]>(scratchBytes)),
      warm_(std::move(setup.commitBatch)) {
    deadlineTimer_.setSingleShot(true);
    connect(&deadlineTimer_, &QTimer::timeout, this, &RpcServer::closeOverdue);
    resumeTimer_.setSingleShot(true);
    connect(&resumeTimer_, &QTimer::timeout, this, &RpcServer::resume);
}

RpcServer::~RpcServer() {
    close();
}

Result<void> RpcServer::openReadiness() {
    Result<std::unique_ptr<Readiness>> readiness = Readiness::create();
    if (!readiness)
        return tl::unexpected(std::move(readiness.error()));
    readiness_ = std::move(*readiness);
    ends_ = std::make_unique<EndWatch>(*readiness_);
    entrances_ = std::make_unique<Entrances>(*readiness_, user_, connections_.quota());
    notifier_ = std::make_unique<QSocketNotifier>(readiness_->descriptor(), QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, &RpcServer::serve);
    return {};
}

Result<void> RpcServer::listen(int fd, Door door) {
    if (!readiness_) {
        if (Result<void> opened = openReadiness(); !opened)
            return opened;
    }
    return entrances_->open(fd, door);
}

void RpcServer::retire() {
    if (entrances_)
        entrances_->shut();
    newUntil_ = std::chrono::steady_clock::now() + newPatience;
}

bool RpcServer::settled() const {
    const bool waitsForNew = std::chrono::steady_clock::now() < newUntil_;
    return std::none_of(connections_.begin(), connections_.end(), [waitsForNew](const auto& connection) {
        if (!connection)
            return false;
        if (!connection->caller || (waitsForNew && connection->isNew()))
            return waitsForNew;
        return connection->owes() || connection->hasUnread() || connection->hasBacklog();
    });
}

// Of a client that has not been greeted yet nothing but hello was looked at.
void RpcServer::sayGoodbye() {
    const std::string line = notificationLine("event", Json{{"topic", "broker.restarting"}});
    for (const auto& connection : connections_) {
        if (connection && (!connection->caller || (!connection->owes() && !connection->hasBacklog())))
            connection->queueLine(line);
    }
}

void RpcServer::close() {
    if (!readiness_)
        return;
    notifier_.reset();
    deadlineTimer_.stop();
    resumeTimer_.stop();
    retire();
    for (const auto& connection : connections_) {
        if (connection)
            connection->closeAfterFlush();
    }
    const SteadyTime until = std::chrono::steady_clock::now() + limits_.closing;
    while (connections_.quota().total() > 0 && std::chrono::steady_clock::now() < until) {
        attend();
        bury();
        if (connections_.quota().total() > 0)
            serveRound(patienceMs);
    }
    for (const auto& connection : connections_) {
        if (connection)
            connection->drop();
    }
    attend();
    bury();
    entrances_.reset();
    ends_.reset();
    readiness_.reset();
}

void RpcServer::add(std::string name, Method method) {
    dispatcher_.add(std::move(name), std::move(method));
}

void RpcServer::publish(std::string_view topic, Json event) {
    subscribers_.publish(topic, std::move(event));
}

std::size_t RpcServer::listeners(std::string_view topic) const {
    return subscribers_.listeners(topic);
}

bool RpcServer::become(std::uint64_t connection, Caller caller) {
    RpcConnection* found = connections_.find(connection);
    if (found == nullptr)
        return false;
    found->caller = std::move(caller);
    found->topics = 0;
    found->forgetWarm();
    return true;
}

void RpcServer::end(std::uint64_t connection) {
    if (RpcConnection* found = connections_.find(connection))
        found->drop();
}

RpcServer::Counters RpcServer::counters() const {
    Counters counters = counters_;
    counters.connections = connections_.quota().total();
    return counters;
}

// --- one wake-up
// ------------------------------------------------------------------------------------------------

void RpcServer::serve() {
    if (!readiness_ || serving_)
        return;
    serving_ = true;
    now_ = std::chrono::steady_clock::now();
    const SteadyTime until = now_ + limits_.run;
    int waitMs = 0;
    for (;;) {
        const std::uint64_t warmBefore = counters_.warm;
        const std::uint64_t acceptedBefore = counters_.accepted;
        if (serveRound(waitMs) == 0)
            break;
        bury();
        if (now_ >= until)
            break;
        const bool more = counters_.warm != warmBefore || counters_.accepted != acceptedBefore;
        waitMs = backlog_.empty() && more ? patienceMs : 0;
    }
    forgetMeasured();
    sodium_memzero(scratch_.get(), scratchUsed_);
    scratchUsed_ = 0;
    warm_.wipe();
    serving_ = false;
    attend(); // what listeners of connectionClosed had to say
    if (!backlog_.empty())
        resumeTimer_.start(0);
}

// What was left for the next turn of the event loop.
void RpcServer::resume() {
    bury();
    if (!backlog_.empty())
        serve();
}

// Serves whoever is ready; returns how many were.
std::size_t RpcServer::serveRound(int waitMs) {
    const std::size_t ready = readiness_->wait(events_, waitMs);
    now_ = std::chrono::steady_clock::now();
    turn_.swap(backlog_);
    const std::size_t waiting = turn_.size();
    for (const Slot slot : turn_) {
        if (connections_[slot] && connections_[slot]->hasBacklog())
            serveConnection(connections_[slot]);
    }
    turn_.clear();
    for (std::size_t i = 0; i < ready; ++i) {
        const Readiness::Event& event = events_[i];
        if (Entrances::isTag(event.tag)) {
            acceptWaiting(event.tag);
            continue;
        }
        if ((event.tag & EndWatch::tagBit) != 0) {
            if (const std::shared_ptr<const ProcessPin> process = ends_->ended(event.tag))
                connections_.dropAllOf(process);
            continue;
        }
        const std::shared_ptr<RpcConnection>& connection = connections_[event.tag];
        if (!connection)
            continue;
        if (event.writable)
            connection->callForAttention();
        if (event.readable && !connection->hasBacklog())
            serveConnection(connection);
        if (event.hungUp && !connection->hasBacklog())
            connection->drop();
    }
    warm_.release(now_);
    if (!attention_.empty() && beforeAnswers_)
        beforeAnswers_();
    attend();
    return ready + waiting;
}

void RpcServer::serveConnection(const std::shared_ptr<RpcConnection>& shared) {
    RpcConnection& connection = *shared;
    if (!connection.take(scratch_.get(), scratchBytes, scratchUsed_))
        return;
    const std::size_t begin = warm_.size();
    std::string_view line;
    for (std::size_t i = 0; i < limits_.linesPerTurn && connection.nextLine(line); ++i) {
        ++counters_.requests;
        if (warm_.answer(connection, line))
            ++counters_.warm;
        else
            dispatcher_.dispatch(shared, line);
    }
    connection.keepRest(now_);
    connection.measured.reset();
    warm_.assign(connection, begin);
    if (connection.lineTooLong()) {
        connection.answerError(
            {}, Error(ErrorCode::ParseError,
                      "a line is longer than " + std::to_string(limits_.lineBytes) + " bytes"));
        connection.closeAfterFlush();
    }
    if (connection.hasBacklog())
        backlog_.push_back(connection.slot);
    armDeadline(connection.deadline());
    if (warm_.isFull())
        warm_.release(now_);
}

// --- what connections have to say

void RpcServer::needsAttention(RpcConnection& connection) {
    attention_.push_back(&connection);
    if (!serving_)
        attend();
}

void RpcServer::hasLinesAgain(RpcConnection& connection) {
    if (std::find(backlog_.begin(), backlog_.end(), connection.slot) == backlog_.end())
        backlog_.push_back(connection.slot);
    if (!serving_)
        resumeTimer_.start(0);
}

void RpcServer::attend() {
    for (RpcConnection* told : attention_) {
        RpcConnection& connection = *told;
        connection.flush(serving_ ? now_ : std::chrono::steady_clock::now());
        if (connection.finished())
            dead_.push_back(connection.slot);
        else
            updateWatch(connection);
        connection.settle();
    }
    attention_.clear();
    if (!dead_.empty() && !serving_)
        resumeTimer_.start(0);
}

void RpcServer::updateWatch(RpcConnection& connection) {
    const bool reading = connection.readsMore();
    const bool writing = connection.hasUnread();
    if (writing)
        armDeadline(connection.deadline());
    if (reading == connection.watchesReading && writing == connection.watchesWriting)
        return;
    connection.watchesReading = reading;
    connection.watchesWriting = writing;
    readiness_->watch(connection.descriptor(), connection.slot, reading, writing);
}

// Frees the connections that are finished, once nobody on the stack can hold one.
void RpcServer::bury() {
    std::vector<quint64> gone;
    for (const Slot slot : std::exchange(dead_, {})) {
        const std::shared_ptr<RpcConnection> connection = connections_.take(slot);
        if (!connection)
            continue;
        readiness_->remove(connection->descriptor());
        ends_->closed(connection->process()->pin);
        gone.push_back(connection->id());
    }
    if (gone.empty())
        return;
    entrances_->watchAgain();
    for (const quint64 id : gone)
        Q_EMIT connectionClosed(id);
}

// --- coming and overstaying

void RpcServer::acceptWaiting(std::uint64_t tag) {
    for (int i = 0; i < acceptsPerRound; ++i) {
        Doorkeeper::Arrival arrival;
        switch (entrances_->next(tag, arrival)) {
        case Doorkeeper::Outcome::Arrived:
            admit(std::move(arrival), entrances_->doorOf(tag));
            break;
        case Doorkeeper::Outcome::Refused:
            ++counters_.refused;
            break;
        case Doorkeeper::Outcome::Stuck:
            armDeadline(now_ + stuckPause);
            return;
        case Doorkeeper::Outcome::Nobody:
            return;
        }
    }
}

void RpcServer::admit(Doorkeeper::Arrival arrival, Door door) {
    Owner& owner = *this;
    auto connection =
        std::make_shared<RpcConnection>(arrival.fd, nextId_++, arrival.process, owner, limits_, now_);
    connection->door = door;
    connection->measured = std::move(arrival.measured);
    connection->slot = connections_.nextSlot();
    if (!readiness_->add(arrival.fd, connection->slot)) {
        ++counters_.refused;
        return;
    }
    ends_->opened(arrival.process->pin);
    ++counters_.accepted;
    armDeadline(connection->deadline());
    newcomers_.push_back(connection->slot);
    connections_.put(std::move(connection));
}

// Whoever says hello later than at once is looked at again, and found out if it is another program by then.
void RpcServer::forgetMeasured() {
    for (const Slot slot : newcomers_) {
        if (connections_[slot])
            connections_[slot]->measured.reset();
    }
    newcomers_.clear();
}

void RpcServer::armDeadline(SteadyTime deadline) {
    if (deadline == SteadyTime() || (armedFor_ != SteadyTime() && armedFor_ <= deadline) || !notifier_)
        return;
    armedFor_ = deadline;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    deadlineTimer_.start(std::max(left, std::chrono::milliseconds(0)));
}

void RpcServer::closeOverdue() {
    const SteadyTime now = std::chrono::steady_clock::now();
    armedFor_ = SteadyTime();
    entrances_->watchAgain();
    for (const auto& connection : connections_) {
        if (!connection)
            continue;
        if (connection->overdue(now))
            connection->drop();
        else
            armDeadline(connection->deadline());
    }
}

} // namespace keybearer
