#pragma once

#include "app/tray/mirror/Records.h"

#include <QListWidget>

namespace keybearer {

// What to ask a provider for: each scope in words, those that are usual ticked. GUI thread.
class ScopeList final : public QListWidget {
    Q_OBJECT
public:
    explicit ScopeList(QWidget* parent = nullptr);

    // `described`: scopes_help of provider.show.
    void fill(const QStringList& usual, const Json& described);
    // Empty: exactly the usual ones.
    [[nodiscard]] std::vector<std::string> chosen() const;

private:
    void add(const QString& scope, const QString& meaning, bool ticked);
    QStringList usual_;
};

} // namespace keybearer
