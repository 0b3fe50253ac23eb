"""A good colleague's words are not heard as hard ones, and a kind phrase is not heard as understanding."""

from __future__ import annotations

import pytest

from simulator.domain.acts import QUESTIONS
from simulator.language.acts import hear

HARD = frozenset({"argue", "blame", "contempt", "quote_rule", "pass_the_buck", "refuse"})

ON_THE_CUSTOMERS_SIDE = """
You shouldn't have had to come in twice.
You shouldn't have been left standing there.
You should never have to ask for this.
You could have been at home by now, and I'm sorry.
Thank you for telling me yourself, you could have sent a letter.
That was careless of us.
We have a customer of your kind in the next town who can tell you how it went.
I can't promise that, the specialists decide it, not me.
Once things settle down I'd like to hear how the trip went.
Take a seat and settle in; I'll bring you some tea.
When the queue settles down I'll come over myself.
We can talk again after the rush has settled down.
Let the laptop cool down for a minute and then try again.
You can sit back and relax, I'll watch the board for you.
Nobody has told you anything since ten, and you've been standing here all that time.
Nobody rang you back, nobody wrote, and you only found out at the gate.
No one has been able to tell you where it is.
Everyone has given you a different answer.
It feels as if nobody cares whether you get there.
Nobody asked you what you needed, did they.
You shouldn't have to deal with this on top of everything.
I'm sorry you have to deal with that today of all days.
You're entitled to an answer today.
You are entitled to a full refund.
I know this is a big deal for you.
How awful, you must have been frightened.
How terrible, your whole weekend gone.
Feel free to call me any time.
By all means call me on my own number.
Go ahead, tell me what happened.
Go ahead and tell me everything from the start.
What do you want me to tell your colleague when he asks?
How do you want me to send it, by post or by mail?
What would you like me to do first?
Every child gets counted at the door.
Any child under six needs a parent with them.
Could you spare me two minutes?
Great, your passport is valid until May.
Sure, your room is ready.
Yes, your seat is confirmed.
Yes, because you asked for a quiet one.
I'm sure you can imagine how sorry I am.
You can move on.
Let me repeat that again so I don't get it wrong.
I'll explain it again in plain words if you like.
Good luck with that presentation tomorrow!
The poor thing must be hungry.
It's ridiculous that you've had to ring three times.
I don't care how long it takes, I'll stay until it's sorted.
Where did you grow up?
Hard to get over it when it happens on the day itself.
The food was spoilt and you had guests waiting.
You signed for it and now you have to stand there without an answer.
It's your decision, and I'm fine with either.
That's your choice entirely, and I'll support either.
Of course, it's your decision.
You were sent the wrong one, and that's on us.
You got the wrong letter from us.
You never got the message we promised.
You never received a call.
You were never told.
You didn't ask for any of this.
You didn't do anything wrong.
You waited two hours for a call that never came.
You've waited too long already.
You waited far too long, and that's our doing.
You had to explain it three times.
You came all this way for nothing.
You came too late for the shuttle because our sign was wrong.
You trusted us and we let you down.
You always have been a loyal guest.
Your team has been waiting since Monday.
Your colleagues never got the invitation because of our mistake.
Your people did everything they could.
The system shows your booking, so you're safe.
Our records show you're owed forty pounds.
My screen says the flight leaves at ten past.
The board says gate six, I'll walk you there.
The letter did say Monday, you're right.
It wasn't your fault, it was our scanner.
It wasn't you, it was our system.
That isn't right, and I'm going to put it right.
That's not right, you were promised a call.
That's not fair on you.
That isn't how we want to treat you.
This isn't what you booked, I can see that.
You must have felt forgotten.
You must have been up since four.
You must have missed half of it.
You might have missed the train because of us.
You may have heard this already.
Nobody else has touched the box since.
Everyone is on the plane already, and they'll wait for you.
Everybody makes mistakes, and this one was ours.
Other guests have the same question, so I made a list.
I don't think it's too late.
I don't think you did anything wrong.
I'm sorry, but the flight has closed.
I'm sorry, but that room has gone.
I don't believe anyone told you, and they should have.
That can't have been easy.
It can't be easy to ask for help like that.
You'd be the first person on it.
You're the only one who has to sign, is that right?
It's only a ten minute walk.
It was only two minutes, but it cost you the train.
There's nothing wrong with asking.
We did send it to the wrong address, that's our mistake.
I did ring the hotel; they're looking now.
I did check with the ward, and they're expecting you.
According to the plan, the engineer arrives at four.
In line with what you asked, I've put it in writing.
You should have had a call from us on Monday.
You should have been told straight away.
You should have seen a receipt by now.
If you had been told on Friday, none of this would have happened.
If you'd had the letter in time you'd have made it.
Because you told me early, I can still change it.
You chose us for the quiet, and you got a building site.
You put in the right date; our form swapped it.
You sent everything in on time and it sat with us.
You're right, our driver never rang.
Our driver never rang you, and he should have.
Our people never told you about the change.
Nobody here told you the desk closes at nine.
My colleague didn't pass it on, and I'm sorry.
Whatever you decide, I'm here until eight.
So what I'll do is this.
You only have to tell me which one.
Sounds like a nightmare of a day.
Are you done for today, or is there another meeting?
It is obvious how much this means to you.
It's obvious you've prepared for this.
You know your contract better than I do.
Please don't be upset with the driver, the mistake was at our desk.
Don't worry about the bill.
I can't imagine what it's like to sit there with no news.
They passed you from desk to desk.
You've been passed around and nobody owns it; from now on I do.
He's the one person who can sign, and he's in the air until five.
There's a policy for cases like yours that lets me waive the fee.
The policy lets me refund you in full.
Our policy is on your side here.
The contract gives you thirty days, so you're well within it.
By law you have fourteen days to change your mind.
I'm allowed to waive it, so I will.
It must be maddening to hear three different stories.
You're being very patient with us.
Seriously, thank you for telling me.
Are you all right?
You're not alone with this.
Some of us will stay until your bag is here.
Who does it matter to most?
With respect to your refund, it leaves us today.
It's our problem, not yours.
That's my job, not yours.
The mistake is ours, not your team's.
It isn't your job to chase us.
That's our fault, not my colleague's.
I can see from your file you've called four times.
Your notes say you need it by four; is that still so?
等事情安定下来，我再跟您细说。
您先坐下歇一歇，我给您倒杯水。
从早上到现在没有人跟您说过一句准话，换谁都着急。
没人告诉您改了窗口，是我们的疏忽。
谁都没跟您说清楚，这不应该。
我能写进合同的是一个不依赖厂家的方案。
合同是您这边签的，日期我再帮您核一遍。
系统显示您的订单还在，您放心。
系统里记的是您三点打过电话，我们没有回，对不起。
记录显示我们扣了您两次钱，我马上给您退。
明明是我们通知晚了，还让您多跑一趟。
明明断着还写着已恢复，难怪您生气。
您明明提前说过，我们还是漏了。
这不是您的错，是我们的单子写错了。
您没有做错什么。
您没收到短信，是因为我们登记错了号码。
您没看到通知，那是我们没贴出来。
您当时没人接待，等了四十分钟。
您自己一个人带两个孩子，真不容易。
您自己也说了，最要紧的是下午四点。
您自己决定就好，我都配合。
您怎么方便怎么来。
您想怎么来都行。
您爱喝什么我给您拿。
您随便坐。
您随意看，有事叫我。
别的都不变，只改这一页。
别的客人也有这个需要，所以我们准备了一份说明。
别人都拿到了，就您没拿到，这不公平。
大家都等着您呢，飞机会等您十分钟。
这不算小事，对您来说是全家的大事。
一点都不麻烦。
不麻烦，我这就去拿。
不会有人知道这件事，您放心。
我不会让您白跑的。
这样安排不会影响您开会。
没有问题，我来办。
我们的设备没有问题，但您的网还是断了，我来查。
您说得对，单子上写的确实是周五。
您说的没错，监控里也看到是我们的人拿走的。
的确不应该让您来回跑。
不应该是您来承担这个钱。
您应该早点接到我们电话的，是我们没打。
您本来应该昨天就拿到的。
您本该坐在靠窗的位子上。
早该给您打电话，是我不好。
早就该告诉您的，我们拖到现在。
按规定您有七天可以退，来得及。
按照您的要求，我改成了三点。
按您说的时间，我安排司机去接。
规定允许我给您免掉这笔手续费。
公司政策是向着您的，您可以全退。
根据合同，您有三十天的考虑期。
流程我来走，您不用跑。
手续我替您走完。
这是我们的规矩改得不好，让您为难了。
怪我，没有提前讲。
不怪您，怪我们没写清楚。
哪能怪您呢，是我们没说清楚。
是您提醒了我，谢谢。
是您的同事先发现的吗？
都是您一个人扛着，太累了。
就是您这样细心的客人帮了我们。
还是您想得周到。
您等得太久了，是我们不好。
您来得正好，我正要给您打电话。
您来晚了也没关系，我给您留着。
就算来晚了也不要紧。
您买的是靠窗的座位，我看到了。
您选的是最早一班，我记下了。
您点的是不加糖的，我重新做。
您填的电话是对的，是我们抄错了。
您给的地址没有错，是快递送错了。
您提供的材料很全。
您当时选的那个房间还在。
这点钱对您来说不是小数。
哪有不急的道理，换我也急。
这么大的事，哪能不急。
您以为今天能拿到，结果又空跑。
您一定以为我们忘了您。
不至于让您今晚没地方住，我来想办法。
这话说到点子上了。
慢慢说，不着急。
您先别急，我在听。
您冷静得让我佩服。
我不是您的话，也能想到有多急。
真是太难为您了。
您这一把年纪还跑来跑去，辛苦了。
老人家年纪大了，我陪着走过去。
没有文化差异的问题，我跟他们解释。
这个笑话没让您为难吧？
我没空着手来，结果带来了。
您先安静地坐一会儿，我去问。
孩子想安静的话，里间有位子。
小孩子都能玩。
您听不懂没关系，我慢慢讲。
您听不明白是我没讲清楚。
我也听不懂这些术语，我用大白话说。
您没必要跟我们客气。
要不您先去吃点东西，好了我打给您。
我去找物业，您在这儿等就行。
我已经找过维修部了，他们五点到。
您不用去窗口，我来办。
财务那边我去问，有结果我告诉您。
不是我们部门也没关系，我替您问到底。
这虽然不归我管，但我先接下来。
我们只能五点前给您答复，这一点我说到做到。
您下次来我给您留着座。
下次早到不了也没事，给我打个电话就行。
要是早知道您赶时间，我就先给您办了。
要是我们早告诉您，您就不会白跑了。
您要是早收到通知，就不用请假了。
因为您没收到短信，所以今天才知道。
一直是您在催，我们没有主动说过一句。
您跟三个人说过了，每次都要从头讲。
我们没有跟您说过要带证件，这是我们的疏漏。
从来没有人给您回过电话。
从来没有人认真听您说完。
谁说的我去问清楚，不能让您两头受气。
这不对，您的钱不该扣两次。
那不对，您应该排在前面。
屏幕上显示的是准点，其实已经晚了，让您白等了。
单子上写的是明天，可您今天就要用，对吗？
"""

