"""How people really type the words that matter: short forms, slips, and ways round a filter.

Only tables, so that `normalise.py` can be read in one sitting. No value on the right is a key on the left: that
is what keeps normalising twice the same as normalising once.
"""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


def _each(slips: str, word: str) -> dict[str, str]:
    return dict.fromkeys(_words(slips), word)


NEGATED = _words("do did does is was were are have has had would could should must need might ai")  # "ai": ain't

SHORT_FORMS: dict[str, str] = {
    **{f"{verb}nt": f"{'is' if verb == 'ai' else verb} not" for verb in NEGATED},
    **dict.fromkeys(("cant", "cannot", "cnt", "cnat", "carnt", "catn"), "can not"),
    **dict.fromkeys(("wont", "wnt"), "will not"),
    **dict.fromkeys(("cudnt", "coudnt"), "could not"),
    **dict.fromkeys(("wudnt", "woudnt"), "would not"),
    "doesnot": "does not",
    "shudnt": "should not",
    **dict.fromkeys(("dnt", "dotn", "dosent", "doesent"), "do not"),
    "donot": "do not",
    "im": "i am",
    "iam": "i am",
    "ive": "i have",
    "hes": "he is",
    "shes": "she is",
    "hed": "he would",
    "itll": "it will",
    "theyll": "they will",
    "theyre": "they are",
    "theyve": "they have",
    "theyd": "they would",
    "thats": "that is",
    "theres": "there is",
    "whats": "what is",
    "whos": "who is",
    "youre": "you are",
    "youve": "you have",
    "youll": "you will",
    "weve": "we have",
    **dict.fromkeys(("wanna", "wana", "wann", "wanta"), "want to"),
    "gonna": "going to",
    "gona": "going to",
    "gunna": "going to",
    "finna": "going to",
    "gotta": "got to",
    "tryna": "trying to",
    "imma": "i am going to",
    "ima": "i am going to",
    "lemme": "let me",
    "gimme": "give me",
    "dunno": "do not know",
    "idk": "i do not know",
    "idc": "i do not care",
    "kinda": "kind of",
    "u": "you",
    "ur": "your",
    "ppl": "people",
    "abt": "about",
    "bout": "about",
    "rn": "right now",
    "tonite": "tonight",
    "2nite": "tonight",
    "smth": "something",
    "somethin": "something",
    "nothin": "nothing",
    "b4": "before",
    "w": "with",
    "n": "and",
    **dict.fromkeys(("bc", "cuz", "coz", "bcoz", "bcz", "becuase"), "because"),
    **dict.fromkeys(("bf", "boyf", "boyfreind", "bfriend"), "boyfriend"),
    **dict.fromkeys(("gf", "girlfreind", "gfriend"), "girlfriend"),
    **dict.fromkeys(("hubby", "husbend", "hubs"), "husband"),
    **dict.fromkeys(("mum", "mom", "mam", "mommy", "mummy", "mama", "momma", "amma"), "mother"),
    **dict.fromkeys(("moms", "mums"), "mothers"),
    **dict.fromkeys(("dad", "daddy", "papa", "appa", "pappa"), "father"),
    "dads": "fathers",
    **dict.fromkeys(("stepdad", "stepdaddy"), "stepfather"),
    **dict.fromkeys(("stepmum", "stepmom"), "stepmother"),
    "sis": "sister",
    "lil": "little",
    **dict.fromkeys(("lmao", "lmfao", "rofl", "haha", "hahaha", "hahahaha", "hehe", "lolol"), "lol"),
}

