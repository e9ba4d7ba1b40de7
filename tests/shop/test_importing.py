"""Products from a CSV file: what a file would change is shown first, and written whole or not at all."""

import csv
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shop.importing.plan import Plan
from shop.importing.reading import read
from shop.importing.writing import carry_out, exported, sample
from shop.models import Product, Sku, StockMovement
from tests.factories import CategoryFactory, CreatorFactory, ProductFactory, SkuFactory
from tests.shop.buying import queries

pytestmark = pytest.mark.django_db
HEAD = "product,sku,title,store,category,option,price,list_price,stock_change\n"


@pytest.fixture
def serum():
    product = ProductFactory(slug="serum", title="Serum", creator=CreatorFactory(slug="mira"))
    return SkuFactory(product=product, code="SER-30", option="30 ml", price_cents=1690, stock=10)


def planned(text: str) -> Plan:
    return Plan(read(text.encode()))


def changes(plan: Plan) -> list[tuple]:
    return [(row.number, row.kind, [(one.name, one.before, one.after) for one in row.changes]) for row in plan.rows]


def mistakes(text: str) -> list[tuple[int, list[str]]]:
    return [(row.number, row.errors) for row in planned(text).rows if row.errors]


def imported(text: str) -> Plan:
    lines = read(text.encode())
    return carry_out(lines, Plan(lines).mark)


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        read(content)
    return refused.value.message


def test_a_plan_shows_each_field_before_and_after_and_writes_nothing(serum):
    plan = planned(HEAD + "serum,SER-30,Better Serum,,,,19.90,24.90,+20\n")
    assert changes(plan) == [
        (
            2,
            "changed",
            [
                ("title", "Serum", "Better Serum"),
                ("price", "16.90", "19.90"),
                ("list_price", "", "24.90"),
                ("stock", "10", "30"),
            ],
        )
    ]
    serum.refresh_from_db()
    assert (serum.price_cents, serum.stock, serum.product.title) == (1690, 10, "Serum")


@pytest.mark.both
def test_a_confirmed_plan_is_written_and_stock_moves_through_the_ledger(serum):
    imported(HEAD + "serum,SER-30,Better Serum,,,,19.90,24.90,+20\n")
    serum = Sku.objects.get()
    assert (serum.price_cents, serum.list_price_cents, serum.stock) == (1990, 2490, 30)
    assert Product.objects.get().title == "Better Serum"
    assert list(StockMovement.objects.values_list("change", "reason")) == [(20, "correction"), (10, "opening")]


@pytest.mark.both
def test_new_products_come_with_their_skus_and_opening_stock():
    CreatorFactory(slug="mira")
    CategoryFactory(slug="beauty")
    plan = imported(HEAD + "soap,S-1,Soap,mira,beauty,Rose,4.50,,12\nsoap,S-2,,,,Mint,5,,\n")
    assert plan.counts == {"new": 2, "changed": 0, "unchanged": 0, "error": 0}
    soap = Product.objects.get()
    assert (soap.title, soap.link_title, soap.creator.slug, soap.category.slug) == ("Soap", "Soap", "mira", "beauty")
    assert list(soap.skus.values_list("code", "option", "price_cents", "stock")) == [
        ("S-1", "Rose", 450, 12),
        ("S-2", "Mint", 500, 0),
    ]
    assert list(StockMovement.objects.values_list("change", "reason")) == [(12, "opening")]


def test_what_is_exported_and_imported_again_changes_nothing(serum):
    SkuFactory(product=serum.product, list_price_cents=9900, option="=1+1")
    SkuFactory()
    assert planned(exported()).counts == {"new": 0, "changed": 0, "unchanged": 3, "error": 0}


def test_a_cell_that_a_spreadsheet_would_run_is_no_formula_in_an_export():
    SkuFactory(option='=HYPERLINK("x")')
    (row,) = csv.DictReader(StringIO(exported()))
    assert row["option"] == ' =HYPERLINK("x")'


def test_the_sample_can_be_imported_as_it_is():
    text = sample(CreatorFactory().slug, CategoryFactory().slug)
    assert imported(text).counts == {"new": 2, "changed": 0, "unchanged": 0, "error": 0}


def test_one_line_may_change_a_product_that_its_other_lines_tell_as_it_was(serum):
    SkuFactory(product=serum.product, code="SER-50")
    plan = planned("product,sku,title\nserum,SER-30,Better\nserum,SER-50,Serum\n")
    assert [row.kind for row in plan.rows] == ["changed", "unchanged"]
    assert mistakes("product,sku,title\nserum,SER-30,Better\nserum,SER-50,Best\n") == [
        (3, ["title: here “Best”, in line 2 “Better”."])
    ]


def test_an_empty_cell_changes_nothing_and_a_dash_takes_a_price_away(serum):
    serum.list_price_cents = 2490
    serum.save()
    assert changes(planned(HEAD + "serum,SER-30,,,,,,-,\n")) == [(2, "changed", [("list_price", "24.90", "")])]