HARD_WORDS = {
    "contempt": """
        A grown man ought to be able to read a ticket.
        If you're not happy with it, you can leave.
        I know your kind.
        People of your kind are never satisfied.
        Grow up.
        Big deal.
        So what?
        Nobody cares.
        Nobody asked.
        Go ahead, complain.
        Good luck with that.
        What do you want me to do about it?
        Any child could see that.
        Oh great, another complaint.
        You are so entitled.
        Spare me the drama.
        您随便，爱来不来。
        小孩子都懂。
    """,
    "argue": """
        Settle down, sir.
        You need to calm down.
        Just relax, will you.
        您冷静点。
        Nobody else has complained.
        Everyone has to wait.
        Nobody ever had a problem with it.
        Our records show you were not there.
        The system says it was delivered.
        With respect, that isn't so.
        系统显示您没有交过这笔钱。
        明明就通知过了。
        别的客人都没说什么。
        我们从来没有说过这种话。
    """,
    "blame": """
        You should have read the letter.
        You waited too long to book.
        That was careless, to be honest.
        You should never leave a card lying about.
        Your team could have asked for help.
        I hear you, but your people should have told us.
        You lost the slip, didn't you?
        Busy or not, you were asked to sign.
        It was your choice to skip it.
        If you had listened, you'd know.
        You never answered the mail.
        您自己也没问。
        因为您没看通知，才会这样。
    """,
    "quote_rule": """
        Our policy is we do not refund.
        By law you have to show a passport.
        按照公司规定不能退。
    """,
}

