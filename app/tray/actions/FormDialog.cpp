#include "app/tray/actions/FormDialog.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Tones.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace keybearer {

namespace {
constexpr int textCharacters = 64;
constexpr int fieldCharacters = 36;

QLabel* plainWords(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}
} // namespace

FormDialog::FormDialog(const QString& title, const QString& text, const QString& deed, QWidget* parent)
    : QDialog(parent), form_(new QFormLayout), problem_(plainWords({})) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setWindowIcon(applicationIcon());
    auto* words = plainWords(text);
    wrapAt(*words, textCharacters);
    problem_->setObjectName(QStringLiteral("problem"));
    problem_->setMinimumHeight(problem_->fontMetrics().lineSpacing());
    QPalette colours = problem_->palette();
    colours.setColor(QPalette::WindowText, toneColour(Tone::Problem, palette()));
    problem_->setPalette(colours);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form_->setSpacing(spacing::small);
    auto* buttons = new QDialogButtonBox;
    deed_ = buttons->addButton(deed, QDialogButtonBox::AcceptRole);
    deed_->setObjectName(QStringLiteral("deed"));
    deed_->setDefault(true);
    cancel_ = buttons->addButton(QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &FormDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
    layout->setSpacing(spacing::medium);
    layout->addWidget(words);
    layout->addLayout(form_);
    layout->addWidget(problem_);
    layout->addStretch();
    layout->addWidget(buttons);
}

void FormDialog::setCheck(Check check) {
    check_ = std::move(check);
    this->check();
}

void FormDialog::addRow(const QString& label, QWidget* field, const QString& hint) {
    field->setMinimumWidth(fontMetrics().averageCharWidth() * fieldCharacters);
    if (!hint.isEmpty()) {
        field->setToolTip(hint);
        field->setAccessibleDescription(hint);
    }
    if (label.isEmpty())
        form_->addRow(field);
    else
        form_->addRow(label, field);
    if (auto* buddy = qobject_cast<QLabel*>(form_->labelForField(field)))
        buddy->setBuddy(field);
}

QLineEdit* FormDialog::addLine(const QString& label, const char* name, int most, const QString& hint) {
    auto* line = new QLineEdit;
    line->setObjectName(QLatin1String(name));
    line->setMaxLength(most);
    line->setAccessibleName(QString(label).remove(u'&').remove(u':'));
    connect(line, &QLineEdit::textChanged, this, &FormDialog::check);
    addRow(label, line, hint);
    return line;
}

void FormDialog::present() {
    show();
    raise();
    activateWindow();
}

void FormDialog::check() {
    const QString wrong = check_ ? check_() : QString();
    deed_->setEnabled(wrong.isEmpty());
    problem_->setText(wrong.trimmed());
}

void FormDialog::submit() {
    if (!deed_->isEnabled())
        return;
    deed_->setEnabled(false); // until the answer comes: a second one would be refused
    Q_EMIT submitted();
}

void FormDialog::refuse(const QString& why) {
    check();
    problem_->setText(why);
}

} // namespace keybearer
