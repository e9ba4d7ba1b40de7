"""{% bundle %}: style sheets or scripts that a page always loads together."""

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()
TAGS = {"css": '<link rel="stylesheet" href="{}">', "js": '<script src="{}" defer></script>'}


@register.simple_tag
def bundle(*names: str) -> SafeString:
    """{% bundle "shop/tokens.css" "shop/base.css" %}: one file, made by collectstatic; else each by itself.

    Names only, no variables: collectstatic reads them in the templates (config/static.py).
    """
    bundled = getattr(staticfiles_storage, "bundled", list)
    return format_html_join("\n", TAGS[names[0].rpartition(".")[2]], ([static(name)] for name in bundled(names)))
