"""Somebody who works through a large backlog and is killed on the way: `WORK SHARE SIGNAL`, or `WORK` to its end.

WORK is collect, count or recount; SHARE of what waits is done when the signal comes, in the middle of a transaction.
"""

import os
import sys

import django


def dying_after(many: int, number: int, work):
    """`work` on one lot after the other, until it has had so many things; then it dies in front of its commit."""
    had = 0

    def worked(lot):
        nonlocal had
        lot = list(lot)
        done = work(lot)
        had += len(lot)
        if had >= many:
            os.kill(os.getpid(), number)
        return done

    return worked


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from analytics import collecting, counting
    from journey.models import Participant, Touched
    from journey.sink import backlog

    work, share, number = (*sys.argv[1:], "2", "9")[:3]
    waiting = {"collect": lambda: sum(backlog()), "count": Touched.objects.count, "recount": Participant.objects.count}
    many = int(float(share) * waiting[work]()) or 1
    collecting.store = transaction.atomic(dying_after(many, int(number), collecting.store))
    if work == "collect":
        collecting.collect(patience=600)
        return
    counting._write_difference = dying_after(many, int(number), counting._write_difference)
    if work == "count":
        counting.count(most=200)
    else:
        call_command("recount")


if __name__ == "__main__":
    main()
