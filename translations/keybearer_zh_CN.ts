<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>Activity</name>
    <message>
        <source>%1 got a token for %2</source>
        <translation>%1 获得了 %2 的令牌</translation>
    </message>
    <message>
        <source>%1 got no token for %2</source>
        <translation>%1 没有获得 %2 的令牌</translation>
    </message>
    <message>
        <source>A rule kept %1 from %2</source>
        <translation>一条规则阻止 %1 使用 %2</translation>
    </message>
    <message>
        <source>The policy server gave no answer about %1</source>
        <translation>策略服务器没有就 %1 作出答复</translation>
    </message>
    <message>
        <source>%1 asked too often for %2</source>
        <translation>%1 请求 %2 过于频繁</translation>
    </message>
    <message>
        <source>%1 was allowed to use %2</source>
        <translation>%1 获准使用 %2</translation>
    </message>
    <message>
        <source>%1 was not allowed to use %2</source>
        <translation>%1 未获准使用 %2</translation>
    </message>
    <message>
        <source>%1 may no longer use %2</source>
        <translation>%1 不再可以使用 %2</translation>
    </message>
    <message>
        <source>What %1 was allowed with %2 has ended</source>
        <translation>%1 对 %2 的使用许可已结束</translation>
    </message>
    <message>
        <source>%1 asked too often and waits for ten minutes</source>
        <translation>%1 请求过于频繁，需等待十分钟</translation>
    </message>
    <message>
        <source>%1 was updated by the system and keeps what it may do</source>
        <translation>%1 已由系统更新，保留其已有的许可</translation>
    </message>
    <message>
        <source>A permission was changed behind the broker&apos;s back and does not count</source>
        <translation>一项许可被绕过代理修改，因此无效</translation>
    </message>
    <message>
        <source>Signed in to %2</source>
        <translation>已登录 %2</translation>
    </message>
    <message>
        <source>Signed out of %2</source>
        <translation>已从 %2 注销</translation>
    </message>
    <message>
        <source>The session at %2 could not be renewed</source>
        <translation>%2 的会话无法续期</translation>
    </message>
    <message>
        <source>API key added: %2</source>
        <translation>已添加 API 密钥：%2</translation>
    </message>
    <message>
        <source>API key replaced: %2</source>
        <translation>已更换 API 密钥：%2</translation>
    </message>
    <message>
        <source>API key switched on: %2</source>
        <translation>已启用 API 密钥：%2</translation>
    </message>
    <message>
        <source>API key switched off: %2</source>
        <translation>已停用 API 密钥：%2</translation>
    </message>
    <message>
        <source>API key removed: %2</source>
        <translation>已删除 API 密钥：%2</translation>
    </message>
    <message>
        <source>Service account added: %2</source>
        <translation>已添加服务账号：%2</translation>
    </message>
    <message>
        <source>Service account removed: %2</source>
        <translation>已删除服务账号：%2</translation>
    </message>
    <message>
        <source>Registered program added: %3</source>
        <translation>已添加注册程序：%3</translation>
    </message>
    <message>
        <source>Registered program got a new key: %3</source>
        <translation>注册程序获得了新密钥：%3</translation>
    </message>
    <message>
        <source>Registered program switched on: %3</source>
        <translation>已启用注册程序：%3</translation>
    </message>
    <message>
        <source>Registered program switched off: %3</source>
        <translation>已停用注册程序：%3</translation>
    </message>
    <message>
        <source>Registered program removed: %3</source>
        <translation>已删除注册程序：%3</translation>
    </message>
    <message>
        <source>%1 showed a key that is not good</source>
        <translation>%1 出示了无效的密钥</translation>
    </message>
    <message>
        <source>%1 was started with access of its own</source>
        <translation>%1 启动时带有自己的访问权限</translation>
    </message>
    <message>
        <source>%1 showed a secret that is not its own</source>
        <translation>%1 出示了不属于它的密文</translation>
    </message>
    <message>
        <source>The access that %1 was started with has ended</source>
        <translation>%1 启动时带有的访问权限已结束</translation>
    </message>
    <message>
        <source>Keybearer registered itself at %2</source>
        <translation>Keybearer 已在 %2 注册</translation>
    </message>
    <message>
        <source>The registration at %2 was removed</source>
        <translation>已删除在 %2 的注册</translation>
    </message>
    <message>
        <source>An MCP server shows a new tool: %3</source>
        <translation>MCP 服务器出现了新工具：%3</translation>
    </message>
    <message>
        <source>The definition of a tool has changed: %3</source>
        <translation>工具的定义已更改：%3</translation>
    </message>
    <message>
        <source>You approved a tool: %3</source>
        <translation>您批准了工具：%3</translation>
    </message>
    <message>
        <source>A tool was forgotten: %3</source>
        <translation>已忘记工具：%3</translation>
    </message>
    <message>
        <source>What is known of a tool was changed behind the broker&apos;s back: %3</source>
        <translation>有关工具的记录被绕过代理修改：%3</translation>
    </message>
    <message>
        <source>%1 opened an MCP server: %3</source>
        <translation>%1 打开了 MCP 服务器：%3</translation>
    </message>
    <message>
        <source>%1 closed an MCP server: %3</source>
        <translation>%1 关闭了 MCP 服务器：%3</translation>
    </message>
    <message>
        <source>The program of an MCP server was started: %3</source>
        <translation>已启动 MCP 服务器的程序：%3</translation>
    </message>
    <message>
        <source>The program of an MCP server has ended: %3</source>
        <translation>MCP 服务器的程序已结束：%3</translation>
    </message>
    <message>
        <source>The gateway was opened</source>
        <translation>网关已打开</translation>
    </message>
    <message>
        <source>The gateway was closed</source>
        <translation>网关已关闭</translation>
    </message>
    <message>
        <source>The gateway signs with a new key</source>
        <translation>网关改用新密钥签名</translation>
    </message>
    <message>
        <source>A client of the gateway was removed: %3</source>
        <translation>已删除网关客户端：%3</translation>
    </message>
    <message>
        <source>The gateway refused a request: %3</source>
        <translation>网关拒绝了一个请求：%3</translation>
    </message>
    <message>
        <source>A client registered at the gateway: %3</source>
        <translation>有客户端在网关注册：%3</translation>
    </message>
    <message>
        <source>A client left the gateway: %3</source>
        <translation>有客户端离开网关：%3</translation>
    </message>
    <message>
        <source>A client of the gateway was let in: %3</source>
        <translation>网关放行了一个客户端：%3</translation>
    </message>
    <message>
        <source>A client of the gateway renewed its access: %3</source>
        <translation>网关客户端续期了访问权限：%3</translation>
    </message>
    <message>
        <source>A client of the gateway showed a token that was just replaced: %3</source>
        <translation>网关客户端出示了刚被替换的令牌：%3</translation>
    </message>
    <message>
        <source>A token of the gateway was used twice, so all of it was revoked: %3</source>
        <translation>网关令牌被使用两次，已全部撤销：%3</translation>
    </message>
    <message>
        <source>A client of the gateway was turned away: %3</source>
        <translation>网关拒绝了一个客户端：%3</translation>
    </message>
    <message>
        <source>The access of a client of the gateway has ended: %3</source>
        <translation>网关客户端的访问权限已结束：%3</translation>
    </message>
    <message>
        <source>The gateway&apos;s authorization server signs with a new key</source>
        <translation>网关的授权服务器改用新密钥签名</translation>
    </message>
    <message>
        <source>The provider for trying things out was started</source>
        <translation>试用提供商已启动</translation>
    </message>
    <message>
        <source>The provider for trying things out was stopped</source>
        <translation>试用提供商已停止</translation>
    </message>
    <message>
        <source>The store was unlocked</source>
        <translation>存储已解锁</translation>
    </message>
    <message>
        <source>The store was locked</source>
        <translation>存储已锁定</translation>
    </message>
    <message>
        <source>All sessions moved to another store</source>
        <translation>所有会话已移至另一存储</translation>
    </message>
    <message>
        <source>The store got a new key</source>
        <translation>存储已更换密钥</translation>
    </message>
    <message>
        <source>The broker started</source>
        <translation>代理已启动</translation>
    </message>
    <message>
        <source>The broker stopped</source>
        <translation>代理已停止</translation>
    </message>
    <message>
        <source>The broker was asked to stop</source>
        <translation>已请求代理停止</translation>
    </message>
    <message>
        <source>Sharing was paused: no program gets anything</source>
        <translation>共享已暂停：没有程序能获得任何内容</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>共享继续</translation>
    </message>
    <message>
        <source>Half a row was cut off the log after a power cut</source>
        <translation>断电后从日志中截去了半行</translation>
    </message>
    <message>
        <source>Rows that were too old were removed from the log</source>
        <translation>过旧的行已从日志中删除</translation>
    </message>
    <message>
        <source>The log was damaged and set aside</source>
        <translation>日志已损坏，已另行存放</translation>
    </message>
    <message>
        <source>The broker raised an alert: %3</source>
        <translation>代理发出警报：%3</translation>
    </message>
    <message>
        <source>something that is not named</source>
        <translation>未命名的对象</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>provider (account)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>You said no.</source>
        <translation>您拒绝了。</translation>
    </message>
    <message>
        <source>Nobody has allowed it yet.</source>
        <translation>尚无人许可。</translation>
    </message>
    <message>
        <source>There was nobody to ask.</source>
        <translation>没有人可以询问。</translation>
    </message>
    <message>
        <source>The session does not have the scopes that were asked for.</source>
        <translation>会话不具备所请求的权限范围。</translation>
    </message>
    <message>
        <source>Somebody has to sign in again.</source>
        <translation>需要有人重新登录。</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>无人登录。</translation>
    </message>
    <message>
        <source>A sign-in was not finished yet.</source>
        <translation>登录尚未完成。</translation>
    </message>
    <message>
        <source>The provider did not answer.</source>
        <translation>提供商没有应答。</translation>
    </message>
    <message>
        <source>The provider refused it.</source>
        <translation>提供商拒绝了。</translation>
    </message>
    <message>
        <source>It asked too often.</source>
        <translation>请求过于频繁。</translation>
    </message>
    <message>
        <source>A rule forbids it.</source>
        <translation>有规则禁止。</translation>
    </message>
    <message>
        <source>The store was locked.</source>
        <translation>存储已锁定。</translation>
    </message>
    <message>
        <source>The store could not be reached.</source>
        <translation>无法访问存储。</translation>
    </message>
    <message>
        <source>Row %1 was changed.</source>
        <translation>第 %1 行被更改。</translation>
    </message>
    <message>
        <source>Row %1 is missing.</source>
        <translation>缺少第 %1 行。</translation>
    </message>
    <message>
        <source>Row %1 does not follow from the one before it.</source>
        <translation>第 %1 行与前一行不衔接。</translation>
    </message>
    <message>
        <source>Row %1 cannot be read.</source>
        <translation>第 %1 行无法读取。</translation>
    </message>
    <message>
        <source>Row %1 is another one in its file than in the database.</source>
        <translation>第 %1 行在文件与数据库中不一致。</translation>
    </message>
    <message>
        <source>Row %1 and what came after it were cut off.</source>
        <translation>第 %1 行及其后的内容被截去。</translation>
    </message>
    <message>
        <source>The rows before row %1 were removed, and not by the broker.</source>
        <translation>第 %1 行之前的行被删除，且并非由代理删除。</translation>
    </message>
    <message>
        <source>The seal does not fit at row %1: rows were made anew, or cut off at the beginning.</source>
        <translation>封印与第 %1 行不符：有行被重新生成，或开头被截去。</translation>
    </message>
    <message>
        <source>The log is older than it should be: row %1 is not the one that was there.</source>
        <translation>日志比应有的旧：第 %1 行不是原来的那一行。</translation>
    </message>
    <message>
        <source>The rows before row %1 are in a damaged file that was set aside.</source>
        <translation>第 %1 行之前的行在另行存放的损坏文件中。</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>某个程序</translation>
    </message>
    <message>
        <source>%1 (a kind of row that this window does not know)</source>
        <translation>%1（此窗口不认识的行类型）</translation>
    </message>
    <message>
        <source>Given</source>
        <extracomment>what came of a request: the program got its token</extracomment>
        <translation>已发放</translation>
    </message>
    <message>
        <source>Refused</source>
        <extracomment>what came of a request</extracomment>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Attention</source>
        <extracomment>what came of a request: something a person should look at</extracomment>
        <translation>需注意</translation>
    </message>
    <message>
        <source>Done</source>
        <extracomment>what came of a request</extracomment>
        <translation>完成</translation>
    </message>
    <message>
        <source>Row %1 does not fit (%2).</source>
        <translation>第 %1 行不符（%2）。</translation>
    </message>
    <message>
        <source>The configuration was read again</source>
        <translation>已重新读取配置</translation>
    </message>
    <message>
        <source>A configuration with a mistake was not used</source>
        <translation>有错误的配置未被采用</translation>
    </message>
</context>
<context>
    <name>Addresses</name>
    <message>
        <source>There is no address yet.</source>
        <translation>还没有地址。</translation>
    </message>
    <message>
        <source>This is not an address.</source>
        <translation>这不是地址。</translation>
    </message>
    <message>
        <source>Paste it as one word.</source>
        <translation>请将它作为一个整体粘贴。</translation>
    </message>
    <message>
        <source>An address looks like https://mcp.example.com/mcp.</source>
        <translation>地址形如 https://mcp.example.com/mcp。</translation>
    </message>
    <message>
        <source>This address is not safe to sign in at.</source>
        <translation>在此地址登录不安全。</translation>
    </message>
    <message>
        <source>It has to begin with https://, except on this computer.</source>
        <translation>必须以 https:// 开头，此计算机上的除外。</translation>
    </message>
    <message>
        <source>This address has a user name in it.</source>
        <translation>此地址中含有用户名。</translation>
    </message>
    <message>
        <source>Take out what stands before the @.</source>
        <translation>请去掉 @ 之前的内容。</translation>
    </message>
    <message>
        <source>This address has a # in it.</source>
        <translation>此地址中含有 #。</translation>
    </message>
    <message>
        <source>Take out the # and what follows.</source>
        <translation>请去掉 # 及其后的内容。</translation>
    </message>
    <message>
        <source>Copy all of the browser&apos;s address bar, from http:// to the end.</source>
        <translation>请复制浏览器地址栏的全部内容，从 http:// 到末尾。</translation>
    </message>
    <message>
        <source>This is not the address that the sign-in ended at.</source>
        <translation>这不是登录结束时的地址。</translation>
    </message>
    <message>
        <source>Sign in first; then copy the address of the page that could not be opened. It has ǌode=” and “state=” in it.</source>
        <translation>请先登录；然后复制无法打开的那个页面的地址。其中含有“code=”和“state=”。</translation>
    </message>
