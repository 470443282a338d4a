<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en_US">
<context>
    <name>Activity</name>
    <message>
        <source>%1 got a token for %2</source>
        <translation>%1 a obtenu un jeton pour %2</translation>
    </message>
    <message>
        <source>%1 got no token for %2</source>
        <translation>%1 n&apos;a pas obtenu de jeton pour %2</translation>
    </message>
    <message>
        <source>A rule kept %1 from %2</source>
        <translation>Une règle a tenu %1 à l&apos;écart de %2</translation>
    </message>
    <message>
        <source>The policy server gave no answer about %1</source>
        <translation>Le serveur de règles n&apos;a pas répondu au sujet de %1</translation>
    </message>
    <message>
        <source>%1 asked too often for %2</source>
        <translation>%1 a demandé %2 trop souvent</translation>
    </message>
    <message>
        <source>%1 was allowed to use %2</source>
        <translation>%1 a été autorisé à utiliser %2</translation>
    </message>
    <message>
        <source>%1 was not allowed to use %2</source>
        <translation>%1 n&apos;a pas été autorisé à utiliser %2</translation>
    </message>
    <message>
        <source>%1 may no longer use %2</source>
        <translation>%1 ne peut plus utiliser %2</translation>
    </message>
    <message>
        <source>What %1 was allowed with %2 has ended</source>
        <translation>Ce que %1 pouvait faire avec %2 a pris fin</translation>
    </message>
    <message>
        <source>%1 asked too often and waits for ten minutes</source>
        <translation>%1 a demandé trop souvent et attend dix minutes</translation>
    </message>
    <message>
        <source>%1 was updated by the system and keeps what it may do</source>
        <translation>%1 a été mis à jour par le système et garde ses autorisations</translation>
    </message>
    <message>
        <source>A permission was changed behind the broker&apos;s back and does not count</source>
        <translation>Une autorisation a été modifiée à l&apos;insu du broker et ne compte pas</translation>
    </message>
    <message>
        <source>Signed in to %2</source>
        <translation>Connecté à %2</translation>
    </message>
    <message>
        <source>Signed out of %2</source>
        <translation>Déconnecté de %2</translation>
    </message>
    <message>
        <source>The session at %2 could not be renewed</source>
        <translation>La session chez %2 n&apos;a pas pu être renouvelée</translation>
    </message>
    <message>
        <source>API key added: %2</source>
        <translation>Clé d&apos;API ajoutée&#xa0;: %2</translation>
    </message>
    <message>
        <source>API key replaced: %2</source>
        <translation>Clé d&apos;API remplacée&#xa0;: %2</translation>
    </message>
    <message>
        <source>API key switched on: %2</source>
        <translation>Clé d&apos;API activée&#xa0;: %2</translation>
    </message>
    <message>
        <source>API key switched off: %2</source>
        <translation>Clé d&apos;API désactivée&#xa0;: %2</translation>
    </message>
    <message>
        <source>API key removed: %2</source>
        <translation>Clé d&apos;API supprimée&#xa0;: %2</translation>
    </message>
    <message>
        <source>Service account added: %2</source>
        <translation>Compte de service ajouté&#xa0;: %2</translation>
    </message>
    <message>
        <source>Service account removed: %2</source>
        <translation>Compte de service supprimé&#xa0;: %2</translation>
    </message>
    <message>
        <source>Registered program added: %3</source>
        <translation>Programme enregistré ajouté&#xa0;: %3</translation>
    </message>
    <message>
        <source>Registered program got a new key: %3</source>
        <translation>Programme enregistré doté d&apos;une nouvelle clé&#xa0;: %3</translation>
    </message>
    <message>
        <source>Registered program switched on: %3</source>
        <translation>Programme enregistré activé&#xa0;: %3</translation>
    </message>
    <message>
        <source>Registered program switched off: %3</source>
        <translation>Programme enregistré désactivé&#xa0;: %3</translation>
    </message>
    <message>
        <source>Registered program removed: %3</source>
        <translation>Programme enregistré supprimé&#xa0;: %3</translation>
    </message>
    <message>
        <source>%1 showed a key that is not good</source>
        <translation>%1 a présenté une clé non valable</translation>
    </message>
    <message>
        <source>%1 was started with access of its own</source>
        <translation>%1 a été lancé avec un accès propre</translation>
    </message>
    <message>
        <source>%1 showed a secret that is not its own</source>
        <translation>%1 a présenté un secret qui n&apos;est pas le sien</translation>
    </message>
    <message>
        <source>The access that %1 was started with has ended</source>
        <translation>L&apos;accès avec lequel %1 a été lancé a pris fin</translation>
    </message>
    <message>
        <source>Keybearer registered itself at %2</source>
        <translation>Keybearer s&apos;est enregistré chez %2</translation>
    </message>
    <message>
        <source>The registration at %2 was removed</source>
        <translation>L&apos;enregistrement chez %2 a été supprimé</translation>
    </message>
    <message>
        <source>An MCP server shows a new tool: %3</source>
        <translation>Un serveur MCP présente un nouvel outil&#xa0;: %3</translation>
    </message>
    <message>
        <source>The definition of a tool has changed: %3</source>
        <translation>La définition d&apos;un outil a changé&#xa0;: %3</translation>
    </message>
    <message>
        <source>You approved a tool: %3</source>
        <translation>Vous avez approuvé un outil&#xa0;: %3</translation>
    </message>
    <message>
        <source>A tool was forgotten: %3</source>
        <translation>Un outil a été oublié&#xa0;: %3</translation>
    </message>
    <message>
        <source>What is known of a tool was changed behind the broker&apos;s back: %3</source>
        <translation>Ce que l&apos;on sait d&apos;un outil a été modifié à l&apos;insu du broker&#xa0;: %3</translation>
    </message>
    <message>
        <source>%1 opened an MCP server: %3</source>
        <translation>%1 a ouvert un serveur MCP&#xa0;: %3</translation>
    </message>
    <message>
        <source>%1 closed an MCP server: %3</source>
        <translation>%1 a fermé un serveur MCP&#xa0;: %3</translation>
    </message>
    <message>
        <source>The program of an MCP server was started: %3</source>
        <translation>Le programme d&apos;un serveur MCP a été lancé&#xa0;: %3</translation>
    </message>
    <message>
        <source>The program of an MCP server has ended: %3</source>
        <translation>Le programme d&apos;un serveur MCP s&apos;est terminé&#xa0;: %3</translation>
    </message>
    <message>
        <source>The gateway was opened</source>
        <translation>La passerelle a été ouverte</translation>
    </message>
    <message>
        <source>The gateway was closed</source>
        <translation>La passerelle a été fermée</translation>
    </message>
    <message>
        <source>The gateway signs with a new key</source>
        <translation>La passerelle signe avec une nouvelle clé</translation>
    </message>
    <message>
        <source>A client of the gateway was removed: %3</source>
        <translation>Un client de la passerelle a été supprimé&#xa0;: %3</translation>
    </message>
    <message>
        <source>The gateway refused a request: %3</source>
        <translation>La passerelle a refusé une demande&#xa0;: %3</translation>
    </message>
    <message>
        <source>A client registered at the gateway: %3</source>
        <translation>Un client s&apos;est enregistré auprès de la passerelle&#xa0;: %3</translation>
    </message>
    <message>
        <source>A client left the gateway: %3</source>
        <translation>Un client a quitté la passerelle&#xa0;: %3</translation>
    </message>
    <message>
        <source>A client of the gateway was let in: %3</source>
        <translation>Un client de la passerelle a été admis&#xa0;: %3</translation>
    </message>
    <message>
        <source>A client of the gateway renewed its access: %3</source>
        <translation>Un client de la passerelle a renouvelé son accès&#xa0;: %3</translation>
    </message>
    <message>
        <source>A client of the gateway showed a token that was just replaced: %3</source>
        <translation>Un client de la passerelle a présenté un jeton qui venait d&apos;être remplacé&#xa0;: %3</translation>
    </message>
    <message>
        <source>A token of the gateway was used twice, so all of it was revoked: %3</source>
        <translation>Un jeton de la passerelle a servi deux fois, tout ce qui en dépend a donc été révoqué&#xa0;: %3</translation>
    </message>
    <message>
        <source>A client of the gateway was turned away: %3</source>
        <translation>Un client de la passerelle a été refusé&#xa0;: %3</translation>
    </message>
    <message>
        <source>The access of a client of the gateway has ended: %3</source>
        <translation>L&apos;accès d&apos;un client de la passerelle a pris fin&#xa0;: %3</translation>
    </message>
    <message>
        <source>The gateway&apos;s authorization server signs with a new key</source>
        <translation>Le serveur d&apos;autorisation de la passerelle signe avec une nouvelle clé</translation>
    </message>
    <message>
        <source>The provider for trying things out was started</source>
        <translation>Le fournisseur d&apos;essai a été démarré</translation>
    </message>
    <message>
        <source>The provider for trying things out was stopped</source>
        <translation>Le fournisseur d&apos;essai a été arrêté</translation>
    </message>
    <message>
        <source>The store was unlocked</source>
        <translation>Le magasin a été déverrouillé</translation>
    </message>
    <message>
        <source>The store was locked</source>
        <translation>Le magasin a été verrouillé</translation>
    </message>
    <message>
        <source>All sessions moved to another store</source>
        <translation>Toutes les sessions ont été déplacées vers un autre magasin</translation>
    </message>
    <message>
        <source>The store got a new key</source>
        <translation>Le magasin a une nouvelle clé</translation>
    </message>
    <message>
        <source>The broker started</source>
        <translation>Le broker a démarré</translation>
    </message>
    <message>
        <source>The broker stopped</source>
        <translation>Le broker s&apos;est arrêté</translation>
    </message>
    <message>
        <source>The broker was asked to stop</source>
        <translation>L’arrêt du broker a été demandé</translation>
    </message>
    <message>
        <source>Sharing was paused: no program gets anything</source>
        <translation>Le partage a été suspendu&#xa0;: aucun programme n’obtient rien</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>Le partage reprend</translation>
    </message>
    <message>
        <source>Half a row was cut off the log after a power cut</source>
        <translation>Une moitié d&apos;entrée a été retirée du journal après une coupure de courant</translation>
    </message>
    <message>
        <source>Rows that were too old were removed from the log</source>
        <translation>Les entrées trop anciennes ont été supprimées du journal</translation>
    </message>
    <message>
        <source>The log was damaged and set aside</source>
        <translation>Le journal était endommagé et a été mis de côté</translation>
    </message>
    <message>
        <source>The broker raised an alert: %3</source>
        <translation>Le broker a émis une alerte&#xa0;: %3</translation>
    </message>
    <message>
        <source>something that is not named</source>
        <translation>quelque chose sans nom</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>provider (account)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>You said no.</source>
        <translation>Vous avez refusé.</translation>
    </message>
    <message>
        <source>Nobody has allowed it yet.</source>
        <translation>Personne ne l&apos;a encore autorisé.</translation>
    </message>
    <message>
        <source>There was nobody to ask.</source>
        <translation>Il n&apos;y avait personne à qui demander.</translation>
    </message>
    <message>
        <source>The session does not have the scopes that were asked for.</source>
        <translation>La session n&apos;a pas les portées demandées.</translation>
    </message>
    <message>
        <source>Somebody has to sign in again.</source>
        <translation>Quelqu&apos;un doit se reconnecter.</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>Personne n&apos;est connecté.</translation>
    </message>
    <message>
        <source>A sign-in was not finished yet.</source>
        <translation>Une connexion n&apos;était pas encore terminée.</translation>
    </message>
    <message>
        <source>The provider did not answer.</source>
        <translation>Le fournisseur n&apos;a pas répondu.</translation>
    </message>
    <message>
        <source>The provider refused it.</source>
        <translation>Le fournisseur a refusé.</translation>
    </message>
    <message>
        <source>It asked too often.</source>
        <translation>Les demandes étaient trop fréquentes.</translation>
    </message>
    <message>
        <source>A rule forbids it.</source>
        <translation>Une règle l&apos;interdit.</translation>
    </message>
    <message>
        <source>The store was locked.</source>
        <translation>Le magasin était verrouillé.</translation>
    </message>
    <message>
        <source>The store could not be reached.</source>
        <translation>Le magasin était injoignable.</translation>
    </message>
    <message>
        <source>Row %1 was changed.</source>
        <translation>L&apos;entrée %1 a été modifiée.</translation>
    </message>
    <message>
        <source>Row %1 is missing.</source>
        <translation>L&apos;entrée %1 manque.</translation>
    </message>
    <message>
        <source>Row %1 does not follow from the one before it.</source>
        <translation>L&apos;entrée %1 ne découle pas de la précédente.</translation>
    </message>
    <message>
        <source>Row %1 cannot be read.</source>
        <translation>L&apos;entrée %1 est illisible.</translation>
    </message>
    <message>
        <source>Row %1 is another one in its file than in the database.</source>
        <translation>L&apos;entrée %1 n&apos;est pas la même dans son fichier et dans la base de données.</translation>
    </message>
    <message>
        <source>Row %1 and what came after it were cut off.</source>
        <translation>L&apos;entrée %1 et tout ce qui suivait ont été coupés.</translation>
    </message>
    <message>
        <source>The rows before row %1 were removed, and not by the broker.</source>
        <translation>Les entrées avant l&apos;entrée %1 ont été supprimées, et pas par le broker.</translation>
    </message>
    <message>
        <source>The seal does not fit at row %1: rows were made anew, or cut off at the beginning.</source>
        <translation>Le sceau ne correspond pas à l&apos;entrée %1&#xa0;: des entrées ont été refaites ou coupées au début.</translation>
    </message>
    <message>
        <source>The log is older than it should be: row %1 is not the one that was there.</source>
        <translation>Le journal est plus ancien qu&apos;il ne devrait&#xa0;: l&apos;entrée %1 n&apos;est pas celle qui s&apos;y trouvait.</translation>
    </message>
    <message>
        <source>The rows before row %1 are in a damaged file that was set aside.</source>
        <translation>Les entrées avant l&apos;entrée %1 sont dans un fichier endommagé qui a été mis de côté.</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>Un programme</translation>
    </message>
    <message>
        <source>%1 (a kind of row that this window does not know)</source>
        <translation>%1 (un type d&apos;entrée que cette fenêtre ne connaît pas)</translation>
    </message>
    <message>
        <source>Given</source>
        <extracomment>what came of a request: the program got its token</extracomment>
        <translation>Délivré</translation>
    </message>
    <message>
        <source>Refused</source>
        <extracomment>what came of a request</extracomment>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Attention</source>
        <extracomment>what came of a request: something a person should look at</extracomment>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Done</source>
        <extracomment>what came of a request</extracomment>
        <translation>Fait</translation>
    </message>
    <message>
        <source>Row %1 does not fit (%2).</source>
        <translation>L&apos;entrée %1 ne correspond pas (%2).</translation>
    </message>
    <message>
        <source>The configuration was read again</source>
        <translation>La configuration a été relue</translation>
    </message>
    <message>
        <source>A configuration with a mistake was not used</source>
        <translation>Une configuration erronée n’a pas été utilisée</translation>
    </message>
</context>
<context>
    <name>Addresses</name>
    <message>
        <source>There is no address yet.</source>
        <translation>Il n&apos;y a pas encore d&apos;adresse.</translation>
    </message>
    <message>
        <source>This is not an address.</source>
        <translation>Ceci n&apos;est pas une adresse.</translation>
    </message>
    <message>
        <source>Paste it as one word.</source>
        <translation>Collez-la en un seul mot.</translation>
    </message>
    <message>
        <source>An address looks like https://mcp.example.com/mcp.</source>
        <translation>Une adresse ressemble à https://mcp.example.com/mcp.</translation>
    </message>
    <message>
        <source>This address is not safe to sign in at.</source>
        <translation>Il n&apos;est pas sûr de se connecter à cette adresse.</translation>
    </message>
    <message>
        <source>It has to begin with https://, except on this computer.</source>
        <translation>Elle doit commencer par https://, sauf sur cet ordinateur.</translation>
    </message>
    <message>
        <source>This address has a user name in it.</source>
        <translation>Cette adresse contient un nom d&apos;utilisateur.</translation>
    </message>
    <message>
        <source>Take out what stands before the @.</source>
        <translation>Enlevez ce qui précède le @.</translation>
    </message>
    <message>
        <source>This address has a # in it.</source>
        <translation>Cette adresse contient un #.</translation>
    </message>
    <message>
        <source>Take out the # and what follows.</source>
        <translation>Enlevez le # et ce qui suit.</translation>
    </message>
    <message>
        <source>Copy all of the browser&apos;s address bar, from http:// to the end.</source>
        <translation>Copiez toute la barre d&apos;adresse du navigateur, de http:// jusqu&apos;à la fin.</translation>
    </message>
    <message>
        <source>This is not the address that the sign-in ended at.</source>
        <translation>Ce n&apos;est pas l&apos;adresse à laquelle la connexion s&apos;est terminée.</translation>
    </message>
    <message>
        <source>Sign in first; then copy the address of the page that could not be opened. It has ǌode=” and “state=” in it.</source>
        <translation>Connectez-vous d&apos;abord&#xa0;; copiez ensuite l&apos;adresse de la page qui n&apos;a pas pu s&apos;ouvrir. Elle contient «&#xa0;code=&#xa0;» et «&#xa0;state=&#xa0;».</translation>
    </message>
