#include "broker/gateway/door/AuthorizationFront.h"

#include "broker/base/Secret.h"
#include "broker/gateway/door/Answers.h"
#include "broker/gateway/door/AuthorizationReply.h"
#include "broker/gateway/door/AuthorizationWords.h"

namespace keybearer {

namespace {

constexpr std::chrono::seconds patience{40}; // `wait` takes up to twenty, a store that opens a little more
constexpr std::size_t longestBody = std::size_t{64} << 10;
// Questions that the broker has not answered: more than pages that wait for a person, and a quarter of what
// it takes for a gateway gone mad. A client that goes away does not take its question back.
constexpr std::size_t mostAsked = 1024;

// One request on its way to the broker and back.
class Asking : public Answerer {
public:
    Asking(CorePort& core, ServedRequest& request, std::shared_ptr<std::size_t> asked)
        : core_(core), request_(request), asked_(std::move(asked)) {
        const std::string& path = request.head().path;
        endpoint_ = path.substr(path.rfind('/') + 1);
        person_ = endpoint_ == "authorize" || endpoint_ == "wait";
    }
    ~Asking() override {
        *alive_ = false;
        wipe(body_);
    }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;

    void start() {
        if (request_.head().method == "POST")
            read();
        else
            ask();
    }

private:
    void read() {
        request_.readBody([this](Result<std::string_view> piece) {
            if (!piece || body_.size() + piece->size() > longestBody)
                return; // the door says so
            if (piece->empty())
                return ask();
            body_.append(*piece);
            read();
        });
    }

    void ask() {
        Result<Json> words = authorizationWords(request_.head(), endpoint_, body_);
        wipe(body_);
        if (!words) {
            replyRefused(request_, person_, 400, "invalid_request", words.error().message);
            return;
        }
        if (*asked_ >= mostAsked)
            return replyRefused(request_, person_, 503, "temporarily_unavailable",
                                "too much is asked of the broker at once");
        ++*asked_;
        core_.request("as.request", std::move(*words), patience,
                      [this, alive = alive_, asked = asked_](Result<Json> answer) {
                          --*asked;
                          if (*alive && answer)
                              reply(request_, *answer);
                          else if (*alive)
                              replyRefused(request_, person_, 503, "temporarily_unavailable",
                                           answer.error().message);
                          if (answer)
                              wipeJson(*answer); // whoever it was for
                      });
    }

    CorePort& core_;
    ServedRequest& request_;
    std::string endpoint_;
    bool person_ = false; // a browser shows the answer
    std::string body_;
    std::shared_ptr<std::size_t> asked_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace

std::unique_ptr<Answerer> AuthorizationFront::serve(ServedRequest& request) {
    const std::string& issuer = request.head().service;
    if (terms_.service(issuer) == nullptr && terms_.issuerKeys(issuer) == nullptr) {
        answerRefusal(request, {404, "not_found", "there is no service of that name"});
        return nullptr;
    }
    auto asking = std::make_unique<Asking>(core_, request, asked_);
    asking->start();
    return asking;
}

} // namespace keybearer
