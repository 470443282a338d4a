#pragma once

#include "app/tray/activity/ActivityModel.h"
#include "app/tray/look/Page.h"
#include "app/tray/look/PageParts.h"

#include <QTimer>

class QStackedWidget;

namespace keybearer {

class ActivityFilterBar;
class ActivityFooter;
class AlertStrip;
class UsagePanel;

// Who was given what: the audit log in words, the newest first, with filters, charts, a check and an export.
// Asks the broker only while it is visible. Part of the main window; GUI thread.
class ActivityPage final : public Page {
    Q_OBJECT
public:
    ActivityPage(BrokerClient& client, BrokerMirror& mirror, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ActivityPage)

    [[nodiscard]] std::string name() const override { return "activity"; }
    [[nodiscard]] QString title() const override { return tr("Activity"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Activity; }
    [[nodiscard]] QWidget* first() const override;
    void search(const QString& text) override;
    [[nodiscard]] bool isSearchable() const override { return true; }
    [[nodiscard]] int found() const override;
    // The path of a program: its rows only. "alerts": the alerts.
    void select(const std::string& what) override;
    void tick() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeTable();
    void load();
    void onMirrorChanged();
    void onProgress();
    void keepPlace(int rows);
    void showDetails();

    BrokerClient& client_;
    BrokerMirror& mirror_;
    ActivityModel model_;
    SortedTable table_{};
    AlertStrip* alerts_;
    ActivityFilterBar* filters_;
    UsagePanel* usage_;
    ActivityFooter* footer_;
    QStackedWidget* stack_;
    QTimer soon_; // something has happened at the broker: there may be new rows
    QString search_;
    bool wasOnline_ = false;
    bool begun_ = false;
};

} // namespace keybearer