</context>
<context>
    <name>ClientSettings</name>
    <message>
        <source>Belongs into claude_desktop_config.json. Start Claude Desktop again afterwards.</source>
        <translation>À placer dans claude_desktop_config.json. Relancez ensuite Claude Desktop.</translation>
    </message>
    <message>
        <source>Run this in a terminal.</source>
        <translation>Exécutez ceci dans un terminal.</translation>
    </message>
    <message>
        <source>Belongs into .vscode/mcp.json of a project, or into mcp.json of your profile.</source>
        <translation>À placer dans .vscode/mcp.json d&apos;un projet, ou dans mcp.json de votre profil.</translation>
    </message>
    <message>
        <source>Belongs into .cursor/mcp.json of your home or of a project.</source>
        <translation>À placer dans .cursor/mcp.json de votre dossier personnel ou d&apos;un projet.</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Error</source>
        <extracomment>how bad a finding is</extracomment>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>how bad a finding is</extracomment>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>Good</source>
        <extracomment>a finding says that something works</extracomment>
        <translation>Bon</translation>
    </message>
</context>
<context>
    <name>HealthFacts</name>
    <message>
        <source>ready</source>
        <translation>prêt</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>verrouillé</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>injoignable</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>pas encore utilisé</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>where the sessions are kept, and whether that can be reached</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>A move of all sessions is not finished: %1.</source>
        <translation>Un déplacement de toutes les sessions n&apos;est pas terminé&#xa0;: %1.</translation>
    </message>
    <message>
        <source>A change is under way: %1 of %2.</source>
        <translation>Un changement est en cours&#xa0;: %1 sur %2.</translation>
    </message>
    <message>
        <source>Its new key is not everywhere yet.</source>
        <translation>Sa nouvelle clé n&apos;est pas encore partout.</translation>
    </message>
    <message numerus="yes">
        <source>%n damaged record(s) are kept aside.</source>
        <translation>
            <numerusform>%n enregistrement endommagé est mis de côté.</numerusform>
            <numerusform>%n enregistrements endommagés sont mis de côté.</numerusform>
        </translation>
    </message>
    <message>
        <source>open at %1</source>
        <translation>ouverte sur %1</translation>
    </message>
    <message>
        <source>running, closed to addresses</source>
        <translation>en marche, fermée aux adresses</translation>
    </message>
    <message>
        <source>not running; it starts when it is used</source>
        <translation>à l&apos;arrêt&#xa0;; elle démarre quand elle est utilisée</translation>
    </message>
    <message>
        <source>every program gets what it asks for</source>
        <translation>chaque programme obtient ce qu&apos;il demande</translation>
    </message>
    <message>
        <source>only what was allowed before</source>
        <translation>seulement ce qui a été autorisé auparavant</translation>
    </message>
    <message>
        <source>you are asked about every new program</source>
        <translation>on vous demande pour chaque nouveau programme</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>version %1, process %2, started %3</source>
        <translation>version %1, processus %2, démarré %3</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Magasin</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Accès</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Passerelle</translation>
    </message>
    <message>
        <source>Tokens since the start</source>
        <translation>Jetons depuis le démarrage</translation>
    </message>
    <message>
        <source>%1 given, %2 refused</source>
        <comment>tokens</comment>
        <translation>%1 délivrés, %2 refusés</translation>
    </message>
    <message>
        <source>Trouble since the start</source>
        <translation>Incidents depuis le démarrage</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>Entrées du journal</translation>
    </message>
    <message>
        <source>Open connections</source>
        <translation>Connexions ouvertes</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Configuration</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>Socket</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 with trouble: %3</source>
        <comment>sessions, how many of them, the problem of one</comment>
        <translation>%1, dont %2 en difficulté&#xa0;: %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>two kinds of trouble, each with its number</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln renewal(s) failed</source>
        <translation>
            <numerusform>%Ln renouvellement échoué</numerusform>
            <numerusform>%Ln renouvellements échoués</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln alerte</numerusform>
            <numerusform>%Ln alertes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>The file was changed after the import, so it was left as it is.</source>
        <translation>Le fichier a été modifié après l&apos;importation, il a donc été laissé tel quel.</translation>
    </message>
    <message>
        <source>The copy from before is kept; &quot;keybearer import --undo --force&quot; puts it back and keeps the newer file as well.</source>
        <translation>La copie d&apos;avant est conservée&#xa0;; «&#xa0;keybearer import --undo --force&#xa0;» la rétablit et garde aussi le fichier plus récent.</translation>
    </message>
    <message>
        <source>Reached by way of Keybearer, with one sign-in for all clients.</source>
        <translation>Accessible par Keybearer, avec une seule connexion pour tous les clients.</translation>
    </message>
    <message>
        <source>Started by Keybearer, with its secrets from the keychain.</source>
        <translation>Lancé par Keybearer, avec ses secrets pris dans le trousseau.</translation>
    </message>
    <message>
        <source>The tokens leave the disk; you sign in to it once more.</source>
        <translation>Les jetons quittent le disque&#xa0;; vous vous connectez encore une fois.</translation>
    </message>
    <message>
        <source>Uses Keybearer already.</source>
        <translation>Utilise déjà Keybearer.</translation>
    </message>
    <message>
        <source>Stays as it is: it has no secret and no sign-in.</source>
        <translation>Reste tel quel&#xa0;: il n&apos;a ni secret ni connexion.</translation>
    </message>
    <message>
        <source>Stays as it is: its entry has a shape that Keybearer does not know.</source>
        <translation>Reste tel quel&#xa0;: son entrée a une forme que Keybearer ne connaît pas.</translation>
    </message>
    <message>
        <source>Stays as it is.</source>
        <translation>Reste tel quel.</translation>
    </message>
    <message>
        <source>Stays as it is: %1</source>
        <comment>then a sentence with the reason</comment>
        <translation>Reste tel quel&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>where a secret stands, and its masked text</comment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Ce fichier n&apos;existe pas.</translation>
    </message>
    <message>
        <source>This file may not be written.</source>
        <translation>Ce fichier n&apos;est pas accessible en écriture.</translation>
    </message>
    <message>
        <source>This file has a shape that Keybearer does not know, so it is left alone.</source>
        <translation>Ce fichier a une forme que Keybearer ne connaît pas, il reste donc intact.</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>Ce fichier est illisible.</translation>
    </message>
    <message>
        <source>As it was before, byte for byte.</source>
        <translation>Comme avant, octet pour octet.</translation>
    </message>
    <message>
        <source>The tokens are no longer there. Sign in once more, with Keybearer.</source>
        <translation>Les jetons ne sont plus là. Connectez-vous encore une fois, avec Keybearer.</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved. Restart %1, so that it reads its settings again.</source>
        <translation>
            <numerusform>%n serveur déplacé. Redémarrez %1 pour qu&apos;il relise ses réglages.</numerusform>
            <numerusform>%n serveurs déplacés. Redémarrez %1 pour qu&apos;il relise ses réglages.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing had to be changed.</source>
        <translation>Rien n&apos;avait besoin d&apos;être modifié.</translation>
    </message>
    <message>
        <source>The file is as it was.</source>
        <translation>Le fichier est comme avant.</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>Unlock...</source>
        <translation>Déverrouiller...</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>Se connecter...</translation>
    </message>
    <message>
        <source>Start the broker</source>
        <translation>Démarrer le broker</translation>
    </message>
    <message>
        <source>Open configuration</source>
        <translation>Ouvrir la configuration</translation>
    </message>
    <message>
        <source>Close it to others</source>
        <translation>La fermer aux autres</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message>
        <source>Needs no sign-in</source>
        <translation>N&apos;a pas besoin de connexion</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Personne n&apos;est connecté</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Connecté en tant que %1</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Répond</translation>
    </message>
    <message>
        <source>Answers with trouble</source>
        <translation>Répond avec des problèmes</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>Ne répond pas</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>Pas encore utilisé</translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <comment>tools that are new or have changed</comment>
        <translation>
            <numerusform>%n à examiner</numerusform>
            <numerusform>%n à examiner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n outil</numerusform>
            <numerusform>%n outils</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionState</name>
    <message>
        <source>Active</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>Refreshing</source>
        <translation>En cours de renouvellement</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Se reconnecter</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Verrouillée</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Désactivée</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Expirée</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Mise de côté</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>Another provider or server...</source>
        <translation>Autre fournisseur ou serveur...</translation>
    </message>
    <message>
        <source>Choose a provider or server...</source>
        <translation>Choisir un fournisseur ou un serveur...</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>know who you are</source>
        <translation>savoir qui vous êtes</translation>
    </message>
    <message>
        <source>see your name and picture</source>
        <translation>voir votre nom et votre photo</translation>
    </message>
    <message>
        <source>see your e-mail address</source>
        <translation>voir votre adresse e-mail</translation>
    </message>
    <message>
        <source>stay signed in while you are away</source>
        <translation>rester connecté en votre absence</translation>
    </message>
    <message>
        <source>read and change all your repositories</source>
        <translation>lire et modifier tous vos dépôts</translation>
    </message>
    <message>
        <source>change your public repositories</source>
        <translation>modifier vos dépôts publics</translation>
    </message>
    <message>
        <source>read your profile</source>
        <translation>lire votre profil</translation>
    </message>
    <message>
        <source>see your e-mail addresses</source>
        <translation>voir vos adresses e-mail</translation>
    </message>
    <message>
        <source>see your organisations and teams</source>
        <translation>voir vos organisations et équipes</translation>
    </message>
    <message>
        <source>write gists</source>
        <translation>écrire des gists</translation>
    </message>
    <message>
        <source>change workflows</source>
        <translation>modifier les workflows</translation>
    </message>
    <message>
        <source>read your mail</source>
        <translation>lire votre courrier</translation>
    </message>
    <message>
        <source>read your files</source>
        <translation>lire vos fichiers</translation>
    </message>
    <message>
        <source>read your calendars</source>
        <translation>lire vos agendas</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n heure</numerusform>
            <numerusform>%n heures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
    <message>
        <source>expired</source>
        <translation>expiré</translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>a time from now</comment>
        <translation>dans %1</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l&apos;instant</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <comment>a time before now</comment>
        <translation>il y a %1</translation>
    </message>
    <message>
        <source>The broker cannot be reached.</source>
        <translation>Le broker est injoignable.</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>Aucune réponse n&apos;est arrivée à temps.</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>La connexion a été annulée.</translation>
    </message>
    <message>
        <source>This provider is not set up yet.</source>
        <translation>Ce fournisseur n&apos;est pas encore configuré.</translation>
    </message>
    <message>
        <source>The sign-in has ended.</source>
        <translation>La connexion a pris fin.</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>Le trousseau est verrouillé.</translation>
    </message>
    <message>
        <source>The keychain cannot be reached.</source>
        <translation>Le trousseau est injoignable.</translation>
    </message>
    <message>
        <source>The provider cannot be reached at the moment.</source>
        <translation>Le fournisseur est injoignable pour le moment.</translation>
    </message>
    <message>
        <source>That was asked too often.</source>
        <translation>La demande a été répétée trop souvent.</translation>
    </message>
    <message>
        <source>Keybearer keeps trying to start it. If this lasts, run &quot;keybearer doctor&quot; in a terminal.</source>
        <translation>Keybearer continue d&apos;essayer de le démarrer. Si cela dure, lancez «&#xa0;keybearer doctor&#xa0;» dans un terminal.</translation>
    </message>
    <message>
        <source>Try again when you are ready.</source>
        <translation>Réessayez quand vous serez prêt.</translation>
    </message>
    <message>
        <source>Register an application with the provider, and enter its client id in config.yaml.</source>
        <translation>Enregistrez une application auprès du fournisseur et saisissez son ID client dans config.yaml.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Reconnectez-vous.</translation>
    </message>
    <message>
        <source>Unlock the keychain of your desktop, then try again.</source>
        <translation>Déverrouillez le trousseau de votre bureau, puis réessayez.</translation>
    </message>
    <message>
        <source>Start the keychain of your desktop, then try again.</source>
        <translation>Démarrez le trousseau de votre bureau, puis réessayez.</translation>
    </message>
    <message>
        <source>Nothing is lost. Check the network, and try again in a while.</source>
        <translation>Rien n&apos;est perdu. Vérifiez le réseau, et réessayez plus tard.</translation>
    </message>
    <message>
        <source>Wait a minute, then try again.</source>
        <translation>Attendez une minute, puis réessayez.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>started for this by &quot;keybearer run&quot;</source>
        <translation>lancé pour cela par «&#xa0;keybearer run&#xa0;»</translation>
    </message>
    <message>
        <source>a sandboxed application</source>
        <translation>une application en bac à sable</translation>
    </message>
    <message>
        <source>a program that only the administrator can replace</source>
        <translation>un programme que seul l&apos;administrateur peut remplacer</translation>
    </message>
    <message>
        <source>a script, by its file and where it runs</source>
        <translation>un script, d&apos;après son fichier et l&apos;endroit où il s&apos;exécute</translation>
    </message>
    <message>
        <source>not for certain: your own programs could replace or imitate it</source>
        <translation>sans certitude&#xa0;: vos propres programmes pourraient le remplacer ou l&apos;imiter</translation>
    </message>
    <message>
        <source>not at all: it runs outside of this system</source>
        <translation>pas du tout&#xa0;: il s&apos;exécute hors de ce système</translation>
    </message>
    <message>
        <source>The program is another one</source>
        <translation>Le programme est un autre</translation>
    </message>
    <message>
        <source>The script is another one</source>
        <translation>Le script est un autre</translation>
    </message>
    <message>
        <source>Somebody else may replace it</source>
        <translation>Quelqu&apos;un d&apos;autre peut le remplacer</translation>
    </message>
    <message>
        <source>It is known in another way</source>
        <translation>Il est connu d&apos;une autre manière</translation>
    </message>
    <message>
        <source>It runs in another directory</source>
        <translation>Il s&apos;exécute dans un autre répertoire</translation>
    </message>
    <message>
        <source>Somebody else has signed it</source>
        <translation>Quelqu&apos;un d&apos;autre l&apos;a signé</translation>
    </message>
    <message>
        <source>It would have other access</source>
        <translation>Il aurait un autre accès</translation>
    </message>
    <message>
        <source>before: %1
now: %2</source>
        <comment>a fact&apos;s old value, its new one</comment>
        <translation>avant&#xa0;: %1
