#pragma once

#include "app/tray/desktop/DesktopNotifications.h"
#include "app/tray/desktop/NoticeGate.h"
#include "app/tray/desktop/StatusIcon.h"

#include <memory>

namespace keybearer {

// The way of a notice to the person: the gate first, then the desktop's notifications, or the status icon's
// own balloon where there is no such service. Owned by the tray application; GUI thread.
class TrayNotices final : public QObject {
    Q_OBJECT
public:
    // `icon` must outlive it.
    TrayNotices(const TraySettings& settings, StatusIcon& icon, QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(TrayNotices)

    void tell(const Notice& notice);
    // The reason is gone, and so is what was said of it.
    void withdraw(const std::string& reason);

Q_SIGNALS:
    // Clicked, beside its buttons.
    void opened(const keybearer::Notice& notice);

private:
    [[nodiscard]] DesktopNotifications& service();

    StatusIcon& icon_;
    NoticeGate gate_;
    std::unique_ptr<DesktopNotifications> service_; // made with the first notice
    Notice last_;                                   // that the icon has shown
};

} // namespace keybearer