SLIPS: dict[str, str] = {
    **_each("suiside suicde sucide suacide suicid siucide suisid suside suicidee suciide sewerslide", "suicide"),
    **_each("sucidal suicidel suisidal suicidial suicidle suicial suicdal sucicidal suicidle", "suicidal"),
    **dict.fromkeys(("myslef", "mysef", "mysefl", "myselft", "mself", "meself"), "myself"),
    **dict.fromkeys(("kil", "kll"), "kill"),
    **dict.fromkeys(("kiling", "killin", "kilin"), "killing"),
    "kiled": "killed",
    "pils": "pills",
    "dieing": "dying",
    **_each("abussive abusve absuive abusiv abussiv abbusive", "abusive"),
    **_each("abussed abuesd absued abusd", "abused"),
    **_each("abuseing abussing", "abusing"),
    "abuseses": "abuses",
    **_each("cuting cuttin", "cutting"),
    **_each("hiting hittin", "hitting"),
    **_each("beatin beeting", "beating"),
    "beated": "beat",
    "hitted": "hit",
    **_each("slaped slappd", "slapped"),
    "slaping": "slapping",
    **_each("choaked chocked chokd", "choked"),
    **_each("strangeld strangeled stranguled", "strangled"),
    **_each("threatend threatned thretened threatenes threatenend", "threatened"),
    **_each("threatning thretening threating", "threatening"),
    **_each("threatns thretens", "threatens"),
    **_each("voilent violant vilent", "violent"),
    **_each("controling contolling controlin", "controlling"),
    "controles": "controls",
    **_each("phisical fisical physcial phsyical", "physical"),
    **_each("physicaly phisically physicly phsyically", "physically"),
    **_each("harrassing harrasing harasing", "harassing"),
    **_each("harrassed harrased harased", "harassed"),
    **_each("afriad affraid afaid", "afraid"),
    **_each("terified terrifed", "terrified"),
    **_each("scard scarded", "scared"),
    **_each("forsed forcd", "forced"),
    **_each("bruses bruices briuses", "bruises"),
    **_each("rapd raoed", "raped"),
    **_each("molestd mollested", "molested"),
    **_each("overdoesd overdozed overdosd", "overdosed"),
    **_each("ovedose overdoze", "overdose"),
    **_each("stalkin stawking", "stalking"),
    **_each("beleive belive", "believe"),
    **_each("alow", "allow"),
    **_each("wnat watn wnt wantt", "want"),
    **_each("tomorow tommorow tommorrow tomorro tmrw tmr tomoz", "tomorrow"),
    **_each("alredy allready", "already"),
    "wich": "which",
    "teh": "the",
    "sleap": "sleep",
    "agen": "again",
    "dei": "die",
    "htis": "this",
    "thsi": "this",
    "liv": "live",
    "becuse": "because",
    "permision": "permission",
    "passpot": "passport",
    **_each("nomore anymor nemore anymoer anymroe animore anymre", "anymore"),
}

CLIPPED: dict[str, str] = {"sa": "sexually assaulted", "od": "overdosed", "sh": "self harmed"}
"""Short forms that people put into the past with an apostrophe, as in `SA'd`."""

RUN_TOGETHER: dict[str, str] = {
    "killmyself": "kill myself",
    "killingmyself": "killing myself",
    "kilmyself": "kill myself",
    "iwanttodie": "i want to die",
    "wanttodie": "want to die",
    "wannadie": "want to die",
    "iwannadie": "i want to die",
    "endmylife": "end my life",
    "enditall": "end it all",
    "hurtmyself": "hurt myself",
    "cutmyself": "cut myself",
    "selfharm": "self harm",
    "selfharmed": "self harmed",
    "selfharming": "self harming",
    "selfinjury": "self injury",
    "helpme": "help me",
    "hitsme": "hits me",
    "hitme": "hit me",
}
"""Words written without spaces, or letter by letter."""

GUARDED: frozenset[str] = frozenset(
    _words(
        "suicide suicidal kill killed killing kills kms kys die dead death dying rape raped rapes raping rapist "
        "abuse abused abuser abusive abusing harm harmed harming self hurt hurts cut cuts cutting hit hits hitting "
        "beat beats choke choked choking sex sexual sexually molest molested assault assaulted unalive unaliving "
        "stab stabbed hang hanging pills nudes murder overdose overdosed starve touches touched slit myself ctb"
    )
)
"""Words that people disguise with digits, stars or spaces. Only these are ever read through a disguise."""

SIGNS: dict[str, str] = {
    "\N{HOCHO}": " knife ",
    "\N{PISTOL}": " gun ",
    "\N{PILL}": " pills ",
    "\N{DROP OF BLOOD}": " blood ",
    "\N{COFFIN}": " coffin ",
    "\N{FACE WITH TEARS OF JOY}": " lol ",
    "\N{ROLLING ON THE FLOOR LAUGHING}": " lol ",
    "\N{SKULL}": " lol ",
}
"""The few pictures that carry meaning here. The skull is how people write that something is funny."""