EMPTY_COMFORT = """
祝您今天开开心心！
祝您一家平平安安、高高兴兴！
祝孩子天天开心，没有烦恼。
愿您今天心情愉快，别再着急。
希望您玩得开心！
希望您今天轻松一点。
但愿您能安心睡个好觉。
祝您旅途愉快，一切顺利，不用担心。
您放一百个心吧！
开心点嘛！
别难过了，明天会更好。
放轻松，一切都会好的。
没什么好担心的。
没事的，不用怕。
您别着急，一切都会好起来的。
您就放宽心吧，肯定没事。
您会满意的！
包您开心。
Don't you worry, everything will be lovely.
Don't worry, be happy!
Don't you fret, it'll all be fine.
Never fear, we'll look after you.
No need to be anxious, everything is wonderful here.
You have nothing to worry about.
There's nothing to be afraid of.
Please don't be sad.
Don't be upset, it's only a phone.
Cheer up, everything's going to be great.
Hope you're happy!
I hope you feel relaxed soon.
I hope you have a calm and pleasant day.
May your day be happy and calm.
Wishing you a happy stay.
You'll be delighted with the room.
You'll feel better in no time.
You will be so happy here.
We want you to feel relaxed.
We want you to be happy.
Everything will be fine, I'm sure, so no worries.
Do not be afraid, dear.
Don't you be nervous now.
Be happy!
You needn't be anxious.
You mustn't worry.
Stay calm and be happy.
Just feel free and relaxed.
"""

