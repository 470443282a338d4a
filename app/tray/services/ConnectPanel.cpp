#include "app/tray/services/ConnectPanel.h"

#include "app/client/ProgramPath.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"

#include <QClipboard>
#include <QComboBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

namespace keybearer {

namespace {

constexpr int linesOfText = 8; // the table above keeps most of the room
constexpr int charactersOfText = 44;

// As it stands beside the tray; else the name, to be found in PATH.
QString programPath() {
    const QString found = QString::fromStdString(findProgram("keybearer").string());
    return found.isEmpty() ? QStringLiteral("keybearer") : found;
}

} // namespace

ConnectPanel::ConnectPanel(QWidget* parent)
    : QWidget(parent), client_(new QComboBox), way_(new QComboBox), text_(new QPlainTextEdit),
      place_(new QLabel), copy_(new QPushButton(tr("Cop&y"))) {
    client_->setObjectName(QStringLiteral("client"));
    way_->setObjectName(QStringLiteral("way"));
    text_->setObjectName(QStringLiteral("settings"));
    copy_->setObjectName(QStringLiteral("copySettings"));
    for (const McpClient client : mcpClients())
        client_->addItem(clientName(client), static_cast<int>(client));
    way_->addItem(tr("through a program"), static_cast<int>(McpWay::Program));
    way_->addItem(tr("through the gateway's address"), static_cast<int>(McpWay::Address));
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setLayoutDirection(Qt::LeftToRight);
    text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text_->setAccessibleName(tr("What to paste into the client"));
    text_->setFixedHeight(text_->fontMetrics().lineSpacing() * (linesOfText + 1));
    text_->setMinimumWidth(text_->fontMetrics().averageCharWidth() * charactersOfText);
    place_->setTextFormat(Qt::PlainText);
    place_->setWordWrap(true);
    copy_->setIcon(symbol(Symbol::Copy, palette()));
    //: followed by the name of a program: Claude Code
    auto* clientLabel = new QLabel(tr("&Connect"));
    clientLabel->setBuddy(client_);
    way_->setAccessibleName(tr("Way of the connection"));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addWidget(clientLabel, 0, 0);
    layout->addWidget(client_, 0, 1);
    layout->addWidget(way_, 0, 2);
    layout->addWidget(text_, 1, 0, 1, 3);
    auto* below = new QHBoxLayout;
    below->addWidget(place_, 1);
    below->addWidget(copy_, 0, Qt::AlignTop);
    layout->addLayout(below, 2, 0, 1, 3);
    layout->setColumnStretch(1, 1);
    connect(client_, &QComboBox::currentIndexChanged, this, &ConnectPanel::refresh);
    connect(way_, &QComboBox::currentIndexChanged, this, &ConnectPanel::refresh);
    connect(copy_, &QPushButton::clicked, this, &ConnectPanel::copy);
    present(std::nullopt);
}

void ConnectPanel::present(const std::optional<ServiceRecord>& service) {
    service_ = service;
    setEnabled(service_.has_value());
    refresh();
}

QString ConnectPanel::text() const {
    return text_->toPlainText();
}

void ConnectPanel::refresh() {
    const auto client = static_cast<McpClient>(client_->currentData().toInt());
    const auto way = static_cast<McpWay>(way_->currentData().toInt());
    QString text;
    QString place = placeOf(client);
    if (!service_) {
        place = tr("Select an MCP server above.");
    } else if (!takes(client, way)) {
        place =
            tr("%1 takes no address in its settings. Connect it through a program.").arg(clientName(client));
    } else if (way == McpWay::Address && service_->address.empty()) {
        place = tr("Open the gateway first: then the server has an address.");
    } else {
        text = settingsFor(client, way,
                           {service_->name, programPath(), QString::fromStdString(service_->address)});
    }
    if (text != text_->toPlainText())
        text_->setPlainText(text);
    place_->setText(place);
    copy_->setEnabled(!text.isEmpty());
}

void ConnectPanel::copy() {
    QGuiApplication::clipboard()->setText(text_->toPlainText());
}

} // namespace keybearer
