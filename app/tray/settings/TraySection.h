#pragma once

#include "app/tray/desktop/Autostart.h"
#include "app/tray/desktop/TraySettings.h"

#include <QGroupBox>
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;

namespace keybearer {

// Of the tray itself: whether it starts with the desktop, how its icon looks, what Quit does. What is chosen
// counts at once. Part of the settings page; GUI thread.
class TraySection final : public QGroupBox {
    Q_OBJECT
public:
    TraySection(TraySettings& settings, std::unique_ptr<Autostart> autostart, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(TraySection)

    // Shows what is so now.
    void load();

private:
    void onAutostart(bool on);
    void showProblem(const QString& text);

    TraySettings& settings_;
    std::unique_ptr<Autostart> autostart_;
    QCheckBox* start_;
    QComboBox* look_;
    QComboBox* quit_;
    QLabel* problem_;
};

} // namespace keybearer
