#pragma once

#include "app/tray/look/Icons.h"
#include "app/tray/look/Notice.h"

#include <QObject>
#include <QSettings>
#include <QTime>
#include <filesystem>

namespace keybearer {

// When notifications are kept back. The end may be before the beginning: then it lies in the next morning.
struct QuietHours {
    bool on = false;
    QTime from{22, 0};
    QTime to{8, 0};
    bool requestsBreakThrough = true; // somebody waits for these

    [[nodiscard]] bool contains(QTime time) const;
};

// What Quit does with the broker.
enum class QuitChoice { Ask, KeepBroker, StopBroker };

// The tray's own settings, in tray.ini beside config.yaml. What is missing or makes no sense there has its
// usual value. Owned by the tray application; GUI thread.
class TraySettings final : public QObject {
    Q_OBJECT
public:
    explicit TraySettings(const std::filesystem::path& directory, QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(TraySettings)

    [[nodiscard]] TrayLook look() const;
    void setLook(TrayLook look);
    [[nodiscard]] QuietHours quietHours() const;
    void setQuietHours(const QuietHours& hours);
    [[nodiscard]] QuitChoice quitChoice() const;
    void setQuitChoice(QuitChoice choice);
    [[nodiscard]] bool notifiesOf(Notice::Topic topic) const;
    void setNotifiesOf(Notice::Topic topic, bool notifies);

    // Where they lie, and whether they could be written the last time.
    [[nodiscard]] QString file() const { return settings_.fileName(); }
    [[nodiscard]] bool isWritable() const { return writable_; }

Q_SIGNALS:
    void changed();

private:
    void write(const QString& key, const QVariant& value);

    mutable QSettings settings_;
    bool writable_ = true;
};

} // namespace keybearer
