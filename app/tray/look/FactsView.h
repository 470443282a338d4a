#pragma once

#include <QTextEdit>
#include <vector>

namespace keybearer {

// One thing that is known about what is selected; both are shown as plain text.
struct Fact {
    QString name;
    QString value;
};

// Facts one below the other, to read, to select and to copy. Text from outside is never taken for mark-up,
// and wraps wherever it must. Leaves the keyboard free: Tab goes on. GUI thread.
class FactsView final : public QTextEdit {
    Q_OBJECT
public:
    explicit FactsView(const QString& name, QWidget* parent = nullptr);

    // Facts without a value are left out. Keeps the place if the facts are the same.
    void present(const std::vector<Fact>& facts);
    // One sentence instead of facts.
    void say(const QString& sentence);

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();

    std::vector<Fact> facts_;
    QString sentence_;
};

[[nodiscard]] bool operator==(const Fact& a, const Fact& b);

} // namespace keybearer
