#include "app/tray/signin/SignInChooser.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Labels.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"
#include "app/tray/signin/Addresses.h"
#include "broker/protocol/Methods.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QToolButton>

namespace keybearer {

namespace {

constexpr int widthCharacters = 62;
constexpr int noteCharacters = 52; // beside the margins
constexpr int shownRows = 7;
constexpr int fewestRows = 4; // with the details open, on a small screen
constexpr int longestAddress = 2048;
constexpr int longestAccount = 320; // an e-mail address

int rowHeight(const QWidget& widget) {
    return 2 * widget.fontMetrics().height() + 2 * spacing::small;
}

// Every word somewhere in the row.
class WordFilter final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString& text) {
        words_ = text.simplified().split(u' ', Qt::SkipEmptyParts);
        invalidateFilter();
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        const QString text = sourceModel()->index(row, 0, parent).data(SignInChoices::WordsRole).toString();
        return std::all_of(words_.begin(), words_.end(),
                           [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
    }

private:
    QStringList words_;
};

} // namespace

SignInChooser::SignInChooser(BrokerClient& client, BrokerMirror& mirror, QWidget* parent)
    : QDialog(parent), client_(client), mirror_(mirror), found_(new WordFilter(this)), search_(new QLineEdit),
      list_(new QListView), nothing_(quietLabel({}, "nothing")), address_(new QLineEdit),
      addressNote_(new ToneLabel(Tone::Quiet)), more_(new QToolButton), account_(new QLineEdit),
      scopes_(new ScopeList), go_(new QPushButton(tr("Sign in"))) {
    setWindowTitle(tr("Sign in"));
    setWindowIcon(applicationIcon());
    found_->setSourceModel(&choices_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
    layout->setSpacing(spacing::medium);
    layout->addWidget(headingLabel(tr("Where do you want to sign in?"), "heading"));
    layout->addLayout(makeList(), 1);
    layout->addWidget(makeDetails());
    layout->addWidget(makeAddress());
    layout->addLayout(makeButtons());
    setMinimumWidth(fontMetrics().averageCharWidth() * widthCharacters);
    connect(&mirror_, &BrokerMirror::changed, this, &SignInChooser::fill);
    fill();
    loadServices();
    showDetails(false);
    resize(minimumSizeHint() + QSize(0, rowHeight(*this) * (shownRows - fewestRows)));
    search_->setFocus();
}

SignInChooser::~SignInChooser() = default;

QLayout* SignInChooser::makeList() {
    search_->setObjectName(QStringLiteral("search"));
    search_->setPlaceholderText(tr("Search"));
    search_->setAccessibleName(tr("Search for a provider or an MCP server"));
    search_->setClearButtonEnabled(true);
    search_->addAction(symbol(Symbol::Search), QLineEdit::LeadingPosition);
    search_->installEventFilter(this);
    list_->setObjectName(QStringLiteral("choices"));
    list_->setAccessibleName(tr("Providers and MCP servers"));
    list_->setModel(found_);
    list_->setItemDelegate(new SignInChoiceDelegate(list_));
    list_->setUniformItemSizes(true);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setMinimumHeight(rowHeight(*this) * fewestRows);
    auto* column = new QVBoxLayout;
    column->setSpacing(spacing::small);
    column->addWidget(search_);
    column->addWidget(list_, 1);
    column->addWidget(nothing_);
    connect(search_, &QLineEdit::textChanged, this, &SignInChooser::onSearch);
    connect(list_, &QListView::activated, this, &SignInChooser::go);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &SignInChooser::onSelection);
    return column;
}

QWidget* SignInChooser::makeAddress() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::tight);
    auto* title = plainLabel(tr("Or paste the &address of an MCP server:"));
    title->setBuddy(address_);
    address_->setObjectName(QStringLiteral("address"));
    address_->setAccessibleName(tr("Address of an MCP server"));
    //: an example of an address; not to be translated
    address_->setPlaceholderText(QStringLiteral("https://mcp.example.com/mcp"));
    address_->setMaxLength(longestAddress);
    addressNote_->setObjectName(QStringLiteral("addressNote"));
    column->addWidget(title);
    column->addWidget(address_);
    column->addWidget(addressNote_);
    connect(address_, &QLineEdit::textChanged, this, &SignInChooser::onAddress);
    return box;
}

QWidget* SignInChooser::makeDetails() {
    auto* box = new QWidget;
    more_->setObjectName(QStringLiteral("details"));
    more_->setText(tr("&Details"));
    more_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    more_->setAutoRaise(true);
    more_->setCheckable(true);
    more_->setFocusPolicy(Qt::StrongFocus);
    account_->setObjectName(QStringLiteral("account"));
    account_->setPlaceholderText(tr("The page asks who you are"));
    account_->setMaxLength(longestAccount);
    details_ = new QWidget;
    auto* form = new QFormLayout(details_);
    form->setContentsMargins(spacing::large, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("A&ccount:"), account_);
    form->addRow(tr("Ask &for:"), scopes_);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(more_, 0, Qt::AlignLeading);
    column->addWidget(details_);
    connect(more_, &QToolButton::toggled, this, &SignInChooser::showDetails);
    return box;
}

QLayout* SignInChooser::makeButtons() {
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("cancel"));
    cancel->setAutoDefault(false);
    go_->setObjectName(QStringLiteral("go"));
    go_->setDefault(true);
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(go_);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(go_, &QPushButton::clicked, this, &SignInChooser::go);
    return row;
}

