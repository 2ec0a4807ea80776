"""English: the Tied vs untied page: how good a small model becomes."""

TEXTS: dict[str, str] = {
    "small.none": (
        "No such training was kept here yet. `python -m reprlearn train ptb-small --data.folder DIR`, then "
        "`python -m benchmarks.small_model`."
    ),
    "small.lead": (
        "Not the models chosen above: **{run}**, of {parameters} parameters, trained by one command on the "
        "Penn Treebank, which this field measures itself by. That text does not come with this project, and so neither does the model."
    ),
    "small.against": "Over",
    "small.title": "{run} ({parameters} parameters) comes down to a validation perplexity of {value} in {minutes} minutes",
    "small.quality.sooner": (
        "The language model of PyTorch's examples, trained here for {n} epochs, comes down to {peer_value} in {peer_minutes} minutes; "
        "a shorter training of this model (`ptb-quick`) is there after {minutes}, in {share} of the time."
    ),
    "small.quality.never": (
        "The language model of PyTorch's examples, trained here for {n} epochs, comes down to {peer_value} in {peer_minutes} minutes; "
        "a shorter training of this model (`ptb-quick`) ends at {value} and does not get there."
    ),
    "small.peer": "PyTorch's example",
    "small.published": "published: {name} {value}",
    "small.alt": "Lines: training and validation perplexity over {against}. {title}.",
    "small.note": (
        "Trained on {machine}. Published: validation perplexities of two layers of 200 (Inan, Khosravi & Socher 2016), VD-LSTM with an "
        "output matrix of its own, REAL tied and with the augmented loss. No dynamic evaluation, no cache."
    ),
    "small.ingredients": "What each ingredient brings",
    "small.ingredients.lead": "The recipe, shortened to {minutes} minutes a training, without one ingredient at a time.",
    "small.ingredients.title": "Left out, {name} costs most: perplexity {change}",
    "small.ingredients.title.nothing": "No ingredient is missed in so short a training",
    "small.ingredients.axis": "loss more than the whole recipe's, nats a word (right of the line the ingredient helps)",
    "small.ingredients.alt": "Points with 95 % intervals: loss without each ingredient, less that of the whole recipe. {title}.",
    "small.ingredients.note": (
        "One training each. Intervals are 95 %, from the spread of {n} trainings of the whole recipe. What keeps a long training from "
        "learning its text by heart costs something in a short one."
    ),
    "small.ingredients.note.one": (
        "One training each, also of the whole recipe: nothing here says how much of a difference is luck. What keeps a long training "
        "from learning its text by heart costs something in a short one."
    ),
    "small.column.instead": "In its place",
    "small.column.parameters": "Parameters",
    "small.column.minutes": "Minutes",
    "small.column.perplexity": "Perplexity, valid",
    "small.column.change": "To the whole",
    "small.left_out.untied": "tying",
    "small.left_out.layers_2x200": "a narrow embedding before a wide layer",
    "small.left_out.no_dropout": "dropout of units",
    "small.left_out.no_recurrent_dropout": "dropout of recurrent weights",
    "small.left_out.no_word_dropout": "dropout of words",
    "small.left_out.no_penalties": "the penalties on hidden states",
    "small.left_out.no_augmented_loss": "the augmented loss",
    "small.left_out.same_beginning": "a new beginning each epoch",
    "small.left_out.sgd": "Muon (SGD instead)",
    "small.left_out.adamw": "Muon (AdamW instead)",
    "small.left_out.momentum": "embeddings without momentum",
    "small.left_out.batches_of_32": "batches of 64",
    "small.left_out.constant_rate": "a falling rate",
    "small.left_out.fp32": "half precision",
    "small.instead.nothing": "the whole recipe",
    "small.instead.untied": "an output matrix of its own",
    "small.instead.layers_2x200": "two layers of 200",
    "small.instead.no_dropout": "no dropout of units",
    "small.instead.no_recurrent_dropout": "no dropout of recurrent weights",
    "small.instead.no_word_dropout": "no dropout of words",
    "small.instead.no_penalties": "no penalties on hidden states",
    "small.instead.no_augmented_loss": "the ordinary loss alone",
    "small.instead.same_beginning": "every epoch begins at the same place",
    "small.instead.sgd": "SGD at rate 20, batches of 20, clipped at 0.25",
    "small.instead.adamw": "AdamW for all, at rate 0.003",
    "small.instead.momentum": "momentum of 0.9 for the embeddings",
    "small.instead.batches_of_32": "batches of 32",
    "small.instead.constant_rate": "a constant rate",
    "small.instead.fp32": "single precision",
}
