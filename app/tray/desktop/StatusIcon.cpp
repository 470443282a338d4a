#include "app/tray/desktop/StatusIcon.h"

#include "app/tray/look/Wording.h"

#include <QSystemTrayIcon>

namespace keybearer {

namespace {
constexpr int noticeMilliseconds = 8000; // long enough to read two lines
} // namespace

bool DesktopStatusIcon::isAvailable() const {
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void DesktopStatusIcon::install(QMenu* menu) {
    if (icon_ != nullptr)
        return;
    icon_ = new QSystemTrayIcon(drawing_, this);
    icon_->setToolTip(toolTip_);
    icon_->setContextMenu(menu);
    connect(icon_, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        // A double click is a click before it is one: the window is there by then.
        if (reason == QSystemTrayIcon::Trigger)
            Q_EMIT activated();
        else if (reason == QSystemTrayIcon::MiddleClick)
            Q_EMIT middleActivated();
    });
    connect(icon_, &QSystemTrayIcon::messageClicked, this, &StatusIcon::noticeClicked);
    icon_->show();
}

void DesktopStatusIcon::present(const QIcon& icon, const QString& toolTip) {
    drawing_ = icon;
    toolTip_ = toolTip;
    if (icon_ == nullptr)
        return;
    icon_->setIcon(icon);
    icon_->setToolTip(toolTip);
}

void DesktopStatusIcon::announce(const Notice& notice) {
    if (icon_ == nullptr)
        return;
    icon_->showMessage(plainNotification(notice.title), plainNotification(notice.text),
                       notice.kind == Notice::Kind::Problem ? QSystemTrayIcon::Warning
                                                            : QSystemTrayIcon::Information,
                       noticeMilliseconds);
}

} // namespace keybearer
