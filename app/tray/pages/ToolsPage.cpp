#include "app/tray/pages/ToolsPage.h"

#include "app/tray/look/SearchProxy.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Tones.h"
#include "app/tray/look/Wording.h"
#include "broker/protocol/ToolParams.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTextCursor>
#include <QTextEdit>

namespace keybearer {

ToolsPage::ToolsPage(BrokerClient& client, BrokerMirror& mirror, QWidget* parent)
    : Page(parent), client_(client), mirror_(mirror), model_(mirror),
      table_(makeSortedTable(&model_, ToolModel::SortRole, ToolModel::Tool, tr("Changed tools"))),
      stack_(new QStackedWidget), fate_(new QLabel), difference_(new QTextEdit),
      approve_(new QPushButton(keybearer::symbol(Symbol::Check), tr("&Approve"))) {
    stack_->addWidget(new EmptyPage(tr("No tool has changed"),
                                    tr("When an MCP server says something else of a tool than what you have "
                                       "approved, it is listed here."),
                                    nullptr));
    stack_->addWidget(makeTablePage());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    connect(approve_, &QPushButton::clicked, this, &ToolsPage::approve);
    connect(&mirror_, &BrokerMirror::changed, this, &ToolsPage::onChanged);
    connect(table_.view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ToolsPage::load);
    onChanged();
}

QWidget* ToolsPage::first() const {
    return table_.view;
}

QWidget* ToolsPage::makeTablePage() {
    table_.view->setObjectName(QStringLiteral("tools"));
    auto* heading =
        new QLabel(tr("What a model is told of these tools is not what you have approved. A server "
                      "that changes it can make the model do other things than you expect."));
    heading->setTextFormat(Qt::PlainText);
    heading->setWordWrap(true);
    fate_->setTextFormat(Qt::PlainText);
    fate_->setWordWrap(true);
    fate_->setObjectName(QStringLiteral("fate"));
    difference_->setObjectName(QStringLiteral("difference"));
    difference_->setReadOnly(true);
    difference_->setAcceptRichText(false);
    difference_->setTabChangesFocus(true);
    difference_->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    difference_->setAccessibleName(tr("What is different"));
    approve_->setObjectName(QStringLiteral("approve"));
    approve_->setAutoDefault(false);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(table_.view);
    splitter->addWidget(difference_);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addWidget(fate_, 1);
    row->addWidget(approve_);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addWidget(heading);
    layout->addWidget(splitter, 1);
    layout->addLayout(row);
    return page;
}

void ToolsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    mirror_.loadTools();
    load();
}

void ToolsPage::search(const QString& text) {
    searchOf(table_).setSearch(text);
}

int ToolsPage::found() const {
    return table_.proxy->rowCount();
}

void ToolsPage::onChanged() {
    stack_->setCurrentIndex(model_.rowCount() == 0 ? 0 : 1);
    if (selectedRow(table_) < 0 && table_.proxy->rowCount() > 0)
        table_.view->selectRow(0);
    load();
    Q_EMIT changed();
}

// The definition of what is selected; the same one is not asked for again.
void ToolsPage::load() {
    const ToolEntry* tool = model_.at(selectedRow(table_));
    fate_->setText(tool == nullptr ? QString()
                   : tool->hidden
                       ? tr("No model sees it until you approve it.")
                       : tr("Models see it as it is now. Approve it to be warned of the next change."));
    if (!isVisible())
        return; // showEvent() comes back
    if (tool != nullptr && tool->service == service_ && tool->name == tool_ &&
        tool->fingerprint == fingerprint_)
        return;
    fingerprint_.clear();
    approve_->setEnabled(false);
    difference_->clear();
    if (tool == nullptr)
        return;
    service_ = tool->service;
    tool_ = tool->name;
    const ToolParams params{tool->service, tool->name, tool->fingerprint};
    client_.call("tool.show", params.toJson(), this,
                 [this, service = service_, name = tool_](const Result<Json>& result) {
                     if (service != service_ || name != tool_)
                         return; // another one is selected now
                     if (result)
                         return showDetail(readToolDetail(*result));
                     difference_->setPlainText(whatHappened(result.error()));
                 });
}

void ToolsPage::write(const QString& text, const QColor& colour, bool bold) {
    QTextCharFormat format;
    format.setForeground(colour);
    format.setFontWeight(bold ? QFont::Bold : QFont::Normal);
    QTextCursor cursor(difference_->document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text + u'\n', format);
}

void ToolsPage::showDetail(const ToolDetail& detail) {
    const QColor plain = palette().color(QPalette::Text);
    difference_->clear();
    const ToolEntry* tool = model_.at(selectedRow(table_));
    if (tool != nullptr && tool->isNew) {
        write(tr("It was not there when you approved the others. This is what a model is told of it:"), plain,
              true);
        write(detail.definition, toneColour(Tone::Good, palette()));
    } else if (detail.changes.empty()) {
        write(tr("What has changed cannot be said: a definition was too long to be kept."), plain, true);
    }
    for (const ToolChange& change : detail.changes) {
        if (tool != nullptr && tool->isNew)
            break;
        write(change.member, plain, true);
        if (change.hasBefore)
            write(QStringLiteral("\u2212 ") + change.before, toneColour(Tone::Problem, palette()));
        if (change.hasAfter)
            write(QStringLiteral("+ ") + change.after, toneColour(Tone::Good, palette()));
    }
    difference_->moveCursor(QTextCursor::Start);
    fingerprint_ = detail.fingerprint;
    approve_->setEnabled(!fingerprint_.empty());
}

void ToolsPage::approve() {
    if (fingerprint_.empty())
        return;
    approve_->setEnabled(false);
    client_.call("tool.approve", ToolParams{service_, tool_, fingerprint_}.toJson(), this,
                 [this](const Result<Json>& result) {
                     mirror_.loadTools();
                     if (!result)
                         Q_EMIT noticed({Notice::Kind::Problem, tr("The tool could not be approved"),
                                         failureWords(result.error())});
                 });
}

} // namespace keybearer
