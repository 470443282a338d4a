#pragma once

#include <QDialog>
#include <functional>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace keybearer {

// A small form with one deed: what it is for, some fields, and a button that works once they make sense. It
// stays open until the deed is done, and says why it was not. Texts from outside are shown as plain text.
// Deletes itself when closed; GUI thread.
class FormDialog : public QDialog {
    Q_OBJECT
public:
    // "" while everything makes sense; else what does not, or a space while something is missing yet.
    using Check = std::function<QString()>;

    FormDialog(const QString& title, const QString& text, const QString& deed, QWidget* parent);

    void setCheck(Check check);
    void addRow(const QString& label, QWidget* field, const QString& hint = {});
    // A single line of at most `most` characters.
    [[nodiscard]] QLineEdit* addLine(const QString& label, const char* name, int most,
                                     const QString& hint = {});
    void present();
    // It did not work: says so, and lets the person change something.
    void refuse(const QString& why);

Q_SIGNALS:
    // The fields make sense and the button was pressed; the form waits for accept() or refuse().
    void submitted();

public Q_SLOTS:
    void check();

private:
    void submit();

    Check check_;
    QFormLayout* form_;
    QLabel* problem_;
    QPushButton* deed_;
    QPushButton* cancel_;
};

} // namespace keybearer
