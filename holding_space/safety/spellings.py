"""How people really type the words that matter: short forms, slips, and ways round a filter.

Only tables, so that `normalise.py` can be read in one sitting. No value on the right is a key on the left: that
is what keeps normalising twice the same as normalising once.
"""

from __future__ import annotations

NEGATED = (
    "do did does is was were are have has had would could should must need might ai"  # "aint" is "is not"
).split()

SHORT_FORMS: dict[str, str] = {
    **{f"{verb}nt": f"{'is' if verb == 'ai' else verb} not" for verb in NEGATED},
    **dict.fromkeys(("cant", "cannot", "cnt"), "can not"),
    **dict.fromkeys(("wont", "wnt"), "will not"),
    **dict.fromkeys(("cudnt", "coudnt"), "could not"),
    **dict.fromkeys(("wudnt", "woudnt"), "would not"),
    "doesnot": "does not",
    "shudnt": "should not",
    "dnt": "do not",
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
    "wanna": "want to",
    "wana": "want to",
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
    **dict.fromkeys(
        ("suiside suicde sucide suacide suicid siucide suisid suside suicidee suciide sewerslide").split(),
        "suicide",
    ),
    **dict.fromkeys(
        "sucidal suicidel suisidal suicidial suicidle suicial suicdal sucicidal suicidle".split(), "suicidal"
    ),
    **dict.fromkeys(("myslef", "mysef", "mysefl", "myselft", "mself", "meself"), "myself"),
    **dict.fromkeys(("kil", "kll"), "kill"),
    **dict.fromkeys(("kiling", "killin", "kilin"), "killing"),
    "kiled": "killed",
    "pils": "pills",
    "dieing": "dying",
    **dict.fromkeys("abussive abusve absuive abusiv abussiv abbusive".split(), "abusive"),
    **dict.fromkeys("abussed abuesd absued abusd".split(), "abused"),
    **dict.fromkeys("abuseing abussing".split(), "abusing"),
    "abuseses": "abuses",
    **dict.fromkeys("cuting cuttin".split(), "cutting"),
    **dict.fromkeys("hiting hittin".split(), "hitting"),
    **dict.fromkeys("beatin beeting".split(), "beating"),
    "beated": "beat",
    "hitted": "hit",
    **dict.fromkeys("slaped slappd".split(), "slapped"),
    "slaping": "slapping",
    **dict.fromkeys("choaked chocked chokd".split(), "choked"),
    **dict.fromkeys("strangeld strangeled stranguled".split(), "strangled"),
    **dict.fromkeys("threatend threatned thretened threatenes threatenend".split(), "threatened"),
    **dict.fromkeys("threatning thretening threating".split(), "threatening"),
    **dict.fromkeys("threatns thretens".split(), "threatens"),
    **dict.fromkeys("voilent violant vilent".split(), "violent"),
    **dict.fromkeys("controling contolling controlin".split(), "controlling"),
    "controles": "controls",
    **dict.fromkeys("phisical fisical physcial phsyical".split(), "physical"),
    **dict.fromkeys("physicaly phisically physicly phsyically".split(), "physically"),
    **dict.fromkeys("harrassing harrasing harasing".split(), "harassing"),
    **dict.fromkeys("harrassed harrased harased".split(), "harassed"),
    **dict.fromkeys("afriad affraid afaid".split(), "afraid"),
    **dict.fromkeys("terified terrifed".split(), "terrified"),
    **dict.fromkeys("scard scarded".split(), "scared"),
    **dict.fromkeys("forsed forcd".split(), "forced"),
    **dict.fromkeys("bruses bruices briuses".split(), "bruises"),
    **dict.fromkeys("rapd raoed".split(), "raped"),
    **dict.fromkeys("molestd mollested".split(), "molested"),
    **dict.fromkeys("overdoesd overdozed overdosd".split(), "overdosed"),
    **dict.fromkeys("ovedose overdoze".split(), "overdose"),
    **dict.fromkeys("stalkin stawking".split(), "stalking"),
    **dict.fromkeys("beleive belive".split(), "believe"),
    **dict.fromkeys("alow".split(), "allow"),
    "permision": "permission",
    "passpot": "passport",
    **dict.fromkeys("nomore anymor nemore".split(), "anymore"),
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
    (
        "suicide suicidal kill killed killing kills kms kys die dead death dying rape raped rapes raping rapist "
        "abuse abused abuser abusive abusing harm harmed harming self hurt hurts cut cuts cutting hit hits hitting "
        "beat beats choke choked choking sex sexual sexually molest molested assault assaulted unalive unaliving "
        "stab stabbed hang hanging pills nudes murder overdose overdosed starve touches touched slit myself ctb"
    ).split()
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
