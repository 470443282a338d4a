#include "broker/http/NetworkExchange.h"

#include "broker/base/Text.h"
#include "broker/http/ClientCertificate.h"
#include "broker/http/OneShotBody.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <algorithm>

namespace keybearer {

namespace {

// What Qt may hold of a body that we have not read yet; also the step in which we read.
constexpr std::size_t readStep = std::size_t{64} << 10;
// Status line and headers of an answer; no honest token endpoint comes near.
constexpr std::size_t headLimit = std::size_t{64} << 10;
// No request may wait for ever, whatever its sender asked for.
constexpr std::chrono::milliseconds longestDeadline = std::chrono::minutes(5);
// Qt gathers headers without an end, about one MiB a second; a provider that thinks for longer than this
// before its first line is none that a person waits for.
constexpr std::chrono::milliseconds longestHead = std::chrono::minutes(1);

const QByteArray userAgent = QByteArrayLiteral("keybearer/" KEYBEARER_VERSION);

// The name stays in the Host header, in SNI and in the check of the certificate.
void connectTo(QNetworkRequest& request, const QHostAddress& address) {
    QUrl url = request.url();
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    request.setPeerVerifyName(url.host());
    if (url.port() != -1)
        host += ':' + QByteArray::number(url.port());
    request.setRawHeader("Host", host);
    url.setHost(address.toString());
    request.setUrl(url);
}

QSslConfiguration tlsWith(QSslConfiguration tls, const ClientCertificate& certificate) {
    tls.setLocalCertificateChain(certificate.chain());
    tls.setPrivateKey(certificate.key());
    return tls;
}

QNetworkRequest hardened(const HttpRequest& asked, const NetworkExchange::Line& line) {
    QNetworkRequest request(asked.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    // HTTP/2 may replay a stream on a new connection after GOAWAY.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setRawHeader("User-Agent", userAgent);
    // Naming it ourselves also keeps Qt from unpacking anything: no compression, no bomb.
    request.setRawHeader("Accept-Encoding", "identity");
    if (asked.url.scheme() == QStringLiteral("https"))
        request.setSslConfiguration(asked.certificate ? tlsWith(line.tls, *asked.certificate) : line.tls);
    if (!line.address.isNull())
        connectTo(request, line.address);
    return request;
}

// Whether the server may have carried out a request that got no answer: a refresh token may then be spent.
bool mayHaveBeenSent(QNetworkReply::NetworkError error) {
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return false;
    default:
        return true;
    }
}

// What went wrong between us and the proxy, in words; null: it was not the proxy.
const char* proxyProblem(QNetworkReply::NetworkError error) {
    switch (error) {
    case QNetworkReply::ProxyConnectionRefusedError:
        return "does not take the connection";
    case QNetworkReply::ProxyConnectionClosedError:
        return "closed the connection";
    case QNetworkReply::ProxyNotFoundError:
        return "was not found";
    case QNetworkReply::ProxyTimeoutError:
        return "did not answer in time";
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return "wants a user name and password, or refuses those it got";
    case QNetworkReply::UnknownProxyError:
    case QNetworkReply::UnknownNetworkError: // what Qt makes of a refusal of the tunnel
        return "did not let the connection through";
    default:
        return nullptr;
    }
}

// The statuses 400 and above are errors to Qt and answers to us; what happened below HTTP is a failure to
// both.
bool isAnswer(QNetworkReply::NetworkError error, int status) {
    if (error == QNetworkReply::NoError)
        return status >= 200;
    if (status < 400 || error == QNetworkReply::ContentReSendError)
        return false;
    return (error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError) ||
           (error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError) ||
           error == QNetworkReply::ProtocolInvalidOperationError; // what Qt makes of 400
}

} // namespace

NetworkExchange::NetworkExchange(std::size_t responseLimit, Completion<HttpResponse> done)
    : done_(std::move(done)), limit_(responseLimit) {
    deadline_.setSingleShot(true);
    headDeadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this, &NetworkExchange::onDeadline);
    connect(&headDeadline_, &QTimer::timeout, this, &NetworkExchange::onDeadline);
}

NetworkExchange::~NetworkExchange() {
    drop();
    wipe(body_);
}

void NetworkExchange::start(const Line& line, HttpRequest request) {
    QNetworkRequest wire = hardened(request, line);
    host_ = displaySafe(request.url.host().toStdString());
    proxy_ = line.proxy;
    certificate_ = request.certificate;
    for (HttpHeader& header : request.headers) {
        wire.setRawHeader(QByteArray::fromStdString(header.name), QByteArray::fromStdString(header.value));
        wipe(header.value); // may be a bearer token
    }
    if (request.method == HttpRequest::Method::Post) {
        wire.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray::fromStdString(request.contentType));
        // Without a length Qt would buffer the body after all, and could then send it twice.
        wire.setHeader(QNetworkRequest::ContentLengthHeader, static_cast<qint64>(request.body.size()));
        auto body = std::make_unique<OneShotBody>(std::move(request.body));
        reply_ = line.manager.post(wire, body.get());
        body.release()->setParent(reply_); // read until the reply is gone
    } else {
        reply_ = line.manager.get(wire);
    }
    reply_->setReadBufferSize(readStep);
    connect(reply_, &QNetworkReply::requestSent, this, [this] { begun_ = true; });
    connect(reply_, &QNetworkReply::metaDataChanged, this, &NetworkExchange::onMetaDataChanged);
    connect(reply_, &QNetworkReply::readyRead, this, &NetworkExchange::onReadyRead);
    connect(reply_, &QNetworkReply::finished, this, &NetworkExchange::onFinished);
    deadline_.start(std::clamp(request.deadline, std::chrono::milliseconds(1), longestDeadline));
    headDeadline_.start(longestHead);
}

