<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en_US">
<context>
    <name>Activity</name>
    <message>
        <source>%1 got a token for %2</source>
        <translation>%1 が %2 のトークンを取得しました</translation>
    </message>
    <message>
        <source>%1 got no token for %2</source>
        <translation>%1 は %2 のトークンを取得できませんでした</translation>
    </message>
    <message>
        <source>A rule kept %1 from %2</source>
        <translation>規則により %1 は %2 を使えませんでした</translation>
    </message>
    <message>
        <source>The policy server gave no answer about %1</source>
        <translation>ポリシーサーバーが %1 について応答しませんでした</translation>
    </message>
    <message>
        <source>%1 asked too often for %2</source>
        <translation>%1 が %2 を要求する回数が多すぎました</translation>
    </message>
    <message>
        <source>%1 was allowed to use %2</source>
        <translation>%1 に %2 の使用が許可されました</translation>
    </message>
    <message>
        <source>%1 was not allowed to use %2</source>
        <translation>%1 に %2 の使用は許可されませんでした</translation>
    </message>
    <message>
        <source>%1 may no longer use %2</source>
        <translation>%1 は %2 を使えなくなりました</translation>
    </message>
    <message>
        <source>What %1 was allowed with %2 has ended</source>
        <translation>%1 に許可されていた %2 の使用が終了しました</translation>
    </message>
    <message>
        <source>%1 asked too often and waits for ten minutes</source>
        <translation>%1 は要求が多すぎたため 10 分間待機します</translation>
    </message>
    <message>
        <source>%1 was updated by the system and keeps what it may do</source>
        <translation>%1 はシステムによって更新され、許可を保持します</translation>
    </message>
    <message>
        <source>A permission was changed behind the broker&apos;s back and does not count</source>
        <translation>許可がブローカーを介さずに変更されたため無効です</translation>
    </message>
    <message>
        <source>Signed in to %2</source>
        <translation>%2 にサインインしました</translation>
    </message>
    <message>
        <source>Signed out of %2</source>
        <translation>%2 からサインアウトしました</translation>
    </message>
    <message>
        <source>The session at %2 could not be renewed</source>
        <translation>%2 のセッションを更新できませんでした</translation>
    </message>
    <message>
        <source>API key added: %2</source>
        <translation>API キーを追加しました: %2</translation>
    </message>
    <message>
        <source>API key replaced: %2</source>
        <translation>API キーを置き換えました: %2</translation>
    </message>
    <message>
        <source>API key switched on: %2</source>
        <translation>API キーを有効にしました: %2</translation>
    </message>
    <message>
        <source>API key switched off: %2</source>
        <translation>API キーを無効にしました: %2</translation>
    </message>
    <message>
        <source>API key removed: %2</source>
        <translation>API キーを削除しました: %2</translation>
    </message>
    <message>
        <source>Service account added: %2</source>
        <translation>サービスアカウントを追加しました: %2</translation>
    </message>
    <message>
        <source>Service account removed: %2</source>
        <translation>サービスアカウントを削除しました: %2</translation>
    </message>
    <message>
        <source>Registered program added: %3</source>
        <translation>登録プログラムを追加しました: %3</translation>
    </message>
    <message>
        <source>Registered program got a new key: %3</source>
        <translation>登録プログラムに新しいキーを発行しました: %3</translation>
    </message>
    <message>
        <source>Registered program switched on: %3</source>
        <translation>登録プログラムを有効にしました: %3</translation>
    </message>
    <message>
        <source>Registered program switched off: %3</source>
        <translation>登録プログラムを無効にしました: %3</translation>
    </message>
    <message>
        <source>Registered program removed: %3</source>
        <translation>登録プログラムを削除しました: %3</translation>
    </message>
    <message>
        <source>%1 showed a key that is not good</source>
        <translation>%1 が正しくないキーを提示しました</translation>
    </message>
    <message>
        <source>%1 was started with access of its own</source>
        <translation>%1 が固有のアクセス権付きで起動されました</translation>
    </message>
    <message>
        <source>%1 showed a secret that is not its own</source>
        <translation>%1 が自分のものでない秘密を提示しました</translation>
    </message>
    <message>
        <source>The access that %1 was started with has ended</source>
        <translation>%1 の起動時のアクセス権が終了しました</translation>
    </message>
    <message>
        <source>Keybearer registered itself at %2</source>
        <translation>Keybearer が %2 に登録されました</translation>
    </message>
    <message>
        <source>The registration at %2 was removed</source>
        <translation>%2 での登録が削除されました</translation>
    </message>
    <message>
        <source>An MCP server shows a new tool: %3</source>
        <translation>MCP サーバーに新しいツールがあります: %3</translation>
    </message>
    <message>
        <source>The definition of a tool has changed: %3</source>
        <translation>ツールの定義が変わりました: %3</translation>
    </message>
    <message>
        <source>You approved a tool: %3</source>
        <translation>ツールを承認しました: %3</translation>
    </message>
    <message>
        <source>A tool was forgotten: %3</source>
        <translation>ツールの記録を削除しました: %3</translation>
    </message>
    <message>
        <source>What is known of a tool was changed behind the broker&apos;s back: %3</source>
        <translation>ツールの記録がブローカーを介さずに変更されました: %3</translation>
    </message>
    <message>
        <source>%1 opened an MCP server: %3</source>
        <translation>%1 が MCP サーバーを開きました: %3</translation>
    </message>
    <message>
        <source>%1 closed an MCP server: %3</source>
        <translation>%1 が MCP サーバーを閉じました: %3</translation>
    </message>
    <message>
        <source>The program of an MCP server was started: %3</source>
        <translation>MCP サーバーのプログラムを起動しました: %3</translation>
    </message>
    <message>
        <source>The program of an MCP server has ended: %3</source>
        <translation>MCP サーバーのプログラムが終了しました: %3</translation>
    </message>
    <message>
        <source>The gateway was opened</source>
        <translation>ゲートウェイを開きました</translation>
    </message>
    <message>
        <source>The gateway was closed</source>
        <translation>ゲートウェイを閉じました</translation>
    </message>
    <message>
        <source>The gateway signs with a new key</source>
        <translation>ゲートウェイが新しいキーで署名します</translation>
    </message>
    <message>
        <source>A client of the gateway was removed: %3</source>
        <translation>ゲートウェイのクライアントを削除しました: %3</translation>
    </message>
    <message>
        <source>The gateway refused a request: %3</source>
        <translation>ゲートウェイが要求を拒否しました: %3</translation>
    </message>
    <message>
        <source>A client registered at the gateway: %3</source>
        <translation>クライアントがゲートウェイに登録されました: %3</translation>
    </message>
    <message>
        <source>A client left the gateway: %3</source>
        <translation>クライアントがゲートウェイから離れました: %3</translation>
    </message>
    <message>
        <source>A client of the gateway was let in: %3</source>
        <translation>ゲートウェイのクライアントの接続を許可しました: %3</translation>
    </message>
    <message>
        <source>A client of the gateway renewed its access: %3</source>
        <translation>ゲートウェイのクライアントがアクセスを更新しました: %3</translation>
    </message>
    <message>
        <source>A client of the gateway showed a token that was just replaced: %3</source>
        <translation>ゲートウェイのクライアントが置き換え直後のトークンを提示しました: %3</translation>
    </message>
    <message>
        <source>A token of the gateway was used twice, so all of it was revoked: %3</source>
        <translation>ゲートウェイのトークンが 2 回使われたため、すべて失効させました: %3</translation>
    </message>
    <message>
        <source>A client of the gateway was turned away: %3</source>
        <translation>ゲートウェイのクライアントを拒否しました: %3</translation>
    </message>
    <message>
        <source>The access of a client of the gateway has ended: %3</source>
        <translation>ゲートウェイのクライアントのアクセスが終了しました: %3</translation>
    </message>
    <message>
        <source>The gateway&apos;s authorization server signs with a new key</source>
        <translation>ゲートウェイの認可サーバーが新しいキーで署名します</translation>
    </message>
    <message>
        <source>The provider for trying things out was started</source>
        <translation>お試し用プロバイダーを開始しました</translation>
    </message>
    <message>
        <source>The provider for trying things out was stopped</source>
        <translation>お試し用プロバイダーを停止しました</translation>
    </message>
    <message>
        <source>The store was unlocked</source>
        <translation>ストアのロックを解除しました</translation>
    </message>
    <message>
        <source>The store was locked</source>
        <translation>ストアをロックしました</translation>
    </message>
    <message>
        <source>All sessions moved to another store</source>
        <translation>すべてのセッションを別のストアに移しました</translation>
    </message>
    <message>
        <source>The store got a new key</source>
        <translation>ストアのキーを新しくしました</translation>
    </message>
    <message>
        <source>The broker started</source>
        <translation>ブローカーが起動しました</translation>
    </message>
    <message>
        <source>The broker stopped</source>
        <translation>ブローカーが停止しました</translation>
    </message>
    <message>
        <source>The broker was asked to stop</source>
        <translation>ブローカーに停止が求められました</translation>
    </message>
    <message>
        <source>Sharing was paused: no program gets anything</source>
        <translation>共有を停止しました。どのプログラムも何も得られません</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>共有を再開しました</translation>
    </message>
    <message>
        <source>Half a row was cut off the log after a power cut</source>
        <translation>停電後、途中までの行をログから切り捨てました</translation>
    </message>
    <message>
        <source>Rows that were too old were removed from the log</source>
        <translation>古くなった行をログから削除しました</translation>
    </message>
    <message>
        <source>The log was damaged and set aside</source>
        <translation>ログが壊れていたため別に保管しました</translation>
    </message>
    <message>
        <source>The broker raised an alert: %3</source>
        <translation>ブローカーが警告を出しました: %3</translation>
    </message>
    <message>
        <source>something that is not named</source>
        <translation>名前のないもの</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>provider (account)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>You said no.</source>
        <translation>拒否しました。</translation>
    </message>
    <message>
        <source>Nobody has allowed it yet.</source>
        <translation>まだ誰も許可していません。</translation>
    </message>
    <message>
        <source>There was nobody to ask.</source>
        <translation>尋ねる相手がいませんでした。</translation>
    </message>
    <message>
        <source>The session does not have the scopes that were asked for.</source>
        <translation>セッションに要求されたスコープがありません。</translation>
    </message>
    <message>
        <source>Somebody has to sign in again.</source>
        <translation>もう一度サインインする必要があります。</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>誰もサインインしていません。</translation>
    </message>
    <message>
        <source>A sign-in was not finished yet.</source>
        <translation>サインインがまだ終わっていませんでした。</translation>
    </message>
    <message>
        <source>The provider did not answer.</source>
        <translation>プロバイダーが応答しませんでした。</translation>
    </message>
    <message>
        <source>The provider refused it.</source>
        <translation>プロバイダーが拒否しました。</translation>
    </message>
    <message>
        <source>It asked too often.</source>
        <translation>要求が多すぎました。</translation>
    </message>
    <message>
        <source>A rule forbids it.</source>
        <translation>規則で禁止されています。</translation>
    </message>
    <message>
        <source>The store was locked.</source>
        <translation>ストアがロックされていました。</translation>
    </message>
    <message>
        <source>The store could not be reached.</source>
        <translation>ストアを利用できませんでした。</translation>
    </message>
    <message>
        <source>Row %1 was changed.</source>
        <translation>%1 行目が変更されています。</translation>
    </message>
    <message>
        <source>Row %1 is missing.</source>
        <translation>%1 行目がありません。</translation>
    </message>
    <message>
        <source>Row %1 does not follow from the one before it.</source>
        <translation>%1 行目が前の行とつながりません。</translation>
    </message>
    <message>
        <source>Row %1 cannot be read.</source>
        <translation>%1 行目を読み取れません。</translation>
    </message>
    <message>
        <source>Row %1 is another one in its file than in the database.</source>
        <translation>%1 行目がファイルとデータベースで異なります。</translation>
    </message>
    <message>
        <source>Row %1 and what came after it were cut off.</source>
        <translation>%1 行目以降が切り捨てられています。</translation>
    </message>
    <message>
        <source>The rows before row %1 were removed, and not by the broker.</source>
        <translation>%1 行目より前の行が、ブローカー以外によって削除されています。</translation>
    </message>
    <message>
        <source>The seal does not fit at row %1: rows were made anew, or cut off at the beginning.</source>
        <translation>%1 行目で封印が合いません。行が作り直されたか、先頭が切り捨てられています。</translation>
    </message>
    <message>
        <source>The log is older than it should be: row %1 is not the one that was there.</source>
        <translation>ログが本来より古いものです。%1 行目が元の行ではありません。</translation>
    </message>
    <message>
        <source>The rows before row %1 are in a damaged file that was set aside.</source>
        <translation>%1 行目より前の行は、別に保管した壊れたファイルにあります。</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>あるプログラム</translation>
    </message>
    <message>
        <source>%1 (a kind of row that this window does not know)</source>
        <translation>%1（このウィンドウが知らない種類の行）</translation>
    </message>
    <message>
        <source>Given</source>
        <extracomment>what came of a request: the program got its token</extracomment>
        <translation>発行</translation>
    </message>
    <message>
        <source>Refused</source>
        <extracomment>what came of a request</extracomment>
        <translation>拒否</translation>
    </message>
    <message>
        <source>Attention</source>
        <extracomment>what came of a request: something a person should look at</extracomment>
        <translation>注意</translation>
    </message>
    <message>
        <source>Done</source>
        <extracomment>what came of a request</extracomment>
        <translation>完了</translation>
    </message>
    <message>
        <source>Row %1 does not fit (%2).</source>
        <translation>%1 行目が合いません（%2）。</translation>
    </message>
    <message>
        <source>The configuration was read again</source>
        <translation>設定を読み直しました</translation>
    </message>
    <message>
        <source>A configuration with a mistake was not used</source>
        <translation>誤りのある設定は使われませんでした</translation>
    </message>
</context>
<context>
    <name>Addresses</name>
    <message>
        <source>There is no address yet.</source>
        <translation>まだアドレスがありません。</translation>
    </message>
    <message>
        <source>This is not an address.</source>
        <translation>これはアドレスではありません。</translation>
    </message>
    <message>
        <source>Paste it as one word.</source>
        <translation>1 語として貼り付けてください。</translation>
    </message>
    <message>
        <source>An address looks like https://mcp.example.com/mcp.</source>
        <translation>アドレスは https://mcp.example.com/mcp のような形です。</translation>
    </message>
    <message>
        <source>This address is not safe to sign in at.</source>
        <translation>このアドレスでのサインインは安全ではありません。</translation>
    </message>
    <message>
        <source>It has to begin with https://, except on this computer.</source>
        <translation>このコンピューター上のものを除き、https:// で始まる必要があります。</translation>
    </message>
    <message>
        <source>This address has a user name in it.</source>
        <translation>このアドレスにはユーザー名が含まれています。</translation>
    </message>
    <message>
        <source>Take out what stands before the @.</source>
        <translation>@ より前の部分を取り除いてください。</translation>
    </message>
    <message>
        <source>This address has a # in it.</source>
        <translation>このアドレスには # が含まれています。</translation>
    </message>
    <message>
        <source>Take out the # and what follows.</source>
        <translation># とそれ以降を取り除いてください。</translation>
    </message>
    <message>
        <source>Copy all of the browser&apos;s address bar, from http:// to the end.</source>
        <translation>ブラウザーのアドレスバーを、http:// から最後まですべてコピーしてください。</translation>
    </message>
    <message>
        <source>This is not the address that the sign-in ended at.</source>
        <translation>これはサインインの最後のアドレスではありません。</translation>
    </message>
    <message>
        <source>Sign in first; then copy the address of the page that could not be opened. It has ǌode=” and “state=” in it.</source>
        <translation>先にサインインし、その後、開けなかったページのアドレスをコピーしてください。「code=」と「state=」が含まれています。</translation>
    </message>
