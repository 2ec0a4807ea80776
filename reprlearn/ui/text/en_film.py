"""English: training as a film."""

TEXTS = {
    "tied.film.none": (
        "None of these runs kept snapshots of its training. Train one with `--fit.snapshots-per-epoch 4` and it has a film."
    ),
    "tied.film.film": "Film",
    "tied.film.beside": "Beside it, in step",
    "tied.film.alone": "nothing",
    "tied.film.method": "Map",
    "tied.film.method.umap": "UMAP",
    "tied.film.method.pca": "Projection",
    "tied.film.method.help": (
        "**UMAP** shows who is near whom; a map is made for each snapshot, and each word is held near its place in the snapshots before "
        "and after. **Projection** is a straight look at the space along the two directions that spread the words most at the end: "
        "lengths are true in it, and most of the space is out of sight."
    ),
    "tied.film.named": "Words to follow",
    "tied.film.named.help": "Of the {n} words in the snapshots.",
    "tied.film.running": "Developing the film; a map by UMAP that is not stored with its run takes a minute or two.",
    "tied.film.play": "Play",
    "tied.film.pause": "Pause",
    "tied.film.epoch": "epoch ",
    "tied.film.axis.epoch": "epoch",
    "tied.film.axis.perplexity": "training perplexity",
    "tied.film.axis.tied": "input ∩ output",
    "tied.film.title": "By epoch {half} of {last}, half of the nearest words of the end are found: {first}",
    "tied.film.title.same": (
        "By epoch {half} of {last}, half of the nearest words of the end are found, in {first} as in {second}"
    ),
    "tied.film.title.sooner": (
        "Half of the nearest words of the end are found by epoch {half} of {last} in {first}, by {other} in {second}"
    ),
    "tied.film.alt": (
        "Map of the most frequent words of {names}, moving through training; beneath it perplexity and how many nearest words input and "
        "output matrix share."
    ),
    "tied.film.note.umap": (
        "{n} words, coloured by groups (k-means of the left film's last frame, in the space itself). Nearest words are looked for "
        "among them, in the space itself: ten each, by cosine. Trustworthiness of the last frame: {trust}. Where an island lies on a "
        "UMAP map, and how far from another, has no meaning. *Input ∩ output*: nearest words that a word has in common in both "
        "matrices; a tied model has one."
    ),
    "tied.film.note.pca": (
        "{n} words, coloured by groups (k-means of the left film's last frame, in the space itself). Nearest words are looked for "
        "among them, in the space itself: ten each, by cosine. Trustworthiness of the last frame: {trust}: two directions show "
        "little of who is near whom. *Input ∩ output*: nearest words that a word has in common in both matrices; a tied model has one."
    ),
}
