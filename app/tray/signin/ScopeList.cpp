#include "app/tray/signin/ScopeList.h"

#include "app/tray/look/Wording.h"

namespace keybearer {

namespace {
constexpr int mostScopes = 64; // as many as one request may name
constexpr std::size_t longestScope = 120;
constexpr std::size_t longestMeaning = 120;
constexpr int scopeRole = Qt::UserRole;
constexpr int shownRows = 4;
} // namespace

ScopeList::ScopeList(QWidget* parent) : QListWidget(parent) {
    setObjectName(QStringLiteral("scopeList"));
    setAccessibleName(tr("What to ask for"));
    setSelectionMode(QAbstractItemView::NoSelection);
    setTabKeyNavigation(false);
    setUniformItemSizes(true);
    setFixedHeight((fontMetrics().height() + 8) * shownRows);
}

void ScopeList::add(const QString& scope, const QString& meaning, bool ticked) {
    QString words = scopeWords(scope);
    if (words == scope && !meaning.isEmpty())
        words = tr("%1 (%2)", "what a scope allows, and the scope").arg(meaning, scope);
    auto* item = new QListWidgetItem(words, this);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
    item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
    item->setData(scopeRole, scope);
    item->setToolTip(plainToolTip(words));
}

void ScopeList::fill(const QStringList& usual, const Json& described) {
    clear();
    usual_ = usual;
    const bool helps = described.is_object();
    for (const QString& scope : usual)
        add(scope,
            helps ? shown(stringAt(described, scope.toStdString().c_str()).value_or(""), longestMeaning)
                  : QString(),
            true);
    if (!helps)
        return;
    for (const auto& [scope, meaning] : described.items()) {
        const QString name = QString::fromStdString(scope);
        if (usual.contains(name) || count() >= mostScopes || shown(scope, longestScope) != name)
            continue; // what cannot be shown as it is cannot be chosen
        add(name, meaning.is_string() ? shown(meaning.get<std::string>(), longestMeaning) : QString(), false);
    }
}

std::vector<std::string> ScopeList::chosen() const {
    QStringList ticked;
    for (int row = 0; row < count(); ++row) {
        if (item(row)->checkState() == Qt::Checked)
            ticked.append(item(row)->data(scopeRole).toString());
    }
    std::vector<std::string> out;
    if (ticked == usual_)
        return out;
    for (const QString& scope : ticked)
        out.push_back(scope.toStdString());
    return out;
}

} // namespace keybearer
