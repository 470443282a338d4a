#pragma once

#include <cjose/cjose.h>

#include <memory>

namespace keybearer {

// Owners of what cjose allocates.
struct CjoseFree {
    void operator()(cjose_jwk_t* key) const noexcept { cjose_jwk_release(key); }
    void operator()(cjose_header_t* header) const noexcept { cjose_header_release(header); }
    void operator()(cjose_jws_t* jws) const noexcept { cjose_jws_release(jws); }
};
using CjoseKey = std::unique_ptr<cjose_jwk_t, CjoseFree>;
using CjoseHeader = std::unique_ptr<cjose_header_t, CjoseFree>;
using CjoseJws = std::unique_ptr<cjose_jws_t, CjoseFree>;

} // namespace keybearer
