#pragma once

#include <QIcon>
#include <QListWidget>

namespace keybearer {

// The pages of the window as a list: icon, title, and how many things wait there (or, while something is
// being searched for, how many were found). As wide as its longest entry. Part of the main window; GUI
// thread.
class NavigationList final : public QListWidget {
    Q_OBJECT
public:
    struct Entry {
        QIcon icon;
        QString title;
        int waiting = 0;
        int found = -1; // -1: nothing is being searched for
        bool isOffered = true;
    };

    explicit NavigationList(QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(NavigationList)

    void setEntry(int row, const Entry& entry); // one row beyond the last adds one

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

} // namespace keybearer
