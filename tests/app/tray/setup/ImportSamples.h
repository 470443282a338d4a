#pragma once

#include "app/tray/setup/ImportTool.h"

#include <QStringList>
#include <functional>
#include <gtest/gtest.h>
#include <vector>

namespace keybearer::test {

inline Json secretJson(const std::string& where, const std::string& masked, const Json& key) {
    return {{"where", where}, {"kind", "named"}, {"masked", masked}, {"key", key}};
}

inline Json serverJson(const std::string& id, const std::string& name) {
    return {
        {"id", id},
        {"name", name},
        {"kind", "local"},
        {"place", "mcpServers"},
        {"address", nullptr},
        {"command", {"npx", "-y", "some-server"}},
        {"secrets", Json::array({secretJson("env.TOKEN", "ghp_...4f", "cursor-token")})},
        {"change", {{"kind", "run"}, {"summary", "start it by keybearer run"}, {"keys", {"cursor-token"}}}},
        {"left_alone", nullptr}};
}

inline Json leftAloneJson(const std::string& id, const std::string& name, const std::string& kind,
                          const std::string& reason) {
    Json server = serverJson(id, name);
    server["change"] = nullptr;
    server["left_alone"] = {{"kind", kind}, {"reason", reason}};
    return server;
}

inline Json fileJson(const std::string& title, const Json& servers) {
    return {{"id", "f-1"},
            {"source", "cursor"},
            {"title", title},
            {"scope", "user"},
            {"path", "/home/ana/.cursor/mcp.json"},
            {"state", "found"},
            {"problem", nullptr},
            {"servers", servers},
            {"changes", 1},
            {"difference", "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new"}};
}

inline Json previewJson(const Json& files) {
    return {{"action", "preview"}, {"files", files}, {"summary", Json::object()}, {"remarks", Json::array()}};
}

inline Json appliedFileJson(const std::string& title) {
    return {{"id", "f-1"},
            {"source", "cursor"},
            {"title", title},
            {"path", "/home/ana/.cursor/mcp.json"},
            {"result", "applied"},
            {"backup", "b-20261121-200511-7c1e"},
            {"servers", {"s-1"}},
            {"keys", {"cursor-token"}},
            {"sign_in", {"https://mcp.linear.app/mcp"}},
            {"error", nullptr}};
}

inline Json failedFileJson(const std::string& name, const std::string& message, const std::string& action) {
    Json file = appliedFileJson("Cursor");
    file["result"] = "failed";
    file["backup"] = nullptr;
    file["sign_in"] = Json::array();
    file["error"] = {{"name", name}, {"message", message}, {"action", action}};
    return file;
}

inline Json outcomeJson(const std::string& action, const Json& files) {
    return {{"action", action}, {"files", files}, {"summary", Json::object()}};
}

// Stands for `keybearer`: notes what it is asked, and answers when the test says so.
class ScriptedTool {
public:
    [[nodiscard]] ImportTool::Run run() {
        return [this](const QStringList& arguments, std::function<void(const Result<Json>&)> answer) {
            calls.push_back(arguments);
            answer_ = std::move(answer);
        };
    }
    void answer(const Result<Json>& result) {
        const auto answer = std::exchange(answer_, nullptr);
        ASSERT_TRUE(answer) << "nothing was asked";
        answer(result);
    }
    [[nodiscard]] bool isWaiting() const { return answer_ != nullptr; }

    std::vector<QStringList> calls;

private:
    std::function<void(const Result<Json>&)> answer_;
};

} // namespace keybearer::test
