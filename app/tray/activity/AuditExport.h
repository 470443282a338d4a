#pragma once

#include "app/tray/activity/ActivityModel.h"

#include <QSaveFile>
#include <memory>

namespace keybearer {

// Writes the rows of the log that a filter leaves into a file, one JSON object a line, the oldest first, as
// the broker tells them. The file is readable to its owner alone and appears when it is whole: a run that is
// cancelled, fails or is destroyed leaves nothing behind. Errors: those of the broker, and InvalidRequest
// for the file. Owned by the Activity page; GUI thread.
class AuditExport final : public QObject {
    Q_OBJECT
public:
    AuditExport(BrokerClient& client, QObject* parent = nullptr) : QObject(parent), client_(client) {}
    Q_DISABLE_COPY_MOVE(AuditExport)

    void start(const QString& path, const ActivityFilter& filter);
    void cancel();
    [[nodiscard]] bool isRunning() const { return file_ != nullptr; }

Q_SIGNALS:
    void progressed(qint64 rows);
    // At the end, one of them, unless it was cancelled.
    void finished(qint64 rows);
    void failed(const keybearer::Error& why);

private:
    void ask();
    void onPage(const Result<Json>& page);
    [[nodiscard]] bool write(const Json& rows);
    void fail(const Error& why);
    [[nodiscard]] Error fileProblem() const;

    BrokerClient& client_;
    std::unique_ptr<QSaveFile> file_;
    ActivityFilter filter_;
    std::int64_t after_ = 0;
    qint64 rows_ = 0;
    int round_ = 0;
};

} // namespace keybearer