</context>
<context>
    <name>ClientSettings</name>
    <message>
        <source>Belongs into claude_desktop_config.json. Start Claude Desktop again afterwards.</source>
        <translation>claude_desktop_config.json に入れます。その後 Claude Desktop を再起動してください。</translation>
    </message>
    <message>
        <source>Run this in a terminal.</source>
        <translation>端末で実行してください。</translation>
    </message>
    <message>
        <source>Belongs into .vscode/mcp.json of a project, or into mcp.json of your profile.</source>
        <translation>プロジェクトの .vscode/mcp.json か、プロファイルの mcp.json に入れます。</translation>
    </message>
    <message>
        <source>Belongs into .cursor/mcp.json of your home or of a project.</source>
        <translation>ホームまたはプロジェクトの .cursor/mcp.json に入れます。</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Error</source>
        <extracomment>how bad a finding is</extracomment>
        <translation>エラー</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>how bad a finding is</extracomment>
        <translation>警告</translation>
    </message>
    <message>
        <source>Good</source>
        <extracomment>a finding says that something works</extracomment>
        <translation>正常</translation>
    </message>
</context>
<context>
    <name>HealthFacts</name>
    <message>
        <source>ready</source>
        <translation>準備完了</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>ロック中</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>利用できません</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>まだ使われていません</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>where the sessions are kept, and whether that can be reached</comment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>A move of all sessions is not finished: %1.</source>
        <translation>全セッションの移動が終わっていません: %1.</translation>
    </message>
    <message>
        <source>A change is under way: %1 of %2.</source>
        <translation>変更中: %1 / %2.</translation>
    </message>
    <message>
        <source>Its new key is not everywhere yet.</source>
        <translation>新しいキーがまだすべてに行き渡っていません。</translation>
    </message>
    <message numerus="yes">
        <source>%n damaged record(s) are kept aside.</source>
        <translation>
            <numerusform>壊れた記録 %n 件を別に保管しています。</numerusform>
        </translation>
    </message>
    <message>
        <source>open at %1</source>
        <translation>%1 で公開中</translation>
    </message>
    <message>
        <source>running, closed to addresses</source>
        <translation>実行中、アドレスには非公開</translation>
    </message>
    <message>
        <source>not running; it starts when it is used</source>
        <translation>停止中。使うときに起動します</translation>
    </message>
    <message>
        <source>every program gets what it asks for</source>
        <translation>どのプログラムも求めたものを得られる</translation>
    </message>
    <message>
        <source>only what was allowed before</source>
        <translation>以前に許可したものだけ</translation>
    </message>
    <message>
        <source>you are asked about every new program</source>
        <translation>新しいプログラムごとに尋ねる</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>ブローカー</translation>
    </message>
    <message>
        <source>version %1, process %2, started %3</source>
        <translation>バージョン %1、プロセス %2、起動 %3</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>ストア</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>アクセス</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>ゲートウェイ</translation>
    </message>
    <message>
        <source>Tokens since the start</source>
        <translation>起動後のトークン</translation>
    </message>
    <message>
        <source>%1 given, %2 refused</source>
        <comment>tokens</comment>
        <translation>発行 %1、拒否 %2</translation>
    </message>
    <message>
        <source>Trouble since the start</source>
        <translation>起動後の問題</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>ログの行数</translation>
    </message>
    <message>
        <source>Open connections</source>
        <translation>開いている接続</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>ソケット</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n 個のセッション</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 with trouble: %3</source>
        <comment>sessions, how many of them, the problem of one</comment>
        <translation>%1、うち問題あり %2: %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>two kinds of trouble, each with its number</comment>
        <translation>%1、%2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln renewal(s) failed</source>
        <translation>
            <numerusform>更新失敗 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>警告 %Ln 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>The file was changed after the import, so it was left as it is.</source>
        <translation>取り込み後にファイルが変更されたため、そのままにしました。</translation>
    </message>
    <message>
        <source>The copy from before is kept; &quot;keybearer import --undo --force&quot; puts it back and keeps the newer file as well.</source>
        <translation>以前の写しは残っています。「keybearer import --undo --force」で元に戻し、新しいファイルも残します。</translation>
    </message>
    <message>
        <source>Reached by way of Keybearer, with one sign-in for all clients.</source>
        <translation>Keybearer 経由で接続し、すべてのクライアントで 1 回のサインインで済みます。</translation>
    </message>
    <message>
        <source>Started by Keybearer, with its secrets from the keychain.</source>
        <translation>Keybearer が起動し、秘密はキーチェーンから渡します。</translation>
    </message>
    <message>
        <source>The tokens leave the disk; you sign in to it once more.</source>
        <translation>トークンはディスクから取り除かれます。もう一度サインインしてください。</translation>
    </message>
    <message>
        <source>Uses Keybearer already.</source>
        <translation>すでに Keybearer を使っています。</translation>
    </message>
    <message>
        <source>Stays as it is: it has no secret and no sign-in.</source>
        <translation>そのままにします。秘密もサインインもありません。</translation>
    </message>
    <message>
        <source>Stays as it is: its entry has a shape that Keybearer does not know.</source>
        <translation>そのままにします。Keybearer が知らない形式の項目です。</translation>
    </message>
    <message>
        <source>Stays as it is.</source>
        <translation>そのままにします。</translation>
    </message>
    <message>
        <source>Stays as it is: %1</source>
        <comment>then a sentence with the reason</comment>
        <translation>そのままにします: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>where a secret stands, and its masked text</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>そのようなファイルはありません。</translation>
    </message>
    <message>
        <source>This file may not be written.</source>
        <translation>このファイルには書き込めません。</translation>
    </message>
    <message>
        <source>This file has a shape that Keybearer does not know, so it is left alone.</source>
        <translation>このファイルは Keybearer が知らない形式なので、変更しません。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>このファイルは読み取れません。</translation>
    </message>
    <message>
        <source>As it was before, byte for byte.</source>
        <translation>1 バイトも違わず元のとおりです。</translation>
    </message>
    <message>
        <source>The tokens are no longer there. Sign in once more, with Keybearer.</source>
        <translation>トークンはもうありません。Keybearer でもう一度サインインしてください。</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved. Restart %1, so that it reads its settings again.</source>
        <translation>
            <numerusform>%n 個のサーバーを移行しました。設定を読み直すよう %1 を再起動してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing had to be changed.</source>
        <translation>変更するものはありませんでした。</translation>
    </message>
    <message>
        <source>The file is as it was.</source>
        <translation>ファイルは元のままです。</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>Unlock...</source>
        <translation>ロックを解除...</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>サインイン...</translation>
    </message>
    <message>
        <source>Start the broker</source>
        <translation>ブローカーを起動</translation>
    </message>
    <message>
        <source>Open configuration</source>
        <translation>設定を開く</translation>
    </message>
    <message>
        <source>Close it to others</source>
        <translation>他人から閉じる</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message>
        <source>Needs no sign-in</source>
        <translation>サインイン不要</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>誰もサインインしていません</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>サインイン済み</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>%1 としてサインインしました</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>応答あり</translation>
    </message>
    <message>
        <source>Answers with trouble</source>
        <translation>応答あり、問題あり</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>応答なし</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>まだ使われていません</translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <comment>tools that are new or have changed</comment>
        <translation>
            <numerusform>確認が必要なもの %n 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n 個のツール</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionState</name>
    <message>
        <source>Active</source>
        <translation>有効</translation>
    </message>
    <message>
        <source>Refreshing</source>
        <translation>更新中</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>再サインインが必要</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>ロック中</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>無効</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>期限切れ</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>Another provider or server...</source>
        <translation>別のプロバイダーまたはサーバー...</translation>
    </message>
    <message>
        <source>Choose a provider or server...</source>
        <translation>プロバイダーまたはサーバーを選択...</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>know who you are</source>
        <translation>あなたが誰かを知る</translation>
    </message>
    <message>
        <source>see your name and picture</source>
        <translation>名前と写真を見る</translation>
    </message>
    <message>
        <source>see your e-mail address</source>
        <translation>メールアドレスを見る</translation>
    </message>
    <message>
        <source>stay signed in while you are away</source>
        <translation>離席中もサインインしたままにする</translation>
    </message>
    <message>
        <source>read and change all your repositories</source>
        <translation>すべてのリポジトリを読み書きする</translation>
    </message>
    <message>
        <source>change your public repositories</source>
        <translation>公開リポジトリを変更する</translation>
    </message>
    <message>
        <source>read your profile</source>
        <translation>プロフィールを読む</translation>
    </message>
    <message>
        <source>see your e-mail addresses</source>
        <translation>メールアドレスの一覧を見る</translation>
    </message>
    <message>
        <source>see your organisations and teams</source>
        <translation>組織とチームを見る</translation>
    </message>
    <message>
        <source>write gists</source>
        <translation>Gist を書く</translation>
    </message>
    <message>
        <source>change workflows</source>
        <translation>ワークフローを変更する</translation>
    </message>
    <message>
        <source>read your mail</source>
        <translation>メールを読む</translation>
    </message>
    <message>
        <source>read your files</source>
        <translation>ファイルを読む</translation>
    </message>
    <message>
        <source>read your calendars</source>
        <translation>カレンダーを読む</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 時間</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 日</numerusform>
        </translation>
    </message>
    <message>
        <source>expired</source>
        <translation>期限切れ</translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>a time from now</comment>
        <translation>%1後</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>たった今</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <comment>a time before now</comment>
        <translation>%1前</translation>
    </message>
    <message>
        <source>The broker cannot be reached.</source>
        <translation>ブローカーに接続できません。</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>時間内に応答がありませんでした。</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>サインインは取り消されました。</translation>
    </message>
    <message>
        <source>This provider is not set up yet.</source>
        <translation>このプロバイダーはまだ設定されていません。</translation>
    </message>
    <message>
        <source>The sign-in has ended.</source>
        <translation>サインインは終了しました。</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>キーチェーンがロックされています。</translation>
    </message>
    <message>
        <source>The keychain cannot be reached.</source>
        <translation>キーチェーンを利用できません。</translation>
    </message>
    <message>
        <source>The provider cannot be reached at the moment.</source>
        <translation>現在プロバイダーに接続できません。</translation>
    </message>
    <message>
        <source>That was asked too often.</source>
        <translation>要求が多すぎました。</translation>
    </message>
    <message>
        <source>Keybearer keeps trying to start it. If this lasts, run &quot;keybearer doctor&quot; in a terminal.</source>
        <translation>Keybearer は起動を試み続けます。続くようなら、端末で「keybearer doctor」を実行してください。</translation>
    </message>
    <message>
        <source>Try again when you are ready.</source>
        <translation>準備ができたらもう一度試してください。</translation>
    </message>
    <message>
        <source>Register an application with the provider, and enter its client id in config.yaml.</source>
        <translation>プロバイダーでアプリケーションを登録し、クライアント ID を config.yaml に記入してください。</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>もう一度サインインしてください。</translation>
    </message>
    <message>
        <source>Unlock the keychain of your desktop, then try again.</source>
        <translation>デスクトップのキーチェーンのロックを解除してから、もう一度試してください。</translation>
    </message>
    <message>
        <source>Start the keychain of your desktop, then try again.</source>
        <translation>デスクトップのキーチェーンを起動してから、もう一度試してください。</translation>
    </message>
    <message>
        <source>Nothing is lost. Check the network, and try again in a while.</source>
        <translation>何も失われていません。ネットワークを確認し、しばらくしてからもう一度試してください。</translation>
    </message>
    <message>
        <source>Wait a minute, then try again.</source>
        <translation>1 分待ってから、もう一度試してください。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>started for this by &quot;keybearer run&quot;</source>
        <translation>「keybearer run」がこのために起動したもの</translation>
    </message>
    <message>
        <source>a sandboxed application</source>
        <translation>サンドボックス内のアプリケーション</translation>
    </message>
    <message>
        <source>a program that only the administrator can replace</source>
        <translation>管理者だけが置き換えられるプログラム</translation>
    </message>
    <message>
        <source>a script, by its file and where it runs</source>
        <translation>スクリプト（ファイルと実行場所による）</translation>
    </message>
    <message>
        <source>not for certain: your own programs could replace or imitate it</source>
        <translation>確実ではありません。あなたのプログラムが置き換えたり装ったりできます</translation>
    </message>
    <message>
        <source>not at all: it runs outside of this system</source>
        <translation>まったく不明です。このシステムの外で動いています</translation>
    </message>
    <message>
        <source>The program is another one</source>
        <translation>プログラムが別のものです</translation>
    </message>
    <message>
        <source>The script is another one</source>
        <translation>スクリプトが別のものです</translation>
    </message>
    <message>
        <source>Somebody else may replace it</source>
        <translation>他の人が置き換えられる可能性があります</translation>
    </message>
    <message>
        <source>It is known in another way</source>
        <translation>識別の方法が変わりました</translation>
    </message>
    <message>
        <source>It runs in another directory</source>
        <translation>別のディレクトリで動いています</translation>
    </message>
    <message>
        <source>Somebody else has signed it</source>
        <translation>署名した人が変わりました</translation>
    </message>
    <message>
        <source>It would have other access</source>
        <translation>得られるアクセスが変わります</translation>
    </message>
    <message>
        <source>before: %1
now: %2</source>
        <comment>a fact&apos;s old value, its new one</comment>
        <translation>以前: %1
