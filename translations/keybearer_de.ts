<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en_US">
<context>
    <name>Activity</name>
    <message>
        <source>%1 got a token for %2</source>
        <translation>%1 hat ein Token für %2 bekommen</translation>
    </message>
    <message>
        <source>%1 got no token for %2</source>
        <translation>%1 hat kein Token für %2 bekommen</translation>
    </message>
    <message>
        <source>A rule kept %1 from %2</source>
        <translation>Eine Regel hat %1 von %2 ferngehalten</translation>
    </message>
    <message>
        <source>The policy server gave no answer about %1</source>
        <translation>Der Richtlinienserver hat zu %1 keine Antwort gegeben</translation>
    </message>
    <message>
        <source>%1 asked too often for %2</source>
        <translation>%1 hat zu oft nach %2 gefragt</translation>
    </message>
    <message>
        <source>%1 was allowed to use %2</source>
        <translation>%1 darf %2 jetzt benutzen</translation>
    </message>
    <message>
        <source>%1 was not allowed to use %2</source>
        <translation>%1 durfte %2 nicht benutzen</translation>
    </message>
    <message>
        <source>%1 may no longer use %2</source>
        <translation>%1 darf %2 nicht mehr benutzen</translation>
    </message>
    <message>
        <source>What %1 was allowed with %2 has ended</source>
        <translation>Was %1 mit %2 erlaubt war, ist beendet</translation>
    </message>
    <message>
        <source>%1 asked too often and waits for ten minutes</source>
        <translation>%1 hat zu oft gefragt und wartet zehn Minuten</translation>
    </message>
    <message>
        <source>%1 was updated by the system and keeps what it may do</source>
        <translation>%1 wurde vom System aktualisiert und behält seine Erlaubnisse</translation>
    </message>
    <message>
        <source>A permission was changed behind the broker&apos;s back and does not count</source>
        <translation>Eine Erlaubnis wurde am Broker vorbei geändert und zählt nicht</translation>
    </message>
    <message>
        <source>Signed in to %2</source>
        <translation>Angemeldet bei %2</translation>
    </message>
    <message>
        <source>Signed out of %2</source>
        <translation>Abgemeldet bei %2</translation>
    </message>
    <message>
        <source>The session at %2 could not be renewed</source>
        <translation>Die Sitzung bei %2 konnte nicht erneuert werden</translation>
    </message>
    <message>
        <source>API key added: %2</source>
        <translation>API-Schlüssel hinzugefügt: %2</translation>
    </message>
    <message>
        <source>API key replaced: %2</source>
        <translation>API-Schlüssel ersetzt: %2</translation>
    </message>
    <message>
        <source>API key switched on: %2</source>
        <translation>API-Schlüssel eingeschaltet: %2</translation>
    </message>
    <message>
        <source>API key switched off: %2</source>
        <translation>API-Schlüssel ausgeschaltet: %2</translation>
    </message>
    <message>
        <source>API key removed: %2</source>
        <translation>API-Schlüssel entfernt: %2</translation>
    </message>
    <message>
        <source>Service account added: %2</source>
        <translation>Dienstkonto hinzugefügt: %2</translation>
    </message>
    <message>
        <source>Service account removed: %2</source>
        <translation>Dienstkonto entfernt: %2</translation>
    </message>
    <message>
        <source>Registered program added: %3</source>
        <translation>Registriertes Programm hinzugefügt: %3</translation>
    </message>
    <message>
        <source>Registered program got a new key: %3</source>
        <translation>Registriertes Programm hat einen neuen Schlüssel: %3</translation>
    </message>
    <message>
        <source>Registered program switched on: %3</source>
        <translation>Registriertes Programm eingeschaltet: %3</translation>
    </message>
    <message>
        <source>Registered program switched off: %3</source>
        <translation>Registriertes Programm ausgeschaltet: %3</translation>
    </message>
    <message>
        <source>Registered program removed: %3</source>
        <translation>Registriertes Programm entfernt: %3</translation>
    </message>
    <message>
        <source>%1 showed a key that is not good</source>
        <translation>%1 hat einen ungültigen Schlüssel vorgelegt</translation>
    </message>
    <message>
        <source>%1 was started with access of its own</source>
        <translation>%1 wurde mit eigenem Zugriff gestartet</translation>
    </message>
    <message>
        <source>%1 showed a secret that is not its own</source>
        <translation>%1 hat ein fremdes Geheimnis vorgelegt</translation>
    </message>
    <message>
        <source>The access that %1 was started with has ended</source>
        <translation>Der Zugriff, mit dem %1 gestartet wurde, ist beendet</translation>
    </message>
    <message>
        <source>Keybearer registered itself at %2</source>
        <translation>Keybearer hat sich bei %2 registriert</translation>
    </message>
    <message>
        <source>The registration at %2 was removed</source>
        <translation>Die Registrierung bei %2 wurde entfernt</translation>
    </message>
    <message>
        <source>An MCP server shows a new tool: %3</source>
        <translation>Ein MCP-Server zeigt ein neues Werkzeug: %3</translation>
    </message>
    <message>
        <source>The definition of a tool has changed: %3</source>
        <translation>Die Beschreibung eines Werkzeugs hat sich geändert: %3</translation>
    </message>
    <message>
        <source>You approved a tool: %3</source>
        <translation>Sie haben ein Werkzeug freigegeben: %3</translation>
    </message>
    <message>
        <source>A tool was forgotten: %3</source>
        <translation>Ein Werkzeug wurde vergessen: %3</translation>
    </message>
    <message>
        <source>What is known of a tool was changed behind the broker&apos;s back: %3</source>
        <translation>Was über ein Werkzeug bekannt ist, wurde am Broker vorbei geändert: %3</translation>
    </message>
    <message>
        <source>%1 opened an MCP server: %3</source>
        <translation>%1 hat einen MCP-Server geöffnet: %3</translation>
    </message>
    <message>
        <source>%1 closed an MCP server: %3</source>
        <translation>%1 hat einen MCP-Server geschlossen: %3</translation>
    </message>
    <message>
        <source>The program of an MCP server was started: %3</source>
        <translation>Das Programm eines MCP-Servers wurde gestartet: %3</translation>
    </message>
    <message>
        <source>The program of an MCP server has ended: %3</source>
        <translation>Das Programm eines MCP-Servers hat sich beendet: %3</translation>
    </message>
    <message>
        <source>The gateway was opened</source>
        <translation>Das Gateway wurde geöffnet</translation>
    </message>
    <message>
        <source>The gateway was closed</source>
        <translation>Das Gateway wurde geschlossen</translation>
    </message>
    <message>
        <source>The gateway signs with a new key</source>
        <translation>Das Gateway signiert mit einem neuen Schlüssel</translation>
    </message>
    <message>
        <source>A client of the gateway was removed: %3</source>
        <translation>Ein Client des Gateways wurde entfernt: %3</translation>
    </message>
    <message>
        <source>The gateway refused a request: %3</source>
        <translation>Das Gateway hat eine Anfrage abgelehnt: %3</translation>
    </message>
    <message>
        <source>A client registered at the gateway: %3</source>
        <translation>Ein Client hat sich am Gateway registriert: %3</translation>
    </message>
    <message>
        <source>A client left the gateway: %3</source>
        <translation>Ein Client hat das Gateway verlassen: %3</translation>
    </message>
    <message>
        <source>A client of the gateway was let in: %3</source>
        <translation>Ein Client des Gateways wurde zugelassen: %3</translation>
    </message>
    <message>
        <source>A client of the gateway renewed its access: %3</source>
        <translation>Ein Client des Gateways hat seinen Zugriff erneuert: %3</translation>
    </message>
    <message>
        <source>A client of the gateway showed a token that was just replaced: %3</source>
        <translation>Ein Client des Gateways hat ein gerade ersetztes Token vorgelegt: %3</translation>
    </message>
    <message>
        <source>A token of the gateway was used twice, so all of it was revoked: %3</source>
        <translation>Ein Token des Gateways wurde zweimal benutzt, deshalb wurde alles davon widerrufen: %3</translation>
    </message>
    <message>
        <source>A client of the gateway was turned away: %3</source>
        <translation>Ein Client des Gateways wurde abgewiesen: %3</translation>
    </message>
    <message>
        <source>The access of a client of the gateway has ended: %3</source>
        <translation>Der Zugriff eines Clients des Gateways ist beendet: %3</translation>
    </message>
    <message>
        <source>The gateway&apos;s authorization server signs with a new key</source>
        <translation>Der Autorisierungsserver des Gateways signiert mit einem neuen Schlüssel</translation>
    </message>
    <message>
        <source>The provider for trying things out was started</source>
        <translation>Der Anbieter zum Ausprobieren wurde gestartet</translation>
    </message>
    <message>
        <source>The provider for trying things out was stopped</source>
        <translation>Der Anbieter zum Ausprobieren wurde beendet</translation>
    </message>
    <message>
        <source>The store was unlocked</source>
        <translation>Der Speicher wurde entsperrt</translation>
    </message>
    <message>
        <source>The store was locked</source>
        <translation>Der Speicher wurde gesperrt</translation>
    </message>
    <message>
        <source>All sessions moved to another store</source>
        <translation>Alle Sitzungen sind in einen anderen Speicher umgezogen</translation>
    </message>
    <message>
        <source>The store got a new key</source>
        <translation>Der Speicher hat einen neuen Schlüssel bekommen</translation>
    </message>
    <message>
        <source>The broker started</source>
        <translation>Der Broker wurde gestartet</translation>
    </message>
    <message>
        <source>The broker stopped</source>
        <translation>Der Broker wurde beendet</translation>
    </message>
    <message>
        <source>The broker was asked to stop</source>
        <translation>Der Broker wurde gebeten, sich zu beenden</translation>
    </message>
    <message>
        <source>Sharing was paused: no program gets anything</source>
        <translation>Die Weitergabe wurde angehalten: Kein Programm bekommt etwas</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>Die Weitergabe geht weiter</translation>
    </message>
    <message>
        <source>Half a row was cut off the log after a power cut</source>
        <translation>Nach einem Stromausfall wurde ein halber Eintrag vom Protokoll abgeschnitten</translation>
    </message>
    <message>
        <source>Rows that were too old were removed from the log</source>
        <translation>Zu alte Einträge wurden aus dem Protokoll entfernt</translation>
    </message>
    <message>
        <source>The log was damaged and set aside</source>
        <translation>Das Protokoll war beschädigt und wurde beiseitegelegt</translation>
    </message>
    <message>
        <source>The broker raised an alert: %3</source>
        <translation>Der Broker hat eine Warnmeldung ausgegeben: %3</translation>
    </message>
    <message>
        <source>something that is not named</source>
        <translation>etwas ohne Namen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>provider (account)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>You said no.</source>
        <translation>Sie haben abgelehnt.</translation>
    </message>
    <message>
        <source>Nobody has allowed it yet.</source>
        <translation>Noch hat es niemand erlaubt.</translation>
    </message>
    <message>
        <source>There was nobody to ask.</source>
        <translation>Es war niemand da, der gefragt werden konnte.</translation>
    </message>
    <message>
        <source>The session does not have the scopes that were asked for.</source>
        <translation>Die Sitzung hat nicht die verlangten Berechtigungen.</translation>
    </message>
    <message>
        <source>Somebody has to sign in again.</source>
        <translation>Jemand muss sich neu anmelden.</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>Niemand ist angemeldet.</translation>
    </message>
    <message>
        <source>A sign-in was not finished yet.</source>
        <translation>Eine Anmeldung war noch nicht abgeschlossen.</translation>
    </message>
    <message>
        <source>The provider did not answer.</source>
        <translation>Der Anbieter hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>The provider refused it.</source>
        <translation>Der Anbieter hat es abgelehnt.</translation>
    </message>
    <message>
        <source>It asked too often.</source>
        <translation>Es hat zu oft gefragt.</translation>
    </message>
    <message>
        <source>A rule forbids it.</source>
        <translation>Eine Regel verbietet es.</translation>
    </message>
    <message>
        <source>The store was locked.</source>
        <translation>Der Speicher war gesperrt.</translation>
    </message>
    <message>
        <source>The store could not be reached.</source>
        <translation>Der Speicher war nicht erreichbar.</translation>
    </message>
    <message>
        <source>Row %1 was changed.</source>
        <translation>Eintrag %1 wurde geändert.</translation>
    </message>
    <message>
        <source>Row %1 is missing.</source>
        <translation>Eintrag %1 fehlt.</translation>
    </message>
    <message>
        <source>Row %1 does not follow from the one before it.</source>
        <translation>Eintrag %1 folgt nicht aus dem vorigen.</translation>
    </message>
    <message>
        <source>Row %1 cannot be read.</source>
        <translation>Eintrag %1 ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Row %1 is another one in its file than in the database.</source>
        <translation>Eintrag %1 ist in seiner Datei ein anderer als in der Datenbank.</translation>
    </message>
    <message>
        <source>Row %1 and what came after it were cut off.</source>
        <translation>Eintrag %1 und alles danach wurden abgeschnitten.</translation>
    </message>
    <message>
        <source>The rows before row %1 were removed, and not by the broker.</source>
        <translation>Die Einträge vor Eintrag %1 wurden entfernt, und nicht vom Broker.</translation>
    </message>
    <message>
        <source>The seal does not fit at row %1: rows were made anew, or cut off at the beginning.</source>
        <translation>Das Siegel passt bei Eintrag %1 nicht: Einträge wurden neu angelegt oder am Anfang abgeschnitten.</translation>
    </message>
    <message>
        <source>The log is older than it should be: row %1 is not the one that was there.</source>
        <translation>Das Protokoll ist älter, als es sein sollte: Eintrag %1 ist nicht der, der dort stand.</translation>
    </message>
    <message>
        <source>The rows before row %1 are in a damaged file that was set aside.</source>
        <translation>Die Einträge vor Eintrag %1 sind in einer beschädigten Datei, die beiseitegelegt wurde.</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>Ein Programm</translation>
    </message>
    <message>
        <source>%1 (a kind of row that this window does not know)</source>
        <translation>%1 (eine Art von Eintrag, die dieses Fenster nicht kennt)</translation>
    </message>
    <message>
        <source>Given</source>
        <extracomment>what came of a request: the program got its token</extracomment>
        <translation>Ausgegeben</translation>
    </message>
    <message>
        <source>Refused</source>
        <extracomment>what came of a request</extracomment>
        <translation>Verweigert</translation>
    </message>
    <message>
        <source>Attention</source>
        <extracomment>what came of a request: something a person should look at</extracomment>
        <translation>Achtung</translation>
    </message>
    <message>
        <source>Done</source>
        <extracomment>what came of a request</extracomment>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Row %1 does not fit (%2).</source>
        <translation>Eintrag %1 passt nicht (%2).</translation>
    </message>
    <message>
        <source>The configuration was read again</source>
        <translation>Die Konfiguration wurde neu gelesen</translation>
    </message>
    <message>
        <source>A configuration with a mistake was not used</source>
        <translation>Eine Konfiguration mit einem Fehler wurde nicht verwendet</translation>
    </message>
</context>
<context>
    <name>Addresses</name>
    <message>
        <source>There is no address yet.</source>
        <translation>Noch gibt es keine Adresse.</translation>
    </message>
    <message>
        <source>This is not an address.</source>
        <translation>Das ist keine Adresse.</translation>
    </message>
    <message>
        <source>Paste it as one word.</source>
        <translation>Fügen Sie sie als ein Wort ein.</translation>
    </message>
    <message>
        <source>An address looks like https://mcp.example.com/mcp.</source>
        <translation>Eine Adresse sieht aus wie https://mcp.example.com/mcp.</translation>
    </message>
    <message>
        <source>This address is not safe to sign in at.</source>
        <translation>Bei dieser Adresse ist eine Anmeldung nicht sicher.</translation>
    </message>
    <message>
        <source>It has to begin with https://, except on this computer.</source>
        <translation>Sie muss mit https:// beginnen, außer auf diesem Rechner.</translation>
    </message>
    <message>
        <source>This address has a user name in it.</source>
        <translation>Diese Adresse enthält einen Benutzernamen.</translation>
    </message>
    <message>
        <source>Take out what stands before the @.</source>
        <translation>Entfernen Sie, was vor dem @ steht.</translation>
    </message>
    <message>
        <source>This address has a # in it.</source>
        <translation>Diese Adresse enthält ein #.</translation>
    </message>
    <message>
        <source>Take out the # and what follows.</source>
        <translation>Entfernen Sie das # und alles danach.</translation>
    </message>
    <message>
        <source>Copy all of the browser&apos;s address bar, from http:// to the end.</source>
        <translation>Kopieren Sie die ganze Adresszeile des Browsers, von http:// bis zum Ende.</translation>
    </message>
    <message>
        <source>This is not the address that the sign-in ended at.</source>
        <translation>Das ist nicht die Adresse, bei der die Anmeldung geendet hat.</translation>
    </message>
    <message>
        <source>Sign in first; then copy the address of the page that could not be opened. It has ǌode=” and “state=” in it.</source>
        <translation>Melden Sie sich zuerst an; kopieren Sie dann die Adresse der Seite, die sich nicht öffnen ließ. Sie enthält „code=“ und „state=“.</translation>
    </message>
