"""Count the table of common stems: how rare each is, and where it stands in sentences.

Data: passages of MTRAG-UN (Apache-2.0) and stories of Abg-CoQA (CoQA's, MIT); counts only, no text is kept.
Run: `python training/vocabulary.py --data DIR`; writes bot/enrichment/weights/vocabulary.json. The models that rest on
it (`understand.py`, then `relevance.py`) are to be fitted anew afterwards.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from linear_fit import read

from bot.enrichment import vocabulary
from bot.enrichment.mentions import WORD, base, small
from bot.words import stem

TOO_RARE = 5  # occurrences under which a stem is left out of the table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the .jsonl.gz files")
    table = count_stems(parser.parse_args().data)
    vocabulary.TABLE.write_text(json.dumps(table, indent=0) + "\n", encoding="utf-8")
    print(f"{len(table['stems'])} stems of {table['documents']} texts")


def count_stems(data: Path) -> dict:
    """The table of common stems: occurrences, documents, and the five counts of `vocabulary.Word`."""
    texts = [one["text"] for one in read(data, "mtrag_un.passages")]
    texts += dict.fromkeys(one["story"] for one in read(data, "abgcoqa"))
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * 7)
    for text in texts:
        for name in count_text(text, counts):
            counts[name][1] += 1
    kept = {name: one for name, one in counts.items() if one[0] >= TOO_RARE and not name.isdigit()}
    header = {
        "script": "training/vocabulary.py",
        "data": "MTRAG-UN passages, Abg-CoQA stories",
        "licence": "Apache-2.0, MIT",
    }
    rows = [" ".join(map(str, (name, *kept[name]))) for name in sorted(kept)]
    return {"header": header, "documents": len(texts), "stems": rows}


def count_text(text: str, counts: dict[str, list[int]]) -> set[str]:
    written = WORD.findall(text)
    forms = [base(one) for one in written]
    seen = set()
    for at, (form, name) in enumerate(zip(forms, stem(forms), strict=True)):
        if small(form):
            continue
        before, after = (forms[at - 1] if at else ""), (forms[at + 1] if at + 1 < len(forms) else "")
        flags = (
            before in vocabulary.DETERMINERS,
            before in vocabulary.PREPOSITIONS,
            before in vocabulary.BEFORE_VERBS,
            after in vocabulary.BEING or after == "of",
            written[at][0].isupper(),
        )
        one = counts[name]
        one[0] += 1
        one[2:] = [count + flag for count, flag in zip(one[2:], flags, strict=True)]
        seen.add(name)
    return seen


if __name__ == "__main__":
    main()