maintenant&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFilterBar</name>
    <message>
        <source>Clear &amp;filters</source>
        <translation>Effacer les &amp;filtres</translation>
    </message>
    <message>
        <source>Kind of row</source>
        <translation>Type d&apos;entrée</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Fournisseur</translation>
    </message>
    <message>
        <source>Span of time</source>
        <translation>Période</translation>
    </message>
    <message>
        <source>Program, by its path or the name of its file</source>
        <translation>Programme, d&apos;après son chemin ou le nom de son fichier</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>The path of a program, or the name of its file: node</source>
        <translation>Le chemin d&apos;un programme ou le nom de son fichier&#xa0;: node</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Tokens given</source>
        <translation>Jetons délivrés</translation>
    </message>
    <message>
        <source>Tokens refused</source>
        <translation>Jetons refusés</translation>
    </message>
    <message>
        <source>Kept away by rules</source>
        <translation>Écartés par des règles</translation>
    </message>
    <message>
        <source>Asked too often</source>
        <translation>Demandes trop fréquentes</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Autorisations</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>Clés d&apos;API</translation>
    </message>
    <message>
        <source>Registered programs</source>
        <translation>Programmes enregistrés</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>Serveurs MCP</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Passerelle</translation>
    </message>
    <message>
        <source>Clients of the gateway</source>
        <translation>Clients de la passerelle</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Magasin</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>N&apos;importe quand</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd&apos;hui</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>Ces 7 derniers jours</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>Ces 30 derniers jours</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>Tous les fournisseurs</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFooter</name>
    <message>
        <source>&amp;Verify the log</source>
        <translation>&amp;Vérifier le journal</translation>
    </message>
    <message>
        <source>Every row holds a digest of the one before it: this finds out whether anybody has changed or removed one.</source>
        <translation>Chaque entrée contient une empreinte de la précédente&#xa0;: on sait ainsi si quelqu&apos;un en a modifié ou supprimé une.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported so far.</source>
        <translation>
            <numerusform>%n entrée exportée jusqu&apos;ici.</numerusform>
            <numerusform>%n entrées exportées jusqu&apos;ici.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the log...</source>
        <translation>Lecture du journal...</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found, back to %1.</source>
        <translation>
            <numerusform>%n entrée trouvée, jusqu&apos;à %1.</numerusform>
            <numerusform>%n entrées trouvées, jusqu&apos;à %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found.</source>
        <translation>
            <numerusform>%n entrée trouvée.</numerusform>
            <numerusform>%n entrées trouvées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s): all there are.</source>
        <translation>
            <numerusform>%n entrée&#xa0;: il n&apos;y en a pas d&apos;autre.</numerusform>
            <numerusform>%n entrées&#xa0;: il n&apos;y en a pas d&apos;autres.</numerusform>
        </translation>
    </message>
    <message>
        <source>Older rows, back to %1.</source>
        <translation>Entrées plus anciennes, jusqu&apos;à %1.</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n row(s), back to %1.</source>
        <translation>
            <numerusform>L&apos;entrée la plus récente (%n), jusqu&apos;à %1.</numerusform>
            <numerusform>Les %n entrées les plus récentes, jusqu&apos;à %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>G&amp;o on with older rows</source>
        <translation>&amp;Continuer avec les entrées plus anciennes</translation>
    </message>
    <message>
        <source>Search &amp;older rows</source>
        <translation>Chercher des entrées plus &amp;anciennes</translation>
    </message>
    <message>
        <source>Cancel &amp;export</source>
        <translation>A&amp;nnuler l&apos;exportation</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>&amp;Exporter...</translation>
    </message>
    <message>
        <source>Checking every row of the log...</source>
        <translation>Vérification de toutes les entrées du journal...</translation>
    </message>
    <message>
        <source>A key in the store of secrets seals it up to row %1.</source>
        <translation>Une clé du magasin de secrets le scelle jusqu&apos;à l&apos;entrée %1.</translation>
    </message>
    <message>
        <source>It is not sealed by the store of secrets yet.</source>
        <translation>Le magasin de secrets ne l&apos;a pas encore scellé.</translation>
    </message>
    <message numerus="yes">
        <source>The log is whole: nobody has changed any of its %n row(s).</source>
        <translation>
            <numerusform>Le journal est intact&#xa0;: personne n&apos;a modifié son %n entrée.</numerusform>
            <numerusform>Le journal est intact&#xa0;: personne n&apos;a modifié une seule de ses %n entrées.</numerusform>
        </translation>
    </message>
    <message>
        <source>The log was changed or damaged.</source>
        <translation>Le journal a été modifié ou endommagé.</translation>
    </message>
    <message>
        <source>Keep a copy of the state directory, and find out who could write there.</source>
        <translation>Gardez une copie du répertoire d&apos;état et cherchez qui pouvait y écrire.</translation>
    </message>
    <message>
        <source>The export was cancelled. No file was left behind.</source>
        <translation>L&apos;exportation a été annulée. Aucun fichier n&apos;a été laissé.</translation>
    </message>
    <message>
        <source>Export the log</source>
        <translation>Exporter le journal</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>Lignes JSON (*.jsonl)</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported. Only you can read the file.</source>
        <translation>
            <numerusform>%n entrée exportée. Vous seul pouvez lire le fichier.</numerusform>
            <numerusform>%n entrées exportées. Vous seul pouvez lire le fichier.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>Rien n&apos;a été exporté.</translation>
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
        <translation>Quand</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ce qui s&apos;est passé</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>Outcome</source>
        <extracomment>heading of a column: Given, Refused, Done ...</extracomment>
        <translation>Résultat</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityPage</name>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Il ne s&apos;est encore rien passé</translation>
    </message>
    <message>
        <source>Every token that is given to a program, every refusal and every change is written down and shown here.</source>
        <translation>Chaque jeton remis à un programme, chaque refus et chaque modification est consigné et affiché ici.</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>Entrées du journal</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
</context>
<context>
    <name>keybearer::AddServiceDialog</name>
    <message>
        <source>Add MCP server</source>
        <translation>Ajouter un serveur MCP</translation>
    </message>
    <message>
        <source>A server with an address</source>
        <translation>Un serveur avec une adresse</translation>
    </message>
    <message>
        <source>A program of this computer</source>
        <translation>Un programme de cet ordinateur</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Nom&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>&amp;Type&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Ajouter</translation>
    </message>
    <message>
        <source>A&amp;ddress:</source>
        <translation>A&amp;dresse&#xa0;:</translation>
    </message>
    <message>
        <source>Where one signs in is found out from the server itself. Sign in afterwards, with the button on the page.</source>
        <translation>L&apos;endroit où se connecter est demandé au serveur lui-même. Connectez-vous ensuite, avec le bouton de la page.</translation>
    </message>
    <message>
        <source>&amp;Program:</source>
        <translation>&amp;Programme&#xa0;:</translation>
    </message>
    <message>
        <source>A&amp;rguments, one a line:</source>
        <translation>A&amp;rguments, un par ligne&#xa0;:</translation>
    </message>
    <message>
        <source>Will be run as:</source>
        <translation>Sera exécuté comme&#xa0;:</translation>
    </message>
    <message>
        <source>No shell sees these words. The first time that a client uses it, you are asked whether it may be started.</source>
        <translation>Aucun shell ne voit ces mots. La première fois qu&apos;un client l&apos;utilise, on vous demande s&apos;il peut être lancé.</translation>
    </message>
</context>
<context>
    <name>keybearer::AlertStrip</name>
    <message>
        <source>Show &amp;alerts</source>
        <translation>Afficher les &amp;alertes</translation>
    </message>
    <message numerus="yes">
        <source>%n more since the broker started.</source>
        <translation>
            <numerusform>%n autre depuis le démarrage du broker.</numerusform>
            <numerusform>%n autres depuis le démarrage du broker.</numerusform>
        </translation>
    </message>
    <message>
        <source>Alerts: %1</source>
        <translation>Alertes&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>keybearer::AuditRowDialog</name>
    <message>
        <source>Row %1 of the log</source>
        <translation>Entrée %1 du journal</translation>
    </message>
    <message>
        <source>The row as it stands in the log</source>
        <translation>L&apos;entrée telle qu&apos;elle figure dans le journal</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>What:</source>
        <translation>Quoi&#xa0;:</translation>
    </message>
    <message>
        <source>When:</source>
        <translation>Quand&#xa0;:</translation>
    </message>
    <message>
        <source>Outcome:</source>
        <translation>Résultat&#xa0;:</translation>
    </message>
    <message>
        <source>Why:</source>
        <translation>Pourquoi&#xa0;:</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>Programme&#xa0;:</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>Script&#xa0;:</translation>
    </message>
    <message>
        <source>Tool:</source>
        <translation>Outil&#xa0;:</translation>
    </message>
    <message>
        <source>Registered program:</source>
        <translation>Programme enregistré&#xa0;:</translation>
    </message>
