#include "broker/http/ProxyExceptions.h"

#include <cstddef>
#include <cstdint>

// One entry of NO_PROXY, held against addresses of each kind.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const QUrl name(QStringLiteral("https://login.example.com:8443/"));
    static const QUrl four(QStringLiteral("https://10.1.2.3/"));
    static const QUrl six(QStringLiteral("https://[fd00::1]/"));
    const keybearer::ProxyExceptions entry({std::string(reinterpret_cast<const char*>(data), size)});
    for (const QUrl* url : {&name, &four, &six})
        static_cast<void>(entry.covers(*url));
    return 0;
}
