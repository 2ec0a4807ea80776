"""English: the Tied vs untied page: the table of twins, curves, frequency bands, calibration, neighbours of the right word."""

TEXTS: dict[str, str] = {
    "twins.smaller": "{share} fewer parameters",
    "twins.larger": "{share} more parameters",
    "twins.equal": "as many parameters",
    "twins.better": "a test perplexity {share} lower",
    "twins.worse": "a test perplexity {share} higher",
    "twins.same": "the same test perplexity",
    "twins.unknown": "a test perplexity that does not compare",
    "twins.title": "{run} has {size} than {reference}, and {perplexity}",
    "twins.title.equal": "{run} has {size} as {reference}, and {perplexity}",
    "twins.column.run": "Model",
    "twins.column.kind": "Kind",
    "twins.column.parameters": "Parameters",
    "twins.column.bytes": "Size",
    "twins.column.tokens_per_second": "Tokens/s",
    "twins.column.epochs": "Epochs",
    "twins.column.valid_perplexity": "Perplexity, valid",
    "twins.column.test_perplexity": "Perplexity, test",
    "twins.kind": "{architecture}, {tied}",
    "twins.kind.augmented": "{architecture}, {tied}, AL",
    "twins.cell": "{value} ({change})",
    "twins.megabytes": "{n} MB",
    "twins.interval": "Over the validation text, token by token: {runs}.",
    "twins.interval.run": "**{run}** {change} to {reference} in perplexity (95 % interval {low} to {high})",
    "twins.interval.none": "**{run}** not to be told from {reference} ({change}, 95 % interval {low} to {high})",
    "twins.note": "In brackets: the difference to {reference}. Tokens/s hang on the machine and on what else it did.",
    "curves.ahead": "{best} ends at a validation perplexity of {value}, {share} below {other} ({other_value})",
    "curves.level": "{best} and {other} end at the same validation perplexity, {value}",
    "curves.many": "Best validation perplexity: {runs}",
    "curves.many.run": "{run} {value}",
    "curves.none": "No validation yet",
    "curves.alt": "Lines: training and validation perplexity over {against}. {title}.",
    "curves.against": "Over",
    "curves.against.tokens": "Tokens",
    "curves.against.minutes": "Minutes",
    "curves.against.operations": "Operations",
    "curves.axis.tokens": "training tokens read (millions)",
    "curves.axis.minutes": "minutes of training",
    "curves.axis.operations": "operations in matrix products (10¹⁵)",
    "curves.minutes.note": "Minutes hang on the machine and on what else it did; the cards name it.",
    "curves.axis.perplexity": "perplexity (log scale)",
    "curves.validation": "validation",
    "curves.training": "training",
    "curves.missing": "{run} has no learning curve to show.",
    "scores.missing": "**{run}** has not been scored on its validation text yet, which this page needs: a minute or two, once.",
    "scores.make": "Score {run}",
    "scores.making": "Reading the validation text with {run} …",
    "scores.failed": "{run} cannot be scored: {reason}",
    "scores.unscored": "{run} is not shown here: it has not been scored yet.",
    "scores.other_text": (
        "{run} is not shown here: it learned other words, or from another text, so its tokens are not those of {reference}."
    ),
    "bands.label.first": "below {high}",
    "bands.label": "{low} – {high}",
    "bands.label.last": "{low} and more",
    "bands.label.unknown": "<unk>",
    "bands.title.one.less": (
        "{run} predicts the rarest words ({band} training uses) better than {reference}: perplexity {change} ({low} to {high})"
    ),
    "bands.title.one.more": (
        "{run} predicts the rarest words ({band} training uses) worse than {reference}: perplexity {change} ({low} to {high})"
    ),
    "bands.title.one.none": (
        "On the rarest words ({band} training uses) {run} cannot be told from {reference}: perplexity {change} ({low} to {high})"
    ),
    "bands.title.less": "better than {reference}: {runs}",
    "bands.title.more": "worse than {reference}: {runs}",
    "bands.title.none": "no difference to {reference} that can be told: {runs}",
    "bands.title.many": "Perplexity on the rarest words ({band} training uses) {verdicts}",
    "bands.title.run": "{run} ({change})",
    "bands.axis.band": "times the right word stands in the training text",
    "bands.axis.change": "change of perplexity",
    "bands.alt": "Points with 95 % intervals: change of perplexity by training frequency of the right word. {title}.",
    "bands.table": "Perplexity in each band",
    "bands.column.band": "Training uses",
    "bands.column.n_words": "Words",
    "bands.column.n_tokens": "Tokens scored",
    "bands.note": (
        "{n} tokens of the validation text, each scored once. Differences are paired token by token; intervals are 95 % (Student's t), "
        "over stretches of 500 words. They say how sure this is of this text, not how another training would come out."
    ),
    "calibration.better": "{best} knows best how sure it may be, better than {others}",
    "calibration.better.several": "{best} know best how sure they may be, better than {others}",
    "calibration.level": "None knows better than another how sure it may be, as far as can be told: {runs}",
    "calibration.run": "{run} (off by {error})",
    "calibration.one": "{run} is off by {error} in how sure it is of its first guess",
    "calibration.axis.confidence": "probability the model gives its first guess",
    "calibration.axis.gap": "how often it is right, less that",
    "calibration.above": "less sure than it may be",
    "calibration.below": "surer than it may be",
    "calibration.alt": "Lines: how often the first guess is right, less the probability given to it. {title}.",
    "calibration.note": (
        "“Off by” is the expected calibration error: the mean gap between how sure a model is of its first guess and how often it is "
        "right, over ten bins. {said} Bins of fewer than 50 guesses are not drawn."
    ),
    "calibration.said": "{run} is right {accuracy} of the time and {confidence} sure.",
    "neighbours.title.one.more": (
        "{run} gives the neighbours of the right word more than {reference} does: {factor} × on the typical token ({low} to {high})"
    ),
    "neighbours.title.one.less": (
        "{run} gives the neighbours of the right word less than {reference} does: {factor} × on the typical token ({low} to {high})"
    ),
    "neighbours.title.one.none": (
        "{run} gives the neighbours of the right word neither more nor less than {reference}, as far as can be told: "
        "{factor} × ({low} to {high})"
    ),
    "neighbours.title.many": "Given to the neighbours of the right word on the typical token: {verdicts}",
    "neighbours.title.more": "more than {reference} gives: {runs}",
    "neighbours.title.less": "less than {reference} gives: {runs}",
    "neighbours.title.none": "as much as {reference} gives, as far as can be told: {runs}",
    "neighbours.title.run": "{run} ({factor} ×)",
    "neighbours.title.alone": "{run} gives the neighbours of the right word {lift} × what their frequency gives them",
    "neighbours.axis.band": "times the right word stands in the training text",
    "neighbours.axis.lift": "times what frequency gives them",
    "neighbours.one": "by frequency alone",
    "neighbours.alt": "Points with 95 % intervals: what the neighbours of the right word get, by its training frequency. {title}.",
    "neighbours.ranks": "In the models' lists the neighbours stand {runs}.",
    "neighbours.ranks.higher": "higher with {run} (ranks {factor} × those of {reference}, {low} to {high})",
    "neighbours.ranks.lower": "lower with {run} (ranks {factor} × those of {reference}, {low} to {high})",
    "neighbours.ranks.same": "as high with {run} as with {reference}, as far as can be told ({low} to {high})",
    "neighbours.means": "In the plain mean, which few tokens decide, {runs}.",
    "neighbours.means.more": "{run} gives them more than {reference} does ({change} percentage points, {low} to {high})",
    "neighbours.means.less": "{run} gives them less than {reference} does ({change} percentage points, {low} to {high})",
    "neighbours.means.none": "{run} gives them as much as {reference}, as far as can be told ({change} percentage points, {low} to {high})",
    "neighbours.note": (
        "The neighbours are ten words that stand in similar places in the training text (PPMI and a truncated SVD): none of these models "
        "made them. Factors are geometric means over {n} tokens, paired token by token, with 95 % intervals over stretches of 500 words."
    ),
    "neighbours.column.run": "Model",
    "neighbours.column.probability": "Given to the neighbours",
    "neighbours.column.unigram": "Their share of the text",
    "neighbours.column.ratio": "Ratio of the two",
    "neighbours.column.lift": "Typical token",
    "neighbours.column.median_rank": "Their median rank",
    "neighbours.word": "One right word",
    "neighbours.word.help": "A word of the validation text, and what the models give to its neighbours where it is the right one.",
    "neighbours.word.near": "Neighbours of **{word}**: {words}. It is the right word {n} times.",
    "neighbours.word.once": "Neighbours of **{word}**: {words}. It is the right word once.",
    "neighbours.word.column.own": "Given to the word",
    "neighbours.word.column.near": "Given to the neighbours",
    "neighbours.word.column.rank": "Median rank of the neighbours",
}
