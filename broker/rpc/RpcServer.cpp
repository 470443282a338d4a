#include "broker/rpc/RpcServer.h"

#include "broker/protocol/RpcMessage.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <sodium.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t scratchBytes = std::size_t{64} * 1024; // what one read takes; shared by all connections
constexpr std::size_t outgoingBytes = std::size_t{64} * 1024; // warm answers at which writing begins
constexpr std::size_t keptOutgoing = std::size_t{128} * 1024; // memory kept for the next warm answers
constexpr std::size_t outgoingLimit = std::size_t{64}
                                      << 20U; // never reached: linesPerTurn answers beyond outgoingBytes
constexpr int acceptsPerRound = 64;           // so that a flood of connections does not stop the others
constexpr std::chrono::milliseconds newPatience{300}; // for the first request of a client that has just come
constexpr std::chrono::seconds stuckPause{1};         // before asking for a descriptor again
constexpr std::uint64_t lastTag = ~std::uint64_t{0};  // of the first entrance; the second has the one before
constexpr std::uint64_t mostEntrances = 2;
// While programs ask in quick succession, and when one has just connected, the next request is waited for
// here, which costs one system call, instead of in the event loop, which costs several. RpcLimits::run bounds
// it all.
constexpr int patienceMs = 1;

std::uint64_t tagOf(std::size_t entrance) {
    return lastTag - entrance;
}