</context>
<context>
    <name>keybearer::BrokerMirror</name>
    <message>
        <source>No connection to the broker</source>
        <translation>Pas de connexion au broker</translation>
    </message>
    <message>
        <source>Connecting to the broker...</source>
        <translation>Connexion au broker...</translation>
    </message>
    <message>
        <source>The store is locked</source>
        <translation>Le magasin est verrouillé</translation>
    </message>
    <message>
        <source>The keychain is locked</source>
        <translation>Le trousseau est verrouillé</translation>
    </message>
    <message>
        <source>The store cannot be used</source>
        <translation>Le magasin est inutilisable</translation>
    </message>
    <message>
        <source>The keychain cannot be reached</source>
        <translation>Le trousseau est injoignable</translation>
    </message>
    <message>
        <source>Sharing is paused until %1</source>
        <comment>a time of day</comment>
        <translation>Le partage est suspendu jusqu&apos;à %1</translation>
    </message>
    <message>
        <source>Sharing is paused</source>
        <translation>Le partage est suspendu</translation>
    </message>
    <message numerus="yes">
        <source>%n program(s) waiting for your answer</source>
        <translation>
            <numerusform>%n programme attend votre réponse</numerusform>
            <numerusform>%n programmes attendent votre réponse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) need you to sign in again</source>
        <translation>
            <numerusform>%n session demande que vous vous reconnectiez</numerusform>
            <numerusform>%n sessions demandent que vous vous reconnectiez</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) hidden until you approve them</source>
        <translation>
            <numerusform>%n outil masqué jusqu&apos;à ce que vous l&apos;approuviez</numerusform>
            <numerusform>%n outils masqués jusqu&apos;à ce que vous les approuviez</numerusform>
        </translation>
    </message>
    <message>
        <source>The broker reports a problem</source>
        <translation>Le broker signale un problème</translation>
    </message>
    <message>
        <source>Not signed in anywhere yet</source>
        <translation>Encore aucune connexion</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) ready</source>
        <translation>
            <numerusform>%n session prête</numerusform>
            <numerusform>%n sessions prêtes</numerusform>
        </translation>
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
        <translation>&amp;Ouvrir la passerelle au démarrage du broker</translation>
    </message>
    <message>
        <source>&amp;Restart the broker</source>
        <translation>&amp;Redémarrer le broker</translation>
    </message>
    <message>
        <source>Open config.&amp;yaml</source>
        <translation>Ouvrir config.&amp;yaml</translation>
    </message>
    <message>
        <source>Ask me about every new program</source>
        <translation>Me demander pour chaque nouveau programme</translation>
    </message>
    <message>
        <source>Only programs that were approved before</source>
        <translation>Seulement les programmes déjà autorisés</translation>
    </message>
    <message>
        <source>Every program of mine, unasked</source>
        <translation>Tous mes programmes, sans demander</translation>
    </message>
    <message>
        <source>Who gets &amp;access:</source>
        <translation>Qui obtient l’&amp;accès&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Port of the gateway:</source>
        <translation>&amp;Port de la passerelle&#xa0;:</translation>
    </message>
    <message>
        <source>chosen by itself</source>
        <comment>a port</comment>
        <translation>choisi automatiquement</translation>
    </message>
    <message>
        <source>Seconds that a call &amp;waits for a sign-in:</source>
        <translation>Secondes pendant lesquelles un appel &amp;attend une connexion&#xa0;:</translation>
    </message>
    <message>
        <source>Seconds before its end in which a token is re&amp;newed:</source>
        <translation>Secondes avant sa fin où un jeton est re&amp;nouvelé&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Days for which the audit log is kept:</source>
        <translation>&amp;Jours de conservation du journal&#xa0;:</translation>
    </message>
    <message>
        <source>The broker would not start with this file. %1</source>
        <comment>what is wrong with it</comment>
        <translation>Le broker ne démarrerait pas avec ce fichier. %1</translation>
    </message>
    <message>
        <source>%1 cannot be written, so nothing can be changed here.</source>
        <comment>a file</comment>
        <translation>%1 ne peut pas être écrit, rien ne peut donc être modifié ici.</translation>
    </message>
    <message>
        <source>Every program that runs as you gets every token, and nobody is asked. Malware too. Only for machines where nothing else runs.</source>
        <translation>Tout programme exécuté sous votre nom obtient tous les jetons, et personne n’est interrogé. Les logiciels malveillants aussi. Seulement pour des machines où rien d’autre ne s’exécute.</translation>
    </message>
    <message>
        <source>A program that was never allowed is refused, and you are not asked.</source>
        <translation>Un programme qui n’a jamais été autorisé est refusé, et rien ne vous est demandé.</translation>
    </message>
    <message>
        <source>A program gets nothing until you have said yes. You choose for how long.</source>
        <translation>Un programme n’obtient rien avant votre accord. Vous choisissez pour combien de temps.</translation>
    </message>
    <message>
        <source>Give access unasked</source>
        <translation>Donner l’accès sans demander</translation>
    </message>
    <message>
        <source>Should every program get every token, unasked?</source>
        <translation>Tout programme doit-il obtenir tous les jetons, sans demander&#xa0;?</translation>
    </message>
    <message>
        <source>This counts for all programs that run as you, now and later.</source>
        <translation>Cela vaut pour tous les programmes exécutés sous votre nom, maintenant et plus tard.</translation>
    </message>
    <message>
        <source>Give access &amp;unasked</source>
        <translation>Donner l’accès &amp;sans demander</translation>
    </message>
    <message>
        <source>Nothing was changed. %1</source>
        <comment>why</comment>
        <translation>Rien n’a été modifié. %1</translation>
    </message>
    <message>
        <source>It was changed in the file, but the environment variable %1 wins over the file.</source>
        <translation>Le fichier a été modifié, mais la variable d’environnement %1 l’emporte sur lui.</translation>
    </message>
    <message>
        <source>Changed. The broker uses it when it starts anew.</source>
        <translation>Modifié. Le broker en tiendra compte à son prochain démarrage.</translation>
    </message>
    <message>
        <source>The broker starts anew...</source>
        <translation>Le broker redémarre...</translation>
    </message>
    <message>
        <source>The broker has started anew.</source>
        <translation>Le broker a redémarré.</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientIdForm</name>
    <message>
        <source>&amp;Open the page</source>
        <translation>&amp;Ouvrir la page</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>Set up and &amp;sign in</source>
        <translation>Configurer et &amp;se connecter</translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation>Configurer %1</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <extracomment>a numbered step: &quot;1. Open the page ...&quot;</extracomment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1 wants to know Keybearer before you can sign in</source>
        <translation>%1 veut connaître Keybearer avant que vous puissiez vous connecter</translation>
    </message>
    <message>
        <source>This is done once. Whoever runs the account there can do it, mostly you.</source>
        <translation>Cela se fait une seule fois. Quiconque gère le compte là-bas peut le faire, le plus souvent vous.</translation>
    </message>
    <message>
        <source>Open the page where %1 registers applications, and make a new one there.</source>
        <translation>Ouvrez la page où %1 enregistre les applications, et créez-y une nouvelle application.</translation>
    </message>
    <message>
        <source>Where it asks for a redirect or callback address, enter this one:</source>
        <translation>Là où une adresse de redirection ou de rappel est demandée, saisissez celle-ci&#xa0;:</translation>
    </message>
    <message>
        <source>Copy what %1 shows then into these fields:</source>
        <translation>Copiez ensuite dans ces champs ce que %1 affiche&#xa0;:</translation>
    </message>
    <message>
        <source>No browser could be started. The page is %1.</source>
        <translation>Aucun navigateur n&apos;a pu être lancé. La page est %1.</translation>
    </message>
    <message>
        <source>Redirect address to enter there</source>
        <translation>Adresse de redirection à saisir là-bas</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>&amp;Domain:</source>
        <translation>&amp;Domaine&#xa0;:</translation>
    </message>
    <message>
        <source>Client s&amp;ecret:</source>
        <translation>S&amp;ecret client&#xa0;:</translation>
    </message>
    <message>
        <source>Client &amp;ID:</source>
        <translation>&amp;ID client&#xa0;:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Only if you were given one</source>
        <translation>Seulement si vous en avez reçu un</translation>
    </message>
    <message>
        <source>A client ID has no spaces and no special letters.</source>
        <translation>Un ID client n&apos;a ni espaces ni caractères spéciaux.</translation>
    </message>
    <message>
        <source>This is the redirect address, not the client ID.</source>
        <translation>C&apos;est l&apos;adresse de redirection, pas l&apos;ID client.</translation>
    </message>
    <message>
        <source>This is no client secret: it has characters that none has.</source>
        <translation>Ce n&apos;est pas un secret client&#xa0;: il contient des caractères qu&apos;aucun n&apos;a.</translation>
    </message>
    <message>
        <source>Client ID and client secret are not the same thing.</source>
        <translation>L&apos;ID client et le secret client ne sont pas la même chose.</translation>
    </message>
    <message>
        <source>Writing it to the configuration...</source>
        <translation>Écriture dans la configuration...</translation>
    </message>
    <message>
        <source>The broker is reading it...</source>
        <translation>Le broker la lit...</translation>
    </message>
    <message>
        <source>Checking whether a sign-in could work...</source>
        <translation>Vérification qu&apos;une connexion pourrait aboutir...</translation>
    </message>
    <message>
        <source>&amp;Sign in anyway</source>
        <translation>Se connecter &amp;quand même</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientModel</name>
    <message>
        <source>gets tokens</source>
        <comment>role of a client</comment>
        <translation>obtient des jetons</translation>
    </message>
    <message>
        <source>looks at everything, gets no token</source>
        <comment>role of a client</comment>
        <translation>voit tout, n&apos;obtient pas de jeton</translation>
    </message>
    <message>
        <source>manages sessions as you do</source>
        <comment>role of a client</comment>
        <translation>gère les sessions comme vous</translation>
    </message>
    <message>
        <source>may do everything</source>
        <comment>role of a client</comment>
        <translation>peut tout faire</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>rien encore</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>jamais</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>jamais</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>Peut obtenir</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Expire</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernière utilisation</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientsPage</name>
    <message>
        <source>Add &amp;client key...</source>
        <translation>Ajouter une clé &amp;client...</translation>
    </message>
    <message>
        <source>Client keys</source>
        <translation>Clés client</translation>
    </message>
    <message>
        <source>Details of the client</source>
        <translation>Détails du client</translation>
    </message>
    <message>
        <source>No client keys</source>
        <translation>Aucune clé client</translation>
    </message>
    <message>
        <source>A program that runs where nobody can be asked, as on a server or in a container, can have a key of its own, and gets exactly what you list for it.</source>
        <translation>Un programme qui s&apos;exécute là où l&apos;on ne peut demander à personne, par exemple sur un serveur ou dans un conteneur, peut avoir sa propre clé&#xa0;; il obtient exactement ce que vous indiquez pour lui.</translation>
    </message>
    <message>
        <source>&amp;New key...</source>
        <translation>&amp;Nouvelle clé...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>&amp;Supprimer...</translation>
    </message>
    <message>
        <source>Show &amp;services</source>
        <translation>Afficher les s&amp;ervices</translation>
    </message>
    <message>
        <source>Connected programs</source>
        <translation>Programmes connectés</translation>
    </message>
    <message>
        <source>Details of the program</source>
        <translation>Détails du programme</translation>
    </message>
    <message>
        <source>Nothing is connected</source>
        <translation>Rien n&apos;est connecté</translation>
    </message>
    <message>
        <source>Programs that &quot;keybearer run&quot; has started, and MCP clients that use the gateway, are listed here. How to connect a client stands on the page of the services.</source>
        <translation>Les programmes lancés par «&#xa0;keybearer run&#xa0;» et les clients MCP qui utilisent la passerelle figurent ici. La page des services explique comment connecter un client.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>part of a page, how many</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Permissions</source>
        <translation>&amp;Autorisations</translation>
    </message>
    <message>
        <source>Client &amp;keys</source>
        <translation>C&amp;lés client</translation>
    </message>
    <message>
        <source>Conn&amp;ected</source>
        <translation>Conn&amp;ectés</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>a client key</comment>
        <translation>Ac&amp;tiver</translation>
    </message>
    <message>
        <source>Switch o&amp;ff</source>
        <comment>a client key</comment>
        <translation>&amp;Désactiver</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>Sélectionnez une ligne pour tout voir à son sujet.</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>Peut obtenir</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>rien encore</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Propriétaire</translation>
    </message>
    <message>
        <source>Key ends in</source>
        <translation>La clé finit par</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Expire</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>jamais</translation>
    </message>
    <message>
        <source>Old key works until</source>
        <translation>L&apos;ancienne clé vaut jusqu&apos;à</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Créée</translation>
    </message>
    <message>
        <source>Key replaced</source>
        <translation>Clé remplacée</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernière utilisation</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n connection(s) in all</source>
        <comment>when</comment>
        <translation>
            <numerusform>%1, %n connexion en tout</numerusform>
            <numerusform>%1, %n connexions en tout</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>jamais</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>ID client</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>what the run profile %1 lists in config.yaml</source>
        <translation>ce que le profil d&apos;exécution %1 indique dans config.yaml</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Reconnu comme</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Se termine</translation>
    </message>
    <message>
        <source>when the program ends</source>
        <translation>à la fin du programme</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Lancé</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Se nomme</translation>
    </message>
    <message>
        <source>For the service</source>
        <translation>Pour le service</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>Peut utiliser</translation>
    </message>
    <message>
        <source>Its answers go to</source>
        <translation>Ses réponses vont à</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programmes</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectPanel</name>
    <message>
        <source>Cop&amp;y</source>
        <translation>Co&amp;pier</translation>
    </message>
    <message>
        <source>through a program</source>
        <translation>par un programme</translation>
    </message>
    <message>
        <source>through the gateway&apos;s address</source>
        <translation>par l&apos;adresse de la passerelle</translation>
    </message>
    <message>
        <source>What to paste into the client</source>
        <translation>Ce qu&apos;il faut coller dans le client</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <extracomment>followed by the name of a program: Claude Code</extracomment>
        <translation>C&amp;onnecter</translation>
    </message>
    <message>
        <source>Way of the connection</source>
        <translation>Mode de connexion</translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>Sélectionnez un serveur MCP ci-dessus.</translation>
    </message>
    <message>
        <source>%1 takes no address in its settings. Connect it through a program.</source>
        <translation>%1 n&apos;accepte pas d&apos;adresse dans ses réglages. Connectez-le par un programme.</translation>
    </message>
    <message>
        <source>Open the gateway first: then the server has an address.</source>
        <translation>Ouvrez d&apos;abord la passerelle&#xa0;: le serveur aura alors une adresse.</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectedModel</name>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>«&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>started by &quot;keybearer run&quot;</source>
        <translation>lancé par «&#xa0;keybearer run&#xa0;»</translation>
    </message>
    <message>
        <source>MCP client, connected</source>
        <translation>Client MCP, connecté</translation>
    </message>
    <message>
        <source>MCP client, not connected</source>
        <translation>Client MCP, non connecté</translation>
    </message>
    <message>
        <source>what the profile %1 lists</source>
        <translation>ce que le profil %1 indique</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>rien encore</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Ce que c&apos;est</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>Peut obtenir</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentDetails</name>
    <message>
        <source>could not be read</source>
        <translation>illisible</translation>
    </message>
    <message>
        <source>%1 (process %2)</source>
        <translation>%1 (processus %2)</translation>
    </message>
    <message>
        <source>The programs that started it, the first one on top</source>
        <translation>Les programmes qui l&apos;ont lancé, le premier en haut</translation>
    </message>
    <message>
        <source>It holds what Keybearer gave to the command that it started.</source>
        <translation>Il détient ce que Keybearer a donné à la commande qui l&apos;a lancé.</translation>
    </message>
    <message>
        <source>A sandbox says which application it is, and the application cannot change that.</source>
        <translation>Un bac à sable dit quelle application c&apos;est, et l&apos;application ne peut pas le changer.</translation>
    </message>
    <message>
        <source>Its file and the directories above it belong to the administrator.</source>
        <translation>Son fichier et les répertoires au-dessus appartiennent à l&apos;administrateur.</translation>
    </message>
    <message>
        <source>The program only runs a script, so the script&apos;s file, content and directory count.</source>
        <translation>Le programme ne fait qu&apos;exécuter un script&#xa0;: ce sont le fichier, le contenu et le répertoire du script qui comptent.</translation>
    </message>
    <message>
        <source>Its file belongs to you, so any program of yours could have changed it.</source>
        <translation>Son fichier vous appartient, n&apos;importe lequel de vos programmes a donc pu le modifier.</translation>
    </message>
    <message>
        <source>It comes from another machine or a container, where nothing can be measured.</source>
        <translation>Il vient d&apos;une autre machine ou d&apos;un conteneur, où rien ne peut être mesuré.</translation>
    </message>
    <message>
        <source>User:</source>
        <translation>Utilisateur&#xa0;:</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>Programme&#xa0;:</translation>
    </message>
    <message>
        <source>Its SHA-256:</source>
        <translation>Son SHA-256&#xa0;:</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>Script&#xa0;:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Répertoire&#xa0;:</translation>
    </message>
    <message>
        <source>Replaceable by:</source>
        <translation>Remplaçable par&#xa0;:</translation>
    </message>
    <message>
        <source>the administrator alone</source>
        <translation>l&apos;administrateur seul</translation>
    </message>
    <message>
        <source>any program of yours</source>
        <translation>n&apos;importe lequel de vos programmes</translation>
    </message>
    <message>
        <source>Terminal:</source>
        <translation>Terminal&#xa0;:</translation>
    </message>
    <message>
        <source>Unit:</source>
        <translation>Unité&#xa0;:</translation>
    </message>
    <message>
        <source>Signed by:</source>
        <translation>Signé par&#xa0;:</translation>
    </message>
    <message>
        <source>Recognised:</source>
        <translation>Reconnu&#xa0;:</translation>
    </message>
    <message>
        <source>%1 (class %2). %3</source>
        <comment>how well a program is known, a letter, why</comment>
        <translation>%1 (classe %2). %3</translation>
    </message>
    <message>
        <source>D&amp;etails</source>
        <translation>&amp;Détails</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>Lancé par&#xa0;:</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentModel</name>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>«&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>a moment from now</source>
        <translation>dans un instant</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>jamais</translation>
    </message>
    <message>
        <source>run profile %1</source>
        <translation>profil d&apos;exécution %1</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>the program ends</source>
        <translation>la fin du programme</translation>
    </message>
    <message>
        <source>you take it back</source>
        <translation>ce que vous la retiriez</translation>
    </message>
    <message>
        <source>set in config.yaml</source>
        <translation>défini dans config.yaml</translation>
    </message>
    <message>
        <source>Recognised as: %1</source>
        <translation>Reconnu comme&#xa0;: %1</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>Mis à jour par le système le %1&#xa0;; il garde ce que vous avez autorisé.</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>utilisé %n fois</numerusform>
            <numerusform>utilisé %n fois</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Lancé par</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>Peut</translation>
    </message>
    <message>
        <source>Allowed until</source>
        <translation>Autorisé jusqu&apos;à</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernière utilisation</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentPrompt</name>
    <message>
        <source>do everything this sign-in allows</source>
        <translation>faire tout ce que cette connexion permet</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>and %1 more that find no room here</source>
        <translation>et %1 de plus qui ne tiennent pas ici</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>account, provider</comment>
        <translation>%1 chez %2</translation>
    </message>
    <message>
        <source>the key itself, as it is, until you change it there</source>
        <translation>la clé elle-même, telle quelle, jusqu&apos;à ce que vous la changiez là-bas</translation>
    </message>
    <message>
        <source>only the server&apos;s answers; the access itself stays with Keybearer</source>
        <translation>seulement les réponses du serveur&#xa0;; l&apos;accès lui-même reste à Keybearer</translation>
    </message>
    <message>
        <source>the access itself: until it expires, nobody sees what is done with it</source>
        <translation>l&apos;accès lui-même&#xa0;: jusqu&apos;à ce qu&apos;il expire, personne ne voit ce qui en est fait</translation>
    </message>
    <message>
        <source>This host is %1: a name written with letters of different alphabets.</source>
        <translation>Cet hôte est %1&#xa0;: un nom écrit avec des lettres de différents alphabets.</translation>
    </message>
    <message>
        <source>This host is %1.</source>
        <translation>Cet hôte est %1.</translation>
    </message>
    <message>
        <source>Changed:</source>
        <translation>Changé&#xa0;:</translation>
    </message>
    <message>
        <source>Beware:</source>
        <translation>Attention&#xa0;:</translation>
    </message>
    <message>
        <source>Answers to:</source>
        <translation>Réponse à&#xa0;:</translation>
    </message>
    <message>
        <source>Server:</source>
        <translation>Serveur&#xa0;:</translation>
    </message>
    <message>
        <source>Account:</source>
        <translation>Compte&#xa0;:</translation>
    </message>
    <message>
        <source>the one that you sign in with</source>
        <translation>celui avec lequel vous vous connectez</translation>
    </message>
    <message>
        <source>It could:</source>
        <translation>Il pourrait&#xa0;:</translation>
    </message>
    <message>
        <source>Allow it only if you have just begun this in that program.</source>
        <translation>N&apos;autorisez cela que si vous venez de le commencer dans ce programme.</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>Programme&#xa0;:</translation>
    </message>
    <message>
        <source>could not be determined (process %1)</source>
        <translation>impossible à déterminer (processus %1)</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>Script&#xa0;:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Répertoire&#xa0;:</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>Lancé par&#xa0;:</translation>
    </message>
    <message>
        <source>Runs in:</source>
        <translation>S&apos;exécute dans&#xa0;:</translation>
    </message>
    <message>
        <source>Recognised as:</source>
        <translation>Reconnu comme&#xa0;:</translation>
    </message>
    <message>
        <source>Sign in at:</source>
        <translation>Se connecter à&#xa0;:</translation>
    </message>
    <message>
        <source>It gets:</source>
        <translation>Il obtient&#xa0;:</translation>
    </message>
    <message>
        <source>It could use:</source>
        <translation>Il pourrait utiliser&#xa0;:</translation>
    </message>
    <message>
        <source>In the program&apos;s own words, not verified:</source>
        <translation>Dans les mots du programme, non vérifiés&#xa0;:</translation>
    </message>
    <message>
        <source>It calls itself “%1”.</source>
        <translation>Il se nomme «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>This name mixes letters of different alphabets.</source>
        <translation>Ce nom mêle des lettres de différents alphabets.</translation>
    </message>
    <message>
        <source>Its reason: “%1”</source>
        <translation>Sa raison&#xa0;: «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Start this command with the run profile “%1”?</source>
        <translation>Lancer cette commande avec le profil d&apos;exécution «&#xa0;%1&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>A client that calls itself “%1” wants to connect to %2 through Keybearer</source>
        <translation>Un client qui se nomme «&#xa0;%1&#xa0;» veut se connecter à %2 par Keybearer</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Un programme inconnu</translation>
    </message>
    <message>
        <source>%1 wants to use %2 and needs you to sign in there</source>
        <translation>%1 veut utiliser %2 et a besoin que vous vous y connectiez</translation>
    </message>
    <message>
        <source>%1 wants to send requests to %2 with your sign-in</source>
        <translation>%1 veut envoyer des demandes à %2 avec votre connexion</translation>
    </message>
    <message>
        <source>%1 wants to have your API key “%2”</source>
        <translation>%1 veut avoir votre clé d&apos;API «&#xa0;%2&#xa0;»</translation>
    </message>
    <message>
        <source>%1 wants to have access to the server %2</source>
        <translation>%1 veut avoir accès au serveur %2</translation>
    </message>
    <message>
        <source>%1 wants to use your %2 account</source>
        <translation>%1 veut utiliser votre compte %2</translation>
    </message>
    <message>
        <source>A command asks for access</source>
        <translation>Une commande demande un accès</translation>
    </message>
    <message>
        <source>A program asks for access</source>
        <translation>Un programme demande un accès</translation>
    </message>
    <message>
        <source>There is more to read: scroll down before you allow this.</source>
        <translation>Il y a encore à lire&#xa0;: faites défiler vers le bas avant d&apos;autoriser.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which one of several questions</comment>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Deny &amp;all of it (%1)</source>
        <comment>requests of one program</comment>
        <translation>T&amp;out refuser (%1)</translation>
    </message>
    <message>
        <source>The time for an answer is over: it is denied.</source>
        <translation>Le temps de réponse est écoulé&#xa0;: la demande est refusée.</translation>
    </message>
    <message>
        <source>Without an answer it is denied in %1.</source>
        <extracomment>%1 is a time as minutes and seconds: 1:40</extracomment>
        <translation>Sans réponse, la demande sera refusée dans %1.</translation>
    </message>
    <message>
        <source>What is known of the program, and what it would get</source>
        <translation>Ce que l&apos;on sait du programme et ce qu&apos;il obtiendrait</translation>
    </message>
    <message>
        <source>Allow this one start.</source>
        <translation>Autoriser ce seul lancement.</translation>
    </message>
    <message>
        <source>Allow this one request.</source>
        <translation>Autoriser cette seule demande.</translation>
    </message>
    <message>
        <source>Allow until the program ends this conversation.</source>
        <translation>Autoriser jusqu&apos;à ce que le programme termine cette conversation.</translation>
    </message>
    <message>
        <source>Allow it until the command ends, or you take it back.</source>
        <translation>Autoriser jusqu&apos;à la fin de la commande ou jusqu&apos;à ce que vous retiriez l&apos;autorisation.</translation>
    </message>
    <message>
        <source>Allow until the program ends, is not used for ten minutes, or the screen is locked.</source>
        <translation>Autoriser jusqu&apos;à ce que le programme se termine, reste dix minutes sans s&apos;en servir ou que l&apos;écran soit verrouillé.</translation>
    </message>
    <message>
        <source>Allow this command for 30 days, until anything of it changes.</source>
        <translation>Autoriser cette commande pendant 30 jours, tant que rien n&apos;y change.</translation>
    </message>
    <message>
        <source>Allow for 30 days, or until you take it back.</source>
        <translation>Autoriser pendant 30 jours ou jusqu&apos;à ce que vous retiriez l&apos;autorisation.</translation>
    </message>
    <message>
        <source>&amp;Once</source>
        <translation>&amp;Une fois</translation>
    </message>
    <message>
        <source>This r&amp;un</source>
        <translation>Cette &amp;exécution</translation>
    </message>
    <message>
        <source>This &amp;session</source>
        <translation>Cette &amp;session</translation>
    </message>
    <message>
        <source>Until take&amp;n back</source>
        <translation>Jusqu&apos;au re&amp;trait</translation>
    </message>
    <message>
        <source>Allow until you take it back.</source>
        <translation>Autoriser jusqu&apos;à ce que vous retiriez l&apos;autorisation.</translation>
    </message>
    <message>
        <source>30 da&amp;ys</source>
        <translation>30 &amp;jours</translation>
    </message>
    <message>
        <source>Allow:</source>
        <translation>Autoriser&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Refuser</translation>
    </message>
    <message>
        <source>Deny everything that this program asks for now.</source>
        <translation>Refuser tout ce que ce programme demande maintenant.</translation>
    </message>
    <message>
        <source>In a moment. %1</source>
        <translation>Dans un instant. %1</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentQueue</name>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>Votre réponse n&apos;est pas parvenue au broker</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentsPart</name>
    <message>
        <source>Permissions</source>
        <translation>Autorisations</translation>
    </message>
    <message>
        <source>Details of the permission</source>
        <translation>Détails de l&apos;autorisation</translation>
    </message>
    <message>
        <source>No program is allowed yet</source>
        <translation>Aucun programme n&apos;est encore autorisé</translation>
    </message>
    <message>
        <source>When a program asks for one of your accounts, you decide. What you allow for longer than once is listed here, and can be taken back at any time.</source>
        <translation>Quand un programme demande l&apos;un de vos comptes, vous décidez. Ce que vous autorisez pour plus d&apos;une fois figure ici et peut être retiré à tout moment.</translation>
    </message>
    <message>
        <source>Take back &amp;all of this program...</source>
        <translation>&amp;Tout retirer à ce programme...</translation>
    </message>
    <message>
        <source>&amp;Take back...</source>
        <translation>&amp;Retirer...</translation>
    </message>
    <message>
        <source>Its file is the same to the last byte as when you allowed it (SHA-256 %1...).</source>
        <translation>Son fichier est identique, à l&apos;octet près, à celui que vous avez autorisé (SHA-256 %1...).</translation>
    </message>
    <message>
        <source>Only the administrator can replace that file.</source>
        <translation>Seul l&apos;administrateur peut remplacer ce fichier.</translation>
    </message>
    <message>
        <source>Signed by %1.</source>
        <translation>Signé par %1.</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>Mis à jour par le système le %1&#xa0;; il garde ce que vous avez autorisé.</translation>
    </message>
    <message>
        <source>It stands in config.yaml, and is taken back there.</source>
        <translation>Elle figure dans config.yaml et se retire là.</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>Sélectionnez une ligne pour tout voir à son sujet.</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>utilisé %n fois</numerusform>
            <numerusform>utilisé %n fois</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Se nomme</translation>
    </message>
    <message>
        <source>Runs in</source>
        <translation>S&apos;exécute dans</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Lancé par</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Reconnu comme</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>Peut utiliser</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>Peut</translation>
    </message>
    <message>
        <source>At the server</source>
        <translation>Sur le serveur</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Autorisé</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Jusqu&apos;à</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>in words, exactly</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernière utilisation</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>when, how often</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>jamais</translation>
    </message>