def test_mistakes_are_told_with_their_line_in_plain_words(serum):
    other = SkuFactory(code="OTHER")
    assert mistakes(
        HEAD
        + "serum,SER-30,,,,,sixteen,,\n"
        + "\n"
        + "serum,SER-30,,,,,,,\n"
        + "serum,OTHER,,,,,,,\n"
        + "serum,SER-31,,nobody,,One,5,4,-1\n"
        + "soap,S-1,,,,,,,\n"
        + "serum,,,,,,,,\n"
    ) == [
        (2, ["price: “sixteen” is no amount: type it like 16.90."]),
        (4, ["SER-30 stands in line 2 already."]),
        (5, [f"OTHER belongs to {other.product.slug}."]),
        (
            6,
            [
                "store: There is no store “nobody”.",
                "stock_change: there are 0 in stock.",
                "list_price must be higher than price.",
            ],
        ),
        (
            7,
            [
                "title is empty, and soap is new.",
                "store is empty, and soap is new.",
                "category is empty, and soap is new.",
                "option is empty, and S-1 is new.",
                "price is empty, and S-1 is new.",
            ],
        ),
        (8, ["sku is empty."]),
    ]  # fmt: skip


def test_what_a_column_cannot_hold_is_a_mistake(serum):
    assert mistakes("product,sku,link_title\nserum,SER-30," + "x" * 31 + "\n") == [
        (2, ["link_title: Ensure this value has at most 30 characters (it has 31)."])
    ]


@pytest.mark.both
def test_nothing_is_written_when_one_line_cannot_be(serum):
    with pytest.raises(ValidationError, match="Something has changed"):
        imported(HEAD + "serum,SER-30,Better,,,,1.00,,\nserum,SER-31,,,,,,,\n")
    assert (Product.objects.get().title, Sku.objects.get().price_cents) == ("Serum", 1690)


def test_what_changed_since_it_was_shown_is_shown_again(serum):
    lines = read((HEAD + "serum,SER-30,,,,,19.90,,\n").encode())
    mark = Plan(lines).mark
    Sku.objects.update(price_cents=1000)
    with pytest.raises(ValidationError, match="Something has changed since"):
        carry_out(lines, mark)
    assert Sku.objects.get().price_cents == 1000


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"product,sku\n", "This file has no lines below its first."),
        (b"product,price\na,1\n", "The first line must name the columns; sku is missing."),
        (b"product,sku,sku\na,b,c\n", "A column is there twice."),
        (b"product,sku\na,b,c\n", "Line 2 has more cells than there are columns."),
        ("product,sku,title\na,b,Crème\n".encode("latin-1"), "This file is not UTF-8: save it as “CSV UTF-8”."),
        (b"PK\x03\x04\0", "This is not a CSV file."),
        (b"x" * 5_000_001, "This file is larger than 5 MB: split it."),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(content, sentence):
    assert refusal(content) == sentence


def test_semicolons_and_the_mark_of_a_spreadsheet_are_understood(serum):
    content = "\ufeffproduct;sku;price\r\nserum;SER-30;18.00\r\n".encode()
    assert changes(Plan(read(content))) == [(2, "changed", [("price", "16.90", "18.00")])]


def test_looking_asks_as_often_for_thirty_lines_as_for_one(serum):
    def asked(lines: int) -> int:
        head = "product,sku,title,store,category,option,price\n"
        category = serum.product.category.slug
        text = "".join(f"soap-{n},SOAP-{n},Soap,mira,{category},Rose,5.00\n" for n in range(lines))
        with queries() as made:
            assert planned(head + text).counts["new"] == lines
        return len(made)

    assert asked(30) == asked(1)


def test_staff_looks_confirms_and_finds_it_written(serum, admin_client):
    file = SimpleUploadedFile("products.csv", (HEAD + "serum,SER-30,,,,,19.90,,+5\n").encode())
    page = admin_client.post(reverse("admin:shop_product_import"), {"file": file})
    assert Sku.objects.get().price_cents == 1690
    told = {"mark": page.context["plan"].mark}
    done = admin_client.post(reverse("admin:shop_product_import_confirm"), told, follow=True)
    assert "0 SKUs added, 1 changed." in done.content.decode()
    assert (Sku.objects.get().price_cents, Sku.objects.get().stock) == (1990, 15)
    again = admin_client.post(reverse("admin:shop_product_import_confirm"), told, follow=True)
    assert "Choose the file again." in again.content.decode()
    assert Sku.objects.get().stock == 15


def test_only_staff_who_may_change_products_may_import(client, django_user_model):
    django_user_model.objects.create_user("reader", password="long-enough-words", is_staff=True)
    client.login(username="reader", password="long-enough-words")
    names = ["import", "import_confirm", "import_sample", "export"]
    assert {client.get(reverse(f"admin:shop_product_{name}")).status_code for name in names} == {403}
