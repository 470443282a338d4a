#pragma once

#include "app/tray/setup/ImportReport.h"

#include <functional>

class QObject;

namespace keybearer {

// Runs `keybearer import` and reads its answers. Every answer is called once, on the GUI thread, unless
// `context` is gone by then. One run at a time. Owned by the wizard or by FirstStart; GUI thread.
class ImportTool final {
public:
    // As CommandLineTool::run(); the program adds --json itself.
    using Run = std::function<void(const QStringList& arguments, std::function<void(const Result<Json>&)>)>;
    template <class Value>
    using Answer = std::function<void(const Result<Value>&)>;

    explicit ImportTool(Run run) : run_(std::move(run)) {}

    void preview(QObject* context, Answer<ImportPreview> answer);
    // The servers by their ids.
    void apply(const std::vector<std::string>& servers, QObject* context, Answer<ImportOutcome> answer);
    // The backups by their ids.
    void undo(const std::vector<std::string>& backups, QObject* context, Answer<ImportOutcome> answer);

private:
    Run run_;
};

} // namespace keybearer
