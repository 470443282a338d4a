# fish completion for keybearer. Install it with:
#   keybearer completion fish > ~/.config/fish/completions/keybearer.fish

# First column of a list of the running broker; the broker is not started for that.
function __keybearer_column
    keybearer $argv --no-spawn --quiet --timeout 1 2>/dev/null | awk 'NR > 1 { print $1 }'
end

function __keybearer_sessions
    keybearer session list --no-spawn --quiet --timeout 1 2>/dev/null | awk 'NR > 1 { print $1; print $2 }' | sort -u
end

# keybearer VERB without a command of it yet
function __keybearer_needs_child
    set -l words (commandline -opc)
    contains -- $argv[1] $words; and not __fish_seen_subcommand_from $argv[2..-1]
end

complete -c keybearer -f
complete -c keybearer -l json -d 'Print JSON'
complete -c keybearer -s q -l quiet -d 'Say nothing but the answer and errors'
complete -c keybearer -s v -l verbose -d 'Say more'
complete -c keybearer -l socket -r -F -d 'The socket of the broker'
complete -c keybearer -l timeout -x -d 'How many seconds to wait'
complete -c keybearer -l no-spawn -d 'Do not start the broker'
complete -c keybearer -l version -d 'Print the version'
complete -c keybearer -s h -l help -d 'Print help'

complete -c keybearer -n __fish_use_subcommand -a status -d 'What there is and what it needs'
complete -c keybearer -n __fish_use_subcommand -a login -d 'Sign in with the browser or a code'
complete -c keybearer -n __fish_use_subcommand -a logout -d 'Revoke at the provider, erase here'
complete -c keybearer -n __fish_use_subcommand -a session -d 'List, show, refresh, rename or revoke sessions'
complete -c keybearer -n __fish_use_subcommand -a token -d 'Print an access token'
complete -c keybearer -n __fish_use_subcommand -a run -d 'Start a program with tokens'
complete -c keybearer -n __fish_use_subcommand -a mcp -d 'Be a local MCP server that is a remote one'
complete -c keybearer -n __fish_use_subcommand -a apikey -d 'Keep API keys'
complete -c keybearer -n __fish_use_subcommand -a service-account -d 'Keep keys of service accounts'
complete -c keybearer -n __fish_use_subcommand -a provider -d 'List whom you can sign in to'
complete -c keybearer -n __fish_use_subcommand -a service -d 'The MCP servers that you use'
complete -c keybearer -n __fish_use_subcommand -a gateway -d 'One address here for every service'
complete -c keybearer -n __fish_use_subcommand -a demo -d 'A throw-away provider to try things with'
complete -c keybearer -n __fish_use_subcommand -a tool -d 'The tools of MCP servers'
complete -c keybearer -n __fish_use_subcommand -a store -d 'What keeps the sessions'
complete -c keybearer -n __fish_use_subcommand -a client -d 'Keys for programs'
complete -c keybearer -n __fish_use_subcommand -a consent -d 'What programs may use'
complete -c keybearer -n __fish_use_subcommand -a caller -d 'What the broker sees of you'
complete -c keybearer -n __fish_use_subcommand -a auth -d 'Which credential which tool gets'
complete -c keybearer -n __fish_use_subcommand -a audit -d 'Who was given what'
complete -c keybearer -n __fish_use_subcommand -a doctor -d 'Find out what is wrong'
complete -c keybearer -n __fish_use_subcommand -a health -d 'The state of every part as JSON'
complete -c keybearer -n __fish_use_subcommand -a metrics -d 'What is counted, for Prometheus'
complete -c keybearer -n __fish_use_subcommand -a tray -d 'Start the tray application'
complete -c keybearer -n __fish_use_subcommand -a completion -d 'Print the completions for a shell'
complete -c keybearer -n __fish_use_subcommand -a help -d 'Explain a command'

complete -c keybearer -n '__fish_seen_subcommand_from login' -a '(__keybearer_column provider list)'
complete -c keybearer -n '__fish_seen_subcommand_from login token mcp' -a '(__keybearer_column service list)'
complete -c keybearer -n '__fish_seen_subcommand_from login token mcp' -l account -x -d 'Which account'
complete -c keybearer -n '__fish_seen_subcommand_from login token' -l scope -x -d 'A scope'
complete -c keybearer -n '__fish_seen_subcommand_from login' -l no-browser -d 'Print the address'
complete -c keybearer -n '__fish_seen_subcommand_from login' -l paste -d 'The browser is on another machine'
complete -c keybearer -n '__fish_seen_subcommand_from login' -l device -d 'Sign in with a code'

complete -c keybearer -n '__fish_seen_subcommand_from logout' -a '(__keybearer_sessions)'
complete -c keybearer -n '__fish_seen_subcommand_from logout' -l all -d 'Every session'
complete -c keybearer -n '__fish_seen_subcommand_from logout' -l yes -d 'Do not ask'
complete -c keybearer -n '__fish_seen_subcommand_from logout revoke' -l local-only -d 'Do not tell the provider'