void NetworkExchange::failLater(Error error) {
    QMetaObject::invokeMethod(
        this, [this, error = std::move(error)]() mutable { finish(failure(std::move(error))); },
        Qt::QueuedConnection);
}

void NetworkExchange::onMetaDataChanged() {
    headDeadline_.stop();
    if (Result<void> head = checkHead(); !head)
        finish(failure(std::move(head.error())));
}

void NetworkExchange::onReadyRead() {
    if (!drain())
        finish(failure(ErrorCode::ProviderError, "The answer is larger than it may be"));
}

void NetworkExchange::onFinished() {
    const int status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!isAnswer(reply_->error(), status)) {
        Error error = noAnswer();
        error.details.emplace_back("sent", mayHaveBeenSent(reply_->error()) && !diedInTheTunnel());
        return finish(failure(std::move(error)));
    }
    if (Result<void> head = checkHead(); !head)
        return finish(failure(std::move(head.error())));
    if (!drain())
        return finish(failure(ErrorCode::ProviderError, "The answer is larger than it may be"));
    finish(takeResponse());
}

bool NetworkExchange::diedInTheTunnel() const {
    return !proxy_.empty() && !begun_ && proxyProblem(reply_->error()) != nullptr;
}

Error NetworkExchange::noAnswer() const {
    if (diedInTheTunnel())
        return {
            ErrorCode::ProviderUnavailable,
            std::string("No answer from ").append(host_).append(": the proxy ").append(proxy_).append(" ") +
                proxyProblem(reply_->error()),
            "Correct the proxy: network.proxy in config.yaml, or HTTPS_PROXY in the environment."};
    // Qt's text names host and reason, never a header or the body.
    Error error(ErrorCode::ProviderUnavailable,
                std::string("No answer from ")
                    .append(host_)
                    .append(": ")
                    .append(displaySafe(reply_->errorString().toStdString())));
    if (reply_->error() == QNetworkReply::SslHandshakeFailedError)
        error.action =
            "Check the clock; where a company's proxy looks into TLS, name the company's authority "
            "as network.ca_file in config.yaml.";
    return error;
}

void NetworkExchange::onDeadline() {
    finish(failure(ErrorCode::ProviderUnavailable, "No answer in time from " + host_));
}

Result<void> NetworkExchange::checkHead() const {
    const int status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 300 && status < 400)
        return failure(ErrorCode::ProviderError, "The server answered with a redirect (HTTP " +
                                                     std::to_string(status) + "), which is never followed");
    std::size_t size = 0;
    for (const auto& [name, value] : reply_->rawHeaderPairs())
        size += static_cast<std::size_t>(name.size() + value.size());
    if (size > headLimit)
        return failure(ErrorCode::ProviderError, "The headers of the answer are larger than they may be");
    const QByteArray encoding = reply_->rawHeader("Content-Encoding").trimmed().toLower();
    if (!encoding.isEmpty() && encoding != "identity")
        return failure(ErrorCode::ProviderError, "The answer is compressed though we asked for plain bytes");
    const QVariant length = reply_->header(QNetworkRequest::ContentLengthHeader);
    if (length.isValid() && length.toULongLong() > limit_)
        return failure(ErrorCode::ProviderError, "The answer is larger than it may be");
    return {};
}

// Takes what has arrived; false when there is more than the limit allows.
bool NetworkExchange::drain() {
    while (reply_->bytesAvailable() > 0) {
        const std::size_t before = body_.size();
        // One byte of room above the limit tells "exactly full" from "too much".
        const std::size_t step = std::min(readStep, limit_ + 1 - before);
        makeRoom(before + step);
        body_.resize(before + step);
        const qint64 read = reply_->read(body_.data() + before, static_cast<qint64>(step));
        body_.resize(before + static_cast<std::size_t>(std::max<qint64>(read, 0)));
        if (body_.size() > limit_)
            return false;
        if (read <= 0)
            break;
    }
    return true;
}

void NetworkExchange::makeRoom(std::size_t size) {
    if (size <= body_.capacity())
        return;
    std::string larger;
    larger.reserve(std::max(size, body_.capacity() * 2));
    larger = body_; // fits: no further allocation
    wipe(body_);
    body_.swap(larger);
}

HttpResponse NetworkExchange::takeResponse() {
    HttpResponse response;
    response.status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    for (const auto& [name, value] : reply_->rawHeaderPairs())
        response.headers.push_back({name.toStdString(), value.toStdString()});
    response.body = Secret::takeFrom(body_);
    return response;
}

// Disconnect before abort: abort() emits finished() from inside the call.
void NetworkExchange::drop() {
    deadline_.stop();
    headDeadline_.stop();
    if (!reply_)
        return;
    disconnect(reply_, nullptr, this, nullptr);
    reply_->abort();
    reply_->deleteLater();
    reply_.clear();
}

void NetworkExchange::finish(Result<HttpResponse> result) {
    drop();
    const Completion<HttpResponse> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
