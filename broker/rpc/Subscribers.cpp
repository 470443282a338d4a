#include "broker/rpc/Subscribers.h"

#include "broker/protocol/RpcMessage.h"

#include <algorithm>
#include <iterator>

namespace keybearer {

namespace {

int topicNumber(std::string_view topic) {
    for (std::size_t i = 0; i < std::size(eventTopics); ++i) {
        if (topic == eventTopics[i])
            return static_cast<int>(i);
    }
    return -1;
}

bool subscribed(const RpcConnection& connection, int topic) {
    return (connection.topics & (1U << topic)) != 0;
}

} // namespace

void Subscribers::publish(std::string_view topic, Json event) const {
    const int number = topicNumber(topic);
    if (number < 0)
        return;
    event["topic"] = topic;
    const std::string line = notificationLine("event", event);
    for (const auto& connection : connections_) {
        if (connection && subscribed(*connection, number) && dispatcher_.mayHear(*connection->caller))
            connection->queueLine(line);
    }
}

std::size_t Subscribers::listeners(std::string_view topic) const {
    const int number = topicNumber(topic);
    if (number < 0)
        return 0;
    return static_cast<std::size_t>(
        std::count_if(connections_.begin(), connections_.end(), [number](const auto& connection) {
            return connection && connection->readsMore() && subscribed(*connection, number) &&
                   callerMay(*connection->caller, Permission::ConsentAnswer);
        }));
}

bool Subscribers::hears(std::string_view topic, const std::filesystem::path& program) const {
    const int number = topicNumber(topic);
    return number >= 0 && std::any_of(connections_.begin(), connections_.end(), [&](const auto& connection) {
               return connection && connection->readsMore() && subscribed(*connection, number) &&
                      connection->caller->operatorProgram &&
                      connection->caller->executable == program.string();
           });
}

} // namespace keybearer
