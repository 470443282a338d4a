#include "app/tray/ConsentPrompt.h"

#include "app/tray/Icons.h"
#include "app/tray/PageParts.h"
#include "app/tray/Wording.h"

#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStyle>

namespace keybearer {

namespace {

constexpr int rowCharacters = 62;
constexpr int headingCharacters = 54; // its letters are wider
constexpr int headingIconSize = 48;
constexpr qsizetype mostScopeLines = 8; // more of them scroll, so that the buttons stay on the screen

// Paths and hostile names have no spaces to wrap at; zero-width spaces after slashes, and in any run of
// letters that is too long, let them. For show only.
QString wrappable(const QString& text) {
    constexpr int longestRun = 40;
    QString out;
    int run = 0;
    for (const QChar letter : text) {
        out += letter;
        run = letter.isSpace() || letter.isHighSurrogate() ? 0 : run + 1;
        if (letter == u'/' || run >= longestRun) {
            out += u'\u200B';
            run = 0;
        }
    }
    return out;
}

QLabel* plainLabel(const QString& text, const char* name = nullptr) {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    if (name != nullptr)
        label->setObjectName(QLatin1String(name));
    return label;
}

// A label that wraps, of the width that all rows share.
QLabel* rowLabel(const QString& text, const char* name) {
    QLabel* label = plainLabel(wrappable(text), name);
    wrapAt(*label, rowCharacters);
    return label;
}

QLabel* rowTitle(const QString& text) {
    QLabel* label = plainLabel(text);
    label->setAlignment(Qt::AlignRight | Qt::AlignTop);
    return label;
}

QLabel* quietLabel(const QString& text, const char* name = nullptr) {
    QLabel* label = plainLabel(text, name);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

// In our own words where there are some, for they are translated; else in the provider's.
QString bullets(const ConsentRequest& request) {
    QStringList lines;
    for (qsizetype i = 0; i < request.scopes.size(); ++i) {
        QString words = scopeWords(request.scopes[i]);
        const QString meaning = request.scopeMeanings.value(i);
        if (words == request.scopes[i] && !meaning.isEmpty())
            words = ConsentPrompt::tr("%1 (%2)", "what a scope allows, and the scope").arg(meaning, words);
        lines.append(QStringLiteral("\u2022 ") + words);
    }
    return lines.join(u'\n');
}

// Letters of more than one script in one name are how "paypal" is written with a Cyrillic "a" (T-06).
bool mixesScripts(const QString& text) {
    QChar::Script seen = QChar::Script_Common;
    for (const char32_t point : text.toUcs4()) {
        const QChar::Script script = QChar::script(point);
        if (script == QChar::Script_Common || script == QChar::Script_Inherited)
            continue;
        if (seen != QChar::Script_Common && script != seen)
            return true;
        seen = script;
    }
    return false;
}

} // namespace

ConsentPrompt::ConsentPrompt(const ConsentRequest& request, std::unique_ptr<Countdown> countdown,
                             QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::WindowStaysOnTopHint), id_(request.id),
      countdown_(std::move(countdown)) {
    setWindowTitle(tr("A program asks for access"));
    setWindowIcon(applicationIcon());
    auto* layout = new QVBoxLayout(this);
    const int space = style()->pixelMetric(QStyle::PM_LayoutTopMargin);
    layout->setSpacing(space);
    layout->setContentsMargins(space * 2, space * 2, space * 2, space * 2);
    layout->addWidget(makeHeading(request));
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(space);
    addMeasured(*form, request);
    layout->addLayout(form);
    if (QWidget* claims = makeClaims(request))
        layout->addWidget(claims);
    layout->addStretch();
    layout->addLayout(makeButtons(request));
    layout->setSizeConstraint(QLayout::SetFixedSize);
    connect(countdown_.get(), &Countdown::elapsed, this, &ConsentPrompt::arm);
    disarm();
}

QWidget* ConsentPrompt::makeHeading(const ConsentRequest& request) {
    auto* heading = new QWidget;
    auto* row = new QHBoxLayout(heading);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style()->pixelMetric(QStyle::PM_LayoutLeftMargin) + 4);
    auto* picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(headingIconSize));
    row->addWidget(picture, 0, Qt::AlignTop);
    const QString name = request.caller.programName();
    QLabel* sentence = plainLabel(
        wrappable(name.isEmpty() ? tr("An unknown program wants to use your %1 account").arg(request.provider)
                                 : tr("%1 wants to use your %2 account").arg(name, request.provider)),
        "heading");
    QFont large = sentence->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.2);
    sentence->setFont(large);
    wrapAt(*sentence, headingCharacters);
    row->addWidget(sentence, 1, Qt::AlignVCenter);
    return heading;
}

void ConsentPrompt::addMeasured(QFormLayout& form, const ConsentRequest& request) {
    const CallerRecord& caller = request.caller;
    form.addRow(rowTitle(tr("Program:")),
                rowLabel(caller.executable.isEmpty()
                             ? tr("could not be determined (process %1)").arg(caller.pid)
                             : caller.executable,
                         "executable"));
    if (!caller.script.isEmpty())
        form.addRow(rowTitle(tr("Script:")), rowLabel(caller.script, "script"));
    if (!caller.startedBy.isEmpty())
        form.addRow(rowTitle(tr("Started by:")), rowLabel(caller.startedBy, "startedBy"));
    if (!caller.sandbox.isEmpty())
        form.addRow(rowTitle(tr("Runs in:")), rowLabel(caller.sandbox, "sandbox"));
    if (const QString known = identityWords(request.identity); !known.isEmpty())
        form.addRow(rowTitle(tr("Recognised as:")), rowLabel(known, "identity"));
    addChanges(form, request);
    QLabel* account =
        rowLabel(request.account.isEmpty()
                     ? request.provider
                     : tr("%1 at %2", "account, provider").arg(request.account, request.provider),
                 "account");
    form.addRow(rowTitle(tr("Account:")), account);
    form.addRow(rowTitle(tr("It could:")), makeScopes(request));
}

