#include "broker/http/PublicExchange.h"

#include "broker/base/Text.h"

#include <QHostInfo>

#include <algorithm>

namespace keybearer {

namespace {

constexpr qsizetype mostAddresses = 3; // of one name that are tried

bool wasNotSent(const Error& error) {
    const ErrorDetail* sent = error.detail("sent");
    return sent != nullptr && std::holds_alternative<bool>(*sent) && !std::get<bool>(*sent);
}

HttpRequest copyOf(const HttpRequest& request) {
    HttpRequest copy;
    copy.method = request.method;
    copy.url = request.url;
    copy.headers = request.headers;
    copy.contentType = request.contentType;
    copy.body = request.body.clone();
    copy.deadline = request.deadline;
    copy.responseLimit = request.responseLimit;
    copy.certificate = request.certificate;
    return copy;
}

} // namespace

void PublicExchange::Net::systemLookUp(const QString& name, QObject* receiver, Found found) {
    QHostInfo::lookupHost(name, receiver,
                          [found = std::move(found)](const QHostInfo& info) { found(info.addresses()); });
}

PublicExchange::PublicExchange(Net net, NetworkExchange::Line line, Completion<HttpResponse> done)
    : net_(std::move(net)), line_(std::move(line)), done_(std::move(done)) {
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this,
            [this] { finish(failure(ErrorCode::ProviderUnavailable, "No answer in time from " + host())); });
}

void PublicExchange::start(HttpRequest request) {
    request_ = std::move(request);
    deadline_.start(std::max(request_.deadline, std::chrono::milliseconds(1)));
    const QHostAddress written(request_.url.host());
    if (written.isNull() && line_.proxyName.empty())
        return net_.lookUp(request_.url.host(), this,
                           [this](QList<QHostAddress> found) { onFound(std::move(found)); });
    QMetaObject::invokeMethod(
        this,
        [this, written] {
            if (written.isNull()) { // a name, which the proxy looks up
                left_ = {QHostAddress()};
                return tryNext();
            }
            onFound({written});
        },
        Qt::QueuedConnection);
}

void PublicExchange::onFound(QList<QHostAddress> addresses) {
    if (!done_)
        return; // the deadline was earlier
    if (addresses.isEmpty())
        return finish(failure(Error(ErrorCode::ProviderUnavailable,
                                    "There is no host " + host() + ", or it cannot be looked up now")
                                  .with("sent", false)));
    if (!std::all_of(addresses.begin(), addresses.end(), net_.isPublic))
        return finish(failure(Error(ErrorCode::ProviderError,
                                    host() + " leads into a private network, where a server of the internet "
                                             "must not send us",
                                    "If the server is yours, write its address into config.yaml.")
                                  .with("sent", false)));
    std::stable_partition(addresses.begin(), addresses.end(), [](const QHostAddress& each) {
        return each.protocol() == QAbstractSocket::IPv4Protocol;
    });
    left_ = addresses.mid(0, mostAddresses);
    tryNext();
}

void PublicExchange::tryNext() {
    line_.address = line_.proxyName.empty() ? left_.front() : QHostAddress();
    left_.removeFirst();
    HttpRequest attempt = left_.isEmpty() ? std::move(request_) : copyOf(request_);
    request_.url = attempt.url; // for the words of an error
    attempt.deadline =
        std::clamp(deadline_.remainingTimeAsDuration(), std::chrono::milliseconds(1), attempt.deadline);
    exchange_ = std::make_unique<NetworkExchange>(
        attempt.responseLimit, [this](Result<HttpResponse> result) { onEnd(std::move(result)); });
    exchange_->start(line_, std::move(attempt));
}

void PublicExchange::onEnd(Result<HttpResponse> result) {
    if (!result && wasNotSent(result.error()) && !left_.isEmpty())
        return tryNext(); // replaces the exchange that calls us, as its last act
    finish(std::move(result));
}

void PublicExchange::finish(Result<HttpResponse> result) {
    deadline_.stop();
    exchange_.reset();
    const Completion<HttpResponse> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

std::string PublicExchange::host() const {
    return displaySafe(request_.url.host().toStdString());
}

} // namespace keybearer
