#pragma once

#include "broker/gateway/door/ServedRequest.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace keybearer::test {

// A request as the HTTP door holds it, without a door: its body comes from the test, its answer is kept.
class FakeServed final : public ServedRequest {
public:
    explicit FakeServed(boost::asio::io_context& on) : loop(on) {
        asked.method = "POST";
        asked.path = "/svc/mcp";
        asked.service = "svc";
        asked.base = "http://127.0.0.1:4180";
        asked.fields = {{"authorization", "Bearer gateway-token"},
                        {"content-type", "application/json"},
                        {"accept", "application/json, text/event-stream"}};
        asked.bodyLength = 0;
    }
    ~FakeServed() override { *alive_ = false; }

    void body(const std::string& whole) {
        asked.bodyLength = whole.size();
        piece(whole);
        endBody();
    }
    void piece(std::string bytes) {
        for (std::size_t at = 0; at < bytes.size(); at += 65536)
            pieces_.push_back(bytes.substr(at, 65536));
        give();
    }
    void endBody() {
        ended_ = true;
        give();
    }
    void breakBody() {
        broken_ = true;
        give();
    }
    void serveBy(Route& route) { answerer = route.serve(*this); }
    void drained() {
        room = true;
        if (answerer)
            answerer->onDrained();
    }
    [[nodiscard]] bool over() const { return complete || aborted; }
    [[nodiscard]] std::string field(std::string_view name) const {
        for (const auto& [key, value] : head_.fields) {
            if (key.size() == name.size() &&
                std::equal(key.begin(), key.end(), name.begin(), [](unsigned char a, unsigned char b) {
                    return std::tolower(a) == std::tolower(b);
                }))
                return value;
        }
        return {};
    }
    [[nodiscard]] int status() const { return begun ? head_.status : 0; }
    [[nodiscard]] const AnswerHead& answerHead() const { return head_; }

    [[nodiscard]] const RequestHead& head() const override { return asked; }
    void readBody(std::function<void(Result<std::string_view>)> done) override {
        wanted_ = std::move(done);
        ++reads;
        give();
    }
    void begin(AnswerHead head) override {
        begun = true;
        head_ = std::move(head);
    }
    [[nodiscard]] bool write(std::string_view bytes) override {
        written += bytes.size();
        if (text.size() < 1024 * 1024)
            text.append(bytes.substr(0, 1024 * 1024));
        return room;
    }
    void end() override {
        complete = true;
        destroyLater();
    }
    void abort() override {
        aborted = true;
        destroyLater();
    }
    void recognised() override { known = true; }

    boost::asio::io_context& loop;
    RequestHead asked;
    std::unique_ptr<Answerer> answerer;
    std::string text; // its beginning
    std::size_t written = 0;
    int reads = 0;
    bool begun = false;
    bool complete = false;
    bool aborted = false;
    bool known = false;
    bool room = true;
    std::function<void()> beforeRead; // may bring more pieces

private:
    void give() {
        if (!wanted_ || posted_)
            return;
        posted_ = true;
        boost::asio::post(loop, [this, alive = alive_] {
            if (!*alive)
                return;
            posted_ = false;
            if (wanted_ && beforeRead)
                beforeRead();
            if (!wanted_ || (pieces_.empty() && !ended_ && !broken_))
                return;
            const auto done = std::exchange(wanted_, nullptr);
            if (broken_) {
                done(failure(ErrorCode::InvalidRequest, "the body breaks a rule"));
                return;
            }
            now_.clear();
            if (!pieces_.empty()) {
                now_ = std::move(pieces_.front());
                pieces_.pop_front();
            }
            done(std::string_view(now_));
        });
    }
    void destroyLater() {
        boost::asio::post(loop, [this, alive = alive_] {
            if (*alive)
                answerer.reset();
        });
    }

    AnswerHead head_;
    std::deque<std::string> pieces_;
    std::string now_;
    bool ended_ = false;
    bool broken_ = false;
    bool posted_ = false;
    std::function<void(Result<std::string_view>)> wanted_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer::test
