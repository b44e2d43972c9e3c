#!/bin/sh
# verdict-desk-kes 1: starts one Kaspersky (KES for Linux) task for Verdict Desk and reports what became of it.
# Installed as active-response/bin/verdict-desk-kes, root:wazuh 0750. Plain POSIX sh; needs neither python nor jq.
#
# Order, one word:  --order=KIND,TOKEN,ACTION[,PATH]
#   agents from 4.2 on: in one line of JSON on standard input (parameters.extra_args); before: among the arguments;
#   from 5.0 on: in wazuh.active_response.extra_arguments with the command "enable".
# Answer: lines in logs/active-responses.log, which agents send to their manager. The manager's own decoders make alerts
#   of them (rule 657 for the JSON form, 607 for the older one).
set -u
umask 027
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
# It runs as root: nothing of the environment decides what is run, where files go or what the clock says.
unset TZ TMPDIR ENV

KESL=/opt/kaspersky/kesl/bin/kesl-control
POLL=10
# A task that is followed for longer than a day is not followed any more.
LONGEST=86400
SELF=active-response/bin/verdict-desk-kes
HOME_FOLDER=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
LOG=$HOME_FOLDER/logs/active-responses.log

# --- one line of the log -----------------------------------------------------------------------------------------------

# say EVENT [MEMBERS]: MEMBERS is JSON, beginning with a comma.
say() {
  # The folder belongs to the agent's account: root is not led elsewhere.
  [ ! -h "$LOG" ] || return 0
  desk="\"verdict_desk\":{\"scan\":\"$TOKEN\",\"event\":\"$1\",\"kind\":\"$KIND\"${2-}}"
  if [ "$FORM" = json ]; then
    printf '%s %s: {"version":1,"origin":{"name":"","module":"verdict-desk-kes"},"command":"add","parameters":{"extra_args":["--order=%s,%s,%s"],"program":"%s"},%s}\n' \
      "$(date '+%Y/%m/%d %H:%M:%S')" "$SELF" "$KIND" "$TOKEN" "$ACTION" "$SELF" "$desk" >>"$LOG"
  else
    printf '%s %s/%s add - - - - {%s}\n' "$(date '+%a %b %d %H:%M:%S %Z %Y')" "$HOME_FOLDER" "$SELF" "$desk" >>"$LOG"
  fi
}

# Text for a JSON value: printable, without quotes and backslashes, at most 300 characters.
plain() { tr -d '"\\\000-\037\177' | cut -c1-300; }

refuse() {
  say refused ",\"reason\":\"$1\""
  exit 0
}

# --- the order ---------------------------------------------------------------------------------------------------------

KIND=none TOKEN=0000000000000000 ACTION=as-set FORM=plain ORDER=
if [ $# -gt 0 ]; then
  # 3.x to 4.1: add|delete user address alert rule place file words...
  [ "$1" = add ] || exit 0
  for word in "$@"; do
    case $word in --order=*) ORDER=${word#--order=} ;; esac
  done
else
  FORM=json
  IFS= read -r line || exit 0
  # Only the member that the manager itself writes counts, not one that an alert's text or data may hold.
  ORDER=$(printf '%s\n' "$line" | sed -n 's/^{"version":[0-9]*,"origin":{[^{}]*},"command":"add","parameters":{"extra_args":\["--order=\([^"]*\)"\].*/\1/p')
  if [ -z "$ORDER" ]; then
    # Two members of that name: one of them may be data of an event, and nothing tells which.
    case $line in
    *'"active_response":{'*'"active_response":{'*) ;;
    *'"command":"enable"'*)
      ORDER=$(printf '%s\n' "$line" | sed -n 's/.*"active_response":{\([^{}]*\)}.*/\1/p' |
        sed -n '/"executable":"verdict-desk-kes"/s/.*"extra_arguments":"--order=\([^"]*\)".*/\1/p')
      ;;
    esac
  fi
fi
[ -n "$ORDER" ] || exit 0

