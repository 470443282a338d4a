<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en_US">
<context>
    <name>Activity</name>
    <message>
        <source>%1 got a token for %2</source>
        <translation>%1 ha obtenido un token para %2</translation>
    </message>
    <message>
        <source>%1 got no token for %2</source>
        <translation>%1 no ha obtenido ningún token para %2</translation>
    </message>
    <message>
        <source>A rule kept %1 from %2</source>
        <translation>Una regla ha impedido a %1 acceder a %2</translation>
    </message>
    <message>
        <source>The policy server gave no answer about %1</source>
        <translation>El servidor de directivas no ha respondido acerca de %1</translation>
    </message>
    <message>
        <source>%1 asked too often for %2</source>
        <translation>%1 ha pedido %2 con demasiada frecuencia</translation>
    </message>
    <message>
        <source>%1 was allowed to use %2</source>
        <translation>%1 ha recibido permiso para usar %2</translation>
    </message>
    <message>
        <source>%1 was not allowed to use %2</source>
        <translation>%1 no ha recibido permiso para usar %2</translation>
    </message>
    <message>
        <source>%1 may no longer use %2</source>
        <translation>%1 ya no puede usar %2</translation>
    </message>
    <message>
        <source>What %1 was allowed with %2 has ended</source>
        <translation>Ha terminado lo que %1 podía hacer con %2</translation>
    </message>
    <message>
        <source>%1 asked too often and waits for ten minutes</source>
        <translation>%1 ha preguntado con demasiada frecuencia y espera diez minutos</translation>
    </message>
    <message>
        <source>%1 was updated by the system and keeps what it may do</source>
        <translation>El sistema ha actualizado %1, que conserva sus permisos</translation>
    </message>
    <message>
        <source>A permission was changed behind the broker&apos;s back and does not count</source>
        <translation>Se ha cambiado un permiso sin pasar por el broker y no cuenta</translation>
    </message>
    <message>
        <source>Signed in to %2</source>
        <translation>Sesión iniciada en %2</translation>
    </message>
    <message>
        <source>Signed out of %2</source>
        <translation>Sesión cerrada en %2</translation>
    </message>
    <message>
        <source>The session at %2 could not be renewed</source>
        <translation>No se ha podido renovar la sesión en %2</translation>
    </message>
    <message>
        <source>API key added: %2</source>
        <translation>Clave de API añadida: %2</translation>
    </message>
    <message>
        <source>API key replaced: %2</source>
        <translation>Clave de API sustituida: %2</translation>
    </message>
    <message>
        <source>API key switched on: %2</source>
        <translation>Clave de API activada: %2</translation>
    </message>
    <message>
        <source>API key switched off: %2</source>
        <translation>Clave de API desactivada: %2</translation>
    </message>
    <message>
        <source>API key removed: %2</source>
        <translation>Clave de API eliminada: %2</translation>
    </message>
    <message>
        <source>Service account added: %2</source>
        <translation>Cuenta de servicio añadida: %2</translation>
    </message>
    <message>
        <source>Service account removed: %2</source>
        <translation>Cuenta de servicio eliminada: %2</translation>
    </message>
    <message>
        <source>Registered program added: %3</source>
        <translation>Programa registrado añadido: %3</translation>
    </message>
    <message>
        <source>Registered program got a new key: %3</source>
        <translation>Programa registrado con clave nueva: %3</translation>
    </message>
    <message>
        <source>Registered program switched on: %3</source>
        <translation>Programa registrado activado: %3</translation>
    </message>
    <message>
        <source>Registered program switched off: %3</source>
        <translation>Programa registrado desactivado: %3</translation>
    </message>
    <message>
        <source>Registered program removed: %3</source>
        <translation>Programa registrado eliminado: %3</translation>
    </message>
    <message>
        <source>%1 showed a key that is not good</source>
        <translation>%1 ha presentado una clave no válida</translation>
    </message>
    <message>
        <source>%1 was started with access of its own</source>
        <translation>%1 se ha iniciado con acceso propio</translation>
    </message>
    <message>
        <source>%1 showed a secret that is not its own</source>
        <translation>%1 ha presentado un secreto que no es suyo</translation>
    </message>
    <message>
        <source>The access that %1 was started with has ended</source>
        <translation>Ha terminado el acceso con el que se inició %1</translation>
    </message>
    <message>
        <source>Keybearer registered itself at %2</source>
        <translation>Keybearer se ha registrado en %2</translation>
    </message>
    <message>
        <source>The registration at %2 was removed</source>
        <translation>Se ha eliminado el registro en %2</translation>
    </message>
    <message>
        <source>An MCP server shows a new tool: %3</source>
        <translation>Un servidor MCP muestra una herramienta nueva: %3</translation>
    </message>
    <message>
        <source>The definition of a tool has changed: %3</source>
        <translation>Ha cambiado la definición de una herramienta: %3</translation>
    </message>
    <message>
        <source>You approved a tool: %3</source>
        <translation>Ha aprobado una herramienta: %3</translation>
    </message>
    <message>
        <source>A tool was forgotten: %3</source>
        <translation>Se ha olvidado una herramienta: %3</translation>
    </message>
    <message>
        <source>What is known of a tool was changed behind the broker&apos;s back: %3</source>
        <translation>Se ha cambiado sin pasar por el broker lo que se sabe de una herramienta: %3</translation>
    </message>
    <message>
        <source>%1 opened an MCP server: %3</source>
        <translation>%1 ha abierto un servidor MCP: %3</translation>
    </message>
    <message>
        <source>%1 closed an MCP server: %3</source>
        <translation>%1 ha cerrado un servidor MCP: %3</translation>
    </message>
    <message>
        <source>The program of an MCP server was started: %3</source>
        <translation>Se ha iniciado el programa de un servidor MCP: %3</translation>
    </message>
    <message>
        <source>The program of an MCP server has ended: %3</source>
        <translation>Ha terminado el programa de un servidor MCP: %3</translation>
    </message>
    <message>
        <source>The gateway was opened</source>
        <translation>Se ha abierto la pasarela</translation>
    </message>
    <message>
        <source>The gateway was closed</source>
        <translation>Se ha cerrado la pasarela</translation>
    </message>
    <message>
        <source>The gateway signs with a new key</source>
        <translation>La pasarela firma con una clave nueva</translation>
    </message>
    <message>
        <source>A client of the gateway was removed: %3</source>
        <translation>Se ha eliminado un cliente de la pasarela: %3</translation>
    </message>
    <message>
        <source>The gateway refused a request: %3</source>
        <translation>La pasarela ha rechazado una solicitud: %3</translation>
    </message>
    <message>
        <source>A client registered at the gateway: %3</source>
        <translation>Un cliente se ha registrado en la pasarela: %3</translation>
    </message>
    <message>
        <source>A client left the gateway: %3</source>
        <translation>Un cliente ha dejado la pasarela: %3</translation>
    </message>
    <message>
        <source>A client of the gateway was let in: %3</source>
        <translation>Se ha admitido a un cliente de la pasarela: %3</translation>
    </message>
    <message>
        <source>A client of the gateway renewed its access: %3</source>
        <translation>Un cliente de la pasarela ha renovado su acceso: %3</translation>
    </message>
    <message>
        <source>A client of the gateway showed a token that was just replaced: %3</source>
        <translation>Un cliente de la pasarela ha presentado un token recién sustituido: %3</translation>
    </message>
    <message>
        <source>A token of the gateway was used twice, so all of it was revoked: %3</source>
        <translation>Un token de la pasarela se ha usado dos veces, así que se ha revocado todo lo suyo: %3</translation>
    </message>
    <message>
        <source>A client of the gateway was turned away: %3</source>
        <translation>Se ha rechazado a un cliente de la pasarela: %3</translation>
    </message>
    <message>
        <source>The access of a client of the gateway has ended: %3</source>
        <translation>Ha terminado el acceso de un cliente de la pasarela: %3</translation>
    </message>
    <message>
        <source>The gateway&apos;s authorization server signs with a new key</source>
        <translation>El servidor de autorización de la pasarela firma con una clave nueva</translation>
    </message>
    <message>
        <source>The provider for trying things out was started</source>
        <translation>Se ha iniciado el proveedor de prueba</translation>
    </message>
    <message>
        <source>The provider for trying things out was stopped</source>
        <translation>Se ha detenido el proveedor de prueba</translation>
    </message>
    <message>
        <source>The store was unlocked</source>
        <translation>Se ha desbloqueado el almacén</translation>
    </message>
    <message>
        <source>The store was locked</source>
        <translation>Se ha bloqueado el almacén</translation>
    </message>
    <message>
        <source>All sessions moved to another store</source>
        <translation>Todas las sesiones se han trasladado a otro almacén</translation>
    </message>
    <message>
        <source>The store got a new key</source>
        <translation>El almacén tiene una clave nueva</translation>
    </message>
    <message>
        <source>The broker started</source>
        <translation>El broker se ha iniciado</translation>
    </message>
    <message>
        <source>The broker stopped</source>
        <translation>El broker se ha detenido</translation>
    </message>
    <message>
        <source>The broker was asked to stop</source>
        <translation>Se pidió al broker que se detuviera</translation>
    </message>
    <message>
        <source>Sharing was paused: no program gets anything</source>
        <translation>El uso compartido está en pausa: ningún programa recibe nada</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>El uso compartido continúa</translation>
    </message>
    <message>
        <source>Half a row was cut off the log after a power cut</source>
        <translation>Se ha recortado media entrada del registro tras un corte de corriente</translation>
    </message>
    <message>
        <source>Rows that were too old were removed from the log</source>
        <translation>Se han eliminado del registro las entradas demasiado antiguas</translation>
    </message>
    <message>
        <source>The log was damaged and set aside</source>
        <translation>El registro estaba dañado y se ha apartado</translation>
    </message>
    <message>
        <source>The broker raised an alert: %3</source>
        <translation>El broker ha emitido una alerta: %3</translation>
    </message>
    <message>
        <source>something that is not named</source>
        <translation>algo sin nombre</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>provider (account)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>You said no.</source>
        <translation>Usted ha dicho que no.</translation>
    </message>
    <message>
        <source>Nobody has allowed it yet.</source>
        <translation>Nadie lo ha permitido todavía.</translation>
    </message>
    <message>
        <source>There was nobody to ask.</source>
        <translation>No había a quién preguntar.</translation>
    </message>
    <message>
        <source>The session does not have the scopes that were asked for.</source>
        <translation>La sesión no tiene los ámbitos pedidos.</translation>
    </message>
    <message>
        <source>Somebody has to sign in again.</source>
        <translation>Alguien tiene que volver a iniciar sesión.</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>Nadie ha iniciado sesión.</translation>
    </message>
    <message>
        <source>A sign-in was not finished yet.</source>
        <translation>Había un inicio de sesión sin terminar.</translation>
    </message>
    <message>
        <source>The provider did not answer.</source>
        <translation>El proveedor no ha respondido.</translation>
    </message>
    <message>
        <source>The provider refused it.</source>
        <translation>El proveedor lo ha rechazado.</translation>
    </message>
    <message>
        <source>It asked too often.</source>
        <translation>Ha preguntado con demasiada frecuencia.</translation>
    </message>
    <message>
        <source>A rule forbids it.</source>
        <translation>Una regla lo prohíbe.</translation>
    </message>
    <message>
        <source>The store was locked.</source>
        <translation>El almacén estaba bloqueado.</translation>
    </message>
    <message>
        <source>The store could not be reached.</source>
        <translation>No se ha podido acceder al almacén.</translation>
    </message>
    <message>
        <source>Row %1 was changed.</source>
        <translation>La entrada %1 se ha cambiado.</translation>
    </message>
    <message>
        <source>Row %1 is missing.</source>
        <translation>Falta la entrada %1.</translation>
    </message>
    <message>
        <source>Row %1 does not follow from the one before it.</source>
        <translation>La entrada %1 no se sigue de la anterior.</translation>
    </message>
    <message>
        <source>Row %1 cannot be read.</source>
        <translation>La entrada %1 no se puede leer.</translation>
    </message>
    <message>
        <source>Row %1 is another one in its file than in the database.</source>
        <translation>La entrada %1 no es la misma en su archivo que en la base de datos.</translation>
    </message>
    <message>
        <source>Row %1 and what came after it were cut off.</source>
        <translation>Se han recortado la entrada %1 y todo lo que venía después.</translation>
    </message>
    <message>
        <source>The rows before row %1 were removed, and not by the broker.</source>
        <translation>Las entradas anteriores a la %1 se han eliminado, y no ha sido el broker.</translation>
    </message>
    <message>
        <source>The seal does not fit at row %1: rows were made anew, or cut off at the beginning.</source>
        <translation>El sello no coincide en la entrada %1: se han rehecho entradas o se han recortado al principio.</translation>
    </message>
    <message>
        <source>The log is older than it should be: row %1 is not the one that was there.</source>
        <translation>El registro es más antiguo de lo que debería: la entrada %1 no es la que había.</translation>
    </message>
    <message>
        <source>The rows before row %1 are in a damaged file that was set aside.</source>
        <translation>Las entradas anteriores a la %1 están en un archivo dañado que se ha apartado.</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>Un programa</translation>
    </message>
    <message>
        <source>%1 (a kind of row that this window does not know)</source>
        <translation>%1 (un tipo de entrada que esta ventana no conoce)</translation>
    </message>
    <message>
        <source>Given</source>
        <extracomment>what came of a request: the program got its token</extracomment>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>Refused</source>
        <extracomment>what came of a request</extracomment>
        <translation>Rechazado</translation>
    </message>
    <message>
        <source>Attention</source>
        <extracomment>what came of a request: something a person should look at</extracomment>
        <translation>Atención</translation>
    </message>
    <message>
        <source>Done</source>
        <extracomment>what came of a request</extracomment>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Row %1 does not fit (%2).</source>
        <translation>La entrada %1 no encaja (%2).</translation>
    </message>
    <message>
        <source>The configuration was read again</source>
        <translation>La configuración se ha vuelto a leer</translation>
    </message>
    <message>
        <source>A configuration with a mistake was not used</source>
        <translation>No se ha usado una configuración con un error</translation>
    </message>
</context>
<context>
    <name>Addresses</name>
    <message>
        <source>There is no address yet.</source>
        <translation>Todavía no hay ninguna dirección.</translation>
    </message>
    <message>
        <source>This is not an address.</source>
        <translation>Esto no es una dirección.</translation>
    </message>
    <message>
        <source>Paste it as one word.</source>
        <translation>Péguela como una sola palabra.</translation>
    </message>
    <message>
        <source>An address looks like https://mcp.example.com/mcp.</source>
        <translation>Una dirección tiene este aspecto: https://mcp.example.com/mcp.</translation>
    </message>
    <message>
        <source>This address is not safe to sign in at.</source>
        <translation>No es seguro iniciar sesión en esta dirección.</translation>
    </message>
    <message>
        <source>It has to begin with https://, except on this computer.</source>
        <translation>Tiene que empezar por https://, salvo en este equipo.</translation>
    </message>
    <message>
        <source>This address has a user name in it.</source>
        <translation>Esta dirección contiene un nombre de usuario.</translation>
    </message>
    <message>
        <source>Take out what stands before the @.</source>
        <translation>Quite lo que hay antes de la @.</translation>
    </message>
    <message>
        <source>This address has a # in it.</source>
        <translation>Esta dirección contiene un #.</translation>
    </message>
    <message>
        <source>Take out the # and what follows.</source>
        <translation>Quite el # y lo que le sigue.</translation>
    </message>
    <message>
        <source>Copy all of the browser&apos;s address bar, from http:// to the end.</source>
        <translation>Copie toda la barra de direcciones del navegador, desde http:// hasta el final.</translation>
    </message>
    <message>
        <source>This is not the address that the sign-in ended at.</source>
        <translation>Esta no es la dirección en la que terminó el inicio de sesión.</translation>
    </message>
    <message>
        <source>Sign in first; then copy the address of the page that could not be opened. It has ǌode=” and “state=” in it.</source>
        <translation>Inicie sesión primero; después copie la dirección de la página que no se ha podido abrir. Contiene «code=» y «state=».</translation>
    </message>
