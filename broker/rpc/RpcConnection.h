#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Error.h"
#include "broker/platform/Measurement.h"
#include "broker/rpc/MethodTable.h"
#include "broker/rpc/RequestShape.h"
#include "broker/rpc/RpcLimits.h"
#include "broker/rpc/WipedBuffer.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace keybearer {

using SteadyTime = std::chrono::steady_clock::time_point;

// One client: its descriptor, what it sent and has not been looked at, what it has not read yet, and what
// hello said. Knows nothing of methods, of other clients or of waiting. Owned by the RpcServer; event loop
// thread.
class RpcConnection : public std::enable_shared_from_this<RpcConnection> {
public:
    // Whoever writes the queued answers when the moment has come.
    class Owner {
    public:
        virtual ~Owner() = default;
        // The connection has something to write or has to be closed. Told once until settle() is called.
        virtual void needsAttention(RpcConnection& connection) = 0;
        // Whole lines were put aside while it was held, and it is not held any more.
        virtual void hasLinesAgain(RpcConnection& connection) = 0;
    };

    // Takes over the descriptor.
    RpcConnection(int fd, std::uint64_t id, std::shared_ptr<const PeerProcess> process, Owner& owner,
                  const RpcLimits& limits, SteadyTime now);
    ~RpcConnection();
    RpcConnection(const RpcConnection&) = delete;
    RpcConnection& operator=(const RpcConnection&) = delete;

    [[nodiscard]] int descriptor() const { return fd_; }
    [[nodiscard]] std::uint64_t id() const { return id_; }
    [[nodiscard]] const std::shared_ptr<const PeerProcess>& process() const { return process_; }
    [[nodiscard]] std::int64_t pid() const { return process_->credentials.pid; }

    // --- reading: take() what is there, then nextLine() until it says no, then keepRest()
    // ------------------------- Reads once, into `scratch` if nothing was left over from before. False if
    // there is nothing to look at. `used` becomes the most that scratch ever held.
    [[nodiscard]] bool take(char* scratch, std::size_t size, std::size_t& used);
    // The next whole line; valid until keepRest(). False if there is none, or if the connection is to be
    // closed.
    [[nodiscard]] bool nextLine(std::string_view& line);
    // Puts aside what nextLine() has not returned, and sets the deadline of an unfinished line.
    void keepRest(SteadyTime now);
    // Whole lines are put aside: it is worth another turn without new bytes.
    [[nodiscard]] bool hasBacklog() const { return backlog_ && !held_; }
    [[nodiscard]] bool lineTooLong() const { return lineTooLong_; }
    [[nodiscard]] bool readsMore() const { return !sawEnd_ && !closing_ && !dead_ && !held_; }
    // While it is found out who this is, nothing that follows hello is looked at.
    void hold() { held_ = true; }
    void unhold();

    // --- answering
    // ------------------------------------------------------------------------------------------------ Queues
    // {"jsonrpc":"2.0","id":<id><member><json>}; member is `,"result":` or `,"error":`. A client that lets
    // too much pile up is dropped.
    void answer(std::string_view id, std::string_view member, std::string_view json);
    void answerError(std::string_view id, const Error& error);
    void queueLine(std::string_view line);
    // Writes bytes that are whole lines at once, or queues what the client does not take.
    void send(std::string_view bytes, SteadyTime now);
    // Writes what is queued, as far as the client takes it.
    void flush(SteadyTime now);
    [[nodiscard]] bool hasUnread() const { return !out_.empty(); }

    // --- counting answers that are owed
    // ---------------------------------------------------------------------------
    [[nodiscard]] bool owesTooMuch() const { return owed_ >= limits_.unanswered; }
    [[nodiscard]] bool owes() const { return owed_ > 0; }
    void owe() { ++owed_; }
    void paid(); // after the answer was queued
    // It has had no answer but that to hello: its first request is on its way.
    [[nodiscard]] bool isNew() const { return answers_ < 2; }

    // --- the warm path
    // -------------------------------------------------------------------------------------------- The
    // request that is being dispatched right now, so that a warm answer can be remembered for its bytes.
    struct Asking {
        const void* reply = nullptr; // which reply is meant
        std::string_view line;
        std::string_view id;
    };
    void setAsking(Asking asking) { asking_ = asking; }
    void remember(const void* reply, std::shared_ptr<WarmAnswer> answer);
    void forgetWarm() { warm_ = {}; }
    // The remembered answer for this line, already released, and the digits of its id; null if there is none.
    [[nodiscard]] WarmAnswer* warmAnswer(std::string_view line, std::string_view& id);

    // Has the owner write what is queued and look whether the connection is finished.
    void callForAttention();

    // --- ending
    // ---------------------------------------------------------------------------------------------------
    void closeAfterFlush(); // takes no further request
    void drop();            // at once
    // Nothing is left to do: dropped, or told to close and flushed, or the client is done and has all its
    // answers.
    [[nodiscard]] bool finished() const;
    [[nodiscard]] bool dropped() const { return dead_; }
    void settle() { attention_ = false; }

    // The moment at which this client will have kept us waiting too long; the epoch if it does not.
    [[nodiscard]] SteadyTime deadline() const;
    [[nodiscard]] bool overdue(SteadyTime now) const;

    // --- who it is
    // ------------------------------------------------------------------------------------------------
    std::optional<Caller> caller; // set by hello
    // What was seen when it connected: for what it sends at once, and until the wake-up ends.
    std::optional<Measurement> measured;
    Door door = Door::Broker;   // through which socket it came
    std::uint32_t topics = 0;   // bit i: eventTopics[i]
    std::size_t slot = 0;       // the server's place for it
    bool watchesReading = true; // what the server last told the kernel
    bool watchesWriting = false;

private:
    struct Warm {
        std::optional<RequestShape> shape;
        std::shared_ptr<WarmAnswer> answer;
    };
    static constexpr std::size_t rememberedShapes = 4; // programs ask for a handful of tokens

    int fd_;
    std::uint64_t id_;
    std::shared_ptr<const PeerProcess> process_;
    Owner& owner_;
    const RpcLimits& limits_;

    WipedBuffer in_;            // begins with the unfinished line
    std::size_t scanned_ = 0;   // no LF before this place of in_
    std::string_view rest_;     // between take() and keepRest(): what has not been looked at
    bool restIsInside_ = false; // rest_ points into in_
    WipedBuffer out_;
    Asking asking_;
    std::array<Warm, rememberedShapes> warm_;
    std::size_t nextWarm_ = 0;
    std::size_t owed_ = 0;
    std::uint64_t answers_ = 0;

    SteadyTime helloUntil_{};
    SteadyTime lineUntil_{};
    SteadyTime readUntil_{};
    bool backlog_ = false;
    bool lineTooLong_ = false;
    bool sawEnd_ = false;
    bool closing_ = false;
    bool held_ = false;
    bool dead_ = false;
    bool attention_ = false;
};

} // namespace keybearer
