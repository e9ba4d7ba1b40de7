"""Somebody who works through a large backlog and is killed on the way: `WORK SHARE SIGNAL`, or `WORK` to its end.

WORK is collect, count or recount. The signal comes in the middle of the transaction with which SHARE of what waits
would be done: when the rows are there and not yet committed, or when the marks are there and the rows not yet.
"""

import os
import sys

import django


class Dying:
    """Dies of a signal once it has had so many things."""

    def __init__(self, many: int, number: int) -> None:
        self.left, self.number = many, number

    def had(self, things: int) -> None:
        self.left -= things
        if self.left <= 0:
            os.kill(os.getpid(), self.number)

    def after(self, store):
        def stored(things):
            done = store(things)
            self.had(len(things))
            return done

        return stored

    def before(self, insert):
        def inserted(model, columns, rows):
            if model.__name__ == "Journey":
                self.had(len(rows))
            insert(model, columns, rows)

        return inserted


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from analytics.counts import collecting, counting, recounting
    from journey.models import Participant, Touched
    from journey.sink import backlog

    work, share, number = (*sys.argv[1:], "2", "9")[:3]
    waiting = {"collect": lambda: sum(backlog()), "count": Touched.objects.count, "recount": Participant.objects.count}
    dying = Dying(int(float(share) * waiting[work]()) or 1, int(number))
    if work == "collect":
        collecting.store = transaction.atomic(dying.after(collecting.store))
        collecting.collect(patience=600)
        return
    if work == "count":
        counting.insert = dying.before(counting.insert)
        counting.count(most=200)
    else:
        recounting.CHUNK = 200
        recounting.recount_participants = dying.after(recounting.recount_participants)
        call_command("recount")


if __name__ == "__main__":
    main()