</context>
<context>
    <name>ClientSettings</name>
    <message>
        <source>Belongs into claude_desktop_config.json. Start Claude Desktop again afterwards.</source>
        <translation>Va en claude_desktop_config.json. Después, reinicie Claude Desktop.</translation>
    </message>
    <message>
        <source>Run this in a terminal.</source>
        <translation>Ejecute esto en un terminal.</translation>
    </message>
    <message>
        <source>Belongs into .vscode/mcp.json of a project, or into mcp.json of your profile.</source>
        <translation>Va en .vscode/mcp.json de un proyecto o en mcp.json de su perfil.</translation>
    </message>
    <message>
        <source>Belongs into .cursor/mcp.json of your home or of a project.</source>
        <translation>Va en .cursor/mcp.json de su carpeta personal o de un proyecto.</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Error</source>
        <extracomment>how bad a finding is</extracomment>
        <translation>Error</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>how bad a finding is</extracomment>
        <translation>Advertencia</translation>
    </message>
    <message>
        <source>Good</source>
        <extracomment>a finding says that something works</extracomment>
        <translation>Bien</translation>
    </message>
</context>
<context>
    <name>HealthFacts</name>
    <message>
        <source>ready</source>
        <translation>listo</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>bloqueado</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>no accesible</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>sin usar todavía</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>where the sessions are kept, and whether that can be reached</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>A move of all sessions is not finished: %1.</source>
        <translation>Un traslado de todas las sesiones no ha terminado: %1.</translation>
    </message>
    <message>
        <source>A change is under way: %1 of %2.</source>
        <translation>Hay un cambio en curso: %1 de %2.</translation>
    </message>
    <message>
        <source>Its new key is not everywhere yet.</source>
        <translation>Su clave nueva no está todavía en todas partes.</translation>
    </message>
    <message numerus="yes">
        <source>%n damaged record(s) are kept aside.</source>
        <translation>
            <numerusform>%n registro dañado se ha apartado.</numerusform>
            <numerusform>%n registros dañados se han apartado.</numerusform>
        </translation>
    </message>
    <message>
        <source>open at %1</source>
        <translation>abierta en %1</translation>
    </message>
    <message>
        <source>running, closed to addresses</source>
        <translation>en marcha, cerrada a direcciones</translation>
    </message>
    <message>
        <source>not running; it starts when it is used</source>
        <translation>parada; se inicia cuando se usa</translation>
    </message>
    <message>
        <source>every program gets what it asks for</source>
        <translation>cada programa obtiene lo que pide</translation>
    </message>
    <message>
        <source>only what was allowed before</source>
        <translation>solo lo permitido antes</translation>
    </message>
    <message>
        <source>you are asked about every new program</source>
        <translation>se le pregunta por cada programa nuevo</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>version %1, process %2, started %3</source>
        <translation>versión %1, proceso %2, iniciado %3</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Almacén</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Acceso</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Pasarela</translation>
    </message>
    <message>
        <source>Tokens since the start</source>
        <translation>Tokens desde el inicio</translation>
    </message>
    <message>
        <source>%1 given, %2 refused</source>
        <comment>tokens</comment>
        <translation>%1 entregados, %2 rechazados</translation>
    </message>
    <message>
        <source>Trouble since the start</source>
        <translation>Problemas desde el inicio</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>Entradas del registro</translation>
    </message>
    <message>
        <source>Open connections</source>
        <translation>Conexiones abiertas</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Configuración</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>Socket</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n sesión</numerusform>
            <numerusform>%n sesiones</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 with trouble: %3</source>
        <comment>sessions, how many of them, the problem of one</comment>
        <translation>%1, %2 con problemas: %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>two kinds of trouble, each with its number</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln renewal(s) failed</source>
        <translation>
            <numerusform>%Ln renovación fallida</numerusform>
            <numerusform>%Ln renovaciones fallidas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln alerta</numerusform>
            <numerusform>%Ln alertas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>The file was changed after the import, so it was left as it is.</source>
        <translation>El archivo se ha cambiado después de la importación, así que se ha dejado como está.</translation>
    </message>
    <message>
        <source>The copy from before is kept; &quot;keybearer import --undo --force&quot; puts it back and keeps the newer file as well.</source>
        <translation>La copia de antes se conserva; «keybearer import --undo --force» la restablece y guarda también el archivo más reciente.</translation>
    </message>
    <message>
        <source>Reached by way of Keybearer, with one sign-in for all clients.</source>
        <translation>Accesible a través de Keybearer, con un solo inicio de sesión para todos los clientes.</translation>
    </message>
    <message>
        <source>Started by Keybearer, with its secrets from the keychain.</source>
        <translation>Lo inicia Keybearer, con sus secretos del llavero.</translation>
    </message>
    <message>
        <source>The tokens leave the disk; you sign in to it once more.</source>
        <translation>Los tokens desaparecen del disco; habrá que iniciar sesión una vez más.</translation>
    </message>
    <message>
        <source>Uses Keybearer already.</source>
        <translation>Ya usa Keybearer.</translation>
    </message>
    <message>
        <source>Stays as it is: it has no secret and no sign-in.</source>
        <translation>Se queda como está: no tiene secreto ni inicio de sesión.</translation>
    </message>
    <message>
        <source>Stays as it is: its entry has a shape that Keybearer does not know.</source>
        <translation>Se queda como está: su entrada tiene una forma que Keybearer no conoce.</translation>
    </message>
    <message>
        <source>Stays as it is.</source>
        <translation>Se queda como está.</translation>
    </message>
    <message>
        <source>Stays as it is: %1</source>
        <comment>then a sentence with the reason</comment>
        <translation>Se queda como está: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>where a secret stands, and its masked text</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Ese archivo no existe.</translation>
    </message>
    <message>
        <source>This file may not be written.</source>
        <translation>No se permite escribir en este archivo.</translation>
    </message>
    <message>
        <source>This file has a shape that Keybearer does not know, so it is left alone.</source>
        <translation>Este archivo tiene una forma que Keybearer no conoce, así que no se toca.</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>Este archivo no se puede leer.</translation>
    </message>
    <message>
        <source>As it was before, byte for byte.</source>
        <translation>Como estaba antes, byte por byte.</translation>
    </message>
    <message>
        <source>The tokens are no longer there. Sign in once more, with Keybearer.</source>
        <translation>Los tokens ya no están. Inicie sesión una vez más, con Keybearer.</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved. Restart %1, so that it reads its settings again.</source>
        <translation>
            <numerusform>%n servidor trasladado. Reinicie %1 para que vuelva a leer sus ajustes.</numerusform>
            <numerusform>%n servidores trasladados. Reinicie %1 para que vuelva a leer sus ajustes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing had to be changed.</source>
        <translation>No ha hecho falta cambiar nada.</translation>
    </message>
    <message>
        <source>The file is as it was.</source>
        <translation>El archivo está como estaba.</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>Unlock...</source>
        <translation>Desbloquear...</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>Iniciar sesión...</translation>
    </message>
    <message>
        <source>Start the broker</source>
        <translation>Iniciar el broker</translation>
    </message>
    <message>
        <source>Open configuration</source>
        <translation>Abrir la configuración</translation>
    </message>
    <message>
        <source>Close it to others</source>
        <translation>Cerrarla a otros</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message>
        <source>Needs no sign-in</source>
        <translation>No necesita inicio de sesión</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Nadie ha iniciado sesión</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Sesión iniciada</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Sesión iniciada como %1</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Responde</translation>
    </message>
    <message>
        <source>Answers with trouble</source>
        <translation>Responde con problemas</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>No responde</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>Sin usar todavía</translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <comment>tools that are new or have changed</comment>
        <translation>
            <numerusform>%n por revisar</numerusform>
            <numerusform>%n por revisar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n herramienta</numerusform>
            <numerusform>%n herramientas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionState</name>
    <message>
        <source>Active</source>
        <translation>Activa</translation>
    </message>
    <message>
        <source>Refreshing</source>
        <translation>Renovándose</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Volver a iniciar sesión</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Bloqueada</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Desactivada</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Caducada</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Apartada</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>Another provider or server...</source>
        <translation>Otro proveedor o servidor...</translation>
    </message>
    <message>
        <source>Choose a provider or server...</source>
        <translation>Elegir un proveedor o servidor...</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>know who you are</source>
        <translation>saber quién es usted</translation>
    </message>
    <message>
        <source>see your name and picture</source>
        <translation>ver su nombre y su imagen</translation>
    </message>
    <message>
        <source>see your e-mail address</source>
        <translation>ver su dirección de correo</translation>
    </message>
    <message>
        <source>stay signed in while you are away</source>
        <translation>mantener la sesión iniciada en su ausencia</translation>
    </message>
    <message>
        <source>read and change all your repositories</source>
        <translation>leer y cambiar todos sus repositorios</translation>
    </message>
    <message>
        <source>change your public repositories</source>
        <translation>cambiar sus repositorios públicos</translation>
    </message>
    <message>
        <source>read your profile</source>
        <translation>leer su perfil</translation>
    </message>
    <message>
        <source>see your e-mail addresses</source>
        <translation>ver sus direcciones de correo</translation>
    </message>
    <message>
        <source>see your organisations and teams</source>
        <translation>ver sus organizaciones y equipos</translation>
    </message>
    <message>
        <source>write gists</source>
        <translation>escribir gists</translation>
    </message>
    <message>
        <source>change workflows</source>
        <translation>cambiar flujos de trabajo</translation>
    </message>
    <message>
        <source>read your mail</source>
        <translation>leer su correo</translation>
    </message>
    <message>
        <source>read your files</source>
        <translation>leer sus archivos</translation>
    </message>
    <message>
        <source>read your calendars</source>
        <translation>leer sus calendarios</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minuto</numerusform>
            <numerusform>%n minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hora</numerusform>
            <numerusform>%n horas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n día</numerusform>
            <numerusform>%n días</numerusform>
        </translation>
    </message>
    <message>
        <source>expired</source>
        <translation>caducado</translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>a time from now</comment>
        <translation>en %1</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>ahora mismo</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <comment>a time before now</comment>
        <translation>hace %1</translation>
    </message>
    <message>
        <source>The broker cannot be reached.</source>
        <translation>No se puede acceder al broker.</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>No ha habido respuesta a tiempo.</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>Se ha cancelado el inicio de sesión.</translation>
    </message>
    <message>
        <source>This provider is not set up yet.</source>
        <translation>Este proveedor todavía no está configurado.</translation>
    </message>
    <message>
        <source>The sign-in has ended.</source>
        <translation>El inicio de sesión ha terminado.</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>El llavero está bloqueado.</translation>
    </message>
    <message>
        <source>The keychain cannot be reached.</source>
        <translation>No se puede acceder al llavero.</translation>
    </message>
    <message>
        <source>The provider cannot be reached at the moment.</source>
        <translation>No se puede acceder al proveedor en este momento.</translation>
    </message>
    <message>
        <source>That was asked too often.</source>
        <translation>Se ha preguntado con demasiada frecuencia.</translation>
    </message>
    <message>
        <source>Keybearer keeps trying to start it. If this lasts, run &quot;keybearer doctor&quot; in a terminal.</source>
        <translation>Keybearer sigue intentando iniciarlo. Si esto continúa, ejecute «keybearer doctor» en un terminal.</translation>
    </message>
    <message>
        <source>Try again when you are ready.</source>
        <translation>Vuelva a intentarlo cuando quiera.</translation>
    </message>
    <message>
        <source>Register an application with the provider, and enter its client id in config.yaml.</source>
        <translation>Registre una aplicación en el proveedor e introduzca su ID de cliente en config.yaml.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Vuelva a iniciar sesión.</translation>
    </message>
    <message>
        <source>Unlock the keychain of your desktop, then try again.</source>
        <translation>Desbloquee el llavero de su escritorio y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Start the keychain of your desktop, then try again.</source>
        <translation>Inicie el llavero de su escritorio y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Nothing is lost. Check the network, and try again in a while.</source>
        <translation>No se ha perdido nada. Compruebe la red y vuelva a intentarlo más tarde.</translation>
    </message>
    <message>
        <source>Wait a minute, then try again.</source>
        <translation>Espere un minuto y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>started for this by &quot;keybearer run&quot;</source>
        <translation>iniciado para esto con «keybearer run»</translation>
    </message>
    <message>
        <source>a sandboxed application</source>
        <translation>una aplicación aislada</translation>
    </message>
    <message>
        <source>a program that only the administrator can replace</source>
        <translation>un programa que solo el administrador puede sustituir</translation>
    </message>
    <message>
        <source>a script, by its file and where it runs</source>
        <translation>un script, por su archivo y por dónde se ejecuta</translation>
    </message>
    <message>
        <source>not for certain: your own programs could replace or imitate it</source>
        <translation>no con certeza: sus propios programas podrían sustituirlo o imitarlo</translation>
    </message>
    <message>
        <source>not at all: it runs outside of this system</source>
        <translation>de ningún modo: se ejecuta fuera de este sistema</translation>
    </message>
    <message>
        <source>The program is another one</source>
        <translation>El programa es otro</translation>
    </message>
    <message>
        <source>The script is another one</source>
        <translation>El script es otro</translation>
    </message>
    <message>
        <source>Somebody else may replace it</source>
        <translation>Otra persona puede sustituirlo</translation>
    </message>
    <message>
        <source>It is known in another way</source>
        <translation>Se conoce de otra manera</translation>
    </message>
    <message>
        <source>It runs in another directory</source>
        <translation>Se ejecuta en otro directorio</translation>
    </message>
    <message>
        <source>Somebody else has signed it</source>
        <translation>Lo ha firmado otra persona</translation>
    </message>
    <message>
        <source>It would have other access</source>
        <translation>Tendría otro acceso</translation>
    </message>
    <message>
        <source>before: %1
now: %2</source>
        <comment>a fact&apos;s old value, its new one</comment>
        <translation>antes: %1
ahora: %2</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFilterBar</name>
    <message>
        <source>Clear &amp;filters</source>
        <translation>Borrar &amp;filtros</translation>
    </message>
    <message>
        <source>Kind of row</source>
        <translation>Tipo de entrada</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Proveedor</translation>
    </message>
    <message>
        <source>Span of time</source>
        <translation>Periodo</translation>
    </message>
    <message>
        <source>Program, by its path or the name of its file</source>
        <translation>Programa, por su ruta o por el nombre de su archivo</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>The path of a program, or the name of its file: node</source>
        <translation>La ruta de un programa o el nombre de su archivo: node</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>Tokens given</source>
        <translation>Tokens entregados</translation>
    </message>
    <message>
        <source>Tokens refused</source>
        <translation>Tokens rechazados</translation>
    </message>
    <message>
        <source>Kept away by rules</source>
        <translation>Impedido por reglas</translation>
    </message>
    <message>
        <source>Asked too often</source>
        <translation>Preguntado con demasiada frecuencia</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Permisos</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesiones</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>Claves de API</translation>
    </message>
    <message>
        <source>Registered programs</source>
        <translation>Programas registrados</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>Servidores MCP</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Pasarela</translation>
    </message>
    <message>
        <source>Clients of the gateway</source>
        <translation>Clientes de la pasarela</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Almacén</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertas</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>En cualquier momento</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>En los últimos 7 días</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>En los últimos 30 días</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>Todos los proveedores</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFooter</name>
    <message>
        <source>&amp;Verify the log</source>
        <translation>&amp;Verificar el registro</translation>
    </message>
    <message>
        <source>Every row holds a digest of the one before it: this finds out whether anybody has changed or removed one.</source>
        <translation>Cada entrada contiene un resumen de la anterior: así se averigua si alguien ha cambiado o eliminado alguna.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported so far.</source>
        <translation>
            <numerusform>%n entrada exportada hasta ahora.</numerusform>
            <numerusform>%n entradas exportadas hasta ahora.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the log...</source>
        <translation>Leyendo el registro...</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found, back to %1.</source>
        <translation>
            <numerusform>%n entrada encontrada, hasta %1.</numerusform>
            <numerusform>%n entradas encontradas, hasta %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found.</source>
        <translation>
            <numerusform>%n entrada encontrada.</numerusform>
            <numerusform>%n entradas encontradas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s): all there are.</source>
        <translation>
            <numerusform>%n entrada: no hay más.</numerusform>
            <numerusform>%n entradas: no hay más.</numerusform>
        </translation>
    </message>
    <message>
        <source>Older rows, back to %1.</source>
        <translation>Entradas más antiguas, hasta %1.</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n row(s), back to %1.</source>
        <translation>
            <numerusform>La entrada más reciente (%n), hasta %1.</numerusform>
            <numerusform>Las %n entradas más recientes, hasta %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>Volver a &amp;intentar</translation>
    </message>
    <message>
        <source>G&amp;o on with older rows</source>
        <translation>&amp;Seguir con entradas más antiguas</translation>
    </message>
    <message>
        <source>Search &amp;older rows</source>
        <translation>Buscar entradas más &amp;antiguas</translation>
    </message>
    <message>
        <source>Cancel &amp;export</source>
        <translation>&amp;Cancelar la exportación</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>&amp;Exportar...</translation>
    </message>
    <message>
        <source>Checking every row of the log...</source>
        <translation>Comprobando todas las entradas del registro...</translation>
    </message>
    <message>
        <source>A key in the store of secrets seals it up to row %1.</source>
        <translation>Una clave del almacén de secretos lo sella hasta la entrada %1.</translation>
    </message>
    <message>
        <source>It is not sealed by the store of secrets yet.</source>
        <translation>El almacén de secretos todavía no lo ha sellado.</translation>
    </message>
    <message numerus="yes">
        <source>The log is whole: nobody has changed any of its %n row(s).</source>
        <translation>
            <numerusform>El registro está íntegro: nadie ha cambiado su %n entrada.</numerusform>
            <numerusform>El registro está íntegro: nadie ha cambiado ninguna de sus %n entradas.</numerusform>
        </translation>
    </message>
    <message>
        <source>The log was changed or damaged.</source>
        <translation>El registro se ha cambiado o dañado.</translation>
    </message>
    <message>
        <source>Keep a copy of the state directory, and find out who could write there.</source>
        <translation>Guarde una copia del directorio de estado y averigüe quién podía escribir en él.</translation>
    </message>
    <message>
        <source>The export was cancelled. No file was left behind.</source>
        <translation>Se ha cancelado la exportación. No ha quedado ningún archivo.</translation>
    </message>
    <message>
        <source>Export the log</source>
        <translation>Exportar el registro</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>Líneas JSON (*.jsonl)</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported. Only you can read the file.</source>
        <translation>
            <numerusform>%n entrada exportada. Solo usted puede leer el archivo.</numerusform>
            <numerusform>%n entradas exportadas. Solo usted puede leer el archivo.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>No se ha exportado nada.</translation>
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
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Qué ha ocurrido</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Cuenta</translation>
    </message>
    <message>
        <source>Outcome</source>
        <extracomment>heading of a column: Given, Refused, Done ...</extracomment>
        <translation>Resultado</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityPage</name>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Todavía no ha ocurrido nada</translation>
    </message>
    <message>
        <source>Every token that is given to a program, every refusal and every change is written down and shown here.</source>
        <translation>Aquí se anota y se muestra cada token que recibe un programa, cada rechazo y cada cambio.</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>Entradas del registro</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Actividad</translation>
    </message>