</context>
<context>
    <name>ClientSettings</name>
    <message>
        <source>Belongs into claude_desktop_config.json. Start Claude Desktop again afterwards.</source>
        <translation>应写入 claude_desktop_config.json。之后请重新启动 Claude Desktop。</translation>
    </message>
    <message>
        <source>Run this in a terminal.</source>
        <translation>请在终端中运行。</translation>
    </message>
    <message>
        <source>Belongs into .vscode/mcp.json of a project, or into mcp.json of your profile.</source>
        <translation>应写入项目的 .vscode/mcp.json，或您配置文件的 mcp.json。</translation>
    </message>
    <message>
        <source>Belongs into .cursor/mcp.json of your home or of a project.</source>
        <translation>应写入您主目录或项目的 .cursor/mcp.json。</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Error</source>
        <extracomment>how bad a finding is</extracomment>
        <translation>错误</translation>
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
        <translation>就绪</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>无法访问</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>尚未使用</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>where the sessions are kept, and whether that can be reached</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>A move of all sessions is not finished: %1.</source>
        <translation>所有会话的迁移尚未完成：%1。</translation>
    </message>
    <message>
        <source>A change is under way: %1 of %2.</source>
        <translation>正在更改：%2 中的 %1。</translation>
    </message>
    <message>
        <source>Its new key is not everywhere yet.</source>
        <translation>其新密钥尚未应用到所有位置。</translation>
    </message>
    <message numerus="yes">
        <source>%n damaged record(s) are kept aside.</source>
        <translation>
            <numerusform>%n 条损坏的记录已另行保存。</numerusform>
        </translation>
    </message>
    <message>
        <source>open at %1</source>
        <translation>已在 %1 打开</translation>
    </message>
    <message>
        <source>running, closed to addresses</source>
        <translation>正在运行，未对地址开放</translation>
    </message>
    <message>
        <source>not running; it starts when it is used</source>
        <translation>未运行；使用时启动</translation>
    </message>
    <message>
        <source>every program gets what it asks for</source>
        <translation>每个程序都能得到所请求的内容</translation>
    </message>
    <message>
        <source>only what was allowed before</source>
        <translation>仅限之前允许的内容</translation>
    </message>
    <message>
        <source>you are asked about every new program</source>
        <translation>每个新程序都会询问您</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>version %1, process %2, started %3</source>
        <translation>版本 %1，进程 %2，启动于 %3</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>访问</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Tokens since the start</source>
        <translation>启动以来的令牌</translation>
    </message>
    <message>
        <source>%1 given, %2 refused</source>
        <comment>tokens</comment>
        <translation>已发放 %1，已拒绝 %2</translation>
    </message>
    <message>
        <source>Trouble since the start</source>
        <translation>启动以来的问题</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>日志行数</translation>
    </message>
    <message>
        <source>Open connections</source>
        <translation>打开的连接</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>套接字</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n 个会话</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 with trouble: %3</source>
        <comment>sessions, how many of them, the problem of one</comment>
        <translation>%1，其中 %2 有问题：%3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>two kinds of trouble, each with its number</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln renewal(s) failed</source>
        <translation>
            <numerusform>%Ln 次续期失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln 条警报</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>The file was changed after the import, so it was left as it is.</source>
        <translation>导入后文件又被更改，因此未作改动。</translation>
    </message>
    <message>
        <source>The copy from before is kept; &quot;keybearer import --undo --force&quot; puts it back and keeps the newer file as well.</source>
        <translation>之前的副本仍保留；“keybearer import --undo --force”会将其放回，并同时保留较新的文件。</translation>
    </message>
    <message>
        <source>Reached by way of Keybearer, with one sign-in for all clients.</source>
        <translation>经由 Keybearer 访问，所有客户端只需登录一次。</translation>
    </message>
    <message>
        <source>Started by Keybearer, with its secrets from the keychain.</source>
        <translation>由 Keybearer 启动，其机密来自钥匙串。</translation>
    </message>
    <message>
        <source>The tokens leave the disk; you sign in to it once more.</source>
        <translation>令牌将离开磁盘；您需要再登录一次。</translation>
    </message>
    <message>
        <source>Uses Keybearer already.</source>
        <translation>已在使用 Keybearer。</translation>
    </message>
    <message>
        <source>Stays as it is: it has no secret and no sign-in.</source>
        <translation>保持原样：没有机密，也无需登录。</translation>
    </message>
    <message>
        <source>Stays as it is: its entry has a shape that Keybearer does not know.</source>
        <translation>保持原样：Keybearer 不认识该条目的格式。</translation>
    </message>
    <message>
        <source>Stays as it is.</source>
        <translation>保持原样。</translation>
    </message>
    <message>
        <source>Stays as it is: %1</source>
        <comment>then a sentence with the reason</comment>
        <translation>保持原样：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>where a secret stands, and its masked text</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>This file may not be written.</source>
        <translation>此文件不可写入。</translation>
    </message>
    <message>
        <source>This file has a shape that Keybearer does not know, so it is left alone.</source>
        <translation>Keybearer 不认识此文件的格式，因此不作改动。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>无法读取此文件。</translation>
    </message>
    <message>
        <source>As it was before, byte for byte.</source>
        <translation>与之前逐字节相同。</translation>
    </message>
    <message>
        <source>The tokens are no longer there. Sign in once more, with Keybearer.</source>
        <translation>令牌已不在那里。请用 Keybearer 再登录一次。</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved. Restart %1, so that it reads its settings again.</source>
        <translation>
            <numerusform>已迁移 %n 个服务器。请重新启动 %1，以便它重新读取设置。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing had to be changed.</source>
        <translation>没有需要更改的内容。</translation>
    </message>
    <message>
        <source>The file is as it was.</source>
        <translation>文件保持原样。</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>Unlock...</source>
        <translation>解锁...</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>登录...</translation>
    </message>
    <message>
        <source>Start the broker</source>
        <translation>启动代理</translation>
    </message>
    <message>
        <source>Open configuration</source>
        <translation>打开配置</translation>
    </message>
    <message>
        <source>Close it to others</source>
        <translation>对他人关闭</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message>
        <source>Needs no sign-in</source>
        <translation>无需登录</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>无人登录</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>已登录为 %1</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>有应答</translation>
    </message>
    <message>
        <source>Answers with trouble</source>
        <translation>有应答但有问题</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>尚未使用</translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <comment>tools that are new or have changed</comment>
        <translation>
            <numerusform>%n 个待查看</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n 个工具</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionState</name>
    <message>
        <source>Active</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Refreshing</source>
        <translation>正在刷新</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>需重新登录</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>已搁置</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>Another provider or server...</source>
        <translation>其他提供商或服务器...</translation>
    </message>
    <message>
        <source>Choose a provider or server...</source>
        <translation>选择提供商或服务器...</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>know who you are</source>
        <translation>知道您是谁</translation>
    </message>
    <message>
        <source>see your name and picture</source>
        <translation>查看您的姓名和头像</translation>
    </message>
    <message>
        <source>see your e-mail address</source>
        <translation>查看您的电子邮件地址</translation>
    </message>
    <message>
        <source>stay signed in while you are away</source>
        <translation>在您离开时保持登录</translation>
    </message>
    <message>
        <source>read and change all your repositories</source>
        <translation>读取和更改您的所有仓库</translation>
    </message>
    <message>
        <source>change your public repositories</source>
        <translation>更改您的公开仓库</translation>
    </message>
    <message>
        <source>read your profile</source>
        <translation>读取您的个人资料</translation>
    </message>
    <message>
        <source>see your e-mail addresses</source>
        <translation>查看您的各个电子邮件地址</translation>
    </message>
    <message>
        <source>see your organisations and teams</source>
        <translation>查看您的组织和团队</translation>
    </message>
    <message>
        <source>write gists</source>
        <translation>编写 gist</translation>
    </message>
    <message>
        <source>change workflows</source>
        <translation>更改工作流</translation>
    </message>
    <message>
        <source>read your mail</source>
        <translation>读取您的邮件</translation>
    </message>
    <message>
        <source>read your files</source>
        <translation>读取您的文件</translation>
    </message>
    <message>
        <source>read your calendars</source>
        <translation>读取您的日历</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>a time from now</comment>
        <translation>%1后</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <comment>a time before now</comment>
        <translation>%1前</translation>
    </message>
    <message>
        <source>The broker cannot be reached.</source>
        <translation>无法连接代理。</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>未及时得到应答。</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>登录已取消。</translation>
    </message>
    <message>
        <source>This provider is not set up yet.</source>
        <translation>此提供商尚未设置。</translation>
    </message>
    <message>
        <source>The sign-in has ended.</source>
        <translation>登录已结束。</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>钥匙串已锁定。</translation>
    </message>
    <message>
        <source>The keychain cannot be reached.</source>
        <translation>无法访问钥匙串。</translation>
    </message>
    <message>
        <source>The provider cannot be reached at the moment.</source>
        <translation>目前无法连接提供商。</translation>
    </message>
    <message>
        <source>That was asked too often.</source>
        <translation>请求过于频繁。</translation>
    </message>
    <message>
        <source>Keybearer keeps trying to start it. If this lasts, run &quot;keybearer doctor&quot; in a terminal.</source>
        <translation>Keybearer 会继续尝试启动它。如果一直如此，请在终端中运行“keybearer doctor”。</translation>
    </message>
    <message>
        <source>Try again when you are ready.</source>
        <translation>准备好后请重试。</translation>
    </message>
    <message>
        <source>Register an application with the provider, and enter its client id in config.yaml.</source>
        <translation>请在提供商处注册一个应用，并将其客户端 ID 填入 config.yaml。</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>请重新登录。</translation>
    </message>
    <message>
        <source>Unlock the keychain of your desktop, then try again.</source>
        <translation>请解锁桌面的钥匙串，然后重试。</translation>
    </message>
    <message>
        <source>Start the keychain of your desktop, then try again.</source>
        <translation>请启动桌面的钥匙串，然后重试。</translation>
    </message>
    <message>
        <source>Nothing is lost. Check the network, and try again in a while.</source>
        <translation>没有丢失任何内容。请检查网络，稍后重试。</translation>
    </message>
    <message>
        <source>Wait a minute, then try again.</source>
        <translation>请等待一分钟，然后重试。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>started for this by &quot;keybearer run&quot;</source>
        <translation>由“keybearer run”为此启动</translation>
    </message>
    <message>
        <source>a sandboxed application</source>
        <translation>沙盒中的应用</translation>
    </message>
    <message>
        <source>a program that only the administrator can replace</source>
        <translation>只有管理员才能替换的程序</translation>
    </message>
    <message>
        <source>a script, by its file and where it runs</source>
        <translation>脚本，按其文件和运行位置识别</translation>
    </message>
    <message>
        <source>not for certain: your own programs could replace or imitate it</source>
        <translation>不能确定：您自己的程序可能替换或冒充它</translation>
    </message>
    <message>
        <source>not at all: it runs outside of this system</source>
        <translation>完全无法识别：它在本系统之外运行</translation>
    </message>
    <message>
        <source>The program is another one</source>
        <translation>程序已不是同一个</translation>
    </message>
    <message>
        <source>The script is another one</source>
        <translation>脚本已不是同一个</translation>
    </message>
    <message>
        <source>Somebody else may replace it</source>
        <translation>其他人可能替换它</translation>
    </message>
    <message>
        <source>It is known in another way</source>
        <translation>识别方式已不同</translation>
    </message>
    <message>
        <source>It runs in another directory</source>
        <translation>它在另一目录中运行</translation>
    </message>
    <message>
        <source>Somebody else has signed it</source>
        <translation>签名者已不同</translation>
    </message>
    <message>
        <source>It would have other access</source>
        <translation>它将获得不同的访问权限</translation>
    </message>
    <message>
        <source>before: %1
now: %2</source>
        <comment>a fact&apos;s old value, its new one</comment>
        <translation>之前：%1
现在：%2</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFilterBar</name>
    <message>
        <source>Clear &amp;filters</source>
        <translation>清除筛选(&amp;F)</translation>
    </message>
    <message>
        <source>Kind of row</source>
        <translation>行的类型</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Span of time</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>Program, by its path or the name of its file</source>
        <translation>程序，按其路径或文件名</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>The path of a program, or the name of its file: node</source>
        <translation>程序的路径，或其文件名：node</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Tokens given</source>
        <translation>已发放的令牌</translation>
    </message>
    <message>
        <source>Tokens refused</source>
        <translation>被拒绝的令牌</translation>
    </message>
    <message>
        <source>Kept away by rules</source>
        <translation>被规则阻止</translation>
    </message>
    <message>
        <source>Asked too often</source>
        <translation>请求过于频繁</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Registered programs</source>
        <translation>注册程序</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>MCP 服务器</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Clients of the gateway</source>
        <translation>网关客户端</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>所有提供商</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityFooter</name>
    <message>
        <source>&amp;Verify the log</source>
        <translation>校验日志(&amp;V)</translation>
    </message>
    <message>
        <source>Every row holds a digest of the one before it: this finds out whether anybody has changed or removed one.</source>
        <translation>每一行都含有前一行的摘要：由此可查明是否有人更改或删除过某一行。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported so far.</source>
        <translation>
            <numerusform>目前已导出 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the log...</source>
        <translation>正在读取日志...</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found, back to %1.</source>
        <translation>
            <numerusform>找到 %n 行，最早至 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) found.</source>
        <translation>
            <numerusform>找到 %n 行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s): all there are.</source>
        <translation>
            <numerusform>%n 行：这就是全部。</numerusform>
        </translation>
    </message>
    <message>
        <source>Older rows, back to %1.</source>
        <translation>更早的行，最早至 %1。</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n row(s), back to %1.</source>
        <translation>
            <numerusform>最新的 %n 行，最早至 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>重试(&amp;A)</translation>
    </message>
    <message>
        <source>G&amp;o on with older rows</source>
        <translation>继续查看更早的行(&amp;O)</translation>
    </message>
    <message>
        <source>Search &amp;older rows</source>
        <translation>搜索更早的行(&amp;O)</translation>
    </message>
    <message>
        <source>Cancel &amp;export</source>
        <translation>取消导出(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>导出(&amp;E)...</translation>
    </message>
    <message>
        <source>Checking every row of the log...</source>
        <translation>正在检查日志的每一行...</translation>
    </message>
    <message>
        <source>A key in the store of secrets seals it up to row %1.</source>
        <translation>机密存储中的密钥已封印至第 %1 行。</translation>
    </message>
    <message>
        <source>It is not sealed by the store of secrets yet.</source>
        <translation>尚未由机密存储封印。</translation>
    </message>
    <message numerus="yes">
        <source>The log is whole: nobody has changed any of its %n row(s).</source>
        <translation>
            <numerusform>日志完好：%n 行中没有任何一行被更改。</numerusform>
        </translation>
    </message>
    <message>
        <source>The log was changed or damaged.</source>
        <translation>日志被更改或损坏。</translation>
    </message>
    <message>
        <source>Keep a copy of the state directory, and find out who could write there.</source>
        <translation>请保留状态目录的副本，并查明谁能写入那里。</translation>
    </message>
    <message>
        <source>The export was cancelled. No file was left behind.</source>
        <translation>导出已取消。没有留下文件。</translation>
    </message>
    <message>
        <source>Export the log</source>
        <translation>导出日志</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON 行 (*.jsonl)</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) exported. Only you can read the file.</source>
        <translation>
            <numerusform>已导出 %n 行。只有您能读取该文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>没有导出任何内容。</translation>
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
        <translation>时间</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Outcome</source>
        <extracomment>heading of a column: Given, Refused, Done ...</extracomment>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>keybearer::ActivityPage</name>
    <message>
        <source>Nothing has happened yet</source>
        <translation>尚未发生任何事</translation>
    </message>
    <message>
        <source>Every token that is given to a program, every refusal and every change is written down and shown here.</source>
        <translation>发给程序的每个令牌、每次拒绝和每次更改都会记录并显示在这里。</translation>
    </message>
    <message>
        <source>Rows of the log</source>
        <translation>日志的行</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