complete -c keybearer -n '__fish_seen_subcommand_from token' -a '(__keybearer_sessions)'
complete -c keybearer -n '__fish_seen_subcommand_from token' -l tool -x -d 'The tool it is for'
complete -c keybearer -n '__fish_seen_subcommand_from token' -l min-valid -x -d 'Refresh if it lives for less'
complete -c keybearer -n '__fish_seen_subcommand_from token' -l format -x -a 'raw json header' -d 'How to print it'

complete -c keybearer -n '__fish_seen_subcommand_from run' -a '(__fish_complete_subcommand)'
complete -c keybearer -n '__fish_seen_subcommand_from run' -l profile -x -d 'What the program may have'
complete -c keybearer -n '__fish_seen_subcommand_from run' -l env -x -d 'Put a token into a variable'
complete -c keybearer -n '__fish_seen_subcommand_from run' -l inject -d 'Take it from the profile'
complete -c keybearer -n '__fish_seen_subcommand_from run' -l capability-env -d 'Hand over a secret'
complete -c keybearer -n '__fish_seen_subcommand_from run' -l restart-on-expiry -d 'Start it anew with a fresh token'

complete -c keybearer -n '__keybearer_needs_child apikey add list show rotate enable disable remove' \
    -a 'add list show rotate enable disable remove'
complete -c keybearer -n '__fish_seen_subcommand_from apikey; and __fish_seen_subcommand_from show rotate enable disable remove' \
    -a '(__keybearer_column apikey list)'
complete -c keybearer -n '__fish_seen_subcommand_from apikey' -l value-file -r -F -d 'Where the value is'
complete -c keybearer -n '__fish_seen_subcommand_from apikey' -l header -x -d 'How it goes into a request'
complete -c keybearer -n '__fish_seen_subcommand_from apikey' -l expires -x -d 'When it ends'
complete -c keybearer -n '__fish_seen_subcommand_from apikey' -l description -x -d 'What it is for'
complete -c keybearer -n '__fish_seen_subcommand_from apikey' -l no-export -d 'Never hand it to a program'
complete -c keybearer -n '__keybearer_needs_child service-account add list remove' -a 'add list remove'
complete -c keybearer -n '__fish_seen_subcommand_from service-account; and __fish_seen_subcommand_from add' \
    -a '(__keybearer_column provider list)'
complete -c keybearer -n '__fish_seen_subcommand_from service-account' -l key-file -r -F -d 'The key file'
complete -c keybearer -n '__fish_seen_subcommand_from service-account' -l subject -x -d 'Whom it acts for'
complete -c keybearer -n '__fish_seen_subcommand_from service-account' -l scope -x -d 'A scope'
complete -c keybearer -n '__fish_seen_subcommand_from service-account' -l name -x -d 'What to call it'

complete -c keybearer -n '__keybearer_needs_child session list show refresh rename revoke' \
    -a 'list show refresh rename revoke'
complete -c keybearer -n '__fish_seen_subcommand_from session; and __fish_seen_subcommand_from show refresh rename revoke' \
    -a '(__keybearer_sessions)'
complete -c keybearer -n '__keybearer_needs_child provider list show test add remove' -a 'list show test add remove'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from list show test add remove' \
    -a '(__keybearer_column provider list)'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l issuer -x -d 'The authorization server'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l authorization-endpoint -x -d 'Where one signs in'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l token-endpoint -x -d 'Where tokens come from'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l device-authorization-endpoint -x -d 'Where device codes come from'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l revocation-endpoint -x -d 'Where sessions are ended'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l userinfo-endpoint -x -d 'Where to ask who signed in'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l domain -x -d 'Which one of them'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l client-id -x -d 'Your client'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l scope -x -d 'A scope to ask for'
complete -c keybearer -n '__fish_seen_subcommand_from provider; and __fish_seen_subcommand_from add' -l flow -x -d 'A way to sign in'
complete -c keybearer -n '__keybearer_needs_child service list test add remove' -a 'list test add remove'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from test remove' \
    -a '(__keybearer_column service list)'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l provider -x -d 'Whose tokens it takes'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l issuer -x -d 'The authorization server'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l client-id -x -d 'Your client'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l scope -x -d 'A scope to ask for'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l account -x -d 'Which account'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l timeout-seconds -x -d 'How long its answers may take'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l command -d 'A program of this machine'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l env -x -d 'A token in a variable'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l directory -r -d 'Where it runs'
