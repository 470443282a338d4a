#pragma once

#include "app/tray/desktop/TraySettings.h"

#include <QGroupBox>
#include <vector>

class QCheckBox;
class QTimeEdit;

namespace keybearer {

// Which notices become notifications, and when they are kept back. What is chosen counts at once. Part of the
// settings page; GUI thread.
class NotificationSection final : public QGroupBox {
    Q_OBJECT
public:
    explicit NotificationSection(TraySettings& settings, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(NotificationSection)

    void load();

private:
    void addTopic(Notice::Topic topic, const QString& text, const char* name);
    [[nodiscard]] QLayout* makeQuietHours();
    void keepQuietHours();

    struct Choice {
        Notice::Topic topic;
        QCheckBox* box;
    };

    TraySettings& settings_;
    std::vector<Choice> topics_;
    QCheckBox* quiet_;
    QTimeEdit* from_;
    QTimeEdit* to_;
    QCheckBox* requests_;
};

} // namespace keybearer