</context>
<context>
    <name>keybearer::AddServiceDialog</name>
    <message>
        <source>Add MCP server</source>
        <translation>Añadir servidor MCP</translation>
    </message>
    <message>
        <source>A server with an address</source>
        <translation>Un servidor con dirección</translation>
    </message>
    <message>
        <source>A program of this computer</source>
        <translation>Un programa de este equipo</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Nombre:</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>&amp;Tipo:</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Añadir</translation>
    </message>
    <message>
        <source>A&amp;ddress:</source>
        <translation>&amp;Dirección:</translation>
    </message>
    <message>
        <source>Where one signs in is found out from the server itself. Sign in afterwards, with the button on the page.</source>
        <translation>El propio servidor indica dónde se inicia sesión. Inicie sesión después, con el botón de la página.</translation>
    </message>
    <message>
        <source>&amp;Program:</source>
        <translation>&amp;Programa:</translation>
    </message>
    <message>
        <source>A&amp;rguments, one a line:</source>
        <translation>A&amp;rgumentos, uno por línea:</translation>
    </message>
    <message>
        <source>Will be run as:</source>
        <translation>Se ejecutará como:</translation>
    </message>
    <message>
        <source>No shell sees these words. The first time that a client uses it, you are asked whether it may be started.</source>
        <translation>Ningún shell ve estas palabras. La primera vez que un cliente lo use, se le preguntará si se puede iniciar.</translation>
    </message>
</context>
<context>
    <name>keybearer::AlertStrip</name>
    <message>
        <source>Show &amp;alerts</source>
        <translation>Mostrar &amp;alertas</translation>
    </message>
    <message numerus="yes">
        <source>%n more since the broker started.</source>
        <translation>
            <numerusform>%n más desde que se inició el broker.</numerusform>
            <numerusform>%n más desde que se inició el broker.</numerusform>
        </translation>
    </message>
    <message>
        <source>Alerts: %1</source>
        <translation>Alertas: %1</translation>
    </message>
</context>
<context>
    <name>keybearer::AuditRowDialog</name>
    <message>
        <source>Row %1 of the log</source>
        <translation>Entrada %1 del registro</translation>
    </message>
    <message>
        <source>The row as it stands in the log</source>
        <translation>La entrada tal como está en el registro</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>What:</source>
        <translation>Qué:</translation>
    </message>
    <message>
        <source>When:</source>
        <translation>Cuándo:</translation>
    </message>
    <message>
        <source>Outcome:</source>
        <translation>Resultado:</translation>
    </message>
    <message>
        <source>Why:</source>
        <translation>Por qué:</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>Programa:</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>Script:</translation>
    </message>
    <message>
        <source>Tool:</source>
        <translation>Herramienta:</translation>
    </message>
    <message>
        <source>Registered program:</source>
        <translation>Programa registrado:</translation>
    </message>
