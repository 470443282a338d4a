<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>BrokerMirror</name>
    <message>
        <source>No connection to the broker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to the broker...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keychain is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keychain cannot be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n program(s) waiting for your answer</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) need you to sign in again</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The broker reports a problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not signed in anywhere yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) ready</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConsentModel</name>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the program ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set in config.yaml</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last used</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentPrompt</name>
    <message>
        <source>A program asks for access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An unknown program wants to use your %1 account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wants to use your %2 account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Program:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>could not be determined (process %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Script:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>account, provider</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>do everything this sign-in allows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the program could do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the program&apos;s own words, not verified:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It calls itself “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This name mixes letters of different alphabets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its reason: “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow this one request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This &amp;session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow until the program ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30 &amp;days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow for 30 days, or until you take it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentQueue</name>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentsPage</name>
    <message>
        <source>Allowed programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Take back...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No program is allowed yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When a program asks for one of your accounts, you decide. What you allow for longer than once is listed here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionActions</name>
    <message>
        <source>The session could not be refreshed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refreshed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The %1 session is fresh again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke the %1 session of %2?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keybearer asks %1 to end it, and erases it from this computer. Programs that use it lose their access at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session could not be revoked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has confirmed that the session of %2 has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erased here, not confirmed by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the session in the account settings of %1 as well, to be sure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back permission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back the permission to use %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has to ask you again the next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The permission could not be taken back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionModel</name>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last used by</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionState</name>
    <message>
        <source>Active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refreshing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionsPage</name>
    <message>
        <source>No sessions yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in once, and programs on this computer can use the account, each with your permission and without ever seeing a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sign in to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in at:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scopes:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problem:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fetched %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expires %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fetched %1, expires %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionsWindow</name>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keybearer – Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>· broker %1, sessions are kept in: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes the tray icon. The broker goes on running, and programs keep their access.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInAttempt</name>
    <message>
        <source>Signed in to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your %1 session is ready. Programs that want to use it will ask you.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>&amp;Copy link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in in progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing the sign-in...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keybearer is asking %1 where to sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for you in the browser...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in on the page of %1 that has just opened. Check that the browser&apos;s address bar says so before you type a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the link in a browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No browser could be started. Copy the link, open it in a browser on this computer, and check that it shows %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Almost there...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has answered; Keybearer is fetching your session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in did not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrayApplication</name>
    <message>
        <source>The broker did not start</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>Pending requests (%1)...</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n more in the Sessions window</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes the tray icon. The broker goes on running, and programs keep their access.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, expires %2</source>
        <comment>state, in how long</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No provider is set up yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These need a client id in config.yaml first:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>know who you are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>see your name and picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>see your e-mail address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stay signed in while you are away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read and change all your repositories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change your public repositories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read your profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>see your e-mail addresses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>see your organisations and teams</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write gists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change workflows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read your mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read your files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read your calendars</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>a time from now</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ago</source>
        <comment>a time before now</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This provider is not set up yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keychain cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider cannot be reached at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That was asked too often.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keybearer keeps trying to start it. If this lasts, run &quot;keybearer doctor&quot; in a terminal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again when you are ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register an application with the provider, and enter its client id in config.yaml.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock the keychain of your desktop, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the keychain of your desktop, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost. Check the network, and try again in a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a minute, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Shows the sessions of the credential broker, and asks before a program may use one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the Sessions window.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
