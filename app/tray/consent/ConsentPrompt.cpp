#include "app/tray/consent/ConsentPrompt.h"

#include "app/tray/consent/ConsentFacts.h"
#include "app/tray/look/Icons.h"
#include "app/tray/look/PageParts.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

namespace keybearer {

namespace {

constexpr int headingCharacters = 54; // its letters are wider
constexpr int headingIconSize = 48;
constexpr int windowFrame = 64;   // what window managers put around a window at most, above and below
constexpr int smallestFacts = 96; // some lines of them are to be seen on the smallest of screens

// Nobody knows on which screen the window will open.
int lowestScreen() {
    int height = std::numeric_limits<int>::max();
    for (const QScreen* screen : QGuiApplication::screens())
        height = std::min(height, screen->availableGeometry().height());
    return height;
}

} // namespace

ConsentPrompt::ConsentPrompt(const ConsentRequest& request, std::unique_ptr<Countdown> countdown,
                             QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::WindowStaysOnTopHint), id_(request.id),
      countdown_(std::move(countdown)) {
    setWindowTitle(request.isStart ? tr("A command asks for access") : tr("A program asks for access"));
    setWindowIcon(applicationIcon());
    auto* layout = new QVBoxLayout(this);
    const int space = style()->pixelMetric(QStyle::PM_LayoutTopMargin);
    layout->setSpacing(space);
    layout->setContentsMargins(space * 2, space * 2, space * 2, space * 2);
    layout->addWidget(makeHeading(request));
    facts_ = makeScroller(makeConsentFacts(request));
    layout->addWidget(facts_);
    unread_ = quietLabel(tr("There is more to read: scroll down before you allow this."), "unread");
    layout->addWidget(unread_);
    layout->addLayout(makeButtons(request));
    layout->setSizeConstraint(QLayout::SetFixedSize);
    connect(countdown_.get(), &Countdown::elapsed, this, &ConsentPrompt::arm);
    fitInto(lowestScreen());
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
    QLabel* sentence = plainLabel(wrappable(consentHeading(request)), "heading");
    QFont large = sentence->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.2);
    sentence->setFont(large);
    wrapAt(*sentence, headingCharacters);
    row->addWidget(sentence, 1, Qt::AlignVCenter);
    return heading;
}

QScrollArea* ConsentPrompt::makeScroller(QWidget* facts) {
    auto* area = new QScrollArea;
    area->setObjectName(QStringLiteral("facts"));
    area->setAccessibleName(tr("What is known of the program, and what it would get"));
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidgetResizable(true);
    area->setWidget(facts);
    area->viewport()->setBackgroundRole(QPalette::Window);
    connect(area->verticalScrollBar(), &QScrollBar::valueChanged, this, &ConsentPrompt::onScrolled);
    return area;
}

void ConsentPrompt::fitInto(int screenHeight) {
    QWidget& content = *facts_->widget();
    // Returns by how much the window would be too high.
    const auto lay = [&](bool scrolls, int height) {
        QSizePolicy place = unread_->sizePolicy();
        place.setRetainSizeWhenHidden(scrolls); // when it goes, nothing is to move under the mouse
        unread_->setSizePolicy(place);
        unread_->setVisible(scrolls);
        facts_->setFrameShape(scrolls ? QFrame::StyledPanel : QFrame::NoFrame);
        facts_->setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
        facts_->setFocusPolicy(scrolls ? Qt::StrongFocus : Qt::NoFocus);
        const int margin = scrolls ? layout()->spacing() : 0;
        content.layout()->setContentsMargins(margin, margin, margin, margin);
        const int bar = scrolls ? facts_->verticalScrollBar()->sizeHint().width() : 0;
        facts_->setMinimumWidth(content.sizeHint().width() + bar + 2 * facts_->frameWidth());
        facts_->setFixedHeight(height);
        layout()->invalidate();
        return layout()->totalSizeHint().height() + windowFrame - screenHeight;
    };
    const int natural = content.sizeHint().height();
    isRead_ = lay(false, natural) <= 0;
    if (!isRead_)
        lay(true, std::max(smallestFacts, natural - lay(true, natural)));
}

void ConsentPrompt::onScrolled(int value) {
    if (facts_->verticalScrollBar()->maximum() > 0 && value >= facts_->verticalScrollBar()->maximum())
        isRead_ = true;
    enableWhatMayBeChosen();
}

QLayout* ConsentPrompt::makeButtons(const ConsentRequest& request) {
    offered_ = static_cast<std::size_t>(request.longest) + 1;
    struct Choice {
        QString text;
        QString meaning;
        const char* decision;
    };
    // Through the gateway a permission is not spent by one request: docs/gateway.md.
    const QString once = request.isStart            ? tr("Allow this one start.")
                         : request.server.isEmpty() ? tr("Allow this one request.")
                                                    : tr("Allow until the program ends this conversation.");
    const QString session =
        request.isStart
            ? tr("Allow it until the command ends, or you take it back.")
            : tr("Allow until the program ends, is not used for ten minutes, or the screen is locked.");
    const QString days = request.isStart ? tr("Allow this command for 30 days, until anything of it changes.")
                                         : tr("Allow for 30 days, or until you take it back.");
    const std::array<Choice, 3> choices{
        Choice{tr("&Once"), once, "allow-once"},
        Choice{request.isStart ? tr("This r&un") : tr("This &session"), session, "allow-session"},
        request.untilRevoked ? Choice{tr("Until take&n back"), tr("Allow until you take it back."), "allow"}
                             : Choice{tr("30 da&ys"), days, "allow"},
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

void ConsentPrompt::keyPressEvent(QKeyEvent* event) {
    // Deny keeps the focus; reading needs none.
    QScrollBar* bar = facts_->verticalScrollBar();
    if (event->key() == Qt::Key_PageDown)
        bar->triggerAction(QAbstractSlider::SliderPageStepAdd);
    else if (event->key() == Qt::Key_PageUp)
        bar->triggerAction(QAbstractSlider::SliderPageStepSub);
    else
        QDialog::keyPressEvent(event);
}

void ConsentPrompt::disarm() {
    countdown_->cancel();
    isArmed_ = false;
    for (QPushButton* button : allow_)
        button->setEnabled(false);
    // A disabled button hands its focus to the next one; it must not be an allowing one later.
    deny_->setFocus();
}

void ConsentPrompt::arm() {
    isArmed_ = true;
    enableWhatMayBeChosen();
}

void ConsentPrompt::enableWhatMayBeChosen() {
    if (isRead_)
        unread_->hide();
    for (std::size_t i = 0; i < offered_; ++i)
        allow_[i]->setEnabled(isArmed_ && isRead_);
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
