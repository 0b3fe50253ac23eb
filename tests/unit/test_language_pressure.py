"""What presses behind a question or a guess: told off for going round it, for not being read, for half a story; a
straight word, a name or a figure called for; no time for more. Said by itself, or to serve, each of it is harmless.
"""

from __future__ import annotations

import pytest

from simulator.language.acts import hear

PRESSED = """
    What do you want it for? Stop beating about the bush.
    Is somebody waiting for you? Don't dance around it.
    Who's it for? Quit skirting the question.
    What's the matter at home? No more tiptoeing around it.
    Don't be vague with me. What does your boss want?
    Are you short of cash? Enough hedging.
    What are you worried about? Don't give me the runaround.
    Why today? Don't change the subject.
    Who's the present for? Don't talk in riddles.
    What's it for? And don't mince your words.
    Does your wife know? Don't dodge the question.
    What is it you want? I can't read minds.
    I'm no mind reader. Who's meeting you?
    What's bothering you? I'm not psychic.
    Who are you bringing? I can't be expected to guess.
    I don't have a crystal ball. What's the hurry?
    What's wrong? Don't say it's nothing.
    What's the trouble? And don't tell me there isn't any.
    Who told you to ring? Don't say nobody.
    What's the problem, then? "Fine" isn't an answer.
    Is it the money? Be honest, do you even have it?
    Be honest, it's the price, isn't it?
    You're scared of the dentist, aren't you? Be truthful.
    The truth, please: did you break it?
    Let's be honest, you haven't got the budget, have you?
    I'd appreciate some honesty here: are you leaving us?
    Be straight with me, somebody else has made you an offer, haven't they?
    We can't price what you won't disclose.
    I can't plan around secrets. Who's coming?
    I can't help with half a story.
    Nobody can fix what you won't name.
    How can I help if you won't say what's wrong?
    We can't work with half-truths. Who's complaining?
    There's something you're not telling me.
    You're not admitting it, but someone's cross with you.
    You're keeping something from us. Who is she?
    You've been avoiding that question for ten minutes.
    You're dodging. Who's paying?
    You're not being straight with me about the deadline.
    You're not being entirely open with me, are you?
    What's your ceiling? Give me a number.
    How much can you pay? Just throw me a figure.
    Who's the other bidder? I'll have a name, please.
    What's the meeting about? I've a queue here.
    Why do you need it today? There are people waiting.
    Who's it for? The clock's ticking.
    You've got somewhere to be, haven't you? Say where.
    You've got a meeting, haven't you, so say when.
    You're in trouble with your boss, right? Say so.
    You don't just want a refund, you want an apology. Say so.
    Who will be angry? You'd better tell me if you want my help.
    You're worried about your mother, right? Stop beating about the bush, I've others to see to.
    It's your husband, isn't it? I need you to be frank about it.
    There has to be a reason for that. What are you scared of?
    You must be hiding from somebody, so who is it?
    What is it you're so desperate for? Speak up, will you.
    Somebody's breathing down your neck. Who?
    You'd hardly come all this way for a form. What's the real errand?
    Is it your boss? It's your boss, isn't it? Come on.
    Just admit you've lost it and we can move on.
    You can't fool me with that smile. What happened at home?
    Say what you're scared of and be done with it.
    Is there another supplier in the picture? Yes or no.
    If you've got a problem with our team, have the courage to say so.
    You wouldn't be this upset over a cup. What's really in it?
    Let's cut the niceties: what's your budget?
    What's your bottom line? Don't be shy about it.
    Somebody's put the fear of God into you, haven't they? Who is it?
    You keep looking at the clock. Where do you have to be? Tell me or miss it.
    Tell me plainly whether it's the price or the people.
    Are you afraid of the doctor or of the bill? Pick one.
    I know your sort, always something behind it. So what's behind it?
    Don't give me that look, what did they say to you?
    What's the point of coming here if you won't talk?
    You won't get anywhere by keeping quiet. Who's waiting?
    Is it really for you? Don't lie to me.
    Swear to me it's not because of the money.
    Why can't you say it's for your daughter? It's for your daughter, isn't it?
    Somebody promised you something. Who and what? I won't drop it.
    You must have told someone the code; you'd better confess.
    There's no shame in being broke, just say you are.
    You're only here for the socket, aren't you? At least own it.
    Your colleague already told me, so you may as well say it too.
    Either you're worried about the audit or you aren't. Which?
    It isn't the watermelon you care about. What is it?
    What would your wife say if she heard you keep this from me?
    Do I have to drag it out of you? What's wrong?
    您是不是没钱付？别跟我绕。
    您怕领导怪罪吧？别遮掩了。
    家里是不是有人反对？别跟我兜圈子。
    谁让您来的？别想糊弄过去。
    您不想见他，对吧？甭藏着。
    您究竟要什么？我又不会读心术。
    我可猜不着，您怕什么？
    我又不是神仙，您到底急什么？
    您在担心什么？别说没事。
    是谁得罪您了？别跟我说没有。
    您是不是嫌贵？说实话。
    说实话，您是不是早就找好下家了？
    跟我透个底，您预算还剩多少？
    坦白讲吧，您怕的是谁？
    痛快承认，您就是怕挨骂。
    怕就认，没什么丢人的。
    您是怕老板骂吧？怕就直说。
    话说一半我没法帮。
    您藏一半露一半，我们怎么报价？
    您不肯交底，这活儿没法干。
    您什么都不说，叫我怎么帮？
    您不开口，神仙也帮不了您。
    您嘴上不承认，心里其实怕得很。
    您这是在回避我的问题。
    您就是不肯认，其实是手头紧。
    您预算多少？甩个数给我。
    您能出多少？给个痛快数。
    谁不满意？把名字撂下。
    您最多能接受多少？亮个底。
    您到底跟谁见面？后头还有人等着呢。
    是不是有人催您？我这儿忙着呢，快说。
    什么事？快说出来。
    您急着去哪？一句话的事，说。
    是手头紧吧？有困难就别遮掩。
    您是怕孩子知道吧，说出来我才好办。
    您总有个放不下的人吧，是谁？
    您肯定跟谁闹翻了，是谁？
    您是想找人说说话吧？承认了又不丢人。
    谁给您气受了？您给我指出来。
    有什么隐情说吧。
    您怎么打到这儿来了，说实话。
    是客户催您吧，说出来我才知道开什么证明。
    您是收不到款才急的吧？有话直讲，后头还有人呢。
    您一句都不肯提孩子，总有缘故吧，是什么？
    您心里有人选了吧？痛快点，名字报上来。
    您到底是怕谁知道，快说出来。
    您心里有事藏着掖着，让我怎么帮您？
    您要是怕，就痛痛快快承认。
    想要多少钱您甩个数给我。
    怕被骂就认，别找借口。
    说实话，您是不是没看合同？
    您不说实话，我怎么跟上面交代？
    是不是有人催您，您痛快承认不就完了。
    到底哪家给了您更低的价，您给我说个名字。
    您这么急，是不是上面有人盯着？快说出来。
    出差住哪儿，跟谁去，都报给我。
    别藏着掖着了，预算到底多少？
    底线多少，您甩个数给我。
    手里几家在谈，您摊开了说。
    想压价就直说，别拐弯抹角的。
    您光说急，急什么倒是说啊。
    您不承认也没用，我看得出来您怕。
    您是舍不得那个座位吧？舍不得就承认，又没人笑您。
    您跟家里人是不是闹翻了？闹翻了就说闹翻了。
    谁要看这份报告？您把那个人说出来。
    您这趟是去见谁？讲出来我又不会害您。
    您一定是答应了别人什么，答应了什么？
    您是怕误了车吧，怕就直说，我又不吃人。
    您想让我猜到什么时候？
    您不会是没带钱吧？没带就说没带。
    您装什么镇定，手都在抖，怕什么？
    是老板逼您的吧，点头就行。
    不是杯子的事吧？那是什么事？
    您要的根本不是退款，您要的是什么？
    您说一半留一半，这单子我没法下。
    您肯定另有打算，打算是什么？
    光说不满意，不满意什么您倒是列出来。
    这事您瞒得了别人瞒不了我，到底为什么？
    我都看出来了，您就别撑着了，承认吧。
    您不就是想多要点赔偿吗？开个价。
    要赔多少您开个价，别磨叽。
    您是不是早就想走了？给个明白话。
    孩子到底怎么了，您当妈的还能不知道？
"""

