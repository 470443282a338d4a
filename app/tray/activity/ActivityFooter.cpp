#include "app/tray/activity/ActivityFooter.h"

#include "app/tray/activity/AuditWords.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Wording.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace keybearer {

namespace {
constexpr int pagesOfASearch = 25;                 // 5000 rows at one click
constexpr std::chrono::minutes patienceOfCheck{5}; // of a log of a gibibyte

QLabel* lineOfText(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}
} // namespace

ActivityFooter::ActivityFooter(BrokerClient& client, ActivityModel& model, QWidget* parent)
    : QWidget(parent), client_(client), model_(model), export_(client), line_(lineOfText("activityLine")),
      said_(lineOfText("activitySaid")), older_(new QPushButton), exportButton_(new QPushButton),
      verify_(new QPushButton(tr("&Verify the log"))) {
    older_->setObjectName(QStringLiteral("older"));
    exportButton_->setObjectName(QStringLiteral("export"));
    verify_->setObjectName(QStringLiteral("verify"));
    verify_->setToolTip(
        tr("Every row holds a digest of the one before it: this finds out whether anybody has "
           "changed or removed one."));
    said_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    said_->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addWidget(line_, 1);
    row->addWidget(older_);
    row->addWidget(exportButton_);
    row->addWidget(verify_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::tight);
    layout->addWidget(said_);
    layout->addLayout(row);
    connect(older_, &QPushButton::clicked, this, &ActivityFooter::searchOlder);
    connect(exportButton_, &QPushButton::clicked, this, &ActivityFooter::onExport);
    connect(verify_, &QPushButton::clicked, this, &ActivityFooter::verify);
    connect(&model_, &ActivityModel::progressed, this, &ActivityFooter::onProgress);
    connect(&export_, &AuditExport::progressed, this,
            [this](qint64 rows) { say(tr("%n row(s) exported so far.", nullptr, static_cast<int>(rows))); });
    connect(&export_, &AuditExport::finished, this, &ActivityFooter::onExported);
    connect(&export_, &AuditExport::failed, this, &ActivityFooter::onExportFailed);
    showState(false, 0);
}

QString ActivityFooter::line(bool searching, int found) const {
    const QString since = model_.oldest().isValid() ? exactWords(model_.oldest()) : QString();
    if (model_.edge() == ActivityModel::Edge::Failed)
        return failureWords(model_.problem());
    if (model_.edge() == ActivityModel::Edge::Loading)
        return tr("Reading the log...");
    if (searching && model_.edge() != ActivityModel::Edge::End)
        return tr("%n row(s) found, back to %1.", nullptr, found).arg(since);
    if (searching)
        return tr("%n row(s) found.", nullptr, found);
    if (model_.edge() == ActivityModel::Edge::End)
        return tr("%n row(s): all there are.", nullptr, model_.rowCount());
    if (model_.startsLate())
        return tr("Older rows, back to %1.").arg(since);
    return tr("The newest %n row(s), back to %1.", nullptr, model_.rowCount()).arg(since);
}

void ActivityFooter::showState(bool searching, int found) {
    searching_ = searching;
    found_ = found;
    line_->setText(line(searching, found));
    const ActivityModel::Edge edge = model_.edge();
    const bool full = edge == ActivityModel::Edge::Full;
    older_->setText(edge == ActivityModel::Edge::Failed ? tr("Try &again")
                    : full                              ? tr("G&o on with older rows")
                                                        : tr("Search &older rows"));
    const bool stuck = edge == ActivityModel::Edge::More && (searching || model_.rowCount() == 0);
    older_->setVisible(full || stuck || edge == ActivityModel::Edge::Failed);
    exportButton_->setText(export_.isRunning() ? tr("Cancel &export") : tr("&Export..."));
}

void ActivityFooter::searchOlder() {
    const ActivityModel::Edge edge = model_.edge();
    if (edge == ActivityModel::Edge::Failed)
        return model_.refresh();
    pagesWanted_ = searching_ ? pagesOfASearch : 1;
    if (edge == ActivityModel::Edge::Full)
        model_.goOn();
    else
        model_.fetchMore({});
}

void ActivityFooter::onProgress() {
    if (model_.edge() == ActivityModel::Edge::More && --pagesWanted_ > 0)
        model_.fetchMore({});
    else if (model_.edge() != ActivityModel::Edge::Loading)
        pagesWanted_ = 0;
    showState(searching_, found_);
}

void ActivityFooter::say(const QString& text) {
    said_->setText(text);
    said_->setVisible(!text.isEmpty());
}

void ActivityFooter::verify() {
    verify_->setEnabled(false);
    say(tr("Checking every row of the log..."));
    client_.call(
        "audit.verify", Json::object(), this, [this](const Result<Json>& verdict) { onVerdict(verdict); },
        patienceOfCheck);
}

void ActivityFooter::onVerdict(const Result<Json>& verdict) {
    verify_->setEnabled(true);
    if (!verdict)
        return say(failureWords(verdict.error()));
    const auto rows = static_cast<int>(integerAt(*verdict, "rows").value_or(0));
    if (booleanAt(*verdict, "intact").value_or(false)) {
        const bool byStore = stringAt(*verdict, "sealed_by").value_or("") == "store";
        const QString sealed = byStore ? tr("A key in the store of secrets seals it up to row %1.")
                                             .arg(integerAt(*verdict, "sealed_through").value_or(0))
                                       : tr("It is not sealed by the store of secrets yet.");
        return say(tr("The log is whole: nobody has changed any of its %n row(s).", nullptr, rows) + u' ' +
                   sealed);
    }
    QString first = verifyFinding("", integerAt(*verdict, "first_bad").value_or(0));
    if (const auto found = verdict->find("findings");
        found != verdict->end() && found->is_array() && !found->empty())
        first = verifyFinding(stringAt(found->front(), "what").value_or(""),
                              integerAt(found->front(), "seq").value_or(0));
    say(tr("The log was changed or damaged.") + u' ' + first + u' ' +
        tr("Keep a copy of the state directory, and find out who could write there."));
}

void ActivityFooter::onExport() {
    if (export_.isRunning()) {
        export_.cancel();
        say(tr("The export was cancelled. No file was left behind."));
        return showState(searching_, found_);
    }
    auto* dialog = new QFileDialog(this, tr("Export the log"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("JSON lines (*.jsonl)"));
    dialog->setDefaultSuffix(QStringLiteral("jsonl"));
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->selectFile(QStringLiteral("keybearer-audit.jsonl"));
    connect(dialog, &QFileDialog::fileSelected, this, &ActivityFooter::exportTo);
    dialog->open();
}

void ActivityFooter::exportTo(const QString& path) {
    export_.start(path, model_.filter());
    showState(searching_, found_);
}

void ActivityFooter::onExported(qint64 rows) {
    say(tr("%n row(s) exported. Only you can read the file.", nullptr, static_cast<int>(rows)));
    showState(searching_, found_);
}

void ActivityFooter::onExportFailed(const Error& why) {
    say(tr("Nothing was exported.") + u' ' + failureWords(why));
    showState(searching_, found_);
}

} // namespace keybearer
