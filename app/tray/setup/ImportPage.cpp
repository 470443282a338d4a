#include "app/tray/setup/ImportPage.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Tones.h"
#include "app/tray/look/Wording.h"
#include "app/tray/setup/DifferenceColours.h"
#include "app/tray/setup/ImportWords.h"
#include "app/tray/setup/WrappedRows.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace keybearer {

namespace {

enum Column { NameColumn, SecretsColumn, FateColumn, ColumnCount };
constexpr int idRole = Qt::UserRole;
constexpr int fileRole = Qt::UserRole + 1; // index in the preview
constexpr int nameCharacters = 34;         // first widths of the columns; the third one has the rest
constexpr int secretCharacters = 38;
constexpr int treeShare = 3; // of five parts of the height; the difference has the rest
constexpr int differenceShare = 2;

QTreeWidget* makeTree() {
    auto* tree = new QTreeWidget;
    tree->setObjectName(QStringLiteral("servers"));
    tree->setAccessibleName(ImportPage::tr("Servers in the settings of MCP clients"));
    tree->setColumnCount(ColumnCount);
    tree->setHeaderLabels({ImportPage::tr("Client and server"), ImportPage::tr("Secrets in plain text"),
                           ImportPage::tr("What becomes of it")});
    tree->setRootIsDecorated(false);
    tree->setItemsExpandable(false);
    tree->setSelectionMode(QAbstractItemView::SingleSelection);
    tree->setTabKeyNavigation(false);
    new WrappedRows(tree);
    tree->setIconSize(QSize(spacing::smallIcon, spacing::smallIcon));
    QHeaderView* header = tree->header();
    const int letter = tree->fontMetrics().averageCharWidth();
    header->setSectionResizeMode(FateColumn, QHeaderView::Stretch);
    header->resizeSection(NameColumn, letter * nameCharacters);
    header->resizeSection(SecretsColumn, letter * secretCharacters);
    return tree;
}

} // namespace

ImportPage::ImportPage(ImportTool& tool, QWidget* parent)
    : SetupPage(parent), tool_(tool), progress_(new QProgressBar), parts_(new QSplitter(Qt::Vertical)),
      tree_(makeTree()), caption_(makeNote()), difference_(new QPlainTextEdit), remark_(makeNote()),
      again_(new QPushButton(tr("Look &again"))) {
    progress_->setRange(0, 0);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Looking for MCP clients"));
    difference_->setObjectName(QStringLiteral("difference"));
    difference_->setAccessibleName(tr("Difference"));
    difference_->setReadOnly(true);
    difference_->setTabChangesFocus(true);
    difference_->setLayoutDirection(Qt::LeftToRight); // as the files are, in every language
    difference_->setLineWrapMode(QPlainTextEdit::NoWrap);
    difference_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    new DifferenceColours(difference_);
    auto* lower = new QWidget;
    auto* column = new QVBoxLayout(lower);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::tight);
    column->addWidget(caption_);
    column->addWidget(difference_, 1);
    parts_->addWidget(tree_);
    parts_->addWidget(lower);
    parts_->setStretchFactor(0, treeShare);
    parts_->setStretchFactor(1, differenceShare);
    parts_->setChildrenCollapsible(false);
    again_->setObjectName(QStringLiteral("again"));
    body()->addWidget(progress_);
    body()->addWidget(parts_, 1);
    body()->addWidget(remark_);
    body()->addWidget(again_, 0, Qt::AlignLeft);
    body()->addStretch();
    connect(tree_, &QTreeWidget::currentItemChanged, this, &ImportPage::showDifference);
    connect(tree_, &QTreeWidget::itemChanged, this, &SetupPage::changed);
    connect(again_, &QPushButton::clicked, this, &ImportPage::look);
}

void ImportPage::enter() {
    look();
}

void ImportPage::look() {
    preview_ = {};
    tree_->clear();
    setHeading(tr("Looking for MCP clients..."));
    setIntroduction(tr("Keybearer reads the settings of Claude Desktop, Claude Code, VS Code, Cursor and "
                       "mcp-remote. Nothing is changed."));
    progress_->show();
    parts_->hide();
    remark_->hide();
    again_->hide();
    Q_EMIT changed();
    tool_.preview(this, [this](const Result<ImportPreview>& found) { onFound(found); });
}

void ImportPage::onFound(const Result<ImportPreview>& found) {
    progress_->hide();
    if (!found) {
        showTrouble(tr("The settings could not be looked through"), failureWords(found.error()));
    } else if (found->files.empty()) {
        showTrouble(tr("No MCP client was found"),
                    tr("There are no settings of Claude Desktop, Claude Code, VS Code, Cursor or mcp-remote "
                       "here. You can come back at any time: \"Set up...\" in the main window."));
    } else {
        preview_ = *found;
        showPreview();
    }
    Q_EMIT changed();
}

void ImportPage::showTrouble(const QString& heading, const QString& words) {
    setHeading(heading);
    setIntroduction(words);
    again_->show();
    again_->setFocus();
}

