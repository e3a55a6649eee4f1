"""The server of a stream: what has to be installed, its configuration, and running it.

nginx takes what is sent (RTMP), asks the pages whether that is right, and hands out the segments
that ffmpeg makes of it (HLS). Both run as one ordinary account, in a folder of their own in which
nothing stays that is older than half a minute.
"""

import os
import re
import resource
import shutil
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import urlsplit

from lotrinh.rules.conferences.streams import SEGMENT

PACKAGES: Final = "nginx libnginx-mod-rtmp ffmpeg"
"""What Debian calls them."""
MODULES: Final = (
    Path("/usr/lib/nginx/modules"),
    Path("/usr/lib64/nginx/modules"),
    Path("/usr/share/nginx/modules"),
)
FOLDERS: Final = "/usr/sbin:/usr/local/sbin"
"""Where programs lie beside the path: an ordinary user's does not lead to nginx."""
_CERTIFICATES: Final = "/etc/ssl/certs/ca-certificates.crt"
_MOST_FILES: Final = 16_384


OURS: Final = frozenset({"hls", "scratch", "nginx.conf", "nginx.pid", "error.log"})
"""What lies in the folder of a stream."""
PLAIN: Final = re.compile(r"[\w/ .+-]+")
"""Paths that mean in the configuration what they are."""
PAGES: Final = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?/?", re.IGNORECASE)


class NotInstalled(Exception):
    """A program of the stream is missing; the message names it."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The programs of the stream."""

    nginx: Path
    rtmp: Path
    ffmpeg: Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stream is served: one machine, two ports, a folder, and the pages to be asked.

    ``host`` is what the ports are bound to; ``pages`` how this machine reaches the pages, and
    ``address`` how browsers do. ``account`` is whose the folder is, for root alone. ``behind`` is
    the machine to which the stream is sent, where that is another one: each segment is fetched
    from there once.
    """

    host: str
    port: int
    rtmp_port: int
    folder: Path
    pages: str
    address: str
    account: str | None = None
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the installation says of a stream: its name, and two keys that stay on the machine."""

    stream: str
    watching: str
    asking: str


def tools() -> Tools:
    """Return the programs of the stream. Raises NotInstalled."""
    path = f"{os.environ.get('PATH', '')}:{FOLDERS}"
    nginx, ffmpeg = (shutil.which(name, path=path) for name in ("nginx", "ffmpeg"))
    modules = (folder / "ngx_rtmp_module.so" for folder in MODULES)
    rtmp = next((path for path in modules if path.is_file()), None)
    if nginx is None or ffmpeg is None or rtmp is None:
        found = {"nginx": nginx, "libnginx-mod-rtmp": rtmp, "ffmpeg": ffmpeg}
        raise NotInstalled(", ".join(name for name, path in found.items() if path is None))
    return Tools(Path(nginx), rtmp, Path(ffmpeg))


def prepare(place: Place, told: Told, found: Tools, *, owner: tuple[int, int]) -> Path:
    """Leave the folder empty but for the configuration, which only we may read; return its path."""
    for name in ("hls", "scratch"):
        shutil.rmtree(place.folder / name, ignore_errors=True)
        (place.folder / name).mkdir(mode=0o700)
        os.chown(place.folder / name, *owner)
    path = place.folder / "nginx.conf"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(configuration(place, told, found))
    return path


