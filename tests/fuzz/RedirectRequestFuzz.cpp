#include "broker/oauth/AuthorizationAnswer.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/RedirectRequest.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

// What any page of the machine may send to the redirect address, through to the judgement: without the state
// nothing is ever ours.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view head(reinterpret_cast<const char*>(data), size);
    const std::optional<RedirectRequest> request = parseRedirectRequest(head);
    if (!request)
        return 0;
    if (request->path.empty() || request->path.front() != '/' || request->path.find('?') != std::string::npos)
        std::abort();
    const auto parameters = decodeForm(request->query);
    if (!parameters)
        return 0;
    AuthorizationExpectation expected;
    expected.state = Secret::copyOf("7pQn3vXy0aRkT5uWc8Zb1dEf6gHj9lMo2sIxVtPqKwY");
    if (judgeAnswer(*parameters, expected).kind != AuthorizationAnswer::Kind::NotOurs)
        std::abort();
    return 0;
}