</context>
<context>
    <name>keybearer::BrokerMirror</name>
    <message>
        <source>No connection to the broker</source>
        <translation>Sin conexión con el broker</translation>
    </message>
    <message>
        <source>Connecting to the broker...</source>
        <translation>Conectando con el broker...</translation>
    </message>
    <message>
        <source>The store is locked</source>
        <translation>El almacén está bloqueado</translation>
    </message>
    <message>
        <source>The keychain is locked</source>
        <translation>El llavero está bloqueado</translation>
    </message>
    <message>
        <source>The store cannot be used</source>
        <translation>No se puede usar el almacén</translation>
    </message>
    <message>
        <source>The keychain cannot be reached</source>
        <translation>No se puede acceder al llavero</translation>
    </message>
    <message>
        <source>Sharing is paused until %1</source>
        <comment>a time of day</comment>
        <translation>El uso compartido está en pausa hasta las %1</translation>
    </message>
    <message>
        <source>Sharing is paused</source>
        <translation>El uso compartido está en pausa</translation>
    </message>
    <message numerus="yes">
        <source>%n program(s) waiting for your answer</source>
        <translation>
            <numerusform>%n programa espera su respuesta</numerusform>
            <numerusform>%n programas esperan su respuesta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) need you to sign in again</source>
        <translation>
            <numerusform>%n sesión requiere volver a iniciar sesión</numerusform>
            <numerusform>%n sesiones requieren volver a iniciar sesión</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) hidden until you approve them</source>
        <translation>
            <numerusform>%n herramienta oculta hasta que la apruebe</numerusform>
            <numerusform>%n herramientas ocultas hasta que las apruebe</numerusform>
        </translation>
    </message>
    <message>
        <source>The broker reports a problem</source>
        <translation>El broker informa de un problema</translation>
    </message>
    <message>
        <source>Not signed in anywhere yet</source>
        <translation>Todavía no se ha iniciado ninguna sesión</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) ready</source>
        <translation>
            <numerusform>%n sesión lista</numerusform>
            <numerusform>%n sesiones listas</numerusform>
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
        <translation>&amp;Abrir la pasarela al iniciar el broker</translation>
    </message>
    <message>
        <source>&amp;Restart the broker</source>
        <translation>&amp;Reiniciar el broker</translation>
    </message>
    <message>
        <source>Open config.&amp;yaml</source>
        <translation>Abrir config.&amp;yaml</translation>
    </message>
    <message>
        <source>Ask me about every new program</source>
        <translation>Preguntarme por cada programa nuevo</translation>
    </message>
    <message>
        <source>Only programs that were approved before</source>
        <translation>Solo programas permitidos anteriormente</translation>
    </message>
    <message>
        <source>Every program of mine, unasked</source>
        <translation>Cualquier programa mío, sin preguntar</translation>
    </message>
    <message>
        <source>Who gets &amp;access:</source>
        <translation>Quién obtiene &amp;acceso:</translation>
    </message>
    <message>
        <source>&amp;Port of the gateway:</source>
        <translation>&amp;Puerto de la pasarela:</translation>
    </message>
    <message>
        <source>chosen by itself</source>
        <comment>a port</comment>
        <translation>elegido automáticamente</translation>
    </message>
    <message>
        <source>Seconds that a call &amp;waits for a sign-in:</source>
        <translation>Segundos que una llamada &amp;espera un inicio de sesión:</translation>
    </message>
    <message>
        <source>Seconds before its end in which a token is re&amp;newed:</source>
        <translation>Segundos antes de su fin en que se re&amp;nueva un token:</translation>
    </message>
    <message>
        <source>&amp;Days for which the audit log is kept:</source>
        <translation>&amp;Días que se conserva el registro:</translation>
    </message>
    <message>
        <source>The broker would not start with this file. %1</source>
        <comment>what is wrong with it</comment>
        <translation>El broker no se iniciaría con este archivo. %1</translation>
    </message>
    <message>
        <source>%1 cannot be written, so nothing can be changed here.</source>
        <comment>a file</comment>
        <translation>No se puede escribir en %1, así que aquí no se puede cambiar nada.</translation>
    </message>
    <message>
        <source>Every program that runs as you gets every token, and nobody is asked. Malware too. Only for machines where nothing else runs.</source>
        <translation>Cualquier programa que se ejecute como usted obtiene cualquier token, y no se pregunta a nadie. También el software malicioso. Solo para equipos donde no se ejecuta nada más.</translation>
    </message>
    <message>
        <source>A program that was never allowed is refused, and you are not asked.</source>
        <translation>Se rechaza un programa que nunca se permitió, y no se le pregunta a usted.</translation>
    </message>
    <message>
        <source>A program gets nothing until you have said yes. You choose for how long.</source>
        <translation>Un programa no recibe nada hasta que usted diga que sí. Usted elige por cuánto tiempo.</translation>
    </message>
    <message>
        <source>Give access unasked</source>
        <translation>Dar acceso sin preguntar</translation>
    </message>
    <message>
        <source>Should every program get every token, unasked?</source>
        <translation>¿Debe obtener cualquier programa cualquier token sin preguntar?</translation>
    </message>
    <message>
        <source>This counts for all programs that run as you, now and later.</source>
        <translation>Vale para todos los programas que se ejecuten como usted, ahora y después.</translation>
    </message>
    <message>
        <source>Give access &amp;unasked</source>
        <translation>Dar acceso &amp;sin preguntar</translation>
    </message>
    <message>
        <source>Nothing was changed. %1</source>
        <comment>why</comment>
        <translation>No se cambió nada. %1</translation>
    </message>
    <message>
        <source>It was changed in the file, but the environment variable %1 wins over the file.</source>
        <translation>Se cambió en el archivo, pero la variable de entorno %1 prevalece sobre él.</translation>
    </message>
    <message>
        <source>Changed. The broker uses it when it starts anew.</source>
        <translation>Cambiado. El broker lo usará cuando vuelva a iniciarse.</translation>
    </message>
    <message>
        <source>The broker starts anew...</source>
        <translation>El broker se está reiniciando...</translation>
    </message>
    <message>
        <source>The broker has started anew.</source>
        <translation>El broker se ha reiniciado.</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientIdForm</name>
    <message>
        <source>&amp;Open the page</source>
        <translation>&amp;Abrir la página</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Set up and &amp;sign in</source>
        <translation>Configurar e &amp;iniciar sesión</translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation>Configurar %1</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <extracomment>a numbered step: &quot;1. Open the page ...&quot;</extracomment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1 wants to know Keybearer before you can sign in</source>
        <translation>%1 quiere conocer Keybearer antes de que pueda iniciar sesión</translation>
    </message>
    <message>
        <source>This is done once. Whoever runs the account there can do it, mostly you.</source>
        <translation>Se hace una sola vez. Puede hacerlo quien administre la cuenta allí, normalmente usted.</translation>
    </message>
    <message>
        <source>Open the page where %1 registers applications, and make a new one there.</source>
        <translation>Abra la página donde %1 registra aplicaciones y cree allí una nueva.</translation>
    </message>
    <message>
        <source>Where it asks for a redirect or callback address, enter this one:</source>
        <translation>Donde pida una dirección de redirección o «callback», introduzca esta:</translation>
    </message>
    <message>
        <source>Copy what %1 shows then into these fields:</source>
        <translation>Después copie en estos campos lo que muestra %1:</translation>
    </message>
    <message>
        <source>No browser could be started. The page is %1.</source>
        <translation>No se ha podido iniciar ningún navegador. La página es %1.</translation>
    </message>
    <message>
        <source>Redirect address to enter there</source>
        <translation>Dirección de redirección que hay que introducir allí</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>&amp;Domain:</source>
        <translation>&amp;Dominio:</translation>
    </message>
    <message>
        <source>Client s&amp;ecret:</source>
        <translation>S&amp;ecreto de cliente:</translation>
    </message>
    <message>
        <source>Client &amp;ID:</source>
        <translation>ID de c&amp;liente:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Only if you were given one</source>
        <translation>Solo si le han dado uno</translation>
    </message>
    <message>
        <source>A client ID has no spaces and no special letters.</source>
        <translation>Un ID de cliente no tiene espacios ni letras especiales.</translation>
    </message>
    <message>
        <source>This is the redirect address, not the client ID.</source>
        <translation>Esta es la dirección de redirección, no el ID de cliente.</translation>
    </message>
    <message>
        <source>This is no client secret: it has characters that none has.</source>
        <translation>Esto no es un secreto de cliente: contiene caracteres que ninguno tiene.</translation>
    </message>
    <message>
        <source>Client ID and client secret are not the same thing.</source>
        <translation>El ID de cliente y el secreto de cliente no son lo mismo.</translation>
    </message>
    <message>
        <source>Writing it to the configuration...</source>
        <translation>Escribiendo en la configuración...</translation>
    </message>
    <message>
        <source>The broker is reading it...</source>
        <translation>El broker la está leyendo...</translation>
    </message>
    <message>
        <source>Checking whether a sign-in could work...</source>
        <translation>Comprobando si un inicio de sesión podría funcionar...</translation>
    </message>
    <message>
        <source>&amp;Sign in anyway</source>
        <translation>Iniciar &amp;sesión de todos modos</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientModel</name>
    <message>
        <source>gets tokens</source>
        <comment>role of a client</comment>
        <translation>obtiene tokens</translation>
    </message>
    <message>
        <source>looks at everything, gets no token</source>
        <comment>role of a client</comment>
        <translation>lo ve todo, no obtiene tokens</translation>
    </message>
    <message>
        <source>manages sessions as you do</source>
        <comment>role of a client</comment>
        <translation>gestiona sesiones como usted</translation>
    </message>
    <message>
        <source>may do everything</source>
        <comment>role of a client</comment>
        <translation>puede hacerlo todo</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>nada todavía</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>nunca</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nunca</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Cliente</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>Puede obtener</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Caduca</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Último uso</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientsPage</name>
    <message>
        <source>Add &amp;client key...</source>
        <translation>&amp;Añadir clave de cliente...</translation>
    </message>
    <message>
        <source>Client keys</source>
        <translation>Claves de cliente</translation>
    </message>
    <message>
        <source>Details of the client</source>
        <translation>Detalles del cliente</translation>
    </message>
    <message>
        <source>No client keys</source>
        <translation>No hay claves de cliente</translation>
    </message>
    <message>
        <source>A program that runs where nobody can be asked, as on a server or in a container, can have a key of its own, and gets exactly what you list for it.</source>
        <translation>Un programa que se ejecuta donde no se puede preguntar a nadie, como en un servidor o en un contenedor, puede tener una clave propia, y obtiene exactamente lo que usted indique para él.</translation>
    </message>
    <message>
        <source>&amp;New key...</source>
        <translation>Clave &amp;nueva...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>&amp;Eliminar...</translation>
    </message>
    <message>
        <source>Show &amp;services</source>
        <translation>Mostrar &amp;servicios</translation>
    </message>
    <message>
        <source>Connected programs</source>
        <translation>Programas conectados</translation>
    </message>
    <message>
        <source>Details of the program</source>
        <translation>Detalles del programa</translation>
    </message>
    <message>
        <source>Nothing is connected</source>
        <translation>No hay nada conectado</translation>
    </message>
    <message>
        <source>Programs that &quot;keybearer run&quot; has started, and MCP clients that use the gateway, are listed here. How to connect a client stands on the page of the services.</source>
        <translation>Aquí aparecen los programas que ha iniciado «keybearer run» y los clientes MCP que usan la pasarela. La página de los servicios explica cómo conectar un cliente.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>part of a page, how many</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Permissions</source>
        <translation>&amp;Permisos</translation>
    </message>
    <message>
        <source>Client &amp;keys</source>
        <translation>&amp;Claves de cliente</translation>
    </message>
    <message>
        <source>Conn&amp;ected</source>
        <translation>Con&amp;ectados</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>a client key</comment>
        <translation>Ac&amp;tivar</translation>
    </message>
    <message>
        <source>Switch o&amp;ff</source>
        <comment>a client key</comment>
        <translation>&amp;Desactivar</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>Seleccione una fila para verlo todo sobre ella.</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>Puede obtener</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>nada todavía</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rol</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descripción</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Propietario</translation>
    </message>
    <message>
        <source>Key ends in</source>
        <translation>La clave acaba en</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Caduca</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>nunca</translation>
    </message>
    <message>
        <source>Old key works until</source>
        <translation>La clave antigua vale hasta</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Creada</translation>
    </message>
    <message>
        <source>Key replaced</source>
        <translation>Clave sustituida</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Último uso</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n connection(s) in all</source>
        <comment>when</comment>
        <translation>
            <numerusform>%1, %n conexión en total</numerusform>
            <numerusform>%1, %n conexiones en total</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nunca</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>ID de cliente</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Proceso</translation>
    </message>
    <message>
        <source>what the run profile %1 lists in config.yaml</source>
        <translation>lo que indica el perfil de ejecución %1 en config.yaml</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Reconocido como</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Termina</translation>
    </message>
    <message>
        <source>when the program ends</source>
        <translation>cuando el programa termine</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Iniciado</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Se hace llamar</translation>
    </message>
    <message>
        <source>For the service</source>
        <translation>Para el servicio</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>Puede usar</translation>
    </message>
    <message>
        <source>Its answers go to</source>
        <translation>Sus respuestas van a</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Registrado</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programas</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectPanel</name>
    <message>
        <source>Cop&amp;y</source>
        <translation>Co&amp;piar</translation>
    </message>
    <message>
        <source>through a program</source>
        <translation>a través de un programa</translation>
    </message>
    <message>
        <source>through the gateway&apos;s address</source>
        <translation>a través de la dirección de la pasarela</translation>
    </message>
    <message>
        <source>What to paste into the client</source>
        <translation>Qué pegar en el cliente</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <extracomment>followed by the name of a program: Claude Code</extracomment>
        <translation>C&amp;onectar</translation>
    </message>
    <message>
        <source>Way of the connection</source>
        <translation>Tipo de conexión</translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>Seleccione arriba un servidor MCP.</translation>
    </message>
    <message>
        <source>%1 takes no address in its settings. Connect it through a program.</source>
        <translation>%1 no admite direcciones en sus ajustes. Conéctelo a través de un programa.</translation>
    </message>
    <message>
        <source>Open the gateway first: then the server has an address.</source>
        <translation>Abra primero la pasarela: así el servidor tendrá una dirección.</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectedModel</name>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>started by &quot;keybearer run&quot;</source>
        <translation>iniciado con «keybearer run»</translation>
    </message>
    <message>
        <source>MCP client, connected</source>
        <translation>Cliente MCP, conectado</translation>
    </message>
    <message>
        <source>MCP client, not connected</source>
        <translation>Cliente MCP, no conectado</translation>
    </message>
    <message>
        <source>what the profile %1 lists</source>
        <translation>lo que indica el perfil %1</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>nada todavía</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>Puede obtener</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Desde</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentDetails</name>
    <message>
        <source>could not be read</source>
        <translation>no se ha podido leer</translation>
    </message>
    <message>
        <source>%1 (process %2)</source>
        <translation>%1 (proceso %2)</translation>
    </message>
    <message>
        <source>The programs that started it, the first one on top</source>
        <translation>Los programas que lo han iniciado, el primero arriba</translation>
    </message>
    <message>
        <source>It holds what Keybearer gave to the command that it started.</source>
        <translation>Tiene lo que Keybearer dio al comando que lo inició.</translation>
    </message>
    <message>
        <source>A sandbox says which application it is, and the application cannot change that.</source>
        <translation>Un entorno aislado indica qué aplicación es, y la aplicación no puede cambiarlo.</translation>
    </message>
    <message>
        <source>Its file and the directories above it belong to the administrator.</source>
        <translation>Su archivo y los directorios superiores pertenecen al administrador.</translation>
    </message>
    <message>
        <source>The program only runs a script, so the script&apos;s file, content and directory count.</source>
        <translation>El programa solo ejecuta un script, así que cuentan el archivo, el contenido y el directorio del script.</translation>
    </message>
    <message>
        <source>Its file belongs to you, so any program of yours could have changed it.</source>
        <translation>Su archivo le pertenece a usted, así que cualquiera de sus programas podría haberlo cambiado.</translation>
    </message>
    <message>
        <source>It comes from another machine or a container, where nothing can be measured.</source>
        <translation>Viene de otra máquina o de un contenedor, donde no se puede medir nada.</translation>
    </message>
    <message>
        <source>User:</source>
        <translation>Usuario:</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>Programa:</translation>
    </message>
    <message>
        <source>Its SHA-256:</source>
        <translation>Su SHA-256:</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>Script:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Directorio:</translation>
    </message>
    <message>
        <source>Replaceable by:</source>
        <translation>Lo puede sustituir:</translation>
    </message>
    <message>
        <source>the administrator alone</source>
        <translation>solo el administrador</translation>
    </message>
    <message>
        <source>any program of yours</source>
        <translation>cualquiera de sus programas</translation>
    </message>
    <message>
        <source>Terminal:</source>
        <translation>Terminal:</translation>
    </message>
    <message>
        <source>Unit:</source>
        <translation>Unidad:</translation>
    </message>
    <message>
        <source>Signed by:</source>
        <translation>Firmado por:</translation>
    </message>
    <message>
        <source>Recognised:</source>
        <translation>Reconocido:</translation>
    </message>
    <message>
        <source>%1 (class %2). %3</source>
        <comment>how well a program is known, a letter, why</comment>
        <translation>%1 (clase %2). %3</translation>
    </message>
    <message>
        <source>D&amp;etails</source>
        <translation>De&amp;talles</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>Iniciado por:</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentModel</name>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>a moment from now</source>
        <translation>dentro de un momento</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nunca</translation>
    </message>
    <message>
        <source>run profile %1</source>
        <translation>perfil de ejecución %1</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>the program ends</source>
        <translation>que el programa termine</translation>
    </message>
    <message>
        <source>you take it back</source>
        <translation>que usted lo retire</translation>
    </message>
    <message>
        <source>set in config.yaml</source>
        <translation>establecido en config.yaml</translation>
    </message>
    <message>
        <source>Recognised as: %1</source>
        <translation>Reconocido como: %1</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>Actualizado por el sistema el %1; conserva lo que usted permitió.</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>usado %n vez</numerusform>
            <numerusform>usado %n veces</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Iniciado por</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Cuenta</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>Puede</translation>
    </message>
    <message>
        <source>Allowed until</source>
        <translation>Permitido hasta</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Último uso</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentPrompt</name>
    <message>
        <source>do everything this sign-in allows</source>
        <translation>hacer todo lo que permite este inicio de sesión</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>and %1 more that find no room here</source>
        <translation>y %1 más que no caben aquí</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>account, provider</comment>
        <translation>%1 en %2</translation>
    </message>
    <message>
        <source>the key itself, as it is, until you change it there</source>
        <translation>la propia clave, tal como es, hasta que la cambie allí</translation>
    </message>
    <message>
        <source>only the server&apos;s answers; the access itself stays with Keybearer</source>
        <translation>solo las respuestas del servidor; el acceso en sí se queda en Keybearer</translation>
    </message>
    <message>
        <source>the access itself: until it expires, nobody sees what is done with it</source>
        <translation>el acceso en sí: hasta que caduque, nadie ve qué se hace con él</translation>
    </message>
    <message>
        <source>This host is %1: a name written with letters of different alphabets.</source>
        <translation>Este host es %1: un nombre escrito con letras de distintos alfabetos.</translation>
    </message>
    <message>
        <source>This host is %1.</source>
        <translation>Este host es %1.</translation>
    </message>
    <message>
        <source>Changed:</source>
        <translation>Cambiado:</translation>
    </message>
    <message>
        <source>Beware:</source>
        <translation>Cuidado:</translation>
    </message>
    <message>
        <source>Answers to:</source>
        <translation>Respuesta a:</translation>
    </message>
    <message>
        <source>Server:</source>
        <translation>Servidor:</translation>
    </message>
    <message>
        <source>Account:</source>
        <translation>Cuenta:</translation>
    </message>
    <message>
        <source>the one that you sign in with</source>
        <translation>aquella con la que inicie sesión</translation>
    </message>
    <message>
        <source>It could:</source>
        <translation>Podría:</translation>
    </message>
    <message>
        <source>Allow it only if you have just begun this in that program.</source>
        <translation>Permítalo solo si acaba de empezar esto en ese programa.</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>Programa:</translation>
    </message>
    <message>
        <source>could not be determined (process %1)</source>
        <translation>no se ha podido determinar (proceso %1)</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>Script:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Directorio:</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>Iniciado por:</translation>
    </message>
    <message>
        <source>Runs in:</source>
        <translation>Se ejecuta en:</translation>
    </message>
    <message>
        <source>Recognised as:</source>
        <translation>Reconocido como:</translation>
    </message>
    <message>
        <source>Sign in at:</source>
        <translation>Inicio de sesión en:</translation>
    </message>
    <message>
        <source>It gets:</source>
        <translation>Obtiene:</translation>
    </message>
    <message>
        <source>It could use:</source>
        <translation>Podría usar:</translation>
    </message>
    <message>
        <source>In the program&apos;s own words, not verified:</source>
        <translation>En palabras del propio programa, sin verificar:</translation>
    </message>
    <message>
        <source>It calls itself “%1”.</source>
        <translation>Se hace llamar «%1».</translation>
    </message>
    <message>
        <source>This name mixes letters of different alphabets.</source>
        <translation>Este nombre mezcla letras de distintos alfabetos.</translation>
    </message>
    <message>
        <source>Its reason: “%1”</source>
        <translation>Su motivo: «%1»</translation>
    </message>
    <message>
        <source>Start this command with the run profile “%1”?</source>
        <translation>¿Iniciar este comando con el perfil de ejecución «%1»?</translation>
    </message>
    <message>
        <source>A client that calls itself “%1” wants to connect to %2 through Keybearer</source>
        <translation>Un cliente que se hace llamar «%1» quiere conectarse a %2 a través de Keybearer</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Un programa desconocido</translation>
    </message>
    <message>
        <source>%1 wants to use %2 and needs you to sign in there</source>
        <translation>%1 quiere usar %2 y necesita que inicie sesión allí</translation>
    </message>
    <message>
        <source>%1 wants to send requests to %2 with your sign-in</source>
        <translation>%1 quiere enviar solicitudes a %2 con su inicio de sesión</translation>
    </message>
    <message>
        <source>%1 wants to have your API key “%2”</source>
        <translation>%1 quiere tener su clave de API «%2»</translation>
    </message>
    <message>
        <source>%1 wants to have access to the server %2</source>
        <translation>%1 quiere tener acceso al servidor %2</translation>
    </message>
    <message>
        <source>%1 wants to use your %2 account</source>
        <translation>%1 quiere usar su cuenta de %2</translation>
    </message>
    <message>
        <source>A command asks for access</source>
        <translation>Un comando pide acceso</translation>
    </message>
    <message>
        <source>A program asks for access</source>
        <translation>Un programa pide acceso</translation>
    </message>
    <message>
        <source>There is more to read: scroll down before you allow this.</source>
        <translation>Hay más que leer: desplácese hacia abajo antes de permitirlo.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which one of several questions</comment>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>Deny &amp;all of it (%1)</source>
        <comment>requests of one program</comment>
        <translation>Denegar t&amp;odo (%1)</translation>
    </message>
    <message>
        <source>The time for an answer is over: it is denied.</source>
        <translation>Se ha acabado el tiempo para responder: queda denegado.</translation>
    </message>
    <message>
        <source>Without an answer it is denied in %1.</source>
        <extracomment>%1 is a time as minutes and seconds: 1:40</extracomment>
        <translation>Sin respuesta, se denegará en %1.</translation>
    </message>
    <message>
        <source>What is known of the program, and what it would get</source>
        <translation>Qué se sabe del programa y qué obtendría</translation>
    </message>
    <message>
        <source>Allow this one start.</source>
        <translation>Permitir este único inicio.</translation>
    </message>
    <message>
        <source>Allow this one request.</source>
        <translation>Permitir esta única solicitud.</translation>
    </message>
    <message>
        <source>Allow until the program ends this conversation.</source>
        <translation>Permitir hasta que el programa termine esta conversación.</translation>
    </message>
    <message>
        <source>Allow it until the command ends, or you take it back.</source>
        <translation>Permitirlo hasta que el comando termine o usted lo retire.</translation>
    </message>
    <message>
        <source>Allow until the program ends, is not used for ten minutes, or the screen is locked.</source>
        <translation>Permitir hasta que el programa termine, pase diez minutos sin usarse o se bloquee la pantalla.</translation>
    </message>
    <message>
        <source>Allow this command for 30 days, until anything of it changes.</source>
        <translation>Permitir este comando durante 30 días, hasta que algo de él cambie.</translation>
    </message>
    <message>
        <source>Allow for 30 days, or until you take it back.</source>
        <translation>Permitir durante 30 días o hasta que usted lo retire.</translation>
    </message>
    <message>
        <source>&amp;Once</source>
        <translation>&amp;Una vez</translation>
    </message>
    <message>
        <source>This r&amp;un</source>
        <translation>Esta &amp;ejecución</translation>
    </message>
    <message>
        <source>This &amp;session</source>
        <translation>Esta &amp;sesión</translation>
    </message>
    <message>
        <source>Until take&amp;n back</source>
        <translation>Hasta que lo &amp;retire</translation>
    </message>
    <message>
        <source>Allow until you take it back.</source>
        <translation>Permitir hasta que usted lo retire.</translation>
    </message>
    <message>
        <source>30 da&amp;ys</source>
        <translation>30 &amp;días</translation>
    </message>
    <message>
        <source>Allow:</source>
        <translation>Permitir:</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>De&amp;negar</translation>
    </message>
    <message>
        <source>Deny everything that this program asks for now.</source>
        <translation>Denegar todo lo que este programa pide ahora.</translation>
    </message>
    <message>
        <source>In a moment. %1</source>
        <translation>Enseguida. %1</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentQueue</name>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>Su respuesta no ha llegado al broker</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentsPart</name>
    <message>
        <source>Permissions</source>
        <translation>Permisos</translation>
    </message>
    <message>
        <source>Details of the permission</source>
        <translation>Detalles del permiso</translation>
    </message>
    <message>
        <source>No program is allowed yet</source>
        <translation>Todavía no se ha permitido ningún programa</translation>
    </message>
    <message>
        <source>When a program asks for one of your accounts, you decide. What you allow for longer than once is listed here, and can be taken back at any time.</source>
        <translation>Cuando un programa pide una de sus cuentas, usted decide. Lo que permita por más de una vez aparece aquí y se puede retirar en cualquier momento.</translation>
    </message>
    <message>
        <source>Take back &amp;all of this program...</source>
        <translation>Retirar &amp;todo de este programa...</translation>
    </message>
    <message>
        <source>&amp;Take back...</source>
        <translation>&amp;Retirar...</translation>
    </message>
    <message>
        <source>Its file is the same to the last byte as when you allowed it (SHA-256 %1...).</source>
        <translation>Su archivo es igual hasta el último byte a cuando lo permitió (SHA-256 %1...).</translation>
    </message>
    <message>
        <source>Only the administrator can replace that file.</source>
        <translation>Solo el administrador puede sustituir ese archivo.</translation>
    </message>
    <message>
        <source>Signed by %1.</source>
        <translation>Firmado por %1.</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>Actualizado por el sistema el %1; conserva lo que usted permitió.</translation>
    </message>
    <message>
        <source>It stands in config.yaml, and is taken back there.</source>
        <translation>Está en config.yaml, y se retira allí.</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>Seleccione una fila para verlo todo sobre ella.</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>usado %n vez</numerusform>
            <numerusform>usado %n veces</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Se hace llamar</translation>
    </message>
    <message>
        <source>Runs in</source>
        <translation>Se ejecuta en</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Iniciado por</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Reconocido como</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>Puede usar</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Comando</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>Puede</translation>
    </message>
    <message>
        <source>At the server</source>
        <translation>En el servidor</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Permitido</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Hasta</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>in words, exactly</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Último uso</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>when, how often</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nunca</translation>
    </message>
