#pragma once

#include "broker/base/Clock.h"

#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace keybearer {

// What servers said of our tokens, so that none can lead us round in circles: a token that is refused is
// refreshed once, and a demand for more scopes is met twice (T-31, SEC-C-37). Bounded; forgets after a while.
// Owned by the UpstreamAccess; event loop thread.
class ServerRefusals {
public:
    static constexpr std::chrono::seconds freshLimit{60}; // a renewed token refused this soon is no accident
    static constexpr std::chrono::minutes stepUpMemory{10}; // then a server may ask for more again
    static constexpr int mostStepUps = 2;                   // of one operation at one resource
    static constexpr std::size_t most = 4096;               // things remembered; the oldest go first

    explicit ServerRefusals(const Clock& clock) : clock_(clock) {}

    // A token of that sign-in was refused to the exchange, and the one with this serial came instead.
    void renewed(const std::string& exchange, const std::string& session, const std::string& serial);
    // It is that one which is refused to the same exchange now: another one of its kind would not help.
    [[nodiscard]] bool isHopeless(const std::string& exchange, const std::string& session,
                                  const std::string& serial) const;

    // Nobody has told yet that this token of that sign-in is refused; from now on somebody has.
    [[nodiscard]] bool isNews(const std::string& session, const std::string& serial);

    // False: it was tried often enough.
    [[nodiscard]] bool mayStepUp(const std::string& resource, const std::string& operation);

private:
    struct Renewal {
        std::string serial;
        BootTime at{};
    };
    struct StepUps {
        int count = 0;
        BootTime until{};
    };
    void forgetOld();

    const Clock& clock_;
    std::map<std::pair<std::string, std::string>, Renewal> renewals_; // by exchange and session
    std::map<std::pair<std::string, std::string>, StepUps> stepUps_;
    std::map<std::string, std::string> refused_; // serial of the last one, by session
};

} // namespace keybearer
