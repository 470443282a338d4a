#include "app/tray/pages/ConsentsPart.h"

#include "app/tray/look/FactsView.h"
#include "app/tray/look/Wording.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace keybearer {

namespace {
constexpr qsizetype shownHash = 12; // enough to compare by eye
} // namespace

ConsentsPart::ConsentsPart(const BrokerMirror& mirror, SessionActions& actions, QWidget* parent)
    : QWidget(parent), actions_(actions), model_(mirror, &QDateTime::currentDateTimeUtc) {
    model_.setLeaving([this](const std::string& id) { return actions_.isLeaving(id); });
    list_ = new ListPart(
        &model_, ConsentModel::SortRole, ConsentModel::Scopes,
        {"consents", tr("Permissions"), tr("Details of the permission")},
        new EmptyPage(
            tr("No program is allowed yet"),
            tr("When a program asks for one of your accounts, you decide. What you allow for longer "
               "than once is listed here, and can be taken back at any time."),
            nullptr));
    all_ = list_->addButton(tr("Take back &all of this program..."), Symbol::Remove, "takeBackAll");
    takeBack_ = list_->addButton(tr("&Take back..."), Symbol::Revoke, "takeBack");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(list_);
    connect(list_, &ListPart::selectionChanged, this, &ConsentsPart::onChanged);
    connect(list_, &ListPart::removeWanted, this, &ConsentsPart::takeBack);
    connect(takeBack_, &QPushButton::clicked, this, &ConsentsPart::takeBack);
    connect(all_, &QPushButton::clicked, this, &ConsentsPart::takeBackAll);
    connect(&actions_, &SessionActions::leavingChanged, this, [this] {
        list_->repaintRows();
        onChanged();
    });
    connect(&mirror, &BrokerMirror::changed, this, &ConsentsPart::onChanged);
    onChanged();
}

std::vector<std::string> ConsentsPart::ofSameProgram(const ConsentRecord& consent) const {
    std::vector<std::string> ids;
    for (int row = 0; row < model_.rowCount(); ++row) {
        const ConsentRecord& other = *model_.at(row);
        if (other.executable == consent.executable && other.script == consent.script &&
            other.clientName == consent.clientName && other.duration != u"config")
            ids.push_back(other.id);
    }
    return ids;
}

QString ConsentsPart::evidenceWords(const ConsentRecord& consent) const {
    QStringList lines;
    if (const QString known = identityWords(consent.identity); !known.isEmpty())
        lines.append(known);
    if (!consent.executableHash.isEmpty())
        lines.append(tr("Its file is the same to the last byte as when you allowed it (SHA-256 %1...).")
                         .arg(consent.executableHash.left(shownHash)));
    if (consent.isSystemOwned)
        lines.append(tr("Only the administrator can replace that file."));
    if (!consent.signer.isEmpty())
        lines.append(tr("Signed by %1.").arg(consent.signer));
    if (consent.updatedAt.isValid())
        lines.append(
            tr("Updated by the system on %1; it keeps what you allowed.").arg(exactWords(consent.updatedAt)));
    return lines.join(u'\n');
}

void ConsentsPart::onChanged() {
    const ConsentRecord* consent = model_.at(list_->row());
    const bool canAct = consent != nullptr && model_.isCurrent() && consent->duration != u"config" &&
                        !actions_.isLeaving(consent->id);
    takeBack_->setEnabled(canAct);
    takeBack_->setToolTip(consent != nullptr && consent->duration == u"config"
                              ? tr("It stands in config.yaml, and is taken back there.")
                              : QString());
    const bool hasMore = canAct && ofSameProgram(*consent).size() > 1;
    all_->setVisible(hasMore);
    if (consent == nullptr)
        return list_->facts().say(tr("Select a row to see everything about it."));
    QStringList scopes;
    for (const QString& scope : consent->scopes)
        scopes.append(scopeWords(scope));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString used = tr("used %n time(s)", nullptr, static_cast<int>(consent->uses));
    list_->facts().present(
        {{tr("Program"), consent->executable},
         {tr("Script"), consent->script},
         {tr("Calls itself"), consent->clientName},
         {tr("Runs in"), consent->workingDirectory},
         {tr("Started by"), consent->startedBy},
         {tr("Recognised as"), evidenceWords(*consent)},
         {tr("May use"), model_.accountWords(*consent)},
         {tr("Command"), ConsentModel::isStart(*consent) ? consent->account : QString()},
         {tr("May do", "column: what a program may do"), scopes.join(u'\n')},
         {tr("At the server"), consent->resource},
         {tr("Allowed"), exactWords(consent->grantedAt)},
         {tr("Until"),
          consent->expiresAt.isValid()
              ? tr("%1 (%2)", "in words, exactly").arg(model_.until(*consent), exactWords(consent->expiresAt))
              : model_.until(*consent)},
         {tr("Last used"), consent->lastUsedAt.isValid()
                               ? tr("%1, %2", "when, how often").arg(agoWords(consent->lastUsedAt, now), used)
                               : tr("never", "last used")}});
}

void ConsentsPart::takeBack() {
    if (const ConsentRecord* consent = model_.at(list_->row()); consent != nullptr && takeBack_->isEnabled())
        actions_.revokeConsent(consent->id, window());
}

void ConsentsPart::takeBackAll() {
    if (const ConsentRecord* consent = model_.at(list_->row()))
        actions_.revokeConsents(ofSameProgram(*consent), programName(*consent), window());
}

} // namespace keybearer
