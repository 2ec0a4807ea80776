"""English: the Context page."""

TEXTS: dict[str, str] = {
    "context.part": "Part of the page",
    "context.part.occurrences": "One word",
    "context.part.pair": "Two sentences",
    "context.part.spread": "Which words spread",
    "context.part.attention": "Attention",
    "context.part.blank": "Fill the blank",
    "context.kind.elmo": "ELMo",
    "context.kind.bert": "BERT",
    "context.kind.gpt": "GPT",
    "context.kind.word2vec": "word2vec",
    "context.absent": "Not trained here yet: {kinds}",
    "context.none.Contextual": "No model here gives a word a vector for each context",
    "context.none.Attends": "No model here has attention",
    "context.none.FillsBlanks": "No model here fills blanks",
    "context.replaced.Attends": "**{run}** is no transformer and has no attention to look at: this is {shown}.",
    "context.replaced.FillsBlanks": "**{run}** does not read from both sides at once to fill a blank: this is {shown}.",
    "context.layer": "Layer",
    "context.layer.help": (
        "0 is what goes into the first layer: the word by itself, and in GPT and BERT its place in the sentence. "
        "From 1 on each layer has read the words around it: GPT those before it, BERT and ELMo both sides."
    ),
    "context.texts": "Texts",
    "context.texts.help": "Where the word is looked for. The model was trained on the training texts, and on none of the others.",
    "context.texts.train": "training texts",
    "context.texts.valid": "validation texts",
    "context.texts.test": "test texts",
    "context.colour_by": "Colour",
    "context.colour_by.help": "What stands around the word, whether the review likes its film, or the word's number in its sentence.",
    "context.colour_by.before": "word before",
    "context.colour_by.after": "word after",
    "context.colour_by.label": "review likes its film",
    "context.colour_by.position": "place in the sentence",
    "context.reading": "Reading the sentences …",
    "context.nowhere": "“{word}” does not stand in the {texts}: choose other texts, or another word.",
    "context.no_word": "“{word}” ends a text and stands in no sentence: choose another word.",
    "context.few": "“{word}”: {n} in the {texts}, too few for a map.",
    "context.few.cosine": "In layer {layer} of {run} the two have a cosine of {cosine}.",
    "context.seen": "“{word}”: all {n} occurrences in the {texts}, in layer {layer} of {run}.",
    "context.seen.sampled": "“{word}”: {n} of {found} occurrences in the {texts}, sampled, in layer {layer} of {run}.",
    "context.no_labels": "These texts have no labels to colour by.",
    "context.what.before": "the word before",
    "context.what.after": "the word after",
    "context.what.label": "the review's label",
    "context.title.one": "All of them are one and the same vector here: as far as this layer has read, their contexts do not differ.",
    "context.title.alike": "The nearest other occurrence shares {what} in {share} of cases ({low} to {high}); a random one in {chance}.",
    "context.title.unlike": (
        "The nearest other occurrence shares {what} in only {share} of cases ({low} to {high}); a random one in {chance}."
    ),
    "context.title.neither": (
        "The nearest other occurrence shares {what} in {share} of cases ({low} to {high}); the {chance} of a random one lie within."
    ),
    "context.title.position.alike": "Near occurrences stand alike far into their sentences: rank correlation {rho} ({low} to {high}).",
    "context.title.position.unlike": "Near occurrences stand unlike far into their sentences: rank correlation {rho} ({low} to {high}).",
    "context.title.position.neither": (
        "How far into its sentence an occurrence stands says nothing of the nearest one: rank correlation {rho} ({low} to {high})."
    ),
    "context.count": "{name} ({n})",
    "context.other": "other words",
    "context.edge": "(edge of the sentence)",
    "context.label.negative": "dislikes it",
    "context.label.positive": "likes it",
    "context.mean": "mean of all",
    "context.map.alt": "A map of {n} places where “{word}” stands, as layer {layer} of {run} sees them.",
    "context.map.note": (
        "Each point is the word in one sentence, read by itself. The map is the layer's two largest principal components; what is "
        "near is measured in the layer's own space, with other reviews. Click a point to read its sentence."
    ),
    "context.at": "Occurrence",
    "context.at.none": "Choose one, or click a point",
    "context.at.hint": (
        "Click a point, or choose an occurrence above, to read its sentence and those in which “{word}” is nearest to it."
    ),
    "context.near": "Nearest in layer {layer}",
    "context.near.help": "By the cosine of the two vectors in the layer's original space, of which the map shows two directions.",
    "context.far": "Farthest",
    "context.from": "{document}, {texts}",
    "context.review": "the review {label}",
    "context.cut": "{read} of its {n} words were read, those around the word",
    "context.selected": "{n} selected",
    "context.column.before": "Before",
    "context.column.word": "Word",
    "context.column.after": "After",
    "context.column.document": "Text",
    "context.strip.title": (
        "Two occurrences of “{word}” have a mean cosine of {first} before {run} has read their contexts, and of {last} after layer {n}."
    ),
    "context.strip.baseline": "Any two words have {first} and {last}.",
    "context.strip.layer": "Layer {layer}",
    "context.strip.alike": "mean cosine {cosine}",
    "context.strip.alt": "A small map for each layer of {run}: the same occurrences of “{word}”.",
    "context.strip.note": "Each map has its own two directions: points can be compared within a map, and not from map to map.",
    "context.static": "Against one vector a word",
    "context.static.lead": (
        "word2vec has one vector for all these occurrences. It lies in a space of its own, so it is drawn in none of the maps; what can be "
        "held against each other is which words are near."
    ),
    "context.static.none": "There is no word2vec here yet: {command}",
    "context.static.unknown": "{run} does not know “{word}”.",
    "context.static.one": "{run}: its one vector",
    "context.static.mean": "layer {layer}: mean of {n}",
    "context.static.chosen": "layer {layer}: the chosen occurrence",
    "context.static.cell": "{word} {cosine}",
    "context.static.title": "Of the {k} words nearest to “{word}” in {run}, {n} are among those nearest to its mean in layer {layer}.",
    "context.static.title.chosen": (
        "Of the {k} words nearest to “{word}” in {run}, {n} are among those nearest to its mean in layer {layer}, "
        "and {chosen} among those nearest to the chosen occurrence."
    ),
    "context.static.among": (
        "Nearest by cosine, among the {n} words whose mean vectors were measured; the mean is that of the occurrences on the map."
    ),
    "context.static.unmeasured": "The mean vectors of {run}'s words are not stored with it yet: {command}",
    "context.sentence": "Sentence",
    "context.sentence.first": "The acting was not as good as the music, but I liked the film.",
    "context.sentence.help": "Enter reads it. Models work on lower-case words and punctuation.",
    "context.sentence.cut": "Only the first {n} characters of a sentence were read.",
    "context.sentence.read": "**{run}** reads {n} words here: the last {cut} of the sentence were left out.",
    "context.unknown": "Not in the vocabulary of {run}, so read as an unknown word: {words}",
    "context.a": "First sentence",
    "context.a.first": "I like this film and its music.",
    "context.b": "Second sentence",
    "context.b.first": "It looks like a cheap television film.",
    "context.same": "Word in both",
    "context.same.help": "The rarest word that stands in both is chosen at first. Where it stands twice, the first place counts.",
    "context.pair.none": "The two sentences share no word that {run} knows: write one that stands in both.",
    "context.pair.unknown": "{run} does not know “{word}” in both sentences.",
    "context.pair.alt": "Lines: the cosine of “{word}” in the two sentences, in each layer of {runs}.",
    "context.pair.title": (
        "In layer {last}, the last of {run}, “{word}” has a cosine of {cosine} between the two sentences; "
        "it is farthest apart in layer {layer}: {least}."
    ),
    "context.pair.title.last": (
        "“{word}” is farthest apart in layer {last}, the last of {run}: the two sentences have a cosine of {cosine} there, "
        "and of {first} in layer 0."
    ),
    "context.pair.usual.below": "That is farther apart than nine in ten pairs of its occurrences in the texts ({low} to {high} is usual).",
    "context.pair.usual.above": "That is closer than nine in ten pairs of its occurrences in the texts ({low} to {high} is usual).",
    "context.pair.usual.within": (
        "That is usual for the word: four in five pairs of its occurrences in the texts lie between {low} and {high}."
    ),
    "context.pair.note": (
        "Each sentence is read by itself. Layers of different models are different spaces: a cosine says how much a model tells "
        "the two apart, measured against what is usual in that layer."
    ),
    "context.lines.layer": "layer (0: before any context)",
    "context.lines.cosine": "cosine of the two vectors",
    "context.lines.band": "{run}: four in five pairs of its occurrences",
    "context.lines.reference": "{run}: any two words",
    "context.spread.lead": "A word whose vectors differ much from sentence to sentence spreads: context changes it most.",
    "context.spread.help": (
        "Self-similarity, Ethayarajh 2019 (arXiv 1909.00512): the mean cosine of all pairs of a word's occurrences in a layer, 1 where "
        "context changes nothing. Corrected: less the mean cosine of any two words there, since the vectors of a layer may all point "
        "much the same way."
    ),
    "context.spread.none": "How much the words of {run} spread is not stored with it yet. Measure it once: {command}",
    "context.spread.title": (
        "In layer {layer} of {run}, {most} spreads most and {least} least (self-similarity above that of any two words)."
    ),
    "context.spread.word": "“{word}” ({value} ± {error})",
    "context.spread.mean": "mean of all words",
    "context.spread.line": "“{word}”",
    "context.spread.baseline": "any two words",
    "context.spread.axis": "self-similarity (mean cosine)",
    "context.spread.alt": "Lines: the self-similarity of words in each layer of {run}, against that of any two words.",
    "context.spread.unmeasured": "“{word}” is not among the {n} words that were measured.",
    "context.spread.order": "Order",
    "context.spread.order.most": "Spread most",
    "context.spread.order.least": "Spread least",
    "context.spread.corrected": "Corrected",
    "context.spread.error": "±",
    "context.spread.raw": "Raw",
    "context.spread.n": "n",
    "context.spread.count": "Count",
    "context.spread.note": (
        "{n} frequent words, at most {each} occurrences of each in the {texts}, one a text. ± is 1.96 jackknife standard errors. "
        "Choose a row to see the word's occurrences."
    ),
    "context.head": "Head",
    "context.head.help": "A head is one of several ways in which a layer looks around. A click on a small picture chooses one.",
    "context.head.named": "layer {layer}, head {head}: {habit}",
    "context.habit.none": "no plain habit",
    "context.habit.itself": "{share} to the word itself",
    "context.habit.before": "{share} to the word before",
    "context.habit.after": "{share} to the word after",
    "context.habit.first": "{share} to the first word",
    "context.habit.name.itself": "itself",
    "context.habit.name.before": "word before",
    "context.habit.name.after": "word after",
    "context.habit.name.first": "first word",
    "context.attention.short": "Write a sentence of two words or more.",
    "context.attention.from": "this word",
    "context.attention.to": "looks at",
    "context.attention.head": "head",
    "context.attention.layer": "layer",
    "context.attention.hover": "“{word}” gives “{other}” {share} of its attention",
    "context.attention.alt": "A square of {n} by {n} words: how much each looks at each, in head {head} of layer {layer} of {run}.",
    "context.attention.overview.alt": "Small pictures of all heads of {run}: {layers} layers of {heads} heads.",
    "context.attention.title.itself": (
        "Head {head} of layer {layer} of {run} looks at the word itself: {share} of its attention (spread evenly: {even})"
    ),
    "context.attention.title.before": (
        "Head {head} of layer {layer} of {run} looks at the word before: {share} of its attention (spread evenly: {even})"
    ),
    "context.attention.title.after": (
        "Head {head} of layer {layer} of {run} looks at the word after: {share} of its attention (spread evenly: {even})"
    ),
    "context.attention.title.first": (
        "Head {head} of layer {layer} of {run} looks at the first word: {share} of its attention (spread evenly: {even})"
    ),
    "context.attention.title.none": (
        "Head {head} of layer {layer} of {run} has no plain habit here: it divides its attention as between {words} words, "
        "and “{word}” gets most, {share} (spread evenly: {even})"
    ),
    "context.attention.count": "What {n} heads look at: {said}",
    "context.attention.count.itself": "the word itself {n}",
    "context.attention.count.before": "the word before {n}",
    "context.attention.count.after": "the word after {n}",
    "context.attention.count.first": "the first word {n}",
    "context.attention.count.none": "no plain habit {n}",
    "context.attention.shares": "| attention to | share | even |",
    "context.attention.note": (
        "Rows look at columns; each row sums to 100 %. Words may look to both sides. A habit is named where it takes a fifth of a "
        "head's attention and twice what spreading it evenly would. What is looked at is not thereby what decides."
    ),
    "context.attention.note.causal": (
        "Rows look at columns; each row sums to 100 %. Words look only back, and at themselves. A habit is named where it takes a "
        "fifth of a head's attention and twice what spreading it evenly would. What is looked at is not thereby what decides."
    ),
    "context.blank": "Word to take out",
    "context.blank.help": "The rarest known word at first. What stands there is hidden from the model.",
    "context.blank.empty": "Write a sentence to take a word out of.",
    "context.blank.gap": ":violet-badge[ ? ]",
    "context.blank.counts": "both neighbours' counts",
    "context.blank.counting": "Counting pairs of words …",
    "context.blank.uncounted": "What the neighbours' counts would put there is not to be had: {reason}",
    "context.blank.title": "{run}: “{first}” first ({share}), the right “{right}” is number {rank} ({own})",
    "context.blank.title.right": "{run}: the right word, “{first}”, first ({share})",
    "context.blank.title.first": "{run}: “{first}” first ({share})",
    "context.blank.title.unknown": "“{word}” is not in the vocabulary, so no guess can be right",
    "context.blank.alt": "Bars: the words that {runs} would put into the blank. First {words}.",
    "context.blank.note": (
        "The counts know only the word to the left and the word to the right of the blank, and how often each word stood beside them in "
        "the training texts: P(w | left) P(w | right) / P(w). The model reads the whole sentence."
    ),
}
