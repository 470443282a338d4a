#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/Output.h"
#include "app/client/LineClient.h"
#include "broker/base/Clock.h"
#include "broker/protocol/Endpoint.h"

#include <chrono>
#include <memory>

namespace keybearer {

// One call of the command line: what was asked, where words go, and the connection to the broker, which is
// made when a verb first needs it. Owned by main(), one thread.
class Invocation {
public:
    Invocation(const Arguments& arguments, Output& output) : arguments_(arguments), output_(output) {}
    Invocation(const Invocation&) = delete;
    Invocation& operator=(const Invocation&) = delete;

    // Reads the global options and the environment. Has to succeed before anything else is used.
    [[nodiscard]] Result<void> prepare();

    [[nodiscard]] const Arguments& arguments() const { return arguments_; }
    [[nodiscard]] Output& output() { return output_; }
    [[nodiscard]] const Places& places() const { return places_; }
    [[nodiscard]] bool maySpawn() const { return !arguments_.has("--no-spawn"); }
    [[nodiscard]] WallTime now() const { return SystemClock().wall(); }

    // --timeout, or what the verb thinks is right.
    [[nodiscard]] std::chrono::milliseconds
    timeout(std::chrono::seconds usual = std::chrono::seconds(30)) const;

    // Connected, and the broker started if need be.
    [[nodiscard]] Result<LineClient*> broker();
    // The same, but nothing is started: BrokerUnreachable when none runs.
    [[nodiscard]] Result<LineClient*> running();
    // Where to ask for tokens: the connection or the capability that `keybearer run --profile` handed to this
    // program or one that started it, else broker().
    [[nodiscard]] Result<LineClient*> tokens();
    // True when tokens() did not lead to broker(): what was handed over says what may be had.
    [[nodiscard]] bool handedOver() const { return handed_ != nullptr; }
    // A connection of its own, for what nobody but an operator program may do: no client key is shown.
    [[nodiscard]] Result<std::unique_ptr<LineClient>> connect();
    void disconnect();

    // One request on broker().
    [[nodiscard]] Result<Json> ask(std::string_view method, const Json& params);

private:
    [[nodiscard]] static HelloParams plainHello();
    [[nodiscard]] Result<HelloParams> hello();
    [[nodiscard]] Result<std::unique_ptr<LineClient>> connectAs(HelloParams& greeting, bool spawn);

    const Arguments& arguments_;
    Output& output_;
    Places places_;
    std::optional<std::chrono::seconds> timeout_;
    std::unique_ptr<LineClient> client_;
    std::unique_ptr<LineClient> handed_;
};

} // namespace keybearer
