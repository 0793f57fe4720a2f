"""The shop that the drills break: scripts/cluster with scripts/monitoring, and what causes faults in it."""
import contextlib
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import threading
import time
import urllib.request

from .customers import Customers

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Descriptors of each process, so that a drill can use up the connections of one.
DESCRIPTORS = 1024


def say(text):
    print(time.strftime("%H:%M:%S"), text, flush=True)


class Shop:
    def __init__(self, data, binary, port):
        self.data, self.binary, self.port = data.resolve(), binary, port
        self.programs, self.sessions, self.crowds = [], [], []
        self.environment = {"MAGPIE_RATE_LIMIT": "off"}

    # What runs.

    def start(self, prepare, *options):
        """Starts cluster and monitoring. `prepare` is called in between, with the shop, and returns options for
        scripts/monitoring besides `options`.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        (self.data / "processes.json").unlink(missing_ok=True)
        cluster = self.program(
            "cluster", ROOT / "scripts/cluster", "--data", self.data, "--demo", "--port", str(self.port), "--binary",
            self.binary)
        self.wait_for(cluster, lambda: (self.data / "processes.json").exists(), "cluster", 180)
        self.settings = json.loads((self.data / "cluster.json").read_text())
        monitoring = self.program(
            "monitoring", ROOT / "scripts/monitoring", "--data", self.data, "--fast", "--prometheus-port", "0",
            "--alertmanager-port", "0", *prepare(self), *options)
        addresses = self.data / "monitoring/monitoring.json"
        self.wait_for(monitoring, addresses.exists, "monitoring", 90)
        self.prometheus = json.loads(addresses.read_text())["prometheus"]

    def program(self, name, script, *arguments):
        log = open(self.data / f"drill-{name}.log", "w")
        limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))) if (
            name == "cluster") else None
        started = subprocess.Popen(
            [sys.executable, script, *map(str, arguments)], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            preexec_fn=limit, env={**os.environ, **self.environment})
        self.programs.append(started)
        return started

    def wait_for(self, program, condition, name, limit):
        deadline = time.monotonic() + limit
        while not condition():
            if program.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{name} does not start; see {self.data}/drill-{name}.log")
            time.sleep(0.2)

    def stop(self):
        for crowd in self.crowds:
            crowd.stop()
        self.close_sessions()
        for program in reversed(self.programs):
            program.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(timeout=120)

    # What is known about it.

    def places(self, service):
        return [place for place in json.loads((self.data / "processes.json").read_text())
                if place["service"] == service]

    def address(self, service):
        return f"http://127.0.0.1:{self.places(service)[0]['port']}"

    def journal(self):
        """What reached the receiver."""
        path = self.data / "monitoring/alerts.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def ask(self, path, data=None):
        with urllib.request.urlopen(f"{self.prometheus}{path}", data, timeout=10) as response:
            return response.read()

    def firing(self):
        """The names of the alerts that Prometheus holds now, pending or firing."""
        return {(alert["labels"]["alertname"], alert["labels"].get("service"))
                for alert in json.loads(self.ask("/api/v1/alerts"))["data"]["alerts"]}

    # Faults.

    def signal(self, number, *services):
        for service in services:
            for place in self.places(service):
                os.kill(place["pid"], number)

    def suspend(self, *services):
        self.signal(signal.SIGSTOP, *services)

    def pulse(self, *services, stop=2.8, run=0.4):
        """Lets the processes run in pulses only, as on a machine without CPU; returns what ends it."""
        ended = threading.Event()

        def beat():
            while not ended.is_set():
                with contextlib.suppress(OSError):
                    self.signal(signal.SIGSTOP, *services)
                ended.wait(stop)
                with contextlib.suppress(OSError):
                    self.signal(signal.SIGCONT, *services)
                ended.wait(run)

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()

        def end():
            ended.set()
            thread.join()
        return end

    def engine(self, fault):
        subprocess.run([ROOT / "scripts/engine-fault", fault], check=True, env={**os.environ, **self.settings})

    def psql(self, schema):
        return ["psql", self.settings["MAGPIE_DATABASE_URL"], "-XqAt", "-v", "ON_ERROR_STOP=1"], {
            **os.environ, "PGOPTIONS": f"-c search_path={schema}"}

    def sql(self, schema, statement):
        command, environment = self.psql(schema)
        done = subprocess.run(
            [*command, "-c", statement], env=environment, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def hold(self, schema, statement):
        """A session that begins a transaction, runs the statement, and then does nothing, as a forgotten one."""
        command, environment = self.psql(schema)
        session = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            text=True)
        session.stdin.write(f"BEGIN;\n{statement};\n")
        session.stdin.flush()
        self.sessions.append(session)

    def close_sessions(self):
        for session in self.sessions:
            session.kill()
        self.sessions = []

    def crowd(self, rate, *journeys, **more):
        found = Customers(self.address("api-gateway"), self.address("storefront"), rate, journeys, **more).start()
        self.crowds.append(found)
        return found
