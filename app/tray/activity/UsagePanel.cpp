#include "app/tray/activity/UsagePanel.h"

#include "app/tray/look/Spacing.h"

#include <QHBoxLayout>

namespace keybearer {

namespace {
constexpr std::chrono::seconds patience{20}; // the broker ends the counting earlier
constexpr int weightOfDays = 3;
constexpr int weightOfPrograms = 2;
constexpr int mostPrograms = 20;
} // namespace

UsagePanel::UsagePanel(BrokerClient& client, QWidget* parent)
    : QWidget(parent), client_(client),
      byDay_(new UsageChart(Qt::Vertical, tr("Tokens given, last %n day(s)", nullptr, days))),
      byProgram_(new UsageChart(Qt::Horizontal, tr("By program"))) {
    byDay_->setObjectName(QStringLiteral("usageByDay"));
    byProgram_->setObjectName(QStringLiteral("usageByProgram"));
    byProgram_->setToolTip(tr("A double click shows the rows of one program only."));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::large);
    layout->addWidget(byDay_, weightOfDays);
    layout->addWidget(byProgram_, weightOfPrograms);
    connect(byProgram_, &UsageChart::chosen, this, [this](int bar) {
        if (bar >= 0 && bar < static_cast<int>(callers_.size()))
            Q_EMIT programChosen(callers_[static_cast<std::size_t>(bar)]);
    });
}

void UsagePanel::load(const ActivityFilter& filter) {
    const QDateTime since = QDate::currentDate().addDays(1 - days).startOfDay();
    Json params{{"since", since.toUTC().toString(Qt::ISODate).toStdString()},
                {"utc_offset_minutes", QDateTime::currentDateTime().offsetFromUtc() / 60},
                {"most", mostPrograms}};
    if (!filter.provider.empty())
        params["provider"] = filter.provider;
    if (!filter.caller.empty())
        params["caller"] = filter.caller;
    client_.call(
        "audit.summary", params, this,
        [this, round = ++round_](const Result<Json>& summary) {
            if (round == round_)
                onSummary(summary);
        },
        patience);
}

void UsagePanel::onSummary(const Result<Json>& summary) {
    setVisible(summary.has_value()); // an older broker does not count
    if (!summary)
        return;
    const Usage usage = readUsage(*summary, QDate::currentDate(), days);
    byDay_->present(usage.days);
    byProgram_->present(usage.programs);
    callers_.clear();
    for (const Usage::Bar& program : usage.programs)
        callers_.push_back(program.caller);
}

} // namespace keybearer
