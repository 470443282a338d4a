#include "app/tray/consent/ConsentPrompt.h"

#include "app/tray/consent/ArmLine.h"
#include "app/tray/consent/ConsentDetails.h"
#include "app/tray/consent/ConsentFacts.h"
#include "app/tray/look/Icons.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"

#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

namespace keybearer {

namespace {

constexpr int headingCharacters = 50; // its letters are wider
constexpr int windowFrame = 64;       // what window managers put around a window at most, above and below
constexpr int smallestFacts = 96;     // some lines of them are to be seen on the smallest of screens

// What the question is about, beside the heading.
QIcon subjectIcon(const ConsentRequest& request) {
    if (request.isStart)
        return applicationIcon();
    if (request.isKey)
        return emblem(Emblem::Key);
    if (request.providerName.empty() || !request.server.isEmpty())
        return emblem(Emblem::Server);
    return providerIcon(request.providerName);
}

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
      countdown_(std::move(countdown)), expiresAt_(request.expiresAt) {
    setWindowTitle(request.isStart ? tr("A command asks for access") : tr("A program asks for access"));
    setWindowIcon(applicationIcon());
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(spacing::medium);
    layout->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
    layout->addWidget(makeHeading(request));
    facts_ = makeScroller(makeConsentFacts(request));
    layout->addWidget(facts_);
    if (auto* details = facts_->findChild<ConsentDetails*>())
        connect(details, &ConsentDetails::toggled, this, &ConsentPrompt::onDetails);
    layout->addWidget(makeNotes());
    layout->addLayout(makeButtons(request));
    layout->setSizeConstraint(QLayout::SetFixedSize);
    connect(countdown_.get(), &Countdown::elapsed, this, &ConsentPrompt::arm);
    connect(&second_, &QTimer::timeout, this, [this] { showTimeLeft(QDateTime::currentDateTimeUtc()); });
    setPlace(1, 1, 1);
    showTimeLeft(QDateTime::currentDateTimeUtc());
    fitInto(lowestScreen());
    disarm();
}

QWidget* ConsentPrompt::makeHeading(const ConsentRequest& request) {
    auto* heading = new QWidget;
    auto* row = new QHBoxLayout(heading);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::medium);
    auto* picture = new QLabel;
    picture->setPixmap(subjectIcon(request).pixmap(spacing::tileIcon));
    row->addWidget(picture, 0, Qt::AlignTop);
    QLabel* sentence = headingLabel(wrappable(consentHeading(request)), "heading");
    wrapAt(*sentence, headingCharacters);
    row->addWidget(sentence, 1, Qt::AlignVCenter);
    place_ = quietLabel({}, "place");
    row->addWidget(place_, 0, Qt::AlignTop | Qt::AlignTrailing);
    return heading;
}

QWidget* ConsentPrompt::makeNotes() {
    auto* notes = new QWidget;
    auto* row = new QVBoxLayout(notes);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::tight);
    unread_ = plainLabel(tr("There is more to read: scroll down before you allow this."), "unread");
    left_ = quietLabel({}, "left");
    row->addWidget(unread_);
    row->addWidget(left_);
    return notes;
}

void ConsentPrompt::setPlace(int number, int total, int ofThisProgram) {
    place_->setText(tr("%1 of %2", "which one of several questions").arg(number).arg(total));
    QSizePolicy policy = place_->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // it comes and goes, and nothing is to move
    place_->setSizePolicy(policy);
    place_->setVisible(total > 1);
    denyAll_->setText(tr("Deny &all of it (%1)", "requests of one program").arg(ofThisProgram));
    denyAll_->setVisible(ofThisProgram > 1);
}