def clear(folder: Path) -> None:
    """Remove what a stream has left behind, but for what its server said."""
    for name in ("hls", "scratch"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("nginx.conf", "nginx.pid"):
        (folder / name).unlink(missing_ok=True)


def program(found: Tools, path: Path) -> list[str]:
    """Return the command line of the server; it runs until it is told to end."""
    log = path.with_name("error.log")
    return [str(found.nginx), "-p", str(path.parent), "-c", str(path), "-e", str(log)]


def configuration(place: Place, told: Told, found: Tools) -> str:
    """Return what the server of the stream is told."""
    seen = urlsplit(place.address)
    folder = place.folder
    rtmp, served = _rtmp(place, told, found), _FOLDER
    if place.behind is not None:
        rtmp, served = "", _BEHIND
    return _SERVER.substitute(
        rtmp=rtmp,
        served=served.substitute(folder=folder, first=place.behind),
        rtmp_module=found.rtmp,
        user=f"user {place.account};" if place.account else "",
        files=min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], _MOST_FILES),
        connections=min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], _MOST_FILES) // 2,
        folder=folder,
        listen=_listen(place.host, place.port, "backlog=2048"),
        stream=told.stream,
        opened=_OPENED.replace("STREAM", told.stream),
        watching=told.watching,
        asked=_asked(place, told),
        origin=f"{seen.scheme}://{seen.netloc}",
    )


def _rtmp(place: Place, told: Told, found: Tools) -> str:
    """Return how what is sent is taken."""
    return _RTMP.substitute(
        listen=_listen(place.host, place.rtmp_port, ""),
        port=place.port,
        ffmpeg=_ffmpeg(place, told, found),
    )


def _asked(place: Place, told: Told) -> str:
    """Return how the pages are asked, under the name at which browsers know them."""
    pages, seen = urlsplit(place.pages), urlsplit(place.address)
    trusted = f"proxy_ssl_trusted_certificate {_CERTIFICATES};"
    return _ASKED.substitute(
        pages=f"{pages.scheme}://{pages.netloc}",
        name=seen.hostname or "localhost",
        asking=told.asking,
        trusted=trusted if pages.scheme == "https" else "",
    )


def _listen(host: str, port: int, more: str) -> str:
    """Return where a port is open: at ``host``, and always on this machine itself."""
    hosts = [host] if host in {"0.0.0.0", "127.0.0.1"} else [host, "127.0.0.1"]  # noqa: S104
    return " ".join(f"listen {_bracketed(one)}:{port} {more};" for one in hosts)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _ffmpeg(place: Place, told: Told, found: Tools) -> str:
    """Return the program that makes segments: the picture as it came, the sound smaller.

    It begins once it has seen picture and sound, and waits ten seconds for them at the most: a
    picture may come two seconds after the sound, with its first key frame.
    """
    hls = place.folder / "hls"
    flags = "delete_segments+append_list+omit_endlist+program_date_time+temp_file"
    kept = f"-hls_flags {flags} -hls_start_number_source epoch -hls_allow_cache 0"
    words = [
        f"{found.ffmpeg} -nostdin -hide_banner -loglevel error",
        "-analyzeduration 10000000 -fpsprobesize 0",
        f"-i rtmp://127.0.0.1:{place.rtmp_port}/live/{told.stream}",
        f"-map 0:v:0? -map 0:a:0? -c copy -f hls -hls_time {SEGMENT} -hls_list_size 8 {kept}",
        f'-hls_segment_filename "{hls}/picture-%d.ts" "{hls}/picture.m3u8"',
        "-map 0:a:0? -vn -c:a aac -b:a 48k -ac 1 -ar 44100",
        f"-f hls -hls_time {2 * SEGMENT} -hls_list_size 6 {kept}",
        f'-hls_segment_filename "{hls}/sound-%d.ts" "{hls}/sound.m3u8"',
    ]
    return " ".join(words)


_OPENED: Final = (
    "^/(?<viewer>[a-z2-7]{16})/(?<until>[0-9]{10})/(?<signed>[A-Za-z0-9_-]{22})/STREAM"
    "/(?<file>(picture|sound)(-[0-9]+)?[.](m3u8|ts))$"
)
"""The addresses at which a stream is watched."""

