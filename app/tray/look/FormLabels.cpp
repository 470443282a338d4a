#include "app/tray/look/FormLabels.h"

#include <QFormLayout>
#include <QLabel>

namespace keybearer {

void joinLabels(const QFormLayout& form) {
    for (int row = 0; row < form.rowCount(); ++row) {
        const QLayoutItem* title = form.itemAt(row, QFormLayout::LabelRole);
        QLayoutItem* field = form.itemAt(row, QFormLayout::FieldRole);
        if (title == nullptr || field == nullptr)
            continue;
        QWidget* widget = field->widget();
        if (field->layout() != nullptr && field->layout()->count() > 0)
            widget = field->layout()->itemAt(0)->widget();
        if (auto* label = qobject_cast<QLabel*>(title->widget()); label != nullptr && widget != nullptr)
            label->setBuddy(widget);
    }
}

} // namespace keybearer
