#include "app/tray/setup/ImportTool.h"

#include <QObject>
#include <QPointer>

namespace keybearer {

namespace {

template <class Value>
std::function<void(const Result<Json>&)> reading(QObject* context, Result<Value> (*read)(const Json&),
                                                 ImportTool::Answer<Value> answer) {
    return [context = QPointer(context), read, answer = std::move(answer)](const Result<Json>& result) {
        if (context == nullptr)
            return;
        answer(result ? read(*result) : tl::unexpected(result.error()));
    };
}

} // namespace

void ImportTool::preview(QObject* context, Answer<ImportPreview> answer) {
    run_({QStringLiteral("import")}, reading(context, readPreview, std::move(answer)));
}

void ImportTool::apply(const std::vector<std::string>& servers, QObject* context,
                       Answer<ImportOutcome> answer) {
    QStringList arguments{QStringLiteral("import"), QStringLiteral("--apply")};
    for (const std::string& id : servers)
        arguments << QStringLiteral("--only") << QString::fromStdString(id);
    run_(arguments, reading(context, readApplied, std::move(answer)));
}

void ImportTool::undo(const std::vector<std::string>& backups, QObject* context,
                      Answer<ImportOutcome> answer) {
    QStringList arguments{QStringLiteral("import"), QStringLiteral("--undo")};
    for (const std::string& id : backups)
        arguments << QString::fromStdString(id);
    run_(arguments, reading(context, readUndone, std::move(answer)));
}

} // namespace keybearer