</context>
<context>
    <name>ClientSettings</name>
    <message>
        <source>Belongs into claude_desktop_config.json. Start Claude Desktop again afterwards.</source>
        <translation>Gehört in claude_desktop_config.json. Starten Sie Claude Desktop danach neu.</translation>
    </message>
    <message>
        <source>Run this in a terminal.</source>
        <translation>Führen Sie dies in einem Terminal aus.</translation>
    </message>
    <message>
        <source>Belongs into .vscode/mcp.json of a project, or into mcp.json of your profile.</source>
        <translation>Gehört in .vscode/mcp.json eines Projekts oder in mcp.json Ihres Profils.</translation>
    </message>
    <message>
        <source>Belongs into .cursor/mcp.json of your home or of a project.</source>
        <translation>Gehört in .cursor/mcp.json Ihres persönlichen Verzeichnisses oder eines Projekts.</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Error</source>
        <extracomment>how bad a finding is</extracomment>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>how bad a finding is</extracomment>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Good</source>
        <extracomment>a finding says that something works</extracomment>
        <translation>Gut</translation>
    </message>
</context>
<context>
    <name>HealthFacts</name>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>noch nicht benutzt</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>where the sessions are kept, and whether that can be reached</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>A move of all sessions is not finished: %1.</source>
        <translation>Ein Umzug aller Sitzungen ist nicht abgeschlossen: %1.</translation>
    </message>
    <message>
        <source>A change is under way: %1 of %2.</source>
        <translation>Eine Änderung läuft: %1 von %2.</translation>
    </message>
    <message>
        <source>Its new key is not everywhere yet.</source>
        <translation>Der neue Schlüssel ist noch nicht überall.</translation>
    </message>
    <message numerus="yes">
        <source>%n damaged record(s) are kept aside.</source>
        <translation>
            <numerusform>%n beschädigter Datensatz ist beiseitegelegt.</numerusform>
            <numerusform>%n beschädigte Datensätze sind beiseitegelegt.</numerusform>
        </translation>
    </message>
    <message>
        <source>open at %1</source>
        <translation>offen bei %1</translation>
    </message>
    <message>
        <source>running, closed to addresses</source>
        <translation>läuft, für Adressen geschlossen</translation>
    </message>
    <message>
        <source>not running; it starts when it is used</source>
        <translation>läuft nicht; es startet, wenn es benutzt wird</translation>
    </message>
    <message>
        <source>every program gets what it asks for</source>
        <translation>jedes Programm bekommt, worum es bittet</translation>
    </message>
    <message>
        <source>only what was allowed before</source>
        <translation>nur, was vorher erlaubt wurde</translation>
    </message>
    <message>
        <source>you are asked about every new program</source>
        <translation>Sie werden bei jedem neuen Programm gefragt</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>version %1, process %2, started %3</source>
        <translation>Version %1, Prozess %2, gestartet %3</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Tokens since the start</source>
        <translation>Tokens seit dem Start</translation>
    </message>
    <message>
        <source>%1 given, %2 refused</source>
        <comment>tokens</comment>
        <translation>%1 ausgegeben, %2 verweigert</translation>
    </message>
    <message>
        <source>Trouble since the start</source>
        <translation>Störungen seit dem Start</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>Einträge des Protokolls</translation>
    </message>
    <message>
        <source>Open connections</source>
        <translation>Offene Verbindungen</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>Socket</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 with trouble: %3</source>
        <comment>sessions, how many of them, the problem of one</comment>
        <translation>%1, %2 mit Störung: %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>two kinds of trouble, each with its number</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln renewal(s) failed</source>
        <translation>
            <numerusform>%Ln Erneuerung fehlgeschlagen</numerusform>
            <numerusform>%Ln Erneuerungen fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln Warnmeldung</numerusform>
            <numerusform>%Ln Warnmeldungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>The file was changed after the import, so it was left as it is.</source>
        <translation>Die Datei wurde nach dem Import geändert und deshalb so gelassen, wie sie ist.</translation>
    </message>
    <message>
        <source>The copy from before is kept; &quot;keybearer import --undo --force&quot; puts it back and keeps the newer file as well.</source>
        <translation>Die Kopie von vorher ist noch da; „keybearer import --undo --force“ stellt sie wieder her und behält auch die neuere Datei.</translation>
    </message>
    <message>
        <source>Reached by way of Keybearer, with one sign-in for all clients.</source>
        <translation>Über Keybearer erreichbar, mit einer Anmeldung für alle Clients.</translation>
    </message>
    <message>
        <source>Started by Keybearer, with its secrets from the keychain.</source>
        <translation>Wird von Keybearer gestartet, mit seinen Geheimnissen aus dem Schlüsselbund.</translation>
    </message>
    <message>
        <source>The tokens leave the disk; you sign in to it once more.</source>
        <translation>Die Tokens verschwinden von der Platte; Sie melden sich noch einmal an.</translation>
    </message>
    <message>
        <source>Uses Keybearer already.</source>
        <translation>Benutzt Keybearer bereits.</translation>
    </message>
    <message>
        <source>Stays as it is: it has no secret and no sign-in.</source>
        <translation>Bleibt, wie es ist: Es hat weder Geheimnis noch Anmeldung.</translation>
    </message>
    <message>
        <source>Stays as it is: its entry has a shape that Keybearer does not know.</source>
        <translation>Bleibt, wie es ist: Sein Eintrag hat eine Form, die Keybearer nicht kennt.</translation>
    </message>
    <message>
        <source>Stays as it is.</source>
        <translation>Bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Stays as it is: %1</source>
        <comment>then a sentence with the reason</comment>
        <translation>Bleibt, wie es ist: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>where a secret stands, and its masked text</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>This file may not be written.</source>
        <translation>Diese Datei darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>This file has a shape that Keybearer does not know, so it is left alone.</source>
        <translation>Diese Datei hat eine Form, die Keybearer nicht kennt, und bleibt deshalb unberührt.</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>Diese Datei ist nicht lesbar.</translation>
    </message>
    <message>
        <source>As it was before, byte for byte.</source>
        <translation>Wie vorher, Byte für Byte.</translation>
    </message>
    <message>
        <source>The tokens are no longer there. Sign in once more, with Keybearer.</source>
        <translation>Die Tokens sind nicht mehr da. Melden Sie sich noch einmal an, mit Keybearer.</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved. Restart %1, so that it reads its settings again.</source>
        <translation>
            <numerusform>%n Server verschoben. Starten Sie %1 neu, damit es seine Einstellungen neu liest.</numerusform>
            <numerusform>%n Server verschoben. Starten Sie %1 neu, damit es seine Einstellungen neu liest.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing had to be changed.</source>
        <translation>Es musste nichts geändert werden.</translation>
    </message>
    <message>
        <source>The file is as it was.</source>
        <translation>Die Datei ist, wie sie war.</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>Unlock...</source>
        <translation>Entsperren ...</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>Anmelden ...</translation>
    </message>
    <message>
        <source>Start the broker</source>
        <translation>Broker starten</translation>
    </message>
    <message>
        <source>Open configuration</source>
        <translation>Konfiguration öffnen</translation>
    </message>
    <message>
        <source>Close it to others</source>
        <translation>Für andere schließen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message>
        <source>Needs no sign-in</source>
        <translation>Braucht keine Anmeldung</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Niemand ist angemeldet</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Angemeldet als %1</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antwortet</translation>
    </message>
    <message>
        <source>Answers with trouble</source>
        <translation>Antwortet mit Störung</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>Antwortet nicht</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>Noch nicht benutzt</translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <comment>tools that are new or have changed</comment>
        <translation>
            <numerusform>%n anzusehen</numerusform>
            <numerusform>%n anzusehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n Werkzeug</numerusform>
            <numerusform>%n Werkzeuge</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionState</name>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Refreshing</source>
        <translation>Wird erneuert</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Neu anmelden</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Beiseitegelegt</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Ausgeschaltet</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>Another provider or server...</source>
        <translation>Anderer Anbieter oder Server ...</translation>
    </message>
    <message>
        <source>Choose a provider or server...</source>
        <translation>Anbieter oder Server wählen ...</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>know who you are</source>
        <translation>wissen, wer Sie sind</translation>
    </message>
    <message>
        <source>see your name and picture</source>
        <translation>Ihren Namen und Ihr Bild sehen</translation>
    </message>
    <message>
        <source>see your e-mail address</source>
        <translation>Ihre E-Mail-Adresse sehen</translation>
    </message>
    <message>
        <source>stay signed in while you are away</source>
        <translation>angemeldet bleiben, auch wenn Sie nicht da sind</translation>
    </message>
    <message>
        <source>read and change all your repositories</source>
        <translation>alle Ihre Repositorys lesen und ändern</translation>
    </message>
    <message>
        <source>change your public repositories</source>
        <translation>Ihre öffentlichen Repositorys ändern</translation>
    </message>
    <message>
        <source>read your profile</source>
        <translation>Ihr Profil lesen</translation>
    </message>
    <message>
        <source>see your e-mail addresses</source>
        <translation>Ihre E-Mail-Adressen sehen</translation>
    </message>
    <message>
        <source>see your organisations and teams</source>
        <translation>Ihre Organisationen und Teams sehen</translation>
    </message>
    <message>
        <source>write gists</source>
        <translation>Gists schreiben</translation>
    </message>
    <message>
        <source>change workflows</source>
        <translation>Workflows ändern</translation>
    </message>
    <message>
        <source>read your mail</source>
        <translation>Ihre Mail lesen</translation>
    </message>
    <message>
        <source>read your files</source>
        <translation>Ihre Dateien lesen</translation>
    </message>
    <message>
        <source>read your calendars</source>
        <translation>Ihre Kalender lesen</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>a time from now</comment>
        <translation>in %1</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <comment>a time before now</comment>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>The broker cannot be reached.</source>
        <translation>Der Broker ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>Es kam nicht rechtzeitig eine Antwort.</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>Die Anmeldung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>This provider is not set up yet.</source>
        <translation>Dieser Anbieter ist noch nicht eingerichtet.</translation>
    </message>
    <message>
        <source>The sign-in has ended.</source>
        <translation>Die Anmeldung ist beendet.</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>Der Schlüsselbund ist gesperrt.</translation>
    </message>
    <message>
        <source>The keychain cannot be reached.</source>
        <translation>Der Schlüsselbund ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The provider cannot be reached at the moment.</source>
        <translation>Der Anbieter ist im Augenblick nicht erreichbar.</translation>
    </message>
    <message>
        <source>That was asked too often.</source>
        <translation>Danach wurde zu oft gefragt.</translation>
    </message>
    <message>
        <source>Keybearer keeps trying to start it. If this lasts, run &quot;keybearer doctor&quot; in a terminal.</source>
        <translation>Keybearer versucht weiter, ihn zu starten. Wenn das anhält, rufen Sie „keybearer doctor“ in einem Terminal auf.</translation>
    </message>
    <message>
        <source>Try again when you are ready.</source>
        <translation>Versuchen Sie es noch einmal, wenn Sie so weit sind.</translation>
    </message>
    <message>
        <source>Register an application with the provider, and enter its client id in config.yaml.</source>
        <translation>Registrieren Sie beim Anbieter eine Anwendung, und tragen Sie ihre Client-ID in config.yaml ein.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Unlock the keychain of your desktop, then try again.</source>
        <translation>Entsperren Sie den Schlüsselbund Ihres Desktops, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Start the keychain of your desktop, then try again.</source>
        <translation>Starten Sie den Schlüsselbund Ihres Desktops, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Nothing is lost. Check the network, and try again in a while.</source>
        <translation>Nichts ist verloren. Prüfen Sie das Netz, und versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>Wait a minute, then try again.</source>
        <translation>Warten Sie eine Minute, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>started for this by &quot;keybearer run&quot;</source>
        <translation>eigens dafür mit „keybearer run“ gestartet</translation>
    </message>
    <message>
        <source>a sandboxed application</source>
        <translation>eine Anwendung in einer Sandbox</translation>
    </message>
    <message>
        <source>a program that only the administrator can replace</source>
        <translation>ein Programm, das nur der Administrator ersetzen kann</translation>
    </message>
    <message>
        <source>a script, by its file and where it runs</source>
        <translation>ein Skript, an seiner Datei und seinem Verzeichnis</translation>
    </message>
    <message>
        <source>not for certain: your own programs could replace or imitate it</source>
        <translation>nicht sicher: Ihre eigenen Programme könnten es ersetzen oder nachahmen</translation>
    </message>
    <message>
        <source>not at all: it runs outside of this system</source>
        <translation>gar nicht: Es läuft außerhalb dieses Systems</translation>
    </message>
    <message>
        <source>The program is another one</source>
        <translation>Das Programm ist ein anderes</translation>
    </message>
    <message>
        <source>The script is another one</source>
        <translation>Das Skript ist ein anderes</translation>
    </message>
    <message>
        <source>Somebody else may replace it</source>
        <translation>Jemand anderes darf es ersetzen</translation>
    </message>
    <message>
        <source>It is known in another way</source>
        <translation>Es ist auf andere Weise bekannt</translation>
    </message>
    <message>
        <source>It runs in another directory</source>
        <translation>Es läuft in einem anderen Verzeichnis</translation>
    </message>
    <message>
        <source>Somebody else has signed it</source>
        <translation>Jemand anderes hat es signiert</translation>
    </message>
    <message>
        <source>It would have other access</source>
        <translation>Es hätte anderen Zugriff</translation>
    </message>
    <message>
        <source>before: %1
now: %2</source>
        <comment>a fact&apos;s old value, its new one</comment>
        <translation>vorher: %1
jetzt: %2</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFilterBar</name>
    <message>
        <source>Clear &amp;filters</source>
        <translation>&amp;Filter zurücksetzen</translation>
    </message>
    <message>
        <source>Kind of row</source>
        <translation>Art des Eintrags</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Span of time</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Program, by its path or the name of its file</source>
        <translation>Programm, nach Pfad oder Dateiname</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>The path of a program, or the name of its file: node</source>
        <translation>Pfad eines Programms oder Name seiner Datei: node</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Tokens given</source>
        <translation>Ausgegebene Tokens</translation>
    </message>
    <message>
        <source>Tokens refused</source>
        <translation>Verweigerte Tokens</translation>
    </message>
    <message>
        <source>Kept away by rules</source>
        <translation>Durch Regeln ferngehalten</translation>
    </message>
    <message>
        <source>Asked too often</source>
        <translation>Zu oft gefragt</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Erlaubnisse</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Registered programs</source>
        <translation>Registrierte Programme</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>MCP-Server</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Clients of the gateway</source>
        <translation>Clients des Gateways</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Warnmeldungen</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>In den letzten 7 Tagen</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>In den letzten 30 Tagen</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>Alle Anbieter</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFooter</name>
    <message>
        <source>&amp;Verify the log</source>
        <translation>Protokoll &amp;prüfen</translation>
    </message>
    <message>
        <source>Every row holds a digest of the one before it: this finds out whether anybody has changed or removed one.</source>
        <translation>Jeder Eintrag enthält eine Prüfsumme des vorigen: So lässt sich feststellen, ob jemand einen geändert oder entfernt hat.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported so far.</source>
        <translation>
            <numerusform>Bisher %n Eintrag exportiert.</numerusform>
            <numerusform>Bisher %n Einträge exportiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the log...</source>
        <translation>Protokoll wird gelesen ...</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found, back to %1.</source>
        <translation>
            <numerusform>%n Eintrag gefunden, zurück bis %1.</numerusform>
            <numerusform>%n Einträge gefunden, zurück bis %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found.</source>
        <translation>
            <numerusform>%n Eintrag gefunden.</numerusform>
            <numerusform>%n Einträge gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s): all there are.</source>
        <translation>
            <numerusform>%n Eintrag: mehr gibt es nicht.</numerusform>
            <numerusform>%n Einträge: mehr gibt es nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Older rows, back to %1.</source>
        <translation>Ältere Einträge, zurück bis %1.</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n row(s), back to %1.</source>
        <translation>
            <numerusform>Der neueste Eintrag (%n), zurück bis %1.</numerusform>
            <numerusform>Die neuesten %n Einträge, zurück bis %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>&amp;Noch einmal versuchen</translation>
    </message>
    <message>
        <source>G&amp;o on with older rows</source>
        <translation>Mit älteren Einträgen &amp;fortfahren</translation>
    </message>
    <message>
        <source>Search &amp;older rows</source>
        <translation>Ältere Einträge &amp;suchen</translation>
    </message>
    <message>
        <source>Cancel &amp;export</source>
        <translation>Export &amp;abbrechen</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>&amp;Exportieren ...</translation>
    </message>
    <message>
        <source>Checking every row of the log...</source>
        <translation>Alle Einträge des Protokolls werden geprüft ...</translation>
    </message>
    <message>
        <source>A key in the store of secrets seals it up to row %1.</source>
        <translation>Ein Schlüssel im Speicher der Geheimnisse versiegelt es bis Eintrag %1.</translation>
    </message>
    <message>
        <source>It is not sealed by the store of secrets yet.</source>
        <translation>Der Speicher der Geheimnisse hat es noch nicht versiegelt.</translation>
    </message>
    <message numerus="yes">
        <source>The log is whole: nobody has changed any of its %n row(s).</source>
        <translation>
            <numerusform>Das Protokoll ist unversehrt: Niemand hat seinen %n Eintrag geändert.</numerusform>
            <numerusform>Das Protokoll ist unversehrt: Niemand hat einen seiner %n Einträge geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>The log was changed or damaged.</source>
        <translation>Das Protokoll wurde geändert oder beschädigt.</translation>
    </message>
    <message>
        <source>Keep a copy of the state directory, and find out who could write there.</source>
        <translation>Bewahren Sie eine Kopie des Zustandsverzeichnisses auf, und stellen Sie fest, wer dort schreiben konnte.</translation>
    </message>
    <message>
        <source>The export was cancelled. No file was left behind.</source>
        <translation>Der Export wurde abgebrochen. Es blieb keine Datei zurück.</translation>
    </message>
    <message>
        <source>Export the log</source>
        <translation>Protokoll exportieren</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported. Only you can read the file.</source>
        <translation>
            <numerusform>%n Eintrag exportiert. Nur Sie können die Datei lesen.</numerusform>
            <numerusform>%n Einträge exportiert. Nur Sie können die Datei lesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>Es wurde nichts exportiert.</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityModel</name>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Outcome</source>
        <extracomment>heading of a column: Given, Refused, Done ...</extracomment>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityPage</name>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>Every token that is given to a program, every refusal and every change is written down and shown here.</source>
        <translation>Jedes Token, das ein Programm bekommt, jede Ablehnung und jede Änderung wird aufgezeichnet und hier gezeigt.</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>Einträge des Protokolls</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
