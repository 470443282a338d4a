#pragma once

#include "app/tray/activity/ActivityModel.h"
#include "app/tray/activity/UsageChart.h"

namespace keybearer {

// How much was given in the last 30 days, by day and by program, of what a filter leaves. Asks when it is
// told to. Owned by the Activity page; GUI thread.
class UsagePanel final : public QWidget {
    Q_OBJECT
public:
    UsagePanel(BrokerClient& client, QWidget* parent = nullptr);
    static constexpr int days = 30;

    void load(const ActivityFilter& filter);

Q_SIGNALS:
    // The path of a program was chosen.
    void programChosen(const QString& caller);

private:
    void onSummary(const Result<Json>& summary);

    BrokerClient& client_;
    UsageChart* byDay_;
    UsageChart* byProgram_;
    std::vector<QString> callers_; // of the programs, for the filter
    int round_ = 0;
};

} // namespace keybearer
