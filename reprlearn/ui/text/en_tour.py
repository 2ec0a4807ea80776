"""English: the guided tour, and presentation mode."""

TEXTS: dict[str, str] = {
    "home.tour": "**Take the guided tour**: ten steps, from what a representation is to a model of your own",
    "frame.tour": "Guided tour",
    "frame.tour.help": "Ten screens that tell the whole story, with figures of the models here. Arrow keys move on.",
    "frame.present": "Presentation mode",
    "frame.present.help": "The page alone, with larger type and marks. Esc leads back.",
    "frame.present.leave": "✕ Esc",
    "frame.present.leave.help": "Leave presentation mode",
    "tour.back": "Back",
    "tour.forward": "Next",
    "tour.reveal": "Reveal",
    "tour.progress": "{n} of {total}",
    "tour.guess": "Your guess",
    "tour.guess.help": "Guess, then **Reveal** (or → on the keyboard).",
    "tour.answer": "The models say: {right}",
    "tour.answer.right": "✓ You guessed it: {right}",
    "tour.answer.wrong": "✗ You guessed: {guess}. The models say: {right}",
    "tour.word": "Word",
    "tour.prompt": "Prompt",
    "tour.broken": "This step cannot be shown: {reason}",
    "tour.missing.help": "This makes it, in the project's folder; then reload the page. The other steps work without it.",
    "tour.missing.models": "No language model here yet",
    "tour.missing.embeddings": "No model with word vectors here yet",
    "tour.missing.map": "The word vectors here have no map yet",
    "tour.missing.tied": "No tied and untied twins here yet: two models that differ in tying alone",
    "tour.missing.augmented": "No model trained with the augmented loss here yet, beside a twin without it",
    "tour.missing.scores": "These models have not been scored token by token yet",
    "tour.missing.buckets": "No model with soft buckets here yet",
    "tour.missing.transfer": "Nothing is measured of other tasks here yet, nor how well these words agree with people",
    "tour.missing.curves": "No learning curves here yet",
    "tour.title.representation": "A representation puts words in places",
    "tour.lead.representation": (
        "A model reads each word as a list of numbers that it learned by itself, from text alone. Words that are used alike "
        "end up near each other; the map flattens them to two dimensions."
    ),
    "tour.representation.finding": "{run}: nearest to “{word}” of {n} words, in all {width} dimensions: {near}",
    "tour.representation.near": "{word} ({cosine})",
    "tour.representation.nearest": "Nearest words",
    "tour.representation.cosine": "cosine",
    "tour.representation.alt": "A map of the words of {run}; “{word}” and its nearest words are ringed.",
    "tour.representation.try": "Search any word",
    "tour.title.transfer": "Use it as it is, or fine-tune it",
    "tour.lead.transfer": (
        "What was learned on one task can serve another: the vectors *directly*, as features, or the whole model *fine-tuned*. "
        "Used directly, they should already know what people know about words."
    ),
    "tour.transfer.similarity": "Used directly, most like people's judgements (no agreement is 0): {best}",
    "tour.transfer.best": "{set} {run} {value} ({low} to {high})",
    "tour.transfer.matrix": "{run}, {matrix}",
    "tour.transfer.alt": "Points with 95 % intervals: how well the vectors of {runs} agree with people's judgements of words.",
    "tour.transfer.try": "Features against fine-tuning",
    "tour.title.next-token": "A causal language model expects the next word",
    "tour.lead.next-token": (
        "It reads from left to right and gives every word of its vocabulary a probability of coming next. All it learns, it "
        "learns from being surprised."
    ),
    "tour.ask.next_token": "“{prompt} …” Which word does the model put first?",
    "tour.next_token.try": "Type your own",
    "tour.title.soft-target": "One right answer wastes what the embedding knows",
    "tour.lead.soft-target": (
        "The one-hot target calls all other words equally wrong. But the embedding knows which are near the right one: its own "
        "similarities, through a softmax at temperature τ, make a *soft* target."
    ),
    "tour.soft_target.try": "Turn the dial",
    "tour.title.augmented-loss": "The augmented loss: credit for near words",
    "tour.lead.augmented-loss": (
        "It adds to the plain loss how far the prediction is from the soft target: "
        "$J + \\alpha\\, \\mathrm{{KL}}(\\tilde y \\,\\|\\, \\hat y)$. "
        "Does it do what it promises, and give more to the neighbours of the right word?"
    ),
    "tour.price.less": (
        "As a whole it predicts better: perplexity of **{run}** {difference} to **{reference}** (95 % interval {lower} to {upper})."
    ),
    "tour.price.more": (
        "As a whole it predicts worse: perplexity of **{run}** {difference} to **{reference}** (95 % interval {lower} to {upper})."
    ),
    "tour.price.none": (
        "As a whole it predicts neither better nor worse for sure: perplexity of **{run}** {difference} to **{reference}** (95 % "
        "interval {lower} to {upper})."
    ),
    "tour.augmented_loss.try": "One word at a time",
    "tour.title.tying": "Tying: one matrix to read and to predict",
    "tour.lead.tying": (
        "An untied model has a matrix of vectors for the words it reads and another for those it predicts. A tied one uses the "
        "same for both; its twin differs in nothing else."
    ),
    "tour.ask.tying": "Tying takes {saved} of the {run}'s parameters away. What becomes of its perplexity?",
    "tour.tying.option.more": "It rises: fewer parameters, worse predictions",
    "tour.tying.option.none": "It stays: no difference that can be told from zero",
    "tour.tying.option.less": "It falls: fewer parameters, better predictions",
    "tour.tying.finding.more": "{pair}: {saved} fewer parameters, worse predictions (perplexity {difference}, {lower} to {upper})",
    "tour.tying.finding.none": (
        "{pair}: {saved} fewer parameters, no difference in predictions that can be told (perplexity {difference}, {lower} to {upper})"
    ),
    "tour.tying.finding.less": "{pair}: {saved} fewer parameters, better predictions (perplexity {difference}, {lower} to {upper})",
    "tour.tying.finding.unknown": "{pair}: {saved} fewer parameters; how well it predicts has not been compared yet",
    "tour.tying.axis.parameters": "parameters (millions)",
    "tour.tying.axis.change": "change of perplexity by tying, with 95 % interval",
    "tour.tying.level": "no change",
    "tour.tying.alt": "Bars: parameters of untied and tied twins. Points with 95 % intervals: the change of perplexity by tying.",
    "tour.tying.try": "The twins in detail",
    "tour.title.rare-words": "Who gains: rare words or frequent ones?",
    "tour.lead.rare-words": (
        "A rare word's own vector is seldom trained. Shared vectors and soft targets should teach it through its neighbours. "
        "Against the untied model with the plain loss, by how often the training text holds the right word:"
    ),
    "tour.ask.rare_words": "Where does **{run}** predict better than **{reference}**?",
    "tour.rare_words.option.rare": "Where the right word is rare, and there alone",
    "tour.rare_words.option.frequent": "Where the right word is frequent, and there alone",
    "tour.rare_words.option.all": "Everywhere",
    "tour.rare_words.option.none": "Nowhere, for sure",
    "tour.rare_words.option.some": "Here and there",
    "tour.rare_words.said": "{run}: {parts}",
    "tour.rare_words.less": "better ({bands})",
    "tour.rare_words.more": "worse ({bands})",
    "tour.rare_words.nowhere": "neither better nor worse in any band, for sure",
    "tour.rare_words.try": "Perplexities by band",
    "tour.title.numbers": "Reading a number: the soft one-hot",
    "tour.lead.numbers": (
        "Event models read numbers too. A number is not one bucket or the next: a softmax spreads it over buckets whose edges are "
        "learned, and their vectors are mixed in these shares, $s = \\mathrm{{softmax}}(n W + b)$, $g = s E$."
    ),
    "tour.numbers.finding": "{name} = {value}: bucket {bucket} of {n_buckets} holds {share}, and {n} buckets are in effect",
    "tour.numbers.try": "All numbers it reads",
    "tour.title.buckets": "What the buckets learned",
    "tour.lead.buckets": (
        "Nobody tells the model where to cut a number. It moves the edges of its buckets until they help to predict the next event."
    ),
    "tour.ask.buckets": (
        "In a made-up log, what comes next depends on which of {n} hidden ranges the {name} falls into. Does the model find them?"
    ),
    "tour.buckets.option.found": "Yes: its edges lie at the true ones, nearer than equal parts would",
    "tour.buckets.option.even": "Its edges lie there, but those of as many equal parts would too",
    "tour.buckets.option.missed": "No: its edges lie elsewhere",
    "tour.buckets.finding": (
        "{n} true edges: the nearest learned ones are off by {learned} of the data, those of as many equal parts by {even}"
    ),
    "tour.buckets.worth": "Against other ways to read a number, on the log {log} over {n} seeds:",
    "tour.buckets.try": "Move through the buckets",
    "tour.title.onward": "What to try next",
    "tour.lead.onward": "All of this is live: the same pages show whatever is trained or brought here, yours too.",
    "tour.onward.train": "**{page}** a model on your own text, and watch it learn",
    "tour.onward.library": "**{page}**: bring word vectors or a model from elsewhere",
    "tour.onward.embedding_space": "**{page}**: two maps side by side",
    "tour.onward.next_token": "**{page}**: let the room guess your prompt",
    "tour.onward.tied_vs_untied": "**{page}**: the twins, matrix by matrix",
    "tour.onward.context": "**{page}**: one word in many sentences",
    "tour.onward.transfer": "**{page}**: features against fine-tuning",
    "tour.onward.soft_one_hot": "**{page}**: what if the number had been another?",
}
