#include "app/tray/services/ClientSettings.h"

#include <QCoreApplication>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace keybearer {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ClientSettings)
};

// For a POSIX shell: in quotation marks unless every letter is harmless.
QString quoted(const QString& word) {
    const bool harmless = !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || QStringLiteral("-_./:@%+=,").contains(c);
    });
    return harmless ? word : u'\'' + QString(word).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

// The members keep their order, so that the text looks like the clients' own examples.
using Ordered = nlohmann::ordered_json;

Ordered entryFor(McpClient client, McpWay way, const McpTarget& target) {
    const bool typed = client == McpClient::VsCode;
    Ordered entry = Ordered::object();
    if (typed)
        entry["type"] = way == McpWay::Address ? "http" : "stdio";
    if (way == McpWay::Address) {
        entry["url"] = target.address.toStdString();
        return entry;
    }
    entry["command"] = target.program.toStdString();
    entry["args"] = Ordered::array({"mcp", target.service});
    return entry;
}

QString commandFor(McpWay way, const McpTarget& target) {
    const QString name = quoted(QString::fromStdString(target.service));
    if (way == McpWay::Address)
        return QStringLiteral("claude mcp add --transport http ") + name + u' ' + quoted(target.address);
    return QStringLiteral("claude mcp add ") + name + QStringLiteral(" -- ") + quoted(target.program) +
           QStringLiteral(" mcp ") + name;
}

} // namespace

const std::vector<McpClient>& mcpClients() {
    static const std::vector<McpClient> all{McpClient::ClaudeDesktop, McpClient::ClaudeCode,
                                            McpClient::VsCode, McpClient::Cursor};
    return all;
}

QString clientName(McpClient client) {
    switch (client) {
    case McpClient::ClaudeDesktop:
        return QStringLiteral("Claude Desktop");
    case McpClient::ClaudeCode:
        return QStringLiteral("Claude Code");
    case McpClient::VsCode:
        return QStringLiteral("VS Code");
    case McpClient::Cursor:
        return QStringLiteral("Cursor");
    }
    return {};
}

bool takes(McpClient client, McpWay way) {
    return way == McpWay::Program || client != McpClient::ClaudeDesktop;
}

QString placeOf(McpClient client) {
    switch (client) {
    case McpClient::ClaudeDesktop:
        return Words::tr("Belongs into claude_desktop_config.json. Start Claude Desktop again afterwards.");
    case McpClient::ClaudeCode:
        return Words::tr("Run this in a terminal.");
    case McpClient::VsCode:
        return Words::tr("Belongs into .vscode/mcp.json of a project, or into mcp.json of your profile.");
    case McpClient::Cursor:
        return Words::tr("Belongs into .cursor/mcp.json of your home or of a project.");
    }
    return {};
}

QString settingsFor(McpClient client, McpWay way, const McpTarget& target) {
    if (client == McpClient::ClaudeCode)
        return commandFor(way, target);
    Ordered settings = Ordered::object();
    settings[client == McpClient::VsCode ? "servers" : "mcpServers"][target.service] =
        entryFor(client, way, target);
    return QString::fromStdString(settings.dump(2, ' ', false, Ordered::error_handler_t::replace));
}

} // namespace keybearer
