<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en_US">
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
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>No provider is set up yet</source>
        <translation type="unfinished">Noch ist kein Anbieter eingerichtet</translation>
    </message>
    <message>
        <source>More...</source>
        <translation type="unfinished">Weitere ...</translation>
    </message>
    <message>
        <source>These need a client id in config.yaml first:</source>
        <translation type="unfinished">Diese brauchen zuerst eine Client-ID in config.yaml:</translation>
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
</context>
<context>
    <name>keybearer::ConsentModel</name>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
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
        <source>Scopes</source>
        <translation>Rechte</translation>
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
        <source>An unknown program wants to use your %1 account</source>
        <translation>Ein unbekanntes Programm möchte Ihr %1-Konto benutzen</translation>
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
</context>
<context>
    <name>keybearer::ConsentQueue</name>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>Ihre Antwort hat den Broker nicht erreicht</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentsPage</name>
    <message>
        <source>Allowed programs</source>
        <translation>Erlaubte Programme</translation>
    </message>
    <message>
        <source>&amp;Take back...</source>
        <translation>&amp;Zurücknehmen ...</translation>
    </message>
    <message>
        <source>No program is allowed yet</source>
        <translation>Noch ist kein Programm erlaubt</translation>
    </message>
    <message>
        <source>When a program asks for one of your accounts, you decide. What you allow for longer than once is listed here.</source>
        <translation>Wenn ein Programm eines Ihrer Konten benutzen möchte, entscheiden Sie. Was Sie für länger als einmal erlauben, steht hier.</translation>
    </message>
</context>
<context>
    <name>keybearer::DevicePanel</name>
    <message>
        <source>QR code of the address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On any device, open %1 and enter this code:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only go on if you started this sign-in yourself, and only at %1. Whoever sends you such a code wants to be signed in as you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The code has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1:%2 left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keybearer::MainWindow</name>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished">&amp;Beenden</translation>
    </message>
    <message>
        <source>Set &amp;up...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks for MCP clients on this computer, and for secrets that lie in their settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search all pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>· broker %1, sessions are kept in: %2</source>
        <translation type="unfinished">· Broker %1, Sitzungen liegen in: %2</translation>
    </message>
    <message>
        <source>Closes the tray icon. The broker goes on running, and programs keep their access.</source>
        <translation type="unfinished">Schließt das Symbol. Der Broker läuft weiter, und Programme behalten ihren Zugriff.</translation>
    </message>
</context>
<context>
    <name>keybearer::NavigationList</name>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page, how many were found on it</comment>
        <translation type="unfinished">%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n found</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page, how many things wait there</comment>
        <translation type="unfinished">%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n waiting for you</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NoticeBar</name>
    <message>
        <source>Close</source>
        <comment>a notice</comment>
        <translation type="unfinished">Schließen</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation type="unfinished"></translation>
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
</context>
<context>
    <name>keybearer::SessionModel</name>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
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
        <source>Scopes</source>
        <translation>Rechte</translation>
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
        <source>&amp;Sign in to</source>
        <translation>&amp;Anmelden bei</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Signed in at:</source>
        <translation>Angemeldet bei:</translation>
    </message>
    <message>
        <source>Scopes:</source>
        <translation>Rechte:</translation>
    </message>
    <message>
        <source>Token:</source>
        <translation>Token:</translation>
    </message>
    <message>
        <source>Problem:</source>
        <translation>Problem:</translation>
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
        <source>fetched %1</source>
        <translation>geholt %1</translation>
    </message>
    <message>
        <source>expires %1</source>
        <translation>läuft ab %1</translation>
    </message>
    <message>
        <source>fetched %1, expires %2</source>
        <translation>geholt %1, läuft ab %2</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInAttempt</name>
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
        <source>Sign-in in progress</source>
        <translation>Anmeldung läuft</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open here</source>
        <translation type="unfinished"></translation>
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
    <name>keybearer::ToolsWindow</name>
    <message>
        <source>Changed tools</source>
        <translation>Geänderte Werkzeuge</translation>
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
        <source>No tool has changed</source>
        <translation>Kein Werkzeug hat sich geändert</translation>
    </message>
    <message>
        <source>When an MCP server says something else of a tool than what you have approved, it is listed here.</source>
        <translation>Sagt ein MCP-Server über ein Werkzeug etwas anderes, als Sie freigegeben haben, steht es hier.</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Freigeben</translation>
    </message>
    <message>
        <source>&amp;Keep hidden</source>
        <translation>&amp;Verborgen lassen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
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
        <source>Click to see what is different.</source>
        <translation>Klicken Sie, um zu sehen, was anders ist.</translation>
    </message>
    <message>
        <source>A tool has changed</source>
        <translation>Ein Werkzeug hat sich geändert</translation>
    </message>
    <message>
        <source>No browser could be opened for a sign-in</source>
        <translation>Für eine Anmeldung konnte kein Browser geöffnet werden</translation>
    </message>
    <message>
        <source>The broker did not start</source>
        <translation>Der Broker ist nicht gestartet</translation>
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
    <message>
        <source>Pending requests (%1)...</source>
        <translation>Offene Anfragen (%1) ...</translation>
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
        <source>Sessions...</source>
        <translation>Sitzungen ...</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Closes the tray icon. The broker goes on running, and programs keep their access.</source>
        <translation>Schließt das Symbol. Der Broker läuft weiter, und Programme behalten ihren Zugriff.</translation>
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
    <name>main</name>
    <message>
        <source>Shows the sessions of the credential broker, and asks before a program may use one.</source>
        <translation>Zeigt die Sitzungen des Brokers, und fragt, bevor ein Programm eine benutzen darf.</translation>
    </message>
    <message>
        <source>Open the Sessions window.</source>
        <translation>Das Fenster „Sitzungen“ öffnen.</translation>
    </message>
</context>
</TS>
