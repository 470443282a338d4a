#pragma once

#include "broker/base/Error.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

// How times, failures and scopes are said to people. Pure functions; the caller gives the time.
namespace keybearer {

// "in 42 minutes", "expired", or a dash if the time is not valid.
[[nodiscard]] QString untilWords(const QDateTime& when, const QDateTime& now);
// "just now", "5 minutes ago", or an empty text if the time is not valid.
[[nodiscard]] QString agoWords(const QDateTime& when, const QDateTime& now);
// Date and time in the person's own format and zone; empty if not valid.
[[nodiscard]] QString exactWords(const QDateTime& when);

// One sentence: what went wrong. Falls back to the broker's own sentence, escaped.
[[nodiscard]] QString whatHappened(const Error& error);
// One sentence: what the person can do about it; may be empty.
[[nodiscard]] QString whatToDo(const Error& error);
// Both, one after the other.
[[nodiscard]] QString failureWords(const Error& error);

// With a capital at its start and a full stop at its end.
[[nodiscard]] QString asSentence(QString text);

// What a scope lets a program do, if it is a well-known one: "see your e-mail address (email)"; else the
// scope.
[[nodiscard]] QString scopeWords(const QString& scope);
// The same without the scope itself, for where there is little room.
[[nodiscard]] QString scopeMeaning(const QString& scope);

// How well the broker knows a program, by the letter of its class; empty for no letter.
[[nodiscard]] QString identityWords(char letter);
// "The script is another one": a fact of the question that is not what it was; and on two lines, what it was
// and what it is.
[[nodiscard]] QString changeWords(const std::string& what);
[[nodiscard]] QString changeValues(const std::string& what, const QString& before, const QString& now);

// A tool tip is taken for HTML when it looks like it; this makes sure that it is shown as it is.
[[nodiscard]] QString plainToolTip(const QString& text);
// For a menu: an ampersand would be taken for a shortcut.
[[nodiscard]] QString plainMenuText(const QString& text);
// For a notification: some desktops read mark-up in it, and there is no way to ask which.
[[nodiscard]] QString plainNotification(const QString& text);

} // namespace keybearer
