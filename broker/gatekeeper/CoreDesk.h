#pragma once

#include "broker/base/Json.h"
#include "broker/gatekeeper/Exchanges.h"
#include "broker/gatekeeper/GatewayProcess.h"
#include "broker/gatekeeper/UpstreamAccess.h"

namespace keybearer {

// Answers what the gateway asks over the core link (docs/gateway.md). It may ask about exchanges that are
// open and nothing else; a line that is no request, or more open requests than it can need, ends it. Owned by
// the Gatekeeper; event loop thread.
class CoreDesk : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t mostOpen = 4096; // requests that wait for their answer

    struct Setup {
        std::chrono::seconds wait{45}; // how long a call waits for a person
        Json network = Json::object(); // as exchange.open answers it; may hold a proxy's password
        std::function<std::optional<Error>()> withheld{}; // why nothing goes out at the moment; null: never
    };
    CoreDesk(Setup setup, GatewayProcess& process, Tickets& tickets, Exchanges& exchanges,
             UpstreamAccess& access);
    ~CoreDesk() override;

    // How an answer goes back: once; later or from inside the call. Descriptors travel with it, copied, and
    // the result says how many ("descriptors").
    struct Answer {
        std::function<void(const Result<Json>&, const std::vector<int>&)> send;
        void operator()(const Result<Json>& result, const std::vector<int>& descriptors = {}) const {
            send(result, descriptors);
        }
    };
    using Served = std::function<void(const Json& params, const Answer& answer)>;
    using Noticed = std::function<void(const Json& params)>;
    // What others of this room answer. Once a name, before the process runs.
    void serve(const std::string& method, Served served) { served_[method] = std::move(served); }
    void notice(const std::string& method, Noticed noticed) { noticed_[method] = std::move(noticed); }
    // The exchange that params name. InvalidRequest.
    [[nodiscard]] Result<Exchange*> exchangeOf(const Json& params);
    // Why nothing is given out at the moment.
    [[nodiscard]] std::optional<Error> withheld() const;
    // What exchange.open answers of one.
    [[nodiscard]] Json termsOf(const Exchange& exchange) const;

    // Of exchanges that are opened from now on.
    void configure(std::chrono::seconds wait, Json network);

    void onLine(const std::string& line);
    // Told when an exchange could have no token, after the answer has gone.
    void watchRefusals(std::function<void(const std::string& exchange, const Error&)> refused) {
        refused_ = std::move(refused);
    }
    // Services that are programs of this machine: a permission takes the place of a token.
    using Permit = std::function<void(Exchange& exchange, bool interactive, Completion<void> done)>;
    void permitLocal(Permit permit) { permit_ = std::move(permit); }
    // Answers to what the last process asked are nobody's any more.
    void onProcessEnded();
    [[nodiscard]] std::size_t open() const { return open_; }

private:
    void openExchange(const Json& params, const Answer& answer);
    void token(const Json& params, const Answer& answer);
    void proof(const Json& params, const Answer& answer);
    void closed(const Json& params);
    void permit(Exchange& exchange, bool interactive, const Answer& answer);
    [[nodiscard]] Answer answerTo(const std::string& id);

    Setup setup_;
    GatewayProcess& process_;
    Tickets& tickets_;
    Exchanges& exchanges_;
    UpstreamAccess& access_;
    std::map<std::string, Served> served_;
    std::map<std::string, Noticed> noticed_;
    std::function<void(const std::string& exchange, const Error&)> refused_;
    Permit permit_;
    std::size_t open_ = 0;
    std::uint64_t generation_ = 1; // of the process
};

} // namespace keybearer