</context>
<context>
    <name>keybearer::AddServiceDialog</name>
    <message>
        <source>Add MCP server</source>
        <translation>MCP-Server hinzufügen</translation>
    </message>
    <message>
        <source>A server with an address</source>
        <translation>Ein Server mit Adresse</translation>
    </message>
    <message>
        <source>A program of this computer</source>
        <translation>Ein Programm auf diesem Rechner</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>A&amp;rt:</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>Hin&amp;zufügen</translation>
    </message>
    <message>
        <source>A&amp;ddress:</source>
        <translation>&amp;Adresse:</translation>
    </message>
    <message>
        <source>Where one signs in is found out from the server itself. Sign in afterwards, with the button on the page.</source>
        <translation>Wo man sich anmeldet, wird beim Server selbst ermittelt. Melden Sie sich danach mit der Schaltfläche auf der Seite an.</translation>
    </message>
    <message>
        <source>&amp;Program:</source>
        <translation>&amp;Programm:</translation>
    </message>
    <message>
        <source>A&amp;rguments, one a line:</source>
        <translation>Arg&amp;umente, eines je Zeile:</translation>
    </message>
    <message>
        <source>Will be run as:</source>
        <translation>Wird ausgeführt als:</translation>
    </message>
    <message>
        <source>No shell sees these words. The first time that a client uses it, you are asked whether it may be started.</source>
        <translation>Keine Shell sieht diese Wörter. Wenn ein Client es zum ersten Mal benutzt, werden Sie gefragt, ob es gestartet werden darf.</translation>
    </message>
</context>
<context>
    <name>keybearer::AlertStrip</name>
    <message>
        <source>Show &amp;alerts</source>
        <translation>&amp;Warnmeldungen zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n more since the broker started.</source>
        <translation>
            <numerusform>%n weitere, seit der Broker gestartet ist.</numerusform>
            <numerusform>%n weitere, seit der Broker gestartet ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>Alerts: %1</source>
        <translation>Warnmeldungen: %1</translation>
    </message>
</context>
<context>
    <name>keybearer::AuditRowDialog</name>
    <message>
        <source>Row %1 of the log</source>
        <translation>Eintrag %1 des Protokolls</translation>
    </message>
    <message>
        <source>The row as it stands in the log</source>
        <translation>Der Eintrag, wie er im Protokoll steht</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>What:</source>
        <translation>Was:</translation>
    </message>
    <message>
        <source>When:</source>
        <translation>Wann:</translation>
    </message>
    <message>
        <source>Outcome:</source>
        <translation>Ergebnis:</translation>
    </message>
    <message>
        <source>Why:</source>
        <translation>Warum:</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>Programm:</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>Skript:</translation>
    </message>
    <message>
        <source>Tool:</source>
        <translation>Werkzeug:</translation>
    </message>
    <message>
        <source>Registered program:</source>
        <translation>Registriertes Programm:</translation>
    </message>
</context>
<context>
    <name>keybearer::BrokerMirror</name>
    <message numerus="yes">
        <source>%n tool(s) hidden until you approve them</source>
        <translation>
            <numerusform>%n Werkzeug verborgen, bis Sie es freigeben</numerusform>
            <numerusform>%n Werkzeuge verborgen, bis Sie sie freigeben</numerusform>
        </translation>
    </message>
    <message>
        <source>The store is locked</source>
        <translation>Der Speicher ist gesperrt</translation>
    </message>
    <message>
        <source>The store cannot be used</source>
        <translation>Der Speicher kann nicht benutzt werden</translation>
    </message>
    <message>
        <source>No connection to the broker</source>
        <translation>Keine Verbindung zum Broker</translation>
    </message>
    <message>
        <source>Connecting to the broker...</source>
        <translation>Verbindung zum Broker wird aufgebaut ...</translation>
    </message>
    <message>
        <source>The keychain is locked</source>
        <translation>Der Schlüsselbund ist gesperrt</translation>
    </message>
    <message>
        <source>The keychain cannot be reached</source>
        <translation>Der Schlüsselbund ist nicht erreichbar</translation>
    </message>
    <message numerus="yes">
        <source>%n program(s) waiting for your answer</source>
        <translation>
            <numerusform>%n Programm wartet auf Ihre Antwort</numerusform>
            <numerusform>%n Programme warten auf Ihre Antwort</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) need you to sign in again</source>
        <translation>
            <numerusform>Für %n Sitzung müssen Sie sich neu anmelden</numerusform>
            <numerusform>Für %n Sitzungen müssen Sie sich neu anmelden</numerusform>
        </translation>
    </message>
    <message>
        <source>The broker reports a problem</source>
        <translation>Der Broker meldet ein Problem</translation>
    </message>
    <message>
        <source>Not signed in anywhere yet</source>
        <translation>Noch nirgends angemeldet</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) ready</source>
        <translation>
            <numerusform>%n Sitzung bereit</numerusform>
            <numerusform>%n Sitzungen bereit</numerusform>
        </translation>
    </message>
    <message>
        <source>Sharing is paused until %1</source>
        <comment>a time of day</comment>
        <translation>Weitergabe angehalten bis %1</translation>
    </message>
    <message>
        <source>Sharing is paused</source>
        <translation>Weitergabe angehalten</translation>
    </message>
