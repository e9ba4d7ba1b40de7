"""What one journey adds beside what it keeps: once for what it did at all, and told apart by what its row knows."""

from analytics.videos.sights import Found

# Code of a figure → code of the same by source, and by browser.
BY_SOURCE = {"a": "cs", "A": "cA"}
BY_BROWSER = {"v": "ub", "e": "ue", "jt": "ut"}
# Code of a figure of journeys → those of which any makes a journey one of them.
_BOTH = {"JKs": ("Ks",), "JKy": ("Ky",), "Jm": ("n", "m"), "JR": ("R",)}
ONCE = {
    "v": {"Js": ("s",), "Jw6": ("w6",), "Jwc": ("wc",), "Je": ("e",)} | _BOTH,
    "p": {"JI": ("A", "I"), "Jb": ("b",), "Jk": ("k",)} | _BOTH,
}


def once_a_journey(counted: Found, letter: str) -> Found:
    return {code: 1 for code, any_of in ONCE[letter].items() if any(one in counted for one in any_of)}


def told_apart(counted: Found, letter: str, source: str, browser: str) -> Found:
    """What one journey adds beside `counted`; the letter says whether it counts a video or a product."""
    codes, name = (BY_SOURCE, source) if letter == "v" else (BY_BROWSER, browser)
    return {apart: {name: counted[code]} for code, apart in codes.items() if name and code in counted}
