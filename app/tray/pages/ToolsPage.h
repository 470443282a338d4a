#pragma once

#include "app/tray/look/Page.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/pages/ToolModel.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTextEdit;

namespace keybearer {

// The tools whose definition is not one that the person has approved, and what is different of the one that
// is selected. What is approved is the definition that is shown, whatever the server shows meanwhile. Texts
// of servers are shown as plain text alone. Part of the main window; GUI
// thread.
class ToolsPage final : public Page {
    Q_OBJECT
public:
    ToolsPage(BrokerClient& client, BrokerMirror& mirror, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ToolsPage)

    [[nodiscard]] std::string name() const override { return "tools"; }
    [[nodiscard]] QString title() const override { return tr("Changed tools"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Tools; }
    [[nodiscard]] QWidget* first() const override;
    [[nodiscard]] int waiting() const override { return model_.rowCount(); }
    void search(const QString& text) override;
    [[nodiscard]] bool isSearchable() const override { return true; }
    [[nodiscard]] int found() const override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeTablePage();
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
    QLabel* fate_; // of the one that is selected
    QTextEdit* difference_;
    QPushButton* approve_;
    std::string service_; // of what is shown
    std::string tool_;
    std::string fingerprint_; // empty: nothing is shown
};

} // namespace keybearer
