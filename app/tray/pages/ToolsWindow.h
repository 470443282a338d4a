#pragma once

#include "app/tray/desktop/StatusIcon.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/pages/ToolModel.h"

#include <QDialog>

class QLabel;
class QStackedWidget;
class QTextEdit;

namespace keybearer {

// The tools whose definition is not one that the person has approved, and what is different of the one that
// is selected. What is approved is the definition that is shown, whatever the server shows meanwhile. Texts
// of servers are shown as plain text alone. Owned by the tray application; GUI thread.
class ToolsWindow final : public QDialog {
    Q_OBJECT
public:
    ToolsWindow(BrokerClient& client, BrokerMirror& mirror, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ToolsWindow)

    void present();

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);

private:
    void onChanged();
    void load();
    void showDetail(const ToolDetail& detail);
    void write(const QString& text, const QColor& colour, bool bold = false);
    void approve();

    BrokerClient& client_;
    BrokerMirror& mirror_;
    ToolModel model_;
    SortedTable table_;
    QStackedWidget* stack_;
    QLabel* heading_;
    QTextEdit* difference_;
    QPushButton* approve_;
    QPushButton* keep_;
    std::string service_; // of what is shown
    std::string tool_;
    std::string fingerprint_; // empty: nothing is shown
};

} // namespace keybearer
