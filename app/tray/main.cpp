// keybearer-tray: the status icon, the prompts and the windows of the broker. Holds no token.
#include "app/tray/TrayApplication.h"
#include "app/tray/desktop/TrayInstance.h"
#include "app/tray/look/Icons.h"
#include "app/tray/look/LegiblePalette.h"
#include "app/tray/look/ScrollAreaInterface.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <algorithm>
#include <array>
#include <cstdio>

namespace {

// The interface's own exit statuses.
constexpr int exitFailure = 1;

// That can be named on the command line; they are names of pages.
constexpr std::array pages{"sessions", "services", "requests", "clients", "activity", "health", "settings"};

// Of Qt's own buttons: its translations are a package of their own, which not everybody has.
[[maybe_unused]] constexpr std::array buttonWords{QT_TRANSLATE_NOOP("QPlatformTheme", "Cancel"),
                                                  QT_TRANSLATE_NOOP("QPlatformTheme", "Close")};

void say(const QString& line) {
    std::fprintf(stderr, "keybearer-tray: %s\n", line.toUtf8().constData());
}

void translate(QApplication& application) {
    const auto load = [&](const QLocale& locale, const QString& name, const QString& directory) {
        auto* translator = new QTranslator(&application);
        if (translator->load(locale, name, QStringLiteral("_"), directory))
            QCoreApplication::installTranslator(translator);
    };
    const QString ours = QStringLiteral("keybearer");
    load(QLocale(QLocale::English), ours, QStringLiteral(":/translations")); // its plurals; below all others
    load(QLocale(), QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    load(QLocale(), ours, QStringLiteral(":/translations"));
}

// Qt aborts when there is no display; a person wants to be told, and a script a status.
bool hasDisplay() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    const bool needsOne = platform.isEmpty() || platform.startsWith("xcb") || platform.startsWith("wayland");
    return !needsOne || !qgetenv("DISPLAY").isEmpty() || !qgetenv("WAYLAND_DISPLAY").isEmpty() ||
           !qgetenv("WAYLAND_SOCKET").isEmpty();
#else
    return true;
#endif
}

// Answered without a window.
bool asksForWords(int argc, char** argv) {
    const std::array<QByteArray, 5> words{"-h", "--help", "--help-all", "-v", "--version"};
    return std::any_of(argv + 1, argv + argc, [&](const char* word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    });
}

// --sessions, --settings ...: the page to open.
std::string pageWanted(const QCommandLineParser& parser) {
    for (const char* page : pages) {
        if (parser.isSet(QLatin1String(page)))
            return page;
    }
    return {};
}

} // namespace

int main(int argc, char** argv) {
    if (!hasDisplay() && asksForWords(argc, argv))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (!hasDisplay()) {
        say(QStringLiteral("there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set\n"
                           "  Start it in a desktop session, or use the command line: keybearer status"));
        return exitFailure;
    }
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("keybearer-tray"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KEYBEARER_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Keybearer"));
    QGuiApplication::setDesktopFileName(QStringLiteral("keybearer"));
    QGuiApplication::setWindowIcon(keybearer::applicationIcon());
    QGuiApplication::setQuitOnLastWindowClosed(false);
    translate(application);
    const keybearer::LegiblePalette legible;
    keybearer::installScrollAreaInterface();

    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "Shows the sessions of the credential broker, and asks before a program may "
                "use one."));
    parser.addHelpOption();
    parser.addVersionOption();
    for (const char* page : pages)
        parser.addOption(QCommandLineOption(
            QLatin1String(page),
            QCoreApplication::translate("main", "Open the window with this page.", "an option")));
    parser.process(application);

    const keybearer::Result<keybearer::Places> places = keybearer::findPlaces();
    if (!places) {
        say(QString::fromStdString(places.error().message));
        return exitFailure;
    }
    keybearer::TrayInstance instance(*places);
    if (!instance.claim()) {
        if (instance.problem().isEmpty() && instance.wakeOther())
            return 0;
        say(instance.problem().isEmpty() ? QStringLiteral("another one runs and does not answer")
                                         : instance.problem());
        return exitFailure;
    }
    keybearer::TrayApplication tray(*places, std::make_unique<keybearer::DesktopStatusIcon>());
    QObject::connect(&instance, &keybearer::TrayInstance::woken, &tray,
                     [&tray] { tray.showWindow("sessions"); });
    tray.start();
    if (const std::string page = pageWanted(parser); !page.empty())
        tray.showWindow(page);
    return QApplication::exec();
}
