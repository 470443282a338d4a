#include "broker/http/RequestText.h"

namespace keybearer {

namespace {

std::string_view methodWord(HttpRequest::Method method) {
    switch (method) {
    case HttpRequest::Method::Post:
        return "POST";
    case HttpRequest::Method::Delete:
        return "DELETE";
    case HttpRequest::Method::Get:
        break;
    }
    return "GET";
}

std::string targetOf(const QUrl& url) {
    std::string target =
        url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment).toStdString();
    return target.empty() || target.front() != '/' ? "/" + target : target;
}

std::string hostOf(const QUrl& url) {
    std::string host = url.host(QUrl::FullyEncoded).toStdString();
    if (host.find(':') != std::string::npos)
        host.insert(0, 1, '[').append(1, ']');
    if (url.port() != -1)
        host.append(":").append(std::to_string(url.port()));
    return host;
}

} // namespace

Secret requestText(const HttpRequest& request) {
    std::string text;
    std::size_t size = request.body.size() + request.contentType.size() + 4096;
    for (const HttpHeader& header : request.headers)
        size += header.name.size() + header.value.size() + 4;
    text.reserve(size + static_cast<std::size_t>(request.url.toEncoded().size())); // no copy stays behind
    const auto line = [&](std::string_view name, std::string_view value) {
        text.append(name).append(": ").append(value).append("\r\n");
    };
    text.append(methodWord(request.method)).append(" ");
    text.append(targetOf(request.url)).append(" HTTP/1.1\r\n");
    line("Host", hostOf(request.url));
    line("User-Agent", "keybearer/" KEYBEARER_VERSION);
    line("Accept-Encoding", "identity"); // no compression, no bomb
    line("Connection", "close");
    for (const HttpHeader& header : request.headers)
        line(header.name, header.value);
    if (request.method != HttpRequest::Method::Get) {
        line("Content-Type", request.contentType);
        line("Content-Length", std::to_string(request.body.size()));
    }
    text.append("\r\n").append(request.body.reveal());
    return Secret::takeFrom(text);
}

} // namespace keybearer
