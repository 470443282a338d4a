#include "app/tray/desktop/Browser.h"

#include <QDesktopServices>
#include <QProcess>

namespace keybearer {

QList<QStringList> browserCommands(const QString& variable, const QString& address) {
    QList<QStringList> commands;
    for (const QString& entry : variable.split(u':', Qt::SkipEmptyParts)) {
        QStringList words = QProcess::splitCommand(entry);
        if (words.isEmpty())
            continue;
        bool placed = false;
        for (QString& word : words) {
            placed = placed || word.contains(QStringLiteral("%s"));
            word.replace(QStringLiteral("%s"), address);
        }
        if (!placed)
            words.append(address);
        commands.append(words);
    }
    return commands;
}

bool openInBrowser(const QUrl& url) {
    if (!url.isValid() || (url.scheme() != u"https" && url.scheme() != u"http") || url.host().isEmpty())
        return false;
    const QString address = QString::fromLatin1(url.toEncoded());
    for (QStringList command : browserCommands(qEnvironmentVariable("BROWSER"), address)) {
        const QString program = command.takeFirst();
        if (QProcess::startDetached(program, command))
            return true;
    }
    return QDesktopServices::openUrl(url);
}

QString asciiHost(const QUrl& url) {
    return url.host(QUrl::FullyEncoded);
}

} // namespace keybearer
