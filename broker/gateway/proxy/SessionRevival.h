#pragma once

#include "broker/gateway/EventTimers.h"
#include "broker/gateway/door/AdmittedExchange.h"
#include "broker/gateway/upstream/UpstreamRequest.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace keybearer {

// Opens a session at a server in place of one that it has lost: the client's own `initialize` once more, then
// `notifications/initialized`. The client sees nothing of either. Owned by the SessionBook; event loop
// thread.
class SessionRevival final : private UpstreamListener {
public:
    // `done`: the new session's id, or nothing. Called once, later; may destroy the revival.
    using Done = std::function<void(std::optional<std::string> session)>;
    SessionRevival(std::shared_ptr<AdmittedExchange> exchange, EventTimers& timers, UpstreamStarter& upstream,
                   std::string initialize, std::vector<HttpField> fields, Done done);
    ~SessionRevival() override;
    SessionRevival(const SessionRevival&) = delete;
    SessionRevival& operator=(const SessionRevival&) = delete;

    void start();

private:
    void onHead(const UpstreamHead& head) override;
    [[nodiscard]] bool onBody(std::string_view bytes) override;
    void onEnd(UpstreamEnd end) override;

    void send();
    void sent(const std::vector<HttpField>& authorization);
    void stepped();
    void finish(bool good);

    std::shared_ptr<AdmittedExchange> exchange_;
    EventTimers& timers_;
    UpstreamStarter& upstream_;
    std::string initialize_;
    std::vector<HttpField> fields_;
    Done done_;
    std::unique_ptr<UpstreamCall> call_;
    std::unique_ptr<EventTimer> soon_;
    std::string session_;
    std::string answer_;
    bool initialized_ = false; // the first step is done
    bool accepted_ = false;    // by the head of the step that is on
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
