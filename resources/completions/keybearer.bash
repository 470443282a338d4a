# bash completion for keybearer. Load it with: source <(keybearer completion bash)

# First column of a list of the running broker; the broker is not started for that.
_keybearer_column() {
    keybearer "$@" --no-spawn --quiet --timeout 1 2>/dev/null | awk 'NR > 1 { print $1 }'
}

_keybearer_sessions() {
    keybearer session list --no-spawn --quiet --timeout 1 2>/dev/null |
        awk 'NR > 1 { print $1; print $2 }' | sort -u
}

_keybearer() {
    local cur prev words cword
    cur=${COMP_WORDS[COMP_CWORD]}
    prev=${COMP_WORDS[COMP_CWORD - 1]}
    local verb="" child="" index word operands=0
    for ((index = 1; index < COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        case $word in
        --socket | --timeout | --account | --scope | --issuer | --*-endpoint | --domain | --client-id | --flow | --tool | --service | \
            --min-valid | --format | --limit | --header | --expires | --description | --value-file | --key-file | \
            --subject | --name | --allow | --role | --owner | --overlap | --profile | --env | --key | --credential | --new-key | --new-key-file | --new-credential | \
            --since | --until | --caller | --kind | --provider | --session | --client | --timeout-seconds | --port | --remove | --directory | --idle-seconds | --only)
            ((index++))
            ;;
        -*) ;;
        *)
            if [[ -z $verb ]]; then
                verb=$word
            elif [[ -z $child && $verb =~ ^(session|provider|service|consent|client|auth|audit|apikey|service-account|store|gateway|demo|tool|autostart)$ ]]; then
                child=$word
            else
                ((operands++))
            fi
            ;;
        esac
    done

    case $prev in
    --socket | --value-file | --key-file | --new-key-file)
        COMPREPLY=($(compgen -f -- "$cur"))
        return
        ;;
    --key | --new-key)
        COMPREPLY=($(compgen -W "keychain passphrase key_file credential" -- "$cur"))
        return
        ;;
    --role)
        COMPREPLY=($(compgen -W "readonly agent user admin" -- "$cur"))
        return
        ;;
    --client)
        COMPREPLY=($(compgen -W "$(_keybearer_column client list)" -- "$cur"))
        return
        ;;
    --kind)
        COMPREPLY=($(compgen -W "token policy rate consent session apikey service_account client capability store broker audit alert" -- "$cur"))
        return
        ;;
    --fix)
        COMPREPLY=($(compgen -W "socket_directory state_directory" -- "$cur"))
        return
        ;;
    --by)
        COMPREPLY=($(compgen -W "day program provider kind" -- "$cur"))
        return
        ;;
    --allow | --provider)
        COMPREPLY=($(compgen -W "$(_keybearer_column provider list)" -- "$cur"))
        return
        ;;
    --format)
        [[ $verb == audit ]] && COMPREPLY=($(compgen -W "jsonl" -- "$cur")) && return
        COMPREPLY=($(compgen -W "raw json header" -- "$cur"))
        return
        ;;
    --timeout | --account | --scope | --tool | --service | --min-valid | --limit | --header | --expires | --description | --subject | --name | --owner | --overlap | --profile | --env | --credential | --new-credential | --since | --until | --caller | --session | --timeout-seconds | --port | --remove | --directory | --idle-seconds | --fingerprint | --only) return ;;
    esac

    local options="--json --quiet --verbose --socket --timeout --no-spawn --version --help" choices=""
    case "$verb $child" in
    " ") choices="status login logout session token run mcp apikey service-account provider service gateway import setup demo tool store consent caller client auth audit doctor health metrics report pause resume config stop restart autostart tray completion help" ;;
    "login ")
        options+=" --account --scope --no-browser --paste --device"
        ((operands == 0)) && choices="$(_keybearer_column provider list) $(_keybearer_column service list)"
        ;;
    "logout ")
        options+=" --all --local-only --yes"
        ((operands == 0)) && choices=$(_keybearer_sessions)
        ;;
    "token ")
        options+=" --account --scope --tool --min-valid --format"
        ((operands == 0)) && choices="$(_keybearer_column session list) $(_keybearer_column service list)"
        ;;
    "run ")
        options+=" --profile --env --inject --capability-env --restart-on-expiry"
        ((operands == 0)) && COMPREPLY=($(compgen -c -- "$cur")) && [[ $cur != -* ]] && return
        ;;
    "apikey ") choices="add list show rotate enable disable remove" ;;
    "apikey add") options+=" --value-file --header --expires --description --no-export" ;;
    "apikey rotate")
        options+=" --value-file --expires"
        ((operands == 0)) && choices=$(_keybearer_column apikey list)
        ;;
    "apikey show" | "apikey enable" | "apikey disable" | "apikey remove")
        ((operands == 0)) && choices=$(_keybearer_column apikey list)
        ;;
    "mcp ")
        options+=" --account"
        ((operands == 0)) && choices=$(_keybearer_column service list)
        ;;
    "service-account ") choices="add list remove" ;;
    "service-account add")
        options+=" --key-file --subject --scope --name"
        ((operands == 0)) && choices=$(_keybearer_column provider list)
        ;;
    "service-account remove") ((operands == 0)) && choices=$(_keybearer_column service-account list) ;;
    "session ") choices="list show refresh rename revoke" ;;
    "session show" | "session refresh" | "session rename")
        ((operands == 0)) && choices=$(_keybearer_sessions)
        ;;
    "session revoke")
        options+=" --local-only"
        ((operands == 0)) && choices=$(_keybearer_sessions)
        ;;
    "provider ") choices="list show test add remove" ;;
    "provider add")
        options+=" --issuer --authorization-endpoint --token-endpoint --device-authorization-endpoint --revocation-endpoint --userinfo-endpoint --domain --client-id --value-file --scope --flow"
        ((operands == 0)) && choices=$(_keybearer_column provider list)
        ;;
    "provider list" | "provider show" | "provider test" | "provider remove") ((operands == 0)) && choices=$(_keybearer_column provider list) ;;
    "gateway ") choices="start stop status keys clients" ;;
    "gateway start") options+=" --port --enable" ;;
    "gateway keys") options+=" --rotate" ;;
    "gateway clients") options+=" --remove" ;;
    "import ")
        options+=" --apply --undo --only --use-sessions --force --list-backups --forget-backups"
        COMPREPLY=($(compgen -f -- "$cur"))
        COMPREPLY+=($(compgen -W "claude-desktop claude-code vscode cursor mcp-remote" -- "$cur"))
        [[ $cur != -* ]] && return
        ;;
    "demo ") choices="start stop status" ;;
    "tool ") choices="list show approve forget" ;;
    "tool list") ((operands == 0)) && choices=$(_keybearer_column tool list | sort -u) ;;
    "tool show" | "tool approve" | "tool forget")
        [[ $child != forget ]] && options+=" --fingerprint"
        [[ $child == approve ]] && options+=" --all"
        ((operands == 0)) && choices=$(_keybearer_column tool list | sort -u)
        ;;
    "service ") choices="list test add remove" ;;
    "service add") options+=" --provider --issuer --client-id --scope --account --command --env --directory --idle-seconds --timeout-seconds" ;;
    "service test" | "service remove") ((operands == 0)) && choices=$(_keybearer_column service list) ;;
    "store ") choices="status unlock lock migrate rekey" ;;
    "store unlock") options+=" --value-file" ;;
    "store migrate")
        options+=" --key --key-file --credential --value-file"
        ((operands < 2)) && choices="keychain file redis vault"
        ;;
    "store rekey") options+=" --new-key --new-key-file --new-credential --value-file" ;;
    "client ") choices="add list show disable enable rotate remove" ;;
    "client add") options+=" --allow --role --expires --owner --description" ;;
    "client rotate")
        options+=" --overlap --expires"
        ((operands == 0)) && choices=$(_keybearer_column client list)
        ;;
    "client show" | "client disable" | "client enable" | "client remove") ((operands == 0)) && choices=$(_keybearer_column client list) ;;
    "consent ") choices="list pending answer revoke" ;;
    "consent pending") options+=" --follow" ;;
    "consent answer")
        if ((operands == 0)); then
            choices=$(_keybearer_column consent pending)
        elif ((operands == 1)); then
            choices="allow-once allow-session allow deny"
        fi
        ;;
    "consent revoke") ((operands == 0)) && choices=$(_keybearer_column consent list) ;;
    "auth ") choices="explain" ;;
    "auth explain") options+=" --service" ;;
    "pause ") ((operands == 0)) && choices="15m 1h 8h 1d" ;;
    "config ") choices="show get set path check edit reload schema" ;;
    "config show") options+=" --effective" ;;
    "config schema") options+=" --path" ;;
    "config check") ((operands == 0)) && [[ $cur != -* ]] && COMPREPLY=($(compgen -f -- "$cur")) && return ;;
    "config get" | "config set") ((operands == 0)) && choices="$(_keybearer_column config show)" ;;
    "doctor ") options+=" --no-network --explain --fix" ;;
    "report ") options+=" --output --include-names" ;;
    "autostart ") choices="enable disable status" ;;
    "autostart enable" | "autostart disable") options+=" --dry-run" ;;
    "audit ") choices="list summary export verify alerts" ;;
    "audit list") options+=" --limit --since --until --caller --kind --provider --account --session --client --tool --follow" ;;
    "audit summary") options+=" --since --until --by --caller --provider" ;;
    "audit export") options+=" --since --until --caller --kind --provider --account --session --client --tool --format" ;;
    "completion ") ((operands == 0)) && choices="bash zsh fish" ;;
    "help ") choices="status login logout session token run mcp apikey service-account provider service gateway import setup demo tool store consent caller client auth audit doctor health metrics report pause resume config stop restart autostart tray completion" ;;
    esac

    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
    else
        COMPREPLY=($(compgen -W "$choices" -- "$cur"))
    fi
}

complete -F _keybearer keybearer