GIVEN_KIND=${ORDER%%,*}
rest=${ORDER#*,}
GIVEN_TOKEN=${rest%%,*}
rest=${rest#*,}
GIVEN_ACTION=${rest%%,*}
SCAN_PATH=
case $rest in *,*) SCAN_PATH=${rest#*,} ;; esac

case $GIVEN_TOKEN in *[!a-z0-9]*) exit 0 ;; esac
[ ${#GIVEN_TOKEN} -eq 16 ] || exit 0
TOKEN=$GIVEN_TOKEN
case $GIVEN_KIND in
full | critical-areas | file | folder | memory | boot | realtime-on | realtime-off | update) KIND=$GIVEN_KIND ;;
*) refuse 'unknown kind' ;;
esac
case $GIVEN_ACTION in as-set | skip) ACTION=$GIVEN_ACTION ;; *) refuse 'unknown action' ;; esac
case $KIND in
file | folder)
  case $SCAN_PATH in /*) ;; *) refuse 'the path is not absolute' ;; esac
  case $SCAN_PATH in *[\"\\]* | *[[:cntrl:]]*) refuse 'the path holds characters that are not taken' ;; esac
  [ -e "$SCAN_PATH" ] || refuse 'nothing is at that path'
  ;;
*) [ -z "$SCAN_PATH" ] || refuse 'this kind takes no path' ;;
esac
[ -x "$KESL" ] || refuse 'kesl-control is not there'

# --- kesl-control ------------------------------------------------------------------------------------------------------

# In English, whatever the machine speaks. The whole output is kept: a kesl-control that nobody reads from is killed at
# its first line.
kesl() { OUT=$(LANG=en_US.UTF-8 LC_ALL=en_US.UTF-8 "$KESL" "$@" 2>&1 </dev/null); }

first_line() { printf '%s\n' "$OUT" | sed -n '/./{p;q;}' | plain; }

# The name of the first listed task among the names given, as the agent spells it. By shape: name, then its number.
task_named() {
  kesl --get-task-list || return 1
  wanted=$(printf '%s\n' "$@" | tr '[:upper:]' '[:lower:]')
  printf '%s\n' "$OUT" | WANTED=$wanted awk '
    BEGIN { count = split(ENVIRON["WANTED"], names, "\n"); for (i = 1; i <= count; i++) known[names[i]] = 1 }
    { at = index($0, ":"); if (at == 0) next; value = substr($0, at + 1); gsub(/^[ \t]+|[ \t\r]+$/, "", value)
      if (value ~ /^[0-9]+$/ && tolower(before) in known) { print before; exit }
      before = value }'
}

# The state of a task in lower case: the third value after its name.
task_state() {
  kesl --get-task-state "$1" || return 1
  printf '%s\n' "$OUT" | awk '
    { at = index($0, ":"); if (at == 0) next; value = substr($0, at + 1); gsub(/^[ \t]+|[ \t\r]+$/, "", value)
      if (seen) { after++; if (after == 2) { print tolower(value); exit } }
      if (!seen && value ~ /^[0-9]+$/) seen = 1 }'
}

# Seconds since the machine started: they go on evenly whatever becomes of the clock. Nothing where they are not told.
uptime_seconds() { sed -n '1s/^\([0-9]\{1,\}\).*/\1/p' /proc/uptime 2>/dev/null; }

# clock_went_back: since run_task began, by somebody's hand or because summer time ended.
clock_went_back() {
  zone=$(date '+%z') up=$(uptime_seconds) now=$(date '+%s')
  [ "${zone#[+-]}" = "$zone" ] && return 0
  [ "$zone" = "$began_zone" ] || return 0
  [ "$now" -ge "$began_seconds" ] || return 0
  [ -n "$up" ] && [ -n "$began_up" ] && [ $((up - began_up - now + began_seconds)) -gt 2 ]
}