</context>
<context>
    <name>keybearer::BrokerSection</name>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>&amp;Open the gateway when the broker starts</source>
        <translation>Das Gateway beim Start des Brokers ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Restart the broker</source>
        <translation>Broker &amp;neu starten</translation>
    </message>
    <message>
        <source>Open config.&amp;yaml</source>
        <translation>&amp;config.yaml öffnen</translation>
    </message>
    <message>
        <source>Ask me about every new program</source>
        <translation>Mich bei jedem neuen Programm fragen</translation>
    </message>
    <message>
        <source>Only programs that were approved before</source>
        <translation>Nur Programme, die schon erlaubt wurden</translation>
    </message>
    <message>
        <source>Every program of mine, unasked</source>
        <translation>Jedes meiner Programme, ungefragt</translation>
    </message>
    <message>
        <source>Who gets &amp;access:</source>
        <translation>Wer Z&amp;ugriff bekommt:</translation>
    </message>
    <message>
        <source>&amp;Port of the gateway:</source>
        <translation>&amp;Port des Gateways:</translation>
    </message>
    <message>
        <source>chosen by itself</source>
        <comment>a port</comment>
        <translation>selbst gewählt</translation>
    </message>
    <message>
        <source>Seconds that a call &amp;waits for a sign-in:</source>
        <translation>Sekunden, die ein Aufruf auf eine Anmeldung &amp;wartet:</translation>
    </message>
    <message>
        <source>Seconds before its end in which a token is re&amp;newed:</source>
        <translation>Sekunden vor dem Ablauf, in denen ein Token erneuert &amp;wird:</translation>
    </message>
    <message>
        <source>&amp;Days for which the audit log is kept:</source>
        <translation>&amp;Tage, für die das Protokoll aufbewahrt wird:</translation>
    </message>
    <message>
        <source>The broker would not start with this file. %1</source>
        <comment>what is wrong with it</comment>
        <translation>Mit dieser Datei würde der Broker nicht starten. %1</translation>
    </message>
    <message>
        <source>%1 cannot be written, so nothing can be changed here.</source>
        <comment>a file</comment>
        <translation>%1 kann nicht geschrieben werden, daher lässt sich hier nichts ändern.</translation>
    </message>
    <message>
        <source>Every program that runs as you gets every token, and nobody is asked. Malware too. Only for machines where nothing else runs.</source>
        <translation>Jedes Programm, das unter Ihrem Namen läuft, bekommt jedes Token, und niemand wird gefragt. Auch Schadprogramme. Nur für Rechner, auf denen sonst nichts läuft.</translation>
    </message>
    <message>
        <source>A program that was never allowed is refused, and you are not asked.</source>
        <translation>Ein Programm, das nie erlaubt wurde, wird abgewiesen, und Sie werden nicht gefragt.</translation>
    </message>
    <message>
        <source>A program gets nothing until you have said yes. You choose for how long.</source>
        <translation>Ein Programm bekommt nichts, bevor Sie ja gesagt haben. Sie wählen, für wie lange.</translation>
    </message>
    <message>
        <source>Give access unasked</source>
        <translation>Zugriff ungefragt geben</translation>
    </message>
    <message>
        <source>Should every program get every token, unasked?</source>
        <translation>Soll jedes Programm ungefragt jedes Token bekommen?</translation>
    </message>
    <message>
        <source>This counts for all programs that run as you, now and later.</source>
        <translation>Das gilt für alle Programme, die unter Ihrem Namen laufen, jetzt und später.</translation>
    </message>
    <message>
        <source>Give access &amp;unasked</source>
        <translation>Zugriff &amp;ungefragt geben</translation>
    </message>
    <message>
        <source>Nothing was changed. %1</source>
        <comment>why</comment>
        <translation>Nichts wurde geändert. %1</translation>
    </message>
    <message>
        <source>It was changed in the file, but the environment variable %1 wins over the file.</source>
        <translation>Es wurde in der Datei geändert, aber die Umgebungsvariable %1 geht der Datei vor.</translation>
    </message>
    <message>
        <source>Changed. The broker uses it when it starts anew.</source>
        <translation>Geändert. Der Broker verwendet es, sobald er neu startet.</translation>
    </message>
    <message>
        <source>The broker starts anew...</source>
        <translation>Der Broker startet neu...</translation>
    </message>
    <message>
        <source>The broker has started anew.</source>
        <translation>Der Broker ist neu gestartet.</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientIdForm</name>
    <message>
        <source>&amp;Open the page</source>
        <translation>&amp;Seite öffnen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Set up and &amp;sign in</source>
        <translation>&amp;Einrichten und anmelden</translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation>%1 einrichten</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <extracomment>a numbered step: &quot;1. Open the page ...&quot;</extracomment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1 wants to know Keybearer before you can sign in</source>
        <translation>%1 möchte Keybearer kennen, bevor Sie sich anmelden können</translation>
    </message>
    <message>
        <source>This is done once. Whoever runs the account there can do it, mostly you.</source>
        <translation>Das geschieht einmal. Wer das Konto dort verwaltet, kann es tun, meist also Sie.</translation>
    </message>
    <message>
        <source>Open the page where %1 registers applications, and make a new one there.</source>
        <translation>Öffnen Sie die Seite, auf der %1 Anwendungen registriert, und legen Sie dort eine neue an.</translation>
    </message>
    <message>
        <source>Where it asks for a redirect or callback address, enter this one:</source>
        <translation>Wo nach einer Redirect- oder Callback-Adresse gefragt wird, geben Sie diese ein:</translation>
    </message>
    <message>
        <source>Copy what %1 shows then into these fields:</source>
        <translation>Kopieren Sie dann, was %1 zeigt, in diese Felder:</translation>
    </message>
    <message>
        <source>No browser could be started. The page is %1.</source>
        <translation>Es ließ sich kein Browser starten. Die Seite ist %1.</translation>
    </message>
    <message>
        <source>Redirect address to enter there</source>
        <translation>Redirect-Adresse, die dort einzugeben ist</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>&amp;Domain:</source>
        <translation>&amp;Domain:</translation>
    </message>
    <message>
        <source>Client s&amp;ecret:</source>
        <translation>Client-Se&amp;cret:</translation>
    </message>
    <message>
        <source>Client &amp;ID:</source>
        <translation>Client-&amp;ID:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Only if you were given one</source>
        <translation>Nur wenn Sie eines bekommen haben</translation>
    </message>
    <message>
        <source>A client ID has no spaces and no special letters.</source>
        <translation>Eine Client-ID hat keine Leerzeichen und keine Sonderzeichen.</translation>
    </message>
    <message>
        <source>This is the redirect address, not the client ID.</source>
        <translation>Das ist die Redirect-Adresse, nicht die Client-ID.</translation>
    </message>
    <message>
        <source>This is no client secret: it has characters that none has.</source>
        <translation>Das ist kein Client-Secret: Es enthält Zeichen, die in keinem vorkommen.</translation>
    </message>
    <message>
        <source>Client ID and client secret are not the same thing.</source>
        <translation>Client-ID und Client-Secret sind nicht dasselbe.</translation>
    </message>
    <message>
        <source>Writing it to the configuration...</source>
        <translation>Wird in die Konfiguration geschrieben ...</translation>
    </message>
    <message>
        <source>The broker is reading it...</source>
        <translation>Der Broker liest sie ein ...</translation>
    </message>
    <message>
        <source>Checking whether a sign-in could work...</source>
        <translation>Es wird geprüft, ob eine Anmeldung klappen könnte ...</translation>
    </message>
    <message>
        <source>&amp;Sign in anyway</source>
        <translation>&amp;Trotzdem anmelden</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientModel</name>
    <message>
        <source>gets tokens</source>
        <comment>role of a client</comment>
        <translation>bekommt Tokens</translation>
    </message>
    <message>
        <source>looks at everything, gets no token</source>
        <comment>role of a client</comment>
        <translation>sieht alles, bekommt kein Token</translation>
    </message>
    <message>
        <source>manages sessions as you do</source>
        <comment>role of a client</comment>
        <translation>verwaltet Sitzungen wie Sie</translation>
    </message>
    <message>
        <source>may do everything</source>
        <comment>role of a client</comment>
        <translation>darf alles</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>Darf bekommen</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientsPage</name>
    <message>
        <source>Add &amp;client key...</source>
        <translation>&amp;Client-Schlüssel hinzufügen ...</translation>
    </message>
    <message>
        <source>Client keys</source>
        <translation>Client-Schlüssel</translation>
    </message>
    <message>
        <source>Details of the client</source>
        <translation>Einzelheiten des Clients</translation>
    </message>
    <message>
        <source>No client keys</source>
        <translation>Keine Client-Schlüssel</translation>
    </message>
    <message>
        <source>A program that runs where nobody can be asked, as on a server or in a container, can have a key of its own, and gets exactly what you list for it.</source>
        <translation>Ein Programm, das läuft, wo niemand gefragt werden kann, etwa auf einem Server oder in einem Container, kann einen eigenen Schlüssel haben. Es bekommt genau das, was Sie dafür festlegen.</translation>
    </message>
    <message>
        <source>&amp;New key...</source>
        <translation>&amp;Neuer Schlüssel ...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>&amp;Entfernen ...</translation>
    </message>
    <message>
        <source>Show &amp;services</source>
        <translation>&amp;Dienste zeigen</translation>
    </message>
    <message>
        <source>Connected programs</source>
        <translation>Verbundene Programme</translation>
    </message>
    <message>
        <source>Details of the program</source>
        <translation>Einzelheiten des Programms</translation>
    </message>
    <message>
        <source>Nothing is connected</source>
        <translation>Nichts ist verbunden</translation>
    </message>
    <message>
        <source>Programs that &quot;keybearer run&quot; has started, and MCP clients that use the gateway, are listed here. How to connect a client stands on the page of the services.</source>
        <translation>Programme, die „keybearer run“ gestartet hat, und MCP-Clients, die das Gateway benutzen, stehen hier. Wie man einen Client verbindet, steht auf der Seite der Dienste.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>part of a page, how many</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Permissions</source>
        <translation>Erlau&amp;bnisse</translation>
    </message>
    <message>
        <source>Client &amp;keys</source>
        <translation>Client-Sch&amp;lüssel</translation>
    </message>
    <message>
        <source>Conn&amp;ected</source>
        <translation>Verb&amp;unden</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>a client key</comment>
        <translation>E&amp;inschalten</translation>
    </message>
    <message>
        <source>Switch o&amp;ff</source>
        <comment>a client key</comment>
        <translation>&amp;Ausschalten</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>Wählen Sie eine Zeile, um alles darüber zu sehen.</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>Darf bekommen</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Key ends in</source>
        <translation>Schlüssel endet auf</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>Old key works until</source>
        <translation>Alter Schlüssel gilt bis</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>Key replaced</source>
        <translation>Schlüssel ersetzt</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n connection(s) in all</source>
        <comment>when</comment>
        <translation>
            <numerusform>%1, insgesamt %n Verbindung</numerusform>
            <numerusform>%1, insgesamt %n Verbindungen</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>what the run profile %1 lists in config.yaml</source>
        <translation>was das Startprofil %1 in config.yaml aufführt</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Erkannt als</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>when the program ends</source>
        <translation>wenn das Programm endet</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Nennt sich</translation>
    </message>
    <message>
        <source>For the service</source>
        <translation>Für den Dienst</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>Darf benutzen</translation>
    </message>
    <message>
        <source>Its answers go to</source>
        <translation>Seine Antworten gehen an</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Registriert</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectPanel</name>
    <message>
        <source>Cop&amp;y</source>
        <translation>Ko&amp;pieren</translation>
    </message>
    <message>
        <source>through a program</source>
        <translation>über ein Programm</translation>
    </message>
    <message>
        <source>through the gateway&apos;s address</source>
        <translation>über die Adresse des Gateways</translation>
    </message>
    <message>
        <source>What to paste into the client</source>
        <translation>Was im Client einzufügen ist</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <extracomment>followed by the name of a program: Claude Code</extracomment>
        <translation>&amp;Verbinden mit</translation>
    </message>
    <message>
        <source>Way of the connection</source>
        <translation>Art der Verbindung</translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>Wählen Sie oben einen MCP-Server.</translation>
    </message>
    <message>
        <source>%1 takes no address in its settings. Connect it through a program.</source>
        <translation>%1 nimmt in seinen Einstellungen keine Adresse an. Verbinden Sie es über ein Programm.</translation>
    </message>
    <message>
        <source>Open the gateway first: then the server has an address.</source>
        <translation>Öffnen Sie zuerst das Gateway: Dann hat der Server eine Adresse.</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectedModel</name>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>started by &quot;keybearer run&quot;</source>
        <translation>mit „keybearer run“ gestartet</translation>
    </message>
    <message>
        <source>MCP client, connected</source>
        <translation>MCP-Client, verbunden</translation>
    </message>
    <message>
        <source>MCP client, not connected</source>
        <translation>MCP-Client, nicht verbunden</translation>
    </message>
    <message>
        <source>what the profile %1 lists</source>
        <translation>was das Profil %1 aufführt</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>Darf bekommen</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentDetails</name>
    <message>
        <source>could not be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>%1 (process %2)</source>
        <translation>%1 (Prozess %2)</translation>
    </message>
    <message>
        <source>The programs that started it, the first one on top</source>
        <translation>Die Programme, die es gestartet haben, das erste zuoberst</translation>
    </message>
    <message>
        <source>It holds what Keybearer gave to the command that it started.</source>
        <translation>Es hat, was Keybearer dem Befehl gegeben hat, von dem es gestartet wurde.</translation>
    </message>
    <message>
        <source>A sandbox says which application it is, and the application cannot change that.</source>
        <translation>Eine Sandbox sagt, welche Anwendung es ist, und die Anwendung kann das nicht ändern.</translation>
    </message>
    <message>
        <source>Its file and the directories above it belong to the administrator.</source>
        <translation>Seine Datei und die Verzeichnisse darüber gehören dem Administrator.</translation>
    </message>
    <message>
        <source>The program only runs a script, so the script&apos;s file, content and directory count.</source>
        <translation>Das Programm führt nur ein Skript aus, deshalb zählen Datei, Inhalt und Verzeichnis des Skripts.</translation>
    </message>
    <message>
        <source>Its file belongs to you, so any program of yours could have changed it.</source>
        <translation>Seine Datei gehört Ihnen, jedes Ihrer Programme könnte sie also geändert haben.</translation>
    </message>
    <message>
        <source>It comes from another machine or a container, where nothing can be measured.</source>
        <translation>Es kommt von einem anderen Rechner oder aus einem Container, wo sich nichts messen lässt.</translation>
    </message>
    <message>
        <source>User:</source>
        <translation>Benutzer:</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>Programm:</translation>
    </message>
    <message>
        <source>Its SHA-256:</source>
        <translation>Sein SHA-256:</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>Skript:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Verzeichnis:</translation>
    </message>
    <message>
        <source>Replaceable by:</source>
        <translation>Ersetzbar durch:</translation>
    </message>
    <message>
        <source>the administrator alone</source>
        <translation>nur den Administrator</translation>
    </message>
    <message>
        <source>any program of yours</source>
        <translation>jedes Ihrer Programme</translation>
    </message>
    <message>
        <source>Terminal:</source>
        <translation>Terminal:</translation>
    </message>
    <message>
        <source>Unit:</source>
        <translation>Unit:</translation>
    </message>
    <message>
        <source>Signed by:</source>
        <translation>Signiert von:</translation>
    </message>
    <message>
        <source>Recognised:</source>
        <translation>Erkannt:</translation>
    </message>
    <message>
        <source>%1 (class %2). %3</source>
        <comment>how well a program is known, a letter, why</comment>
        <translation>%1 (Klasse %2). %3</translation>
    </message>
    <message>
        <source>D&amp;etails</source>
        <translation>Ein&amp;zelheiten</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>Gestartet von:</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentModel</name>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>the program ends</source>
        <translation>das Programm endet</translation>
    </message>
    <message>
        <source>set in config.yaml</source>
        <translation>in config.yaml festgelegt</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>%n-mal benutzt</numerusform>
            <numerusform>%n-mal benutzt</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Gestartet von</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Allowed until</source>
        <translation>Erlaubt bis</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>you take it back</source>
        <translation>Sie es zurücknehmen</translation>
    </message>
    <message>
        <source>Recognised as: %1</source>
        <translation>Erkannt als: %1</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>Vom System aktualisiert am %1; was Sie erlaubt haben, gilt weiter.</translation>
    </message>
    <message>
        <source>run profile %1</source>
        <translation>Startprofil %1</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>a moment from now</source>
        <translation>in einem Augenblick</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>Darf</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentPrompt</name>
    <message>
        <source>A program asks for access</source>
        <translation>Ein Programm bittet um Zugriff</translation>
    </message>
    <message>
        <source>Server:</source>
        <translation>Server:</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Ein unbekanntes Programm</translation>
    </message>
    <message>
        <source>%1 wants to use %2 and needs you to sign in there</source>
        <translation>%1 möchte %2 benutzen und braucht dort Ihre Anmeldung</translation>
    </message>
    <message>
        <source>%1 wants to send requests to %2 with your sign-in</source>
        <translation>%1 möchte mit Ihrer Anmeldung Anfragen an %2 senden</translation>
    </message>
    <message>
        <source>Sign in at:</source>
        <translation>Anmelden bei:</translation>
    </message>
    <message>
        <source>Allow until the program ends this conversation.</source>
        <translation>Erlauben, bis das Programm dieses Gespräch beendet.</translation>
    </message>
    <message>
        <source>A client that calls itself “%1” wants to connect to %2 through Keybearer</source>
        <translation>Ein Client, der sich „%1“ nennt, möchte sich über Keybearer mit %2 verbinden</translation>
    </message>
    <message>
        <source>Answers to:</source>
        <translation>Antwort an:</translation>
    </message>
    <message>
        <source>the one that you sign in with</source>
        <translation>das, mit dem Sie sich anmelden</translation>
    </message>
    <message>
        <source>Allow it only if you have just begun this in that program.</source>
        <translation>Erlauben Sie es nur, wenn Sie das in diesem Programm eben begonnen haben.</translation>
    </message>
    <message>
        <source>%1 wants to use your %2 account</source>
        <translation>%1 möchte Ihr %2-Konto benutzen</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>Programm:</translation>
    </message>
    <message>
        <source>could not be determined (process %1)</source>
        <translation>nicht feststellbar (Prozess %1)</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>Skript:</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>Gestartet von:</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>account, provider</comment>
        <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>Account:</source>
        <translation>Konto:</translation>
    </message>
    <message>
        <source>It could:</source>
        <translation>Es könnte:</translation>
    </message>
    <message>
        <source>do everything this sign-in allows</source>
        <translation>alles tun, was diese Anmeldung erlaubt</translation>
    </message>
    <message>
        <source>In the program&apos;s own words, not verified:</source>
        <translation>In den Worten des Programms, nicht überprüft:</translation>
    </message>
    <message>
        <source>It calls itself “%1”.</source>
        <translation>Es nennt sich „%1“.</translation>
    </message>
    <message>
        <source>This name mixes letters of different alphabets.</source>
        <translation>Dieser Name mischt Buchstaben verschiedener Alphabete.</translation>
    </message>
    <message>
        <source>Its reason: “%1”</source>
        <translation>Seine Begründung: „%1“</translation>
    </message>
    <message>
        <source>&amp;Once</source>
        <translation>&amp;Einmal</translation>
    </message>
    <message>
        <source>Allow this one request.</source>
        <translation>Nur diese eine Anfrage erlauben.</translation>
    </message>
    <message>
        <source>This &amp;session</source>
        <translation>Diese &amp;Sitzung</translation>
    </message>
    <message>
        <source>Allow for 30 days, or until you take it back.</source>
        <translation>Für 30 Tage erlauben, oder bis Sie es zurücknehmen.</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Ablehnen</translation>
    </message>
    <message>
        <source>Allow:</source>
        <translation>Erlauben:</translation>
    </message>
    <message>
        <source>30 da&amp;ys</source>
        <translation>30 &amp;Tage</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Runs in:</source>
        <translation>Läuft in:</translation>
    </message>
    <message>
        <source>Recognised as:</source>
        <translation>Erkannt als:</translation>
    </message>
    <message>
        <source>Changed:</source>
        <translation>Geändert:</translation>
    </message>
    <message>
        <source>Beware:</source>
        <translation>Vorsicht:</translation>
    </message>
    <message>
        <source>Allow until the program ends, is not used for ten minutes, or the screen is locked.</source>
        <translation>Erlauben, bis das Programm endet, zehn Minuten nichts abruft oder der Bildschirm gesperrt wird.</translation>
    </message>
    <message>
        <source>Until take&amp;n back</source>
        <translation>&amp;Bis auf Widerruf</translation>
    </message>
    <message>
        <source>Allow until you take it back.</source>
        <translation>Erlauben, bis Sie es zurücknehmen.</translation>
    </message>
    <message>
        <source>A command asks for access</source>
        <translation>Ein Befehl bittet um Zugriff</translation>
    </message>
    <message>
        <source>There is more to read: scroll down before you allow this.</source>
        <translation>Hier ist mehr zu lesen: Blättern Sie nach unten, bevor Sie erlauben.</translation>
    </message>
    <message>
        <source>What is known of the program, and what it would get</source>
        <translation>Was über das Programm bekannt ist, und was es bekäme</translation>
    </message>
    <message>
        <source>Allow this one start.</source>
        <translation>Nur diesen einen Start erlauben.</translation>
    </message>
    <message>
        <source>Allow it until the command ends, or you take it back.</source>
        <translation>Erlauben, bis der Befehl endet oder Sie es zurücknehmen.</translation>
    </message>
    <message>
        <source>Allow this command for 30 days, until anything of it changes.</source>
        <translation>Diesen Befehl für 30 Tage erlauben, bis sich etwas an ihm ändert.</translation>
    </message>
    <message>
        <source>This r&amp;un</source>
        <translation>Dieser La&amp;uf</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Verzeichnis:</translation>
    </message>
    <message>
        <source>It could use:</source>
        <translation>Er könnte benutzen:</translation>
    </message>
    <message>
        <source>Start this command with the run profile “%1”?</source>
        <translation>Diesen Befehl mit dem Startprofil „%1“ starten?</translation>
    </message>
    <message>
        <source>and %1 more that find no room here</source>
        <translation>und %1 weitere, für die hier kein Platz ist</translation>
    </message>
    <message>
        <source>the key itself, as it is, until you change it there</source>
        <translation>den Schlüssel selbst, so wie er ist, bis Sie ihn dort ändern</translation>
    </message>
    <message>
        <source>only the server&apos;s answers; the access itself stays with Keybearer</source>
        <translation>nur die Antworten des Servers; der Zugriff selbst bleibt bei Keybearer</translation>
    </message>
    <message>
        <source>the access itself: until it expires, nobody sees what is done with it</source>
        <translation>den Zugriff selbst: Bis er abläuft, sieht niemand, was damit geschieht</translation>
    </message>
    <message>
        <source>This host is %1: a name written with letters of different alphabets.</source>
        <translation>Dieser Host ist %1: ein Name aus Buchstaben verschiedener Alphabete.</translation>
    </message>
    <message>
        <source>This host is %1.</source>
        <translation>Dieser Host ist %1.</translation>
    </message>
    <message>
        <source>It gets:</source>
        <translation>Es bekommt:</translation>
    </message>
    <message>
        <source>%1 wants to have your API key “%2”</source>
        <translation>%1 möchte Ihren API-Schlüssel „%2“ haben</translation>
    </message>
    <message>
        <source>%1 wants to have access to the server %2</source>
        <translation>%1 möchte Zugriff auf den Server %2 haben</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which one of several questions</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Deny &amp;all of it (%1)</source>
        <comment>requests of one program</comment>
        <translation>A&amp;lles ablehnen (%1)</translation>
    </message>
    <message>
        <source>The time for an answer is over: it is denied.</source>
        <translation>Die Zeit für eine Antwort ist vorbei: Die Anfrage ist abgelehnt.</translation>
    </message>
    <message>
        <source>Without an answer it is denied in %1.</source>
        <extracomment>%1 is a time as minutes and seconds: 1:40</extracomment>
        <translation>Ohne Antwort wird in %1 abgelehnt.</translation>
    </message>
    <message>
        <source>Deny everything that this program asks for now.</source>
        <translation>Alles ablehnen, worum dieses Programm jetzt bittet.</translation>
    </message>
    <message>
        <source>In a moment. %1</source>
        <translation>Gleich. %1</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentQueue</name>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>Ihre Antwort hat den Broker nicht erreicht</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentsPart</name>
    <message>
        <source>Permissions</source>
        <translation>Erlaubnisse</translation>
    </message>
    <message>
        <source>Details of the permission</source>
        <translation>Einzelheiten der Erlaubnis</translation>
    </message>
    <message>
        <source>No program is allowed yet</source>
        <translation>Noch ist kein Programm erlaubt</translation>
    </message>
    <message>
        <source>When a program asks for one of your accounts, you decide. What you allow for longer than once is listed here, and can be taken back at any time.</source>
        <translation>Wenn ein Programm eines Ihrer Konten benutzen möchte, entscheiden Sie. Was Sie für länger als einmal erlauben, steht hier und lässt sich jederzeit zurücknehmen.</translation>
    </message>
    <message>
        <source>Take back &amp;all of this program...</source>
        <translation>&amp;Alles für dieses Programm zurücknehmen ...</translation>
    </message>
    <message>
        <source>&amp;Take back...</source>
        <translation>&amp;Zurücknehmen ...</translation>
    </message>
    <message>
        <source>Its file is the same to the last byte as when you allowed it (SHA-256 %1...).</source>
        <translation>Seine Datei ist bis aufs letzte Byte so, wie Sie sie erlaubt haben (SHA-256 %1...).</translation>
    </message>
    <message>
        <source>Only the administrator can replace that file.</source>
        <translation>Nur der Administrator kann diese Datei ersetzen.</translation>
    </message>
    <message>
        <source>Signed by %1.</source>
        <translation>Signiert von %1.</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>Vom System aktualisiert am %1; was Sie erlaubt haben, gilt weiter.</translation>
    </message>
    <message>
        <source>It stands in config.yaml, and is taken back there.</source>
        <translation>Es steht in config.yaml und wird dort zurückgenommen.</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>Wählen Sie eine Zeile, um alles darüber zu sehen.</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>%n-mal benutzt</numerusform>
            <numerusform>%n-mal benutzt</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Skript</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Nennt sich</translation>
    </message>
    <message>
        <source>Runs in</source>
        <translation>Läuft in</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Gestartet von</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Erkannt als</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>Darf benutzen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>Darf</translation>
    </message>
    <message>
        <source>At the server</source>
        <translation>Beim Server</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>in words, exactly</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>when, how often</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nie</translation>
    </message>