_ASKED = Template("""allow 127.0.0.1;
      deny all;
      limit_req zone=asking burst=20 nodelay;
      proxy_pass $pages/streams/ask/;
      proxy_set_header Host $name;
      proxy_set_header X-Lotrinh-Stream "$asking";
      proxy_connect_timeout 5s;
      proxy_read_timeout 10s;
      proxy_ssl_server_name on;
      proxy_ssl_verify on;
      proxy_ssl_verify_depth 4;
      $trusted
      proxy_intercept_errors on;
      error_page 301 302 303 307 308 =403 @refused;  # else a redirection would let him in""")

_RTMP = Template("""rtmp {
  access_log off;  # what is sent names the key
  max_streams 16;
  server {
    $listen
    timeout 20s;
    ping 10s;
    ping_timeout 10s;
    max_message 4M;
    notify_method post;
    application live {
      live on;
      wait_key on;
      drop_idle_publisher 15s;
      allow play 127.0.0.1;
      deny play all;
      on_publish http://127.0.0.1:$port/ask/publish;
      on_update http://127.0.0.1:$port/ask/update;
      on_publish_done http://127.0.0.1:$port/ask/publish;
      notify_update_timeout 10s;
      exec $ffmpeg;
      exec_kill_signal term;
      respawn_timeout 2s;
    }
  }
}""")

_FOLDER = Template('alias "$folder/hls/$$file";')

_BEHIND = Template("""proxy_pass $first;
      proxy_cache kept;
      proxy_cache_key "$$file";
      proxy_cache_valid 200 1s;
      proxy_cache_lock on;
      proxy_ignore_headers Cache-Control;
      proxy_hide_header Cache-Control;
      proxy_hide_header Access-Control-Allow-Origin;
      proxy_hide_header X-Content-Type-Options;""")

_SERVER = Template("""# Written by `lotrinh conference stream`, anew at every start. It holds keys.
load_module $rtmp_module;
$user
daemon off;
worker_processes 1;
worker_rlimit_nofile $files;
pid "$folder/nginx.pid";
error_log "$folder/error.log" error;
events { worker_connections $connections; }

$rtmp

http {
  access_log off;  # the addresses open the stream
  error_log "$folder/error.log" crit;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 30s;
  keepalive_requests 100000;
  reset_timedout_connection on;
  client_header_timeout 10s;
  client_body_timeout 10s;
  send_timeout 30s;
  client_max_body_size 16k;
  large_client_header_buffers 4 4k;
  client_body_temp_path "$folder/scratch/body";
  proxy_temp_path "$folder/scratch/proxy";
  fastcgi_temp_path "$folder/scratch/fastcgi";
  uwsgi_temp_path "$folder/scratch/uwsgi";
  scgi_temp_path "$folder/scratch/scgi";
  proxy_cache_path "$folder/scratch/kept" keys_zone=kept:4m max_size=512m inactive=1m
    use_temp_path=off;
  types { application/vnd.apple.mpegurl m3u8; video/mp2t ts; }
  limit_conn_zone $$viewer zone=open:4m;
  limit_req_zone $$viewer zone=viewers:4m rate=40r/s;
  limit_req_zone $$server_name zone=asking:1m rate=20r/s;
  limit_conn_status 429;
  limit_req_status 429;

  server {
    $listen
    server_name _;
    location / { return 404; }

    location ~ "$opened" {
      limit_except GET { deny all; }
      secure_link $$signed,$$until;
      secure_link_md5 "$watching $$until $$viewer $stream $watching";
      if ($$secure_link = "") { return 403; }
      if ($$secure_link = "0") { return 410; }
      limit_conn open 64;
      limit_req zone=viewers burst=80 nodelay;
      log_not_found off;
      add_header Access-Control-Allow-Origin "$origin" always;
      add_header X-Content-Type-Options nosniff always;
      add_header Cache-Control "private, no-cache";
      $served
    }

    location = /ask/publish {
      $asked
    }
    location = /ask/update {
      $asked
      error_page 500 502 503 504 =204 @kept;  # the pages are being started again
    }
    location @refused { return 403; }
    location @kept { return 204; }
  }
}
""")
