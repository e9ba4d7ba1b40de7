"""Rows without surprises. Journey first, then the rooms of the shop."""

import factory
from factory.django import DjangoModelFactory

from journey.models import Arm, Experiment, Variant


class VariantFactory(DjangoModelFactory):
    class Meta:
        model = Variant

    slug = factory.Sequence("variant-{}".format)
    name = factory.SelfAttribute("slug")


class ExperimentFactory(DjangoModelFactory):
    class Meta:
        model = Experiment

    slug = factory.Sequence("experiment-{}".format)
    name = factory.SelfAttribute("slug")


class ArmFactory(DjangoModelFactory):
    class Meta:
        model = Arm

    experiment = factory.SubFactory(ExperimentFactory)
    slug = factory.Sequence("arm-{}".format)
    variant = factory.SubFactory(VariantFactory)
    weight = 50
