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
    // One request on that connection.
    [[nodiscard]] Result<Json> ask(std::string_view method, const Json& params);

private:
    [[nodiscard]] static Result<HelloParams> hello();

    const Arguments& arguments_;
    Output& output_;
    Places places_;
    std::optional<std::chrono::seconds> timeout_;
    std::unique_ptr<LineClient> client_;
};

} // namespace keybearer
