#include "app/tray/look/Wording.h"

#include "app/tray/mirror/Records.h"

#include <QCoreApplication>
#include <QLocale>
#include <array>

namespace keybearer {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

constexpr std::size_t longestFact = 32;
constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

struct KnownScope {
    const char* scope;
    const char* words;
};
// What providers ask for most. The scope itself stays visible beside the words.
constexpr std::array knownScopes{
    KnownScope{"openid", QT_TRANSLATE_NOOP("Wording", "know who you are")},
    KnownScope{"profile", QT_TRANSLATE_NOOP("Wording", "see your name and picture")},
    KnownScope{"email", QT_TRANSLATE_NOOP("Wording", "see your e-mail address")},
    KnownScope{"offline_access", QT_TRANSLATE_NOOP("Wording", "stay signed in while you are away")},
    KnownScope{"repo", QT_TRANSLATE_NOOP("Wording", "read and change all your repositories")},
    KnownScope{"public_repo", QT_TRANSLATE_NOOP("Wording", "change your public repositories")},
    KnownScope{"read:user", QT_TRANSLATE_NOOP("Wording", "read your profile")},
    KnownScope{"user:email", QT_TRANSLATE_NOOP("Wording", "see your e-mail addresses")},
    KnownScope{"read:org", QT_TRANSLATE_NOOP("Wording", "see your organisations and teams")},
    KnownScope{"gist", QT_TRANSLATE_NOOP("Wording", "write gists")},
    KnownScope{"workflow", QT_TRANSLATE_NOOP("Wording", "change workflows")},
    KnownScope{"User.Read", QT_TRANSLATE_NOOP("Wording", "read your profile")},
    KnownScope{"Mail.Read", QT_TRANSLATE_NOOP("Wording", "read your mail")},
    KnownScope{"Files.Read", QT_TRANSLATE_NOOP("Wording", "read your files")},
    KnownScope{"Calendars.Read", QT_TRANSLATE_NOOP("Wording", "read your calendars")},
};

QString amount(qint64 seconds) {
    if (seconds < hour)
        return Words::tr("%n minute(s)", nullptr, static_cast<int>(std::max<qint64>(1, seconds / minute)));
    if (seconds < day)
        return Words::tr("%n hour(s)", nullptr, static_cast<int>(seconds / hour));
    return Words::tr("%n day(s)", nullptr, static_cast<int>(seconds / day));
}

} // namespace

QString untilWords(const QDateTime& when, const QDateTime& now) {
    if (!when.isValid())
        return QStringLiteral("\u2013");
    const qint64 seconds = now.secsTo(when);
    if (seconds <= 0)
        return Words::tr("expired");
    return Words::tr("in %1", "a time from now").arg(amount(seconds));
}

QString agoWords(const QDateTime& when, const QDateTime& now) {
    if (!when.isValid())
        return {};
    const qint64 seconds = when.secsTo(now);
    if (seconds < minute)
        return Words::tr("just now");
    return Words::tr("%1 ago", "a time before now").arg(amount(seconds));
}

QString exactWords(const QDateTime& when) {
    return when.isValid() ? QLocale().toString(when.toLocalTime(), QLocale::ShortFormat) : QString();
}

QString whatHappened(const Error& error) {
    switch (error.code) {
    case ErrorCode::BrokerUnreachable:
        return Words::tr("The broker cannot be reached.");
    case ErrorCode::TimedOut:
        return Words::tr("There was no answer in time.");
    case ErrorCode::Cancelled:
        return Words::tr("The sign-in was cancelled.");
    case ErrorCode::NotConfigured:
        return Words::tr("This provider is not set up yet.");
    case ErrorCode::SignInAgain:
        return Words::tr("The sign-in has ended.");
    case ErrorCode::StoreLocked:
        return Words::tr("The keychain is locked.");
    case ErrorCode::StoreUnavailable:
        return Words::tr("The keychain cannot be reached.");
    case ErrorCode::ProviderUnavailable:
        return Words::tr("The provider cannot be reached at the moment.");
    case ErrorCode::RateLimited:
        return Words::tr("That was asked too often.");
    default:
        return asSentence(shown(error.message));
    }
}

