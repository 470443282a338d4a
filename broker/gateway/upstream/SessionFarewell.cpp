#include "broker/gateway/upstream/SessionFarewell.h"

namespace keybearer {

namespace {

constexpr std::chrono::seconds longestFarewell{1};

} // namespace

SessionFarewell::SessionFarewell(ConnectionSetup& setup, const LegacySession& session, Completion<void> done)
    : deadline_(setup.pool.loop(), session.id.empty() ? std::chrono::seconds(0) : longestFarewell),
      done_(std::move(done)) {
    deadline_.async_wait([this, alive = alive_](const boost::system::error_code& error) {
        if (!error && *alive)
            finish();
    });
    if (session.id.empty())
        return;
    RequestPlan plan;
    plan.target.method = "DELETE";
    plan.target.url = setup.address.url;
    plan.target.operation = "stream";
    session.addTo(plan);
    stream_ = std::make_unique<ServerStream>(setup, std::move(plan), false, *this);
    stream_->start();
}

SessionFarewell::~SessionFarewell() {
    *alive_ = false;
}

void SessionFarewell::onStreamEnded(ServerStream&, RequestEnd) {
    finish();
}

void SessionFarewell::finish() {
    deadline_.cancel();
    if (const auto done = std::exchange(done_, {}))
        done({}); // the last thing: it may have destroyed this
}

} // namespace keybearer
