#pragma once

#include "app/tray/look/Notice.h"

#include <QIcon>
#include <QObject>
#include <QString>

class QMenu;
class QSystemTrayIcon;

namespace keybearer {

// The place on the desktop that shows our state: a seam, because the offscreen platform of tests has none.
// Owned by the tray application; GUI thread.
class StatusIcon : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    // Whether the desktop has a place for it at this moment.
    [[nodiscard]] virtual bool isAvailable() const = 0;
    // Shows it from now on; `menu` must outlive it.
    virtual void install(QMenu* menu) = 0;
    virtual void present(const QIcon& icon, const QString& toolTip) = 0;
    virtual void announce(const Notice& notice) = 0;

Q_SIGNALS:
    void activated();       // clicked, not for its menu
    void middleActivated(); // with the middle button
    void noticeClicked();
};

// QSystemTrayIcon: StatusNotifierItem where the desktop has it, the older XEmbed protocol elsewhere.
class DesktopStatusIcon final : public StatusIcon {
    Q_OBJECT
public:
    using StatusIcon::StatusIcon;
    [[nodiscard]] bool isAvailable() const override;
    void install(QMenu* menu) override;
    void present(const QIcon& icon, const QString& toolTip) override;
    void announce(const Notice& notice) override;

private:
    QSystemTrayIcon* icon_ =
        nullptr; // a child; made when the desktop is ready, for it picks its protocol then
    QIcon drawing_;
    QString toolTip_;
};

} // namespace keybearer
