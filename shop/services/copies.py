"""A product once more, to change what is different about the new one."""

from django.db import transaction

from shop.models import Product, ProductImage, Sku

FRESH = ["sold", "deal_percent", "deal_starts_at", "deal_ends_at", "deal_pieces", "deal_claimed"]


@transaction.atomic
def copy_of(product: Product) -> Product:
    """With its SKUs, pictures and assurances; not listed, without stock and without a deal."""
    copied = Product(**{field.attname: getattr(product, field.attname) for field in product._meta.concrete_fields})
    for name in FRESH:
        setattr(copied, name, Product._meta.get_field(name).get_default())
    copied.pk, copied.is_listed = None, False
    copied.slug = free(product.slug, Product.objects.values_list("slug", flat=True))
    copied.title = f"{product.title[:113]} (copy)"
    copied.save(force_insert=True)
    copied.assurances.set(product.assurances.all())
    for sku in product.skus.all():
        sku.pk, sku.product, sku.stock = None, copied, 0
        sku.code = free(sku.code, Sku.objects.values_list("code", flat=True))
        sku.save(force_insert=True)
    ProductImage.objects.bulk_create(
        ProductImage(product=copied, path=image.path, upload=image.upload, position=image.position)
        for image in product.images.all()
    )
    return copied


def free(name: str, taken) -> str:
    """name-2, or the next one that nobody has; 36 letters are kept of it, which leave room for the number."""
    names, number = set(taken), 2
    while (found := f"{name[:36]}-{number}") in names:
        number += 1
    return found