</context>
<context>
    <name>keybearer::DelayedActs</name>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Undone</source>
        <comment>an action was taken back</comment>
        <translation>Deshecho</translation>
    </message>
</context>
<context>
    <name>keybearer::DesktopNotifications</name>
    <message>
        <source>Show</source>
        <comment>a notification&apos;s button</comment>
        <translation>Mostrar</translation>
    </message>
</context>
<context>
    <name>keybearer::DevicePanel</name>
    <message>
        <source>QR code of the address</source>
        <translation>Código QR de la dirección</translation>
    </message>
    <message>
        <source>On any device, open %1 and enter this code:</source>
        <translation>En cualquier dispositivo, abra %1 e introduzca este código:</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>Código %1</translation>
    </message>
    <message>
        <source>Only go on if you started this sign-in yourself, and only at %1. Whoever sends you such a code wants to be signed in as you.</source>
        <translation>Continúe solo si ha empezado usted este inicio de sesión, y solo en %1. Quien le envía un código así quiere entrar en su nombre.</translation>
    </message>
    <message>
        <source>The code has expired.</source>
        <translation>El código ha caducado.</translation>
    </message>
    <message>
        <source>%1:%2 left</source>
        <translation>Quedan %1:%2</translation>
    </message>
</context>
<context>
    <name>keybearer::DonePage</name>
    <message>
        <source>Keybearer is set up</source>
        <translation>Keybearer está configurado</translation>
    </message>
    <message>
        <source>When a program wants an account, you are asked once: what it is, which account, and for how long.</source>
        <translation>Cuando un programa quiere una cuenta, se le pregunta una vez: qué programa es, qué cuenta y por cuánto tiempo.</translation>
    </message>
    <message>
        <source>The key in the panel shows how things stand. You find everything there, also how to take a permission back.</source>
        <translation>La llave del panel muestra cómo está todo. Ahí lo encontrará todo, también cómo retirar un permiso.</translation>
    </message>
    <message>
        <source>&amp;Open the main window</source>
        <translation>Abrir la &amp;ventana principal</translation>
    </message>
    <message>
        <source>No settings of MCP clients were changed.</source>
        <translation>No se han cambiado ajustes de clientes MCP.</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) of your MCP clients use Keybearer now.</source>
        <translation>
            <numerusform>%n servidor de sus clientes MCP usa ahora Keybearer.</numerusform>
            <numerusform>%n servidores de sus clientes MCP usan ahora Keybearer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is signed in yet. Sign in from the icon in the panel, or wait until a program asks.</source>
        <translation>Nadie ha iniciado sesión todavía. Inicie sesión desde el icono del panel o espere a que un programa lo pida.</translation>
    </message>
    <message numerus="yes">
        <source>You are signed in to %n service(s).</source>
        <translation>
            <numerusform>Ha iniciado sesión en %n servicio.</numerusform>
            <numerusform>Ha iniciado sesión en %n servicios.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Listo</translation>
    </message>
</context>
<context>
    <name>keybearer::EventNotices</name>
    <message>
        <source>Show details</source>
        <translation>Mostrar detalles</translation>
    </message>
    <message>
        <source>A tool has changed</source>
        <translation>Una herramienta ha cambiado</translation>
    </message>
    <message>
        <source>See what is different</source>
        <translation>Ver qué es diferente</translation>
    </message>
    <message>
        <source>%1 needs you to sign in again</source>
        <comment>a provider</comment>
        <translation>%1 requiere que vuelva a iniciar sesión</translation>
    </message>
    <message>
        <source>Until then programs get nothing from it.</source>
        <translation>Hasta entonces, los programas no obtienen nada de ahí.</translation>
    </message>
    <message>
        <source>The session of %1 has ended. Until you sign in again programs get nothing from it.</source>
        <translation>La sesión de %1 ha terminado. Hasta que vuelva a iniciar sesión, los programas no obtienen nada de ahí.</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Volver a iniciar sesión</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>Un programa</translation>
    </message>
    <message>
        <source>%1 asks for access</source>
        <comment>a program</comment>
        <translation>%1 pide acceso</translation>
    </message>
    <message>
        <source>It waits for your answer.</source>
        <translation>Espera su respuesta.</translation>
    </message>
    <message>
        <source>It asks for %1 and waits for your answer.</source>
        <comment>a provider</comment>
        <translation>Pide %1 y espera su respuesta.</translation>
    </message>
    <message>
        <source>Answer...</source>
        <translation>Responder...</translation>
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
        <translation>Ocultar lo que funciona</translation>
    </message>
    <message numerus="yes">
        <source>Show %n thing(s) that work</source>
        <translation>
            <numerusform>Mostrar %n elemento que funciona</numerusform>
            <numerusform>Mostrar %n elementos que funcionan</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::FormDialog</name>
    <message>
        <source>It &amp;expires on:</source>
        <translation>Cad&amp;uca el:</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>Caduca el</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>C&amp;lave:</translation>
    </message>
    <message>
        <source>Visible ASCII characters without spaces.</source>
        <translation>Caracteres ASCII visibles sin espacios.</translation>
    </message>
</context>
<context>
    <name>keybearer::GatewayBar</name>
    <message>
        <source>Copy addr&amp;ess</source>
        <translation>Copiar &amp;dirección</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Pasarela</translation>
    </message>
    <message>
        <source>The gateway is open at %1. Clients that take an address reach every MCP server there.</source>
        <translation>La pasarela está abierta en %1. Los clientes que admiten una dirección acceden ahí a todos los servidores MCP.</translation>
    </message>
    <message>
        <source>The gateway is closed. Open it for clients that take an address instead of a program.</source>
        <translation>La pasarela está cerrada. Ábrala para los clientes que admiten una dirección en lugar de un programa.</translation>
    </message>
    <message>
        <source>&amp;Close gateway</source>
        <translation>&amp;Cerrar la pasarela</translation>
    </message>
    <message>
        <source>&amp;Open gateway</source>
        <translation>&amp;Abrir la pasarela</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) connected</source>
        <translation>
            <numerusform>%n cliente conectado</numerusform>
            <numerusform>%n clientes conectados</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::HealthPage</name>
    <message>
        <source>&amp;Check again</source>
        <translation>&amp;Comprobar de nuevo</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>Copiar el &amp;informe</translation>
    </message>
    <message>
        <source>For a report of a fault: without tokens and without the names of your accounts.</source>
        <translation>Para informar de un fallo: sin tokens y sin los nombres de sus cuentas.</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Comprobación</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Resultados</translation>
    </message>
    <message>
        <source>The check did not run.</source>
        <translation>La comprobación no se ha ejecutado.</translation>
    </message>
    <message>
        <source>Checking. Each provider is asked, which can take a while...</source>
        <translation>Comprobando. Se pregunta a cada proveedor, lo que puede tardar un rato...</translation>
    </message>
    <message>
        <source>Nothing was checked yet.</source>
        <translation>Todavía no se ha comprobado nada.</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>Todo funciona.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to look at.</source>
        <translation>
            <numerusform>%n cosa por revisar.</numerusform>
            <numerusform>%n cosas por revisar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) do not work.</source>
        <translation>
            <numerusform>%n cosa no funciona.</numerusform>
            <numerusform>%n cosas no funcionan.</numerusform>
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
        <translation>Ningún programa abre la configuración</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>No ha funcionado</translation>
    </message>
    <message>
        <source>The report is in the clipboard</source>
        <translation>El informe está en el portapapeles</translation>
    </message>
    <message>
        <source>Read it before you give it to anybody.</source>
        <translation>Léalo antes de dárselo a nadie.</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Estado</translation>
    </message>
</context>
<context>
    <name>keybearer::ImportPage</name>
    <message>
        <source>Servers in the settings of MCP clients</source>
        <translation>Servidores en los ajustes de clientes MCP</translation>
    </message>
    <message>
        <source>Client and server</source>
        <translation>Cliente y servidor</translation>
    </message>
    <message>
        <source>Secrets in plain text</source>
        <translation>Secretos en texto sin cifrar</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Qué se hará con él</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>&amp;Buscar de nuevo</translation>
    </message>
    <message>
        <source>Looking for MCP clients</source>
        <translation>Búsqueda de clientes MCP</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Diferencia</translation>
    </message>
    <message>
        <source>Looking for MCP clients...</source>
        <translation>Buscando clientes MCP...</translation>
    </message>
    <message>
        <source>Keybearer reads the settings of Claude Desktop, Claude Code, VS Code, Cursor and mcp-remote. Nothing is changed.</source>
        <translation>Keybearer lee los ajustes de Claude Desktop, Claude Code, VS Code, Cursor y mcp-remote. No se cambia nada.</translation>
    </message>
    <message>
        <source>The settings could not be looked through</source>
        <translation>No se han podido examinar los ajustes</translation>
    </message>
    <message>
        <source>No MCP client was found</source>
        <translation>No se ha encontrado ningún cliente MCP</translation>
    </message>
    <message>
        <source>There are no settings of Claude Desktop, Claude Code, VS Code, Cursor or mcp-remote here. You can come back at any time: &quot;Set up...&quot; in the main window.</source>
        <translation>Aquí no hay ajustes de Claude Desktop, Claude Code, VS Code, Cursor ni mcp-remote. Puede volver cuando quiera: «Configurar...» en la ventana principal.</translation>
    </message>
    <message>
        <source>Your MCP clients</source>
        <translation>Sus clientes MCP</translation>
    </message>
    <message>
        <source>What is checked will be moved. A copy of each file is kept, and you can undo all of it on the next page.</source>
        <translation>Se trasladará lo que esté marcado. Se guarda una copia de cada archivo, y en la página siguiente se puede deshacer todo.</translation>
    </message>
    <message>
        <source>There are more files and servers than are shown here. Use &quot;keybearer import&quot; in a terminal for the others.</source>
        <translation>Hay más archivos y servidores de los que se muestran aquí. Para los demás, use «keybearer import» en un terminal.</translation>
    </message>
    <message>
        <source>Nothing would be changed in %1</source>
        <translation>En %1 no se cambiaría nada</translation>
    </message>
    <message>
        <source>What would be changed in %1, if everything in it is moved:</source>
        <translation>Qué se cambiaría en %1 si se traslada todo lo que contiene:</translation>
    </message>
    <message>
        <source>Go on &amp;without moving</source>
        <translation>&amp;Continuar sin trasladar</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Move %n server(s)</source>
        <translation>
            <numerusform>&amp;Trasladar %n servidor</numerusform>
            <numerusform>&amp;Trasladar %n servidores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::KeyActions</name>
    <message>
        <source>A key has no spaces and no letters with accents.</source>
        <translation>Una clave no tiene espacios ni letras con acentos.</translation>
    </message>
    <message>
        <source>Add API key</source>
        <translation>Añadir clave de API</translation>
    </message>
    <message>
        <source>The key goes into the keychain. Programs get it with your permission, and it stands in no file.</source>
        <translation>La clave va al llavero. Los programas la obtienen con su permiso, y no está en ningún archivo.</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Añadir</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Nombre:</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes and underscores.</source>
        <translation>Letras, cifras, puntos, guiones y guiones bajos.</translation>
    </message>
    <message>
        <source>&amp;Header:</source>
        <translation>&amp;Encabezado:</translation>
    </message>
    <message>
        <source>How the key goes into a request; {key} stands for it.</source>
        <translation>Cómo va la clave en una solicitud; {key} la representa.</translation>
    </message>
    <message>
        <source>&amp;Description:</source>
        <translation>&amp;Descripción:</translation>
    </message>
    <message>
        <source>&amp;Programs may have the key itself</source>
        <translation>Los &amp;programas pueden tener la propia clave</translation>
    </message>
    <message>
        <source>Else Keybearer puts it into requests, and no program ever sees it.</source>
        <translation>Si no, Keybearer la pone en las solicitudes, y ningún programa la ve nunca.</translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores.</source>
        <translation>Un nombre tiene letras, cifras, puntos, guiones y guiones bajos.</translation>
    </message>
    <message>
        <source>The header needs {key} where the key belongs.</source>
        <translation>El encabezado necesita {key} donde va la clave.</translation>
    </message>
    <message>
        <source>New value for %1</source>
        <translation>Valor nuevo para %1</translation>
    </message>
    <message>
        <source>Make a new key where the old one comes from, and paste it here. Programs get the new one at once.</source>
        <translation>Cree una clave nueva donde se creó la antigua y péguela aquí. Los programas obtienen la nueva de inmediato.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Sustituir</translation>
    </message>
    <message>
        <source>The API key could not be switched</source>
        <translation>No se ha podido activar o desactivar la clave de API</translation>
    </message>
    <message>
        <source>Add client key</source>
        <translation>Añadir clave de cliente</translation>
    </message>
    <message>
        <source>For a program that can be asked nothing: on a server, or in a container. It gets what you list here, without a question, and nothing else.</source>
        <translation>Para un programa en el que no se puede preguntar a nadie: en un servidor o en un contenedor. Obtiene lo que indique aquí, sin preguntas, y nada más.</translation>
    </message>
    <message>
        <source>&amp;Make a key</source>
        <translation>&amp;Crear una clave</translation>
    </message>
    <message>
        <source>&amp;May have:</source>
        <translation>Puede &amp;obtener:</translation>
    </message>
    <message>
        <source>For example github, github:ana@example.com, apikey:weather.</source>
        <translation>Por ejemplo github, github:ana@example.com, apikey:weather.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rol</translation>
    </message>
    <message>
        <source>Gets tokens</source>
        <translation>Obtiene tokens</translation>
    </message>
    <message>
        <source>Looks at everything, gets no token</source>
        <translation>Lo ve todo, no obtiene tokens</translation>
    </message>
    <message>
        <source>Manages sessions as you do</source>
        <translation>Gestiona sesiones como usted</translation>
    </message>
    <message>
        <source>&amp;Role:</source>
        <translation>&amp;Rol:</translation>
    </message>
    <message>
        <source>That is more than one client may have.</source>
        <translation>Es más de lo que puede tener un cliente.</translation>
    </message>
    <message>
        <source>New key for %1</source>
        <translation>Clave nueva para %1</translation>
    </message>
    <message>
        <source>The new key is shown once. So that nothing breaks meanwhile, the old one can go on working.</source>
        <translation>La clave nueva se muestra una sola vez. Para que nada falle mientras tanto, la antigua puede seguir valiendo.</translation>
    </message>
    <message>
        <source>The old key works</source>
        <translation>La clave antigua vale</translation>
    </message>
    <message>
        <source>no longer</source>
        <translation>ya no</translation>
    </message>
    <message>
        <source>for another hour</source>
        <translation>una hora más</translation>
    </message>
    <message>
        <source>for another day</source>
        <translation>un día más</translation>
    </message>
    <message>
        <source>for another week</source>
        <translation>una semana más</translation>
    </message>
    <message>
        <source>&amp;The old key works:</source>
        <translation>La clave anti&amp;gua vale:</translation>
    </message>
    <message>
        <source>The client could not be switched</source>
        <translation>No se ha podido activar o desactivar el cliente</translation>
    </message>
    <message>
        <source>Remove client</source>
        <translation>Eliminar cliente</translation>
    </message>
    <message>
        <source>Remove the client %1?</source>
        <translation>¿Eliminar el cliente %1?</translation>
    </message>
    <message>
        <source>Its key stops working at once. This cannot be undone: it would need a new key.</source>
        <translation>Su clave deja de valer de inmediato. Esto no se puede deshacer: necesitaría una clave nueva.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>The client could not be removed</source>
        <translation>No se ha podido eliminar el cliente</translation>
    </message>
    <message>
        <source>Remove MCP client</source>
        <translation>Eliminar cliente MCP</translation>
    </message>
    <message>
        <source>Remove the MCP client %1?</source>
        <translation>¿Eliminar el cliente MCP %1?</translation>
    </message>
    <message>
        <source>It loses everything that was allowed to it, and is cut off at once. When it connects again, it has to ask you.</source>
        <translation>Pierde todo lo que se le había permitido y se desconecta de inmediato. Cuando vuelva a conectarse, tendrá que preguntarle.</translation>
    </message>
    <message>
        <source>The MCP client could not be removed</source>
        <translation>No se ha podido eliminar el cliente MCP</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Cambiar nombre</translation>
    </message>
    <message>
        <source>What the account is called here, in questions and lists. The provider does not learn of it.</source>
        <translation>Cómo se llama aquí la cuenta, en preguntas y listas. El proveedor no se entera.</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Cambiar no&amp;mbre</translation>
    </message>
    <message>
        <source>A name has no control characters.</source>
        <translation>Un nombre no tiene caracteres de control.</translation>
    </message>