現在: %2</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFilterBar</name>
    <message>
        <source>Clear &amp;filters</source>
        <translation>絞り込みを解除(&amp;F)</translation>
    </message>
    <message>
        <source>Kind of row</source>
        <translation>行の種類</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>プロバイダー</translation>
    </message>
    <message>
        <source>Span of time</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>Program, by its path or the name of its file</source>
        <translation>プログラム（パスまたはファイル名）</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>The path of a program, or the name of its file: node</source>
        <translation>プログラムのパスまたはファイル名: node</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Tokens given</source>
        <translation>発行したトークン</translation>
    </message>
    <message>
        <source>Tokens refused</source>
        <translation>拒否したトークン</translation>
    </message>
    <message>
        <source>Kept away by rules</source>
        <translation>規則による拒否</translation>
    </message>
    <message>
        <source>Asked too often</source>
        <translation>要求過多</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>許可</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>API キー</translation>
    </message>
    <message>
        <source>Registered programs</source>
        <translation>登録プログラム</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>MCP サーバー</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>ツール</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>ゲートウェイ</translation>
    </message>
    <message>
        <source>Clients of the gateway</source>
        <translation>ゲートウェイのクライアント</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>ストア</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>ブローカー</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>すべての期間</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>過去 7 日間</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>過去 30 日間</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>すべてのプロバイダー</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFooter</name>
    <message>
        <source>&amp;Verify the log</source>
        <translation>ログを検証(&amp;V)</translation>
    </message>
    <message>
        <source>Every row holds a digest of the one before it: this finds out whether anybody has changed or removed one.</source>
        <translation>各行には前の行の要約値が含まれます。行が変更・削除されていないかを調べます。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported so far.</source>
        <translation>
            <numerusform>これまでに %n 行を書き出しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the log...</source>
        <translation>ログを読み込んでいます...</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found, back to %1.</source>
        <translation>
            <numerusform>%n 行が見つかりました（%1 まで）。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found.</source>
        <translation>
            <numerusform>%n 行が見つかりました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s): all there are.</source>
        <translation>
            <numerusform>%n 行です。これですべてです。</numerusform>
        </translation>
    </message>
    <message>
        <source>Older rows, back to %1.</source>
        <translation>さらに古い行（%1 まで）。</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n row(s), back to %1.</source>
        <translation>
            <numerusform>最新の %n 行（%1 まで）。</numerusform>
        </translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>もう一度(&amp;A)</translation>
    </message>
    <message>
        <source>G&amp;o on with older rows</source>
        <translation>古い行に進む(&amp;O)</translation>
    </message>
    <message>
        <source>Search &amp;older rows</source>
        <translation>古い行を検索(&amp;O)</translation>
    </message>
    <message>
        <source>Cancel &amp;export</source>
        <translation>書き出しを中止(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>書き出し(&amp;E)...</translation>
    </message>
    <message>
        <source>Checking every row of the log...</source>
        <translation>ログのすべての行を調べています...</translation>
    </message>
    <message>
        <source>A key in the store of secrets seals it up to row %1.</source>
        <translation>秘密ストアのキーが %1 行目まで封印しています。</translation>
    </message>
    <message>
        <source>It is not sealed by the store of secrets yet.</source>
        <translation>まだ秘密ストアで封印されていません。</translation>
    </message>
    <message numerus="yes">
        <source>The log is whole: nobody has changed any of its %n row(s).</source>
        <translation>
            <numerusform>ログは完全です。%n 行のどれも変更されていません。</numerusform>
        </translation>
    </message>
    <message>
        <source>The log was changed or damaged.</source>
        <translation>ログが変更されたか、壊れています。</translation>
    </message>
    <message>
        <source>Keep a copy of the state directory, and find out who could write there.</source>
        <translation>状態ディレクトリの写しを取り、誰が書き込めたかを調べてください。</translation>
    </message>
    <message>
        <source>The export was cancelled. No file was left behind.</source>
        <translation>書き出しを中止しました。ファイルは残っていません。</translation>
    </message>
    <message>
        <source>Export the log</source>
        <translation>ログの書き出し</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON 行 (*.jsonl)</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported. Only you can read the file.</source>
        <translation>
            <numerusform>%n 行を書き出しました。ファイルはあなただけが読めます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>何も書き出されませんでした。</translation>
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
        <translation>日時</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>出来事</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Outcome</source>
        <extracomment>heading of a column: Given, Refused, Done ...</extracomment>
        <translation>結果</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityPage</name>
    <message>
        <source>Nothing has happened yet</source>
        <translation>まだ何も起きていません</translation>
    </message>
    <message>
        <source>Every token that is given to a program, every refusal and every change is written down and shown here.</source>
        <translation>プログラムに渡したトークン、拒否、変更はすべて記録され、ここに表示されます。</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>ログの行</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活動</translation>
    </message>
</context>
<context>
    <name>keybearer::AddServiceDialog</name>
    <message>
        <source>Add MCP server</source>
        <translation>MCP サーバーの追加</translation>
    </message>
    <message>
        <source>A server with an address</source>
        <translation>アドレスのあるサーバー</translation>
    </message>
    <message>
        <source>A program of this computer</source>
        <translation>このコンピューターのプログラム</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名前(&amp;N):</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>種類(&amp;K):</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>A&amp;ddress:</source>
        <translation>アドレス(&amp;D):</translation>
    </message>
    <message>
        <source>Where one signs in is found out from the server itself. Sign in afterwards, with the button on the page.</source>
        <translation>サインイン先はサーバー自身から調べます。後でページのボタンからサインインしてください。</translation>
    </message>
    <message>
        <source>&amp;Program:</source>
        <translation>プログラム(&amp;P):</translation>
    </message>
    <message>
        <source>A&amp;rguments, one a line:</source>
        <translation>引数（1 行に 1 つ）(&amp;R):</translation>
    </message>
    <message>
        <source>Will be run as:</source>
        <translation>実行する内容:</translation>
    </message>
    <message>
        <source>No shell sees these words. The first time that a client uses it, you are asked whether it may be started.</source>
        <translation>シェルは通しません。クライアントが初めて使うとき、起動してよいか尋ねます。</translation>
    </message>
</context>
<context>
    <name>keybearer::AlertStrip</name>
    <message>
        <source>Show &amp;alerts</source>
        <translation>警告を表示(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>%n more since the broker started.</source>
        <translation>
            <numerusform>ブローカーの起動後、ほかに %n 件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Alerts: %1</source>
        <translation>警告: %1</translation>
    </message>
</context>
<context>
    <name>keybearer::AuditRowDialog</name>
    <message>
        <source>Row %1 of the log</source>
        <translation>ログの %1 行目</translation>
    </message>
    <message>
        <source>The row as it stands in the log</source>
        <translation>ログにあるとおりの行</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>What:</source>
        <translation>内容:</translation>
    </message>
    <message>
        <source>When:</source>
        <translation>日時:</translation>
    </message>
    <message>
        <source>Outcome:</source>
        <translation>結果:</translation>
    </message>
    <message>
        <source>Why:</source>
        <translation>理由:</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>プログラム:</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>スクリプト:</translation>
    </message>
    <message>
        <source>Tool:</source>
        <translation>ツール:</translation>
    </message>
    <message>
        <source>Registered program:</source>
        <translation>登録プログラム:</translation>
    </message>
</context>
<context>
    <name>keybearer::BrokerMirror</name>
    <message>
        <source>No connection to the broker</source>
        <translation>ブローカーに接続していません</translation>
    </message>
    <message>
        <source>Connecting to the broker...</source>
        <translation>ブローカーに接続しています...</translation>
    </message>
    <message>
        <source>The store is locked</source>
        <translation>ストアはロックされています</translation>
    </message>
    <message>
        <source>The keychain is locked</source>
        <translation>キーチェーンはロックされています</translation>
    </message>
    <message>
        <source>The store cannot be used</source>
        <translation>ストアを使えません</translation>
    </message>
    <message>
        <source>The keychain cannot be reached</source>
        <translation>キーチェーンを利用できません</translation>
    </message>
    <message>
        <source>Sharing is paused until %1</source>
        <comment>a time of day</comment>
        <translation>%1 まで共有を停止しています</translation>
    </message>
    <message>
        <source>Sharing is paused</source>
        <translation>共有を停止しています</translation>
    </message>
    <message numerus="yes">
        <source>%n program(s) waiting for your answer</source>
        <translation>
            <numerusform>%n 個のプログラムが回答を待っています</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) need you to sign in again</source>
        <translation>
            <numerusform>%n 個のセッションで再サインインが必要です</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) hidden until you approve them</source>
        <translation>
            <numerusform>%n 個のツールが承認待ちで非表示です</numerusform>
        </translation>
    </message>
    <message>
        <source>The broker reports a problem</source>
        <translation>ブローカーが問題を報告しています</translation>
    </message>
    <message>
        <source>Not signed in anywhere yet</source>
        <translation>まだどこにもサインインしていません</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) ready</source>
        <translation>
            <numerusform>%n 個のセッションが使えます</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::BrokerSection</name>
    <message>
        <source>Broker</source>
        <translation>ブローカー</translation>
    </message>
    <message>
        <source>&amp;Open the gateway when the broker starts</source>
        <translation>ブローカーの起動時にゲートウェイを開く(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Restart the broker</source>
        <translation>ブローカーを再起動(&amp;R)</translation>
    </message>
    <message>
        <source>Open config.&amp;yaml</source>
        <translation>config.yaml を開く(&amp;Y)</translation>
    </message>
    <message>
        <source>Ask me about every new program</source>
        <translation>新しいプログラムごとに尋ねる</translation>
    </message>
    <message>
        <source>Only programs that were approved before</source>
        <translation>以前に許可したプログラムだけ</translation>
    </message>
    <message>
        <source>Every program of mine, unasked</source>
        <translation>自分のすべてのプログラム（尋ねない）</translation>
    </message>
    <message>
        <source>Who gets &amp;access:</source>
        <translation>アクセスできるもの(&amp;A):</translation>
    </message>
    <message>
        <source>&amp;Port of the gateway:</source>
        <translation>ゲートウェイのポート(&amp;P):</translation>
    </message>
    <message>
        <source>chosen by itself</source>
        <comment>a port</comment>
        <translation>自動選択</translation>
    </message>
    <message>
        <source>Seconds that a call &amp;waits for a sign-in:</source>
        <translation>呼び出しがサインインを待つ秒数(&amp;W):</translation>
    </message>
    <message>
        <source>Seconds before its end in which a token is re&amp;newed:</source>
        <translation>期限の何秒前にトークンを更新するか(&amp;N):</translation>
    </message>
    <message>
        <source>&amp;Days for which the audit log is kept:</source>
        <translation>監査ログの保存日数(&amp;D):</translation>
    </message>
    <message>
        <source>The broker would not start with this file. %1</source>
        <comment>what is wrong with it</comment>
        <translation>このファイルではブローカーが起動しません。%1</translation>
    </message>
    <message>
        <source>%1 cannot be written, so nothing can be changed here.</source>
        <comment>a file</comment>
        <translation>%1 に書き込めないため、ここでは何も変更できません。</translation>
    </message>
    <message>
        <source>Every program that runs as you gets every token, and nobody is asked. Malware too. Only for machines where nothing else runs.</source>
        <translation>あなたとして動くすべてのプログラムがすべてのトークンを取得し、誰にも尋ねません。マルウェアも同じです。ほかに何も動いていないコンピューター専用です。</translation>
    </message>
    <message>
        <source>A program that was never allowed is refused, and you are not asked.</source>
        <translation>許可したことのないプログラムは拒否され、あなたには尋ねません。</translation>
    </message>
    <message>
        <source>A program gets nothing until you have said yes. You choose for how long.</source>
        <translation>許可するまで、プログラムは何も得られません。期間はあなたが選びます。</translation>
    </message>
    <message>
        <source>Give access unasked</source>
        <translation>尋ねずにアクセスを与える</translation>
    </message>
    <message>
        <source>Should every program get every token, unasked?</source>
        <translation>すべてのプログラムに、尋ねずにすべてのトークンを渡しますか?</translation>
    </message>
    <message>
        <source>This counts for all programs that run as you, now and later.</source>
        <translation>今も今後も、あなたとして動くすべてのプログラムに当てはまります。</translation>
    </message>
    <message>
        <source>Give access &amp;unasked</source>
        <translation>尋ねずにアクセスを与える(&amp;U)</translation>
    </message>
    <message>
        <source>Nothing was changed. %1</source>
        <comment>why</comment>
        <translation>何も変更しませんでした。%1</translation>
    </message>
    <message>
        <source>It was changed in the file, but the environment variable %1 wins over the file.</source>
        <translation>ファイルは変更しましたが、環境変数 %1 がファイルより優先されます。</translation>
    </message>
    <message>
        <source>Changed. The broker uses it when it starts anew.</source>
        <translation>変更しました。ブローカーの再起動後に使われます。</translation>
    </message>
    <message>
        <source>The broker starts anew...</source>
        <translation>ブローカーを再起動しています...</translation>
    </message>
    <message>
        <source>The broker has started anew.</source>
        <translation>ブローカーを再起動しました。</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientIdForm</name>
    <message>
        <source>&amp;Open the page</source>
        <translation>ページを開く(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>Set up and &amp;sign in</source>
        <translation>設定してサインイン(&amp;S)</translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation>%1 の設定</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <extracomment>a numbered step: &quot;1. Open the page ...&quot;</extracomment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1 wants to know Keybearer before you can sign in</source>
        <translation>サインインの前に、%1 に Keybearer を登録する必要があります</translation>
    </message>
    <message>
        <source>This is done once. Whoever runs the account there can do it, mostly you.</source>
        <translation>これは一度だけです。そこのアカウントを管理している人が行えます。たいていはあなたです。</translation>
    </message>
    <message>
        <source>Open the page where %1 registers applications, and make a new one there.</source>
        <translation>%1 のアプリケーション登録ページを開き、新しく作成してください。</translation>
    </message>
    <message>
        <source>Where it asks for a redirect or callback address, enter this one:</source>
        <translation>リダイレクトまたはコールバックのアドレスを求められたら、これを入力してください:</translation>
    </message>
    <message>
        <source>Copy what %1 shows then into these fields:</source>
        <translation>その後 %1 に表示されるものを、次の欄にコピーしてください:</translation>
    </message>
    <message>
        <source>No browser could be started. The page is %1.</source>
        <translation>ブラウザーを開けませんでした。ページは %1 です。</translation>
    </message>
    <message>
        <source>Redirect address to enter there</source>
        <translation>そこに入力するリダイレクトアドレス</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
    <message>
        <source>&amp;Domain:</source>
        <translation>ドメイン(&amp;D):</translation>
    </message>
    <message>
        <source>Client s&amp;ecret:</source>
        <translation>クライアントシークレット(&amp;E):</translation>
    </message>
    <message>
        <source>Client &amp;ID:</source>
        <translation>クライアント ID(&amp;I):</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Only if you were given one</source>
        <translation>渡された場合だけ</translation>
    </message>
    <message>
        <source>A client ID has no spaces and no special letters.</source>
        <translation>クライアント ID に空白や特殊な文字は含まれません。</translation>
    </message>
    <message>
        <source>This is the redirect address, not the client ID.</source>
        <translation>これはリダイレクトアドレスで、クライアント ID ではありません。</translation>
    </message>
    <message>
        <source>This is no client secret: it has characters that none has.</source>
        <translation>これはクライアントシークレットではありません。含まれるはずのない文字があります。</translation>
    </message>
    <message>
        <source>Client ID and client secret are not the same thing.</source>
        <translation>クライアント ID とクライアントシークレットは別のものです。</translation>
    </message>
    <message>
        <source>Writing it to the configuration...</source>
        <translation>設定に書き込んでいます...</translation>
    </message>
    <message>
        <source>The broker is reading it...</source>
        <translation>ブローカーが読み込んでいます...</translation>
    </message>
    <message>
        <source>Checking whether a sign-in could work...</source>
        <translation>サインインできるか確認しています...</translation>
    </message>
    <message>
        <source>&amp;Sign in anyway</source>
        <translation>それでもサインイン(&amp;S)</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientModel</name>
    <message>
        <source>gets tokens</source>
        <comment>role of a client</comment>
        <translation>トークンを取得する</translation>
    </message>
    <message>
        <source>looks at everything, gets no token</source>
        <comment>role of a client</comment>
        <translation>すべてを見るが、トークンは取得しない</translation>
    </message>
    <message>
        <source>manages sessions as you do</source>
        <comment>role of a client</comment>
        <translation>あなたと同じようにセッションを管理する</translation>
    </message>
    <message>
        <source>may do everything</source>
        <comment>role of a client</comment>
        <translation>すべてできる</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>まだなし</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>クライアント</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>使えるもの</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最終使用</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientsPage</name>
    <message>
        <source>Add &amp;client key...</source>
        <translation>クライアントキーを追加(&amp;C)...</translation>
    </message>
    <message>
        <source>Client keys</source>
        <translation>クライアントキー</translation>
    </message>
    <message>
        <source>Details of the client</source>
        <translation>クライアントの詳細</translation>
    </message>
    <message>
        <source>No client keys</source>
        <translation>クライアントキーはありません</translation>
    </message>
    <message>
        <source>A program that runs where nobody can be asked, as on a server or in a container, can have a key of its own, and gets exactly what you list for it.</source>
        <translation>サーバーやコンテナーなど、尋ねる相手のいない所で動くプログラムには専用のキーを与えられ、列挙したものだけを得ます。</translation>
    </message>
    <message>
        <source>&amp;New key...</source>
        <translation>新しいキー(&amp;N)...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>削除(&amp;V)...</translation>
    </message>
    <message>
        <source>Show &amp;services</source>
        <translation>サービスを表示(&amp;S)</translation>
    </message>
    <message>
        <source>Connected programs</source>
        <translation>接続中のプログラム</translation>
    </message>
    <message>
        <source>Details of the program</source>
        <translation>プログラムの詳細</translation>
    </message>
    <message>
        <source>Nothing is connected</source>
        <translation>接続中のものはありません</translation>
    </message>
    <message>
        <source>Programs that &quot;keybearer run&quot; has started, and MCP clients that use the gateway, are listed here. How to connect a client stands on the page of the services.</source>
        <translation>「keybearer run」が起動したプログラムと、ゲートウェイを使う MCP クライアントがここに並びます。クライアントの接続方法は「サービス」のページにあります。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>part of a page, how many</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Permissions</source>
        <translation>許可(&amp;P)</translation>
    </message>
    <message>
        <source>Client &amp;keys</source>
        <translation>クライアントキー(&amp;K)</translation>
    </message>
    <message>
        <source>Conn&amp;ected</source>
        <translation>接続中(&amp;E)</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>a client key</comment>
        <translation>有効にする(&amp;O)</translation>
    </message>
    <message>
        <source>Switch o&amp;ff</source>
        <comment>a client key</comment>
        <translation>無効にする(&amp;F)</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>行を選択すると、すべての情報を表示します。</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>使えるもの</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>まだなし</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>役割</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Key ends in</source>
        <translation>キーの末尾</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>Old key works until</source>
        <translation>古いキーの有効期限</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>作成</translation>
    </message>
    <message>
        <source>Key replaced</source>
        <translation>キーの交換</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最終使用</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n connection(s) in all</source>
        <comment>when</comment>
        <translation>
            <numerusform>%1、接続は計 %n 回</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>クライアント ID</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>プロセス</translation>
    </message>
    <message>
        <source>what the run profile %1 lists in config.yaml</source>
        <translation>config.yaml の実行プロファイル %1 にあるもの</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>識別の根拠</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>when the program ends</source>
        <translation>プログラムの終了時</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>名乗っている名前</translation>
    </message>
    <message>
        <source>For the service</source>
        <translation>対象サービス</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>使えるもの</translation>
    </message>
    <message>
        <source>Its answers go to</source>
        <translation>応答の送り先</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>登録</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>プログラム</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectPanel</name>
    <message>
        <source>Cop&amp;y</source>
        <translation>コピー(&amp;Y)</translation>
    </message>
    <message>
        <source>through a program</source>
        <translation>プログラム経由</translation>
    </message>
    <message>
        <source>through the gateway&apos;s address</source>
        <translation>ゲートウェイのアドレス経由</translation>
    </message>
    <message>
        <source>What to paste into the client</source>
        <translation>クライアントに貼り付けるもの</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <extracomment>followed by the name of a program: Claude Code</extracomment>
        <translation>接続(&amp;C)</translation>
    </message>
    <message>
        <source>Way of the connection</source>
        <translation>接続の方法</translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>上で MCP サーバーを選択してください。</translation>
    </message>
    <message>
        <source>%1 takes no address in its settings. Connect it through a program.</source>
        <translation>%1 の設定にはアドレスを書けません。プログラム経由で接続してください。</translation>
    </message>
    <message>
        <source>Open the gateway first: then the server has an address.</source>
        <translation>先にゲートウェイを開いてください。するとサーバーにアドレスができます。</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectedModel</name>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>「%1」</translation>
    </message>
    <message>
        <source>started by &quot;keybearer run&quot;</source>
        <translation>「keybearer run」が起動</translation>
    </message>
    <message>
        <source>MCP client, connected</source>
        <translation>MCP クライアント、接続中</translation>
    </message>
    <message>
        <source>MCP client, not connected</source>
        <translation>MCP クライアント、未接続</translation>
    </message>
    <message>
        <source>what the profile %1 lists</source>
        <translation>プロファイル %1 にあるもの</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>まだなし</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>使えるもの</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>開始</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentDetails</name>
    <message>
        <source>could not be read</source>
        <translation>読み取れませんでした</translation>
    </message>
    <message>
        <source>%1 (process %2)</source>
        <translation>%1（プロセス %2）</translation>
    </message>
    <message>
        <source>The programs that started it, the first one on top</source>
        <translation>起動したプログラム（最初のものが一番上）</translation>
    </message>
    <message>
        <source>It holds what Keybearer gave to the command that it started.</source>
        <translation>Keybearer が起動したコマンドに渡したものを持っています。</translation>
    </message>
    <message>
        <source>A sandbox says which application it is, and the application cannot change that.</source>
        <translation>どのアプリケーションかをサンドボックスが示し、アプリケーション自身は変えられません。</translation>
    </message>
    <message>
        <source>Its file and the directories above it belong to the administrator.</source>
        <translation>ファイルと上位のディレクトリは管理者のものです。</translation>
    </message>
    <message>
        <source>The program only runs a script, so the script&apos;s file, content and directory count.</source>
        <translation>プログラムはスクリプトを実行するだけなので、スクリプトのファイル、内容、ディレクトリで判断します。</translation>
    </message>
    <message>
        <source>Its file belongs to you, so any program of yours could have changed it.</source>
        <translation>ファイルはあなたのものなので、あなたのどのプログラムでも変更できた可能性があります。</translation>
    </message>
    <message>
        <source>It comes from another machine or a container, where nothing can be measured.</source>
        <translation>別のコンピューターかコンテナーから来ており、何も測れません。</translation>
    </message>
    <message>
        <source>User:</source>
        <translation>ユーザー:</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>プログラム:</translation>
    </message>
    <message>
        <source>Its SHA-256:</source>
        <translation>SHA-256:</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>スクリプト:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>ディレクトリ:</translation>
    </message>
    <message>
        <source>Replaceable by:</source>
        <translation>置き換えられるのは:</translation>
    </message>
    <message>
        <source>the administrator alone</source>
        <translation>管理者だけ</translation>
    </message>
    <message>
        <source>any program of yours</source>
        <translation>あなたのどのプログラムでも</translation>
    </message>
    <message>
        <source>Terminal:</source>
        <translation>端末:</translation>
    </message>
    <message>
        <source>Unit:</source>
        <translation>ユニット:</translation>
    </message>
    <message>
        <source>Signed by:</source>
        <translation>署名:</translation>
    </message>
    <message>
        <source>Recognised:</source>
        <translation>識別:</translation>
    </message>
    <message>
        <source>%1 (class %2). %3</source>
        <comment>how well a program is known, a letter, why</comment>
        <translation>%1（クラス %2）。%3</translation>
    </message>
    <message>
        <source>D&amp;etails</source>
        <translation>詳細(&amp;E)</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>起動元:</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentModel</name>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>「%1」</translation>
    </message>
    <message>
        <source>a moment from now</source>
        <translation>まもなく</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>run profile %1</source>
        <translation>実行プロファイル %1</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>the program ends</source>
        <translation>プログラムの終了まで</translation>
    </message>
    <message>
        <source>you take it back</source>
        <translation>取り消すまで</translation>
    </message>
    <message>
        <source>set in config.yaml</source>
        <translation>config.yaml で設定</translation>
    </message>
    <message>
        <source>Recognised as: %1</source>
        <translation>識別の根拠: %1</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>%1 にシステムが更新しました。許可した内容は保持されます。</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>%n 回使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>起動元</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>できること</translation>
    </message>
    <message>
        <source>Allowed until</source>
        <translation>許可の期限</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最終使用</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentPrompt</name>
    <message>
        <source>do everything this sign-in allows</source>
        <translation>このサインインで可能なすべてのこと</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>and %1 more that find no room here</source>
        <translation>ほか %1 件（ここには表示しきれません）</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>account, provider</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>the key itself, as it is, until you change it there</source>
        <translation>キーそのもの（あちらで変更するまで有効）</translation>
    </message>
    <message>
        <source>only the server&apos;s answers; the access itself stays with Keybearer</source>
        <translation>サーバーの応答だけ。アクセス権は Keybearer に残ります</translation>
    </message>
    <message>
        <source>the access itself: until it expires, nobody sees what is done with it</source>
        <translation>アクセス権そのもの。期限まで、何に使われるかは誰にも見えません</translation>
    </message>
    <message>
        <source>This host is %1: a name written with letters of different alphabets.</source>
        <translation>このホストは %1 です。異なる文字体系の文字で書かれた名前です。</translation>
    </message>
    <message>
        <source>This host is %1.</source>
        <translation>このホストは %1 です。</translation>
    </message>
    <message>
        <source>Changed:</source>
        <translation>変更点:</translation>
    </message>
    <message>
        <source>Beware:</source>
        <translation>注意:</translation>
    </message>
    <message>
        <source>Answers to:</source>
        <translation>応答の送り先:</translation>
    </message>
    <message>
        <source>Server:</source>
        <translation>サーバー:</translation>
    </message>
    <message>
        <source>Account:</source>
        <translation>アカウント:</translation>
    </message>
    <message>
        <source>the one that you sign in with</source>
        <translation>あなたがサインインに使うもの</translation>
    </message>
    <message>
        <source>It could:</source>
        <translation>できること:</translation>
    </message>
    <message>
        <source>Allow it only if you have just begun this in that program.</source>
        <translation>そのプログラムで今この操作を始めた場合にだけ許可してください。</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>プログラム:</translation>
    </message>
    <message>
        <source>could not be determined (process %1)</source>
        <translation>特定できません（プロセス %1）</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>スクリプト:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>ディレクトリ:</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>起動元:</translation>
    </message>
    <message>
        <source>Runs in:</source>
        <translation>実行環境:</translation>
    </message>
    <message>
        <source>Recognised as:</source>
        <translation>識別の根拠:</translation>
    </message>
    <message>
        <source>Sign in at:</source>
        <translation>サインイン先:</translation>
    </message>
    <message>
        <source>It gets:</source>
        <translation>得られるもの:</translation>
    </message>
    <message>
        <source>It could use:</source>
        <translation>使えるもの:</translation>
    </message>
    <message>
        <source>In the program&apos;s own words, not verified:</source>
        <translation>プログラム自身の申告（未確認）:</translation>
    </message>
    <message>
        <source>It calls itself “%1”.</source>
        <translation>「%1」と名乗っています。</translation>
    </message>
    <message>
        <source>This name mixes letters of different alphabets.</source>
        <translation>この名前には異なる文字体系の文字が混ざっています。</translation>
    </message>
    <message>
        <source>Its reason: “%1”</source>
        <translation>理由:「%1」</translation>
    </message>
    <message>
        <source>Start this command with the run profile “%1”?</source>
        <translation>このコマンドを実行プロファイル「%1」で起動しますか?</translation>
    </message>
    <message>
        <source>A client that calls itself “%1” wants to connect to %2 through Keybearer</source>
        <translation>「%1」と名乗るクライアントが Keybearer 経由で %2 に接続しようとしています</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>不明なプログラム</translation>
    </message>
    <message>
        <source>%1 wants to use %2 and needs you to sign in there</source>
        <translation>%1 が %2 を使うため、サインインを求めています</translation>
    </message>
    <message>
        <source>%1 wants to send requests to %2 with your sign-in</source>
        <translation>%1 があなたのサインインで %2 に要求を送ろうとしています</translation>
    </message>
    <message>
        <source>%1 wants to have your API key “%2”</source>
        <translation>%1 が API キー「%2」を求めています</translation>
    </message>
    <message>
        <source>%1 wants to have access to the server %2</source>
        <translation>%1 がサーバー %2 へのアクセスを求めています</translation>
    </message>
    <message>
        <source>%1 wants to use your %2 account</source>
        <translation>%1 があなたの %2 アカウントを使おうとしています</translation>
    </message>
    <message>
        <source>A command asks for access</source>
        <translation>コマンドがアクセスを求めています</translation>
    </message>
    <message>
        <source>A program asks for access</source>
        <translation>プログラムがアクセスを求めています</translation>
    </message>
    <message>
        <source>There is more to read: scroll down before you allow this.</source>
        <translation>続きがあります。許可する前に下までスクロールしてください。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which one of several questions</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Deny &amp;all of it (%1)</source>
        <comment>requests of one program</comment>
        <translation>すべて拒否 (%1)(&amp;A)</translation>
    </message>
    <message>
        <source>The time for an answer is over: it is denied.</source>
        <translation>回答の時間が過ぎたため、拒否されました。</translation>
    </message>
    <message>
        <source>Without an answer it is denied in %1.</source>
        <extracomment>%1 is a time as minutes and seconds: 1:40</extracomment>
        <translation>回答がなければ %1 後に拒否されます。</translation>
    </message>
    <message>
        <source>What is known of the program, and what it would get</source>
        <translation>プログラムについて分かっていることと、得られるもの</translation>
    </message>
    <message>
        <source>Allow this one start.</source>
        <translation>この 1 回の起動を許可します。</translation>
    </message>
    <message>
        <source>Allow this one request.</source>
        <translation>この 1 回の要求を許可します。</translation>
    </message>
    <message>
        <source>Allow until the program ends this conversation.</source>
        <translation>プログラムがこの会話を終えるまで許可します。</translation>
    </message>
    <message>
        <source>Allow it until the command ends, or you take it back.</source>
        <translation>コマンドが終わるか、取り消すまで許可します。</translation>
    </message>
    <message>
        <source>Allow until the program ends, is not used for ten minutes, or the screen is locked.</source>
        <translation>プログラムの終了、10 分間の未使用、または画面のロックまで許可します。</translation>
    </message>
    <message>
        <source>Allow this command for 30 days, until anything of it changes.</source>
        <translation>このコマンドを、内容が変わらない限り 30 日間許可します。</translation>
    </message>
    <message>
        <source>Allow for 30 days, or until you take it back.</source>
        <translation>30 日間、または取り消すまで許可します。</translation>
    </message>
    <message>
        <source>&amp;Once</source>
        <translation>1 回(&amp;O)</translation>
    </message>
    <message>
        <source>This r&amp;un</source>
        <translation>この実行(&amp;U)</translation>
    </message>
    <message>
        <source>This &amp;session</source>
        <translation>このセッション(&amp;S)</translation>
    </message>
    <message>
        <source>Until take&amp;n back</source>
        <translation>取り消すまで(&amp;N)</translation>
    </message>
    <message>
        <source>Allow until you take it back.</source>
        <translation>取り消すまで許可します。</translation>
    </message>
    <message>
        <source>30 da&amp;ys</source>
        <translation>30 日間(&amp;Y)</translation>
    </message>
    <message>
        <source>Allow:</source>
        <translation>許可:</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>拒否(&amp;D)</translation>
    </message>
    <message>
        <source>Deny everything that this program asks for now.</source>
        <translation>このプログラムが今求めているものをすべて拒否します。</translation>
    </message>
    <message>
        <source>In a moment. %1</source>
        <translation>少々お待ちください。%1</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentQueue</name>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>回答がブローカーに届きませんでした</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentsPart</name>
    <message>
        <source>Permissions</source>
        <translation>許可</translation>
    </message>
    <message>
        <source>Details of the permission</source>
        <translation>許可の詳細</translation>
    </message>
    <message>
        <source>No program is allowed yet</source>
        <translation>許可したプログラムはまだありません</translation>
    </message>
    <message>
        <source>When a program asks for one of your accounts, you decide. What you allow for longer than once is listed here, and can be taken back at any time.</source>
        <translation>プログラムがアカウントを求めたとき、あなたが決めます。1 回より長く許可したものがここに並び、いつでも取り消せます。</translation>
    </message>
    <message>
        <source>Take back &amp;all of this program...</source>
        <translation>このプログラムの許可をすべて取り消す(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Take back...</source>
        <translation>取り消す(&amp;T)...</translation>
    </message>
    <message>
        <source>Its file is the same to the last byte as when you allowed it (SHA-256 %1...).</source>
        <translation>ファイルは許可したときと完全に同じです（SHA-256 %1...）。</translation>
    </message>
    <message>
        <source>Only the administrator can replace that file.</source>
        <translation>このファイルは管理者だけが置き換えられます。</translation>
    </message>
    <message>
        <source>Signed by %1.</source>
        <translation>%1 が署名しています。</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>%1 にシステムが更新しました。許可した内容は保持されます。</translation>
    </message>
    <message>
        <source>It stands in config.yaml, and is taken back there.</source>
        <translation>config.yaml にあり、取り消しもそこで行います。</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>行を選択すると、すべての情報を表示します。</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>%n 回使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>スクリプト</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>名乗っている名前</translation>
    </message>
    <message>
        <source>Runs in</source>
        <translation>実行環境</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>起動元</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>識別の根拠</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>使えるもの</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>できること</translation>
    </message>
    <message>
        <source>At the server</source>
        <translation>対象サーバー</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>許可した日時</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>in words, exactly</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最終使用</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>when, how often</comment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>なし</translation>
    </message>
</context>
<context>
    <name>keybearer::DelayedActs</name>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Undone</source>
        <comment>an action was taken back</comment>
        <translation>元に戻しました</translation>
    </message>
</context>
<context>
    <name>keybearer::DesktopNotifications</name>
    <message>
        <source>Show</source>
        <comment>a notification&apos;s button</comment>
        <translation>表示</translation>
    </message>
</context>
<context>
    <name>keybearer::DevicePanel</name>
    <message>
        <source>QR code of the address</source>
        <translation>アドレスの QR コード</translation>
    </message>
    <message>
        <source>On any device, open %1 and enter this code:</source>
        <translation>どの端末でもよいので %1 を開き、このコードを入力してください:</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>コード %1</translation>
    </message>
    <message>
        <source>Only go on if you started this sign-in yourself, and only at %1. Whoever sends you such a code wants to be signed in as you.</source>
        <translation>自分で始めたサインインの場合だけ、%1 でのみ続けてください。このようなコードを送ってくる人は、あなたになりすましてサインインしようとしています。</translation>
    </message>
    <message>
        <source>The code has expired.</source>
        <translation>コードの期限が切れました。</translation>
    </message>
    <message>
        <source>%1:%2 left</source>
        <translation>残り %1:%2</translation>
    </message>
</context>
<context>
    <name>keybearer::DonePage</name>
    <message>
        <source>Keybearer is set up</source>
        <translation>Keybearer の設定が終わりました</translation>
    </message>
    <message>
        <source>When a program wants an account, you are asked once: what it is, which account, and for how long.</source>
        <translation>プログラムがアカウントを必要とするとき、どのプログラムか、どのアカウントか、どのくらいの期間かを一度だけ尋ねます。</translation>
    </message>
    <message>
        <source>The key in the panel shows how things stand. You find everything there, also how to take a permission back.</source>
        <translation>パネルの鍵が状態を示します。許可の取り消しを含め、すべてそこにあります。</translation>
    </message>
    <message>
        <source>&amp;Open the main window</source>
        <translation>メインウィンドウを開く(&amp;O)</translation>
    </message>
    <message>
        <source>No settings of MCP clients were changed.</source>
        <translation>MCP クライアントの設定は変更していません。</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) of your MCP clients use Keybearer now.</source>
        <translation>
            <numerusform>MCP クライアントの %n 個のサーバーが Keybearer を使うようになりました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is signed in yet. Sign in from the icon in the panel, or wait until a program asks.</source>
        <translation>まだ誰もサインインしていません。パネルのアイコンからサインインするか、プログラムの要求を待ってください。</translation>
    </message>
    <message numerus="yes">
        <source>You are signed in to %n service(s).</source>
        <translation>
            <numerusform>%n 個のサービスにサインインしています。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完了(&amp;D)</translation>
    </message>
</context>
<context>
    <name>keybearer::EventNotices</name>
    <message>
        <source>Show details</source>
        <translation>詳細を表示</translation>
    </message>
    <message>
        <source>A tool has changed</source>
        <translation>ツールが変更されました</translation>
    </message>
    <message>
        <source>See what is different</source>
        <translation>相違点を見る</translation>
    </message>
    <message>
        <source>%1 needs you to sign in again</source>
        <comment>a provider</comment>
        <translation>%1 で再サインインが必要です</translation>
    </message>
    <message>
        <source>Until then programs get nothing from it.</source>
        <translation>それまでプログラムはここから何も得られません。</translation>
    </message>
    <message>
        <source>The session of %1 has ended. Until you sign in again programs get nothing from it.</source>
        <translation>%1 のセッションが終了しました。再サインインするまで、プログラムはここから何も得られません。</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>再サインイン</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>あるプログラム</translation>
    </message>
    <message>
        <source>%1 asks for access</source>
        <comment>a program</comment>
        <translation>%1 がアクセスを求めています</translation>
    </message>
    <message>
        <source>It waits for your answer.</source>
        <translation>回答を待っています。</translation>
    </message>
    <message>
        <source>It asks for %1 and waits for your answer.</source>
        <comment>a provider</comment>
        <translation>%1 を求め、回答を待っています。</translation>
    </message>
    <message>
        <source>Answer...</source>
        <translation>回答...</translation>
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
        <translation>正常なものを隠す</translation>
    </message>
    <message numerus="yes">
        <source>Show %n thing(s) that work</source>
        <translation>
            <numerusform>正常な %n 件を表示</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::FormDialog</name>
    <message>
        <source>It &amp;expires on:</source>
        <translation>期限日(&amp;E):</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>期限日</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>キー(&amp;K):</translation>
    </message>
    <message>
        <source>Visible ASCII characters without spaces.</source>
        <translation>空白を含まない、表示できる ASCII 文字。</translation>
    </message>
</context>
<context>
    <name>keybearer::GatewayBar</name>
    <message>
        <source>Copy addr&amp;ess</source>
        <translation>アドレスをコピー(&amp;E)</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>ゲートウェイ</translation>
    </message>
    <message>
        <source>The gateway is open at %1. Clients that take an address reach every MCP server there.</source>
        <translation>ゲートウェイは %1 で開いています。アドレスを使うクライアントは、そこからすべての MCP サーバーに接続できます。</translation>
    </message>
    <message>
        <source>The gateway is closed. Open it for clients that take an address instead of a program.</source>
        <translation>ゲートウェイは閉じています。プログラムの代わりにアドレスを使うクライアントのために開いてください。</translation>
    </message>
    <message>
        <source>&amp;Close gateway</source>
        <translation>ゲートウェイを閉じる(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open gateway</source>
        <translation>ゲートウェイを開く(&amp;O)</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) connected</source>
        <translation>
            <numerusform>%n 個のクライアントが接続中</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::HealthPage</name>
    <message>
        <source>&amp;Check again</source>
        <translation>もう一度確認(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>レポートをコピー(&amp;R)</translation>
    </message>
    <message>
        <source>For a report of a fault: without tokens and without the names of your accounts.</source>
        <translation>不具合の報告用です。トークンやアカウント名は含みません。</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>確認中</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>確認結果</translation>
    </message>
    <message>
        <source>The check did not run.</source>
        <translation>確認を実行できませんでした。</translation>
    </message>
    <message>
        <source>Checking. Each provider is asked, which can take a while...</source>
        <translation>確認しています。各プロバイダーに問い合わせるため、時間がかかることがあります...</translation>
    </message>
    <message>
        <source>Nothing was checked yet.</source>
        <translation>まだ確認していません。</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>すべて動いています。</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to look at.</source>
        <translation>
            <numerusform>%n 件の確認事項があります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) do not work.</source>
        <translation>
            <numerusform>%n 件が動いていません。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>two sentences: &quot;1 thing does not work.&quot; and &quot;2 things to look at.&quot;</extracomment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>%1:</source>
        <comment>name of a fact</comment>
        <translation>%1:</translation>
    </message>
    <message>
        <source>No program opens the configuration</source>
        <translation>設定を開けるプログラムがありません</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>うまくいきませんでした</translation>
    </message>
    <message>
        <source>The report is in the clipboard</source>
        <translation>レポートをクリップボードにコピーしました</translation>
    </message>
    <message>
        <source>Read it before you give it to anybody.</source>
        <translation>誰かに渡す前に読んでください。</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康状態</translation>
    </message>
</context>
<context>
    <name>keybearer::ImportPage</name>
    <message>
        <source>Servers in the settings of MCP clients</source>
        <translation>MCP クライアントの設定にあるサーバー</translation>
    </message>
    <message>
        <source>Client and server</source>
        <translation>クライアントとサーバー</translation>
    </message>
    <message>
        <source>Secrets in plain text</source>
        <translation>平文の秘密</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>処理の内容</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>もう一度探す(&amp;A)</translation>
    </message>
    <message>
        <source>Looking for MCP clients</source>
        <translation>MCP クライアントの検索</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差分</translation>
    </message>
    <message>
        <source>Looking for MCP clients...</source>
        <translation>MCP クライアントを探しています...</translation>
    </message>
    <message>
        <source>Keybearer reads the settings of Claude Desktop, Claude Code, VS Code, Cursor and mcp-remote. Nothing is changed.</source>
        <translation>Keybearer は Claude Desktop、Claude Code、VS Code、Cursor、mcp-remote の設定を読みます。何も変更しません。</translation>
    </message>
    <message>
        <source>The settings could not be looked through</source>
        <translation>設定を調べられませんでした</translation>
    </message>
    <message>
        <source>No MCP client was found</source>
        <translation>MCP クライアントが見つかりませんでした</translation>
    </message>
    <message>
        <source>There are no settings of Claude Desktop, Claude Code, VS Code, Cursor or mcp-remote here. You can come back at any time: &quot;Set up...&quot; in the main window.</source>
        <translation>Claude Desktop、Claude Code、VS Code、Cursor、mcp-remote の設定はここにはありません。いつでもメインウィンドウの「設定ウィザード...」から戻れます。</translation>
    </message>
    <message>
        <source>Your MCP clients</source>
        <translation>お使いの MCP クライアント</translation>
    </message>
    <message>
        <source>What is checked will be moved. A copy of each file is kept, and you can undo all of it on the next page.</source>
        <translation>チェックしたものを移行します。各ファイルの写しを残し、次のページですべて元に戻せます。</translation>
    </message>
    <message>
        <source>There are more files and servers than are shown here. Use &quot;keybearer import&quot; in a terminal for the others.</source>
        <translation>表示しきれないファイルやサーバーがあります。残りは端末で「keybearer import」を使ってください。</translation>
    </message>
    <message>
        <source>Nothing would be changed in %1</source>
        <translation>%1 では何も変わりません</translation>
    </message>
    <message>
        <source>What would be changed in %1, if everything in it is moved:</source>
        <translation>%1 のすべてを移行した場合の変更点:</translation>
    </message>
    <message>
        <source>Go on &amp;without moving</source>
        <translation>移行せずに進む(&amp;W)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Move %n server(s)</source>
        <translation>
            <numerusform>%n 個のサーバーを移行(&amp;M)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::KeyActions</name>
    <message>
        <source>A key has no spaces and no letters with accents.</source>
        <translation>キーに空白やアクセント付きの文字は含まれません。</translation>
    </message>
    <message>
        <source>Add API key</source>
        <translation>API キーの追加</translation>
    </message>
    <message>
        <source>The key goes into the keychain. Programs get it with your permission, and it stands in no file.</source>
        <translation>キーはキーチェーンに入ります。プログラムはあなたの許可で取得し、どのファイルにも残りません。</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名前(&amp;N):</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes and underscores.</source>
        <translation>文字、数字、点、ハイフン、下線。</translation>
    </message>
    <message>
        <source>&amp;Header:</source>
        <translation>ヘッダー(&amp;H):</translation>
    </message>
    <message>
        <source>How the key goes into a request; {key} stands for it.</source>
        <translation>キーを要求に入れる形です。{key} がキーを表します。</translation>
    </message>
    <message>
        <source>&amp;Description:</source>
        <translation>説明(&amp;D):</translation>
    </message>
    <message>
        <source>&amp;Programs may have the key itself</source>
        <translation>プログラムにキーそのものを渡してよい(&amp;P)</translation>
    </message>
    <message>
        <source>Else Keybearer puts it into requests, and no program ever sees it.</source>
        <translation>そうでなければ Keybearer が要求に入れ、プログラムには見えません。</translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores.</source>
        <translation>名前に使えるのは文字、数字、点、ハイフン、下線です。</translation>
    </message>
    <message>
        <source>The header needs {key} where the key belongs.</source>
        <translation>ヘッダーのキーの位置に {key} が必要です。</translation>
    </message>
    <message>
        <source>New value for %1</source>
        <translation>%1 の新しい値</translation>
    </message>
    <message>
        <source>Make a new key where the old one comes from, and paste it here. Programs get the new one at once.</source>
        <translation>元の発行場所で新しいキーを作り、ここに貼り付けてください。プログラムはすぐに新しいキーを使います。</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>置き換える(&amp;R)</translation>
    </message>
    <message>
        <source>The API key could not be switched</source>
        <translation>API キーを切り替えられませんでした</translation>
    </message>
    <message>
        <source>Add client key</source>
        <translation>クライアントキーの追加</translation>
    </message>
    <message>
        <source>For a program that can be asked nothing: on a server, or in a container. It gets what you list here, without a question, and nothing else.</source>
        <translation>サーバーやコンテナーなど、尋ねることのできないプログラム用です。ここに挙げたものだけを、質問なしに得ます。</translation>
    </message>
    <message>
        <source>&amp;Make a key</source>
        <translation>キーを作成(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;May have:</source>
        <translation>使えるもの(&amp;M):</translation>
    </message>
    <message>
        <source>For example github, github:ana@example.com, apikey:weather.</source>
        <translation>例: github、github:ana@example.com、apikey:weather.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>役割</translation>
    </message>
    <message>
        <source>Gets tokens</source>
        <translation>トークンを取得する</translation>
    </message>
    <message>
        <source>Looks at everything, gets no token</source>
        <translation>すべてを見るが、トークンは取得しない</translation>
    </message>
    <message>
        <source>Manages sessions as you do</source>
        <translation>あなたと同じようにセッションを管理する</translation>
    </message>
    <message>
        <source>&amp;Role:</source>
        <translation>役割(&amp;R):</translation>
    </message>
    <message>
        <source>That is more than one client may have.</source>
        <translation>1 つのクライアントが持てる範囲を超えています。</translation>
    </message>
    <message>
        <source>New key for %1</source>
        <translation>%1 の新しいキー</translation>
    </message>
    <message>
        <source>The new key is shown once. So that nothing breaks meanwhile, the old one can go on working.</source>
        <translation>新しいキーは一度だけ表示します。支障が出ないよう、古いキーもしばらく使えるようにできます。</translation>
    </message>
    <message>
        <source>The old key works</source>
        <translation>古いキーの扱い</translation>
    </message>
    <message>
        <source>no longer</source>
        <translation>すぐ無効</translation>
    </message>
    <message>
        <source>for another hour</source>
        <translation>あと 1 時間</translation>
    </message>
    <message>
        <source>for another day</source>
        <translation>あと 1 日</translation>
    </message>
    <message>
        <source>for another week</source>
        <translation>あと 1 週間</translation>
    </message>
    <message>
        <source>&amp;The old key works:</source>
        <translation>古いキーの扱い(&amp;T):</translation>
    </message>
    <message>
        <source>The client could not be switched</source>
        <translation>クライアントを切り替えられませんでした</translation>
    </message>
    <message>
        <source>Remove client</source>
        <translation>クライアントの削除</translation>
    </message>
    <message>
        <source>Remove the client %1?</source>
        <translation>クライアント %1 を削除しますか?</translation>
    </message>
    <message>
        <source>Its key stops working at once. This cannot be undone: it would need a new key.</source>
        <translation>キーはすぐに無効になります。元に戻せず、新しいキーが必要になります。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>The client could not be removed</source>
        <translation>クライアントを削除できませんでした</translation>
    </message>
    <message>
        <source>Remove MCP client</source>
        <translation>MCP クライアントの削除</translation>
    </message>
    <message>
        <source>Remove the MCP client %1?</source>
        <translation>MCP クライアント %1 を削除しますか?</translation>
    </message>
    <message>
        <source>It loses everything that was allowed to it, and is cut off at once. When it connects again, it has to ask you.</source>
        <translation>許可をすべて失い、すぐに切断されます。再び接続するときは、あなたに尋ねる必要があります。</translation>
    </message>
    <message>
        <source>The MCP client could not be removed</source>
        <translation>MCP クライアントを削除できませんでした</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前の変更</translation>
    </message>
    <message>
        <source>What the account is called here, in questions and lists. The provider does not learn of it.</source>
        <translation>質問や一覧でのアカウントの呼び名です。プロバイダーには伝わりません。</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>名前を変更(&amp;R)</translation>
    </message>
    <message>
        <source>A name has no control characters.</source>
        <translation>名前に制御文字は使えません。</translation>
    </message>
</context>
<context>
    <name>keybearer::MainWindow</name>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>Set &amp;up...</source>
        <translation>設定ウィザード(&amp;U)...</translation>
    </message>
    <message>
        <source>Looks for MCP clients on this computer, and for secrets that lie in their settings.</source>
        <translation>このコンピューターの MCP クライアントと、その設定にある秘密を探します。</translation>
    </message>
    <message>
        <source>Search all pages</source>
        <translation>すべてのページを検索</translation>
    </message>
    <message>
        <source>· broker %1, sessions are kept in: %2</source>
        <translation>· ブローカー %1、セッションの保管先: %2</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>トレイアイコンを閉じ、ブローカーを続けるかどうか尋ねます。</translation>
    </message>
</context>
<context>
    <name>keybearer::NavigationList</name>
    <message>
        <source>Pages</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page, how many were found on it</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n found</source>
        <translation>
            <numerusform>%1、%n 件見つかりました</numerusform>
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
            <numerusform>%1、%n 件が待っています</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NothingFound</name>
    <message>
        <source>Nothing here matches</source>
        <translation>一致するものはありません</translation>
    </message>
    <message>
        <source>&amp;Clear the search</source>
        <translation>検索を解除(&amp;C)</translation>
    </message>
    <message>
        <source>There is nothing on the other pages either.</source>
        <translation>ほかのページにもありません。</translation>
    </message>
    <message>
        <source>There is something on other pages:</source>
        <translation>ほかのページにあります:</translation>
    </message>
    <message numerus="yes">
        <source>Show %n on the page %1</source>
        <translation>
            <numerusform>「%1」ページの %n 件を表示</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NoticeBar</name>
    <message>
        <source>Close</source>
        <comment>a notice</comment>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>お知らせ</translation>
    </message>
</context>
<context>
    <name>keybearer::NotificationSection</name>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>&amp;Quiet hours, from</source>
        <translation>静かな時間(&amp;Q)</translation>
    </message>
    <message>
        <source>Tell me of &amp;waiting programs all the same</source>
        <translation>待っているプログラムはそれでも知らせる(&amp;W)</translation>
    </message>
    <message>
        <source>A program waits for my answer, and its window is not in front</source>
        <translation>プログラムが回答を待っていて、そのウィンドウが前面にないとき</translation>
    </message>
    <message>
        <source>A session needs me to sign in again</source>
        <translation>セッションで再サインインが必要なとき</translation>
    </message>
    <message>
        <source>Something is wrong, or looks like misuse</source>
        <translation>問題があるか、悪用と思われるとき</translation>
    </message>
    <message>
        <source>A tool of an MCP server has changed</source>
        <translation>MCP サーバーのツールが変わったとき</translation>
    </message>
    <message>
        <source>Sharing was paused or goes on</source>
        <translation>共有が停止または再開されたとき</translation>
    </message>
    <message>
        <source>What I have asked for is done, or has failed</source>
        <translation>頼んだことが終わったか、失敗したとき</translation>
    </message>
    <message>
        <source>Beginning of the quiet hours</source>
        <translation>静かな時間の始まり</translation>
    </message>
    <message>
        <source>End of the quiet hours</source>
        <translation>静かな時間の終わり</translation>
    </message>
    <message>
        <source>&amp;to</source>
        <comment>between two times of day</comment>
        <translation>～(&amp;T)</translation>
    </message>
</context>
<context>
    <name>keybearer::PastePanel</name>
    <message>
        <source>C&amp;ontinue</source>
        <translation>続ける(&amp;O)</translation>
    </message>
    <message>
        <source>The &amp;browser is on another computer</source>
        <translation>ブラウザーは別のコンピューターにあります(&amp;B)</translation>
    </message>
    <message>
        <source>Open the link there and sign in. At the end the browser shows a page that cannot be reached: copy its address, and paste it here:</source>
        <translation>そこでリンクを開いてサインインしてください。最後に開けないページが表示されるので、そのアドレスをコピーしてここに貼り付けてください:</translation>
    </message>
    <message>
        <source>Address that the sign-in ended at</source>
        <translation>サインインの最後のアドレス</translation>
    </message>
</context>
<context>
    <name>keybearer::QuitQuestion</name>
    <message>
        <source>Quit Keybearer</source>
        <translation>Keybearer の終了</translation>
    </message>
    <message>
        <source>Should programs keep their access?</source>
        <translation>プログラムのアクセスを保ちますか?</translation>
    </message>
    <message>
        <source>The icon goes in any case. The broker can go on in the background: programs that you have allowed keep their access, but nobody is there to answer new questions. If it stops too, the next program that asks starts it again.</source>
        <translation>いずれにしてもアイコンは消えます。ブローカーは裏で動き続けられます。許可済みのプログラムはアクセスを保ちますが、新しい質問に答える人がいなくなります。ブローカーも停止した場合、次に要求したプログラムが再び起動します。</translation>
    </message>
    <message>
        <source>&amp;Keep sharing in the background</source>
        <translation>裏で共有を続ける(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Stop the broker too</source>
        <translation>ブローカーも停止(&amp;S)</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>今後は尋ねない</translation>
    </message>
    <message>
        <source>The Settings page can change it later.</source>
        <translation>後で「設定」ページで変更できます。</translation>
    </message>
</context>
<context>
    <name>keybearer::RequestModel</name>
    <message>
        <source>a program that could not be measured</source>
        <translation>測定できなかったプログラム</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>「%1」</translation>
    </message>
    <message>
        <source>start a program with what the run profile %1 lists</source>
        <translation>実行プロファイル %1 にあるものを付けてプログラムを起動する</translation>
    </message>
    <message>
        <source>have you sign in for %1</source>
        <translation>%1 へのサインインを求める</translation>
    </message>
    <message>
        <source>use %1 through the gateway</source>
        <translation>ゲートウェイ経由で %1 を使う</translation>
    </message>
    <message>
        <source>use %1</source>
        <comment>provider</comment>
        <translation>%1 を使う</translation>
    </message>
    <message>
        <source>use %1 as %2</source>
        <comment>provider, account</comment>
        <translation>%1 を %2 として使う</translation>
    </message>
    <message>
        <source>is ending</source>
        <translation>まもなく終了</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <comment>left to answer</comment>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <comment>left to answer</comment>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>求めていること</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>残り時間</translation>
    </message>
</context>
<context>
    <name>keybearer::RequestsPage</name>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what a program says of itself</comment>
        <translation>「%1」</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>変更点</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>求めていること</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>May then</source>
        <translation>できるようになること</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>スクリプト</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>起動元</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>識別の根拠</translation>
    </message>
    <message>
        <source>It calls itself</source>
        <translation>名乗っている名前</translation>
    </message>
    <message>
        <source>It says</source>
        <translation>申告</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Details of the request</source>
        <translation>要求の詳細</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>拒否(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Answer...</source>
        <translation>回答(&amp;A)...</translation>
    </message>
    <message>
        <source>Brings the question to the front; several are asked one after another.</source>
        <translation>質問を前面に出します。複数ある場合は順に尋ねます。</translation>
    </message>
    <message>
        <source>Show &amp;activity</source>
        <translation>活動を表示(&amp;A)</translation>
    </message>
    <message>
        <source>Nobody waits for you</source>
        <translation>待っているものはありません</translation>
    </message>
    <message>
        <source>When a program wants one of your accounts, the question comes to the front, and is listed here until you answer. What was answered lately stands in Activity.</source>
        <translation>プログラムがアカウントを求めると、質問が前面に出て、回答するまでここに並びます。最近回答したものは「活動」にあります。</translation>
    </message>
</context>
<context>
    <name>keybearer::ResultPage</name>
    <message>
        <source>What became of the files</source>
        <translation>各ファイルの結果</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Changing the settings</source>
        <translation>設定を変更しています</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>Each file is copied first, then replaced in one step. This takes a moment; your keychain may ask for its password.</source>
        <translation>各ファイルをまず写し、それから一度に置き換えます。少し時間がかかり、キーチェーンがパスワードを求めることがあります。</translation>
    </message>
    <message numerus="yes">
        <source>Moving %n server(s)...</source>
        <translation>
            <numerusform>%n 個のサーバーを移行しています...</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was moved</source>
        <translation>何も移行されませんでした</translation>
    </message>
    <message>
        <source>Copies of the files as they were are in %1. The old secrets stand in them in plain text: when everything works, erase them with &quot;keybearer import --forget-backups&quot;.</source>
        <translation>元のファイルの写しは %1 にあります。古い秘密が平文で入っています。すべて動くことを確かめたら「keybearer import --forget-backups」で消去してください。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be changed and are as they were. The list says why.</source>
        <translation>
            <numerusform>%n 個のファイルは変更できず、元のままです。理由は一覧にあります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved</source>
        <translation>
            <numerusform>%n 個のサーバーを移行しました</numerusform>
        </translation>
    </message>
    <message>
        <source>The next time a client starts one of them, Keybearer does the rest.</source>
        <translation>次にクライアントが起動したとき、残りは Keybearer が行います。</translation>
    </message>
    <message>
        <source>Everything was as it should be.</source>
        <translation>すべて正しい状態でした。</translation>
    </message>
    <message>
        <source>Putting the files back...</source>
        <translation>ファイルを元に戻しています...</translation>
    </message>
    <message>
        <source>The files could not be put back</source>
        <translation>ファイルを元に戻せませんでした</translation>
    </message>
    <message>
        <source>Some files could not be put back</source>
        <translation>一部のファイルを元に戻せませんでした</translation>
    </message>
    <message>
        <source>The list says why. Their copies are kept, so you can try again.</source>
        <translation>理由は一覧にあります。写しは残っているので、もう一度試せます。</translation>
    </message>
    <message>
        <source>Everything is as it was</source>
        <translation>すべて元のとおりです</translation>
    </message>
    <message>
        <source>Keys that were moved stay in the store as well, where they do no harm; &quot;keybearer apikey list&quot; shows them.</source>
        <translation>移行したキーはストアにも残っていますが、害はありません。「keybearer apikey list」で表示できます。</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>次へ(&amp;G)</translation>
    </message>
</context>
<context>
    <name>keybearer::ScopeList</name>
    <message>
        <source>What to ask for</source>
        <translation>求める内容</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>keybearer::ServiceModel</name>
    <message>
        <source>MCP server</source>
        <translation>MCP サーバー</translation>
    </message>
    <message>
        <source>Address or program</source>
        <translation>アドレスまたはプログラム</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>ツール</translation>
    </message>
</context>
<context>
    <name>keybearer::ServicesPage</name>
    <message>
        <source>&amp;Sign in</source>
        <translation>サインイン(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>テスト(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Remove...</source>
        <translation>削除(&amp;R)...</translation>
    </message>
    <message>
        <source>Add &amp;MCP server...</source>
        <translation>MCP サーバーを追加(&amp;M)...</translation>
    </message>
    <message>
        <source>No MCP servers yet</source>
        <translation>MCP サーバーはまだありません</translation>
    </message>
    <message>
        <source>Add a server by its address, or a program of this computer. MCP clients then reach it through Keybearer, without a token in their settings.</source>
        <translation>アドレスでサーバーを、またはこのコンピューターのプログラムを追加してください。MCP クライアントは設定にトークンを持たずに、Keybearer 経由で接続します。</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>MCP サーバー</translation>
    </message>
    <message>
        <source>&amp;Add MCP server...</source>
        <translation>MCP サーバーを追加(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Sign in again</source>
        <translation>再サインイン(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Look at %n tool(s)</source>
        <translation>
            <numerusform>%n 個のツールを確認(&amp;L)</numerusform>
        </translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>上で MCP サーバーを選択してください。</translation>
    </message>
    <message>
        <source>Signs in at %1.</source>
        <translation>サインイン先は %1 です。</translation>
    </message>
    <message>
        <source>Asks for: %1</source>
        <translation>求める内容: %1</translation>
    </message>
    <message>
        <source>At the gateway: %1</source>
        <translation>ゲートウェイでの場所: %1</translation>
    </message>
    <message>
        <source>It stands in config.yaml.</source>
        <translation>config.yaml にあります。</translation>
    </message>
    <message>
        <source>Known from a sign-in by its address.</source>
        <translation>アドレスによるサインインで知られています。</translation>
    </message>
    <message>
        <source>MCP server added</source>
        <translation>MCP サーバーを追加しました</translation>
    </message>
    <message>
        <source>%1 stands in config.yaml now.</source>
        <translation>%1 が config.yaml に入りました。</translation>
    </message>
    <message>
        <source>Testing %1...</source>
        <translation>%1 をテストしています...</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>how bad, what</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing is wrong with it.</source>
        <translation>問題はありません。</translation>
    </message>
    <message>
        <source>Remove the MCP server %1?</source>
        <translation>MCP サーバー %1 を削除しますか?</translation>
    </message>
    <message>
        <source>Its entry goes from config.yaml; the file as it was is kept beside it. Clients that use it lose their connection. The account stays signed in.</source>
        <translation>項目を config.yaml から取り除き、元のファイルは隣に残します。使用中のクライアントは接続を失います。アカウントはサインインしたままです。</translation>
    </message>
    <message>
        <source>What was found out about it is forgotten. Clients that use it lose their connection.</source>
        <translation>調べた内容を忘れます。使用中のクライアントは接続を失います。</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>削除(&amp;R)</translation>
    </message>
    <message>
        <source>The MCP server was not removed</source>
        <translation>MCP サーバーは削除されませんでした</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>うまくいきませんでした</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionActions</name>
    <message>
        <source>The session could not be refreshed</source>
        <translation>セッションを更新できませんでした</translation>
    </message>
    <message>
        <source>Refreshed</source>
        <translation>更新しました</translation>
    </message>
    <message>
        <source>The %1 session is fresh again.</source>
        <translation>%1 のセッションを更新しました。</translation>
    </message>
    <message>
        <source>Revoke session</source>
        <translation>セッションの失効</translation>
    </message>
    <message>
        <source>Revoke the %1 session of %2?</source>
        <translation>%2 の %1 セッションを失効させますか?</translation>
    </message>
    <message>
        <source>Keybearer asks %1 to end it, and erases it from this computer. Programs that use it lose their access at once.</source>
        <translation>Keybearer が %1 に終了を依頼し、このコンピューターから消去します。使用中のプログラムはすぐにアクセスを失います。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>失効させる</translation>
    </message>
    <message numerus="yes">
        <source>The %1 session of %2 ends in %n second(s)</source>
        <translation>
            <numerusform>%2 の %1 セッションは %n 秒後に終了します</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>まだ何も送っていません。</translation>
    </message>
    <message>
        <source>The %1 session of %2 stays.</source>
        <translation>%2 の %1 セッションはそのままです。</translation>
    </message>
    <message>
        <source>Remove API key</source>
        <translation>API キーの削除</translation>
    </message>
    <message>
        <source>Remove service account</source>
        <translation>サービスアカウントの削除</translation>
    </message>
    <message>
        <source>Remove the API key %1?</source>
        <translation>API キー %1 を削除しますか?</translation>
    </message>
    <message>
        <source>Remove the service account %1?</source>
        <translation>サービスアカウント %1 を削除しますか?</translation>
    </message>
    <message>
        <source>It is erased from this computer, and programs that use it stop working. It stays valid where it was made: to be sure, delete it there as well.</source>
        <translation>このコンピューターから消去され、使用中のプログラムは動かなくなります。発行元では有効なままです。念のためそこでも削除してください。</translation>
    </message>
    <message>
        <source>Its key is erased from this computer, and programs that use it stop working. The key stays valid at the provider: to be sure, delete it there as well.</source>
        <translation>キーはこのコンピューターから消去され、使用中のプログラムは動かなくなります。プロバイダーでは有効なままです。念のためそこでも削除してください。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message numerus="yes">
        <source>%1 is removed in %n second(s)</source>
        <comment>API key or service account</comment>
        <translation>
            <numerusform>%1 は %n 秒後に削除されます</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been erased yet.</source>
        <translation>まだ何も消去していません。</translation>
    </message>
    <message>
        <source>%1 stays.</source>
        <translation>%1 はそのままです。</translation>
    </message>
    <message>
        <source>%1 could not be removed</source>
        <translation>%1 を削除できませんでした</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>削除しました</translation>
    </message>
    <message>
        <source>%1 is erased.</source>
        <translation>%1 を消去しました。</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>失効しました</translation>
    </message>
    <message>
        <source>%1 has confirmed that the session of %2 has ended.</source>
        <translation>%1 が %2 のセッションの終了を確認しました。</translation>
    </message>
    <message>
        <source>Erased here, not confirmed by %1</source>
        <translation>ここでは消去しましたが、%1 の確認はありません</translation>
    </message>
    <message>
        <source>End the session in the account settings of %1 as well, to be sure.</source>
        <translation>念のため、%1 のアカウント設定でもセッションを終了してください。</translation>
    </message>
    <message>
        <source>The session could not be revoked</source>
        <translation>セッションを失効させられませんでした</translation>
    </message>
    <message>
        <source>Take back permission</source>
        <translation>許可の取り消し</translation>
    </message>
    <message>
        <source>Take back the permission to use %1?</source>
        <translation>%1 を使う許可を取り消しますか?</translation>
    </message>
    <message>
        <source>%1 has to ask you again the next time.</source>
        <translation>%1 は次回もう一度尋ねる必要があります。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>取り消す</translation>
    </message>
    <message>
        <source>Take back permissions</source>
        <translation>許可の取り消し</translation>
    </message>
    <message numerus="yes">
        <source>Take back %n permission(s) of %1?</source>
        <translation>
            <numerusform>%1 の %n 件の許可を取り消しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>The program has to ask you again the next time.</source>
        <translation>プログラムは次回もう一度尋ねる必要があります。</translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) of %1 end in a moment</source>
        <translation>
            <numerusform>%1 の %n 件の許可がまもなく終了します</numerusform>
        </translation>
    </message>
    <message>
        <source>The permissions of %1 stay.</source>
        <translation>%1 の許可はそのままです。</translation>
    </message>
    <message numerus="yes">
        <source>The permission to use %1 ends in %n second(s)</source>
        <translation>
            <numerusform>%1 を使う許可は %n 秒後に終了します</numerusform>
        </translation>
    </message>
    <message>
        <source>The permission to use %1 stays.</source>
        <translation>%1 を使う許可はそのままです。</translation>
    </message>
    <message>
        <source>The permission could not be taken back</source>
        <translation>許可を取り消せませんでした</translation>
    </message>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>回答がブローカーに届きませんでした</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionDetails</name>
    <message>
        <source>%1 (%2)</source>
        <comment>a time, how long from now or ago</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Un&amp;do</source>
        <translation>元に戻す(&amp;D)</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>名前を変更(&amp;N)...</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>新しい値(&amp;N)...</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>行を選択すると、すべての情報を表示します。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>provider and state</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>再サインイン(&amp;I)...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>更新(&amp;R)</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>有効にする(&amp;O)</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>無効にする(&amp;O)</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>削除(&amp;V)...</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>失効(&amp;V)...</translation>
    </message>
    <message>
        <source>Sign in again; what programs may have stays as it is.</source>
        <translation>再サインインしてください。プログラムの許可はそのままです。</translation>
    </message>
    <message>
        <source>What is stored cannot be read. Sign in again to replace it, or revoke it.</source>
        <translation>保存されたものを読み取れません。再サインインして置き換えるか、失効させてください。</translation>
    </message>
    <message>
        <source>Unlock the store to use it.</source>
        <translation>使うにはストアのロックを解除してください。</translation>
    </message>
    <message>
        <source>Give it a new value, or remove it.</source>
        <translation>新しい値を設定するか、削除してください。</translation>
    </message>
    <message>
        <source>No program gets it until you switch it on.</source>
        <translation>有効にするまで、どのプログラムも取得できません。</translation>
    </message>
    <message>
        <source>no program yet</source>
        <comment>who may use a session</comment>
        <translation>まだなし</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>programs</comment>
        <translation>
            <numerusform>ほか %n 個</numerusform>
        </translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>問題</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>対処</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>できること</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>Token expires</source>
        <translation>トークンの期限</translation>
    </message>
    <message>
        <source>Token fetched</source>
        <translation>トークンの取得</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <translation>サインインの終了</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最終使用</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>Signed in at</source>
        <translation>サインイン先</translation>
    </message>
    <message>
        <source>For the server</source>
        <translation>対象サーバー</translation>
    </message>
    <message>
        <source>Known there as</source>
        <translation>そこでの識別名</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>In requests</source>
        <translation>要求での形</translation>
    </message>
    <message>
        <source>Handed out</source>
        <translation>引き渡し</translation>
    </message>
    <message>
        <source>Programs that you allow may have the key itself.</source>
        <translation>許可したプログラムはキーそのものを取得できます。</translation>
    </message>
    <message>
        <source>Never: Keybearer puts it into requests, and no program sees it.</source>
        <translation>なし: Keybearer が要求に入れ、どのプログラムにも見えません。</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Value replaced</source>
        <translation>値の置き換え</translation>
    </message>
    <message>
        <source>For programs</source>
        <translation>プログラム向け</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionModel</name>
    <message>
        <source>API key</source>
        <translation>API キー</translation>
    </message>
    <message>
        <source>%1 (service account)</source>
        <comment>provider</comment>
        <translation>%1（サービスアカウント）</translation>
    </message>
    <message>
        <source>%1 (this computer itself)</source>
        <comment>provider; nobody has signed in, a client acts for itself</comment>
        <translation>%1（このコンピューター自身）</translation>
    </message>
    <message>
        <source>%1 (by your company)</source>
        <comment>provider; an identity provider vouches for the person</comment>
        <translation>%1（会社による）</translation>
    </message>
    <message>
        <source>%1 (by this machine)</source>
        <comment>provider; the platform vouches for the machine</comment>
        <translation>%1（このマシンによる）</translation>
    </message>
    <message>
        <source>Ends in a moment</source>
        <comment>a session that is about to be revoked</comment>
        <translation>まもなく終了</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>プロバイダー</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>できること</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Last used by</source>
        <translation>最終使用者</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionsPage</name>
    <message>
        <source>No sessions yet</source>
        <translation>セッションはまだありません</translation>
    </message>
    <message>
        <source>Sign in once, and programs on this computer can use the account, each with your permission and without ever seeing a password.</source>
        <translation>一度サインインすれば、このコンピューターのプログラムが、それぞれあなたの許可を得て、パスワードを見ることなくアカウントを使えます。</translation>
    </message>
    <message>
        <source>&amp;Sign in...</source>
        <translation>サインイン(&amp;S)...</translation>
    </message>
    <message>
        <source>Waiting for the broker</source>
        <translation>ブローカーを待っています</translation>
    </message>
    <message>
        <source>Your sessions are listed here as soon as it answers.</source>
        <translation>応答があり次第、セッションがここに並びます。</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Sign-ins</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>API キー</translation>
    </message>
    <message>
        <source>Service accounts and machines</source>
        <translation>サービスアカウントとマシン</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Sho&amp;w:</source>
        <translation>表示(&amp;W):</translation>
    </message>
    <message>
        <source>&amp;Add API key...</source>
        <translation>API キーを追加(&amp;A)...</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>&amp;Copy account</source>
        <translation>アカウントをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>新しい値(&amp;N)...</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>有効にする(&amp;O)</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>無効にする(&amp;O)</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>再サインイン(&amp;I)...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>更新(&amp;R)</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>名前を変更(&amp;N)...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>削除(&amp;V)...</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>失効(&amp;V)...</translation>
    </message>
</context>
<context>
    <name>keybearer::SettingsPage</name>
    <message>
        <source>No program could be found that opens the file</source>
        <translation>このファイルを開くプログラムが見つかりませんでした</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
</context>
<context>
    <name>keybearer::SetupWizard</name>
    <message>
        <source>&amp;Back</source>
        <translation>戻る(&amp;B)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Set up Keybearer</source>
        <translation>Keybearer の設定</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>手順 %1 / %2</translation>
    </message>
</context>
<context>
    <name>keybearer::SharingControl</name>
    <message>
        <source>Sharing could not be paused</source>
        <translation>共有を停止できませんでした</translation>
    </message>
    <message>
        <source>Sharing could not be resumed</source>
        <translation>共有を再開できませんでした</translation>
    </message>
    <message>
        <source>Sharing was paused</source>
        <translation>共有を停止しました</translation>
    </message>
    <message>
        <source>No program gets anything until sharing goes on.</source>
        <translation>共有を再開するまで、どのプログラムも何も得られません。</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>共有を再開</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>共有を再開しました</translation>
    </message>
    <message>
        <source>Programs get what you have allowed them again.</source>
        <translation>プログラムは再び、許可されたものを得られます。</translation>
    </message>
</context>
<context>
    <name>keybearer::ShownKeyDialog</name>
    <message>
        <source>The key of %1</source>
        <translation>%1 のキー</translation>
    </message>
    <message>
        <source>Copy it now: it is shown this once, and kept nowhere. Whoever has it gets what you have allowed, without a question.</source>
        <translation>今すぐコピーしてください。表示は今回だけで、どこにも保存されません。これを持つ人は、許可したものを質問なしに得られます。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>The program finds it in the environment variable KEYBEARER_CLIENT_KEY, or in a file that the variable names as @FILE.</source>
        <translation>プログラムは環境変数 KEYBEARER_CLIENT_KEY か、その変数が @FILE で示すファイルから読み取ります。</translation>
    </message>
    <message>
        <source>I have &amp;kept it</source>
        <translation>保存しました(&amp;K)</translation>
    </message>
    <message>
        <source>Copied for a minute</source>
        <translation>1 分間コピーしました</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInChoices</name>
    <message>
        <source>To be set up first, once</source>
        <translation>先に一度設定が必要</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) signed in</source>
        <translation>
            <numerusform>%n 個のアカウントでサインイン済み</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>準備完了</translation>
    </message>
    <message>
        <source>MCP server at %1, signed in</source>
        <translation>%1 の MCP サーバー、サインイン済み</translation>
    </message>
    <message>
        <source>MCP server at %1</source>
        <translation>%1 の MCP サーバー</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>what one can sign in to, and its state</comment>
        <translation>%1、%2</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInChooser</name>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>Where do you want to sign in?</source>
        <translation>どこにサインインしますか?</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Search for a provider or an MCP server</source>
        <translation>プロバイダーまたは MCP サーバーを検索</translation>
    </message>
    <message>
        <source>Providers and MCP servers</source>
        <translation>プロバイダーと MCP サーバー</translation>
    </message>
    <message>
        <source>Or paste the &amp;address of an MCP server:</source>
        <translation>または MCP サーバーのアドレスを貼り付け(&amp;A):</translation>
    </message>
    <message>
        <source>Address of an MCP server</source>
        <translation>MCP サーバーのアドレス</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>詳細(&amp;D)</translation>
    </message>
    <message>
        <source>The page asks who you are</source>
        <translation>誰かはページで尋ねられます</translation>
    </message>
    <message>
        <source>A&amp;ccount:</source>
        <translation>アカウント(&amp;C):</translation>
    </message>
    <message>
        <source>Ask &amp;for:</source>
        <translation>求める内容(&amp;F):</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>There is no connection to the broker. Keybearer keeps trying.</source>
        <translation>ブローカーに接続していません。Keybearer は試し続けます。</translation>
    </message>
    <message>
        <source>Nothing here has this name. An MCP server needs only its address, below.</source>
        <translation>この名前のものはありません。MCP サーバーなら、下にアドレスを入れるだけです。</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>設定(&amp;S)...</translation>
    </message>
    <message>
        <source>Signs in to %1. This name is written with letters of different alphabets.</source>
        <translation>%1 にサインインします。この名前は異なる文字体系の文字で書かれています。</translation>
    </message>
    <message>
        <source>Signs in to %1.</source>
        <translation>%1 にサインインします。</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInDialog</name>
    <message>
        <source>&amp;Copy link</source>
        <translation>リンクをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation>もう一度開く(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>設定(&amp;S)...</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>もう一度試す(&amp;T)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>%1 にサインイン</translation>
    </message>
    <message>
        <source>Get a &amp;new code</source>
        <translation>新しいコードを取得(&amp;N)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Preparing the sign-in...</source>
        <translation>サインインの準備をしています...</translation>
    </message>
    <message>
        <source>Keybearer is asking %1 where to sign in.</source>
        <translation>Keybearer が %1 にサインイン先を問い合わせています。</translation>
    </message>
    <message>
        <source>%1
This name is written with letters of different alphabets.</source>
        <translation>%1
この名前は異なる文字体系の文字で書かれています。</translation>
    </message>
    <message>
        <source>Host of the sign-in page: %1</source>
        <translation>サインインページのホスト: %1</translation>
    </message>
    <message>
        <source>Waiting for you in the browser...</source>
        <translation>ブラウザーでの操作を待っています...</translation>
    </message>
    <message>
        <source>Sign in on the page of %1 that has just opened. Check that the browser&apos;s address bar says so before you type a password.</source>
        <translation>今開いた %1 のページでサインインしてください。パスワードを入力する前に、ブラウザーのアドレスバーの表示を確かめてください。</translation>
    </message>
    <message>
        <source>Open the link in a browser</source>
        <translation>ブラウザーでリンクを開いてください</translation>
    </message>
    <message>
        <source>No browser could be started. Copy the link, open it in a browser on this computer, and check that it shows %1.</source>
        <translation>ブラウザーを起動できませんでした。リンクをコピーしてこのコンピューターのブラウザーで開き、%1 と表示されることを確かめてください。</translation>
    </message>
    <message>
        <source>&amp;Copy code</source>
        <translation>コードをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open here</source>
        <translation>ここで開く(&amp;O)</translation>
    </message>
    <message>
        <source>Enter a code to sign in</source>
        <translation>コードを入力してサインイン</translation>
    </message>
    <message>
        <source>The code has expired</source>
        <translation>コードの期限が切れました</translation>
    </message>
    <message>
        <source>Nothing is lost: get a new code, and enter that one.</source>
        <translation>何も失われていません。新しいコードを取得して入力してください。</translation>
    </message>
    <message>
        <source>Almost there...</source>
        <translation>もうすぐ終わります...</translation>
    </message>
    <message>
        <source>%1 has answered; Keybearer is fetching your session.</source>
        <translation>%1 が応答しました。Keybearer がセッションを取得しています。</translation>
    </message>
    <message>
        <source>The sign-in did not work</source>
        <translation>サインインできませんでした</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInSteps</name>
    <message>
        <source>Find out how to sign in</source>
        <translation>サインインの方法を調べる</translation>
    </message>
    <message>
        <source>Register Keybearer there</source>
        <translation>Keybearer を登録する</translation>
    </message>
    <message>
        <source>You enter the code</source>
        <translation>コードを入力していただく</translation>
    </message>
    <message>
        <source>You sign in, in the browser</source>
        <translation>ブラウザーでサインインしていただく</translation>
    </message>
    <message>
        <source>Fetch the session</source>
        <translation>セッションを取得する</translation>
    </message>
    <message>
        <source>Ask who you are, and store the session</source>
        <translation>誰かを確認し、セッションを保存する</translation>
    </message>
    <message>
        <source>%1: done</source>
        <comment>a step</comment>
        <translation>%1: 完了</translation>
    </message>
    <message>
        <source>%1: failed</source>
        <comment>a step</comment>
        <translation>%1: 失敗</translation>
    </message>
    <message>
        <source>%1: now</source>
        <comment>a step</comment>
        <translation>%1: 実行中</translation>
    </message>
    <message>
        <source>%1: later</source>
        <comment>a step</comment>
        <translation>%1: この後</translation>
    </message>
</context>
<context>
    <name>keybearer::SignIns</name>
    <message>
        <source>Signed in to %1</source>
        <translation>%1 にサインインしました</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>%1 としてサインインしました</translation>
    </message>
    <message>
        <source>Your %1 session is ready. Programs that want to use it will ask you.</source>
        <translation>%1 のセッションが使えます。使いたいプログラムはあなたに尋ねます。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInsPage</name>
    <message>
        <source>Search services</source>
        <translation>サービスを検索</translation>
    </message>
    <message>
        <source>Nothing to sign in to</source>
        <translation>サインインするものはありません</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>API keys need no sign-in. Those that were moved are in the store; add others with &quot;keybearer apikey add&quot;.</source>
        <translation>API キーにサインインは不要です。移行したものはストアにあります。ほかは「keybearer apikey add」で追加してください。</translation>
    </message>
    <message>
        <source>Your browser opens for each. You can do this now, or later from the icon in the panel: a program that needs an account asks for it.</source>
        <translation>それぞれブラウザーが開きます。今でも、後でパネルのアイコンからでもできます。アカウントが必要なプログラムは要求してきます。</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>サインイン...</translation>
    </message>
    <message>
        <source>an account without a name</source>
        <translation>名前のないアカウント</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>%1 としてサインインしました</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>サインインしていません</translation>
    </message>
    <message>
        <source>Add another account...</source>
        <translation>別のアカウントを追加...</translation>
    </message>
    <message>
        <source>Add another account of %1</source>
        <translation>%1 の別のアカウントを追加</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>%1 にサインイン</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>次へ(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>後で(&amp;L)</translation>
    </message>
</context>
<context>
    <name>keybearer::StateBar</name>
    <message>
        <source>State of the broker</source>
        <translation>ブローカーの状態</translation>
    </message>
    <message>
        <source>No connection to the broker; trying again. What you see is how it was.</source>
        <translation>ブローカーに接続していません。再試行中です。表示は以前の状態です。</translation>
    </message>
    <message>
        <source>Start the &amp;broker</source>
        <translation>ブローカーを起動(&amp;B)</translation>
    </message>
    <message>
        <source>The store is locked: no program gets a token until you unlock it.</source>
        <translation>ストアはロックされています。解除するまで、どのプログラムもトークンを取得できません。</translation>
    </message>
    <message>
        <source>The keychain is locked: no program gets a token until you unlock it.</source>
        <translation>キーチェーンはロックされています。解除するまで、どのプログラムもトークンを取得できません。</translation>
    </message>
    <message>
        <source>Un&amp;lock...</source>
        <translation>ロックを解除(&amp;L)...</translation>
    </message>
</context>
<context>
    <name>keybearer::StoreLock</name>
    <message>
        <source>The store could not be looked at</source>
        <translation>ストアの状態を確認できませんでした</translation>
    </message>
    <message>
        <source>The store could not be unlocked</source>
        <translation>ストアのロックを解除できませんでした</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>ロックを解除しました</translation>
    </message>
    <message>
        <source>Programs get their tokens again.</source>
        <translation>プログラムは再びトークンを取得できます。</translation>
    </message>
    <message>
        <source>The store could not be locked</source>
        <translation>ストアをロックできませんでした</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>ロックしました</translation>
    </message>
    <message>
        <source>No program gets a token until you unlock it.</source>
        <translation>ロックを解除するまで、どのプログラムもトークンを取得できません。</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolModel</name>
    <message>
        <source>is new, hidden</source>
        <translation>新規、非表示</translation>
    </message>
    <message>
        <source>is new</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>has changed, hidden</source>
        <translation>変更あり、非表示</translation>
    </message>
    <message>
        <source>has changed</source>
        <translation>変更あり</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>ツール</translation>
    </message>
    <message>
        <source>What has happened</source>
        <translation>出来事</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolsPage</name>
    <message>
        <source>Changed tools</source>
        <translation>変更されたツール</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>承認(&amp;A)</translation>
    </message>
    <message>
        <source>No tool has changed</source>
        <translation>変更されたツールはありません</translation>
    </message>
    <message>
        <source>When an MCP server says something else of a tool than what you have approved, it is listed here.</source>
        <translation>MCP サーバーによるツールの説明が承認したものと異なると、ここに並びます。</translation>
    </message>
    <message>
        <source>What a model is told of these tools is not what you have approved. A server that changes it can make the model do other things than you expect.</source>
        <translation>モデルに伝えられるこれらのツールの説明が、承認したものと異なります。説明を変えるサーバーは、モデルに予想外のことをさせることができます。</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>相違点</translation>
    </message>
    <message>
        <source>No model sees it until you approve it.</source>
        <translation>承認するまで、どのモデルにも見えません。</translation>
    </message>
    <message>
        <source>Models see it as it is now. Approve it to be warned of the next change.</source>
        <translation>モデルには今の内容が見えています。承認すると、次の変更時に警告します。</translation>
    </message>
    <message>
        <source>It was not there when you approved the others. This is what a model is told of it:</source>
        <translation>ほかのツールを承認したときにはありませんでした。モデルには次のように伝えられます:</translation>
    </message>
    <message>
        <source>What has changed cannot be said: a definition was too long to be kept.</source>
        <translation>何が変わったかは分かりません。定義が長すぎて保存できませんでした。</translation>
    </message>
    <message>
        <source>The tool could not be approved</source>
        <translation>ツールを承認できませんでした</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayApplication</name>
    <message>
        <source>No browser could be opened for a sign-in</source>
        <translation>サインインのためのブラウザーを開けませんでした</translation>
    </message>
    <message>
        <source>The broker could not be stopped</source>
        <translation>ブローカーを停止できませんでした</translation>
    </message>
    <message>
        <source>This desktop has no place for a status icon</source>
        <translation>このデスクトップには状態アイコンの場所がありません</translation>
    </message>
    <message>
        <source>Closed, this window comes back when Keybearer is started again; meanwhile it goes on in the background.</source>
        <translation>このウィンドウを閉じても裏で動き続け、Keybearer をもう一度起動すると戻ってきます。</translation>
    </message>
    <message>
        <source>The broker did not start</source>
        <translation>ブローカーが起動しませんでした</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayMenu</name>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Set up...</source>
        <translation>設定ウィザード...</translation>
    </message>
    <message>
        <source>Settings...</source>
        <translation>設定...</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>トレイアイコンを閉じ、ブローカーを続けるかどうか尋ねます。</translation>
    </message>
    <message>
        <source>A program asks for %1...</source>
        <comment>a provider</comment>
        <translation>プログラムが %1 を求めています...</translation>
    </message>
    <message>
        <source>%1 asks for %2...</source>
        <comment>a program, a provider</comment>
        <translation>%1 が %2 を求めています...</translation>
    </message>
    <message numerus="yes">
        <source>All %n request(s)...</source>
        <translation>
            <numerusform>全 %n 件の要求...</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed tools (%1)...</source>
        <translation>変更されたツール (%1)...</translation>
    </message>
    <message numerus="yes">
        <source>%n more in the Sessions window</source>
        <translation>
            <numerusform>セッションのウィンドウにあと %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>共有を再開</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>共有を停止</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>15 分間</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>1 時間</translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation>再開するまで</translation>
    </message>
    <message>
        <source>Unlock...</source>
        <translation>ロックを解除...</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>ロック</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1, expires %2</source>
        <comment>state, in how long</comment>
        <translation>%1、期限は%2</translation>
    </message>
    <message>
        <source>Sign in again...</source>
        <translation>再サインイン...</translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation>今すぐ更新</translation>
    </message>
    <message>
        <source>Revoke...</source>
        <translation>失効...</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
</context>
<context>
    <name>keybearer::TraySection</name>
    <message>
        <source>This application</source>
        <translation>このアプリケーション</translation>
    </message>
    <message>
        <source>&amp;Start with the desktop</source>
        <translation>デスクトップと同時に起動(&amp;S)</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <comment>a file</comment>
        <translation>書き込み先: %1</translation>
    </message>
    <message>
        <source>With colour</source>
        <comment>the status icon</comment>
        <translation>カラー</translation>
    </message>
    <message>
        <source>In one colour, like the panel&apos;s own</source>
        <comment>the status icon</comment>
        <translation>単色（パネルに合わせる）</translation>
    </message>
    <message>
        <source>Ask me each time</source>
        <translation>毎回尋ねる</translation>
    </message>
    <message>
        <source>The broker goes on in the background</source>
        <translation>ブローカーは裏で動き続ける</translation>
    </message>
    <message>
        <source>The broker stops too</source>
        <translation>ブローカーも停止する</translation>
    </message>
    <message>
        <source>Status &amp;icon:</source>
        <translation>状態アイコン(&amp;I):</translation>
    </message>
    <message>
        <source>When I &amp;quit:</source>
        <translation>終了するとき(&amp;Q):</translation>
    </message>
    <message>
        <source>These settings cannot be kept: %1 cannot be written.</source>
        <comment>a file</comment>
        <translation>%1 に書き込めないため、これらの設定を保存できません。</translation>
    </message>
</context>
<context>
    <name>keybearer::UnlockDialog</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>パスフレーズの設定</translation>
    </message>
    <message>
        <source>Unlock the store</source>
        <translation>ストアのロック解除</translation>
    </message>
    <message>
        <source>It will be asked for whenever the broker starts. There is no way around a forgotten one.</source>
        <translation>ブローカーの起動のたびに求められます。忘れた場合の救済手段はありません。</translation>
    </message>
    <message>
        <source>Your sessions are in a file that this passphrase opens.</source>
        <translation>セッションは、このパスフレーズで開くファイルにあります。</translation>
    </message>
    <message>
        <source>&amp;Passphrase:</source>
        <translation>パスフレーズ(&amp;P):</translation>
    </message>
    <message>
        <source>Once &amp;more:</source>
        <translation>もう一度(&amp;M):</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>これを使う(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>ロックを解除(&amp;U)</translation>
    </message>
</context>
<context>
    <name>keybearer::UsageChart</name>
    <message>
        <source>%1: %2 given</source>
        <comment>day or program, tokens given</comment>
        <translation>%1: 発行 %2</translation>
    </message>
    <message>
        <source>%1: %2 given, %3 refused</source>
        <comment>day or program, tokens given, tokens refused</comment>
        <translation>%1: 発行 %2、拒否 %3</translation>
    </message>
    <message>
        <source>Nothing was given or refused.</source>
        <translation>発行も拒否もありません。</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>title of a chart, what its current bar says</comment>
        <translation>%1。%2</translation>
    </message>
</context>
<context>
    <name>keybearer::UsagePanel</name>
    <message numerus="yes">
        <source>Tokens given, last %n day(s)</source>
        <translation>
            <numerusform>過去 %n 日間に発行したトークン</numerusform>
        </translation>
    </message>
    <message>
        <source>By program</source>
        <translation>プログラム別</translation>
    </message>
    <message>
        <source>A double click shows the rows of one program only.</source>
        <translation>ダブルクリックすると、そのプログラムの行だけを表示します。</translation>
    </message>
</context>
<context>
    <name>keybearer::WelcomePage</name>
    <message>
        <source>Welcome to Keybearer</source>
        <translation>Keybearer へようこそ</translation>
    </message>
    <message>
        <source>You sign in once to each service. Programs on this computer can then use the account, each with your permission, and none of them ever holds a password or a key that lasts.</source>
        <translation>各サービスに一度サインインするだけです。このコンピューターのプログラムは、それぞれあなたの許可を得てアカウントを使え、パスワードや長く有効なキーを持つことはありません。</translation>
    </message>
    <message>
        <source>What do your programs need?</source>
        <translation>プログラムに必要なものは何ですか?</translation>
    </message>
    <message>
        <source>&amp;GitHub</source>
        <translation>&amp;GitHub</translation>
    </message>
    <message>
        <source>Repositories, issues and pull requests, with one sign-in instead of personal tokens.</source>
        <translation>リポジトリ、issue、プルリクエスト。個人トークンの代わりに 1 回のサインイン。</translation>
    </message>
    <message>
        <source>Google &amp;Workspace</source>
        <translation>Google &amp;Workspace</translation>
    </message>
    <message>
        <source>Mail, calendar and documents of one account.</source>
        <translation>1 つのアカウントのメール、カレンダー、文書。</translation>
    </message>
    <message>
        <source>One &amp;other service</source>
        <translation>別のサービス 1 つ(&amp;O)</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>&amp;Several services</source>
        <translation>複数のサービス(&amp;S)</translation>
    </message>
    <message>
        <source>You choose from all of them, and add your company&apos;s own servers by their address.</source>
        <translation>すべてのサービスから選び、会社のサーバーもアドレスで追加できます。</translation>
    </message>
    <message>
        <source>Only API &amp;keys</source>
        <translation>API キーだけ(&amp;K)</translation>
    </message>
    <message>
        <source>Nothing to sign in to: keys move from settings files into the keychain.</source>
        <translation>サインインは不要です。キーを設定ファイルからキーチェーンへ移します。</translation>
    </message>
    <message>
        <source>&amp;Look for MCP clients</source>
        <translation>MCP クライアントを探す(&amp;L)</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Shows the sessions of the credential broker, and asks before a program may use one.</source>
        <translation>資格情報ブローカーのセッションを表示し、プログラムが使う前に尋ねます。</translation>
    </message>
    <message>
        <source>Open the window with this page.</source>
        <comment>an option</comment>
        <translation>このページでウィンドウを開きます。</translation>
    </message>
</context>
</TS>
