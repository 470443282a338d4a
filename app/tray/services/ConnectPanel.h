#pragma once

#include "app/tray/services/ClientSettings.h"
#include "app/tray/services/ServiceRecord.h"

#include <QWidget>
#include <optional>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace keybearer {

// How an MCP client is connected to one service: the client, the way, and what to paste. GUI thread.
class ConnectPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ConnectPanel(QWidget* parent = nullptr);
    // Nothing: no service is selected.
    void present(const std::optional<ServiceRecord>& service);
    [[nodiscard]] QString text() const;

private:
    void refresh();
    void copy();

    std::optional<ServiceRecord> service_;
    QComboBox* client_;
    QComboBox* way_;
    QPlainTextEdit* text_;
    QLabel* place_;
    QPushButton* copy_;
};

} // namespace keybearer