void ConsentPrompt::showTimeLeft(const QDateTime& now) {
    left_->setVisible(expiresAt_.isValid());
    if (!expiresAt_.isValid())
        return;
    const qint64 seconds = now.secsTo(expiresAt_);
    expired_ = seconds <= 0;
    if (expired_)
        left_->setText(tr("The time for an answer is over: it is denied."));
    else
        //: %1 is a time as minutes and seconds: 1:40
        left_->setText(
            tr("Without an answer it is denied in %1.")
                .arg(QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'))));
    if (expired_)
        enableWhatMayBeChosen();
}

// Whoever has read what the question is about has read it; what moves under the mouse must not be pressed at
// once.
void ConsentPrompt::onDetails() {
    const bool wasRead = isRead_;
    disarm();
    fitInto(lowestScreen());
    isRead_ = isRead_ || wasRead;
    if (isRead_)
        unread_->hide();
    stayOnScreen();
    if (isActiveWindow())
        beginToArm();
}

// It has grown downwards; the buttons are to stay where they can be reached.
void ConsentPrompt::stayOnScreen() {
    layout()->activate();
    const QRect place = screen()->availableGeometry();
    const QRect frame = frameGeometry();
    const int beyond = frame.top() + (frame.height() - height()) + sizeHint().height() - place.bottom();
    if (beyond > 0)
        move(x(), std::max(place.top(), frame.top() - beyond));
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
    layout()->setEnabled(
        false); // a window that is on the screen is not to take the sizes that are only tried
    isRead_ = lay(false, natural) <= 0;
    if (!isRead_)
        lay(true, std::max(smallestFacts, natural - lay(true, natural)));
    layout()->setEnabled(true);
    if (isVisible())
        layout()->activate();
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
    const QString once = request.isStart ? tr("Allow this one start.")
                         : !request.isProxy && !request.isSignIn && !request.isConnect
                             ? tr("Allow this one request.")
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
    row->setSpacing(spacing::small);
    row->addWidget(makeDeny(), 0, Qt::AlignBottom);
    row->addWidget(denyAll_, 0, Qt::AlignBottom);
    row->addStretch();
    QLabel* allow = quietLabel(tr("Allow:"));
    row->addWidget(allow, 0, Qt::AlignBottom);
    auto* allowing = new QGridLayout; // the line stands above its buttons, and is as long as they are
    allowing->setSpacing(spacing::tight);
    line_ = new ArmLine;
    allowing->addWidget(line_, 0, 0, 1, -1);
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
        allowing->addWidget(button, 1, static_cast<int>(i));
        allow_[i] = button;
    }
    allow->setBuddy(allow_[0]);
    allow->setMinimumHeight(deny_->sizeHint().height()); // on one line with the words of the buttons
    row->addLayout(allowing);
    return row;
}

QPushButton* ConsentPrompt::makeDeny() {
    deny_ = new QPushButton(tr("&Deny"));
    deny_->setObjectName(QStringLiteral("deny"));
    deny_->setDefault(true);
    connect(deny_, &QPushButton::clicked, this, &ConsentPrompt::reject);
    denyAll_ = new QPushButton;
    denyAll_->setObjectName(QStringLiteral("denyAll"));
    denyAll_->setAutoDefault(false);
    denyAll_->setToolTip(tr("Deny everything that this program asks for now."));
    QSizePolicy policy = denyAll_->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    denyAll_->setSizePolicy(policy);
    connect(denyAll_, &QPushButton::clicked, this, [this] {
        Q_EMIT denyAllWanted();
        reject();
    });
    return deny_;
}

void ConsentPrompt::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    disarm();
    beginToArm();
    if (expiresAt_.isValid())
        second_.start(std::chrono::seconds(1));
}

void ConsentPrompt::hideEvent(QHideEvent* event) {
    QDialog::hideEvent(event);
    second_.stop();
    line_->stop(false);
}

void ConsentPrompt::beginToArm() {
    countdown_->begin(armDelay);
    line_->begin(static_cast<int>(armDelay.count()));
    for (QPushButton* button : allow_)
        button->setAccessibleDescription(tr("In a moment. %1").arg(button->toolTip()));
}

void ConsentPrompt::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() != QEvent::ActivationChange)
        return;
    disarm();
    if (isActiveWindow())
        beginToArm();
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
    line_->stop(false);
    for (QPushButton* button : allow_)
        button->setEnabled(false);
    // A disabled button hands its focus to the next one; it must not be an allowing one later.
    deny_->setFocus();
}

void ConsentPrompt::arm() {
    isArmed_ = true;
    line_->stop(true);
    for (QPushButton* button : allow_)
        button->setAccessibleDescription(button->toolTip());
    enableWhatMayBeChosen();
}

void ConsentPrompt::enableWhatMayBeChosen() {
    if (isRead_)
        unread_->hide();
    for (std::size_t i = 0; i < offered_; ++i)
        allow_[i]->setEnabled(isArmed_ && isRead_ && !expired_);
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