# report_detections TASK SINCE: what the task detected since then, by this machine's clock. The first 20 get a line each.
# A count of none is told only where every event of that time could be read: a file's name may hold lines that look like
# those of an event, and of more than 1000 events the oldest are not shown.
report_detections() {
  kesl -E --query "EventType == 'ThreatDetected'" -n 1000 || return 1
  printf '%s\n' "$OUT" | tr -d '"\134' | TASK=$1 SINCE=$2 awk '
    BEGIN { task = ENVIRON["TASK"]; since = ENVIRON["SINCE"] }
    function close_event() {
      if (!keys) return
      events++
      if (told ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]/) date = substr(told, 1, 19)
      if (date != "" && date < since) old = 1
      else if (type != "ThreatDetected" || told == "" || date == "" || by == "" || twice) doubt = 1
      else if (by == task) { count++; if (count <= 20) print "D\t" name "\t" file }
      keys = 0; type = ""; told = ""; name = ""; file = ""; by = ""; twice = 0
    }
    { sub(/[ \t\r]+$/, "") }
    /^$/ { close_event(); next }
    { at = index($0, "="); if (at < 2) { stray = 1; next }
      key = substr($0, 1, at - 1); value = substr($0, at + 1); gsub(/\t/, " ", value); gsub(/^[ \t]+|[ \t]+$/, "", key)
      if (!keys) split("", seen)
      keys++; if (key in seen) { twice = 1; next } seen[key] = 1
      if (key == "EventType") type = value; if (key == "Date") told = value
      if (key == "TaskName") by = value; if (key == "DetectName") name = value; if (key == "FileName") file = value }
    END { close_event(); if (doubt || (stray && !events) || (events >= 1000 && !old)) print "?"; print "N\t" count + 0 }' >"$WORK" || return 1
  are_all=yes
  while IFS='	' read -r mark first second; do
    case $mark in
    D) say detection ",\"threat\":\"$(printf '%s' "$first" | plain)\",\"path\":\"$(printf '%s' "$second" | plain)\"" ;;
    N) DETECTED=$first ;;
    *) are_all=no ;;
    esac
  done <"$WORK"
  if [ "$DETECTED" = 0 ]; then
    [ $are_all = yes ] || return 1
    clock_went_back && return 1
  fi
  return 0
}

# --- the work ----------------------------------------------------------------------------------------------------------

start_task() {
  kesl --start-task "$1"
  code=$?
  # 70: it runs already, and is followed as if it had been started here.
  case $code in 0 | 70) say started ",\"task\":\"$1\",\"code\":$code" ;;
  *)
    say result ",\"task\":\"$1\",\"code\":$code,\"words\":\"$(first_line)\""
    return 1
    ;;
  esac
}

# Follows a task until it stops. A start is asynchronous: stopped counts only after it was seen to run, or three looks.
follow_task() {
  looks=0 ran=no told='' waited=0
  while [ "$waited" -le "$LONGEST" ]; do
    state=$(task_state "$1") || state=
    looks=$((looks + 1))
    if [ -n "$state" ] && [ "$state" != "$told" ]; then
      told=$state
      say state ",\"task\":\"$1\",\"state\":\"$(printf '%s' "$state" | plain)\""
    fi
    case $state in
    stopped | completed | finished | failed) [ $ran = yes ] || [ $looks -ge 3 ] && return 0 ;;
    '') [ $looks -ge 30 ] && [ $ran = no ] && return 1 ;;
    *) ran=yes ;;
    esac
    sleep "$POLL"
    waited=$((waited + POLL))
  done
  return 1
}

run_task() {
  began=$(date '+%Y-%m-%d %H:%M:%S') began_zone=$(date '+%z') began_seconds=$(date '+%s') began_up=$(uptime_seconds)
  start_task "$1" || return
  follow_task "$1" || return
  DETECTED=
  case $KIND in update) ;; *) report_detections "$1" "$began" || DETECTED= ;; esac
  # What another hand had started may have detected something before it was followed.
  [ "$code" -ne 70 ] || [ "$DETECTED" != 0 ] || DETECTED=
  # A start that was accepted is no run: a task that nobody saw run has not looked at anything.
  [ "$ran" = yes ] || [ "$DETECTED" != 0 ] || DETECTED=
  say result ",\"task\":\"$1\",\"code\":0,\"state\":\"$(printf '%s' "$told" | plain)\"${DETECTED:+,\"detected\":$DETECTED}"
}

