#include "app/tray/signin/PastePanel.h"

#include "app/tray/look/Labels.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Wording.h"
#include "app/tray/signin/Addresses.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace keybearer {

namespace {
constexpr int textCharacters = 56;
constexpr int longestAddress = 8192;
} // namespace

PastePanel::PastePanel(QWidget* parent)
    : QWidget(parent), toggle_(new QToolButton), content_(new QWidget), address_(new QLineEdit),
      goOn_(new QPushButton(tr("C&ontinue"))), problem_(new ToneLabel(Tone::Problem)) {
    toggle_->setObjectName(QStringLiteral("otherComputer"));
    toggle_->setText(tr("The &browser is on another computer"));
    toggle_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toggle_->setAutoRaise(true);
    toggle_->setCheckable(true);
    toggle_->setFocusPolicy(Qt::StrongFocus);
    auto* words =
        plainLabel(tr("Open the link there and sign in. At the end the browser shows a page that cannot "
                      "be reached: copy its address, and paste it here:"));
    wrapAt(*words, textCharacters);
    words->setBuddy(address_);
    address_->setObjectName(QStringLiteral("redirect"));
    address_->setAccessibleName(tr("Address that the sign-in ended at"));
    address_->setMaxLength(longestAddress);
    goOn_->setObjectName(QStringLiteral("continue"));
    goOn_->setAutoDefault(false);
    problem_->setObjectName(QStringLiteral("pasteProblem"));

    auto* row = new QHBoxLayout;
    row->addWidget(address_, 1);
    row->addWidget(goOn_);
    auto* inner = new QVBoxLayout(content_);
    inner->setContentsMargins(spacing::large, 0, 0, 0);
    inner->addWidget(words);
    inner->addLayout(row);
    inner->addWidget(problem_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(toggle_, 0, Qt::AlignLeading);
    layout->addWidget(content_);
    connect(toggle_, &QToolButton::toggled, this, &PastePanel::setOpen);
    connect(goOn_, &QPushButton::clicked, this, &PastePanel::take);
    connect(address_, &QLineEdit::returnPressed, this, &PastePanel::take);
    reset();
}

void PastePanel::reset() {
    address_->clear();
    problem_->hide();
    goOn_->setEnabled(true);
    toggle_->setChecked(false);
    setOpen(false);
}

bool PastePanel::isOpen() const {
    return toggle_->isChecked();
}

void PastePanel::setOpen(bool open) {
    toggle_->setArrowType(open                                   ? Qt::DownArrow
                          : layoutDirection() == Qt::RightToLeft ? Qt::LeftArrow
                                                                 : Qt::RightArrow);
    content_->setVisible(open);
    if (open)
        address_->setFocus();
    Q_EMIT resized();
}

void PastePanel::take() {
    const Result<std::string> url = redirectAddress(address_->text());
    if (!url)
        return showProblem(QString::fromStdString(url.error().message + ' ' + url.error().action));
    problem_->hide();
    goOn_->setEnabled(false); // until the broker has said something
    Q_EMIT pasted(*url);
}

void PastePanel::showProblem(const QString& what) {
    goOn_->setEnabled(true);
    problem_->setText(wrappable(what));
    wrapAt(*problem_, textCharacters);
    problem_->show();
    address_->setFocus();
    address_->selectAll();
    Q_EMIT resized();
}

} // namespace keybearer
