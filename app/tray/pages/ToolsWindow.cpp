#include "app/tray/pages/ToolsWindow.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Wording.h"
#include "broker/protocol/ToolParams.h"

#include <QDialogButtonBox>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QTextCursor>
#include <QTextEdit>
#include <QVBoxLayout>

namespace keybearer {

namespace {

constexpr int leastWidth = 720;
constexpr int leastHeight = 480;
constexpr int spacing = 12;

QColor goneColour(const QPalette& palette) {
    return isPanelDark(palette) ? QColor(0xff, 0x8a, 0x80) : QColor(0xb0, 0x1c, 0x12);
}
QColor newColour(const QPalette& palette) {
    return isPanelDark(palette) ? QColor(0x8e, 0xe0, 0x9a) : QColor(0x14, 0x6c, 0x2e);
}

} // namespace

ToolsWindow::ToolsWindow(BrokerClient& client, BrokerMirror& mirror, QWidget* parent)
    : QDialog(parent), client_(client), mirror_(mirror), model_(mirror),
      table_(makeSortedTable(&model_, ToolModel::SortRole, ToolModel::Tool, tr("Changed tools"))),
      stack_(new QStackedWidget), heading_(new QLabel), difference_(new QTextEdit) {
    setWindowTitle(tr("Changed tools"));
    setWindowIcon(applicationIcon());
    table_.view->setObjectName(QStringLiteral("tools"));
    heading_->setTextFormat(Qt::PlainText);
    heading_->setWordWrap(true);
    heading_->setText(tr("What a model is told of these tools is not what you have approved. A server that "
                         "changes it can make the model do other things than you expect."));
    difference_->setObjectName(QStringLiteral("difference"));
    difference_->setReadOnly(true);
    difference_->setAcceptRichText(false);
    difference_->setTabChangesFocus(true);
    difference_->setAccessibleName(tr("What is different"));
    auto* page = new QWidget;
    auto* pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(spacing);
    pageLayout->addWidget(heading_);
    pageLayout->addWidget(table_.view, 2);
    pageLayout->addWidget(difference_, 3);
    stack_->addWidget(new EmptyPage(tr("No tool has changed"),
                                    tr("When an MCP server says something else of a tool than what you have "
                                       "approved, it is listed here."),
                                    nullptr));
    stack_->addWidget(page);
    auto* buttons = new QDialogButtonBox;
    approve_ = buttons->addButton(tr("&Approve"), QDialogButtonBox::ActionRole);
    approve_->setObjectName(QStringLiteral("approve"));
    approve_->setAutoDefault(false);
    keep_ = buttons->addButton(tr("&Keep hidden"), QDialogButtonBox::RejectRole);
    keep_->setObjectName(QStringLiteral("keep"));
    keep_->setDefault(true);
    connect(approve_, &QPushButton::clicked, this, &ToolsWindow::approve);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing, spacing, spacing, spacing);
    layout->setSpacing(spacing);
    layout->addWidget(stack_, 1);
    layout->addWidget(buttons);
    resize(leastWidth, leastHeight);
    connect(&mirror_, &BrokerMirror::changed, this, &ToolsWindow::onChanged);
    connect(table_.view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ToolsWindow::load);
    onChanged();
}

void ToolsWindow::present() {
    mirror_.loadTools();
    show();
    raise();
    activateWindow();
    table_.view->setFocus();
}

void ToolsWindow::onChanged() {
    stack_->setCurrentIndex(model_.rowCount() == 0 ? 0 : 1);
    stack_->setEnabled(mirror_.isOnline());
    if (selectedRow(table_) < 0 && model_.rowCount() > 0)
        table_.view->selectRow(0);
    load();
}

// The definition of what is selected; the same one is not asked for again.
void ToolsWindow::load() {
    const ToolEntry* tool = model_.at(selectedRow(table_));
    keep_->setText(tool != nullptr && tool->hidden ? tr("&Keep hidden") : tr("&Close"));
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

void ToolsWindow::write(const QString& text, const QColor& colour, bool bold) {
    QTextCharFormat format;
    format.setForeground(colour);
    format.setFontWeight(bold ? QFont::Bold : QFont::Normal);
    QTextCursor cursor(difference_->document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text + u'\n', format);
}

void ToolsWindow::showDetail(const ToolDetail& detail) {
    const QColor plain = palette().color(QPalette::Text);
    difference_->clear();
    const ToolEntry* tool = model_.at(selectedRow(table_));
    if (tool != nullptr && tool->isNew) {
        write(tr("It was not there when you approved the others. This is what a model is told of it:"), plain,
              true);
        write(detail.definition, newColour(palette()));
    } else if (detail.changes.empty()) {
        write(tr("What has changed cannot be said: a definition was too long to be kept."), plain, true);
    }
    for (const ToolChange& change : detail.changes) {
        if (tool != nullptr && tool->isNew)
            break;
        write(change.member, plain, true);
        if (change.hasBefore)
            write(QStringLiteral("\u2212 ") + change.before, goneColour(palette()));
        if (change.hasAfter)
            write(QStringLiteral("+ ") + change.after, newColour(palette()));
    }
    difference_->moveCursor(QTextCursor::Start);
    fingerprint_ = detail.fingerprint;
    approve_->setEnabled(!fingerprint_.empty());
}

void ToolsWindow::approve() {
    if (fingerprint_.empty())
        return;
    approve_->setEnabled(false);
    client_.call("tool.approve", ToolParams{service_, tool_, fingerprint_}.toJson(), this,
                 [this](const Result<Json>& result) {
                     mirror_.loadTools();
                     if (!result)
                         Q_EMIT noticed(
                             {Notice::Kind::Problem, tr("The tool could not be approved"),
                              (whatHappened(result.error()) + u' ' + whatToDo(result.error())).trimmed()});
                 });
}

} // namespace keybearer
