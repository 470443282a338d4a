#pragma once

#include <QVariantAnimation>
#include <QWidget>

namespace keybearer {

// A thin line that fills while the buttons below it are not to be pressed yet. It only shows: what may be
// pressed is decided elsewhere. Moves only while it is begun and visible. GUI thread.
class ArmLine final : public QWidget {
    Q_OBJECT
public:
    explicit ArmLine(QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ArmLine)

    void begin(int milliseconds);
    void stop(bool full);
    [[nodiscard]] double share() const { return share_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVariantAnimation animation_;
    double share_ = 0.0;
};

} // namespace keybearer
