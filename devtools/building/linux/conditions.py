"""What an installed program meets on other people's computers: it works there, or says in a sentence why not.

Each condition is a shell script that root runs in a bare Debian, where the package is installed and an ordinary user
has a model and an indexed note. What it mounts ends with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devtools.building.places import INSTALLED, NAME

_MEMORY_BYTES = 1 << 30


@dataclass(frozen=True)
class Condition:
    """``script`` fails when the program neither works nor explains itself."""

    title: str
    script: str


_WORDS = """
set -u
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
settings="export HYPERSPOT_KEYRING=off QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software"
as_user() { su - USER -c "$settings; $1" 2>&1; }
give_up() { echo "$1: $said"; exit 1; }
no_traceback() { case "$said" in *Traceback*) give_up "A traceback";; esac; }
works() { said=$(as_user "$1") || give_up "$1 failed"; no_traceback; }
explains() {
  if said=$(as_user "$2"); then give_up "$2 did not fail"; fi
  no_traceback
  says "$1"
}
says() { echo "$said" | grep -Eqi -- "$1" || give_up "Nothing like '$1'"; }
children() { grep -l -e "--child=$1" /proc/[0-9]*/cmdline 2>/dev/null; }
"""
"""What the scripts use. ``works COMMAND``: the user's command ends well. ``explains WORDS COMMAND``: it fails, says
words that match, and no traceback. Commands are shell lines."""


def _killed(_home: str) -> str:
    return """
as_user "hyperspot chat 'Tell a long story about the sea.'" > /tmp/killed &
until children engine > /dev/null && [ -s /tmp/killed ]; do kill -0 $! || { cat /tmp/killed; exit 1; }; done
for process in /proc/[0-9]*; do
  case "$(readlink "$process/exe")" in */hyperspot-desktop) kill -KILL "${process#/proc/}";; esac
done
wait
! children engine
works "hyperspot conversations list"
says "story about the sea"
works "hyperspot doctor"
"""


def _moved(_home: str) -> str:
    there = "/srv/Ein anderer Ort ü"
    return f"""
mv {INSTALLED} "{there}"
works "'{there}/{NAME}' --self-test"
works "'{there}/hyperspot' ask 'When does the boathouse lease end?' --collection Notes"
mv "{there}" {INSTALLED}
"""


def _damaged(_home: str) -> str:
    engine = f"{INSTALLED}/_internal/engines/llama.cpp"
    return f"""
mv {engine} /srv/engine
explains "engine" "hyperspot chat Hello"
explains "✗ engine" "hyperspot-desktop --self-test"
mv /srv/engine {engine}
mv {INSTALLED}/_internal/resources /srv/resources
explains "✗ pages" "hyperspot-desktop --self-test"
mv /srv/resources {INSTALLED}/_internal/resources
works "hyperspot doctor"
"""


def _write_protected(_home: str) -> str:
    return f"""
mount --bind {INSTALLED} {INSTALLED} && mount -o remount,bind,ro {INSTALLED}
! touch {INSTALLED}/new 2>/dev/null || exit 1
works "hyperspot-desktop --self-test"
works "hyperspot chat Hello"
"""


def _another_disk(_home: str) -> str:
    return """
mkdir -p /disk && mount -t tmpfs -o size=700m,mode=1777 tmpfs /disk
works "hyperspot --home '/disk/my home' models import /media/models/smollm*.gguf"
works "hyperspot --home '/disk/my home' chat Hello"
mount -o remount,ro /disk
works "hyperspot --home '/disk/my home' conversations list"
says "hello"
explains "read-only|written" "hyperspot --home '/disk/my home' chat 'Once more'"
"""


def _no_shared_memory(_home: str) -> str:
    return """
mount -t tmpfs -o ro,mode=000 tmpfs /dev/shm
! as_user "touch /dev/shm/x" || exit 1
works "hyperspot-desktop --self-test"
works "hyperspot chat Hello"
"""


def _no_keyring(home: str) -> str:
    return f"""
works "unset HYPERSPOT_KEYRING; hyperspot --home {home}/without conversations list"
works "unset HYPERSPOT_KEYRING; hyperspot --home {home}/without conversations list"
explains "chat model" "unset HYPERSPOT_KEYRING; hyperspot --home {home}/without doctor"
says "readable by your account only"
"""


def _no_fonts(_home: str) -> str:
    return """
mkdir -p /usr/share/fonts && mount -t tmpfs -o ro tmpfs /usr/share/fonts
works "hyperspot-desktop --time-start"
says "first frame"
works "hyperspot-desktop --self-test"
"""


def _other_locale(home: str) -> str:
    return f"""
for locale in C POSIX de_DE.ISO-8859-1 zz_ZZ; do
  works "export LC_ALL=$locale; hyperspot ask 'When does the boathouse lease end?' --collection Notes"
  says "2031"
  works "export LC_ALL=$locale; mkdir -p '{home}/Grüße' && echo 'Das Fest ist am 3. März.' > '{home}/Grüße/fest.txt';
    hyperspot index add '{home}/Grüße' --collection Feste; hyperspot search März --collection Feste"
  says "März"
  works "export LC_ALL=$locale; hyperspot-desktop --self-test"
done
said=$(as_user "export LC_ALL=C; hyperspot chat \\"$(printf 'Gr\\374\\337e')\\""); no_traceback
"""


def _little_memory(_home: str) -> str:
    return f"""
group=/sys/fs/cgroup/memory/hyperspot-test limit=memory.limit_in_bytes
[ -d /sys/fs/cgroup/memory ] || {{ group=/sys/fs/cgroup/hyperspot-test limit=memory.max; }}
mkdir -p $group && echo {_MEMORY_BYTES} > $group/$limit || {{ echo "no limits can be set here"; exit 1; }}
(echo 0 > $group/cgroup.procs
 works "hyperspot-desktop --self-test"
 works "hyperspot chat Hello"
 works "hyperspot ask 'When does the boathouse lease end?' --collection Notes")
status=$?
for attempt in 1 2 3 4 5 6 7 8 9; do rmdir $group && break || sleep 1; done
exit $status
"""


_SCRIPTS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("Killed in the middle of an answer", _killed),
    ("Moved to another folder", _moved),
    ("With parts missing", _damaged),
    ("Write-protected", _write_protected),
    ("A home on another disk, which becomes read-only", _another_disk),
    ("Without shared memory", _no_shared_memory),
    ("Without a keyring", _no_keyring),
    ("Without fonts", _no_fonts),
    ("In other locales", _other_locale),
    ("With 1 GB of memory", _little_memory),
)


def conditions(user: str, home: str) -> list[Condition]:
    """For an ordinary user with that home."""
    return [Condition(title, _WORDS.replace("USER", user) + script(home)) for title, script in _SCRIPTS]