</context>
<context>
    <name>keybearer::DelayedActs</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undone</source>
        <comment>an action was taken back</comment>
        <translation>Rückgängig gemacht</translation>
    </message>
</context>
<context>
    <name>keybearer::DesktopNotifications</name>
    <message>
        <source>Show</source>
        <comment>a notification&apos;s button</comment>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>keybearer::DevicePanel</name>
    <message>
        <source>QR code of the address</source>
        <translation>QR-Code der Adresse</translation>
    </message>
    <message>
        <source>On any device, open %1 and enter this code:</source>
        <translation>Öffnen Sie auf einem beliebigen Gerät %1, und geben Sie diesen Code ein:</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>Only go on if you started this sign-in yourself, and only at %1. Whoever sends you such a code wants to be signed in as you.</source>
        <translation>Machen Sie nur weiter, wenn Sie diese Anmeldung selbst begonnen haben, und nur bei %1. Wer Ihnen einen solchen Code schickt, möchte in Ihrem Namen angemeldet sein.</translation>
    </message>
    <message>
        <source>The code has expired.</source>
        <translation>Der Code ist abgelaufen.</translation>
    </message>
    <message>
        <source>%1:%2 left</source>
        <translation>Noch %1:%2</translation>
    </message>
</context>
<context>
    <name>keybearer::DonePage</name>
    <message>
        <source>Keybearer is set up</source>
        <translation>Keybearer ist eingerichtet</translation>
    </message>
    <message>
        <source>When a program wants an account, you are asked once: what it is, which account, and for how long.</source>
        <translation>Wenn ein Programm ein Konto benutzen möchte, werden Sie einmal gefragt: was es ist, welches Konto, und für wie lange.</translation>
    </message>
    <message>
        <source>The key in the panel shows how things stand. You find everything there, also how to take a permission back.</source>
        <translation>Der Schlüssel in der Leiste zeigt, wie es steht. Dort finden Sie alles, auch wie Sie eine Erlaubnis zurücknehmen.</translation>
    </message>
    <message>
        <source>&amp;Open the main window</source>
        <translation>&amp;Hauptfenster öffnen</translation>
    </message>
    <message>
        <source>No settings of MCP clients were changed.</source>
        <translation>Es wurden keine Einstellungen von MCP-Clients geändert.</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) of your MCP clients use Keybearer now.</source>
        <translation>
            <numerusform>%n Server Ihrer MCP-Clients benutzt jetzt Keybearer.</numerusform>
            <numerusform>%n Server Ihrer MCP-Clients benutzen jetzt Keybearer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is signed in yet. Sign in from the icon in the panel, or wait until a program asks.</source>
        <translation>Noch ist niemand angemeldet. Melden Sie sich über das Symbol in der Leiste an, oder warten Sie, bis ein Programm fragt.</translation>
    </message>
    <message numerus="yes">
        <source>You are signed in to %n service(s).</source>
        <translation>
            <numerusform>Sie sind bei %n Dienst angemeldet.</numerusform>
            <numerusform>Sie sind bei %n Diensten angemeldet.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
</context>
<context>
    <name>keybearer::EventNotices</name>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>A tool has changed</source>
        <translation>Ein Werkzeug hat sich geändert</translation>
    </message>
    <message>
        <source>See what is different</source>
        <translation>Sehen, was anders ist</translation>
    </message>
    <message>
        <source>%1 needs you to sign in again</source>
        <comment>a provider</comment>
        <translation>Für %1 müssen Sie sich neu anmelden</translation>
    </message>
    <message>
        <source>Until then programs get nothing from it.</source>
        <translation>Bis dahin bekommen Programme nichts davon.</translation>
    </message>
    <message>
        <source>The session of %1 has ended. Until you sign in again programs get nothing from it.</source>
        <translation>Die Sitzung bei %1 ist beendet. Bis Sie sich neu anmelden, bekommen Programme nichts davon.</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Neu anmelden</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>Ein Programm</translation>
    </message>
    <message>
        <source>%1 asks for access</source>
        <comment>a program</comment>
        <translation>%1 bittet um Zugriff</translation>
    </message>
    <message>
        <source>It waits for your answer.</source>
        <translation>Es wartet auf Ihre Antwort.</translation>
    </message>
    <message>
        <source>It asks for %1 and waits for your answer.</source>
        <comment>a provider</comment>
        <translation>Es bittet um %1 und wartet auf Ihre Antwort.</translation>
    </message>
    <message>
        <source>Answer...</source>
        <translation>Antworten ...</translation>
    </message>
</context>
<context>
    <name>keybearer::FindingList</name>
    <message>
        <source>%1: %2</source>
        <comment>how bad, what</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Hide what works</source>
        <translation>Ausblenden, was funktioniert</translation>
    </message>
    <message numerus="yes">
        <source>Show %n thing(s) that work</source>
        <translation>
            <numerusform>%n Punkt anzeigen, der funktioniert</numerusform>
            <numerusform>%n Punkte anzeigen, die funktionieren</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::FormDialog</name>
    <message>
        <source>It &amp;expires on:</source>
        <translation>&amp;Läuft ab am:</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>Läuft ab am</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>&amp;Schlüssel:</translation>
    </message>
    <message>
        <source>Visible ASCII characters without spaces.</source>
        <translation>Sichtbare ASCII-Zeichen ohne Leerzeichen.</translation>
    </message>
</context>
<context>
    <name>keybearer::GatewayBar</name>
    <message>
        <source>Copy addr&amp;ess</source>
        <translation>Adresse &amp;kopieren</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>The gateway is open at %1. Clients that take an address reach every MCP server there.</source>
        <translation>Das Gateway ist offen bei %1. Clients, die eine Adresse annehmen, erreichen dort jeden MCP-Server.</translation>
    </message>
    <message>
        <source>The gateway is closed. Open it for clients that take an address instead of a program.</source>
        <translation>Das Gateway ist geschlossen. Öffnen Sie es für Clients, die eine Adresse statt eines Programms annehmen.</translation>
    </message>
    <message>
        <source>&amp;Close gateway</source>
        <translation>Gateway s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Open gateway</source>
        <translation>Gateway &amp;öffnen</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) connected</source>
        <translation>
            <numerusform>%n Client verbunden</numerusform>
            <numerusform>%n Clients verbunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::HealthPage</name>
    <message>
        <source>&amp;Check again</source>
        <translation>&amp;Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>&amp;Bericht kopieren</translation>
    </message>
    <message>
        <source>For a report of a fault: without tokens and without the names of your accounts.</source>
        <translation>Für eine Fehlermeldung: ohne Tokens und ohne die Namen Ihrer Konten.</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>The check did not run.</source>
        <translation>Die Prüfung ist nicht gelaufen.</translation>
    </message>
    <message>
        <source>Checking. Each provider is asked, which can take a while...</source>
        <translation>Prüfung läuft. Jeder Anbieter wird gefragt, das kann eine Weile dauern ...</translation>
    </message>
    <message>
        <source>Nothing was checked yet.</source>
        <translation>Noch wurde nichts geprüft.</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>Alles funktioniert.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to look at.</source>
        <translation>
            <numerusform>%n Punkt zum Ansehen.</numerusform>
            <numerusform>%n Punkte zum Ansehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) do not work.</source>
        <translation>
            <numerusform>%n Punkt funktioniert nicht.</numerusform>
            <numerusform>%n Punkte funktionieren nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>two sentences: &quot;1 thing does not work.&quot; and &quot;2 things to look at.&quot;</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1:</source>
        <comment>name of a fact</comment>
        <translation>%1:</translation>
    </message>
    <message>
        <source>No program opens the configuration</source>
        <translation>Kein Programm öffnet die Konfiguration</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
        <source>The report is in the clipboard</source>
        <translation>Der Bericht ist in der Zwischenablage</translation>
    </message>
    <message>
        <source>Read it before you give it to anybody.</source>
        <translation>Lesen Sie ihn, bevor Sie ihn jemandem geben.</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>keybearer::ImportPage</name>
    <message>
        <source>Servers in the settings of MCP clients</source>
        <translation>Server in den Einstellungen von MCP-Clients</translation>
    </message>
    <message>
        <source>Client and server</source>
        <translation>Client und Server</translation>
    </message>
    <message>
        <source>Secrets in plain text</source>
        <translation>Geheimnisse im Klartext</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Was daraus wird</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>&amp;Noch einmal suchen</translation>
    </message>
    <message>
        <source>Looking for MCP clients</source>
        <translation>Suche nach MCP-Clients</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Looking for MCP clients...</source>
        <translation>MCP-Clients werden gesucht ...</translation>
    </message>
    <message>
        <source>Keybearer reads the settings of Claude Desktop, Claude Code, VS Code, Cursor and mcp-remote. Nothing is changed.</source>
        <translation>Keybearer liest die Einstellungen von Claude Desktop, Claude Code, VS Code, Cursor und mcp-remote. Geändert wird nichts.</translation>
    </message>
    <message>
        <source>The settings could not be looked through</source>
        <translation>Die Einstellungen konnten nicht durchsucht werden</translation>
    </message>
    <message>
        <source>No MCP client was found</source>
        <translation>Kein MCP-Client gefunden</translation>
    </message>
    <message>
        <source>There are no settings of Claude Desktop, Claude Code, VS Code, Cursor or mcp-remote here. You can come back at any time: &quot;Set up...&quot; in the main window.</source>
        <translation>Hier gibt es keine Einstellungen von Claude Desktop, Claude Code, VS Code, Cursor oder mcp-remote. Sie können jederzeit hierher zurück: „Einrichten ...“ im Hauptfenster.</translation>
    </message>
    <message>
        <source>Your MCP clients</source>
        <translation>Ihre MCP-Clients</translation>
    </message>
    <message>
        <source>What is checked will be moved. A copy of each file is kept, and you can undo all of it on the next page.</source>
        <translation>Was angehakt ist, wird verschoben. Von jeder Datei bleibt eine Kopie, und auf der nächsten Seite können Sie alles rückgängig machen.</translation>
    </message>
    <message>
        <source>There are more files and servers than are shown here. Use &quot;keybearer import&quot; in a terminal for the others.</source>
        <translation>Es gibt mehr Dateien und Server, als hier gezeigt werden. Für die anderen nehmen Sie „keybearer import“ in einem Terminal.</translation>
    </message>
    <message>
        <source>Nothing would be changed in %1</source>
        <translation>In %1 würde nichts geändert</translation>
    </message>
    <message>
        <source>What would be changed in %1, if everything in it is moved:</source>
        <translation>Was in %1 geändert würde, wenn alles darin verschoben wird:</translation>
    </message>
    <message>
        <source>Go on &amp;without moving</source>
        <translation>Weiter &amp;ohne Verschieben</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Move %n server(s)</source>
        <translation>
            <numerusform>%n Server &amp;verschieben</numerusform>
            <numerusform>%n Server &amp;verschieben</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::KeyActions</name>
    <message>
        <source>A key has no spaces and no letters with accents.</source>
        <translation>Ein Schlüssel hat keine Leerzeichen und keine Buchstaben mit Akzenten.</translation>
    </message>
    <message>
        <source>Add API key</source>
        <translation>API-Schlüssel hinzufügen</translation>
    </message>
    <message>
        <source>The key goes into the keychain. Programs get it with your permission, and it stands in no file.</source>
        <translation>Der Schlüssel kommt in den Schlüsselbund. Programme bekommen ihn mit Ihrer Erlaubnis, und er steht in keiner Datei.</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>Hin&amp;zufügen</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes and underscores.</source>
        <translation>Buchstaben, Ziffern, Punkte, Binde- und Unterstriche.</translation>
    </message>
    <message>
        <source>&amp;Header:</source>
        <translation>&amp;Header:</translation>
    </message>
    <message>
        <source>How the key goes into a request; {key} stands for it.</source>
        <translation>Wie der Schlüssel in eine Anfrage kommt; {key} steht für ihn.</translation>
    </message>
    <message>
        <source>&amp;Description:</source>
        <translation>&amp;Beschreibung:</translation>
    </message>
    <message>
        <source>&amp;Programs may have the key itself</source>
        <translation>&amp;Programme dürfen den Schlüssel selbst haben</translation>
    </message>
    <message>
        <source>Else Keybearer puts it into requests, and no program ever sees it.</source>
        <translation>Sonst setzt Keybearer ihn in Anfragen ein, und kein Programm sieht ihn je.</translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores.</source>
        <translation>Ein Name besteht aus Buchstaben, Ziffern, Punkten, Binde- und Unterstrichen.</translation>
    </message>
    <message>
        <source>The header needs {key} where the key belongs.</source>
        <translation>Der Header braucht {key} dort, wo der Schlüssel hingehört.</translation>
    </message>
    <message>
        <source>New value for %1</source>
        <translation>Neuer Wert für %1</translation>
    </message>
    <message>
        <source>Make a new key where the old one comes from, and paste it here. Programs get the new one at once.</source>
        <translation>Erzeugen Sie einen neuen Schlüssel dort, woher der alte kommt, und fügen Sie ihn hier ein. Programme bekommen sofort den neuen.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Ersetzen</translation>
    </message>
    <message>
        <source>The API key could not be switched</source>
        <translation>Der API-Schlüssel konnte nicht umgeschaltet werden</translation>
    </message>
    <message>
        <source>Add client key</source>
        <translation>Client-Schlüssel hinzufügen</translation>
    </message>
    <message>
        <source>For a program that can be asked nothing: on a server, or in a container. It gets what you list here, without a question, and nothing else.</source>
        <translation>Für ein Programm, bei dem niemand gefragt werden kann: auf einem Server oder in einem Container. Es bekommt ohne Rückfrage, was Sie hier aufführen, und sonst nichts.</translation>
    </message>
    <message>
        <source>&amp;Make a key</source>
        <translation>S&amp;chlüssel erzeugen</translation>
    </message>
    <message>
        <source>&amp;May have:</source>
        <translation>&amp;Darf bekommen:</translation>
    </message>
    <message>
        <source>For example github, github:ana@example.com, apikey:weather.</source>
        <translation>Zum Beispiel github, github:ana@example.com, apikey:weather.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Gets tokens</source>
        <translation>Bekommt Tokens</translation>
    </message>
    <message>
        <source>Looks at everything, gets no token</source>
        <translation>Sieht alles, bekommt kein Token</translation>
    </message>
    <message>
        <source>Manages sessions as you do</source>
        <translation>Verwaltet Sitzungen wie Sie</translation>
    </message>
    <message>
        <source>&amp;Role:</source>
        <translation>&amp;Rolle:</translation>
    </message>
    <message>
        <source>That is more than one client may have.</source>
        <translation>Das ist mehr, als ein Client bekommen darf.</translation>
    </message>
    <message>
        <source>New key for %1</source>
        <translation>Neuer Schlüssel für %1</translation>
    </message>
    <message>
        <source>The new key is shown once. So that nothing breaks meanwhile, the old one can go on working.</source>
        <translation>Der neue Schlüssel wird einmal gezeigt. Damit inzwischen nichts ausfällt, kann der alte weiter gelten.</translation>
    </message>
    <message>
        <source>The old key works</source>
        <translation>Der alte Schlüssel gilt</translation>
    </message>
    <message>
        <source>no longer</source>
        <translation>nicht mehr</translation>
    </message>
    <message>
        <source>for another hour</source>
        <translation>noch eine Stunde</translation>
    </message>
    <message>
        <source>for another day</source>
        <translation>noch einen Tag</translation>
    </message>
    <message>
        <source>for another week</source>
        <translation>noch eine Woche</translation>
    </message>
    <message>
        <source>&amp;The old key works:</source>
        <translation>Der &amp;alte Schlüssel gilt:</translation>
    </message>
    <message>
        <source>The client could not be switched</source>
        <translation>Der Client konnte nicht umgeschaltet werden</translation>
    </message>
    <message>
        <source>Remove client</source>
        <translation>Client entfernen</translation>
    </message>
    <message>
        <source>Remove the client %1?</source>
        <translation>Den Client %1 entfernen?</translation>
    </message>
    <message>
        <source>Its key stops working at once. This cannot be undone: it would need a new key.</source>
        <translation>Sein Schlüssel gilt sofort nicht mehr. Das lässt sich nicht rückgängig machen: Er bräuchte einen neuen Schlüssel.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The client could not be removed</source>
        <translation>Der Client konnte nicht entfernt werden</translation>
    </message>
    <message>
        <source>Remove MCP client</source>
        <translation>MCP-Client entfernen</translation>
    </message>
    <message>
        <source>Remove the MCP client %1?</source>
        <translation>Den MCP-Client %1 entfernen?</translation>
    </message>
    <message>
        <source>It loses everything that was allowed to it, and is cut off at once. When it connects again, it has to ask you.</source>
        <translation>Er verliert alles, was ihm erlaubt war, und wird sofort getrennt. Wenn er sich wieder verbindet, muss er Sie fragen.</translation>
    </message>
    <message>
        <source>The MCP client could not be removed</source>
        <translation>Der MCP-Client konnte nicht entfernt werden</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>What the account is called here, in questions and lists. The provider does not learn of it.</source>
        <translation>Wie das Konto hier heißt, in Fragen und Listen. Der Anbieter erfährt nichts davon.</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>A name has no control characters.</source>
        <translation>Ein Name enthält keine Steuerzeichen.</translation>
    </message>
