#include "app/tray/signin/SignInSteps.h"

#include "app/tray/look/Labels.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"

#include <QEvent>
#include <QGridLayout>

namespace keybearer {

namespace {
constexpr auto registering = static_cast<std::size_t>(SignInSteps::Step::Registering);
}

SignInSteps::SignInSteps(QWidget* parent) : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(spacing::small);
    grid->setVerticalSpacing(spacing::tight);
    grid->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        rows_[i] = {new QLabel, plainLabel(QString(), "step")};
        rows_[i].mark->setFixedSize(spacing::smallIcon, spacing::smallIcon);
        grid->addWidget(rows_[i].mark, static_cast<int>(i), 0, Qt::AlignCenter);
        grid->addWidget(rows_[i].text, static_cast<int>(i), 1);
    }
    begin(false);
}

void SignInSteps::begin(bool onOtherDevice) {
    onOtherDevice_ = onOtherDevice;
    current_ = Step::Discovering;
    failed_ = false;
    for (const Row& row : rows_) {
        row.mark->setVisible(true);
        row.text->setVisible(true);
    }
    rows_[registering].mark->hide();
    rows_[registering].text->hide();
    showAll();
}

void SignInSteps::reach(Step step) {
    if (step < current_)
        return;
    current_ = step;
    if (step == Step::Registering) {
        rows_[registering].mark->show();
        rows_[registering].text->show();
    }
    showAll();
}

void SignInSteps::fail() {
    failed_ = true;
    showAll();
}

QString SignInSteps::words(std::size_t row) const {
    switch (static_cast<Step>(row)) {
    case Step::Discovering:
        return tr("Find out how to sign in");
    case Step::Registering:
        return tr("Register Keybearer there");
    case Step::Waiting:
        return onOtherDevice_ ? tr("You enter the code") : tr("You sign in, in the browser");
    case Step::Exchanging:
        return tr("Fetch the session");
    case Step::Storing:
        return tr("Ask who you are, and store the session");
    }
    return {};
}

void SignInSteps::show(std::size_t index) {
    const Row& row = rows_[index];
    const auto step = static_cast<Step>(index);
    const bool isCurrent = step == current_;
    QFont font = row.text->font();
    font.setBold(isCurrent);
    row.text->setFont(font);
    row.text->setText(words(index));
    QPalette colours;
    if (step > current_)
        colours.setColor(QPalette::WindowText, toneColour(Tone::Quiet, palette()));
    row.text->setPalette(colours);
    QIcon mark;
    if (step < current_) {
        mark = symbol(Symbol::Check, toneColour(Tone::Good, palette()));
        row.text->setAccessibleName(tr("%1: done", "a step").arg(words(index)));
    } else if (isCurrent && failed_) {
        mark = symbol(Symbol::Problem, toneColour(Tone::Problem, palette()));
        row.text->setAccessibleName(tr("%1: failed", "a step").arg(words(index)));
    } else if (isCurrent) {
        mark = symbol(Symbol::Forward, toneColour(Tone::News, palette()));
        row.text->setAccessibleName(tr("%1: now", "a step").arg(words(index)));
    } else {
        row.text->setAccessibleName(tr("%1: later", "a step").arg(words(index)));
    }
    row.mark->setPixmap(mark.isNull() ? QPixmap() : mark.pixmap(spacing::smallIcon));
}

void SignInSteps::showAll() {
    for (std::size_t i = 0; i < rows_.size(); ++i)
        show(i);
}

void SignInSteps::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showAll();
}

} // namespace keybearer