QString whatToDo(const Error& error) {
    switch (error.code) {
    case ErrorCode::BrokerUnreachable:
        return Words::tr(
            "Keybearer keeps trying to start it. If this lasts, run \"keybearer doctor\" in a terminal.");
    case ErrorCode::TimedOut:
    case ErrorCode::Cancelled:
        return Words::tr("Try again when you are ready.");
    case ErrorCode::NotConfigured:
        return Words::tr(
            "Register an application with the provider, and enter its client id in config.yaml.");
    case ErrorCode::SignInAgain:
        return Words::tr("Sign in again.");
    case ErrorCode::StoreLocked:
        return Words::tr("Unlock the keychain of your desktop, then try again.");
    case ErrorCode::StoreUnavailable:
        return Words::tr("Start the keychain of your desktop, then try again.");
    case ErrorCode::ProviderUnavailable:
        return Words::tr("Nothing is lost. Check the network, and try again in a while.");
    case ErrorCode::RateLimited:
        return Words::tr("Wait a minute, then try again.");
    default:
        return asSentence(shown(error.action));
    }
}

QString failureWords(const Error& error) {
    return (whatHappened(error) + u' ' + whatToDo(error)).trimmed();
}

QString asSentence(QString text) {
    if (text.isEmpty())
        return text;
    text[0] = text[0].toUpper();
    return text.endsWith(u'.') ? text : text + u'.';
}

QString scopeWords(const QString& scope) {
    for (const KnownScope& known : knownScopes) {
        if (scope == QLatin1String(known.scope))
            return Words::tr("%1 (%2)", "what a scope allows, and the scope")
                .arg(Words::tr(known.words), scope);
    }
    return scope;
}

QString scopeMeaning(const QString& scope) {
    for (const KnownScope& known : knownScopes) {
        if (scope == QLatin1String(known.scope))
            return Words::tr(known.words);
    }
    return scope;
}

QString identityWords(char letter) {
    switch (letter) {
    case 'A':
        return Words::tr("started for this by \"keybearer run\"");
    case 'B':
        return Words::tr("a sandboxed application");
    case 'C':
        return Words::tr("a program that only the administrator can replace");
    case 'D':
        return Words::tr("a script, by its file and where it runs");
    case 'E':
        return Words::tr("not for certain: your own programs could replace or imitate it");
    case 'F':
        return Words::tr("not at all: it runs outside of this system");
    default:
        return {};
    }
}

QString changeWords(const std::string& what) {
    constexpr std::array facts{
        KnownScope{"executable_sha256", QT_TRANSLATE_NOOP("Wording", "The program is another one")},
        KnownScope{"script_sha256", QT_TRANSLATE_NOOP("Wording", "The script is another one")},
        KnownScope{"owner", QT_TRANSLATE_NOOP("Wording", "Somebody else may replace it")},
        KnownScope{"class", QT_TRANSLATE_NOOP("Wording", "It is known in another way")},
        KnownScope{"working_directory", QT_TRANSLATE_NOOP("Wording", "It runs in another directory")},
        KnownScope{"signer", QT_TRANSLATE_NOOP("Wording", "Somebody else has signed it")},
        KnownScope{"scopes", QT_TRANSLATE_NOOP("Wording", "It would have other access")},
    };
    for (const KnownScope& fact : facts) {
        if (what == fact.scope)
            return Words::tr(fact.words);
    }
    return shown(what, longestFact);
}

QString changeValues(const std::string& what, const QString& before, const QString& now) {
    constexpr int shownHash = 12; // enough to tell two apart
    const auto value = [&](const QString& text) {
        if (text.isEmpty())
            return QStringLiteral("\u2013");
        if (what == "class" && text.size() == 1 && !identityWords(text[0].toLatin1()).isEmpty())
            return identityWords(text[0].toLatin1());
        return what.ends_with("_sha256") ? text.left(shownHash) : text;
    };
    return Words::tr("before: %1\nnow: %2", "a fact's old value, its new one").arg(value(before), value(now));
}

QString plainToolTip(const QString& text) {
    return text.isEmpty()
               ? QString()
               : QStringLiteral("<span>") + text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")) +
                     QStringLiteral("</span>");
}

QString plainMenuText(const QString& text) {
    return QString(text).replace(u'&', QStringLiteral("&&")).replace(u'\t', u' ');
}

QString plainNotification(const QString& text) {
    return QString(text).replace(u'<', u'\u2039').replace(u'>', u'\u203A').replace(u'&', u'\uFF06');
}

} // namespace keybearer