void SignInChooser::fill() {
    const SignInChoice* before = selected();
    const SignInWish wish = before == nullptr ? SignInWish{} : before->wish;
    choices_.fill(mirror_);
    choices_.addServices(services_);
    const int row = choices_.rowOf(wish);
    selectRow(row < 0 ? 0 : found_->mapFromSource(choices_.index(row)).row());
    showWhatIsMissing();
    onSelection();
}

void SignInChooser::showWhatIsMissing() {
    const bool nothing = found_->rowCount() == 0;
    nothing_->setText(
        !mirror_.isOnline() ? tr("There is no connection to the broker. Keybearer keeps trying.")
        : nothing           ? tr("Nothing here has this name. An MCP server needs only its address, below.")
                            : QString());
    nothing_->setVisible(nothing || !mirror_.isOnline());
}

void SignInChooser::loadServices() {
    client_.call("service.list", NoParams().toJson(), this, [this](const Result<Json>& list) {
        if (!list)
            return; // the providers can be chosen all the same
        services_ = *list;
        fill();
    });
}

const SignInChoice* SignInChooser::selected() const {
    return choices_.at(found_->mapToSource(list_->currentIndex()).row());
}

void SignInChooser::selectRow(int proxyRow) {
    const QModelIndex index = found_->index(std::max(proxyRow, 0), 0);
    list_->setCurrentIndex(index);
    if (index.isValid())
        list_->scrollTo(index);
}

void SignInChooser::onSearch(const QString& text) {
    if (text.contains(QStringLiteral("://"))) { // an address, pasted where the eye was
        search_->clear();
        address_->setText(text);
        address_->setFocus();
        return;
    }
    static_cast<WordFilter*>(found_)->setText(text);
    selectRow(0);
    showWhatIsMissing();
    onSelection();
}

void SignInChooser::onSelection() {
    const SignInChoice* choice = selected();
    const bool byAddress = !address_->text().trimmed().isEmpty();
    const bool needsSetup = !byAddress && choice != nullptr && !choice->ready;
    go_->setText(needsSetup ? tr("&Set up...") : tr("Sign in"));
    go_->setEnabled(mirror_.isOnline() &&
                    (byAddress ? serverAddress(address_->text()).has_value() : choice != nullptr));
    const bool hasDetails = !byAddress && choice != nullptr && choice->ready && !choice->isService;
    more_->setEnabled(hasDetails);
    if (!hasDetails)
        more_->setChecked(false);
    else if (more_->isChecked())
        loadScopes();
}

void SignInChooser::onAddress(const QString& text) {
    const bool byAddress = !text.trimmed().isEmpty();
    list_->setEnabled(!byAddress); // only one of the two counts, and it can be seen which
    const Result<std::string> address = serverAddress(text);
    QString note;
    if (byAddress && address) {
        const QUrl url(QString::fromStdString(*address), QUrl::StrictMode);
        const QString host = hostInBothWays(url);
        note = mixesScripts(host.section(u'(', 1))
                   ? tr("Signs in to %1. This name is written with letters of different alphabets.").arg(host)
                   : tr("Signs in to %1.").arg(host);
    } else if (byAddress) {
        note = QString::fromStdString(address.error().message + ' ' + address.error().action);
    }
    static_cast<ToneLabel*>(addressNote_)->setTone(byAddress && !address ? Tone::Problem : Tone::Quiet);
    addressNote_->setText(wrappable(note));
    wrapAt(*addressNote_, noteCharacters);
    onSelection();
}

void SignInChooser::showDetails(bool open) {
    more_->setArrowType(open                                   ? Qt::DownArrow
                        : layoutDirection() == Qt::RightToLeft ? Qt::LeftArrow
                                                               : Qt::RightArrow);
    details_->setVisible(open);
    if (open)
        loadScopes();
    else
        account_->clear();
}

void SignInChooser::loadScopes() {
    const SignInChoice* choice = selected();
    if (choice == nullptr)
        return;
    scopes_->fill(choice->scopes, Json());
    ProviderParams params;
    params.provider = choice->wish.provider;
    client_.call("provider.show", params.toJson(), this,
                 [this, name = choice->wish.provider](const Result<Json>& provider) {
                     const SignInChoice* now = selected();
                     if (!provider || now == nullptr || now->wish.provider != name)
                         return;
                     scopes_->fill(now->scopes, provider->value("scopes_help", Json()));
                 });
}

void SignInChooser::go() {
    SignInWish wish;
    if (!address_->text().trimmed().isEmpty()) {
        const Result<std::string> address = serverAddress(address_->text());
        if (!address)
            return; // it is said below the field
        wish.url = *address;
    } else {
        const SignInChoice* choice = selected();
        if (choice == nullptr)
            return;
        wish = choice->wish;
        if (!choice->ready) {
            accept();
            Q_EMIT setupWanted(wish.provider);
            return;
        }
        if (more_->isChecked()) {
            wish.account = account_->text().trimmed().toStdString();
            wish.scopes = scopes_->chosen();
        }
    }
    accept();
    Q_EMIT chosen(wish);
}

bool SignInChooser::eventFilter(QObject* watched, QEvent* event) {
    if (watched == search_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int row = list_->currentIndex().row();
        const int page = shownRows - 1;
        const int step = key == Qt::Key_Down       ? 1
                         : key == Qt::Key_Up       ? -1
                         : key == Qt::Key_PageDown ? page
                         : key == Qt::Key_PageUp   ? -page
                                                   : 0;
        if (step != 0) {
            selectRow(std::clamp(row + step, 0, std::max(0, found_->rowCount() - 1)));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace keybearer