</context>
<context>
    <name>keybearer::AddServiceDialog</name>
    <message>
        <source>Add MCP server</source>
        <translation>添加 MCP 服务器</translation>
    </message>
    <message>
        <source>A server with an address</source>
        <translation>有地址的服务器</translation>
    </message>
    <message>
        <source>A program of this computer</source>
        <translation>此计算机上的程序</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>类型(&amp;K)：</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>A&amp;ddress:</source>
        <translation>地址(&amp;D)：</translation>
    </message>
    <message>
        <source>Where one signs in is found out from the server itself. Sign in afterwards, with the button on the page.</source>
        <translation>在何处登录由服务器自身查明。之后请用页面上的按钮登录。</translation>
    </message>
    <message>
        <source>&amp;Program:</source>
        <translation>程序(&amp;P)：</translation>
    </message>
    <message>
        <source>A&amp;rguments, one a line:</source>
        <translation>参数，每行一个(&amp;R)：</translation>
    </message>
    <message>
        <source>Will be run as:</source>
        <translation>将运行为：</translation>
    </message>
    <message>
        <source>No shell sees these words. The first time that a client uses it, you are asked whether it may be started.</source>
        <translation>这些词不经过 shell。客户端首次使用它时，会询问您是否可以启动。</translation>
    </message>
