#include "app/tray/look/ScrollAreaInterface.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QAccessibleWidget>

namespace keybearer {

namespace {

// Asked for each class of the object, from its own up; views and texts have found theirs before this one.
QAccessibleInterface* scrollAreaInterface(const QString& className, QObject* object) {
    auto* area = qobject_cast<QAbstractScrollArea*>(object);
    if (area == nullptr || (className != u"QScrollArea" && className != u"QAbstractScrollArea"))
        return nullptr;
    return new QAccessibleWidget(area, QAccessible::Client);
}

} // namespace

void installScrollAreaInterface() {
    QAccessible::installFactory(scrollAreaInterface);
}

} // namespace keybearer
