"""Answers of three invented people, each told twice in their own words: our own material for comparing."""

BOOKS = (
    "I was the analyst in the returns room of a bookshop chain.",
    "Every Monday we shipped four thousand books back to publishers and nobody could say why.",
    "I sat with the two packers for a week and wrote down what they muttered at the screen.",
    "Last month's sales hid behind three clicks, so I drew a table and our engineer built it in two days.",
    "Returns fell by a third.",
    "That is the work I want: to find out what really hurts and to decide what gets built.",
)
BOOKS_AGAIN = (
    "My background is analytics, at a chain of bookshops.",
    "We had this odd thing that on Mondays four thousand books or so went straight back to the publishers.",
    "So I spent a week beside the packers in the returns room, just listening.",
    "Nobody could see the sales of the month before on the ordering page without a lot of clicks.",
    "One of our engineers and I put a small table there, and a third of the returns were gone.",
    "Ever since, I have wanted to be the one who says what we make next.",
)
WARD = (
    "I have been a nurse on an intensive care ward for nine years.",
    "Our infusion pumps beeped alike for a low battery and for air, so people taped over the speaker.",
    "I wrote four pages to the maker, with a tally of every alarm on eleven beds for two weeks.",
    "Ilse, their product manager, came on a night shift and asked me why I looked at the bag first.",
    "The next version had two sounds, and the tape came off.",
    "I would like to do for other wards what Ilse did for ours, as tired people deserve better machines.",
)
WARD_AGAIN = (
    "Until now I have worked nights in intensive care, as a nurse.",
    "There was tape on the speaker of every infusion pump, as one beep meant a low battery and also air.",
    "For two weeks I counted each alarm on our eleven beds and sent the tally to the firm that makes them.",
    "They sent Ilse, who turned out to be a product manager, and she stayed for a whole shift.",
    "Their new pumps have two sounds now and nobody tapes them over.",
    "One person who listens can make a night easier for thousands, and I want to be that person.",
)
FERRY = (
    "I sold tickets at the ferry terminal in Larne for six summers.",
    "The queue for foot passengers reached the car park as the printer needed a new form for each child.",
    "I asked the two developers for one form a family, and Moira from finance said it could not be booked.",
    "We agreed on a trial for one sailing, and the queue was gone in twelve minutes.",
    "I want to decide such things for a living.",
)
FERRY_AGAIN = (
    "It began at a ticket window of the ferry in Larne, where I worked in the summers.",
    "Families stood in a queue out to the car park, as every child needed a form of its own.",
    "Moira in finance was against a single form a family, but I got her and the developers to one table.",
    "They let me try it for one sailing only, and nobody had to wait.",
    "Being the person who decides is what I am after.",
)
TWICE_TOLD = ((BOOKS, BOOKS_AGAIN), (WARD, WARD_AGAIN), (FERRY, FERRY_AGAIN))
