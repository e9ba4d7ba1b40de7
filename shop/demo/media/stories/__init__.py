"""All 24 scenes, shelf by shelf."""

from . import beauty, fashion, home, kitchen, pets, tech

SCENES = (*beauty.SCENES, *kitchen.SCENES, *home.SCENES, *tech.SCENES, *fashion.SCENES, *pets.SCENES)
