#compdef keybearer
# zsh completion for keybearer. Install it with: keybearer completion zsh > "${fpath[1]}/_keybearer"

# First column of a list of the running broker; the broker is not started for that.
_keybearer_column() {
    local -a found
    found=(${(f)"$(keybearer "$@" --no-spawn --quiet --timeout 1 2>/dev/null | awk 'NR > 1 { print $1 }')"})
    compadd -a found
}

_keybearer_providers() { _keybearer_column provider list }
_keybearer_services() { _keybearer_column service list }
_keybearer_apikeys() { _keybearer_column apikey list }
_keybearer_clients() { _keybearer_column client list }
_keybearer_pending() { _keybearer_column consent pending }
_keybearer_consents() { _keybearer_column consent list }
_keybearer_sessions() {
    local -a found
    found=(${(f)"$(keybearer session list --no-spawn --quiet --timeout 1 2>/dev/null |
        awk 'NR > 1 { print $1; print $2 }' | sort -u)"})
    compadd -a found
}

_keybearer() {
    local context state state_descr line
    typeset -A opt_args
    local -a common
    common=(
        '--json[print JSON]'
        '(-q --quiet)'{-q,--quiet}'[say nothing but the answer and errors]'
        '(-v --verbose)'{-v,--verbose}'[say more]'
        '--socket[the socket of the broker]:socket:_files'
        '--timeout[how long to wait]:seconds:'
        '--no-spawn[do not start the broker]'
        '--version[print the version]'
        '(-h --help)'{-h,--help}'[print help]'
    )
    _arguments -C $common '1:command:->command' '*::argument:->argument'
    case $state in
    command)
        local -a commands
        commands=(
            'status:what there is and what it needs'
            'login:sign in with the browser or a code'
            'logout:revoke at the provider, erase here'
            'session:list, show, refresh, rename or revoke sessions'
            'token:print an access token'
            'run:start a program with tokens'
            'mcp:be a local MCP server that is a remote one'
            'apikey:keep API keys'
            'service-account:keep keys of service accounts'
            'provider:list whom you can sign in to'
            'service:the MCP servers that you use'
            'gateway:one address here for every service'
            'import:move servers and secrets out of the settings of MCP clients'
            'setup:the first steps, one after the other'
            'demo:a throw-away provider to try things with'
            'tool:the tools of MCP servers, and what changes of them'
            'store:what keeps the sessions'
            'consent:what programs may use'
            'caller:what the broker sees of you'
            'client:keys for programs'
            'auth:which credential which tool gets'
            'audit:who was given what'
            'doctor:find out what is wrong'
            'health:the state of every part as JSON'
            'metrics:what is counted, for Prometheus'
            'report:what somebody who helps needs to see'
            'pause:stop all sharing for a while'
            'resume:go on with sharing'
            'config:look at and change the configuration'
            'stop:end the broker'
            'restart:start the broker anew'
            'autostart:have the system start the broker'
            'tray:start the tray application'
            'completion:print the completions for a shell'
            'help:explain a command'
        )
        _describe command commands
        ;;
    argument)
        case $words[1] in
        login)
            _arguments $common '--account[which account]:account:' '*--scope[a scope to ask for]:scope:' \
                '--no-browser[print the address]' '--paste[the browser is on another machine]' \
                '--device[sign in with a code]' '1:provider:_keybearer_providers'
            ;;
        logout)
            _arguments $common '--all[every session]' '--local-only[do not tell the provider]' \
                '--yes[do not ask]' '1:session:_keybearer_sessions'
            ;;
        token)
            _arguments $common '--account[which account]:account:' '*--scope[a scope it must have]:scope:' \
                '--tool[the tool it is for]:tool:' '--min-valid[refresh if it lives for less]:seconds:' \
                '--format[how to print it]:format:(raw json header)' '1:provider:_keybearer_sessions'
            ;;
        run)
            _arguments $common '--profile[what the program may have]:profile:' \
                '*--env[put a token into a variable]:VAR=PROVIDER:' '--inject[take it from the profile]' \
                '--capability-env[hand over a secret]' \
                '--restart-on-expiry[start it anew with a fresh token]' '*::command:_normal'
            ;;
        mcp)
            _arguments $common '--account[which account]:account:' '1:service or address:_keybearer_services'
            ;;
        apikey)
            _arguments $common '--value-file[where the value is]:file:_files' \
                '--header[how it goes into a request]:template:' '--expires[when it ends]:date:' \
                '--description[what it is for]:text:' '--no-export[never hand it to a program]' \
                '1:command:(add list show rotate enable disable remove)' '2:key:_keybearer_apikeys'
            ;;
        service-account)
            _arguments $common '--key-file[the key file]:file:_files' '--subject[whom it acts for]:subject:' \
                '*--scope[a scope to ask for]:scope:' '--name[what to call it]:name:' \
                '1:command:(add list remove)' '2:provider:_keybearer_providers'
            ;;
        store)
            _arguments $common '--value-file[read the passphrase]:file:_files' \
                '(--key --new-key)'{--key,--new-key}'[what opens it]:kind:(keychain passphrase key_file credential)' \
                '(--key-file --new-key-file)'{--key-file,--new-key-file}'[the key file]:file:_files' \
                '(--credential --new-credential)'{--credential,--new-credential}'[the systemd credential]:name:' \
                '1:command:(status unlock lock migrate rekey)' '2:from:(keychain file redis vault)' '3:to:(keychain file redis vault)'
            ;;
        pause)
            _arguments $common '1:how long:(15m 1h 8h 1d)'
            ;;
        config)
            _arguments $common '--effective[show: every setting with its source]' \
                '--path[schema: where the installed file lies]' \
                '1:command:(show get set path check edit reload schema)' '2:setting or file:_files' '3:value:'
            ;;
        session)
            _arguments $common '--local-only[revoke: do not tell the provider]' \
                '1:command:(list show refresh rename revoke)' '2:session:_keybearer_sessions' '3:label:'
            ;;
        provider)
            if [[ $words[2] == add ]]; then
                _arguments $common '--issuer[the authorization server]:address:' \
                    '--authorization-endpoint[where one signs in]:address:' \
                    '--token-endpoint[where tokens come from]:address:' \
                    '--device-authorization-endpoint[where device codes come from]:address:' \
                    '--revocation-endpoint[where sessions are ended]:address:' \
                    '--userinfo-endpoint[where to ask who signed in]:address:' \
                    '--domain[which one of them]:host:' '--client-id[your client]:id:' \
                    '--value-file[where the client secret is]:file:_files' \
                    '*--scope[a scope to ask for]:scope:' '*--flow[a way to sign in]:flow:(browser device paste)' \
                    '1:command:(list show test add remove)' '2:provider:_keybearer_providers'
            else
                _arguments $common '1:command:(list show test add remove)' '2:provider:_keybearer_providers'
            fi
            ;;
        service)
            if [[ $words[2] == add ]]; then
                _arguments $common '--provider[whose tokens it takes]:provider:_keybearer_providers' \
                    '--issuer[the authorization server]:address:' '--client-id[your client]:id:' \
                    '*--scope[a scope to ask for]:scope:' '--account[which account]:account:' \
                    '--timeout-seconds[how long its answers may take]:seconds:' \
                    '--command[a program of this machine]' '*--env[a token in a variable]:variable:' \
                    '--directory[where it runs]:directory:_files -/' '--idle-seconds[when it is ended]:seconds:' \
                    '1:command:(list test add remove)' '2:name:' '3:address:'
            else
                _arguments $common '1:command:(list test add remove)' '2:service:_keybearer_services'
            fi
            ;;
        gateway)
            _arguments $common '--port[start: the port of this machine]:port:' \
                '--enable[start: whenever the broker starts]' '--rotate[keys: sign with a new one]' \
                '--remove[clients: forget one]:client:' '1:command:(start stop status keys clients)'
            ;;
        import)
            _arguments $common '(--undo --list-backups --forget-backups)--apply[change the files]' \
                '(--apply --list-backups --forget-backups)--undo[put them back]' \
                '*--only[this server alone]:server:' '--use-sessions[tokens of sessions]' \
                '--force[undo: also what was changed since]' '--list-backups[list the copies]' \
                '--forget-backups[erase the copies]' \
                '*:client or file:_alternative "clients:client:(claude-desktop claude-code vscode cursor mcp-remote)" "files:file:_files"'
            ;;
        demo) _arguments $common '1:command:(start stop status)' ;;
        tool)
            _arguments $common '--fingerprint[show, approve: which definition]:digits:' \
                '--all[approve: every one that waits]' '1:command:(list show approve forget)' \
                '2:service:_keybearer_services' '3:tool:'
            ;;
        report) _arguments $common '(-o --output)'{-o,--output}'[where to write it]:file:_files' \
                '--include-names[leave names as they are]' ;;
        autostart) _arguments $common '--dry-run[show what would be done]' '1:command:(enable disable status)' ;;
        doctor) _arguments $common '--no-network[ask no provider]' \
                '--explain[what a finding means]:name:' \
                '--fix[mend one finding]:name:(socket_directory state_directory)' ;;
        client)
            _arguments $common '*--allow[what it may have]:provider:_keybearer_providers' \
                '--role[what it may do]:role:(readonly agent user admin)' '--expires[when it ends]:date or span:' \
                '--owner[whose program it is]:owner:' '--description[what it is for]:text:' \
                '--overlap[rotate: how long the old key works]:span:' \
                '1:command:(add list show disable enable rotate remove)' '2:client:_keybearer_clients'
            ;;
        consent)
            if [[ $words[2] == answer ]]; then
                _arguments $common '1:command:(list pending answer revoke)' '2:id:_keybearer_pending' \
                    '3:decision:(allow-once allow-session allow deny)'
            else
                _arguments $common '(-f --follow)'{-f,--follow}'[pending: stay, and tell of each question]' \
                    '1:command:(list pending answer revoke)' '2:id:_keybearer_consents'
            fi
            ;;
        auth) _arguments $common '--service[the service of the tool]:service:' '1:command:(explain)' '2:tool:' ;;
        audit) _arguments $common '--limit[how many rows]:rows:' '--since[only rows since then]:when:' \
                '--until[only rows until then]:when:' '--caller[only this program]:program:_files' \
                '--kind[only this kind]:kind:' '--provider[only this provider]:provider:' \
                '--account[only this account]:account:' '--session[only this session]:session:' \
                '--client[only this registered client]:client:' '--tool[only this tool]:tool:' \
                '--by[only this table]:sort:(day program provider kind)' '--format[of the export]:format:(jsonl)' '(-f --follow)'{-f,--follow}'[go on with new rows]' \
                '1:command:(list summary export verify alerts)' ;;
        completion) _arguments $common '1:shell:(bash zsh fish)' ;;
        help)
            _arguments $common \
                '1:command:(status login logout session token run mcp apikey service-account provider service gateway import setup demo tool store consent caller client auth audit doctor health metrics report pause resume config stop restart autostart tray completion)'
            ;;
        *) _arguments $common ;;
        esac
        ;;
    esac
}

if [[ $funcstack[1] == _keybearer ]]; then
    _keybearer "$@"
else
    compdef _keybearer keybearer
fi
