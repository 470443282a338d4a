#pragma once

#include "broker/base/Clock.h"
#include "broker/gatekeeper/GatewayLink.h"
#include "broker/platform/ListenSocket.h"
#include "broker/platform/ProcessWatch.h"

#include <QTimer>

#include <filesystem>
#include <string>
#include <vector>

namespace keybearer {

// The one keybearer-gateway of this broker: started when it is wanted, with the core link as descriptor 3,
// the listening mcp.sock as 4, nothing else of ours and a small environment; started again, more and more
// slowly, when it dies while it is wanted; told to stop when nothing has been open for a minute. What it
// writes to standard error becomes lines of our log. Ends with this object. Event loop thread.
class GatewayProcess : public QObject {
    Q_OBJECT
public:
    struct Setup {
        std::filesystem::path program;
        std::filesystem::path socket; // mcp.sock, made when it is first wanted and kept open from then on
        std::chrono::milliseconds idleLimit{60'000};
        std::chrono::milliseconds firstPause{100}; // before the second attempt; doubled with each further one
        std::chrono::milliseconds longestPause{5'000};
    };
    GatewayProcess(Setup setup, const Clock& clock);
    ~GatewayProcess() override;

    // Somebody is about to connect. Starts it if it does not run; a start that has to wait for its turn is no
    // failure. NotFound: there is no such program; StoreUnavailable: mcp.sock cannot be made; InternalError:
    // it ends again and again.
    [[nodiscard]] Result<void> want();
    // Whether anything is open or about to be: while it is, the process is kept, and started again.
    void setBusy(bool busy);
    // Without the LF. Dropped when it does not run.
    void send(std::string_view line);
    // The same with copies of descriptors; the caller keeps its own.
    void send(std::string_view line, const std::vector<int>& descriptors);
    // It did what it must not: ends it at once.
    void punish(const std::string& why);

    [[nodiscard]] bool running() const { return pid_ > 0; }
    [[nodiscard]] std::int64_t pid() const { return pid_; }
    [[nodiscard]] const std::filesystem::path& socket() const { return setup_.socket; }
    struct Counters {
        std::uint64_t starts = 0;
        std::uint64_t deaths = 0; // that nobody had asked for
    };
    [[nodiscard]] const Counters& counters() const { return counters_; }

Q_SIGNALS:
    // It runs, and can be sent what it has to know.
    void started();
    void received(const std::string& line);
    // Whatever was asked or open there is over.
    void ended();

private:
    [[nodiscard]] Result<void> listen();
    [[nodiscard]] Result<void> start();
    [[nodiscard]] Result<std::int64_t> spawn(int link, int log) const;
    void onEnded();
    void startSoon();
    void readLog(bool last);
    void onIdle();

    Setup setup_;
    const Clock& clock_;
    ListenSocket listener_;
    std::int64_t pid_ = 0;
    std::unique_ptr<ProcessWatch> watch_;
    std::unique_ptr<GatewayLink> link_;
    int log_ = -1;
    std::unique_ptr<QSocketNotifier> logReadable_;
    std::string logLine_;
    QTimer idle_;
    QTimer retry_;
    BootTime startedAt_{};
    unsigned quickDeaths_ = 0;
    bool busy_ = false;
    bool stopping_ = false; // it was told to, and is about to end
    bool wanted_ = false;   // somebody asked meanwhile
    Counters counters_;
};

} // namespace keybearer
