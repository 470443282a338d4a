#pragma once

#include "broker/base/Result.h"
#include "broker/protocol/Endpoint.h"

#include <QObject>
#include <memory>

class QThread;

namespace keybearer {

// Starts a broker on a thread of its own, for the launcher of app/client waits until it is ready. One start
// at a time; asked again meanwhile, it does nothing. Destruction waits for a start that is under way. Owned
// by the tray application; GUI thread.
class BrokerStarter final : public QObject {
    Q_OBJECT
public:
    explicit BrokerStarter(Places places, QObject* parent = nullptr);
    ~BrokerStarter() override;
    Q_DISABLE_COPY_MOVE(BrokerStarter)

    void start();

Q_SIGNALS:
    void started();
    void failed(const keybearer::Error& why);

private:
    void onDone();
    void reapLast();

    Places places_;
    std::unique_ptr<QThread> thread_;
    Result<void> outcome_; // the thread's until it has finished
    qint64 child_ = 0;     // process of the broker that we started last
};

} // namespace keybearer
