#pragma once

#include <QWidget>
#include <array>

class QLabel;

namespace keybearer {

// What happens in a sign-in, one line a step, with a mark before those that are done, the one that is being
// done, and the one that failed. A step that not every sign-in has is shown once it is reached. Part of the
// dialog; GUI thread.
class SignInSteps final : public QWidget {
    Q_OBJECT
public:
    enum class Step { Discovering, Registering, Waiting, Exchanging, Storing };

    explicit SignInSteps(QWidget* parent = nullptr);

    void begin(bool onOtherDevice); // from the first one
    // Never goes back.
    void reach(Step step);
    void fail();
    [[nodiscard]] Step current() const { return current_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        QLabel* mark = nullptr;
        QLabel* text = nullptr;
    };
    void show(std::size_t row);
    void showAll();
    [[nodiscard]] QString words(std::size_t row) const;

    std::array<Row, 5> rows_{};
    Step current_ = Step::Discovering;
    bool failed_ = false;
    bool onOtherDevice_ = false;
};

} // namespace keybearer
