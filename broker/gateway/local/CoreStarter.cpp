#include "broker/gateway/local/CoreStarter.h"

#include "broker/gateway/local/LocalPipes.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::int64_t usualIdle = 600;      // seconds
constexpr std::int64_t longestIdle = 86'400; //

Result<ProgramStarter::Started> startedFrom(boost::asio::io_context& loop, const Json& answer,
                                            std::vector<OwnedDescriptor> descriptors,
                                            LocalWire::Listener& listener) {
    ProgramStarter::Started started;
    started.instance = stringAt(answer, "instance").value_or("");
    if (started.instance.empty() || descriptors.size() != 2)
        return failure(ErrorCode::InternalError, "the broker passed no pipes of the program");
    started.idle = std::chrono::seconds(
        std::clamp<std::int64_t>(integerAt(answer, "idle_seconds").value_or(usualIdle), 1, longestIdle));
    started.wire =
        std::make_unique<LocalPipes>(loop, descriptors[0].release(), descriptors[1].release(), listener);
    return started;
}

} // namespace

void CoreStarter::open(const std::string& exchange, LocalWire::Listener& listener, Completion<Started> done) {
    core_.requestDescribed("local.open", Json{{"exchange", exchange}}, patience,
                           [this, &listener, done = std::move(done)](
                               Result<Json> answer, std::vector<OwnedDescriptor> descriptors) {
                               if (!answer)
                                   return done(tl::unexpected(answer.error()));
                               done(startedFrom(loop_, *answer, std::move(descriptors), listener));
                           });
}

void CoreStarter::close(const std::string& instance) {
    core_.notify("local.close", Json{{"instance", instance}});
}

} // namespace keybearer
