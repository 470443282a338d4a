#include "broker/rpc/WipedBuffer.h"

#include <algorithm>
#include <cstring>
#include <sodium.h>

namespace keybearer {

namespace {
constexpr std::size_t leastCapacity = 512; // holds a token answer of ordinary size
}

WipedBuffer::~WipedBuffer() {
    release();
}

void WipedBuffer::release() noexcept {
    if (data_ == nullptr)
        return;
    sodium_memzero(data_, end_);
    delete[] data_;
    data_ = nullptr;
    begin_ = end_ = capacity_ = 0;
}

bool WipedBuffer::reserve(std::size_t more) {
    if (capacity_ - end_ >= more)
        return true;
    const std::size_t held = size();
    if (more > limit_ - std::min(limit_, held))
        return false;
    if (capacity_ >= held + more) {
        const std::size_t oldEnd = end_;
        std::memmove(data_, data_ + begin_, held);
        begin_ = 0;
        end_ = held;
        sodium_memzero(data_ + held, oldEnd - held);
        return true;
    }
    const std::size_t capacity = std::min(limit_, std::max({leastCapacity, held + more, 2 * capacity_}));
    char* grown = new char[capacity];
    if (held > 0)
        std::memcpy(grown, data_ + begin_, held);
    release();
    data_ = grown;
    end_ = held;
    capacity_ = capacity;
    return true;
}

bool WipedBuffer::append(std::string_view bytes) {
    if (!reserve(bytes.size()))
        return false;
    put(bytes);
    return true;
}

void WipedBuffer::put(std::string_view bytes) noexcept {
    if (bytes.empty())
        return;
    std::memcpy(data_ + end_, bytes.data(), bytes.size());
    end_ += bytes.size();
}

void WipedBuffer::consume(std::size_t bytes) noexcept {
    begin_ += bytes;
    if (begin_ == end_)
        clear();
}

void WipedBuffer::clear(std::size_t kept) noexcept {
    if (capacity_ > kept) {
        release();
        return;
    }
    if (data_ != nullptr)
        sodium_memzero(data_, end_);
    begin_ = end_ = 0;
}

} // namespace keybearer
