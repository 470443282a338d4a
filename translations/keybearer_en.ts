<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Wording</name>
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
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::BrokerMirror</name>
    <message numerus="yes">
        <source>%n tool(s) hidden until you approve them</source>
        <translation>
            <numerusform>%n tool is hidden until you approve it</numerusform>
            <numerusform>%n tools are hidden until you approve them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n program(s) waiting for your answer</source>
        <translation>
            <numerusform>%n program is waiting for your answer</numerusform>
            <numerusform>%n programs are waiting for your answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) need you to sign in again</source>
        <translation>
            <numerusform>%n session needs you to sign in again</numerusform>
            <numerusform>%n sessions need you to sign in again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) ready</source>
        <translation>
            <numerusform>%n session ready</numerusform>
            <numerusform>%n sessions ready</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentModel</name>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>used %n time</numerusform>
            <numerusform>used %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NavigationList</name>
    <message numerus="yes">
        <source>%1, %n found</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
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
    <name>keybearer::TrayMenu</name>
    <message numerus="yes">
        <source>All %n request(s)...</source>
        <translation>
            <numerusform>All %n request...</numerusform>
            <numerusform>All %n requests...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in the Sessions window</source>
        <translation>
            <numerusform>%n more in the Sessions window</numerusform>
            <numerusform>%n more in the Sessions window</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message numerus="yes">
        <source>%n server(s) moved. Restart %1, so that it reads its settings again.</source>
        <translation>
            <numerusform>%n server moved. Restart %1, so that it reads its settings again.</numerusform>
            <numerusform>%n servers moved. Restart %1, so that it reads its settings again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::DonePage</name>
    <message numerus="yes">
        <source>%n server(s) of your MCP clients use Keybearer now.</source>
        <translation>
            <numerusform>%n server of your MCP clients uses Keybearer now.</numerusform>
            <numerusform>%n servers of your MCP clients use Keybearer now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You are signed in to %n service(s).</source>
        <translation>
            <numerusform>You are signed in to %n service.</numerusform>
            <numerusform>You are signed in to %n services.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::ImportPage</name>
    <message numerus="yes">
        <source>&amp;Move %n server(s)</source>
        <translation>
            <numerusform>&amp;Move %n server</numerusform>
            <numerusform>&amp;Move %n servers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::ResultPage</name>
    <message numerus="yes">
        <source>Moving %n server(s)...</source>
        <translation>
            <numerusform>Moving %n server...</numerusform>
            <numerusform>Moving %n servers...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved</source>
        <translation>
            <numerusform>%n server moved</numerusform>
            <numerusform>%n servers moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be changed and are as they were. The list says why.</source>
        <translation>
            <numerusform>%n file could not be changed and is as it was. The list says why.</numerusform>
            <numerusform>%n files could not be changed and are as they were. The list says why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::SignInChoices</name>
    <message numerus="yes">
        <source>%n account(s) signed in</source>
        <translation>
            <numerusform>%n account signed in</numerusform>
            <numerusform>%n accounts signed in</numerusform>
        </translation>
    </message>
</context>
</TS>
