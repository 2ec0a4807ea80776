"""English: the Tied vs untied page: its controls, sizes, seeds and word similarity."""

TEXTS: dict[str, str] = {
    "tied.part": "Part of the page",
    "tied.part.answer": "The answer",
    "tied.part.words": "Nearby words",
    "tied.part.matrices": "The matrices",
    "tied.part.film": "Film",
    "tied.part.seeds": "Over seeds",
    "tied.part.sizes": "Sizes",
    "tied.part.small": "A small model",
    "tied.runs": "Models to compare",
    "tied.runs.help": "Two or more, at most {n}, of any architecture.",
    "tied.runs.more": "Choose at least two models to compare.",
    "tied.runs.one": (
        "There is one model here, **{run}**, and nothing to compare it with. Train its twin: a recipe with `--model.tied True`, "
        "or `--model.tied False`."
    ),
    "tied.reference": "Differences are to **{run}**.",
    "tied.corpora": "These models did not learn the same words from the same text: their perplexities do not compare.",
    "tied.lead.answer": (
        "Twins differ in one thing: one matrix for the words read and predicted (tied) or two, with the augmented loss (AL) or not. "
        "{compared}"
    ),
    "tied.lead.words": (
        "The claim: a model that is tied, or trained with the augmented loss, gives more probability to words near the right one. "
        "{compared}"
    ),
    "tied.lead.matrices": "The matrix a model reads words with, and the one it predicts them with.",
    "tied.lead.film": "How the most frequent words found their places, from before the first step to the end of training.",
    "tied.lead.seeds": (
        "One training may be luck. Small twins, not the models chosen above, were trained over several seeds on the same text."
    ),
    "tied.lead.sizes": "An untied model has two rows for each word, a tied one shares them. What lies between knows no vocabulary.",
    "tied.lead.small": "How good a model of at most 2.7 million parameters becomes in about an hour on two cores.",
    "tied.look": "View",
    "tied.look.tiedness": "How tied",
    "tied.look.spectrum": "Directions used",
    "tied.look.norms": "Lengths",
    "tied.look.placed": "Places",
    "tied.look.updates": "Training",
    "tied.sizes.architecture": "Architecture",
    "tied.sizes.unknown": "Sizes are worked out for LSTM and GPT models; choose one of these above.",
    "tied.sizes.words": "Words in the vocabulary",
    "tied.sizes.width": "Width: units of a word's row",
    "tied.sizes.heads": "At width {width}, which the heads of attention can share out evenly.",
    "tied.sizes.untied": "Untied",
    "tied.sizes.tied": "Tied",
    "tied.sizes.saved": "Saved by tying",
    "tied.sizes.value": "{n} · {megabytes} MB",
    "tied.sizes.title": "With {n_words} words and width {width}, tying makes the {architecture} {share} smaller",
    "tied.sizes.line": "{kind}, width {width}",
    "tied.sizes.less": "{n} fewer",
    "tied.sizes.axis.words": "words in the vocabulary (log scale)",
    "tied.sizes.axis.parameters": "parameters (log scale)",
    "tied.sizes.alt": "Lines: parameters against vocabulary size. With {n_words} words {untied:,} untied and {tied:,} tied.",
    "tied.sizes.share.title": (
        "With {n_words} words, tying saves {most} of the parameters at width {at_most}, {least} at width {at_least}"
    ),
    "tied.sizes.axis.width": "width (log scale)",
    "tied.sizes.axis.share": "saved by tying",
    "tied.sizes.share.alt": "Line: the share of the parameters that tying saves against the width, with {n_words} words.",
    "tied.sizes.note": (
        "Computed, not trained: 2 rows (or 1) of this width a word, one bias a word, and the layers between, as many as in the model "
        "above. Bytes are those of half precision, in which runs are stored; the marks are the models chosen above, from their cards."
    ),
    "tied.seeds.none": (
        "These comparisons have not been trained here yet. `python -m benchmarks.twins_small` does it, in about an hour and a half."
    ),
    "tied.seeds.corpus": "Text",
    "tied.seeds.form.plain": "plain",
    "tied.seeds.form.AL": "AL",
    "tied.seeds.form.RE": "tied",
    "tied.seeds.form.REAL": "tied + AL",
    "tied.seeds.full.plain": "plain: untied, without augmented loss",
    "tied.seeds.full.AL": "AL: augmented loss",
    "tied.seeds.full.RE": "tied (the paper's RE)",
    "tied.seeds.full.REAL": "tied + AL (the paper's REAL)",
    "tied.seeds.and": " and ",
    "tied.seeds.row": "{form} vs {other}",
    "tied.seeds.lead": "Trained on **{corpus}**, {n} seeds a form, scored on the same words.",
    "tied.seeds.published": (
        "Published (Inan, Khosravi & Socher 2016): tying, the augmented loss (AL) and both together are each better than plain."
    ),
    "tied.seeds.confirmed": "Confirmed here for **{forms}**.",
    "tied.seeds.not_confirmed": "Not confirmed here for **{forms}**.",
    "tied.seeds.title": "{said} ({corpus}, {n} seeds)",
    "tied.seeds.title.better": "better than plain: {forms}",
    "tied.seeds.title.worse": "worse: {forms}",
    "tied.seeds.title.no_difference": "no clear difference: {forms}",
    "tied.seeds.axis": "difference in loss, nats a word (left of the line is better)",
    "tied.seeds.alt": "Points with 95 % intervals: how much better or worse each form predicts than another.",
    "tied.seeds.interval": "{low} … {high}",
    "tied.seeds.column.form": "Form",
    "tied.seeds.column.parameters": "Parameters",
    "tied.seeds.column.loss": "Loss ± over seeds",
    "tied.seeds.column.perplexity": "Perplexity",
    "tied.seeds.column.difference": "To plain",
    "tied.seeds.column.interval": "95 % interval",
    "tied.seeds.column.published": "Published, PTB",
    "tied.seeds.note": (
        "Differences and their intervals are of the perplexity. The interval (Student's t) is over stretches of 500 words and over seeds. "
        "Published: test perplexity of two layers of 200 on the Penn Treebank."
    ),
    "tied.similarity.matrix": "{run} ({matrix})",
    "tied.similarity.shared": "shared",
    "tied.similarity.at": "{set} ({value})",
    "tied.similarity.ahead": "{matrix} agrees best with people on {sets}.",
    "tied.similarity.ahead.several": "{matrix} agree best with people on {sets}, better than the others.",
    "tied.similarity.level": "No model is clearly ahead on {sets}.",
    "tied.similarity.cell": "{value}  ({low} … {high})",
    "tied.similarity.note": (
        "Spearman's correlation of cosines with people's judgements: {wordsim353} pairs of WordSim-353 and {simlex999} of SimLex-999 "
        "are known; and the share of {analogies} analogies that b − a + c answers. In brackets 95 % intervals; ahead are models whose "
        "intervals lie above those of all others."
    ),
    "tied.similarity.lacking": (
        "Not held against people's judgements yet: {runs}. `python -m reprlearn similarity RUN --store` does it (gensim brings the sets)."
    ),
}
