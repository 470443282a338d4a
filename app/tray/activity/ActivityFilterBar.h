#pragma once

#include "app/tray/activity/ActivityModel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace keybearer {

// What the person chooses to see of the log: kind, provider, program, span of time. GUI thread.
class ActivityFilterBar final : public QWidget {
    Q_OBJECT
public:
    explicit ActivityFilterBar(const BrokerMirror& mirror, QWidget* parent = nullptr);

    [[nodiscard]] ActivityFilter filter() const;
    void setKind(const std::string& kind);
    void setCaller(const QString& caller);
    void clear();

Q_SIGNALS:
    // The choice is another one; while a program is being typed, after a moment.
    void changed();

private:
    void fillProviders();
    void announce();
    static void addKinds(QComboBox& box);
    static void addSpans(QComboBox& box);

    const BrokerMirror& mirror_;
    QComboBox* kind_;
    QComboBox* provider_;
    QComboBox* span_;
    QLineEdit* program_;
    QPushButton* clear_;
    QTimer typing_;
    ActivityFilter announced_;
};

} // namespace keybearer
