#include "app/tray/TrayNotices.h"

namespace keybearer {

TrayNotices::TrayNotices(const TraySettings& settings, StatusIcon& icon, QObject* parent)
    : QObject(parent), icon_(icon), gate_(settings) {
    connect(&icon_, &StatusIcon::noticeClicked, this, [this] { Q_EMIT opened(last_); });
}

DesktopNotifications& TrayNotices::service() {
    if (!service_) {
        service_ = std::make_unique<DesktopNotifications>();
        connect(service_.get(), &DesktopNotifications::opened, this, &TrayNotices::opened);
        connect(service_.get(), &DesktopNotifications::undelivered, this, [this](const Notice& notice) {
            last_ = notice;
            icon_.announce(notice);
        });
    }
    return *service_;
}

void TrayNotices::tell(const Notice& notice) {
    if (gate_.admits(notice))
        service().post(notice);
}

void TrayNotices::withdraw(const std::string& reason) {
    gate_.forget(reason);
    if (service_)
        service_->withdraw(reason);
}

} // namespace keybearer
