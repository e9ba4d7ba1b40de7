"""What a mail server can answer, in words for whoever looks at the list of mails."""

import smtplib

from django.conf import settings


def is_final(error: Exception) -> bool:
    """Whether it will be refused again: an answer of the 500s about this mail, or a mail that cannot be written."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def in_words(error: Exception) -> str:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    match error:
        case smtplib.SMTPException():
            return _of_the_server(error, f"The mail server at {where}")
        case TimeoutError():
            return f"The mail server at {where} did not answer in time."
        case OSError():
            return f"The mail server at {where} cannot be reached: {error.strerror or error}."
        case _:
            return f"This mail cannot be written: {error}"


def _of_the_server(error: smtplib.SMTPException, who: str) -> str:
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"{who} does not accept the name and password of EMAIL_URL."
        case smtplib.SMTPRecipientsRefused():
            return "; ".join(f"{who} refuses {to}: {_said(why)}" for to, (_, why) in error.recipients.items())
        case smtplib.SMTPSenderRefused():
            return f"{who} refuses the sender {error.sender}: {_said(error.smtp_error)}"
        case smtplib.SMTPResponseException():
            return f"{who} says no: {error.smtp_code} {_said(error.smtp_error)}"
        case smtplib.SMTPNotSupportedError():
            return f"{who} does not know what EMAIL_URL asks of it: {error}"
        case _:
            return f"{who} hung up: {error}"


def _said(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
