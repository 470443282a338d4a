#include "app/tray/setup/FirstStart.h"

#include "app/tray/mirror/BrokerMirror.h"

#include <QFile>
#include <algorithm>

namespace keybearer {

namespace {

bool hasSomethingToMove(const FoundFile& file) {
    return file.state == FoundFile::State::Found && std::ranges::any_of(file.servers, &FoundServer::canMove);
}

// True if it is there afterwards.
bool remember(const std::filesystem::path& marker) {
    std::error_code ignored;
    if (std::filesystem::create_directories(marker.parent_path(), ignored))
        std::filesystem::permissions(marker.parent_path(), std::filesystem::perms::owner_all, ignored);
    QFile file(QString::fromStdString(marker.string()));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return true;
}

} // namespace

FirstStart::FirstStart(const BrokerMirror& mirror, ImportTool::Run run, std::filesystem::path marker,
                       std::chrono::milliseconds delay, QObject* parent)
    : QObject(parent), mirror_(mirror), tool_(std::move(run)), marker_(std::move(marker)) {
    delay_.setSingleShot(true);
    delay_.setInterval(delay);
    connect(&delay_, &QTimer::timeout, this, &FirstStart::look);
    connect(&mirror_, &BrokerMirror::changed, this, &FirstStart::onMirrorChanged);
}

void FirstStart::onMirrorChanged() {
    if (decided_ || !mirror_.isLoaded())
        return;
    decided_ = true;
    std::error_code unreadable;
    if (!std::filesystem::exists(marker_, unreadable) && !unreadable)
        delay_.start();
}

void FirstStart::look() {
    // Who has signed in already knows the way.
    if (!mirror_.sessions().empty()) {
        static_cast<void>(remember(marker_));
        return;
    }
    tool_.preview(this, [this](const Result<ImportPreview>& found) { onFound(found); });
}

void FirstStart::onFound(const Result<ImportPreview>& found) {
    if (found && std::ranges::any_of(found->files, hasSomethingToMove) && remember(marker_))
        Q_EMIT setupWanted();
}

} // namespace keybearer