int topicNumber(std::string_view topic) {
    for (std::size_t i = 0; i < std::size(eventTopics); ++i) {
        if (topic == eventTopics[i])
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace

RpcServer::RpcServer(Setup setup, QObject* parent)
    : QObject(parent), commitBatch_(std::move(setup.commitBatch)),
      beforeAnswers_(std::move(setup.beforeAnswers)),
      user_(setup.user >= 0 ? setup.user : static_cast<std::int64_t>(::geteuid())), limits_(setup.limits),
      dispatcher_({std::move(setup.version), std::move(setup.describeCaller), setup.admission,
                   std::move(setup.admitCapability)},
                  limits_),
      quota_(limits_), scratch_(std::make_unique<char[]>(scratchBytes)), outgoing_(outgoingLimit) {
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
    notifier_ = std::make_unique<QSocketNotifier>(readiness_->descriptor(), QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, &RpcServer::serve);
    return {};
}

Result<void> RpcServer::listen(int fd, Door door) {
    if (!readiness_) {
        if (Result<void> opened = openReadiness(); !opened)
            return opened;
    }
    if (entrances_.size() == mostEntrances || !readiness_->add(fd, tagOf(entrances_.size())))
        return failure(ErrorCode::InternalError,
                       std::string("cannot watch the socket: ") + std::strerror(errno));
    entrances_.push_back({fd, door, std::make_unique<Doorkeeper>(fd, user_, quota_)});
    return {};
}

void RpcServer::retire() {
    for (const Entrance& entrance : entrances_)
        readiness_->remove(entrance.listener);
    entrances_.clear();
    newUntil_ = std::chrono::steady_clock::now() + newPatience;
}

bool RpcServer::settled() const {
    const bool waitsForNew = std::chrono::steady_clock::now() < newUntil_;
    return std::none_of(slots_.begin(), slots_.end(), [waitsForNew](const auto& connection) {
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
    for (const auto& connection : slots_) {
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
    for (const auto& connection : slots_) {
        if (connection)
            connection->closeAfterFlush();
    }
    const SteadyTime until = std::chrono::steady_clock::now() + limits_.closing;
    while (quota_.total() > 0 && std::chrono::steady_clock::now() < until) {
        attend();
        bury();
        if (quota_.total() > 0)
            serveRound(patienceMs);
    }
    for (const auto& connection : slots_) {
        if (connection)
            connection->drop();
    }
    attend();
    bury();
    ends_.reset();
    readiness_.reset();
}

void RpcServer::add(std::string name, Method method) {
    dispatcher_.add(std::move(name), std::move(method));
}

void RpcServer::publish(std::string_view topic, Json event) {
    const int number = topicNumber(topic);
    if (number < 0)
        return;
    event["topic"] = topic;
    const std::string line = notificationLine("event", event);
    for (const auto& connection : slots_) {
        if (connection && (connection->topics & (1U << number)) != 0 &&
            dispatcher_.mayHear(*connection->caller))
            connection->queueLine(line);
    }
}

std::size_t RpcServer::listeners(std::string_view topic) const {
    const int number = topicNumber(topic);
    if (number < 0)
        return 0;
    return static_cast<std::size_t>(
        std::count_if(slots_.begin(), slots_.end(), [number](const auto& connection) {
            return connection && connection->readsMore() && (connection->topics & (1U << number)) != 0 &&
                   callerMay(*connection->caller, Permission::ConsentAnswer);
        }));
}

bool RpcServer::hears(std::string_view topic, const std::filesystem::path& program) const {
    const int number = topicNumber(topic);
    return number >= 0 && std::any_of(slots_.begin(), slots_.end(), [&](const auto& connection) {
               return connection && connection->readsMore() && (connection->topics & (1U << number)) != 0 &&
                      connection->caller->operatorProgram &&
                      connection->caller->executable == program.string();
           });
}

RpcConnection* RpcServer::find(std::uint64_t connection) const {
    const auto found = std::find_if(slots_.begin(), slots_.end(), [connection](const auto& each) {
        return each && each->id() == connection && !each->dropped();
    });
    return found == slots_.end() ? nullptr : found->get();
}

bool RpcServer::become(std::uint64_t connection, Caller caller) {
    RpcConnection* found = find(connection);
    if (found == nullptr)
        return false;
    found->caller = std::move(caller);
    found->topics = 0;
    found->forgetWarm();
    return true;
}

void RpcServer::end(std::uint64_t connection) {
    if (RpcConnection* found = find(connection))
        found->drop();
}

RpcServer::Counters RpcServer::counters() const {
    Counters counters = counters_;
    counters.connections = quota_.total();
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
    outgoing_.clear(keptOutgoing);
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
        if (slots_[slot] && slots_[slot]->hasBacklog())
            serveConnection(slots_[slot]);
    }
    turn_.clear();
    for (std::size_t i = 0; i < ready; ++i) {
        const Readiness::Event& event = events_[i];
        if (event.tag > lastTag - mostEntrances) {
            acceptWaiting(static_cast<std::size_t>(lastTag - event.tag));
            continue;
        }
        if ((event.tag & EndWatch::tagBit) != 0) {
            dropConnectionsOf(event.tag);
            continue;
        }
        const std::shared_ptr<RpcConnection>& connection = slots_[event.tag];
        if (!connection)
            continue;
        if (event.writable)
            connection->callForAttention();
        if (event.readable && !connection->hasBacklog())
            serveConnection(connection);
        if (event.hungUp && !connection->hasBacklog())
            connection->drop();
    }
    releaseWarm();
    if (!attention_.empty() && beforeAnswers_)
        beforeAnswers_();
    attend();
    return ready + waiting;
}

void RpcServer::serveConnection(const std::shared_ptr<RpcConnection>& shared) {
    RpcConnection& connection = *shared;
    if (!connection.take(scratch_.get(), scratchBytes, scratchUsed_))
        return;
    const std::size_t begin = outgoing_.size();
    std::string_view line;
    for (std::size_t i = 0; i < limits_.linesPerTurn && connection.nextLine(line); ++i) {
        ++counters_.requests;
        if (!answerWarm(connection, line))
            dispatcher_.dispatch(shared, line);
    }
    connection.keepRest(now_);
    connection.measured.reset();
    if (outgoing_.size() > begin)
        releases_.push_back({&connection, begin, outgoing_.size()});
    if (connection.lineTooLong()) {
        connection.answerError(
            {}, Error(ErrorCode::ParseError,
                      "a line is longer than " + std::to_string(limits_.lineBytes) + " bytes"));
        connection.closeAfterFlush();
    }
    if (connection.hasBacklog())
        backlog_.push_back(connection.slot);
    armDeadline(connection.deadline());
    if (outgoing_.size() >= outgoingBytes)
        releaseWarm();
}

bool RpcServer::answerWarm(RpcConnection& connection, std::string_view line) {
    std::string_view id;
    const WarmAnswer* answer = connection.warmAnswer(line, id);
    if (answer == nullptr)
        return false;
    ++counters_.warm;
    const std::string_view json = answer->resultJson();
    if (!outgoing_.reserve(json.size() + id.size() + 64))
        return connection.drop(), true;
    outgoing_.put(R"({"jsonrpc":"2.0","id":)");
    outgoing_.put(id);
    outgoing_.put(R"(,"result":)");
    outgoing_.put(json);
    outgoing_.put("}\n");
    return true;
}

// The barrier: audit rows first, then the answers that they speak of.
void RpcServer::releaseWarm() {
    if (releases_.empty())
        return;
    const bool written = !commitBatch_ || commitBatch_();
    const std::string_view bytes = outgoing_.view();
    for (const Release& release : releases_) {
        if (written)
            release.connection->send(bytes.substr(release.begin, release.end - release.begin), now_);
        else
            release.connection->drop();
    }
    releases_.clear();
    outgoing_.clear(keptOutgoing);
}

// --- what connections have to say
// -------------------------------------------------------------------------------

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

// The program that connected has ended, and whoever holds its end of the connection now was never measured
// (T-03). A connection that was handed over with a capability (become()) is another's, and ended by whoever
// issued that.
void RpcServer::dropConnectionsOf(std::uint64_t endTag) {
    const std::shared_ptr<const ProcessPin> pin = ends_->ended(endTag);
    if (pin == nullptr)
        return;
    for (const auto& connection : slots_) {
        const bool handedOver = connection && connection->caller && !connection->caller->capability.empty() &&
                                connection->caller->process == nullptr;
        if (connection && connection->process()->pin == pin && !handedOver)
            connection->drop();
    }
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
        const std::shared_ptr<RpcConnection> connection = std::move(slots_[slot]);
        if (!connection)
            continue;
        readiness_->remove(connection->descriptor());
        quota_.closed(connection->pid());
        ends_->closed(connection->process()->pin);
        freeSlots_.push_back(slot);
        gone.push_back(connection->id());
    }
    if (gone.empty())
        return;
    listenAgain();
    for (const quint64 id : gone)
        Q_EMIT connectionClosed(id);
}

// --- coming and overstaying
// -------------------------------------------------------------------------------------

void RpcServer::acceptWaiting(std::size_t entrance) {
    for (int i = 0; i < acceptsPerRound && entrance < entrances_.size(); ++i) {
        Entrance& here = entrances_[entrance];
        Doorkeeper::Arrival arrival;
        switch (here.keeper->next(arrival)) {
        case Doorkeeper::Outcome::Arrived:
            admit(std::move(arrival), here.door);
            break;
        case Doorkeeper::Outcome::Refused:
            ++counters_.refused;
            break;
        case Doorkeeper::Outcome::Stuck:
            here.stuck = true;
            readiness_->watch(here.listener, tagOf(entrance), false, false);
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
    if (freeSlots_.empty()) {
        freeSlots_.push_back(slots_.size());
        slots_.emplace_back();
    }
    connection->slot = freeSlots_.back();
    if (!readiness_->add(arrival.fd, connection->slot)) {
        ++counters_.refused;
        return;
    }
    freeSlots_.pop_back();
    quota_.opened(connection->pid());
    ends_->opened(arrival.process->pin);
    ++counters_.accepted;
    armDeadline(connection->deadline());
    newcomers_.push_back(connection->slot);
    slots_[connection->slot] = std::move(connection);
}

// Whoever says hello later than at once is looked at again, and found out if it is another program by then.
void RpcServer::forgetMeasured() {
    for (const Slot slot : newcomers_) {
        if (slots_[slot])
            slots_[slot]->measured.reset();
    }
    newcomers_.clear();
}

void RpcServer::listenAgain() {
    for (std::size_t i = 0; i < entrances_.size(); ++i) {
        if (std::exchange(entrances_[i].stuck, false))
            readiness_->watch(entrances_[i].listener, tagOf(i), true, false);
    }
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
    listenAgain();
    for (const auto& connection : slots_) {
        if (!connection)
            continue;
        if (connection->overdue(now))
            connection->drop();
        else
            armDeadline(connection->deadline());
    }
}

} // namespace keybearer
