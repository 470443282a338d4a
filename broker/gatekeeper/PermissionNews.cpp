#include "broker/gatekeeper/PermissionNews.h"

#include "broker/protocol/RpcMessage.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

// Those that use the session and would not be given its token again without anybody being asked.
std::vector<std::string> withoutPermission(const Exchanges& exchanges, ConsentGate& gate,
                                           ConsentSubject subject) {
    subject.purpose = ConsentPurpose::Proxy;
    std::vector<std::string> out;
    for (const auto& [id, exchange] : exchanges.all()) {
        if (!exchange->uses(subject.sessionId))
            continue;
        const auto permitted = std::make_shared<bool>(false); // told from inside the call
        gate.decide(
            exchange->connection, exchange->caller, subject, {},
            [permitted](const Result<ReleaseGrant>& grant) { *permitted = grant.has_value(); }, false);
        if (!*permitted)
            out.push_back(id);
    }
    return out;
}

} // namespace

PermissionNews::PermissionNews(Exchanges& exchanges, ConsentGate& gate, Send send)
    : exchanges_(exchanges), gate_(gate), send_(std::move(send)) {
    connect(&gate_, &ConsentGate::changed, this, [this] {
        stale_ = true;
        tellLater();
    });
    const auto onTakenBack = [this](const Consent& consent) {
        takenBack_.push_back(consent.subject);
        tellLater();
    };
    connect(&gate_.records(), &ConsentRecords::revoked, this, onTakenBack);
    connect(&gate_.records(), &ConsentRecords::ended, this, onTakenBack);
}

PermissionNews::~PermissionNews() = default;

void PermissionNews::tellLater() {
    if (std::exchange(comes_, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            comes_ = false;
            tell();
        },
        Qt::QueuedConnection);
}

void PermissionNews::tell() {
    bool ended = false;
    for (const ConsentSubject& subject : std::exchange(takenBack_, {})) {
        for (const std::string& id : withoutPermission(exchanges_, gate_, subject)) {
            send_(exchangeEndLine(id, "the permission to use it was taken back"));
            exchanges_.close(id);
            ended = true;
        }
    }
    if (std::exchange(stale_, false)) {
        for (const auto& [id, exchange] : exchanges_.all())
            send_(notificationLine("exchange.stale", Json{{"exchange", id}}));
    }
    if (ended)
        Q_EMIT exchangesEnded();
}

} // namespace keybearer
