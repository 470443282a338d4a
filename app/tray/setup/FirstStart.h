#pragma once

#include "app/tray/setup/ImportTool.h"

#include <QObject>
#include <QTimer>
#include <filesystem>

namespace keybearer {

class BrokerMirror;

// Decides whether the wizard opens by itself: once, when nobody is signed in yet and MCP clients with
// something to move are found. A file in the state directory remembers that it was offered; if that cannot be
// written it is not offered, for it would be at every start. Owned by the tray application; GUI thread.
class FirstStart final : public QObject {
    Q_OBJECT
public:
    // `marker`: the file that remembers. `delay`: after the broker has told how things stand, for the icon
    // comes first.
    FirstStart(const BrokerMirror& mirror, ImportTool::Run run, std::filesystem::path marker,
               std::chrono::milliseconds delay, QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(FirstStart)

Q_SIGNALS:
    void setupWanted();

private:
    void onMirrorChanged();
    void look();
    void onFound(const Result<ImportPreview>& found);

    const BrokerMirror& mirror_;
    ImportTool tool_;
    std::filesystem::path marker_;
    QTimer delay_;
    bool decided_ = false;
};

} // namespace keybearer
