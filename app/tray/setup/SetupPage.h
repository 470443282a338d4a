#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace keybearer {

// One page of the wizard: a heading, a sentence, and what there is to do. Owned by the wizard; GUI thread.
class SetupPage : public QWidget {
    Q_OBJECT
public:
    explicit SetupPage(QWidget* parent = nullptr);

    // For the primary button: what it does, with its shortcut.
    [[nodiscard]] virtual QString nextText() const = 0;
    // Something is under way that must come to its end; nobody can leave.
    [[nodiscard]] virtual bool isBusy() const { return false; }
    [[nodiscard]] virtual bool canGoBack() const { return true; }
    // It comes on show, from the page before it.
    virtual void enter() {}
    // Where the keyboard starts.
    [[nodiscard]] virtual QWidget* firstWidget() { return nullptr; }

Q_SIGNALS:
    // One of the answers above is different.
    void changed();

protected:
    void setHeading(const QString& text);
    // Below the heading; empty: none.
    void setIntroduction(const QString& text);
    // For what the page holds, below both.
    [[nodiscard]] QVBoxLayout* body() { return body_; }

private:
    QLabel* heading_;
    QLabel* introduction_;
    QVBoxLayout* body_;
};

// A label of plain text that breaks its lines at the width it gets.
[[nodiscard]] QLabel* makeNote(const QString& text = {});

} // namespace keybearer
