"""Ports for servers on this machine."""
import socket


def free_port(taken=set()):
    """A port that nobody listens on; another one at each call of a process."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port not in taken:
            taken.add(port)
            return port
