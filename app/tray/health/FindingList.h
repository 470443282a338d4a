#pragma once

#include "app/tray/health/Remedy.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace keybearer {

// Findings one below the other: how bad, what, what to do, and a button where one click mends it. What is
// good is there when it is asked for. Rows are made anew only when the findings differ. GUI thread.
class FindingList final : public QWidget {
    Q_OBJECT
public:
    explicit FindingList(QWidget* parent = nullptr);

    struct Row {
        FindingRecord finding;
        Remedy remedy;
    };
    void present(const std::vector<Row>& rows);
    // Only those with every word, the good ones too; empty: all.
    void search(const QString& text);
    // How many have every word of the search.
    [[nodiscard]] int found() const;

Q_SIGNALS:
    void remedyWanted(const keybearer::Remedy& remedy);

private:
    [[nodiscard]] QWidget* makeRow(const Row& row);
    void orderStops();
    void showRows();
    [[nodiscard]] bool fits(const Row& row) const;

    QVBoxLayout* layout_;
    std::vector<Row> rows_;
    std::vector<QWidget*> widgets_;
    QStringList words_;
    QPushButton* good_; // shows what is good
};

} // namespace keybearer
