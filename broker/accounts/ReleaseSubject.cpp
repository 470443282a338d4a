#include "broker/accounts/ReleaseSubject.h"

namespace keybearer {

ConsentSubject subjectOf(const CredentialRecord& record, const Provider* provider, ConsentPurpose purpose) {
    ConsentSubject subject;
    subject.purpose = purpose;
    subject.provider = record.provider;
    subject.providerName = record.kind == CredentialKind::ApiKey ? "API key" : record.provider;
    subject.accountLabel = record.account.label;
    subject.sessionId = record.id;
    subject.scopes = record.scopes;
    subject.issuer = record.issuer;
    subject.resource = record.resource.value_or("");
    if (provider == nullptr)
        return subject;
    subject.providerName = provider->displayName;
    for (const std::string& scope : record.scopes) {
        if (const auto words = provider->help.scopes.find(scope); words != provider->help.scopes.end())
            subject.scopeWords.insert(*words);
    }
    return subject;
}

bool holdsFor(const ConsentSubject& decided, const CredentialRecord& now) {
    return decided.accountLabel == now.account.label &&
           covers(decided, subjectOf(now, nullptr, decided.purpose));
}

PolicyQuestion questionAbout(const Caller& caller, const TokenWish& wish, const CredentialRecord& record) {
    PolicyQuestion question;
    question.action = "token.get";
    question.executable = caller.executable;
    question.identityClass = identityLetter(caller.identity);
    question.script = caller.script;
    question.client = caller.clientId.empty() ? caller.localClient : caller.clientId;
    question.role = roleWord(caller.role);
    question.provider = record.provider;
    question.account = record.account.label;
    question.resource = record.resource.value_or("");
    question.scopes = record.scopes;
    question.tool = wish.tool;
    question.service = wish.service;
    return question;
}

} // namespace keybearer
