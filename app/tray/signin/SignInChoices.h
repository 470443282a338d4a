#pragma once

#include "app/tray/mirror/BrokerMirror.h"
#include "app/tray/signin/SignInWish.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace keybearer {

// One thing that can be signed in to.
struct SignInChoice {
    SignInWish wish;
    QString title;
    QString note; // what is to be known of it before it is chosen
    bool ready = false;
    bool isService = false;
    QStringList scopes; // that a provider is asked for unless told otherwise
};

// What can be signed in to: the providers that are set up, the MCP servers that are known, and the providers
// that are to be set up first. Belongs to the chooser; GUI thread.
class SignInChoices final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { NoteRole = Qt::UserRole, WordsRole, ReadyRole };
    using QAbstractListModel::QAbstractListModel;

    void fill(const BrokerMirror& mirror);
    // Of service.list.
    void addServices(const Json& list);
    [[nodiscard]] const SignInChoice* at(int row) const;
    [[nodiscard]] int rowOf(const SignInWish& wish) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<SignInChoice> choices_;
};

// A row of it: drawing, name, and the note below in a quieter tone.
class SignInChoiceDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace keybearer
