#pragma once

#include "app/tray/activity/AuditRecord.h"

#include <QDialog>

namespace keybearer {

// One row of the log with everything that it says, its hash included, to read and to copy. Deletes itself
// when closed. GUI thread.
class AuditRowDialog final : public QDialog {
    Q_OBJECT
public:
    AuditRowDialog(const AuditRecord& record, const QString& provider, QWidget* over);
    // The row as JSON over several lines, display-safe.
    [[nodiscard]] QString raw() const { return raw_; }

private:
    QLayout* makeFacts(const AuditRecord& record, const QString& provider);
    QString raw_;
};

} // namespace keybearer
