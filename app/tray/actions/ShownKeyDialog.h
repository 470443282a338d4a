#pragma once

#include <QDialog>

namespace keybearer {

// Shows the key of a registered client, this once, with a button that copies it. Closes only when the person
// says that it is kept. Forgets the key when it closes, and takes it off the clipboard after a while. Deletes
// itself; GUI thread.
class ShownKeyDialog final : public QDialog {
    Q_OBJECT
public:
    ShownKeyDialog(const QString& client, const QString& key, QWidget* parent = nullptr);

    void reject() override; // Escape does not lose what cannot be shown again
};

} // namespace keybearer