</context>
<context>
    <name>keybearer::MainWindow</name>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Set &amp;up...</source>
        <translation>&amp;Einrichten ...</translation>
    </message>
    <message>
        <source>Looks for MCP clients on this computer, and for secrets that lie in their settings.</source>
        <translation>Sucht auf diesem Rechner nach MCP-Clients und nach Geheimnissen in ihren Einstellungen.</translation>
    </message>
    <message>
        <source>Search all pages</source>
        <translation>Alle Seiten durchsuchen</translation>
    </message>
    <message>
        <source>· broker %1, sessions are kept in: %2</source>
        <translation>· Broker %1, Sitzungen liegen in: %2</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>Schließt das Symbol und fragt, ob der Broker weiterlaufen soll.</translation>
    </message>
</context>
<context>
    <name>keybearer::NavigationList</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page, how many were found on it</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n found</source>
        <translation>
            <numerusform>%1, %n gefunden</numerusform>
            <numerusform>%1, %n gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page, how many things wait there</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n waiting for you</source>
        <translation>
            <numerusform>%1, %n wartet auf Sie</numerusform>
            <numerusform>%1, %n warten auf Sie</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NothingFound</name>
    <message>
        <source>Nothing here matches</source>
        <translation>Hier passt nichts</translation>
    </message>
    <message>
        <source>&amp;Clear the search</source>
        <translation>Suche &amp;löschen</translation>
    </message>
    <message>
        <source>There is nothing on the other pages either.</source>
        <translation>Auch auf den anderen Seiten gibt es nichts.</translation>
    </message>
    <message>
        <source>There is something on other pages:</source>
        <translation>Auf anderen Seiten gibt es etwas:</translation>
    </message>
    <message numerus="yes">
        <source>Show %n on the page %1</source>
        <translation>
            <numerusform>%n auf der Seite %1 zeigen</numerusform>
            <numerusform>%n auf der Seite %1 zeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NoticeBar</name>
    <message>
        <source>Close</source>
        <comment>a notice</comment>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>keybearer::NotificationSection</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>&amp;Quiet hours, from</source>
        <translation>&amp;Ruhezeit, von</translation>
    </message>
    <message>
        <source>Tell me of &amp;waiting programs all the same</source>
        <translation>Wartende Programme &amp;trotzdem melden</translation>
    </message>
    <message>
        <source>A program waits for my answer, and its window is not in front</source>
        <translation>Ein Programm wartet auf meine Antwort, und sein Fenster ist nicht vorn</translation>
    </message>
    <message>
        <source>A session needs me to sign in again</source>
        <translation>Eine Sitzung braucht eine neue Anmeldung</translation>
    </message>
    <message>
        <source>Something is wrong, or looks like misuse</source>
        <translation>Etwas stimmt nicht oder sieht nach Missbrauch aus</translation>
    </message>
    <message>
        <source>A tool of an MCP server has changed</source>
        <translation>Ein Werkzeug eines MCP-Servers hat sich geändert</translation>
    </message>
    <message>
        <source>Sharing was paused or goes on</source>
        <translation>Die Weitergabe wurde angehalten oder geht weiter</translation>
    </message>
    <message>
        <source>What I have asked for is done, or has failed</source>
        <translation>Was ich veranlasst habe, ist getan oder fehlgeschlagen</translation>
    </message>
    <message>
        <source>Beginning of the quiet hours</source>
        <translation>Beginn der Ruhezeit</translation>
    </message>
    <message>
        <source>End of the quiet hours</source>
        <translation>Ende der Ruhezeit</translation>
    </message>
    <message>
        <source>&amp;to</source>
        <comment>between two times of day</comment>
        <translation>&amp;bis</translation>
    </message>
</context>
<context>
    <name>keybearer::PastePanel</name>
    <message>
        <source>C&amp;ontinue</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>The &amp;browser is on another computer</source>
        <translation>Der &amp;Browser ist auf einem anderen Rechner</translation>
    </message>
    <message>
        <source>Open the link there and sign in. At the end the browser shows a page that cannot be reached: copy its address, and paste it here:</source>
        <translation>Öffnen Sie den Link dort, und melden Sie sich an. Am Ende zeigt der Browser eine Seite, die nicht erreichbar ist: Kopieren Sie ihre Adresse, und fügen Sie sie hier ein:</translation>
    </message>
    <message>
        <source>Address that the sign-in ended at</source>
        <translation>Adresse, bei der die Anmeldung geendet hat</translation>
    </message>
</context>
<context>
    <name>keybearer::QuitQuestion</name>
    <message>
        <source>Quit Keybearer</source>
        <translation>Keybearer beenden</translation>
    </message>
    <message>
        <source>Should programs keep their access?</source>
        <translation>Sollen Programme ihren Zugriff behalten?</translation>
    </message>
    <message>
        <source>The icon goes in any case. The broker can go on in the background: programs that you have allowed keep their access, but nobody is there to answer new questions. If it stops too, the next program that asks starts it again.</source>
        <translation>Das Symbol verschwindet in jedem Fall. Der Broker kann im Hintergrund weiterlaufen: Programme, die Sie erlaubt haben, behalten ihren Zugriff, aber niemand ist da, um neue Fragen zu beantworten. Endet auch er, startet ihn das nächste Programm, das fragt, von Neuem.</translation>
    </message>
    <message>
        <source>&amp;Keep sharing in the background</source>
        <translation>Im Hintergrund &amp;weitergeben</translation>
    </message>
    <message>
        <source>&amp;Stop the broker too</source>
        <translation>&amp;Auch den Broker beenden</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>Nicht mehr fragen</translation>
    </message>
    <message>
        <source>The Settings page can change it later.</source>
        <translation>Auf der Seite „Einstellungen“ lässt es sich später ändern.</translation>
    </message>
</context>
<context>
    <name>keybearer::RequestModel</name>
    <message>
        <source>a program that could not be measured</source>
        <translation>ein Programm, das sich nicht messen ließ</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>start a program with what the run profile %1 lists</source>
        <translation>ein Programm mit dem starten, was das Startprofil %1 aufführt</translation>
    </message>
    <message>
        <source>have you sign in for %1</source>
        <translation>dass Sie sich bei %1 anmelden</translation>
    </message>
    <message>
        <source>use %1 through the gateway</source>
        <translation>%1 über das Gateway benutzen</translation>
    </message>
    <message>
        <source>use %1</source>
        <comment>provider</comment>
        <translation>%1 benutzen</translation>
    </message>
    <message>
        <source>use %1 as %2</source>
        <comment>provider, account</comment>
        <translation>%1 als %2 benutzen</translation>
    </message>
    <message>
        <source>is ending</source>
        <translation>endet gerade</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <comment>left to answer</comment>
        <translation>
            <numerusform>%n Sekunde</numerusform>
            <numerusform>%n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <comment>left to answer</comment>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>Möchte</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Verbleibende Zeit</translation>
    </message>
</context>
<context>
    <name>keybearer::RequestsPage</name>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what a program says of itself</comment>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>Möchte</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>May then</source>
        <translation>Darf dann</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Skript</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Gestartet von</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Erkannt als</translation>
    </message>
    <message>
        <source>It calls itself</source>
        <translation>Es nennt sich</translation>
    </message>
    <message>
        <source>It says</source>
        <translation>Es sagt</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Details of the request</source>
        <translation>Einzelheiten der Anfrage</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Ablehnen</translation>
    </message>
    <message>
        <source>&amp;Answer...</source>
        <translation>An&amp;tworten ...</translation>
    </message>
    <message>
        <source>Brings the question to the front; several are asked one after another.</source>
        <translation>Holt die Frage nach vorn; mehrere werden nacheinander gestellt.</translation>
    </message>
    <message>
        <source>Show &amp;activity</source>
        <translation>Aktivität &amp;zeigen</translation>
    </message>
    <message>
        <source>Nobody waits for you</source>
        <translation>Niemand wartet auf Sie</translation>
    </message>
    <message>
        <source>When a program wants one of your accounts, the question comes to the front, and is listed here until you answer. What was answered lately stands in Activity.</source>
        <translation>Wenn ein Programm eines Ihrer Konten benutzen möchte, kommt die Frage nach vorn und steht hier, bis Sie antworten. Was zuletzt beantwortet wurde, steht unter „Aktivität“.</translation>
    </message>
</context>
<context>
    <name>keybearer::ResultPage</name>
    <message>
        <source>What became of the files</source>
        <translation>Was aus den Dateien geworden ist</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Changing the settings</source>
        <translation>Einstellungen werden geändert</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Each file is copied first, then replaced in one step. This takes a moment; your keychain may ask for its password.</source>
        <translation>Jede Datei wird zuerst kopiert und dann in einem Schritt ersetzt. Das dauert einen Augenblick; Ihr Schlüsselbund fragt vielleicht nach seinem Passwort.</translation>
    </message>
    <message numerus="yes">
        <source>Moving %n server(s)...</source>
        <translation>
            <numerusform>%n Server wird verschoben ...</numerusform>
            <numerusform>%n Server werden verschoben ...</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was moved</source>
        <translation>Es wurde nichts verschoben</translation>
    </message>
    <message>
        <source>Copies of the files as they were are in %1. The old secrets stand in them in plain text: when everything works, erase them with &quot;keybearer import --forget-backups&quot;.</source>
        <translation>Kopien der Dateien, wie sie waren, liegen in %1. Die alten Geheimnisse stehen darin im Klartext: Wenn alles funktioniert, löschen Sie sie mit „keybearer import --forget-backups“.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be changed and are as they were. The list says why.</source>
        <translation>
            <numerusform>%n Datei konnte nicht geändert werden und ist, wie sie war. Die Liste sagt, warum.</numerusform>
            <numerusform>%n Dateien konnten nicht geändert werden und sind, wie sie waren. Die Liste sagt, warum.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved</source>
        <translation>
            <numerusform>%n Server verschoben</numerusform>
            <numerusform>%n Server verschoben</numerusform>
        </translation>
    </message>
    <message>
        <source>The next time a client starts one of them, Keybearer does the rest.</source>
        <translation>Wenn ein Client das nächste Mal einen davon startet, erledigt Keybearer den Rest.</translation>
    </message>
    <message>
        <source>Everything was as it should be.</source>
        <translation>Alles war, wie es sein sollte.</translation>
    </message>
    <message>
        <source>Putting the files back...</source>
        <translation>Dateien werden zurückgelegt ...</translation>
    </message>
    <message>
        <source>The files could not be put back</source>
        <translation>Die Dateien konnten nicht zurückgelegt werden</translation>
    </message>
    <message>
        <source>Some files could not be put back</source>
        <translation>Einige Dateien konnten nicht zurückgelegt werden</translation>
    </message>
    <message>
        <source>The list says why. Their copies are kept, so you can try again.</source>
        <translation>Die Liste sagt, warum. Die Kopien bleiben erhalten, Sie können es also noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Everything is as it was</source>
        <translation>Alles ist, wie es war</translation>
    </message>
    <message>
        <source>Keys that were moved stay in the store as well, where they do no harm; &quot;keybearer apikey list&quot; shows them.</source>
        <translation>Verschobene Schlüssel bleiben auch im Speicher, wo sie nicht schaden; „keybearer apikey list“ zeigt sie.</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Weiter</translation>
    </message>
</context>
<context>
    <name>keybearer::ScopeList</name>
    <message>
        <source>What to ask for</source>
        <translation>Worum gebeten wird</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>keybearer::ServiceModel</name>
    <message>
        <source>MCP server</source>
        <translation>MCP-Server</translation>
    </message>
    <message>
        <source>Address or program</source>
        <translation>Adresse oder Programm</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
