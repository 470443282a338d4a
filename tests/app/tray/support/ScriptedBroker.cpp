#include "tests/app/tray/support/ScriptedBroker.h"

#include <QLocalSocket>

namespace keybearer::test {

ScriptedBroker::ScriptedBroker() {
    answer("hello", Json{{"server", "keybearerd"}, {"version", "0.1.0"}, {"protocol", 1}, {"role", "user"}});
    answer("events.subscribe", [](const Json& params) { return params; });
    answer("session.list", Json{{"sessions", Json::array()}});
    answer("provider.list", Json{{"providers", Json::array()}});
    answer("service.list", Json{{"services", Json::array()}});
    answer("consent.pending", Json{{"pending", Json::array()}});
    answer("consent.list", Json{{"consents", Json::array()}});
    answer("health.get", Json{{"status", "ok"}, {"store", {{"backend", "memory"}, {"state", "ready"}}}});
}

void ScriptedBroker::start() {
    QLocalServer::removeServer(path());
    server_ = std::make_unique<QLocalServer>();
    QObject::connect(server_.get(), &QLocalServer::newConnection, server_.get(), [this] {
        QLocalSocket* socket = server_->nextPendingConnection();
        ++connections_;
        sockets_.push_back(socket);
        QObject::connect(socket, &QLocalSocket::readyRead, socket, [this, socket] {
            while (socket->canReadLine())
                onLine(*socket, socket->readLine().toStdString());
        });
        QObject::connect(socket, &QLocalSocket::disconnected, server_.get(),
                         [this, socket] { std::erase(sockets_, socket); });
    });
    server_->listen(path());
}

void ScriptedBroker::stop() {
    for (QLocalSocket* socket : std::exchange(sockets_, {})) {
        socket->disconnect();
        socket->abort();
    }
    server_.reset();
}

void ScriptedBroker::onLine(QLocalSocket& socket, const std::string& line) {
    const Json request = Json::parse(line);
    const std::string method = request.at("method");
    calls_.push_back({method, request.value("params", Json::object()), request.at("id")});
    const auto found = answers_.find(method);
    if (found == answers_.end())
        return;
    Json message{{"jsonrpc", "2.0"}, {"id", request.at("id")}};
    Json result = found->second(calls_.back().params);
    if (result.is_object() && result.contains("error"))
        message["error"] = result["error"];
    else
        message["result"] = std::move(result);
    socket.write((message.dump() + '\n').c_str());
}

void ScriptedBroker::emitEvent(const std::string& topic, Json params) {
    params["topic"] = topic;
    sendRaw(Json{{"jsonrpc", "2.0"}, {"method", "event"}, {"params", std::move(params)}}.dump() + '\n');
}

void ScriptedBroker::reply(const Json& id, const Json& result) {
    sendRaw(Json{{"jsonrpc", "2.0"}, {"id", id}, {"result", result}}.dump() + '\n');
}

void ScriptedBroker::sendRaw(const std::string& bytes) {
    for (QLocalSocket* socket : sockets_)
        socket->write(bytes.data(), static_cast<qint64>(bytes.size()));
}

std::vector<Json> ScriptedBroker::called(const std::string& method) const {
    std::vector<Json> found;
    for (const Call& call : calls_) {
        if (call.method == method)
            found.push_back(call.params);
    }
    return found;
}

} // namespace keybearer::test