switch_task() {
  kesl "$1" "$2"
  code=$?
  state=$(task_state "$2") || state=
  [ -z "$state" ] || say state ",\"task\":\"$2\",\"state\":\"$(printf '%s' "$state" | plain)\""
  say result ",\"task\":\"$2\",\"code\":$code"
}

own_task() {
  name=$(task_named "$1") || name=
  if [ -z "$name" ]; then
    name=$1
    kesl --create-task "$name" --type ODS || {
      code=$?
      say result ",\"task\":\"$name\",\"code\":$code,\"words\":\"$(first_line)\""
      return
    }
  fi
  kesl --set-settings "$name" ScanFiles=No "$2=Yes" || {
    code=$?
    say result ",\"task\":\"$name\",\"code\":$code,\"words\":\"$(first_line)\""
    return
  }
  run_task "$name"
}

scan_path() {
  say started ",\"task\":\"Scan_File\""
  if [ "$ACTION" = skip ]; then kesl --scan-file "$SCAN_PATH" --action Skip; else kesl --scan-file "$SCAN_PATH"; fi
  code=$?
  # The counters by their labels; in another language by their places, if there are exactly ten.
  totals=$(printf '%s\n' "$OUT" | awk '
    { at = index($0, ":"); if (at == 0) next; label = tolower(substr($0, 1, at - 1)); value = substr($0, at + 1)
      gsub(/[ \t\r]/, "", value); if (value !~ /^[0-9]+$/) next; sub(/^[ \t]+/, "", label)
      counted++; place[counted] = value
      if (label ~ /^scanned/) got["scanned"] = value; else if (label ~ /^total detected/) got["detected"] = value
      else if (label ~ /^disinfected/) got["disinfected"] = value; else if (label ~ /^removed/) got["removed"] = value
      else if (label ~ /^not disinfected/) got["not_disinfected"] = value
      else if (label ~ /^scan errors/) got["errors"] = value; else if (label ~ /^skipped/) got["skipped"] = value }
    END {
      if (!("scanned" in got && "detected" in got) && counted == 10) {
        got["scanned"] = place[1]; got["detected"] = place[2]; got["disinfected"] = place[4]; got["removed"] = place[6]
        got["not_disinfected"] = place[7]; got["errors"] = place[8]; got["skipped"] = place[10] }
      if ("scanned" in got && "detected" in got) for (name in got) printf ",\"%s\":%s", name, got[name] }')
  say result ",\"task\":\"Scan_File\",\"code\":$code$totals"
}

work() {
  WORK=$(mktemp /tmp/verdict-desk-kes.XXXXXX) || exit 1
  trap 'rm -f "$WORK"' EXIT
  case $KIND in
  file | folder) scan_path ;;
  memory | boot)
    if [ "$KIND" = memory ]; then
      old=Memory_Scan own=Verdict_Desk_Memory what=ScanComputerMemory
    else
      old=Boot_Scan own=Verdict_Desk_Boot what=ScanBootSectors
    fi
    name=$(task_named "$old") || name=
    if [ -n "$name" ]; then run_task "$name"; else own_task "$own" "$what"; fi
    ;;
  *)
    case $KIND in
    full) name=$(task_named Scan_My_Computer) ;;
    critical-areas) name=$(task_named Critical_Areas_Scan) ;;
    update) name=$(task_named Update) ;;
    *) name=$(task_named File_Threat_Protection File_Monitoring) ;;
    esac || name=
    if [ -z "$name" ]; then
      kesl --get-task-list
      code=$?
      [ $code -eq 0 ] && refuse 'this KES has no such task'
      say result ",\"code\":$code,\"words\":\"$(first_line)\""
      return
    fi
    case $KIND in
    realtime-on) switch_task --start-task "$name" ;;
    realtime-off) switch_task --stop-task "$name" ;;
    *) run_task "$name" ;;
    esac
    ;;
  esac
}

# execd waits for this program: what follows must not keep it from the next response.
work </dev/null >/dev/null 2>&1 &
exit 0