</context>
<context>
    <name>keybearer::ServicesPage</name>
    <message>
        <source>&amp;Sign in</source>
        <translation>&amp;Anmelden</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>&amp;Remove...</source>
        <translation>Ent&amp;fernen ...</translation>
    </message>
    <message>
        <source>Add &amp;MCP server...</source>
        <translation>&amp;MCP-Server hinzufügen ...</translation>
    </message>
    <message>
        <source>No MCP servers yet</source>
        <translation>Noch keine MCP-Server</translation>
    </message>
    <message>
        <source>Add a server by its address, or a program of this computer. MCP clients then reach it through Keybearer, without a token in their settings.</source>
        <translation>Fügen Sie einen Server über seine Adresse hinzu, oder ein Programm auf diesem Rechner. MCP-Clients erreichen ihn dann über Keybearer, ohne ein Token in ihren Einstellungen.</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>MCP-Server</translation>
    </message>
    <message>
        <source>&amp;Add MCP server...</source>
        <translation>MCP-Server &amp;hinzufügen ...</translation>
    </message>
    <message>
        <source>&amp;Sign in again</source>
        <translation>&amp;Neu anmelden</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Look at %n tool(s)</source>
        <translation>
            <numerusform>%n Werkzeug an&amp;sehen</numerusform>
            <numerusform>%n Werkzeuge an&amp;sehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>Wählen Sie oben einen MCP-Server.</translation>
    </message>
    <message>
        <source>Signs in at %1.</source>
        <translation>Anmeldung bei %1.</translation>
    </message>
    <message>
        <source>Asks for: %1</source>
        <translation>Bittet um: %1</translation>
    </message>
    <message>
        <source>At the gateway: %1</source>
        <translation>Am Gateway: %1</translation>
    </message>
    <message>
        <source>It stands in config.yaml.</source>
        <translation>Steht in config.yaml.</translation>
    </message>
    <message>
        <source>Known from a sign-in by its address.</source>
        <translation>Von einer Anmeldung über die Adresse bekannt.</translation>
    </message>
    <message>
        <source>MCP server added</source>
        <translation>MCP-Server hinzugefügt</translation>
    </message>
    <message>
        <source>%1 stands in config.yaml now.</source>
        <translation>%1 steht jetzt in config.yaml.</translation>
    </message>
    <message>
        <source>Testing %1...</source>
        <translation>%1 wird getestet ...</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>how bad, what</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing is wrong with it.</source>
        <translation>Alles in Ordnung damit.</translation>
    </message>
    <message>
        <source>Remove the MCP server %1?</source>
        <translation>Den MCP-Server %1 entfernen?</translation>
    </message>
    <message>
        <source>Its entry goes from config.yaml; the file as it was is kept beside it. Clients that use it lose their connection. The account stays signed in.</source>
        <translation>Sein Eintrag verschwindet aus config.yaml; die Datei, wie sie war, bleibt daneben liegen. Clients, die ihn benutzen, verlieren die Verbindung. Das Konto bleibt angemeldet.</translation>
    </message>
    <message>
        <source>What was found out about it is forgotten. Clients that use it lose their connection.</source>
        <translation>Was über ihn ermittelt wurde, wird vergessen. Clients, die ihn benutzen, verlieren die Verbindung.</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>Entfe&amp;rnen</translation>
    </message>
    <message>
        <source>The MCP server was not removed</source>
        <translation>Der MCP-Server wurde nicht entfernt</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Das hat nicht geklappt</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionActions</name>
    <message>
        <source>The session could not be refreshed</source>
        <translation>Die Sitzung konnte nicht erneuert werden</translation>
    </message>
    <message>
        <source>Refreshed</source>
        <translation>Erneuert</translation>
    </message>
    <message>
        <source>The %1 session is fresh again.</source>
        <translation>Die Sitzung bei %1 ist wieder frisch.</translation>
    </message>
    <message>
        <source>Revoke session</source>
        <translation>Sitzung widerrufen</translation>
    </message>
    <message>
        <source>Revoke the %1 session of %2?</source>
        <translation>Die Sitzung bei %1 von %2 widerrufen?</translation>
    </message>
    <message>
        <source>Keybearer asks %1 to end it, and erases it from this computer. Programs that use it lose their access at once.</source>
        <translation>Keybearer bittet %1, sie zu beenden, und löscht sie von diesem Rechner. Programme, die sie benutzen, verlieren sofort ihren Zugriff.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>The session could not be revoked</source>
        <translation>Die Sitzung konnte nicht widerrufen werden</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>%1 has confirmed that the session of %2 has ended.</source>
        <translation>%1 hat bestätigt, dass die Sitzung von %2 beendet ist.</translation>
    </message>
    <message>
        <source>Erased here, not confirmed by %1</source>
        <translation>Hier gelöscht, von %1 nicht bestätigt</translation>
    </message>
    <message>
        <source>End the session in the account settings of %1 as well, to be sure.</source>
        <translation>Beenden Sie die Sitzung sicherheitshalber auch in den Kontoeinstellungen von %1.</translation>
    </message>
    <message>
        <source>Take back permission</source>
        <translation>Erlaubnis zurücknehmen</translation>
    </message>
    <message>
        <source>Take back the permission to use %1?</source>
        <translation>Die Erlaubnis zurücknehmen, %1 zu benutzen?</translation>
    </message>
    <message>
        <source>%1 has to ask you again the next time.</source>
        <translation>%1 muss Sie beim nächsten Mal wieder fragen.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>The permission could not be taken back</source>
        <translation>Die Erlaubnis konnte nicht zurückgenommen werden</translation>
    </message>
    <message numerus="yes">
        <source>The %1 session of %2 ends in %n second(s)</source>
        <translation>
            <numerusform>Die Sitzung bei %1 von %2 endet in %n Sekunde</numerusform>
            <numerusform>Die Sitzung bei %1 von %2 endet in %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>Noch wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The %1 session of %2 stays.</source>
        <translation>Die Sitzung bei %1 von %2 bleibt.</translation>
    </message>
    <message>
        <source>Remove API key</source>
        <translation>API-Schlüssel entfernen</translation>
    </message>
    <message>
        <source>Remove service account</source>
        <translation>Dienstkonto entfernen</translation>
    </message>
    <message>
        <source>Remove the API key %1?</source>
        <translation>Den API-Schlüssel %1 entfernen?</translation>
    </message>
    <message>
        <source>Remove the service account %1?</source>
        <translation>Das Dienstkonto %1 entfernen?</translation>
    </message>
    <message>
        <source>It is erased from this computer, and programs that use it stop working. It stays valid where it was made: to be sure, delete it there as well.</source>
        <translation>Er wird von diesem Rechner gelöscht, und Programme, die ihn benutzen, funktionieren nicht mehr. Wo er erzeugt wurde, bleibt er gültig: Löschen Sie ihn sicherheitshalber auch dort.</translation>
    </message>
    <message>
        <source>Its key is erased from this computer, and programs that use it stop working. The key stays valid at the provider: to be sure, delete it there as well.</source>
        <translation>Sein Schlüssel wird von diesem Rechner gelöscht, und Programme, die ihn benutzen, funktionieren nicht mehr. Beim Anbieter bleibt der Schlüssel gültig: Löschen Sie ihn sicherheitshalber auch dort.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message numerus="yes">
        <source>%1 is removed in %n second(s)</source>
        <comment>API key or service account</comment>
        <translation>
            <numerusform>%1 wird in %n Sekunde entfernt</numerusform>
            <numerusform>%1 wird in %n Sekunden entfernt</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been erased yet.</source>
        <translation>Noch wurde nichts gelöscht.</translation>
    </message>
    <message>
        <source>%1 stays.</source>
        <translation>%1 bleibt.</translation>
    </message>
    <message>
        <source>%1 could not be removed</source>
        <translation>%1 konnte nicht entfernt werden</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>%1 is erased.</source>
        <translation>%1 ist gelöscht.</translation>
    </message>
    <message>
        <source>Take back permissions</source>
        <translation>Erlaubnisse zurücknehmen</translation>
    </message>
    <message numerus="yes">
        <source>Take back %n permission(s) of %1?</source>
        <translation>
            <numerusform>%n Erlaubnis von %1 zurücknehmen?</numerusform>
            <numerusform>%n Erlaubnisse von %1 zurücknehmen?</numerusform>
        </translation>
    </message>
    <message>
        <source>The program has to ask you again the next time.</source>
        <translation>Das Programm muss Sie beim nächsten Mal wieder fragen.</translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) of %1 end in a moment</source>
        <translation>
            <numerusform>%n Erlaubnis von %1 endet gleich</numerusform>
            <numerusform>%n Erlaubnisse von %1 enden gleich</numerusform>
        </translation>
    </message>
    <message>
        <source>The permissions of %1 stay.</source>
        <translation>Die Erlaubnisse von %1 bleiben.</translation>
    </message>
    <message numerus="yes">
        <source>The permission to use %1 ends in %n second(s)</source>
        <translation>
            <numerusform>Die Erlaubnis, %1 zu benutzen, endet in %n Sekunde</numerusform>
            <numerusform>Die Erlaubnis, %1 zu benutzen, endet in %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>The permission to use %1 stays.</source>
        <translation>Die Erlaubnis, %1 zu benutzen, bleibt.</translation>
    </message>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>Ihre Antwort hat den Broker nicht erreicht</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionDetails</name>
    <message>
        <source>%1 (%2)</source>
        <comment>a time, how long from now or ago</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Un&amp;do</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>&amp;Umbenennen ...</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>Neuer Wer&amp;t ...</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>Wählen Sie eine Zeile, um alles darüber zu sehen.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>provider and state</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>&amp;Neu anmelden ...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Erneuern</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>E&amp;inschalten</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>&amp;Ausschalten</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>Ent&amp;fernen ...</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>&amp;Widerrufen ...</translation>
    </message>
    <message>
        <source>Sign in again; what programs may have stays as it is.</source>
        <translation>Melden Sie sich neu an; was Programme bekommen dürfen, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>What is stored cannot be read. Sign in again to replace it, or revoke it.</source>
        <translation>Was gespeichert ist, lässt sich nicht lesen. Melden Sie sich neu an, um es zu ersetzen, oder widerrufen Sie es.</translation>
    </message>
    <message>
        <source>Unlock the store to use it.</source>
        <translation>Entsperren Sie den Speicher, um sie zu benutzen.</translation>
    </message>
    <message>
        <source>Give it a new value, or remove it.</source>
        <translation>Geben Sie ihm einen neuen Wert, oder entfernen Sie ihn.</translation>
    </message>
    <message>
        <source>No program gets it until you switch it on.</source>
        <translation>Kein Programm bekommt ihn, bis Sie ihn einschalten.</translation>
    </message>
    <message>
        <source>no program yet</source>
        <comment>who may use a session</comment>
        <translation>noch kein Programm</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>programs</comment>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>Token expires</source>
        <translation>Token läuft ab</translation>
    </message>
    <message>
        <source>Token fetched</source>
        <translation>Token geholt</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <translation>Anmeldung endet</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Signed in at</source>
        <translation>Angemeldet bei</translation>
    </message>
    <message>
        <source>For the server</source>
        <translation>Für den Server</translation>
    </message>
    <message>
        <source>Known there as</source>
        <translation>Dort bekannt als</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>In requests</source>
        <translation>In Anfragen</translation>
    </message>
    <message>
        <source>Handed out</source>
        <translation>Herausgegeben</translation>
    </message>
    <message>
        <source>Programs that you allow may have the key itself.</source>
        <translation>Programme, denen Sie es erlauben, dürfen den Schlüssel selbst haben.</translation>
    </message>
    <message>
        <source>Never: Keybearer puts it into requests, and no program sees it.</source>
        <translation>Nie: Keybearer setzt ihn in Anfragen ein, und kein Programm sieht ihn.</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Value replaced</source>
        <translation>Wert ersetzt</translation>
    </message>
    <message>
        <source>For programs</source>
        <translation>Für Programme</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionModel</name>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Last used by</source>
        <translation>Zuletzt benutzt von</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>%1 (service account)</source>
        <comment>provider</comment>
        <translation>%1 (Dienstkonto)</translation>
    </message>
    <message>
        <source>%1 (this computer itself)</source>
        <comment>provider; nobody has signed in, a client acts for itself</comment>
        <translation>%1 (dieser Rechner selbst)</translation>
    </message>
    <message>
        <source>%1 (by your company)</source>
        <comment>provider; an identity provider vouches for the person</comment>
        <translation>%1 (durch Ihre Firma)</translation>
    </message>
    <message>
        <source>%1 (by this machine)</source>
        <comment>provider; the platform vouches for the machine</comment>
        <translation>%1 (durch diese Maschine)</translation>
    </message>
    <message>
        <source>Ends in a moment</source>
        <comment>a session that is about to be revoked</comment>
        <translation>Endet gleich</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>Erlaubt</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionsPage</name>
    <message>
        <source>No sessions yet</source>
        <translation>Noch keine Sitzungen</translation>
    </message>
    <message>
        <source>Sign in once, and programs on this computer can use the account, each with your permission and without ever seeing a password.</source>
        <translation>Melden Sie sich einmal an, und Programme auf diesem Rechner können das Konto benutzen: jedes mit Ihrer Erlaubnis, und ohne je ein Passwort zu sehen.</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>&amp;Widerrufen ...</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>&amp;Neu anmelden ...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Erneuern</translation>
    </message>
    <message>
        <source>&amp;Sign in...</source>
        <translation>An&amp;melden ...</translation>
    </message>
    <message>
        <source>Waiting for the broker</source>
        <translation>Warten auf den Broker</translation>
    </message>
    <message>
        <source>Your sessions are listed here as soon as it answers.</source>
        <translation>Ihre Sitzungen stehen hier, sobald er antwortet.</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Sign-ins</source>
        <translation>Anmeldungen</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Service accounts and machines</source>
        <translation>Dienstkonten und Maschinen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Sho&amp;w:</source>
        <translation>&amp;Zeigen:</translation>
    </message>
    <message>
        <source>&amp;Add API key...</source>
        <translation>API-Sch&amp;lüssel hinzufügen ...</translation>
    </message>
    <message>
        <source>&amp;Copy account</source>
        <translation>&amp;Konto kopieren</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>Neuer Wer&amp;t ...</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>E&amp;inschalten</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>Au&amp;sschalten</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>&amp;Umbenennen ...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>Ent&amp;fernen ...</translation>
    </message>
</context>
<context>
    <name>keybearer::SettingsPage</name>
    <message>
        <source>No program could be found that opens the file</source>
        <translation>Es wurde kein Programm gefunden, das die Datei öffnet</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>keybearer::SetupWizard</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Set up Keybearer</source>
        <translation>Keybearer einrichten</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
</context>
<context>
    <name>keybearer::SharingControl</name>
    <message>
        <source>Sharing could not be paused</source>
        <translation>Die Weitergabe konnte nicht angehalten werden</translation>
    </message>
    <message>
        <source>Sharing could not be resumed</source>
        <translation>Die Weitergabe konnte nicht fortgesetzt werden</translation>
    </message>
    <message>
        <source>Sharing was paused</source>
        <translation>Die Weitergabe wurde angehalten</translation>
    </message>
    <message>
        <source>No program gets anything until sharing goes on.</source>
        <translation>Kein Programm bekommt etwas, bis die Weitergabe fortgesetzt wird.</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>Weitergabe fortsetzen</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>Die Weitergabe läuft wieder</translation>
    </message>
    <message>
        <source>Programs get what you have allowed them again.</source>
        <translation>Programme bekommen wieder, was Sie ihnen erlaubt haben.</translation>
    </message>
</context>
<context>
    <name>keybearer::ShownKeyDialog</name>
    <message>
        <source>The key of %1</source>
        <translation>Der Schlüssel von %1</translation>
    </message>
    <message>
        <source>Copy it now: it is shown this once, and kept nowhere. Whoever has it gets what you have allowed, without a question.</source>
        <translation>Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal gezeigt und nirgends aufbewahrt. Wer ihn hat, bekommt ohne Rückfrage, was Sie erlaubt haben.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>The program finds it in the environment variable KEYBEARER_CLIENT_KEY, or in a file that the variable names as @FILE.</source>
        <translation>Das Programm findet ihn in der Umgebungsvariablen KEYBEARER_CLIENT_KEY oder in einer Datei, die die Variable als @FILE nennt.</translation>
    </message>
    <message>
        <source>I have &amp;kept it</source>
        <translation>Ich habe ihn &amp;aufbewahrt</translation>
    </message>
    <message>
        <source>Copied for a minute</source>
        <translation>Für eine Minute kopiert</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInChoices</name>
    <message>
        <source>To be set up first, once</source>
        <translation>Muss zuerst einmal eingerichtet werden</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) signed in</source>
        <translation>
            <numerusform>%n Konto angemeldet</numerusform>
            <numerusform>%n Konten angemeldet</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>MCP server at %1, signed in</source>
        <translation>MCP-Server bei %1, angemeldet</translation>
    </message>
    <message>
        <source>MCP server at %1</source>
        <translation>MCP-Server bei %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>what one can sign in to, and its state</comment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInChooser</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Where do you want to sign in?</source>
        <translation>Wo möchten Sie sich anmelden?</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search for a provider or an MCP server</source>
        <translation>Nach einem Anbieter oder MCP-Server suchen</translation>
    </message>
    <message>
        <source>Providers and MCP servers</source>
        <translation>Anbieter und MCP-Server</translation>
    </message>
    <message>
        <source>Or paste the &amp;address of an MCP server:</source>
        <translation>Oder die &amp;Adresse eines MCP-Servers einfügen:</translation>
    </message>
    <message>
        <source>Address of an MCP server</source>
        <translation>Adresse eines MCP-Servers</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Einzelheiten</translation>
    </message>
    <message>
        <source>The page asks who you are</source>
        <translation>Die Seite fragt, wer Sie sind</translation>
    </message>
    <message>
        <source>A&amp;ccount:</source>
        <translation>&amp;Konto:</translation>
    </message>
    <message>
        <source>Ask &amp;for:</source>
        <translation>Bitten &amp;um:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>There is no connection to the broker. Keybearer keeps trying.</source>
        <translation>Es besteht keine Verbindung zum Broker. Keybearer versucht es weiter.</translation>
    </message>
    <message>
        <source>Nothing here has this name. An MCP server needs only its address, below.</source>
        <translation>Hier hat nichts diesen Namen. Ein MCP-Server braucht nur seine Adresse, unten.</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>Ein&amp;richten ...</translation>
    </message>
    <message>
        <source>Signs in to %1. This name is written with letters of different alphabets.</source>
        <translation>Anmeldung bei %1. Dieser Name besteht aus Buchstaben verschiedener Alphabete.</translation>
    </message>
    <message>
        <source>Signs in to %1.</source>
        <translation>Anmeldung bei %1.</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInDialog</name>
    <message>
        <source>&amp;Copy link</source>
        <translation>Link &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation>Noch einmal &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Noch einmal &amp;versuchen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Anmelden bei %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Preparing the sign-in...</source>
        <translation>Anmeldung wird vorbereitet ...</translation>
    </message>
    <message>
        <source>Keybearer is asking %1 where to sign in.</source>
        <translation>Keybearer fragt %1, wo Sie sich anmelden.</translation>
    </message>
    <message>
        <source>Waiting for you in the browser...</source>
        <translation>Der Browser wartet auf Sie ...</translation>
    </message>
    <message>
        <source>Sign in on the page of %1 that has just opened. Check that the browser&apos;s address bar says so before you type a password.</source>
        <translation>Melden Sie sich auf der Seite von %1 an, die sich gerade geöffnet hat. Prüfen Sie, dass dies auch in der Adresszeile des Browsers steht, bevor Sie ein Passwort eingeben.</translation>
    </message>
    <message>
        <source>Open the link in a browser</source>
        <translation>Öffnen Sie den Link in einem Browser</translation>
    </message>
    <message>
        <source>No browser could be started. Copy the link, open it in a browser on this computer, and check that it shows %1.</source>
        <translation>Es ließ sich kein Browser starten. Kopieren Sie den Link, öffnen Sie ihn in einem Browser auf diesem Rechner, und prüfen Sie, dass er %1 zeigt.</translation>
    </message>
    <message>
        <source>Almost there...</source>
        <translation>Fast geschafft ...</translation>
    </message>
    <message>
        <source>%1 has answered; Keybearer is fetching your session.</source>
        <translation>%1 hat geantwortet; Keybearer holt Ihre Sitzung.</translation>
    </message>
    <message>
        <source>The sign-in did not work</source>
        <translation>Die Anmeldung hat nicht geklappt</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Enter a code to sign in</source>
        <translation>Geben Sie einen Code ein, um sich anzumelden</translation>
    </message>
    <message>
        <source>&amp;Copy code</source>
        <translation>&amp;Code kopieren</translation>
    </message>
    <message>
        <source>&amp;Open here</source>
        <translation>&amp;Hier öffnen</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>&amp;Einrichten ...</translation>
    </message>
    <message>
        <source>Get a &amp;new code</source>
        <translation>&amp;Neuen Code holen</translation>
    </message>
    <message>
        <source>%1
