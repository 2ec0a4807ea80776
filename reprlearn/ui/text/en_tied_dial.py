"""English: the augmented loss, as the dial of the Tied vs untied page and the candidates of the Next token page show it."""

TEXTS: dict[str, str] = {
    "loss.plain": "plain: −log p",
    "loss.augmented": "augmented: α × divergence",
    "loss.axis": "loss (nats)",
    "loss.alt": "Bars: the plain and the augmented part of the loss of “{word}” for {runs}.",
    "loss.title": "“{word}” costs {least} least, {low} nats, and {most} most, {high}",
    "loss.title.one": "“{word}” costs {least} {low} nats",
    "loss.title.same": "“{word}” costs all models the same, {low} nats",
    "dial.heading": "The augmented-loss dial",
    "dial.lead": (
        "The plain loss asks for one word and calls all others equally wrong. The augmented loss adds a second, soft target, in "
        "which words near the right one in the input embedding have a share. Turn the temperature and the weight, and see both."
    ),
    "dial.context": "After the words",
    "dial.context.first": "I thought this film would be boring, but it was",
    "dial.word": "The right word is",
    "dial.word.first": "wonderful",
    "dial.word.help": "Type to search the words that the model knows.",
    "dial.run": "Embedding of",
    "dial.run.help": "Whose input embedding makes the soft target.",
    "dial.temperature": "Temperature τ",
    "dial.temperature.help": (
        "Divides all scores before the softmax. High: many words share in the target. Low: the word and its like alone."
    ),
    "dial.gain": "Weight γ",
    "dial.gain.help": "The augmented part counts α = γ τ times. At 0 the loss is the plain one.",
    "dial.unknown": "“{word}” is not in the vocabulary of {runs}.",
    "dial.none": "None of these models knows “{word}”.",
    "dial.no_input": "{run} has no input embedding to make a soft target of.",
    "dial.target.own": (
        "At τ = {tau}, “{word}” keeps {share} of its own target, {even} times an even share; next is “{next}” with {next_share}"
    ),
    "dial.target.other": "At τ = {tau}, “{top}” gets more of the target ({top_share}) than “{word}” itself ({share})",
    "dial.target.alone": "At τ = {tau}, the soft target is the one-hot: “{word}” keeps all of it",
    "dial.panel.one_hot": "One-hot target",
    "dial.panel.soft": "Soft target at τ",
    "dial.panel.predicted": "Prediction at τ",
    "dial.target.alt": "Bars: the one-hot target, the soft target and the prediction of {run} for “{word}”, over {words}.",
    "dial.spread": (
        "In the soft target {n} of {n_words} words are in effect (the exponential of its entropy); the {shown} shown hold {share}."
    ),
    "dial.loss.gap": "The augmented part is {low} to {high} of the loss.",
    "dial.loss.off": "With γ = 0 the augmented part counts for nothing.",
    "dial.own": "Trained with the augmented loss: {runs}. The others were trained without.",
    "dial.own.one": "{run} (τ = {tau}, γ = {gain})",
    "dial.own.none": "None of these models was trained with the augmented loss: this is what it would ask of them.",
}
