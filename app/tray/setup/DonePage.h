#pragma once

#include "app/tray/setup/SetupPage.h"

class QLabel;

namespace keybearer {

// Says what was done, and where to find it from now on.
class DonePage final : public SetupPage {
    Q_OBJECT
public:
    explicit DonePage(QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(DonePage)

    void sum(int movedServers, int signedIn);

    [[nodiscard]] QString nextText() const override;

Q_SIGNALS:
    void windowWanted();

private:
    QLabel* moved_;
    QLabel* signedIn_;
};

} // namespace keybearer
