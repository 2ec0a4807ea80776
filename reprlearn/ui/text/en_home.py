"""English: Home."""

TEXTS: dict[str, str] = {
    "home.title": "What does a model learn about words and numbers?",
    "home.lead": (
        "reprlearn trains small language models on the same text, with and without *tied* embeddings: one matrix to read and "
        "predict words, or two. Here you walk through what each of them learned: the map of its words, their nearest "
        "neighbours, and what it expects next. Its event models read numbers too, such as a delay or a time of day: see which "
        "buckets they learned for them."
    ),
    "home.gallery": "Trained models",
    "home.gallery.text": "Language models",
    "home.gallery.vectors": "Word vectors",
    "home.gallery.contextual": "Contextual models",
    "home.gallery.classifiers": "Models trained to tell texts apart",
    "home.gallery.imported": "Brought from elsewhere",
    "home.gallery.events": "Event models of the log {log}",
    "home.order": "Order of the models",
    "home.order.quality": "Best first",
    "home.order.size": "Smallest first",
    "home.order.name": "By name",
    "home.card.open": "Open",
    "home.card.quality": "{kind} {label} **{value}**",
    "home.card.size": "**{n}** parameters · {corpus}",
    "home.card.words": "Words",
    "home.card.words.help": "Rows of the matrix: words, or the tokens of a model that cuts words into pieces.",
    "home.card.imported": "{architecture}, width {width}",
    "home.card.perplexity": "Test perplexity",
    "home.card.perplexity.help": (
        "On text the model never saw: how many words it hesitates between, on average. Lower is better. "
        "Only models with the same corpus and vocabulary compare."
    ),
    "home.card.perplexity.help.events": (
        "On sequences the model never saw: how many event types it hesitates between, on average. Lower is better. "
        "Only models of the same log compare."
    ),
    "home.card.test_accuracy": "Test accuracy",
    "home.card.test_accuracy.help": "Share of texts it never saw that it tells right. Half of them are of each label.",
    "home.card.blanks": "Blanks filled right",
    "home.card.blanks.help": (
        "Of words taken out of text it never saw, the share that it puts back; counts of both neighbours reach {counts}. "
        "Its pseudo-perplexity, of words taken out one at a time, is {pseudo}: not a perplexity, and not to be held against one."
    ),
    "home.card.valid_blanks": "Validation: {accuracy} of the blanks, pseudo-perplexity {pseudo}",
    "home.card.wordsim": "WordSim-353",
    "home.card.wordsim.help": (
        "How far cosines of its vectors and people's judgements of the same pairs of words agree: Spearman's correlation, "
        "1 where both order the pairs alike."
    ),
    "home.card.also_similar": "SimLex-999 {simlex}, {analogies} of the analogies",
    "home.card.valid": "Validation perplexity {perplexity}",
    "home.card.valid_accuracy": "Validation accuracy {accuracy}",
    "home.card.parameters": "Parameters",
    "home.card.parameters.help": "Numbers learned in training. A tied matrix counts once.",
    "home.card.model": "{architecture}, width {width}, vocabulary of {n_words} words",
    "home.card.model.events": "{architecture}, width {width}, {n_types} event types",
    "home.card.accuracy": "Accuracy {accuracy}; the most common type alone {majority}",
    "home.card.log": "Log **{log}**, {events} training events in {sequences} sequences",
    "home.card.corpus": "Corpus **{corpus}**, {tokens} training tokens",
    "home.card.training": "Trained {day} in {duration}, {epochs} epochs",
    "home.broken": "Cannot be opened",
    "home.broken.help": "The other models are not affected. Mend or delete this folder, then reload the page.",
    "home.unreachable": "Out of reach",
    "home.unreachable.help": (
        "Models kept there may be missing here until it answers. The others are not affected, and this page looks again by "
        "itself each time it is opened."
    ),
    "home.unfinished": "Unfinished",
    "home.unfinished.help": (
        "It is being trained now, or was stopped and goes on with `python -m reprlearn train … --resume`. Reload this page "
        "to see whether it is done."
    ),
    "home.compare": "Two models, field by field",
    "home.compare.a": "First model",
    "home.compare.b": "Second model",
    "home.compare.field": "Field",
    "home.compare.differ": "**{n_different} fields differ**, {n_same} are the same.",
    "home.compare.equal": "No field differs: the two cards are the same.",
    "home.compare.same": "Fields that are the same",
    "home.compare.one": "Train a second model, and the two can be compared here.",
}
