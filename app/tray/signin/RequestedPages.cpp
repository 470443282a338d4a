#include "app/tray/signin/RequestedPages.h"

#include "broker/protocol/WebAddress.h"

#include <QUrl>

namespace keybearer {

namespace {
constexpr std::size_t mostRemembered = 256; // the broker has sixteen open at most
}

RequestedPages::RequestedPages(BrokerMirror& mirror, OpenBrowser openBrowser, QObject* parent)
    : QObject(parent), openBrowser_(std::move(openBrowser)) {
    connect(&mirror, &BrokerMirror::signInProgressed, this, &RequestedPages::onProgress);
}

void RequestedPages::onProgress(const Json& progress) {
    const std::string id = stringAt(progress, "signin_id").value_or("");
    const std::string url = stringAt(progress, "authorization_url").value_or("");
    if (!booleanAt(progress, "open_browser").value_or(false) || id.empty() || !isSafelyOpenable(url))
        return;
    if (opened_.size() >= mostRemembered)
        opened_.clear();
    if (!opened_.insert(id).second)
        return;
    const QUrl address(QString::fromStdString(url), QUrl::StrictMode);
    if (!openBrowser_(address))
        Q_EMIT failed(QString::fromStdString(url));
}

} // namespace keybearer
