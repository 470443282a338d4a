#pragma once

#include "broker/gateway/door/AdmittedExchange.h"
#include "broker/gateway/proxy/SessionBook.h"
#include "broker/gateway/proxy/UpstreamHealth.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace keybearer {

class MessageReader;

// What all requests of the process share.
struct ProxyParts {
    EventTimers& timers;
    UpstreamStarter& upstream;
    UpstreamHealth& health;
    SessionBook& sessions;
    MessageReader& reader;
};

struct ProxyCounts {
    std::uint64_t upstreamErrors = 0; // requests that the server gave no answer to
    std::uint64_t recovered = 0;      // answered after a server was away, or with a session opened anew
};

// One request of a client on its way to a server and the answer on its way back (docs/gateway-http.md).
// Bodies pass as they come; what waits on either side is bounded and stops the other side. Asks the exchange
// for a token, repeats once with a new one where the server refuses it and the body is still at hand (1 MiB),
// waits for a server that does not accept connections (ten seconds), has a lost session opened anew.
// Everything that goes wrong before the answer has begun is answered with a JSON-RPC error; afterwards the
// connection is closed. Owned by its Answerer, and by the RemoteRoute when its client is gone and its server
// is to finish undisturbed; event loop thread.
class ForwardedRequest final : public ExchangeTenant, private UpstreamListener {
public:
    ForwardedRequest(const ProxyParts& parts, ProxyCounts& counts, ServedRequest& served,
                     std::shared_ptr<AdmittedExchange> exchange);
    ~ForwardedRequest() override;
    ForwardedRequest(const ForwardedRequest&) = delete;
    ForwardedRequest& operator=(const ForwardedRequest&) = delete;

    void start();
    void onDrained();
    // The client is gone. True: the server goes on (its revision says that this is no cancel); then `drained`
    // is called once when it has finished, and may destroy this. Nothing of the served request is touched any
    // more.
    [[nodiscard]] bool goOnWithoutClient(std::function<void()> drained);

private:
    void onExchangeEnd(const std::string& message) override;
    void onExchangeExpired() override;
    void onHead(const UpstreamHead& head) override;
    [[nodiscard]] bool onBody(std::string_view bytes) override;
    void onEnd(UpstreamEnd end) override;
    void onSent() override;

    // The request's body.
    void read();
    void took(Result<std::string_view> piece);
    void keep(std::string_view bytes);
    void pump();
    [[nodiscard]] bool atHand() const { return !overflowed_; }
    [[nodiscard]] std::size_t gathers() const;

    // On its way.
    void gathered();
    [[nodiscard]] bool chooseTool();
    [[nodiscard]] std::string_view beginning() const;
    void describe();
    void nameOperation();
    void authorize();
    void send(Authorizer::Fields authorization);
    [[nodiscard]] std::shared_ptr<const std::vector<HttpField>> fieldsUp();

    // The answer.
    void answer(const UpstreamHead& head);
    [[nodiscard]] bool asksForAnother(const UpstreamHead& head) const;
    void challenge(const UpstreamHead& head);
    [[nodiscard]] bool reviveSession();
    void unsent(const UpstreamEnd& end);
    void noteSession(const UpstreamHead& head);
    void refuseWith(int status, const Error& error);
    void refuseWith(int status, std::string body);
    void dropped();

    const ProxyParts& parts_;
    ProxyCounts& counts_;
    ServedRequest* served_; // null: the client is gone
    std::shared_ptr<AdmittedExchange> exchange_;
    AuthorizationTarget target_;
    std::shared_ptr<const std::vector<HttpField>> fields_; // as they go up, without what authorizes
    std::string session_;                                  // Mcp-Session-Id as the client has it; empty: none
    std::string serversSession_;                           // as the server has it
    bool modern_ = false;

    std::shared_ptr<std::string> kept_ = std::make_shared<std::string>(); // all of the body, while at hand
    std::string beginning_;                                               // its first KiB, of one that is not
    bool overflowed_ = false;
    bool bodyEnded_ = false;
    bool reading_ = false;
    bool dispatched_ = false;
    bool streaming_ = false;

    std::unique_ptr<UpstreamCall> call_;
    bool answering_ = false; // the head has gone to the client
    bool finished_ = false;
    bool dropping_ = false; // the body of a refusal that is not passed on
    bool sentProof_ = false;
    bool revived_ = false;
    bool waited_ = false;
    int rounds_ = 0; // of waiting for a server that does not accept
    EventTimers::Instant began_;
    EventTimers::Instant sentAt_;
    std::unique_ptr<UpstreamHealth::Waiting> place_;
    std::unique_ptr<SessionBook::Waiting> revival_;
    std::unique_ptr<EventTimer> timer_;
    std::function<void()> drained_;
    std::size_t drainedBytes_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
