#pragma once

#include "broker/gateway/EventTimers.h"
#include "broker/gateway/MessageReader.h"
#include "broker/gateway/local/LocalClient.h"
#include "broker/gateway/local/ProgramStarter.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace keybearer {

// One local service: a program that speaks MCP over stdio with one client, shared by many. Opens the program
// when a request needs it, in the gateway's own name, and opens it anew when it has ended, without the
// clients noticing more than their open requests failing. Ids and progress tokens are its own towards the
// program; each client sees its own. What the program says unasked goes to
//  - the client whose request it names (progress, cancellation of a question, a modern subscription),
//  - those that subscribed to the resource,
//  - everybody else (lists that changed, the log at each client's level);
// what it asks (sampling, elicitation) goes to the client whose call is open, and is refused where calls of
// several are: nothing says whose it belongs to, and it must not reach another. Roots are nobody's: a shared
// program has no client's directories. Ended when no call was open for the idle time. Owned by the
// LocalServices; outlives its clients; event loop thread. Never logs what messages say.
class LocalServer : private LocalWire::Listener {
public:
    using ClientId = std::uint64_t;

    LocalServer(std::string service, ProgramStarter& starter, EventTimers& timers);
    ~LocalServer() override;
    LocalServer(const LocalServer&) = delete;
    LocalServer& operator=(const LocalServer&) = delete;

    [[nodiscard]] ClientId join(LocalClient& client, Era era);
    // Its open requests are cancelled at the program.
    void leave(ClientId client);
    void send(ClientId client, ClientMessage message);
    // Nobody wants the answer. Of a legacy client the notification itself follows through send().
    void cancel(ClientId client, const std::string& requestId);
    [[nodiscard]] std::size_t unsentBytes() const;

    // From the core link.
    [[nodiscard]] const std::string& instance() const { return instance_; }
    void ended(const std::string& why);
    // What is in its environment ends soon: it is closed as soon as no call is open.
    void renew();

private:
    // Closed: no program. Opening: the broker is asked. Greeting: the program is asked for its era and its
    // capabilities. Ready: messages pass.
    enum class State { Closed, Opening, Greeting, Ready };
    struct Client {
        LocalClient* to = nullptr;
        Era era = Era::Legacy;
        bool samples = false;
        bool elicits = false;
        bool elicitsUrl = false;
        std::optional<int> logLevel;
        std::set<std::string> resources; // that it subscribed to
    };
    // A request at the program, by its number there.
    struct Open {
        ClientId client = 0; // 0: our own, or nobody's any more
        std::string id;      // the client's, raw
        std::string method;
        std::string progressToken; // the client's, raw; empty: none
        std::string resource;      // of resources/subscribe
        bool cancelled = false;    // its client has forgotten it; the notification is on its way
    };
    struct Waiting {
        ClientId client = 0;
        ClientMessage message;
    };

    void onLine(std::string line) override;
    void onLineTooLong(const std::string& beginning) override;
    void onWritten() override;
    void onWireEnded() override;

    // Life: LocalServer.cpp
    void open(ClientId first);
    void opened(const std::string& exchange, Result<ProgramStarter::Started> started);
    void greet(Era era);
    void greeted(const MessageView& view, std::string_view text);
    void notGreeted(const std::string& why, std::string_view body);
    void ready();
    void restore();
    void flush();
    void failWaiting(const ServerFailure& failure);
    void programGone(const std::string& why);
    void closeProgram(const std::string& why);
    void dropWire();
    void review();
    [[nodiscard]] bool isQuiet() const;
    [[nodiscard]] bool isSubscribed() const;

    // Towards the program: LocalRequests.cpp
    [[nodiscard]] bool answeredHere(const Client& client, const ClientMessage& message);
    void carry(ClientId id, Client& client, ClientMessage message);
    void refuseEra(Client& client, const ClientMessage& message);
    void join(Client& client, const ClientMessage& message);
    void forward(ClientId id, Client& client, ClientMessage message);
    [[nodiscard]] bool subscribedElsewhere(const std::string& resource) const;
    [[nodiscard]] bool setLogLevel(Client& client, ClientMessage& message);
    void notification(ClientId id, ClientMessage message);
    void answerOfClient(ClientId id, ClientMessage message);
    void ownRequest(const std::string& method, const std::string& params);

    // From the program: LocalAnswers.cpp
    void take(std::string_view text);
    void takeBatch(std::string_view line);
    void answer(const MessageView& view, std::string_view text);
    void question(const MessageView& view, std::string_view text);
    [[nodiscard]] Client* whoIsAsked(const MessageView& view, std::string_view text, ClientId& id);
    void said(const MessageView& view, std::string_view text);
    void saidOfRequest(std::uint64_t number, std::string text, std::string_view method);
    void log(std::string_view text);
    void elicitationEnded(std::string_view text);
    void noteElicitations(ClientId id, std::string_view text);
    [[nodiscard]] std::string latestRequestOf(ClientId id) const;
    [[nodiscard]] Client* find(ClientId id);

    const std::string service_;
    ProgramStarter& starter_;
    EventTimers& timers_;
    MessageReader reader_;

    State state_ = State::Closed;
    std::optional<Era> era_; // of the program, as far as known; kept from one instance to the next
    std::vector<Era> tried_; // in this greeting
    std::string instance_;
    std::unique_ptr<LocalWire> wire_;
    std::unique_ptr<EventTimer> deadline_; // of a greeting
    std::unique_ptr<EventTimer> idleTimer_;
    std::vector<std::unique_ptr<LocalWire>> buried_; // ended ones, which may be calling us
    std::unique_ptr<EventTimer> burial_;
    std::unique_ptr<EventTimer> reopening_;
    std::chrono::seconds idle_{600};
    bool renew_ = false;
    bool oddSaid_ = false;    // the log has it that the program writes what is no message
    std::string greeting_;    // the result of our initialize, raw
    std::uint64_t asked_ = 0; // number of our initialize or server/discover
    std::optional<int> programLevel_;

    std::uint64_t last_ = 0; // number of a request at the program
    ClientId lastClient_ = 0;
    std::map<ClientId, Client> clients_;
    std::map<std::uint64_t, Open> open_;
    std::map<std::string, ClientId> questions_;    // of the program, by its id
    std::map<std::string, ClientId> elicitations_; // by elicitationId
    std::deque<Waiting> waiting_;
    std::size_t waitingBytes_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
