#include "broker/oauth/RedirectPage.h"

#include "broker/base/Random.h"

#include <QByteArray>

namespace keybearer {

namespace {

constexpr std::string_view style =
    ":root{color-scheme:light dark;--back:#f5f5f7;--card:#fff;--text:#1d1d1f;--soft:#6b6b70;--line:#e3e3e8;"
    "--mark:#2563eb}"
    "@media(prefers-color-scheme:dark){:root{--back:#141416;--card:#1f1f23;--text:#f2f2f4;--soft:#a0a0a8;"
    "--line:#33333a;--mark:#7aa2ff}}"
    "*{box-sizing:border-box}"
    "body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:24px;"
    "background:var(--back);color:var(--text);"
    "font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,Cantarell,sans-serif}"
    "main{max-width:420px;width:100%;padding:36px 32px;background:var(--card);border:1px solid var(--line);"
    "border-radius:16px}"
    "p.name{margin:0 0 20px;color:var(--mark);font-size:14px;font-weight:600}"
    "h1{margin:0 0 8px;font-size:22px;line-height:1.3;font-weight:600}"
    "p{margin:0;color:var(--soft)}";

struct Words {
    std::string_view title;
    std::string_view text;
};

Words wordsFor(RedirectPage page) {
    switch (page) {
    case RedirectPage::Answered:
        return {"Go back to Keybearer",
                "Keybearer has your answer and finishes the sign-in. You can close this page."};
    case RedirectPage::NotSignedIn:
        return {"You were not signed in",
                "Keybearer tells you why. You can close this page and go back to it."};
    case RedirectPage::Neutral:
        break;
    }
    return {"Nothing to do here",
            "This address belongs to Keybearer on this computer. You can close this page."};
}

std::string_view reasonFor(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 431:
        return "Request Header Fields Too Large";
    default:
        return "Bad Request";
    }
}

std::string html(RedirectPage page) {
    const Words words = wordsFor(page);
    std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>";
    out.append(words.title)
        .append("</title>\n<style>")
        .append(style)
        .append("</style>\n</head>\n<body>\n<main>\n");
    out.append("<p class=\"name\">Keybearer</p>\n<h1>").append(words.title).append("</h1>\n<p>");
    out.append(words.text).append("</p>\n</main>\n</body>\n</html>\n");
    return out;
}

// The one style sheet is allowed by its hash, everything else is forbidden (Content Security Policy level 3).
const std::string& styleHash() {
    static const std::string hash = QByteArray::fromStdString(sha256(style)).toBase64().toStdString();
    return hash;
}

} // namespace

std::string onwardResponse(const std::string& next) {
    std::string out = "HTTP/1.1 303 See Other\r\nLocation: ";
    out.append(next).append("\r\nContent-Length: 0\r\nX-Content-Type-Options: nosniff\r\n");
    out += "Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
    return out;
}

std::string redirectResponse(RedirectPage page, int status) {
    const std::string body = html(page);
    std::string out = "HTTP/1.1 " + std::to_string(status) + " ";
    out.append(reasonFor(status)).append("\r\n");
    out += "Content-Type: text/html; charset=utf-8\r\n";
    out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    out += "Content-Security-Policy: default-src 'none'; style-src 'sha256-" + styleHash() +
           "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n";
    out += "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n"
           "Cache-Control: no-store\r\n";
    if (status == 405)
        out += "Allow: GET\r\n";
    out += "Connection: close\r\n\r\n";
    return out + body;
}

} // namespace keybearer
