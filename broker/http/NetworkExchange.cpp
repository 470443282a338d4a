#include "broker/http/NetworkExchange.h"

#include "broker/base/Text.h"
#include "broker/http/ClientCertificate.h"
#include "broker/http/PublicAddress.h"
#include "broker/http/RequestText.h"

#include <algorithm>

namespace keybearer {

namespace {

// What Qt may hold of an answer that we have not read yet; also the step in which we read.
constexpr std::size_t readStep = std::size_t{64} << 10;
// No request may wait for ever, whatever its sender asked for.
constexpr std::chrono::milliseconds longestDeadline = std::chrono::minutes(5);
constexpr quint16 httpsPort = 443;
constexpr quint16 httpPort = 80;

bool isTls(const QUrl& url) {
    return url.scheme() == QStringLiteral("https");
}

std::string originWord(const QUrl& url) {
    return url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
        .toEncoded()
        .toStdString();
}

// What went wrong between us and the proxy, in words; null: it was not the proxy.
const char* proxyProblem(QAbstractSocket::SocketError error) {
    switch (error) {
    case QAbstractSocket::ProxyConnectionRefusedError:
        return "does not take the connection";
    case QAbstractSocket::ProxyConnectionClosedError:
        return "closed the connection";
    case QAbstractSocket::ProxyNotFoundError:
        return "was not found";
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return "did not answer in time";
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return "wants a user name and password, or refuses those it got";
    default:
        return "did not let the connection through";
    }
}

} // namespace

NetworkExchange::NetworkExchange(std::size_t responseLimit, Completion<HttpResponse> done)
    : done_(std::move(done)), limit_(responseLimit), reader_(responseLimit) {
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this, &NetworkExchange::onDeadline);
}

NetworkExchange::~NetworkExchange() {
    drop();
    for (HttpHeader& header : request_.headers)
        wipe(header.value); // may be a bearer token
}

void NetworkExchange::start(const Line& line, HttpRequest request) {
    request_ = std::move(request);
    tls_ = line.tls;
    proxy_ = line.proxy;
    proxyName_ = line.proxyName;
    address_ = line.address;
    deadline_.start(std::clamp(request_.deadline, std::chrono::milliseconds(1), longestDeadline));
    turn_ = line.turns.wait(originWord(request_.url), [this] { connectNow(); });
}

void NetworkExchange::failLater(Error error) {
    QMetaObject::invokeMethod(
        this, [this, error = std::move(error)]() mutable { finish(failure(std::move(error))); },
        Qt::QueuedConnection);
}

void NetworkExchange::connectNow() {
    const QString host = request_.url.host();
    const QString there = address_.isNull() ? host : address_.toString();
    if (!isTls(request_.url)) {
        prepare(new QTcpSocket(this));
        connect(socket_, &QTcpSocket::connected, this, &NetworkExchange::onReady);
        return socket_->connectToHost(there, static_cast<quint16>(request_.url.port(httpPort)));
    }
    if (request_.certificate) {
        tls_.setLocalCertificateChain(request_.certificate->chain());
        tls_.setPrivateKey(request_.certificate->key());
    }
    auto* secured = new QSslSocket(this);
    prepare(secured);
    secured->setSslConfiguration(tls_);
    connect(secured, &QSslSocket::connected, this, [this] { connected_ = true; });
    connect(secured, &QSslSocket::encrypted, this, &NetworkExchange::onReady);
    // The name stays in SNI and in the check of the certificate wherever the connection goes.
    secured->connectToHostEncrypted(there, static_cast<quint16>(request_.url.port(httpsPort)), host);
}

void NetworkExchange::prepare(QTcpSocket* socket) {
    socket_ = socket;
    socket_->setProxy(proxy_);
    socket_->setReadBufferSize(readStep);
    connect(socket_, &QTcpSocket::readyRead, this, &NetworkExchange::onBytes);
    // Queued: a connection that is refused at once says so from inside the call that asks for it.
    connect(socket_, &QTcpSocket::disconnected, this, &NetworkExchange::onClosed, Qt::QueuedConnection);
    connect(socket_, &QTcpSocket::errorOccurred, this, &NetworkExchange::onClosed, Qt::QueuedConnection);
}

