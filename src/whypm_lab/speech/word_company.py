"""Sort words into kinds by the words beside them: ``python -m whypm_lab.speech.word_company``.

Counts which words stand one and two places before and after each word, in the answers that the judge learns
from and in the sentences that the weights for fillers are trained on, nothing kept aside among them. The
counts' positive pointwise mutual information (Church and Hanks 1990), its contexts smoothed (Levy, Goldberg
and Dagan 2015), is brought down to a few dimensions, and the words are clustered there. Writes the file that
the app ships; train the weights for fillers anew after it. Needs scikit-learn; takes a minute.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.utils.extmath import randomized_svd

from whypm.feedback.tokens import bare
from whypm.feedback.word_kinds import FILE
from whypm.places import find_places
from whypm_lab.judge.answers import load_authors
from whypm_lab.judge.train import every_author
from whypm_lab.speech.written_fillers import FOLDER, training_hands

FEWEST_TIMES = 5
"""A rarer word has no kind."""
CONTEXTS = 1500
"""So many of the most frequent words are told apart beside a word."""
PLACES = (-2, -1, 1, 2)
SMOOTHING = 0.75
"""The power that the contexts' counts are raised to, after Levy, Goldberg and Dagan."""
DIMENSIONS = 50
KINDS = 60
"""With hands left out, what is said of fillers was better by 60 than by 100, 150 or 220."""
SEED = 0


def sentences() -> Iterator[list[str]]:
    """Yield the words of every sentence that may be learnt from."""
    for answer in load_authors(every_author()):
        yield from map(_words, answer.sentences)
    for hand in training_hands():
        for line in (FOLDER / f"{hand}.txt").read_text(encoding="utf-8").splitlines():
            yield _words(re.sub(r"[\[\]]", "", line))


def _words(sentence: str) -> list[str]:
    return [word for token in sentence.split() if (word := bare(token))]


def company(talk: Sequence[Sequence[str]], words: Sequence[str]) -> csr_matrix:
    """Return how often each context stands at each place beside each word, [words, places * contexts]."""
    number = {word: row for row, word in enumerate(words)}
    contexts = {word: column for column, word in enumerate(words[:CONTEXTS])}
    nothing, other = len(contexts), len(contexts) + 1
    width = len(contexts) + 2
    rows: list[int] = []
    columns: list[int] = []
    for sentence in talk:
        for index, word in enumerate(sentence):
            if word not in number:
                continue
            for block, place in enumerate(PLACES):
                beside = index + place
                is_inside = 0 <= beside < len(sentence)
                column = contexts.get(sentence[beside], other) if is_inside else nothing
                rows.append(number[word])
                columns.append(block * width + column)
    counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(words), len(PLACES) * width))
    counts.sum_duplicates()
    return counts


def positive_information(counts: csr_matrix) -> csr_matrix:
    """Return the positive pointwise mutual information of words and contexts."""
    pairs = counts.tocoo()
    of_words = np.asarray(counts.sum(axis=1)).ravel() / counts.sum()
    of_contexts = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    of_contexts /= of_contexts.sum()
    expected = of_words[pairs.row] * of_contexts[pairs.col] * counts.sum()
    information = np.maximum(np.log(pairs.data / expected), 0.0)
    return csr_matrix((information, (pairs.row, pairs.col)), shape=counts.shape)


def kinds_of(information: csr_matrix) -> NDArray[np.int32]:
    """Return the number of each word's kind."""
    left, strengths, _ = randomized_svd(information, DIMENSIONS, random_state=SEED)
    places = left * np.sqrt(strengths)
    places /= np.linalg.norm(places, axis=1, keepdims=True) + 1e-9
    return KMeans(KINDS, n_init=4, random_state=SEED).fit(places).labels_


def main() -> None:
    """Count, sort and write."""
    talk = list(sentences())
    counted = Counter(word for sentence in talk for word in sentence)
    words = [word for word, count in counted.most_common() if count >= FEWEST_TIMES]
    labels = kinds_of(positive_information(company(talk, words)))
    lines = [
        " ".join(word for word, label in zip(words, labels, strict=True) if label == kind)
        for kind in range(KINDS)
    ]
    path = find_places().assets / "fillers" / FILE
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(words)} words in {KINDS} kinds; the first of each:")
    for line in lines:
        print("   ", " ".join(line.split()[:10]))


if __name__ == "__main__":
    main()
