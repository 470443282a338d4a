#pragma once

#include "broker/base/Clock.h"
#include "broker/gatekeeper/ProgramSpawn.h"
#include "broker/platform/ProcessWatch.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>
#include <string>

namespace keybearer {

// One running program of a local service: its process and its standard error, which becomes lines of our log.
// Its pipes are the gateway's. Ends with this object, with its whole process group. Owned by the
// LocalPrograms; event loop thread.
class LocalProgram : public QObject {
    Q_OBJECT
public:
    struct Patience {
        std::chrono::milliseconds toEnd{2'000};        // by itself, when its standard input has ended
        std::chrono::milliseconds afterSigterm{3'000}; // then SIGKILL
    };
    // Takes over what was spawned.
    LocalProgram(std::string service, SpawnedProgram spawned, Patience patience);
    ~LocalProgram() override;

    [[nodiscard]] std::int64_t pid() const { return spawned_.pid; }
    // Both ends are the caller's to close from now on; once.
    struct Pipes {
        int input = -1;
        int output = -1;
    };
    [[nodiscard]] Pipes takePipes();
    // Its pipes are closed elsewhere; if it does not end of that, it is ended.
    void end();
    [[nodiscard]] bool isEnding() const { return ending_; }

Q_SIGNALS:
    // Once; `why` in words. Whoever hears it may destroy this object later from the event loop.
    void ended(const std::string& why);

private:
    void onEnded();
    void onPatienceOver();
    void readLog();
    void logLine();
    void closePipes();

    std::string service_;
    SpawnedProgram spawned_;
    Patience patience_;
    std::unique_ptr<ProcessWatch> watch_;
    std::unique_ptr<QSocketNotifier> logReadable_;
    std::string line_;
    int linesLeft_;
    QTimer logPeriod_;
    QTimer timer_;
    bool ending_ = false;
    bool asked_ = false; // SIGTERM was sent
};

} // namespace keybearer
