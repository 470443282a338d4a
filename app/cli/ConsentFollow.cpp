#include "app/cli/ConsentFollow.h"

#include "app/cli/Words.h"
#include "broker/base/Text.h"

namespace keybearer {

namespace {

constexpr std::chrono::hours patience{1}; // then it waits anew

std::string lineOf(const Json& event) {
    const std::string id = textAt(event, "consent_id", "?");
    if (textAt(event, "topic", "") == "consent.withdrawn")
        return id + "  no longer waits: " + textAt(event, "why", "?") + "\n";
    return id + "  " + textAt(objectAt(event, "caller"), "executable", "?") + " asks for " +
           textAt(event, "provider", "?") + ": " + innerTextAt(event, "account", "label", "?") + "\n";
}

void tell(Output& output, const Json& event) {
    if (output.json())
        output.answerJson(event);
    else
        output.answer(lineOf(event));
}

} // namespace

Result<int> followQuestions(Invocation& invocation) {
    const Result<LineClient*> client = invocation.broker();
    if (!client)
        return tl::unexpected(client.error());
    Output& output = invocation.output();
    const Json topics = SubscribeParams{{"consent.requested", "consent.withdrawn"}}.toJson();
    if (auto subscribed = (*client)->call("events.subscribe", topics, invocation.timeout()); !subscribed)
        return tl::unexpected(subscribed.error());
    const Result<Json> pending = (*client)->call("consent.pending", Json::object(), invocation.timeout());
    if (!pending)
        return tl::unexpected(pending.error());
    output.say(
        "Questions appear here. Answer in another terminal with: keybearer consent answer ID DECISION");
    for (Json question : arrayAt(*pending, "pending")) {
        question["topic"] = "consent.requested";
        tell(output, question);
    }
    while (!output.answerFailed()) {
        const Result<std::optional<Json>> event = (*client)->nextEvent(patience);
        if (!event)
            return tl::unexpected(event.error());
        if (*event)
            tell(output, **event);
    }
    return 0;
}

} // namespace keybearer
