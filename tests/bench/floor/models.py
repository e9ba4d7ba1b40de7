"""A hundred shops, two thousand products, twenty thousand reviews."""

from django.db import models


class Shop(models.Model):
    name = models.CharField(max_length=100)


class Product(models.Model):
    shop = models.ForeignKey(Shop, models.CASCADE)
    title = models.CharField(max_length=200)
    price = models.IntegerField()


class Review(models.Model):
    product = models.ForeignKey(Product, models.CASCADE)
    text = models.TextField()
    stars = models.IntegerField()


def fill() -> None:
    shops = Shop.objects.bulk_create(Shop(name=f"shop {n}") for n in range(100))
    products = Product.objects.bulk_create(
        Product(shop=shops[n % 100], title=f"product {n}", price=n * 10) for n in range(2_000)
    )
    Review.objects.bulk_create(
        Review(product=products[n % 2_000], text=f"review {n} " * 5, stars=n % 5 + 1) for n in range(20_000)
    )
