#pragma once

#include "broker/http/DocumentRequest.h"
#include "broker/oauth/Flows.h"
#include "broker/oauth/ProtectedResource.h"

namespace keybearer {

// Finds the metadata of an MCP server (RFC 9728, MCP authorization server discovery): where the server's
// challenge says, else put in before its path, else at its root; the first that is there is the one, and none
// after it is asked. Completes with nothing when the server has no metadata at all: one of the revision of
// 2025-03-26, whose origin is its authorization server.
//
// Failures: ProviderError (a document that is there and refused: nothing else is tried, T-25),
// ProviderUnavailable (an address did not answer, and none that did had the document).
class ResourceDiscovery final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    using Found = std::optional<ProtectedResource>;

    // `server` is canonical; `challenged` is resource_metadata of its challenge, or empty. An address there
    // that may not be asked is as good as none.
    ResourceDiscovery(HttpTransport& transport, std::string server, const std::string& challenged,
                      Completion<Found> done);
    Q_DISABLE_COPY_MOVE(ResourceDiscovery)

    void start(); // once

private:
    void askNext();
    void onResponse(const Result<HttpResponse>& response);
    void goOn();
    void finish(Result<Found> result);

    HttpTransport& transport_;
    std::string server_;
    Completion<Found> done_;
    std::vector<QUrl> left_; // to ask, in order
    bool publicOnly_ = false;
    std::optional<Error> noAnswer_;
    std::unique_ptr<DocumentRequest> request_;
};

} // namespace keybearer
