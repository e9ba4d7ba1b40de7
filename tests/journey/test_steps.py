"""The vocabulary."""

import pytest

from journey.steps import Stage, Step, Teller, act, page


def test_no_two_steps_share_a_letter():
    assert len({step.letter for step in Step}) == len(Step)


def test_letters_are_stored_so_they_never_change():
    path = "".join(step.letter for step in Step)
    assert path == "fisXlpcwFeaPCALIvbkoQtrhKSYxBOnmRuTyDVGqgdzMjJHUWEZN"


def test_every_stage_has_steps():
    assert [len(Step.of_stage(stage)) > 0 for stage in Stage] == [True] * 6


def test_facts_are_never_told_by_a_browser():
    facts = {Step.PURCHASE, Step.CANCEL, Step.REQUEST_RETURN, Step.REFUND, Step.SUPPORT_OPEN, Step.SUPPORT_RESOLVED}
    facts |= {Step.CONSENT}
    assert {step.teller for step in facts} == {Teller.SERVER}


@pytest.mark.parametrize("step", Step)
def test_a_step_is_found_by_its_name_and_by_its_letter(step):
    assert (Step.named(step.value), Step.of_letter(step.letter)) == (step, step)


def test_marks_leave_the_view_as_it_is():
    def view(request): ...

    assert page(Step.VIEW_ITEM)(view) is view
    assert act(Step.ADD_TO_CART)(view) is view
    assert (view.step, view.acts) == (Step.VIEW_ITEM, (Step.ADD_TO_CART,))