complete -c keybearer -n '__fish_seen_subcommand_from service; and __fish_seen_subcommand_from add' -l idle-seconds -x -d 'When it is ended'
complete -c keybearer -n '__keybearer_needs_child gateway start stop status keys clients' -a 'start stop status keys clients'
complete -c keybearer -n '__fish_seen_subcommand_from gateway; and __fish_seen_subcommand_from start' -l port -x -d 'The port of this machine'
complete -c keybearer -n '__fish_seen_subcommand_from gateway; and __fish_seen_subcommand_from start' -l enable -d 'Whenever the broker starts'
complete -c keybearer -n '__fish_seen_subcommand_from gateway; and __fish_seen_subcommand_from keys' -l rotate -d 'Sign with a new one'
complete -c keybearer -n '__fish_seen_subcommand_from gateway; and __fish_seen_subcommand_from clients' -l remove -x -d 'Forget one'
complete -c keybearer -n '__keybearer_needs_child demo start stop status' -a 'start stop status'
complete -c keybearer -n '__keybearer_needs_child tool list show approve forget' -a 'list show approve forget'
complete -c keybearer -n '__fish_seen_subcommand_from tool; and __fish_seen_subcommand_from show approve' -l fingerprint -x -d 'Which definition'
complete -c keybearer -n '__fish_seen_subcommand_from tool; and __fish_seen_subcommand_from approve' -l all -d 'Every one that waits'
complete -c keybearer -n '__fish_seen_subcommand_from tool; and __fish_seen_subcommand_from list show approve forget' -a '(__keybearer_column tool list | sort -u)'
complete -c keybearer -n '__fish_seen_subcommand_from doctor' -l no-network -d 'Ask no provider'
complete -c keybearer -n '__keybearer_needs_child store status unlock lock migrate rekey' \
    -a 'status unlock lock migrate rekey'
complete -c keybearer -n '__fish_seen_subcommand_from store; and __fish_seen_subcommand_from migrate' -a 'keychain file'
complete -c keybearer -n '__fish_seen_subcommand_from unlock migrate rekey' -l value-file -r -F -d 'Read the passphrase'
complete -c keybearer -n '__fish_seen_subcommand_from migrate' -l key -x -a 'keychain passphrase key_file credential' -d 'What opens the file'
complete -c keybearer -n '__fish_seen_subcommand_from migrate' -l key-file -r -F -d 'The key file'
complete -c keybearer -n '__fish_seen_subcommand_from migrate' -l credential -x -d 'The systemd credential'
complete -c keybearer -n '__fish_seen_subcommand_from rekey' -l new-key -x -a 'keychain passphrase key_file credential' -d 'Another source'
complete -c keybearer -n '__fish_seen_subcommand_from rekey' -l new-key-file -r -F -d 'The new key file'
complete -c keybearer -n '__fish_seen_subcommand_from rekey' -l new-credential -x -d 'The new systemd credential'
complete -c keybearer -n '__keybearer_needs_child client add list show disable enable rotate remove' \
    -a 'add list show disable enable rotate remove'
complete -c keybearer -n '__fish_seen_subcommand_from client; and __fish_seen_subcommand_from show disable enable rotate remove' \
    -a '(__keybearer_column client list)'
complete -c keybearer -n '__fish_seen_subcommand_from client; and __fish_seen_subcommand_from add' -l allow -x -a '(__keybearer_column provider list)' -d 'What it may have'
complete -c keybearer -n '__fish_seen_subcommand_from client; and __fish_seen_subcommand_from add' -l role -x -a 'readonly agent user admin' -d 'What it may do'
complete -c keybearer -n '__fish_seen_subcommand_from client; and __fish_seen_subcommand_from add' -l owner -x -d 'Whose program it is'
complete -c keybearer -n '__fish_seen_subcommand_from client; and __fish_seen_subcommand_from add' -l description -x -d 'What it is for'
complete -c keybearer -n '__fish_seen_subcommand_from client' -l expires -x -d 'When it ends'
complete -c keybearer -n '__fish_seen_subcommand_from client; and __fish_seen_subcommand_from rotate' -l overlap -x -d 'How long the old key works'
complete -c keybearer -n '__keybearer_needs_child consent list pending answer revoke' -a 'list pending answer revoke'
complete -c keybearer -n '__fish_seen_subcommand_from pending' -s f -l follow -d 'Stay, and tell of each question'
complete -c keybearer -n '__fish_seen_subcommand_from answer' -a '(__keybearer_column consent pending)'
complete -c keybearer -n '__fish_seen_subcommand_from answer' -a 'allow-once allow-session allow deny'
complete -c keybearer -n '__fish_seen_subcommand_from consent; and __fish_seen_subcommand_from revoke' \
    -a '(__keybearer_column consent list)'
complete -c keybearer -n '__keybearer_needs_child auth explain' -a explain
complete -c keybearer -n '__fish_seen_subcommand_from explain' -l service -x -d 'The service of the tool'
complete -c keybearer -n '__keybearer_needs_child audit list export verify alerts' -a 'list export verify alerts'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l limit -x -d 'How many rows'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l since -x -d 'Only rows since then'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l until -x -d 'Only rows until then'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l caller -x -d 'Only this program'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l kind -x -d 'Only this kind'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l provider -x -d 'Only this provider'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l account -x -d 'Only this account'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l session -x -d 'Only this session'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l client -x -d 'Only this registered client'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l tool -x -d 'Only this tool'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l format -x -a jsonl -d 'One JSON object a line'
complete -c keybearer -n '__fish_seen_subcommand_from audit' -l follow -s f -d 'Go on with new rows'
complete -c keybearer -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
