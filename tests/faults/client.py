"""A bare HTTP client with cookies, which sends the same form again until it is answered."""

import http.client
import http.cookiejar
import re
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request

from lotrinh.demo.cast import PASSWORD

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(client_key|content|language)" value="([^"]+)"')


class Client:
    """One signed-in officer."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.last_address = address
        """Where the last answer came from, once it had led on."""
        self.faults = 0
        """How often nobody answered, or with a fault, so that the same was sent again."""
        self.refused: int | None = None
        """The code by which the last form was refused; None where it was taken."""

    def get(self, path: str, patience: float = 60) -> str:
        """Return a page, asking again while the site recovers."""
        return self._until_answered(urllib.request.Request(self.address + path), patience)

    def post(self, path: str, fields: dict[str, str], patience: float = 60) -> str:
        """Send a form and return the page that follows, sending it again while nobody answers."""
        return self._send(path, fields, self.get("/documents/new/", patience), patience)

    def fill_in(self, path: str, fields: dict[str, str], patience: float = 60) -> str:
        """Open a page with a form, send it back with these fields, and return its client key.

        A form that is refused fails: what returns has been taken.
        """
        page = self.get(path, patience)
        hidden = dict(HIDDEN.findall(page))
        answer = self._send(path, hidden | fields, page, patience)
        assert self.refused is None, (path, self.refused, answer[-4000:])
        return hidden["client_key"]

    def _send(self, path: str, fields: dict[str, str], page: str, patience: float) -> str:
        token = TOKEN.search(page)
        assert token is not None, page
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token.group(1)}).encode()
        headers = {"Referer": self.address + path, "Origin": self.address}
        request = urllib.request.Request(self.address + path, data=data, headers=headers)
        return self._until_answered(request, patience)

    def hand_in(self, name: str, content: bytes, client_key: str, patience: float = 60) -> str:
        """Send a file with the form for new documents, and again while nobody answers."""
        path = "/documents/new/"
        token = TOKEN.search(self.get(path, patience))
        assert token is not None
        bound = secrets.token_hex(16)
        fields = {"csrfmiddlewaretoken": token.group(1), "client_key": client_key, "text": ""}
        parts = [
            f'--{bound}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in fields.items()
        ]
        head = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        parts.append(f"--{bound}\r\n{head}\r\nContent-Type: text/plain\r\n\r\n")
        data = "".join(parts).encode() + content + f"\r\n--{bound}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={bound}",
            "Referer": self.address + path,
            "Origin": self.address,
        }
        request = urllib.request.Request(self.address + path, data=data, headers=headers)
        return self._until_answered(request, patience)

    def bytes_of(self, path: str) -> bytes:
        """Return what is kept at an address, byte by byte."""
        with self.opener.open(self.address + path, timeout=30) as answer:
            return bytes(answer.read())

    def sign_in(self, name: str) -> None:
        """Sign in by name and password."""
        token = TOKEN.search(self.get("/account/sign-in/"))
        assert token is not None
        fields = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token.group(1)}
        request = urllib.request.Request(
            self.address + "/account/sign-in/",
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Referer": self.address, "Origin": self.address},
        )
        self._until_answered(request, 30)

    def _until_answered(self, request: urllib.request.Request, patience: float) -> str:
        deadline = time.monotonic() + patience
        self.refused = None
        while True:
            request.redirect_dict = {}  # it counts where one try was led; each try begins anew
            try:
                with self.opener.open(request, timeout=30) as answer:
                    text = str(answer.read().decode())
                    self.last_address = answer.geturl()
                    return text
            except urllib.error.HTTPError as refused:
                if refused.code in (409, 422):
                    self.refused = refused.code
                    return str(refused.read().decode())
                if refused.code < 500 or time.monotonic() > deadline:
                    raise
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
            self.faults += 1
            time.sleep(0.1)
