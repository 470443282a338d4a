#include "broker/daemon/ConfigKeeper.h"

#include "broker/base/FileStamp.h"

#include <QFile>

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

// An editor writes in several steps: the last one is waited for, but not for ever.
constexpr std::chrono::milliseconds settling{250};
constexpr std::chrono::milliseconds longestSettling{2'000};

// What is opened once, when the broker starts.
constexpr std::array<std::string_view, 4> fixedKeys{"store.", "agent.enabled", "agent.socket", "sandbox"};

bool isFixed(std::string_view key) {
    return std::any_of(fixedKeys.begin(), fixedKeys.end(), [key](std::string_view fixed) {
        return fixed.back() == '.' ? key.starts_with(fixed) : key == fixed;
    });
}

QString nameOf(const std::filesystem::path& path) {
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

} // namespace

ConfigKeeper::ConfigKeeper(const Config& atStart, Rooms rooms)
    : rooms_(std::move(rooms)), atStart_(atStart.settings), settings_(atStart.settings),
      preset_(atStart.preset), loadedAt_(SystemClock().wall()), stamp_(stamp()) {
    settle_.setSingleShot(true);
    connect(&settle_, &QTimer::timeout, this, &ConfigKeeper::onSettled);
}

std::string ConfigKeeper::stamp() const {
    return fileStamp(rooms_.file);
}

std::vector<std::string> ConfigKeeper::restart() const {
    std::vector<std::string> keys = changedKeys(atStart_, settings_);
    std::erase_if(keys, [](const std::string& key) { return !isFixed(key); });
    if (rooms_.waiting) {
        for (std::string& key : rooms_.waiting())
            keys.push_back(std::move(key));
    }
    return keys;
}

Result<ConfigKeeper::Reloaded> ConfigKeeper::reload(const std::string& why) {
    stamp_ = stamp();
    const Result<Config> config = loadConfig(rooms_.file);
    const Result<void> applied = config ? rooms_.apply(*config) : failure(config.error());
    if (!applied) {
        const bool known = problem_ && problem_->message == applied.error().message;
        problem_ = applied.error();
        if (!known)
            Q_EMIT refused(*problem_, why);
        return failure(applied.error());
    }
    Reloaded out;
    out.changed = changedKeys(settings_, config->settings);
    settings_ = config->settings;
    preset_ = config->preset;
    loadedAt_ = SystemClock().wall();
    out.restart = restart();
    const bool mended = problem_.has_value();
    problem_.reset();
    if (mended || !out.changed.empty())
        Q_EMIT reloaded(out, why);
    return out;
}

void ConfigKeeper::watch() {
    if (watcher_ != nullptr)
        return;
    watcher_ = std::make_unique<QFileSystemWatcher>();
    connect(watcher_.get(), &QFileSystemWatcher::fileChanged, this, &ConfigKeeper::onFileEvent);
    connect(watcher_.get(), &QFileSystemWatcher::directoryChanged, this, &ConfigKeeper::onFileEvent);
    watchAnew();
    look();
}

// A file that was replaced is another file, and a directory may come later than we.
void ConfigKeeper::watchAnew() {
    std::error_code failed;
    QStringList wanted;
    const QStringList watched = watcher_->files() + watcher_->directories();
    for (const std::filesystem::path& path : {rooms_.file, rooms_.file.parent_path()}) {
        if (const QString name = nameOf(path);
            std::filesystem::exists(path, failed) && !watched.contains(name))
            wanted.append(name);
    }
    if (!wanted.isEmpty())
        watcher_->addPaths(wanted);
}

void ConfigKeeper::look() {
    if (watcher_ != nullptr)
        watchAnew();
    if (stamp() != stamp_ && !settle_.isActive())
        onFileEvent();
}

void ConfigKeeper::onFileEvent() {
    const BootTime now = SystemClock().boot();
    if (!settle_.isActive())
        firstEvent_ = now;
    if (now - firstEvent_ < longestSettling)
        settle_.start(settling);
}

// A file that went by mistake must not take providers and permissions along; who means it says so.
void ConfigKeeper::onGone() {
    stamp_.clear();
    problem_ = Error(ErrorCode::InvalidParams, rooms_.file.filename().string() + " is gone",
                     "Put it back, or go on without it: keybearer config reload");
    Q_EMIT refused(*problem_, "the file was changed");
}

void ConfigKeeper::onSettled() {
    watchAnew();
    if (stamp() == stamp_)
        return; // another file of the directory
    if (stamp().empty())
        return onGone();
    // Whoever has to know hears it from refused().
    static_cast<void>(reload("the file was changed").has_value());
}

} // namespace keybearer
