#include "broker/stores/redis/RedisScripts.h"

// redis.pcall and not redis.call where an operator's doing (another type, no memory, no permission) can fail
// it: so the server's own error comes back as it is, in every version. Numbers over 10^14 are written with
// %.0f, because Lua would round them.
namespace keybearer::redis_scripts {

const std::string probe = "return redis.call('EXISTS', KEYS[1], KEYS[2])";

const std::string get = R"lua(
local size = redis.pcall('HSTRLEN', KEYS[1], 's')
if type(size) == 'table' then return size end
if size > tonumber(ARGV[1]) then return redis.error_reply('KEYBEARERTOOLONG') end
if redis.call('HSTRLEN', KEYS[1], 'r') > 20 then return redis.error_reply('KEYBEARERNOTOURS') end
local record = redis.call('HMGET', KEYS[1], 'r', 's')
if record[1] and record[2] then return record end
if redis.call('EXISTS', KEYS[1]) == 1 then return redis.error_reply('KEYBEARERNOTOURS') end
return {}
)lua";

const std::string put = R"lua(
local have = redis.pcall('HGET', KEYS[1], 'r')
if type(have) == 'table' then return have end
if not have then
    if redis.call('EXISTS', KEYS[1]) == 1 then return redis.error_reply('KEYBEARERNOTOURS') end
    have = '0'
end
if have ~= ARGV[1] then
    if have == ARGV[2] and redis.call('HGET', KEYS[1], 's') == ARGV[3] then return {1, 1} end
    return {0, have}
end
if ARGV[4] ~= '0' then
    local fence = redis.pcall('HGET', KEYS[2], 'f')
    if type(fence) == 'table' then return fence end
    if fence and (tonumber(fence) or 0) > tonumber(ARGV[4]) then return {0, have} end
end
local done = redis.pcall('HSET', KEYS[1], 'r', ARGV[2], 's', ARGV[3])
if type(done) == 'table' then return done end
if ARGV[5] ~= '0' then
    redis.call('PEXPIRE', KEYS[1], ARGV[5])
else
    redis.call('PERSIST', KEYS[1])
end
local told = redis.pcall('PUBLISH', ARGV[6], ARGV[2] .. ' ' .. ARGV[7])
return {1, type(told) == 'table' and 0 or 1}
)lua";

const std::string erase = R"lua(
local have = redis.pcall('HGET', KEYS[1], 'r')
if type(have) == 'table' then return have end
if not have then
    if redis.call('EXISTS', KEYS[1]) == 1 then return redis.error_reply('KEYBEARERNOTOURS') end
    return {1, 1}
end
if have ~= ARGV[1] then return {0, have} end
local done = redis.pcall('DEL', KEYS[1])
if type(done) == 'table' then return done end
local told = redis.pcall('PUBLISH', ARGV[2], '0 ' .. ARGV[3])
return {1, type(told) == 'table' and 0 or 1}
)lua";

const std::string list = R"lua(
local page = redis.pcall('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
if page.err then return page end
local answer = {page[1]}
for _, key in ipairs(page[2]) do
    local size = redis.pcall('HSTRLEN', key, 'r')
    local revision = ''
    if type(size) ~= 'table' and size > 0 and size <= 20 then revision = redis.call('HGET', key, 'r') end
    answer[#answer + 1] = key
    answer[#answer + 1] = revision
end
return answer
)lua";

// The fence is the server's time in microseconds, or one more than the last: so it goes up even where a
// failover or a flush has lost the last one. A time far ahead is no lease of ours (the clock was set back).
const std::string lease = R"lua(
local time = redis.call('TIME')
local micros = tonumber(time[1]) * 1000000 + tonumber(time[2])
local now = math.floor(micros / 1000)
local held = redis.pcall('HMGET', KEYS[2], 'o', 'u', 'f', 'a')
if held.err then return held end
local revision = redis.pcall('HGET', KEYS[1], 'r')
if type(revision) == 'table' then return revision end
local owner = held[1] or ''
local ends = tonumber(held[2] or '0') or 0
local fence = tonumber(held[3] or '0') or 0
local abandoned = held[4] or '0'
if fence >= 9e15 then return redis.error_reply('KEYBEARERNOTOURS') end
if owner ~= '' and ends > now and ends - now <= 3600000 then
    if owner ~= ARGV[1] then return {0, ends - now} end
else
    abandoned = owner ~= '' and '1' or '0'
    fence = math.max(fence + 1, micros)
end
local done = redis.pcall('HSET', KEYS[2], 'o', ARGV[1], 'u', string.format('%.0f', now + tonumber(ARGV[2])),
                         'f', string.format('%.0f', fence), 'a', abandoned, 'r', revision or '0')
if type(done) == 'table' then return done end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return {1, string.format('%.0f', fence), revision or '0', abandoned}
)lua";

// Whoever waits learns of a lease that ended without a write, so as not to wait for its time to be over.
const std::string giveBack = R"lua(
local held = redis.pcall('HMGET', KEYS[2], 'o', 'f', 'r')
if held.err then return held end
if held[1] ~= ARGV[1] or held[2] ~= ARGV[2] then return 0 end
local done = redis.pcall('HSET', KEYS[2], 'o', '', 'u', '0')
if type(done) == 'table' then return done end
local revision = redis.pcall('HGET', KEYS[1], 'r')
if type(revision) ~= 'table' and (revision or '0') == held[3] then
    redis.pcall('PUBLISH', ARGV[3], held[3] .. ' ' .. ARGV[4])
end
return 1
)lua";

} // namespace keybearer::redis_scripts
