"""Words so common that a search leaves them out unless there are no others."""

from __future__ import annotations

import functools

from site_builder.text.analysis import fold

_WORDS = """
a about after all also am an and any are as at be been before being both but by can could did do does doing done each
for from had has have having he her hers him his how i if in into is it its itself just many me might more most much my
no nor not now of off on only or other our out over own she should so some such than that the their them then there
these they this those through to too under until up upon very was we were what when where which while who whom whose
why will with would you your
في من إلى على عن مع هذا هذه ذلك تلك هؤلاء أولئك التي الذي الذين اللذان اللتان اللاتي ما ماذا لا لم لن ليس ليست أن إن
أنه أنها إنه إنها أنهم إنهم لأن لأنه لأنها كان كانت كانوا يكون تكون قد لقد هو هي هم هما نحن أنا أنت أنتم ثم أو أم بل
لكن ولكن حتى إذا إذ لو لولا كل بعض أي أية غير بين عند عندما منذ حين حيث كما كيف متى أين لماذا هل به بها بهم له لها لهم
لنا فيه فيها فيهم منه منها منهم عليه عليها عليهم إليه إليها إليهم عنه عنها معه معها كذلك أيضا هنا هناك يا إلا سوى دون
ضد نحو مثل ذات بأن بأنه بأنها بما مما عما فيما ممن وهو وهي كأن لدى لديه لديها خلال أما إما كم
"""


@functools.cache
def stop_words() -> frozenset[str]:
    """The words, folded."""
    return frozenset(fold(_WORDS).split())


@functools.lru_cache(maxsize=65536)
def is_stop_word(word: str) -> bool:
    """Whether a folded word is one of them, perhaps after و or ف."""
    return word in stop_words() or (word[0] in "وف" and word[1:] in stop_words())
