#pragma once

#include "app/tray/desktop/CommandLineTool.h"
#include "app/tray/look/Page.h"
#include "app/tray/settings/BrokerSection.h"
#include "app/tray/settings/NotificationSection.h"
#include "app/tray/settings/TraySection.h"

namespace keybearer {

// The page "Settings": of the tray and of the broker. Reads all of it when it is shown. Owned by the window;
// GUI thread.
class SettingsPage final : public Page {
    Q_OBJECT
public:
    // `run` runs the command line; empty: the one that lies beside the tray.
    SettingsPage(TraySettings& settings, std::unique_ptr<Autostart> autostart, BrokerSection::Run run = {},
                 QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SettingsPage)

    [[nodiscard]] std::string name() const override { return "settings"; }
    [[nodiscard]] QString title() const override { return tr("Settings"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Settings; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void openFile(const QString& path);

    CommandLineTool tool_;
    TraySection* tray_;
    NotificationSection* notifications_;
    BrokerSection* broker_;
};

} // namespace keybearer
