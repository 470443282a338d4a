#pragma once

#include "app/tray/health/Remedy.h"

#include <QWidget>

class QVBoxLayout;

namespace keybearer {

// Findings one below the other: how bad, what, what to do, and a button where one click mends it. Rows are
// made anew only when the findings differ. GUI thread.
class FindingList final : public QWidget {
    Q_OBJECT
public:
    explicit FindingList(QWidget* parent = nullptr);

    struct Row {
        FindingRecord finding;
        Remedy remedy;
    };
    void present(const std::vector<Row>& rows);
    // Only those with every word; empty: all. Returns how many are left.
    int search(const QString& text);
    [[nodiscard]] int shownRows() const;

Q_SIGNALS:
    void remedyWanted(const keybearer::Remedy& remedy);

private:
    [[nodiscard]] QWidget* makeRow(const Row& row);

    QVBoxLayout* layout_;
    std::vector<Row> rows_;
    std::vector<QWidget*> widgets_;
    QStringList words_;
};

} // namespace keybearer
