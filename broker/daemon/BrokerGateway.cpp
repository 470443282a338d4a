#include "broker/base/Text.h"
#include "broker/daemon/Broker.h"

#include <QHostAddress>

// The part of Broker that looks after the gateway: where it lies, what it needs to reach the network, and
// which server a word means.
namespace keybearer {

namespace {

Json networkFor(const Config& config) {
    Json network = Json::object();
    if (config.network.proxy != nullptr)
        network["proxy"] = std::string(config.network.proxy->open().reveal());
    if (config.network.noProxy)
        network["no_proxy"] = join(*config.network.noProxy, ",");
    if (!config.network.caFile.empty())
        network["ca_file"] = config.network.caFile.string();
    return network;
}

bool isLoopback(const QUrl& url) {
    return url.host() == QStringLiteral("localhost") || QHostAddress(url.host()).isLoopback();
}

Result<McpTarget> targetFromUrl(const std::string& text) {
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    const bool web = url.scheme() == QStringLiteral("https") ||
                     (url.scheme() == QStringLiteral("http") && isLoopback(url));
    if (!url.isValid() || !web || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasFragment())
        return failure(ErrorCode::InvalidParams, "this is no address of an MCP server: " + displaySafe(text),
                       "Give its https address; http is for servers on this machine only.");
    McpTarget target;
    target.url = text;
    target.name = url.host(QUrl::FullyEncoded).toStdString();
    return target;
}

} // namespace

Gatekeeper::Setup Broker::gatekeeperSetup(const Places& places, const Config& config) {
    Gatekeeper::Setup setup;
    setup.process.program = programDirectory() / "keybearer-gateway";
    setup.process.socket = places.runtime / "mcp.sock";
    setup.desk = {config.signInWait, networkFor(config)};
    setup.record = [this](const AuditEvent& event) { record(event); };
    setup.find = [services = config.services](const std::string& word) -> Result<McpTarget> {
        std::vector<std::string> names;
        for (const ServiceConfig& service : services) {
            if (service.name == word && !service.url.empty())
                return McpTarget{service.name, service.url, service.account, service.provider,
                                 service.timeout};
            names.push_back(service.name);
        }
        if (word.find("://") != std::string::npos)
            return targetFromUrl(word);
        Error unknown(ErrorCode::NotFound, "there is no service " + displaySafe(word, 64),
                      "Name a service of config.yaml that has a url, or give the server's address.");
        if (const std::string meant = nearest(word, names); !meant.empty())
            unknown.details.emplace_back("did_you_mean", meant);
        return failure(std::move(unknown));
    };
    return setup;
}

} // namespace keybearer
