"""What a line says about the talk itself: that it was not heard, who speaks, what somebody came for, whether that is
all.

None of it has a subject: it asks for what was said, for a name, or for the request, whatever the scenario.
"""

from __future__ import annotations

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon
from simulator.language.sentences import Sentence, sentences


def asks_to_repeat(line: str) -> bool:
    """Whether the line asks to hear the last thing again and, but for courtesy, says nothing else."""
    language = lexicon_language(line)
    if language is None:
        return False
    heard, text = lexicon(language), normalize(line).text.strip()
    again = heard.pattern("talk.say_again")
    if again.search(text) is None:
        return False
    left = heard.pattern("talk.courtesy").sub(" ", again.sub(" ", text))
    return not any(letter.isalnum() for letter in left)


def checks_the_line(line: str) -> bool:
    """Whether the line asks to be told that it is heard and, but for courtesy, says nothing else: "Hello?", "喂？"."""
    said = sentences(line)
    return any(sentence.finds("talk.heard") for sentence in said) and not any(map(_says_more_than_hello, said))


def asks_if_heard(line: str) -> bool:
    """Whether all that the line asks is to be told that it is heard."""
    return _only_asks(line, "talk.heard")


def asks_name(line: str) -> bool:
    """Whether the line asks who they are: "May I have your name?", "您贵姓？"."""
    return _any(line, "talk.name")


def asks_throughout(line: str) -> bool:
    """Whether the line holds nothing but questions, with their marks."""
    return all(sentence.is_marked for sentence in sentences(line))


def asks_wellbeing(line: str) -> bool:
    """Whether all that the line asks is how they are, out of courtesy."""
    return _only_asks(line, "talk.wellbeing")


def asks_if_clear(line: str) -> bool:
    """Whether all that the line asks is whether they have understood: "Is that clear?", "听明白了吗?"."""
    return _only_asks(line, "talk.understood")


def gives_thanks(line: str) -> bool:
    """Whether the line thanks and says nothing else."""
    return all(sentence.finds("talk.thanks") for sentence in sentences(line))


def makes_small_talk(line: str) -> bool:
    """Whether the line speaks of what passes the time ("Do you like football?", "天气真好啊"), of nobody's matter."""
    return _any(line, "talk.small_talk")


def asks_to_wait(line: str) -> bool:
    """Whether all that the line asks is to wait, or to be heard out: "Can you hold on?", "您稍等一下好吗?"."""
    return _only_asks(line, "talk.hold_on")


def asks_if_sure(question: str) -> bool:
    """Whether a question is only if they mean what they said: "Are you sure?", "真的假的?"."""
    return _any(question, "talk.sure")


def asks_of_people(question: str) -> bool:
    """Whether a question is about those who talk, or the customer's people, and not about what is to be done: "Do you
    come here often?", "家里人知道吗?".
    """
    return _any(question, "talk.of_people")


def asks_only_view(question: str) -> bool:
    """Whether a question asks what they think and names nothing that they could think of: "你说呢?", "行吗?"."""
    return _any(question, "talk.view_only")


def asks_if_able(question: str) -> bool:
    """Whether a question is if they could go somewhere or see to something: "Could you come by?", "您能自己去吗?"."""
    return _any(question, "talk.able")


def asks_when(line: str) -> bool:
    """Whether the line asks for a time: "By when?", "几点要?"."""
    return _any(line, "talk.when")


def names_time(text: str) -> bool:
    """Whether a time stands in the text: an hour, a day, how long."""
    return _any(text, "talk.hour")


def asks_purpose(line: str) -> bool:
    """Whether the line asks what they came for: "How can I help you?", "有什么可以帮您?"."""
    return _any(line, "talk.purpose")


def asks_account(line: str) -> bool:
    """Whether the line asks what has happened, and of nothing in particular: "What's the matter?", "怎么了?"."""
    return _any(line, "talk.account")


def asks_for_more(line: str) -> bool:
    """Whether the line asks if there is anything else, whatever that is."""
    return _any(line, "talk.anything_else")


def asks_for_records(question: str) -> bool:
    """Whether a question is for a number or an address that whoever asks has on file: "Your phone number?"."""
    return _any(question, "talk.on_file")


def asks_wish(question: str) -> bool:
    """Whether a question is if they would like something: "Do you want a coffee?", "您要喝点什么吗?"."""
    return _any(question, "talk.wish")


def hopes_for_no(line: str) -> bool:
    """Whether the line asks for something that is well if there is none of it: anything else, wrong or left out."""
    return asks_for_more(line) or _any(line, "talk.any_lack")


def leaves_to_them(line: str) -> bool:
    """Whether the line tells somebody to see to it themselves ("Why don't you just buy one?"): it offers nothing."""
    return _any(line, "talk.left_to_them")


def _says_more_than_hello(sentence: Sentence) -> bool:
    if sentence.lexicon is None:
        return any(letter.isalnum() for letter in sentence.text)
    left = sentence.lexicon.pattern("talk.heard").sub(" ", sentence.text)
    return any(letter.isalnum() for letter in sentence.lexicon.pattern("talk.courtesy").sub(" ", left))


def _only_asks(line: str, section: str) -> bool:
    found = [bool(sentence.finds(section)) for sentence in sentences(line)]
    return any(found) and not any(s.is_marked for s, is_it in zip(sentences(line), found, strict=True) if not is_it)


def _any(line: str, section: str) -> bool:
    return any(sentence.finds(section) for sentence in sentences(line))
