#include "app/tray/consent/ConsentDetails.h"

#include "app/tray/look/FormLabels.h"
#include "app/tray/look/Labels.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"

#include <QFormLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace keybearer {

namespace {

constexpr int rowCharacters = 58;
constexpr int treeIndent = 12;
constexpr std::size_t deepestIndent = 8; // deeper ones stand below each other

QLabel* rowLabel(const QString& text, const char* name) {
    QLabel* label = plainLabel(wrappable(text), name);
    wrapAt(*label, rowCharacters);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void addRow(QFormLayout& form, const QString& title, const QString& text, const char* name) {
    if (text.isEmpty())
        return;
    QLabel* label = plainLabel(title);
    label->setAlignment(Qt::AlignTrailing | Qt::AlignTop);
    form.addRow(label, rowLabel(text, name));
}

// One program of the chain, one step further in than the one that started it.
QWidget* treeRow(const QString& executable, qint64 pid, std::size_t depth, bool isCaller) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(static_cast<int>(std::min(depth, deepestIndent)) * treeIndent, 0, 0, 0);
    layout->setSpacing(spacing::tight);
    auto* mark = new QLabel;
    mark->setPixmap(symbol(Symbol::Program).pixmap(spacing::smallIcon));
    layout->addWidget(mark, 0, Qt::AlignTop);
    const QString path = executable.isEmpty() ? ConsentDetails::tr("could not be read") : executable;
    QLabel* label = plainLabel(wrappable(ConsentDetails::tr("%1 (process %2)").arg(path).arg(pid)), "step");
    QFont font = label->font();
    font.setBold(isCaller);
    label->setFont(font);
    wrapAt(*label, rowCharacters - (isCaller ? rowCharacters / 6 : 0));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(label);
    layout->addStretch();
    return row;
}

// From the outermost program to the one that asks.
QWidget* makeTree(const CallerRecord& caller) {
    auto* tree = new QWidget;
    tree->setObjectName(QStringLiteral("tree"));
    tree->setAccessibleName(ConsentDetails::tr("The programs that started it, the first one on top"));
    auto* column = new QVBoxLayout(tree);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::hair);
    std::size_t depth = 0;
    for (auto step = caller.ancestors.rbegin(); step != caller.ancestors.rend(); ++step)
        column->addWidget(treeRow(step->executable, step->pid, depth++, false));
    column->addWidget(treeRow(caller.executable, caller.pid, depth, true));
    return tree;
}

QString whyWords(char identity) {
    switch (identity) {
    case 'A':
        return ConsentDetails::tr("It holds what Keybearer gave to the command that it started.");
    case 'B':
        return ConsentDetails::tr(
            "A sandbox says which application it is, and the application cannot change that.");
    case 'C':
        return ConsentDetails::tr("Its file and the directories above it belong to the administrator.");
    case 'D':
        return ConsentDetails::tr(
            "The program only runs a script, so the script's file, content and directory count.");
    case 'E':
        return ConsentDetails::tr("Its file belongs to you, so any program of yours could have changed it.");
    case 'F':
        return ConsentDetails::tr(
            "It comes from another machine or a container, where nothing can be measured.");
    default:
        return {};
    }
}

void addMeasured(QFormLayout& form, const ConsentRequest& request) {
    const CallerRecord& caller = request.caller;
    addRow(form, ConsentDetails::tr("User:"), caller.uid < 0 ? QString() : QString::number(caller.uid),
           "uid");
    addRow(form, ConsentDetails::tr("Program:"), caller.executable, "measuredExecutable");
    addRow(form, ConsentDetails::tr("Its SHA-256:"), caller.executableHash, "executableHash");
    addRow(form, ConsentDetails::tr("Script:"), caller.script, "measuredScript");
    addRow(form, ConsentDetails::tr("Its SHA-256:"), caller.scriptHash, "scriptHash");
    addRow(form, ConsentDetails::tr("Directory:"), caller.workingDirectory, "measuredDirectory");
    if (caller.systemOwned)
        addRow(form, ConsentDetails::tr("Replaceable by:"),
               *caller.systemOwned ? ConsentDetails::tr("the administrator alone")
                                   : ConsentDetails::tr("any program of yours"),
               "systemOwned");
    addRow(form, ConsentDetails::tr("Terminal:"), caller.terminal, "terminal");
    addRow(form, ConsentDetails::tr("Unit:"), caller.unit, "unit");
    addRow(form, ConsentDetails::tr("Signed by:"), caller.signer, "signer");
    if (request.identity == 0)
        return;
    addRow(form, ConsentDetails::tr("Recognised:"),
           ConsentDetails::tr("%1 (class %2). %3", "how well a program is known, a letter, why")
               .arg(identityWords(request.identity), QString(QLatin1Char(request.identity)),
                    whyWords(request.identity)),
           "why");
}

} // namespace

ConsentDetails::ConsentDetails(const ConsentRequest& request, QWidget* parent)
    : QWidget(parent), toggle_(new QToolButton), content_(new QWidget) {
    toggle_->setObjectName(QStringLiteral("details"));
    toggle_->setText(tr("D&etails"));
    toggle_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toggle_->setAutoRaise(true);
    toggle_->setCheckable(true);
    toggle_->setFocusPolicy(Qt::TabFocus);
    auto* form = new QFormLayout(content_);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(spacing::medium);
    form->setVerticalSpacing(spacing::tight);
    QLabel* title = plainLabel(tr("Started by:"));
    title->setAlignment(Qt::AlignTrailing | Qt::AlignTop);
    form->addRow(title, makeTree(request.caller));
    addMeasured(*form, request);
    joinLabels(*form);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::tight);
    layout->addWidget(toggle_, 0, Qt::AlignLeading);
    layout->addWidget(content_);
    setOpen(false);
    connect(toggle_, &QToolButton::toggled, this, [this](bool open) {
        setOpen(open);
        Q_EMIT toggled(open);
    });
}

bool ConsentDetails::isOpen() const {
    return toggle_->isChecked();
}

void ConsentDetails::setOpen(bool open) {
    toggle_->setArrowType(open                                   ? Qt::DownArrow
                          : layoutDirection() == Qt::RightToLeft ? Qt::LeftArrow
                                                                 : Qt::RightArrow);
    content_->setVisible(open);
}

} // namespace keybearer