void NetworkExchange::onReady() {
    connected_ = true;
    written_ = true;
    peerIsPublic_ = proxyName_.empty() && isPublicAddress(socket_->peerAddress());
    const Secret text = requestText(request_);
    request_.body.clear();
    socket_->write(text.reveal().data(), static_cast<qint64>(text.size()));
}

void NetworkExchange::onBytes() {
    std::string step(readStep, '\0');
    while (socket_->bytesAvailable() > 0) {
        const qint64 read = socket_->read(step.data(), static_cast<qint64>(step.size()));
        if (read <= 0)
            break;
        const Result<bool> whole = reader_.take({step.data(), static_cast<std::size_t>(read)});
        if (!whole) {
            wipe(step);
            return finish(tl::unexpected(whole.error()));
        }
        if (reader_.hasHead() && !std::exchange(headSeen_, true)) {
            if (Result<void> head = checkHead(); !head) {
                wipe(step);
                return finish(tl::unexpected(std::move(head.error())));
            }
        }
        if (*whole) {
            wipe(step);
            return finish(takeResponse());
        }
    }
    wipe(step);
}

void NetworkExchange::onClosed() {
    if (socket_ == nullptr)
        return; // the second of the two signals
    if (socket_->bytesAvailable() > 0) {
        onBytes();
        if (socket_ == nullptr)
            return;
    }
    if (headSeen_ && reader_.end())
        return finish(takeResponse());
    Error error = noAnswer();
    error.details.emplace_back("sent", written_);
    finish(failure(std::move(error)));
}

HttpResponse NetworkExchange::takeResponse() {
    HttpResponse response = reader_.takeResponse();
    response.fromPublicAddress = peerIsPublic_;
    return response;
}

Error NetworkExchange::noAnswer() const {
    const std::string host = displaySafe(request_.url.host().toStdString());
    if (!proxyName_.empty() && !connected_)
        return {ErrorCode::ProviderUnavailable,
                std::string("No answer from ")
                        .append(host)
                        .append(": the proxy ")
                        .append(proxyName_)
                        .append(" ") +
                    proxyProblem(socket_->error()),
                "Correct the proxy: network.proxy in config.yaml, or HTTPS_PROXY in the environment."};
    // Qt's text names host and reason, never a header or the body.
    Error error(ErrorCode::ProviderUnavailable,
                std::string("No answer from ")
                    .append(host)
                    .append(": ")
                    .append(displaySafe(socket_->errorString().toStdString())));
    if (socket_->error() == QAbstractSocket::SslHandshakeFailedError)
        error.action =
            "Check the clock; where a company's proxy looks into TLS, name the company's authority "
            "as network.ca_file in config.yaml.";
    return error;
}

void NetworkExchange::onDeadline() {
    Error error(ErrorCode::ProviderUnavailable,
                "No answer in time from " + displaySafe(request_.url.host().toStdString()));
    error.details.emplace_back("sent", written_);
    finish(failure(std::move(error)));
}

Result<void> NetworkExchange::checkHead() const {
    const int status = reader_.status();
    if (status >= 300 && status < 400 && !request_.redirectIsAnswer)
        return failure(ErrorCode::ProviderError, "The server answered with a redirect (HTTP " +
                                                     std::to_string(status) + "), which is never followed");
    const std::string encoding = reader_.header("Content-Encoding");
    if (!encoding.empty() && QByteArray::fromStdString(encoding).trimmed().toLower() != "identity")
        return failure(ErrorCode::ProviderError, "The answer is compressed though we asked for plain bytes");
    return {};
}

// Disconnect before abort: abort() signals from inside the call.
void NetworkExchange::drop() {
    deadline_.stop();
    turn_.reset();
    if (socket_ == nullptr)
        return;
    disconnect(socket_, nullptr, this, nullptr);
    socket_->abort();
    socket_->setParent(nullptr); // its signal may have brought us here, and this may be about to go
    socket_->deleteLater();
    socket_ = nullptr;
}

void NetworkExchange::finish(Result<HttpResponse> result) {
    drop();
    const Completion<HttpResponse> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
