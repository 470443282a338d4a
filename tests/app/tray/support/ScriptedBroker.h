#pragma once

#include "broker/base/Json.h"

#include <QLocalServer>
#include <QTemporaryDir>
#include <functional>
#include <map>
#include <string>
#include <vector>

class QLocalSocket;

namespace keybearer::test {

// A broker in the test's own thread that answers as it was told. Methods without an answer of their own stay
// unanswered.
class ScriptedBroker {
public:
    using Answer = std::function<Json(const Json& params)>; // the result, or {"error": {...}}
    struct Call {
        std::string method;
        Json params;
        Json id;
    };

    ScriptedBroker();
    ~ScriptedBroker() { stop(); }
    ScriptedBroker(const ScriptedBroker&) = delete;
    ScriptedBroker& operator=(const ScriptedBroker&) = delete;

    void start();
    void stop(); // closes every connection; the path stays free for start()
    [[nodiscard]] QString path() const { return directory_.filePath(QStringLiteral("broker.sock")); }

    void answer(const std::string& method, Answer answer) { answers_[method] = std::move(answer); }
    void answer(const std::string& method, Json result) {
        answers_[method] = [result = std::move(result)](const Json&) { return result; };
    }
    void ignore(const std::string& method) { answers_.erase(method); }
    void emitEvent(const std::string& topic, Json params);
    void reply(const Json& id, const Json& result);
    void sendRaw(const std::string& bytes);

    [[nodiscard]] const std::vector<Call>& calls() const { return calls_; }
    [[nodiscard]] std::vector<Json> called(const std::string& method) const;
    [[nodiscard]] int connections() const { return connections_; }

private:
    void onLine(QLocalSocket& socket, const std::string& line);

    QTemporaryDir directory_;
    std::unique_ptr<QLocalServer> server_;
    std::vector<QLocalSocket*> sockets_;
    std::map<std::string, Answer> answers_;
    std::vector<Call> calls_;
    int connections_ = 0;
};

} // namespace keybearer::test
