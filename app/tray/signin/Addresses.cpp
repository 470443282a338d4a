#include "app/tray/signin/Addresses.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QUrl>
#include <QUrlQuery>
#include <algorithm>

namespace keybearer {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Addresses)
};

constexpr qsizetype longestServer = 2048;   // what signin.start takes
constexpr qsizetype longestRedirect = 8192; // a code and a state have a few hundred characters

tl::unexpected<Error> refuse(const QString& what, const QString& remedy = {}) {
    return failure(ErrorCode::InvalidParams, what.toStdString(), remedy.toStdString());
}

bool isThisMachine(const QString& host) {
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

bool hasControl(const QString& text) {
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
}

} // namespace

Result<std::string> serverAddress(const QString& typed) {
    QString text = typed.trimmed();
    if (text.isEmpty())
        return refuse(Words::tr("There is no address yet."));
    if (text.size() > longestServer || hasControl(text))
        return refuse(Words::tr("This is not an address."), Words::tr("Paste it as one word."));
    if (!text.contains(QStringLiteral("://")))
        text.prepend(QStringLiteral("https://"));
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return refuse(Words::tr("This is not an address."),
                      Words::tr("An address looks like https://mcp.example.com/mcp."));
    if (url.scheme() != u"https" && !(url.scheme() == u"http" && isThisMachine(url.host())))
        return refuse(Words::tr("This address is not safe to sign in at."),
                      Words::tr("It has to begin with https://, except on this computer."));
    if (!url.userInfo().isEmpty())
        return refuse(Words::tr("This address has a user name in it."),
                      Words::tr("Take out what stands before the @."));
    if (url.hasFragment())
        return refuse(Words::tr("This address has a # in it."),
                      Words::tr("Take out the # and what follows."));
    return url.toEncoded().toStdString();
}

Result<std::string> redirectAddress(const QString& pasted) {
    const QString text = pasted.trimmed();
    const QString whole = Words::tr("Copy all of the browser's address bar, from http:// to the end.");
    if (text.isEmpty())
        return refuse(Words::tr("There is no address yet."), whole);
    const QUrl url(text, QUrl::StrictMode);
    if (text.size() > longestRedirect || hasControl(text) || !url.isValid() || url.host().isEmpty() ||
        (url.scheme() != u"http" && url.scheme() != u"https"))
        return refuse(Words::tr("This is not an address."), whole);
    const QUrlQuery query(url);
    const bool answered =
        query.hasQueryItem(QStringLiteral("code")) || query.hasQueryItem(QStringLiteral("error"));
    if (!query.hasQueryItem(QStringLiteral("state")) || !answered)
        return refuse(
            Words::tr("This is not the address that the sign-in ended at."),
            Words::tr("Sign in first; then copy the address of the page that could not be opened. It "
                      "has \u201Ccode=\u201D and \u201Cstate=\u201D in it."));
    return url.toEncoded().toStdString();
}

} // namespace keybearer
