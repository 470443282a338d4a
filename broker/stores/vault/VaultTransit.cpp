#include "broker/stores/vault/VaultTransit.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/stores/vault/VaultFault.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t longestCiphertext = 4096;
constexpr std::string_view beginning = "vault:v";

Error notOfTransit(const std::string& what) {
    return {ErrorCode::ParseError, "The transit engine answered with " + what,
            "Look at store.vault.transit_mount and store.vault.transit_key in config.yaml."};
}

// Between the alphabets of RFC 4648 sections 4 and 5.
std::string toPlainBase64(std::string text) {
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}
std::string toBase64Url(std::string text) {
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    while (!text.empty() && text.back() == '=')
        text.pop_back();
    return text;
}

std::optional<std::string> textOf(const VaultAnswer& answer, const char* member) {
    return answer.body.is_object() && answer.body.contains("data") ? stringAt(answer.body.at("data"), member)
                                                                   : std::nullopt;
}

} // namespace

Result<std::string> ciphertextOf(const VaultAnswer& answer) {
    std::optional<std::string> text = textOf(answer, "ciphertext");
    if (!text || text->size() > longestCiphertext || text->compare(0, beginning.size(), beginning) != 0 ||
        !isVisibleAscii(*text) || text->find(' ') != std::string::npos)
        return failure(notOfTransit("no ciphertext"));
    return std::move(*text);
}

Result<std::string> plaintextOf(VaultAnswer answer) {
    std::optional<std::string> text = textOf(answer, "plaintext");
    wipeJson(answer.body);
    if (!text || text->size() > longestCiphertext)
        return failure(notOfTransit("no plaintext"));
    std::string encoded = toBase64Url(std::move(*text));
    std::string bytes = fromBase64Url(encoded);
    const bool garbled = bytes.empty() && !encoded.empty();
    wipe(encoded);
    if (garbled)
        return failure(notOfTransit("a plaintext that is no base64"));
    return bytes;
}

void VaultTransit::ask(const char* what, const char* member, std::string value,
                       Completion<VaultAnswer> done) {
    const VaultConfig& config = session_.config();
    VaultCall call;
    call.method = HttpRequest::Method::Post;
    call.path = config.transitMount + "/" + what + "/" + config.transitKey;
    call.body = Json{{member, std::move(value)}};
    call.capability = "update";
    const QPointer<VaultTransit> here(this);
    session_.send(std::move(call), [here, done = std::move(done)](Result<VaultAnswer> answer) {
        if (!here)
            return;
        if (answer && answer->status != 200)
            return done(failure(notOfTransit("a refusal: " + join(answer->errors, "; "))));
        done(std::move(answer));
    });
}

void VaultTransit::wrap(std::string bytes, Completion<std::string> done) {
    ask("encrypt", "plaintext", toPlainBase64(base64Url(bytes)),
        [done = std::move(done)](const Result<VaultAnswer>& answer) {
            done(answer ? ciphertextOf(*answer) : failure(answer.error()));
        });
    wipe(bytes);
}

void VaultTransit::unwrap(std::string wrapped, Completion<std::string> done) {
    ask("decrypt", "ciphertext", std::move(wrapped), [done = std::move(done)](Result<VaultAnswer> answer) {
        done(answer ? plaintextOf(std::move(*answer)) : failure(answer.error()));
    });
}

std::string VaultTransit::name() const {
    return session_.config().transitMount + "/" + session_.config().transitKey;
}

} // namespace keybearer
