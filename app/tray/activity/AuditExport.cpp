#include "app/tray/activity/AuditExport.h"

#include "app/tray/mirror/Records.h"

namespace keybearer {

namespace {
constexpr int rowsOfAPage = 500; // an answer stays far below the longest line of the protocol
constexpr std::chrono::seconds patience{60};
} // namespace

void AuditExport::start(const QString& path, const ActivityFilter& filter) {
    cancel();
    filter_ = filter;
    after_ = 0;
    rows_ = 0;
    file_ = std::make_unique<QSaveFile>(path);
    const bool open = file_->open(QIODevice::WriteOnly) &&
                      file_->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!open)
        return fail(fileProblem());
    Q_EMIT progressed(0);
    ask();
}

void AuditExport::cancel() {
    ++round_;
    file_.reset(); // takes what was written with it
}

void AuditExport::ask() {
    Json params{{"limit", rowsOfAPage}, {"after_sequence", after_}};
    if (!filter_.kind.empty())
        params["kind"] = filter_.kind;
    if (!filter_.provider.empty())
        params["provider"] = filter_.provider;
    if (!filter_.caller.empty())
        params["caller"] = filter_.caller;
    if (filter_.since.isValid())
        params["since"] = filter_.since.toUTC().toString(Qt::ISODate).toStdString();
    client_.call(
        "audit.query", params, this,
        [this, round = round_](const Result<Json>& page) {
            if (round == round_ && file_)
                onPage(page);
        },
        patience);
}

bool AuditExport::write(const Json& rows) {
    for (const Json& row : rows) {
        const std::string line = dumpJson(row).append("\n");
        if (file_->write(line.data(), static_cast<qint64>(line.size())) != static_cast<qint64>(line.size()))
            return false;
        ++rows_;
    }
    return true;
}

void AuditExport::onPage(const Result<Json>& page) {
    if (!page)
        return fail(page.error());
    const auto rows = page->find("rows");
    if (rows == page->end() || !rows->is_array())
        return fail({ErrorCode::InternalError, "the broker's answer has no rows", "Try again."});
    if (!write(*rows))
        return fail(fileProblem());
    const std::int64_t next = integerAt(*page, "next_sequence").value_or(0);
    const bool more = booleanAt(*page, "more").value_or(false) && next > after_;
    after_ = next;
    Q_EMIT progressed(rows_);
    if (more)
        return ask();
    if (!file_->commit())
        return fail(fileProblem());
    cancel();
    Q_EMIT finished(rows_);
}

Error AuditExport::fileProblem() const {
    return {ErrorCode::InvalidRequest, "the file cannot be written: " + file_->errorString().toStdString(),
            "Choose another folder, or make room."};
}

void AuditExport::fail(const Error& why) {
    const Error told = why; // it may be the file's
    cancel();
    Q_EMIT failed(told);
}

} // namespace keybearer
