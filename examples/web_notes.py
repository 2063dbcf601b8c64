"""A small web application and its client: `web_notes.py [NOTES]`.

A WSGI application keeps notes in memory and speaks JSON. A server thread runs it on loopback, on
a free port that the system picks; the client in the main thread writes NOTES (default 150) notes,
reads and searches them, and makes a few mistakes to see the errors.
"""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode
from urllib.request import ProxyHandler, Request, build_opener
from wsgiref.simple_server import WSGIRequestHandler, make_server

Handler = Callable[..., tuple[HTTPStatus, object]]
OPENER = build_opener(ProxyHandler({}))


class HttpError(Exception):
    """An answer other than success, raised anywhere below the application."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Application:
    """Routes a request to the handler whose method and path pattern fit."""

    def __init__(self) -> None:
        self.routes: list[tuple[str, re.Pattern[str], Handler]] = []

    def route(self, method: str, pattern: str) -> Callable[[Handler], Handler]:
        """Register a handler; the pattern's named groups become its keyword arguments."""

        def register(handler: Handler) -> Handler:
            self.routes.append((method, re.compile(pattern), handler))
            return handler

        return register

    def dispatch(self, environ: dict[str, Any]) -> tuple[HTTPStatus, object]:
        path_known = False
        for method, pattern, handler in self.routes:
            if found := pattern.fullmatch(environ["PATH_INFO"]):
                path_known = True
                if method == environ["REQUEST_METHOD"]:
                    return handler(environ, **found.groupdict())
        if path_known:
            raise HttpError(HTTPStatus.METHOD_NOT_ALLOWED, "not with this method")
        raise HttpError(HTTPStatus.NOT_FOUND, f"nothing at {environ['PATH_INFO']}")

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., object]
    ) -> Iterable[bytes]:
        try:
            status, content = self.dispatch(environ)
        except HttpError as error:
            status, content = error.status, {"error": str(error)}
        body = json.dumps(content).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]


def make_application() -> Application:
    """The notes and their routes; each application has notes of its own."""
    application = Application()
    notes: dict[int, dict[str, Any]] = {}

    def find(number: str) -> dict[str, Any]:
        try:
            return notes[int(number)]
        except KeyError:
            raise HttpError(HTTPStatus.NOT_FOUND, f"no note {number}") from None

    @application.route("GET", "/notes")
    def search(environ: dict[str, Any]) -> tuple[HTTPStatus, object]:
        tags = parse_qs(environ["QUERY_STRING"]).get("tag", [])
        hits = [note for note in notes.values() if set(tags) <= set(note["tags"])]
        return HTTPStatus.OK, hits

    @application.route("POST", "/notes")
    def create(environ: dict[str, Any]) -> tuple[HTTPStatus, object]:
        raw = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0))
        try:
            sent = json.loads(raw)
            text, tags = str(sent["text"]), sorted(sent["tags"])
        except (ValueError, KeyError, TypeError) as error:
            reason = f"not a note: {type(error).__name__}"
            raise HttpError(HTTPStatus.BAD_REQUEST, reason) from error
        number = len(notes) + 1
        notes[number] = {"id": number, "text": text, "tags": tags}
        return HTTPStatus.CREATED, notes[number]

    @application.route("GET", r"/notes/(?P<number>\d+)")
    def read(environ: dict[str, Any], number: str) -> tuple[HTTPStatus, object]:
        return HTTPStatus.OK, find(number)

    @application.route("DELETE", r"/notes/(?P<number>\d+)")
    def delete(environ: dict[str, Any], number: str) -> tuple[HTTPStatus, object]:
        find(number)
        return HTTPStatus.OK, notes.pop(int(number))

    return application


class QuietHandler(WSGIRequestHandler):
    """Keeps the server's log off the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def running(application: Application) -> Iterator[str]:
    """Serve the application from a thread; the address while the block runs."""
    with make_server("127.0.0.1", 0, application, handler_class=QuietHandler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def ask(method: str, url: str, content: object = None) -> tuple[int, Any]:
    """Send a request; the status and the decoded answer, errors included."""
    data = None if content is None else json.dumps(content).encode()
    try:
        with OPENER.open(Request(url, data, method=method)) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    with running(make_application()) as address:
        notes = f"{address}/notes"
        for number in range(1, count + 1):
            tags = [name for name, n in (("fizz", 3), ("buzz", 5)) if number % n == 0]
            status, note = ask("POST", notes, {"text": f"the number {number}", "tags": tags})
        print("last note:", status, note)
        print("note 3:", *ask("GET", f"{notes}/3"))
        for tags in ([], ["fizz"], ["buzz"], ["fizz", "buzz"]):
            query = urlencode([("tag", tag) for tag in tags])
            status, hits = ask("GET", f"{notes}?{query}")
            print("with", " and ".join(tags) or "any tags", "->", status, len(hits))
        print("delete:", *ask("DELETE", f"{notes}/1"))
        print("again:", *ask("DELETE", f"{notes}/1"))
        print("not a note:", *ask("POST", notes, {"words": 3}))
        print("nowhere:", *ask("GET", f"{address}/nowhere"))
        print("wrong method:", *ask("PUT", notes))


if __name__ == "__main__":
    main()
