#pragma once

#include "app/tray/activity/AuditExport.h"

#include <QWidget>

class QFileDialog;
class QLabel;
class QPushButton;

namespace keybearer {

// The line below the log: how much of it is shown, what goes on with it, and the buttons that check and
// export it. Owned by the Activity page; GUI thread.
class ActivityFooter final : public QWidget {
    Q_OBJECT
public:
    ActivityFooter(BrokerClient& client, ActivityModel& model, QWidget* parent = nullptr);

    // With a search rows are looked for further back only when the person says so.
    void showState(bool searching, int found);
    // Into that file, with the filter of the model.
    void exportTo(const QString& path);
    // How many more pages the person wants to be searched.
    void searchOlder();

private:
    void verify();
    void onVerdict(const Result<Json>& verdict);
    void onExport();
    void onExported(qint64 rows);
    void onExportFailed(const Error& why);
    void onProgress();
    [[nodiscard]] QString line(bool searching, int found) const;
    void say(const QString& text);

    BrokerClient& client_;
    ActivityModel& model_;
    AuditExport export_;
    QLabel* line_;
    QLabel* said_; // of the last check or export
    QPushButton* older_;
    QPushButton* exportButton_;
    QPushButton* verify_;
    bool searching_ = false;
    int found_ = 0;
    int pagesWanted_ = 0;
};

} // namespace keybearer
