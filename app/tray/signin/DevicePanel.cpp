#include "app/tray/signin/DevicePanel.h"

#include "app/tray/look/Labels.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "broker/base/Text.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr double codeScale = 2.4;  // times the usual size: read across a desk
constexpr int letterSpacing = 110; // percent
constexpr int textCharacters = 40;
constexpr int quietZone = 4;     // ISO/IEC 18004
constexpr int pictureSize = 176; // of the QR code, before rounding to whole squares
constexpr int mostSquares = 177; // the largest there is
constexpr std::size_t longestCode = 64;
constexpr qsizetype longestAddress = 300; // shown; more of it tells nobody anything

// Dark on white in a dark theme too: not every camera reads it the other way round.
QPixmap qrPicture(const QStringList& rows, qreal ratio) {
    const auto side = static_cast<int>(rows.size());
    if (side == 0)
        return {};
    const int squares = side + 2 * quietZone;
    const int scale = std::max(2, static_cast<int>(pictureSize * ratio) / squares);
    QPixmap picture(squares * scale, squares * scale);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            if (rows[y][x] == u'1')
                painter.fillRect((x + quietZone) * scale, (y + quietZone) * scale, scale, scale, Qt::black);
        }
    }
    painter.end();
    picture.setDevicePixelRatio(ratio);
    return picture;
}

QStringList rowsOf(const Json& started) {
    QStringList rows;
    for (const std::string& row : stringsAt(started, "qr"))
        rows.append(QString::fromStdString(row));
    for (const QString& row : rows) {
        if (rows.size() > mostSquares || row.size() != rows.size())
            return {};
    }
    return rows;
}

QUrl webAddress(const Json& started, const char* key) {
    QUrl url(QString::fromStdString(stringAt(started, key).value_or("")), QUrl::StrictMode);
    const bool web = url.scheme() == QStringLiteral("https") || url.scheme() == QStringLiteral("http");
    return url.isValid() && web && !url.host().isEmpty() ? url : QUrl();
}

// A short one can be copied as it stands; a long one needs places to wrap at.
QString shownAddress(const QUrl& url) {
    const QString text = QString::fromLatin1(url.toEncoded());
    return text.size() <= textCharacters ? text : wrappable(text.left(longestAddress));
}

} // namespace

std::optional<DeviceSignIn> DeviceSignIn::from(const Json& started) {
    DeviceSignIn device;
    device.userCode =
        QString::fromStdString(displaySafe(stringAt(started, "user_code").value_or(""), longestCode));
    device.address = webAddress(started, "verification_uri");
    device.completeAddress = webAddress(started, "verification_uri_complete");
    if (device.userCode.isEmpty() || device.address.isEmpty())
        return std::nullopt;
    if (device.completeAddress.isEmpty())
        device.completeAddress = device.address;
    device.qr = rowsOf(started);
    device.expiresAt = QDateTime::fromString(
        QString::fromStdString(stringAt(started, "expires_at").value_or("")), Qt::ISODate);
    return device;
}

DevicePanel::DevicePanel(QWidget* parent)
    : QWidget(parent), qr_(new QLabel), where_(new QLabel), code_(new QLabel), left_(new QLabel),
      warning_(new QLabel) {
    for (QLabel* label : {where_, code_, left_, warning_})
        label->setTextFormat(Qt::PlainText);
    code_->setObjectName(QStringLiteral("code"));
    where_->setObjectName(QStringLiteral("where"));
    where_->setBuddy(code_);
    left_->setObjectName(QStringLiteral("left"));
    warning_->setObjectName(QStringLiteral("warning"));
    qr_->setObjectName(QStringLiteral("qr"));
    qr_->setAccessibleName(tr("QR code of the address"));
    QFont large = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    large.setBold(true);
    large.setPointSizeF(font().pointSizeF() * codeScale);
    large.setLetterSpacing(QFont::PercentageSpacing, letterSpacing);
    code_->setFont(large);
    code_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    where_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto* texts = new QVBoxLayout;
    const int space = spacing::medium;
    texts->addWidget(where_);
    texts->addSpacing(space / 2);
    texts->addWidget(code_);
    texts->addWidget(left_);
    texts->addSpacing(space);
    texts->addWidget(warning_);
    texts->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space * 2);
    layout->addWidget(qr_, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    connect(&second_, &QTimer::timeout, this, &DevicePanel::tick);
}

void DevicePanel::show(const DeviceSignIn& device) {
    const QPixmap picture = qrPicture(device.qr, devicePixelRatioF());
    qr_->setPixmap(picture);
    qr_->setVisible(!picture.isNull());
    where_->setText(tr("On any device, open %1 and enter this code:").arg(shownAddress(device.address)));
    code_->setText(grouped(device.userCode));
    code_->setEnabled(true);
    told_ = false;
    code_->setAccessibleName(tr("Code %1").arg(device.userCode));
    warning_->setText(
        tr("Only go on if you started this sign-in yourself, and only at %1. Whoever sends you such a code "
           "wants to be signed in as you.")
            .arg(wrappable(hostInBothWays(device.address))));
    wrapAt(*where_, textCharacters);
    wrapAt(*warning_, textCharacters);
    expiresAt_ = device.expiresAt;
    tick();
    QWidget::show();
    if (isVisible() && !isExpired())
        second_.start(std::chrono::seconds(1));
}

void DevicePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    tick();
    if (!isExpired())
        second_.start(std::chrono::seconds(1));
}

QString DevicePanel::leftWords(qint64 seconds) {
    if (seconds <= 0)
        return tr("The code has expired.");
    return tr("%1:%2 left").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString DevicePanel::grouped(const QString& code) {
    constexpr qsizetype group = 4;
    const bool plain = std::all_of(code.begin(), code.end(), [](QChar c) { return c.isLetterOrNumber(); });
    if (!plain || code.size() <= group + 1 || code.size() % group != 0)
        return code;
    QString out;
    for (qsizetype i = 0; i < code.size(); i += group)
        out += (i == 0 ? QString() : QStringLiteral(" ")) + code.mid(i, group);
    return out;
}

bool DevicePanel::isExpired() const {
    return expiresAt_.isValid() && QDateTime::currentDateTimeUtc() >= expiresAt_;
}

void DevicePanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    second_.stop();
}

void DevicePanel::tick() {
    left_->setVisible(expiresAt_.isValid());
    left_->setText(leftWords(QDateTime::currentDateTimeUtc().secsTo(expiresAt_)));
    if (!isExpired() || std::exchange(told_, true))
        return;
    second_.stop();
    code_->setEnabled(false);
    Q_EMIT expired();
}

} // namespace keybearer