</context>
<context>
    <name>keybearer::DelayedActs</name>
    <message>
        <source>Undo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Undone</source>
        <comment>an action was taken back</comment>
        <translation>Rétabli</translation>
    </message>
</context>
<context>
    <name>keybearer::DesktopNotifications</name>
    <message>
        <source>Show</source>
        <comment>a notification&apos;s button</comment>
        <translation>Afficher</translation>
    </message>
</context>
<context>
    <name>keybearer::DevicePanel</name>
    <message>
        <source>QR code of the address</source>
        <translation>Code QR de l&apos;adresse</translation>
    </message>
    <message>
        <source>On any device, open %1 and enter this code:</source>
        <translation>Sur n&apos;importe quel appareil, ouvrez %1 et saisissez ce code&#xa0;:</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>Only go on if you started this sign-in yourself, and only at %1. Whoever sends you such a code wants to be signed in as you.</source>
        <translation>Ne continuez que si vous avez vous-même commencé cette connexion, et seulement sur %1. Quiconque vous envoie un tel code veut se connecter à votre place.</translation>
    </message>
    <message>
        <source>The code has expired.</source>
        <translation>Le code a expiré.</translation>
    </message>
    <message>
        <source>%1:%2 left</source>
        <translation>Encore %1:%2</translation>
    </message>
</context>
<context>
    <name>keybearer::DonePage</name>
    <message>
        <source>Keybearer is set up</source>
        <translation>Keybearer est configuré</translation>
    </message>
    <message>
        <source>When a program wants an account, you are asked once: what it is, which account, and for how long.</source>
        <translation>Quand un programme veut un compte, on vous demande une fois&#xa0;: quel programme, quel compte, et pour combien de temps.</translation>
    </message>
    <message>
        <source>The key in the panel shows how things stand. You find everything there, also how to take a permission back.</source>
        <translation>La clé dans le panneau montre où en sont les choses. Vous y trouvez tout, y compris comment retirer une autorisation.</translation>
    </message>
    <message>
        <source>&amp;Open the main window</source>
        <translation>&amp;Ouvrir la fenêtre principale</translation>
    </message>
    <message>
        <source>No settings of MCP clients were changed.</source>
        <translation>Aucun réglage de client MCP n&apos;a été modifié.</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) of your MCP clients use Keybearer now.</source>
        <translation>
            <numerusform>%n serveur de vos clients MCP utilise maintenant Keybearer.</numerusform>
            <numerusform>%n serveurs de vos clients MCP utilisent maintenant Keybearer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is signed in yet. Sign in from the icon in the panel, or wait until a program asks.</source>
        <translation>Personne n&apos;est encore connecté. Connectez-vous depuis l&apos;icône du panneau, ou attendez qu&apos;un programme le demande.</translation>
    </message>
    <message numerus="yes">
        <source>You are signed in to %n service(s).</source>
        <translation>
            <numerusform>Vous êtes connecté à %n service.</numerusform>
            <numerusform>Vous êtes connecté à %n services.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Terminer</translation>
    </message>
</context>
<context>
    <name>keybearer::EventNotices</name>
    <message>
        <source>Show details</source>
        <translation>Afficher les détails</translation>
    </message>
    <message>
        <source>A tool has changed</source>
        <translation>Un outil a changé</translation>
    </message>
    <message>
        <source>See what is different</source>
        <translation>Voir ce qui diffère</translation>
    </message>
    <message>
        <source>%1 needs you to sign in again</source>
        <comment>a provider</comment>
        <translation>%1 demande que vous vous reconnectiez</translation>
    </message>
    <message>
        <source>Until then programs get nothing from it.</source>
        <translation>D&apos;ici là, les programmes n&apos;en obtiennent rien.</translation>
    </message>
    <message>
        <source>The session of %1 has ended. Until you sign in again programs get nothing from it.</source>
        <translation>La session %1 a pris fin. Tant que vous ne vous reconnectez pas, les programmes n&apos;en obtiennent rien.</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Se reconnecter</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>Un programme</translation>
    </message>
    <message>
        <source>%1 asks for access</source>
        <comment>a program</comment>
        <translation>%1 demande un accès</translation>
    </message>
    <message>
        <source>It waits for your answer.</source>
        <translation>Il attend votre réponse.</translation>
    </message>
    <message>
        <source>It asks for %1 and waits for your answer.</source>
        <comment>a provider</comment>
        <translation>Il demande %1 et attend votre réponse.</translation>
    </message>
    <message>
        <source>Answer...</source>
        <translation>Répondre...</translation>
    </message>
</context>
<context>
    <name>keybearer::FindingList</name>
    <message>
        <source>%1: %2</source>
        <comment>how bad, what</comment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Hide what works</source>
        <translation>Masquer ce qui fonctionne</translation>
    </message>
    <message numerus="yes">
        <source>Show %n thing(s) that work</source>
        <translation>
            <numerusform>Afficher %n élément qui fonctionne</numerusform>
            <numerusform>Afficher %n éléments qui fonctionnent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::FormDialog</name>
    <message>
        <source>It &amp;expires on:</source>
        <translation>Exp&amp;ire le&#xa0;:</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>Expire le</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>C&amp;lé&#xa0;:</translation>
    </message>
    <message>
        <source>Visible ASCII characters without spaces.</source>
        <translation>Caractères ASCII visibles, sans espaces.</translation>
    </message>
</context>
<context>
    <name>keybearer::GatewayBar</name>
    <message>
        <source>Copy addr&amp;ess</source>
        <translation>Copier l&apos;a&amp;dresse</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Passerelle</translation>
    </message>
    <message>
        <source>The gateway is open at %1. Clients that take an address reach every MCP server there.</source>
        <translation>La passerelle est ouverte sur %1. Les clients qui acceptent une adresse y joignent tous les serveurs MCP.</translation>
    </message>
    <message>
        <source>The gateway is closed. Open it for clients that take an address instead of a program.</source>
        <translation>La passerelle est fermée. Ouvrez-la pour les clients qui acceptent une adresse au lieu d&apos;un programme.</translation>
    </message>
    <message>
        <source>&amp;Close gateway</source>
        <translation>&amp;Fermer la passerelle</translation>
    </message>
    <message>
        <source>&amp;Open gateway</source>
        <translation>Ou&amp;vrir la passerelle</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) connected</source>
        <translation>
            <numerusform>%n client connecté</numerusform>
            <numerusform>%n clients connectés</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::HealthPage</name>
    <message>
        <source>&amp;Check again</source>
        <translation>&amp;Vérifier de nouveau</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>Copier le &amp;rapport</translation>
    </message>
    <message>
        <source>For a report of a fault: without tokens and without the names of your accounts.</source>
        <translation>Pour signaler une anomalie&#xa0;: sans jetons et sans les noms de vos comptes.</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Constats</translation>
    </message>
    <message>
        <source>The check did not run.</source>
        <translation>La vérification n&apos;a pas eu lieu.</translation>
    </message>
    <message>
        <source>Checking. Each provider is asked, which can take a while...</source>
        <translation>Vérification en cours. Chaque fournisseur est interrogé, ce qui peut prendre un moment...</translation>
    </message>
    <message>
        <source>Nothing was checked yet.</source>
        <translation>Rien n&apos;a encore été vérifié.</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>Tout fonctionne.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to look at.</source>
        <translation>
            <numerusform>%n point à examiner.</numerusform>
            <numerusform>%n points à examiner.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) do not work.</source>
        <translation>
            <numerusform>%n point ne fonctionne pas.</numerusform>
            <numerusform>%n points ne fonctionnent pas.</numerusform>
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
        <translation>%1&#xa0;:</translation>
    </message>
    <message>
        <source>No program opens the configuration</source>
        <translation>Aucun programme n&apos;ouvre la configuration</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Cela n&apos;a pas fonctionné</translation>
    </message>
    <message>
        <source>The report is in the clipboard</source>
        <translation>Le rapport est dans le presse-papiers</translation>
    </message>
    <message>
        <source>Read it before you give it to anybody.</source>
        <translation>Lisez-le avant de le donner à quelqu&apos;un.</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>État</translation>
    </message>
</context>
<context>
    <name>keybearer::ImportPage</name>
    <message>
        <source>Servers in the settings of MCP clients</source>
        <translation>Serveurs dans les réglages des clients MCP</translation>
    </message>
    <message>
        <source>Client and server</source>
        <translation>Client et serveur</translation>
    </message>
    <message>
        <source>Secrets in plain text</source>
        <translation>Secrets en clair</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Ce qu&apos;il en advient</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>C&amp;hercher de nouveau</translation>
    </message>
    <message>
        <source>Looking for MCP clients</source>
        <translation>Recherche de clients MCP</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Différence</translation>
    </message>
    <message>
        <source>Looking for MCP clients...</source>
        <translation>Recherche de clients MCP...</translation>
    </message>
    <message>
        <source>Keybearer reads the settings of Claude Desktop, Claude Code, VS Code, Cursor and mcp-remote. Nothing is changed.</source>
        <translation>Keybearer lit les réglages de Claude Desktop, Claude Code, VS Code, Cursor et mcp-remote. Rien n&apos;est modifié.</translation>
    </message>
    <message>
        <source>The settings could not be looked through</source>
        <translation>Les réglages n&apos;ont pas pu être parcourus</translation>
    </message>
    <message>
        <source>No MCP client was found</source>
        <translation>Aucun client MCP trouvé</translation>
    </message>
    <message>
        <source>There are no settings of Claude Desktop, Claude Code, VS Code, Cursor or mcp-remote here. You can come back at any time: &quot;Set up...&quot; in the main window.</source>
        <translation>Il n&apos;y a ici aucun réglage de Claude Desktop, Claude Code, VS Code, Cursor ou mcp-remote. Vous pouvez revenir à tout moment&#xa0;: «&#xa0;Configurer...&#xa0;» dans la fenêtre principale.</translation>
    </message>
    <message>
        <source>Your MCP clients</source>
        <translation>Vos clients MCP</translation>
    </message>
    <message>
        <source>What is checked will be moved. A copy of each file is kept, and you can undo all of it on the next page.</source>
        <translation>Ce qui est coché sera déplacé. Une copie de chaque fichier est conservée, et vous pouvez tout rétablir à la page suivante.</translation>
    </message>
    <message>
        <source>There are more files and servers than are shown here. Use &quot;keybearer import&quot; in a terminal for the others.</source>
        <translation>Il y a plus de fichiers et de serveurs qu&apos;il n&apos;en est affiché ici. Pour les autres, utilisez «&#xa0;keybearer import&#xa0;» dans un terminal.</translation>
    </message>
    <message>
        <source>Nothing would be changed in %1</source>
        <translation>Rien ne serait modifié dans %1</translation>
    </message>
    <message>
        <source>What would be changed in %1, if everything in it is moved:</source>
        <translation>Ce qui serait modifié dans %1 si tout son contenu est déplacé&#xa0;:</translation>
    </message>
    <message>
        <source>Go on &amp;without moving</source>
        <translation>&amp;Continuer sans déplacer</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Move %n server(s)</source>
        <translation>
            <numerusform>&amp;Déplacer %n serveur</numerusform>
            <numerusform>&amp;Déplacer %n serveurs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::KeyActions</name>
    <message>
        <source>A key has no spaces and no letters with accents.</source>
        <translation>Une clé n&apos;a ni espaces ni lettres accentuées.</translation>
    </message>
    <message>
        <source>Add API key</source>
        <translation>Ajouter une clé d&apos;API</translation>
    </message>
    <message>
        <source>The key goes into the keychain. Programs get it with your permission, and it stands in no file.</source>
        <translation>La clé va dans le trousseau. Les programmes l&apos;obtiennent avec votre autorisation, et elle ne figure dans aucun fichier.</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Ajouter</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Nom&#xa0;:</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes and underscores.</source>
        <translation>Lettres, chiffres, points, tirets et tirets bas.</translation>
    </message>
    <message>
        <source>&amp;Header:</source>
        <translation>&amp;En-tête&#xa0;:</translation>
    </message>
    <message>
        <source>How the key goes into a request; {key} stands for it.</source>
        <translation>Comment la clé entre dans une demande&#xa0;; {key} la représente.</translation>
    </message>
    <message>
        <source>&amp;Description:</source>
        <translation>&amp;Description&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Programs may have the key itself</source>
        <translation>Les &amp;programmes peuvent avoir la clé elle-même</translation>
    </message>
    <message>
        <source>Else Keybearer puts it into requests, and no program ever sees it.</source>
        <translation>Sinon, Keybearer la met dans les demandes, et aucun programme ne la voit jamais.</translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores.</source>
        <translation>Un nom se compose de lettres, chiffres, points, tirets et tirets bas.</translation>
    </message>
    <message>
        <source>The header needs {key} where the key belongs.</source>
        <translation>L&apos;en-tête doit contenir {key} à la place de la clé.</translation>
    </message>
    <message>
        <source>New value for %1</source>
        <translation>Nouvelle valeur pour %1</translation>
    </message>
    <message>
        <source>Make a new key where the old one comes from, and paste it here. Programs get the new one at once.</source>
        <translation>Créez une nouvelle clé là d&apos;où vient l&apos;ancienne, et collez-la ici. Les programmes obtiennent aussitôt la nouvelle.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Remplacer</translation>
    </message>
    <message>
        <source>The API key could not be switched</source>
        <translation>La clé d&apos;API n&apos;a pas pu être activée ou désactivée</translation>
    </message>
    <message>
        <source>Add client key</source>
        <translation>Ajouter une clé client</translation>
    </message>
    <message>
        <source>For a program that can be asked nothing: on a server, or in a container. It gets what you list here, without a question, and nothing else.</source>
        <translation>Pour un programme auquel on ne peut rien demander&#xa0;: sur un serveur ou dans un conteneur. Il obtient ce que vous indiquez ici, sans question, et rien d&apos;autre.</translation>
    </message>
    <message>
        <source>&amp;Make a key</source>
        <translation>&amp;Créer une clé</translation>
    </message>
    <message>
        <source>&amp;May have:</source>
        <translation>Peut &amp;obtenir&#xa0;:</translation>
    </message>
    <message>
        <source>For example github, github:ana@example.com, apikey:weather.</source>
        <translation>Par exemple github, github:ana@example.com, apikey:weather.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Gets tokens</source>
        <translation>Obtient des jetons</translation>
    </message>
    <message>
        <source>Looks at everything, gets no token</source>
        <translation>Voit tout, n&apos;obtient pas de jeton</translation>
    </message>
    <message>
        <source>Manages sessions as you do</source>
        <translation>Gère les sessions comme vous</translation>
    </message>
    <message>
        <source>&amp;Role:</source>
        <translation>Rô&amp;le&#xa0;:</translation>
    </message>
    <message>
        <source>That is more than one client may have.</source>
        <translation>C&apos;est plus que ce qu&apos;un client peut avoir.</translation>
    </message>
    <message>
        <source>New key for %1</source>
        <translation>Nouvelle clé pour %1</translation>
    </message>
    <message>
        <source>The new key is shown once. So that nothing breaks meanwhile, the old one can go on working.</source>
        <translation>La nouvelle clé n&apos;est affichée qu&apos;une fois. Pour que rien ne cesse de fonctionner entre-temps, l&apos;ancienne peut rester valable.</translation>
    </message>
    <message>
        <source>The old key works</source>
        <translation>L&apos;ancienne clé est valable</translation>
    </message>
    <message>
        <source>no longer</source>
        <translation>plus du tout</translation>
    </message>
    <message>
        <source>for another hour</source>
        <translation>encore une heure</translation>
    </message>
    <message>
        <source>for another day</source>
        <translation>encore un jour</translation>
    </message>
    <message>
        <source>for another week</source>
        <translation>encore une semaine</translation>
    </message>
    <message>
        <source>&amp;The old key works:</source>
        <translation>L&apos;ancienne clé est &amp;valable&#xa0;:</translation>
    </message>
    <message>
        <source>The client could not be switched</source>
        <translation>Le client n&apos;a pas pu être activé ou désactivé</translation>
    </message>
    <message>
        <source>Remove client</source>
        <translation>Supprimer le client</translation>
    </message>
    <message>
        <source>Remove the client %1?</source>
        <translation>Supprimer le client %1&#xa0;?</translation>
    </message>
    <message>
        <source>Its key stops working at once. This cannot be undone: it would need a new key.</source>
        <translation>Sa clé cesse aussitôt d&apos;être valable. Cela ne peut pas être rétabli&#xa0;: il lui faudrait une nouvelle clé.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>The client could not be removed</source>
        <translation>Le client n&apos;a pas pu être supprimé</translation>
    </message>
    <message>
        <source>Remove MCP client</source>
        <translation>Supprimer le client MCP</translation>
    </message>
    <message>
        <source>Remove the MCP client %1?</source>
        <translation>Supprimer le client MCP %1&#xa0;?</translation>
    </message>
    <message>
        <source>It loses everything that was allowed to it, and is cut off at once. When it connects again, it has to ask you.</source>
        <translation>Il perd tout ce qui lui était autorisé et est aussitôt déconnecté. Quand il se reconnectera, il devra vous demander.</translation>
    </message>
    <message>
        <source>The MCP client could not be removed</source>
        <translation>Le client MCP n&apos;a pas pu être supprimé</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>What the account is called here, in questions and lists. The provider does not learn of it.</source>
        <translation>Le nom du compte ici, dans les questions et les listes. Le fournisseur n&apos;en sait rien.</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Reno&amp;mmer</translation>
    </message>
    <message>
        <source>A name has no control characters.</source>
        <translation>Un nom n&apos;a pas de caractères de contrôle.</translation>
    </message>
