"""Mails: what is due is written down, sent by whoever claims it, and kept so that it can be read again."""
