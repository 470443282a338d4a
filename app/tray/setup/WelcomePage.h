#pragma once

#include "app/tray/setup/Scenario.h"
#include "app/tray/setup/SetupPage.h"

class QButtonGroup;
class QComboBox;
class QGridLayout;
class QRadioButton;

namespace keybearer {

// Says what Keybearer does and asks what for.
class WelcomePage final : public SetupPage {
    Q_OBJECT
public:
    explicit WelcomePage(const BrokerMirror& mirror, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(WelcomePage)

    [[nodiscard]] Scenario scenario() const;
    [[nodiscard]] std::string provider() const; // of Scenario::OneProvider

    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] bool canGoBack() const override { return false; }
    void enter() override;
    [[nodiscard]] QWidget* firstWidget() override;

private:
    QRadioButton* addScenario(QGridLayout& grid, Scenario scenario, const QIcon& icon, const QString& title,
                              const QString& words);
    QRadioButton* addScenario(QGridLayout& grid, Scenario scenario, const QIcon& icon, const QString& title,
                              QWidget* below);
    void fillProviders();

    const BrokerMirror& mirror_;
    QButtonGroup* scenarios_;
    QComboBox* providers_;
};

} // namespace keybearer