FAIR = """
    I won't beat about the bush: it's going to be late. What would that mean for you?
    I can't read minds, so please stop me if I've got it wrong.
    Be honest: how did we do today?
    Be honest, would a voucher even help?
    Honestly, how are you holding up?
    There's a queue, so let's step aside. What happened?
    I've got people waiting, but you come first. What's worrying you?
    You're not being told enough, are you?
    Nobody has told you anything yet, have they?
    Stop me if I'm wrong: is somebody waiting for you?
    You don't just want a new phone, you want it to work.
    You don't want another voucher, you want to be heard.
    Could you give me a rough figure, so I can look for rooms in that range?
    Do you have a number in mind? Then I can compare.
    There's something I'm not telling you well: the delay is ours.
    We can't price it until we know the size. How big is it?
    I can't guess what suits you best. What would you like?
    Say where you'd like to sit.
    You have somewhere to be, haven't you? I'll be quick.
    I don't want half a story to go into the report. Could you tell me the rest when you're ready?
    Could you step this way? There are people waiting.
    How many are you? Give me a number and I'll set the tables.
    Don't say anything yet if you'd rather not. What would you like to drink?
    Did they give you the runaround? I'm sorry.
    You've been given the runaround for two weeks. What would put it right?
    I don't want to dance around it: we made a mistake.
    They keep dodging you, don't they?
    Please don't change the date yet. What would Tuesday mean for you?
    I know that's not much of an answer. What were you hoping for?
    If you'd rather sit by the window, just say so.
    You're not saying we're expensive, are you?
    I can't post it if you don't tell me the address.
    We can't rush this. What's on your mind?
    You needn't be brave with me. What's worrying you?
    I'm not going to guess. What would make it right for you?
    What's the matter? Don't worry about the queue.
    What did they say? Don't tell me they sent you away again!
    What's worrying you? Tell me.
    What time suits you? Otherwise I can't book the taxi.
    You've had enough of waiting. What would help?
    说实话，这事是我们没办好，您觉得怎么处理合适？
    说实话，我也着急。您最担心哪一样？
    我猜不着您的口味，您喜欢甜的还是咸的？
    后面有人等，咱们到旁边坐下慢慢聊，您看行吗？
    您有话慢慢讲，我听着呢。
    有困难您就跟我们说，我来想办法。
    您说出来我才好帮您安排，您几点要？
    您预算大概多少？我好给您挑合适的。
    您给我个数，我好备餐：一共几位？
    别硬撑，不舒服就歇会儿，您是哪儿难受？
    您要是怕麻烦就直说，我替您跑一趟。
    您是不是担心赶不上？说出来我帮您想办法。
    是不是有人等您？我好让师傅快点。
    他不肯说原因，您知道是怎么回事吗？
    您家人不肯签字吗？
    您是怕冷吧？我把空调调高点。
    话说一半被打断了，您刚才想说什么？
    您别硬撑着，家里有人能搭把手吗？
    您说实话也没关系，觉得哪里不满意？
    这里头是什么？易碎的话我多包一层。
    您是在等人吧，是哪位？我帮您叫一声。
    您不开口要，我也得把该退的退给您。
    说来听听，您当初是怎么想到我们的？
    您是累了吧？坐下歇歇，后头的人我请同事接。
    您心里有数就好，什么时候要？
    前面那位没跟您说清楚吧？我再讲一遍。
    没人跟您说过吧？是我们的疏忽。
    您什么都不用说，先坐会儿。
    抛开数字，方案里头什么是少不了的？
    谁问到数，您直接把问题甩给我，我两分钟内回您。
    您一定很着急，是什么事？
    您几点到？不然我没法给您订车。
"""

TAILS = """
    I can't read minds.
    Don't be vague with me.
    There are people waiting.
    Give me a number.
    Just say so.
    我又不会读心术。
    后头还有人等着呢。
    说实话。
    不然没法往下走。
    说重点。
"""


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize("line", lines(PRESSED))
def test_a_question_or_a_guess_with_pressure_behind_it_is_a_demand(line: str) -> None:
    assert "extracts_prompt" in hear(line).flags


@pytest.mark.parametrize("line", lines(FAIR))
def test_the_same_words_to_serve_are_heard(line: str) -> None:
    assert hear(line).flags == ()


@pytest.mark.parametrize("line", lines(TAILS))
def test_what_presses_is_none_without_a_question(line: str) -> None:
    assert hear(line).flags == ()