UNDERSTANDING = """
您心里一定很着急。
您不是不着急，是怕耽误孩子。
您别着急，我知道您担心孩子没人接。
祝您一路顺风，看得出您还是有点不放心。
您看起来不太开心。
您担心赶不上，心里肯定很急。
It sounds like you're worried she won't make it.
You're worried, and I can see why.
You must be worried sick about her.
Don't worry about being upset; anyone would be upset after that.
You don't feel heard, and that's frustrating.
You sound anxious about tonight.
You were hoping to be happy tonight, and now you're upset.
It must be awful not to know.
I can hear how worried you are about your son.
"""

FORMULAS = """
Thank you so much for your patience.
Thank you for your understanding.
Thanks for waiting.
非常感谢您的耐心。
感谢您的理解与支持！
谢谢您的配合。
"""


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize("line", lines(ON_THE_CUSTOMERS_SIDE))
def test_words_on_the_customers_side_are_not_hard(line: str) -> None:
    heard = hear(line)
    assert HARD.isdisjoint(heard.acts)
    assert heard.flags == ()


@pytest.mark.parametrize(("act", "line"), [(act, line) for act, block in HARD_WORDS.items() for line in lines(block)])
def test_hard_words_in_the_same_words_are(act: str, line: str) -> None:
    assert act in hear(line).acts


@pytest.mark.parametrize("line", lines(EMPTY_COMFORT))
def test_a_wish_or_an_empty_comfort_asks_nothing_and_gives_nothing_back(line: str) -> None:
    assert {*QUESTIONS, "reflect_feeling", "reflect_content"}.isdisjoint(hear(line).acts)


@pytest.mark.parametrize("line", lines(UNDERSTANDING))
def test_a_feeling_named_beside_comfort_is_given_back(line: str) -> None:
    assert "reflect_feeling" in hear(line).acts


@pytest.mark.parametrize("line", lines(FORMULAS))
def test_a_formula_of_thanks_praises_nobody(line: str) -> None:
    assert "affirm" not in hear(line).acts


@pytest.mark.parametrize("line", ["Thank you for telling me about her.", "谢谢您耐心等我查完。"])
def test_thanks_for_something_done_affirm(line: str) -> None:
    assert "affirm" in hear(line).acts


@pytest.mark.parametrize(
    "line",
    ["我确认一下：原件明天中午必须到，五点您要接女儿，对吗？", "章今天必须到，您四点还要开会，是这样吗？"],
)
def test_what_the_customer_must_have_is_no_guarantee(line: str) -> None:
    assert "guarantee" not in hear(line).acts


@pytest.mark.parametrize(
    "line",
    [
        "Thanks so much for that.",
        "What a game that was on Saturday!",
        "You know what they say about Fridays.",
    ],
)
def test_thanks_exclamations_and_sayings_give_nothing_back(line: str) -> None:
    context = "My hands are shaking a bit. I'm diabetic and they said no breakfast."
    assert {"reflect_content", "reflect_feeling"}.isdisjoint(hear(line, context).acts)
    told = "So you've eaten nothing at all since last night."
    beside = hear(f"{line} {told}", context).sentences[1:]
    assert [s.acts for s in beside] == [s.acts for s in hear(told, context).sentences]


def test_disbelief_at_others_disputes_nothing_and_a_wish_of_ones_own_offers_nothing() -> None:
    assert "argue" not in hear("I can't believe they lost on penalties.").acts
    assert "argue" in hear("I can't believe that.").acts
    assert "propose" not in hear("I could really use a cup of coffee.").acts
    assert "propose" in hear("I could use the back entrance for the delivery.").acts