// What weakens the measurement, and what is not as it was when the person said yes: the two things to look
// at.
void ConsentPrompt::addChanges(QFormLayout& form, const ConsentRequest& request) {
    const auto addLines = [&](const QString& title, const QStringList& lines, const char* name) {
        if (lines.isEmpty())
            return;
        QLabel* label = rowLabel(lines.join(u'\n'), name);
        QFont bold = label->font();
        bold.setBold(true);
        label->setFont(bold);
        wrapAt(*label, headingCharacters); // its letters are wider
        form.addRow(rowTitle(title), label);
    };
    QStringList changes;
    for (const ConsentChange& change : request.changed)
        changes.append(changeWords(change.what, change.before, change.now));
    addLines(tr("Changed:"), changes, "changed");
    addLines(tr("Beware:"), request.caller.remarks, "remarks");
}

QWidget* ConsentPrompt::makeScopes(const ConsentRequest& request) {
    if (request.scopes.isEmpty())
        return rowLabel(tr("do everything this sign-in allows"), "scopes");
    if (request.scopes.size() <= mostScopeLines)
        return rowLabel(bullets(request), "scopes");
    auto* list = new QPlainTextEdit(bullets(request));
    list->setObjectName(QStringLiteral("scopes"));
    list->setAccessibleName(tr("What the program could do"));
    list->setReadOnly(true);
    list->setTabChangesFocus(true);
    list->setFixedHeight(list->fontMetrics().lineSpacing() * static_cast<int>(mostScopeLines) + 12);
    return list;
}

QWidget* ConsentPrompt::makeClaims(const ConsentRequest& request) {
    if (request.caller.claimedName.isEmpty() && request.reason.isEmpty())
        return nullptr;
    auto* claims = new QFrame;
    claims->setFrameShape(QFrame::StyledPanel);
    auto* layout = new QVBoxLayout(claims);
    layout->addWidget(quietLabel(tr("In the program's own words, not verified:")));
    if (!request.caller.claimedName.isEmpty()) {
        QString name = tr("It calls itself \u201C%1\u201D.").arg(request.caller.claimedName);
        if (mixesScripts(request.caller.claimedName))
            name += u' ' + tr("This name mixes letters of different alphabets.");
        layout->addWidget(rowLabel(name, "claimedName"));
    }
    if (!request.reason.isEmpty())
        layout->addWidget(rowLabel(tr("Its reason: \u201C%1\u201D").arg(request.reason), "reason"));
    return claims;
}

QLayout* ConsentPrompt::makeButtons(const ConsentRequest& request) {
    offered_ = static_cast<std::size_t>(request.longest) + 1;
    struct Choice {
        QString text;
        QString meaning;
        const char* decision;
    };
    const QString session =
        tr("Allow until the program ends, is not used for ten minutes, or the screen is locked.");
    const std::array<Choice, 3> choices{
        Choice{tr("&Once"), tr("Allow this one request."), "allow-once"},
        Choice{tr("This &session"), session, "allow-session"},
        request.untilRevoked
            ? Choice{tr("Until take&n back"), tr("Allow until you take it back."), "allow"}
            : Choice{tr("30 da&ys"), tr("Allow for 30 days, or until you take it back."), "allow"},
    };
    auto* row = new QHBoxLayout;
    deny_ = new QPushButton(tr("&Deny"));
    deny_->setObjectName(QStringLiteral("deny"));
    deny_->setDefault(true);
    connect(deny_, &QPushButton::clicked, this, &ConsentPrompt::reject);
    row->addWidget(deny_);
    row->addStretch();
    row->addWidget(quietLabel(tr("Allow:")));
    for (std::size_t i = 0; i < choices.size(); ++i) {
        auto* button = new QPushButton(choices[i].text);
        button->setObjectName(QLatin1String(choices[i].decision));
        button->setToolTip(choices[i].meaning);
        button->setAccessibleDescription(choices[i].meaning);
        if (i >= offered_)
            button->hide(); // what may not be chosen is not shown
        button->setAutoDefault(false);
        button->installEventFilter(this);
        connect(button, &QPushButton::clicked, this,
                [this, decision = choices[i].decision] { decide(decision); });
        row->addWidget(button);
        allow_[i] = button;
    }
    return row;
}

void ConsentPrompt::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    disarm();
    countdown_->begin(armDelay);
}

void ConsentPrompt::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() != QEvent::ActivationChange)
        return;
    disarm();
    if (isActiveWindow())
        countdown_->begin(armDelay);
}

bool ConsentPrompt::eventFilter(QObject* watched, QEvent* event) {
    // Some desktops let Enter press the focused button: here it means Deny, whatever has the focus.
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            reject();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void ConsentPrompt::disarm() {
    countdown_->cancel();
    for (QPushButton* button : allow_)
        button->setEnabled(false);
    // A disabled button hands its focus to the next one; it must not be an allowing one later.
    deny_->setFocus();
}

void ConsentPrompt::arm() {
    for (std::size_t i = 0; i < offered_; ++i)
        allow_[i]->setEnabled(true);
}

void ConsentPrompt::decide(const std::string& decision) {
    if (std::exchange(answered_, true))
        return;
    hide();
    Q_EMIT decided(decision);
}

void ConsentPrompt::withdraw() {
    answered_ = true;
    hide();
}

void ConsentPrompt::reject() {
    decide("deny");
}

} // namespace keybearer
