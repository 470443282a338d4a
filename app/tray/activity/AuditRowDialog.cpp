#include "app/tray/activity/AuditRowDialog.h"

#include "app/tray/activity/AuditWords.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Wording.h"
#include "app/tray/mirror/Records.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace keybearer {

namespace {

constexpr std::size_t longestMember = 2000; // the broker keeps texts shorter
constexpr int rawLines = 12;
constexpr int rawCharacters = 76;

QLabel* fact(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

// One member a line, in the order of its name; nothing in it can turn the text around.
QString rawOf(const std::string& row) {
    const Result<Json> parsed = parseJson(row);
    if (!parsed || !parsed->is_object())
        return shown(row, longestMember);
    QStringList lines;
    for (const auto& [key, value] : parsed->items())
        lines.append(QStringLiteral("  \"%1\": ").arg(shown(key)) + shown(dumpJson(value), longestMember));
    return QStringLiteral("{\n") + lines.join(QStringLiteral(",\n")) + QStringLiteral("\n}");
}

} // namespace

AuditRowDialog::AuditRowDialog(const AuditRecord& record, const QString& provider, QWidget* over)
    : QDialog(over), raw_(rawOf(record.raw)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Row %1 of the log").arg(record.sequence));
    auto* text = new QPlainTextEdit(raw_);
    text->setObjectName(QStringLiteral("raw"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setAccessibleName(tr("The row as it stands in the log"));
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setLayoutDirection(Qt::LeftToRight);
    text->setMinimumSize(text->fontMetrics().averageCharWidth() * rawCharacters,
                         text->fontMetrics().lineSpacing() * rawLines);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copy"));
    copy->setIcon(symbol(Symbol::Copy, palette()));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(raw_); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
    layout->setSpacing(spacing::medium);
    layout->addLayout(makeFacts(record, provider));
    layout->addWidget(text, 1);
    layout->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
}

QLayout* AuditRowDialog::makeFacts(const AuditRecord& record, const QString& provider) {
    auto* form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
    form->setHorizontalSpacing(spacing::medium);
    const auto add = [form](const QString& name, const QString& text) {
        if (!text.isEmpty())
            form->addRow(name, fact(text));
    };
    add(tr("What:"), auditSentence(record, provider));
    add(tr("When:"), exactWords(record.at));
    add(tr("Outcome:"), outcomeWord(auditOutcome(record)));
    add(tr("Why:"), auditReason(record));
    add(tr("Program:"), record.caller);
    add(tr("Script:"), record.script);
    add(tr("Tool:"), record.tool);
    add(tr("Registered program:"), record.client);
    return form;
}

} // namespace keybearer
