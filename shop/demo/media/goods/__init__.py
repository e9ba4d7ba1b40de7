"""Every modelled thing by its slug; each model takes used, from 0 closed to 1 in use."""

from collections.abc import Callable

from ..studio import Part
from . import beauty, corgi, fashion, home, kitchen, pets, tech

_ALL = (
    beauty.rose_serum, beauty.glow_drops, beauty.lip_butter, beauty.overnight_hair_mask,
    kitchen.mini_waffle_maker, kitchen.chili_crisp, kitchen.matcha_set, kitchen.pour_over_kit, kitchen.bamboo_whisk,
    kitchen.kettle, home.sunset_lamp, home.cloud_pillow, home.soy_candle, home.plant_mister,
    tech.magnetic_power_bank, tech.clip_mic, tech.mini_projector, tech.desk_timer,
    fashion.bucket_hat, fashion.everyday_tote, fashion.cloud_slides, fashion.satin_scrunchies,
    pets.snuffle_mat, pets.lick_bowl, pets.cat_tunnel, pets.paw_balm, corgi.corgi,
)  # fmt: skip

MODELS: dict[str, Callable[..., list[Part]]] = {model.__name__.replace("_", "-"): model for model in _ALL}
