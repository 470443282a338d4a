#pragma once

#include "app/tray/look/Notice.h"
#include "app/tray/look/Symbols.h"

#include <QByteArray>
#include <QWidget>
#include <string>

namespace keybearer {

// One page of the main window. A page does nothing while it is hidden: it brings itself up to date in its
// showEvent(). Owned by the window; GUI thread.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    // For programs: "sessions". Stays the same in every language.
    [[nodiscard]] virtual std::string name() const = 0;
    // For the navigation and the title of the window.
    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual Symbol symbol() const = 0;
    // How many things on it wait for the person.
    [[nodiscard]] virtual int waiting() const { return 0; }
    // Shows only what holds every word of the text; empty: everything. Called for hidden pages too.
    virtual void search(const QString& text) { Q_UNUSED(text); }
    // Whether search() does something here.
    [[nodiscard]] virtual bool isSearchable() const { return false; }
    // How many rows the search has left; -1: not known.
    [[nodiscard]] virtual int found() const { return -1; }
    // Selects one thing by its id, or does what the word says; a page that knows none does nothing.
    virtual void select(const std::string& what) { Q_UNUSED(what); }
    // Whether the navigation lists it: a page that has something to say only now and then can do without.
    [[nodiscard]] virtual bool isOffered() const { return true; }
    // What the person has arranged on it (sorting), to be remembered; the page reads only what it wrote.
    [[nodiscard]] virtual QByteArray layoutState() const { return {}; }
    virtual void restoreLayoutState(const QByteArray& state) { Q_UNUSED(state); }
    // What has the focus when the page is opened: its rows. Where that is hidden or nothing, what Tab comes
    // to first. No focus proxy: Tab would jump to that over all that stands before it, even while it is
    // hidden.
    [[nodiscard]] virtual QWidget* first() const { return nullptr; }
    // Times on show have grown older. Called every 20 seconds while the page is visible.
    virtual void tick() {}

Q_SIGNALS:
    // waiting(), found(), isOffered() or title() is different.
    void changed();
    void noticed(const keybearer::Notice& notice);
    // To another page: its name, and what to select there.
    void pageWanted(const std::string& page, const std::string& what);
};

} // namespace keybearer
