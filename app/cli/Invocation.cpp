#include "app/cli/Invocation.h"

#include "app/client/BrokerLauncher.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"

#include <charconv>
#include <cstdlib>
#include <sys/stat.h>

namespace keybearer {

namespace {

constexpr std::int64_t longestTimeout = 86'400;          // a day
constexpr std::size_t longestKeyFile = 4096;             // a client key is a line
constexpr std::chrono::milliseconds connectLimit{5'000}; // a local socket answers at once or is crowded

std::optional<int> descriptorNumber(std::string_view text) {
    int number = -1;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && end == text.data() + text.size() && number > 2 ? std::optional(number)
                                                                                 : std::nullopt;
}

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

HelloParams Invocation::plainHello() {
    HelloParams hello;
    hello.clientName = "keybearer";
    hello.clientVersion = KEYBEARER_VERSION;
    return hello;
}

// KEYBEARER_CLIENT_KEY holds a client key, or @ and the name of a file that does.
Result<HelloParams> Invocation::hello() {
    HelloParams hello = plainHello();
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
    // No error: what a container mounts may well be readable by its group.
    struct stat file {};
    if (::stat(key + 1, &file) == 0 && (file.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        output_.say("Others may use the client key in " + displaySafe(key + 1) +
                    "; close it with: chmod 600 " + displaySafe(key + 1));
    content->erase(content->find_last_not_of(" \t\r\n") + 1);
    hello.clientKey = std::move(*content);
    return hello;
}

Result<std::unique_ptr<LineClient>> Invocation::connectAs(HelloParams& greeting, bool spawn) {
    LaunchPlan plan;
    plan.places = places_;
    plan.spawn = spawn;
    plan.onStart = [this] { output_.progress("Starting the broker ..."); };
    Result<std::unique_ptr<LineClient>> client =
        BrokerLauncher(std::move(plan)).connect(greeting, connectLimit);
    for (std::optional<std::string>* secret : {&greeting.clientKey, &greeting.capability}) {
        if (*secret)
            wipe(**secret);
    }
    if (client)
        output_.detail("connected to " + displaySafe(places_.socket.string()));
    return client;
}

Result<std::unique_ptr<LineClient>> Invocation::connect() {
    HelloParams greeting = plainHello();
    return connectAs(greeting, maySpawn());
}

Result<LineClient*> Invocation::running() {
    if (client_)
        return client_.get();
    HelloParams greeting = plainHello();
    Result<std::unique_ptr<LineClient>> client = connectAs(greeting, false);
    if (!client)
        return tl::unexpected(client.error());
    client_ = std::move(*client);
    return client_.get();
}

void Invocation::disconnect() {
    client_.reset();
    handed_.reset();
}

Result<LineClient*> Invocation::broker() {
    if (client_)
        return client_.get();
    Result<HelloParams> greeting = hello();
    if (!greeting)
        return tl::unexpected(greeting.error());
    Result<std::unique_ptr<LineClient>> client = connectAs(*greeting, maySpawn());
    if (!client)
        return tl::unexpected(client.error());
    client_ = std::move(*client);
    return client_.get();
}

Result<LineClient*> Invocation::tokens() {
    const char* descriptor = std::getenv("KEYBEARER_FD");
    const char* capability = std::getenv("KEYBEARER_CAPABILITY");
    const bool byDescriptor = descriptor != nullptr && *descriptor != '\0';
    if (handed_)
        return handed_.get();
    if (!byDescriptor && (capability == nullptr || *capability == '\0'))
        return broker();
    HelloParams greeting = plainHello();
    Result<std::unique_ptr<LineClient>> client = failure(
        ErrorCode::InvalidParams, "KEYBEARER_FD is no number", "Unset it; keybearer run --profile sets it.");
    if (!byDescriptor) {
        greeting.capability = capability;
        client = connectAs(greeting, maySpawn());
    } else if (const std::optional<int> number = descriptorNumber(descriptor)) {
        client = LineClient::adopt(*number, greeting);
    }
    if (!client)
        return tl::unexpected(client.error());
    output_.detail(byDescriptor ? "asking through KEYBEARER_FD, which keybearer run handed over"
                                : "asking with KEYBEARER_CAPABILITY, which keybearer run handed over");
    handed_ = std::move(*client);
    return handed_.get();
}

Result<Json> Invocation::ask(std::string_view method, const Json& params) {
    const Result<LineClient*> client = broker();
    if (!client)
        return tl::unexpected(client.error());
    return (*client)->call(method, params, timeout());
}

} // namespace keybearer
