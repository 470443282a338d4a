#include "broker/authserver/ClientAdmission.h"

#include "broker/authserver/ClientMetadata.h"
#include "broker/authserver/RedirectUri.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

std::vector<std::string> remarksOn(const LocalClient& client) {
    const auto isLocal = [](const std::string& uri) { return loopbackAddress(uri).has_value(); };
    if (client.kind != LocalClient::Kind::Document ||
        !std::all_of(client.redirectUris.begin(), client.redirectUris.end(), isLocal))
        return {};
    return {"its answers go to this computer alone, so every program here can pretend to be it"};
}

} // namespace

AsAnswer ClientAdmission::registerClient(const AsRequest& request) {
    if (request.method != "POST")
        return errorDocument(405, "invalid_request", "registration takes POST");
    Result<LocalClient> read = readClientMetadata(request.document);
    if (!read) {
        const ErrorDetail* word = read.error().detail("error");
        return errorDocument(
            400, word == nullptr ? "invalid_client_metadata" : std::get<std::string>(*word).c_str(),
            read.error().message);
    }
    const Result<LocalClients::Registered> added = rooms_.clients.add(std::move(*read), request.service);
    if (!added) {
        const bool wait = added.error().code == ErrorCode::RateLimited;
        AsAnswer answer = errorDocument(wait ? 429 : 503, "temporarily_unavailable", added.error().message);
        answer.fields.emplace_back(
            "Retry-After",
            std::to_string(added.error().retryAfter.value_or(std::chrono::seconds(10)).count()));
        return answer;
    }
    ++registrations_;
    rooms_.audit.ofClient("local_client.registered", added->client.id, request.service, "",
                          displaySafe(join(added->client.redirectUris, " "), 512));
    AsAnswer answer;
    answer.status = 201;
    answer.fields = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}};
    answer.body = clientInformation(added->client);
    if (!added->secret.empty()) {
        answer.body["client_secret"] = added->secret.reveal();
        answer.body["client_secret_expires_at"] = 0;
    }
    return answer;
}

void ClientAdmission::authorize(const AsRequest& request, const LocalService& service,
                                const Completion<AsAnswer>& done) {
    const std::string id = request.param("client_id");
    if (!documentsToo_ || !DocumentClients::isDocumentId(id))
        return authorizeKnown(request, service, done);
    rooms_.documents.resolve(id, [this, request, service, done](const Result<void>& known) {
        if (!known)
            return done(errorPage("This client cannot be recognised", known.error().message + "."));
        authorizeKnown(request, service, done);
    });
}

void ClientAdmission::authorizeKnown(const AsRequest& request, const LocalService& service,
                                     const Completion<AsAnswer>& done) {
    const LocalClient* client = rooms_.clients.find(request.param("client_id"), request.service);
    if (client == nullptr || (client->kind == LocalClient::Kind::Document && !documentsToo_))
        return done(errorPage("This client is not known here",
                              "The program has to register with this gateway again. Remove the connection in "
                              "the program and add it anew."));
    const std::string redirect = request.param("redirect_uri");
    const bool registered =
        std::any_of(client->redirectUris.begin(), client->redirectUris.end(),
                    [&](const std::string& one) { return matchesRedirect(one, redirect); });
    if (!registered)
        return done(
            errorPage("The answer would go somewhere else",
                      "The address for the answer is not one that this program registered. Nothing was "
                      "sent there."));
    rooms_.desk.begin(request, *client, service, remarksOn(*client), done);
}

} // namespace keybearer
