#include "app/tray/pages/RequestModel.h"

#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"

namespace keybearer {

namespace {
constexpr qint64 minuteSeconds = 60;
constexpr int longestWish = 160; // letters in a row; the question shows it whole
} // namespace

RequestModel::RequestModel(const BrokerMirror& mirror, Now now, QObject* parent)
    : RecordTable(std::move(now), parent), mirror_(mirror) {
    connect(&mirror_, &BrokerMirror::changed, this, &RequestModel::reload);
    reload();
}

void RequestModel::reload() {
    follow(mirror_.pending()); // without a connection nothing can be answered: no row stays
}

int RequestModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestModel::data(const QModelIndex& index, int role) const {
    const ConsentRequest* request = at(index.row());
    if (request == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*request, index.column());
    case Qt::DecorationRole:
        return index.column() == Program ? QVariant(symbol(Symbol::Program)) : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == Program ? request->caller.executable
                            : index.column() == Left  ? exactWords(request->expiresAt)
                                                      : wishWords(*request));
    case SortRole:
        return index.column() == Left ? QVariant(request->expiresAt)
                                      : QVariant(text(*request, index.column()));
    case SearchProxy::SearchRole:
        return foundText(index.row());
    default:
        return {};
    }
}

QString RequestModel::programWords(const ConsentRequest& request) {
    const QString measured = request.caller.programName();
    const QString claimed = request.isConnect ? request.clientName : request.caller.claimedName;
    if (!measured.isEmpty() && !request.isConnect)
        return measured;
    return claimed.isEmpty() ? tr("a program that could not be measured")
                             : tr("\u201C%1\u201D", "what a program calls itself").arg(claimed);
}

QString RequestModel::wishWords(const ConsentRequest& request) {
    if (request.isStart)
        return tr("start a program with what the run profile %1 lists").arg(request.provider);
    if (request.isSignIn)
        return tr("have you sign in for %1").arg(request.server);
    if (request.isConnect)
        return tr("use %1 through the gateway").arg(request.server);
    if (request.account.isEmpty())
        return tr("use %1", "provider").arg(request.provider);
    return tr("use %1 as %2", "provider, account").arg(request.provider, request.account);
}

QString RequestModel::left(const ConsentRequest& request) const {
    const qint64 seconds = now().secsTo(request.expiresAt);
    if (!request.expiresAt.isValid())
        return {};
    if (seconds <= 0)
        return tr("is ending");
    if (seconds < 2 * minuteSeconds)
        return tr("%n second(s)", "left to answer", static_cast<int>(seconds));
    return tr("%n minute(s)", "left to answer", static_cast<int>(seconds / minuteSeconds));
}

QString RequestModel::text(const ConsentRequest& request, int column) const {
    switch (column) {
    case Program:
        return inCell(programWords(request));
    case Wants:
        return wishWords(request).left(longestWish);
    default:
        return left(request);
    }
}

QString RequestModel::searchText(const ConsentRequest& request) const {
    const CallerRecord& caller = request.caller;
    const QStringList words{programWords(request), wishWords(request),        caller.executable,
                            caller.script,         caller.startedBy,          caller.workingDirectory,
                            caller.claimedName,    request.command,           request.reason,
                            request.server,        request.scopes.join(u'\n')};
    return words.join(u'\n');
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Program:
        return tr("Program");
    case Wants:
        return tr("Wants to");
    case Left:
        return tr("Time left");
    default:
        return {};
    }
}

} // namespace keybearer
