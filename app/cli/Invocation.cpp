#include "app/cli/Invocation.h"

#include "app/client/BrokerLauncher.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"

#include <cstdlib>

namespace keybearer {

namespace {

constexpr std::int64_t longestTimeout = 86'400;          // a day
constexpr std::size_t longestKeyFile = 4096;             // a client key is a line
constexpr std::chrono::milliseconds connectLimit{5'000}; // a local socket answers at once or is crowded

} // namespace

Result<void> Invocation::prepare() {
    const Result<std::optional<std::int64_t>> seconds = arguments_.number("--timeout", 1, longestTimeout);
    if (!seconds)
        return tl::unexpected(seconds.error());
    if (*seconds)
        timeout_ = std::chrono::seconds(**seconds);
    // By way of the environment, so that a broker or a tray that we start uses the same socket.
    if (const std::optional<std::string> socket = arguments_.value("--socket"))
        ::setenv("KEYBEARER_SOCKET", std::filesystem::absolute(*socket).c_str(), 1);
    Result<Places> places = findPlaces();
    if (!places)
        return tl::unexpected(places.error());
    places_ = std::move(*places);
    return {};
}

std::chrono::milliseconds Invocation::timeout(std::chrono::seconds usual) const {
    return timeout_.value_or(usual);
}

// KEYBEARER_CLIENT_KEY holds a client key, or @ and the name of a file that does.
Result<HelloParams> Invocation::hello() {
    HelloParams hello;
    hello.clientName = "keybearer";
    hello.clientVersion = KEYBEARER_VERSION;
    const char* key = std::getenv("KEYBEARER_CLIENT_KEY");
    if (key == nullptr || *key == '\0')
        return hello;
    if (*key != '@') {
        hello.clientKey = key;
        return hello;
    }
    Result<std::string> content = readFile(key + 1, longestKeyFile);
    if (!content) {
        content.error().action = "Check KEYBEARER_CLIENT_KEY: it names a file that holds a client key.";
        return tl::unexpected(content.error());
    }
    content->erase(content->find_last_not_of(" \t\r\n") + 1);
    hello.clientKey = std::move(*content);
    return hello;
}

Result<LineClient*> Invocation::broker() {
    if (client_)
        return client_.get();
    Result<HelloParams> greeting = hello();
    if (!greeting)
        return tl::unexpected(greeting.error());
    LaunchPlan plan;
    plan.places = places_;
    plan.spawn = maySpawn();
    plan.onStart = [this] { output_.progress("Starting the broker ..."); };
    Result<std::unique_ptr<LineClient>> client =
        BrokerLauncher(std::move(plan)).connect(*greeting, connectLimit);
    if (greeting->clientKey)
        wipe(*greeting->clientKey);
    if (!client)
        return tl::unexpected(client.error());
    client_ = std::move(*client);
    output_.detail("connected to " + displaySafe(places_.socket.string()));
    return client_.get();
}

Result<Json> Invocation::ask(std::string_view method, const Json& params) {
    const Result<LineClient*> client = broker();
    if (!client)
        return tl::unexpected(client.error());
    return (*client)->call(method, params, timeout());
}

} // namespace keybearer
