"""An SMTP server for tests: one JSON line on standard output for every mail it accepts, its parts decoded.

It knows no mailbox `nobody` and takes no mail from `refused`.

Usage: smtp_server.py PORT
"""
import asyncio
import email
import email.policy
import json
import sys

from aiosmtpd.controller import Controller


class Printer:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 sender refused"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {
            part.get_content_type(): part.get_content()
            for part in message.walk() if part.get_content_maintype() == "text"
        }
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": message["subject"],
            "message_id": message["message-id"], "header_from": message["from"], "parts": parts,
        }), flush=True)
        return "250 accepted"


Controller(Printer(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
print(json.dumps({"listening": int(sys.argv[1])}), flush=True)
asyncio.new_event_loop().run_forever()
