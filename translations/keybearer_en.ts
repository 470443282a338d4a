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
        <source>%n more in the Sessions window</source>
        <translation>
            <numerusform>%n more in the Sessions window</numerusform>
            <numerusform>%n more in the Sessions window</numerusform>
        </translation>
    </message>
</context>
</TS>
