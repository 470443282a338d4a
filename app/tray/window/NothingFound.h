#pragma once

#include <QString>
#include <QWidget>
#include <array>
#include <string>
#include <vector>

class QLabel;
class QPushButton;

namespace keybearer {

// Takes the place of a page on which a search has found nothing: says so, and leads to the pages where there
// is something, or out of the search. Part of the main window; GUI thread.
class NothingFound final : public QWidget {
    Q_OBJECT
public:
    struct Elsewhere {
        std::string page;
        QString title;
        int found = 0;
    };
    static constexpr std::size_t mostElsewhere = 3; // more are in the navigation, with their numbers

    explicit NothingFound(QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(NothingFound)

    void present(const std::vector<Elsewhere>& elsewhere);

Q_SIGNALS:
    void clearWanted();
    void pageWanted(const std::string& page);

private:
    QLabel* text_;
    std::array<QPushButton*, mostElsewhere> buttons_{};
    std::array<std::string, mostElsewhere> pages_;
};

} // namespace keybearer