</context>
<context>
    <name>keybearer::MainWindow</name>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>Set &amp;up...</source>
        <translation>&amp;Configurer...</translation>
    </message>
    <message>
        <source>Looks for MCP clients on this computer, and for secrets that lie in their settings.</source>
        <translation>Cherche les clients MCP sur cet ordinateur et les secrets qui se trouvent dans leurs réglages.</translation>
    </message>
    <message>
        <source>Search all pages</source>
        <translation>Rechercher dans toutes les pages</translation>
    </message>
    <message>
        <source>· broker %1, sessions are kept in: %2</source>
        <translation>· broker %1, sessions conservées dans&#xa0;: %2</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>Ferme l’icône et demande si le broker doit continuer.</translation>
    </message>
</context>
<context>
    <name>keybearer::NavigationList</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page, how many were found on it</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n found</source>
        <translation>
            <numerusform>%1, %n trouvé</numerusform>
            <numerusform>%1, %n trouvés</numerusform>
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
            <numerusform>%1, %n en attente de votre part</numerusform>
            <numerusform>%1, %n en attente de votre part</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NothingFound</name>
    <message>
        <source>Nothing here matches</source>
        <translation>Rien ne correspond ici</translation>
    </message>
    <message>
        <source>&amp;Clear the search</source>
        <translation>&amp;Effacer la recherche</translation>
    </message>
    <message>
        <source>There is nothing on the other pages either.</source>
        <translation>Il n&apos;y a rien non plus sur les autres pages.</translation>
    </message>
    <message>
        <source>There is something on other pages:</source>
        <translation>Il y a quelque chose sur d&apos;autres pages&#xa0;:</translation>
    </message>
    <message numerus="yes">
        <source>Show %n on the page %1</source>
        <translation>
            <numerusform>Afficher %n sur la page %1</numerusform>
            <numerusform>Afficher %n sur la page %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NoticeBar</name>
    <message>
        <source>Close</source>
        <comment>a notice</comment>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Avis</translation>
    </message>
</context>
<context>
    <name>keybearer::NotificationSection</name>
    <message>
        <source>Notifications</source>
        <translation>Notifications</translation>
    </message>
    <message>
        <source>&amp;Quiet hours, from</source>
        <translation>&amp;Heures calmes, de</translation>
    </message>
    <message>
        <source>Tell me of &amp;waiting programs all the same</source>
        <translation>Signaler quand même les programmes en &amp;attente</translation>
    </message>
    <message>
        <source>A program waits for my answer, and its window is not in front</source>
        <translation>Un programme attend ma réponse et sa fenêtre n’est pas au premier plan</translation>
    </message>
    <message>
        <source>A session needs me to sign in again</source>
        <translation>Une session nécessite une nouvelle connexion</translation>
    </message>
    <message>
        <source>Something is wrong, or looks like misuse</source>
        <translation>Quelque chose ne va pas, ou ressemble à un abus</translation>
    </message>
    <message>
        <source>A tool of an MCP server has changed</source>
        <translation>Un outil d’un serveur MCP a changé</translation>
    </message>
    <message>
        <source>Sharing was paused or goes on</source>
        <translation>Le partage a été suspendu ou reprend</translation>
    </message>
    <message>
        <source>What I have asked for is done, or has failed</source>
        <translation>Ce que j’ai demandé est fait, ou a échoué</translation>
    </message>
    <message>
        <source>Beginning of the quiet hours</source>
        <translation>Début des heures calmes</translation>
    </message>
    <message>
        <source>End of the quiet hours</source>
        <translation>Fin des heures calmes</translation>
    </message>
    <message>
        <source>&amp;to</source>
        <comment>between two times of day</comment>
        <translation>&amp;à</translation>
    </message>
</context>
<context>
    <name>keybearer::PastePanel</name>
    <message>
        <source>C&amp;ontinue</source>
        <translation>Co&amp;ntinuer</translation>
    </message>
    <message>
        <source>The &amp;browser is on another computer</source>
        <translation>Le navi&amp;gateur est sur un autre ordinateur</translation>
    </message>
    <message>
        <source>Open the link there and sign in. At the end the browser shows a page that cannot be reached: copy its address, and paste it here:</source>
        <translation>Ouvrez-y le lien et connectez-vous. À la fin, le navigateur affiche une page injoignable&#xa0;: copiez son adresse et collez-la ici&#xa0;:</translation>
    </message>
    <message>
        <source>Address that the sign-in ended at</source>
        <translation>Adresse à laquelle la connexion s&apos;est terminée</translation>
    </message>
</context>
<context>
    <name>keybearer::QuitQuestion</name>
    <message>
        <source>Quit Keybearer</source>
        <translation>Quitter Keybearer</translation>
    </message>
    <message>
        <source>Should programs keep their access?</source>
        <translation>Les programmes doivent-ils garder leur accès&#xa0;?</translation>
    </message>
    <message>
        <source>The icon goes in any case. The broker can go on in the background: programs that you have allowed keep their access, but nobody is there to answer new questions. If it stops too, the next program that asks starts it again.</source>
        <translation>L&apos;icône disparaît dans tous les cas. Le broker peut continuer en arrière-plan&#xa0;: les programmes que vous avez autorisés gardent leur accès, mais personne n&apos;est là pour répondre aux nouvelles questions. S&apos;il s&apos;arrête aussi, le prochain programme qui demande le relance.</translation>
    </message>
    <message>
        <source>&amp;Keep sharing in the background</source>
        <translation>&amp;Continuer le partage en arrière-plan</translation>
    </message>
    <message>
        <source>&amp;Stop the broker too</source>
        <translation>&amp;Arrêter aussi le broker</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>Ne plus demander</translation>
    </message>
    <message>
        <source>The Settings page can change it later.</source>
        <translation>La page Réglages permet de le changer plus tard.</translation>
    </message>
</context>
<context>
    <name>keybearer::RequestModel</name>
    <message>
        <source>a program that could not be measured</source>
        <translation>un programme qui n&apos;a pas pu être mesuré</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>«&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>start a program with what the run profile %1 lists</source>
        <translation>lancer un programme avec ce que le profil d&apos;exécution %1 indique</translation>
    </message>
    <message>
        <source>have you sign in for %1</source>
        <translation>que vous vous connectiez pour %1</translation>
    </message>
    <message>
        <source>use %1 through the gateway</source>
        <translation>utiliser %1 par la passerelle</translation>
    </message>
    <message>
        <source>use %1</source>
        <comment>provider</comment>
        <translation>utiliser %1</translation>
    </message>
    <message>
        <source>use %1 as %2</source>
        <comment>provider, account</comment>
        <translation>utiliser %1 en tant que %2</translation>
    </message>
    <message>
        <source>is ending</source>
        <translation>se termine</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <comment>left to answer</comment>
        <translation>
            <numerusform>%n seconde</numerusform>
            <numerusform>%n secondes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <comment>left to answer</comment>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>Veut</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Temps restant</translation>
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
        <translation>«&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Changé</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>Veut</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>May then</source>
        <translation>Pourra alors</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Lancé par</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Reconnu comme</translation>
    </message>
    <message>
        <source>It calls itself</source>
        <translation>Se nomme</translation>
    </message>
    <message>
        <source>It says</source>
        <translation>Dit</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Demandes</translation>
    </message>
    <message>
        <source>Details of the request</source>
        <translation>Détails de la demande</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Refuser</translation>
    </message>
    <message>
        <source>&amp;Answer...</source>
        <translation>Ré&amp;pondre...</translation>
    </message>
    <message>
        <source>Brings the question to the front; several are asked one after another.</source>
        <translation>Amène la question au premier plan&#xa0;; s&apos;il y en a plusieurs, elles se suivent.</translation>
    </message>
    <message>
        <source>Show &amp;activity</source>
        <translation>Afficher l&apos;&amp;activité</translation>
    </message>
    <message>
        <source>Nobody waits for you</source>
        <translation>Personne ne vous attend</translation>
    </message>
    <message>
        <source>When a program wants one of your accounts, the question comes to the front, and is listed here until you answer. What was answered lately stands in Activity.</source>
        <translation>Quand un programme veut l&apos;un de vos comptes, la question passe au premier plan et figure ici jusqu&apos;à votre réponse. Les dernières réponses se trouvent dans Activité.</translation>
    </message>
</context>
<context>
    <name>keybearer::ResultPage</name>
    <message>
        <source>What became of the files</source>
        <translation>Ce qu&apos;il est advenu des fichiers</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Changing the settings</source>
        <translation>Modification des réglages</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Each file is copied first, then replaced in one step. This takes a moment; your keychain may ask for its password.</source>
        <translation>Chaque fichier est d&apos;abord copié, puis remplacé en une seule étape. Cela prend un instant&#xa0;; votre trousseau peut demander son mot de passe.</translation>
    </message>
    <message numerus="yes">
        <source>Moving %n server(s)...</source>
        <translation>
            <numerusform>Déplacement de %n serveur...</numerusform>
            <numerusform>Déplacement de %n serveurs...</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was moved</source>
        <translation>Rien n&apos;a été déplacé</translation>
    </message>
    <message>
        <source>Copies of the files as they were are in %1. The old secrets stand in them in plain text: when everything works, erase them with &quot;keybearer import --forget-backups&quot;.</source>
        <translation>Des copies des fichiers d&apos;origine sont dans %1. Les anciens secrets y figurent en clair&#xa0;: quand tout fonctionne, effacez-les avec «&#xa0;keybearer import --forget-backups&#xa0;».</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be changed and are as they were. The list says why.</source>
        <translation>
            <numerusform>%n fichier n&apos;a pas pu être modifié et reste comme avant. La liste dit pourquoi.</numerusform>
            <numerusform>%n fichiers n&apos;ont pas pu être modifiés et restent comme avant. La liste dit pourquoi.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved</source>
        <translation>
            <numerusform>%n serveur déplacé</numerusform>
            <numerusform>%n serveurs déplacés</numerusform>
        </translation>
    </message>
    <message>
        <source>The next time a client starts one of them, Keybearer does the rest.</source>
        <translation>La prochaine fois qu&apos;un client lancera l&apos;un d&apos;eux, Keybearer fera le reste.</translation>
    </message>
    <message>
        <source>Everything was as it should be.</source>
        <translation>Tout était comme il fallait.</translation>
    </message>
    <message>
        <source>Putting the files back...</source>
        <translation>Remise en place des fichiers...</translation>
    </message>
    <message>
        <source>The files could not be put back</source>
        <translation>Les fichiers n&apos;ont pas pu être remis en place</translation>
    </message>
    <message>
        <source>Some files could not be put back</source>
        <translation>Certains fichiers n&apos;ont pas pu être remis en place</translation>
    </message>
    <message>
        <source>The list says why. Their copies are kept, so you can try again.</source>
        <translation>La liste dit pourquoi. Leurs copies sont conservées, vous pouvez donc réessayer.</translation>
    </message>
    <message>
        <source>Everything is as it was</source>
        <translation>Tout est comme avant</translation>
    </message>
    <message>
        <source>Keys that were moved stay in the store as well, where they do no harm; &quot;keybearer apikey list&quot; shows them.</source>
        <translation>Les clés déplacées restent aussi dans le magasin, où elles ne gênent pas&#xa0;; «&#xa0;keybearer apikey list&#xa0;» les affiche.</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuer</translation>
    </message>
</context>
<context>
    <name>keybearer::ScopeList</name>
    <message>
        <source>What to ask for</source>
        <translation>Ce qu&apos;il faut demander</translation>
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
        <translation>Serveur MCP</translation>
    </message>
    <message>
        <source>Address or program</source>
        <translation>Adresse ou programme</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
