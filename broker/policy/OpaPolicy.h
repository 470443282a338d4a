#pragma once

#include "broker/access/PolicyDecision.h"
#include "broker/http/HttpTransport.h"

#include <QObject>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace keybearer {

// PolicyDecision by the REST data API of Open Policy Agent (T-48): one POST a question to one configured
// address, no redirect, 64 KiB at most, a deadline, and nothing but a boolean is believed. Whatever else
// happens is PolicyUnavailable, so a server that is down, slow or wrong refuses. The same question is asked
// once and remembered briefly; a failure never is.
class OpaPolicy final : public QObject, public PolicyDecision {
    Q_OBJECT
public:
    struct Setup {
        std::string url;
        std::chrono::milliseconds deadline{500};
        std::chrono::seconds cache{5};
    };
    // The address was checked with the configuration: https, or http on this machine.
    OpaPolicy(Setup setup, HttpTransport& http, const Clock& clock);
    ~OpaPolicy() override;

    // Another server, deadline or memory from now on; what was remembered is forgotten. A question that is on
    // its way is still answered by the server that it went to, and that answer is not remembered.
    void configure(Setup setup);

    void decide(const PolicyQuestion& question, Completion<PolicyVerdict> done) override;

private:
    struct Asking {
        std::unique_ptr<HttpExchange> exchange;
        std::vector<Completion<PolicyVerdict>> waiters;
        std::string question;
        std::uint64_t generation = 0; // of the setup that it was sent with
    };
    void send(const std::string& key, const std::string& question);
    void onAnswer(const std::string& key, const Result<HttpResponse>& response);
    void remember(const std::string& question, const PolicyVerdict& verdict);
    void finish(const Completion<PolicyVerdict>& done, const Result<PolicyVerdict>& verdict);

    Setup setup_;
    HttpTransport& http_;
    const Clock& clock_;
    std::uint64_t generation_ = 0;                         // of the setup
    std::unordered_map<std::string, Asking> asking_;       // by generation and text of the question
    std::unordered_map<std::string, PolicyVerdict> known_; // by the text of the question
};

} // namespace keybearer