</context>
<context>
    <name>keybearer::MainWindow</name>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Set &amp;up...</source>
        <translation>&amp;Configurar...</translation>
    </message>
    <message>
        <source>Looks for MCP clients on this computer, and for secrets that lie in their settings.</source>
        <translation>Busca clientes MCP en este equipo, y secretos guardados en sus ajustes.</translation>
    </message>
    <message>
        <source>Search all pages</source>
        <translation>Buscar en todas las páginas</translation>
    </message>
    <message>
        <source>· broker %1, sessions are kept in: %2</source>
        <translation>· broker %1, las sesiones se guardan en: %2</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>Cierra el icono y pregunta si el broker debe continuar.</translation>
    </message>
</context>
<context>
    <name>keybearer::NavigationList</name>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page, how many were found on it</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n found</source>
        <translation>
            <numerusform>%1, %n resultado</numerusform>
            <numerusform>%1, %n resultados</numerusform>
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
            <numerusform>%1, %n en espera de usted</numerusform>
            <numerusform>%1, %n en espera de usted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NothingFound</name>
    <message>
        <source>Nothing here matches</source>
        <translation>Nada aquí coincide</translation>
    </message>
    <message>
        <source>&amp;Clear the search</source>
        <translation>&amp;Borrar la búsqueda</translation>
    </message>
    <message>
        <source>There is nothing on the other pages either.</source>
        <translation>Tampoco hay nada en las otras páginas.</translation>
    </message>
    <message>
        <source>There is something on other pages:</source>
        <translation>Hay algo en otras páginas:</translation>
    </message>
    <message numerus="yes">
        <source>Show %n on the page %1</source>
        <translation>
            <numerusform>Mostrar %n en la página %1</numerusform>
            <numerusform>Mostrar %n en la página %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NoticeBar</name>
    <message>
        <source>Close</source>
        <comment>a notice</comment>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Aviso</translation>
    </message>
</context>
<context>
    <name>keybearer::NotificationSection</name>
    <message>
        <source>Notifications</source>
        <translation>Notificaciones</translation>
    </message>
    <message>
        <source>&amp;Quiet hours, from</source>
        <translation>&amp;Horas de silencio, de</translation>
    </message>
    <message>
        <source>Tell me of &amp;waiting programs all the same</source>
        <translation>Avisarme igualmente de los programas que &amp;esperan</translation>
    </message>
    <message>
        <source>A program waits for my answer, and its window is not in front</source>
        <translation>Un programa espera mi respuesta y su ventana no está delante</translation>
    </message>
    <message>
        <source>A session needs me to sign in again</source>
        <translation>Una sesión necesita que vuelva a iniciarla</translation>
    </message>
    <message>
        <source>Something is wrong, or looks like misuse</source>
        <translation>Algo va mal o parece un abuso</translation>
    </message>
    <message>
        <source>A tool of an MCP server has changed</source>
        <translation>Ha cambiado una herramienta de un servidor MCP</translation>
    </message>
    <message>
        <source>Sharing was paused or goes on</source>
        <translation>El uso compartido se pausó o continúa</translation>
    </message>
    <message>
        <source>What I have asked for is done, or has failed</source>
        <translation>Lo que pedí está hecho o ha fallado</translation>
    </message>
    <message>
        <source>Beginning of the quiet hours</source>
        <translation>Comienzo de las horas de silencio</translation>
    </message>
    <message>
        <source>End of the quiet hours</source>
        <translation>Fin de las horas de silencio</translation>
    </message>
    <message>
        <source>&amp;to</source>
        <comment>between two times of day</comment>
        <translation>&amp;a</translation>
    </message>
</context>
<context>
    <name>keybearer::PastePanel</name>
    <message>
        <source>C&amp;ontinue</source>
        <translation>C&amp;ontinuar</translation>
    </message>
    <message>
        <source>The &amp;browser is on another computer</source>
        <translation>El &amp;navegador está en otro equipo</translation>
    </message>
    <message>
        <source>Open the link there and sign in. At the end the browser shows a page that cannot be reached: copy its address, and paste it here:</source>
        <translation>Abra allí el enlace e inicie sesión. Al final, el navegador muestra una página a la que no se puede acceder: copie su dirección y péguela aquí:</translation>
    </message>
    <message>
        <source>Address that the sign-in ended at</source>
        <translation>Dirección en la que terminó el inicio de sesión</translation>
    </message>
</context>
<context>
    <name>keybearer::QuitQuestion</name>
    <message>
        <source>Quit Keybearer</source>
        <translation>Salir de Keybearer</translation>
    </message>
    <message>
        <source>Should programs keep their access?</source>
        <translation>¿Deben los programas conservar su acceso?</translation>
    </message>
    <message>
        <source>The icon goes in any case. The broker can go on in the background: programs that you have allowed keep their access, but nobody is there to answer new questions. If it stops too, the next program that asks starts it again.</source>
        <translation>El icono desaparece en cualquier caso. El broker puede seguir en segundo plano: los programas permitidos conservan su acceso, pero no hay nadie para responder a preguntas nuevas. Si también se detiene, el próximo programa que pregunte vuelve a iniciarlo.</translation>
    </message>
    <message>
        <source>&amp;Keep sharing in the background</source>
        <translation>&amp;Seguir compartiendo en segundo plano</translation>
    </message>
    <message>
        <source>&amp;Stop the broker too</source>
        <translation>&amp;Detener también el broker</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>No volver a preguntar</translation>
    </message>
    <message>
        <source>The Settings page can change it later.</source>
        <translation>Se puede cambiar más tarde en la página Ajustes.</translation>
    </message>
</context>
<context>
    <name>keybearer::RequestModel</name>
    <message>
        <source>a program that could not be measured</source>
        <translation>un programa que no se ha podido medir</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>start a program with what the run profile %1 lists</source>
        <translation>iniciar un programa con lo que indica el perfil de ejecución %1</translation>
    </message>
    <message>
        <source>have you sign in for %1</source>
        <translation>que usted inicie sesión para %1</translation>
    </message>
    <message>
        <source>use %1 through the gateway</source>
        <translation>usar %1 a través de la pasarela</translation>
    </message>
    <message>
        <source>use %1</source>
        <comment>provider</comment>
        <translation>usar %1</translation>
    </message>
    <message>
        <source>use %1 as %2</source>
        <comment>provider, account</comment>
        <translation>usar %1 como %2</translation>
    </message>
    <message>
        <source>is ending</source>
        <translation>está terminando</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <comment>left to answer</comment>
        <translation>
            <numerusform>%n segundo</numerusform>
            <numerusform>%n segundos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <comment>left to answer</comment>
        <translation>
            <numerusform>%n minuto</numerusform>
            <numerusform>%n minutos</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>Quiere</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Tiempo restante</translation>
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
        <translation>«%1»</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Cambiado</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>Quiere</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Comando</translation>
    </message>
    <message>
        <source>May then</source>
        <translation>Podrá entonces</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Iniciado por</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Reconocido como</translation>
    </message>
    <message>
        <source>It calls itself</source>
        <translation>Se hace llamar</translation>
    </message>
    <message>
        <source>It says</source>
        <translation>Dice</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Solicitudes</translation>
    </message>
    <message>
        <source>Details of the request</source>
        <translation>Detalles de la solicitud</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Denegar</translation>
    </message>
    <message>
        <source>&amp;Answer...</source>
        <translation>&amp;Responder...</translation>
    </message>
    <message>
        <source>Brings the question to the front; several are asked one after another.</source>
        <translation>Trae la pregunta al frente; si hay varias, se hacen una tras otra.</translation>
    </message>
    <message>
        <source>Show &amp;activity</source>
        <translation>Mostrar &amp;actividad</translation>
    </message>
    <message>
        <source>Nobody waits for you</source>
        <translation>Nadie le espera</translation>
    </message>
    <message>
        <source>When a program wants one of your accounts, the question comes to the front, and is listed here until you answer. What was answered lately stands in Activity.</source>
        <translation>Cuando un programa quiere una de sus cuentas, la pregunta pasa al frente y aparece aquí hasta que responda. Lo respondido últimamente está en Actividad.</translation>
    </message>
</context>
<context>
    <name>keybearer::ResultPage</name>
    <message>
        <source>What became of the files</source>
        <translation>Qué se ha hecho con los archivos</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Changing the settings</source>
        <translation>Cambio de los ajustes</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>Each file is copied first, then replaced in one step. This takes a moment; your keychain may ask for its password.</source>
        <translation>Cada archivo se copia primero y luego se sustituye en un solo paso. Tarda un momento; es posible que el llavero pida su contraseña.</translation>
    </message>
    <message numerus="yes">
        <source>Moving %n server(s)...</source>
        <translation>
            <numerusform>Trasladando %n servidor...</numerusform>
            <numerusform>Trasladando %n servidores...</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was moved</source>
        <translation>No se ha trasladado nada</translation>
    </message>
    <message>
        <source>Copies of the files as they were are in %1. The old secrets stand in them in plain text: when everything works, erase them with &quot;keybearer import --forget-backups&quot;.</source>
        <translation>Las copias de los archivos tal como estaban se encuentran en %1. Contienen los secretos antiguos sin cifrar: cuando todo funcione, bórrelas con «keybearer import --forget-backups».</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be changed and are as they were. The list says why.</source>
        <translation>
            <numerusform>No se ha podido cambiar %n archivo, que está como estaba. La lista dice por qué.</numerusform>
            <numerusform>No se han podido cambiar %n archivos, que están como estaban. La lista dice por qué.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved</source>
        <translation>
            <numerusform>%n servidor trasladado</numerusform>
            <numerusform>%n servidores trasladados</numerusform>
        </translation>
    </message>
    <message>
        <source>The next time a client starts one of them, Keybearer does the rest.</source>
        <translation>La próxima vez que un cliente inicie uno de ellos, Keybearer hará el resto.</translation>
    </message>
    <message>
        <source>Everything was as it should be.</source>
        <translation>Todo estaba como debía.</translation>
    </message>
    <message>
        <source>Putting the files back...</source>
        <translation>Restableciendo los archivos...</translation>
    </message>
    <message>
        <source>The files could not be put back</source>
        <translation>No se han podido restablecer los archivos</translation>
    </message>
    <message>
        <source>Some files could not be put back</source>
        <translation>Algunos archivos no se han podido restablecer</translation>
    </message>
    <message>
        <source>The list says why. Their copies are kept, so you can try again.</source>
        <translation>La lista dice por qué. Sus copias se conservan, así que puede volver a intentarlo.</translation>
    </message>
    <message>
        <source>Everything is as it was</source>
        <translation>Todo está como estaba</translation>
    </message>
    <message>
        <source>Keys that were moved stay in the store as well, where they do no harm; &quot;keybearer apikey list&quot; shows them.</source>
        <translation>Las claves trasladadas se quedan también en el almacén, donde no molestan; «keybearer apikey list» las muestra.</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuar</translation>
    </message>
</context>
<context>
    <name>keybearer::ScopeList</name>
    <message>
        <source>What to ask for</source>
        <translation>Qué pedir</translation>
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
        <translation>Servidor MCP</translation>
    </message>
    <message>
        <source>Address or program</source>
        <translation>Dirección o programa</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Inicio de sesión</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
