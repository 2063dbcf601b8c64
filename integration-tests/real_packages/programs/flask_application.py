"""A Flask application behind a server on the loopback, asked by requests and by its own client."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import requests
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    g,
    jsonify,
    render_template_string,
    request,
    session,
)
from werkzeug.serving import make_server

app = Flask(__name__)
app.secret_key = b"no secret"
notes = Blueprint("notes", __name__, url_prefix="/notes")
stored: dict[int, dict[str, object]] = {}

PAGE = """<ul>{% for n in numbers if n is odd %}
<li class="{{ loop.cycle('a', 'b') }}">{{ n }}: {{ n ** 2 }} {{ text | e }}</li>{% endfor %}
</ul>"""


@dataclass
class Missing(Exception):
    """What is asked for is not there."""

    number: int


@app.before_request
def count() -> None:
    g.steps = sum(i * i % 7 for i in range(3000))


@app.after_request
def header(response: Response) -> Response:
    response.headers["X-Steps"] = str(g.steps)
    return response


@app.errorhandler(Missing)
def missing(error: Missing) -> tuple[Response, int]:
    return jsonify(error="missing", number=error.number), 404


@app.get("/page/<int:count>")
def page(count: int) -> str:
    return render_template_string(PAGE, numbers=range(count), text=request.args.get("text", "<>"))


@app.get("/primes/<int:limit>")
def primes(limit: int) -> Response:
    found = [n for n in range(2, limit) if all(n % d for d in range(2, int(n**0.5) + 1))]
    return jsonify(primes=found, count=len(found))


@app.get("/stream")
def stream() -> Response:
    def parts() -> Iterator[str]:
        total = 0
        for n in range(200):
            total += n * n
            yield f"{n} {total}\n"

    return Response(parts(), mimetype="text/plain")


@app.get("/visits")
def visits() -> dict[str, int]:
    session["visits"] = session.get("visits", 0) + 1
    return {"visits": session["visits"]}


@app.get("/broken")
def broken() -> str:
    return str(1 // int(request.args["by"]))


@notes.post("/")
def add() -> tuple[Response, int]:
    number = len(stored) + 1
    stored[number] = request.get_json()
    return jsonify(number=number), 201


@notes.route("/<int:number>", methods=["GET", "DELETE"])
def one(number: int) -> Response | tuple[str, int]:
    if number not in stored:
        raise Missing(number)
    if request.method == "DELETE":
        del stored[number]
        return "", 204
    return jsonify(stored[number])


@notes.get("/refused")
def refused() -> None:
    abort(403, "not for you")


app.register_blueprint(notes)


def show(answer: requests.Response) -> None:
    body = answer.text
    print(answer.status_code, answer.headers["Content-Type"], answer.headers.get("X-Steps"))
    print(body if len(body) < 400 else f"{body[:150]} ... {len(body)} {hash_of(body)}")


def hash_of(text: str) -> int:
    value = 7
    for character in text:
        value = (value * 31 + ord(character)) % 1_000_003
    return value


def ask(base: str) -> None:
    client = requests.Session()
    for path in ("/page/6?text=a%26b", "/primes/600", "/stream", "/broken?by=2", "/broken?by=0",
                 "/broken", "/nowhere", "/notes/refused"):  # fmt: skip
        show(client.get(base + path))
    for number in range(25):
        answer = client.post(base + "/notes/", json={"n": number, "text": "é" * number})
        assert answer.status_code == 201, answer.status_code
    show(client.get(base + "/notes/7"))
    show(client.delete(base + "/notes/7"))
    show(client.get(base + "/notes/7"))
    for _ in range(5):
        answer = client.get(base + "/visits")
    show(answer)


def main() -> None:
    app.logger.disabled = True
    server = make_server("127.0.0.1", 0, app, threaded=True)
    import logging

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        ask(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    test = app.test_client()
    for limit in range(30, 60):
        answer = test.get(f"/primes/{limit}")
    print(json.loads(answer.data)["count"], answer.headers["X-Steps"])


if __name__ == "__main__":
    main()
