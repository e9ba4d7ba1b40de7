"""What a text is found by: its words without case, accents or a plural s. Pure, so that every database agrees."""

import re
import unicodedata

LONGEST_QUERY = 80
MOST_TERMS = 6
WORD = re.compile(r"[^\W_]{1,40}")
TAG = re.compile(r"#(\w{1,40})")
ASKED = re.compile(r"#\w{1,40}|[^\W_]{1,40}")
HISSING_PLURAL = re.compile(r"(x|ch|sh|ss|zz)es$")


def fold(text: str) -> str:
    """Crème BRÛLÉE → creme brulee"""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def stems(word: str) -> list[str]:
    """What the word may be the plural of, else itself: boxes → box, candies → candie or candy."""
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return [word]
    if word.endswith("ies"):
        return [word[:-1], word[:-3] + "y"]
    return [word[:-2] if HISSING_PLURAL.search(word) else word[:-1]]


def searchable(*texts: str) -> str:
    """Every word once, in the singular too, and hashtags as they are: with a space before and after each."""
    folded = fold(" ".join(texts))
    every = [form for word in WORD.findall(folded) for form in (word, *stems(word))]
    tags = ["#" + tag.replace("_", "") for tag in TAG.findall(folded)]
    return f" {' '.join(dict.fromkeys(every + tags))} "


def terms(query: str) -> list[str]:
    """The first few words of what was typed; a hashtag keeps its #. Empty when it holds nothing to look for."""
    asked = ASKED.findall(fold(query[:LONGEST_QUERY]))
    return list(dict.fromkeys(term.replace("_", "") for term in asked if term.strip("#_")))[:MOST_TERMS]
