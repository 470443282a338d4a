#include "app/tray/setup/ResultPage.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Tones.h"
#include "app/tray/look/Wording.h"
#include "app/tray/setup/ImportWords.h"
#include "app/tray/setup/WrappedRows.h"

#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace keybearer {

namespace {

QTreeWidget* makeList() {
    auto* list = new QTreeWidget;
    list->setObjectName(QStringLiteral("outcome"));
    list->setAccessibleName(ResultPage::tr("What became of the files"));
    list->setColumnCount(2);
    list->setHeaderLabels({ResultPage::tr("File"), ResultPage::tr("Result")});
    list->setRootIsDecorated(false);
    list->setTabKeyNavigation(false);
    new WrappedRows(list);
    list->setIconSize(QSize(spacing::smallIcon, spacing::smallIcon));
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    return list;
}

} // namespace

ResultPage::ResultPage(ImportTool& tool, QString backupDirectory, QWidget* parent)
    : SetupPage(parent), tool_(tool), backupDirectory_(std::move(backupDirectory)),
      progress_(new QProgressBar), files_(makeList()), copies_(makeNote()), undo_(new QPushButton) {
    progress_->setRange(0, 0);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Changing the settings"));
    copies_->setObjectName(QStringLiteral("copies"));
    copies_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    undo_->setObjectName(QStringLiteral("undo"));
    undo_->setText(tr("&Undo"));
    undo_->setIcon(symbol(Symbol::Undo));
    body()->addWidget(progress_);
    body()->addWidget(files_, 1);
    body()->addWidget(copies_);
    body()->addWidget(undo_, 0, Qt::AlignLeft);
    body()->addStretch();
    connect(undo_, &QPushButton::clicked, this, &ResultPage::undo);
}

void ResultPage::begin(const QString& heading) {
    busy_ = true;
    setHeading(heading);
    setIntroduction(tr("Each file is copied first, then replaced in one step. This takes a moment; your "
                       "keychain may ask for its password."));
    progress_->show();
    files_->hide();
    copies_->hide();
    undo_->hide();
    Q_EMIT changed();
}

void ResultPage::apply(const std::vector<std::string>& servers, std::vector<std::string> files) {
    applied_ = {};
    wanted_ = std::move(files);
    begin(tr("Moving %n server(s)...", "", static_cast<int>(servers.size())));
    tool_.apply(servers, this, [this](const Result<ImportOutcome>& result) { onApplied(result); });
}

void ResultPage::onApplied(const Result<ImportOutcome>& result) {
    if (!result)
        return fail(tr("Nothing was moved"), result.error());
    applied_ = *result;
    std::erase_if(applied_.files, [this](const FileOutcome& file) {
        return std::ranges::find(wanted_, file.id) == wanted_.end() &&
               file.kind != FileOutcome::Kind::Changed;
    });
    show(applied_, false);
    const int failed = applied_.count(FileOutcome::Kind::Failed);
    const int moved = applied_.servers();
    copies_->setText(tr("Copies of the files as they were are in %1. The old secrets stand in them in plain "
                        "text: when everything works, erase them with \"keybearer import "
                        "--forget-backups\".")
                         .arg(backupDirectory_));
    const bool canUndo = !applied_.backups().empty();
    copies_->setVisible(canUndo);
    undo_->setVisible(canUndo);
    const QString trouble =
        tr("%n file(s) could not be changed and are as they were. The list says why.", "", failed);
    if (moved > 0)
        end(tr("%n server(s) moved", "", moved),
            failed > 0 ? trouble : tr("The next time a client starts one of them, Keybearer does the rest."));
    else
        end(tr("Nothing was moved"), failed > 0 ? trouble : tr("Everything was as it should be."));
}

void ResultPage::undo() {
    begin(tr("Putting the files back..."));
    tool_.undo(applied_.backups(), this, [this](const Result<ImportOutcome>& result) { onUndone(result); });
}

void ResultPage::onUndone(const Result<ImportOutcome>& result) {
    if (!result) {
        undo_->show(); // the copies are still there
        return fail(tr("The files could not be put back"), result.error());
    }
    const int failed = result->count(FileOutcome::Kind::Failed);
    show(*result, true);
    if (failed > 0) {
        undo_->show();
        copies_->show();
        return end(tr("Some files could not be put back"),
                   tr("The list says why. Their copies are kept, so you can try again."));
    }
    applied_ = {};
    end(tr("Everything is as it was"), tr("Keys that were moved stay in the store as well, where they do no "
                                          "harm; \"keybearer apikey list\" shows them."));
}

void ResultPage::end(const QString& heading, const QString& introduction) {
    busy_ = false;
    setHeading(heading);
    setIntroduction(introduction);
    progress_->hide();
    Q_EMIT changed();
}

void ResultPage::fail(const QString& heading, const Error& error) {
    end(heading, failureWords(error));
}

void ResultPage::show(const ImportOutcome& outcome, bool undone) {
    files_->clear();
    for (const FileOutcome& file : outcome.files)
        addRow(file, undone);
    files_->setVisible(!outcome.files.empty());
    if (files_->topLevelItemCount() > 0)
        files_->setCurrentItem(files_->topLevelItem(0));
}

void ResultPage::addRow(const FileOutcome& file, bool undone) {
    auto* item = new QTreeWidgetItem(files_);
    const QString words = outcomeWords(file, undone);
    const bool failed = file.kind == FileOutcome::Kind::Failed;
    item->setText(0, file.title + u'\n' + file.path);
    item->setText(1, words);
    item->setToolTip(0, plainToolTip(file.path));
    item->setToolTip(1, plainToolTip(words));
    item->setIcon(1, failed ? symbol(Symbol::Problem, toneColour(Tone::Problem, palette()))
                            : symbol(Symbol::Good, toneColour(Tone::Good, palette())));
}

QString ResultPage::nextText() const {
    return tr("&Go on");
}

QWidget* ResultPage::firstWidget() {
    return nullptr;
}

} // namespace keybearer
