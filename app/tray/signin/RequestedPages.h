#pragma once

#include "app/tray/mirror/BrokerMirror.h"

#include <functional>
#include <set>
#include <string>

namespace keybearer {

// Opens the pages that the broker asks the tray to open: of sign-ins that a program needs, after the person
// has agreed (`open_browser` of signin.progress). Each sign-in's once, and nothing but an address that
// isSafelyOpenable() takes (SEC-C-34). Owned by the tray application; GUI thread.
class RequestedPages final : public QObject {
    Q_OBJECT
public:
    using OpenBrowser = std::function<bool(const QUrl&)>;

    RequestedPages(BrokerMirror& mirror, OpenBrowser openBrowser, QObject* parent = nullptr);

Q_SIGNALS:
    // There is no browser: the address, to be opened by hand.
    void failed(const QString& address);

private:
    void onProgress(const Json& progress);

    OpenBrowser openBrowser_;
    std::set<std::string> opened_; // ids of sign-ins
};

} // namespace keybearer
