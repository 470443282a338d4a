#include "app/tray/pages/ToolModel.h"

#include "app/tray/look/Wording.h"

#include <algorithm>

namespace keybearer {

ToolModel::ToolModel(const BrokerMirror& mirror, QObject* parent)
    : QAbstractTableModel(parent), mirror_(mirror), rows_(mirror.tools()) {
    connect(&mirror_, &BrokerMirror::changed, this, &ToolModel::reload);
}

void ToolModel::reload() {
    if (!mirror_.isLoaded())
        return; // what was known stays on show
    const auto& fresh = mirror_.tools();
    const auto same = [](const ToolEntry& a, const ToolEntry& b) {
        return a.service == b.service && a.name == b.name && a.fingerprint == b.fingerprint;
    };
    if (std::equal(rows_.begin(), rows_.end(), fresh.begin(), fresh.end(), same))
        return;
    beginResetModel();
    rows_ = fresh;
    endResetModel();
}

int ToolModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ToolModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const ToolEntry* ToolModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

QVariant ToolModel::data(const QModelIndex& index, int role) const {
    const ToolEntry* tool = at(index.row());
    if (tool == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*tool, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == What ? exactWords(tool->lastSeen)
                                                   : text(*tool, index.column()));
    case SortRole:
        return text(*tool, index.column()).toCaseFolded();
    default:
        return {};
    }
}

QString ToolModel::text(const ToolEntry& tool, int column) const {
    if (column == Service)
        return shown(tool.service, 64);
    if (column == Tool)
        return shown(tool.name, 128);
    if (tool.isNew)
        return tool.hidden ? tr("is new, hidden") : tr("is new");
    return tool.hidden ? tr("has changed, hidden") : tr("has changed");
}

QVariant ToolModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Service:
        return tr("Service");
    case Tool:
        return tr("Tool");
    case What:
        return tr("What has happened");
    default:
        return {};
    }
}

} // namespace keybearer
