// Arbitrary bytes as what a broker sends to a program that uses the C library, over a connection that was
// handed over.
#include "clients/c/keybearer.h"
extern "C" {
#include "clients/c/json.h"
}

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t socketBuffer = 65536; // what a socket takes without anybody reading
    const char* text = reinterpret_cast<const char*>(data);
    kb_json object;
    kb_json value;
    if (kb_json_object(text, size, &object) && kb_json_member(object, "a", &value)) {
        long long number = 0;
        kb_json_integer(value, &number);
        std::free(kb_json_text(value));
    }
    int ends[2] = {-1, -1};
    if (size > socketBuffer || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return 0;
    [[maybe_unused]] const ssize_t sent = ::send(ends[1], data, size, MSG_NOSIGNAL);
    ::shutdown(ends[1], SHUT_WR);
    ::setenv("KEYBEARER_FD", std::to_string(ends[0]).c_str(), 1);
    kb_error error;
    if (kb_client* client = kb_open(nullptr, &error)) {
        kb_request request{};
        request.provider = "demo";
        request.timeout = 1;
        kb_token token;
        kb_get_token(client, &request, &token, &error);
        kb_token_free(&token);
        kb_close(client);
    }
    ::close(ends[0]);
    ::close(ends[1]);
    return 0;
}