</context>
<context>
    <name>keybearer::ServicesPage</name>
    <message>
        <source>&amp;Sign in</source>
        <translation>&amp;Iniciar sesión</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>P&amp;robar</translation>
    </message>
    <message>
        <source>&amp;Remove...</source>
        <translation>&amp;Eliminar...</translation>
    </message>
    <message>
        <source>Add &amp;MCP server...</source>
        <translation>Añadir servidor &amp;MCP...</translation>
    </message>
    <message>
        <source>No MCP servers yet</source>
        <translation>Todavía no hay servidores MCP</translation>
    </message>
    <message>
        <source>Add a server by its address, or a program of this computer. MCP clients then reach it through Keybearer, without a token in their settings.</source>
        <translation>Añada un servidor por su dirección o un programa de este equipo. Los clientes MCP acceden entonces a él a través de Keybearer, sin ningún token en sus ajustes.</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>Servidores MCP</translation>
    </message>
    <message>
        <source>&amp;Add MCP server...</source>
        <translation>Añadir &amp;servidor MCP...</translation>
    </message>
    <message>
        <source>&amp;Sign in again</source>
        <translation>&amp;Volver a iniciar sesión</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Look at %n tool(s)</source>
        <translation>
            <numerusform>Revisar %n &amp;herramienta</numerusform>
            <numerusform>Revisar %n &amp;herramientas</numerusform>
        </translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>Seleccione arriba un servidor MCP.</translation>
    </message>
    <message>
        <source>Signs in at %1.</source>
        <translation>Inicia sesión en %1.</translation>
    </message>
    <message>
        <source>Asks for: %1</source>
        <translation>Pide: %1</translation>
    </message>
    <message>
        <source>At the gateway: %1</source>
        <translation>En la pasarela: %1</translation>
    </message>
    <message>
        <source>It stands in config.yaml.</source>
        <translation>Está en config.yaml.</translation>
    </message>
    <message>
        <source>Known from a sign-in by its address.</source>
        <translation>Conocido por un inicio de sesión con su dirección.</translation>
    </message>
    <message>
        <source>MCP server added</source>
        <translation>Servidor MCP añadido</translation>
    </message>
    <message>
        <source>%1 stands in config.yaml now.</source>
        <translation>%1 está ahora en config.yaml.</translation>
    </message>
    <message>
        <source>Testing %1...</source>
        <translation>Probando %1...</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>how bad, what</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing is wrong with it.</source>
        <translation>No tiene ningún problema.</translation>
    </message>
    <message>
        <source>Remove the MCP server %1?</source>
        <translation>¿Eliminar el servidor MCP %1?</translation>
    </message>
    <message>
        <source>Its entry goes from config.yaml; the file as it was is kept beside it. Clients that use it lose their connection. The account stays signed in.</source>
        <translation>Su entrada desaparece de config.yaml; el archivo tal como estaba se guarda al lado. Los clientes que lo usan pierden la conexión. La cuenta mantiene la sesión iniciada.</translation>
    </message>
    <message>
        <source>What was found out about it is forgotten. Clients that use it lose their connection.</source>
        <translation>Se olvida lo averiguado sobre él. Los clientes que lo usan pierden la conexión.</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>E&amp;liminar</translation>
    </message>
    <message>
        <source>The MCP server was not removed</source>
        <translation>No se ha eliminado el servidor MCP</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>No ha funcionado</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionActions</name>
    <message>
        <source>The session could not be refreshed</source>
        <translation>No se ha podido renovar la sesión</translation>
    </message>
    <message>
        <source>Refreshed</source>
        <translation>Renovada</translation>
    </message>
    <message>
        <source>The %1 session is fresh again.</source>
        <translation>La sesión de %1 está renovada.</translation>
    </message>
    <message>
        <source>Revoke session</source>
        <translation>Revocar la sesión</translation>
    </message>
    <message>
        <source>Revoke the %1 session of %2?</source>
        <translation>¿Revocar la sesión de %1 de %2?</translation>
    </message>
    <message>
        <source>Keybearer asks %1 to end it, and erases it from this computer. Programs that use it lose their access at once.</source>
        <translation>Keybearer pide a %1 que la termine y la borra de este equipo. Los programas que la usan pierden su acceso de inmediato.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Revocar</translation>
    </message>
    <message numerus="yes">
        <source>The %1 session of %2 ends in %n second(s)</source>
        <translation>
            <numerusform>La sesión de %1 de %2 termina en %n segundo</numerusform>
            <numerusform>La sesión de %1 de %2 termina en %n segundos</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>Todavía no se ha enviado nada.</translation>
    </message>
    <message>
        <source>The %1 session of %2 stays.</source>
        <translation>La sesión de %1 de %2 se mantiene.</translation>
    </message>
    <message>
        <source>Remove API key</source>
        <translation>Eliminar clave de API</translation>
    </message>
    <message>
        <source>Remove service account</source>
        <translation>Eliminar cuenta de servicio</translation>
    </message>
    <message>
        <source>Remove the API key %1?</source>
        <translation>¿Eliminar la clave de API %1?</translation>
    </message>
    <message>
        <source>Remove the service account %1?</source>
        <translation>¿Eliminar la cuenta de servicio %1?</translation>
    </message>
    <message>
        <source>It is erased from this computer, and programs that use it stop working. It stays valid where it was made: to be sure, delete it there as well.</source>
        <translation>Se borra de este equipo, y los programas que la usan dejan de funcionar. Sigue siendo válida donde se creó: para mayor seguridad, elimínela también allí.</translation>
    </message>
    <message>
        <source>Its key is erased from this computer, and programs that use it stop working. The key stays valid at the provider: to be sure, delete it there as well.</source>
        <translation>Su clave se borra de este equipo, y los programas que la usan dejan de funcionar. La clave sigue siendo válida en el proveedor: para mayor seguridad, elimínela también allí.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Eliminar</translation>
    </message>
    <message numerus="yes">
        <source>%1 is removed in %n second(s)</source>
        <comment>API key or service account</comment>
        <translation>
            <numerusform>%1 se elimina en %n segundo</numerusform>
            <numerusform>%1 se elimina en %n segundos</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been erased yet.</source>
        <translation>Todavía no se ha borrado nada.</translation>
    </message>
    <message>
        <source>%1 stays.</source>
        <translation>%1 se mantiene.</translation>
    </message>
    <message>
        <source>%1 could not be removed</source>
        <translation>No se ha podido eliminar %1</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Eliminada</translation>
    </message>
    <message>
        <source>%1 is erased.</source>
        <translation>%1 se ha borrado.</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Revocada</translation>
    </message>
    <message>
        <source>%1 has confirmed that the session of %2 has ended.</source>
        <translation>%1 ha confirmado que la sesión de %2 ha terminado.</translation>
    </message>
    <message>
        <source>Erased here, not confirmed by %1</source>
        <translation>Borrada aquí, sin confirmación de %1</translation>
    </message>
    <message>
        <source>End the session in the account settings of %1 as well, to be sure.</source>
        <translation>Para mayor seguridad, termine también la sesión en los ajustes de la cuenta de %1.</translation>
    </message>
    <message>
        <source>The session could not be revoked</source>
        <translation>No se ha podido revocar la sesión</translation>
    </message>
    <message>
        <source>Take back permission</source>
        <translation>Retirar el permiso</translation>
    </message>
    <message>
        <source>Take back the permission to use %1?</source>
        <translation>¿Retirar el permiso para usar %1?</translation>
    </message>
    <message>
        <source>%1 has to ask you again the next time.</source>
        <translation>%1 tendrá que volver a preguntarle la próxima vez.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Retirar</translation>
    </message>
    <message>
        <source>Take back permissions</source>
        <translation>Retirar permisos</translation>
    </message>
    <message numerus="yes">
        <source>Take back %n permission(s) of %1?</source>
        <translation>
            <numerusform>¿Retirar %n permiso de %1?</numerusform>
            <numerusform>¿Retirar %n permisos de %1?</numerusform>
        </translation>
    </message>
    <message>
        <source>The program has to ask you again the next time.</source>
        <translation>El programa tendrá que volver a preguntarle la próxima vez.</translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) of %1 end in a moment</source>
        <translation>
            <numerusform>%n permiso de %1 termina en un momento</numerusform>
            <numerusform>%n permisos de %1 terminan en un momento</numerusform>
        </translation>
    </message>
    <message>
        <source>The permissions of %1 stay.</source>
        <translation>Los permisos de %1 se mantienen.</translation>
    </message>
    <message numerus="yes">
        <source>The permission to use %1 ends in %n second(s)</source>
        <translation>
            <numerusform>El permiso para usar %1 termina en %n segundo</numerusform>
            <numerusform>El permiso para usar %1 termina en %n segundos</numerusform>
        </translation>
    </message>
    <message>
        <source>The permission to use %1 stays.</source>
        <translation>El permiso para usar %1 se mantiene.</translation>
    </message>
    <message>
        <source>The permission could not be taken back</source>
        <translation>No se ha podido retirar el permiso</translation>
    </message>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>Su respuesta no ha llegado al broker</translation>
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
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Un&amp;do</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>Cambiar no&amp;mbre...</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>Valor &amp;nuevo...</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>Seleccione una fila para verlo todo sobre ella.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>provider and state</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>V&amp;olver a iniciar sesión...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Renovar</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>Ac&amp;tivar</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>De&amp;sactivar</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>&amp;Eliminar...</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>Re&amp;vocar...</translation>
    </message>
    <message>
        <source>Sign in again; what programs may have stays as it is.</source>
        <translation>Vuelva a iniciar sesión; lo que los programas pueden tener no cambia.</translation>
    </message>
    <message>
        <source>What is stored cannot be read. Sign in again to replace it, or revoke it.</source>
        <translation>No se puede leer lo que hay guardado. Vuelva a iniciar sesión para sustituirlo o revóquelo.</translation>
    </message>
    <message>
        <source>Unlock the store to use it.</source>
        <translation>Desbloquee el almacén para usarla.</translation>
    </message>
    <message>
        <source>Give it a new value, or remove it.</source>
        <translation>Dele un valor nuevo o elimínela.</translation>
    </message>
    <message>
        <source>No program gets it until you switch it on.</source>
        <translation>Ningún programa la obtiene hasta que la active.</translation>
    </message>
    <message>
        <source>no program yet</source>
        <comment>who may use a session</comment>
        <translation>ningún programa todavía</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>programs</comment>
        <translation>
            <numerusform>%n más</numerusform>
            <numerusform>%n más</numerusform>
        </translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problema</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Qué hacer</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>Permite</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Usada por</translation>
    </message>
    <message>
        <source>Token expires</source>
        <translation>El token caduca</translation>
    </message>
    <message>
        <source>Token fetched</source>
        <translation>Token obtenido</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <translation>El inicio de sesión termina</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Último uso</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nunca</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Signed in at</source>
        <translation>Sesión iniciada en</translation>
    </message>
    <message>
        <source>For the server</source>
        <translation>Para el servidor</translation>
    </message>
    <message>
        <source>Known there as</source>
        <translation>Conocido allí como</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesión</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descripción</translation>
    </message>
    <message>
        <source>In requests</source>
        <translation>En las solicitudes</translation>
    </message>
    <message>
        <source>Handed out</source>
        <translation>Entregada</translation>
    </message>
    <message>
        <source>Programs that you allow may have the key itself.</source>
        <translation>Los programas que usted permita pueden tener la propia clave.</translation>
    </message>
    <message>
        <source>Never: Keybearer puts it into requests, and no program sees it.</source>
        <translation>Nunca: Keybearer la pone en las solicitudes, y ningún programa la ve.</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Caduca</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Añadida</translation>
    </message>
    <message>
        <source>Value replaced</source>
        <translation>Valor sustituido</translation>
    </message>
    <message>
        <source>For programs</source>
        <translation>Para programas</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionModel</name>
    <message>
        <source>API key</source>
        <translation>Clave de API</translation>
    </message>
    <message>
        <source>%1 (service account)</source>
        <comment>provider</comment>
        <translation>%1 (cuenta de servicio)</translation>
    </message>
    <message>
        <source>%1 (this computer itself)</source>
        <comment>provider; nobody has signed in, a client acts for itself</comment>
        <translation>%1 (este mismo equipo)</translation>
    </message>
    <message>
        <source>%1 (by your company)</source>
        <comment>provider; an identity provider vouches for the person</comment>
        <translation>%1 (a través de su empresa)</translation>
    </message>
    <message>
        <source>%1 (by this machine)</source>
        <comment>provider; the platform vouches for the machine</comment>
        <translation>%1 (a través de esta máquina)</translation>
    </message>
    <message>
        <source>Ends in a moment</source>
        <comment>a session that is about to be revoked</comment>
        <translation>Termina en un momento</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>nunca</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>nunca</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Proveedor</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Cuenta</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>Permite</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Caduca</translation>
    </message>
    <message>
        <source>Last used by</source>
        <translation>Usado por última vez por</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionsPage</name>
    <message>
        <source>No sessions yet</source>
        <translation>Todavía no hay sesiones</translation>
    </message>
    <message>
        <source>Sign in once, and programs on this computer can use the account, each with your permission and without ever seeing a password.</source>
        <translation>Inicie sesión una vez, y los programas de este equipo podrán usar la cuenta, cada uno con su permiso y sin ver nunca una contraseña.</translation>
    </message>
    <message>
        <source>&amp;Sign in...</source>
        <translation>Iniciar &amp;sesión...</translation>
    </message>
    <message>
        <source>Waiting for the broker</source>
        <translation>Esperando al broker</translation>
    </message>
    <message>
        <source>Your sessions are listed here as soon as it answers.</source>
        <translation>Sus sesiones aparecerán aquí en cuanto responda.</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>Sign-ins</source>
        <translation>Inicios de sesión</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>Claves de API</translation>
    </message>
    <message>
        <source>Service accounts and machines</source>
        <translation>Cuentas de servicio y máquinas</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Sho&amp;w:</source>
        <translation>Mostr&amp;ar:</translation>
    </message>
    <message>
        <source>&amp;Add API key...</source>
        <translation>Añadir c&amp;lave de API...</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesiones</translation>
    </message>
    <message>
        <source>&amp;Copy account</source>
        <translation>&amp;Copiar la cuenta</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>Valor &amp;nuevo...</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>Ac&amp;tivar</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>&amp;Desactivar</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>V&amp;olver a iniciar sesión...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Renovar</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>Cambiar no&amp;mbre...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>&amp;Eliminar...</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>Re&amp;vocar...</translation>
    </message>
</context>
<context>
    <name>keybearer::SettingsPage</name>
    <message>
        <source>No program could be found that opens the file</source>
        <translation>No se encontró ningún programa que abra el archivo</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
</context>
<context>
    <name>keybearer::SetupWizard</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Atrás</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Set up Keybearer</source>
        <translation>Configurar Keybearer</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Paso %1 de %2</translation>
    </message>
</context>
<context>
    <name>keybearer::SharingControl</name>
    <message>
        <source>Sharing could not be paused</source>
        <translation>No se ha podido pausar el uso compartido</translation>
    </message>
    <message>
        <source>Sharing could not be resumed</source>
        <translation>No se ha podido reanudar el uso compartido</translation>
    </message>
    <message>
        <source>Sharing was paused</source>
        <translation>Se ha pausado el uso compartido</translation>
    </message>
    <message>
        <source>No program gets anything until sharing goes on.</source>
        <translation>Ningún programa obtiene nada hasta que se reanude el uso compartido.</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>Reanudar el uso compartido</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>El uso compartido continúa</translation>
    </message>
    <message>
        <source>Programs get what you have allowed them again.</source>
        <translation>Los programas vuelven a obtener lo que usted les ha permitido.</translation>
    </message>
</context>
<context>
    <name>keybearer::ShownKeyDialog</name>
    <message>
        <source>The key of %1</source>
        <translation>La clave de %1</translation>
    </message>
    <message>
        <source>Copy it now: it is shown this once, and kept nowhere. Whoever has it gets what you have allowed, without a question.</source>
        <translation>Cópiela ahora: se muestra esta única vez y no se guarda en ningún sitio. Quien la tenga obtiene lo que usted ha permitido, sin preguntas.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clave</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>The program finds it in the environment variable KEYBEARER_CLIENT_KEY, or in a file that the variable names as @FILE.</source>
        <translation>El programa la encuentra en la variable de entorno KEYBEARER_CLIENT_KEY, o en un archivo que la variable indica como @FILE.</translation>
    </message>
    <message>
        <source>I have &amp;kept it</source>
        <translation>La he &amp;guardado</translation>
    </message>
    <message>
        <source>Copied for a minute</source>
        <translation>Copiada durante un minuto</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInChoices</name>
    <message>
        <source>To be set up first, once</source>
        <translation>Hay que configurarlo antes, una vez</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) signed in</source>
        <translation>
            <numerusform>%n cuenta con sesión iniciada</numerusform>
            <numerusform>%n cuentas con sesión iniciada</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>MCP server at %1, signed in</source>
        <translation>Servidor MCP en %1, sesión iniciada</translation>
    </message>
    <message>
        <source>MCP server at %1</source>
        <translation>Servidor MCP en %1</translation>
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
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Where do you want to sign in?</source>
        <translation>¿Dónde desea iniciar sesión?</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search for a provider or an MCP server</source>
        <translation>Buscar un proveedor o un servidor MCP</translation>
    </message>
    <message>
        <source>Providers and MCP servers</source>
        <translation>Proveedores y servidores MCP</translation>
    </message>
    <message>
        <source>Or paste the &amp;address of an MCP server:</source>
        <translation>O pegar la &amp;dirección de un servidor MCP:</translation>
    </message>
    <message>
        <source>Address of an MCP server</source>
        <translation>Dirección de un servidor MCP</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>De&amp;talles</translation>
    </message>
    <message>
        <source>The page asks who you are</source>
        <translation>La página pregunta quién es usted</translation>
    </message>
    <message>
        <source>A&amp;ccount:</source>
        <translation>C&amp;uenta:</translation>
    </message>
    <message>
        <source>Ask &amp;for:</source>
        <translation>&amp;Pedir:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>There is no connection to the broker. Keybearer keeps trying.</source>
        <translation>No hay conexión con el broker. Keybearer sigue intentándolo.</translation>
    </message>
    <message>
        <source>Nothing here has this name. An MCP server needs only its address, below.</source>
        <translation>Nada aquí tiene ese nombre. Un servidor MCP solo necesita su dirección, abajo.</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>&amp;Configurar...</translation>
    </message>
    <message>
        <source>Signs in to %1. This name is written with letters of different alphabets.</source>
        <translation>Se iniciará sesión en %1. Este nombre está escrito con letras de distintos alfabetos.</translation>
    </message>
    <message>
        <source>Signs in to %1.</source>
        <translation>Se iniciará sesión en %1.</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInDialog</name>
    <message>
        <source>&amp;Copy link</source>
        <translation>&amp;Copiar el enlace</translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation>&amp;Abrir de nuevo</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>Con&amp;figurar...</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Volver a intentar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Iniciar sesión en %1</translation>
    </message>
    <message>
        <source>Get a &amp;new code</source>
        <translation>O&amp;btener un código nuevo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Preparing the sign-in...</source>
        <translation>Preparando el inicio de sesión...</translation>
    </message>
    <message>
        <source>Keybearer is asking %1 where to sign in.</source>
        <translation>Keybearer está preguntando a %1 dónde iniciar sesión.</translation>
    </message>
    <message>
        <source>%1
This name is written with letters of different alphabets.</source>
        <translation>%1
