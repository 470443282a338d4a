#include "app/tray/setup/ImportWords.h"

#include <QCoreApplication>

namespace keybearer {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(Import)
};

QString changeWords(FoundServer::Change change, const QString& others) {
    switch (change) {
    case FoundServer::Change::Bridge:
        return Words::tr("Reached by way of Keybearer, with one sign-in for all clients.");
    case FoundServer::Change::Run:
        return Words::tr("Started by Keybearer, with its secrets from the keychain.");
    case FoundServer::Change::RemoveTokens:
        return Words::tr("The tokens leave the disk; you sign in to it once more.");
    case FoundServer::Change::Other:
    case FoundServer::Change::None:
        break;
    }
    return others;
}

} // namespace

QString fateWords(const FoundServer& server) {
    if (server.canMove())
        return changeWords(server.change, server.words);
    switch (server.leftAlone) {
    case FoundServer::LeftAlone::Done:
        return Words::tr("Uses Keybearer already.");
    case FoundServer::LeftAlone::NothingToDo:
        return Words::tr("Stays as it is: it has no secret and no sign-in.");
    case FoundServer::LeftAlone::UnknownShape:
        return Words::tr("Stays as it is: its entry has a shape that Keybearer does not know.");
    case FoundServer::LeftAlone::Cannot:
    case FoundServer::LeftAlone::No:
        break;
    }
    return server.words.isEmpty()
               ? Words::tr("Stays as it is.")
               : Words::tr("Stays as it is: %1", "then a sentence with the reason").arg(server.words);
}

QString secretWords(const FoundServer& server) {
    QStringList all;
    for (const FoundSecret& secret : server.secrets)
        all.append(Words::tr("%1: %2", "where a secret stands, and its masked text")
                       .arg(secret.where, secret.masked));
    return all.join(u'\n');
}

QString fileWords(const FoundFile& file) {
    if (!file.problem.isEmpty())
        return file.problem;
    switch (file.state) {
    case FoundFile::State::Found:
        return {};
    case FoundFile::State::Missing:
        return Words::tr("There is no such file.");
    case FoundFile::State::ReadOnly:
        return Words::tr("This file may not be written.");
    case FoundFile::State::UnknownShape:
        return Words::tr("This file has a shape that Keybearer does not know, so it is left alone.");
    case FoundFile::State::Unreadable:
        break;
    }
    return Words::tr("This file cannot be read.");
}

QString outcomeWords(const FileOutcome& outcome, bool undone) {
    switch (outcome.kind) {
    case FileOutcome::Kind::Changed:
        if (undone)
            return Words::tr("As it was before, byte for byte.");
        if (outcome.isTokenFile)
            return Words::tr("The tokens are no longer there. Sign in once more, with Keybearer.");
        return Words::tr("%n server(s) moved. Restart %1, so that it reads its settings again.", "",
                         outcome.servers)
            .arg(outcome.title);
    case FileOutcome::Kind::Unchanged:
        return Words::tr("Nothing had to be changed.");
    case FileOutcome::Kind::Failed:
        break;
    }
    const QString left = undone ? QString() : Words::tr("The file is as it was.");
    QStringList sentences{outcome.problem, outcome.remedy, left};
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

} // namespace keybearer
