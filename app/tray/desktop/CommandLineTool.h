#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>
#include <chrono>
#include <functional>

namespace keybearer {

// One run of the program `keybearer` with --json, for what it can do and a window only shows: doctor, import.
// The program is the one beside the tray, else of PATH; never a shell. The answer is capped and has a
// deadline; no secret goes through the arguments. Calls back exactly once, unless destroyed before, which
// ends the program. Errors: NotFound (no program), Timeout, and what the program answered. Owned by who wants
// the answer; GUI thread.
class CommandLineTool final : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(const Result<Json>&)>;
    struct Options {
        std::chrono::milliseconds deadline{60'000};
        QString program = {}; // instead of the one that would be found, for tests
    };

    explicit CommandLineTool(QObject* parent = nullptr);
    CommandLineTool(Options options, QObject* parent);
    ~CommandLineTool() override;
    Q_DISABLE_COPY_MOVE(CommandLineTool)

    // `input` goes to its standard input. A run that is under way is ended, and not answered.
    void run(const QStringList& arguments, Answer answer, const QByteArray& input = {});
    [[nodiscard]] bool isRunning() const { return process_.state() != QProcess::NotRunning; }
    void cancel();

private:
    void onOutput();
    void onEnd(int status, QProcess::ExitStatus how);
    void onProblem(QProcess::ProcessError error);
    void finish(const Result<Json>& result);

    Options options_;
    QProcess process_;
    QTimer deadline_;
    QByteArray output_;
    QByteArray words_; // of its standard error
    Answer answer_;
};

} // namespace keybearer