Este nombre está escrito con letras de distintos alfabetos.</translation>
    </message>
    <message>
        <source>Host of the sign-in page: %1</source>
        <translation>Host de la página de inicio de sesión: %1</translation>
    </message>
    <message>
        <source>Waiting for you in the browser...</source>
        <translation>El navegador espera...</translation>
    </message>
    <message>
        <source>Sign in on the page of %1 that has just opened. Check that the browser&apos;s address bar says so before you type a password.</source>
        <translation>Inicie sesión en la página de %1 que se acaba de abrir. Compruebe que la barra de direcciones del navegador lo confirma antes de escribir una contraseña.</translation>
    </message>
    <message>
        <source>Open the link in a browser</source>
        <translation>Abra el enlace en un navegador</translation>
    </message>
    <message>
        <source>No browser could be started. Copy the link, open it in a browser on this computer, and check that it shows %1.</source>
        <translation>No se ha podido iniciar ningún navegador. Copie el enlace, ábralo en un navegador de este equipo y compruebe que muestra %1.</translation>
    </message>
    <message>
        <source>&amp;Copy code</source>
        <translation>Copiar el có&amp;digo</translation>
    </message>
    <message>
        <source>&amp;Open here</source>
        <translation>Abrir a&amp;quí</translation>
    </message>
    <message>
        <source>Enter a code to sign in</source>
        <translation>Introduzca un código para iniciar sesión</translation>
    </message>
    <message>
        <source>The code has expired</source>
        <translation>El código ha caducado</translation>
    </message>
    <message>
        <source>Nothing is lost: get a new code, and enter that one.</source>
        <translation>No se ha perdido nada: obtenga un código nuevo e introdúzcalo.</translation>
    </message>
    <message>
        <source>Almost there...</source>
        <translation>Casi listo...</translation>
    </message>
    <message>
        <source>%1 has answered; Keybearer is fetching your session.</source>
        <translation>%1 ha respondido; Keybearer está obteniendo su sesión.</translation>
    </message>
    <message>
        <source>The sign-in did not work</source>
        <translation>El inicio de sesión no ha funcionado</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInSteps</name>
    <message>
        <source>Find out how to sign in</source>
        <translation>Averiguar cómo iniciar sesión</translation>
    </message>
    <message>
        <source>Register Keybearer there</source>
        <translation>Registrar Keybearer allí</translation>
    </message>
    <message>
        <source>You enter the code</source>
        <translation>Usted introduce el código</translation>
    </message>
    <message>
        <source>You sign in, in the browser</source>
        <translation>Usted inicia sesión en el navegador</translation>
    </message>
    <message>
        <source>Fetch the session</source>
        <translation>Obtener la sesión</translation>
    </message>
    <message>
        <source>Ask who you are, and store the session</source>
        <translation>Preguntar quién es usted y guardar la sesión</translation>
    </message>
    <message>
        <source>%1: done</source>
        <comment>a step</comment>
        <translation>%1: hecho</translation>
    </message>
    <message>
        <source>%1: failed</source>
        <comment>a step</comment>
        <translation>%1: fallido</translation>
    </message>
    <message>
        <source>%1: now</source>
        <comment>a step</comment>
        <translation>%1: ahora</translation>
    </message>
    <message>
        <source>%1: later</source>
        <comment>a step</comment>
        <translation>%1: más tarde</translation>
    </message>
</context>
<context>
    <name>keybearer::SignIns</name>
    <message>
        <source>Signed in to %1</source>
        <translation>Sesión iniciada en %1</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Sesión iniciada como %1</translation>
    </message>
    <message>
        <source>Your %1 session is ready. Programs that want to use it will ask you.</source>
        <translation>Su sesión de %1 está lista. Los programas que quieran usarla le preguntarán.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInsPage</name>
    <message>
        <source>Search services</source>
        <translation>Buscar servicios</translation>
    </message>
    <message>
        <source>Nothing to sign in to</source>
        <translation>Nada en lo que iniciar sesión</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>API keys need no sign-in. Those that were moved are in the store; add others with &quot;keybearer apikey add&quot;.</source>
        <translation>Las claves de API no necesitan inicio de sesión. Las trasladadas están en el almacén; añada otras con «keybearer apikey add».</translation>
    </message>
    <message>
        <source>Your browser opens for each. You can do this now, or later from the icon in the panel: a program that needs an account asks for it.</source>
        <translation>Para cada uno se abre el navegador. Puede hacerlo ahora o más tarde desde el icono del panel: un programa que necesite una cuenta la pedirá.</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>Iniciar sesión...</translation>
    </message>
    <message>
        <source>an account without a name</source>
        <translation>una cuenta sin nombre</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Sesión iniciada como %1</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Sesión no iniciada</translation>
    </message>
    <message>
        <source>Add another account...</source>
        <translation>Añadir otra cuenta...</translation>
    </message>
    <message>
        <source>Add another account of %1</source>
        <translation>Añadir otra cuenta de %1</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Iniciar sesión en %1</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuar</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>&amp;Más tarde</translation>
    </message>
</context>
<context>
    <name>keybearer::StateBar</name>
    <message>
        <source>State of the broker</source>
        <translation>Estado del broker</translation>
    </message>
    <message>
        <source>No connection to the broker; trying again. What you see is how it was.</source>
        <translation>Sin conexión con el broker; se sigue intentando. Lo que ve es cómo estaba.</translation>
    </message>
    <message>
        <source>Start the &amp;broker</source>
        <translation>Iniciar el &amp;broker</translation>
    </message>
    <message>
        <source>The store is locked: no program gets a token until you unlock it.</source>
        <translation>El almacén está bloqueado: ningún programa obtiene un token hasta que lo desbloquee.</translation>
    </message>
    <message>
        <source>The keychain is locked: no program gets a token until you unlock it.</source>
        <translation>El llavero está bloqueado: ningún programa obtiene un token hasta que lo desbloquee.</translation>
    </message>
    <message>
        <source>Un&amp;lock...</source>
        <translation>&amp;Desbloquear...</translation>
    </message>
</context>
<context>
    <name>keybearer::StoreLock</name>
    <message>
        <source>The store could not be looked at</source>
        <translation>No se ha podido consultar el almacén</translation>
    </message>
    <message>
        <source>The store could not be unlocked</source>
        <translation>No se ha podido desbloquear el almacén</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>Desbloqueado</translation>
    </message>
    <message>
        <source>Programs get their tokens again.</source>
        <translation>Los programas vuelven a obtener sus tokens.</translation>
    </message>
    <message>
        <source>The store could not be locked</source>
        <translation>No se ha podido bloquear el almacén</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Bloqueado</translation>
    </message>
    <message>
        <source>No program gets a token until you unlock it.</source>
        <translation>Ningún programa obtiene un token hasta que lo desbloquee.</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolModel</name>
    <message>
        <source>is new, hidden</source>
        <translation>es nueva, oculta</translation>
    </message>
    <message>
        <source>is new</source>
        <translation>es nueva</translation>
    </message>
    <message>
        <source>has changed, hidden</source>
        <translation>ha cambiado, oculta</translation>
    </message>
    <message>
        <source>has changed</source>
        <translation>ha cambiado</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Servicio</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Herramienta</translation>
    </message>
    <message>
        <source>What has happened</source>
        <translation>Qué ha ocurrido</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolsPage</name>
    <message>
        <source>Changed tools</source>
        <translation>Herramientas cambiadas</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Aprobar</translation>
    </message>
    <message>
        <source>No tool has changed</source>
        <translation>No ha cambiado ninguna herramienta</translation>
    </message>
    <message>
        <source>When an MCP server says something else of a tool than what you have approved, it is listed here.</source>
        <translation>Cuando un servidor MCP dice de una herramienta algo distinto de lo que usted aprobó, aparece aquí.</translation>
    </message>
    <message>
        <source>What a model is told of these tools is not what you have approved. A server that changes it can make the model do other things than you expect.</source>
        <translation>Lo que se le dice a un modelo sobre estas herramientas no es lo que usted aprobó. Un servidor que lo cambia puede llevar al modelo a hacer cosas distintas de las esperadas.</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>Qué es diferente</translation>
    </message>
    <message>
        <source>No model sees it until you approve it.</source>
        <translation>Ningún modelo la ve hasta que la apruebe.</translation>
    </message>
    <message>
        <source>Models see it as it is now. Approve it to be warned of the next change.</source>
        <translation>Los modelos la ven como es ahora. Apruébela para recibir un aviso del próximo cambio.</translation>
    </message>
    <message>
        <source>It was not there when you approved the others. This is what a model is told of it:</source>
        <translation>No estaba cuando aprobó las demás. Esto es lo que se le dice a un modelo sobre ella:</translation>
    </message>
    <message>
        <source>What has changed cannot be said: a definition was too long to be kept.</source>
        <translation>No se puede decir qué ha cambiado: una definición era demasiado larga para guardarla.</translation>
    </message>
    <message>
        <source>The tool could not be approved</source>
        <translation>No se ha podido aprobar la herramienta</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayApplication</name>
    <message>
        <source>No browser could be opened for a sign-in</source>
        <translation>No se ha podido abrir ningún navegador para un inicio de sesión</translation>
    </message>
    <message>
        <source>The broker could not be stopped</source>
        <translation>No se ha podido detener el broker</translation>
    </message>
    <message>
        <source>This desktop has no place for a status icon</source>
        <translation>Este escritorio no tiene sitio para un icono de estado</translation>
    </message>
    <message>
        <source>Closed, this window comes back when Keybearer is started again; meanwhile it goes on in the background.</source>
        <translation>Si se cierra, esta ventana vuelve cuando Keybearer se inicie de nuevo; mientras tanto, sigue en segundo plano.</translation>
    </message>
    <message>
        <source>The broker did not start</source>
        <translation>El broker no se ha iniciado</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayMenu</name>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Set up...</source>
        <translation>Configurar...</translation>
    </message>
    <message>
        <source>Settings...</source>
        <translation>Ajustes...</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>Cierra el icono de la bandeja y pregunta si el broker debe continuar.</translation>
    </message>
    <message>
        <source>A program asks for %1...</source>
        <comment>a provider</comment>
        <translation>Un programa pide %1...</translation>
    </message>
    <message>
        <source>%1 asks for %2...</source>
        <comment>a program, a provider</comment>
        <translation>%1 pide %2...</translation>
    </message>
    <message numerus="yes">
        <source>All %n request(s)...</source>
        <translation>
            <numerusform>Todas las solicitudes (%n)...</numerusform>
            <numerusform>Las %n solicitudes...</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed tools (%1)...</source>
        <translation>Herramientas cambiadas (%1)...</translation>
    </message>
    <message numerus="yes">
        <source>%n more in the Sessions window</source>
        <translation>
            <numerusform>%n más en la ventana Sesiones</numerusform>
            <numerusform>%n más en la ventana Sesiones</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>Reanudar el uso compartido</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>Pausar el uso compartido</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>Durante 15 minutos</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Durante 1 hora</translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation>Hasta que lo reanude</translation>
    </message>
    <message>
        <source>Unlock...</source>
        <translation>Desbloquear...</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloquear</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1, expires %2</source>
        <comment>state, in how long</comment>
        <translation>%1, caduca %2</translation>
    </message>
    <message>
        <source>Sign in again...</source>
        <translation>Volver a iniciar sesión...</translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation>Renovar ahora</translation>
    </message>
    <message>
        <source>Revoke...</source>
        <translation>Revocar...</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
</context>
<context>
    <name>keybearer::TraySection</name>
    <message>
        <source>This application</source>
        <translation>Esta aplicación</translation>
    </message>
    <message>
        <source>&amp;Start with the desktop</source>
        <translation>&amp;Iniciar con el escritorio</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <comment>a file</comment>
        <translation>Se escribe en %1</translation>
    </message>
    <message>
        <source>With colour</source>
        <comment>the status icon</comment>
        <translation>En color</translation>
    </message>
    <message>
        <source>In one colour, like the panel&apos;s own</source>
        <comment>the status icon</comment>
        <translation>De un solo color, como los del panel</translation>
    </message>
    <message>
        <source>Ask me each time</source>
        <translation>Preguntarme cada vez</translation>
    </message>
    <message>
        <source>The broker goes on in the background</source>
        <translation>El broker sigue en segundo plano</translation>
    </message>
    <message>
        <source>The broker stops too</source>
        <translation>El broker también se detiene</translation>
    </message>
    <message>
        <source>Status &amp;icon:</source>
        <translation>&amp;Icono de estado:</translation>
    </message>
    <message>
        <source>When I &amp;quit:</source>
        <translation>Al &amp;salir:</translation>
    </message>
    <message>
        <source>These settings cannot be kept: %1 cannot be written.</source>
        <comment>a file</comment>
        <translation>Estos ajustes no se pueden guardar: no se puede escribir en %1.</translation>
    </message>
</context>
<context>
    <name>keybearer::UnlockDialog</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>Elegir una frase de contraseña</translation>
    </message>
    <message>
        <source>Unlock the store</source>
        <translation>Desbloquear el almacén</translation>
    </message>
    <message>
        <source>It will be asked for whenever the broker starts. There is no way around a forgotten one.</source>
        <translation>Se pedirá cada vez que se inicie el broker. Si se olvida, no hay forma de evitarla.</translation>
    </message>
    <message>
        <source>Your sessions are in a file that this passphrase opens.</source>
        <translation>Sus sesiones están en un archivo que se abre con esta frase de contraseña.</translation>
    </message>
    <message>
        <source>&amp;Passphrase:</source>
        <translation>&amp;Frase de contraseña:</translation>
    </message>
    <message>
        <source>Once &amp;more:</source>
        <translation>Una vez &amp;más:</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>&amp;Usar</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>&amp;Desbloquear</translation>
    </message>
</context>
<context>
    <name>keybearer::UsageChart</name>
    <message>
        <source>%1: %2 given</source>
        <comment>day or program, tokens given</comment>
        <translation>%1: %2 entregados</translation>
    </message>
    <message>
        <source>%1: %2 given, %3 refused</source>
        <comment>day or program, tokens given, tokens refused</comment>
        <translation>%1: %2 entregados, %3 rechazados</translation>
    </message>
    <message>
        <source>Nothing was given or refused.</source>
        <translation>No se ha entregado ni rechazado nada.</translation>
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
            <numerusform>Tokens entregados, último %n día</numerusform>
            <numerusform>Tokens entregados, últimos %n días</numerusform>
        </translation>
    </message>
    <message>
        <source>By program</source>
        <translation>Por programa</translation>
    </message>
    <message>
        <source>A double click shows the rows of one program only.</source>
        <translation>Un doble clic muestra las entradas de un solo programa.</translation>
    </message>
</context>
<context>
    <name>keybearer::WelcomePage</name>
    <message>
        <source>Welcome to Keybearer</source>
        <translation>Le damos la bienvenida a Keybearer</translation>
    </message>
    <message>
        <source>You sign in once to each service. Programs on this computer can then use the account, each with your permission, and none of them ever holds a password or a key that lasts.</source>
        <translation>Usted inicia sesión una vez en cada servicio. Los programas de este equipo pueden entonces usar la cuenta, cada uno con su permiso, y ninguno tiene nunca una contraseña ni una clave permanente.</translation>
    </message>
    <message>
        <source>What do your programs need?</source>
        <translation>¿Qué necesitan sus programas?</translation>
    </message>
    <message>
        <source>&amp;GitHub</source>
        <translation>&amp;GitHub</translation>
    </message>
    <message>
        <source>Repositories, issues and pull requests, with one sign-in instead of personal tokens.</source>
        <translation>Repositorios, incidencias y pull requests, con un inicio de sesión en lugar de tokens personales.</translation>
    </message>
    <message>
        <source>Google &amp;Workspace</source>
        <translation>Google &amp;Workspace</translation>
    </message>
    <message>
        <source>Mail, calendar and documents of one account.</source>
        <translation>Correo, calendario y documentos de una cuenta.</translation>
    </message>
    <message>
        <source>One &amp;other service</source>
        <translation>&amp;Otro servicio</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Servicio</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Servicios</translation>
    </message>
    <message>
        <source>&amp;Several services</source>
        <translation>&amp;Varios servicios</translation>
    </message>
    <message>
        <source>You choose from all of them, and add your company&apos;s own servers by their address.</source>
        <translation>Usted elige entre todos y añade los servidores de su empresa por su dirección.</translation>
    </message>
    <message>
        <source>Only API &amp;keys</source>
        <translation>Solo &amp;claves de API</translation>
    </message>
    <message>
        <source>Nothing to sign in to: keys move from settings files into the keychain.</source>
        <translation>Sin inicio de sesión: las claves pasan de los archivos de ajustes al llavero.</translation>
    </message>
    <message>
        <source>&amp;Look for MCP clients</source>
        <translation>&amp;Buscar clientes MCP</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Shows the sessions of the credential broker, and asks before a program may use one.</source>
        <translation>Muestra las sesiones del broker de credenciales y pregunta antes de que un programa pueda usar una.</translation>
    </message>
    <message>
        <source>Open the window with this page.</source>
        <comment>an option</comment>
        <translation>Abre la ventana en esta página.</translation>
    </message>
</context>
</TS>