This name is written with letters of different alphabets.</source>
        <translation>%1
Dieser Name besteht aus Buchstaben verschiedener Alphabete.</translation>
    </message>
    <message>
        <source>Host of the sign-in page: %1</source>
        <translation>Host der Anmeldeseite: %1</translation>
    </message>
    <message>
        <source>The code has expired</source>
        <translation>Der Code ist abgelaufen</translation>
    </message>
    <message>
        <source>Nothing is lost: get a new code, and enter that one.</source>
        <translation>Nichts ist verloren: Holen Sie einen neuen Code, und geben Sie diesen ein.</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInSteps</name>
    <message>
        <source>Find out how to sign in</source>
        <translation>Herausfinden, wie man sich anmeldet</translation>
    </message>
    <message>
        <source>Register Keybearer there</source>
        <translation>Keybearer dort registrieren</translation>
    </message>
    <message>
        <source>You enter the code</source>
        <translation>Sie geben den Code ein</translation>
    </message>
    <message>
        <source>You sign in, in the browser</source>
        <translation>Sie melden sich im Browser an</translation>
    </message>
    <message>
        <source>Fetch the session</source>
        <translation>Sitzung holen</translation>
    </message>
    <message>
        <source>Ask who you are, and store the session</source>
        <translation>Fragen, wer Sie sind, und die Sitzung speichern</translation>
    </message>
    <message>
        <source>%1: done</source>
        <comment>a step</comment>
        <translation>%1: erledigt</translation>
    </message>
    <message>
        <source>%1: failed</source>
        <comment>a step</comment>
        <translation>%1: fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1: now</source>
        <comment>a step</comment>
        <translation>%1: jetzt</translation>
    </message>
    <message>
        <source>%1: later</source>
        <comment>a step</comment>
        <translation>%1: später</translation>
    </message>
</context>
<context>
    <name>keybearer::SignIns</name>
    <message>
        <source>Signed in to %1</source>
        <translation>Angemeldet bei %1</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Angemeldet als %1</translation>
    </message>
    <message>
        <source>Your %1 session is ready. Programs that want to use it will ask you.</source>
        <translation>Ihre Sitzung bei %1 ist bereit. Programme, die sie benutzen wollen, werden Sie fragen.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInsPage</name>
    <message>
        <source>Search services</source>
        <translation>Dienste suchen</translation>
    </message>
    <message>
        <source>Nothing to sign in to</source>
        <translation>Nichts zum Anmelden</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>API keys need no sign-in. Those that were moved are in the store; add others with &quot;keybearer apikey add&quot;.</source>
        <translation>API-Schlüssel brauchen keine Anmeldung. Die verschobenen sind im Speicher; weitere fügen Sie mit „keybearer apikey add“ hinzu.</translation>
    </message>
    <message>
        <source>Your browser opens for each. You can do this now, or later from the icon in the panel: a program that needs an account asks for it.</source>
        <translation>Für jeden Dienst öffnet sich Ihr Browser. Das können Sie jetzt tun oder später über das Symbol in der Leiste: Ein Programm, das ein Konto braucht, fragt danach.</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>Anmelden ...</translation>
    </message>
    <message>
        <source>an account without a name</source>
        <translation>ein Konto ohne Namen</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Angemeldet als %1</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Add another account...</source>
        <translation>Weiteres Konto hinzufügen ...</translation>
    </message>
    <message>
        <source>Add another account of %1</source>
        <translation>Weiteres Konto von %1 hinzufügen</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Anmelden bei %1</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>&amp;Später</translation>
    </message>
</context>
<context>
    <name>keybearer::StateBar</name>
    <message>
        <source>State of the broker</source>
        <translation>Zustand des Brokers</translation>
    </message>
    <message>
        <source>No connection to the broker; trying again. What you see is how it was.</source>
        <translation>Keine Verbindung zum Broker; es wird weiter versucht. Sie sehen, wie es zuletzt war.</translation>
    </message>
    <message>
        <source>Start the &amp;broker</source>
        <translation>&amp;Broker starten</translation>
    </message>
    <message>
        <source>The store is locked: no program gets a token until you unlock it.</source>
        <translation>Der Speicher ist gesperrt: Kein Programm bekommt ein Token, bis Sie ihn entsperren.</translation>
    </message>
    <message>
        <source>The keychain is locked: no program gets a token until you unlock it.</source>
        <translation>Der Schlüsselbund ist gesperrt: Kein Programm bekommt ein Token, bis Sie ihn entsperren.</translation>
    </message>
    <message>
        <source>Un&amp;lock...</source>
        <translation>&amp;Entsperren...</translation>
    </message>
</context>
<context>
    <name>keybearer::StoreLock</name>
    <message>
        <source>The store could not be looked at</source>
        <translation>Der Speicher konnte nicht befragt werden</translation>
    </message>
    <message>
        <source>The store could not be unlocked</source>
        <translation>Der Speicher konnte nicht entsperrt werden</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>Entsperrt</translation>
    </message>
    <message>
        <source>Programs get their tokens again.</source>
        <translation>Programme bekommen ihre Tokens wieder.</translation>
    </message>
    <message>
        <source>The store could not be locked</source>
        <translation>Der Speicher konnte nicht gesperrt werden</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>No program gets a token until you unlock it.</source>
        <translation>Kein Programm bekommt ein Token, bis Sie ihn entsperren.</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolModel</name>
    <message>
        <source>is new, hidden</source>
        <translation>ist neu, verborgen</translation>
    </message>
    <message>
        <source>is new</source>
        <translation>ist neu</translation>
    </message>
    <message>
        <source>has changed, hidden</source>
        <translation>hat sich geändert, verborgen</translation>
    </message>
    <message>
        <source>has changed</source>
        <translation>hat sich geändert</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>What has happened</source>
        <translation>Was geschehen ist</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolsPage</name>
    <message>
        <source>Changed tools</source>
        <translation>Geänderte Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Freigeben</translation>
    </message>
    <message>
        <source>No tool has changed</source>
        <translation>Kein Werkzeug hat sich geändert</translation>
    </message>
    <message>
        <source>When an MCP server says something else of a tool than what you have approved, it is listed here.</source>
        <translation>Sagt ein MCP-Server über ein Werkzeug etwas anderes, als Sie freigegeben haben, steht es hier.</translation>
    </message>
    <message>
        <source>What a model is told of these tools is not what you have approved. A server that changes it can make the model do other things than you expect.</source>
        <translation>Was ein Modell über diese Werkzeuge erfährt, ist nicht das, was Sie freigegeben haben. Ein Server, der das ändert, kann das Modell zu anderem bringen, als Sie erwarten.</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>Was anders ist</translation>
    </message>
    <message>
        <source>No model sees it until you approve it.</source>
        <translation>Kein Modell sieht es, bis Sie es freigeben.</translation>
    </message>
    <message>
        <source>Models see it as it is now. Approve it to be warned of the next change.</source>
        <translation>Modelle sehen es, wie es jetzt ist. Geben Sie es frei, um vor der nächsten Änderung gewarnt zu werden.</translation>
    </message>
    <message>
        <source>It was not there when you approved the others. This is what a model is told of it:</source>
        <translation>Es war nicht da, als Sie die anderen freigegeben haben. Das erfährt ein Modell darüber:</translation>
    </message>
    <message>
        <source>What has changed cannot be said: a definition was too long to be kept.</source>
        <translation>Was sich geändert hat, lässt sich nicht sagen: Eine Beschreibung war zu lang, um aufbewahrt zu werden.</translation>
    </message>
    <message>
        <source>The tool could not be approved</source>
        <translation>Das Werkzeug konnte nicht freigegeben werden</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayApplication</name>
    <message>
        <source>No browser could be opened for a sign-in</source>
        <translation>Für eine Anmeldung konnte kein Browser geöffnet werden</translation>
    </message>
    <message>
        <source>The broker did not start</source>
        <translation>Der Broker ist nicht gestartet</translation>
    </message>
    <message>
        <source>The broker could not be stopped</source>
        <translation>Der Broker konnte nicht beendet werden</translation>
    </message>
    <message>
        <source>This desktop has no place for a status icon</source>
        <translation>Dieser Desktop hat keinen Platz für ein Statussymbol</translation>
    </message>
    <message>
        <source>Closed, this window comes back when Keybearer is started again; meanwhile it goes on in the background.</source>
        <translation>Ist dieses Fenster geschlossen, kommt es wieder, wenn Keybearer erneut gestartet wird; inzwischen läuft es im Hintergrund weiter.</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayMenu</name>
    <message>
        <source>Changed tools (%1)...</source>
        <translation>Geänderte Werkzeuge (%1)...</translation>
    </message>
    <message>
        <source>Unlock...</source>
        <translation>Entsperren ...</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message numerus="yes">
        <source>%n more in the Sessions window</source>
        <translation>
            <numerusform>%n weitere im Fenster „Sitzungen“</numerusform>
            <numerusform>%n weitere im Fenster „Sitzungen“</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1, expires %2</source>
        <comment>state, in how long</comment>
        <translation>%1, läuft ab %2</translation>
    </message>
    <message>
        <source>Sign in again...</source>
        <translation>Neu anmelden ...</translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation>Jetzt erneuern</translation>
    </message>
    <message>
        <source>Revoke...</source>
        <translation>Widerrufen ...</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Set up...</source>
        <translation>Einrichten ...</translation>
    </message>
    <message>
        <source>Settings...</source>
        <translation>Einstellungen ...</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>Schließt das Symbol, und fragt, ob der Broker weiterlaufen soll.</translation>
    </message>
    <message>
        <source>A program asks for %1...</source>
        <comment>a provider</comment>
        <translation>Ein Programm bittet um %1 ...</translation>
    </message>
    <message>
        <source>%1 asks for %2...</source>
        <comment>a program, a provider</comment>
        <translation>%1 bittet um %2 ...</translation>
    </message>
    <message numerus="yes">
        <source>All %n request(s)...</source>
        <translation>
            <numerusform>Alle Anfragen (%n) ...</numerusform>
            <numerusform>Alle %n Anfragen ...</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>Weitergabe fortsetzen</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>Weitergabe anhalten</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>Für 15 Minuten</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1 Stunde</translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation>Bis ich sie fortsetze</translation>
    </message>
</context>
<context>
    <name>keybearer::TraySection</name>
    <message>
        <source>This application</source>
        <translation>Diese Anwendung</translation>
    </message>
    <message>
        <source>&amp;Start with the desktop</source>
        <translation>Mit dem Desktop &amp;starten</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <comment>a file</comment>
        <translation>Wird nach %1 geschrieben</translation>
    </message>
    <message>
        <source>With colour</source>
        <comment>the status icon</comment>
        <translation>Farbig</translation>
    </message>
    <message>
        <source>In one colour, like the panel&apos;s own</source>
        <comment>the status icon</comment>
        <translation>Einfarbig, wie die anderen in der Leiste</translation>
    </message>
    <message>
        <source>Ask me each time</source>
        <translation>Mich jedes Mal fragen</translation>
    </message>
    <message>
        <source>The broker goes on in the background</source>
        <translation>Der Broker läuft im Hintergrund weiter</translation>
    </message>
    <message>
        <source>The broker stops too</source>
        <translation>Der Broker wird auch beendet</translation>
    </message>
    <message>
        <source>Status &amp;icon:</source>
        <translation>Status&amp;symbol:</translation>
    </message>
    <message>
        <source>When I &amp;quit:</source>
        <translation>Beim &amp;Beenden:</translation>
    </message>
    <message>
        <source>These settings cannot be kept: %1 cannot be written.</source>
        <comment>a file</comment>
        <translation>Diese Einstellungen lassen sich nicht behalten: %1 kann nicht geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>keybearer::UnlockDialog</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>Passphrase wählen</translation>
    </message>
    <message>
        <source>Unlock the store</source>
        <translation>Speicher entsperren</translation>
    </message>
    <message>
        <source>It will be asked for whenever the broker starts. There is no way around a forgotten one.</source>
        <translation>Sie wird bei jedem Start des Brokers verlangt. Um eine vergessene führt kein Weg herum.</translation>
    </message>
    <message>
        <source>Your sessions are in a file that this passphrase opens.</source>
        <translation>Ihre Sitzungen liegen in einer Datei, die diese Passphrase öffnet.</translation>
    </message>
    <message>
        <source>&amp;Passphrase:</source>
        <translation>&amp;Passphrase:</translation>
    </message>
    <message>
        <source>Once &amp;more:</source>
        <translation>&amp;Noch einmal:</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>&amp;Verwenden</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>&amp;Entsperren</translation>
    </message>
</context>
<context>
    <name>keybearer::UsageChart</name>
    <message>
        <source>%1: %2 given</source>
        <comment>day or program, tokens given</comment>
        <translation>%1: %2 ausgegeben</translation>
    </message>
    <message>
        <source>%1: %2 given, %3 refused</source>
        <comment>day or program, tokens given, tokens refused</comment>
        <translation>%1: %2 ausgegeben, %3 verweigert</translation>
    </message>
    <message>
        <source>Nothing was given or refused.</source>
        <translation>Es wurde nichts ausgegeben oder verweigert.</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>title of a chart, what its current bar says</comment>
        <translation>%1. %2</translation>
    </message>
</context>
<context>
    <name>keybearer::UsagePanel</name>
    <message numerus="yes">
        <source>Tokens given, last %n day(s)</source>
        <translation>
            <numerusform>Ausgegebene Tokens, letzter %n Tag</numerusform>
            <numerusform>Ausgegebene Tokens, letzte %n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>By program</source>
        <translation>Nach Programm</translation>
    </message>
    <message>
        <source>A double click shows the rows of one program only.</source>
        <translation>Ein Doppelklick zeigt nur die Einträge eines Programms.</translation>
    </message>
</context>
<context>
    <name>keybearer::WelcomePage</name>
    <message>
        <source>Welcome to Keybearer</source>
        <translation>Willkommen bei Keybearer</translation>
    </message>
    <message>
        <source>You sign in once to each service. Programs on this computer can then use the account, each with your permission, and none of them ever holds a password or a key that lasts.</source>
        <translation>Sie melden sich bei jedem Dienst einmal an. Programme auf diesem Rechner können das Konto dann benutzen: jedes mit Ihrer Erlaubnis, und keines hat je ein Passwort oder einen dauerhaften Schlüssel.</translation>
    </message>
    <message>
        <source>What do your programs need?</source>
        <translation>Was brauchen Ihre Programme?</translation>
    </message>
    <message>
        <source>&amp;GitHub</source>
        <translation>&amp;GitHub</translation>
    </message>
    <message>
        <source>Repositories, issues and pull requests, with one sign-in instead of personal tokens.</source>
        <translation>Repositorys, Issues und Pull-Requests, mit einer Anmeldung statt persönlicher Tokens.</translation>
    </message>
    <message>
        <source>Google &amp;Workspace</source>
        <translation>Google &amp;Workspace</translation>
    </message>
    <message>
        <source>Mail, calendar and documents of one account.</source>
        <translation>Mail, Kalender und Dokumente eines Kontos.</translation>
    </message>
    <message>
        <source>One &amp;other service</source>
        <translation>Ein &amp;anderer Dienst</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>&amp;Several services</source>
        <translation>&amp;Mehrere Dienste</translation>
    </message>
    <message>
        <source>You choose from all of them, and add your company&apos;s own servers by their address.</source>
        <translation>Sie wählen aus allen und fügen die eigenen Server Ihrer Firma über ihre Adresse hinzu.</translation>
    </message>
    <message>
        <source>Only API &amp;keys</source>
        <translation>Nur API-&amp;Schlüssel</translation>
    </message>
    <message>
        <source>Nothing to sign in to: keys move from settings files into the keychain.</source>
        <translation>Keine Anmeldung nötig: Schlüssel wandern aus Einstellungsdateien in den Schlüsselbund.</translation>
    </message>
    <message>
        <source>&amp;Look for MCP clients</source>
        <translation>MCP-&amp;Clients suchen</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Shows the sessions of the credential broker, and asks before a program may use one.</source>
        <translation>Zeigt die Sitzungen des Brokers, und fragt, bevor ein Programm eine benutzen darf.</translation>
    </message>
    <message>
        <source>Open the window with this page.</source>
        <comment>an option</comment>
        <translation>Öffnet das Fenster mit dieser Seite.</translation>
    </message>
</context>
</TS>
