#pragma once

#include "broker/base/Clock.h"
#include "broker/config/Config.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <functional>

namespace keybearer {

// The configuration that is in force, and how another one takes its place: read whole, then applied whole or
// not at all. What is wrong leaves the one before in force and is remembered until it is mended. Looks at the
// file by itself once watch() was called; an editor that replaces it by renaming is noticed as well. Owned by
// the Broker; event loop thread. Never writes the file.
class ConfigKeeper final : public QObject {
    Q_OBJECT
public:
    struct Rooms {
        std::filesystem::path file;
        // Puts it in force; InvalidParams for what the reader cannot see by itself (a preset of a provider, a
        // rule, a certificate), and then nothing was changed.
        std::function<Result<void>(const Config&)> apply;
        // Keys of the gateway whose door is open and stays where it is.
        std::function<std::vector<std::string>()> waiting;
    };
    ConfigKeeper(const Config& atStart, Rooms rooms);

    struct Reloaded {
        std::vector<std::string> changed; // keys that say something else than before
        std::vector<std::string> restart; // keys that wait for a new start
    };
    // `why`: who wanted it, as the audit log says it. The error is the reader's: file, line, key.
    [[nodiscard]] Result<Reloaded> reload(const std::string& why);

    void watch();
    // Looks whether the file is another one, for systems that tell nobody; cheap.
    void look();

    [[nodiscard]] const std::filesystem::path& file() const { return rooms_.file; }
    [[nodiscard]] const std::string& preset() const { return preset_; }
    [[nodiscard]] const std::vector<EffectiveSetting>& settings() const { return settings_; }
    [[nodiscard]] WallTime loadedAt() const { return loadedAt_; }
    // Why the file as it is now is not in force; nothing: it is.
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }
    // Keys that say something else than what the broker was started with, and cannot be changed while it
    // runs.
    [[nodiscard]] std::vector<std::string> restart() const;

Q_SIGNALS:
    void reloaded(const keybearer::ConfigKeeper::Reloaded& what, const std::string& why);
    void refused(const keybearer::Error& error, const std::string& why);

private:
    void onFileEvent();
    void onSettled();
    void onGone();
    void watchAnew();
    [[nodiscard]] std::string stamp() const;

    Rooms rooms_;
    std::vector<EffectiveSetting> atStart_;
    std::vector<EffectiveSetting> settings_;
    std::string preset_;
    WallTime loadedAt_;
    std::optional<Error> problem_;
    std::unique_ptr<QFileSystemWatcher> watcher_;
    QTimer settle_;
    BootTime firstEvent_{};
    std::string stamp_; // of the file as it was last read
};

} // namespace keybearer
