#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace keybearer {

// For a browser on another computer: a line that opens, where the address that the sign-in ended at is
// pasted. Part of the dialog; GUI thread.
class PastePanel final : public QWidget {
    Q_OBJECT
public:
    explicit PastePanel(QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(PastePanel)

    // Closed, empty.
    void reset();
    // What is wrong with what was pasted; the person can try again.
    void showProblem(const QString& what);
    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    void pasted(const std::string& redirectUrl);
    void resized(); // more or less of it is to be seen

private:
    void setOpen(bool open);
    void take();

    QToolButton* toggle_;
    QWidget* content_;
    QLineEdit* address_;
    QPushButton* goOn_;
    QLabel* problem_;
};

} // namespace keybearer