void ImportPage::showPreview() {
    setHeading(tr("Your MCP clients"));
    setIntroduction(tr("What is checked will be moved. A copy of each file is kept, and you can undo all of "
                       "it on the next page."));
    parts_->show();
    for (const FoundFile& file : preview_.files)
        addFile(file);
    tree_->expandAll();
    selectFirst();
    remark_->setText(tr("There are more files and servers than are shown here. Use \"keybearer import\" in a "
                        "terminal for the others."));
    remark_->setVisible(preview_.isCut);
    tree_->setFocus();
}

void ImportPage::addFile(const FoundFile& file) {
    auto* item = new QTreeWidgetItem(tree_);
    const QString text = file.title + u'\n' + file.path;
    item->setText(NameColumn, text);
    item->setToolTip(NameColumn, plainToolTip(text));
    item->setData(NameColumn, fileRole, tree_->topLevelItemCount() - 1);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setFirstColumnSpanned(true);
    QFont bold = font();
    bold.setBold(true);
    item->setFont(NameColumn, bold);
    item->setIcon(NameColumn, symbol(Symbol::File));
    addProblem(*item, file);
    for (const FoundServer& server : file.servers)
        addServer(*item, file, server);
}

void ImportPage::addProblem(QTreeWidgetItem& parent, const FoundFile& file) {
    const QString words = fileWords(file);
    if (words.isEmpty())
        return;
    const QString text = (words + u' ' + file.remedy).trimmed();
    auto* item = new QTreeWidgetItem(&parent);
    item->setText(NameColumn, text);
    item->setToolTip(NameColumn, plainToolTip(text));
    item->setIcon(NameColumn, symbol(Symbol::Warning, toneColour(Tone::Attention, palette())));
    item->setData(NameColumn, fileRole, parent.data(NameColumn, fileRole));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren);
    item->setFirstColumnSpanned(true);
}

void ImportPage::addServer(QTreeWidgetItem& parent, const FoundFile& file, const FoundServer& server) {
    auto* item = new QTreeWidgetItem(&parent);
    const QString fate = fateWords(server);
    item->setText(NameColumn, server.name);
    item->setText(SecretsColumn, secretWords(server));
    item->setText(FateColumn, fate);
    item->setToolTip(NameColumn, plainToolTip(server.leadsTo));
    item->setToolTip(FateColumn, plainToolTip(server.words.isEmpty() ? fate : server.words));
    item->setData(NameColumn, idRole, QString::fromStdString(server.id));
    item->setData(NameColumn, fileRole, parent.data(NameColumn, fileRole));
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (server.canMove() && file.state == FoundFile::State::Found) {
        flags |= Qt::ItemIsUserCheckable;
        item->setCheckState(NameColumn, Qt::Checked);
    }
    item->setFlags(flags);
}

void ImportPage::showDifference() {
    const QTreeWidgetItem* item = tree_->currentItem();
    if (item == nullptr)
        return;
    const FoundFile& file =
        preview_.files.at(static_cast<std::size_t>(item->data(NameColumn, fileRole).toInt()));
    caption_->setText(file.difference.isEmpty()
                          ? tr("Nothing would be changed in %1").arg(file.path)
                          : tr("What would be changed in %1, if everything in it is moved:").arg(file.path));
    difference_->setPlainText(file.difference);
    difference_->setEnabled(!file.difference.isEmpty());
}

// The first file of which something can move, for its difference tells most.
void ImportPage::selectFirst() {
    tree_->setCurrentItem(tree_->topLevelItem(0));
    for (std::size_t i = 0; i < preview_.files.size(); ++i) {
        if (!preview_.files[i].difference.isEmpty())
            return tree_->setCurrentItem(tree_->topLevelItem(static_cast<int>(i)));
    }
}

ImportPage::Choice ImportPage::chosen() const {
    Choice choice;
    for (int top = 0; top < tree_->topLevelItemCount(); ++top) {
        const QTreeWidgetItem* file = tree_->topLevelItem(top);
        const std::size_t before = choice.servers.size();
        for (int row = 0; row < file->childCount(); ++row) {
            const QTreeWidgetItem* server = file->child(row);
            if (server->flags().testFlag(Qt::ItemIsUserCheckable) &&
                server->checkState(NameColumn) == Qt::Checked)
                choice.servers.push_back(server->data(NameColumn, idRole).toString().toStdString());
        }
        if (choice.servers.size() > before)
            choice.files.push_back(preview_.files[static_cast<std::size_t>(top)].id);
    }
    return choice;
}

QString ImportPage::nextText() const {
    const auto count = static_cast<int>(chosen().servers.size());
    return count == 0 ? tr("Go on &without moving") : tr("&Move %n server(s)", "", count);
}

QWidget* ImportPage::firstWidget() {
    return tree_->isVisibleTo(this) ? static_cast<QWidget*>(tree_) : again_;
}

} // namespace keybearer
