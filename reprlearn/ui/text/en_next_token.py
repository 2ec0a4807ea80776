"""English: the Next token page."""

TEXTS: dict[str, str] = {
    "next_token.lead": "Type the beginning of a sentence. Each model says which word it expects next, and how sure it is.",
    "next_token.prompt": "Prompt",
    "next_token.prompt.first": "I thought this film would be boring, but it was",
    "next_token.prompt.help": "Ctrl + Enter reads it. Models work on lower-case words and punctuation.",
    "next_token.prompt.cut": "Only the first {n} characters of the prompt were read.",
    "next_token.unknown": "Not in the vocabulary of {run}, so read as an unknown word: {words}",
    "next_token.temperature": "Temperature",
    "next_token.temperature.help": "Below 1 the models bet on their favourites, above 1 they spread their bets. 1 is what they learned.",
    "next_token.top_k": "Top-k",
    "next_token.top_k.help": "Keep only the k most probable words.",
    "next_token.top_k.all": "all words",
    "next_token.top_p": "Top-p",
    "next_token.top_p.help": "Keep only the fewest words that together reach this probability.",
    "next_token.shown": "Words shown",
    "next_token.chosen": "Look up a word",
    "next_token.chosen.help": "Its probability and its place in each model's list.",
    "next_token.chosen.placeholder": "a word",
    "next_token.chosen.found": "“{word}”: **{share}**, rank **{rank}** of {n}",
    "next_token.chosen.unknown": "“{word}” is not in the vocabulary of {run}.",
    "next_token.entropy": "Entropy **{bits} bits**: as if between **{words} words**",
    "next_token.entropy.help": (
        "How undecided the model is. 0 bits is certain; each bit more doubles the number of equally probable words that "
        "would leave it as undecided."
    ),
    "next_token.bars": "“{word}” comes first, at {share}",
    "next_token.bars.alt": "Bars: the words {run} expects next after the prompt. First {words}.",
    "next_token.special": "`<eos>` is the end of a text, `<unk>` any word outside the vocabulary.",
    "next_token.on_map": "“{word}” on the map",
    "next_token.surprise": "How surprising was the prompt itself?",
    "next_token.surprise.lead": (
        "Each bar stands over the word it is about: how surprised the model was to meet it, having read only the words "
        "before it. One bit less is twice as probable."
    ),
    "next_token.surprise.title": "“{word}” surprised most: {bits} bits to {run}",
    "next_token.surprise.axis": "surprisal (bits)",
    "next_token.surprise.unknown": "unknown word, scored as such",
    "next_token.surprise.window": "words 1 to {{shown}} of {{n:,}}: drag for more",
    "next_token.surprise.alt": "Bars: the surprisal of each word of the prompt in bits, for {runs}.",
    "next_token.surprise.empty": "No word of a prompt to be surprised by yet.",
    "next_token.surprise.mean": "Mean surprisal: {means}",
    "next_token.surprise.mean.of": "**{run}** {bits} bits a word",
    "next_token.empty": "The prompt is empty: this is what the models expect at the start of a text.",
}
