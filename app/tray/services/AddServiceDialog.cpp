#include "app/tray/services/AddServiceDialog.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Wording.h"
#include "app/tray/mirror/Records.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace keybearer {

namespace {

constexpr int longestName = 64;
constexpr int longestAddress = 2048;
constexpr int linesOfParameters = 4;
constexpr int charactersWide = 52;
constexpr std::size_t longestWordShown = 1000;

QLabel* note(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

AddServiceDialog::AddServiceDialog(CommandLineTool::Options tool, QWidget* over)
    : QDialog(over), tool_(std::move(tool), nullptr), name_(new QLineEdit), sort_(new QComboBox),
      fields_(new QStackedWidget), url_(new QLineEdit), program_(new QLineEdit),
      parameters_(new QPlainTextEdit), preview_(note({})), problem_(note({})),
      buttons_(new QDialogButtonBox(QDialogButtonBox::Cancel)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add MCP server"));
    name_->setObjectName(QStringLiteral("serviceName"));
    name_->setMaxLength(longestName);
    name_->setPlaceholderText(QStringLiteral("linear"));
    sort_->setObjectName(QStringLiteral("serviceSort"));
    sort_->addItem(tr("A server with an address"));
    sort_->addItem(tr("A program of this computer"));
    problem_->setObjectName(QStringLiteral("problem"));
    problem_->hide();
    fields_->addWidget(makeAddressFields());
    fields_->addWidget(makeProgramFields());
    auto* form = new QFormLayout;
    form->addRow(tr("&Name:"), name_);
    form->addRow(tr("&Kind:"), sort_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
    layout->setSpacing(spacing::medium);
    layout->addLayout(form);
    layout->addWidget(fields_, 1);
    layout->addWidget(problem_);
    layout->addWidget(buttons_);
    auto* yes = buttons_->addButton(tr("&Add"), QDialogButtonBox::AcceptRole);
    yes->setObjectName(QStringLiteral("add"));
    connect(buttons_, &QDialogButtonBox::accepted, this, &AddServiceDialog::add);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(sort_, &QComboBox::currentIndexChanged, fields_, &QStackedWidget::setCurrentIndex);
    connect(sort_, &QComboBox::currentIndexChanged, this, &AddServiceDialog::refresh);
    for (QLineEdit* edit : {name_, url_, program_})
        connect(edit, &QLineEdit::textChanged, this, &AddServiceDialog::refresh);
    connect(parameters_, &QPlainTextEdit::textChanged, this, &AddServiceDialog::refresh);
    refresh();
}

QWidget* AddServiceDialog::makeAddressFields() {
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    url_->setObjectName(QStringLiteral("serviceUrl"));
    url_->setMaxLength(longestAddress);
    url_->setPlaceholderText(QStringLiteral("https://mcp.linear.app/mcp"));
    url_->setLayoutDirection(Qt::LeftToRight);
    url_->setMinimumWidth(url_->fontMetrics().averageCharWidth() * charactersWide);
    form->addRow(tr("A&ddress:"), url_);
    form->addRow(note(tr("Where one signs in is found out from the server itself. Sign in afterwards, with "
                         "the button on the page.")));
    return page;
}

QWidget* AddServiceDialog::makeProgramFields() {
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    program_->setObjectName(QStringLiteral("serviceProgram"));
    program_->setMaxLength(longestAddress);
    program_->setPlaceholderText(QStringLiteral("node"));
    parameters_->setObjectName(QStringLiteral("serviceArguments"));
    parameters_->setTabChangesFocus(true);
    parameters_->setLineWrapMode(QPlainTextEdit::NoWrap);
    parameters_->setFixedHeight(parameters_->fontMetrics().lineSpacing() * (linesOfParameters + 1));
    preview_->setObjectName(QStringLiteral("argv"));
    form->addRow(tr("&Program:"), program_);
    form->addRow(tr("A&rguments, one a line:"), parameters_);
    form->addRow(tr("Will be run as:"), preview_);
    form->addRow(note(tr("No shell sees these words. The first time that a client uses it, you are asked "
                         "whether it may be started.")));
    return page;
}

bool AddServiceDialog::isProgram() const {
    return sort_->currentIndex() == 1;
}

QStringList AddServiceDialog::words() const {
    QStringList words;
    if (!program_->text().trimmed().isEmpty())
        words.append(program_->text().trimmed());
    for (const QString& line : parameters_->toPlainText().split(u'\n')) {
        if (!line.isEmpty())
            words.append(line);
    }
    return words;
}

QStringList AddServiceDialog::arguments() const {
    const QString name = name_->text().trimmed();
    // A name like an option would be read as one.
    if (name.isEmpty() || name.startsWith(u'-'))
        return {};
    QStringList out{QStringLiteral("service"), QStringLiteral("add"), name};
    if (isProgram()) {
        if (program_->text().trimmed().isEmpty())
            return {};
        return out +
               QStringList{QStringLiteral("--directory"), QDir::homePath(), QStringLiteral("--command"),
                           QStringLiteral("--")} +
               words();
    }
    const QUrl url(url_->text().trimmed(), QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"https" || url.scheme() == u"http";
    if (!url.isValid() || !isWeb || url.host().isEmpty())
        return {};
    return out << url_->text().trimmed();
}

void AddServiceDialog::refresh() {
    QStringList shownWords;
    for (const QString& word : words())
        shownWords.append(u'\u201C' + shown(word.toStdString(), longestWordShown) + u'\u201D');
    preview_->setText(shownWords.isEmpty() ? QStringLiteral("\u2013") : shownWords.join(u' '));
    for (QAbstractButton* button : buttons_->buttons()) {
        if (buttons_->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(!arguments().isEmpty() && !tool_.isRunning());
    }
}

void AddServiceDialog::add() {
    problem_->hide();
    tool_.run(arguments(), [this](const Result<Json>& answer) { onAnswer(answer); });
    refresh();
}

void AddServiceDialog::onAnswer(const Result<Json>& answer) {
    if (answer) {
        Q_EMIT added(name_->text().trimmed().toStdString());
        return accept();
    }
    problem_->setText(failureWords(answer.error()));
    problem_->show();
    refresh();
}

} // namespace keybearer
