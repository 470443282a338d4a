// keybearer-tray: the status icon, the prompts and the windows of the broker. Holds no token.
#include "app/tray/TrayApplication.h"
#include "app/tray/desktop/TrayInstance.h"
#include "app/tray/look/Icons.h"
#include "app/tray/look/LegiblePalette.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <cstdio>

namespace {

// The interface's own exit statuses.
constexpr int exitFailure = 1;

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

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("keybearer-tray"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KEYBEARER_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Keybearer"));
    QGuiApplication::setDesktopFileName(QStringLiteral("keybearer"));
    QGuiApplication::setWindowIcon(keybearer::applicationIcon());
    QGuiApplication::setQuitOnLastWindowClosed(false);
    translate(application);
    const keybearer::LegiblePalette legible;

    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "Shows the sessions of the credential broker, and asks before a program may "
                "use one."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption sessions(QStringLiteral("sessions"),
                                      QCoreApplication::translate("main", "Open the Sessions window."));
    parser.addOption(sessions);
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
    if (parser.isSet(sessions))
        tray.showWindow("sessions");
    return QApplication::exec();
}
