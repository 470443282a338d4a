#include "app/tray/desktop/Autostart.h"

#include "broker/base/Text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QSettings>
#include <QStandardPaths>

namespace keybearer {

namespace {

constexpr qint64 longestEntry = 64 * 1024; // of a desktop entry; a longer one is none

tl::unexpected<Error> cannotWrite(const QString& file, const QString& why) {
    return failure(ErrorCode::StoreUnavailable,
                   "cannot write " + displaySafe(file.toStdString()) + ": " + displaySafe(why.toStdString()),
                   "Check the rights of the directory.");
}

Result<void> writeFile(const QString& path, const QByteArray& content) {
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return cannotWrite(path, file.errorString());
    return {};
}

#if defined(Q_OS_WIN)

class RunKey final : public Autostart {
public:
    [[nodiscard]] bool isOn() const override { return run().contains(name()); }
    [[nodiscard]] Result<void> set(bool on) override {
        QSettings key = run();
        if (on)
            key.setValue(name(),
                         u'"' + QDir::toNativeSeparators(QCoreApplication::applicationFilePath()) + u'"');
        else
            key.remove(name());
        key.sync();
        return key.status() == QSettings::NoError ? Result<void>()
                                                  : cannotWrite(place(), QStringLiteral("access is denied"));
    }
    [[nodiscard]] QString place() const override { return run().fileName(); }

private:
    static QString name() { return QStringLiteral("Keybearer"); }
    static QSettings run() {
        return QSettings(
            QStringLiteral("HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"),
            QSettings::NativeFormat);
    }
};

#elif defined(Q_OS_MACOS)

class LaunchAgent final : public Autostart {
public:
    [[nodiscard]] bool isOn() const override { return QFile::exists(place()); }
    [[nodiscard]] Result<void> set(bool on) override {
        if (on)
            return writeFile(place(), text());
        return QFile::remove(place()) || !isOn()
                   ? Result<void>()
                   : cannotWrite(place(), QStringLiteral("it cannot be removed"));
    }
    [[nodiscard]] QString place() const override {
        return QDir::homePath() + QStringLiteral("/Library/LaunchAgents/example.keybearer.tray.plist");
    }

private:
    static QByteArray text() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>\n"
               "<key>Label</key><string>example.keybearer.tray</string>\n"
               "<key>ProgramArguments</key><array><string>" +
               QCoreApplication::applicationFilePath().toHtmlEscaped().toUtf8() +
               "</string></array>\n<key>RunAtLoad</key><true/>\n</dict></plist>\n";
    }
};

#endif

// The Desktop Application Autostart Specification.
class DesktopEntry final : public Autostart {
public:
    DesktopEntry(const QString& directory, QString program, QString ofSystem)
        : file_(directory + QStringLiteral("/keybearer.desktop")), program_(std::move(program)),
          ofSystem_(std::move(ofSystem)) {}

    // The person's entry hides that of the same name which a package has put there for everybody.
    [[nodiscard]] bool isOn() const override {
        const QByteArray text = QFile::exists(file_) ? read(file_) : read(ofSystem_);
        return !text.isEmpty() && valueOf(text, "Hidden") != "true" &&
               valueOf(text, "X-GNOME-Autostart-enabled") != "false";
    }

    [[nodiscard]] Result<void> set(bool on) override {
        const QByteArray text = read(file_);
        if (text.isEmpty() && on == isOn())
            return {};
        if (text.isEmpty())
            return writeFile(file_, on ? entry() : withValue(entry(), "Hidden", "true"));
        QByteArray changed = withValue(text, "Hidden", on ? "false" : "true");
        if (!valueOf(changed, "X-GNOME-Autostart-enabled").isEmpty())
            changed = withValue(changed, "X-GNOME-Autostart-enabled", on ? "true" : "false");
        return changed == text ? Result<void>() : writeFile(file_, changed);
    }

    [[nodiscard]] QString place() const override { return file_; }

private:
    [[nodiscard]] static QByteArray read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) && file.size() <= longestEntry ? file.readAll() : QByteArray();
    }

    // Of the group [Desktop Entry]; empty: there is none.
    [[nodiscard]] static QByteArray valueOf(const QByteArray& text, const QByteArray& key) {
        for (const QByteArray& line : text.split('\n')) {
            if (line.startsWith(key + '='))
                return line.mid(key.size() + 1).trimmed();
        }
        return {};
    }

    [[nodiscard]] static QByteArray withValue(const QByteArray& text, const QByteArray& key,
                                              const QByteArray& value) {
        QList<QByteArray> lines = text.split('\n');
        for (QByteArray& line : lines) {
            if (line.startsWith(key + '=')) {
                line = key + '=' + value;
                return lines.join('\n');
            }
        }
        const qsizetype group = lines.indexOf("[Desktop Entry]");
        lines.insert(group < 0 ? 0 : group + 1, key + '=' + value);
        return lines.join('\n');
    }

    [[nodiscard]] QByteArray entry() const {
        QString quoted = program_;
        for (const QChar c : {u'\\', u'"', u'`', u'$'})
            quoted.replace(c, QStringLiteral("\\") + c);
        quoted.replace(u'%', QStringLiteral("%%"));
        return "[Desktop Entry]\nType=Application\nName=Keybearer\nIcon=keybearer\nTerminal=false\n"
               "Hidden=false\nX-GNOME-Autostart-enabled=true\nExec=\"" +
               quoted.toUtf8() + "\"\n";
    }

    QString file_;
    QString program_;
    QString ofSystem_; // that of a package; it may not be there
};

} // namespace

std::unique_ptr<Autostart> autostartIn(const QString& directory, const QString& program,
                                       const QString& ofSystem) {
    return std::make_unique<DesktopEntry>(directory, program, ofSystem);
}

std::unique_ptr<Autostart> systemAutostart() {
#if defined(Q_OS_WIN)
    return std::make_unique<RunKey>();
#elif defined(Q_OS_MACOS)
    return std::make_unique<LaunchAgent>();
#else
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return autostartIn(config + QStringLiteral("/autostart"), QCoreApplication::applicationFilePath(),
                       QStringLiteral("/etc/xdg/autostart/keybearer.desktop"));
#endif
}

} // namespace keybearer
