"""A Python environment of its own with the peers, made once under the cache folder."""
import hashlib
import os
import subprocess
import sys

WANTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers.txt")


def python():
    """The interpreter that has the peers, or None with a printed line that says why not."""
    with open(WANTED, "rb") as file:
        version = hashlib.sha256(file.read()).hexdigest()[:12]
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.path.join(cache, "saldo", f"peers-{version}")
    found, complete = os.path.join(folder, "bin", "python"), os.path.join(folder, "complete")
    if os.path.exists(complete):
        return found
    print(f"installing the peers into {folder} (once)", flush=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True, capture_output=True, text=True)
        install = [found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", WANTED]
        subprocess.run(install, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
        print(f"skipped: the peers cannot be installed ({reason[-1] if reason else error})")
        return None
    with open(complete, "w", encoding="utf-8"):
        return found
