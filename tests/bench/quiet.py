"""What request.journey would cost if it did nothing."""

from types import SimpleNamespace


class Quiet:
    token = ""
    trail = SimpleNamespace(next_n=1, number=0, t0=0)
    is_left_out = True
    is_recorded = False
    participant = 0
    known = None
    question = ""

    def __init__(self):
        self.asked = set()

    def value(self, name, control):
        return control

    def design_stamp(self, names):
        return "", ""

    def blocks(self, slot, control):
        return control

    def words(self, name, control):
        return next(iter(control.values()))

    def record(self, step, **props): ...

    def about(self, **props): ...

    def leave_out(self): ...

    def commit(self, step, fact, **props): ...

    def part_from(self, response): ...


class QuietMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.journey = Quiet()
        return self.get_response(request)
