#pragma once

#include <QStringList>
#include <QUrl>
#include <optional>

namespace keybearer {

// Opens a page for the person: with the first program of $BROWSER that starts (a list separated by colons, %s
// stands for the address, as xdg-open reads it), else as the desktop does. Only http and https. False:
// nothing could be started.
[[nodiscard]] bool openInBrowser(const QUrl& url);

// The command lines that $BROWSER means, program first.
[[nodiscard]] QList<QStringList> browserCommands(const QString& variable, const QString& address);

// Where the address leads, in ASCII: an internationalised name shows as punycode, and no user name can pose
// as a host.
[[nodiscard]] QString asciiHost(const QUrl& url);

} // namespace keybearer
