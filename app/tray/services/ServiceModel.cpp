#include "app/tray/services/ServiceModel.h"

#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"
#include "app/tray/mirror/Records.h"

#include <QGuiApplication>
#include <QPalette>
#include <algorithm>

namespace keybearer {

ServiceModel::ServiceModel(const ServicesBook& book, QObject* parent)
    : QAbstractTableModel(parent), book_(book) {
    connect(&book_, &ServicesBook::changed, this, &ServiceModel::reload);
}

// The selection stays while the same services are there.
void ServiceModel::reload() {
    const auto& fresh = book_.services();
    const auto sameName = [](const ServiceRecord& a, const ServiceRecord& b) { return a.name == b.name; };
    if (std::equal(rows_.begin(), rows_.end(), fresh.begin(), fresh.end(), sameName)) {
        rows_ = fresh;
        if (!rows_.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    rows_ = fresh;
    endResetModel();
}

int ServiceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ServiceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const ServiceRecord* ServiceModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int ServiceModel::rowOf(const std::string& name) const {
    const auto found = std::find_if(rows_.begin(), rows_.end(),
                                    [&](const ServiceRecord& service) { return service.name == name; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

QVariant ServiceModel::data(const QModelIndex& index, int role) const {
    const ServiceRecord* service = at(index.row());
    if (service == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*service, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(text(*service, index.column()));
    case Qt::DecorationRole:
        return decoration(*service, index.column());
    case SortRole:
        return index.column() == Tools ? QVariant(service->toolsWaiting * 10'000 + service->tools)
                                       : QVariant(text(*service, index.column()).toCaseFolded());
    case TextRole:
        return QStringList{text(*service, Name), service->target(), service->account, service->issuer,
                           shown(service->provider)}
            .join(u'\n');
    default:
        return {};
    }
}

QVariant ServiceModel::decoration(const ServiceRecord& service, int column) {
    if (column == Name)
        return service.local ? symbol(Symbol::Program, QGuiApplication::palette())
                             : providerIcon(service.provider);
    const bool looksBad = service.state == UpstreamState::Down || service.state == UpstreamState::Degraded;
    if ((column == State && looksBad) || (column == Tools && service.toolsWaiting > 0))
        return symbol(Symbol::Warning, QGuiApplication::palette());
    return {};
}

QString ServiceModel::text(const ServiceRecord& service, int column) {
    switch (column) {
    case Name:
        return shown(service.name, 80);
    case Target:
        return service.target();
    case SignIn:
        return signInWords(service);
    case State:
        return stateWords(service);
    default:
        return toolWords(service);
    }
}

QVariant ServiceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("MCP server");
    case Target:
        return tr("Address or program");
    case SignIn:
        return tr("Sign-in");
    case State:
        return tr("State");
    case Tools:
        return tr("Tools");
    default:
        return {};
    }
}

} // namespace keybearer