</context>
<context>
    <name>keybearer::ServicesPage</name>
    <message>
        <source>&amp;Sign in</source>
        <translation>Se &amp;connecter</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Tester</translation>
    </message>
    <message>
        <source>&amp;Remove...</source>
        <translation>&amp;Supprimer...</translation>
    </message>
    <message>
        <source>Add &amp;MCP server...</source>
        <translation>Ajouter un serveur &amp;MCP...</translation>
    </message>
    <message>
        <source>No MCP servers yet</source>
        <translation>Pas encore de serveur MCP</translation>
    </message>
    <message>
        <source>Add a server by its address, or a program of this computer. MCP clients then reach it through Keybearer, without a token in their settings.</source>
        <translation>Ajoutez un serveur par son adresse, ou un programme de cet ordinateur. Les clients MCP le joignent alors par Keybearer, sans jeton dans leurs réglages.</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>Serveurs MCP</translation>
    </message>
    <message>
        <source>&amp;Add MCP server...</source>
        <translation>&amp;Ajouter un serveur MCP...</translation>
    </message>
    <message>
        <source>&amp;Sign in again</source>
        <translation>Se reco&amp;nnecter</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Look at %n tool(s)</source>
        <translation>
            <numerusform>&amp;Examiner %n outil</numerusform>
            <numerusform>&amp;Examiner %n outils</numerusform>
        </translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>Sélectionnez un serveur MCP ci-dessus.</translation>
    </message>
    <message>
        <source>Signs in at %1.</source>
        <translation>Se connecte à %1.</translation>
    </message>
    <message>
        <source>Asks for: %1</source>
        <translation>Demande&#xa0;: %1</translation>
    </message>
    <message>
        <source>At the gateway: %1</source>
        <translation>Sur la passerelle&#xa0;: %1</translation>
    </message>
    <message>
        <source>It stands in config.yaml.</source>
        <translation>Il figure dans config.yaml.</translation>
    </message>
    <message>
        <source>Known from a sign-in by its address.</source>
        <translation>Connu par une connexion à son adresse.</translation>
    </message>
    <message>
        <source>MCP server added</source>
        <translation>Serveur MCP ajouté</translation>
    </message>
    <message>
        <source>%1 stands in config.yaml now.</source>
        <translation>%1 figure maintenant dans config.yaml.</translation>
    </message>
    <message>
        <source>Testing %1...</source>
        <translation>Test de %1...</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>how bad, what</comment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Nothing is wrong with it.</source>
        <translation>Aucun problème de ce côté.</translation>
    </message>
    <message>
        <source>Remove the MCP server %1?</source>
        <translation>Supprimer le serveur MCP %1&#xa0;?</translation>
    </message>
    <message>
        <source>Its entry goes from config.yaml; the file as it was is kept beside it. Clients that use it lose their connection. The account stays signed in.</source>
        <translation>Son entrée disparaît de config.yaml&#xa0;; le fichier d&apos;origine est conservé à côté. Les clients qui l&apos;utilisent perdent leur connexion. Le compte reste connecté.</translation>
    </message>
    <message>
        <source>What was found out about it is forgotten. Clients that use it lose their connection.</source>
        <translation>Ce qui a été appris à son sujet est oublié. Les clients qui l&apos;utilisent perdent leur connexion.</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>S&amp;upprimer</translation>
    </message>
    <message>
        <source>The MCP server was not removed</source>
        <translation>Le serveur MCP n&apos;a pas été supprimé</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Cela n&apos;a pas fonctionné</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionActions</name>
    <message>
        <source>The session could not be refreshed</source>
        <translation>La session n&apos;a pas pu être renouvelée</translation>
    </message>
    <message>
        <source>Refreshed</source>
        <translation>Renouvelée</translation>
    </message>
    <message>
        <source>The %1 session is fresh again.</source>
        <translation>La session %1 est à nouveau fraîche.</translation>
    </message>
    <message>
        <source>Revoke session</source>
        <translation>Révoquer la session</translation>
    </message>
    <message>
        <source>Revoke the %1 session of %2?</source>
        <translation>Révoquer la session %1 de %2&#xa0;?</translation>
    </message>
    <message>
        <source>Keybearer asks %1 to end it, and erases it from this computer. Programs that use it lose their access at once.</source>
        <translation>Keybearer demande à %1 d&apos;y mettre fin et l&apos;efface de cet ordinateur. Les programmes qui l&apos;utilisent perdent aussitôt leur accès.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Révoquer</translation>
    </message>
    <message numerus="yes">
        <source>The %1 session of %2 ends in %n second(s)</source>
        <translation>
            <numerusform>La session %1 de %2 prend fin dans %n seconde</numerusform>
            <numerusform>La session %1 de %2 prend fin dans %n secondes</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>Rien n&apos;a encore été envoyé.</translation>
    </message>
    <message>
        <source>The %1 session of %2 stays.</source>
        <translation>La session %1 de %2 est conservée.</translation>
    </message>
    <message>
        <source>Remove API key</source>
        <translation>Supprimer la clé d&apos;API</translation>
    </message>
    <message>
        <source>Remove service account</source>
        <translation>Supprimer le compte de service</translation>
    </message>
    <message>
        <source>Remove the API key %1?</source>
        <translation>Supprimer la clé d&apos;API %1&#xa0;?</translation>
    </message>
    <message>
        <source>Remove the service account %1?</source>
        <translation>Supprimer le compte de service %1&#xa0;?</translation>
    </message>
    <message>
        <source>It is erased from this computer, and programs that use it stop working. It stays valid where it was made: to be sure, delete it there as well.</source>
        <translation>Elle est effacée de cet ordinateur, et les programmes qui l&apos;utilisent cessent de fonctionner. Elle reste valable là où elle a été créée&#xa0;: par sécurité, supprimez-la là-bas aussi.</translation>
    </message>
    <message>
        <source>Its key is erased from this computer, and programs that use it stop working. The key stays valid at the provider: to be sure, delete it there as well.</source>
        <translation>Sa clé est effacée de cet ordinateur, et les programmes qui l&apos;utilisent cessent de fonctionner. La clé reste valable chez le fournisseur&#xa0;: par sécurité, supprimez-la là-bas aussi.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message numerus="yes">
        <source>%1 is removed in %n second(s)</source>
        <comment>API key or service account</comment>
        <translation>
            <numerusform>Suppression de %1 dans %n seconde</numerusform>
            <numerusform>Suppression de %1 dans %n secondes</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been erased yet.</source>
        <translation>Rien n&apos;a encore été effacé.</translation>
    </message>
    <message>
        <source>%1 stays.</source>
        <translation>%1 reste en place.</translation>
    </message>
    <message>
        <source>%1 could not be removed</source>
        <translation>Impossible de supprimer %1</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Suppression effectuée</translation>
    </message>
    <message>
        <source>%1 is erased.</source>
        <translation>%1 n&apos;est plus sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Révoquée</translation>
    </message>
    <message>
        <source>%1 has confirmed that the session of %2 has ended.</source>
        <translation>%1 a confirmé que la session de %2 a pris fin.</translation>
    </message>
    <message>
        <source>Erased here, not confirmed by %1</source>
        <translation>Effacée ici, sans confirmation de %1</translation>
    </message>
    <message>
        <source>End the session in the account settings of %1 as well, to be sure.</source>
        <translation>Par sécurité, mettez aussi fin à la session dans les réglages du compte chez %1.</translation>
    </message>
    <message>
        <source>The session could not be revoked</source>
        <translation>La session n&apos;a pas pu être révoquée</translation>
    </message>
    <message>
        <source>Take back permission</source>
        <translation>Retirer l&apos;autorisation</translation>
    </message>
    <message>
        <source>Take back the permission to use %1?</source>
        <translation>Retirer l&apos;autorisation d&apos;utiliser %1&#xa0;?</translation>
    </message>
    <message>
        <source>%1 has to ask you again the next time.</source>
        <translation>%1 devra vous redemander la prochaine fois.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Take back permissions</source>
        <translation>Retirer les autorisations</translation>
    </message>
    <message numerus="yes">
        <source>Take back %n permission(s) of %1?</source>
        <translation>
            <numerusform>Retirer %n autorisation de %1&#xa0;?</numerusform>
            <numerusform>Retirer %n autorisations de %1&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>The program has to ask you again the next time.</source>
        <translation>Le programme devra vous redemander la prochaine fois.</translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) of %1 end in a moment</source>
        <translation>
            <numerusform>%n autorisation de %1 prend fin dans un instant</numerusform>
            <numerusform>%n autorisations de %1 prennent fin dans un instant</numerusform>
        </translation>
    </message>
    <message>
        <source>The permissions of %1 stay.</source>
        <translation>Les autorisations de %1 sont conservées.</translation>
    </message>
    <message numerus="yes">
        <source>The permission to use %1 ends in %n second(s)</source>
        <translation>
            <numerusform>L&apos;autorisation d&apos;utiliser %1 prend fin dans %n seconde</numerusform>
            <numerusform>L&apos;autorisation d&apos;utiliser %1 prend fin dans %n secondes</numerusform>
        </translation>
    </message>
    <message>
        <source>The permission to use %1 stays.</source>
        <translation>L&apos;autorisation d&apos;utiliser %1 est conservée.</translation>
    </message>
    <message>
        <source>The permission could not be taken back</source>
        <translation>L&apos;autorisation n&apos;a pas pu être retirée</translation>
    </message>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>Votre réponse n&apos;est pas parvenue au broker</translation>
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
        <translation>Détails</translation>
    </message>
    <message>
        <source>Un&amp;do</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>Reno&amp;mmer...</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>&amp;Nouvelle valeur...</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>Sélectionnez une ligne pour tout voir à son sujet.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>provider and state</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>Se re&amp;connecter...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Renouveler</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>Ac&amp;tiver</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>&amp;Désactiver</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>&amp;Supprimer...</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>Ré&amp;voquer...</translation>
    </message>
    <message>
        <source>Sign in again; what programs may have stays as it is.</source>
        <translation>Reconnectez-vous&#xa0;; ce que les programmes peuvent avoir ne change pas.</translation>
    </message>
    <message>
        <source>What is stored cannot be read. Sign in again to replace it, or revoke it.</source>
        <translation>Ce qui est stocké est illisible. Reconnectez-vous pour le remplacer, ou révoquez-le.</translation>
    </message>
    <message>
        <source>Unlock the store to use it.</source>
        <translation>Déverrouillez le magasin pour l&apos;utiliser.</translation>
    </message>
    <message>
        <source>Give it a new value, or remove it.</source>
        <translation>Donnez-lui une nouvelle valeur, ou supprimez-la.</translation>
    </message>
    <message>
        <source>No program gets it until you switch it on.</source>
        <translation>Aucun programme ne l&apos;obtient tant que vous ne l&apos;activez pas.</translation>
    </message>
    <message>
        <source>no program yet</source>
        <comment>who may use a session</comment>
        <translation>aucun programme encore</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>programs</comment>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problème</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>Permet</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Utilisée par</translation>
    </message>
    <message>
        <source>Token expires</source>
        <translation>Le jeton expire</translation>
    </message>
    <message>
        <source>Token fetched</source>
        <translation>Jeton obtenu</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <translation>La connexion prend fin</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernière utilisation</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>jamais</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Signed in at</source>
        <translation>Connecté à</translation>
    </message>
    <message>
        <source>For the server</source>
        <translation>Pour le serveur</translation>
    </message>
    <message>
        <source>Known there as</source>
        <translation>Connu là-bas comme</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>In requests</source>
        <translation>Dans les demandes</translation>
    </message>
    <message>
        <source>Handed out</source>
        <translation>Remise</translation>
    </message>
    <message>
        <source>Programs that you allow may have the key itself.</source>
        <translation>Les programmes que vous autorisez peuvent avoir la clé elle-même.</translation>
    </message>
    <message>
        <source>Never: Keybearer puts it into requests, and no program sees it.</source>
        <translation>Jamais&#xa0;: Keybearer la met dans les demandes, et aucun programme ne la voit.</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Expire</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Ajoutée</translation>
    </message>
    <message>
        <source>Value replaced</source>
        <translation>Valeur remplacée</translation>
    </message>
    <message>
        <source>For programs</source>
        <translation>Pour les programmes</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionModel</name>
    <message>
        <source>API key</source>
        <translation>Clé d&apos;API</translation>
    </message>
    <message>
        <source>%1 (service account)</source>
        <comment>provider</comment>
        <translation>%1 (compte de service)</translation>
    </message>
    <message>
        <source>%1 (this computer itself)</source>
        <comment>provider; nobody has signed in, a client acts for itself</comment>
        <translation>%1 (cet ordinateur lui-même)</translation>
    </message>
    <message>
        <source>%1 (by your company)</source>
        <comment>provider; an identity provider vouches for the person</comment>
        <translation>%1 (par votre entreprise)</translation>
    </message>
    <message>
        <source>%1 (by this machine)</source>
        <comment>provider; the platform vouches for the machine</comment>
        <translation>%1 (par cette machine)</translation>
    </message>
    <message>
        <source>Ends in a moment</source>
        <comment>a session that is about to be revoked</comment>
        <translation>Prend fin dans un instant</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>jamais</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>jamais</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Fournisseur</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>Permet</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Expire</translation>
    </message>
    <message>
        <source>Last used by</source>
        <translation>Utilisée en dernier par</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionsPage</name>
    <message>
        <source>No sessions yet</source>
        <translation>Pas encore de session</translation>
    </message>
    <message>
        <source>Sign in once, and programs on this computer can use the account, each with your permission and without ever seeing a password.</source>
        <translation>Connectez-vous une fois, et les programmes de cet ordinateur pourront utiliser le compte, chacun avec votre autorisation et sans jamais voir de mot de passe.</translation>
    </message>
    <message>
        <source>&amp;Sign in...</source>
        <translation>Se conn&amp;ecter...</translation>
    </message>
    <message>
        <source>Waiting for the broker</source>
        <translation>En attente du broker</translation>
    </message>
    <message>
        <source>Your sessions are listed here as soon as it answers.</source>
        <translation>Vos sessions s’affichent ici dès qu’il répond.</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Sign-ins</source>
        <translation>Connexions</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>Clés d&apos;API</translation>
    </message>
    <message>
        <source>Service accounts and machines</source>
        <translation>Comptes de service et machines</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Sho&amp;w:</source>
        <translation>A&amp;fficher&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Add API key...</source>
        <translation>&amp;Ajouter une clé d&apos;API...</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>&amp;Copy account</source>
        <translation>C&amp;opier le compte</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>&amp;Nouvelle valeur...</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>Ac&amp;tiver</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>&amp;Désactiver</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>Se re&amp;connecter...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Renouveler</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>Reno&amp;mmer...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>Su&amp;pprimer...</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>Ré&amp;voquer...</translation>
    </message>
</context>
<context>
    <name>keybearer::SettingsPage</name>
    <message>
        <source>No program could be found that opens the file</source>
        <translation>Aucun programme capable d’ouvrir le fichier n’a été trouvé</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>keybearer::SetupWizard</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Précédent</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Set up Keybearer</source>
        <translation>Configurer Keybearer</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Étape %1 sur %2</translation>
    </message>
</context>
<context>
    <name>keybearer::SharingControl</name>
    <message>
        <source>Sharing could not be paused</source>
        <translation>Le partage n&apos;a pas pu être suspendu</translation>
    </message>
    <message>
        <source>Sharing could not be resumed</source>
        <translation>Le partage n&apos;a pas pu reprendre</translation>
    </message>
    <message>
        <source>Sharing was paused</source>
        <translation>Le partage a été suspendu</translation>
    </message>
    <message>
        <source>No program gets anything until sharing goes on.</source>
        <translation>Aucun programme n&apos;obtient quoi que ce soit tant que le partage n&apos;a pas repris.</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>Reprendre le partage</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>Le partage reprend</translation>
    </message>
    <message>
        <source>Programs get what you have allowed them again.</source>
        <translation>Les programmes obtiennent de nouveau ce que vous leur avez autorisé.</translation>
    </message>
</context>
<context>
    <name>keybearer::ShownKeyDialog</name>
    <message>
        <source>The key of %1</source>
        <translation>La clé de %1</translation>
    </message>
    <message>
        <source>Copy it now: it is shown this once, and kept nowhere. Whoever has it gets what you have allowed, without a question.</source>
        <translation>Copiez-la maintenant&#xa0;: elle n&apos;est affichée que cette fois et n&apos;est conservée nulle part. Quiconque l&apos;a obtient ce que vous avez autorisé, sans question.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>The program finds it in the environment variable KEYBEARER_CLIENT_KEY, or in a file that the variable names as @FILE.</source>
        <translation>Le programme la trouve dans la variable d&apos;environnement KEYBEARER_CLIENT_KEY, ou dans un fichier que la variable désigne par @FILE.</translation>
    </message>
    <message>
        <source>I have &amp;kept it</source>
        <translation>Je l&apos;ai con&amp;servée</translation>
    </message>
    <message>
        <source>Copied for a minute</source>
        <translation>Copié pour une minute</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInChoices</name>
    <message>
        <source>To be set up first, once</source>
        <translation>À configurer d&apos;abord, une fois</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) signed in</source>
        <translation>
            <numerusform>%n compte connecté</numerusform>
            <numerusform>%n comptes connectés</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>MCP server at %1, signed in</source>
        <translation>Serveur MCP sur %1, connecté</translation>
    </message>
    <message>
        <source>MCP server at %1</source>
        <translation>Serveur MCP sur %1</translation>
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
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Where do you want to sign in?</source>
        <translation>Où voulez-vous vous connecter&#xa0;?</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search for a provider or an MCP server</source>
        <translation>Rechercher un fournisseur ou un serveur MCP</translation>
    </message>
    <message>
        <source>Providers and MCP servers</source>
        <translation>Fournisseurs et serveurs MCP</translation>
    </message>
    <message>
        <source>Or paste the &amp;address of an MCP server:</source>
        <translation>Ou coller l&apos;&amp;adresse d&apos;un serveur MCP&#xa0;:</translation>
    </message>
    <message>
        <source>Address of an MCP server</source>
        <translation>Adresse d&apos;un serveur MCP</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Détails</translation>
    </message>
    <message>
        <source>The page asks who you are</source>
        <translation>La page demande qui vous êtes</translation>
    </message>
    <message>
        <source>A&amp;ccount:</source>
        <translation>Co&amp;mpte&#xa0;:</translation>
    </message>
    <message>
        <source>Ask &amp;for:</source>
        <translation>D&amp;emander&#xa0;:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>There is no connection to the broker. Keybearer keeps trying.</source>
        <translation>Il n’y a pas de connexion au broker. Keybearer continue d’essayer.</translation>
    </message>
    <message>
        <source>Nothing here has this name. An MCP server needs only its address, below.</source>
        <translation>Rien ici ne porte ce nom. Un serveur MCP n&apos;a besoin que de son adresse, ci-dessous.</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>&amp;Configurer...</translation>
    </message>
    <message>
        <source>Signs in to %1. This name is written with letters of different alphabets.</source>
        <translation>Connexion à %1. Ce nom est écrit avec des lettres de différents alphabets.</translation>
    </message>
    <message>
        <source>Signs in to %1.</source>
        <translation>Connexion à %1.</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInDialog</name>
    <message>
        <source>&amp;Copy link</source>
        <translation>&amp;Copier le lien</translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation>&amp;Ouvrir de nouveau</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>Con&amp;figurer...</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Se connecter à %1</translation>
    </message>
    <message>
        <source>Get a &amp;new code</source>
        <translation>Obtenir un no&amp;uveau code</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Preparing the sign-in...</source>
        <translation>Préparation de la connexion...</translation>
    </message>
    <message>
        <source>Keybearer is asking %1 where to sign in.</source>
        <translation>Keybearer demande à %1 où se connecter.</translation>
    </message>
    <message>
        <source>%1
This name is written with letters of different alphabets.</source>
        <translation>%1
