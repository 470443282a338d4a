#include "app/tray/desktop/NoticeGate.h"

namespace keybearer {

namespace {
constexpr qint64 repeatSeconds = 600; // the same words again within this are no news
constexpr std::size_t mostRemembered = 256;
} // namespace

bool NoticeGate::admits(const Notice& notice) {
    if (!settings_.notifiesOf(notice.topic))
        return false;
    const QDateTime now = now_();
    const QuietHours quiet = settings_.quietHours();
    const bool awaited = notice.topic == Notice::Topic::Request && quiet.requestsBreakThrough;
    if (quiet.contains(now.toLocalTime().time()) && !awaited)
        return false;
    const QString words = notice.title + u'\n' + notice.text;
    const std::string key = notice.reason.empty() ? words.toStdString() : notice.reason;
    const auto before = last_.find(key);
    if (before != last_.end() && before->second.words == words &&
        before->second.at.secsTo(now) < repeatSeconds && before->second.at <= now)
        return false;
    dropOld(now);
    last_[key] = {words, now};
    return true;
}

void NoticeGate::dropOld(const QDateTime& now) {
    if (last_.size() < mostRemembered)
        return;
    std::erase_if(last_, [&](const auto& entry) { return entry.second.at.secsTo(now) >= repeatSeconds; });
    if (last_.size() >= mostRemembered)
        last_.clear();
}

} // namespace keybearer
