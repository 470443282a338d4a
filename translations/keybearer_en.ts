<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>HealthFacts</name>
    <message numerus="yes">
        <source>%n damaged record(s) are kept aside.</source>
        <translation>
            <numerusform>%n damaged record is kept aside.</numerusform>
            <numerusform>%n damaged records are kept aside.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln renewal(s) failed</source>
        <translation>
            <numerusform>%Ln renewal failed</numerusform>
            <numerusform>%Ln renewals failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln alert</numerusform>
            <numerusform>%Ln alerts</numerusform>
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
    <name>Services</name>
    <message numerus="yes">
        <source>%n to look at</source>
        <comment>tools that are new or have changed</comment>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n tool</numerusform>
            <numerusform>%n tools</numerusform>
        </translation>
    </message>
</context>
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
    <name>keybearer::ActivityFooter</name>
    <message numerus="yes">
        <source>%n row(s) exported so far.</source>
        <translation>
            <numerusform>%n row exported so far.</numerusform>
            <numerusform>%n rows exported so far.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found, back to %1.</source>
        <translation>
            <numerusform>%n row found, back to %1.</numerusform>
            <numerusform>%n rows found, back to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found.</source>
        <translation>
            <numerusform>%n row found.</numerusform>
            <numerusform>%n rows found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s): all there are.</source>
        <translation>
            <numerusform>%n row: all there is.</numerusform>
            <numerusform>%n rows: all there are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %n row(s), back to %1.</source>
        <translation>
            <numerusform>The newest row, of %1.</numerusform>
            <numerusform>The newest %n rows, back to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The log is whole: nobody has changed any of its %n row(s).</source>
        <translation>
            <numerusform>The log is whole: nobody has changed its %n row.</numerusform>
            <numerusform>The log is whole: nobody has changed any of its %n rows.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported. Only you can read the file.</source>
        <translation>
            <numerusform>%n row exported. Only you can read the file.</numerusform>
            <numerusform>%n rows exported. Only you can read the file.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::AlertStrip</name>
    <message numerus="yes">
        <source>%n more since the broker started.</source>
        <translation>
            <numerusform>%n more since the broker started.</numerusform>
            <numerusform>%n more since the broker started.</numerusform>
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
    <name>keybearer::ClientsPage</name>
    <message numerus="yes">
        <source>%1, %n connection(s) in all</source>
        <comment>when</comment>
        <translation>
            <numerusform>%1, %n connection in all</numerusform>
            <numerusform>%1, %n connections in all</numerusform>
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
    <name>keybearer::ConsentsPart</name>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>used once</numerusform>
            <numerusform>used %n times</numerusform>
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
    <name>keybearer::FindingList</name>
    <message numerus="yes">
        <source>Show %n thing(s) that work</source>
        <translation>
            <numerusform>Show %n thing that works</numerusform>
            <numerusform>Show %n things that work</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::GatewayBar</name>
    <message numerus="yes">
        <source>%n client(s) connected</source>
        <translation>
            <numerusform>%n client connected</numerusform>
            <numerusform>%n clients connected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::HealthPage</name>
    <message numerus="yes">
        <source>%n thing(s) to look at.</source>
        <translation>
            <numerusform>%n thing to look at.</numerusform>
            <numerusform>%n things to look at.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) do not work.</source>
        <translation>
            <numerusform>%n thing does not work.</numerusform>
            <numerusform>%n things do not work.</numerusform>
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
    <name>keybearer::NavigationList</name>
    <message numerus="yes">
        <source>%1, %n found</source>
        <translation>
            <numerusform>%1, %n found</numerusform>
            <numerusform>%1, %n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n waiting for you</source>
        <translation>
            <numerusform>%1, %n waiting for you</numerusform>
            <numerusform>%1, %n waiting for you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NothingFound</name>
    <message numerus="yes">
        <source>Show %n on the page %1</source>
        <translation>
            <numerusform>Show %n on the page %1</numerusform>
            <numerusform>Show %n on the page %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::RequestModel</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <comment>left to answer</comment>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
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
    <name>keybearer::ServicesPage</name>
    <message numerus="yes">
        <source>&amp;Look at %n tool(s)</source>
        <translation>
            <numerusform>&amp;Look at %n tool</numerusform>
            <numerusform>&amp;Look at %n tools</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::SessionActions</name>
    <message numerus="yes">
        <source>The %1 session of %2 ends in %n second(s)</source>
        <translation>
            <numerusform>The %1 session of %2 ends in %n second</numerusform>
            <numerusform>The %1 session of %2 ends in %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is removed in %n second(s)</source>
        <comment>API key or service account</comment>
        <translation>
            <numerusform>%1 is removed in %n second</numerusform>
            <numerusform>%1 is removed in %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take back %n permission(s) of %1?</source>
        <translation>
            <numerusform>Take back %n permission of %1?</numerusform>
            <numerusform>Take back %n permissions of %1?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) of %1 end in a moment</source>
        <translation>
            <numerusform>%n permission of %1 ends in a moment</numerusform>
            <numerusform>%n permissions of %1 end in a moment</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The permission to use %1 ends in %n second(s)</source>
        <translation>
            <numerusform>The permission to use %1 ends in %n second</numerusform>
            <numerusform>The permission to use %1 ends in %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::SessionDetails</name>
    <message numerus="yes">
        <source>%n more</source>
        <comment>programs</comment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
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
    <name>keybearer::UsagePanel</name>
    <message numerus="yes">
        <source>Tokens given, last %n day(s)</source>
        <translation>
            <numerusform>Tokens given, last %n day</numerusform>
            <numerusform>Tokens given, last %n days</numerusform>
        </translation>
    </message>
</context>
</TS>