Ce nom est écrit avec des lettres de différents alphabets.</translation>
    </message>
    <message>
        <source>Host of the sign-in page: %1</source>
        <translation>Hôte de la page de connexion&#xa0;: %1</translation>
    </message>
    <message>
        <source>Waiting for you in the browser...</source>
        <translation>Le navigateur vous attend...</translation>
    </message>
    <message>
        <source>Sign in on the page of %1 that has just opened. Check that the browser&apos;s address bar says so before you type a password.</source>
        <translation>Connectez-vous sur la page de %1 qui vient de s&apos;ouvrir. Vérifiez que la barre d&apos;adresse du navigateur le confirme avant de saisir un mot de passe.</translation>
    </message>
    <message>
        <source>Open the link in a browser</source>
        <translation>Ouvrez le lien dans un navigateur</translation>
    </message>
    <message>
        <source>No browser could be started. Copy the link, open it in a browser on this computer, and check that it shows %1.</source>
        <translation>Aucun navigateur n&apos;a pu être lancé. Copiez le lien, ouvrez-le dans un navigateur sur cet ordinateur, et vérifiez qu&apos;il affiche %1.</translation>
    </message>
    <message>
        <source>&amp;Copy code</source>
        <translation>Copier le co&amp;de</translation>
    </message>
    <message>
        <source>&amp;Open here</source>
        <translation>Ouvrir &amp;ici</translation>
    </message>
    <message>
        <source>Enter a code to sign in</source>
        <translation>Saisissez un code pour vous connecter</translation>
    </message>
    <message>
        <source>The code has expired</source>
        <translation>Le code a expiré</translation>
    </message>
    <message>
        <source>Nothing is lost: get a new code, and enter that one.</source>
        <translation>Rien n&apos;est perdu&#xa0;: obtenez un nouveau code et saisissez celui-ci.</translation>
    </message>
    <message>
        <source>Almost there...</source>
        <translation>C&apos;est presque fait...</translation>
    </message>
    <message>
        <source>%1 has answered; Keybearer is fetching your session.</source>
        <translation>%1 a répondu&#xa0;; Keybearer récupère votre session.</translation>
    </message>
    <message>
        <source>The sign-in did not work</source>
        <translation>La connexion n&apos;a pas abouti</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInSteps</name>
    <message>
        <source>Find out how to sign in</source>
        <translation>Chercher comment se connecter</translation>
    </message>
    <message>
        <source>Register Keybearer there</source>
        <translation>Enregistrer Keybearer là-bas</translation>
    </message>
    <message>
        <source>You enter the code</source>
        <translation>Vous saisissez le code</translation>
    </message>
    <message>
        <source>You sign in, in the browser</source>
        <translation>Vous vous connectez dans le navigateur</translation>
    </message>
    <message>
        <source>Fetch the session</source>
        <translation>Récupérer la session</translation>
    </message>
    <message>
        <source>Ask who you are, and store the session</source>
        <translation>Demander qui vous êtes et enregistrer la session</translation>
    </message>
    <message>
        <source>%1: done</source>
        <comment>a step</comment>
        <translation>%1&#xa0;: terminé</translation>
    </message>
    <message>
        <source>%1: failed</source>
        <comment>a step</comment>
        <translation>%1&#xa0;: échec</translation>
    </message>
    <message>
        <source>%1: now</source>
        <comment>a step</comment>
        <translation>%1&#xa0;: en cours</translation>
    </message>
    <message>
        <source>%1: later</source>
        <comment>a step</comment>
        <translation>%1&#xa0;: plus tard</translation>
    </message>
</context>
<context>
    <name>keybearer::SignIns</name>
    <message>
        <source>Signed in to %1</source>
        <translation>Connecté à %1</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Connecté en tant que %1</translation>
    </message>
    <message>
        <source>Your %1 session is ready. Programs that want to use it will ask you.</source>
        <translation>Votre session %1 est prête. Les programmes qui veulent l&apos;utiliser vous le demanderont.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInsPage</name>
    <message>
        <source>Search services</source>
        <translation>Rechercher des services</translation>
    </message>
    <message>
        <source>Nothing to sign in to</source>
        <translation>Rien à quoi se connecter</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>API keys need no sign-in. Those that were moved are in the store; add others with &quot;keybearer apikey add&quot;.</source>
        <translation>Les clés d&apos;API n&apos;ont pas besoin de connexion. Celles qui ont été déplacées sont dans le magasin&#xa0;; ajoutez-en d&apos;autres avec «&#xa0;keybearer apikey add&#xa0;».</translation>
    </message>
    <message>
        <source>Your browser opens for each. You can do this now, or later from the icon in the panel: a program that needs an account asks for it.</source>
        <translation>Votre navigateur s&apos;ouvre pour chacun. Vous pouvez le faire maintenant, ou plus tard depuis l&apos;icône du panneau&#xa0;: un programme qui a besoin d&apos;un compte le demande.</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>Se connecter...</translation>
    </message>
    <message>
        <source>an account without a name</source>
        <translation>un compte sans nom</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Connecté en tant que %1</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Non connecté</translation>
    </message>
    <message>
        <source>Add another account...</source>
        <translation>Ajouter un autre compte...</translation>
    </message>
    <message>
        <source>Add another account of %1</source>
        <translation>Ajouter un autre compte de %1</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Se connecter à %1</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuer</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>P&amp;lus tard</translation>
    </message>
</context>
<context>
    <name>keybearer::StateBar</name>
    <message>
        <source>State of the broker</source>
        <translation>État du broker</translation>
    </message>
    <message>
        <source>No connection to the broker; trying again. What you see is how it was.</source>
        <translation>Pas de connexion au broker&#xa0;; nouvel essai en cours. Ce que vous voyez est l&apos;état d&apos;avant.</translation>
    </message>
    <message>
        <source>Start the &amp;broker</source>
        <translation>Démarrer le &amp;broker</translation>
    </message>
    <message>
        <source>The store is locked: no program gets a token until you unlock it.</source>
        <translation>Le magasin est verrouillé&#xa0;: aucun programme n&apos;obtient de jeton tant que vous ne le déverrouillez pas.</translation>
    </message>
    <message>
        <source>The keychain is locked: no program gets a token until you unlock it.</source>
        <translation>Le trousseau est verrouillé&#xa0;: aucun programme n&apos;obtient de jeton tant que vous ne le déverrouillez pas.</translation>
    </message>
    <message>
        <source>Un&amp;lock...</source>
        <translation>&amp;Déverrouiller...</translation>
    </message>
</context>
<context>
    <name>keybearer::StoreLock</name>
    <message>
        <source>The store could not be looked at</source>
        <translation>Le magasin n&apos;a pas pu être consulté</translation>
    </message>
    <message>
        <source>The store could not be unlocked</source>
        <translation>Le magasin n&apos;a pas pu être déverrouillé</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>Déverrouillé</translation>
    </message>
    <message>
        <source>Programs get their tokens again.</source>
        <translation>Les programmes obtiennent de nouveau leurs jetons.</translation>
    </message>
    <message>
        <source>The store could not be locked</source>
        <translation>Le magasin n&apos;a pas pu être verrouillé</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Verrouillé</translation>
    </message>
    <message>
        <source>No program gets a token until you unlock it.</source>
        <translation>Aucun programme n&apos;obtient de jeton tant que vous ne le déverrouillez pas.</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolModel</name>
    <message>
        <source>is new, hidden</source>
        <translation>est nouveau, masqué</translation>
    </message>
    <message>
        <source>is new</source>
        <translation>est nouveau</translation>
    </message>
    <message>
        <source>has changed, hidden</source>
        <translation>a changé, masqué</translation>
    </message>
    <message>
        <source>has changed</source>
        <translation>a changé</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Outil</translation>
    </message>
    <message>
        <source>What has happened</source>
        <translation>Ce qui s&apos;est passé</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolsPage</name>
    <message>
        <source>Changed tools</source>
        <translation>Outils modifiés</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Approuver</translation>
    </message>
    <message>
        <source>No tool has changed</source>
        <translation>Aucun outil n&apos;a changé</translation>
    </message>
    <message>
        <source>When an MCP server says something else of a tool than what you have approved, it is listed here.</source>
        <translation>Quand un serveur MCP dit d&apos;un outil autre chose que ce que vous avez approuvé, cela figure ici.</translation>
    </message>
    <message>
        <source>What a model is told of these tools is not what you have approved. A server that changes it can make the model do other things than you expect.</source>
        <translation>Ce qu&apos;un modèle apprend de ces outils n&apos;est pas ce que vous avez approuvé. Un serveur qui le change peut amener le modèle à faire autre chose que ce que vous attendez.</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>Ce qui diffère</translation>
    </message>
    <message>
        <source>No model sees it until you approve it.</source>
        <translation>Aucun modèle ne le voit tant que vous ne l&apos;approuvez pas.</translation>
    </message>
    <message>
        <source>Models see it as it is now. Approve it to be warned of the next change.</source>
        <translation>Les modèles le voient tel qu&apos;il est maintenant. Approuvez-le pour être averti du prochain changement.</translation>
    </message>
    <message>
        <source>It was not there when you approved the others. This is what a model is told of it:</source>
        <translation>Il n&apos;était pas là quand vous avez approuvé les autres. Voici ce qu&apos;un modèle en apprend&#xa0;:</translation>
    </message>
    <message>
        <source>What has changed cannot be said: a definition was too long to be kept.</source>
        <translation>Impossible de dire ce qui a changé&#xa0;: une définition était trop longue pour être conservée.</translation>
    </message>
    <message>
        <source>The tool could not be approved</source>
        <translation>L&apos;outil n&apos;a pas pu être approuvé</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayApplication</name>
    <message>
        <source>No browser could be opened for a sign-in</source>
        <translation>Aucun navigateur n&apos;a pu être ouvert pour une connexion</translation>
    </message>
    <message>
        <source>The broker could not be stopped</source>
        <translation>Le broker n&apos;a pas pu être arrêté</translation>
    </message>
    <message>
        <source>This desktop has no place for a status icon</source>
        <translation>Ce bureau n&apos;a pas de place pour une icône d&apos;état</translation>
    </message>
    <message>
        <source>Closed, this window comes back when Keybearer is started again; meanwhile it goes on in the background.</source>
        <translation>Une fois fermée, cette fenêtre revient quand Keybearer est relancé&#xa0;; entre-temps, il continue en arrière-plan.</translation>
    </message>
    <message>
        <source>The broker did not start</source>
        <translation>Le broker n&apos;a pas démarré</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayMenu</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Set up...</source>
        <translation>Configurer...</translation>
    </message>
    <message>
        <source>Settings...</source>
        <translation>Réglages...</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>Ferme l&apos;icône de la barre et demande si le broker doit continuer.</translation>
    </message>
    <message>
        <source>A program asks for %1...</source>
        <comment>a provider</comment>
        <translation>Un programme demande %1...</translation>
    </message>
    <message>
        <source>%1 asks for %2...</source>
        <comment>a program, a provider</comment>
        <translation>%1 demande %2...</translation>
    </message>
    <message numerus="yes">
        <source>All %n request(s)...</source>
        <translation>
            <numerusform>Toutes les demandes (%n)...</numerusform>
            <numerusform>Les %n demandes...</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed tools (%1)...</source>
        <translation>Outils modifiés (%1)...</translation>
    </message>
    <message numerus="yes">
        <source>%n more in the Sessions window</source>
        <translation>
            <numerusform>%n de plus dans la fenêtre Sessions</numerusform>
            <numerusform>%n de plus dans la fenêtre Sessions</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>Reprendre le partage</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>Suspendre le partage</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>Pendant 15 minutes</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Pendant 1 heure</translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation>Jusqu&apos;à ce que je le reprenne</translation>
    </message>
    <message>
        <source>Unlock...</source>
        <translation>Déverrouiller...</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Verrouiller</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1, expires %2</source>
        <comment>state, in how long</comment>
        <translation>%1, expire %2</translation>
    </message>
    <message>
        <source>Sign in again...</source>
        <translation>Se reconnecter...</translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation>Renouveler maintenant</translation>
    </message>
    <message>
        <source>Revoke...</source>
        <translation>Révoquer...</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
</context>
<context>
    <name>keybearer::TraySection</name>
    <message>
        <source>This application</source>
        <translation>Cette application</translation>
    </message>
    <message>
        <source>&amp;Start with the desktop</source>
        <translation>&amp;Démarrer avec le bureau</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <comment>a file</comment>
        <translation>Écrit dans %1</translation>
    </message>
    <message>
        <source>With colour</source>
        <comment>the status icon</comment>
        <translation>En couleur</translation>
    </message>
    <message>
        <source>In one colour, like the panel&apos;s own</source>
        <comment>the status icon</comment>
        <translation>D’une seule couleur, comme celles du panneau</translation>
    </message>
    <message>
        <source>Ask me each time</source>
        <translation>Me demander à chaque fois</translation>
    </message>
    <message>
        <source>The broker goes on in the background</source>
        <translation>Le broker continue en arrière-plan</translation>
    </message>
    <message>
        <source>The broker stops too</source>
        <translation>Le broker s’arrête aussi</translation>
    </message>
    <message>
        <source>Status &amp;icon:</source>
        <translation>&amp;Icône d’état&#xa0;:</translation>
    </message>
    <message>
        <source>When I &amp;quit:</source>
        <translation>Quand je &amp;quitte&#xa0;:</translation>
    </message>
    <message>
        <source>These settings cannot be kept: %1 cannot be written.</source>
        <comment>a file</comment>
        <translation>Ces réglages ne peuvent pas être conservés&#xa0;: %1 ne peut pas être écrit.</translation>
    </message>
</context>
<context>
    <name>keybearer::UnlockDialog</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>Choisir une phrase secrète</translation>
    </message>
    <message>
        <source>Unlock the store</source>
        <translation>Déverrouiller le magasin</translation>
    </message>
    <message>
        <source>It will be asked for whenever the broker starts. There is no way around a forgotten one.</source>
        <translation>Elle sera demandée à chaque démarrage du broker. Si vous l&apos;oubliez, il n&apos;y a aucun moyen de s&apos;en passer.</translation>
    </message>
    <message>
        <source>Your sessions are in a file that this passphrase opens.</source>
        <translation>Vos sessions sont dans un fichier que cette phrase secrète ouvre.</translation>
    </message>
    <message>
        <source>&amp;Passphrase:</source>
        <translation>&amp;Phrase secrète&#xa0;:</translation>
    </message>
    <message>
        <source>Once &amp;more:</source>
        <translation>&amp;Encore une fois&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>&amp;Utiliser</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>&amp;Déverrouiller</translation>
    </message>
</context>
<context>
    <name>keybearer::UsageChart</name>
    <message>
        <source>%1: %2 given</source>
        <comment>day or program, tokens given</comment>
        <translation>%1&#xa0;: %2 délivrés</translation>
    </message>
    <message>
        <source>%1: %2 given, %3 refused</source>
        <comment>day or program, tokens given, tokens refused</comment>
        <translation>%1&#xa0;: %2 délivrés, %3 refusés</translation>
    </message>
    <message>
        <source>Nothing was given or refused.</source>
        <translation>Rien n&apos;a été délivré ni refusé.</translation>
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
            <numerusform>Jetons délivrés, %n dernier jour</numerusform>
            <numerusform>Jetons délivrés, %n derniers jours</numerusform>
        </translation>
    </message>
    <message>
        <source>By program</source>
        <translation>Par programme</translation>
    </message>
    <message>
        <source>A double click shows the rows of one program only.</source>
        <translation>Un double clic n&apos;affiche que les entrées d&apos;un programme.</translation>
    </message>
</context>
<context>
    <name>keybearer::WelcomePage</name>
    <message>
        <source>Welcome to Keybearer</source>
        <translation>Bienvenue dans Keybearer</translation>
    </message>
    <message>
        <source>You sign in once to each service. Programs on this computer can then use the account, each with your permission, and none of them ever holds a password or a key that lasts.</source>
        <translation>Vous vous connectez une fois à chaque service. Les programmes de cet ordinateur peuvent ensuite utiliser le compte, chacun avec votre autorisation, et aucun ne détient jamais de mot de passe ni de clé durable.</translation>
    </message>
    <message>
        <source>What do your programs need?</source>
        <translation>De quoi vos programmes ont-ils besoin&#xa0;?</translation>
    </message>
    <message>
        <source>&amp;GitHub</source>
        <translation>&amp;GitHub</translation>
    </message>
    <message>
        <source>Repositories, issues and pull requests, with one sign-in instead of personal tokens.</source>
        <translation>Dépôts, tickets et pull requests, avec une connexion au lieu de jetons personnels.</translation>
    </message>
    <message>
        <source>Google &amp;Workspace</source>
        <translation>Google &amp;Workspace</translation>
    </message>
    <message>
        <source>Mail, calendar and documents of one account.</source>
        <translation>Courrier, agenda et documents d&apos;un compte.</translation>
    </message>
    <message>
        <source>One &amp;other service</source>
        <translation>Un a&amp;utre service</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>&amp;Several services</source>
        <translation>P&amp;lusieurs services</translation>
    </message>
    <message>
        <source>You choose from all of them, and add your company&apos;s own servers by their address.</source>
        <translation>Vous choisissez parmi tous, et ajoutez par leur adresse les serveurs de votre entreprise.</translation>
    </message>
    <message>
        <source>Only API &amp;keys</source>
        <translation>Clés d&apos;&amp;API seulement</translation>
    </message>
    <message>
        <source>Nothing to sign in to: keys move from settings files into the keychain.</source>
        <translation>Aucune connexion nécessaire&#xa0;: les clés passent des fichiers de réglages au trousseau.</translation>
    </message>
    <message>
        <source>&amp;Look for MCP clients</source>
        <translation>&amp;Chercher des clients MCP</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Shows the sessions of the credential broker, and asks before a program may use one.</source>
        <translation>Affiche les sessions du broker d&apos;identifiants et demande avant qu&apos;un programme puisse en utiliser une.</translation>
    </message>
    <message>
        <source>Open the window with this page.</source>
        <comment>an option</comment>
        <translation>Ouvre la fenêtre à cette page.</translation>
    </message>
</context>
</TS>
