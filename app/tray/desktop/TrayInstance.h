#pragma once

#include "broker/protocol/Endpoint.h"

#include <QLockFile>
#include <QObject>
#include <memory>

class QLocalServer;

namespace keybearer {

// One tray a session: a lock in the runtime directory, and a socket beside it through which a second start
// asks the first one to show its window. Owned by main(); GUI thread.
class TrayInstance final : public QObject {
    Q_OBJECT
public:
    explicit TrayInstance(const Places& places, QObject* parent = nullptr);
    ~TrayInstance() override;
    Q_DISABLE_COPY_MOVE(TrayInstance)

    // True: this process is the one. False: another one is, or the directory cannot be used (problem() then).
    [[nodiscard]] bool claim();
    [[nodiscard]] const QString& problem() const { return problem_; }
    // After a claim that failed: asks the other one to come to the front. Waits a second at most.
    [[nodiscard]] bool wakeOther() const;

Q_SIGNALS:
    void woken();

private:
    Places places_;
    QString socket_;
    QString problem_;
    QLockFile lock_;
    std::unique_ptr<QLocalServer> server_;
};

} // namespace keybearer
