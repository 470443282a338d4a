#pragma once

#include "app/tray/desktop/CommandLineTool.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;

namespace keybearer {

// Adds an MCP server to the configuration: one with an address, or a program of this machine whose words are
// shown exactly as they will be run. The work is that of `keybearer service add`, which leaves every other
// line of the file as it is. Deletes itself when closed. GUI thread.
class AddServiceDialog final : public QDialog {
    Q_OBJECT
public:
    AddServiceDialog(CommandLineTool::Options tool, QWidget* over);

    // The arguments of `keybearer`, as they stand in the fields now; empty: something is missing.
    [[nodiscard]] QStringList arguments() const;

Q_SIGNALS:
    // Its name.
    void added(const std::string& name);

private:
    QWidget* makeAddressFields();
    QWidget* makeProgramFields();
    void refresh();
    void add();
    void onAnswer(const Result<Json>& answer);
    [[nodiscard]] bool isProgram() const;
    [[nodiscard]] QStringList words() const;

    CommandLineTool tool_;
    QLineEdit* name_;
    QComboBox* sort_;
    QStackedWidget* fields_;
    QLineEdit* url_;
    QLineEdit* program_;
    QPlainTextEdit* parameters_;
    QLabel* preview_;
    QLabel* problem_;
    QDialogButtonBox* buttons_;
};

} // namespace keybearer