</context>
<context>
    <name>keybearer::AlertStrip</name>
    <message>
        <source>Show &amp;alerts</source>
        <translation>显示警报(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>%n more since the broker started.</source>
        <translation>
            <numerusform>自代理启动以来还有 %n 条。</numerusform>
        </translation>
    </message>
    <message>
        <source>Alerts: %1</source>
        <translation>警报：%1</translation>
    </message>
</context>
<context>
    <name>keybearer::AuditRowDialog</name>
    <message>
        <source>Row %1 of the log</source>
        <translation>日志的第 %1 行</translation>
    </message>
    <message>
        <source>The row as it stands in the log</source>
        <translation>日志中的原始行</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>What:</source>
        <translation>内容：</translation>
    </message>
    <message>
        <source>When:</source>
        <translation>时间：</translation>
    </message>
    <message>
        <source>Outcome:</source>
        <translation>结果：</translation>
    </message>
    <message>
        <source>Why:</source>
        <translation>原因：</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>程序：</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>脚本：</translation>
    </message>
    <message>
        <source>Tool:</source>
        <translation>工具：</translation>
    </message>
    <message>
        <source>Registered program:</source>
        <translation>注册程序：</translation>
    </message>
</context>
<context>
    <name>keybearer::BrokerMirror</name>
    <message>
        <source>No connection to the broker</source>
        <translation>未连接到代理</translation>
    </message>
    <message>
        <source>Connecting to the broker...</source>
        <translation>正在连接代理...</translation>
    </message>
    <message>
        <source>The store is locked</source>
        <translation>存储已锁定</translation>
    </message>
    <message>
        <source>The keychain is locked</source>
        <translation>钥匙串已锁定</translation>
    </message>
    <message>
        <source>The store cannot be used</source>
        <translation>存储无法使用</translation>
    </message>
    <message>
        <source>The keychain cannot be reached</source>
        <translation>无法访问钥匙串</translation>
    </message>
    <message>
        <source>Sharing is paused until %1</source>
        <comment>a time of day</comment>
        <translation>共享已暂停至 %1</translation>
    </message>
    <message>
        <source>Sharing is paused</source>
        <translation>共享已暂停</translation>
    </message>
    <message numerus="yes">
        <source>%n program(s) waiting for your answer</source>
        <translation>
            <numerusform>%n 个程序正在等待您的答复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) need you to sign in again</source>
        <translation>
            <numerusform>%n 个会话需要您重新登录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) hidden until you approve them</source>
        <translation>
            <numerusform>%n 个工具已隐藏，等待您批准</numerusform>
        </translation>
    </message>
    <message>
        <source>The broker reports a problem</source>
        <translation>代理报告了问题</translation>
    </message>
    <message>
        <source>Not signed in anywhere yet</source>
        <translation>尚未在任何地方登录</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) ready</source>
        <translation>
            <numerusform>%n 个会话已就绪</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::BrokerSection</name>
    <message>
        <source>Broker</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>&amp;Open the gateway when the broker starts</source>
        <translation>代理启动时打开网关(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Restart the broker</source>
        <translation>重新启动代理(&amp;R)</translation>
    </message>
    <message>
        <source>Open config.&amp;yaml</source>
        <translation>打开 config.yaml(&amp;Y)</translation>
    </message>
    <message>
        <source>Ask me about every new program</source>
        <translation>每个新程序都询问我</translation>
    </message>
    <message>
        <source>Only programs that were approved before</source>
        <translation>仅限之前批准过的程序</translation>
    </message>
    <message>
        <source>Every program of mine, unasked</source>
        <translation>我的所有程序，不询问</translation>
    </message>
    <message>
        <source>Who gets &amp;access:</source>
        <translation>谁获得访问权限(&amp;A)：</translation>
    </message>
    <message>
        <source>&amp;Port of the gateway:</source>
        <translation>网关端口(&amp;P)：</translation>
    </message>
    <message>
        <source>chosen by itself</source>
        <comment>a port</comment>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>Seconds that a call &amp;waits for a sign-in:</source>
        <translation>调用等待登录的秒数(&amp;W)：</translation>
    </message>
    <message>
        <source>Seconds before its end in which a token is re&amp;newed:</source>
        <translation>令牌到期前多少秒续期(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Days for which the audit log is kept:</source>
        <translation>审计日志保留天数(&amp;D)：</translation>
    </message>
    <message>
        <source>The broker would not start with this file. %1</source>
        <comment>what is wrong with it</comment>
        <translation>使用此文件代理将无法启动。%1</translation>
    </message>
    <message>
        <source>%1 cannot be written, so nothing can be changed here.</source>
        <comment>a file</comment>
        <translation>%1 不可写入，因此这里无法更改任何内容。</translation>
    </message>
    <message>
        <source>Every program that runs as you gets every token, and nobody is asked. Malware too. Only for machines where nothing else runs.</source>
        <translation>以您的身份运行的每个程序都会获得所有令牌，且不询问任何人，恶意软件也不例外。仅用于没有运行其他程序的计算机。</translation>
    </message>
    <message>
        <source>A program that was never allowed is refused, and you are not asked.</source>
        <translation>从未获准的程序会被拒绝，且不会询问您。</translation>
    </message>
    <message>
        <source>A program gets nothing until you have said yes. You choose for how long.</source>
        <translation>在您同意之前，程序得不到任何内容。由您选择多长时间。</translation>
    </message>
    <message>
        <source>Give access unasked</source>
        <translation>不询问即授予访问</translation>
    </message>
    <message>
        <source>Should every program get every token, unasked?</source>
        <translation>要让每个程序都不经询问获得所有令牌吗？</translation>
    </message>
    <message>
        <source>This counts for all programs that run as you, now and later.</source>
        <translation>这适用于现在和以后以您的身份运行的所有程序。</translation>
    </message>
    <message>
        <source>Give access &amp;unasked</source>
        <translation>不询问即授予访问(&amp;U)</translation>
    </message>
    <message>
        <source>Nothing was changed. %1</source>
        <comment>why</comment>
        <translation>没有更改任何内容。%1</translation>
    </message>
    <message>
        <source>It was changed in the file, but the environment variable %1 wins over the file.</source>
        <translation>文件已更改，但环境变量 %1 优先于该文件。</translation>
    </message>
    <message>
        <source>Changed. The broker uses it when it starts anew.</source>
        <translation>已更改。代理重新启动后生效。</translation>
    </message>
    <message>
        <source>The broker starts anew...</source>
        <translation>代理正在重新启动...</translation>
    </message>
    <message>
        <source>The broker has started anew.</source>
        <translation>代理已重新启动。</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientIdForm</name>
    <message>
        <source>&amp;Open the page</source>
        <translation>打开页面(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Set up and &amp;sign in</source>
        <translation>设置并登录(&amp;S)</translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation>设置 %1</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <extracomment>a numbered step: &quot;1. Open the page ...&quot;</extracomment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1 wants to know Keybearer before you can sign in</source>
        <translation>在您登录之前，%1 需要认识 Keybearer</translation>
    </message>
    <message>
        <source>This is done once. Whoever runs the account there can do it, mostly you.</source>
        <translation>只需做一次。由管理那里账号的人完成，通常就是您。</translation>
    </message>
    <message>
        <source>Open the page where %1 registers applications, and make a new one there.</source>
        <translation>打开 %1 注册应用的页面，在那里新建一个应用。</translation>
    </message>
    <message>
        <source>Where it asks for a redirect or callback address, enter this one:</source>
        <translation>在要求填写重定向或回调地址处，填入此地址：</translation>
    </message>
    <message>
        <source>Copy what %1 shows then into these fields:</source>
        <translation>将 %1 随后显示的内容复制到这些字段：</translation>
    </message>
    <message>
        <source>No browser could be started. The page is %1.</source>
        <translation>无法打开浏览器。页面地址是 %1。</translation>
    </message>
    <message>
        <source>Redirect address to enter there</source>
        <translation>要在那里填写的重定向地址</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>&amp;Domain:</source>
        <translation>域(&amp;D)：</translation>
    </message>
    <message>
        <source>Client s&amp;ecret:</source>
        <translation>客户端机密(&amp;E)：</translation>
    </message>
    <message>
        <source>Client &amp;ID:</source>
        <translation>客户端 ID(&amp;I)：</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Only if you were given one</source>
        <translation>仅在您得到了机密时填写</translation>
    </message>
    <message>
        <source>A client ID has no spaces and no special letters.</source>
        <translation>客户端 ID 不含空格和特殊字母。</translation>
    </message>
    <message>
        <source>This is the redirect address, not the client ID.</source>
        <translation>这是重定向地址，不是客户端 ID。</translation>
    </message>
    <message>
        <source>This is no client secret: it has characters that none has.</source>
        <translation>这不是客户端机密：其中有机密不会含有的字符。</translation>
    </message>
    <message>
        <source>Client ID and client secret are not the same thing.</source>
        <translation>客户端 ID 与客户端机密不能相同。</translation>
    </message>
    <message>
        <source>Writing it to the configuration...</source>
        <translation>正在写入配置...</translation>
    </message>
    <message>
        <source>The broker is reading it...</source>
        <translation>代理正在读取配置...</translation>
    </message>
    <message>
        <source>Checking whether a sign-in could work...</source>
        <translation>正在检查登录是否可行...</translation>
    </message>
    <message>
        <source>&amp;Sign in anyway</source>
        <translation>仍然登录(&amp;S)</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientModel</name>
    <message>
        <source>gets tokens</source>
        <comment>role of a client</comment>
        <translation>获得令牌</translation>
    </message>
    <message>
        <source>looks at everything, gets no token</source>
        <comment>role of a client</comment>
        <translation>查看一切，不获得令牌</translation>
    </message>
    <message>
        <source>manages sessions as you do</source>
        <comment>role of a client</comment>
        <translation>像您一样管理会话</translation>
    </message>
    <message>
        <source>may do everything</source>
        <comment>role of a client</comment>
        <translation>可以做一切</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>尚无</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>永不</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>从未</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>可使用</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
</context>
<context>
    <name>keybearer::ClientsPage</name>
    <message>
        <source>Add &amp;client key...</source>
        <translation>添加客户端密钥(&amp;C)...</translation>
    </message>
    <message>
        <source>Client keys</source>
        <translation>客户端密钥</translation>
    </message>
    <message>
        <source>Details of the client</source>
        <translation>客户端的详细信息</translation>
    </message>
    <message>
        <source>No client keys</source>
        <translation>没有客户端密钥</translation>
    </message>
    <message>
        <source>A program that runs where nobody can be asked, as on a server or in a container, can have a key of its own, and gets exactly what you list for it.</source>
        <translation>在无人可询问之处运行的程序，例如服务器或容器中的程序，可以有自己的密钥，并且只能获得您为它列出的内容。</translation>
    </message>
    <message>
        <source>&amp;New key...</source>
        <translation>新密钥(&amp;N)...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>删除(&amp;V)...</translation>
    </message>
    <message>
        <source>Show &amp;services</source>
        <translation>显示服务(&amp;S)</translation>
    </message>
    <message>
        <source>Connected programs</source>
        <translation>已连接的程序</translation>
    </message>
    <message>
        <source>Details of the program</source>
        <translation>程序的详细信息</translation>
    </message>
    <message>
        <source>Nothing is connected</source>
        <translation>没有已连接的程序</translation>
    </message>
    <message>
        <source>Programs that &quot;keybearer run&quot; has started, and MCP clients that use the gateway, are listed here. How to connect a client stands on the page of the services.</source>
        <translation>由“keybearer run”启动的程序和使用网关的 MCP 客户端会列在这里。如何连接客户端见“服务”页面。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>part of a page, how many</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Permissions</source>
        <translation>许可(&amp;P)</translation>
    </message>
    <message>
        <source>Client &amp;keys</source>
        <translation>客户端密钥(&amp;K)</translation>
    </message>
    <message>
        <source>Conn&amp;ected</source>
        <translation>已连接(&amp;E)</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>a client key</comment>
        <translation>启用(&amp;O)</translation>
    </message>
    <message>
        <source>Switch o&amp;ff</source>
        <comment>a client key</comment>
        <translation>停用(&amp;F)</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>选择一行以查看其全部信息。</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>可使用</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>尚无</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Key ends in</source>
        <translation>密钥结尾</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>从不</translation>
    </message>
    <message>
        <source>Old key works until</source>
        <translation>旧密钥有效至</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建于</translation>
    </message>
    <message>
        <source>Key replaced</source>
        <translation>密钥更换于</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n connection(s) in all</source>
        <comment>when</comment>
        <translation>
            <numerusform>%1，共 %n 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>从不</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>客户端 ID</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>what the run profile %1 lists in config.yaml</source>
        <translation>config.yaml 中运行配置 %1 列出的内容</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>识别依据</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>when the program ends</source>
        <translation>程序结束时</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>启动于</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>自称</translation>
    </message>
    <message>
        <source>For the service</source>
        <translation>用于服务</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>可使用</translation>
    </message>
    <message>
        <source>Its answers go to</source>
        <translation>答复发往</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>注册于</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>程序</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectPanel</name>
    <message>
        <source>Cop&amp;y</source>
        <translation>复制(&amp;Y)</translation>
    </message>
    <message>
        <source>through a program</source>
        <translation>通过程序</translation>
    </message>
    <message>
        <source>through the gateway&apos;s address</source>
        <translation>通过网关的地址</translation>
    </message>
    <message>
        <source>What to paste into the client</source>
        <translation>要粘贴到客户端的内容</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <extracomment>followed by the name of a program: Claude Code</extracomment>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>Way of the connection</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>请在上方选择一个 MCP 服务器。</translation>
    </message>
    <message>
        <source>%1 takes no address in its settings. Connect it through a program.</source>
        <translation>%1 的设置不接受地址。请通过程序连接。</translation>
    </message>
    <message>
        <source>Open the gateway first: then the server has an address.</source>
        <translation>请先打开网关：之后服务器才有地址。</translation>
    </message>
</context>
<context>
    <name>keybearer::ConnectedModel</name>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>started by &quot;keybearer run&quot;</source>
        <translation>由“keybearer run”启动</translation>
    </message>
    <message>
        <source>MCP client, connected</source>
        <translation>MCP 客户端，已连接</translation>
    </message>
    <message>
        <source>MCP client, not connected</source>
        <translation>MCP 客户端，未连接</translation>
    </message>
    <message>
        <source>what the profile %1 lists</source>
        <translation>配置 %1 列出的内容</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <comment>a client may have</comment>
        <translation>尚无</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>May have</source>
        <translation>可使用</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始于</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentDetails</name>
    <message>
        <source>could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>%1 (process %2)</source>
        <translation>%1（进程 %2）</translation>
    </message>
    <message>
        <source>The programs that started it, the first one on top</source>
        <translation>启动它的程序，最上面的是最初的</translation>
    </message>
    <message>
        <source>It holds what Keybearer gave to the command that it started.</source>
        <translation>它持有 Keybearer 交给其启动的命令的内容。</translation>
    </message>
    <message>
        <source>A sandbox says which application it is, and the application cannot change that.</source>
        <translation>由沙盒指明是哪个应用，应用本身无法更改。</translation>
    </message>
    <message>
        <source>Its file and the directories above it belong to the administrator.</source>
        <translation>其文件及上级目录属于管理员。</translation>
    </message>
    <message>
        <source>The program only runs a script, so the script&apos;s file, content and directory count.</source>
        <translation>该程序只是运行脚本，因此以脚本的文件、内容和目录为准。</translation>
    </message>
    <message>
        <source>Its file belongs to you, so any program of yours could have changed it.</source>
        <translation>其文件属于您，因此您的任何程序都可能更改过它。</translation>
    </message>
    <message>
        <source>It comes from another machine or a container, where nothing can be measured.</source>
        <translation>它来自另一台计算机或容器，那里无法测量任何信息。</translation>
    </message>
    <message>
        <source>User:</source>
        <translation>用户：</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>程序：</translation>
    </message>
    <message>
        <source>Its SHA-256:</source>
        <translation>其 SHA-256：</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>脚本：</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>目录：</translation>
    </message>
    <message>
        <source>Replaceable by:</source>
        <translation>可被替换，由：</translation>
    </message>
    <message>
        <source>the administrator alone</source>
        <translation>仅管理员</translation>
    </message>
    <message>
        <source>any program of yours</source>
        <translation>您的任何程序</translation>
    </message>
    <message>
        <source>Terminal:</source>
        <translation>终端：</translation>
    </message>
    <message>
        <source>Unit:</source>
        <translation>单元：</translation>
    </message>
    <message>
        <source>Signed by:</source>
        <translation>签名者：</translation>
    </message>
    <message>
        <source>Recognised:</source>
        <translation>识别：</translation>
    </message>
    <message>
        <source>%1 (class %2). %3</source>
        <comment>how well a program is known, a letter, why</comment>
        <translation>%1（等级 %2）。%3</translation>
    </message>
    <message>
        <source>D&amp;etails</source>
        <translation>详细信息(&amp;E)</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>启动者：</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentModel</name>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>a moment from now</source>
        <translation>片刻之后</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>从不</translation>
    </message>
    <message>
        <source>run profile %1</source>
        <translation>运行配置 %1</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>the program ends</source>
        <translation>程序结束</translation>
    </message>
    <message>
        <source>you take it back</source>
        <translation>您收回许可</translation>
    </message>
    <message>
        <source>set in config.yaml</source>
        <translation>在 config.yaml 中设定</translation>
    </message>
    <message>
        <source>Recognised as: %1</source>
        <translation>识别依据：%1</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>于 %1 由系统更新；保留您已许可的内容。</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>已使用 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>启动者</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>权限</translation>
    </message>
    <message>
        <source>Allowed until</source>
        <translation>许可至</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentPrompt</name>
    <message>
        <source>do everything this sign-in allows</source>
        <translation>执行此登录所允许的一切</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a scope allows, and the scope</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>and %1 more that find no room here</source>
        <translation>以及另外 %1 项，此处无法列出</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>account, provider</comment>
        <translation>%1，位于 %2</translation>
    </message>
    <message>
        <source>the key itself, as it is, until you change it there</source>
        <translation>密钥本身原样交出，直到您在那里更换它</translation>
    </message>
    <message>
        <source>only the server&apos;s answers; the access itself stays with Keybearer</source>
        <translation>仅服务器的答复；访问权限本身留在 Keybearer</translation>
    </message>
    <message>
        <source>the access itself: until it expires, nobody sees what is done with it</source>
        <translation>访问权限本身：在到期之前，没有人能看到它被用来做什么</translation>
    </message>
    <message>
        <source>This host is %1: a name written with letters of different alphabets.</source>
        <translation>此主机是 %1：名称由不同字母表的字母写成。</translation>
    </message>
    <message>
        <source>This host is %1.</source>
        <translation>此主机是 %1。</translation>
    </message>
    <message>
        <source>Changed:</source>
        <translation>有变化：</translation>
    </message>
    <message>
        <source>Beware:</source>
        <translation>注意：</translation>
    </message>
    <message>
        <source>Answers to:</source>
        <translation>答复发往：</translation>
    </message>
    <message>
        <source>Server:</source>
        <translation>服务器：</translation>
    </message>
    <message>
        <source>Account:</source>
        <translation>账号：</translation>
    </message>
    <message>
        <source>the one that you sign in with</source>
        <translation>您登录所用的账号</translation>
    </message>
    <message>
        <source>It could:</source>
        <translation>它可以：</translation>
    </message>
    <message>
        <source>Allow it only if you have just begun this in that program.</source>
        <translation>仅当您刚刚在该程序中发起此操作时才允许。</translation>
    </message>
    <message>
        <source>Program:</source>
        <translation>程序：</translation>
    </message>
    <message>
        <source>could not be determined (process %1)</source>
        <translation>无法确定（进程 %1）</translation>
    </message>
    <message>
        <source>Script:</source>
        <translation>脚本：</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>目录：</translation>
    </message>
    <message>
        <source>Started by:</source>
        <translation>启动者：</translation>
    </message>
    <message>
        <source>Runs in:</source>
        <translation>运行于：</translation>
    </message>
    <message>
        <source>Recognised as:</source>
        <translation>识别依据：</translation>
    </message>
    <message>
        <source>Sign in at:</source>
        <translation>登录位置：</translation>
    </message>
    <message>
        <source>It gets:</source>
        <translation>它将获得：</translation>
    </message>
    <message>
        <source>It could use:</source>
        <translation>它可以使用：</translation>
    </message>
    <message>
        <source>In the program&apos;s own words, not verified:</source>
        <translation>程序自己的说法，未经核实：</translation>
    </message>
    <message>
        <source>It calls itself “%1”.</source>
        <translation>它自称“%1”。</translation>
    </message>
    <message>
        <source>This name mixes letters of different alphabets.</source>
        <translation>此名称混用了不同字母表的字母。</translation>
    </message>
    <message>
        <source>Its reason: “%1”</source>
        <translation>它的理由：“%1”</translation>
    </message>
    <message>
        <source>Start this command with the run profile “%1”?</source>
        <translation>要以运行配置“%1”启动此命令吗？</translation>
    </message>
    <message>
        <source>A client that calls itself “%1” wants to connect to %2 through Keybearer</source>
        <translation>一个自称“%1”的客户端想通过 Keybearer 连接 %2</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>未知程序</translation>
    </message>
    <message>
        <source>%1 wants to use %2 and needs you to sign in there</source>
        <translation>%1 想使用 %2，需要您在那里登录</translation>
    </message>
    <message>
        <source>%1 wants to send requests to %2 with your sign-in</source>
        <translation>%1 想以您的登录向 %2 发送请求</translation>
    </message>
    <message>
        <source>%1 wants to have your API key “%2”</source>
        <translation>%1 想要您的 API 密钥“%2”</translation>
    </message>
    <message>
        <source>%1 wants to have access to the server %2</source>
        <translation>%1 想要访问服务器 %2</translation>
    </message>
    <message>
        <source>%1 wants to use your %2 account</source>
        <translation>%1 想使用您的 %2 账号</translation>
    </message>
    <message>
        <source>A command asks for access</source>
        <translation>一个命令请求访问权限</translation>
    </message>
    <message>
        <source>A program asks for access</source>
        <translation>一个程序请求访问权限</translation>
    </message>
    <message>
        <source>There is more to read: scroll down before you allow this.</source>
        <translation>还有内容未读：允许之前请向下滚动。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which one of several questions</comment>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Deny &amp;all of it (%1)</source>
        <comment>requests of one program</comment>
        <translation>全部拒绝 (%1)(&amp;A)</translation>
    </message>
    <message>
        <source>The time for an answer is over: it is denied.</source>
        <translation>答复时间已过：已拒绝。</translation>
    </message>
    <message>
        <source>Without an answer it is denied in %1.</source>
        <extracomment>%1 is a time as minutes and seconds: 1:40</extracomment>
        <translation>如无答复，将在 %1 后拒绝。</translation>
    </message>
    <message>
        <source>What is known of the program, and what it would get</source>
        <translation>已知的程序信息，以及它将获得的内容</translation>
    </message>
    <message>
        <source>Allow this one start.</source>
        <translation>允许这一次启动。</translation>
    </message>
    <message>
        <source>Allow this one request.</source>
        <translation>允许这一次请求。</translation>
    </message>
    <message>
        <source>Allow until the program ends this conversation.</source>
        <translation>在程序结束此会话之前允许。</translation>
    </message>
    <message>
        <source>Allow it until the command ends, or you take it back.</source>
        <translation>在命令结束或您收回之前允许。</translation>
    </message>
    <message>
        <source>Allow until the program ends, is not used for ten minutes, or the screen is locked.</source>
        <translation>在程序结束、十分钟未使用或屏幕锁定之前允许。</translation>
    </message>
    <message>
        <source>Allow this command for 30 days, until anything of it changes.</source>
        <translation>允许此命令 30 天，直到其任何内容发生变化。</translation>
    </message>
    <message>
        <source>Allow for 30 days, or until you take it back.</source>
        <translation>允许 30 天，或直到您收回。</translation>
    </message>
    <message>
        <source>&amp;Once</source>
        <translation>一次(&amp;O)</translation>
    </message>
    <message>
        <source>This r&amp;un</source>
        <translation>本次运行(&amp;U)</translation>
    </message>
    <message>
        <source>This &amp;session</source>
        <translation>本次会话(&amp;S)</translation>
    </message>
    <message>
        <source>Until take&amp;n back</source>
        <translation>直到收回(&amp;N)</translation>
    </message>
    <message>
        <source>Allow until you take it back.</source>
        <translation>允许，直到您收回。</translation>
    </message>
    <message>
        <source>30 da&amp;ys</source>
        <translation>30 天(&amp;Y)</translation>
    </message>
    <message>
        <source>Allow:</source>
        <translation>允许：</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>拒绝(&amp;D)</translation>
    </message>
    <message>
        <source>Deny everything that this program asks for now.</source>
        <translation>拒绝此程序目前请求的一切。</translation>
    </message>
    <message>
        <source>In a moment. %1</source>
        <translation>请稍候。%1</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentQueue</name>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>您的答复未送达代理</translation>
    </message>
</context>
<context>
    <name>keybearer::ConsentsPart</name>
    <message>
        <source>Permissions</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Details of the permission</source>
        <translation>许可的详细信息</translation>
    </message>
    <message>
        <source>No program is allowed yet</source>
        <translation>尚未允许任何程序</translation>
    </message>
    <message>
        <source>When a program asks for one of your accounts, you decide. What you allow for longer than once is listed here, and can be taken back at any time.</source>
        <translation>当程序请求使用您的某个账号时，由您决定。您允许超过一次的内容会列在这里，可随时收回。</translation>
    </message>
    <message>
        <source>Take back &amp;all of this program...</source>
        <translation>收回此程序的全部许可(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Take back...</source>
        <translation>收回(&amp;T)...</translation>
    </message>
    <message>
        <source>Its file is the same to the last byte as when you allowed it (SHA-256 %1...).</source>
        <translation>其文件与您允许时完全一致（SHA-256 %1...）。</translation>
    </message>
    <message>
        <source>Only the administrator can replace that file.</source>
        <translation>只有管理员能替换该文件。</translation>
    </message>
    <message>
        <source>Signed by %1.</source>
        <translation>由 %1 签名。</translation>
    </message>
    <message>
        <source>Updated by the system on %1; it keeps what you allowed.</source>
        <translation>于 %1 由系统更新；保留您已许可的内容。</translation>
    </message>
    <message>
        <source>It stands in config.yaml, and is taken back there.</source>
        <translation>它在 config.yaml 中，需在那里收回。</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>选择一行以查看其全部信息。</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>已使用 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>脚本</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>自称</translation>
    </message>
    <message>
        <source>Runs in</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>启动者</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>识别依据</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>可使用</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>May do</source>
        <comment>column: what a program may do</comment>
        <translation>权限</translation>
    </message>
    <message>
        <source>At the server</source>
        <translation>在服务器</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许于</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>直到</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>in words, exactly</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>when, how often</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>从不</translation>
    </message>
</context>
<context>
    <name>keybearer::DelayedActs</name>
    <message>
        <source>Undo</source>
        <translation>撤消</translation>
    </message>
    <message>
        <source>Undone</source>
        <comment>an action was taken back</comment>
        <translation>已撤消</translation>
    </message>
</context>
<context>
    <name>keybearer::DesktopNotifications</name>
    <message>
        <source>Show</source>
        <comment>a notification&apos;s button</comment>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>keybearer::DevicePanel</name>
    <message>
        <source>QR code of the address</source>
        <translation>该地址的二维码</translation>
    </message>
    <message>
        <source>On any device, open %1 and enter this code:</source>
        <translation>在任意设备上打开 %1，并输入此代码：</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>代码 %1</translation>
    </message>
    <message>
        <source>Only go on if you started this sign-in yourself, and only at %1. Whoever sends you such a code wants to be signed in as you.</source>
        <translation>仅当此登录由您本人发起时才继续，并且只在 %1 进行。给您发送这种代码的人是想以您的身份登录。</translation>
    </message>
    <message>
        <source>The code has expired.</source>
        <translation>代码已过期。</translation>
    </message>
    <message>
        <source>%1:%2 left</source>
        <translation>剩余 %1:%2</translation>
    </message>
</context>
<context>
    <name>keybearer::DonePage</name>
    <message>
        <source>Keybearer is set up</source>
        <translation>Keybearer 已设置完毕</translation>
    </message>
    <message>
        <source>When a program wants an account, you are asked once: what it is, which account, and for how long.</source>
        <translation>当程序需要账号时，会询问您一次：是哪个程序、哪个账号、使用多久。</translation>
    </message>
    <message>
        <source>The key in the panel shows how things stand. You find everything there, also how to take a permission back.</source>
        <translation>面板中的钥匙显示当前状况。在那里可以找到一切，也包括如何收回许可。</translation>
    </message>
    <message>
        <source>&amp;Open the main window</source>
        <translation>打开主窗口(&amp;O)</translation>
    </message>
    <message>
        <source>No settings of MCP clients were changed.</source>
        <translation>没有更改任何 MCP 客户端的设置。</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) of your MCP clients use Keybearer now.</source>
        <translation>
            <numerusform>您的 MCP 客户端中现有 %n 个服务器使用 Keybearer。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is signed in yet. Sign in from the icon in the panel, or wait until a program asks.</source>
        <translation>尚无人登录。请从面板中的图标登录，或等待程序请求。</translation>
    </message>
    <message numerus="yes">
        <source>You are signed in to %n service(s).</source>
        <translation>
            <numerusform>您已登录 %n 个服务。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完成(&amp;D)</translation>
    </message>
</context>
<context>
    <name>keybearer::EventNotices</name>
    <message>
        <source>Show details</source>
        <translation>显示详细信息</translation>
    </message>
    <message>
        <source>A tool has changed</source>
        <translation>一个工具已更改</translation>
    </message>
    <message>
        <source>See what is different</source>
        <translation>查看差异</translation>
    </message>
    <message>
        <source>%1 needs you to sign in again</source>
        <comment>a provider</comment>
        <translation>%1 需要您重新登录</translation>
    </message>
    <message>
        <source>Until then programs get nothing from it.</source>
        <translation>在此之前，程序无法从中获得任何内容。</translation>
    </message>
    <message>
        <source>The session of %1 has ended. Until you sign in again programs get nothing from it.</source>
        <translation>%1 的会话已结束。在您重新登录之前，程序无法从中获得任何内容。</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>某个程序</translation>
    </message>
    <message>
        <source>%1 asks for access</source>
        <comment>a program</comment>
        <translation>%1 请求访问权限</translation>
    </message>
    <message>
        <source>It waits for your answer.</source>
        <translation>它在等待您的答复。</translation>
    </message>
    <message>
        <source>It asks for %1 and waits for your answer.</source>
        <comment>a provider</comment>
        <translation>它请求 %1，正在等待您的答复。</translation>
    </message>
    <message>
        <source>Answer...</source>
        <translation>答复...</translation>
    </message>
</context>
<context>
    <name>keybearer::FindingList</name>
    <message>
        <source>%1: %2</source>
        <comment>how bad, what</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Hide what works</source>
        <translation>隐藏正常的项目</translation>
    </message>
    <message numerus="yes">
        <source>Show %n thing(s) that work</source>
        <translation>
            <numerusform>显示 %n 项正常的项目</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::FormDialog</name>
    <message>
        <source>It &amp;expires on:</source>
        <translation>到期日(&amp;E)：</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>到期日</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>密钥(&amp;K)：</translation>
    </message>
    <message>
        <source>Visible ASCII characters without spaces.</source>
        <translation>可见的 ASCII 字符，不含空格。</translation>
    </message>
</context>
<context>
    <name>keybearer::GatewayBar</name>
    <message>
        <source>Copy addr&amp;ess</source>
        <translation>复制地址(&amp;E)</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>The gateway is open at %1. Clients that take an address reach every MCP server there.</source>
        <translation>网关已在 %1 打开。接受地址的客户端可在那里访问每个 MCP 服务器。</translation>
    </message>
    <message>
        <source>The gateway is closed. Open it for clients that take an address instead of a program.</source>
        <translation>网关已关闭。对于接受地址而不是程序的客户端，请打开它。</translation>
    </message>
    <message>
        <source>&amp;Close gateway</source>
        <translation>关闭网关(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open gateway</source>
        <translation>打开网关(&amp;O)</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) connected</source>
        <translation>
            <numerusform>已连接 %n 个客户端</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::HealthPage</name>
    <message>
        <source>&amp;Check again</source>
        <translation>重新检查(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>复制报告(&amp;R)</translation>
    </message>
    <message>
        <source>For a report of a fault: without tokens and without the names of your accounts.</source>
        <translation>用于故障报告：不含令牌和账号名称。</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>The check did not run.</source>
        <translation>检查未能运行。</translation>
    </message>
    <message>
        <source>Checking. Each provider is asked, which can take a while...</source>
        <translation>正在检查。会询问每个提供商，可能需要一些时间...</translation>
    </message>
    <message>
        <source>Nothing was checked yet.</source>
        <translation>尚未检查任何内容。</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>一切正常。</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to look at.</source>
        <translation>
            <numerusform>%n 项需要查看。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) do not work.</source>
        <translation>
            <numerusform>%n 项无法工作。</numerusform>
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
        <translation>%1：</translation>
    </message>
    <message>
        <source>No program opens the configuration</source>
        <translation>没有程序能打开配置</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>未成功</translation>
    </message>
    <message>
        <source>The report is in the clipboard</source>
        <translation>报告已复制到剪贴板</translation>
    </message>
    <message>
        <source>Read it before you give it to anybody.</source>
        <translation>交给他人之前请先阅读。</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康状况</translation>
    </message>
</context>
<context>
    <name>keybearer::ImportPage</name>
    <message>
        <source>Servers in the settings of MCP clients</source>
        <translation>MCP 客户端设置中的服务器</translation>
    </message>
    <message>
        <source>Client and server</source>
        <translation>客户端和服务器</translation>
    </message>
    <message>
        <source>Secrets in plain text</source>
        <translation>明文机密</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>将如何处理</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>重新查找(&amp;A)</translation>
    </message>
    <message>
        <source>Looking for MCP clients</source>
        <translation>查找 MCP 客户端</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Looking for MCP clients...</source>
        <translation>正在查找 MCP 客户端...</translation>
    </message>
    <message>
        <source>Keybearer reads the settings of Claude Desktop, Claude Code, VS Code, Cursor and mcp-remote. Nothing is changed.</source>
        <translation>Keybearer 读取 Claude Desktop、Claude Code、VS Code、Cursor 和 mcp-remote 的设置。不作任何更改。</translation>
    </message>
    <message>
        <source>The settings could not be looked through</source>
        <translation>无法查看设置</translation>
    </message>
    <message>
        <source>No MCP client was found</source>
        <translation>未找到 MCP 客户端</translation>
    </message>
    <message>
        <source>There are no settings of Claude Desktop, Claude Code, VS Code, Cursor or mcp-remote here. You can come back at any time: &quot;Set up...&quot; in the main window.</source>
        <translation>这里没有 Claude Desktop、Claude Code、VS Code、Cursor 或 mcp-remote 的设置。您可以随时回来：主窗口中的“设置向导...”。</translation>
    </message>
    <message>
        <source>Your MCP clients</source>
        <translation>您的 MCP 客户端</translation>
    </message>
    <message>
        <source>What is checked will be moved. A copy of each file is kept, and you can undo all of it on the next page.</source>
        <translation>勾选的内容将被迁移。每个文件都会保留副本，您可以在下一页全部撤消。</translation>
    </message>
    <message>
        <source>There are more files and servers than are shown here. Use &quot;keybearer import&quot; in a terminal for the others.</source>
        <translation>文件和服务器比此处显示的多。其余的请在终端中使用“keybearer import”。</translation>
    </message>
    <message>
        <source>Nothing would be changed in %1</source>
        <translation>%1 中没有需要更改的内容</translation>
    </message>
    <message>
        <source>What would be changed in %1, if everything in it is moved:</source>
        <translation>如果全部迁移，%1 中将更改的内容：</translation>
    </message>
    <message>
        <source>Go on &amp;without moving</source>
        <translation>不迁移，继续(&amp;W)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Move %n server(s)</source>
        <translation>
            <numerusform>迁移 %n 个服务器(&amp;M)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::KeyActions</name>
    <message>
        <source>A key has no spaces and no letters with accents.</source>
        <translation>密钥不含空格，也不含带重音的字母。</translation>
    </message>
    <message>
        <source>Add API key</source>
        <translation>添加 API 密钥</translation>
    </message>
    <message>
        <source>The key goes into the keychain. Programs get it with your permission, and it stands in no file.</source>
        <translation>密钥存入钥匙串。程序经您许可才能获得，且不存在于任何文件中。</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes and underscores.</source>
        <translation>字母、数字、点、连字符和下划线。</translation>
    </message>
    <message>
        <source>&amp;Header:</source>
        <translation>标头(&amp;H)：</translation>
    </message>
    <message>
        <source>How the key goes into a request; {key} stands for it.</source>
        <translation>密钥如何放入请求；{key} 代表密钥。</translation>
    </message>
    <message>
        <source>&amp;Description:</source>
        <translation>描述(&amp;D)：</translation>
    </message>
    <message>
        <source>&amp;Programs may have the key itself</source>
        <translation>程序可以获得密钥本身(&amp;P)</translation>
    </message>
    <message>
        <source>Else Keybearer puts it into requests, and no program ever sees it.</source>
        <translation>否则由 Keybearer 将其放入请求，任何程序都看不到它。</translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores.</source>
        <translation>名称只能含字母、数字、点、连字符和下划线。</translation>
    </message>
    <message>
        <source>The header needs {key} where the key belongs.</source>
        <translation>标头中需要 {key} 来表示密钥的位置。</translation>
    </message>
    <message>
        <source>New value for %1</source>
        <translation>%1 的新值</translation>
    </message>
    <message>
        <source>Make a new key where the old one comes from, and paste it here. Programs get the new one at once.</source>
        <translation>请在旧密钥的来源处生成新密钥并粘贴到这里。程序会立即获得新密钥。</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>更换(&amp;R)</translation>
    </message>
    <message>
        <source>The API key could not be switched</source>
        <translation>无法切换 API 密钥</translation>
    </message>
    <message>
        <source>Add client key</source>
        <translation>添加客户端密钥</translation>
    </message>
    <message>
        <source>For a program that can be asked nothing: on a server, or in a container. It gets what you list here, without a question, and nothing else.</source>
        <translation>用于无法询问的程序：服务器上或容器中。它无需询问即可获得您在此列出的内容，除此之外什么也得不到。</translation>
    </message>
    <message>
        <source>&amp;Make a key</source>
        <translation>生成密钥(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;May have:</source>
        <translation>可使用(&amp;M)：</translation>
    </message>
    <message>
        <source>For example github, github:ana@example.com, apikey:weather.</source>
        <translation>例如 github、github:ana@example.com、apikey:weather。</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Gets tokens</source>
        <translation>获得令牌</translation>
    </message>
    <message>
        <source>Looks at everything, gets no token</source>
        <translation>查看一切，不获得令牌</translation>
    </message>
    <message>
        <source>Manages sessions as you do</source>
        <translation>像您一样管理会话</translation>
    </message>
    <message>
        <source>&amp;Role:</source>
        <translation>角色(&amp;R)：</translation>
    </message>
    <message>
        <source>That is more than one client may have.</source>
        <translation>超出了一个客户端可拥有的范围。</translation>
    </message>
    <message>
        <source>New key for %1</source>
        <translation>%1 的新密钥</translation>
    </message>
    <message>
        <source>The new key is shown once. So that nothing breaks meanwhile, the old one can go on working.</source>
        <translation>新密钥只显示一次。为避免中断，旧密钥可以继续有效一段时间。</translation>
    </message>
    <message>
        <source>The old key works</source>
        <translation>旧密钥有效</translation>
    </message>
    <message>
        <source>no longer</source>
        <translation>不再有效</translation>
    </message>
    <message>
        <source>for another hour</source>
        <translation>再一小时</translation>
    </message>
    <message>
        <source>for another day</source>
        <translation>再一天</translation>
    </message>
    <message>
        <source>for another week</source>
        <translation>再一周</translation>
    </message>
    <message>
        <source>&amp;The old key works:</source>
        <translation>旧密钥有效(&amp;T)：</translation>
    </message>
    <message>
        <source>The client could not be switched</source>
        <translation>无法切换客户端</translation>
    </message>
    <message>
        <source>Remove client</source>
        <translation>删除客户端</translation>
    </message>
    <message>
        <source>Remove the client %1?</source>
        <translation>删除客户端 %1？</translation>
    </message>
    <message>
        <source>Its key stops working at once. This cannot be undone: it would need a new key.</source>
        <translation>其密钥立即失效。无法撤消：需要新的密钥。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>The client could not be removed</source>
        <translation>无法删除客户端</translation>
    </message>
    <message>
        <source>Remove MCP client</source>
        <translation>删除 MCP 客户端</translation>
    </message>
    <message>
        <source>Remove the MCP client %1?</source>
        <translation>删除 MCP 客户端 %1？</translation>
    </message>
    <message>
        <source>It loses everything that was allowed to it, and is cut off at once. When it connects again, it has to ask you.</source>
        <translation>它将失去所有许可，并立即断开。再次连接时必须询问您。</translation>
    </message>
    <message>
        <source>The MCP client could not be removed</source>
        <translation>无法删除 MCP 客户端</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>What the account is called here, in questions and lists. The provider does not learn of it.</source>
        <translation>该账号在此处的名称，用于询问和列表。提供商不会得知。</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>重命名(&amp;R)</translation>
    </message>
    <message>
        <source>A name has no control characters.</source>
        <translation>名称不含控制字符。</translation>
    </message>
</context>
<context>
    <name>keybearer::MainWindow</name>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Set &amp;up...</source>
        <translation>设置向导(&amp;U)...</translation>
    </message>
    <message>
        <source>Looks for MCP clients on this computer, and for secrets that lie in their settings.</source>
        <translation>查找此计算机上的 MCP 客户端，以及其设置中的机密。</translation>
    </message>
    <message>
        <source>Search all pages</source>
        <translation>搜索所有页面</translation>
    </message>
    <message>
        <source>· broker %1, sessions are kept in: %2</source>
        <translation>· 代理 %1，会话保存于：%2</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>关闭托盘图标，并询问代理是否继续运行。</translation>
    </message>
</context>
<context>
    <name>keybearer::NavigationList</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page, how many were found on it</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n found</source>
        <translation>
            <numerusform>%1，找到 %n 项</numerusform>
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
            <numerusform>%1，%n 项等待您处理</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NothingFound</name>
    <message>
        <source>Nothing here matches</source>
        <translation>这里没有匹配项</translation>
    </message>
    <message>
        <source>&amp;Clear the search</source>
        <translation>清除搜索(&amp;C)</translation>
    </message>
    <message>
        <source>There is nothing on the other pages either.</source>
        <translation>其他页面上也没有匹配项。</translation>
    </message>
    <message>
        <source>There is something on other pages:</source>
        <translation>其他页面上有匹配项：</translation>
    </message>
    <message numerus="yes">
        <source>Show %n on the page %1</source>
        <translation>
            <numerusform>显示“%1”页面上的 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keybearer::NoticeBar</name>
    <message>
        <source>Close</source>
        <comment>a notice</comment>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>通知</translation>
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
        <translation>免打扰时间，从(&amp;Q)</translation>
    </message>
    <message>
        <source>Tell me of &amp;waiting programs all the same</source>
        <translation>仍然通知我有程序在等待(&amp;W)</translation>
    </message>
    <message>
        <source>A program waits for my answer, and its window is not in front</source>
        <translation>有程序等待我答复，而其窗口不在最前</translation>
    </message>
    <message>
        <source>A session needs me to sign in again</source>
        <translation>会话需要我重新登录</translation>
    </message>
    <message>
        <source>Something is wrong, or looks like misuse</source>
        <translation>出现问题，或疑似滥用</translation>
    </message>
    <message>
        <source>A tool of an MCP server has changed</source>
        <translation>MCP 服务器的工具已更改</translation>
    </message>
    <message>
        <source>Sharing was paused or goes on</source>
        <translation>共享已暂停或继续</translation>
    </message>
    <message>
        <source>What I have asked for is done, or has failed</source>
        <translation>我所要求的已完成或失败</translation>
    </message>
    <message>
        <source>Beginning of the quiet hours</source>
        <translation>免打扰时间开始</translation>
    </message>
    <message>
        <source>End of the quiet hours</source>
        <translation>免打扰时间结束</translation>
    </message>
    <message>
        <source>&amp;to</source>
        <comment>between two times of day</comment>
        <translation>到(&amp;T)</translation>
    </message>
</context>
<context>
    <name>keybearer::PastePanel</name>
    <message>
        <source>C&amp;ontinue</source>
        <translation>继续(&amp;O)</translation>
    </message>
    <message>
        <source>The &amp;browser is on another computer</source>
        <translation>浏览器在另一台计算机上(&amp;B)</translation>
    </message>
    <message>
        <source>Open the link there and sign in. At the end the browser shows a page that cannot be reached: copy its address, and paste it here:</source>
        <translation>请在那里打开链接并登录。最后浏览器会显示一个无法访问的页面：复制其地址并粘贴到这里：</translation>
    </message>
    <message>
        <source>Address that the sign-in ended at</source>
        <translation>登录结束时的地址</translation>
    </message>
</context>
<context>
    <name>keybearer::QuitQuestion</name>
    <message>
        <source>Quit Keybearer</source>
        <translation>退出 Keybearer</translation>
    </message>
    <message>
        <source>Should programs keep their access?</source>
        <translation>程序应保留访问权限吗？</translation>
    </message>
    <message>
        <source>The icon goes in any case. The broker can go on in the background: programs that you have allowed keep their access, but nobody is there to answer new questions. If it stops too, the next program that asks starts it again.</source>
        <translation>无论如何图标都会消失。代理可以在后台继续运行：您已允许的程序保留访问权限，但没有人回答新的请求。如果它也停止，下一个请求的程序会重新启动它。</translation>
    </message>
    <message>
        <source>&amp;Keep sharing in the background</source>
        <translation>在后台继续共享(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Stop the broker too</source>
        <translation>同时停止代理(&amp;S)</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>不再询问</translation>
    </message>
    <message>
        <source>The Settings page can change it later.</source>
        <translation>以后可在“设置”页面更改。</translation>
    </message>
</context>
<context>
    <name>keybearer::RequestModel</name>
    <message>
        <source>a program that could not be measured</source>
        <translation>一个无法测量的程序</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what a program calls itself</comment>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>start a program with what the run profile %1 lists</source>
        <translation>以运行配置 %1 列出的内容启动程序</translation>
    </message>
    <message>
        <source>have you sign in for %1</source>
        <translation>让您登录 %1</translation>
    </message>
    <message>
        <source>use %1 through the gateway</source>
        <translation>通过网关使用 %1</translation>
    </message>
    <message>
        <source>use %1</source>
        <comment>provider</comment>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>use %1 as %2</source>
        <comment>provider, account</comment>
        <translation>以 %2 使用 %1</translation>
    </message>
    <message>
        <source>is ending</source>
        <translation>即将结束</translation>
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
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>想要</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
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
        <translation>“%1”</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>有变化</translation>
    </message>
    <message>
        <source>Wants to</source>
        <translation>想要</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>May then</source>
        <translation>之后可以</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>脚本</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>启动者</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>识别依据</translation>
    </message>
    <message>
        <source>It calls itself</source>
        <translation>它自称</translation>
    </message>
    <message>
        <source>It says</source>
        <translation>它的说法</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Details of the request</source>
        <translation>请求的详细信息</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>拒绝(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Answer...</source>
        <translation>答复(&amp;A)...</translation>
    </message>
    <message>
        <source>Brings the question to the front; several are asked one after another.</source>
        <translation>将询问置于最前；多个询问会依次进行。</translation>
    </message>
    <message>
        <source>Show &amp;activity</source>
        <translation>显示活动(&amp;A)</translation>
    </message>
    <message>
        <source>Nobody waits for you</source>
        <translation>没有程序在等您</translation>
    </message>
    <message>
        <source>When a program wants one of your accounts, the question comes to the front, and is listed here until you answer. What was answered lately stands in Activity.</source>
        <translation>当程序想使用您的某个账号时，询问会出现在最前，并列在这里直到您答复。最近答复过的见“活动”。</translation>
    </message>
</context>
<context>
    <name>keybearer::ResultPage</name>
    <message>
        <source>What became of the files</source>
        <translation>各文件的处理结果</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Changing the settings</source>
        <translation>正在更改设置</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤消(&amp;U)</translation>
    </message>
    <message>
        <source>Each file is copied first, then replaced in one step. This takes a moment; your keychain may ask for its password.</source>
        <translation>先复制每个文件，然后一步替换。这需要片刻；钥匙串可能会要求输入密码。</translation>
    </message>
    <message numerus="yes">
        <source>Moving %n server(s)...</source>
        <translation>
            <numerusform>正在迁移 %n 个服务器...</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was moved</source>
        <translation>没有迁移任何内容</translation>
    </message>
    <message>
        <source>Copies of the files as they were are in %1. The old secrets stand in them in plain text: when everything works, erase them with &quot;keybearer import --forget-backups&quot;.</source>
        <translation>原文件的副本在 %1 中。其中含有明文的旧机密：一切正常后，请用“keybearer import --forget-backups”删除。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be changed and are as they were. The list says why.</source>
        <translation>
            <numerusform>%n 个文件无法更改，保持原样。原因见列表。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) moved</source>
        <translation>
            <numerusform>已迁移 %n 个服务器</numerusform>
        </translation>
    </message>
    <message>
        <source>The next time a client starts one of them, Keybearer does the rest.</source>
        <translation>下次客户端启动其中之一时，其余由 Keybearer 完成。</translation>
    </message>
    <message>
        <source>Everything was as it should be.</source>
        <translation>一切原本就正常。</translation>
    </message>
    <message>
        <source>Putting the files back...</source>
        <translation>正在放回文件...</translation>
    </message>
    <message>
        <source>The files could not be put back</source>
        <translation>无法放回文件</translation>
    </message>
    <message>
        <source>Some files could not be put back</source>
        <translation>部分文件无法放回</translation>
    </message>
    <message>
        <source>The list says why. Their copies are kept, so you can try again.</source>
        <translation>原因见列表。其副本仍保留，您可以重试。</translation>
    </message>
    <message>
        <source>Everything is as it was</source>
        <translation>一切已恢复原样</translation>
    </message>
    <message>
        <source>Keys that were moved stay in the store as well, where they do no harm; &quot;keybearer apikey list&quot; shows them.</source>
        <translation>迁移的密钥也仍留在存储中，并无妨害；“keybearer apikey list”可显示它们。</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
</context>
<context>
    <name>keybearer::ScopeList</name>
    <message>
        <source>What to ask for</source>
        <translation>要请求的权限</translation>
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
        <translation>MCP 服务器</translation>
    </message>
    <message>
        <source>Address or program</source>
        <translation>地址或程序</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>keybearer::ServicesPage</name>
    <message>
        <source>&amp;Sign in</source>
        <translation>登录(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Remove...</source>
        <translation>删除(&amp;R)...</translation>
    </message>
    <message>
        <source>Add &amp;MCP server...</source>
        <translation>添加 MCP 服务器(&amp;M)...</translation>
    </message>
    <message>
        <source>No MCP servers yet</source>
        <translation>还没有 MCP 服务器</translation>
    </message>
    <message>
        <source>Add a server by its address, or a program of this computer. MCP clients then reach it through Keybearer, without a token in their settings.</source>
        <translation>按地址添加服务器，或添加此计算机上的程序。之后 MCP 客户端通过 Keybearer 访问它，设置中不含令牌。</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>MCP 服务器</translation>
    </message>
    <message>
        <source>&amp;Add MCP server...</source>
        <translation>添加 MCP 服务器(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Sign in again</source>
        <translation>重新登录(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Look at %n tool(s)</source>
        <translation>
            <numerusform>查看 %n 个工具(&amp;L)</numerusform>
        </translation>
    </message>
    <message>
        <source>Select an MCP server above.</source>
        <translation>请在上方选择一个 MCP 服务器。</translation>
    </message>
    <message>
        <source>Signs in at %1.</source>
        <translation>在 %1 登录。</translation>
    </message>
    <message>
        <source>Asks for: %1</source>
        <translation>请求的权限：%1</translation>
    </message>
    <message>
        <source>At the gateway: %1</source>
        <translation>在网关：%1</translation>
    </message>
    <message>
        <source>It stands in config.yaml.</source>
        <translation>它在 config.yaml 中。</translation>
    </message>
    <message>
        <source>Known from a sign-in by its address.</source>
        <translation>由按地址登录得知。</translation>
    </message>
    <message>
        <source>MCP server added</source>
        <translation>已添加 MCP 服务器</translation>
    </message>
    <message>
        <source>%1 stands in config.yaml now.</source>
        <translation>%1 现已写入 config.yaml。</translation>
    </message>
    <message>
        <source>Testing %1...</source>
        <translation>正在测试 %1...</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>how bad, what</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Nothing is wrong with it.</source>
        <translation>没有发现问题。</translation>
    </message>
    <message>
        <source>Remove the MCP server %1?</source>
        <translation>删除 MCP 服务器 %1？</translation>
    </message>
    <message>
        <source>Its entry goes from config.yaml; the file as it was is kept beside it. Clients that use it lose their connection. The account stays signed in.</source>
        <translation>其条目将从 config.yaml 中删除；原文件保留在旁边。使用它的客户端将断开连接。账号保持登录。</translation>
    </message>
    <message>
        <source>What was found out about it is forgotten. Clients that use it lose their connection.</source>
        <translation>有关它的信息将被忘记。使用它的客户端将断开连接。</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>删除(&amp;R)</translation>
    </message>
    <message>
        <source>The MCP server was not removed</source>
        <translation>MCP 服务器未删除</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>未成功</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionActions</name>
    <message>
        <source>The session could not be refreshed</source>
        <translation>无法刷新会话</translation>
    </message>
    <message>
        <source>Refreshed</source>
        <translation>已刷新</translation>
    </message>
    <message>
        <source>The %1 session is fresh again.</source>
        <translation>%1 会话已更新。</translation>
    </message>
    <message>
        <source>Revoke session</source>
        <translation>撤销会话</translation>
    </message>
    <message>
        <source>Revoke the %1 session of %2?</source>
        <translation>撤销 %2 的 %1 会话？</translation>
    </message>
    <message>
        <source>Keybearer asks %1 to end it, and erases it from this computer. Programs that use it lose their access at once.</source>
        <translation>Keybearer 请求 %1 结束会话，并从此计算机上删除它。使用它的程序会立即失去访问权限。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>The %1 session of %2 ends in %n second(s)</source>
        <translation>
            <numerusform>%2 的 %1 会话将在 %n 秒后结束</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>尚未发送任何内容。</translation>
    </message>
    <message>
        <source>The %1 session of %2 stays.</source>
        <translation>%2 的 %1 会话保留。</translation>
    </message>
    <message>
        <source>Remove API key</source>
        <translation>删除 API 密钥</translation>
    </message>
    <message>
        <source>Remove service account</source>
        <translation>删除服务账号</translation>
    </message>
    <message>
        <source>Remove the API key %1?</source>
        <translation>删除 API 密钥 %1？</translation>
    </message>
    <message>
        <source>Remove the service account %1?</source>
        <translation>删除服务账号 %1？</translation>
    </message>
    <message>
        <source>It is erased from this computer, and programs that use it stop working. It stays valid where it was made: to be sure, delete it there as well.</source>
        <translation>它将从此计算机上删除，使用它的程序将无法工作。它在来源处仍然有效：为保险起见，也请在那里删除。</translation>
    </message>
    <message>
        <source>Its key is erased from this computer, and programs that use it stop working. The key stays valid at the provider: to be sure, delete it there as well.</source>
        <translation>其密钥将从此计算机上删除，使用它的程序将无法工作。该密钥在提供商处仍然有效：为保险起见，也请在那里删除。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message numerus="yes">
        <source>%1 is removed in %n second(s)</source>
        <comment>API key or service account</comment>
        <translation>
            <numerusform>%1 将在 %n 秒后删除</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been erased yet.</source>
        <translation>尚未删除任何内容。</translation>
    </message>
    <message>
        <source>%1 stays.</source>
        <translation>%1 保留。</translation>
    </message>
    <message>
        <source>%1 could not be removed</source>
        <translation>无法删除 %1</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>%1 is erased.</source>
        <translation>%1 已删除。</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>%1 has confirmed that the session of %2 has ended.</source>
        <translation>%1 已确认 %2 的会话结束。</translation>
    </message>
    <message>
        <source>Erased here, not confirmed by %1</source>
        <translation>已在此处删除，%1 未确认</translation>
    </message>
    <message>
        <source>End the session in the account settings of %1 as well, to be sure.</source>
        <translation>为保险起见，也请在 %1 的账号设置中结束该会话。</translation>
    </message>
    <message>
        <source>The session could not be revoked</source>
        <translation>无法撤销会话</translation>
    </message>
    <message>
        <source>Take back permission</source>
        <translation>收回许可</translation>
    </message>
    <message>
        <source>Take back the permission to use %1?</source>
        <translation>收回使用 %1 的许可？</translation>
    </message>
    <message>
        <source>%1 has to ask you again the next time.</source>
        <translation>%1 下次必须重新询问您。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Take back permissions</source>
        <translation>收回许可</translation>
    </message>
    <message numerus="yes">
        <source>Take back %n permission(s) of %1?</source>
        <translation>
            <numerusform>收回 %1 的 %n 项许可？</numerusform>
        </translation>
    </message>
    <message>
        <source>The program has to ask you again the next time.</source>
        <translation>该程序下次必须重新询问您。</translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) of %1 end in a moment</source>
        <translation>
            <numerusform>%1 的 %n 项许可即将结束</numerusform>
        </translation>
    </message>
    <message>
        <source>The permissions of %1 stay.</source>
        <translation>%1 的许可保留。</translation>
    </message>
    <message numerus="yes">
        <source>The permission to use %1 ends in %n second(s)</source>
        <translation>
            <numerusform>使用 %1 的许可将在 %n 秒后结束</numerusform>
        </translation>
    </message>
    <message>
        <source>The permission to use %1 stays.</source>
        <translation>使用 %1 的许可保留。</translation>
    </message>
    <message>
        <source>The permission could not be taken back</source>
        <translation>无法收回许可</translation>
    </message>
    <message>
        <source>Your answer did not reach the broker</source>
        <translation>您的答复未送达代理</translation>
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
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Un&amp;do</source>
        <translation>撤消(&amp;D)</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>重命名(&amp;N)...</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>新值(&amp;N)...</translation>
    </message>
    <message>
        <source>Select a row to see everything about it.</source>
        <translation>选择一行以查看其全部信息。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>provider and state</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>重新登录(&amp;I)...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>启用(&amp;O)</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>停用(&amp;O)</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>删除(&amp;V)...</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>撤销(&amp;V)...</translation>
    </message>
    <message>
        <source>Sign in again; what programs may have stays as it is.</source>
        <translation>请重新登录；程序可使用的内容保持不变。</translation>
    </message>
    <message>
        <source>What is stored cannot be read. Sign in again to replace it, or revoke it.</source>
        <translation>存储的内容无法读取。请重新登录以替换，或撤销它。</translation>
    </message>
    <message>
        <source>Unlock the store to use it.</source>
        <translation>请解锁存储以使用它。</translation>
    </message>
    <message>
        <source>Give it a new value, or remove it.</source>
        <translation>请给它一个新值，或删除它。</translation>
    </message>
    <message>
        <source>No program gets it until you switch it on.</source>
        <translation>在您启用之前，没有程序能获得它。</translation>
    </message>
    <message>
        <source>no program yet</source>
        <comment>who may use a session</comment>
        <translation>尚无程序</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>programs</comment>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>允许</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>Token expires</source>
        <translation>令牌到期</translation>
    </message>
    <message>
        <source>Token fetched</source>
        <translation>令牌获取于</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <translation>登录结束</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>从不</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Signed in at</source>
        <translation>登录位置</translation>
    </message>
    <message>
        <source>For the server</source>
        <translation>用于服务器</translation>
    </message>
    <message>
        <source>Known there as</source>
        <translation>在那里的标识</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>In requests</source>
        <translation>在请求中</translation>
    </message>
    <message>
        <source>Handed out</source>
        <translation>交出</translation>
    </message>
    <message>
        <source>Programs that you allow may have the key itself.</source>
        <translation>您允许的程序可以获得密钥本身。</translation>
    </message>
    <message>
        <source>Never: Keybearer puts it into requests, and no program sees it.</source>
        <translation>从不：Keybearer 将其放入请求，任何程序都看不到它。</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加于</translation>
    </message>
    <message>
        <source>Value replaced</source>
        <translation>值更换于</translation>
    </message>
    <message>
        <source>For programs</source>
        <translation>对程序</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionModel</name>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>%1 (service account)</source>
        <comment>provider</comment>
        <translation>%1（服务账号）</translation>
    </message>
    <message>
        <source>%1 (this computer itself)</source>
        <comment>provider; nobody has signed in, a client acts for itself</comment>
        <translation>%1（此计算机本身）</translation>
    </message>
    <message>
        <source>%1 (by your company)</source>
        <comment>provider; an identity provider vouches for the person</comment>
        <translation>%1（由您的公司）</translation>
    </message>
    <message>
        <source>%1 (by this machine)</source>
        <comment>provider; the platform vouches for the machine</comment>
        <translation>%1（由此计算机）</translation>
    </message>
    <message>
        <source>Ends in a moment</source>
        <comment>a session that is about to be revoked</comment>
        <translation>即将结束</translation>
    </message>
    <message>
        <source>never</source>
        <comment>last used</comment>
        <translation>从不</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>never</source>
        <comment>expires</comment>
        <translation>从不</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Allows</source>
        <comment>column: what a session allows, in words</comment>
        <translation>允许</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Last used by</source>
        <translation>上次使用者</translation>
    </message>
</context>
<context>
    <name>keybearer::SessionsPage</name>
    <message>
        <source>No sessions yet</source>
        <translation>还没有会话</translation>
    </message>
    <message>
        <source>Sign in once, and programs on this computer can use the account, each with your permission and without ever seeing a password.</source>
        <translation>只需登录一次，此计算机上的程序就可以使用该账号，每个程序都需要您的许可，且永远看不到密码。</translation>
    </message>
    <message>
        <source>&amp;Sign in...</source>
        <translation>登录(&amp;S)...</translation>
    </message>
    <message>
        <source>Waiting for the broker</source>
        <translation>正在等待代理</translation>
    </message>
    <message>
        <source>Your sessions are listed here as soon as it answers.</source>
        <translation>代理应答后，您的会话会列在这里。</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Sign-ins</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Service accounts and machines</source>
        <translation>服务账号和计算机</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Sho&amp;w:</source>
        <translation>显示(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Add API key...</source>
        <translation>添加 API 密钥(&amp;A)...</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>&amp;Copy account</source>
        <translation>复制账号(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;New value...</source>
        <translation>新值(&amp;N)...</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <comment>an API key</comment>
        <translation>启用(&amp;O)</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <comment>an API key</comment>
        <translation>停用(&amp;O)</translation>
    </message>
    <message>
        <source>S&amp;ign in again...</source>
        <translation>重新登录(&amp;I)...</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>Re&amp;name...</source>
        <translation>重命名(&amp;N)...</translation>
    </message>
    <message>
        <source>Remo&amp;ve...</source>
        <translation>删除(&amp;V)...</translation>
    </message>
    <message>
        <source>Re&amp;voke...</source>
        <translation>撤销(&amp;V)...</translation>
    </message>
</context>
<context>
    <name>keybearer::SettingsPage</name>
    <message>
        <source>No program could be found that opens the file</source>
        <translation>找不到能打开此文件的程序</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>keybearer::SetupWizard</name>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Set up Keybearer</source>
        <translation>设置 Keybearer</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
</context>
<context>
    <name>keybearer::SharingControl</name>
    <message>
        <source>Sharing could not be paused</source>
        <translation>无法暂停共享</translation>
    </message>
    <message>
        <source>Sharing could not be resumed</source>
        <translation>无法恢复共享</translation>
    </message>
    <message>
        <source>Sharing was paused</source>
        <translation>共享已暂停</translation>
    </message>
    <message>
        <source>No program gets anything until sharing goes on.</source>
        <translation>在恢复共享之前，没有程序能获得任何内容。</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>恢复共享</translation>
    </message>
    <message>
        <source>Sharing goes on</source>
        <translation>共享继续</translation>
    </message>
    <message>
        <source>Programs get what you have allowed them again.</source>
        <translation>程序又可以获得您允许的内容。</translation>
    </message>
</context>
<context>
    <name>keybearer::ShownKeyDialog</name>
    <message>
        <source>The key of %1</source>
        <translation>%1 的密钥</translation>
    </message>
    <message>
        <source>Copy it now: it is shown this once, and kept nowhere. Whoever has it gets what you have allowed, without a question.</source>
        <translation>请立即复制：只显示这一次，且不保存在任何地方。持有它的人无需询问即可获得您允许的内容。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>The program finds it in the environment variable KEYBEARER_CLIENT_KEY, or in a file that the variable names as @FILE.</source>
        <translation>程序在环境变量 KEYBEARER_CLIENT_KEY 中找到它，或在该变量以 @FILE 指明的文件中找到它。</translation>
    </message>
    <message>
        <source>I have &amp;kept it</source>
        <translation>我已保存(&amp;K)</translation>
    </message>
    <message>
        <source>Copied for a minute</source>
        <translation>已复制，保留一分钟</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInChoices</name>
    <message>
        <source>To be set up first, once</source>
        <translation>需要先设置一次</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) signed in</source>
        <translation>
            <numerusform>已登录 %n 个账号</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>MCP server at %1, signed in</source>
        <translation>%1 的 MCP 服务器，已登录</translation>
    </message>
    <message>
        <source>MCP server at %1</source>
        <translation>%1 的 MCP 服务器</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>what one can sign in to, and its state</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInChooser</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Where do you want to sign in?</source>
        <translation>您想在哪里登录？</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search for a provider or an MCP server</source>
        <translation>搜索提供商或 MCP 服务器</translation>
    </message>
    <message>
        <source>Providers and MCP servers</source>
        <translation>提供商和 MCP 服务器</translation>
    </message>
    <message>
        <source>Or paste the &amp;address of an MCP server:</source>
        <translation>或粘贴 MCP 服务器的地址(&amp;A)：</translation>
    </message>
    <message>
        <source>Address of an MCP server</source>
        <translation>MCP 服务器的地址</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>详细信息(&amp;D)</translation>
    </message>
    <message>
        <source>The page asks who you are</source>
        <translation>页面会询问您是谁</translation>
    </message>
    <message>
        <source>A&amp;ccount:</source>
        <translation>账号(&amp;C)：</translation>
    </message>
    <message>
        <source>Ask &amp;for:</source>
        <translation>请求的权限(&amp;F)：</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>There is no connection to the broker. Keybearer keeps trying.</source>
        <translation>没有与代理的连接。Keybearer 会继续尝试。</translation>
    </message>
    <message>
        <source>Nothing here has this name. An MCP server needs only its address, below.</source>
        <translation>这里没有此名称。MCP 服务器只需在下方填写地址。</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>设置(&amp;S)...</translation>
    </message>
    <message>
        <source>Signs in to %1. This name is written with letters of different alphabets.</source>
        <translation>登录到 %1。此名称由不同字母表的字母写成。</translation>
    </message>
    <message>
        <source>Signs in to %1.</source>
        <translation>登录到 %1。</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInDialog</name>
    <message>
        <source>&amp;Copy link</source>
        <translation>复制链接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation>再次打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Set up...</source>
        <translation>设置(&amp;S)...</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>登录 %1</translation>
    </message>
    <message>
        <source>Get a &amp;new code</source>
        <translation>获取新代码(&amp;N)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Preparing the sign-in...</source>
        <translation>正在准备登录...</translation>
    </message>
    <message>
        <source>Keybearer is asking %1 where to sign in.</source>
        <translation>Keybearer 正在询问 %1 在何处登录。</translation>
    </message>
    <message>
        <source>%1
This name is written with letters of different alphabets.</source>
        <translation>%1
此名称由不同字母表的字母写成。</translation>
    </message>
    <message>
        <source>Host of the sign-in page: %1</source>
        <translation>登录页面的主机：%1</translation>
    </message>
    <message>
        <source>Waiting for you in the browser...</source>
        <translation>正在等待您在浏览器中操作...</translation>
    </message>
    <message>
        <source>Sign in on the page of %1 that has just opened. Check that the browser&apos;s address bar says so before you type a password.</source>
        <translation>请在刚打开的 %1 页面上登录。输入密码前，请核对浏览器地址栏确实如此显示。</translation>
    </message>
    <message>
        <source>Open the link in a browser</source>
        <translation>请在浏览器中打开链接</translation>
    </message>
    <message>
        <source>No browser could be started. Copy the link, open it in a browser on this computer, and check that it shows %1.</source>
        <translation>无法启动浏览器。请复制链接，在此计算机的浏览器中打开，并核对其显示 %1。</translation>
    </message>
    <message>
        <source>&amp;Copy code</source>
        <translation>复制代码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open here</source>
        <translation>在此打开(&amp;O)</translation>
    </message>
    <message>
        <source>Enter a code to sign in</source>
        <translation>输入代码以登录</translation>
    </message>
    <message>
        <source>The code has expired</source>
        <translation>代码已过期</translation>
    </message>
    <message>
        <source>Nothing is lost: get a new code, and enter that one.</source>
        <translation>没有丢失任何内容：获取新代码并输入即可。</translation>
    </message>
    <message>
        <source>Almost there...</source>
        <translation>即将完成...</translation>
    </message>
    <message>
        <source>%1 has answered; Keybearer is fetching your session.</source>
        <translation>%1 已应答；Keybearer 正在获取您的会话。</translation>
    </message>
    <message>
        <source>The sign-in did not work</source>
        <translation>登录未成功</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInSteps</name>
    <message>
        <source>Find out how to sign in</source>
        <translation>查明如何登录</translation>
    </message>
    <message>
        <source>Register Keybearer there</source>
        <translation>在那里注册 Keybearer</translation>
    </message>
    <message>
        <source>You enter the code</source>
        <translation>您输入代码</translation>
    </message>
    <message>
        <source>You sign in, in the browser</source>
        <translation>您在浏览器中登录</translation>
    </message>
    <message>
        <source>Fetch the session</source>
        <translation>获取会话</translation>
    </message>
    <message>
        <source>Ask who you are, and store the session</source>
        <translation>询问您是谁，并保存会话</translation>
    </message>
    <message>
        <source>%1: done</source>
        <comment>a step</comment>
        <translation>%1：完成</translation>
    </message>
    <message>
        <source>%1: failed</source>
        <comment>a step</comment>
        <translation>%1：失败</translation>
    </message>
    <message>
        <source>%1: now</source>
        <comment>a step</comment>
        <translation>%1：进行中</translation>
    </message>
    <message>
        <source>%1: later</source>
        <comment>a step</comment>
        <translation>%1：稍后</translation>
    </message>
</context>
<context>
    <name>keybearer::SignIns</name>
    <message>
        <source>Signed in to %1</source>
        <translation>已登录 %1</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>已登录为 %1</translation>
    </message>
    <message>
        <source>Your %1 session is ready. Programs that want to use it will ask you.</source>
        <translation>您的 %1 会话已就绪。想要使用它的程序会询问您。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>keybearer::SignInsPage</name>
    <message>
        <source>Search services</source>
        <translation>搜索服务</translation>
    </message>
    <message>
        <source>Nothing to sign in to</source>
        <translation>没有需要登录的内容</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>API keys need no sign-in. Those that were moved are in the store; add others with &quot;keybearer apikey add&quot;.</source>
        <translation>API 密钥无需登录。已迁移的密钥在存储中；用“keybearer apikey add”添加其他密钥。</translation>
    </message>
    <message>
        <source>Your browser opens for each. You can do this now, or later from the icon in the panel: a program that needs an account asks for it.</source>
        <translation>每次登录都会打开浏览器。您可以现在登录，也可以稍后从面板中的图标登录：需要账号的程序会请求。</translation>
    </message>
    <message>
        <source>Sign in...</source>
        <translation>登录...</translation>
    </message>
    <message>
        <source>an account without a name</source>
        <translation>未命名的账号</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>已登录为 %1</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>Add another account...</source>
        <translation>添加另一账号...</translation>
    </message>
    <message>
        <source>Add another account of %1</source>
        <translation>添加 %1 的另一账号</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>登录 %1</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>稍后(&amp;L)</translation>
    </message>
</context>
<context>
    <name>keybearer::StateBar</name>
    <message>
        <source>State of the broker</source>
        <translation>代理的状态</translation>
    </message>
    <message>
        <source>No connection to the broker; trying again. What you see is how it was.</source>
        <translation>未连接到代理；正在重试。您看到的是之前的状态。</translation>
    </message>
    <message>
        <source>Start the &amp;broker</source>
        <translation>启动代理(&amp;B)</translation>
    </message>
    <message>
        <source>The store is locked: no program gets a token until you unlock it.</source>
        <translation>存储已锁定：在您解锁之前，没有程序能获得令牌。</translation>
    </message>
    <message>
        <source>The keychain is locked: no program gets a token until you unlock it.</source>
        <translation>钥匙串已锁定：在您解锁之前，没有程序能获得令牌。</translation>
    </message>
    <message>
        <source>Un&amp;lock...</source>
        <translation>解锁(&amp;L)...</translation>
    </message>
</context>
<context>
    <name>keybearer::StoreLock</name>
    <message>
        <source>The store could not be looked at</source>
        <translation>无法查看存储</translation>
    </message>
    <message>
        <source>The store could not be unlocked</source>
        <translation>无法解锁存储</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>已解锁</translation>
    </message>
    <message>
        <source>Programs get their tokens again.</source>
        <translation>程序又可以获得令牌。</translation>
    </message>
    <message>
        <source>The store could not be locked</source>
        <translation>无法锁定存储</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>No program gets a token until you unlock it.</source>
        <translation>在您解锁之前，没有程序能获得令牌。</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolModel</name>
    <message>
        <source>is new, hidden</source>
        <translation>新工具，已隐藏</translation>
    </message>
    <message>
        <source>is new</source>
        <translation>新工具</translation>
    </message>
    <message>
        <source>has changed, hidden</source>
        <translation>已更改，已隐藏</translation>
    </message>
    <message>
        <source>has changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>What has happened</source>
        <translation>发生了什么</translation>
    </message>
</context>
<context>
    <name>keybearer::ToolsPage</name>
    <message>
        <source>Changed tools</source>
        <translation>已更改的工具</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>批准(&amp;A)</translation>
    </message>
    <message>
        <source>No tool has changed</source>
        <translation>没有工具更改</translation>
    </message>
    <message>
        <source>When an MCP server says something else of a tool than what you have approved, it is listed here.</source>
        <translation>当 MCP 服务器对某个工具的描述与您批准的不同时，会列在这里。</translation>
    </message>
    <message>
        <source>What a model is told of these tools is not what you have approved. A server that changes it can make the model do other things than you expect.</source>
        <translation>模型得到的这些工具的描述与您批准的不同。更改描述的服务器可能使模型做出您意料之外的事。</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>No model sees it until you approve it.</source>
        <translation>在您批准之前，模型看不到它。</translation>
    </message>
    <message>
        <source>Models see it as it is now. Approve it to be warned of the next change.</source>
        <translation>模型看到的就是现在的样子。批准后，下次更改时会提醒您。</translation>
    </message>
    <message>
        <source>It was not there when you approved the others. This is what a model is told of it:</source>
        <translation>您批准其他工具时它还不存在。模型得到的描述如下：</translation>
    </message>
    <message>
        <source>What has changed cannot be said: a definition was too long to be kept.</source>
        <translation>无法说明更改了什么：定义过长，未能保存。</translation>
    </message>
    <message>
        <source>The tool could not be approved</source>
        <translation>无法批准该工具</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayApplication</name>
    <message>
        <source>No browser could be opened for a sign-in</source>
        <translation>无法打开浏览器进行登录</translation>
    </message>
    <message>
        <source>The broker could not be stopped</source>
        <translation>无法停止代理</translation>
    </message>
    <message>
        <source>This desktop has no place for a status icon</source>
        <translation>此桌面没有放置状态图标的位置</translation>
    </message>
    <message>
        <source>Closed, this window comes back when Keybearer is started again; meanwhile it goes on in the background.</source>
        <translation>关闭后，再次启动 Keybearer 时此窗口会回来；在此期间它在后台继续运行。</translation>
    </message>
    <message>
        <source>The broker did not start</source>
        <translation>代理没有启动</translation>
    </message>
</context>
<context>
    <name>keybearer::TrayMenu</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Set up...</source>
        <translation>设置向导...</translation>
    </message>
    <message>
        <source>Settings...</source>
        <translation>设置...</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Closes the tray icon, and asks whether the broker should go on.</source>
        <translation>关闭托盘图标，并询问代理是否继续运行。</translation>
    </message>
    <message>
        <source>A program asks for %1...</source>
        <comment>a provider</comment>
        <translation>一个程序请求 %1...</translation>
    </message>
    <message>
        <source>%1 asks for %2...</source>
        <comment>a program, a provider</comment>
        <translation>%1 请求 %2...</translation>
    </message>
    <message numerus="yes">
        <source>All %n request(s)...</source>
        <translation>
            <numerusform>全部 %n 个请求...</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed tools (%1)...</source>
        <translation>已更改的工具 (%1)...</translation>
    </message>
    <message numerus="yes">
        <source>%n more in the Sessions window</source>
        <translation>
            <numerusform>“会话”窗口中还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>恢复共享</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>暂停共享</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>15 分钟</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation>直到我恢复</translation>
    </message>
    <message>
        <source>Unlock...</source>
        <translation>解锁...</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>provider and account</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1, expires %2</source>
        <comment>state, in how long</comment>
        <translation>%1，%2到期</translation>
    </message>
    <message>
        <source>Sign in again...</source>
        <translation>重新登录...</translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation>立即刷新</translation>
    </message>
    <message>
        <source>Revoke...</source>
        <translation>撤销...</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
</context>
<context>
    <name>keybearer::TraySection</name>
    <message>
        <source>This application</source>
        <translation>此应用</translation>
    </message>
    <message>
        <source>&amp;Start with the desktop</source>
        <translation>随桌面启动(&amp;S)</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <comment>a file</comment>
        <translation>写入 %1</translation>
    </message>
    <message>
        <source>With colour</source>
        <comment>the status icon</comment>
        <translation>彩色</translation>
    </message>
    <message>
        <source>In one colour, like the panel&apos;s own</source>
        <comment>the status icon</comment>
        <translation>单色，与面板一致</translation>
    </message>
    <message>
        <source>Ask me each time</source>
        <translation>每次询问我</translation>
    </message>
    <message>
        <source>The broker goes on in the background</source>
        <translation>代理在后台继续运行</translation>
    </message>
    <message>
        <source>The broker stops too</source>
        <translation>代理也停止</translation>
    </message>
    <message>
        <source>Status &amp;icon:</source>
        <translation>状态图标(&amp;I)：</translation>
    </message>
    <message>
        <source>When I &amp;quit:</source>
        <translation>退出时(&amp;Q)：</translation>
    </message>
    <message>
        <source>These settings cannot be kept: %1 cannot be written.</source>
        <comment>a file</comment>
        <translation>无法保存这些设置：%1 不可写入。</translation>
    </message>
</context>
<context>
    <name>keybearer::UnlockDialog</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>选择密码短语</translation>
    </message>
    <message>
        <source>Unlock the store</source>
        <translation>解锁存储</translation>
    </message>
    <message>
        <source>It will be asked for whenever the broker starts. There is no way around a forgotten one.</source>
        <translation>代理每次启动时都会要求输入。忘记后没有任何补救办法。</translation>
    </message>
    <message>
        <source>Your sessions are in a file that this passphrase opens.</source>
        <translation>您的会话在一个由此密码短语打开的文件中。</translation>
    </message>
    <message>
        <source>&amp;Passphrase:</source>
        <translation>密码短语(&amp;P)：</translation>
    </message>
    <message>
        <source>Once &amp;more:</source>
        <translation>再次输入(&amp;M)：</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>使用(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>解锁(&amp;U)</translation>
    </message>
</context>
<context>
    <name>keybearer::UsageChart</name>
    <message>
        <source>%1: %2 given</source>
        <comment>day or program, tokens given</comment>
        <translation>%1：已发放 %2</translation>
    </message>
    <message>
        <source>%1: %2 given, %3 refused</source>
        <comment>day or program, tokens given, tokens refused</comment>
        <translation>%1：已发放 %2，已拒绝 %3</translation>
    </message>
    <message>
        <source>Nothing was given or refused.</source>
        <translation>没有发放或拒绝任何令牌。</translation>
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
            <numerusform>最近 %n 天发放的令牌</numerusform>
        </translation>
    </message>
    <message>
        <source>By program</source>
        <translation>按程序</translation>
    </message>
    <message>
        <source>A double click shows the rows of one program only.</source>
        <translation>双击可只显示某个程序的行。</translation>
    </message>
</context>
<context>
    <name>keybearer::WelcomePage</name>
    <message>
        <source>Welcome to Keybearer</source>
        <translation>欢迎使用 Keybearer</translation>
    </message>
    <message>
        <source>You sign in once to each service. Programs on this computer can then use the account, each with your permission, and none of them ever holds a password or a key that lasts.</source>
        <translation>每个服务只需登录一次。此后此计算机上的程序可以使用该账号，每个程序都需要您的许可，且任何程序都不会持有密码或长期密钥。</translation>
    </message>
    <message>
        <source>What do your programs need?</source>
        <translation>您的程序需要什么？</translation>
    </message>
    <message>
        <source>&amp;GitHub</source>
        <translation>&amp;GitHub</translation>
    </message>
    <message>
        <source>Repositories, issues and pull requests, with one sign-in instead of personal tokens.</source>
        <translation>仓库、议题和拉取请求，只需一次登录，无需个人令牌。</translation>
    </message>
    <message>
        <source>Google &amp;Workspace</source>
        <translation>Google &amp;Workspace</translation>
    </message>
    <message>
        <source>Mail, calendar and documents of one account.</source>
        <translation>一个账号的邮件、日历和文档。</translation>
    </message>
    <message>
        <source>One &amp;other service</source>
        <translation>另一个服务(&amp;O)</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>&amp;Several services</source>
        <translation>多个服务(&amp;S)</translation>
    </message>
    <message>
        <source>You choose from all of them, and add your company&apos;s own servers by their address.</source>
        <translation>您可以从全部服务中选择，也可以按地址添加贵公司自己的服务器。</translation>
    </message>
    <message>
        <source>Only API &amp;keys</source>
        <translation>仅 API 密钥(&amp;K)</translation>
    </message>
    <message>
        <source>Nothing to sign in to: keys move from settings files into the keychain.</source>
        <translation>无需登录：密钥从设置文件移入钥匙串。</translation>
    </message>
    <message>
        <source>&amp;Look for MCP clients</source>
        <translation>查找 MCP 客户端(&amp;L)</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Shows the sessions of the credential broker, and asks before a program may use one.</source>
        <translation>显示凭据代理的会话，并在程序使用会话之前询问。</translation>
    </message>
    <message>
        <source>Open the window with this page.</source>
        <comment>an option</comment>
        <translation>打开窗口并显示此页面。</translation>
    </message>
</context>
</TS>
